//! What the tests of the commands share: a handbook in a folder of its own, and the real binary run on it.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

pub mod gate;
pub mod git;
pub mod rice;
#[cfg(unix)]
pub mod terminal;
pub mod titles;
pub mod votes;
pub mod yaml;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The day of all tests.
pub const TODAY: &str = "2026-01-31";

/// The variables by which CI runners say that they read along.
pub const RUNNERS: [&str; 4] = ["GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "TEAMCITY_VERSION"];

/// A run that takes longer hangs. Far above what a debug build on a busy machine needs.
const PATIENCE: Duration = Duration::from_mins(1);

/// A handbook in a temporary folder.
pub struct Handbook {
    folder: tempfile::TempDir,
}

impl Handbook {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The handbook with another file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().expect("a parent")).expect("folders");
        fs::write(file, content).expect("a file");
        self
    }

    /// The place of `path`.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs `pmctl` with `args` in the handbook's folder.
    pub fn run(&self, args: &[&str]) -> Run {
        pmctl(args).run_in(self.folder.path())
    }
}

/// A call of `pmctl` that is not run yet.
pub struct Call {
    command: Command,
    input: Vec<u8>,
}

/// `pmctl` with `args`, on the tests' day, without the variables of whoever runs the tests.
pub fn pmctl(args: &[&str]) -> Call {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmctl"));
    command.args(args).env("PMCTL_TODAY", TODAY);
    let colors = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"];
    let ci = [
        "GITHUB_STEP_SUMMARY",
        "GITHUB_BASE_REF",
        "GITHUB_REF",
        "GITHUB_SHA",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
        "CI_MERGE_REQUEST_EVENT_TYPE",
    ];
    let identity = ["AUTHOR", "COMMITTER"]
        .map(|role| ["NAME", "EMAIL", "DATE"].map(|what| format!("GIT_{role}_{what}")));
    for name in identity.iter().flatten().map(String::as_str).chain(["EMAIL"]) {
        command.env_remove(name);
    }
    for name in colors.into_iter().chain(ci).chain(RUNNERS).chain(["SOURCE_DATE_EPOCH"]) {
        command.env_remove(name);
    }
    Call { command, input: Vec::new() }
}

impl Call {
    /// The call with a variable set.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The call with `input` on standard input, which is empty otherwise.
    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    /// Runs it in `folder`, and fails if it hangs.
    pub fn run_in(mut self, folder: &Path) -> Run {
        let command = self.command.current_dir(folder).stdin(Stdio::piped());
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("pmctl starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut stderr = child.stderr.take().expect("a pipe");
        let (mut stdin, input) = (child.stdin.take().expect("a pipe"), self.input);
        // A command that reads no input may end before it takes this one.
        std::thread::spawn(move || drop(stdin.write_all(&input)));
        let out = std::thread::spawn(move || read(&mut stdout));
        let err = std::thread::spawn(move || read(&mut stderr));
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a status") {
                break status;
            }
            if start.elapsed() > PATIENCE {
                child.kill().expect("it can be stopped");
                panic!("pmctl hangs");
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        Run {
            code: status.code().expect("no signal ended it"),
            stdout: out.join().expect("it was read"),
            stderr: err.join().expect("it was read"),
        }
    }
}

fn read(pipe: &mut impl Read) -> String {
    let mut text = String::new();
    pipe.read_to_string(&mut text).expect("UTF-8");
    text
}

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// The run, which must have ended with `code`.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The run, which must have printed `text`.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "{text:?} is not in\n{}", self.stdout);
        self
    }

    /// The run, which must not have printed `text`.
    #[track_caller]
    pub fn never_prints(self, text: &str) -> Self {
        assert!(!self.stdout.contains(text), "{text:?} is in\n{}", self.stdout);
        self
    }

    /// The run, which must have said `text` on standard error.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not in\n{}", self.stderr);
        self
    }

    /// What it printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self:#?}"))
    }

    /// The rules of the findings it printed as JSON, in order.
    #[track_caller]
    pub fn rules(&self) -> Vec<String> {
        let value = self.json();
        let diagnostics = value["diagnostics"].as_array().expect("a list");
        diagnostics
            .iter()
            .map(|finding| finding["rule"].as_str().expect("text").to_owned())
            .collect()
    }
}

/// Compares `actual` with the file at `expected`; with `UPDATE_EXPECTED=1` writes the file instead.
#[track_caller]
pub fn compare(actual: &str, expected: &Path) {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(expected, actual).expect("the expected output can be written");
        return;
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    assert!(
        actual == wanted,
        "{} is out of date; if the new output is right, run the tests with UPDATE_EXPECTED=1\n\
         --- expected\n{wanted}\n--- actual\n{actual}",
        expected.display()
    );
}

/// A place in the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
