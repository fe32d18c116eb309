//! What kramdown adds to Markdown: comments (`{::comment}`), and Markdown in HTML (`<details markdown="1">`), which
//! Python-Markdown has too.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::outline::Outline;
use crate::source::Ranges;

const OPENING: &str = "{::comment";
/// Takes three bytes and no place.
const ZERO_WIDTH: char = '\u{200b}';

/// The comments of kramdown in `page` from byte `start` on that `known` does not hold and that begin outside what
/// `outline` says is code or a comment. One without an end is text.
pub(super) fn comments(
    page: &str,
    start: usize,
    outline: &Outline,
    known: &Ranges,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = start;
    while let Some(length) = memmem::find(&page.as_bytes()[at..], OPENING.as_bytes()) {
        let open = at + length;
        at = open + OPENING.len();
        if known.contains(open) || outline.is_literal(open) {
            continue;
        }
        let rest = &page[at..];
        let Some(brace) = rest.find('}').filter(|&brace| !rest[..brace].contains('\n')) else {
            continue;
        };
        let attributes = &rest[..brace];
        let inside = at + brace + 1;
        if attributes.ends_with('/') {
            found.push(open..inside);
        } else if attributes.is_empty() || attributes.starts_with(' ') {
            let Some(end) = end_of(&page[inside..]) else { break };
            found.push(open..inside + end);
            at = inside + end;
        }
    }
    found
}

/// The end of the comment that goes on with `text`.
fn end_of(text: &str) -> Option<usize> {
    text.match_indices("{:/").find_map(|(at, _)| {
        let end = ["{:/comment}", "{:/}"].iter().find(|end| text[at..].starts_with(**end))?;
        Some(at + end.len())
    })
}

/// Whether `page` may hold a comment of kramdown.
pub(super) fn may_hold_comments(page: &str) -> bool {
    memmem::find(page.as_bytes(), OPENING.as_bytes()).is_some()
}

/// `page` with spaces for what `hidden` holds. No byte and no line moves.
pub(super) fn masked<'t>(page: &'t str, hidden: &[Range<usize>]) -> Cow<'t, str> {
    if hidden.is_empty() {
        return Cow::Borrowed(page);
    }
    let mut text = String::with_capacity(page.len());
    for hidden in hidden {
        text.push_str(&page[text.len()..hidden.start]);
        let inside = &page[hidden.clone()];
        let last = inside.rfind('\n').map_or(0, |at| at + 1);
        let line = page[..hidden.start + last].rfind('\n').map_or(0, |at| at + 1);
        let rest = page[hidden.end..].lines().next().unwrap_or_default();
        let is_first = page[line..hidden.start + last].trim().is_empty();
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'\n' | b'\r' => text.push(char::from(byte)),
                // Spaces before the text of a line would make it code.
                _ if at == last && is_first && !rest.trim().is_empty() => text.push(ZERO_WIDTH),
                _ if text.len() > hidden.start + at => {}
                _ => text.push(' '),
            }
        }
    }
    text.push_str(&page[text.len()..]);
    Cow::Owned(text)
}

/// A text with empty lines around the tags of elements that hold Markdown, so that a parser of `CommonMark` reads what is
/// between them.
pub(super) struct Padded<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where line breaks were put in, in the new text.
    breaks: Vec<usize>,
}

impl Padded<'_> {
    /// The place in the old text of `range`, which is of the new one.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.breaks.is_empty() {
            return range;
        }
        let before = |at: usize| at - self.breaks.partition_point(|&line_break| line_break < at);
        before(range.start)..before(range.end)
    }
}

/// Pads `text`.
pub(super) fn padded(text: Cow<'_, str>) -> Padded<'_> {
    if memmem::find(text.as_bytes(), b" markdown").is_none() {
        return Padded { text, breaks: Vec::new() };
    }
    let mut new = String::with_capacity(text.len() + 16);
    let mut breaks = Vec::new();
    let mut fence: Option<String> = None;
    // The names of the open elements that hold Markdown, with how often each is open.
    let mut open: Vec<(String, usize)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if let Some(mark) = &fence {
            if content.starts_with(mark.as_str()) && content.trim_matches(['`', '~']).is_empty() {
                fence = None;
            }
            new.push_str(line);
            continue;
        }
        if content.starts_with("```") || content.starts_with("~~~") {
            let mark = content.chars().next().unwrap_or_default();
            fence = Some(content.chars().take_while(|&c| c == mark).collect());
            new.push_str(line);
            continue;
        }
        let closes = open.last_mut().is_some_and(|(name, count)| {
            let lower = content.to_ascii_lowercase();
            *count += lower.matches(&format!("<{name}")).count();
            *count = count.saturating_sub(lower.matches(&format!("</{name}")).count());
            *count == 0
        });
        let opens = element_with_markdown(content);
        let is_open = !open.is_empty() || opens.is_some();
        if closes && content.starts_with("</") {
            breaks.push(new.len());
            new.push('\n');
        }
        if closes {
            open.pop();
        }
        new.push_str(line);
        let is_summary = is_open && content.to_ascii_lowercase().ends_with("</summary>");
        if (opens.is_some() || is_summary) && line.ends_with('\n') {
            breaks.push(new.len());
            new.push('\n');
        }
        open.extend(opens.map(|name| (name, 1)));
    }
    Padded { text: Cow::Owned(new), breaks }
}

/// The name of the element that a line opens and does not close, if its attribute says that it holds Markdown.
fn element_with_markdown(line: &str) -> Option<String> {
    let rest = line.strip_prefix('<')?;
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).filter(|&length| length > 0)?;
    let (name, rest) = rest.split_at(length);
    let (attributes, _) = rest.split_once('>')?;
    let name = name.to_ascii_lowercase();
    let at = attributes.find(" markdown")? + " markdown".len();
    let value = attributes[at..].trim_start();
    let value =
        value.strip_prefix('=').map(|value| value.trim_start().trim_start_matches(['"', '\'']));
    let holds = match value {
        None => attributes[at..].is_empty() || attributes[at..].starts_with(' '),
        Some(value) => ["1", "block", "true"].iter().any(|word| value.starts_with(word)),
    };
    let is_closed = line.to_ascii_lowercase().contains(&format!("</{name}"));
    (holds && !is_closed && !attributes.ends_with('/')).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::source::markdown::Outline;

    fn titles(page: &str) -> Vec<String> {
        let outline = Outline::parse(page);
        outline.headings.iter().map(|heading| page[heading.title_span.clone()].to_owned()).collect()
    }

    #[test]
    fn a_comment_hides_what_it_holds() {
        for page in [
            "{::comment}\n# No\n[x](gone.md)\n{:/comment}\n\n# Kites\n",
            "{::comment}\r\n# No\r\n\r\n[x](gone.md)\r\n{:/}\r\n\r\n# Kites\r\n",
            "Text {::comment}[x](gone.md){:/comment} more.\n\n# Kites\n",
            "{::comment}\n```\n{:/comment}\n\n# Kites\n\n{::comment}\n[x](gone.md)\n{:/comment}\n",
        ] {
            let outline = Outline::parse(page);
            assert!(outline.links.is_empty(), "{page}");
            assert_eq!(titles(page), ["Kites"], "{page}");
            let first = &outline.comments[0];
            assert!(page[first.span.clone()].starts_with("{::comment}"), "{page}");
            assert!(outline.is_literal(first.span.end - 1));
            assert!(
                !outline.visible_text(page).contains("gone")
                    && outline.visible_text(page).len() == page.len()
            );
        }
    }

    #[test]
    fn an_example_of_a_comment_and_one_without_an_end_hide_nothing() {
        for page in [
            "```\n{::comment}\n```\n\n[x](a.md)\n\n```\n{:/comment}\n```\n",
            "`{::comment}` [x](a.md) `{:/comment}`\n",
            "{::comment}\n\n[x](a.md)\n",
            "{::comments}\n\n[x](a.md) {:/}\n",
            "{::comment/} [x](a.md) {:/comment}\n",
        ] {
            assert_eq!(Outline::parse(page).links.len(), 1, "{page}");
        }
    }

    #[test]
    fn an_element_may_hold_markdown_without_empty_lines() {
        for page in [
            "<details markdown=\"1\">\n<summary>More</summary>\n## Kites\n[x](a.md)\n</details>\nText\n",
            "<div class='x' markdown=block>\n<div>\nx\n</div>\n\n## Kites\n[x](a.md)\n</div>\n",
            "<div markdown>\r\n## Kites\r\n<div markdown=\"1\">\r\n[x](a.md)\r\n</div>\r\n</div>\r\n",
        ] {
            let outline = Outline::parse(page);
            assert_eq!(titles(page), ["Kites"], "{page}");
            assert_eq!(&page[outline.links[0].span.clone()], "[x](a.md)", "{page}");
        }
        for page in [
            "<details>\n## No\n</details>\n",
            "<details markdown=\"0\">\n## No\n</details>\n",
            "<details markdown-x=\"1\">\n## No\n</details>\n",
            "```\n<details markdown=\"1\">\n## No\n</details>\n```\n",
        ] {
            assert_eq!(titles(page), [""; 0], "{page}");
        }
    }
}
