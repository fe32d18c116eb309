//! Where a command writes: the result to standard output or a file, everything else to standard error. Nothing
//! else in pmctl has hold of the two, so that whatever reaches a terminal or the log of a CI job goes through here.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;

use super::inputs::Inputs;
use super::whole_file::WorkTree;
use super::{Color, Global};
use crate::output::{Reader, Runner, Sink, for_terminal};
use crate::source::sanitise_line;

/// The result and the remarks of a run.
pub(super) struct Output {
    file: Option<PathBuf>,
    color: ColorChoice,
    is_quiet: bool,
    verbosity: u8,
    result: Sink,
    /// Where files are not written through links.
    work_tree: WorkTree,
    /// What no result is written over.
    inputs: Inputs,
    /// What is written to files of its own beside the result.
    besides: Vec<(PathBuf, Vec<u8>)>,
}

impl Output {
    /// Output of a run with `global` whose command reads the files `named`.
    pub(super) fn new(global: &Global, named: Vec<PathBuf>) -> Self {
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
            result: Sink::new(),
            work_tree: WorkTree::around(global),
            inputs: Inputs::new(global, named),
            besides: Vec::new(),
        }
    }

    /// Where the result is written to: text of anyone, unless it is said otherwise.
    pub(super) fn result(&mut self) -> &mut Sink {
        &mut self.result
    }

    /// Has `content` written to `file` when the result is, without colours.
    pub(super) fn also(&mut self, file: PathBuf, content: &Sink) {
        self.besides.push((file, content.shown(Reader::default()).bytes.into_owned()));
    }

    /// Whether the result is shown in colours.
    pub(super) fn has_colors(&self) -> bool {
        match (&self.file, self.color) {
            (_, ColorChoice::Always | ColorChoice::AlwaysAnsi) => true,
            (Some(_), _) | (None, ColorChoice::Never) => false,
            (None, ColorChoice::Auto) => AutoStream::choice(&stdout()) != ColorChoice::Never,
        }
    }

    /// The width of the terminal that shows the result; `None` where none does.
    pub(super) fn width(&self) -> Option<u16> {
        match self.file {
            Some(_) => None,
            None => terminal_size::terminal_size_of(stdout()).map(|(width, _)| width.0),
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
        let _ = stderr().write_all(&safe(&for_terminal(text)));
        let _ = stderr().flush();
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
        if let Some(place) = self.work_tree.place(path)? {
            self.inputs.check(path, &place)?;
            Inputs::check_page(path, &place, content)?;
        }
        Ok(self.work_tree.write(path, content)?)
    }

    /// Fails if the result cannot be written to the file that is to have it.
    pub(super) fn check(&self) -> Result<()> {
        self.file.as_deref().map_or(Ok(()), |file| self.check_file(file))
    }

    /// Fails if no file may be written at `path`, before anything is worked out for it.
    pub(super) fn check_file(&self, path: &Path) -> Result<()> {
        if let Some(place) = self.work_tree.place(path)? {
            self.inputs.check(path, &place)?;
        }
        Ok(())
    }

    /// Fails if `path` leads through a link of the work tree or into the folder of git.
    pub(super) fn check_place(&self, path: &Path) -> Result<()> {
        Ok(self.work_tree.place(path).map(drop)?)
    }

    fn write_result(&self) -> Result<()> {
        let Some(path) = &self.file else { return self.print_result() };
        // A file gets colours only where they are asked for, and every character as it is.
        let has_colors = self.color == ColorChoice::Always;
        let shown = self.result.shown(Reader { has_colors, ..Reader::default() });
        self.write_file(path, &shown.bytes)
    }

    fn print_result(&self) -> Result<()> {
        let has_colors =
            AutoStream::new(stdout(), self.color).current_choice() != ColorChoice::Never;
        let (is_terminal, runner) = (stdout().is_terminal(), runner());
        let shown = self.result.shown(Reader { is_terminal, has_colors, runner });
        match has_colors {
            true => AutoStream::new(stdout().lock(), self.color).write_all(&shown.bytes)?,
            false => stdout().lock().write_all(&shown.bytes)?,
        }
        stdout().flush()?;
        if shown.escaped_commands > 0 {
            // However quiet the run is: the result is not what it would be elsewhere.
            let what = match shown.escaped_commands {
                1 => "1 line of the result looks like a command to the CI runner and is".to_owned(),
                number => format!(
                    "{number} lines of the result look like commands to the CI runner and are"
                ),
            };
            say(
                "note",
                &format!("{what} printed escaped; --output FILE writes the result as it is"),
            );
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that writes to it")]
fn stdout() -> io::Stdout {
    io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "the one place that writes to it")]
fn stderr() -> io::Stderr {
    io::stderr()
}

/// The CI runner that reads what this process prints.
fn runner() -> Runner {
    Runner::of(|name| std::env::var(name).ok())
}

/// `text` as bytes without commands of the CI runner, which reads standard error as well.
fn safe(text: &str) -> Vec<u8> {
    runner().defused(text.as_bytes()).0.into_owned()
}

fn say(kind: &str, text: &str) {
    // With standard error closed there is nobody to tell.
    let _ = stderr().write_all(&safe(&format!("{kind}: {}\n", sanitise_line(text))));
}

/// Says that pmctl itself failed, at `place` in its code.
pub(super) fn say_bug(place: &str) {
    say(
        "error",
        &format!("this is an error of pmctl{place}; please report it with the files that cause it"),
    );
}

/// Prints what clap says of the arguments: help, or what is wrong with them. Returns the exit status.
pub(super) fn say_usage(error: &clap::Error) -> u8 {
    let text = error.render().to_string();
    let safe = safe(&for_terminal(&text));
    // An argument, which may be the name of a file, is quoted in the message.
    let printed = match safe == text.as_bytes() {
        true => error.print(),
        false => stderr().write_all(&safe),
    };
    // With standard output or error closed there is nobody to tell.
    let _ = printed;
    u8::try_from(error.exit_code()).unwrap_or(2)
}
