//! How the headings of a page meet the sections that its template asks for.
//!
//! Case, apostrophes, signs, `&` for `and` and `What is` for `What's` make no difference, and a heading may hold more
//! words than the section has: `Mission, vision and guiding principles` stands for two sections.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::source::markdown::Heading;
use crate::source::nearest;

/// What came of the comparison. Headings and sections are told by their places in their lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many of the sections a heading stands for, or nearly.
    pub met: usize,
    /// The sections that nothing stands for.
    pub missing: Vec<usize>,
    /// Headings that are nearly those of a section which nothing else stands for, with it.
    pub near: Vec<(usize, usize)>,
    /// The first section that is out of order.
    pub misplaced: Option<Misplaced>,
}

/// A section that is out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// Its heading.
    pub heading: usize,
    /// The heading that it is on the wrong side of.
    pub other: usize,
    /// Whether it has to go before that, and not behind.
    pub belongs_before: bool,
}

/// How many titles of a page are compared with sections letter by letter. No template needs a hundredth of it.
const COMPARISONS: usize = 50_000;

/// Compares `headings` with `sections`.
pub fn compare(headings: &[Heading], sections: &[String]) -> Compared {
    let asked: Vec<Vec<String>> = sections.iter().map(|section| words(section)).collect();
    let written: Vec<Vec<String>> = headings.iter().map(|heading| words(&heading.title)).collect();
    let is_section = |title: &Vec<String>| asked.contains(title);
    let mut exact: HashMap<&[String], usize> = HashMap::new();
    for (at, title) in written.iter().enumerate() {
        exact.entry(title).or_insert(at);
    }
    // The title of the page says what it is about, be it `Mission and strategy`.
    let is_title = |at: usize| at == 0 && headings[0].level == 1 && !is_section(&written[0]);
    let lengths: BTreeSet<usize> =
        asked.iter().map(Vec::len).filter(|&length| length > 0).collect();
    let mut within: HashMap<&[String], usize> = HashMap::new();
    for (at, title) in written.iter().enumerate().filter(|(at, _)| !is_title(*at)) {
        for &length in &lengths {
            for words in title.windows(length) {
                within.entry(words).or_insert(at);
            }
        }
    }
    let stands_for = |section: &Vec<String>| {
        exact.get(section.as_slice()).or_else(|| within.get(section.as_slice())).copied()
    };
    let found: Vec<Option<usize>> = asked.iter().map(stands_for).collect();
    let mut missing: Vec<usize> = (0..asked.len()).filter(|&at| found[at].is_none()).collect();
    let mut near = Vec::new();
    let taken: HashSet<usize> = found.iter().flatten().copied().collect();
    let mut comparisons = COMPARISONS;
    for (at, title) in written.iter().enumerate() {
        if is_title(at) || taken.contains(&at) {
            continue;
        }
        let Some(left) = comparisons.checked_sub(missing.len()) else { break };
        comparisons = left;
        if let Some(section) = nearly(title, &asked, &missing) {
            missing.retain(|&other| other != section);
            near.push((at, section));
        }
    }
    // A heading with more words may stand for several sections, which have no order then.
    let exact = |section: usize| found[section].filter(|&at| written[at] == asked[section]);
    let in_order: Vec<usize> = (0..asked.len()).filter_map(exact).collect();
    Compared {
        met: asked.len() - missing.len(),
        missing,
        near,
        misplaced: misplaced(&in_order).filter(|found| {
            // What is a part of a section has no place before or behind it.
            !is_within(headings, found.heading, found.other)
                && !is_within(headings, found.other, found.heading)
        }),
    }
}

/// The words of a heading, in one spelling.
fn words(title: &str) -> Vec<String> {
    let lower = title.to_lowercase().replace('&', " and ");
    let straight: String = lower
        .chars()
        .map(|c| {
            if matches!(c, '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{2bc}') { '\'' } else { c }
        })
        .collect();
    let mut words = Vec::new();
    for word in straight.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        match word.trim_matches('\'') {
            "" => {}
            "what's" | "whats" => words.extend(["what", "is"].map(str::to_owned)),
            "we're" => words.extend(["we", "are"].map(str::to_owned)),
            word => words.push(word.replace('\'', "")),
        }
    }
    words
}

/// Which of the `missing` sections `title` nearly is: by a few letters, or by its beginning.
fn nearly(title: &[String], asked: &[Vec<String>], missing: &[usize]) -> Option<usize> {
    let begins = missing.iter().find(|&&at| {
        title.len() >= 2 && title.len() * 2 >= asked[at].len() && asked[at].starts_with(title)
    });
    if let Some(&section) = begins {
        return Some(section);
    }
    let joined: Vec<(usize, String)> = missing.iter().map(|&at| (at, asked[at].concat())).collect();
    let near = nearest(&title.concat(), joined.iter().map(|(_, section)| section.as_str()))?;
    joined.iter().find(|(_, section)| section == near).map(|(at, _)| *at)
}

/// The first of `headings`, which are listed as the template has them, that is out of order: not one of the most
/// that can stay where they are.
fn misplaced(headings: &[usize]) -> Option<Misplaced> {
    let stays = longest_rise(headings);
    let is_moved = |at: &usize| stays.binary_search(at).is_err();
    let at = (0..headings.len()).filter(is_moved).min_by_key(|&at| headings[at])?;
    let heading = headings[at];
    let behind = stays.iter().find(|&&other| other > at && headings[other] < heading);
    let before = stays.iter().rev().find(|&&other| other < at && headings[other] > heading);
    let (other, belongs_before) =
        behind.map(|other| (other, true)).or_else(|| Some((before?, false)))?;
    Some(Misplaced { heading, other: headings[*other], belongs_before })
}

/// Whether the heading at `part` stands in the section under the one at `whole`.
fn is_within(headings: &[Heading], part: usize, whole: usize) -> bool {
    let level = headings[whole].level;
    whole < part && headings[whole + 1..=part].iter().all(|heading| heading.level > level)
}

/// The places of a longest rising series in `numbers`; of several, the first.
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    // The longest series from each place on, and where it goes next.
    let mut best: Vec<(usize, Option<usize>)> = vec![(1, None); numbers.len()];
    // For each length the place with the highest number that begins a series of it, among those looked at.
    let mut highest: Vec<usize> = Vec::new();
    let mut places: Vec<Vec<usize>> = Vec::new();
    for at in (0..numbers.len()).rev() {
        let length = highest.partition_point(|&place| numbers[place] > numbers[at]);
        if let Some(before) = length.checked_sub(1) {
            // Of those that go on as long, the first in the list.
            let next = places[before].iter().rev().find(|&&place| numbers[place] > numbers[at]);
            best[at] = (length + 1, next.copied());
        }
        match highest.get_mut(length) {
            Some(place) => *place = at,
            None => {
                highest.push(at);
                places.push(Vec::new());
            }
        }
        places[length].push(at);
    }
    let mut next = (0..numbers.len()).rev().max_by_key(|&at| best[at].0);
    let mut series = Vec::new();
    while let Some(at) = next {
        series.push(at);
        next = best[at].1;
    }
    series
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::markdown::Outline;

    const SECTIONS: [&str; 5] = [
        "Mission",
        "Guiding principles",
        "Where we are now",
        "Strategy and Plans",
        "What's next & why",
    ];

    fn compared(titles: &[&str]) -> Compared {
        let page = ["## ", &titles.join("\n\n## "), "\n"].concat();
        compare(&Outline::parse(&page).headings, &SECTIONS.map(str::to_owned))
    }

    #[test]
    fn spelling_and_words_around_make_no_difference() {
        let whole = compared(&[
            "Our mission, vision and guiding principles",
            "Where we are now:",
            "Strategy & plans",
            "What is Next and Why?",
        ]);
        assert_eq!(whole, Compared { met: 5, ..Compared::default() });
    }

    #[test]
    fn a_heading_that_is_nearly_right_is_told_apart_from_a_section_that_is_missing() {
        let some = compared(&["Misson", "Guiding principles", "What's next", "Vision"]);
        assert_eq!(some.near, [(0, 0), (2, 4)]);
        assert_eq!(some.missing, [2, 3]);
        let none = compared(&["Goals", "Where"]);
        assert_eq!((none.met, none.missing.len(), none.near.len()), (0, 5, 0));
    }

    #[test]
    fn the_section_that_moved_is_told_and_not_those_it_passed() {
        let order = |titles: &[&str]| {
            compared(titles)
                .misplaced
                .map(|found| (found.heading, found.other, found.belongs_before))
        };
        assert_eq!(order(&SECTIONS), None);
        assert_eq!(
            order(&["Strategy and plans", "Mission", "Guiding principles"]),
            Some((0, 2, false))
        );
        assert_eq!(
            order(&["Guiding principles", "Where we are now", "Mission"]),
            Some((2, 0, true))
        );
        assert_eq!(order(&["Where we are now and mission"]), None);
    }

    #[test]
    fn a_part_of_a_section_is_neither_before_nor_behind_it() {
        let page = "# Boats\n\n## What's next & why\n\n### FY23\n\n#### Mission\n";
        let headings = Outline::parse(page).headings;
        assert_eq!(compare(&headings, &SECTIONS.map(str::to_owned)).misplaced, None);
    }

    #[test]
    fn the_title_of_the_page_is_no_section() {
        let headings = Outline::parse("# Mission and strategy\n\n## Where we are now\n").headings;
        assert_eq!(compare(&headings, &SECTIONS.map(str::to_owned)).missing, [0, 1, 3, 4]);
    }
}
