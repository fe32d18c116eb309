//! Where the name of a mark can stand without covering anything.

use super::canvas::Anchor;
use super::geometry::{Circle, Place, Rect, Segment, tenth};
use super::words;

/// The font size of labels.
pub(super) const SIZE: f64 = 11.0;
/// How wide a label is at most: about 28 characters.
const MOST: f64 = 190.0;
/// How high it is, and how far its baseline is below its top.
const HEIGHT: f64 = 14.0;
pub(super) const BASELINE: f64 = 10.8;
/// What is left free around marks and other labels.
const GAP: f64 = 1.5;
/// How far a label is from its mark where there is room.
const NEAR: f64 = 3.0;
/// How far it may be, at the end of a line.
const FAR: [f64; 5] = [13.0, 24.0, 37.0, 52.0, 70.0];

/// The directions from a mark in the order of preference, those first that need no line. Written
/// out, because sines differ between platforms.
const DIRECTIONS: [(f64, f64); 16] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (0.71, -0.71),
    (0.71, 0.71),
    (-0.71, -0.71),
    (-0.71, 0.71),
    (0.92, -0.38),
    (0.92, 0.38),
    (-0.92, -0.38),
    (-0.92, 0.38),
    (0.38, -0.92),
    (0.38, 0.92),
    (-0.38, -0.92),
    (-0.38, 0.92),
];
const NEAR_DIRECTIONS: usize = 8;

/// The radius from which on a circle can hold its number.
const HOLDS_NUMBER: f64 = 8.0;
/// How often all labels are placed, and up to how many marks: of more, most get a number anyway.
const ROUNDS: usize = 8;
const MANY: usize = 80;

/// A label that has a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// What is written, perhaps shortened.
    pub(super) text: String,
    /// What it may take.
    pub(super) rect: Rect,
    /// Which side of the rectangle it begins at.
    pub(super) anchor: Anchor,
    /// The line to its mark, if it is not beside it.
    pub(super) leader: Option<Segment>,
    /// Whether it is only a number, which the key explains.
    pub(super) is_number: bool,
}

impl Label {
    /// Where its text is anchored.
    pub(super) fn at(&self) -> Place {
        let x = match self.anchor {
            Anchor::Start => self.rect.left,
            Anchor::Middle => f64::midpoint(self.rect.left, self.rect.right),
            Anchor::End => self.rect.right,
        };
        Place::new(x, self.rect.top + BASELINE)
    }
}

/// What labels have to keep to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space<'a> {
    /// What they must not leave.
    pub(super) area: Rect,
    /// What they must not cover.
    pub(super) taken: &'a [Rect],
    /// Lines that they had better not stand on.
    pub(super) lines: &'a [Segment],
}

/// The labels of `circles` with these names, or nothing for those that no place is left for; the more
/// important, which come first, are rather given one.
///
/// One way to go through the marks often leaves one without a label that another way has room for. So
/// several are tried: those that got none come first the next time, and the best result is taken.
pub(super) fn place(circles: &[Circle], names: &[&str], space: &Space<'_>) -> Vec<Option<Label>> {
    let texts: Vec<String> = names.iter().map(|name| words::fit(name, SIZE, MOST)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut best: Option<(f64, Vec<Option<Label>>)> = None;
    for passes in [&[All][..], &[Near, Far]] {
        let mut order: Vec<usize> = (0..circles.len()).collect();
        for _ in 0..if circles.len() <= MANY { ROUNDS } else { 1 } {
            let mut attempt = Attempt::new(circles, space);
            for pass in passes {
                for &own in &order {
                    attempt.label(own, texts.get(own).copied().unwrap_or_default(), *pass);
                }
            }
            let labels = attempt.labels;
            order.sort_by_key(|&own| labels.get(own).is_some_and(Option::is_some));
            let cost = cost(&labels, space);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, labels));
            }
        }
    }
    best.map(|(_, labels)| labels).unwrap_or_default()
}

/// Adds a number to those of the `labels` that are missing and whose circles are too small to hold it,
/// where one has room beside it.
pub(super) fn place_numbers(
    circles: &[Circle],
    labels: Vec<Option<Label>>,
    space: &Space<'_>,
) -> Vec<Option<Label>> {
    let mut attempt = Attempt::new(circles, space);
    for (own, label) in labels.into_iter().enumerate() {
        attempt.set(own, label);
    }
    for (own, circle) in circles.iter().enumerate() {
        if circle.radius < HOLDS_NUMBER {
            attempt.label(own, &(own + 1).to_string(), Number);
        }
    }
    attempt.labels
}

/// How bad it is how some labels stand.
fn cost(labels: &[Option<Label>], space: &Space<'_>) -> f64 {
    let mut cost = 0.0;
    // What comes first weighs up to five times as much as the last.
    let mut missing = 2000.0_f64;
    for label in labels {
        match label {
            None => cost += missing,
            Some(label) => {
                cost += label.leader.map_or(0.0, |line| 30.0 + line.from.distance(line.to));
                let is_struck = space.lines.iter().any(|line| label.rect.is_crossed(line));
                cost += if is_struck { 10.0 } else { 0.0 };
            }
        }
        missing = (missing - 20.0).max(400.0);
    }
    cost
}

/// Which places a label may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Near,
    Far,
    All,
    /// Near, for the number of a mark.
    Number,
}
use Reach::{All, Far, Near, Number};

/// A way to place labels, one after the other.
struct Attempt<'a> {
    circles: &'a [Circle],
    space: &'a Space<'a>,
    labels: Vec<Option<Label>>,
    leaders: Vec<Segment>,
    taken: Vec<Rect>,
}

impl<'a> Attempt<'a> {
    fn new(circles: &'a [Circle], space: &'a Space<'a>) -> Self {
        let labels = vec![None; circles.len()];
        Self { circles, space, labels, leaders: Vec::new(), taken: space.taken.to_vec() }
    }

    fn set(&mut self, own: usize, label: Option<Label>) {
        if let (Some(label), Some(free)) = (label, self.labels.get_mut(own)) {
            self.taken.push(label.rect);
            self.leaders.extend(label.leader);
            *free = Some(label);
        }
    }

    /// Gives one of the circles its label, unless it has one or there is no room.
    fn label(&mut self, own: usize, text: &str, reach: Reach) {
        if matches!(self.labels.get(own), Some(None)) {
            self.set(own, self.find(own, text, reach));
        }
    }

    fn find(&self, own: usize, text: &str, reach: Reach) -> Option<Label> {
        let near = || DIRECTIONS.iter().take(NEAR_DIRECTIONS).map(|way| (NEAR, *way));
        let far = || FAR.iter().flat_map(|far| DIRECTIONS.iter().map(move |way| (*far, *way)));
        let near = matches!(reach, Near | All | Number).then(|| self.first(own, text, near));
        near.flatten()
            .map(|label| Label { is_number: reach == Number, ..label })
            .or_else(|| matches!(reach, Far | All).then(|| self.first(own, text, far)).flatten())
    }

    /// The first of some places that is free, rather one without a line through it.
    fn first<P>(&self, own: usize, text: &str, places: impl Fn() -> P) -> Option<Label>
    where
        P: Iterator<Item = (f64, (f64, f64))>,
    {
        let width = words::width(text, SIZE);
        let circle = self.circles.get(own)?;
        let mut second = None;
        for (distance, way) in places() {
            let (rect, anchor) = rect(circle, width, distance, way);
            let leader = if distance > NEAR { Some(leader(circle, &rect, way)) } else { None };
            if !self.has_room(&rect) || leader.is_some_and(|line| !self.is_clear(own, &line)) {
                continue;
            }
            let label = Label { text: text.to_owned(), rect, anchor, leader, is_number: false };
            if !self.space.lines.iter().any(|line| rect.is_crossed(line)) {
                return Some(label);
            }
            second.get_or_insert(label);
        }
        second
    }

    fn has_room(&self, rect: &Rect) -> bool {
        let wide = rect.inset(-GAP);
        self.space.area.encloses(rect)
            && !self.taken.iter().any(|other| wide.overlaps(other))
            && !self.circles.iter().any(|circle| wide.touches(circle))
            && !self.leaders.iter().any(|line| wide.is_crossed(line))
    }

    fn is_clear(&self, own: usize, line: &Segment) -> bool {
        let mut others = self.circles.iter().enumerate().filter(|(n, _)| *n != own);
        !self.taken.iter().any(|rect| rect.is_crossed(line))
            && !self.leaders.iter().any(|other| other.crosses(line))
            && !others.any(|(_, circle)| line.touches(circle))
    }
}

/// Where a label of this width is in a direction from its mark.
fn rect(circle: &Circle, width: f64, distance: f64, (x, y): (f64, f64)) -> (Rect, Anchor) {
    let away = circle.radius + distance;
    let near = circle.centre.moved(x * away, y * away);
    let (left, anchor) = if x > 0.5 {
        (near.x, Anchor::Start)
    } else if x < -0.5 {
        (near.x - width, Anchor::End)
    } else {
        (near.x - width / 2.0, Anchor::Middle)
    };
    let (left, top) = (tenth(left), tenth(near.y - HEIGHT * (1.0 - y) / 2.0));
    (Rect { left, top, right: tenth(left + width), bottom: tenth(top + HEIGHT) }, anchor)
}

/// The line from a mark to its label.
fn leader(circle: &Circle, rect: &Rect, (x, y): (f64, f64)) -> Segment {
    let from = circle.centre.moved(tenth(x * circle.radius), tenth(y * circle.radius));
    Segment { from, to: rect.nearest(from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect { left: 0.0, top: 0.0, right: 400.0, bottom: 200.0 };
    const SPACE: Space<'_> = Space { area: AREA, taken: &[], lines: &[] };

    fn circle(x: f64, y: f64) -> Circle {
        Circle { centre: Place::new(x, y), radius: 6.0 }
    }

    fn one(circle: Circle, space: &Space<'_>) -> Label {
        place(&[circle], &["Renew by post"], space).remove(0).expect("room")
    }

    #[test]
    fn a_label_stands_to_the_right_where_it_can() {
        let label = one(circle(50.0, 50.0), &SPACE);
        assert_eq!(label.at(), Place::new(59.0, 53.8));
        assert_eq!((label.anchor, label.leader), (Anchor::Start, None));
    }

    #[test]
    fn at_the_edge_it_stands_to_the_left() {
        assert_eq!(one(circle(380.0, 50.0), &SPACE).anchor, Anchor::End);
    }

    #[test]
    fn it_stands_on_a_line_only_where_there_is_nothing_else() {
        let line = |x| Segment { from: Place::new(x, 0.0), to: Place::new(x, 200.0) };
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
