//! Whatever stands in the files: one clear diagnostic or none, no crash, no hang, and the other files are
//! still judged.

use std::fmt::Write;

use crate::common::{Handbook, Run};

/// A handbook whose teams.yml is fine but for one wrong reference, so that a run that judges it shows.
fn handbook() -> Handbook {
    Handbook::new()
        .file("data/people.yml", "ada:\n  name: Ada\n  role: Librarian\n")
        .file("data/teams.yml", "search:\n  title: Search\n  pm: adda\n")
}

/// Runs lint over `features` as features.yml.
fn lint(features: impl AsRef<[u8]>) -> Run {
    lint_of(&handbook().file("data/features.yml", features))
}

fn lint_of(handbook: &Handbook) -> Run {
    handbook.run(&["lint", "--format", "json"])
}

/// The findings in features.yml, as `rule: message`.
#[track_caller]
fn findings(run: &Run) -> Vec<String> {
    let value = run.json();
    let all = value["diagnostics"].as_array().expect("a list").clone();
    let (features, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|finding| finding["path"] == "data/features.yml");
    let other_rules: Vec<_> = others.iter().map(|finding| finding["rule"].clone()).collect();
    assert_eq!(other_rules, ["unknown-reference"], "the other files are judged: {run:#?}");
    features
        .iter()
        .map(|finding| format!("{}: {}", finding["rule"], finding["message"]).replace('"', ""))
        .collect()
}

/// That there is one finding, and that it says `text`.
#[track_caller]
fn one(run: &Run, text: &str) {
    let findings = findings(run);
    assert!(findings.len() == 1 && findings[0].contains(text), "{text:?}: {findings:?}");
}

const FINE: &str = "saved_searches:\n  title: Saved searches\n";

#[test]
fn invalid_utf_8_is_shown_with_its_byte() {
    let run = lint(b"saved:\n  title: Caf\xe9\n").exits(2);
    one(
        &run,
        "unreadable-file: `data/features.yml` cannot be judged: the file is not UTF-8: byte 0xe9",
    );
    assert_eq!(run.json()["diagnostics"][0]["line"], 2);
    assert_eq!(run.json()["diagnostics"][0]["column"], 13);
}

#[test]
fn a_nul_byte_is_no_text() {
    one(&lint(b"saved:\n  title: a\0b\n").exits(2), "unreadable-file");
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let handbook = handbook().file("data/features.yml", "{}\n");
    let file = std::fs::OpenOptions::new().write(true).open(handbook.path("data/features.yml"));
    file.and_then(|file| file.set_len(100 * 1024 * 1024)).expect("a large file");
    one(&lint_of(&handbook).exits(2), "the file has 100 MiB; at most 8 MiB are read");
}

#[test]
fn what_nests_too_deep_is_an_error_at_its_place() {
    one(&lint("[".repeat(100_000)).exits(1), "yaml-syntax: this nests more than 128 levels deep");
    one(&lint("- ".repeat(30_000)).exits(1), "yaml-syntax: this nests more than 128 levels deep");
    one(&lint("{a: ".repeat(50_000)).exits(1), "yaml-syntax: this nests more than 128 levels deep");
    let indented =
        (0..20_000).fold(String::new(), |text, depth| text + &" ".repeat(depth % 200) + "a:\n");
    let run = lint(indented).exits(1);
    assert!(findings(&run).iter().any(|finding| finding.contains("yaml-syntax")));
}

#[test]
fn an_alias_bomb_of_nine_levels_stays_small() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..=9 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{items}]").expect("memory");
    }
    let run = lint(bomb).exits(1);
    let findings = findings(&run);
    assert_eq!(findings.len(), 10, "{findings:?}");
    assert!(findings.iter().all(|finding| finding.contains("is a list, where a map belongs")));
}

#[test]
fn a_large_map_that_is_aliased_over_and_over_is_one_error() {
    let keys = (0..20_000).fold(String::new(), |text, key| text + &format!("  k{key}: 1\n"));
    let uses = (0..20_000).fold(String::new(), |text, key| text + &format!("use{key}: *big\n"));
    let run = lint(format!("big: &big\n{keys}{uses}")).exits(1);
    one(&run, "yaml-syntax: the aliases of this file expand to too many values");
}

#[test]
fn a_cycle_of_aliases_is_a_list_like_any_other() {
    one(&lint("a: &a [*a]\n").exits(1), "feature `a` is a list, where a map belongs");
    one(
        &lint("a: &a\n  title: A\n  use_cases: [*a]\n").exits(1),
        "`use_cases` of feature `a` is a map",
    );
}

#[test]
fn a_folder_of_the_files_name_is_named_as_such() {
    let handbook = handbook().file("data/features.yml/x", "");
    one(&lint_of(&handbook).exits(2), "this is a folder, not a file");
}

#[cfg(unix)]
#[test]
fn links_to_nothing_and_links_that_lead_out_are_not_followed() {
    use std::os::unix::fs::symlink;
    let dangling = handbook();
    symlink("nowhere.yml", dangling.path("data/features.yml")).expect("a link");
    one(&lint_of(&dangling).exits(2), "this symbolic link points to nothing");

    let outside = Handbook::new().file("features.yml", FINE);
    let outward = handbook();
    symlink(outside.path("features.yml"), outward.path("data/features.yml")).expect("a link");
    one(&lint_of(&outward).exits(2), "this symbolic link leads out of the handbook");

    let inward = handbook().file("parts/features.yml", FINE);
    symlink("../parts/features.yml", inward.path("data/features.yml")).expect("a link");
    assert_eq!(findings(&lint_of(&inward).exits(1)), Vec::<String>::new());

    let circular = handbook();
    symlink("features.yml", circular.path("data/features.yml")).expect("a link");
    one(&lint_of(&circular).exits(2), "unreadable-file");
}

#[cfg(unix)]
#[test]
fn a_pipe_of_the_files_name_does_not_make_it_wait() {
    let handbook = handbook();
    let made =
        std::process::Command::new("mkfifo").arg(handbook.path("data/features.yml")).status();
    assert!(made.expect("mkfifo").success());
    one(&lint_of(&handbook).exits(2), "a pipe, socket or device");

    let made = std::process::Command::new("mkfifo").arg(handbook.path("pmctl.toml")).status();
    assert!(made.expect("mkfifo").success());
    lint_of(&handbook).exits(2).says("pmctl.toml: this is a pipe, socket or device, not a file");
}

#[cfg(unix)]
#[test]
fn a_socket_of_the_files_name_is_no_file() {
    let handbook = handbook();
    let socket = std::os::unix::net::UnixListener::bind(handbook.path("data/features.yml"));
    let _socket = socket.expect("a socket");
    one(&lint_of(&handbook).exits(2), "a pipe, socket or device");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    let handbook = handbook().file("data/features.yml", FINE);
    let path = handbook.path("data/features.yml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).expect("a mode");
    // To whoever may read everything, the file is as good as any other.
    match std::fs::read(&path) {
        Err(_) => one(&lint_of(&handbook).exits(2), "cannot be read: Permission denied"),
        Ok(_) => assert_eq!(findings(&lint_of(&handbook).exits(1)), Vec::<String>::new()),
    }
}

#[test]
fn a_required_file_that_holds_nothing_is_one_finding_that_says_how_to_mean_it() {
    for features in ["", "\n\n", "# nothing yet\n", "---\n", "\u{feff}", "~\n", "\nnull\n"] {
        let run = lint(features).exits(1);
        one(&run, "wrong-type: `data/features.yml` is empty");
        let finding = &run.json()["diagnostics"][0];
        assert_eq!(finding["line"].as_u64(), Some(1), "{features:?}");
        assert!(
            finding["help"].as_str().is_some_and(|help| help.contains("write `{}`")),
            "{run:?}"
        );
    }
    // It says that there is nothing.
    assert_eq!(findings(&lint("{}\n").exits(1)), Vec::<String>::new());
    // A file that need not be there may be empty.
    let handbook = handbook().file("data/features.yml", FINE).file("data/teams.yml", "");
    assert_eq!(lint_of(&handbook).exits(0).rules(), Vec::<String>::new());
    // What has another form says so.
    let settings = "profile = \"default\"\nrequired = [\"features\", \"use_cases\"]\n";
    let handbook = handbook.file("pmctl.toml", settings).file("data/use_cases.yml", "# later\n");
    let run = lint_of(&handbook).exits(1);
    assert!(run.stdout.contains("`data/use_cases.yml` is empty"), "{run:?}");
}

#[test]
fn a_byte_order_mark_and_carriage_returns_move_no_column() {
    let run = lint("\u{feff}saved:\r\n  title: Saved\r\n  titel: Saved\r\n").exits(1);
    one(&run, "unknown-field: `titel` is no field of a feature");
    let finding = &run.json()["diagnostics"][0];
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(3), Some(3)));
    assert_eq!((finding["end_line"].as_u64(), finding["end_column"].as_u64()), (Some(3), Some(8)));
}

#[test]
fn a_file_that_is_something_else_is_one_error() {
    one(&lint("- title: Saved\n").exits(1), "a list stands where a map of feature keys belongs");
    one(&lint("just words\n").exits(1), "the text `just words` stands where a map");
    one(&lint("? [a, b]\n: 1\n").exits(1), "a key has to be text");
}

#[test]
fn what_a_terminal_would_obey_is_spelled_out() {
    let handbook = handbook()
        .file("data/features.yml", "x: {title: A, \"\\e[31m\": 1, \"\\u202ereversed\": 2}\n");
    handbook
        .run(&["lint", "--color", "never"])
        .exits(1)
        .prints("`\\u{1b}[31m` is no field")
        .prints("`\\u{202e}reversed` is no field")
        .never_prints("\u{1b}")
        .never_prints("\u{202e}");
}

#[test]
fn broken_front_matter_costs_its_page_alone() {
    let handbook = handbook()
        .file("data/features.yml", FINE)
        .file("direction/a/index.md", "---\ntitle: \"Search\nowner: x\n---\n# Search\n")
        .file(
            "direction/b/index.md",
            "---\ntitle: Boards\ntitle: Boards\n---\n# Boards\n\nLast reviewed: 2026-01-20\n",
        );
    let run = lint_of(&handbook).exits(1);
    assert_eq!(run.rules(), ["unknown-reference", "yaml-syntax", "duplicate-key"]);
}
