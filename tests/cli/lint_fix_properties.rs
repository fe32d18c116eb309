//! Whatever slips a data file holds and however it is written: `--fix` changes the slips and nothing else, and
//! a second run changes nothing.

use std::fs;

use crate::common::Handbook;
use proptest::prelude::*;

/// A field of a category, what belongs there, and what people write.
const FIELDS: [(&str, &str, &[&str]); 6] = [
    ("product_team", "night_watch", &["Night Watch", "night-watch", "nihgt_watch", "night_wach"]),
    ("maturity", "viable", &["Viable", "VIABLE", "viabel"]),
    ("maturity", "at sea", &["At Sea", "at_sea", "at-sea"]),
    ("viable", "2025-01-05", &["2025-1-5", "2025-01-5", "2025-1-05"]),
    ("priority_level", "Very high", &["very high", "Very  High", "very-high"]),
    ("description", "it's: \\ # \u{e9}\u{1f642}", &[]),
];

/// How a value stands: its quotes, and what follows on its line.
#[derive(Clone, Copy, Debug)]
struct Look {
    quotes: char,
    comment: &'static str,
}

impl Look {
    fn write(self, value: &str) -> String {
        match self.quotes {
            '\'' => format!("'{}'", value.replace('\'', "''")),
            '"' => format!("\"{}\"", value.replace('\\', "\\\\")),
            // What needs quotes has them; they are not what is mended.
            _ if value.contains('#') => Self { quotes: '\'', ..self }.write(value),
            _ => value.to_owned(),
        }
    }
}

/// A field by its number, the number of its slip if it has one, and its look.
fn field() -> impl Strategy<Value = (usize, Option<usize>, Look)> {
    let quotes = prop::sample::select(vec!['\'', '"', ' ']);
    let comment = prop::sample::select(vec!["", " # Viable", "   # night-watch: 'x", " #"]);
    let look = (quotes, comment).prop_map(|(quotes, comment)| Look { quotes, comment });
    (0..FIELDS.len(), prop::option::of(0..4_usize), look)
}

/// The fields of some records, each field at most once.
fn records() -> impl Strategy<Value = Vec<Vec<(usize, Option<usize>, Look)>>> {
    let record = prop::collection::vec(field(), 0..6).prop_map(|mut fields| {
        let mut seen = Vec::new();
        fields.retain(|(number, ..)| {
            let name = FIELDS[*number].0;
            let is_new = !seen.contains(&name);
            seen.push(name);
            is_new
        });
        fields
    });
    prop::collection::vec(record, 1..8)
}

/// The file with its slips, or without them.
fn file(records: &[Vec<(usize, Option<usize>, Look)>], in_flow: bool, with_slips: bool) -> String {
    let mut lines = vec!["# Categories\n".to_owned()];
    for (at, fields) in records.iter().enumerate() {
        let entries = fields.iter().map(|&(number, slip, look)| {
            let (name, right, slips) = FIELDS[number];
            let slip = slip.and_then(|slip| slips.get(slip)).filter(|_| with_slips);
            (format!("{name}: {}", look.write(slip.unwrap_or(&right))), look.comment)
        });
        let name = format!("name: C{at}");
        if in_flow {
            let entries = std::iter::once(name).chain(entries.map(|(entry, _)| entry));
            let entries: Vec<String> = entries.collect();
            lines.push(format!("c{at}: {{ {} }}  # viabel", entries.join(", ")));
        } else {
            lines.extend([format!("c{at}:"), format!("  {name}")]);
            lines.extend(entries.map(|(entry, comment)| format!("  {entry}{comment}")));
        }
    }
    // The usual spelling of the vocabulary.
    lines.extend((0..10).map(|at| format!("d{at}: {{name: D, priority_level: Very high}}")));
    lines.join("\n") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_slips_are_mended_and_nothing_else_changes(
        records in records(),
        in_flow in any::<bool>(),
        is_crlf in any::<bool>(),
        has_bom in any::<bool>(),
        ends_early in any::<bool>(),
    ) {
        let on_disk = |with_slips| {
            let text = file(&records, in_flow, with_slips);
            let text = if ends_early { text.trim_end().to_owned() } else { text };
            let text = if is_crlf { text.replace('\n', "\r\n") } else { text };
            format!("{}{text}", if has_bom { "\u{feff}" } else { "" })
        };
        let handbook = Handbook::new()
            .file("pmctl.toml", "[maturity]\nlevels = ['planned', 'viable', 'at sea']\n[lint.rules]\ndirection-missing = 'allow'\n")
            .file("data/features.yml", "{}\n")
            .file("data/teams.yml", "night_watch:\n  title: Night\nday_watch:\n  title: Day\n")
            .file("data/categories.yml", on_disk(true));
        let read = || fs::read_to_string(handbook.path("data/categories.yml")).expect("the file");
        let run = handbook.run(&["lint", "--fix", "--exit-zero"]).exits(0).never_prints("can be fixed");
        prop_assert!(!run.stderr.contains("not fixed"), "{}", run.stderr);
        prop_assert_eq!(read(), on_disk(false));
        let again = handbook.run(&["lint", "--fix", "--exit-zero"]).exits(0);
        prop_assert_eq!(again.stderr, "");
        prop_assert_eq!(again.stdout, run.stdout);
        prop_assert_eq!(read(), on_disk(false));
    }
}
