//! `pmctl` on a pseudo-terminal, where it asks.

use std::path::Path;
use std::process::Command;

use super::{Handbook, RUNNERS, TODAY, repository};

/// Runs `pmctl` in the folder of `handbook` and types `answers`, which commas divide: one at each prompt.
/// Gives its exit status, and what the terminal showed.
pub fn on_a_terminal(handbook: &Handbook, answers: &str, args: &[&str]) -> (i32, String) {
    on_a_terminal_in(&handbook.path(""), answers, args)
}

/// The same in any `folder`.
pub fn on_a_terminal_in(folder: &Path, answers: &str, args: &[&str]) -> (i32, String) {
    let mut command = Command::new("python3");
    for name in RUNNERS {
        command.env_remove(name);
    }
    let output = command
        .arg(repository("tests/cli/common/on_a_terminal.py"))
        .arg(answers)
        .arg(env!("CARGO_BIN_EXE_pmctl"))
        .args(args)
        .current_dir(folder)
        .env("PMCTL_TODAY", TODAY)
        .env("NO_COLOR", "1")
        .env_remove("VISUAL")
        .env("EDITOR", "sh -c 'echo edited >> \"$1\"' sh")
        .output()
        .expect("python3 runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
}
