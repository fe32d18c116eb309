//! What a change is measured from: the commit that `--changed-since` and `--since` name.

use anyhow::{Result, bail};

use super::Global;
use super::workspace::Workspace;
use crate::repo::diff::Diff;
use crate::repo::{NoRevision, Repo, Revision};

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
}

/// The commit that the change of a merge request begins at, as the variables of CI systems name it.
fn of_ci(repo: &Repo) -> Result<Option<Revision>, NoRevision> {
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
/// alike and be anybody's; only where there is no such remote, the branch of this repository counts.
fn of_branch(repo: &Repo, branch: &str) -> Result<Revision, NoRevision> {
    match Revision::merge_base(repo, &format!("refs/remotes/origin/{branch}")) {
        Err(NoRevision::Unknown { .. }) if !repo.has_remote("origin") => {
            Revision::merge_base(repo, &format!("refs/heads/{branch}"))
        }
        Err(NoRevision::Unknown { name, .. }) => Err(NoRevision::Unknown {
            name,
            help: format!(
                "fetch it with `git fetch origin {branch}:refs/remotes/origin/{branch}`, in GitHub Actions with \
                 `fetch-depth: 0`"
            ),
        }),
        found => found,
    }
}
