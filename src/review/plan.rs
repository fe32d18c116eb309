//! Spreading the next reviews, so that nobody has too many in one week.

use std::collections::HashMap;

use jiff::Span as Time;
use jiff::civil::{Date, Weekday};

use super::{PageReview, Survey};

/// When a page is to be reviewed next.
#[derive(Clone, Debug)]
pub struct Planned<'s> {
    /// The page.
    pub page: &'s PageReview,
    /// The Monday of the week.
    pub week: Date,
    /// The day: when it is due if that is in the week, else the week's first day that is not over.
    pub day: Date,
}

/// A plan for the pages of `survey` in which nobody has more than `per_week` of them in a week. Pages that are
/// overdue or carry no date come first, the longest due and the most changed at the head; the others keep
/// their week if it has room, else they come earlier, and later only where there is no earlier room.
pub fn plan(survey: &Survey, per_week: usize) -> Vec<Planned<'_>> {
    let today = survey.today;
    let first = monday(today);
    let mut queue: Vec<&PageReview> = survey.pages.iter().collect();
    queue.sort_by(|one, other| {
        let rank = |page: &PageReview| {
            let commits = page.commits_since_review().unwrap_or(0);
            // Without a date a page was never reviewed: nothing is due longer.
            (page.due.map(|due| due.max(today)), page.due, std::cmp::Reverse(commits))
        };
        rank(one).cmp(&rank(other)).then_with(|| one.path.cmp(&other.path))
    });
    let mut load: HashMap<(&str, Date), usize> = HashMap::new();
    let mut planned = Vec::new();
    for page in queue {
        let owners: Vec<&str> = match page.ownership.owners.as_slice() {
            [] => vec![""],
            owners => owners.iter().map(String::as_str).collect(),
        };
        let has_room = |week: Date| {
            owners.iter().all(|owner| load.get(&(*owner, week)).copied().unwrap_or(0) < per_week)
        };
        let wanted = page.due.map_or(first, |due| monday(due.max(today)));
        let Some(week) = earlier(first, wanted).chain(later(wanted)).find(|week| has_room(*week))
        else {
            continue;
        };
        for owner in &owners {
            *load.entry((owner, week)).or_default() += 1;
        }
        let day = match page.due {
            Some(due) if monday(due) == week && due >= today => due,
            _ => week.max(today),
        };
        planned.push(Planned { page, week, day });
    }
    planned.sort_by(|one, other| (one.day, &one.page.path).cmp(&(other.day, &other.page.path)));
    planned
}

fn monday(day: Date) -> Date {
    let days = day.weekday().since(Weekday::Monday);
    day.checked_sub(Time::new().days(days)).unwrap_or(day)
}

/// The week `wanted` and those before it, back to `first`.
fn earlier(first: Date, wanted: Date) -> impl Iterator<Item = Date> {
    let weeks =
        std::iter::successors(Some(wanted), |week| week.checked_sub(Time::new().weeks(1)).ok());
    weeks.take_while(move |week| *week >= first)
}

/// The weeks after `wanted`.
fn later(wanted: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(wanted), |week| week.checked_add(Time::new().weeks(1)).ok()).skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_its_monday() {
        assert_eq!(monday(date(2026, 1, 31)), date(2026, 1, 26));
        assert_eq!(monday(date(2026, 1, 26)), date(2026, 1, 26));
        let weeks: Vec<Date> = earlier(date(2026, 1, 26), date(2026, 2, 9)).collect();
        assert_eq!(weeks, [date(2026, 2, 9), date(2026, 2, 2), date(2026, 1, 26)]);
        assert_eq!(later(date(2026, 2, 9)).next(), Some(date(2026, 2, 16)));
    }
}
