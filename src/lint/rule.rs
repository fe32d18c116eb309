//! What a rule is: one file under `rules/`, with its manual and its check.

use rayon::prelude::*;

use super::{Context, Diagnostic, Finding, Levels, Severity};
use crate::source::FileStore;

impl Rule {
    /// The word for its level.
    pub fn level_name(&self) -> &'static str {
        self.level.map_or("off", Severity::name)
    }

    /// How bad its findings are where it is asked for and nothing else is said.
    pub fn level_if_asked(&self) -> Severity {
        self.level.unwrap_or(Severity::Warning)
    }
}

/// A lint rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab case.
    pub id: &'static str,
    /// How bad its findings are unless a configuration says otherwise; `None` for a rule that only runs
    /// where it is asked for.
    pub level: Option<Severity>,
    /// What it looks at beside the data and the text of pages.
    pub needs: Needs,
    /// Its manual.
    pub manual: Manual,
    /// Reports what it finds.
    pub check: fn(Context<'_>, &mut Report),
}

/// What a rule looks at beside the data and the text of pages: each part costs only the runs that need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a need of its own")]
pub struct Needs {
    /// The [outlines](Context::outlined) of all pages.
    pub outlines: bool,
    /// The dates of reviews.
    pub reviews: bool,
    /// What git knows of the pages since their reviews.
    pub changes: bool,
    /// What git knows of the pages that are drafts.
    pub draft_changes: bool,
    /// CODEOWNERS and its like, [`Handbook::owner_files`](crate::handbook::Handbook::owner_files).
    pub owner_files: bool,
    /// Which of their patterns match no file.
    pub unused_patterns: bool,
    /// What the pages of stages pull in, [`Handbook::pulled_in`](crate::handbook::Handbook::pulled_in).
    pub partials: bool,
    /// The templates of pages, [`Handbook::templates`](crate::handbook::Handbook::templates).
    pub templates: bool,
    /// What is generated.
    pub generated: bool,
    /// Where all links lead.
    pub links: bool,
}

impl Needs {
    /// Nothing.
    pub const NOTHING: Self = Self {
        outlines: false,
        reviews: false,
        changes: false,
        draft_changes: false,
        owner_files: false,
        unused_patterns: false,
        partials: false,
        templates: false,
        generated: false,
        links: false,
    };
    /// The outlines of all pages.
    pub const OUTLINES: Self = Self { outlines: true, ..Self::NOTHING };
    /// The dates of reviews.
    pub const REVIEWS: Self = Self { reviews: true, ..Self::NOTHING };
    /// The dates of reviews, and what git knows of the pages since.
    pub const CHANGES: Self = Self { changes: true, ..Self::REVIEWS };
    /// The dates of reviews, and what git knows of drafts.
    pub const DRAFTS: Self = Self { draft_changes: true, ..Self::REVIEWS };
    /// The files that name owners.
    pub const OWNER_FILES: Self = Self { owner_files: true, ..Self::NOTHING };
    /// The files that name owners, and which of their patterns match no file.
    pub const UNUSED_PATTERNS: Self = Self { unused_patterns: true, ..Self::OWNER_FILES };
    /// The partials of the stages' pages.
    pub const PARTIALS: Self = Self { partials: true, ..Self::NOTHING };
    /// The templates of pages.
    pub const TEMPLATES: Self = Self { templates: true, ..Self::NOTHING };

    /// What is generated.
    pub const GENERATED: Self = Self { generated: true, ..Self::NOTHING };
    /// Where all links lead, and the outlines of all pages.
    pub const LINKS: Self = Self { links: true, ..Self::OUTLINES };

    /// What either needs.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            outlines: self.outlines || other.outlines,
            reviews: self.reviews || other.reviews,
            changes: self.changes || other.changes,
            draft_changes: self.draft_changes || other.draft_changes,
            owner_files: self.owner_files || other.owner_files,
            unused_patterns: self.unused_patterns || other.unused_patterns,
            partials: self.partials || other.partials,
            templates: self.templates || other.templates,
            generated: self.generated || other.generated,
            links: self.links || other.links,
        }
    }

    /// Whether that takes a while to work out, when all else is there.
    pub const fn is_late(self) -> bool {
        self.generated || self.links
    }
}

/// What there is to know about a rule. The texts are Markdown.
#[derive(Debug)]
pub struct Manual {
    /// What it fires on, in one sentence.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// What it fires on.
    pub bad: Example,
    /// How it should be.
    pub good: Example,
    /// Where the handbooks say so.
    pub source: &'static str,
}

impl Manual {
    /// What the rule fires on, as a phrase: the beginning of `what`, up to the first full stop or colon.
    pub fn summary(&self) -> &'static str {
        let what = self.what.strip_prefix("Fires on ").unwrap_or(self.what);
        let mut is_code = false;
        let end = what.char_indices().find(|&(at, c)| {
            is_code ^= c == '`';
            !is_code && matches!(c, '.' | ':') && what[at + 1..].starts_with(' ')
        });
        what[..end.map_or(what.len(), |(at, _)| at)].trim_end_matches('.')
    }
}

/// A piece of a handbook.
#[derive(Debug)]
pub struct Example {
    /// The file it stands in.
    pub path: &'static str,
    /// The piece.
    pub text: &'static str,
}

/// Where a rule puts its findings.
#[derive(Debug)]
pub struct Report {
    rule: &'static Rule,
    findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(rule: &'static Rule) -> Self {
        Self { rule, findings: Vec::new() }
    }

    /// Has `check` look at each of `all`, side by side, and keeps what it reports in their order.
    pub fn of_each<T: Sync>(&mut self, all: &[T], check: impl Fn(&T, &mut Self) + Sync) {
        let rule = self.rule;
        let found = all.par_iter().map(|one| {
            let mut report = Self::new(rule);
            check(one, &mut report);
            report.findings
        });
        let found: Vec<Vec<Finding>> = found.collect();
        self.findings.extend(found.into_iter().flatten());
    }

    /// Reports `finding`.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// What was reported where `levels` lets the rule look.
    pub(super) fn into_diagnostics(
        self,
        levels: &Levels,
        files: &FileStore,
    ) -> impl Iterator<Item = Diagnostic> {
        let Self { rule, findings } = self;
        findings.into_iter().filter_map(move |finding| {
            let severity = levels.at(rule, files.file(finding.span.file).path())?;
            Some(Diagnostic::new(rule, severity.min(finding.at_most), finding))
        })
    }
}
