//! What a change does to its own check: what it has less checked, and what it silences.
//!
//! The settings of before a change decide what is checked of it. So whatever it does to them changes nothing for itself;
//! it is reported all the same, because it holds for all that come after.

mod comments;
mod hidden;
mod levels;
mod moved;
mod pages;
mod removed;
mod sample;
mod settings;

use std::collections::BTreeSet;
use std::ops::Range;

use super::baseline::{Baseline, Found};
use super::diagnostic;
use super::rules::{DATA_FILE_REMOVED, GATE_WEAKENED};
use super::suppression::Silencer;
use super::{Diagnostic, Finding, Judgement, Levels, Rule};
use crate::config::{Config, Profile, Step, place};
use crate::handbook::{Ladder, Loaded};
use crate::repo::{CONFIG_FILE, Files, IgnoreFiles, Repo, Revision};
use crate::source::{FileId, ReadError, RepoPath, Span};
use hidden::{MODULES_FILE, hidden_by, phantoms};
use moved::hides;

pub use settings::Sides;

/// What to do about a change that has less checked.
const HELP: &str = "take it back, or have a person accept it: `pmctl lint --allow gate-weakened` checks by the new settings";

/// A change, by its settings.
pub struct Gate<'a> {
    /// Its two sides.
    pub sides: Sides<'a, Revision, Repo>,
    /// The settings before, or those of a handbook without any.
    pub before: &'a Config,
    /// The settings that it brings, over the profile of before.
    pub now: &'a Config,
    /// The profile of the settings that it brings.
    pub profile: Profile,
    /// The file that they are in; `None` for one outside the handbook, which the change cannot touch.
    pub config: Option<&'a RepoPath>,
    /// The file of the baseline, if one is used.
    pub baseline: Option<&'a RepoPath>,
    /// The root of the handbook, if it is another one.
    pub moved_root: Option<&'a MovedRoot>,
}

/// Another root of the handbook than before, as the folder with its settings is another one.
#[derive(Debug)]
pub struct MovedRoot {
    /// Where it was in the work tree.
    pub from: RepoPath,
    /// Where it is.
    pub to: RepoPath,
    /// The settings that came or went, as seen from where it is.
    pub place: RepoPath,
}

/// The handbook now, as far as it was checked.
pub struct Checked<'a> {
    /// What was read.
    pub loaded: &'a mut Loaded,
    /// The comments that silence rules.
    pub silencers: &'a [Silencer],
    /// The drafts whose findings are softened.
    pub softened: &'a [FileId],
}

/// What is found, in a file that may not be read yet.
struct Place {
    path: RepoPath,
    range: Option<Range<usize>>,
}

impl Gate<'_> {
    /// What the change does to its own check, sorted and [identified](Judgement::identify).
    pub fn findings(
        &self,
        checked: Checked<'_>,
        base: &Judgement<'_>,
        levels: &Levels,
    ) -> Vec<Diagnostic> {
        let Checked { loaded, silencers, softened } = checked;
        let mut found = comments::added(self.sides.diff, loaded, silencers, softened, base);
        if levels.runs(GATE_WEAKENED) {
            let weakened = self.weakened(loaded, base);
            found.extend(weakened.into_iter().map(|(place, message)| {
                let finding = Finding::new(place.span(self.sides.repo, loaded), message);
                (GATE_WEAKENED, finding.label("less is checked").help(HELP))
            }));
        }
        if levels.runs(GATE_WEAKENED) {
            found.extend(self.flipped(loaded).map(|finding| (GATE_WEAKENED, finding)));
        }
        found.extend(self.removed(loaded).into_iter().map(|finding| (DATA_FILE_REMOVED, finding)));
        let leveled = found.into_iter().filter_map(|(rule, finding): (&'static Rule, Finding)| {
            let path = loaded.files.file(finding.span.file).path();
            let level = levels.at(rule, path)?;
            Some(Diagnostic::new(rule, level.min(finding.at_most), finding))
        });
        let mut found: Vec<Diagnostic> = leveled.collect();
        diagnostic::identify(found.iter_mut().collect(), &loaded.files);
        diagnostic::sort(&mut found, &loaded.files);
        found
    }

    fn weakened(&self, loaded: &Loaded, base: &Judgement<'_>) -> Vec<(Place, String)> {
        let mut found = Vec::new();
        let Sides { base: revision, repo, .. } = self.sides;
        if let Some(path) = self.config {
            let paths = |loaded: &'_ Loaded| -> Vec<RepoPath> {
                loaded.files.all().map(|file| file.path().clone()).collect()
            };
            let (now, then) = (paths(loaded), paths(&base.loaded));
            let files: BTreeSet<&RepoPath> = now.iter().chain(&then).collect();
            let pages = [loaded, &base.loaded].into_iter().flat_map(|side| &side.handbook.pages);
            let pages: BTreeSet<&RepoPath> = pages.map(|page| &page.path).collect();
            let text = repo.read(path).unwrap_or_default();
            let handbook = &base.loaded.handbook;
            let table = || -> Vec<String> {
                handbook.maturity_levels.iter().map(|level| level.key.value.clone()).collect()
            };
            let ladder = |config: &Config| {
                Ladder::new(&config.maturity, handbook.ladder.is_table.then(table))
            };
            let ladders = [&ladder(self.before), &ladder(self.now)];
            for weakening in self.sides.weakened(self.before, self.now, &files, &pages, ladders) {
                let range = weakening.range(&text);
                found.push((Place { path: path.clone(), range }, weakening.message));
            }
        }
        if let Some(MovedRoot { from, to, place }) = self.moved_root {
            let [from, to] = [from, to].map(|folder| match folder.as_str() {
                "" => ".",
                folder => folder,
            });
            let message =
                format!("this change moves the root of the handbook from `{from}` to `{to}`");
            found.push((Place { path: place.clone(), range: None }, message));
        }
        found.extend(self.hidden(loaded, base));
        found.extend(self.baseline.and_then(|path| self.grown(path, base)));
        let Ok(tracked) = repo.tracked() else { return found };
        let before = phantoms(revision, &revision.tracked());
        if let Ok(path) = RepoPath::new(MODULES_FILE) {
            let text = repo.read(&path).unwrap_or_default();
            for (folder, line) in phantoms(repo, &tracked) {
                if !before.contains_key(&folder) {
                    let place = Place { path: path.clone(), range: hidden::line(&text, line) };
                    let what = format!(
                        "this change names the folder `{folder}`, which is not a submodule"
                    );
                    found.push((place, what));
                }
            }
        }
        found
    }

    /// Another profile than before.
    fn flipped(&self, loaded: &mut Loaded) -> Option<Finding> {
        let Sides { base, repo, diff } = self.sides;
        let [was, is] = [self.before.profile, self.profile].map(Profile::name);
        if was == is {
            return None;
        }
        let text = self.config.map(|path| text(repo, path)).unwrap_or_default();
        let range = place(&text, &[Step::Key("profile")]);
        let text_before = self.config.and_then(|path| base.read(path).ok()).unwrap_or_default();
        let is_named_before = place(&text_before, &[Step::Key("profile")]).is_some();
        let (place, because) = match self.config.filter(|_| range.is_some() || is_named_before) {
            Some(path) => (Place { path: path.clone(), range }, String::new()),
            None => {
                let path = Profile::flipped_by(base, repo)?;
                let is_inside = |file: &&RepoPath| file.is_under(&path);
                let new = || diff.present().map(|(file, _)| file).find(is_inside);
                let file = new().or_else(|| diff.gone().find(is_inside)).unwrap_or(&path).clone();
                (Place { path: file, range: None }, format!(", because of `{path}`"))
            }
        };
        let message = format!(
            "this change reads the handbook by the profile `{is}`, before by `{was}`{because}"
        );
        let help = format!(
            "set `profile = \"{was}\"` in {CONFIG_FILE}, or have a person accept it: `pmctl lint --allow gate-weakened` \
             checks by `{is}`"
        );
        let finding = Finding::new(place.span(repo, loaded), message);
        Some(finding.label("less is checked").help(help))
    }

    /// The pages that the change hides: those that git tracks and a `.gitignore` names, and did not before, and those
    /// that are where no pages are read.
    fn hidden(&self, loaded: &Loaded, base: &Judgement<'_>) -> Vec<(Place, String)> {
        let Sides { base: revision, repo, diff } = self.sides;
        let (before, now) = (IgnoreFiles::read(revision), IgnoreFiles::read(repo));
        let moved = self.moved(loaded, base, [&before, &now]).into_iter();
        let mut found: Vec<(Place, String)> = moved
            .map(|(hiding, pages)| {
                let message = pages.message(&hiding);
                (Place { path: pages.place, range: None }, message)
            })
            .collect();
        let (false, Ok(tracked)) = (now.is_empty(), repo.tracked()) else { return found };
        let is_page = |path: &&RepoPath| {
            let is_read =
                loaded.handbook.pages.binary_search_by(|page| page.path.cmp(path)).is_ok();
            let is_page = self.before.pages.iter().any(|entry| entry.globs.matches(path));
            is_page && !is_read && repo.has(path.as_str())
        };
        let ignored = hidden_by(&now, tracked.files.iter().filter(is_page)).into_iter();
        found.extend(ignored.filter_map(|((file, number), pages)| {
            let is_new = |page: &&&RepoPath| {
                diff.before(page).is_none_or(|old| {
                    !revision.has(old.as_str()) || before.line_that_names(old).is_none()
                })
            };
            let new: Vec<&&RepoPath> = pages.iter().filter(is_new).collect();
            let message = format!("{}, which git tracks", hides(new.first()?, new.len() - 1));
            let text = text(repo, &file);
            Some((Place { range: hidden::line(&text, number), path: file }, message))
        }));
        found
    }

    /// What the baseline at `path` knows more than before.
    fn grown(&self, path: &RepoPath, base: &Judgement<'_>) -> Option<(Place, String)> {
        let Sides { base: revision, repo, diff } = self.sides;
        let text = repo.read(path).ok()?;
        let now = Baseline::read(&text).ok()?;
        let before = match revision.read(path) {
            Ok(text) => Baseline::read(&text).unwrap_or_default(),
            // The first baseline of a handbook without settings takes in what is there, as `pmctl init` writes it.
            Err(_) if self.config.is_some_and(|config| !revision.has(config.as_str())) => {
                let files = &base.loaded.files;
                let found = base.findings.iter().map(|diagnostic| {
                    let path = files.file(diagnostic.finding.span.file).path();
                    let is_of_unread = base.sight.is_of_unread(diagnostic.rule, path);
                    let (rule, message) = (diagnostic.rule.id, &*diagnostic.finding.message);
                    Found { rule, path, content: diagnostic.content(), message, is_of_unread }
                });
                Baseline::default().renewed(&found.collect::<Vec<_>>(), |_, _| true)
            }
            Err(_) => Baseline::default(),
        };
        let more = now.beyond(&before, |path| diff.before(path).cloned());
        let (rule, file, content) = more.first?;
        let range = text.lines().position(|line| line.contains(&content) && line.contains(&rule));
        let range = range.and_then(|at| hidden::line(&text, at + 1));
        let message = match more.count {
            1 => format!("this change adds a finding of `{rule}` in `{file}` to the baseline"),
            count => format!(
                "this change adds {count} findings to the baseline, such as of `{rule}` in `{file}`"
            ),
        };
        Some((Place { path: path.clone(), range }, message))
    }
}

impl Place {
    /// Where it is in the files of `loaded`, to which its file is added if it was not read.
    fn span(self, repo: &Repo, loaded: &mut Loaded) -> Span {
        let Self { path, range } = self;
        let file = match loaded.files.find(&path) {
            Some(file) => file,
            None => {
                let text = text(repo, &path);
                loaded.files.add(path, Ok(text)).0
            }
        };
        let is_in =
            |range: &Range<usize>| loaded.files.file(file).text().get(range.clone()).is_some();
        match range.filter(is_in) {
            Some(range) => Span::new(file, range),
            None => Span::start_of(file),
        }
    }
}

/// The text of the file at `path`, which may have bytes that are not UTF-8; nothing if it cannot be read.
fn text(repo: &Repo, path: &RepoPath) -> String {
    match repo.read(path) {
        Err(ReadError::NotUtf8 { .. }) => {
            String::from_utf8_lossy(&repo.bytes(path).unwrap_or_default()).into_owned()
        }
        text => text.unwrap_or_default(),
    }
}
