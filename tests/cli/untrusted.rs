//! Text of a handbook and names of its files are anyone's. Whatever command shows them, a terminal obeys none of it, and
//! no line of it is a command to a CI runner; a file gets every character.

#![cfg(unix)]

use std::collections::BTreeSet;

use crate::common::git::Git;
use crate::common::terminal::on_a_terminal_in;
use crate::common::{Run, pmctl, repository};

/// Sets the title of a terminal, blinks, clears it, turns text round, hides some, and gives commands to CI runners.
const EVIL: &str = "Pear\u{1b}]0;owned\u{7}\u{1b}[5m\u{9b}2J\u{202e}\u{2066}\u{200b}\u{2028}##[error]a##vso[b]##teamcity[c";

/// The name of a page that would be a command if a line began with it.
const COMMAND: &str = "::warning title=forged::all is well.md";

/// The same in the middle of a name, on a line of its own.
const SECOND_LINE: &str = "direction/a\n::error title=forged::\u{1b}[31m\u{202e}.md";

const PAGE: &str = "direction/pears.md";

/// A handbook whose every text is evil, with an earlier state of it.
fn handbook() -> Git {
    let git = Git::new();
    let yaml = |text: &str| {
        let escaped = text.chars().map(|c| match c {
            ' '..='~' if !matches!(c, '"' | '\\') => c.to_string(),
            c => format!("\\U{:08x}", u32::from(c)),
        });
        format!("\"{}\"", escaped.collect::<String>())
    };
    let (title, line) =
        (yaml(EVIL), yaml(&format!("Plum\n::error title=forged::x\r::debug::y {EVIL}")));
    let page = |date: &str, more: &str| {
        format!(
            "# {EVIL}\n\nLast reviewed: {date}\n\n::error title=forged::text\n\n[x]({EVIL}.md) {more} @all #12\n\n\
             <!-- pmctl:begin feature_matrix columns=maturity -->\nold {EVIL}\n::stop::\n<!-- pmctl:end -->\n"
        )
    };
    git.write("pmctl.toml", format!("[[approvals]]\nkinds = [\"other\"]\napprovers = [{}]\n", yaml("@ada ##[error]x\u{202e}")))
        .write("CODEOWNERS", format!("* @ada\n/direction/ @bo{}\n", "\u{202e}##[error]"))
        .write("data/features.yml", format!("? {title}\n: title: {line}\n  category: {title}\n  maturity: {title}\n  {title}: 1\n"))
        .write("data/categories.yml", format!("pears:\n  name: {title}\n  maturity: viable\n"))
        .write("data/rice.yml", format!(
            "ideas:\n  pears: {{title: {line}, owner: {title}, link: {title}, date: 2026-01-02, reach: 6, impact: 1, confidence: 80%, effort: 2}}\n  \
             plums: {{title: {title}, category: {title}, date: 2026-01-02, reach: 6, impact: {title}, confidence: 80%, effort: 2}}\n"
        ))
        .write("data/votes.yml", format!(
            "sessions:\n  winter:\n    title: {line}\n    participants: [{title}]\n    votes_each: 1\n    items:\n      a: {{title: {title}}}\n    \
             importance: {{{title}: [a]}}\n    feasibility: {{{title}: [a, {title}]}}\n"
        ))
        .write("sheet.csv", format!("Title,Reach,Impact,Confidence,Effort\n\"{EVIL}\n::error title=forged::x\",6,1,80%,2\n{EVIL},{EVIL},1,80%,2\n"))
        .write("direction/date.md", format!("# {EVIL}\n\nLast reviewed: 2026-13-45 {EVIL}\n"))
        .write(PAGE, page("2025-01-02", ""))
        .write(COMMAND, page("2025-01-02", ""))
        .write(SECOND_LINE, page("2025-01-02", ""))
        .commit("2026-01-01T10:00:00Z");
    for name in [PAGE, COMMAND, SECOND_LINE] {
        git.write(name, page("2025-01-02", "[new](gone.md)"));
    }
    git.commit("2026-01-02T10:00:00Z");
    git
}

/// A call of each command, and of each of its formats; lint is called on findings of all kinds.
fn calls() -> Vec<Vec<&'static str>> {
    let mut calls: Vec<Vec<&str>> = Vec::new();
    let formats = |call: &[&'static str], formats: &[&'static str]| -> Vec<Vec<&'static str>> {
        formats.iter().map(|format| [call, &["--format", format]].concat()).collect()
    };
    let tables = ["table", "json", "csv", "markdown"];
    calls.extend(formats(&["lint"], &["text", "json", "github", "gitlab", "sarif", "junit"]));
    calls.extend(formats(&["review-status"], &["table", "json", "csv", "markdown", "ics"]));
    calls.extend(formats(&["review-status", "--by", "area"], &["table"]));
    calls.extend(formats(&["review-status", "--mention"], &["markdown"]));
    calls.extend(formats(&["review", "plan"], &["table", "json", "ics"]));
    calls.extend(formats(&["rice"], &tables));
    calls.extend(formats(&["rice", "--from", "sheet.csv"], &tables));
    calls.extend(formats(&["rice", "--sensitivity", "--by-rater", "--capacity", "1"], &tables));
    calls.extend(formats(&["priority-matrix"], &tables));
    calls.extend(formats(&["generate", "--list"], &tables));
    calls.extend(formats(&["generators"], &tables));
    calls.extend(formats(&["rules"], &tables));
    calls.extend(formats(&["classify", "--since", "main~1"], &["text", "json", "markdown"]));
    calls.extend(formats(&["config", "show"], &["table", "json"]));
    for generator in ["feature_matrix", "rice_ranking", "review_calendar"] {
        calls.extend(formats(&["matrix", generator], &tables));
    }
    let others: [&[&str]; 36] = [
        &["lint", "-v"],
        &["lint", "--fix", "--dry-run"],
        &["lint", "--fix", "--unsafe-fixes", "--dry-run"],
        &["lint", "--fix", "--unsafe-fixes"],
        &["lint", "--changed-since", "main~1"],
        &["lint", "--write-baseline"],
        &["lint", "--rule", EVIL],
        &["lint", COMMAND],
        &["lint", "gone\n::error title=forged::x ##[error]y \u{202e}"],
        &["lint", "--gone\n::error title=forged::x ##[error]y \u{1b}[5m"],
        &["review", "--dry-run", PAGE, COMMAND, SECOND_LINE],
        &["review", PAGE, COMMAND, SECOND_LINE],
        &["review", "direction/date.md"],
        &["rice", "explain", "pears"],
        &["rice", "explain", EVIL],
        &["rice", "--since", "main~1"],
        &["rice", "--simulate", "10"],
        &["rice", "--chart", "chart.html"],
        &["rice", "--set", "pears.effort=::error::x\n::error title=forged::y"],
        &[
            "rice",
            "add",
            "--dry-run",
            "--title",
            EVIL,
            "--reach",
            "6",
            "--impact",
            "1",
            "--confidence",
            "80%",
            "--effort",
            "2",
        ],
        &[
            "rice",
            "add",
            "--title",
            "Figs",
            "--owner",
            EVIL,
            "--reach",
            "6",
            "--impact",
            "1",
            "--confidence",
            "80%",
            "--effort",
            "2",
        ],
        &[
            "rice",
            "add",
            "--title",
            "Figs",
            "--category",
            EVIL,
            "--reach",
            "6",
            "--impact",
            "1",
            "--confidence",
            "80%",
            "--effort",
            "2",
        ],
        &["generate", "--check"],
        &["generate", "--check", "--diff"],
        &["generate", "--force", "--diff"],
        &["generate", "--force"],
        &["generate", "--force", "--commit"],
        &["generate", "--render", "rendered"],
        &["matrix", EVIL],
        &["explain", "tier-cascade"],
        &["explain", EVIL],
        &["init", "--dry-run"],
        &["schema"],
        &["schema", "features"],
        &["completions", "bash"],
        &["man", "manual"],
    ];
    calls.extend(others.map(<[&str]>::to_vec));
    calls
}

/// Whether a terminal shows `text` and does nothing else.
#[track_caller]
fn is_only_shown(text: &str, call: &[&str]) {
    // A line break is a carriage return and a line feed to a terminal.
    let text = text.replace("\r\r\n", "\n").replace("\r\n", "\n");
    let obeyed = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if let Some(line) = text.lines().find(|line| line.contains(obeyed)) {
        panic!("{call:?} prints {line:?}");
    }
}

/// Whether no line of `text` is a command to GitHub Actions, but those that `call` makes on purpose.
#[track_caller]
fn commands_nothing(text: &str, call: &[&str]) {
    for line in text.split(['\n', '\r']) {
        let line = line.trim_start();
        let ours = ["::error file=", "::warning file=", "::notice file=", "::notice title=pmctl::"];
        let is_ours = call.contains(&"github") && ours.iter().any(|ours| line.starts_with(ours));
        // The rest of a command is its text: a second command in it is none.
        assert!(
            is_ours || !line.starts_with("::") && !line.contains("##["),
            "{call:?} prints {line:?}"
        );
        assert!(!line.starts_with("::warning title=forged"), "{call:?} prints {line:?}");
    }
}

fn run(git: &Git, call: &[&str], runner: Option<(&str, &str)>) -> Run {
    let command = pmctl(call);
    let command =
        runner.into_iter().fold(command, |command, (name, value)| command.env(name, value));
    let run = command.run_in(git.root());
    assert!(matches!(run.code, 0..=2), "{call:?}: {run:#?}");
    run
}

#[test]
fn every_command_is_called() {
    let help = pmctl(&["--help"]).run_in(&repository("")).exits(0).stdout;
    let commands = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| {
        line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty())
    });
    let names: BTreeSet<&str> = names.collect();
    let called: BTreeSet<&str> = calls().iter().map(|call| call[0]).chain(["help"]).collect();
    assert!(names.len() > 10, "{names:?}");
    assert_eq!(names, called, "a new command needs a call here");
}

#[test]
fn a_terminal_obeys_nothing_of_a_handbook() {
    for call in calls() {
        let git = handbook();
        let (code, shown) = on_a_terminal_in(git.root(), "", &call);
        assert!(matches!(code, 0..=2), "{call:?} exits with {code}: {shown}");
        is_only_shown(&shown, &call);
    }
}

#[test]
fn questions_are_only_shown_too() {
    let git = handbook();
    let (_, shown) = on_a_terminal_in(git.root(), "n,y,n,q", &["review", "--interactive"]);
    assert!(shown.contains("Pear\\u{1b}]0;owned"), "{shown}");
    is_only_shown(&shown, &["review", "--interactive"]);
    let answers = format!("Figs,{},6,1,80%,2", EVIL.replace(',', ""));
    let (_, shown) = on_a_terminal_in(git.root(), &answers, &["rice", "add"]);
    // The terminal itself shows what is typed, as carets and letters.
    assert!(shown.contains("rice.yml: added `figs`"), "{shown}");
}

#[test]
fn a_runner_obeys_nothing_of_a_handbook() {
    for call in calls() {
        let git = handbook();
        let run = run(&git, &call, Some(("GITHUB_ACTIONS", "true")));
        commands_nothing(&run.stdout, &call);
        commands_nothing(&run.stderr, &call);
    }
}

#[test]
fn other_runners_obey_nothing_either() {
    let calls: [&[&str]; 4] = [
        &["lint"],
        &["lint", "--format", "json"],
        &["rice", "--format", "csv"],
        &["generate", "--check", "--diff"],
    ];
    for call in calls {
        let git = handbook();
        for (name, value, command) in
            [("TF_BUILD", "True", "##vso["), ("TEAMCITY_VERSION", "2026.1", "##teamcity[")]
        {
            let run = run(&git, call, Some((name, value)));
            assert!(
                !run.stdout.contains(command) && !run.stderr.contains(command),
                "{call:?}: {run:#?}"
            );
        }
    }
}

#[test]
fn what_is_escaped_for_a_runner_is_said_and_written_to_files_as_it_is() {
    let git = handbook();
    let diff = ["review", "--dry-run", PAGE];
    let plain = run(&git, &diff, None);
    assert!(plain.stdout.contains(EVIL), "a pipe gets every character");
    assert_eq!(plain.stderr, "");
    let escaped = run(&git, &diff, Some(("GITHUB_ACTIONS", "true")));
    assert_ne!(escaped.stdout, plain.stdout);
    let escaped = escaped.says("to the CI runner").says("--output FILE writes the result as it is");
    assert!(escaped.stdout.contains("\\u{23}#[error]a"), "{}", escaped.stdout);
    let quiet =
        run(&git, &["review", "--dry-run", PAGE, "--quiet"], Some(("GITHUB_ACTIONS", "true")));
    quiet.says("to the CI runner");
    let file =
        run(&git, &[&diff[..], &["-o", "out.diff"]].concat(), Some(("GITHUB_ACTIONS", "true")));
    assert_eq!(file.stderr, "");
    assert_eq!(std::fs::read_to_string(git.path("out.diff")).expect("a file"), plain.stdout);
    git.run(&["apply", "--check", "out.diff"]);
}

#[test]
fn a_diff_of_lines_with_control_characters_can_be_applied() {
    let git = handbook();
    for call in [["generate", "--check", "--diff"], ["review", "--dry-run", PAGE]] {
        let piped = run(&git, &call, None).stdout;
        assert!(piped.contains('\u{1b}'), "{piped:?}");
        git.run_with(&["apply", "--check"], &[], piped.as_bytes());
    }
}

#[test]
fn json_decodes_to_the_same_text() {
    let git = handbook();
    let run = run(&git, &["review-status", "--format", "json"], None);
    is_only_shown(&run.stdout, &["review-status"]);
    let pages = run.json()["pages"].as_array().expect("a list").clone();
    let titles: BTreeSet<&str> = pages.iter().filter_map(|page| page["title"].as_str()).collect();
    assert!(
        titles.iter().any(|title| title.contains('\u{202e}') && title.contains("##[error]")),
        "{titles:?}"
    );
    let paths: BTreeSet<&str> = pages.iter().filter_map(|page| page["path"].as_str()).collect();
    assert!(paths.contains(PAGE), "{paths:?}");
}

#[test]
fn comments_mention_nobody_unless_they_are_to() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n")
        .write("CODEOWNERS", "* @ada @org/pears\n")
        .write(
            "direction/pears.md",
            "# Pears for @all, see #12, org/repo#3 and GH-4\n\nLast reviewed: 2025-01-02\n",
        )
        .commit("2026-01-01T10:00:00Z");
    let digest = ["review-status", "--no-git", "--format", "markdown"];
    let silent = run(&git, &digest, None).prints("[Pears for \\@<!-- -->all, see \\#<!-- -->12, ");
    let silent = silent.prints("### \\@<!-- -->ada\n").prints("](<direction/pears.md>)");
    for live in ["@all", "#12", "#3", "GH-4", "@ada", "@org"] {
        assert!(!silent.stdout.contains(live), "{live} is live in {}", silent.stdout);
    }
    let loud = run(&git, &[&digest[..], &["--mention"]].concat(), None);
    loud.prints("### @ada\n").prints("### @org/pears\n").never_prints("@all");
    run(&git, &["review-status", "--mention"], None)
        .exits(2)
        .says("--mention needs --format markdown");

    git.write("direction/pears.md", "# Pears for @all\n\nLast reviewed: 2025-01-02\n\nMore.\n")
        .commit("2026-01-02T10:00:00Z");
    let classify = ["classify", "--since", "main~1", "--format", "markdown"];
    run(&git, &classify, None).prints("\\@<!-- -->ada").never_prints(" @ada");
    run(&git, &[&classify[..], &["--mention"]].concat(), None)
        .prints(" @ada")
        .prints(" @org/pears");
    run(&git, &["classify", "--since", "main~1", "--mention"], None)
        .exits(2)
        .says("--mention needs --format markdown");
}
