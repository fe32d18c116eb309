//! Which files a sparse checkout has, as its patterns say. In cone mode these are patterns like any others.

use std::fs;
use std::path::Path;

use git2::Repository;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::source::RepoPath;

/// The most folders or files that a message names.
const NAMED: usize = 8;

/// The patterns of a sparse checkout.
#[derive(Clone, Debug)]
pub(super) struct Cone {
    patterns: Gitignore,
    /// The handbook's folder in the work tree, with a slash at its end; empty for the root.
    prefix: String,
    /// Whether folders are named, and not patterns.
    names_folders: bool,
}

impl Cone {
    /// Reads the patterns in the git folder `folder` of `repository`, for a handbook in the folder `prefix`.
    #[expect(clippy::disallowed_methods, reason = "the file is of git")]
    pub(super) fn read(folder: &Path, repository: &Repository, prefix: &str) -> Self {
        let bytes = fs::read(folder.join("info/sparse-checkout")).unwrap_or_default();
        let config = repository.config();
        // Git's own default.
        let names_folders =
            config.and_then(|config| config.get_bool("core.sparseCheckoutCone")).unwrap_or(true);
        Self::new(&String::from_utf8_lossy(&bytes), prefix, names_folders)
    }

    fn new(lines: &str, prefix: &str, names_folders: bool) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for line in lines.lines() {
            // As for git, what is not a pattern matches nothing.
            let _ = builder.add_line(None, line);
        }
        let patterns = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Self { patterns, prefix: prefix.to_owned(), names_folders }
    }

    /// Whether the checkout has, or would have, a file at `path` in the handbook.
    pub(super) fn has(&self, path: &RepoPath) -> bool {
        let path = format!("{}{path}", self.prefix);
        // The innermost folder that a pattern matches decides, as in git.
        let mut at = Some((Path::new(&path), false));
        while let Some((path, is_folder)) = at {
            match self.patterns.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            at = parent.map(|parent| (parent, true));
        }
        false
    }

    /// The command that checks out the files at `paths` too.
    pub(super) fn command(&self, paths: &[RepoPath]) -> String {
        let mut names: Vec<String> = Vec::new();
        for path in paths {
            let path = format!("{}{path}", self.prefix);
            let name = match path.rsplit_once('/') {
                Some((folder, _)) if self.names_folders => folder.to_owned(),
                _ if self.names_folders => continue,
                _ => format!("/{path}"),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.sort_unstable();
        if names.is_empty() || names.len() > NAMED {
            return "git sparse-checkout disable".to_owned();
        }
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        format!("git sparse-checkout add {}", names.join(" "))
    }

    /// Where the command has to be run, where that is not the handbook's folder.
    pub(super) fn at(&self) -> &'static str {
        match self.prefix.is_empty() {
            true => "",
            false => " at the top of the repository",
        }
    }
}

/// `name` as a shell takes it for one word.
fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/-_.,+@:".contains(c);
    match name.chars().all(is_plain) && !name.starts_with('-') {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> RepoPath {
        RepoPath::new(path).expect("a path")
    }

    #[test]
    fn the_innermost_pattern_decides() {
        let lines = "/*\n!/*/\n/a/\n!/a/*/\n/a/b/\n";
        let cone = Cone::new(lines, "", true);
        for (file, is_there) in [
            ("top.md", true),
            ("a/x.md", true),
            ("a/c/x.md", false),
            ("a/b/x.md", true),
            ("a/b/c/d.md", true),
            ("b/x.md", false),
        ] {
            assert_eq!(cone.has(&path(file)), is_there, "{file}");
        }
        let cone = Cone::new("/*\n!/docs/\n!*.png\n", "", false);
        for (file, is_there) in
            [("a/b/x.md", true), ("docs/x.md", false), ("a/x.png", false), ("docs.md", true)]
        {
            assert_eq!(cone.has(&path(file)), is_there, "{file}");
        }
        assert!(Cone::new(lines, "a/", true).has(&path("b/x.md")), "a handbook in a folder");
    }

    #[test]
    fn the_command_names_folders_in_cone_mode_and_files_otherwise() {
        let paths = [path("b/c d/x.md"), path("b/c d/y.md"), path("a/z.md")];
        let command = |names_folders| Cone::new("", "", names_folders).command(&paths);
        assert_eq!(command(true), "git sparse-checkout add a 'b/c d'");
        assert_eq!(command(false), "git sparse-checkout add /a/z.md '/b/c d/x.md' '/b/c d/y.md'");
        let many: Vec<_> = (0..9).map(|at| path(&format!("d{at}/x.md"))).collect();
        assert_eq!(Cone::new("", "", true).command(&many), "git sparse-checkout disable");
        assert_eq!(Cone::new("", "h/", true).command(&paths[2..]), "git sparse-checkout add h/a");
    }
}
