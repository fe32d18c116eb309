//! Commits that do not count: those that `.git-blame-ignore-revs` names, or a file that `blame.ignoreRevsFile` of git's
//! configuration names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use git2::{Oid, Repository};

use crate::source::MAX_FILE_BYTES;

/// The file's name, which is git's and GitHub's and GitLab's convention.
const FILE: &str = ".git-blame-ignore-revs";

/// The commits that do not count in the handbook in `root`, in order. A file that cannot be read names none.
pub(super) fn ignored(repository: &Repository, work_tree: &Path, root: &Path) -> BTreeSet<Oid> {
    let mut files = vec![work_tree.join(FILE), root.join(FILE)];
    files.extend(configured(repository).iter().map(|file| work_tree.join(file)));
    files.dedup();
    files.iter().flat_map(|file| read(file)).collect()
}

/// The files that git's own `git blame` is configured to read. As in git, an empty name forgets those before it.
fn configured(repository: &Repository) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(config) = repository.config() else { return files };
    let Ok(entries) = config.multivar("blame.ignoreRevsFile", None) else { return files };
    let _ = entries.for_each(|entry| match entry.has_value().then(|| entry.value()) {
        Some(Ok("")) => files.clear(),
        Some(Ok(file)) => files.push(from_home(file)),
        Some(Err(_)) | None => {}
    });
    files
}

/// The path `file`, in which `~/` is the user's own folder.
fn from_home(file: &str) -> PathBuf {
    match file.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((file, home)) => home.join(file),
        None => PathBuf::from(file),
    }
}

#[expect(clippy::disallowed_methods, reason = "the file is one that git is configured with")]
fn read(file: &Path) -> Vec<Oid> {
    // Neither a link, which could lead anywhere, nor a pipe, which could hang.
    let is_fit =
        file.symlink_metadata().is_ok_and(|file| file.is_file() && file.len() <= MAX_FILE_BYTES);
    let bytes = if is_fit { fs::read(file).unwrap_or_default() } else { Vec::new() };
    parse(&String::from_utf8_lossy(&bytes))
}

/// One full commit name a line. As in git, `#` begins a comment and an abbreviation names nothing.
fn parse(text: &str) -> Vec<Oid> {
    let name = |line: &str| {
        let name = line.split('#').next().unwrap_or_default().trim();
        (name.len() == 40).then(|| Oid::from_str(name).ok())?
    };
    text.lines().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_count() {
        let full = "0123456789abcdef0123456789abcdef01234567";
        let text = format!(
            "\u{feff}# all files formatted\n\n  {full} # with a reason\r\n{}\n{}\n#{}\nfull\n",
            &full[..12],
            "ABCDEF0123456789ABCDEF0123456789ABCDEF01",
            "1".repeat(40)
        );
        let names: Vec<String> = parse(&text).iter().map(Oid::to_string).collect();
        assert_eq!(names, [full, "abcdef0123456789abcdef0123456789abcdef01"]);
    }
}
