//! Where results are written: a text that knows which of its parts come from pmctl and which are anyone's.

use std::borrow::Cow;
use std::io::{self, Write};

use anstream::StripStream;
use anstyle::Style;

use super::runner::Runner;
use crate::source::sanitise;

/// A result. What is written to it is untrusted, as text of a handbook and names of files are: a terminal gets it
/// escaped, a file and a pipe get it as it is. Only [`Sink::styled`], [`Sink::rendered`] and [`Sink::command`]
/// add what a terminal or a CI runner obeys.
#[derive(Debug, Default)]
pub struct Sink {
    bytes: Vec<u8>,
    /// Where each part ends, and what it is.
    parts: Vec<(usize, Kind)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Anyone's text.
    Text,
    /// A text with pmctl's own styles, of which the rest is escaped already.
    Rendered,
    /// A line for the CI runner.
    Command,
}

/// Who is shown a result.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader {
    /// Whether it is a terminal, which obeys control characters.
    pub is_terminal: bool,
    /// Whether styles are shown.
    pub has_colors: bool,
    /// The CI runner that reads along.
    pub runner: Runner,
}

/// A result as a [`Reader`] gets it.
#[derive(Debug)]
pub struct Shown<'s> {
    /// Its bytes.
    pub bytes: Cow<'s, [u8]>,
    /// How many commands of the runner were escaped in it.
    pub escaped_commands: usize,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes, Kind::Text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    /// An empty result.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds anyone's text, as `write!` has it.
    pub fn write_fmt(&mut self, text: std::fmt::Arguments<'_>) -> io::Result<()> {
        Write::write_fmt(self, text)
    }

    /// Adds anyone's text.
    pub fn write_all(&mut self, text: &[u8]) -> io::Result<()> {
        Write::write_all(self, text)
    }

    /// Adds `text`, anyone's, in `style`.
    pub fn styled(&mut self, style: Style, text: &str) {
        self.add(style.render().to_string().as_bytes(), Kind::Rendered);
        self.add(text.as_bytes(), Kind::Text);
        self.add(style.render_reset().to_string().as_bytes(), Kind::Rendered);
    }

    /// Adds a text with styles. What comes from a handbook must be escaped in it.
    pub fn rendered(&mut self, text: &str) {
        self.add(text.as_bytes(), Kind::Rendered);
    }

    /// Adds a command for the CI runner as a line. What comes from a handbook must be escaped in it.
    pub fn command(&mut self, line: &str) {
        self.add(line.as_bytes(), Kind::Command);
        self.add(b"\n", Kind::Command);
    }

    /// Removes what was written so far.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.parts.clear();
    }

    /// The result as `reader` gets it.
    pub fn shown(&self, reader: Reader) -> Shown<'_> {
        let mut pieces: Vec<(Cow<'_, [u8]>, Kind)> = Vec::with_capacity(self.parts.len());
        let mut start = 0;
        for &(end, kind) in &self.parts {
            let bytes = &self.bytes[start..end];
            start = end;
            let bytes = match kind {
                Kind::Text if reader.is_terminal => bytes_for_terminal(bytes),
                Kind::Rendered if !reader.has_colors => without_styles(bytes),
                _ => Cow::Borrowed(bytes),
            };
            pieces.push((bytes, kind));
        }
        let is_changed = pieces.iter().any(|(bytes, _)| matches!(bytes, Cow::Owned(_)));
        if reader.runner.is_none() {
            let bytes = if is_changed {
                Cow::Owned(pieces.into_iter().flat_map(|(bytes, _)| bytes.into_owned()).collect())
            } else {
                Cow::Borrowed(&self.bytes[..])
            };
            return Shown { bytes, escaped_commands: 0 };
        }
        // A command may be put together of several parts, so all that lies between the live ones is looked at as one.
        let (mut bytes, mut escaped_commands) = (Vec::new(), 0);
        for run in pieces
            .chunk_by(|(_, one), (_, other)| (*one == Kind::Command) == (*other == Kind::Command))
        {
            let whole: Vec<u8> = run.iter().flat_map(|(bytes, _)| bytes.iter().copied()).collect();
            if run[0].1 == Kind::Command {
                bytes.extend(whole);
                continue;
            }
            let (safe, escaped) = reader.runner.defused(&whole);
            bytes.extend_from_slice(&safe);
            escaped_commands += escaped;
        }
        Shown { bytes: Cow::Owned(bytes), escaped_commands }
    }

    fn add(&mut self, bytes: &[u8], kind: Kind) {
        self.bytes.extend_from_slice(bytes);
        match self.parts.last_mut() {
            Some((end, last)) if *last == kind => *end = self.bytes.len(),
            _ => self.parts.push((self.bytes.len(), kind)),
        }
    }
}

/// `bytes` with everything escaped that a terminal would obey.
fn bytes_for_terminal(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_plain = |byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if bytes.iter().copied().all(is_plain) {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(for_terminal(&String::from_utf8_lossy(bytes)).into_bytes())
}

/// `text` with everything escaped that a terminal would obey. Lines stay lines.
pub fn for_terminal(text: &str) -> String {
    let text = sanitise(text);
    let mut safe = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // Alone it moves the cursor to the beginning of the line, which the rest then covers.
            '\r' if chars.peek() != Some(&'\n') => safe.push_str("\\r"),
            c => safe.push(c),
        }
    }
    safe
}

fn without_styles(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&0x1b) {
        return Cow::Borrowed(bytes);
    }
    let mut stream = StripStream::new(Vec::with_capacity(bytes.len()));
    // Writing to memory cannot fail.
    let _ = stream.write_all(bytes);
    Cow::Owned(stream.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::AnsiColor;

    const BAD: &str = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b\rc\r\n";

    fn shown(sink: &Sink, is_terminal: bool, has_colors: bool, runner: Runner) -> String {
        let shown = sink.shown(Reader { is_terminal, has_colors, runner });
        String::from_utf8(shown.bytes.into_owned()).expect("UTF-8")
    }

    fn with(write: impl Fn(&mut Sink)) -> Sink {
        let mut sink = Sink::new();
        write(&mut sink);
        sink
    }

    #[test]
    fn a_terminal_obeys_nothing_but_our_own_styles() {
        let red = AnsiColor::Red.on_default();
        let sink = with(|sink| {
            sink.styled(red, BAD);
            let _ = write!(sink, "\u{1b}[5mlast");
        });
        let safe = "a\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{202e}b\\rc\r\n";
        assert_eq!(shown(&sink, true, false, Runner::default()), format!("{safe}\\u{{1b}}[5mlast"));
        assert_eq!(
            shown(&sink, true, true, Runner::default()),
            format!("{red}{safe}{red:#}\\u{{1b}}[5mlast")
        );
    }

    #[test]
    fn a_pipe_gets_every_byte_but_our_own_styles() {
        let sink = with(|sink| {
            let _ = write!(sink, "{BAD}");
            sink.rendered("\u{1b}[31mred\u{1b}[0m");
        });
        assert_eq!(shown(&sink, false, false, Runner::default()), format!("{BAD}red"));
    }

    #[test]
    fn a_runner_obeys_nothing_but_our_own_commands() {
        let github = Runner::of(|name| (name == "GITHUB_ACTIONS").then(|| "true".to_owned()));
        let sink = with(|sink| {
            sink.command("::error title=ours::true");
            sink.rendered(" ");
            let _ = write!(sink, ":");
            sink.styled(AnsiColor::Red.on_default(), ":error::theirs\n");
        });
        assert_eq!(
            shown(&sink, false, false, github),
            "::error title=ours::true\n \\u{3a}:error::theirs\n"
        );
        assert_eq!(sink.shown(Reader { runner: github, ..Reader::default() }).escaped_commands, 1);
    }
}
