//! Units of effort.

use crate::rice::Exact;

/// Units of effort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A working day; a week has 5, a month 21.
    Day,
    /// A week of 5 working days.
    Week,
    /// A person-month.
    #[default]
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl Unit {
    /// The unit that `word` means: `weeks`, `wk.`, `pw`.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().trim_end_matches('.') {
            "d" | "day" | "days" | "pd" | "pds" | "md" | "mds" | "workday" | "workdays" => {
                Self::Day
            }
            "w" | "wk" | "wks" | "week" | "weeks" | "pw" | "pws" | "mw" | "mws" => Self::Week,
            "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" | "pm" | "pms" | "mm"
            | "mms" => Self::Month,
            "q" | "quarter" | "quarters" => Self::Quarter,
            "y" | "yr" | "yrs" | "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    /// What it is called, of several.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Quarter => "quarters",
            Self::Year => "years",
        }
    }

    /// How many months it is, by a calendar in which equal work ties: a month has 21 working days, a week 5.
    pub fn months(self) -> Exact {
        match self {
            Self::Day => Exact::new(1, 21),
            Self::Week => Exact::new(5, 21),
            Self::Month => Exact::ONE,
            Self::Quarter => Exact::new(3, 1),
            Self::Year => Exact::new(12, 1),
        }
    }
}

/// Words before a unit, as in `person-months`. Of two with one beginning the longer comes first.
const BEFORE_UNITS: [&str; 14] = [
    "person",
    "people",
    "engineering",
    "engineer",
    "developer",
    "dev",
    "man",
    "staff",
    "fte",
    "working",
    "work",
    "calendar",
    "eng",
    "p",
];

/// Whether `word` may stand before a unit and changes nothing.
pub(in crate::rice) fn is_before_unit(word: &str) -> bool {
    BEFORE_UNITS.contains(&word)
        || BEFORE_UNITS.iter().any(|before| word.strip_suffix('s') == Some(before))
}

/// Takes a unit off the beginning of `text`, with `person-` or the like before it.
pub(super) fn take_unit(text: &str) -> (Option<Unit>, &str) {
    let mut rest = text;
    let mut shortest = 1;
    for before in BEFORE_UNITS {
        let Some(after) = rest.strip_prefix(before) else { continue };
        let after = after.strip_prefix('s').unwrap_or(after);
        let apart = after.trim_start_matches(['-', ' ']);
        // `person months`, `man-days`, `devdays`; but `pm` is a unit itself, and `many` none.
        if apart.len() < after.len() || before.len() > 1 {
            shortest = if apart.len() < after.len() { 1 } else { 3 };
            rest = apart;
            break;
        }
    }
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    match Unit::named(&rest[..end]).filter(|_| end >= shortest) {
        Some(unit) => (Some(unit), rest[end..].trim_start_matches('.')),
        None => (None, text),
    }
}

/// Words that say how much work there is in something else than time, or how many do it.
const MEASURES: [&str; 46] = [
    "sprint",
    "sprints",
    "iteration",
    "iterations",
    "cycle",
    "cycles",
    "point",
    "points",
    "pt",
    "pts",
    "sp",
    "sps",
    "story",
    "stories",
    "hour",
    "hours",
    "h",
    "hr",
    "hrs",
    "minute",
    "minutes",
    "min",
    "mins",
    "people",
    "persons",
    "person",
    "dev",
    "devs",
    "developer",
    "developers",
    "engineer",
    "engineers",
    "designer",
    "designers",
    "fte",
    "ftes",
    "team",
    "teams",
    "squad",
    "squads",
    "head",
    "heads",
    "half",
    "size",
    "sizes",
    "ppl",
];

/// Whether `word` measures work in something that is no known unit.
pub(in crate::rice) fn is_measure(word: &str) -> bool {
    MEASURES.contains(&word)
}
