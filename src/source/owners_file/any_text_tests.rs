//! Whatever the text, reading it ends, and every span lies in it on character boundaries.

use proptest::prelude::*;

use super::*;

/// Text made of what these files are made of, so that odd neighbours meet.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just("^[".to_owned()),
        Just("[2]".to_owned()),
        Just("/".to_owned()),
        Just("**".to_owned()),
        Just("*".to_owned()),
        Just("\\".to_owned()),
        Just("\\ ".to_owned()),
        Just("#".to_owned()),
        Just("!".to_owned()),
        Just("{,}".to_owned()),
        Just(" @".to_owned()),
        Just("@".to_owned()),
        Just(" ".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        "[a-zé日.,-]{0,4}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn spans_lie_inside_and_hold_what_they_say(text in text(), path in "[a-z/]{0,12}") {
        for dialect in [Dialect::Gitlab, Dialect::Github, Dialect::Codenotify] {
            let file = OwnersFile::parse(FileId(0), &text, dialect, RepoPath::default());
            for rule in &file.rules {
                prop_assert_eq!(&text[rule.pattern.span.range()], rule.pattern.value.as_str());
                prop_assert!(!rule.pattern.value.is_empty());
                for owner in &rule.own_owners {
                    prop_assert_eq!(&text[owner.span.range()], owner.value.as_str());
                }
            }
            for section in &file.sections {
                prop_assert_eq!(&text[section.name.span.range()], section.name.value.as_str());
            }
            for fault in &file.faults {
                prop_assert!(text.get(fault.span.range()).is_some());
            }
            if let Ok(path) = RepoPath::new(&path) {
                let counting = file.matches(&path);
                prop_assert!(counting.len() <= file.rules.len());
                file.last(&path);
            }
        }
    }
}
