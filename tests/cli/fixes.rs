//! Fixes of any kind, whatever rule makes them: as a whole or not at all, each in its own file, and never in
//! generated text.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::Handbook;
use pmctl::config::{Config, Profile};
use pmctl::lint::fixes::{AppliedFixes, FixRequest, apply};
use pmctl::lint::{self, Diagnostic, Finding, Fix, Repair};
use pmctl::repo::Repo;
use pmctl::source::edit::{Edit, diff};
use pmctl::source::{FileStore, RepoPath, Span};

/// Files that were read, and findings in them.
struct Scene {
    handbook: Handbook,
    files: FileStore,
    findings: Vec<Diagnostic>,
}

impl Scene {
    fn new(files: &[(&str, &str)]) -> Self {
        let mut store = FileStore::new();
        for (path, text) in files {
            let path = RepoPath::new(path).expect("a path");
            store.add(path, Ok((*text).to_owned())).1.expect("it is new");
        }
        Self { handbook: Handbook::new(), files: store, findings: Vec::new() }
    }

    /// The place of `words` in the file `path`.
    fn span(&self, path: &str, words: &str) -> Span {
        let file = self.files.find(&RepoPath::new(path).expect("a path")).expect("a file");
        let at = self.files.file(file).text().find(words).expect("in the text");
        Span::new(file, at..at + words.len())
    }

    /// Another finding, with `fix`.
    fn finding(mut self, fix: impl Fn(&Self) -> Fix) -> Self {
        let fix = fix(&self);
        let rule = lint::find("unknown-reference").expect("a rule");
        let finding = Finding::new(fix.repairs[0].span(), "wrong").fix(fix);
        let severity = lint::Severity::Error;
        self.findings.push(Diagnostic::new(rule, severity, finding));
        self
    }

    fn text(self, path: &'static str, old: &'static str, new: &'static str) -> Self {
        self.finding(|scene| Fix::text(scene.span(path, old), new))
    }

    fn apply(&self, locked: &[&str]) -> AppliedFixes<'_> {
        let repo = Repo::at(self.handbook.path(""));
        let config = Config::load(&repo, None, None, Some(Profile::Default)).expect("settings");
        let locked = locked.iter().map(|path| RepoPath::new(path).expect("a path"));
        let locked: BTreeSet<RepoPath> = locked.collect();
        let request = FixRequest { with_unsafe: false, locked: &locked, left: &BTreeMap::new() };
        apply(&self.findings, &self.files, &config, request)
    }
}

/// The lines of a diff that are new.
fn added(applied: &AppliedFixes<'_>) -> Vec<String> {
    let diff = diff(&applied.prepared);
    let lines = diff.lines().filter(|line| line.starts_with('+') && !line.starts_with("+++"));
    lines.map(|line| line[1..].to_owned()).collect()
}

#[test]
fn of_two_fixes_for_the_same_characters_the_second_waits() {
    let scene = Scene::new(&[("a.md", "see [one](two.md#Three)\n")])
        .text("a.md", "two.md#Three", "two.md#three")
        .text("a.md", "Three", "THREE")
        .text("a.md", "one", "1");
    let applied = scene.apply(&[]);
    assert_eq!(added(&applied), ["see [1](two.md#three)"]);
    assert_eq!((applied.fixed, applied.refused), (vec![0, 2], vec![]));
}

#[test]
fn two_findings_with_the_same_fix_are_both_mended() {
    let scene = Scene::new(&[("a.md", "one\n")]).text("a.md", "one", "1").text("a.md", "one", "1");
    let applied = scene.apply(&[]);
    assert_eq!((added(&applied), applied.fixed), (vec!["1".to_owned()], vec![0, 1]));
}

#[test]
fn a_fix_in_several_files_is_made_in_all_of_them_or_in_none() {
    let both = |scene: &Scene| {
        let mut fix = Fix::text(scene.span("a.md", "one"), "1");
        let span = scene.span("b.yml", "one");
        fix.repairs.push(Repair::Scalar { span, value: "1st".to_owned() });
        fix
    };
    let files = |yaml| [("a.md", "one two\n"), ("b.yml", yaml)];
    let applied_with = |yaml: &'static str, locked: &[&str]| {
        let scene = Scene::new(&files(yaml)).finding(both).text("a.md", "two", "2");
        let applied = scene.apply(locked);
        (added(&applied), applied.fixed.clone(), applied.refused.len())
    };
    let lines = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    assert_eq!(applied_with("x: one\n", &[]), (lines(&["1 2", "x: 1st"]), vec![0, 1], 0));
    assert_eq!(applied_with("x: &a one\n", &[]), (lines(&["one 2"]), vec![1], 1));
    assert_eq!(applied_with("x: one\n", &["b.yml"]), (lines(&["one 2"]), vec![1], 0));
}

#[test]
fn what_a_check_forbids_costs_no_other_fix_of_the_file() {
    let lines: Vec<String> = (0..40).map(|number| format!("k{number}: v{number}.")).collect();
    let text = lines.join("\n");
    let scene = (0..40).fold(Scene::new(&[("a.yml", &text)]), |scene, number| {
        scene.finding(|scene| {
            let span = scene.span("a.yml", &format!("v{number}."));
            // As text, and not as a value, so that the check alone stands before YAML that breaks.
            match number {
                7 | 23 => Fix::text(span, "[broken"),
                _ => Fix::text(span, format!("w{number}")),
            }
        })
    });
    let applied = scene.apply(&[]);
    assert_eq!(applied.fixed.len(), 38);
    let refused: Vec<usize> = applied.refused.iter().map(|(at, _)| *at).collect();
    assert_eq!(refused, [7, 23]);
    assert!(applied.refused[0].1.contains("not be read any more"), "{:?}", applied.refused);
}

#[test]
fn a_value_of_front_matter_is_mended_in_its_quotes_and_broken_front_matter_costs_the_text_below_nothing()
 {
    let scene = Scene::new(&[("a.md", "---\nowner: 'one' # who\n---\n\ntwo\n")])
        .finding(|scene| {
            let span = scene.span("a.md", "'one'");
            Fix::scalar(span, "it's")
        })
        .text("a.md", "two", "2");
    assert_eq!(added(&scene.apply(&[])), ["owner: 'it''s' # who", "2"]);
    let broken = Scene::new(&[("a.md", "---\na: b: c\n---\n\ntwo\n")])
        .text("a.md", "two", "2")
        .text("a.md", "b: c", "d");
    let applied = broken.apply(&[]);
    assert_eq!((added(&applied), applied.refused.len()), (vec!["2".to_owned()], 1));
}

#[test]
fn nothing_may_become_front_matter() {
    let scene = Scene::new(&[("a.md", "one\na: b\n---\n")]).text("a.md", "one", "---");
    let applied = scene.apply(&[]);
    assert!(applied.prepared.is_empty());
    assert!(applied.refused[0].1.contains("front matter would begin"), "{:?}", applied.refused);
}

#[test]
fn generated_text_is_not_touched() {
    let page = "before\n\n<!-- pmctl:begin glossary -->\ninside\n<!-- pmctl:end -->\n\nbehind\n";
    let mut scene = Scene::new(&[("a.md", page), ("made.md", "text\n")])
        .text("a.md", "before", "1")
        .text("a.md", "inside", "2")
        .text("a.md", "behind", "3")
        .text("made.md", "text", "4");
    let generate = "[[generate]]\npage = 'made.md'\ntemplate = 'made.tpl.md'\n";
    scene.handbook = scene.handbook.file("pmctl.toml", generate);
    let applied = scene.apply(&[]);
    assert_eq!(added(&applied), ["1", "3"]);
    assert!(applied.refused[0].1.contains("this is generated text"), "{:?}", applied.refused);
    assert!(applied.refused[1].1.contains("correct `made.tpl.md`"), "{:?}", applied.refused);
}

#[test]
fn a_fix_that_changes_nothing_and_one_for_no_place_are_refused() {
    let scene = Scene::new(&[("a.yml", "x: \"A\"\n"), ("b.md", "é\n")])
        .finding(|scene| Fix::scalar(scene.span("a.yml", "\"A\""), "A"))
        .finding(|scene| {
            let span = scene.span("b.md", "é");
            let repairs = vec![Repair::Text(Edit::insert(span.file, 1, "x"))];
            Fix { repairs, ..Fix::text(span, "") }
        });
    let applied = scene.apply(&[]);
    assert!(applied.prepared.is_empty());
    assert_eq!(applied.refused.len(), 2, "{:?}", applied.refused);
}
