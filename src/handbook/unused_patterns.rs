//! Patterns of CODEOWNERS and CODENOTIFY that match no file.

use crate::repo::{Files, Listing};
use crate::source::owners_file::{Dialect, OwnersFile, Rule};
use crate::source::{RepoPath, Spanned};

use super::Loaded;

/// A pattern that matches no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedPattern {
    /// As written.
    pub pattern: Spanned<String>,
    /// Whether it names a folder that is there, but without the slash at its end that makes it one.
    pub lacks_slash: bool,
    /// Whether it has the form of an owner.
    pub is_like_an_owner: bool,
}

impl Loaded {
    /// Holds the patterns of the [owner files](super::Handbook::owner_files) that are read against all files.
    /// Of a handbook that is only partly here, `roots` are the folders that are whole; a pattern for
    /// anything else may well match what is elsewhere.
    pub fn find_unused_patterns(&mut self, repo: &impl Files, roots: &[RepoPath]) {
        let files = &self.handbook.owner_files;
        let files: Vec<&OwnersFile> =
            files.codeowners.iter().chain(files.codenotify.values()).collect();
        if files.is_empty() {
            return;
        }
        let mut unused = unused_in(&files, roots, &repo.all(false));
        if !unused.is_empty() {
            // What is ignored may be tracked all the same; most handbooks need not be walked so far.
            unused = unused_in(&files, roots, &repo.all(true));
        }
        self.handbook.owner_files.unused = unused;
    }
}

fn unused_in(files: &[&OwnersFile], roots: &[RepoPath], listing: &Listing) -> Vec<UnusedPattern> {
    // What is in a folder that cannot be looked into is not known.
    if !listing.unreadable.is_empty() {
        return Vec::new();
    }
    let paths = listing.files.iter().chain(&listing.links);
    let mut paths: Vec<&RepoPath> = paths.collect();
    paths.sort_unstable();
    let mut unused = Vec::new();
    for file in files {
        let rules = file.unused(below(&file.folder, &paths).iter().copied());
        unused.extend(rules.into_iter().filter(|rule| lies_in(file, rule, roots)).map(|rule| {
            UnusedPattern {
                pattern: rule.pattern.clone(),
                lacks_slash: lacks_slash(file, rule, listing),
                is_like_an_owner: rule.is_like_an_owner,
            }
        }));
    }
    unused
}

/// Those of the sorted `paths` that are in `folder`.
fn below<'p, 'l>(folder: &RepoPath, paths: &'p [&'l RepoPath]) -> &'p [&'l RepoPath] {
    if folder.as_str().is_empty() {
        return paths;
    }
    let folder = format!("{folder}/");
    let paths = &paths[paths.partition_point(|path| path.as_str() < folder.as_str())..];
    &paths[..paths.partition_point(|path| path.as_str().starts_with(&folder))]
}

/// Whether all that `rule` can match lies in one of `roots`.
fn lies_in(file: &OwnersFile, rule: &Rule, roots: &[RepoPath]) -> bool {
    let literal = file.folder.as_str().split('/').chain(literal_parts(&rule.pattern.value));
    let literal: Vec<&str> = literal.filter(|part| !part.is_empty()).collect();
    let is_in = |root: &RepoPath| {
        let mut literal = literal.iter();
        let mut parts = root.as_str().split('/').filter(|part| !part.is_empty());
        parts.all(|part| literal.next() == Some(&part))
    };
    roots.iter().any(is_in)
}

/// The parts of `pattern` before the first with a wildcard.
fn literal_parts(pattern: &str) -> impl Iterator<Item = &str> {
    let pattern = pattern.trim_start_matches(['!', '/']);
    pattern.split('/').take_while(|part| !part.contains(['*', '?', '[', '\\']))
}

/// Whether `rule` names a folder with files in it, and no slash says that it is one.
fn lacks_slash(file: &OwnersFile, rule: &Rule, listing: &Listing) -> bool {
    let name = rule.pattern.value.trim_start_matches(['!', '/']);
    if file.dialect != Dialect::Gitlab || name.contains(['*', '?', '[', '\\']) {
        return false;
    }
    let folder = format!("{name}/");
    // The list is sorted.
    let next = listing.files.partition_point(|path| path.as_str() < folder.as_str());
    listing.files.get(next).is_some_and(|path| path.as_str().starts_with(&folder))
}
