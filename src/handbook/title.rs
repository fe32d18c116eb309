//! What a page is called.

use crate::source::markdown::{
    BlockKind, FrontMatter, Language, Outline, front_matter, unescape_closed,
};
use crate::source::yaml::{self, Parsed, Value};
use crate::source::{FileId, line_start};

/// The title of the page `text`: its front matter's, else its first heading with any text, else `None`.
///
/// A heading counts where readers see it as one: `# Title`, underlined, or `<h1>`, but not in a comment, in code, in a
/// quote or in a list. Markup is left out, and character references (`&amp;`) are read, in front matter too.
pub fn page_title(text: &str) -> Option<String> {
    let front_matter = front_matter(text);
    let own = front_matter.as_ref().and_then(|found| own_title(text, found));
    own.or_else(|| first_heading(text, front_matter.map_or(0, |found| found.block.end)))
}

/// The title that the front matter of the page `text` gives.
pub fn front_matter_title(text: &str) -> Option<String> {
    own_title(text, &front_matter(text)?)
}

fn own_title(text: &str, front_matter: &FrontMatter) -> Option<String> {
    let content = &text[front_matter.content.clone()];
    if front_matter.language == Language::Yaml && front_matter.is_closed {
        let is_title = |line: &&str| {
            let key = line.trim_start_matches(['"', '\'']);
            key.get(.."title".len()).is_some_and(|key| key.eq_ignore_ascii_case("title"))
        };
        // Nearly always the line says it all, and the rest need not be read.
        let line = content.lines().find(is_title);
        let title = line.and_then(|line| read_title(&yaml::parse(FileId::NONE, line, 0)));
        if title.is_some() {
            return title;
        }
        // In brackets, or by a merge key, it may be on no line of its own.
        if line.is_none() && !content.contains("<<") && !content.trim_start().starts_with('{') {
            return None;
        }
    }
    read_title(&front_matter.parse(FileId::NONE, text))
}

fn read_title(parsed: &Parsed<'_>) -> Option<String> {
    let mapping = parsed.tree.as_ref()?.root()?.mapping()?;
    let entries = mapping.entries();
    let is_title = |key: &str| key.eq_ignore_ascii_case("title");
    let title = entries.iter().find(|entry| entry.pair.key.is_some_and(is_title))?;
    match title.pair.value.value() {
        // A block begins on the line and stands below it.
        Value::Scalar(scalar) if !scalar.text.trim().is_empty() => {
            Some(unescape_closed(scalar.text.trim()).into_owned())
        }
        _ => None,
    }
}

/// The first heading of the page `text` behind its front matter, which ends at `body`.
///
/// As much of the page is read as Markdown as is needed: up to the first line that looks like a heading, and twice as
/// much each time that it is none.
fn first_heading(text: &str, body: usize) -> Option<String> {
    let mut end = candidate(text, body)?;
    loop {
        // What follows a heading's line changes nothing about it, but a comment has to be read to its end.
        let part = &text[..end];
        let has_open_comment =
            part.rfind("<!--") > part.rfind("-->") || part.contains("{::comment");
        let part = if has_open_comment { text } else { part };
        let outline = Outline::parse_without_bare_links(part);
        let is_own = |at: usize| {
            let next = outline.blocks.partition_point(|block| block.span.end <= at);
            let block = outline.blocks.get(next).filter(|block| block.span.start <= at);
            block.is_some_and(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Html))
        };
        let mut headings = outline.headings.iter();
        let title = headings.find(|heading| {
            !heading.title.trim().is_empty()
                && !outline.is_literal(heading.span.start)
                && is_own(heading.span.start)
        });
        if let Some(heading) = title {
            return Some(heading.title.clone());
        }
        if part.len() == text.len() {
            return None;
        }
        let far = text.ceil_char_boundary((body + 2 * (end - body)).min(text.len()));
        end = candidate(text, far).unwrap_or(text.len());
    }
}

/// The end of the first line from `start` on that may be a heading, or the last of one. `None` behind the last.
fn candidate(text: &str, start: usize) -> Option<usize> {
    let mut at = line_start(text, start);
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        let line = line.trim();
        let is_underline = |mark: u8| !line.is_empty() && line.bytes().all(|byte| byte == mark);
        let is_html = || {
            let bytes = line.as_bytes();
            memchr::memmem::find(bytes, b"</h").or(memchr::memmem::find(bytes, b"</H")).is_some()
        };
        if line.starts_with('#') || is_underline(b'=') || is_underline(b'-') || is_html() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::page_title;

    fn title(text: &str) -> String {
        page_title(text).unwrap_or_default()
    }

    #[test]
    fn the_front_matter_goes_before_the_first_heading() {
        for (text, expected) in [
            ("---\ntitle: \"Plan: Boards\"\n---\n# Boards\n", "Plan: Boards"),
            ("---\nlayout: x\n---\n\n```\n# no\n```\n## **Boards** {#b}\n", "Boards"),
            ("---\ntitle: >\n  Plan\n  Boards\n---\n# B\n", "Plan Boards"),
            ("---\n\"title\": \"Plan\n  Boards\"\n---\n# B\n", "Plan Boards"),
            ("---\nbase: &b\n  title: Plan\n<<: *b\n---\n# B\n", "Plan"),
            ("---\nname: &n Plan\ntitle: *n\n---\n# B\n", "Plan"),
            ("---\nTitle: Plan\n---\n# B\n", "Plan"),
            ("---\ntitle: Q&amp;A\n---\n# B\n", "Q&A"),
            ("---\ntitle: ''\n---\n# B\n", "B"),
            ("+++\ntitle = \"Plan\" # x\n+++\n# B\n", "Plan"),
            ("+++\n[extra]\ntitle = \"Plan\"\n+++\n# B\n", "B"),
            ("{\n\"title\": \"Plan \\u0026 B\"\n}\n# B\n", "Plan & B"),
            ("#hashtag\n\nText\n", ""),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
    }

    #[test]
    fn a_heading_counts_where_readers_see_one() {
        for (text, expected) in [
            ("Kites for all\n=============\n", "Kites for all"),
            ("Kites\nfor all\n---\n", "Kites for all"),
            ("<!-- old\n# No\n-->\n\n# Kites\n", "Kites"),
            ("<!-- old\n\n# No\n\n-->\n\n# Kites\n", "Kites"),
            ("{::comment}\n# No\n{:/comment}\n\n# Kites\n", "Kites"),
            ("    # No\n\n# Kites\n", "Kites"),
            ("> # No\n\n# Kites\n", "Kites"),
            ("- # No\n\n# Kites\n", "Kites"),
            ("~~~~\n# No\n~~~\n# No\n~~~~\n# Kites\n", "Kites"),
            ("```sh\n# a\n```\n\n```sh\n# b\n# c\n```\n\nText\n\n# Kites ##\n", "Kites"),
            ("<h1 align=\"center\">\n  Kites &amp; <em>co</em>\n</h1>\n", "Kites & co"),
            ("# [Kites](x.md) &mdash; `all` _of_ **them**\n", "Kites — all of them"),
            ("# ![logo](x.png)\n\n# Kites\n", "Kites"),
            ("Text\n\n---\n\n## Kites\n", "Kites"),
            ("#\n\n#\tKites\n", "Kites"),
            ("\u{feff}text only\n", ""),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
    }

    #[test]
    fn a_page_of_headings_that_are_none_takes_linear_time() {
        let page = format!("```\n{}```\n# Kites\n", "# no\n".repeat(200_000));
        assert_eq!(title(&page), "Kites");
    }
}
