//! A page with its marks filled in: what each should hold, what it holds, and the edits from one to the other.

use std::ops::Range;

use super::damage::Damage;
use super::generator::{Arguments, CallProblem, Generator, Made, make};
use super::mark::{
    BrokenMarker, Mark, MarkKind, checksum, is_checksum, marks_in, may_hold_marks, newline,
    without_indent,
};
use super::markdown::{Place, markdown};
use super::reading::reads_same;
use super::scene::Material;
use crate::handbook::Parts;
use crate::source::edit::Edit;
use crate::source::{FileId, RepoPath, Span};

/// The marks of a page.
#[derive(Debug)]
pub struct GeneratedPage {
    /// Its place.
    pub path: RepoPath,
    /// Its file.
    pub file: FileId,
    /// Its marks, in its order.
    pub filled: Vec<Filled>,
    /// Markers that cannot be understood.
    pub broken: Vec<BrokenMarker>,
    /// What is damaged, so that none of its marks is filled.
    pub damage: Option<Damage>,
}

/// A mark, and what it should hold.
#[derive(Debug)]
pub struct Filled {
    /// The mark.
    pub mark: Mark,
    /// The generated text, or what is wrong with the call.
    pub outcome: Result<Generated, CallProblem>,
}

/// What a mark should hold.
#[derive(Debug)]
pub struct Generated {
    /// The generator.
    pub generator: &'static Generator,
    /// What it is told.
    pub arguments: Arguments,
    /// The text, with the line breaks and the indentation of the page.
    pub text: String,
    /// The line breaks of the page.
    pub newline: &'static str,
    /// The parts of the handbook that it is made of.
    pub parts: Parts,
    /// Where the mark stands against it.
    pub state: State,
}

/// How what a mark holds stands to what it should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is what it should be.
    Current,
    /// The data has changed since, or the block was never filled.
    Stale,
    /// Somebody has edited it by hand.
    HandEdited,
    /// A directive, which is replaced when the site is built.
    Directive,
}

impl State {
    /// Its name, which does not change.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::HandEdited => "hand-edited",
            Self::Directive => "directive",
        }
    }
}

impl GeneratedPage {
    /// Fills the marks of the page that will be at `path`, with the text of `file`, one of the material's.
    pub fn new(path: RepoPath, file: FileId, material: &Material<'_>) -> Self {
        let source = material.files.file(file);
        let text = source.text();
        let (marks, broken) = match may_hold_marks(text) {
            true => marks_in(text, source.outline()),
            false => Default::default(),
        };
        let newline = newline(text, &marks);
        let is_asked = !marks.is_empty() || !broken.is_empty();
        let damage = if is_asked { Damage::of(text, source.outline()) } else { None };
        let filled = marks.into_iter().map(|mark| {
            let made = match &damage {
                None => make(&mark.call, material),
                Some(damage) => Err(CallProblem::of_damage(damage)),
            };
            let outcome = made.map(|made| {
                let Made { generator, arguments, blocks, parts } = made;
                let place = Place { page: &path, level: mark.level };
                let plain = markdown(&blocks, place);
                let new = indented(&plain, &mark.indent, newline);
                let state = state(&mark, &new, newline, text);
                let text = new;
                Generated { generator, arguments, text, newline, parts, state }
            });
            Filled { mark, outcome }
        });
        let filled = filled.collect();
        Self { path, file, filled, broken, damage }
    }

    /// Fills the marks of the page that will be at `path`, with the text of the template `file`, which has to hold something.
    pub fn of_template(path: RepoPath, file: FileId, material: &Material<'_>) -> Self {
        let source = material.files.file(file);
        let page = Self::new(path, file, material);
        let own = || Damage::of(source.text(), source.outline());
        let of_template = || Damage::of_template(source);
        let damage = page.damage.clone().or_else(own).or_else(of_template);
        Self { damage, ..page }
    }

    /// Whether it is damaged, or something is wrong with a marker or a call.
    pub fn has_errors(&self) -> bool {
        self.damage.is_some()
            || !self.broken.is_empty()
            || self.filled.iter().any(|filled| filled.outcome.is_err())
    }
}

impl Filled {
    /// The edits that bring the block up to date; none for a directive and for a call that is wrong.
    pub fn update(&self, file: FileId) -> Vec<Edit> {
        let Ok(generated) = &self.outcome else { return Vec::new() };
        let MarkKind::Block { content, end, .. } = &self.mark.kind else { return Vec::new() };
        let span = |range: &Range<usize>| Span::new(file, range.clone());
        let sum = checksum(&generated.text, &self.mark.indent);
        vec![
            Edit::new(span(content), generated.text.clone()),
            Edit::new(span(end), end_marker(&sum)),
        ]
    }

    /// The edits that leave the generated text in any mark: a directive is gone then, a block is up to date.
    pub fn fill(&self, file: FileId) -> Vec<Edit> {
        self.replace(file, false).into_iter().chain(self.update(file)).collect()
    }

    /// The edit that puts the generated text in the place of a directive, as a block or without markers.
    pub fn replace(&self, file: FileId, is_block: bool) -> Option<Edit> {
        let Ok(generated) = &self.outcome else { return None };
        let MarkKind::Directive { span } = &self.mark.kind else { return None };
        let (indent, newline) = (&self.mark.indent, generated.newline);
        let replacement = if is_block {
            let arguments = generated.arguments.all();
            let arguments: Vec<String> =
                arguments.map(|(name, value)| format!(" {name}={value}")).collect();
            let arguments = arguments.concat();
            let sum = checksum(&generated.text, indent);
            format!(
                "<!-- pmctl:begin {}{arguments} -->{newline}{}{indent}{}",
                generated.generator.name,
                generated.text,
                end_marker(&sum)
            )
        } else {
            // The first line stands behind the indentation of the directive, the last before its line break.
            let text = generated.text.strip_prefix(indent.as_str()).unwrap_or(&generated.text);
            text.trim_end_matches(['\r', '\n']).to_owned()
        };
        Some(Edit::new(Span::new(file, span.clone()), replacement))
    }
}

fn end_marker(checksum: &str) -> String {
    format!("<!-- pmctl:end sha256={checksum} -->")
}

/// How the block stands to `wanted`, which is indented as it has to be.
fn state(mark: &Mark, wanted: &str, newline: &str, page: &str) -> State {
    let MarkKind::Block { content, checksum: known, .. } = &mark.kind else {
        return State::Directive;
    };
    let held = page.get(content.clone()).unwrap_or_default();
    let is_edited = match known {
        Some(known) => !is_checksum(known, held, &mark.indent),
        // A block without a checksum was never filled, but what is in it may be somebody's own.
        None => !held.trim().is_empty(),
    };
    match (is_as_wanted(held, wanted, newline, mark), is_edited) {
        (false, true) => State::HandEdited,
        (true, false) if known.is_some() => State::Current,
        // Where the text is right, a wrong checksum hides no edit that could be lost.
        _ => State::Stale,
    }
}

/// Whether a reader sees the same of `held` as of `wanted`, and an editor too: its lines end as those of the page and
/// are indented as they are.
fn is_as_wanted(held: &str, wanted: &str, newline: &str, mark: &Mark) -> bool {
    let has_other_ends =
        held.split_inclusive('\n').any(|line| line.ends_with("\r\n") != (newline == "\r\n"));
    let is_indented = |line: &str| line.trim().is_empty() || line.starts_with(&mark.indent);
    if has_other_ends || !held.lines().all(is_indented) {
        return false;
    }
    held == wanted
        || reads_same(&without_indent(held, &mark.indent), &without_indent(wanted, &mark.indent))
}

/// The lines of `text` behind `indent`; empty lines stay empty.
fn indented(text: &str, indent: &str, newline: &str) -> String {
    let lines = text.lines().map(|line| match line.is_empty() {
        true => newline.to_owned(),
        false => format!("{indent}{line}{newline}"),
    });
    lines.collect()
}
