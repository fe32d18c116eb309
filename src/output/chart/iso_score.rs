//! Which lines of equal score cross a RICE plot, and where they go.
//!
//! A score is a value divided by an effort, so on two logarithmic axes the ideas with the same score are
//! on a straight line, and all such lines are parallel.

use super::canvas::{Anchor, Canvas, FAINT, Type};
use super::geometry::{Point, Rect, Segment};
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

/// Draws the lines and, outside of `frame`, their labels; returns where the lines are. `scores` are
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
        let place = |effort: f64| Point::new(x.at(effort), y.at(effort + score.log()));
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
fn label(end: Point, text: &str, frame: &Rect) -> (Point, Anchor, Rect) {
    let width = words::width(text, SIZE);
    let (at, anchor, left) = if end.y > frame.top {
        (Point::new(end.x + 5.0, end.y + 3.0), Anchor::Start, end.x + 5.0)
    } else {
        (Point::new(end.x, end.y - 5.0), Anchor::Middle, end.x - width / 2.0)
    };
    (at, anchor, Rect { left, top: at.y - SIZE, right: left + width, bottom: at.y + 3.0 })
}

#[cfg(test)]
mod tests {
    use super::super::log_scale::log10;
    use super::*;

    const FRAME: Rect = Rect { left: 100.0, top: 50.0, right: 700.0, bottom: 450.0 };

    /// The labels of the lines for ideas of these efforts and values, and the lines.
    fn drawn(ideas: &[(f64, f64)]) -> (String, Vec<Segment>) {
        let x = ideas.iter().map(|(effort, _)| log10(*effort));
        let y = ideas.iter().map(|(_, value)| log10(*value));
        let x = LogScale::spanning(x, FRAME.left, FRAME.right);
        let y = LogScale::spanning(y, FRAME.bottom, FRAME.top);
        let scores = ideas.iter().map(|(effort, value)| log10(*value) - log10(*effort));
        let mut canvas = Canvas::default();
        let lines = draw(scores, (&x, &y), &FRAME, &mut canvas);
        let text = canvas.into_text();
        let labels = text.lines().filter_map(|line| line.split_once("score ")?.1.split('<').next());
        (labels.collect::<Vec<_>>().join(" "), lines)
    }

    #[test]
    fn lines_have_scores_that_are_easy_to_read() {
        assert_eq!(drawn(&[(0.5, 1.0), (8.0, 30.0), (4.0, 2.0)]).0, "0.5 1 2");
        assert_eq!(drawn(&[(2.0, 3.0)]).0, "0.5 1 2");
    }

    #[test]
    fn lines_are_parallel_and_within_the_frame() {
        let (_, lines) = drawn(&[(0.5, 1.0), (8.0, 30.0), (4.0, 2.0)]);
        let slope = |line: &Segment| (line.to.y - line.from.y) / (line.to.x - line.from.x);
        for line in &lines {
            assert!((slope(line) - slope(&lines[0])).abs() < 0.01);
            for end in [line.from, line.to] {
                assert!(FRAME.inset(-0.1).contains(end), "{end:?}");
            }
        }
    }
}
