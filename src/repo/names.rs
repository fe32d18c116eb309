//! Which commit a name means.
//!
//! git takes the first of several things that have the name, a tag before a branch. What a gate is measured from must not
//! depend on a tag that anyone can push, so a name that means two commits is refused.

use std::fmt::Write as _;

use git2::{Oid, Reference, Repository};

use super::Repo;
use super::history::Checkout;

impl Repo {
    /// Whether git knows a remote of this name.
    pub fn has_remote(&self, name: &str) -> bool {
        let place = Checkout::of(self.root()).ok().flatten();
        place.is_some_and(|place| place.repository.find_remote(name).is_ok())
    }
}

/// What a name means.
pub(super) enum Meaning {
    /// A commit.
    Commit(Oid),
    /// Nothing.
    Nothing,
    /// Several commits: the full names that it may be short for.
    Several(Vec<String>),
}

/// Where git looks for a short name, in its order.
const PLACES: [&str; 4] = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

/// The commit that `name` means: a full name such as `refs/heads/main` is taken as it is, and never for the end of a
/// longer one.
pub(super) fn commit_of(repository: &Repository, name: &str) -> Meaning {
    if name.starts_with("refs/") && Reference::is_valid_name(name) {
        return commit_at(repository, name).map_or(Meaning::Nothing, Meaning::Commit);
    }
    let several = full_names(repository, name);
    if several.len() > 1 {
        return Meaning::Several(several);
    }
    let object = repository.revparse_single(name);
    let commit = object.and_then(|object| object.peel_to_commit());
    commit.map_or(Meaning::Nothing, |commit| Meaning::Commit(commit.id()))
}

/// The full names that the beginning of `name` may be short for, if they mean different commits.
fn full_names(repository: &Repository, name: &str) -> Vec<String> {
    // A single `@` may be part of a name, the others may not.
    let end = name.find(['~', '^', ':']).unwrap_or(name.len());
    let short = name[..end].split("@{").next().unwrap_or_default();
    // A name at the top of the git folder, such as HEAD, comes first whatever else there is.
    let is_hexadecimal = short.len() >= 4 && short.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_whole_id = is_hexadecimal && matches!(short.len(), 40 | 64);
    if short.is_empty() || is_whole_id || commit_at(repository, short).is_some() {
        return Vec::new();
    }
    let found = PLACES.iter().filter_map(|place| {
        let full = format!("{place}{short}");
        Some((commit_at(repository, &full)?, full))
    });
    let mut found: Vec<(Oid, String)> = found.collect();
    if is_hexadecimal && let Ok(commit) = repository.find_commit_by_prefix(short) {
        found.push((commit.id(), commit.id().to_string()));
    }
    match found.iter().all(|(commit, _)| *commit == found[0].0) {
        true => Vec::new(),
        false => found.into_iter().map(|(_, full)| full).collect(),
    }
}

/// The commit of the reference whose full name is `name`.
pub(super) fn commit_at(repository: &Repository, name: &str) -> Option<Oid> {
    if !Reference::is_valid_name(name) {
        return None;
    }
    Some(repository.find_reference(name).ok()?.peel_to_commit().ok()?.id())
}

/// `names` as a message lists them.
pub(super) fn listed(names: &[String]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        let between = match at {
            0 => "",
            _ if at + 1 == names.len() => " or ",
            _ => ", ",
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "{between}`{name}`");
    }
    text
}
