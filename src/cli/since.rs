//! What a change is measured from: the commit that `--changed-since` and `--since` name.

use std::path::Path;

use anyhow::{Result, bail};

use super::Global;
use super::output::Output;
use super::workspace::Workspace;
use crate::config::{Config, Profile, ProfileError, Step, place};
use crate::lint::gate::{MovedRoot, Sides};
use crate::repo::diff::Diff;
use crate::repo::{CONFIG_FILE, Files, Repo, Revision, RevisionError};
use crate::source::{RepoPath, read_text};

/// The word that asks the variables of the CI system.
const AUTO: &str = "auto";

/// GitLab: the commit that the changes of a merge request begin at.
const GITLAB_BASE: &str = "CI_MERGE_REQUEST_DIFF_BASE_SHA";
/// GitLab: the commit of the target branch that `HEAD` was merged with, in pipelines for merged results and merge
/// trains.
const GITLAB_TARGET: &str = "CI_MERGE_REQUEST_TARGET_BRANCH_SHA";
/// GitLab: whether a pipeline of a merge request is one of those.
const GITLAB_EVENT: &str = "CI_MERGE_REQUEST_EVENT_TYPE";
/// GitHub: the branch that a pull request goes to.
const GITHUB_BASE: &str = "GITHUB_BASE_REF";
/// GitHub: the reference that a run checks, and its commit.
const GITHUB_REF: &str = "GITHUB_REF";
const GITHUB_COMMIT: &str = "GITHUB_SHA";

/// The commit that a change begins at, and what changed since.
pub(super) struct Since {
    pub(super) base: Revision,
    pub(super) diff: Diff,
}

impl Since {
    /// The change since the merge base of HEAD and `reference`, which `flag` names.
    pub(super) fn open(
        flag: &str,
        reference: &str,
        workspace: &Workspace,
        global: &Global,
    ) -> Result<Self> {
        if global.no_git {
            bail!("{flag} asks git what changed; leave --no-git out");
        }
        let repo = &workspace.repo;
        let base = match reference == AUTO {
            false => Revision::merge_base(repo, reference)?,
            true => match of_ci(repo)? {
                Some(base) => base,
                None => bail!(
                    "{flag} {AUTO} reads {GITLAB_BASE} or {GITHUB_BASE}, and neither is set; run it in the pipeline \
                     of a merge request, or name the branch that the change goes to"
                ),
            },
        };
        let diff = Diff::since(repo, &base)?;
        Ok(Self { base, diff })
    }

    /// Its two sides.
    pub(super) fn sides<'s>(&'s self, repo: &'s Repo) -> Sides<'s, Revision, Repo> {
        Sides { base: &self.base, repo, diff: &self.diff }
    }
}

/// The root of the handbook, as its `pmctl.toml` shows it, if a change moves it away from where it was. A root that `-C`
/// names does not move.
pub(super) fn moved_root(
    since: &Since,
    workspace: &Workspace,
    global: &Global,
) -> Option<MovedRoot> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok()?;
    let now = workspace.repo.root().canonicalize().ok()?;
    let top = here.ancestors().find(|above| above.join(".git").exists())?;
    if global.repo.is_some() || here == top {
        return None;
    }
    let id = since.base.id();
    let base = |folder: &Path| Revision::open(&Repo::at(folder), &id).ok();
    let has_settings = |folder: &&Path| base(folder).is_some_and(|base| base.has(CONFIG_FILE));
    let mut folders = here.ancestors().take_while(|folder| folder.starts_with(top));
    let was = match folders.find(has_settings) {
        Some(folder) => folder,
        // Without settings, its files show whether there was a handbook.
        None => base(top).and_then(|base| Profile::detect(&base)).map(|_| top)?,
    };
    if was == now {
        return None;
    }
    let inside = |folder: &Path| RepoPath::new(folder.strip_prefix(top).ok()?).ok();
    // The settings that came, or those that went.
    let place = was.strip_prefix(&now).unwrap_or(Path::new("")).join(CONFIG_FILE);
    Some(MovedRoot { from: inside(was)?, to: inside(&now)?, place: RepoPath::new(place).ok()? })
}

/// The settings on both sides of a change.
pub(super) struct BothSettings {
    /// Those before; of a handbook without any, those of its profile.
    pub(super) before: Config,
    /// Those that the change brings.
    pub(super) now: Config,
    /// The same over the profile of before, if it is another one.
    over_before: Option<Config>,
    /// Whether those before decide what is checked: only where there are some, or where the profile is another one.
    decide: bool,
    /// The file that they are in; `None` for one outside the handbook, which the change cannot touch.
    pub(super) path: Option<RepoPath>,
}

impl BothSettings {
    /// The settings of `since`, and of `workspace` now.
    pub(super) fn read(
        since: &Since,
        workspace: &Workspace,
        global: &Global,
        output: &Output,
    ) -> Result<Self> {
        let now = workspace.config.clone();
        let profile = global.profile.as_deref();
        let shown = || match profile {
            Some(name) => Ok(Some(name.parse()?)),
            None => Ok::<_, ProfileError>(Profile::detect(&since.base)),
        };
        let (before, path) = match &global.config {
            None => (None, Some(RepoPath::new(CONFIG_FILE)?)),
            Some(file) => match workspace.inside(std::slice::from_ref(file)) {
                Ok(paths) => (None, paths.into_iter().next()),
                // It is the same on both sides, but for the profile that files show.
                Err(_) => match shown()?.filter(|_| !names_profile(file)) {
                    Some(profile) => {
                        let bare = Config::of_profile(profile)?;
                        (Some(over(&bare, &now, workspace, global)), None)
                    }
                    None => (Some(now.clone()), None),
                },
            },
        };
        let (mut before, decide) = match (before, &path) {
            (Some(before), _) => (before, false),
            (None, Some(path)) => {
                let id = since.base.id();
                let name = format!("{path} of {}", id.get(..8).unwrap_or(&id));
                match Config::of_base(&since.base, path, Path::new(&name), profile) {
                    Ok(Some(before)) => (before, true),
                    Ok(None) => match shown()? {
                        Some(profile) => (Config::of_profile(profile)?, false),
                        None => (now.clone(), false),
                    },
                    Err(error) => {
                        output.note(&format!(
                            "the settings of this change count, since those before cannot be used: {error}"
                        ));
                        (now.clone(), false)
                    }
                }
            }
            (None, None) => (now.clone(), false),
        };
        before.forge = now.forge;
        let is_flipped = before.profile != now.profile;
        let over_before = is_flipped.then(|| over(&before, &now, workspace, global));
        Ok(Self { before, now, over_before, decide: decide || is_flipped, path })
    }

    /// The settings that the change brings, over the profile of before.
    pub(super) fn compared(&self) -> &Config {
        self.over_before.as_ref().unwrap_or(&self.now)
    }

    /// The settings by which the handbook is checked as it was before.
    pub(super) fn for_base(&self) -> &Config {
        if self.decide { &self.before } else { &self.now }
    }

    /// The settings by which the handbook is checked as it is now.
    pub(super) fn for_now(&self, since: &Since, repo: &Repo) -> Config {
        match self.decide {
            true => since.sides(repo).effective(&self.before, self.compared()),
            false => self.now.clone(),
        }
    }

    /// Has the settings of the change decide, because a person accepts them.
    pub(super) fn accept(&mut self) {
        self.decide = false;
    }
}

/// The settings of the change, which are `now`, over the profile of `before`. Where they do not fit it, as they name data
/// files that it does not have, those of `before` with the levels of `now`.
fn over(before: &Config, now: &Config, workspace: &Workspace, global: &Global) -> Config {
    let profile = Some(before.profile.name());
    Config::load(&workspace.repo, global.config.as_deref(), profile, None)
        .unwrap_or_else(|_| Config { lint: now.lint.clone(), ..before.clone() })
}

/// Whether the settings in `file` name the profile.
fn names_profile(file: &Path) -> bool {
    let text = read_text(file).unwrap_or_default();
    place(&text, &[Step::Key("profile")]).is_some()
}

/// The commit that the change of a merge request begins at, as the variables of CI systems name it.
fn of_ci(repo: &Repo) -> Result<Option<Revision>, RevisionError> {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    // A pipeline for merged results checks a merge with the target branch, which has commits of others since the
    // change began: they are no part of it.
    let is_merged = variable(GITLAB_EVENT).is_none_or(|event| event != "detached");
    if let Some(target) = variable(GITLAB_TARGET).filter(|_| is_merged) {
        return Revision::merge_base(repo, &target).map(Some);
    }
    if let Some(commit) = variable(GITLAB_BASE) {
        return Revision::open(repo, &commit).map(Some);
    }
    let Some(branch) = variable(GITHUB_BASE) else { return Ok(None) };
    let is_merge = |name: &String| name.starts_with("refs/pull/") && name.ends_with("/merge");
    if let Some(merge) =
        variable(GITHUB_COMMIT).filter(|_| variable(GITHUB_REF).is_some_and(|name| is_merge(&name)))
        && let Some(base) = Revision::merged_into(repo, &merge)?
    {
        return Ok(Some(base));
    }
    of_branch(repo, &branch).map(Some)
}

/// The merge base of HEAD and the branch `branch` of the remote `origin`. A tag, or a branch of this clone, may be called
/// alike and hold anything; only where there is no such remote, the branch of this repository counts.
fn of_branch(repo: &Repo, branch: &str) -> Result<Revision, RevisionError> {
    match Revision::merge_base(repo, &format!("refs/remotes/origin/{branch}")) {
        Err(RevisionError::Unknown { .. }) if !repo.has_remote("origin") => {
            Revision::merge_base(repo, &format!("refs/heads/{branch}"))
        }
        Err(RevisionError::Unknown { name, .. }) => Err(RevisionError::Unknown {
            name,
            help: format!(
                "fetch it with `git fetch origin {branch}:refs/remotes/origin/{branch}`, in GitHub Actions with \
                 `fetch-depth: 0`"
            ),
        }),
        found => found,
    }
}
