//! What a rule found, and where.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use rayon::prelude::*;

use super::Rule;
use super::since::without;
use crate::source::edit::Edit;
use crate::source::{FileStore, Problem, Span, stable_hash};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For information.
    Info,
    /// Should be fixed.
    Warning,
    /// Has to be fixed.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a check reports: a place, and what is wrong there.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A word or two for the place.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it, and what they are.
    pub related: Vec<(Span, String)>,
    /// The change that fixes it, if one is known.
    pub fix: Option<Fix>,
    /// The worst that this finding can be, where it is less than its rule's level.
    pub at_most: Severity,
    /// Whether it concerns its file as a whole, though it is shown at a line, such as that of the title.
    pub is_of_file: bool,
    /// What else it is about than its place, where one place may have several such findings: a field, a section.
    pub targets: Vec<String>,
}

impl Finding {
    /// A finding at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            related: Vec::new(),
            fix: None,
            at_most: Severity::Error,
            is_of_file: false,
            targets: Vec::new(),
        }
    }

    /// The finding, with a word for its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The finding, with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The finding, with advice if there is some.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The finding, with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related.push((span, what.into()));
        self
    }

    /// The finding, with the change that fixes it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The finding, as one that concerns its file as a whole.
    #[must_use]
    pub fn of_file(mut self) -> Self {
        self.is_of_file = true;
        self
    }

    /// The finding, as one of several that one place may have: they are about different words that the message quotes.
    #[must_use]
    pub fn of_quoted(mut self) -> Self {
        self.targets = self.message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        self
    }

    /// The finding, as one that is never an error.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.at_most = Severity::Warning;
        self
    }
}

impl<K> From<&Problem<K>> for Finding {
    fn from(problem: &Problem<K>) -> Self {
        Self {
            label: problem.label.clone(),
            help: problem.help.clone(),
            related: problem.related.clone(),
            ..Self::new(problem.span, &problem.message)
        }
    }
}

/// A change that fixes a finding.
#[derive(Clone, Debug)]
pub struct Fix {
    /// Whether it can be made without a look at it.
    pub safety: Safety,
    /// What is changed, in one file or several.
    pub repairs: Vec<Repair>,
}

/// Whether a change can be made without a look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It says what was meant, and nothing else.
    Safe,
    /// A person should look at what comes of it.
    Unsafe,
}

/// One changed place.
#[derive(Clone, Debug)]
pub enum Repair {
    /// Other characters for these.
    Text(Edit),
    /// Another value for the YAML scalar at `span`, in the style in which it is written.
    Scalar {
        /// The old value.
        span: Span,
        /// The new one.
        value: String,
    },
    /// Quotes around the YAML scalar at this place.
    Quotes(Span),
}

impl Repair {
    /// What is changed.
    pub fn span(&self) -> Span {
        match self {
            Self::Text(edit) => edit.span,
            Self::Scalar { span, .. } | Self::Quotes(span) => *span,
        }
    }
}

impl Fix {
    /// The safe change of the text at `span` to `text`.
    pub fn text(span: Span, text: impl Into<String>) -> Self {
        let repairs = vec![Repair::Text(Edit::new(span, text))];
        Self { safety: Safety::Safe, repairs }
    }

    /// The safe change of the YAML scalar at `span` to `value`.
    pub fn scalar(span: Span, value: impl Into<String>) -> Self {
        let repairs = vec![Repair::Scalar { span, value: value.into() }];
        Self { safety: Safety::Safe, repairs }
    }

    /// The safe change that puts the YAML scalar at `span` in quotes.
    pub fn quotes(span: Span) -> Self {
        Self { safety: Safety::Safe, repairs: vec![Repair::Quotes(span)] }
    }

    /// The change, as one that a person should look at.
    #[must_use]
    pub fn needs_a_look(mut self) -> Self {
        self.safety = Safety::Unsafe;
        self
    }
}

/// A finding of a rule, as it is printed.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The finding.
    pub finding: Finding,
    /// What it is known by in other runs, once somebody has asked for it.
    identity: Option<Identity>,
}

/// What a finding is known by in other runs.
#[derive(Clone, Debug)]
struct Identity {
    content: String,
    fingerprint: String,
}

impl Diagnostic {
    /// A finding of `rule`, as bad as `severity`.
    pub fn new(rule: &'static Rule, severity: Severity, finding: Finding) -> Self {
        Self { rule, severity, finding, identity: None }
    }

    /// A hash of rule, path and the text of the place, 32 hexadecimal digits. It does not change when lines
    /// move, nor with the day of the judgement, which a message may speak of. Empty unless the judgement was asked
    /// to [identify](super::Judgement::identify) its findings.
    pub fn content(&self) -> &str {
        self.identity.as_ref().map_or("", |identity| &identity.content)
    }

    /// A hash of [`content`](Self::content) and of how many findings before it in the file have the same:
    /// 32 hexadecimal digits, of which no two findings of a run have the same. Empty as that is.
    pub fn fingerprint(&self) -> &str {
        self.identity.as_ref().map_or("", |identity| &identity.fingerprint)
    }

    /// Whether pmctl can fix it, and how safely.
    pub fn fixable(&self) -> Option<Safety> {
        self.finding.fix.as_ref().map(|fix| fix.safety)
    }
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings for information.
    pub infos: usize,
    /// Files that were judged.
    pub files_checked: usize,
    /// Findings that a comment in the handbook silences.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub baselined: usize,
    /// Findings that are not of the change that was asked for.
    pub older: usize,
}

impl Summary {
    /// The summary of `diagnostics` over `files_checked` files.
    pub fn new(diagnostics: &[Diagnostic], files_checked: usize) -> Self {
        let count = |severity| {
            diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
        };
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            files_checked,
            ..Self::default()
        }
    }
}

/// Sorts by path, place, rule and message.
pub fn sort(diagnostics: &mut [Diagnostic], files: &FileStore) {
    diagnostics.sort_by(|a, b| order(a, b, files));
}

fn order(a: &Diagnostic, b: &Diagnostic, files: &FileStore) -> Ordering {
    let key = |diagnostic: &Diagnostic| {
        let span = diagnostic.finding.span;
        (span.start, span.end, diagnostic.rule.id)
    };
    let path = |diagnostic: &Diagnostic| files.file(diagnostic.finding.span.file).path();
    path(a)
        .cmp(path(b))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.finding.message.cmp(&b.finding.message))
}

/// How many bytes of a line, and of a place, tell findings apart: lines can be as long as files.
const TELLING: usize = 1_000;

/// Gives each of `diagnostics`, which are all of a run, what it is known by in other runs.
pub(super) fn identify(mut diagnostics: Vec<&mut Diagnostic>, files: &FileStore) {
    diagnostics.sort_by(|a, b| order(a, b, files));
    let contents: Vec<String> = diagnostics
        .par_iter()
        .map(|diagnostic| {
            let span = diagnostic.finding.span;
            let path = files.file(span.file).path().as_str();
            stable_hash(&[diagnostic.rule.id, path, &stable_text(span, files, &[])].join("\0"))
        })
        .collect();
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (diagnostic, content) in diagnostics.into_iter().zip(contents) {
        let occurrence = seen.entry(content.clone()).or_insert(0);
        let fingerprint = stable_hash(&format!("{content}\0{occurrence}"));
        *occurrence += 1;
        diagnostic.identity = Some(Identity { content, fingerprint });
    }
}

/// The text at `span` and on the line where it begins, however it is indented, without what is at `cut`. Nothing for what
/// concerns a file as a whole: its first line has no part in that.
pub(super) fn stable_text(span: Span, files: &FileStore, cut: &[Range<usize>]) -> String {
    if span.is_empty() && span.start == 0 {
        return String::new();
    }
    let file = files.file(span.file);
    let line = file.lines().range(file.text(), files.start(span).line).unwrap_or_default();
    let (line, place) = match cut {
        [] => (beginning(&file.text()[line]).to_owned(), beginning(files.slice(span)).to_owned()),
        cut => (without(file.text(), line, cut), without(file.text(), span.range(), cut)),
    };
    let place = beginning(&place).lines().next().unwrap_or_default();
    [folded(beginning(&line)), folded(place)].join("\0")
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(TELLING)]
}

/// `text` with one space for each run of white space, and none around it.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
