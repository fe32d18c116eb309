//! What is found by words and names is what holding every pattern against every path finds.

use std::collections::HashSet;

use globset::GlobBuilder;
use proptest::prelude::*;

use super::pattern::globs_of;
use super::*;

/// Whether a rule matches `path`: the plain way.
fn is_match(rule: &Rule, dialect: Dialect, path: &str) -> bool {
    let globs = globs_of(&rule.pattern.value, dialect).unwrap_or_default();
    globs.iter().any(|glob| {
        let mut glob = GlobBuilder::new(glob);
        let glob = glob.literal_separator(true).backslash_escape(true).build();
        glob.is_ok_and(|glob| glob.compile_matcher().is_match(path))
    })
}

/// The rules of `file` that count for `path`: the plain way.
fn counting<'f>(file: &'f OwnersFile, path: &RepoPath) -> Vec<&'f Rule> {
    let matching = file.rules.iter().filter(|rule| is_match(rule, file.dialect, path.as_str()));
    let matching: Vec<&Rule> = matching.collect();
    if file.dialect == Dialect::Codenotify {
        return matching;
    }
    let section = |rule: &Rule| section_id(&file.sections, rule);
    let excluding = matching.iter().filter(|rule| rule.is_exclusion);
    let mut seen: HashSet<usize> = excluding.map(|rule| section(rule)).collect();
    let mut counting: Vec<&Rule> = Vec::new();
    for rule in matching.into_iter().rev() {
        if seen.insert(section(rule)) {
            counting.push(rule);
        }
    }
    counting.reverse();
    counting
}

fn pattern() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ab]{1,2}",
        3 => Just("/".to_owned()),
        2 => Just("*".to_owned()),
        2 => Just("**".to_owned()),
        2 => Just("**/".to_owned()),
        1 => Just("?".to_owned()),
        1 => Just("[ab]".to_owned()),
        1 => Just("[!a]".to_owned()),
        1 => Just("[]a]".to_owned()),
        1 => Just("é".to_owned()),
        1 => Just("\\*".to_owned()),
        1 => Just("\\a".to_owned()),
        1 => Just("{a}".to_owned()),
        1 => Just("!".to_owned()),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn path() -> impl Strategy<Value = RepoPath> {
    let part = "[ab]{1,3}|[ab]*é[ab]?|a\\*|\\{a\\}|\\]|\\[ab\\]";
    prop::collection::vec(part, 1..4)
        .prop_filter_map("a path", |parts| RepoPath::new(parts.join("/")).ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_found_by_words_is_what_matches(
        patterns in prop::collection::vec(pattern(), 1..16),
        headings in prop::collection::vec(0..4_u8, 16),
        paths in prop::collection::vec(path(), 1..8),
    ) {
        let mut text = String::new();
        for (pattern, heading) in patterns.iter().zip(headings) {
            if heading == 0 {
                text.push_str(if text.len().is_multiple_of(2) { "[One] @bo\n" } else { "[Two]\n" });
            }
            text.extend([pattern.as_str(), " @ada\n"]);
        }
        for dialect in [Dialect::Gitlab, Dialect::Github, Dialect::Codenotify] {
            let file = OwnersFile::parse(FileId(0), &text, dialect, RepoPath::default());
            for path in &paths {
                prop_assert_eq!(file.matches(path), counting(&file, path), "{} {}", text, path);
            }
            let used = |rule: &&Rule| {
                paths.iter().any(|path| is_match(rule, dialect, path.as_str()))
            };
            for unused in file.unused(&paths) {
                prop_assert!(!used(&unused), "{}", unused.pattern.value);
            }
            let count = file.rules.iter().filter(used).count();
            let others = file.rules.len() - file.unused(&paths).len();
            // Patterns that are none are neither used nor unused.
            prop_assert!(others >= count);
        }
    }
}
