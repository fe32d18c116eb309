//! Where a page stands: fresh, due, or without a date that says.

use std::fmt;

use jiff::civil::Date;

use crate::config::Interval;

/// Where a page stands with its review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Status {
    /// The next review was due before today.
    Overdue,
    /// It is due today or soon.
    DueSoon,
    /// The next review is due later.
    Fresh,
    /// The date is later than tomorrow, so no review was on it. Tomorrow is today somewhere.
    Future,
    /// What stands where the date belongs is none.
    Malformed,
    /// The page draws its date from a partial that is not there.
    Unresolved,
    /// The page carries no date of a review.
    Missing,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Overdue,
        Self::DueSoon,
        Self::Fresh,
        Self::Future,
        Self::Malformed,
        Self::Unresolved,
        Self::Missing,
    ];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Malformed => "malformed",
            Self::Future => "future",
            Self::Unresolved => "unresolved",
            Self::Missing => "missing",
            Self::Fresh => "fresh",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Whether `day` is none that anybody has reached when it is `today` here: later than tomorrow. East of here it may be
/// tomorrow already.
pub fn is_future(day: Date, today: Date) -> bool {
    today.tomorrow().is_ok_and(|tomorrow| day > tomorrow)
}

/// When the next review is due after one on `reviewed`, and where that leaves the page today.
pub fn judge(
    reviewed: Date,
    cadence: Interval,
    due_soon: Interval,
    today: Date,
) -> (Option<Date>, Status) {
    if is_future(reviewed, today) {
        return (None, Status::Future);
    }
    let due = cadence.after(reviewed);
    let status = match due {
        Some(due) if due < today => Status::Overdue,
        Some(due) if due_soon.after(today).is_some_and(|soon| due <= soon) => Status::DueSoon,
        _ => Status::Fresh,
    };
    (due, status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn on(reviewed: Date) -> (Option<Date>, Status) {
        judge(reviewed, Interval::MONTH, Interval::WEEK, date(2026, 1, 31))
    }

    #[test]
    fn a_page_is_due_soon_from_a_week_before_until_the_day_itself() {
        assert_eq!(on(date(2026, 1, 31)).1, Status::Fresh);
        assert_eq!(on(date(2026, 1, 8)), (Some(date(2026, 2, 8)), Status::Fresh));
        assert_eq!(on(date(2026, 1, 7)), (Some(date(2026, 2, 7)), Status::DueSoon));
        assert_eq!(on(date(2025, 12, 31)), (Some(date(2026, 1, 31)), Status::DueSoon));
        assert_eq!(on(date(2025, 12, 30)), (Some(date(2026, 1, 30)), Status::Overdue));
    }

    #[test]
    fn a_review_of_the_day_after_tomorrow_is_none() {
        assert_eq!(on(date(2026, 2, 1)), (Some(date(2026, 3, 1)), Status::Fresh));
        assert_eq!(on(date(2026, 2, 2)), (None, Status::Future));
        assert!(!is_future(Date::MAX, Date::MAX));
    }
}
