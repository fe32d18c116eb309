//! The data at the top of a page: YAML, TOML or JSON.

use std::ops::Range;

use crate::source::yaml::{Parsed, SyntaxError, json_value_length, parse, parse_json, parse_toml};
use crate::source::{FileId, Span, next_line};

/// Where a page's front matter is, and what it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// All of it, both fences and the last line break included.
    pub block: Range<usize>,
    /// The lines between the fences, with their line breaks; of JSON without fences, the object.
    pub content: Range<usize>,
    /// What it is written in.
    pub language: Language,
    /// Whether it ends. What does not end is taken to go up to the first blank line.
    pub is_closed: bool,
}

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`, as Hugo and Zola have it.
    Toml,
    /// An object at the top of the page, as Hugo has it, or between `;;;` and `;;;`, as Middleman and GitLab do.
    Json,
    /// Anything else that a word after the fence names: `---php`.
    Other,
}

impl FrontMatter {
    /// Reads it from the text of its page. What cannot be read has no tree; what does not end has an error
    /// that says so.
    pub fn parse<'s>(&self, file: FileId, page: &'s str) -> Parsed<'s> {
        let text = page.get(self.content.clone()).unwrap_or_default();
        let offset = self.content.start;
        if !self.is_closed {
            let line = page[self.block.start..].lines().next().unwrap_or_default();
            let fence = line.trim_end();
            let span = Span::new(file, self.block.start..self.block.start + fence.len());
            let close = if self.language == Language::Json && fence.starts_with('{') {
                "}"
            } else {
                fence.get(..3).unwrap_or(fence)
            };
            let message = "the front matter has no end".to_owned();
            let help = Some(format!("add a line `{close}` after its last line"));
            return Parsed { tree: None, errors: vec![SyntaxError::new(span, message, help)] };
        }
        match self.language {
            Language::Yaml => parse(file, text, offset),
            Language::Toml => parse_toml(file, text, offset),
            Language::Json => parse_json(file, text, offset),
            Language::Other => Parsed { tree: None, errors: Vec::new() },
        }
    }
}

/// Finds the front matter of `text` (which has no byte order mark), reading no Markdown.
///
/// It is the first thing of the page but for blank lines, HTML comments and ERB tags. A word after the
/// opening fence names the language, as in `---json`.
///
/// YAML opens with a line `---` and closes with a line `---` or `...`. Since `---` is a thematic break as well, what
/// is between must look like YAML: its first line that is neither blank nor a comment is `key:` or
/// `key: value`. On line 1 three more are believed: a block that is empty, one whose first line is
/// broken but which is otherwise lines of `key: value` without a gap, so that the YAML error is reported, and lines of
/// `key: value` right below the fence that no fence ends.
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    let start = skip_preface(text)?;
    let rest = &text[start..];
    let opening = rest.split_inclusive('\n').next()?;
    if opening.starts_with('{') {
        return json_object(text, start);
    }
    let (fence, word) = content_of(opening).split_at_checked(3)?;
    let default = match fence {
        "---" => Language::Yaml,
        "+++" => Language::Toml,
        ";;;" => Language::Json,
        _ => return None,
    };
    let word = word.trim_matches([' ', '\t']);
    if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let language = match word.to_ascii_lowercase().as_str() {
        "" => default,
        "yaml" | "yml" => Language::Yaml,
        "toml" => Language::Toml,
        "json" => Language::Json,
        _ => Language::Other,
    };
    let from = start + opening.len();
    let closes = |line: &str| {
        let line = content_of(line);
        line == fence || line == "..." && language == Language::Yaml && fence == "---"
    };
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if closes(line) {
            let content = from..at;
            let is_bare = language == Language::Yaml && word.is_empty() && fence == "---";
            let is_found = !is_bare
                || match start {
                    0 => is_plausible(&text[content.clone()]),
                    _ => first_entry(&text[content.clone()]).is_some_and(is_entry),
                };
            let block = start..at + line.len();
            return is_found.then_some(FrontMatter { block, content, language, is_closed: true });
        }
        at += line.len();
    }
    let end = paragraph_end(text, from);
    let may_be_open = match fence {
        // A data file may begin with the fence, and is YAML to its end.
        "---" => opens_yaml(text) && parse(FileId::NONE, &text[from..], from).tree.is_none(),
        // Other words after the fence are text.
        _ => language != Language::Other,
    };
    let (block, content) = (start..end, from..end);
    may_be_open.then_some(FrontMatter { block, content, language, is_closed: false })
}

/// The front matter that the page `text` begins with at `start`, if what begins with a brace there is an object.
fn json_object(text: &str, start: usize) -> Option<FrontMatter> {
    let rest = &text[start..];
    let language = Language::Json;
    let inside = rest[1..].trim_start();
    let is_alone = content_of(rest.lines().next().unwrap_or_default()) == "{";
    let begins_well = inside.starts_with('}') || is_alone || begins_with_key(inside);
    if !begins_well {
        return None;
    }
    if let Some(length) = json_value_length(rest) {
        let end = start + length;
        let is_line = text[end..next_line(text, end)].trim().is_empty();
        let is_found = is_line || text[start..end].contains('\n');
        let (block, content) = (start..next_line(text, end), start..end);
        return is_found.then_some(FrontMatter { block, content, language, is_closed: true });
    }
    // It is broken: up to the line that looks like its end, if any does.
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        let end = at + line.len();
        if content_of(line) == "}" {
            let (block, content) = (start..end, start..at + 1);
            return Some(FrontMatter { block, content, language, is_closed: true });
        }
        at = end;
    }
    let end = paragraph_end(text, start);
    let is_one_line =
        content_of(&text[start..end]).ends_with('}') && !text[start..end].trim_end().contains('\n');
    let (block, content) = (start..end, start..end);
    Some(FrontMatter { block, content, language, is_closed: is_one_line })
}

/// Whether `text` begins with `"key":`.
fn begins_with_key(text: &str) -> bool {
    let key = text.strip_prefix('"').and_then(|text| text.split_once('"'));
    key.is_some_and(|(key, rest)| !key.contains('\n') && rest.trim_start().starts_with(':'))
}

/// A line without its line break and the blanks before it. A carriage return before the line break that is not
/// part of it stays.
fn content_of(line: &str) -> &str {
    let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    line.trim_end_matches([' ', '\t'])
}

/// The end of the lines from `start` on up to the first blank one.
fn paragraph_end(text: &str, start: usize) -> usize {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    at
}

/// Whether `text` begins with `---` and, right below, lines of YAML that cannot be prose. Where no fence ends them, the
/// page has front matter without an end, or all of it is YAML.
pub fn opens_yaml(text: &str) -> bool {
    let opening = text.split_inclusive('\n').next().unwrap_or_default();
    let from = opening.len();
    content_of(opening) == "---" && is_surely_yaml(&text[from..paragraph_end(text, from)])
}

/// Whether the lines of `text` are YAML and no prose: keys in lower case, of one word, and what they hold.
fn is_surely_yaml(text: &str) -> bool {
    let begins = |line: &str| is_entry(line) && line.starts_with(|c: char| c.is_ascii_lowercase());
    let goes_on = |line: &str| line.starts_with([' ', '\t', '#', '-']);
    text.lines().next().is_some_and(begins)
        && text.lines().all(|line| begins(line) || goes_on(line))
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
    let next = next_line(text, end);
    text[end..next].trim().is_empty().then_some(next)
}

fn is_plausible(yaml: &str) -> bool {
    let Some(first) = first_entry(yaml) else { return true };
    let has_gap = || yaml.lines().any(|line| line.trim().is_empty());
    let is_flow = || first.starts_with('{') && yaml.trim_end().ends_with('}');
    is_entry(first) || is_flow() || !has_gap() && yaml.lines().any(is_entry)
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
        front_matter(text).map(|found| &text[found.content])
    }

    #[test]
    fn the_block_spans_its_fences_and_the_yaml_stands_between() {
        let text = "---\ntitle: Plans\n---\n\n# Plans\n";
        let found = front_matter(text).expect("front matter");
        assert_eq!(&text[found.block], "---\ntitle: Plans\n---\n");
        assert_eq!(&text[found.content], "title: Plans\n");
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
    fn a_fence_that_nothing_closes_is_a_thematic_break() {
        for text in [
            "",
            "---",
            "---\n",
            "---\n\ntitle: Plans\n",
            "---\nOur plans: more\n",
            "---\nNote: soon\n",
        ] {
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

    fn found(text: &str) -> Option<(Language, bool, &str, &str)> {
        let found = front_matter(text)?;
        let rest = &text[found.block.end..];
        Some((found.language, found.is_closed, &text[found.content], rest))
    }

    #[test]
    fn other_fences_and_words_name_other_languages() {
        use Language::{Json, Other, Toml, Yaml};
        for (text, language, content) in [
            ("+++\na = 1\n+++\n# B\n", Toml, "a = 1\n"),
            ("\n<!-- x -->\n+++ \r\na = 1\r\n+++\r\n# B\n", Toml, "a = 1\r\n"),
            ("---toml\na = 1\n---\n# B\n", Toml, "a = 1\n"),
            (";;;\n\"a\": 1\n;;;\n# B\n", Json, "\"a\": 1\n"),
            ("---json\n{\"a\": 1}\n---\n# B\n", Json, "{\"a\": 1}\n"),
            ("--- yaml\n- a\n---\n# B\n", Yaml, "- a\n"),
            ("---php\n$a = 1;\n---\n# B\n", Other, "$a = 1;\n"),
            ("{\n  \"a\": \"}\"\n}\n# B\n", Json, "{\n  \"a\": \"}\"\n}"),
            ("{\"a\":1}\n# B\n", Json, "{\"a\":1}"),
            ("{}\n# B\n", Json, "{}"),
            ("---\n{title: B}\n---\n# B\n", Yaml, "{title: B}\n"),
        ] {
            assert_eq!(found(text), Some((language, true, content, "# B\n")), "{text}");
        }
    }

    #[test]
    fn what_only_begins_like_another_language_is_text() {
        for text in [
            "{: .note}\nText\n",
            "{::comment}\nx\n{:/comment}\n",
            "{% include x %}\n",
            "{{ toc }}\n",
            "{\"a\", \"b\"} are the keys\n",
            "{\"a\": 1} is what it answers\n",
            "+++ more +++\n",
            "+++ hello\n\n# T\n",
            ";;; hello\n\n# T\n",
            ";;;; x\n",
            "++++\na\n++++\n",
            "---\r\r\ntitle: x\r\r\n---\r\r\n",
            "--- a b\nc: d\n---\n",
            "---\n# A data file\nkites:\n  title: Kites\n\nropes:\n  title: Ropes\n",
            "---\nkites: 1\n\nropes: 2\n",
        ] {
            assert_eq!(front_matter(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_no_end_goes_up_to_the_first_blank_line_and_says_so() {
        for (text, close) in [
            ("+++\ntitle = \"B\"\n\n# B\n", "+++"),
            (";;;\n\"title\": \"B\"\n\n# B\n", ";;;"),
            ("{\n\"title\": \"B\"\n\n# B\n", "}"),
            ("---\ntitle: B\nnames:\n  - x\n\n# B\n\nText.\n", "---"),
        ] {
            let front_matter = front_matter(text).expect(text);
            assert!(text[front_matter.block.end..].starts_with("\n# B\n"), "{text}");
            let parsed = front_matter.parse(FileId::NONE, text);
            assert!(parsed.tree.is_none());
            let help = parsed.errors[0].help.as_deref().unwrap_or_default();
            assert!(help.contains(&format!("`{close}`")), "{text}: {help}");
        }
        let broken = "{\n  title: \"B\"\n}\n# B\n";
        let front_matter = front_matter(broken).expect("front matter");
        assert!(front_matter.is_closed);
        assert_eq!(&broken[front_matter.block.end..], "# B\n");
        assert_eq!(front_matter.parse(FileId::NONE, broken).errors.len(), 1);
    }
}
