//! `pmctl lint --changed-since`: what a change does to its own check, and that it does not help it.

use crate::common::gate::{PAGE, TOML, gate, handbook, lint, weakens};
use crate::common::git::Git;
use crate::common::pmctl;

/// What the change of `pmctl.toml` from `from` to `to` weakens.
#[track_caller]
fn settings(from: &str, to: &str, wanted: &[&str]) {
    let git = handbook();
    assert!(TOML.contains(from), "{from}");
    git.write("pmctl.toml", TOML.replacen(from, to, 1));
    weakens(&git, wanted);
}

#[test]
fn a_lower_level_is_one_finding_each_at_its_line() {
    settings(
        "unknown-field = \"error\"",
        "unknown-field = \"warning\"",
        &["pmctl.toml:7 this change lowers `unknown-field` from error to warning"],
    );
    settings(
        "[lint.rules]\n",
        "[lint.rules]\nlink-missing-file = \"allow\"\nwrong-type = \"info\"\n",
        &[
            "pmctl.toml:7 this change lowers `link-missing-file` from error to off",
            "pmctl.toml:8 this change lowers `wrong-type` from error to info",
        ],
    );
    // What made a rule stricter is gone.
    settings(
        "unknown-field = \"error\"\n",
        "",
        &["pmctl.toml:1 this change lowers `unknown-field` from error to warning"],
    );
    settings(
        "drafts = \"same\"",
        "drafts = \"ignore\"",
        &["pmctl.toml:4 this change sets `drafts` from `same` to `ignore`"],
    );
    settings(
        "drafts = \"same\"\n",
        "",
        &["pmctl.toml:3 this change sets `drafts` from `same` to `softer`"],
    );
    let overrides = "[[lint.overrides]]\npaths = [\"old/**\"]\nrules = { link-missing-file = \"allow\" }\n\n[links]\n";
    let message =
        "pmctl.toml:11 this change lowers `link-missing-file` from error to off in `old/**`";
    settings("[links]\n", overrides, &[message]);
}

#[test]
fn what_is_looked_at_less_is_one_finding_each() {
    settings(
        "[links]\nignore = [\"made/**\"]",
        "[links]\nignore = [\"made/**\", \"direction/**\"]",
        &["pmctl.toml:10 this change ignores links to `direction/**`"],
    );
    settings(
        "site = \"https://handbook.example.com\"\n",
        "",
        &["pmctl.toml:9 this change no longer checks links to `https://handbook.example.com`"],
    );
    settings(
        "[links]\n",
        "[links]\nroots = [\"direction\"]\n",
        &["pmctl.toml:10 this change takes `.` out of the roots of links"],
    );
    settings(
        "cadence = \"1 month\"",
        "cadence = \"1 year\"",
        &["pmctl.toml:14 this change makes reviews rarer"],
    );
    let pages = "\n[[pages]]\nglob = \"strategy/*.md\"\nkind = \"strategy\"\n";
    let git = handbook();
    git.write("pmctl.toml", format!("{TOML}{pages}"));
    let found = gate(&git, "gate-weakened");
    assert!(
        found
            .iter()
            .any(|one| one.contains("takes pages of `direction/**/*.md` out of `[[pages]]`")),
        "{found:?}"
    );
    let git = handbook();
    let pages = "\n[[pages]]\nglob = \"direction/**/*.md\"\nkind = \"direction\"\nrequired = true\nsections = [\"Goals\", \"Risks\"]\n\n\
        [[pages]]\nglob = \"**/*.md\"\nkind = \"page\"\nreviewed = false\n";
    git.write("pmctl.toml", format!("{TOML}{pages}")).commit("2026-01-21T12:00:00Z");
    let less = pages
        .replace("required = true\n", "")
        .replace(", \"Risks\"", "")
        .replace("kind = \"direction\"", "kind = \"direction\"\nreviewed = false");
    git.write("pmctl.toml", format!("{TOML}{less}"));
    let found = gate(&git, "gate-weakened");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found.iter().any(|one| one.starts_with("pmctl.toml:19 this change ends the reviews")),
        "{found:?}"
    );
}

#[test]
fn maturity_levels_that_are_fewer_in_another_order_or_an_end_are_one_finding() {
    let fewer = "this change removes maturity levels or changes which is higher";
    let ends = "this change sets which maturity levels are an end of life";
    let set = |maturity: &str, line: &str, wanted: &str| {
        let all = format!("[maturity]\n{maturity}\n\n[review]\n");
        settings("[review]\n", &all, &[&format!("pmctl.toml:{line} {wanted}")]);
    };
    // Of a profile, of a file of levels, and of the settings themselves.
    set("levels = [\"planned\", \"viable\"]", "14", fewer);
    set("levels = [\"lovable\", \"complete\", \"viable\", \"minimal\", \"planned\"]", "14", fewer);
    set("terminal = [\"lovable\"]", "14", ends);
    let git = handbook();
    git.write("data/maturity_levels.yml", "alpha:\n  title: Alpha\nga:\n  title: GA\n");
    git.commit("2026-01-21T12:00:00Z");
    git.write("pmctl.toml", format!("{TOML}\n[maturity]\nlevels = [\"ga\", \"alpha\"]\n"));
    weakens(&git, &[&format!("pmctl.toml:17 {fewer}")]);
    git.write(
        "pmctl.toml",
        format!("{TOML}\n[maturity]\nlevels = [\"alpha\", \"beta\", \"ga\"]\n"),
    );
    weakens(&git, &[]);
    git.commit("2026-01-22T12:00:00Z");
    git.write("pmctl.toml", format!("{TOML}\n[maturity]\nlevels = [\"alpha\", \"beta\"]\n"));
    weakens(&git, &[&format!("pmctl.toml:17 {fewer}")]);
}

#[test]
fn what_is_stricter_or_the_same_is_nothing() {
    settings(
        "unknown-field = \"error\"",
        "unknown-field = \"error\"\ntier-cascade = \"error\"",
        &[],
    );
    settings("ignore = [\"made/**\"]\n", "", &[]);
    settings("ignore = [\"made/**\"]", "ignore = [\"made/deep/**\"]", &[]);
    settings("cadence = \"1 month\"", "cadence = \"2 weeks\"", &[]);
    settings(
        "[links]\n",
        "[[lint.overrides]]\npaths = [\"a/**\"]\nrules = { tier-cascade = \"error\" }\n\n[links]\n",
        &[],
    );
    settings(
        "[review]\n",
        "[maturity]\nlevels = [\"planned\", \"minimal\", \"viable\", \"complete\", \"lovable\", \"loved\"]\n\n[review]\n",
        &[],
    );
    settings("profile", "# The settings.\nprofile", &[]);
}

#[test]
fn the_settings_of_before_decide_until_a_person_accepts_those_of_the_change() {
    let git = handbook();
    git.write("direction/quay.md", format!("{PAGE}\n[gone](gone.md)\n"));
    for toml in [
        TOML.replace("[lint.rules]\n", "[lint.rules]\nlink-missing-file = \"allow\"\n"),
        TOML.replace("made/**", "**"),
        format!("{TOML}\n[[pages]]\nglob = \"strategy/*.md\"\nkind = \"page\"\n"),
    ] {
        git.write("pmctl.toml", toml);
        let rules = lint(&git, &[]).exits(1).rules();
        assert!(rules.contains(&"link-missing-file".to_owned()), "{rules:?}");
        assert!(rules.contains(&"gate-weakened".to_owned()), "{rules:?}");
        let rule = lint(&git, &["--rule", "link-missing-file"]).exits(1).rules();
        assert_eq!(rule, ["link-missing-file"], "the settings of before count for each rule alone");
        assert_eq!(lint(&git, &["--allow", "gate-weakened"]).exits(0).rules(), [""; 0]);
    }
}

#[test]
fn no_file_silences_the_gate() {
    let git = handbook();
    let lower = TOML.replace("unknown-field = \"error\"", "unknown-field = \"info\"");
    git.write(
        "pmctl.toml",
        lower.replace("[lint.rules]\n", "[lint.rules]\ngate-weakened = \"allow\"\n"),
    );
    lint(&git, &[]).exits(2).says("`gate-weakened` is not for a configuration to set");
    git.write("pmctl.toml", &lower).write(
        "direction/quay.md",
        format!("<!-- pmctl-ignore-file gate-weakened: no -->\n{PAGE}"),
    );
    let rules = lint(&git, &[]).exits(1).rules();
    assert_eq!(rules, ["suppression-malformed", "gate-weakened"]);
    git.write("direction/quay.md", PAGE);
    lint(&git, &["--warn", "gate-weakened"]).exits(0);
}

#[test]
fn a_first_configuration_is_compared_with_the_defaults() {
    let git = Git::new();
    git.write("data/features.yml", "maps:\n  title: Maps\n").write("direction/quay.md", PAGE);
    git.commit("2026-01-20T12:00:00Z");
    git.write("pmctl.toml", "profile = \"default\"\n");
    weakens(&git, &[]);
    git.write("pmctl.toml", "[lint.rules]\nlink-missing-file = \"allow\"\n");
    weakens(&git, &["pmctl.toml:2 this change lowers `link-missing-file` from error to off"]);
    git.remove("pmctl.toml");
    // What `pmctl init` writes has only what is there already.
    git.write("direction/quay.md", format!("{PAGE}\n[gone](gone.md)\n"))
        .commit("2026-01-21T12:00:00Z");
    pmctl(&["init"]).run_in(git.root()).exits(0);
    weakens(&git, &[]);
}

#[test]
fn a_configuration_that_goes_takes_its_levels_with_it() {
    let git = handbook();
    git.remove("pmctl.toml");
    let found = gate(&git, "gate-weakened");
    assert!(
        found.contains(
            &"pmctl.toml:1 this change lowers `unknown-field` from error to warning".to_owned()
        ),
        "{found:?}"
    );
}

#[test]
fn a_baseline_that_grows_is_one_finding_and_one_that_shrinks_is_none() {
    let git = handbook();
    let broken = |links: &str| format!("{PAGE}\n{links}\n");
    git.write("direction/quay.md", broken("[gone](gone.md)"));
    pmctl(&["lint", "--write-baseline"]).run_in(git.root()).exits(0);
    git.commit("2026-01-21T12:00:00Z");
    weakens(&git, &[]);
    git.write("direction/quay.md", broken("[gone](gone.md)\n\n[lost](lost.md)\n\n[far](far.md)"));
    pmctl(&["lint", "--write-baseline"]).run_in(git.root()).exits(0);
    let rules = lint(&git, &[]).exits(1).rules();
    assert_eq!(rules.iter().filter(|id| *id == "link-missing-file").count(), 2, "{rules:?}");
    let found = gate(&git, "gate-weakened");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("adds 2 findings to the baseline, such as of `link-missing-file`"),
        "{found:?}"
    );
    git.write("direction/quay.md", PAGE);
    pmctl(&["lint", "--prune-baseline"]).run_in(git.root()).exits(0);
    weakens(&git, &[]);
}

#[test]
fn a_page_that_moves_with_its_entry_in_the_baseline_grows_nothing() {
    let git = handbook();
    let page =
        format!("{PAGE}\n[gone](/gone.md)\n\nWords, and more words, so that git knows it.\n");
    git.write("direction/quay.md", &page);
    pmctl(&["lint", "--write-baseline"]).run_in(git.root()).exits(0);
    git.commit("2026-01-21T12:00:00Z");
    git.remove("direction/quay.md").write("direction/pier.md", &page);
    git.write("data/categories.yml", "mail:\n  name: Mail\n  direction: /direction/pier.md\n");
    pmctl(&["lint", "--write-baseline"]).run_in(git.root()).exits(0);
    assert_eq!(gate(&git, "gate-weakened"), [""; 0]);
}

#[test]
fn a_file_that_is_silenced_as_a_whole_is_one_finding() {
    let git = handbook();
    git.write(
        "direction/quay.md",
        format!("{PAGE}\n[gone](gone.md)\n\n<!-- pmctl-ignore-file link-missing-file: later -->\n"),
    );
    weakens(
        &git,
        &["direction/quay.md:9 this change silences `link-missing-file` in the whole file"],
    );
    git.commit("2026-01-21T12:00:00Z");
    // It moves down, and the page moves away.
    let moved = std::fs::read_to_string(git.path("direction/quay.md"))
        .expect("a page")
        .replace("\n[gone]", "\nMore.\n\n[gone]");
    git.write("direction/quay.md", &moved);
    weakens(&git, &[]);
    git.remove("direction/quay.md").write("direction/pier.md", moved);
    git.write("data/categories.yml", "mail:\n  name: Mail\n  direction: /direction/pier.md\n");
    weakens(&git, &[]);
}

#[test]
fn a_comment_with_a_reason_and_a_draft_count_and_are_listed() {
    let git = handbook();
    let link = "<!-- pmctl-ignore link-missing-file: comes in May -->\n[gone](gone.md)\n";
    git.write("direction/quay.md", format!("{PAGE}\n{link}"));
    let run = lint(&git, &[]).exits(0);
    assert_eq!(run.rules(), ["gate-softened"]);
    assert_eq!(
        gate(&git, "gate-softened"),
        ["direction/quay.md:7 this change silences a finding of `link-missing-file`"]
    );
    git.commit("2026-01-21T12:00:00Z");
    git.write("direction/quay.md", format!("{PAGE}\nMore words.\n\n{link}"));
    assert_eq!(lint(&git, &[]).exits(0).rules(), [""; 0]);
    let git = handbook();
    git.write("pmctl.toml", TOML.replace("same", "softer")).commit("2026-01-21T12:00:00Z");
    let draft = format!("---\nstatus: draft\n---\n{PAGE}\n[gone](gone.md)\n");
    git.write("direction/pier.md", &draft);
    assert_eq!(
        gate(&git, "gate-softened"),
        ["direction/pier.md:2 this change makes the page a draft, whose findings are less bad"]
    );
    git.commit("2026-01-22T12:00:00Z");
    git.write("direction/pier.md", draft.replace("# Quay", "# Pier"));
    assert_eq!(lint(&git, &[]).rules(), [""; 0]);
}

#[test]
fn tracked_pages_that_an_ignore_file_names_are_hidden() {
    let git = handbook();
    git.write("direction/old/pier.md", PAGE)
        .write(".gitignore", "/build\n")
        .commit("2026-01-21T12:00:00Z");
    git.write(".gitignore", "/build\n*.log\nold/\n");
    weakens(
        &git,
        &[".gitignore:3 this change hides the page `direction/old/pier.md`, which git tracks"],
    );
    // As for git, a byte order mark is not part of the first pattern.
    git.write(".gitignore", "\u{feff}old/\n/build\n");
    weakens(
        &git,
        &[".gitignore:1 this change hides the page `direction/old/pier.md`, which git tracks"],
    );
    git.write(".gitignore", "/build\n").write("direction/.gitignore", "*.md\n!quay.md\n");
    // A folder is not named by the pattern of a file, but what is in it is.
    weakens(
        &git,
        &[
            "direction/.gitignore:1 this change hides the page `direction/old/pier.md`, which git tracks",
        ],
    );
    git.remove("direction/.gitignore").write(".gitignore", "/build\n/drafts\n");
    weakens(&git, &[]);
    git.commit("2026-01-22T12:00:00Z");
    git.write("drafts/new.md", PAGE).run(&["add", "-f", "drafts/new.md"]);
    weakens(&git, &[".gitignore:2 this change hides the page `drafts/new.md`, which git tracks"]);
    git.run(&["commit", "-q", "-m", "hidden"]);
    git.write("direction/quay.md", format!("{PAGE}\nMore.\n"));
    weakens(&git, &[]);
}

#[test]
fn a_folder_that_only_says_that_it_is_a_submodule_is_hidden() {
    let git = handbook();
    git.write(
        ".gitmodules",
        "[submodule \"x\"]\n\tpath = direction\n\turl = https://example.org/x\n",
    );
    weakens(
        &git,
        &[".gitmodules:2 this change names the folder `direction`, which is not a submodule"],
    );
    git.commit("2026-01-21T12:00:00Z");
    git.write("direction/quay.md", format!("{PAGE}\nMore.\n"));
    weakens(&git, &[]);
}

#[test]
fn a_data_file_that_goes_without_a_word_is_an_error() {
    let git = handbook();
    git.remove("data/categories.yml");
    let found = "data/categories.yml:1 this change removes the data file `data/categories.yml`";
    assert_eq!(gate(&git, "data-file-removed"), [found]);
    lint(&git, &[]).exits(1);
    let categories = "mail:\n  name: Mail\n  direction: /direction/quay.md\n";
    git.write("product/categories.yml", categories);
    assert_eq!(gate(&git, "data-file-removed"), [found]);
    git.write("pmctl.toml", format!("{TOML}\n[paths]\ncategories = \"product/categories.yml\"\n"));
    lint(&git, &[]).exits(0);
    assert_eq!(lint(&git, &["--exit-zero"]).rules(), [""; 0]);
    // Another file in its place has less checked.
    git.run(&["checkout", "-q", "HEAD", "data"]);
    git.write("product/categories.yml", "{}\n");
    weakens(
        &git,
        &[
            "pmctl.toml:17 this change reads `categories` from `product/categories.yml`, before from `data/categories.yml`",
        ],
    );
}

#[test]
fn a_file_that_is_no_longer_required_is_reported_while_it_is_there() {
    let git = handbook();
    git.write("pmctl.toml", format!("required = [\"categories\"]\n{TOML}"));
    git.commit("2026-01-21T12:00:00Z");
    git.write("pmctl.toml", TOML);
    weakens(&git, &["pmctl.toml:1 this change no longer requires the data file `categories`"]);
}
