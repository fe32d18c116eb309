//! The YAML block at the top of a page.

use std::ops::Range;

/// Where a page's front matter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// All of it, both fences and the last line break included.
    pub block: Range<usize>,
    /// The lines between the fences, with their line breaks.
    pub yaml: Range<usize>,
}

/// Finds the front matter of `text` (which has no byte order mark), reading no Markdown.
///
/// It opens with a line `---` and closes with a line `---` or `...`. The opening fence is the first line,
/// or follows blank lines, HTML comments and ERB tags only. Since `---` is a thematic break as well, what
/// stands between must look like YAML: its first line that is neither blank nor a comment is `key:` or
/// `key: value`. On line 1 two more are believed: a block that is empty, and one whose first line is
/// broken but which is otherwise lines of `key: value` without a gap, so that the YAML error is told.
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    let start = skip_preface(text)?;
    let mut at = start;
    let mut lines = text[start..].split_inclusive('\n').map(|line| {
        let range = at..at + line.len();
        at = range.end;
        range
    });
    let opening = lines.next().filter(|line| text[line.clone()].trim_end() == "---")?;
    let closing = lines.find(|line| matches!(text[line.clone()].trim_end(), "---" | "..."))?;
    let yaml = opening.end..closing.start;
    let found = if start == 0 {
        is_plausible(&text[yaml.clone()])
    } else {
        first_entry(&text[yaml.clone()]).is_some_and(is_entry)
    };
    found.then_some(FrontMatter { block: start..closing.end, yaml })
}

/// The start of the first line that is not blank, a comment or an ERB tag.
fn skip_preface(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let line = rest.split_inclusive('\n').next()?;
        let end = if line.trim().is_empty() {
            line.len()
        } else if rest.starts_with("<!--") {
            line_behind(rest, "-->")?
        } else if rest.starts_with("<%") {
            line_behind(rest, "%>")?
        } else {
            return Some(at);
        };
        at += end;
    }
}

/// The end of the line on which `close` stands, if nothing else follows it there.
fn line_behind(text: &str, close: &str) -> Option<usize> {
    let end = text.find(close)? + close.len();
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    text[end..line_end].trim().is_empty().then_some(line_end)
}

fn is_plausible(yaml: &str) -> bool {
    let Some(first) = first_entry(yaml) else { return true };
    let has_gap = || yaml.lines().any(|line| line.trim().is_empty());
    is_entry(first) || !has_gap() && yaml.lines().any(is_entry)
}

fn first_entry(yaml: &str) -> Option<&str> {
    yaml.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

/// Whether a line begins with a key: a word, or something in quotes, right before a colon.
fn is_entry(line: &str) -> bool {
    let Some(colon) = line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len))
    else {
        return false;
    };
    let key = line[..colon].trim_end();
    let quoted = |quote| key.len() > 2 && key.starts_with(quote) && key.ends_with(quote);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let begins_well = key.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    quoted('"') || quoted('\'') || begins_well && key.chars().all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Option<&str> {
        front_matter(text).map(|found| &text[found.yaml])
    }

    #[test]
    fn the_block_spans_its_fences_and_the_yaml_stands_between() {
        let text = "---\ntitle: Plans\n---\n\n# Plans\n";
        let found = front_matter(text).expect("front matter");
        assert_eq!(&text[found.block], "---\ntitle: Plans\n---\n");
        assert_eq!(&text[found.yaml], "title: Plans\n");
    }

    #[test]
    fn windows_line_breaks_trailing_spaces_and_dots_are_fine() {
        assert_eq!(yaml("--- \r\ntitle: Plans\r\n---\t\r\n"), Some("title: Plans\r\n"));
        assert_eq!(yaml("---\ntitle: Plans\n...\n"), Some("title: Plans\n"));
        assert_eq!(yaml("---\ntitle: Plans\n---"), Some("title: Plans\n"));
    }

    #[test]
    fn it_may_follow_blank_lines_comments_and_template_tags() {
        for preface in
            ["\n \n", "<!-- Do not\n\nedit -->\n", "<% @wide = true %>\n<%# note\n%>\n\n"]
        {
            let text = format!("{preface}---\n# ours\nlast_reviewed: 2031-05-04\n---\n");
            assert_eq!(yaml(&text), Some("# ours\nlast_reviewed: 2031-05-04\n"), "{preface:?}");
        }
    }

    #[test]
    fn anything_else_before_the_fence_makes_it_a_thematic_break() {
        for text in [
            "Plans\n---\ntitle: Plans\n---\n",
            "<!-- note --> Plans\n---\ntitle: Plans\n---\n",
            "<!-- never closed\n---\ntitle: Plans\n---\n",
            " ---\ntitle: Plans\n---\n",
            "----\ntitle: Plans\n----\n",
        ] {
            assert_eq!(front_matter(text), None, "{text}");
        }
    }

    #[test]
    fn an_unclosed_fence_is_a_thematic_break() {
        for text in ["", "---", "---\n", "---\ntitle: Plans\n", "---\ntitle: Plans\n ---\n"] {
            assert_eq!(front_matter(text), None, "{text:?}");
        }
    }

    #[test]
    fn prose_between_two_thematic_breaks_is_not_yaml() {
        for text in [
            "---\n\nOur plans for the year.\n\n---\n",
            "---\nOur plans for the year.\n---\n",
            "---\nOur plans.\n\nNote: they may change.\n---\n",
            "---\n- a list\n---\n",
            "---\n**Note:** we ship soon.\n---\n",
            "---\nhttps://plans.example\n---\n",
            "\n---\n---\n",
            "<!-- draft -->\n---\nWhat comes next: the garden\n---\n",
        ] {
            assert_eq!(front_matter(text), None, "{text}");
        }
    }

    #[test]
    fn on_the_first_line_an_empty_or_slightly_broken_block_is_believed() {
        assert_eq!(yaml("---\n---\n# Plans\n"), Some(""));
        assert_eq!(yaml("---\n# later\n\n---\n"), Some("# later\n\n"));
        assert_eq!(yaml("---\ntitle Plans\nowner: Ada\n---\n"), Some("title Plans\nowner: Ada\n"));
        assert_eq!(yaml("---\n\"my title\": Plans\n---\n"), Some("\"my title\": Plans\n"));
        assert_eq!(yaml("---\n\ntitle:\n  de: Pläne\n---\n"), Some("\ntitle:\n  de: Pläne\n"));
    }
}
