//! Judging a handbook: rules look at the model and report what they find.

pub mod baseline;
mod diagnostic;
mod draft;
pub mod fixes;
pub mod gate;
mod judge;
mod level;
mod rule;
pub mod rules;
mod sight;
pub mod since;
mod suppression;
pub mod trial;
mod word_sets;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::Config;
use crate::generate::collect::Collected;
use crate::handbook::Page;
use crate::handbook::{Handbook, Loaded};
use crate::links::Links;
use crate::review::Survey;
use crate::rice::Judged;
use crate::source::FileStore;
use crate::source::markdown::Outline;

pub use diagnostic::sort;
pub use diagnostic::{Diagnostic, Finding, Fix, Repair, Safety, Severity, Summary};
pub use judge::{Evidence, JudgeError, Judgement, judge};
pub use level::{BadLevels, GATE, Levels, UnknownRule, find};
pub use rule::{Example, Manual, Needs, Report, Rule};
pub use sight::{Sight, rule_of};
pub use suppression::Silencer;

/// The rule whose errors mean that a file could not be judged at all.
pub const UNREADABLE_FILE: &str = "unreadable-file";

/// The rule that tells why a file could not be parsed.
pub const YAML_SYNTAX: &str = "yaml-syntax";

/// The rule about merges that were not finished.
pub const MERGE_CONFLICT: &str = "merge-conflict";

/// What a rule can look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// Its files.
    pub files: &'a FileStore,
    /// How it is configured.
    pub config: &'a Config,
    /// The day of the judgement.
    pub today: Date,
    /// The ideas that are estimated.
    pub ideas: &'a [Judged],
    /// Generated text, if somebody looked for it.
    pub generated: Option<&'a Collected>,
    /// The pages that are to be reviewed, if a rule that runs [needs](Rule::needs) them.
    pub reviews: Option<&'a Survey>,
    /// Where all links lead, if a rule that runs [needs](Rule::needs) it.
    pub links: Option<&'a Links>,
}

impl<'a> Context<'a> {
    /// The pages, each with its text and its outline, for a rule that [needs](Rule::needs) outlines.
    pub fn outlined(self) -> impl Iterator<Item = (&'a Page, &'a str, &'a Outline)> {
        self.handbook.pages.iter().map(move |page| {
            let (text, outline) = self.read(page);
            (page, text, outline)
        })
    }

    /// The text and the outline of `page`, for a rule that [needs](Rule::needs) outlines.
    pub fn read(self, page: &Page) -> (&'a str, &'a Outline) {
        let file = self.files.file(page.file);
        (file.text(), file.outline())
    }
}

/// What is judged.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The handbook and its files.
    pub loaded: &'a Loaded,
    /// How it is configured.
    pub config: &'a Config,
    /// The day of the judgement.
    pub today: Date,
    /// The ideas that are estimated.
    pub ideas: &'a [Judged],
    /// Generated text, if somebody looked for it.
    pub generated: Option<&'a Collected>,
    /// The pages that are to be reviewed, where [`Levels::need`] says that a rule needs them.
    pub reviews: Option<&'a Survey>,
    /// Where all links lead, where [`Levels::need`] says that a rule needs it.
    pub links: Option<&'a Links>,
}

/// Judges `subject` by the rules that `levels` lets run. The findings are sorted by path, place and rule,
/// whatever order they were made in.
pub fn run(subject: Subject<'_>, levels: &Levels) -> Vec<Diagnostic> {
    let mut diagnostics = check(subject, levels, |_| true);
    diagnostic::sort(&mut diagnostics, &subject.loaded.files);
    diagnostics
}

/// What those rules find, of the ones that `levels` lets run, that `is_asked_for`; in any order.
fn check(
    subject: Subject<'_>,
    levels: &Levels,
    is_asked_for: impl Fn(&Rule) -> bool + Sync,
) -> Vec<Diagnostic> {
    let Subject { loaded, config, today, ideas, generated, reviews, links } = subject;
    let (handbook, files) = (&loaded.handbook, &loaded.files);
    let context = Context { handbook, files, config, today, ideas, generated, reviews, links };
    let running = rules::ALL.par_iter().filter(|rule| levels.runs(rule) && is_asked_for(rule));
    running
        .flat_map_iter(|rule| {
            let mut report = Report::new(rule);
            (rule.check)(context, &mut report);
            report.into_diagnostics(levels, files)
        })
        .collect()
}
