//! Comments that silence findings: what they silence, and what is said when they silence nothing.

use crate::common::Handbook;

const FEATURES: &str = "data/features.yml";

/// The rules that `args` find, and how many findings are suppressed.
fn lint(handbook: &Handbook, args: &[&str]) -> (Vec<String>, u64) {
    let run = handbook.run(&[&["lint", "--format", "json"], args].concat());
    (run.rules(), run.json()["summary"]["suppressed"].as_u64().expect("a number"))
}

/// The rules that are found in a handbook whose features are `text`.
fn features(text: &str) -> (Vec<String>, u64) {
    lint(&Handbook::new().file(FEATURES, text), &[])
}

/// The rules that are found in a handbook with the page `text`, beside a feature.
fn page(text: &str) -> (Vec<String>, u64) {
    let handbook = Handbook::new().file(FEATURES, "a:\n  title: A\n").file("direction/a.md", text);
    lint(&handbook, &["--allow", "review-date-missing"])
}

fn found(rules: &[&str], suppressed: u64) -> (Vec<String>, u64) {
    (rules.iter().map(|rule| (*rule).to_owned()).collect(), suppressed)
}

#[test]
fn a_comment_with_a_reason_silences_its_line_or_the_next() {
    for text in [
        "a:\n  title: A\n  # pmctl-ignore unknown-field: the old site reads it\n  colour: red\n",
        "a:\n  title: A\n  colour: red # pmctl-ignore unknown-field: the old site reads it\n",
        "# pmctl-ignore-file unknown-field: the old site reads it\na:\n  title: A\n  colour: red\n",
        "a:\n  title: A\n  # pmctl-ignore unknown-field: old\n  # and red\n  colour: red\n",
    ] {
        assert_eq!(features(text), found(&[], 1), "{text}");
    }
    let run = Handbook::new()
        .file(FEATURES, "a:\n  title: A\n  colour: red # pmctl-ignore unknown-field: old\n")
        .run(&["lint"]);
    run.exits(0).prints("1 file checked, nothing to report (1 suppressed)\n");
}

#[test]
fn it_silences_nothing_else() {
    let text =
        "a:\n  title: A\n  # pmctl-ignore unknown-field: old\n  colour: red\n  shape: round\n";
    assert_eq!(features(text), found(&["unknown-field"], 1));
    let text = "a:\n  title: A\n  # pmctl-ignore wrong-type: old\n  colour: red\n";
    assert_eq!(features(text), found(&["suppression-unused", "unknown-field"], 0));
    let text = "a:\n  title: '# pmctl-ignore-file unknown-field: old'\n  colour: red\n";
    assert_eq!(features(text), found(&["unknown-field"], 0), "a `#` in a text is no comment");
}

#[test]
fn one_comment_can_name_several_rules() {
    let text =
        "a:\n  title: A\n  # pmctl-ignore unknown-field, duplicate-key: old\n  colour: red\n";
    assert_eq!(features(text), found(&["suppression-unused"], 1));
    let text = "a:\n  title: A\n  colour: red # pmctl-ignore unknown-field: old\n  \
                # pmctl-ignore unknown-field,duplicate-key: old\n  colour: red\n";
    assert_eq!(features(text), found(&[], 3));
}

#[test]
fn without_a_reason_or_a_rule_it_is_an_error() {
    let handbook = |comment: &str| {
        Handbook::new().file(FEATURES, format!("a:\n  title: A\n  colour: red # {comment}\n"))
    };
    handbook("pmctl-ignore unknown-field")
        .run(&["lint"])
        .exits(1)
        .prints("error[suppression-malformed]: this suppression gives no reason")
        .prints("write `pmctl-ignore RULE: why`")
        .prints("[unknown-field]");
    handbook("pmctl-ignore unknown-feild: old")
        .run(&["lint"])
        .exits(1)
        .prints("there is no rule `unknown-feild`")
        .prints("did you mean `unknown-field`?");
    handbook("pmctl-ignore suppression-malformed: old")
        .run(&["lint"])
        .exits(1)
        .prints("`suppression-malformed` cannot be suppressed");
    handbook("pmctl-ignore-next-line unknown-field: old")
        .run(&["lint"])
        .exits(1)
        .prints("there is no `pmctl-ignore-next-line`");
    handbook("pmctl-ignore").run(&["lint"]).exits(1).prints("names no rule");
}

#[test]
fn what_did_not_run_is_not_called_unused() {
    let text = "a:\n  title: A # pmctl-ignore tier-cascade, changed-since-review: old\n";
    let handbook = Handbook::new().file(FEATURES, text);
    let unused = |args: &[&str]| lint(&handbook, args).0.len();
    assert_eq!(unused(&["--no-git"]), 1, "only tier-cascade ran");
    assert_eq!(unused(&["--allow", "tier-cascade"]), 0);
    assert_eq!(unused(&["--rule", "suppression-unused"]), 0);
    assert_eq!(unused(&["--rule", "suppression-unused", "--rule", "tier-cascade"]), 1);
    let handbook = handbook.file(
        "pmctl.toml",
        "[[lint.overrides]]\npaths = ['data/**']\nrules = {tier-cascade = 'allow'}\n",
    );
    assert_eq!(lint(&handbook, &[]), found(&[], 0));
}

#[test]
fn nothing_is_called_unused_while_data_cannot_be_read() {
    let handbook = Handbook::new()
        .file(FEATURES, "a:\n  title: A\n  category: x # pmctl-ignore unknown-reference: soon\n")
        .file("data/categories.yml", "y: [1\n");
    assert_eq!(lint(&handbook, &[]), found(&["yaml-syntax"], 0));
    let handbook = handbook.file("data/categories.yml", "x:\n  name: X\n");
    assert!(lint(&handbook, &[]).0.contains(&"suppression-unused".to_owned()));
}

#[test]
fn a_file_of_which_nothing_is_read_cannot_be_silenced() {
    let text = "# pmctl-ignore-file yaml-syntax: the old site wants it so\na: [1\n";
    assert_eq!(features(text), found(&["yaml-syntax"], 0));
}

#[test]
fn in_a_page_it_silences_the_block_that_follows_or_the_one_it_stands_in() {
    let mark = "<!-- pmctl:end -->";
    let why = "<!-- pmctl-ignore marker-broken: an example -->";
    assert_eq!(page(&format!("# A\n\n{mark}\n")), found(&["marker-broken"], 0));
    assert_eq!(page(&format!("# A\n\n{why}\n{mark}\n")), found(&[], 1));
    assert_eq!(page(&format!("# A\n\n{mark}\n\n{why}\n\nB\n")).0.len(), 2);
    let file = "<!-- pmctl-ignore-file marker-broken: an example -->";
    assert_eq!(page(&format!("# A\n\n{mark}\n\n{file}\n")), found(&[], 1));
    let text = "---\n# pmctl-ignore duplicate-key: the old site wants both\ntitle: A\n# pmctl-ignore duplicate-key: so\ntitle: B\n---\n";
    assert_eq!(page(text), found(&["suppression-unused"], 1));
    let directive = "{{generator:no_such}}";
    assert_eq!(page(&format!("# A\n\n{directive}\n")), found(&["generator-unknown"], 0));
    let why = "<!-- pmctl-ignore generator-unknown: comes with the next version -->";
    assert_eq!(page(&format!("# A\n\n{why}\n\n{directive}\n")), found(&[], 1));
    assert_eq!(page(&format!("# A\n\n{directive}\n\n{why}\n")).0.len(), 2);
}

#[test]
fn an_example_of_a_suppression_is_none() {
    for text in [
        "# A\n\n```\n<!-- pmctl-ignore x -->\n```\n",
        "# A\n\nWrite `<!-- pmctl-ignore x -->` before it.\n",
        "# A\n\nWrite pmctl-ignore before it. <!-- see pmctl-ignore -->\n",
    ] {
        assert_eq!(page(text), found(&[], 0), "{text}");
    }
}

#[test]
fn an_unused_one_says_where_it_would_be_used() {
    Handbook::new()
        .file(FEATURES, "a:\n  # pmctl-ignore unknown-field: old\n  title: A\n  colour: red\n")
        .run(&["lint"])
        .prints("this suppression of `unknown-field` is not used")
        .prints("`pmctl-ignore-file unknown-field: why`");
    Handbook::new()
        .file(FEATURES, "a:\n  # pmctl-ignore unknown-field: old\n  title: A\n")
        .run(&["lint"])
        .exits(0)
        .prints("remove it: `unknown-field` finds nothing here any more");
}

#[test]
fn many_suppressions_and_findings_take_no_time() {
    let fields: Vec<String> = (0..4_000).map(|at| format!("  colour_{at}: red")).collect();
    let comments = "# pmctl-ignore unknown-field: old\n".repeat(4_000);
    let text = format!("a:\n{comments}  title: A\n{}\n", fields.join("\n"));
    let (rules, suppressed) = features(&text);
    assert_eq!((rules.len(), suppressed), (8_000, 0));
    let item = "- <!-- pmctl-ignore generator-unknown: old -->\n\n  {{generator:x}}\n\n";
    assert_eq!(page(&item.repeat(2_000)), found(&[], 2_000));
}
