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
use crate::handbook::{Part, Parts};
use crate::repo::Files as _;
use crate::repo::{CONFIG_FILE, CommitError, Committer, NewContent, Planned, cleaned, inert};
use crate::source::{RepoPath, text_of};

/// How many files a message names.
const NAMED: usize = 8;

/// The flags about commits.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
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
        let data = Data::new(&committer, source, collected, &pages)?;
        // Of pages as few as possible: they hold more than what is generated from.
        let mut taken = [Some(&[][..]), Some(&data.files[..]), Some(&data.all[..])];
        if !self.with_data {
            taken = [taken[0], None, None];
        } else if !data.files.is_empty() {
            taken[0] = None;
        }
        let mut wrong = None;
        for taken in taken.into_iter().flatten() {
            let mut all = pages.clone();
            for path in taken {
                if committer.is_ignored(path)? {
                    bail!(
                        "`{path}` is ignored by git, so a commit cannot hold it; take it out of .gitignore"
                    );
                }
                all.insert(path.clone(), on_disk(source, path)?);
            }
            let files: Vec<_> =
                all.iter().map(|(path, bytes)| NewContent { path, bytes: bytes.clone() }).collect();
            for file in &files {
                committer.check_attributes(file.path)?;
            }
            let paths: Vec<RepoPath> = all.keys().cloned().collect();
            let message = match self.message()? {
                Some(message) => message,
                None => message(&pages, &paths, &generators),
            };
            let planned = committer.plan(&files, &message)?;
            let Some(plan) = &planned else {
                return Ok(Ready { committer, planned, paths: Vec::new() });
            };
            wrong = source.check_commit(&plan.id(), asked)?;
            if wrong.is_none() {
                return Ok(Ready { committer, planned, paths });
            }
        }
        Err(data.refused(&wrong.unwrap_or_default(), self.with_data))
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

/// The uncommitted files that the pages were made of.
struct Data {
    /// Data, templates, owner files and the configuration.
    files: Vec<RepoPath>,
    /// These, and pages that other pages are made of.
    all: Vec<RepoPath>,
}

impl Data {
    fn new(
        committer: &Committer,
        source: &Source,
        collected: &Collected,
        pages: &BTreeMap<RepoPath, Vec<u8>>,
    ) -> Result<Self> {
        let mut parts = Parts::default();
        let all = collected.pages.iter().chain(&collected.templates).flat_map(|page| &page.filled);
        for generated in all.filter_map(|filled| filled.outcome.as_ref().ok()) {
            parts.add_all(generated.parts);
        }
        let config = &source.workspace.config;
        let data = data_files(config.profile).iter().filter(|file| parts.has(file.part));
        let mut files: BTreeSet<RepoPath> =
            data.filter_map(|file| config.paths.get(file.name).cloned()).collect();
        files.extend(collected.whole.iter().map(|whole| whole.template.clone()));
        files.extend(RepoPath::new(CONFIG_FILE).ok());
        let read = source.loaded.files.all().map(|file| file.path());
        let read: BTreeSet<&RepoPath> = read.filter(|path| !files.contains(*path)).collect();
        let uncommitted = |path: &RepoPath| -> Result<bool> {
            Ok(!pages.contains_key(path) && committer.is_uncommitted(path)?)
        };
        let mut kept = Vec::new();
        for path in files {
            if uncommitted(&path)? {
                kept.push(path);
            }
        }
        let mut all = kept.clone();
        if parts.has(Part::Pages) || parts.has(Part::Folders) {
            let known: BTreeSet<&RepoPath> =
                source.loaded.handbook.pages.iter().map(|page| &page.path).collect();
            for path in read {
                let is_owner_file =
                    path.file_name().starts_with("CODE") && parts.has(Part::OwnerFiles);
                if (known.contains(path) || is_owner_file) && uncommitted(path)? {
                    all.push(path.clone());
                }
            }
        }
        Ok(Self { files: kept, all })
    }

    /// Why a commit that is `wrong` is not made.
    fn refused(&self, wrong: &str, with_data: bool) -> anyhow::Error {
        let named = match self.files.is_empty() {
            true => &self.all,
            false => &self.files,
        };
        if named.is_empty() || with_data {
            return anyhow::anyhow!(
                "nothing is written or committed: `generate --check` would refuse the commit: {wrong}"
            );
        }
        let mut names: Vec<String> =
            named.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
        if named.len() > NAMED {
            names.push(format!("{} more", named.len() - NAMED));
        }
        let (are, them) = if named.len() == 1 { ("is", "it") } else { ("are", "them") };
        anyhow::anyhow!(
            "nothing is written or committed: {} {are} uncommitted, and the pages are made of {them}; commit {them} \
             first, or use --with-data to take {them} along",
            names.join(", ")
        )
    }
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
    let Some(committed) = committer.held(path)?.committed else { return Ok(true) };
    let Some(now) = now(committer, source, path)? else { return Ok(false) };
    let Ok(committed) = String::from_utf8(committed) else { return Ok(true) };
    Ok(is_untouched(&now) && committed != now || generated(&now) != generated(&committed))
}

/// The page at `path` as git would store it; `None` where there is none.
fn now(committer: &Committer, source: &Source, path: &RepoPath) -> Result<Option<String>> {
    if !source.workspace.repo.has(path.as_str()) {
        return Ok(None);
    }
    let stored = committer.stored(path, &on_disk(source, path)?)?;
    Ok(text_of(stored).ok())
}

/// The message of a commit that holds `pages` and, where they are among `paths`, what they are made of.
fn message(
    pages: &BTreeMap<RepoPath, Vec<u8>>,
    paths: &[RepoPath],
    generators: &[&'static str],
) -> String {
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    let data = if paths.len() > pages.len() { " and data" } else { "" };
    let paths: Vec<String> =
        paths.iter().map(|path| format!("- {}\n", inert(path.as_str()))).collect();
    let paths = paths.concat();
    format!("Update generated {noun}{data}\n\n{paths}\nGenerated by: {}\n", generators.join(", "))
}
