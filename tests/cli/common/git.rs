//! A real git repository in a folder of its own, made by the `git` command.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pmctl::repo::history::{
    History, HistoryError, PathChange, PathHistory, Versions, Wanted, history, open,
};
use pmctl::source::RepoPath;

/// The history of files of the handbook in `folder`, kept for the next time as a command keeps it.
pub fn history_of(folder: &Path, wanted: &[Wanted]) -> Result<Option<History>, HistoryError> {
    let mut found = history(folder, wanted)?;
    if let Some(history) = &mut found {
        history.save();
    }
    Ok(found)
}

/// A repository, and the work tree in it that the tests work on.
pub struct Git {
    /// Removed when the test ends.
    folder: tempfile::TempDir,
    work_tree: PathBuf,
}

impl Git {
    /// A folder without a repository.
    pub fn nowhere() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let work_tree = folder.path().join("repo");
        fs::create_dir(&work_tree).expect("a folder");
        Self { folder, work_tree }
    }

    /// A repository without commits.
    pub fn new() -> Self {
        let git = Self::nowhere();
        git.run(&["init", "-q", "-b", "main"]);
        git
    }

    /// A folder beside the repository, for clones and linked work trees.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A place in the work tree.
    pub fn path(&self, path: &str) -> PathBuf {
        self.work_tree.join(path)
    }

    /// The work tree.
    pub fn root(&self) -> &Path {
        &self.work_tree
    }

    /// Writes a file.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().expect("a parent")).expect("folders");
        fs::write(file, content).expect("a file");
        self
    }

    /// Removes a file or a folder.
    pub fn remove(&self, path: &str) -> &Self {
        let (path, folder) = (self.path(path), self.path(path).is_dir());
        if folder { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
        self
    }

    /// Commits everything, by Ann, who wrote and committed it at `time`. Tells the commit.
    pub fn commit(&self, time: &str) -> String {
        self.commit_as("Ann", time, time)
    }

    /// Commits everything, written by `author` at `written` and committed at `committed`.
    pub fn commit_as(&self, author: &str, written: &str, committed: &str) -> String {
        self.run(&["add", "-A"]);
        let author = format!("--author={author} <someone@example.com>");
        let dates = [("GIT_AUTHOR_DATE", written), ("GIT_COMMITTER_DATE", committed)];
        self.run_with(&["commit", "-q", "--allow-empty", "-m", "change", &author], &dates, b"");
        self.head()
    }

    /// Merges `branch` at `time` with the work tree that `edit` leaves behind.
    pub fn merge(&self, branch: &str, time: &str, edit: impl FnOnce(&Self)) -> String {
        let merge = ["merge", "-q", "--no-ff", "--no-commit", "-s", "ours", branch];
        self.run_with(&merge, &[("GIT_COMMITTER_DATE", time)], b"");
        edit(self);
        self.commit(time)
    }

    /// The commit that `HEAD` names.
    pub fn head(&self) -> String {
        self.run(&["rev-parse", "HEAD"])
    }

    /// What `git` prints in the work tree, without the last line feed.
    pub fn run(&self, args: &[&str]) -> String {
        self.run_with(args, &[], b"")
    }

    /// The same with variables and an input.
    pub fn run_with(&self, args: &[&str], variables: &[(&str, &str)], input: &[u8]) -> String {
        run_in(&self.work_tree, args, variables, input)
    }

    /// The history of `wanted`.
    pub fn try_history(&self, wanted: &[Wanted]) -> Result<Option<History>, HistoryError> {
        history_of(&self.work_tree, wanted)
    }

    /// The versions of files.
    pub fn versions(&self) -> Versions {
        open(&self.work_tree).expect("a readable repository").expect("a repository").versions()
    }

    /// All changes of `path` down to the first commit, of which `known` is known already.
    #[track_caller]
    pub fn trail(&self, path: &str, known: &PathHistory, follows_moves: bool) -> Vec<PathChange> {
        let mut changes = Vec::new();
        let found = self.versions().trail(&repo_path(path), known, follows_moves, |trail| {
            while let Some(change) = trail.next()? {
                changes.push(change);
            }
            Ok(())
        });
        found.expect("readable commits");
        changes
    }

    /// The history of `wanted`, which there must be.
    #[track_caller]
    pub fn history(&self, wanted: &[Wanted]) -> History {
        self.try_history(wanted).expect("a readable repository").expect("a repository")
    }

    /// The last change of `path`, which must be known.
    #[track_caller]
    pub fn last(&self, path: &str) -> PathChange {
        let history = self.history(&[last(path)]);
        let known = history.of(&repo_path(path));
        let changes = self.trail(path, known, false);
        let counts = changes.iter().find(|change| !change.is_ignored).or(changes.last());
        let last = known.last().or(counts).cloned();
        last.unwrap_or_else(|| panic!("{path} has no known change"))
    }

    /// The last change of `path`, and the commits of all that were written on `day` or later, newest first.
    #[track_caller]
    pub fn since(&self, path: &str, day: &str) -> Vec<String> {
        let history = self.history(&[since(path, day)]);
        let mut changes = self.trail(path, history.of(&repo_path(path)), false);
        let mut is_first = true;
        changes.retain(|change| {
            std::mem::take(&mut is_first) || change.date.to_string().as_str() >= day
        });
        commits(&changes)
    }

    /// The commits that `git log` tells for `path`, newest first.
    pub fn log(&self, path: &str) -> Vec<String> {
        let log = self.run(&["--literal-pathspecs", "log", "--format=%H", "--", path]);
        log.lines().map(str::to_owned).collect()
    }
}

/// What `git` prints in `folder`, as on a machine without any configuration.
pub fn run_in(folder: &Path, args: &[&str], variables: &[(&str, &str)], input: &[u8]) -> String {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"GIT_") {
            command.env_remove(name);
        }
    }
    let settings = ["user.name=Ann", "user.email=ann@example.com", "protocol.file.allow=always"];
    let mut child = command
        .env("GIT_CONFIG_GLOBAL", OsStr::new("/dev/null"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs(variables.iter().copied())
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("git is installed");
    child.stdin.take().expect("a pipe").write_all(input).expect("git reads");
    let output = child.wait_with_output().expect("git ends");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned()
}

/// `path` in the handbook.
pub fn repo_path(path: &str) -> RepoPath {
    RepoPath::new(path).expect("a good path")
}

/// Asks for the last change of `path`.
pub fn last(path: &str) -> Wanted {
    Wanted::last(repo_path(path))
}

/// Asks for the changes of `path` since `day`.
pub fn since(path: &str, day: &str) -> Wanted {
    Wanted::since(repo_path(path), day.parse().expect("a date"))
}

/// The commits of `changes`.
pub fn commits(changes: &[PathChange]) -> Vec<String> {
    changes.iter().map(|change| change.commit.clone()).collect()
}
