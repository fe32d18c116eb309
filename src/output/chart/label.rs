//! Where the labels are, so that none covers anything and the important ones are there.
//!
//! A label is a name next to its mark or at the end of a line from it. Placed one after the other, labels
//! take each other's places, so the result is improved: a label that got no place, or only a far one,
//! takes that of others if these find another and the whole is the better for it.

use super::geometry::Circle;
use super::label_place::{Label, Labels, Reach, SIZE, Space};
use super::words;

/// How wide a label is at most: about 28 characters.
const MOST: f64 = 190.0;

/// The radius from which on a circle can hold its number.
const HOLDS_NUMBER: f64 = 8.0;
/// Up to how many marks the labels are improved, and how often: of more, most get a number anyway.
const MANY: usize = 80;
const ROUNDS: usize = 3;
/// How many marks at most get a label next to them: no chart has room for more.
const LABELLED: usize = 1000;
/// How many others a label may push away at once.
const PUSHED: usize = 2;

/// What it costs that the first label is missing, what it costs less from label to label, and what it
/// costs at least.
const MISSING: (f64, f64, f64) = (2000.0, 20.0, 400.0);
/// What it costs that a label needs a line, in addition to the length of it, and that a line goes through it.
const LEADER: f64 = 30.0;
const STRUCK: f64 = 10.0;

/// The new labels of some marks.
type LabelChange = Vec<(usize, Option<Label>)>;

/// The labels of `circles` with these names, or nothing for those that no place is left for. What comes
/// first is more important.
pub(super) fn place(circles: &[Circle], names: &[&str], space: &Space<'_>) -> Vec<Option<Label>> {
    let texts: Vec<String> =
        names.iter().take(LABELLED).map(|name| words::fit(name, SIZE, MOST)).collect();
    // To give each the best place that is left is better for some charts, to give all those near their
    // marks first for others.
    let passes = [&[Reach::All][..], &[Reach::Near, Reach::Far]];
    let attempts = passes.map(|reaches| {
        let mut labels = Labels::new(circles, *space);
        for reach in reaches {
            for (own, text) in texts.iter().enumerate() {
                labels.add(own, text, *reach);
            }
        }
        if circles.len() <= MANY {
            for _ in 0..ROUNDS {
                for own in 0..circles.len() {
                    improve(own, &texts, &mut labels);
                }
            }
        }
        let all: Vec<usize> = (0..circles.len()).collect();
        (cost(&all, &labels), labels)
    });
    let [one, other] = attempts;
    if other.0 < one.0 { other.1.into_inner() } else { one.1.into_inner() }
}

/// Adds a number to those of the `labels` that are missing and whose circles are too small to hold it,
/// where one has room next to it.
pub(super) fn place_numbers(
    circles: &[Circle],
    names: Vec<Option<Label>>,
    space: &Space<'_>,
) -> Vec<Option<Label>> {
    let mut labels = Labels::new(circles, *space);
    for (own, name) in names.into_iter().enumerate() {
        labels.replace(own, name);
    }
    for (own, circle) in circles.iter().enumerate().take(LABELLED) {
        if circle.radius < HOLDS_NUMBER {
            labels.add(own, &(own + 1).to_string(), Reach::Number);
        }
    }
    labels.into_inner()
}

/// Gives a label a better place if there is one that others had better leave.
fn improve(own: usize, texts: &[String], labels: &mut Labels<'_>) {
    let reach = match labels.get(own) {
        None => Reach::All,
        Some(label) if label.leader.is_some() => Reach::Near,
        Some(_) => return,
    };
    let text = |n: usize| texts.get(n).map(String::as_str).unwrap_or_default();
    let mut best: Option<(f64, LabelChange)> = None;
    for candidate in labels.candidates(own, text(own), reach) {
        let Some(pushed) = labels.in_the_way(own, &candidate, PUSHED) else { continue };
        let concerned: Vec<usize> = [own].into_iter().chain(pushed.iter().copied()).collect();
        let before = cost(&concerned, labels);
        let mut undo: LabelChange =
            pushed.iter().map(|&other| (other, labels.replace(other, None))).collect();
        undo.push((own, labels.replace(own, Some(candidate))));
        for &other in &pushed {
            labels.add(other, text(other), Reach::All);
        }
        let gain = before - cost(&concerned, labels);
        let after: LabelChange =
            undo.into_iter().map(|(n, label)| (n, labels.replace(n, label))).collect();
        if gain > 0.0 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
            best = Some((gain, after));
        }
    }
    for (n, label) in best.into_iter().flat_map(|(_, after)| after) {
        labels.replace(n, label);
    }
}

/// How bad the places of the labels of some marks are.
fn cost(marks: &[usize], labels: &Labels<'_>) -> f64 {
    let (first, less, least) = MISSING;
    let cost = |&own: &usize| match labels.get(own) {
        None => (first - less * f64::from(u32::try_from(own).unwrap_or(u32::MAX))).max(least),
        Some(label) => {
            let leader = label.leader.map_or(0.0, |line| LEADER + line.from.distance(line.to));
            leader + if labels.is_struck(label) { STRUCK } else { 0.0 }
        }
    };
    marks.iter().map(cost).sum()
}

#[cfg(test)]
mod tests {
    use super::super::canvas::Anchor;
    use super::super::geometry::{Point, Rect, Segment};
    use super::*;

    const AREA: Rect = Rect { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
    const SPACE: Space<'_> = Space { area: AREA, taken: &[], lines: &[] };

    fn circle(x: f64, y: f64) -> Circle {
        Circle { centre: Point::new(x, y), radius: 6.0 }
    }

    fn one(circle: Circle, space: &Space<'_>) -> Label {
        place(&[circle], &["Renew by post"], space).remove(0).expect("room")
    }

    #[test]
    fn a_label_stands_to_the_right_where_it_can() {
        let label = one(circle(50.0, 50.0), &SPACE);
        assert_eq!(label.at(), Point::new(59.0, 53.8));
        assert_eq!((label.anchor, label.leader), (Anchor::Start, None));
    }

    #[test]
    fn at_the_edge_it_stands_to_the_left() {
        assert_eq!(one(circle(380.0, 50.0), &SPACE).anchor, Anchor::End);
    }

    #[test]
    fn it_stands_on_a_line_only_where_there_is_nothing_else() {
        let line = |x| Segment { from: Point::new(x, 0.0), to: Point::new(x, 200.0) };
        let space = Space { lines: &[line(250.0)], ..SPACE };
        assert_eq!(one(circle(200.0, 50.0), &space).anchor, Anchor::End);
        let lines: Vec<Segment> = (0..40).map(|n| line(f64::from(n) * 10.0)).collect();
        let label = one(circle(200.0, 50.0), &Space { lines: &lines, ..SPACE });
        assert_eq!((label.anchor, label.leader), (Anchor::Start, None));
    }

    #[test]
    fn between_others_it_stands_at_the_end_of_a_line() {
        let centres =
            [(200.0, 100.0), (186.0, 100.0), (214.0, 100.0), (200.0, 114.0), (200.0, 86.0)];
        let labels = place(&centres.map(|(x, y)| circle(x, y)), &["Renew by post"; 5], &SPACE);
        assert!(labels.iter().all(Option::is_some));
        assert!(labels.iter().flatten().any(|label| label.leader.is_some()));
    }

    #[test]
    fn without_room_there_is_a_number_and_without_room_for_that_nothing() {
        let circles = [circle(200.0, 70.0)];
        let narrow = Rect { left: 190.0, right: 220.0, ..AREA };
        let space = Space { area: narrow, ..SPACE };
        let labels = place(&circles, &["Renew by post"], &space);
        assert_eq!(labels, [None]);
        let number = place_numbers(&circles, labels, &space).remove(0).expect("room");
        assert_eq!((number.text.as_str(), number.is_number), ("1", true));
        let taken = Space { taken: &[AREA], ..SPACE };
        assert_eq!(place_numbers(&circles, vec![None], &taken), [None]);
    }
}
