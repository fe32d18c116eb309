//! `pmctl generate --commit`: the generated pages in a commit of their own, which is up to date wherever it is checked
//! out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::Changes;
use super::collected::Source;
use crate::generate::collect::Collected;
use crate::generate::mark::{generated, without_generated};
use crate::generate::page::State;
use crate::generate::whole::is_untouched;
use crate::handbook::profile::data_files;
use crate::handbook::{Loaded, Part, Parts};
use crate::repo::Files as _;
use crate::repo::{CONFIG_FILE, CommitError, Committer, NewContent, Planned, cleaned, inert};
use crate::source::{RepoPath, SourceFile, text_of};

/// How many files a message names.
const NAMED: usize = 8;

/// The flags about commits.
#[derive(Debug, Args)]
pub(super) struct CommitFlags {
    /// Commit exactly the pages that were written, by this run or an earlier one
    #[arg(long, conflicts_with = "render")]
    pub(super) commit: bool,
    /// The message of the commit
    #[arg(short, long, requires = "commit", value_name = "MESSAGE")]
    message: Option<String>,
    /// Commit pages that have other uncommitted changes too
    #[arg(long, requires = "commit")]
    include_dirty: bool,
    /// Commit the uncommitted data, templates and settings that the pages were made of too
    #[arg(long, requires = "commit")]
    with_data: bool,
}

/// A commit that is ready, but for the pages on disk.
pub(super) struct Ready {
    committer: Committer,
    planned: Option<Planned>,
    /// The files in it, by path.
    pub(super) paths: Vec<RepoPath>,
}

impl Ready {
    /// Has the branch lead to the commit, and gives its name; `None` if there is nothing to commit.
    pub(super) fn finish(&self) -> Result<Option<String>, CommitError> {
        self.planned.as_ref().map(|planned| self.committer.finish(planned)).transpose()
    }
}

impl CommitFlags {
    /// Fails if the message is one that git would refuse.
    pub(super) fn message(&self) -> Result<Option<String>, CommitError> {
        self.message.as_deref().map(cleaned).transpose()
    }

    /// Prepares the commit of the pages in `changes`, and of those that an earlier run left uncommitted. Nothing but
    /// objects of git is written. Fails where `generate --check` would refuse the commit.
    pub(super) fn prepare(
        &self,
        source: &Source,
        collected: &Collected,
        changes: &Changes<'_>,
        asked: &[PathBuf],
    ) -> Result<Ready> {
        source.workspace.repo.check_saved(changes.prepared.paths())?;
        let committer = Committer::open(source.workspace.repo.root())?;
        let (mut pages, mut generators) = (BTreeMap::new(), changes.generators.clone());
        for path in changes.prepared.paths() {
            let bytes = changes.prepared.bytes(path).unwrap_or_default();
            if !self.include_dirty && !is_only_generated(&committer, source, path)? {
                return Err(CommitError::Dirty(path.clone()).into());
            }
            pages.insert(path.clone(), bytes);
        }
        for (path, names) in self.left(&committer, source, collected)? {
            if !pages.contains_key(&path) {
                pages.insert(path.clone(), on_disk(source, &path)?);
                generators.extend(names);
            }
        }
        if pages.is_empty() {
            return Ok(Ready { committer, planned: None, paths: Vec::new() });
        }
        generators.sort_unstable();
        generators.dedup();
        let made_of = MadeOf { committer: &committer, source, collected, pages: &pages };
        let data = made_of.data()?;
        let taken = if self.with_data { &data[..] } else { &[] };
        let mut ready = self.plan(made_of, taken, &generators, asked)?;
        // Of pages only if that is not enough: they hold more than what others are made of.
        let mut uncommitted = data.clone();
        if ready.is_err() && (self.with_data || data.is_empty()) {
            uncommitted.extend(made_of.other_pages()?);
            if self.with_data {
                ready = self.plan(made_of, &uncommitted, &generators, asked)?;
            }
        }
        match ready {
            Ok((planned, paths)) => Ok(Ready { committer, planned, paths }),
            Err(wrong) if uncommitted.is_empty() || self.with_data => bail!(
                "nothing is written or committed: `generate --check` would refuse the commit: {wrong}"
            ),
            Err(_) => {
                bail!("nothing is written or committed: {}", made_of_uncommitted(&uncommitted))
            }
        }
    }

    /// Plans the commit of the pages and of what is `taken` along, and checks it; else what is wrong with it.
    #[expect(clippy::type_complexity, reason = "used once")]
    fn plan(
        &self,
        made_of: MadeOf<'_>,
        taken: &[RepoPath],
        generators: &[&'static str],
        asked: &[PathBuf],
    ) -> Result<Result<(Option<Planned>, Vec<RepoPath>), String>> {
        let MadeOf { committer, source, pages, .. } = made_of;
        let mut all = pages.clone();
        for path in taken {
            if committer.is_ignored(path)? {
                bail!(
                    "`{path}` is ignored by git, so no commit holds it; take it out of .gitignore"
                );
            }
            all.insert(path.clone(), on_disk(source, path)?);
        }
        source.workspace.repo.check_saved(all.keys())?;
        let paths: Vec<RepoPath> = all.keys().cloned().collect();
        for path in &paths {
            committer.check_attributes(path)?;
        }
        let message = match self.message()? {
            Some(message) => message,
            None => message(pages.len(), &paths, generators),
        };
        let files: Vec<_> =
            all.iter().map(|(path, bytes)| NewContent { path, bytes: bytes.clone() }).collect();
        let Some(planned) = committer.plan(&files, &message)? else {
            return Ok(Ok((None, Vec::new())));
        };
        // Data may change pages that were not asked for.
        let checked = if taken.is_empty() { asked } else { &[] };
        Ok(match source.check_commit(&planned.id(), checked)? {
            None => Ok((Some(planned), paths)),
            Some(wrong) if !asked.is_empty() && !taken.is_empty() => Err(format!(
                "{wrong}; name no pages, so that all that the data changes are in the commit"
            )),
            Some(wrong) => Err(wrong),
        })
    }

    /// The pages whose generated text is as it should be, but not as the last commit has it, and what made it.
    fn left(
        &self,
        committer: &Committer,
        source: &Source,
        collected: &Collected,
    ) -> Result<Vec<(RepoPath, Vec<&'static str>)>> {
        let mut left = Vec::new();
        let mut add = |path: &RepoPath, names: Vec<&'static str>| -> Result<()> {
            if !committer.is_uncommitted(path)? || !has_other_generated(committer, source, path)? {
                return Ok(());
            }
            if !self.include_dirty && !is_only_generated(committer, source, path)? {
                return Err(CommitError::Dirty(path.clone()).into());
            }
            left.push((path.clone(), names));
            Ok(())
        };
        for page in collected.pages.iter().filter(|page| page.broken.is_empty()) {
            let made = page.filled.iter().filter_map(|filled| filled.outcome.as_ref().ok());
            let made = made.filter(|generated| generated.state == State::Current);
            let names: Vec<_> = made.map(|generated| generated.generator.name).collect();
            if !names.is_empty() {
                add(&page.path, names)?;
            }
        }
        for whole in collected.whole.iter().filter(|whole| whole.text.is_some() && !whole.is_stale)
        {
            add(&whole.path, vec!["a whole page"])?;
        }
        Ok(left)
    }
}

/// What knows the uncommitted files that pages are made of.
#[derive(Clone, Copy)]
struct MadeOf<'m> {
    committer: &'m Committer,
    source: &'m Source,
    collected: &'m Collected,
    pages: &'m BTreeMap<RepoPath, Vec<u8>>,
}

impl MadeOf<'_> {
    /// The parts of the handbook that all blocks are made of.
    fn parts(self) -> Parts {
        let mut parts = Parts::default();
        let pages = self.collected.pages.iter().chain(&self.collected.templates);
        for filled in pages.flat_map(|page| &page.filled) {
            filled.outcome.iter().for_each(|generated| parts.add_all(generated.parts));
        }
        parts
    }

    /// The uncommitted data files, templates and settings.
    fn data(self) -> Result<Vec<RepoPath>> {
        let (config, parts) = (&self.source.workspace.config, self.parts());
        let data = data_files(config.profile).iter().filter(|file| parts.has(file.part));
        let mut files: BTreeSet<RepoPath> =
            data.filter_map(|file| config.paths.get(file.name).cloned()).collect();
        files.extend(self.collected.whole.iter().map(|whole| whole.template.clone()));
        files.extend(RepoPath::new(CONFIG_FILE).ok());
        self.uncommitted(files.iter())
    }

    /// The uncommitted pages that others are made of, and files that name owners.
    fn other_pages(self) -> Result<Vec<RepoPath>> {
        let parts = self.parts();
        let Loaded { handbook, files, .. } = &self.source.loaded;
        let pages = handbook.pages.iter().map(|page| &page.path);
        let pages = pages.filter(|_| parts.has(Part::Pages) || parts.has(Part::Folders));
        let owners = files.all().map(SourceFile::path);
        let owners = owners.filter(|path| {
            parts.has(Part::OwnerFiles) && ["CODEOWNERS", "CODENOTIFY"].contains(&path.file_name())
        });
        self.uncommitted(pages.chain(owners))
    }

    fn uncommitted<'p>(self, paths: impl Iterator<Item = &'p RepoPath>) -> Result<Vec<RepoPath>> {
        let mut uncommitted = Vec::new();
        for path in paths.filter(|path| !self.pages.contains_key(*path)) {
            if self.committer.is_uncommitted(path)? {
                uncommitted.push(path.clone());
            }
        }
        Ok(uncommitted)
    }
}

/// That pages are made of files that are not in the last commit.
fn made_of_uncommitted(files: &[RepoPath]) -> String {
    let mut names: Vec<String> = files.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    if files.len() > NAMED {
        names.push(format!("{} more", files.len() - NAMED));
    }
    let (are, them) = if files.len() == 1 { ("is", "it") } else { ("are", "them") };
    format!(
        "{} {are} uncommitted, and the pages are made of {them}; commit {them} first, or use --with-data to take {them} \
         along",
        names.join(", ")
    )
}

fn on_disk(source: &Source, path: &RepoPath) -> Result<Vec<u8>> {
    let mut place = source.workspace.repo.root().to_owned();
    for part in path.as_str().split('/') {
        place.push(part);
        if place.is_symlink() {
            bail!("`{path}` is reached through a symbolic link; commit what it leads to first");
        }
    }
    let text = source.workspace.repo.read(path);
    let text = text.map_err(|error| anyhow::anyhow!("`{path}` cannot be committed: {error}"))?;
    Ok(text.into_bytes())
}

/// Whether the page at `path` has nothing that is neither in the last commit nor generated.
fn is_only_generated(committer: &Committer, source: &Source, path: &RepoPath) -> Result<bool> {
    let held = committer.held(path)?;
    if held.has_other_mode {
        return Ok(false);
    }
    let Some(now) = now(committer, source, path)? else {
        return Ok(held.staged.is_none() && held.committed.is_none());
    };
    let others = [&held.committed, &held.staged];
    Ok(others.into_iter().all(|other| match other {
        // Nobody has added it yet: it is a whole page, and all of it is generated.
        None => is_untouched(&now),
        Some(other) => String::from_utf8(other.clone()).is_ok_and(|other| {
            other == now
                || is_untouched(&now) && is_untouched(&other)
                || without_generated(&now).is_some_and(|now| Some(now) == without_generated(&other))
        }),
    }))
}

/// Whether the generated text of the page at `path` is other than in the last commit.
fn has_other_generated(committer: &Committer, source: &Source, path: &RepoPath) -> Result<bool> {
    let Some(last) = committer.held(path)?.committed else { return Ok(true) };
    let Some(now) = now(committer, source, path)? else { return Ok(false) };
    let Ok(last) = String::from_utf8(last) else { return Ok(true) };
    Ok(is_untouched(&now) && last != now || generated(&now) != generated(&last))
}

/// The page at `path` as git would store it; `None` where there is none.
fn now(committer: &Committer, source: &Source, path: &RepoPath) -> Result<Option<String>> {
    if !source.workspace.repo.has(path.as_str()) {
        return Ok(None);
    }
    let stored = committer.stored(path, &on_disk(source, path)?)?;
    Ok(text_of(stored).ok())
}

/// The message of a commit that holds `paths`, of which so many are `pages` and the others what these are made of.
fn message(pages: usize, paths: &[RepoPath], generators: &[&'static str]) -> String {
    let noun = if pages == 1 { "page" } else { "pages" };
    let data = if paths.len() > pages { " and data" } else { "" };
    let paths: Vec<String> =
        paths.iter().map(|path| format!("- {}\n", inert(path.as_str()))).collect();
    let paths = paths.concat();
    format!("Update generated {noun}{data}\n\n{paths}\nGenerated by: {}\n", generators.join(", "))
}
