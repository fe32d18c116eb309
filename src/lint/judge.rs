//! A handbook read and judged: what is wrong with it as it lies in a folder, or in a commit.

use jiff::civil::Date;

use super::suppression::{Applied, Silencer};
use super::word_sets::WordSets;
use super::{Diagnostic, Levels, Sight, Subject, check, diagnostic, draft, suppression};
use crate::config::{Config, SettingError};
use crate::generate::collect::{CollectError, Collected, Inputs};
use crate::generate::mark;
use crate::handbook::{self, Loaded, Scope};
use crate::links::{Links, Sources, bare_beginnings};
use crate::repo::{Files, Walked};
use crate::review::{Reading, Survey};
use crate::rice::{self, Judged, Measure, Scales};
use crate::source::FileId;
use crate::source::markdown::Outline;

/// A handbook, and what was found in it.
#[derive(Debug)]
pub struct Judgement<'l> {
    /// What it was read as.
    pub loaded: Loaded,
    /// The findings, sorted by path, place and rule.
    pub findings: Vec<Diagnostic>,
    /// Those that a comment in the handbook silences, sorted alike.
    pub suppressed: Vec<Diagnostic>,
    /// The comments that silence rules.
    pub silencers: Vec<Silencer>,
    /// The drafts whose findings are softened.
    pub softened: Vec<FileId>,
    /// What was looked at.
    pub sight: Sight<'l>,
    /// What else the rules looked at.
    pub evidence: Evidence,
}

impl Judgement<'_> {
    /// Works out what the findings are known by in other runs: their contents and fingerprints. Has to be asked for
    /// before any finding is taken out.
    pub fn identify(&mut self) {
        let all = self.findings.iter_mut().chain(&mut self.suppressed);
        diagnostic::identify(all.collect(), &self.loaded.files);
    }
}

/// What rules look at beside a handbook and its files. Nobody asks for it behind the judgement, but a program that ends
/// then can leave it to the system instead of taking it apart.
#[derive(Debug)]
pub struct Evidence {
    /// The ideas that are estimated.
    pub ideas: Vec<Judged>,
    /// Generated text.
    pub generated: Collected,
    /// The pages that are to be reviewed.
    pub reviews: Option<Survey>,
    /// Where all links lead.
    pub links: Option<Links>,
}

/// Why nothing can be judged: the configuration names what cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// The scales of estimates.
    #[error("{0}")]
    Scales(SettingError),
    /// The pages that are generated.
    #[error(transparent)]
    Generated(#[from] CollectError),
}

/// What one page is read for, beside its text.
struct PageFacts {
    outline: Option<Outline>,
    reading: Option<Reading>,
    may_hold_ideas: bool,
    may_hold_marks: bool,
}

/// Reads the handbook that lies in `files` and judges it as of `today`. Where a rule needs to know what became of
/// pages since their reviews, `add_changes` asks git.
pub fn judge<'l>(
    files: &impl Files,
    config: &Config,
    levels: &'l Levels,
    today: Date,
    add_changes: impl FnOnce(&mut Survey, &Loaded),
) -> Result<Judgement<'l>, JudgeError> {
    let needs = levels.need();
    let files = &Walked::new(files, needs.links || needs.unused_patterns);
    let (bare_links, ideas, marks) = (0, 1, 2);
    let words = [bare_beginnings(config), rice::RARE_WORDS.into(), mark::BEGINNINGS.into()];
    let words = WordSets::new(words);
    let load = || {
        handbook::load(files, config, Scope::Whole, |path, text, entry| {
            let found = words.found_in(text);
            let outline = needs.outlines.then(|| match found.has(bare_links) {
                true => Outline::parse(text),
                false => Outline::parse_without_bare_links(text),
            });
            let entry = (config.profile, entry);
            let reading = || Reading::new(path, text, outline.as_ref(), entry);
            PageFacts {
                reading: needs.reviews.then(reading).flatten(),
                may_hold_ideas: found.has(ideas) && rice::may_hold_ideas(text),
                may_hold_marks: found.has(marks) && mark::may_hold_marks(text),
                outline,
            }
        })
    };
    let list = || needs.links.then(|| files.list(&[&config.links.files]));
    let ((mut loaded, facts), listing) = rayon::join(load, list);
    let mut readings = Vec::with_capacity(facts.len());
    let (mut may_hold_ideas, mut may_have_marks) = (Vec::new(), Vec::new());
    for (page, facts) in loaded.handbook.pages.iter().zip(facts) {
        if let Some(outline) = facts.outline {
            loaded.files.file(page.file).keep_outline(outline);
        }
        readings.push(facts.reading);
        may_hold_ideas.push(facts.may_hold_ideas);
        may_have_marks.push(facts.may_hold_marks);
    }
    if needs.owner_files {
        loaded.read_owner_files(files);
    }
    if needs.unused_patterns {
        loaded.find_unused_patterns(files, &config.links.roots);
    }
    if needs.partials {
        loaded.read_partials(files);
    }
    if needs.templates {
        loaded.read_templates(files, config);
    }
    let reviews = needs.reviews.then(|| {
        let mut survey = Survey::new(files, &mut loaded, readings, config, today);
        if needs.changes {
            add_changes(&mut survey, &loaded);
        } else if needs.draft_changes {
            survey.with_drafts_alone(|drafts| add_changes(drafts, &loaded));
        }
        survey
    });
    let scales = Scales::new(&config.rice.scales).map_err(JudgeError::Scales)?;
    let inputs = Inputs::read(files, &mut loaded, config, &scales, today, may_have_marks, None)?;
    let measure = Measure { scales: &scales, expires: config.rice.expires, today };
    let ideas = rice::judged(&loaded, &may_hold_ideas, measure);
    let subject = Subject {
        loaded: &loaded,
        ideas: &ideas,
        generated: None,
        config,
        today,
        reviews: reviews.as_ref(),
        links: None,
    };
    // Much of what the rules need last is done one step after another, so that others can run beside it.
    let late = || {
        let generated = match needs.is_late() {
            true => inputs.collect(&loaded, |_| true),
            false => Collected::default(),
        };
        let Loaded { handbook, files: texts, .. } = &loaded;
        let sources = Sources { handbook, files: texts, generated: &generated, config };
        let links = listing.map(|listing| Links::new(files, listing, sources));
        let subject = Subject { generated: Some(&generated), links: links.as_ref(), ..subject };
        let found = check(subject, levels, |rule| rule.needs.is_late());
        (generated, links, found)
    };
    let early = || check(subject, levels, |rule| !rule.needs.is_late());
    let ((generated, links, mut findings), early) = rayon::join(late, early);
    findings.extend(early);
    diagnostic::sort(&mut findings, &loaded.files);
    let sight = Sight::new(levels, &loaded, config, reviews.as_ref());
    let Applied { left, suppressed, silencers } =
        suppression::apply(findings, &loaded.files, config, levels, &sight);
    let (findings, softened) = draft::soften(left, &loaded, levels);
    let evidence = Evidence { ideas, generated, reviews, links };
    Ok(Judgement { loaded, findings, suppressed, silencers, softened, sight, evidence })
}
