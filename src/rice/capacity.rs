//! What fits into so many person-months: down the ranking, and at its best.

use super::ranking::Ranking;
use super::{Exact, Factor, Judged};

/// How many selections are compared before the best one is given up.
const MAX_STATES: usize = 4_000_000;

/// What is done with a number of person-months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The person-months that there are.
    pub capacity: Exact,
    /// What the walk down the ranking takes: each idea that still fits.
    pub taken: Selection,
    /// The selection with the highest total of Reach x Impact x Confidence; of several such, one with the
    /// least effort. `None` where there are too many to compare.
    pub best: Option<Selection>,
}

/// Some of the ideas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Their places, in the order of the ranking.
    pub ideas: Vec<usize>,
    /// Their efforts together, in person-months.
    pub effort: Exact,
    /// Their Reach x Impact x Confidence together.
    pub value: Exact,
}

/// An idea as a thing to be packed.
#[derive(Clone, Copy, Debug)]
struct Item {
    at: usize,
    effort: Exact,
    value: Exact,
}

/// What `capacity` person-months hold of `ideas`. `None` where the numbers have too many digits to be added.
/// Where several raters estimated, effort and value are the medians of theirs.
pub fn plan(ideas: &[Judged], ranking: &Ranking, capacity: Exact) -> Option<Plan> {
    let items: Option<Vec<Item>> = ranking.order.iter().map(|&at| item(ideas, at)).collect();
    let items = items?;
    let mut taken = Selection { ideas: Vec::new(), effort: Exact::ZERO, value: Exact::ZERO };
    for item in &items {
        let effort = taken.effort.plus(item.effort)?;
        if effort <= capacity {
            taken.ideas.push(item.at);
            taken.effort = effort;
            taken.value = taken.value.plus(item.value)?;
        }
    }
    let best = best(&items, capacity);
    Some(Plan { capacity, taken, best })
}

fn item(ideas: &[Judged], at: usize) -> Option<Item> {
    Some(Item { at, effort: effort(&ideas[at])?, value: value(&ideas[at])? })
}

/// The effort of an idea.
pub fn effort(idea: &Judged) -> Option<Exact> {
    Exact::median(idea.raters.iter().map(|rater| rater.values[Factor::Effort.index()]).collect())
}

/// Reach x Impact x Confidence of an idea.
pub fn value(idea: &Judged) -> Option<Exact> {
    let values = idea.raters.iter().map(|rater| {
        let [reach, impact, confidence, _] = rater.values;
        reach.times(impact)?.times(confidence)
    });
    Exact::median(values.collect::<Option<_>>()?)
}

/// A selection of the items so far that no other beats in both effort and value.
#[derive(Clone, Copy)]
struct State {
    effort: i128,
    value: i128,
    /// The last item taken, and the state that it was added to.
    last: Option<(u32, u32)>,
}

/// The best selection, by keeping every one that no other beats (Nemhauser and Ullmann). It is exact, and
/// quick where many selections are beaten, as they are with the few values that RICE has.
fn best(items: &[Item], capacity: Exact) -> Option<Selection> {
    let efforts = whole(items.iter().map(|item| item.effort).chain([capacity]))?;
    let values = whole(items.iter().map(|item| item.value))?;
    let (&capacity, efforts) = efforts.split_last()?;
    let mut all = vec![State { effort: 0, value: 0, last: None }];
    // The places in `all` of those that are not beaten, by effort, and so by value too.
    let mut front: Vec<u32> = vec![0];
    let mut compared = 0;
    for (number, (&effort, &value)) in efforts.iter().zip(&values).enumerate() {
        compared += front.len();
        if compared > MAX_STATES {
            return None;
        }
        let mut added = Vec::new();
        for &from in &front {
            let state = all[from as usize];
            let sum = state.effort.checked_add(effort)?;
            if sum > capacity {
                break;
            }
            let last = Some((u32::try_from(number).ok()?, from));
            added.push(State { effort: sum, value: state.value.checked_add(value)?, last });
        }
        front = merged(&mut all, &front, &added);
    }
    let end = front.last().map(|&at| all[at as usize])?;
    let mut chosen = Vec::new();
    let mut state = end;
    while let Some((number, from)) = state.last {
        chosen.push(number as usize);
        state = all[from as usize];
    }
    chosen.reverse();
    let mut selection = Selection { ideas: Vec::new(), effort: Exact::ZERO, value: Exact::ZERO };
    for number in chosen {
        selection.ideas.push(items[number].at);
        selection.effort = selection.effort.plus(items[number].effort)?;
        selection.value = selection.value.plus(items[number].value)?;
    }
    Some(selection)
}

/// The states of `front` and of `added`, without those that another beats. Of two alike the older stays.
fn merged(all: &mut Vec<State>, front: &[u32], added: &[State]) -> Vec<u32> {
    let mut merged: Vec<u32> = Vec::with_capacity(front.len() + added.len());
    let (mut old, mut new) = (front.iter().peekable(), added.iter().peekable());
    let mut highest = -1;
    loop {
        let takes_old = match (old.peek(), new.peek()) {
            (None, None) => return merged,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(&&one), Some(other)) => {
                let one = all[one as usize];
                (one.effort, -one.value) <= (other.effort, -other.value)
            }
        };
        let next = if takes_old {
            old.next().copied()
        } else {
            new.next().filter(|state| state.value > highest).and_then(|state| {
                all.push(*state);
                u32::try_from(all.len() - 1).ok()
            })
        };
        if let Some(at) = next.filter(|&at| all[at as usize].value > highest) {
            highest = all[at as usize].value;
            merged.push(at);
        }
    }
}

/// The numbers as multiples of one fraction; `None` where that needs too many digits.
fn whole(numbers: impl Iterator<Item = Exact> + Clone) -> Option<Vec<i128>> {
    let mut common: i128 = 1;
    for number in numbers.clone() {
        let (_, denominator) = number.parts();
        common = (common / greatest_divisor(common, denominator)).checked_mul(denominator)?;
    }
    let scaled = numbers.map(|number| {
        let (numerator, denominator) = number.parts();
        numerator.checked_mul(common / denominator)
    });
    scaled.collect()
}

fn greatest_divisor(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
