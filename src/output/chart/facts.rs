//! The box that a mark shows when it is pointed at: what is known of it.

use super::canvas::{Anchor, Canvas, DARK, FAINT, Type};
use super::geometry::{Circle, Point, Rect};
use super::scene::Mark;
use super::words;

const SIZE: f64 = 12.0;
const LINE: f64 = 17.0;
const PADDING: f64 = 10.0;
/// The widest that a line may be: the name, the name of a fact, its text.
const NAME: f64 = 330.0;
const FACT: f64 = 130.0;
const TEXT: f64 = 300.0;
/// Lines of the name, and facts; more would not fit on the chart.
const NAME_LINES: usize = 3;
const FACTS: usize = 24;
/// How much wider bold text is.
const BOLD: f64 = 1.1;

/// Draws the box of `mark` next to `circle` and within `sheet`.
pub(super) fn draw(mark: &Mark, circle: &Circle, sheet: &Rect, id: &str, canvas: &mut Canvas) {
    let name = words::wrap(&mark.name, SIZE * BOLD, NAME, NAME_LINES);
    let facts: Vec<(String, String)> = mark
        .facts
        .iter()
        .take(FACTS)
        .map(|(fact, text)| (words::fit(fact, SIZE, FACT), words::fit(text, SIZE, TEXT)))
        .collect();
    let widest = |texts: &mut dyn Iterator<Item = &String>, size: f64| {
        texts.map(|text| words::width(text, size)).fold(0.0, f64::max)
    };
    let second = widest(&mut facts.iter().map(|(fact, _)| fact), SIZE) + PADDING;
    let width = (second + widest(&mut facts.iter().map(|(_, text)| text), SIZE))
        .max(widest(&mut name.iter(), SIZE * BOLD))
        + 2.0 * PADDING;
    let lines = name.iter().chain(facts.iter().map(|(fact, _)| fact)).fold(0.0, |n, _| n + 1.0);
    let rect = next_to(circle, width, lines * LINE + 1.5 * PADDING, sheet);

    canvas.open("g", &[("id", id.into()), ("class", "facts".into())]);
    let look = [("rx", 5.0.into()), ("fill", "#ffffff".into()), ("stroke", FAINT.into())];
    canvas.rect(&rect, &look);
    let mut at = Point::new(rect.left + PADDING, rect.top + PADDING / 2.0 + SIZE);
    for line in &name {
        canvas.text(at, Type::new(Anchor::Start, SIZE, DARK).bold(), line);
        at.y += LINE;
    }
    for (fact, text) in &facts {
        canvas.text(at, Type::new(Anchor::Start, SIZE, FAINT), fact);
        canvas.text(at.moved(second, 0.0), Type::new(Anchor::Start, SIZE, DARK), text);
        at.y += LINE;
    }
    canvas.close("g");
}

/// A rectangle of this size to the right of `circle` or, if it would leave the sheet, to the left.
fn next_to(circle: &Circle, width: f64, height: f64, sheet: &Rect) -> Rect {
    let gap = circle.radius + 8.0;
    let room = sheet.inset(4.0);
    let right = circle.centre.x + gap;
    let left = if right + width <= room.right { right } else { circle.centre.x - gap - width };
    let corner = Rect {
        left: room.left,
        top: room.top,
        right: (room.right - width).max(room.left),
        bottom: (room.bottom - height).max(room.top),
    };
    let Point { x, y } = corner.nearest(Point::new(left, circle.centre.y - height / 2.0));
    Rect { left: x, top: y, right: x + width, bottom: y + height }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Rect = Rect { left: 0.0, top: 0.0, right: 960.0, bottom: 600.0 };

    #[test]
    fn a_box_is_beside_its_mark_and_on_the_sheet() {
        for (x, y) in [(100.0, 300.0), (940.0, 300.0), (100.0, 5.0), (500.0, 595.0)] {
            let circle = Circle { centre: Point::new(x, y), radius: 10.0 };
            let rect = next_to(&circle, 200.0, 90.0, &SHEET);
            assert!(SHEET.encloses(&rect), "{rect:?}");
            assert!(!rect.touches(&circle), "{rect:?} covers {circle:?}");
        }
        let circle = Circle { centre: Point::new(500.0, 300.0), radius: 10.0 };
        assert!(SHEET.encloses(&next_to(&circle, 900.0, 590.0, &SHEET)));
    }
}
