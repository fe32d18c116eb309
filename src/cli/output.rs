//! Where a command writes: the result to standard output or a file, everything else to standard error.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice, StripStream};
use anyhow::Result;

use super::whole_file::WorkTree;
use super::{Color, Global};
use crate::output::sanitise_line;

/// The result and the remarks of a run.
pub(super) struct Output {
    file: Option<PathBuf>,
    color: ColorChoice,
    is_quiet: bool,
    verbosity: u8,
    result: Vec<u8>,
    /// Where files are not written through links.
    work_tree: WorkTree,
    /// What is written to files of its own beside the result.
    besides: Vec<(PathBuf, Vec<u8>)>,
}

impl Output {
    pub(super) fn new(global: &Global) -> Self {
        let color = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            file: global.output.clone(),
            color,
            is_quiet: global.quiet,
            verbosity: global.verbose,
            result: Vec::new(),
            work_tree: WorkTree::around(global),
            besides: Vec::new(),
        }
    }

    /// Where the result is written to.
    pub(super) fn result(&mut self) -> &mut dyn Write {
        &mut self.result
    }

    /// Has `content` written to `file` when the result is, without colours.
    pub(super) fn also(&mut self, file: PathBuf, content: &[u8]) -> Result<()> {
        self.besides.push((file, stripped(content)?.into_owned()));
        Ok(())
    }

    /// Whether the result is shown in colours.
    pub(super) fn has_colors(&self) -> bool {
        match (&self.file, self.color) {
            (_, ColorChoice::Always | ColorChoice::AlwaysAnsi) => true,
            (Some(_), _) | (None, ColorChoice::Never) => false,
            (None, ColorChoice::Auto) => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        }
    }

    /// The width of the terminal that shows the result; `None` where none does.
    pub(super) fn width(&self) -> Option<u16> {
        match self.file {
            Some(_) => None,
            None => terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0),
        }
    }

    /// Says something that is no result.
    pub(super) fn note(&self, text: &str) {
        if !self.is_quiet {
            say("note", text);
        }
    }

    /// Says what should be mended, but stops nothing.
    pub(super) fn warning(&self, text: &str) {
        if !self.is_quiet {
            say("warning", text);
        }
    }

    /// Says what became of a finding: that it is `fixed`, say.
    pub(super) fn told(&self, became: &str, finding: &str) {
        if !self.is_quiet {
            say(became, finding);
        }
    }

    /// Says something that only the curious want to know.
    pub(super) fn detail(&self, text: &str) {
        if self.verbosity > 0 {
            say("note", text);
        }
    }

    /// Says what went wrong, with all its causes.
    #[expect(clippy::unused_self, reason = "errors are said however quiet the run is")]
    pub(super) fn error(&self, error: &anyhow::Error) {
        say("error", &format!("{error:#}"));
    }

    /// Asks something on standard error.
    #[expect(clippy::unused_self, reason = "questions are asked however quiet the run is")]
    pub(super) fn ask(&self, text: &str) {
        // With standard error closed there is nobody to ask.
        let _ = write!(io::stderr(), "{}", crate::output::sanitise(text));
        let _ = io::stderr().flush();
    }

    /// Writes out the result so far, where somebody waits for it.
    pub(super) fn flush(&mut self) -> Result<()> {
        if self.file.is_none() {
            self.finish()?;
            self.result.clear();
        }
        Ok(())
    }

    /// Writes the result out, and first what goes to files beside it: whoever reads standard output may
    /// have enough of it, and one file that cannot be written is no reason to leave the others out.
    pub(super) fn finish(&mut self) -> Result<()> {
        let besides = std::mem::take(&mut self.besides);
        let besides = besides.iter().map(|(path, content)| self.write_file(path, content));
        let written: Vec<Result<()>> = besides.collect();
        let result = self.write_result();
        written.into_iter().collect::<Result<()>>().and(result)
    }

    /// Writes a file that a person names, whole or not at all.
    pub(super) fn write_file(&self, path: &Path, content: &[u8]) -> Result<()> {
        Ok(self.work_tree.write(path, content)?)
    }

    /// Fails if the result cannot be written to the file that is to have it.
    pub(super) fn check(&self) -> Result<()> {
        self.file.as_deref().map_or(Ok(()), |file| self.check_file(file))
    }

    /// Fails if no file may be written at `path`, before anything is worked out for it.
    pub(super) fn check_file(&self, path: &Path) -> Result<()> {
        Ok(self.work_tree.place(path).map(drop)?)
    }

    fn write_result(&self) -> Result<()> {
        match &self.file {
            // A file gets colours only where they are asked for.
            Some(path) if self.color == ColorChoice::Always => self.write_file(path, &self.result),
            Some(path) => self.write_file(path, &stripped(&self.result)?),
            None => {
                let mut stdout = AutoStream::new(io::stdout().lock(), self.color);
                // Stripped as it goes, the result would be written in a piece for every colour and line.
                match stdout.current_choice() {
                    ColorChoice::Never => {
                        stdout.into_inner().write_all(&stripped(&self.result)?)?;
                    }
                    _ => stdout.write_all(&self.result)?,
                }
                Ok(io::stdout().flush()?)
            }
        }
    }
}

fn say(kind: &str, text: &str) {
    // With standard error closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{kind}: {}", sanitise_line(text));
}

/// `result` without colours.
fn stripped(result: &[u8]) -> io::Result<Cow<'_, [u8]>> {
    // What is written without any, to be read by a program, need not be gone through a byte at a time.
    let is_plain = |&byte: &u8| !byte.is_ascii_control() || matches!(byte, b'\n' | b'\t' | b'\r');
    if result.iter().all(is_plain) {
        return Ok(Cow::Borrowed(result));
    }
    let mut stream = StripStream::new(Vec::with_capacity(result.len()));
    stream.write_all(result)?;
    Ok(Cow::Owned(stream.into_inner()))
}
