//! The baseline: the findings that were there when somebody began to look, which are reported no more.
//!
//! A finding is known by its rule, its path and the text of its place, not by its line, its message or its level.
//! Of several that are the same in that, the baseline holds how many there are, and the first ones are those it knows.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::source::{CONFLICT, RepoPath, conflict_markers};

/// The file that holds it, in the handbook's root.
pub const BASELINE_FILE: &str = ".pmctl-baseline.json";

/// The only version of its format so far.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Key, Entry>,
}

/// What one baseline knows beyond another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// How many findings those are.
    pub count: usize,
    /// The first of them: its rule, its file and its content.
    pub first: Option<(String, RepoPath, String)>,
}

/// What makes findings the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    path: RepoPath,
    rule: String,
    content: String,
}

/// The findings of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    count: NonZeroUsize,
    /// What was said of the last of them when it was new, for people.
    message: String,
}

/// A finding, as far as a baseline looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The rule.
    pub rule: &'a str,
    /// The file.
    pub path: &'a RepoPath,
    /// [The hash of its content](super::Diagnostic::content).
    pub content: &'a str,
    /// What is wrong.
    pub message: &'a str,
    /// Whether it says that [a file was not judged](super::Sight::is_of_unread): nobody knows what is wrong there, so it
    /// is never old.
    pub is_of_unread: bool,
}

/// Why a text is no baseline.
#[derive(Debug, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct BadBaseline {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[expect(dead_code, reason = "it is looked at while it is read")]
    version: Version,
    findings: Vec<Line>,
}

/// One line of it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    rule: String,
    count: NonZeroUsize,
    content: String,
    message: String,
}

#[derive(Deserialize)]
#[serde(try_from = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(version: u32) -> Result<Self, String> {
        match version {
            VERSION => Ok(Self),
            _ => Err(format!("version {version} is not known here; a newer pmctl wrote it")),
        }
    }
}

impl Key {
    /// The key of `found`; `None` for what no baseline takes in.
    fn of(found: &Found<'_>) -> Option<Self> {
        (!found.is_of_unread).then(|| Self {
            path: found.path.clone(),
            rule: found.rule.to_owned(),
            content: found.content.to_owned(),
        })
    }
}

impl Baseline {
    /// Reads the `text` of a baseline file.
    pub fn read(text: &str) -> Result<Self, BadBaseline> {
        if let Some(marker) = conflict_markers(text).first() {
            let line = text[..marker.line.start].matches('\n').count() + 1;
            return Err(BadBaseline { line, column: 1, message: CONFLICT.to_owned() });
        }
        let document: Document = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let said = error.to_string();
            let place = format!(" at line {line} column {column}");
            let message = said.strip_suffix(&place).unwrap_or(&said).to_owned();
            BadBaseline { line: line.max(1), column: column.max(1), message }
        })?;
        let mut baseline = Self::default();
        for Line { path, rule, count, content, message } in document.findings {
            // What is no path of a handbook is never found again.
            let Ok(path) = RepoPath::new(&path) else { continue };
            // A merge may leave an entry of either side.
            let entry = Entry { count, message };
            let known = baseline.entries.entry(Key { path, rule, content });
            known.and_modify(|known| known.count = known.count.max(entry.count)).or_insert(entry);
        }
        Ok(baseline)
    }

    /// The text of its file, an entry a line, sorted.
    pub fn text(&self) -> String {
        let lines = self.entries.iter().map(|(key, entry)| {
            let line = Line {
                path: key.path.to_string(),
                rule: key.rule.clone(),
                count: entry.count,
                content: key.content.clone(),
                message: entry.message.clone(),
            };
            // Text and numbers can always be written.
            format!("\n    {}", serde_json::to_string(&line).unwrap_or_default())
        });
        let lines: Vec<String> = lines.collect();
        let mut text = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
        let end = if lines.is_empty() { "" } else { "\n  " };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}{end}]\n}}", lines.join(","));
        text
    }

    /// What both it and `other` know.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Self {
        let entries = self.entries.iter().filter_map(|(key, entry)| {
            let count = entry.count.min(other.entries.get(key)?.count);
            Some((key.clone(), Entry { count, message: entry.message.clone() }))
        });
        Self { entries: entries.collect() }
    }

    /// What it knows beyond `other`. A file that has another name now, by `name_before`, may have as many findings of
    /// each rule as before: what is the same there has another content.
    pub fn beyond(
        &self,
        other: &Self,
        name_before: impl Fn(&RepoPath) -> Option<RepoPath>,
    ) -> Beyond {
        let mut of_moved: HashMap<(RepoPath, &str), usize> = HashMap::new();
        for (key, entry) in &other.entries {
            *of_moved.entry((key.path.clone(), &key.rule)).or_default() += entry.count.get();
        }
        let mut beyond = Beyond::default();
        for (key, entry) in &self.entries {
            let before = name_before(&key.path).filter(|before| *before != key.path);
            let known = match before {
                None => other.entries.get(key).map_or(0, |known| known.count.get()),
                Some(before) => {
                    let left = of_moved.entry((before, &key.rule)).or_default();
                    let taken = entry.count.get().min(*left);
                    *left -= taken;
                    taken
                }
            };
            let more = entry.count.get().saturating_sub(known);
            beyond.count += more;
            if more > 0 && beyond.first.is_none() {
                beyond.first = Some((key.rule.clone(), key.path.clone(), key.content.clone()));
            }
        }
        beyond
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.values().map(|entry| entry.count.get()).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Which of `found`, in the order of the files, it knows: of findings with one key the first ones.
    pub fn known(&self, found: &[Found<'_>]) -> Vec<bool> {
        let mut seen: HashMap<Key, usize> = HashMap::new();
        let is_known = |found: &Found<'_>| {
            let Some(key) = Key::of(found) else { return false };
            let Some(entry) = self.entries.get(&key) else { return false };
            let seen = seen.entry(key).or_default();
            *seen += 1;
            *seen <= entry.count.get()
        };
        found.iter().map(is_known).collect()
    }

    /// How many of its findings are not among `found`, though `was_looked_at` says that their rules looked at
    /// their files.
    pub fn gone(
        &self,
        found: &[Found<'_>],
        was_looked_at: impl Fn(&str, &RepoPath) -> bool,
    ) -> usize {
        self.len() - self.pruned(found, was_looked_at).len()
    }

    /// It, without what is gone.
    #[must_use]
    pub fn pruned(
        &self,
        found: &[Found<'_>],
        was_looked_at: impl Fn(&str, &RepoPath) -> bool,
    ) -> Self {
        let found = counts(found);
        let entries = self.entries.iter().filter_map(|(key, entry)| {
            let count = match was_looked_at(&key.rule, &key.path) {
                false => entry.count,
                true => entry.count.min(found.get(key)?.0),
            };
            Some((key.clone(), Entry { count, message: entry.message.clone() }))
        });
        Self { entries: entries.collect() }
    }

    /// The baseline that knows `found`, and of this one what was not looked at. What is known keeps its message,
    /// so that only what changes is another line.
    #[must_use]
    pub fn renewed(
        &self,
        found: &[Found<'_>],
        was_looked_at: impl Fn(&str, &RepoPath) -> bool,
    ) -> Self {
        let mut renewed = self.pruned(found, was_looked_at);
        for (key, (count, message)) in counts(found) {
            let new = Entry { count, message: message.to_owned() };
            let known = renewed.entries.entry(key);
            known.and_modify(|known| known.count = known.count.max(count)).or_insert(new);
        }
        renewed
    }
}

/// How many of `found` there are of each key, and what the last of them says.
fn counts<'a>(found: &[Found<'a>]) -> BTreeMap<Key, (NonZeroUsize, &'a str)> {
    let mut counts: BTreeMap<Key, (NonZeroUsize, &str)> = BTreeMap::new();
    for found in found {
        let Some(key) = Key::of(found) else { continue };
        let count =
            counts.get(&key).map_or(NonZeroUsize::MIN, |(count, _)| count.saturating_add(1));
        counts.insert(key, (count, found.message));
    }
    counts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lint::UNREADABLE_FILE;

    /// Findings of which each is a rule, a path and a content.
    fn baseline_of(found: &[(&str, &str, &str)]) -> Baseline {
        with_found(found, |found| Baseline::default().renewed(found, |_, _| true))
    }

    fn with_found<T>(found: &[(&str, &str, &str)], then: impl FnOnce(&[Found<'_>]) -> T) -> T {
        let paths: Vec<RepoPath> =
            found.iter().map(|(_, path, _)| RepoPath::new(path).expect("a path")).collect();
        let found: Vec<Found<'_>> = found
            .iter()
            .zip(&paths)
            .map(|((rule, _, content), path)| {
                let is_of_unread = *rule == UNREADABLE_FILE;
                Found { rule, path, content, message: "Oh", is_of_unread }
            })
            .collect();
        then(&found)
    }

    #[test]
    fn its_file_has_a_line_for_each_entry_and_is_read_as_it_was_written() {
        let found =
            [("b", "y.yml", "1"), ("b", "y.yml", "1"), ("a", "y.yml", "2"), ("a", "x.yml", "3")];
        let baseline = baseline_of(&found);
        let text = baseline.text();
        assert_eq!(
            text,
            r#"{
  "version": 1,
  "findings": [
    {"path":"x.yml","rule":"a","count":1,"content":"3","message":"Oh"},
    {"path":"y.yml","rule":"a","count":1,"content":"2","message":"Oh"},
    {"path":"y.yml","rule":"b","count":2,"content":"1","message":"Oh"}
  ]
}
"#
        );
        assert_eq!(Baseline::read(&text).expect("a baseline"), baseline);
        let empty = Baseline::default();
        assert_eq!(empty.text(), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
        assert_eq!(Baseline::read(&empty.text()).expect("a baseline"), empty);
    }

    #[test]
    fn a_text_that_is_none_is_told_with_its_line() {
        let error = |text: &str| Baseline::read(text).expect_err("an error").to_string();
        assert_eq!(error("{\n<<<<<<< HEAD\n"), "2:1: a merge conflict is not resolved here");
        assert!(
            error("{\n  \"version\": 2,\n  \"findings\": []\n}").contains("a newer pmctl wrote it")
        );
        assert!(error("").starts_with("1:1: EOF"), "{}", error(""));
        let text = baseline_of(&[("a", "x.yml", "1"), ("b", "x.yml", "2")]).text();
        let broken = text.replace("\"count\":1,\"content\":\"2\"", "\"count\":0,\"content\":\"2\"");
        assert!(error(&broken).starts_with("5:"), "{}", error(&broken));
        let unknown = text.replace("\"rule\":\"b\"", "\"rul\":\"b\"");
        assert!(error(&unknown).starts_with("5:") && error(&unknown).contains("`rul`"));
    }

    #[test]
    fn an_entry_that_a_merge_left_twice_counts_once() {
        let text = baseline_of(&[("a", "x.yml", "1")]).text();
        let line = text.lines().nth(3).expect("a line");
        let twice =
            text.replace(line, &format!("{line},\n{}", line.replace("\"count\":1", "\"count\":3")));
        assert_eq!(Baseline::read(&twice).expect("a baseline").len(), 3);
    }

    #[test]
    fn of_equal_findings_the_first_are_known() {
        let one = baseline_of(&[("a", "x.yml", "1")]);
        let found =
            [("a", "x.yml", "1"), ("b", "x.yml", "1"), ("a", "x.yml", "1"), ("a", "y.yml", "1")];
        assert_eq!(with_found(&found, |found| one.known(found)), [true, false, false, false]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_never_known() {
        let found = [(UNREADABLE_FILE, "x.yml", "1")];
        assert!(baseline_of(&found).is_empty());
        let text =
            baseline_of(&[("a", "x.yml", "1")]).text().replace("\"a\"", "\"unreadable-file\"");
        let forged = Baseline::read(&text).expect("a baseline");
        assert_eq!(with_found(&found, |found| forged.known(found)), [false]);
    }

    #[test]
    fn what_was_not_looked_at_stays() {
        let old = baseline_of(&[("a", "x.yml", "1"), ("a", "x.yml", "1"), ("b", "x.yml", "2")]);
        let only_a = |rule: &str, _: &RepoPath| rule == "a";
        let found = [("a", "x.yml", "1"), ("a", "z.yml", "9")];
        let (gone, pruned, renewed) = with_found(&found, |found| {
            (old.gone(found, only_a), old.pruned(found, only_a), old.renewed(found, only_a))
        });
        assert_eq!(gone, 1);
        assert_eq!(pruned, baseline_of(&[("a", "x.yml", "1"), ("b", "x.yml", "2")]));
        assert_eq!(
            renewed,
            baseline_of(&[("a", "x.yml", "1"), ("a", "z.yml", "9"), ("b", "x.yml", "2")])
        );
    }

    #[test]
    fn what_is_known_keeps_its_message() {
        let path = RepoPath::new("x.yml").expect("a path");
        let found = |message| {
            [Found { rule: "a", path: &path, content: "1", message, is_of_unread: false }]
        };
        let old = Baseline::default().renewed(&found("3 days late"), |_, _| true);
        assert_eq!(old.renewed(&found("4 days late"), |_, _| true), old);
    }

    type Findings = Vec<(&'static str, &'static str, &'static str)>;

    fn findings() -> impl Strategy<Value = Findings> {
        let one = (
            prop::sample::select(vec!["a", "b", UNREADABLE_FILE]),
            prop::sample::select(vec!["x.yml", "y/z.md"]),
            prop::sample::select(vec!["1", "2", "3"]),
        );
        prop::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn a_new_baseline_knows_everything_and_nothing_of_it_is_gone(found in findings()) {
            let baseline = baseline_of(&found);
            let known = with_found(&found, |found| baseline.known(found));
            for (is_known, (rule, ..)) in known.iter().zip(&found) {
                prop_assert_eq!(*is_known, *rule != UNREADABLE_FILE);
            }
            prop_assert_eq!(with_found(&found, |found| baseline.gone(found, |_, _| true)), 0);
            prop_assert_eq!(Baseline::read(&baseline.text()).expect("a baseline"), baseline);
        }

        #[test]
        fn pruning_adds_nothing_and_changes_nothing_that_is_reported(old in findings(), new in findings()) {
            let old = baseline_of(&old);
            let (pruned, before, after) = with_found(&new, |found| {
                let pruned = old.pruned(found, |_, _| true);
                let after = pruned.known(found);
                (pruned, old.known(found), after)
            });
            prop_assert_eq!(before, after);
            prop_assert!(pruned.len() <= old.len());
            for (key, entry) in &pruned.entries {
                prop_assert!(entry.count <= old.entries[key].count);
            }
        }
    }
}
