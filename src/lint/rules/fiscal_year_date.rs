//! `fiscal-year-date`: a date of a fiscal year.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::prose::{Lines, Prose};
use crate::config::Profile;
use crate::handbook::Page;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "fiscal-year-date",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on a fiscal year or a part of one on a direction page, such as `FY23-Q2`, `FY 2024` or `fiscal year 2024`; on strategy pages too, but for the sourcegraph profile, whose house writes its dates so. Code, links and labels do not count. A calendar date in brackets behind it is enough: `FY24 (until 2024-01-31)`.",
        why: "Fiscal years begin in another month in every company, so readers outside take the date for another one.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nSorting by year comes in FY27-Q2.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nSorting by year comes in May 2026.\n",
        },
        source: "GitLab: dates on direction pages are given in calendar years, not fiscal years. Sourcegraph: a fiscal year is written with `FY` before it.",
    },
    check,
};

/// What a fiscal year begins with.
const BEGINNINGS: [&str; 4] = ["FY", "fiscal year", "fiscal-year", "fiscal"];

/// The months of the quarters of GitLab's fiscal year, which begins in February of the year before.
const QUARTERS_OF_GITLAB: [(&str, &str); 4] =
    [("February", "April"), ("May", "July"), ("August", "October"), ("November", "January")];

/// A fiscal year, and how it is written.
#[derive(Debug, PartialEq, Eq)]
struct FiscalDate {
    span: Range<usize>,
    year: u16,
    /// From 1 to 4.
    quarter: Option<u8>,
    /// Whether it is a half of the year.
    is_half: bool,
}

fn check(context: Context<'_>, report: &mut Report) {
    let profile = context.handbook.profile;
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        if !is_for(page, profile) {
            return;
        }
        let prose = LazyCell::new(|| Prose::of(text, outline));
        for (line, date) in fiscal_dates(text) {
            let place = date.span.clone();
            if prose.holds(place.start) && !has_calendar_date(text, &line, &place) {
                report.add(fiscal(Span::new(page.file, place), text, &date, profile));
            }
        }
    });
}

/// Whether the rule is about `page`.
fn is_for(page: &Page, profile: Profile) -> bool {
    page.kind == "direction" || page.kind == "strategy" && profile != Profile::Sourcegraph
}

fn fiscal(place: Span, text: &str, date: &FiscalDate, profile: Profile) -> Finding {
    let written = text[place.range()].split_whitespace().collect::<Vec<_>>().join(" ");
    let help = match date.in_calendar() {
        Some(months) if profile == Profile::Gitlab => {
            format!("give the date in calendar years; GitLab's `{written}` is {months}")
        }
        _ => "give the date in calendar years".to_owned(),
    };
    Finding::new(place, format!("`{written}` is a date of a fiscal year"))
        .label("not a calendar date")
        .help(help)
}

impl FiscalDate {
    /// When it is at GitLab; a half is not looked up.
    fn in_calendar(&self) -> Option<String> {
        let (year, before) = (self.year, self.year.checked_sub(1)?);
        if self.is_half {
            return None;
        }
        let Some(quarter) = self.quarter else {
            return Some(format!("February {before} to January {year}"));
        };
        let (first, last) = QUARTERS_OF_GITLAB.get(usize::from(quarter).checked_sub(1)?)?;
        Some(match quarter {
            4 => format!("{first} {before} to {last} {year}"),
            _ => format!("{first} to {last} {before}"),
        })
    }
}

/// The fiscal dates in `text`, each with its line.
fn fiscal_dates(text: &str) -> Vec<(Range<usize>, FiscalDate)> {
    /// What all beginnings begin with.
    static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::builder().ascii_case_insensitive(true).build(["fy", "fiscal"]).ok()
    });
    let (mut dates, mut lines, mut at) = (Vec::new(), Lines::of(text), 0);
    for start in WORDS.iter().flat_map(|words| words.find_iter(text)).map(|word| word.start()) {
        let Some(line) = lines.around(start).filter(|_| start >= at) else { continue };
        if let Some(date) = fiscal_date(&text.as_bytes()[line.clone()], start - line.start) {
            let span = line.start + date.span.start..line.start + date.span.end;
            at = span.end;
            dates.push((line, FiscalDate { span, ..date }));
        }
    }
    dates
}

/// The fiscal date whose `FY` or `fiscal` begins at `start`.
fn fiscal_date(line: &[u8], start: usize) -> Option<FiscalDate> {
    let rest = &line[start..];
    let beginning = BEGINNINGS.iter().find(|word| {
        let word = word.as_bytes();
        rest.get(..word.len()).is_some_and(|begin| match word {
            // `fy` in small letters is a name.
            b"FY" => begin == word,
            _ => begin.eq_ignore_ascii_case(word),
        })
    })?;
    let mut at = start + beginning.len();
    let gap = separators(&line[at..]);
    if *beginning != "FY" && gap == 0 {
        return None;
    }
    at += gap;
    let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let year: u16 = std::str::from_utf8(&line[at..at + digits]).ok()?.parse().ok()?;
    let year = match digits {
        2 if *beginning == "FY" => 2000 + year,
        4 if (1990..2100).contains(&year) => year,
        _ => return None,
    };
    at += digits;
    let (before, quarter_before) = quarter_before(line, start);
    let (after, quarter_after) = quarter_after(&line[at..]);
    at += after;
    let span = start - before..at;
    let quarter = quarter_after.or(quarter_before);
    let is_half = quarter.is_some_and(|(unit, _)| unit == b'H');
    let ends_well = stands_free(line, &span);
    ends_well.then_some(FiscalDate {
        span,
        year,
        quarter: quarter.map(|(_, number)| number),
        is_half,
    })
}

/// Whether `span` is no part of a longer name, a path or a label.
fn stands_free(line: &[u8], span: &Range<usize>) -> bool {
    let before = span.start.checked_sub(1).map(|at| line[at]);
    let is_label = match before {
        Some(b'"' | b'\'') => span.start >= 2 && line[span.start - 2] == b'~',
        before => before == Some(b'~'),
    };
    let begins = match &line[..span.start] {
        // Emphasis may begin here.
        [.., before, b'_'] => !before.is_ascii_alphanumeric(),
        [.., byte] => {
            !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/' | b'.' | b'#' | b'@')
        }
        [] => true,
    };
    let rest = &line[span.end..];
    let ends = match rest {
        [b':', b':', ..] => false,
        [b'_' | b'-' | b'/' | b'.', next, ..] => {
            // Emphasis may end here, and so may a sentence; `FY23-24` and `FY23/24` are dates all the same.
            !next.is_ascii_alphabetic() || rest.starts_with(b"/FY") || rest.starts_with(b"-FY")
        }
        [next, ..] => !next.is_ascii_alphanumeric(),
        [] => true,
    };
    begins && ends && !is_label
}

/// How many bytes stand between the parts of a date.
fn separators(rest: &[u8]) -> usize {
    match rest {
        [b' ' | b'-' | b'\'' | b'_', ..] => 1,
        // The apostrophe of print, `FY’23`.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

/// The quarter or half behind a year: `-Q2`, ` H1`, `Q3`, ` (Q2)` is none; how long it is.
fn quarter_after(rest: &[u8]) -> (usize, Option<(u8, u8)>) {
    let gap = separators(rest);
    match rest.get(gap..) {
        Some([unit @ (b'Q' | b'H'), number @ b'1'..=b'4', rest @ ..])
            if rest.first().is_none_or(|next| !next.is_ascii_alphanumeric()) =>
        {
            (gap + 2, Some((*unit, number - b'0')))
        }
        _ => (0, None),
    }
}

/// The quarter or half before a year: `Q2 FY23`, `H1FY23`; how far before it begins.
fn quarter_before(line: &[u8], start: usize) -> (usize, Option<(u8, u8)>) {
    let gap = usize::from(start > 0 && matches!(line[start - 1], b' ' | b'-' | b'/'));
    match &line[..start - gap] {
        [before @ .., unit @ (b'Q' | b'H'), number @ b'1'..=b'4']
            if before.last().is_none_or(|before| !before.is_ascii_alphanumeric()) =>
        {
            (gap + 2, Some((*unit, number - b'0')))
        }
        _ => (0, None),
    }
}

/// Whether a calendar year stands in brackets behind `span`, or `span` in brackets behind one.
fn has_calendar_date(text: &str, line: &Range<usize>, span: &Range<usize>) -> bool {
    /// No date is longer.
    const REACH: usize = 40;
    let behind = text.as_bytes()[span.end..line.end].trim_ascii_start();
    let in_brackets = behind.strip_prefix(b"(").map(|inner| {
        let inner = &inner[..inner.len().min(REACH)];
        inner.split(|byte| *byte == b')').next().unwrap_or(inner)
    });
    let before = &text.as_bytes()[line.start..span.start];
    let before = &before[before.len().saturating_sub(REACH)..];
    let before_brackets = before.strip_suffix(b"(").map(|before| {
        let before = before.trim_ascii_end();
        &before[before.len().saturating_sub("December 31, 2026".len())..]
    });
    in_brackets.is_some_and(has_year) || before_brackets.is_some_and(has_year)
}

/// Whether a year of four digits stands in `text`, and no fiscal one.
fn has_year(text: &[u8]) -> bool {
    let mut words = text.split(|byte| !byte.is_ascii_alphanumeric());
    words.any(|word| {
        word.len() == 4 && word.starts_with(b"20") && word[2..].iter().all(u8::is_ascii_digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        let dates = fiscal_dates(line);
        dates.into_iter().map(|(_, date)| &line[date.span]).collect()
    }

    #[test]
    fn a_fiscal_date_has_many_spellings() {
        for line in [
            "FY23",
            "FY2023",
            "FY 24",
            "FY'23",
            "FY’23",
            "FY23-Q2",
            "FY23 Q2",
            "FY23Q2",
            "FY22H2",
            "Q2 FY23",
            "Q2FY23",
            "Q4-FY2023",
            "fiscal year 2024",
            "Fiscal 2024",
            "fiscal-year 2024",
            "FY2024 Q1",
        ] {
            assert_eq!(found(line), [line]);
            let sentence = format!("_In {line}, we_");
            assert_eq!(found(&sentence), [line]);
        }
        assert_eq!(found("FY23/FY24 and (FY25)."), ["FY23", "FY25"]);
        assert_eq!(found("_FY23_ and **FY24**"), ["FY23", "FY24"]);
    }

    #[test]
    fn labels_names_and_numbers_are_no_fiscal_dates() {
        for line in [
            "FY",
            "FYI 23",
            "FY123",
            "FY3",
            "fy23",
            "~FY23",
            "~\"FY23-Q2\"",
            "FY23::planned",
            "plan-FY23",
            "plan_FY23",
            "a/FY23",
            "FY23-planning",
            "the fiscal year",
            "fiscal 23",
            "FY23x",
        ] {
            assert_eq!(found(line), Vec::<&str>::new(), "{line}");
        }
    }

    #[test]
    fn a_calendar_date_in_brackets_is_enough() {
        let has = |line: &str| {
            let (_, date) = fiscal_dates(line).remove(0);
            has_calendar_date(line, &(0..line.len()), &date.span)
        };
        assert!(has("End of FY24 (2024-01-31) Goal"));
        assert!(has("FY24-Q1 (February to April 2023)"));
        assert!(has("in April 2023 (FY24-Q1)"));
        assert!(!has("FY24 (in brief)"));
        assert!(!has("FY24 (FY2023)"));
    }

    #[test]
    fn the_fiscal_year_of_gitlab_begins_in_february_of_the_year_before() {
        let months = |line: &str| fiscal_dates(line).remove(0).1.in_calendar();
        assert_eq!(months("FY23-Q2").as_deref(), Some("May to July 2022"));
        assert_eq!(months("FY23-Q4").as_deref(), Some("November 2022 to January 2023"));
        assert_eq!(months("FY2024").as_deref(), Some("February 2023 to January 2024"));
        assert_eq!(months("FY23-H1"), None);
    }
}
