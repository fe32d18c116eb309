//! Partial clones, made with `--filter`: what they lack, and fetching it.

use std::collections::BTreeSet;

use git2::Oid;

use super::error::unreadable;
use super::{Checkout, HistoryError};
use crate::repo::git_command::GitCommand;

impl Checkout {
    /// The remote that promises what this clone lacks, if it is a partial one.
    pub(in crate::repo) fn promisor(&self) -> Option<String> {
        let config = self.repository.config().ok()?;
        if let Ok(named) = config.get_string("extensions.partialClone") {
            return Some(named);
        }
        let mut remote = None;
        let entries = config.entries(Some(r"^remote\..*\.promisor$")).ok()?;
        let _ = entries.for_each(|entry| {
            let is_true = entry.has_value() && entry.value().is_ok_and(|value| value == "true");
            let name = entry.name().ok().and_then(|name| name.strip_prefix("remote."));
            let name = name.and_then(|name| name.strip_suffix(".promisor")).filter(|_| is_true);
            remote = remote.take().or(name.map(str::to_owned));
        });
        remote
    }

    /// `error` as it is in this clone: what a partial clone lacks is no damage.
    pub(in crate::repo) fn explain(&self, error: HistoryError) -> HistoryError {
        match error {
            HistoryError::Missing { id } if self.promisor().is_some() => {
                HistoryError::NotFetched { id }
            }
            error => error,
        }
    }

    /// That an object is missing, which libgit2 names in its message alone.
    pub(super) fn lacking(&self, error: &git2::Error) -> HistoryError {
        let message = error.message();
        let names = message.split(|character: char| !character.is_ascii_hexdigit());
        match names.filter(|name| name.len() == 40).find_map(|name| Oid::from_str(name).ok()) {
            Some(id) => self.explain(HistoryError::Missing { id }),
            None => unreadable(&self.work_tree, &message),
        }
    }

    /// Fetches the objects `ids` that a partial clone lacks.
    ///
    /// # Errors
    ///
    /// Fails where git does.
    pub(in crate::repo) fn fetch(&self, ids: &BTreeSet<Oid>) -> Result<(), HistoryError> {
        let mut names = String::new();
        for id in ids {
            names.push_str(&id.to_string());
            names.push('\n');
        }
        self.run_fetch("--stdin", &[], names.as_bytes())
    }

    /// Fetches the folders of all commits that lead to `HEAD` and to `other`.
    ///
    /// # Errors
    ///
    /// Fails where git does.
    pub(in crate::repo) fn fetch_folders(&self, other: Oid) -> Result<(), HistoryError> {
        let commits = [self.head.to_string(), other.to_string()];
        self.run_fetch("--refetch", &[&commits[0], &commits[1]], b"")
    }

    fn run_fetch(&self, how: &str, commits: &[&str], input: &[u8]) -> Result<(), HistoryError> {
        let Some(remote) = self.promisor() else {
            return Err(HistoryError::NoPromisor);
        };
        let options = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--recurse-submodules=no",
            "--filter=blob:none",
            how,
            "--",
            &remote,
        ];
        let args = [&options[..], commits].concat();
        let fetched = GitCommand::new(&self.work_tree).run(&args, input);
        fetched.map(|_| ()).map_err(HistoryError::Fetch)
    }
}
