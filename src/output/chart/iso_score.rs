//! Which lines of equal score cross a RICE plot, and where they go.
//!
//! A score is a value divided by an effort, so on two logarithmic axes the ideas with the same score are
//! on a straight line, and all such lines are parallel.

use super::canvas::{Anchor, Canvas, FAINT, Type};
use super::geometry::{Place, Rect, Segment};
use super::log_scale::{LogScale, nice, span};
use super::words;

/// How many lines there are at most.
const LINES: usize = 5;
/// The least span of scores that has lines, in decades; it has three of them at least.
const LEAST: f64 = 1.0;
const LADDERS: [&[u8]; 3] = [&[1, 2, 5], &[1, 3], &[1]];
/// The shortest line that is worth drawing, as a share of the axis.
const SHORTEST: f64 = 0.15;
const SIZE: f64 = 10.0;
const COLOUR: &str = "#a8a8a8";

/// Draws the lines and, outside of `frame`, their labels; tells where the lines are. `scores` are
/// decimal logarithms.
pub(super) fn draw(
    scores: impl Iterator<Item = f64>,
    (x, y): (&LogScale, &LogScale),
    frame: &Rect,
    canvas: &mut Canvas,
) -> Vec<Segment> {
    let ((left, right), (bottom, top)) = (x.ends(), y.ends());
    let (low, high) = span(scores, LEAST);
    let mut taken: Vec<Rect> = Vec::new();
    let mut lines = Vec::new();
    for score in nice(low, high, &LADDERS, LINES) {
        // The value is the effort times the score: a sum of logarithms.
        let (from, to) = (left.max(bottom - score.log()), right.min(top - score.log()));
        if to - from < SHORTEST * (right - left) {
            continue;
        }
        let place = |effort: f64| Place::new(x.at(effort), y.at(effort + score.log()));
        let text = format!("score {}", score.text());
        let (at, anchor, rect) = label(place(to), &text, frame);
        if taken.iter().any(|other| other.overlaps(&rect)) {
            continue;
        }
        taken.push(rect);
        let line = Segment { from: place(from), to: place(to) };
        lines.push(line);
        canvas.line(line.from, line.to, COLOUR, 1.0, Some("5 4"));
        canvas.text(at, Type::new(anchor, SIZE, FAINT), &text);
    }
    lines
}

/// The label of a line that leaves the frame at `end`: above it or to the right of it.
fn label(end: Place, text: &str, frame: &Rect) -> (Place, Anchor, Rect) {
    let width = words::width(text, SIZE);
    let (at, anchor, left) = if end.y > frame.top {
        (Place::new(end.x + 5.0, end.y + 3.0), Anchor::Start, end.x + 5.0)
    } else {
        (Place::new(end.x, end.y - 5.0), Anchor::Middle, end.x - width / 2.0)
    };
    (at, anchor, Rect { left, top: at.y - SIZE, right: left + width, bottom: at.y + 3.0 })
}
