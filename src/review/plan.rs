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
/// their week if it has room, else they come earlier, and later only where there is no earlier room. No day is a
/// Saturday or a Sunday.
pub fn plan(survey: &Survey, per_week: usize) -> Vec<Planned<'_>> {
    let today = workday(survey.today);
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
    let mut diaries: HashMap<&str, Diary> = HashMap::new();
    let mut planned = Vec::new();
    for page in queue {
        let owners: Vec<&str> = match page.ownership.owners.as_slice() {
            [] => vec![""],
            owners => owners.iter().map(String::as_str).collect(),
        };
        let wanted = page.due.map_or(first, |due| monday(due.max(today)));
        let wanted = weeks_between(first, wanted);
        let earlier = common_week(&owners, &mut diaries, wanted, Diary::free_until);
        let number = match earlier {
            0.. => earlier,
            _ => common_week(&owners, &mut diaries, wanted + 1, Diary::free_from),
        };
        let Ok(week) = first.checked_add(Time::new().weeks(number)) else { continue };
        for owner in &owners {
            diaries.entry(owner).or_default().add(number, per_week);
        }
        let day = match page.due {
            Some(due) if monday(due) == week && due >= today => due.min(friday(week)),
            _ => week.max(today),
        };
        planned.push(Planned { page, week, day });
    }
    planned.sort_by(|one, other| (one.day, &one.page.path).cmp(&(other.day, &other.page.path)));
    planned
}

/// The weeks of one owner, counted from the first of the plan.
#[derive(Debug, Default)]
struct Diary {
    /// How many pages each week has.
    load: HashMap<i64, usize>,
    /// For each full week one before it that may be free: not the next, but one that all between are full.
    before: HashMap<i64, i64>,
    /// The same for the weeks after it.
    after: HashMap<i64, i64>,
}

impl Diary {
    /// Plans one more page in `week`.
    fn add(&mut self, week: i64, per_week: usize) {
        let load = self.load.entry(week).or_default();
        *load += 1;
        if *load >= per_week {
            self.before.insert(week, week - 1);
            self.after.insert(week, week + 1);
        }
    }

    /// The last week with room that is `week` or before it.
    fn free_until(&mut self, week: i64) -> i64 {
        end(&mut self.before, week)
    }

    /// The first week with room that is `week` or after it.
    fn free_from(&mut self, week: i64) -> i64 {
        end(&mut self.after, week)
    }
}

/// Where the steps from `week` end. They are made shorter, so that no way is gone twice.
fn end(steps: &mut HashMap<i64, i64>, week: i64) -> i64 {
    let (mut end, mut passed) = (week, Vec::new());
    while let Some(next) = steps.get(&end) {
        passed.push(end);
        end = *next;
    }
    steps.extend(passed.into_iter().map(|week| (week, end)));
    end
}

/// The week nearest to `week` in the direction of `free` in which all `owners` have room; before the first week, any number.
fn common_week<'o>(
    owners: &[&'o str],
    diaries: &mut HashMap<&'o str, Diary>,
    mut week: i64,
    free: impl Fn(&mut Diary, i64) -> i64,
) -> i64 {
    loop {
        let wanted = week;
        for owner in owners {
            week = free(diaries.entry(owner).or_default(), week);
        }
        if week == wanted || week < 0 {
            return week;
        }
    }
}

/// How many weeks lie between two Mondays.
fn weeks_between(first: Date, week: Date) -> i64 {
    i64::from(week.since(first).map_or(0, |span| span.get_days()) / 7)
}

fn monday(day: Date) -> Date {
    let days = day.weekday().since(Weekday::Monday);
    day.checked_sub(Time::new().days(days)).unwrap_or(day)
}

/// The Friday of the week that begins on `monday`.
fn friday(monday: Date) -> Date {
    monday.checked_add(Time::new().days(4)).unwrap_or(monday)
}

/// `day`, or the Monday after it if it is a Saturday or a Sunday.
fn workday(day: Date) -> Date {
    match day > friday(monday(day)) {
        true => monday(day).checked_add(Time::new().weeks(1)).unwrap_or(day),
        false => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_its_monday() {
        assert_eq!(monday(date(2026, 1, 31)), date(2026, 1, 26));
        assert_eq!(monday(date(2026, 1, 26)), date(2026, 1, 26));
        assert_eq!(weeks_between(date(2026, 1, 26), date(2026, 2, 9)), 2);
        assert_eq!(friday(date(2026, 1, 26)), date(2026, 1, 30));
        assert_eq!(workday(date(2026, 1, 30)), date(2026, 1, 30));
        assert_eq!(workday(date(2026, 1, 31)), date(2026, 2, 2));
        assert_eq!(workday(date(2026, 2, 1)), date(2026, 2, 2));
    }

    #[test]
    fn full_weeks_are_left_out_in_both_directions() {
        let mut diaries: HashMap<&str, Diary> = HashMap::new();
        for week in [3, 2, 2, 1, 5] {
            diaries.entry("ada").or_default().add(week, 1);
        }
        diaries.entry("bo").or_default().add(4, 1);
        diaries.entry("bo").or_default().add(0, 1);
        let mut both = |week, free: fn(&mut Diary, i64) -> i64| {
            common_week(&["ada", "bo"], &mut diaries, week, free)
        };
        assert_eq!(both(6, Diary::free_until), 6);
        assert!(both(5, Diary::free_until) < 0);
        assert_eq!(both(3, Diary::free_from), 6);
        assert_eq!(common_week(&["ada"], &mut diaries, 5, Diary::free_until), 4);
        assert_eq!(common_week(&["ada"], &mut diaries, 3, Diary::free_until), 0);
    }
}
