//! Whatever stands around a date: a stamp changes the characters of the date, and a second one nothing.

use std::fs;

use jiff::civil::date;
use pmctl::config::{Config, Pages, Profile};
use pmctl::handbook::Scope;
use pmctl::repo::Repo;
use pmctl::review::Survey;
use pmctl::review::stamp::{self, Stamping, stamp};
use pmctl::source::edit::{self, Edits};
use proptest::prelude::*;

/// The ways in which a page says when it was reviewed, with `DATE` for the date.
const FORMS: [&str; 7] = [
    "Content Last Reviewed: DATE",
    "**Content last reviewed on DATE**",
    "| | |\n| --- | --- |\n| Content Last Reviewed | `DATE` |",
    "| **Stage** | **Content Last Reviewed** |\n| --- | --- |\n| Plan | DATE |",
    "<!--* freshness: { owner: 'ada' reviewed: 'DATE' } *-->",
    "_Last reviewed: DATE_",
    "Last reviewed on DATE by Ada.",
];

/// How a date and the stamp of 2026-01-31 are written.
const DATES: [(&str, &str); 6] = [
    ("2025-11-03", "2026-01-31"),
    ("2025-11", "2026-01-31"),
    ("2025-8-18", "2026-01-31"),
    ("Nov 3, 2025", "Jan 31, 2026"),
    ("3 November 2025", "31 January 2026"),
    ("2025年11月3日", "2026年1月31日"),
];

/// Stamps the page in `repo` through the one writer; `false` if it carries the date already.
fn stamp_page(repo: &Repo) -> bool {
    let today = date(2026, 1, 31);
    let mut config =
        Config::load(repo, None, None, Some(Profile::Default)).expect("a configuration");
    config.pages = vec![Pages::asked_for(["page.md"]).expect("a pattern")];
    let (loaded, survey) = Survey::load(repo, &config, Scope::Whole, today);
    let page = &survey.pages[0];
    let stamping = stamp(page, &loaded.files, config.profile, today).expect("it can be stamped");
    let Stamping::Edit(edit) = stamping else { return false };
    let edits: Edits = [edit].into_iter().collect();
    let prepared =
        edit::prepare(&loaded.files, &edits, |change| stamp::check(change, &page.path, today))
            .expect("it can be prepared");
    edit::write(repo.root(), &prepared).expect("it can be written");
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_stamp_is_the_date_and_nothing_else(
        form in prop::sample::select(&FORMS[..]),
        (old, new) in prop::sample::select(&DATES[..]),
        title in "[A-Z][a-zé ]{0,20}",
        // Prose without anything that could be taken for a date or a marker.
        text in prop::collection::vec("[a-mo-qs-tv-z ,.日]{0,40}[ \t]{0,2}", 0..6),
        has_bom in any::<bool>(),
        eol in prop::sample::select(&["\n", "\r\n"][..]),
        has_final_break in any::<bool>(),
    ) {
        let body = format!("# {title}\n\n{form}\n\n{}", text.join("\n"));
        let bom = if has_bom { "\u{feff}" } else { "" };
        let end = if has_final_break { eol } else { "" };
        let page = |day: &str| {
            let body = body.trim_end_matches(['\n', '\r']).replace('\n', eol);
            format!("{bom}{}{end}", body.replace("DATE", day))
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page.md");
        fs::write(&path, page(old)).expect("a page");
        let repo = Repo::at(folder.path());

        prop_assert!(stamp_page(&repo));
        prop_assert_eq!(fs::read_to_string(&path).expect("a page"), page(new));
        prop_assert!(!stamp_page(&repo), "twice is once");
        prop_assert_eq!(fs::read_to_string(&path).expect("a page"), page(new));
    }

    #[test]
    fn a_first_stamp_is_one_line_and_the_rest_stays(
        title in "[A-Z][a-zé ]{0,20}",
        text in prop::collection::vec("[a-mo-qs-tv-z ,.日]{1,40}", 0..6),
        has_title in any::<bool>(),
        has_bom in any::<bool>(),
        eol in prop::sample::select(&["\n", "\r\n"][..]),
    ) {
        let bom = if has_bom { "\u{feff}" } else { "" };
        let title = if has_title { format!("# {title}\n\n") } else { String::new() };
        let page = format!("{bom}{}", format!("{title}{}\n", text.join("\n")).replace('\n', eol));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page.md");
        fs::write(&path, &page).expect("a page");
        let repo = Repo::at(folder.path());

        prop_assert!(stamp_page(&repo));
        let stamped = fs::read_to_string(&path).expect("a page");
        let line = format!("Last reviewed: 2026-01-31{eol}");
        prop_assert_eq!(stamped.matches(&line).count(), 1);
        // Without the line, and the empty one that it brings, the page is as it was.
        let without = stamped.replacen(&line, "", 1);
        let shorter = without.len() - page.len();
        prop_assert!(shorter <= 2 * eol.len(), "{stamped:?}");
        let unmarked = |text: &str| text.trim_start_matches('\u{feff}').to_owned();
        let words = |text: &str| unmarked(text).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(&without), words(&page));
        prop_assert!(!stamp_page(&repo));
    }
}
