//! What a change is measured from: the commit that `--changed-since` and `--since` name.

use anyhow::{Result, bail};

use super::Global;
use super::workspace::Workspace;
use crate::repo::diff::Diff;
use crate::repo::{NoRevision, Revision};

/// The word that asks the variables of the CI system.
const AUTO: &str = "auto";

/// The variables by which CI systems tell what a merge request is based on: GitLab a commit, GitHub a branch.
const GITLAB_BASE: &str = "CI_MERGE_REQUEST_DIFF_BASE_SHA";
const GITHUB_BASE: &str = "GITHUB_BASE_REF";

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
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let base = if reference != AUTO {
            Revision::merge_base(repo, reference)?
        } else if let Some(commit) = variable(GITLAB_BASE) {
            Revision::open(repo, &commit)?
        } else if let Some(branch) = variable(GITHUB_BASE) {
            // The work tree of a runner has the branch of the pull request alone; the others are the remote's.
            match Revision::merge_base(repo, &format!("origin/{branch}")) {
                Err(NoRevision::Unknown { .. } | NoRevision::Shallow(_)) => {
                    Revision::merge_base(repo, &branch)?
                }
                found => found?,
            }
        } else {
            bail!(
                "{flag} {AUTO} reads {GITLAB_BASE} or {GITHUB_BASE}, and neither is set; run it in the pipeline of a \
                 merge request, or name the branch that the change goes to"
            );
        };
        let diff = Diff::since(repo, &base)?;
        Ok(Self { base, diff })
    }
}
