//! Where one label has room, given all the others.

use super::canvas::Anchor;
use super::geometry::{Circle, Point, Rect, Segment, tenth};
use super::grid::Grid;
use super::words;

/// The font size of labels.
pub(super) const SIZE: f64 = 11.0;
/// How far the baseline of a label is below its top.
const BASELINE: f64 = 10.8;
/// How high a label is.
const HEIGHT: f64 = 14.0;
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

/// A label that has a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// What is written, perhaps shortened.
    pub(super) text: String,
    /// What it may take.
    pub(super) rect: Rect,
    /// Which side of the rectangle it begins at.
    pub(super) anchor: Anchor,
    /// The line to its mark, if it is not next to it.
    pub(super) leader: Option<Segment>,
    /// Whether it is only a number, which the key explains.
    pub(super) is_number: bool,
}

impl Label {
    /// Where its text is anchored.
    pub(super) fn at(&self) -> Point {
        let x = match self.anchor {
            Anchor::Start => self.rect.left,
            Anchor::Middle => f64::midpoint(self.rect.left, self.rect.right),
            Anchor::End => self.rect.right,
        };
        Point::new(x, self.rect.top + BASELINE)
    }
}

/// What labels have to keep to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space<'a> {
    /// What they must not leave.
    pub(super) area: Rect,
    /// What they must not cover.
    pub(super) taken: &'a [Rect],
    /// Lines that they had better not be on.
    pub(super) lines: &'a [Segment],
}

/// Which places a label may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Next to its mark.
    Near,
    /// At the end of a line.
    Far,
    /// Either.
    All,
    /// Next to its mark, for a label that is only a number.
    Number,
}

/// The labels of some circles, as far as they have one.
#[derive(Clone, Debug)]
pub(super) struct Labels<'a> {
    circles: &'a [Circle],
    space: Space<'a>,
    all: Vec<Option<Label>>,
    /// Where the circles are.
    marks: Grid,
    /// Where the labels are and have been.
    placed: Grid,
}

impl<'a> Labels<'a> {
    pub(super) fn new(circles: &'a [Circle], space: Space<'a>) -> Self {
        let mut marks = Grid::default();
        for (n, circle) in circles.iter().enumerate() {
            marks.add(n, &circle.bounds());
        }
        Self { circles, space, all: vec![None; circles.len()], marks, placed: Grid::default() }
    }

    pub(super) fn get(&self, own: usize) -> Option<&Label> {
        self.all.get(own)?.as_ref()
    }

    pub(super) fn into_inner(self) -> Vec<Option<Label>> {
        self.all
    }

    /// Sets the label of a circle, and returns the one that it had.
    pub(super) fn replace(&mut self, own: usize, label: Option<Label>) -> Option<Label> {
        if let Some(label) = &label {
            self.placed.add(own, &bounds(label));
        }
        self.all.get_mut(own).and_then(|old| std::mem::replace(old, label))
    }

    /// Gives a circle the first of its places that is free, rather one without a line through it; unless
    /// it has a label.
    pub(super) fn add(&mut self, own: usize, text: &str, reach: Reach) {
        if self.get(own).is_some() {
            return;
        }
        let mut found: Option<Label> = None;
        for label in self.candidates(own, text, reach) {
            // Better next to the mark and struck through by a faint line than far away.
            if label.leader.is_some() && found.as_ref().is_some_and(|label| label.leader.is_none())
            {
                break;
            }
            if self.in_the_way(own, &label, 0).is_none() {
                continue;
            }
            if !self.is_struck(&label) {
                found = Some(label);
                break;
            }
            found.get_or_insert(label);
        }
        self.replace(own, found);
    }

    /// Whether a line goes through a label.
    pub(super) fn is_struck(&self, label: &Label) -> bool {
        self.space.lines.iter().any(|line| label.rect.is_crossed(line))
    }

    /// All places of a label within the area, the best first, whether they are free or not.
    pub(super) fn candidates(&self, own: usize, text: &str, reach: Reach) -> Vec<Label> {
        let Some(circle) = self.circles.get(own) else { return Vec::new() };
        let distances = match reach {
            Reach::Near | Reach::Number => &[][..],
            Reach::Far | Reach::All => &FAR,
        };
        let near = if reach == Reach::Far { 0 } else { NEAR_DIRECTIONS };
        let near = DIRECTIONS.iter().take(near).map(|way| (NEAR, *way));
        let far = distances.iter().flat_map(|far| DIRECTIONS.iter().map(move |way| (*far, *way)));
        let width = words::width(text, SIZE);
        near.chain(far)
            .map(|(distance, way)| {
                let (rect, anchor) = self.rect(circle, width, distance, way);
                let leader = (distance > NEAR).then(|| leader(circle, &rect, way));
                let is_number = reach == Reach::Number;
                Label { text: text.to_owned(), rect, anchor, leader, is_number }
            })
            .filter(|label| self.space.area.encloses(&label.rect))
            .collect()
    }

    /// The other labels that are in the way of `label`; nothing if they are more than `most`, or if
    /// something else is in its way.
    pub(super) fn in_the_way(&self, own: usize, label: &Label, most: usize) -> Option<Vec<usize>> {
        let wide = label.rect.inset(-GAP);
        let covers = |rect: &Rect| {
            wide.overlaps(rect) || label.leader.is_some_and(|line| rect.is_crossed(&line))
        };
        let touches = |n: usize| {
            self.circles.get(n).is_some_and(|circle| {
                wide.touches(circle)
                    || (n != own && label.leader.is_some_and(|line| line.touches(circle)))
            })
        };
        let around = bounds(label).inset(-GAP);
        if self.space.taken.iter().any(covers) || self.marks.any_near(&around, touches) {
            return None;
        }
        let mut found = Vec::new();
        for n in self.placed.near(&around) {
            let Some(other) = self.get(n).filter(|_| n != own) else { continue };
            let is_crossed = other.leader.is_some_and(|line| {
                wide.is_crossed(&line) || label.leader.is_some_and(|own| own.crosses(&line))
            });
            if is_crossed || covers(&other.rect) {
                if found.len() == most {
                    return None;
                }
                found.push(n);
            }
        }
        Some(found)
    }

    /// Where a label of this width is in a direction from its mark.
    fn rect(
        &self,
        circle: &Circle,
        width: f64,
        distance: f64,
        (x, y): (f64, f64),
    ) -> (Rect, Anchor) {
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
        let rect = Rect { left, top, right: tenth(left + width), bottom: tenth(top + HEIGHT) };
        // Above and below, it need not be right in the middle.
        let is_sliding = anchor == Anchor::Middle;
        (if is_sliding { rect.slid_into(&self.space.area) } else { rect }, anchor)
    }
}

/// What a label takes, with its line.
fn bounds(label: &Label) -> Rect {
    label.leader.map_or(label.rect, |line| label.rect.joined(&line.bounds()))
}

/// The line from a mark to its label.
fn leader(circle: &Circle, rect: &Rect, (x, y): (f64, f64)) -> Segment {
    let from = circle.centre.moved(tenth(x * circle.radius), tenth(y * circle.radius));
    Segment { from, to: rect.nearest(from) }
}
