//! `pmctl generate`: renders the data into the pages that ask for it.

pub(super) mod collected;
mod commit;
mod render;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::{Value, json};

use super::output::Output;
use super::{Global, Outcome, format};
use crate::generate::collect::{Collected, Whole};
use crate::generate::damage::Damage;
use crate::generate::mark::{BrokenMarker, MarkKind, checksum, marks};
use crate::generate::page::{Filled, GeneratedPage, State};
use crate::output::Sink;
use crate::output::table::{self, Column, Format, Row, Table, Tone};
use crate::source::edit::{
    self, CheckError, EditedFile, Edits, FileEditError, PrepareError, Prepared,
};
use crate::source::sanitise_line;
use crate::source::{FileId, FileStore, RepoPath, Span};
use collected::Source;
use commit::CommitFlags;

/// The flags of `pmctl generate`.
#[derive(Debug, Args)]
#[command(
    after_help = "A page asks for generated text by a block, which is kept up to date where it stands:\n\n    \
    <!-- pmctl:begin NAME key=value -->\n    <!-- pmctl:end -->\n\n\
    or by a directive, {{generator:NAME.ARGUMENT}}, which is replaced when the site is built (--render) or turned \
    into a block (--adopt). `pmctl generators` lists what can be asked for.\n\
    Exit status: 0 for nothing to report; 1 for drift under --check, a block edited by hand, a mark that is wrong; \
    2 where something cannot be read."
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Generate {
    /// Only these pages and folders
    paths: Vec<PathBuf>,
    /// Write nothing; end with 1 if a page is not as it should be
    #[arg(long, conflicts_with_all = ["commit", "adopt", "render", "force"])]
    check: bool,
    /// Print the changes as a unified diff; they are written all the same unless --check is there
    #[arg(long, conflicts_with = "render")]
    diff: bool,
    /// List every block and directive, and where it stands
    #[arg(long, conflicts_with_all = ["check", "diff", "commit", "adopt", "render", "force"])]
    list: bool,
    /// Overwrite blocks that were edited by hand
    #[arg(long)]
    force: bool,
    /// Turn directives into blocks, so that the result can be committed
    #[arg(long, conflicts_with = "render")]
    adopt: bool,
    /// Write a copy of all pages, with everything filled in, into a folder for a site build
    #[arg(long, value_name = "DIR")]
    render: Option<PathBuf>,
    #[command(flatten)]
    commit: CommitFlags,
}

impl Generate {
    /// The command's name, unless it lists what pages ask for.
    pub(super) fn without_formats(&self) -> Option<&'static str> {
        (!self.list).then_some("generate")
    }

    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        if self.list {
            return self.list(global, output);
        }
        self.commit.message()?;
        let source = Source::read(global, output, None)?;
        let collected = source.collect(&self.paths)?;
        let has_errors = say_errors(&collected, &source.loaded.files, output);
        let is_unread = source.is_unread || collected.is_unread();
        if let Some(folder) = &self.render {
            render::render(&source, &collected, folder, output)?;
            return Ok(outcome(is_unread, has_errors));
        }
        let changes = self.changes(&collected, &source)?;
        for place in &changes.hand_edited {
            output.warning(&format!(
                "{place}: somebody edited generated text by hand; move the edit elsewhere, or overwrite it with --force"
            ));
        }
        write!(output.result(), "{}", edit::diff(&changes.refused))?;
        let is_unread = is_unread || !changes.problems.is_empty();
        for problem in &changes.problems {
            output.error(&anyhow::anyhow!("{problem}"));
        }
        let is_bad = has_errors || !changes.hand_edited.is_empty();
        if self.diff {
            write!(output.result(), "{}", edit::diff(&changes.prepared))?;
        }
        if self.check {
            for path in changes.prepared.paths().filter(|_| !self.diff) {
                writeln!(
                    output.result(),
                    "{}",
                    sanitise_line(&format!("{path} is not up to date"))
                )?;
            }
            let drifts = !changes.prepared.is_empty();
            if drifts {
                output.note("`pmctl generate` brings the pages up to date");
            }
            return Ok(outcome(is_unread, is_bad || drifts));
        }
        self.write(&source, &collected, &changes, output)?;
        if changes.prepared.is_empty() && !is_unread && !is_bad {
            output.note("nothing has to be written");
        }
        Ok(outcome(is_unread, is_bad))
    }

    /// The edits of all pages, checked and ready.
    fn changes<'s>(&self, collected: &Collected, source: &'s Source) -> Result<Changes<'s>> {
        let files = &source.loaded.files;
        let (mut edits, mut refused) = (Edits::new(), Edits::new());
        let mut hand_edited = Vec::new();
        let mut generators = BTreeSet::new();
        for page in &collected.pages {
            // A page with a broken marker is left as it is: what belongs to which block cannot be told.
            if !page.broken.is_empty() {
                continue;
            }
            for filled in &page.filled {
                let Ok(generated) = &filled.outcome else { continue };
                let own: Vec<_> = match generated.state {
                    State::Directive if self.adopt => {
                        filled.replace(page.file, true).into_iter().collect()
                    }
                    State::Directive | State::Current => Vec::new(),
                    State::HandEdited if !self.force => {
                        hand_edited.push(place(files, page, filled));
                        for edit in filled.update(page.file) {
                            refused.add(edit);
                        }
                        Vec::new()
                    }
                    State::Stale | State::HandEdited => filled.update(page.file),
                };
                if !own.is_empty() {
                    generators.insert(generated.generator.name);
                }
                for edit in own {
                    edits.add(edit);
                }
            }
        }
        let mut created = Vec::new();
        for whole in &collected.whole {
            let Some(text) = whole.text.as_ref().filter(|_| whole.is_stale) else { continue };
            let all = |file| {
                let end = files.file(file).text().len();
                edit::Edit::new(Span::new(file, 0..end), text.clone())
            };
            match whole.file {
                Some(file) if whole.is_hand_edited && !self.force => {
                    hand_edited.push(whole.path.to_string());
                    refused.add(all(file));
                    continue;
                }
                Some(file) => edits.add(all(file)),
                None => created.push((whole.path.clone(), text.clone())),
            }
            generators.insert("a whole page");
        }
        let whole: Vec<FileId> = collected.whole.iter().filter_map(|whole| whole.file).collect();
        let check = |change: &EditedFile<'_>| match whole.contains(&change.file) {
            true => Ok(()),
            false => still_marked(change),
        };
        let (mut prepared, problems) = prepare_what_can_be(files, edits, check)?;
        let (refused, _) = prepare_what_can_be(files, refused, check)?;
        for (path, text) in created {
            prepared.create(path, text)?;
        }
        let generators = generators.into_iter().collect();
        Ok(Changes { prepared, refused, problems, hand_edited, generators })
    }

    fn write(
        &self,
        source: &Source,
        collected: &Collected,
        changes: &Changes<'_>,
        output: &mut Output,
    ) -> Result<()> {
        let ready = match self.commit.commit {
            true => Some(self.commit.prepare(source, collected, changes, &self.paths)?),
            false => None,
        };
        source.workspace.repo.save(&changes.prepared)?;
        let written: Vec<&RepoPath> = match &ready {
            Some(ready) if !ready.paths.is_empty() => ready.paths.iter().collect(),
            _ => changes.prepared.paths().collect(),
        };
        for path in written.into_iter().filter(|_| !self.diff) {
            writeln!(output.result(), "{}", sanitise_line(path.as_str()))?;
        }
        let Some(ready) = ready else { return Ok(()) };
        match ready.finish().context("the pages are written, but not committed")? {
            Some(id) => output.note(&format!("committed as {}", &id[..12])),
            None => output.note("there is nothing to commit"),
        }
        Ok(())
    }

    fn list(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        let source = Source::read(global, output, None)?;
        let collected = source.collect(&self.paths)?;
        let files = &source.loaded.files;
        let mut rows = Vec::new();
        for page in collected.pages.iter().chain(&collected.templates) {
            for filled in &page.filled {
                let (state, tone) = match &filled.outcome {
                    Ok(generated) => (generated.state.name(), tone(generated.state)),
                    Err(problem) if problem.is_of_unread() => ("unread", Tone::Bad),
                    Err(_) => ("wrong", Tone::Bad),
                };
                let call = &filled.mark.call;
                let arguments = call.arguments.iter().map(|argument| match &argument.name {
                    Some(name) => format!("{name}={}", argument.value),
                    None => argument.value.clone(),
                });
                rows.push(
                    Row::new([
                        state.to_owned(),
                        page.path.to_string(),
                        files.start(Span::new(page.file, filled.mark.span())).line.to_string(),
                        call.name.clone(),
                        arguments.collect::<Vec<_>>().join(" "),
                    ])
                    .tone(tone),
                );
            }
        }
        for whole in &collected.whole {
            let (state, tone) = match whole {
                Whole { unread: Some(_), .. } => ("unread", Tone::Bad),
                // Its marks say what is wrong.
                Whole { text: None, .. } => ("wrong", Tone::Bad),
                Whole { is_stale: false, .. } => ("current", Tone::Good),
                Whole { is_hand_edited: true, .. } => ("hand-edited", Tone::Bad),
                Whole { is_hand_edited: false, .. } => ("stale", Tone::Warning),
            };
            let cells = [state, whole.path.as_str(), "1", "whole page", whole.template.as_str()];
            rows.push(Row::new(cells).tone(tone));
        }
        let columns = vec![
            Column::new("State", "state"),
            Column::new("Page", "path").cut(),
            Column::new("Line", "line"),
            Column::new("Generator", "generator"),
            Column::new("Arguments", "arguments"),
        ];
        let has_errors = say_errors(&collected, files, output);
        if rows.is_empty() {
            output.note(
                "no page asks for generated text; `pmctl generators` lists what can be asked for",
            );
        }
        let table = Table { columns, rows };
        match format {
            Format::Json => write_list(&table, output.result())?,
            _ => table::write(format, "marks", &table, output.width(), output.result())?,
        }
        Ok(outcome(source.is_unread || collected.is_unread(), has_errors))
    }
}

/// The list as JSON, in which a line is a number.
fn write_list(table: &Table, out: &mut Sink) -> Result<()> {
    let marks = table.rows.iter().map(|row| {
        let cells = table.columns.iter().zip(&row.cells).map(|(column, cell)| {
            let value = match (&*column.key, cell.parse::<usize>()) {
                ("line", Ok(line)) => json!(line),
                _ => json!(cell),
            };
            (column.key.to_string(), value)
        });
        cells.collect::<serde_json::Map<String, Value>>()
    });
    let marks: Vec<_> = marks.collect();
    Ok(crate::output::json::write(out, &json!({ "marks": marks }))?)
}

fn tone(state: State) -> Tone {
    match state {
        State::Current => Tone::Good,
        State::Stale => Tone::Warning,
        State::HandEdited => Tone::Bad,
        State::Directive => Tone::Plain,
    }
}

/// What is to be written.
struct Changes<'s> {
    prepared: Prepared<'s>,
    /// What would overwrite somebody's edits.
    refused: Prepared<'s>,
    /// Why some pages cannot be written.
    problems: Vec<FileEditError>,
    /// The places with somebody's edits.
    hand_edited: Vec<String>,
    /// The generators whose text changes.
    generators: Vec<&'static str>,
}

fn outcome(is_unread: bool, is_bad: bool) -> Outcome {
    match (is_unread, is_bad) {
        (true, _) => Outcome::NotJudged,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Clean,
    }
}

fn place(files: &FileStore, page: &GeneratedPage, filled: &Filled) -> String {
    let span = Span::new(page.file, filled.mark.span());
    format!("{}:{}", page.path, files.start(span).line)
}

/// Says what is wrong with marks, and whether anything is.
fn say_errors(collected: &Collected, files: &FileStore, output: &Output) -> bool {
    let mut has_errors = false;
    for page in collected.pages.iter().chain(&collected.templates) {
        let mut say = |span: std::ops::Range<usize>, message: &str, help: &str| {
            let at = files.start(Span::new(page.file, span));
            let text = format!("{}:{}:{}: {message}; {help}", page.path, at.line, at.column);
            output.error(&anyhow::anyhow!(text));
            has_errors = true;
        };
        if let Some(Damage { span, message, help, .. }) = &page.damage {
            let made = collected.whole.iter().filter(|whole| whole.template_file == page.file);
            let made: Vec<String> = made.map(|whole| format!("`{}`", whole.path)).collect();
            let (what, stays) = match &made[..] {
                [] => ("its generated text".to_owned(), "stays as it is"),
                [one] => (one.clone(), "stays as it is"),
                several => (several.join(", "), "stay as they are"),
            };
            say(span.clone(), &format!("{message}; {what} {stays}"), help);
            continue;
        }
        for BrokenMarker { span, message, help } in &page.broken {
            say(span.clone(), message, help);
        }
        for filled in &page.filled {
            if let Err(problem) = &filled.outcome {
                say(problem.span.clone(), &problem.message, &problem.help);
            }
        }
    }
    for whole in &collected.whole {
        if let Some(unread) = whole.unread {
            let (page, file) = (&whole.path, files.file(unread).path());
            output.error(&anyhow::anyhow!("`{page}` stays as it is: `{file}` cannot be read"));
            has_errors = true;
        }
    }
    has_errors
}

/// The files of `edits` that can be prepared, and why others cannot: one page costs no other.
fn prepare_what_can_be(
    files: &FileStore,
    mut edits: Edits,
    check: impl Fn(&EditedFile<'_>) -> Result<(), CheckError> + Copy,
) -> Result<(Prepared<'_>, Vec<FileEditError>), PrepareError> {
    let problems = match edit::prepare(files, &edits, check) {
        Ok(prepared) => return Ok((prepared, Vec::new())),
        Err(PrepareError { problems }) => problems,
    };
    for file in problems.iter().filter_map(|problem| files.find(problem.path())) {
        edits.forget(file);
    }
    Ok((edit::prepare(files, &edits, check)?, problems))
}

/// Checks that a changed page still has all its marks where they belong: generated text must not be taken for a
/// marker.
fn still_marked(change: &EditedFile<'_>) -> Result<(), CheckError> {
    let (old, old_broken) = marks(change.old);
    let (new, new_broken) = marks(change.new);
    let names = |marks: &[crate::generate::mark::Mark]| -> Vec<String> {
        marks.iter().map(|mark| mark.call.name.clone()).collect()
    };
    if names(&old) != names(&new) || old_broken.len() != new_broken.len() {
        return Err(
            "a marker would be taken for text, or text for a marker, where a block is; indent its \
             markers less, or put empty lines around them"
                .into(),
        );
    }
    for (old, mark) in old.iter().zip(&new) {
        let MarkKind::Block { content, checksum: Some(known), .. } = &mark.kind else { continue };
        let is_changed = change.old[old.span()] != change.new[mark.span()];
        if is_changed && checksum(&change.new[content.clone()], &mark.indent) != *known {
            return Err("the checksum of a block would be wrong".into());
        }
    }
    Ok(())
}
