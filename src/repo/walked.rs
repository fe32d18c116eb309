//! Files that are listed once, however many ask what there is.

use std::sync::OnceLock;

use super::ignores::IGNORE_FILE;
use super::{Files, Globs, ListError, Listing, Unlisted, is_hidden};
use crate::source::{ReadError, RepoPath};

/// Files whose folders are gone through once.
pub struct Walked<'f, F> {
    files: &'f F,
    /// Whether all files will be asked for.
    for_all: bool,
    all: OnceLock<Listing>,
}

impl<'f, F: Files> Walked<'f, F> {
    /// The same as `files`, which must not change meanwhile. Unless `for_all` of them are asked for, a list is made
    /// of the folders that it is about.
    pub fn new(files: &'f F, for_all: bool) -> Self {
        Self { files, for_all, all: OnceLock::new() }
    }

    /// All files but those that are ignored.
    fn kept(&self) -> &Listing {
        self.all.get_or_init(|| self.files.all(false))
    }
}

impl<F: Files> Files for Walked<'_, F> {
    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.files.read(path)
    }

    fn has(&self, path: &str) -> bool {
        self.files.has(path)
    }

    fn lost<'p>(&self, paths: &[&'p RepoPath]) -> Vec<&'p RepoPath> {
        self.files.lost(paths)
    }

    fn bring(&self, paths: &[&RepoPath]) {
        self.files.bring(paths);
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.files.read_listed(path)
    }

    fn list(&self, globs: &[&Globs]) -> Listing {
        if !self.for_all {
            return self.files.list(globs);
        }
        let Listing { files, links, unreadable } = self.kept();
        let is_match = |path: &&RepoPath| {
            !is_hidden(path.as_str()) && globs.iter().any(|globs| globs.matches(path))
        };
        let is_wanted = |folder: &RepoPath| {
            !is_hidden(folder.as_str()) && globs.iter().any(|globs| globs.may_match_in(folder))
        };
        let concerns = |unlisted: &&Unlisted| match &unlisted.obstacle {
            ListError::Name => is_match(&&unlisted.path),
            obstacle => obstacle.is_of_the_list() || is_wanted(&unlisted.path),
        };
        Listing {
            files: files.iter().filter(is_match).cloned().collect(),
            links: links.iter().filter(is_match).cloned().collect(),
            unreadable: unreadable.iter().filter(concerns).cloned().collect(),
        }
    }

    fn all(&self, with_ignored: bool) -> Listing {
        let kept = self.kept();
        let is_ignoring = || kept.files.iter().any(|path| path.file_name() == IGNORE_FILE);
        match with_ignored && is_ignoring() {
            true => self.files.all(true),
            false => kept.clone(),
        }
    }

    fn is_whole(&self) -> bool {
        self.files.is_whole()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::repo::Repo;

    fn handbook() -> (tempfile::TempDir, Repo) {
        let folder = tempfile::tempdir().expect("a folder");
        for file in
            ["b.md", "a/y.md", ".hidden/h.md", "a/.h.md", ".git/x.md", "public/p.md", "c.txt"]
        {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, "").expect("a file");
        }
        let repo = Repo::at(folder.path());
        (folder, repo)
    }

    #[test]
    fn a_walk_for_all_lists_what_a_walk_for_some_does() {
        let (folder, repo) = handbook();
        for ignored in ["", "/public\n"] {
            fs::write(folder.path().join(".gitignore"), ignored).expect("a file");
            let walked = Walked::new(&repo, true);
            for pattern in ["**", "**/*.md", "a/**", "public/*.md", ".hidden/**", "nowhere/*"] {
                let globs = Globs::new([pattern]).expect("a good pattern");
                let (one, other) = (walked.list(&[&globs]), repo.list(&[&globs]));
                assert_eq!(one.files, other.files, "{pattern}");
            }
            for with_ignored in [false, true] {
                let (one, other) = (walked.all(with_ignored), repo.all(with_ignored));
                assert_eq!(one.files, other.files, "{with_ignored}");
            }
        }
    }

    #[test]
    fn without_an_ignore_file_nothing_is_ignored() {
        let (_folder, repo) = handbook();
        assert_eq!(Walked::new(&repo, true).all(true).files, repo.all(true).files);
    }
}
