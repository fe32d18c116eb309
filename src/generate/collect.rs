//! All places of a handbook that receive generated text, with what they should hold.

use rayon::prelude::*;

use std::collections::BTreeSet;

use super::damage::Damage;
use super::generator::CallProblem;
use super::page::GeneratedPage;
use super::scene::Material;
use super::whole::{is_as_made, is_untouched, whole_page};
use crate::config::{Config, WholePage};
use crate::handbook::profile::data_files;
use crate::handbook::{Blank, Loaded, Part, Unread};
use crate::repo::Files;
use crate::review::{PageReview, Reading, Survey};
use crate::rice::{self, Judged, Measure, Scales};
use crate::source::{FileId, ReadError, RepoPath, Span};
use jiff::civil::Date;

/// What generators need besides the data and the text of pages, read where a page asks for it.
#[derive(Debug, Default)]
pub struct Inputs {
    ideas: Vec<Judged>,
    reviews: Option<Survey>,
    /// Of each page whether it may hold a mark.
    may_hold: Vec<bool>,
    whole: Vec<WholeSource>,
}

#[derive(Debug)]
struct WholeSource {
    setting: WholePage,
    template: FileId,
    page: Option<FileId>,
    /// Which of the two cannot be read.
    unread: Option<FileId>,
}

/// A page that is generated as a whole.
#[derive(Debug)]
pub struct Whole {
    /// Its place.
    pub path: RepoPath,
    /// What it is made from.
    pub template: RepoPath,
    /// The file of the template.
    pub template_file: FileId,
    /// Its file, if it is there.
    pub file: Option<FileId>,
    /// The file, its own or its template, that cannot be read, so that it stays as it is.
    pub unread: Option<FileId>,
    /// What it should hold; `None` if its template is wrong or something cannot be read.
    pub text: Option<String>,
    /// Whether it holds something else.
    pub is_stale: bool,
    /// Whether somebody has edited it.
    pub is_hand_edited: bool,
}

/// Everything that is generated.
#[derive(Debug, Default)]
pub struct Collected {
    /// The pages with marks, by path.
    pub pages: Vec<GeneratedPage>,
    /// The whole pages.
    pub whole: Vec<Whole>,
    /// Their templates, for what is wrong with them.
    pub templates: Vec<GeneratedPage>,
}

impl Collected {
    /// Returns whether something stays as it is because it needs what could not be read.
    pub fn is_unread(&self) -> bool {
        let pages = self.pages.iter().chain(&self.templates);
        let mut problems =
            pages.flat_map(|page| &page.filled).filter_map(|filled| filled.outcome.as_ref().err());
        problems.any(CallProblem::is_of_unread)
            || self.pages.iter().chain(&self.templates).any(|page| page.damage.is_some())
            || self.whole.iter().any(|whole| whole.unread.is_some())
    }
}

/// Why a page cannot be generated as a whole.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// Two entries name the same page.
    #[error("two [[generate]] entries make the page `{0}`; remove one of them")]
    Twice(RepoPath),
    /// What one entry makes is what another is made from, so that a single run would not be enough.
    #[error(
        "[[generate]] template = `{0}` is itself a page that is generated; name the template of that page"
    )]
    Chain(RepoPath),
}

impl Inputs {
    /// Reads what the pages of `loaded` ask for. `may_hold` tells of each page whether it may hold a mark, and
    /// `wants` names a generator that is called whatever the pages say.
    pub fn read(
        repo: &impl Files,
        loaded: &mut Loaded,
        config: &Config,
        scales: &Scales,
        today: Date,
        may_hold: Vec<bool>,
        wants: Option<&str>,
    ) -> Result<Self, CollectError> {
        let whole = read_whole(repo, loaded, config)?;
        if wants.is_some() || !whole.is_empty() || may_hold.contains(&true) {
            add_lost(repo, loaded, config);
        }
        add_damage(loaded, &whole);
        let asks_for = |loaded: &Loaded, name: &str| {
            let pages = loaded.handbook.pages.iter().zip(&may_hold);
            let pages = pages.filter(|(_, may_hold)| **may_hold).map(|(page, _)| page.file);
            let mut files = pages.chain(whole.iter().map(|one| one.template));
            wants == Some(name) || files.any(|file| loaded.files.file(file).text().contains(name))
        };
        let ideas = if asks_for(loaded, "rice_ranking") {
            let (pages, files) = (&loaded.handbook.pages, &loaded.files);
            let pages = pages.par_iter();
            let may_hold: Vec<bool> =
                pages.map(|page| rice::may_hold_ideas(files.file(page.file).text())).collect();
            let pages = loaded.handbook.pages.iter().zip(&may_hold).filter(|(_, holds)| **holds);
            let pages: Vec<FileId> = pages.map(|(page, _)| page.file).collect();
            add_unread(loaded, pages);
            rice::judged(loaded, &may_hold, Measure { scales, expires: config.rice.expires, today })
        } else {
            Vec::new()
        };
        let reviews = asks_for(loaded, "review_calendar").then(|| {
            let pages = loaded.handbook.pages.par_iter();
            let readings = pages
                .map(|page| {
                    let file = loaded.files.file(page.file);
                    let entry = (config.profile, config.pages.get(page.entry));
                    Reading::new(&page.path, file.text(), file.known_outline(), entry)
                })
                .collect();
            let mut survey = Survey::new(repo, loaded, readings, config, today);
            survey.add_owners(repo, loaded);
            let partials = survey.pages.iter().filter_map(PageReview::partial);
            let pages = survey.pages.iter().map(|page| page.file).chain(partials).collect();
            add_unread(loaded, pages);
            survey
        });
        Ok(Self { ideas, reviews, may_hold, whole })
    }

    /// Whether pages are made from `file`.
    pub fn is_template(&self, file: FileId) -> bool {
        self.whole.iter().any(|one| one.template == file)
    }

    /// What generated text is made of.
    pub fn material<'s>(&'s self, loaded: &'s Loaded) -> Material<'s> {
        Material::new(loaded, &self.ideas, self.reviews.as_ref())
    }

    /// Fills the marks of the pages that `is_asked_for` keeps.
    pub fn collect(&self, loaded: &Loaded, is_asked_for: impl Fn(&RepoPath) -> bool) -> Collected {
        let material = self.material(loaded);
        let files = &loaded.files;
        let is_whole = |path: &RepoPath| {
            self.whole.iter().any(|one| one.setting.template == *path || one.setting.page == *path)
        };
        let marked: Vec<_> = loaded
            .handbook
            .pages
            .iter()
            .zip(&self.may_hold)
            .filter(|(page, may_hold)| {
                **may_hold && is_asked_for(&page.path) && !is_whole(&page.path)
            })
            .map(|(page, _)| page)
            .collect();
        let pages = marked
            .par_iter()
            .map(|page| GeneratedPage::new(page.path.clone(), page.file, &material))
            .filter(|page| !page.filled.is_empty() || !page.broken.is_empty())
            .collect();
        let (mut whole, mut templates) = (Vec::new(), Vec::new());
        for one in &self.whole {
            let WholePage { page, template } = &one.setting;
            if !is_asked_for(page) && !is_asked_for(template) {
                continue;
            }
            let text = match one.unread {
                Some(_) => None,
                None => whole_page(page, one.template, &material),
            };
            let old = one.page.map(|file| files.file(file).text());
            whole.push(Whole {
                path: page.clone(),
                template: template.clone(),
                template_file: one.template,
                file: one.page,
                is_stale: text
                    .as_ref()
                    .is_some_and(|text| !old.is_some_and(|old| is_as_made(old, text))),
                is_hand_edited: old.is_some_and(|old| !old.is_empty() && !is_untouched(old)),
                unread: one.unread,
                text,
            });
            if files.file(one.template).is_readable() {
                templates.push(GeneratedPage::of_template(
                    template.clone(),
                    one.template,
                    &material,
                ));
            }
        }
        Collected { pages, whole, templates }
    }
}

/// Adds the data files that were removed and not from git: nobody said that they are to go.
fn add_lost(repo: &impl Files, loaded: &mut Loaded, config: &Config) {
    let formats = data_files(config.profile).iter();
    let named: Vec<_> =
        formats.filter_map(|format| Some((format.part, config.paths.get(format.name)?))).collect();
    let paths: Vec<&RepoPath> = named.iter().map(|(_, path)| *path).collect();
    let lost = repo.lost(&paths);
    let lost = named.into_iter().filter(|(_, path)| lost.contains(path));
    let blank = lost.map(|(part, path)| Blank { part, path: path.clone(), nothing: None });
    loaded.handbook.blank.extend(blank);
}

/// Adds the damage of templates that are not read as pages, and of those that are blank, to what is wrong.
fn add_damage(loaded: &mut Loaded, whole: &[WholeSource]) {
    let mut problems = Vec::new();
    let templates: BTreeSet<FileId> = whole.iter().map(|one| one.template).collect();
    for template in templates {
        let source = loaded.files.file(template);
        if !source.is_readable() {
            continue;
        }
        let is_page = loaded.handbook.pages.iter().any(|page| page.file == template);
        let own = Damage::of(source.text(), source.outline()).filter(|_| !is_page);
        let damage = own.or_else(|| Damage::of_template(source));
        problems.extend(damage.map(|damage| damage.problem(template)));
    }
    loaded.handbook.problems.extend(problems);
}

/// Adds what is damaged of `pages` to what could not be read: what a merge left of them holds both sides.
fn add_unread(loaded: &mut Loaded, mut pages: Vec<FileId>) {
    pages.sort_unstable();
    pages.dedup();
    let damage = pages.par_iter().filter_map(|file| {
        let source = loaded.files.file(*file);
        let damage = Damage::of(source.text(), source.outline())?;
        let span = Span::new(*file, damage.span);
        Some(Unread { part: Part::Pages, span, message: damage.message })
    });
    let damage: Vec<_> = damage.collect();
    loaded.handbook.unread.extend(damage);
}

fn read_whole(
    repo: &impl Files,
    loaded: &mut Loaded,
    config: &Config,
) -> Result<Vec<WholeSource>, CollectError> {
    let mut sources = Vec::new();
    for (at, setting) in config.generated.iter().enumerate() {
        let WholePage { page, template } = setting;
        if config.generated[..at].iter().any(|other| other.page == *page) {
            return Err(CollectError::Twice(page.clone()));
        }
        if config.generated.iter().any(|other| other.page == *template) {
            return Err(CollectError::Chain(template.clone()));
        }
        let known = loaded.files.find(page);
        let page = known.or_else(|| match repo.read(page) {
            Err(ReadError::Missing) => None,
            content => Some(loaded.read_extra(page, content)),
        });
        let known = loaded.files.find(template);
        let template = known.unwrap_or_else(|| loaded.read_extra(template, repo.read(template)));
        let read = [Some(template), page].into_iter().flatten();
        let unread = read.into_iter().find(|file| !loaded.files.file(*file).is_readable());
        sources.push(WholeSource { setting: setting.clone(), template, page, unread });
    }
    Ok(sources)
}
