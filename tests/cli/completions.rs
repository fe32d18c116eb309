//! `pmctl completions`: a script for each shell, which completes what pmctl knows.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::common::{Handbook, pmctl, repository};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

#[test]
fn every_shell_gets_a_script_with_all_commands_and_flags() {
    let help = pmctl(&["--help"]).run_in(&repository("")).exits(0).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 10, "{help}");
    // Nothing of a handbook is needed.
    let nowhere = Handbook::new();
    for shell in SHELLS {
        let run = nowhere.run(&["completions", shell]).exits(0).prints("fail-on");
        for command in &commands {
            assert!(run.stdout.contains(command), "{shell} has no {command}");
        }
        assert_eq!(run.stderr, "");
        assert_eq!(run.stdout, nowhere.run(&["completions", shell]).stdout);
    }
}

#[test]
fn an_unknown_shell_is_an_error_with_those_that_there_are() {
    let here = repository("");
    pmctl(&["completions", "bsh"]).run_in(&here).exits(2).says("bash");
    pmctl(&["completions", "tcsh"]).run_in(&here).exits(2).says("powershell");
    pmctl(&["completions"]).run_in(&here).exits(2).says("<SHELL>");
}

#[test]
fn bash_completes_commands_and_flags() {
    let script = pmctl(&["completions", "bash"]).run_in(&repository("")).exits(0).stdout;
    let completed = |words: &str, at: usize| {
        let call = format!(
            "COMP_WORDS=({words}); COMP_CWORD={at}; \
             _pmctl pmctl \"${{COMP_WORDS[{at}]}}\" \"${{COMP_WORDS[{at}-1]}}\"; echo \"${{COMPREPLY[@]}}\"\n"
        );
        let Ok(mut bash) =
            Command::new("bash").arg("-s").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()
        else {
            // Where there is no bash, nobody completes with it.
            return None;
        };
        let mut input = bash.stdin.take().expect("a pipe");
        input.write_all((script.clone() + "\n" + &call).as_bytes()).expect("bash reads");
        drop(input);
        let output = bash.wait_with_output().expect("an end");
        assert!(output.status.success());
        Some(String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned())
    };
    let Some(commands) = completed("pmctl li", 1) else { return };
    assert_eq!(commands, "lint");
    assert_eq!(completed("pmctl lint --exit", 2).as_deref(), Some("--exit-zero"));
    assert_eq!(completed("pmctl lint --fail-on war", 3).as_deref(), Some("warning"));
    assert_eq!(completed("pmctl completions el", 2).as_deref(), Some("elvish"));
}

#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pmctl"))
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("pmctl starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(
        (String::from_utf8_lossy(&output.stderr).as_ref(), output.status.code()),
        ("", Some(0))
    );
}
