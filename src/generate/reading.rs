//! What a reader sees of generated text: the same after a formatter has laid it out anew, another after an edit.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What has a meaning on a forge or a site and none in `CommonMark`: whether it is escaped makes a difference.
const ESCAPED: [char; 6] = ['$', '{', '}', '~', '[', ']'];

/// Returns whether a reader sees the same of `one` as of `other`, on every site, however it is laid out: empty lines at
/// the edges, cells padded with spaces, `*` or `_`, `-` or `*`, escapes that change nothing.
pub fn reads_same(one: &str, other: &str) -> bool {
    is_plain(one)
        && is_plain(other)
        && words(one).eq(words(other))
        && as_read(one) == as_read(other)
}

/// Returns `text` as it is read, for a checksum: it changes when the words, links or marks of it do, and not when it is
/// laid out anew. Carriage returns do not count.
pub fn as_read(text: &str) -> String {
    let text = text.replace('\r', "");
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let parser = Parser::new_ext(&text, options);
    let mut reading =
        Reading { text: String::with_capacity(text.len()), is_at_start: true, has_space: false };
    // What a definition says is seen elsewhere on the page.
    let definitions = parser.reference_definitions();
    let mut defined: Vec<String> = definitions
        .iter()
        .map(|(name, definition)| format!("[{name}]: {} {:?}", definition.dest, definition.title))
        .collect();
    defined.sort_unstable();
    for definition in &defined {
        reading.block(definition);
    }
    for (event, span) in parser.into_offset_iter() {
        let before = text[..span.start].bytes().rev().take_while(|byte| *byte == b'\\').count();
        reading.add(&event, before % 2 == 1);
    }
    reading.text
}

/// What has been read so far.
struct Reading {
    text: String,
    /// Whether a block has begun and there was nothing in it yet.
    is_at_start: bool,
    /// Whether there was white space since the last sign.
    has_space: bool,
}

impl Reading {
    fn add(&mut self, event: &Event<'_>, is_escaped: bool) {
        match event {
            // Whether the items of a list are apart is layout.
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => self.begin(),
            Event::Text(text) => self.words(text, is_escaped),
            Event::SoftBreak => self.has_space = true,
            Event::Start(tag) if is_inline(tag.to_end()) => self.inline(&format!("<{tag:?}>")),
            Event::End(tag) if is_inline(*tag) => self.inline(&format!("</{tag:?}>")),
            Event::Start(tag) => self.block(&format!("<{tag:?}>")),
            Event::End(tag) => self.block(&format!("</{tag:?}>")),
            Event::Html(html) => self.block(&format!("<html {:?}>", html.trim_end())),
            other => self.inline(&format!("<{other:?}>")),
        }
    }

    fn block(&mut self, sign: &str) {
        self.begin();
        self.text.push_str(sign);
        self.begin();
    }

    /// Begins a line, where the last is not empty.
    fn begin(&mut self) {
        (self.is_at_start, self.has_space) = (true, false);
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn inline(&mut self, sign: &str) {
        self.space();
        self.text.push_str(sign);
    }

    /// Adds `text` with one space for any white space. `is_escaped` is whether a backslash escapes its first sign.
    fn words(&mut self, text: &str, is_escaped: bool) {
        for (at, c) in text.char_indices() {
            if matches!(c, ' ' | '\t' | '\n') {
                self.has_space = true;
                continue;
            }
            self.space();
            self.is_at_start = false;
            if ESCAPED.contains(&c) && !(is_escaped && at == 0) {
                self.text.push('\u{1}');
            }
            self.text.push(c);
        }
    }

    fn space(&mut self) {
        if std::mem::take(&mut self.has_space) && !self.is_at_start {
            self.text.push(' ');
        }
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// The letters and digits of `text`, in their order: whatever a parser drops has some.
fn words(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// Whether `text` has no sign that no writer writes: control characters, line ends of another kind, and what is seen
/// nowhere.
fn is_plain(text: &str) -> bool {
    let text = text.replace("\r\n", "\n");
    !text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{2028}' | '\u{2029}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str = "### Kites\n\n| Feature | Maturity |\n| --- | --- |\n| [Kites](kites.md) (1) | Viable |\n| Oars \\$5 | ? |\n\n1. A *calm* day_s\n\n- **Ada**: she said \\[so\\]\n  - below\n";

    #[test]
    fn what_formatters_do_is_read_the_same() {
        for (what, formatted) in [
            ("empty lines at the edges", format!("\n{MADE}\n\n")),
            (
                "padded cells",
                MADE.replace("| Oars \\$5 | ? |", "| Oars \\$5   |   ?  |")
                    .replace("| --- | --- |", "| ------- | :-----: |".replace(':', "-").as_str()),
            ),
            ("other emphasis", MADE.replace("*calm*", "_calm_").replace("**Ada**", "__Ada__")),
            ("other bullets", MADE.replace("- **", "* **").replace("  - below", "  * below")),
            ("items apart", MADE.replace("\\]\n  - below", "\\]\n\n  - below")),
            ("deeper items", MADE.replace("  - below", "    - below")),
            ("escapes", MADE.replace("day_s", "day\\_s")),
            ("another heading", MADE.replace("### Kites", "### Kites ###")),
            ("line ends", MADE.replace('\n', "\r\n")),
            ("spaces at the ends of lines", MADE.replace("Viable |\n", "Viable |  \n")),
            ("a broken line", MADE.replace("calm* day", "calm*\n   day")),
        ] {
            assert!(
                reads_same(MADE, &formatted),
                "{what}: {}\n{}",
                as_read(MADE),
                as_read(&formatted)
            );
        }
    }

    #[test]
    fn what_anybody_would_see_is_not() {
        for edited in [
            MADE.replace("Viable", "Complete"),
            MADE.replace("kites.md", "oars.md"),
            MADE.replace("| ? |", "| - |"),
            MADE.replace("| ? |\n", "| ? |\r\r\n"),
            MADE.replace("Viable |\n", "Viable |\n\n"),
            MADE.replace("\\$", "$"),
            MADE.replace("\\[so\\]", "[so]"),
            MADE.replace("**Ada**", "*Ada*"),
            MADE.replace("*calm*", "calm"),
            MADE.replace("### Kites", "## Kites"),
            MADE.replace("| --- | --- |", "| :--- | --- |"),
            MADE.replace("| ? |", "| ? | more |"),
            MADE.replace("(1)", "(1)\u{a0}"),
            MADE.replace("1. A", "2. A"),
            format!("{MADE}<!-- pmctl-ignore link-missing-file: x -->\n"),
            format!("{MADE}\n[so]: https://example.com\n"),
            format!("{MADE}\n---\n"),
            format!("{MADE}\u{b}"),
        ] {
            assert!(!reads_same(MADE, &edited), "{edited:?}");
        }
    }
}
