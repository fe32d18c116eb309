//! Attribute lists in braces: `{#id}` behind a heading, and kramdown's `{: #id .class}`.

use std::ops::Range;

/// An attribute list found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AttributeList {
    /// The list with its braces.
    pub(super) span: Range<usize>,
    /// The id it gives, if it gives one.
    pub(super) id: Option<String>,
}

/// The attribute list that ends `text`, the source of a heading's content.
///
/// Without the colon only a list of nothing but `#id`, `.class` and `key=value` counts: a heading may well
/// end with `{name}` or `{{directive}}`.
pub(super) fn trailing(text: &str) -> Option<AttributeList> {
    let inside = text.strip_suffix('}')?;
    let open = inside.rfind('{')?;
    let escaped = text[..open].ends_with('\\');
    if escaped || inside[open..].contains('}') {
        return None;
    }
    let list = &inside[open + 1..];
    let attributes = if let Some(list) = list.strip_prefix(':') {
        list
    } else if !list.trim().is_empty() && list.split_whitespace().all(is_attribute) {
        list
    } else {
        return None;
    };
    Some(AttributeList { span: open..text.len(), id: id(attributes) })
}

/// The kramdown list, `{: ...}`, that `text` begins with.
pub(super) fn leading(text: &str) -> Option<AttributeList> {
    let list = text.strip_prefix("{:")?;
    // Stopping at a second brace keeps a line of many unclosed lists from being read once for each.
    let end = list.find(['{', '}', '\n'])?;
    list[end..].starts_with('}').then(|| AttributeList { span: 0..end + 3, id: id(&list[..end]) })
}

fn is_attribute(word: &str) -> bool {
    word.starts_with(['#', '.']) && word.len() > 1 || word.contains('=')
}

fn id(list: &str) -> Option<String> {
    let named = |word: &str| word.strip_prefix('#').filter(|id| !id.is_empty()).map(str::to_owned);
    // As everywhere, the last one counts.
    list.split_whitespace().filter_map(named).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The id behind a heading; an empty one if the list gives none.
    fn id_behind(text: &str) -> Option<String> {
        trailing(text).map(|list| list.id.unwrap_or_default())
    }

    #[test]
    fn a_heading_gives_its_id_in_braces() {
        assert_eq!(id_behind("Plans {#plans}"), Some("plans".into()));
        assert_eq!(id_behind("Plans {#plans .wide key=value}"), Some("plans".into()));
        assert_eq!(id_behind("Plans {: #plans}"), Some("plans".into()));
        assert_eq!(id_behind("Plans {:.no_toc}"), Some(String::new()));
        assert_eq!(trailing("Plans {#plans}").map(|list| list.span), Some(6..14));
    }

    #[test]
    fn other_braces_are_the_headings_text() {
        for text in
            ["{name}", "Plans {}", "{{generator:plans}}", r"Plans \{#plans}", "Plans {#}", "}"]
        {
            assert_eq!(trailing(text), None, "{text}");
        }
    }

    #[test]
    fn a_kramdown_list_begins_its_line() {
        assert_eq!(leading("{: #top .wide} text").and_then(|list| list.id), Some("top".into()));
        assert_eq!(leading("{:toc}"), Some(AttributeList { span: 0..6, id: None }));
        assert_eq!(leading("{: #top"), None);
        assert_eq!(leading("{: {: #top}"), None);
        assert_eq!(leading("{: #top\n}"), None);
    }
}
