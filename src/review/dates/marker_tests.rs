//! The words that are markers, and those that are none.

use super::forms::{Strength, marker};

fn read(phrase: &str) -> Option<(bool, bool, Strength, String)> {
    let phrase = phrase.to_lowercase();
    let found = marker(&phrase).filter(|found| !found.facts.next)?;
    let rest = phrase[found.end..].trim().to_owned();
    Some((found.facts.reviewed, found.facts.updated, found.strength, rest))
}

#[test]
fn labels_of_a_review() {
    for label in [
        "Last reviewed",
        "Content Last Reviewed",
        "Last Review",
        "LAST REVIEW DATE",
        "Last reviewed date",
        "Date of last review",
        "Date last reviewed",
        "Date reviewed",
        "Date of the most recent review",
        "Latest review",
        "Most recently reviewed",
        "Last content review",
        "Last full review",
        "Last review completed",
        "Page last reviewed",
        "Policy was last reviewed",
        "Created and last reviewed",
        "Last reviewed and approved",
        "( Last reviewed",
        "最終レビュー日",
        "このページの最終レビュー",
        "前回見直し日",
    ] {
        let found = read(label).unwrap_or_else(|| panic!("{label}"));
        assert!(found.0 && !found.1 && found.2 > Strength::Bare && found.3.is_empty(), "{label}");
    }
}

#[test]
fn labels_of_an_update_are_another_fact() {
    for label in [
        "Last updated",
        "Last update",
        "Content last updated",
        "Last revised",
        "Last Revision",
        "Last edited",
        "Last modified",
        "Last changed",
        "Last amended",
        "Date of last update",
        "Date revised",
        "Revision date",
        "Updated date",
        "Effective and last modified",
        "Last Updated Date",
        "最終更新日",
        "最終更新",
        "最終改訂日",
        "更新日",
        "本ページの更新日",
    ] {
        let found = read(label).unwrap_or_else(|| panic!("{label}"));
        assert!(!found.0 && found.1 && found.2 > Strength::Bare && found.3.is_empty(), "{label}");
    }
    assert_eq!(read("Last reviewed / updated").map(|it| (it.0, it.1)), Some((true, true)));
    assert_eq!(read("Last updated and reviewed on").map(|it| it.3).as_deref(), Some("on"));
}

#[test]
fn sentences_about_the_page() {
    for sentence in [
        "This page was last reviewed",
        "This direction page was last reviewed",
        "The page has been reviewed",
        "Our security policy was most recently reviewed",
        "The content of this page was last reviewed",
        "We last reviewed this page",
        "The information on this page was reviewed",
        "Last review of this document",
        "The last review of this policy",
    ] {
        let found = read(sentence).unwrap_or_else(|| panic!("{sentence}"));
        assert!(found.0 && found.2 == Strength::Page && found.3.is_empty(), "{sentence}");
    }
    assert_eq!(read("It was last reviewed").map(|it| it.2), Some(Strength::Label));
}

#[test]
fn lone_verbs_are_weak() {
    for verb in ["Reviewed", "Updated", "Revised", "Edited", "Modified"] {
        assert_eq!(read(verb).map(|it| it.2), Some(Strength::Bare), "{verb}");
    }
}

#[test]
fn what_is_about_something_else_is_no_marker() {
    for phrase in [
        "Next review",
        "Next review date",
        "Review date",
        "Review",
        "Update",
        "Changed",
        "To be reviewed",
        "Must be reviewed",
        "This roadmap was last updated",
        "The table on this page was last updated",
        "The roadmap of this page was last updated",
        "Prices last updated",
        "Table last updated",
        "Our roadmap , as of",
        "Last code review",
        "Not reviewed",
        "The last update",
        "The latest review",
        "We last reviewed prices",
        "Reviewers",
        "Recently updated",
        "テーブル最終更新日",
        "次回レビュー日",
        "レビュー日",
        "更新",
        "この表の最終更新日",
        "Our last update",
        "Effective date",
        "Last commit",
    ] {
        assert_eq!(read(phrase), None, "{phrase}");
    }
}
