//! What most commands start from: the handbook's folder, its configuration, and today's date.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use super::Global;
use super::output::Output;
use crate::config::{self, Config, Profile};
use crate::handbook::has_codeowners;
use crate::repo::{Forge, Repo};
use crate::source::{RepoPath, nearest};

/// A handbook that a command works on.
pub(super) struct Workspace {
    pub(super) repo: Repo,
    pub(super) config: Config,
    pub(super) today: Date,
    /// Where a path that somebody names may be, the likelier place first.
    bases: [PathBuf; 2],
}

impl Workspace {
    /// Finds the handbook that the global options name.
    pub(super) fn open(global: &Global, output: &Output) -> Result<Self> {
        Self::open_or(global, output, None)
    }

    /// Finds the handbook that the global options name; a folder that shows no profile has `fallback`.
    pub(super) fn open_or(
        global: &Global,
        output: &Output,
        fallback: Option<Profile>,
    ) -> Result<Self> {
        let here = match (std::env::current_dir(), &global.repo) {
            (Ok(here), _) => here,
            // Without a current folder, a whole path still leads somewhere.
            (Err(_), Some(folder)) if folder.is_absolute() => folder.clone(),
            (Err(error), _) => return Err(error).context("the current folder cannot be found"),
        };
        if let Some(folder) = &global.repo
            && !here.join(folder).is_dir()
        {
            let folder = here.join(folder);
            bail!("{} is no folder; name the handbook's folder with -C", folder.display());
        }
        let repo = handbook_around(global, &here);
        let today = config::today(global.today.as_deref(), |name| std::env::var(name).ok())?;
        let mut config =
            Config::load(&repo, global.config.as_deref(), global.profile.as_deref(), fallback)?;
        if !global.no_git && has_codeowners(&repo) {
            config.forge = Forge::of_remote(&repo);
        }
        output.detail(&format!(
            "the handbook is {}, kept as {}, judged on {today}",
            repo.root().display(),
            config.profile.name()
        ));
        // As with git and make, `-C` moves paths along.
        let root = repo.root().to_owned();
        let bases = if global.repo.is_some() { [root, here] } else { [here, root] };
        Ok(Self { repo, config, today, bases })
    }

    /// The places in the handbook that `paths` name: relative to the folder of `-C`, else to the current
    /// one; where nothing is there, the other way round.
    pub(super) fn inside(&self, paths: &[PathBuf]) -> Result<Vec<RepoPath>> {
        paths.iter().map(|path| self.place(path)).collect()
    }

    /// Where the file `path` is that need not belong to the handbook.
    pub(super) fn nearby(&self, path: &Path) -> PathBuf {
        let candidates = self.bases.each_ref().map(|base| base.join(path));
        let found = candidates.iter().find(|path| path.exists());
        found.unwrap_or(&candidates[0]).clone()
    }

    /// The place in the handbook that `path` names, of a file that need not be there yet.
    pub(super) fn place_of_file(&self, path: &Path) -> Result<RepoPath> {
        let is_there = |base: &PathBuf| base.join(path).symlink_metadata().is_ok();
        let (Some(name), false) = (path.file_name(), self.bases.iter().any(is_there)) else {
            return self.place(path);
        };
        let folder = self.place(path.parent().unwrap_or(Path::new("")))?;
        Ok(RepoPath::new(Path::new(folder.as_str()).join(name))?)
    }

    /// The place that `path` names, if a sparse checkout leaves out what is there and nothing on disk has the name.
    fn left_out(&self, path: &Path) -> Option<RepoPath> {
        let mut candidates = self.bases.iter().map(|base| base.join(path));
        if candidates.clone().any(|path| path.symlink_metadata().is_ok()) {
            return None;
        }
        let root = normal(&std::path::absolute(self.repo.root()).ok()?);
        let real = self.repo.root().canonicalize().ok()?;
        candidates.find_map(|path| {
            let path = normal(&std::path::absolute(path).ok()?);
            let inside = path.strip_prefix(&root).or_else(|_| path.strip_prefix(&real)).ok()?;
            RepoPath::new(inside).ok().filter(|inside| self.repo.has(inside.as_str()))
        })
    }

    fn place(&self, path: &Path) -> Result<RepoPath> {
        let root = self.repo.root();
        if let Some(path) = self.left_out(path) {
            return Ok(path);
        }
        let candidates = self.bases.each_ref().map(|base| base.join(path));
        let Some(found) = candidates.iter().find(|path| path.symlink_metadata().is_ok()) else {
            let help = near_name(&candidates[0]).map_or_else(
                || "name a file or folder of the handbook".to_owned(),
                |near| format!("did you mean `{}`?", path.with_file_name(near).display()),
            );
            bail!("there is no {}; {help}", path.display());
        };
        // Links in the names of the folders above must not hide that the two are the same place.
        let within = |found: &Path, root: &Path| {
            found.strip_prefix(root).ok().and_then(|path| RepoPath::new(path).ok())
        };
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        // A link inside the handbook stands for the file it leads to.
        within(&real(found), &real(root))
            .or_else(|| within(&normal(&absolute(found)), &normal(&absolute(root))))
            .with_context(|| {
                format!("{} lies outside the handbook in {}", path.display(), root.display())
            })
    }
}

/// The handbook that the global options name, seen from the folder `here`.
pub(super) fn handbook_around(global: &Global, here: &Path) -> Repo {
    let repo = match &global.repo {
        Some(folder) => Repo::at(here.join(folder)),
        None if global.no_git => Repo::around_without_git(here),
        None => Repo::around(here),
    };
    let repo = if global.no_git { repo.without_git() } else { repo };
    if global.fetch_missing { repo.fetching_missing() } else { repo }
}

/// Whether the file at `path` is among those somebody named; who names none asks for all.
pub(super) fn is_asked_for(path: &RepoPath, asked: &[RepoPath]) -> bool {
    asked.is_empty() || asked.iter().any(|asked| path.is_under(asked))
}

/// The path with `.` and `..` worked out by name alone.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// A name beside `path` that is nearly its own.
#[expect(clippy::disallowed_methods, reason = "for a suggestion where a folder is not there")]
fn near_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let entries = std::fs::read_dir(path.parent()?).ok()?;
    let names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}
