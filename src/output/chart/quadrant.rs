//! The priority matrix: what people voted for by importance and feasibility, in four quadrants.

use super::canvas::{Anchor, Canvas, DARK, Type};
use super::geometry::{Circle, Point, Rect, Segment};
use super::linear_scale::LinearScale;
use super::palette::QUADRANTS;
use super::scene::{Axis, Mark, Scene};
use super::{WIDTH, words};

const FRAME: Rect = Rect { left: 84.0, top: 58.0, right: WIDTH - 24.0, bottom: 532.0 };
/// The strip at the top and at the bottom that the names of the quadrants have to themselves.
const STRIP: f64 = 30.0;
/// What is left free at the left and at the right.
const SIDE: f64 = 24.0;
const RADIUS: f64 = 6.5;
const NAME_SIZE: f64 = 13.0;

/// Items by two counts, on linear axes that a cut divides into four quadrants.
#[derive(Clone, Debug, Default)]
pub struct QuadrantChart {
    /// The title above it.
    pub title: String,
    /// The title of the axis across, such as `Feasibility (votes)`.
    pub x_title: String,
    /// The title of the axis up, such as `Importance (votes)`.
    pub y_title: String,
    /// What is at it or above it is in the right half.
    pub x_cut: f64,
    /// What is at it or above it is in the top half.
    pub y_cut: f64,
    /// The names of the quadrants: top right, top left, bottom right, bottom left.
    pub quadrants: [String; 4],
    /// The items, the most important first: it gets its label first.
    pub points: Vec<QuadrantItem>,
}

/// An item in a [`QuadrantChart`].
#[derive(Clone, Debug, Default)]
pub struct QuadrantItem {
    /// Its name.
    pub label: String,
    /// Its count across. An item with a count that is not finite has no place; it is listed below the
    /// chart.
    pub x: f64,
    /// Its count up.
    pub y: f64,
    /// More facts, names and texts, which are shown when it is pointed at.
    pub facts: Vec<(String, String)>,
}

impl QuadrantChart {
    /// Returns the chart, ready to be drawn.
    pub fn scene(&self) -> Scene {
        let (drawn, left_out): (Vec<&QuadrantItem>, Vec<&QuadrantItem>) =
            self.points.iter().partition(|point| point.x.is_finite() && point.y.is_finite());
        let (left, right) = (FRAME.left + SIDE, FRAME.right - SIDE);
        let (bottom, top) = (FRAME.bottom - STRIP - RADIUS - 1.0, FRAME.top + STRIP + RADIUS + 1.0);
        let x = LinearScale::around(self.x_cut, drawn.iter().map(|point| point.x), left, right);
        let y = LinearScale::around(self.y_cut, drawn.iter().map(|point| point.y), bottom, top);
        let centre = Point::new(x.at(self.x_cut), y.at(self.y_cut));
        let names = self.quadrants.each_ref().map(|name| words::clean(name));
        let mut backdrop = Canvas::default();
        let mut taken = draw_quadrants(centre, &names, &mut backdrop);
        // A name that lies on this cut would be struck out from end to end.
        taken.push(Rect {
            left: FRAME.left,
            right: FRAME.right,
            top: centre.y,
            bottom: centre.y + 1.0,
        });
        let lines = cuts(centre);
        for cut in &lines {
            backdrop.line(cut.from, cut.to, "#7a7a7a", 1.2, Some("6 4"));
        }
        let marks = drawn.iter().map(|point| {
            let quadrant = self.quadrant(point);
            let known = [("Quadrant".to_owned(), names[quadrant].clone())];
            Mark {
                circle: Circle { centre: Point::new(x.at(point.x), y.at(point.y)), radius: RADIUS },
                bounds: inner(&rect(quadrant, centre)),
                style: QUADRANTS[quadrant],
                name: words::name(&point.label),
                facts: known.into_iter().chain(words::facts(&point.facts)).collect(),
            }
        });
        let (x_title, y_title) = (words::clean(&self.x_title), words::clean(&self.y_title));
        Scene {
            title: words::name(&self.title),
            description: format!("Items by {x_title}, across, and {y_title}, up: {}.", drawn.len()),
            frame: FRAME,
            x: Axis { title: x_title, ticks: x.ticks() },
            y: Axis { title: y_title, ticks: y.ticks() },
            backdrop,
            taken,
            lines: lines.into(),
            legend: Vec::new(),
            marks: marks.collect(),
            left_out: left_out.iter().map(|point| words::name(&point.label)).collect(),
            why_left_out: "no votes",
        }
    }

    /// The place of its quadrant among the four.
    fn quadrant(&self, point: &QuadrantItem) -> usize {
        usize::from(point.x < self.x_cut) + 2 * usize::from(point.y < self.y_cut)
    }
}

/// The rectangle of a quadrant around the cuts.
fn rect(quadrant: usize, centre: Point) -> Rect {
    let (left, right) =
        if quadrant.is_multiple_of(2) { (centre.x, FRAME.right) } else { (FRAME.left, centre.x) };
    let (top, bottom) = if quadrant < 2 { (FRAME.top, centre.y) } else { (centre.y, FRAME.bottom) };
    Rect { left, top, right, bottom }
}

/// The part of a quadrant that marks may be in: not the strip of its name.
fn inner(quadrant: &Rect) -> Rect {
    Rect {
        top: quadrant.top.max(FRAME.top + STRIP),
        bottom: quadrant.bottom.min(FRAME.bottom - STRIP),
        ..*quadrant
    }
    .inset(1.0)
}

/// The lines between the quadrants.
fn cuts(centre: Point) -> [Segment; 2] {
    [
        Segment { from: Point::new(centre.x, FRAME.top), to: Point::new(centre.x, FRAME.bottom) },
        Segment { from: Point::new(FRAME.left, centre.y), to: Point::new(FRAME.right, centre.y) },
    ]
}

/// Draws the quadrants and returns where their names are.
fn draw_quadrants(centre: Point, names: &[String; 4], canvas: &mut Canvas) -> Vec<Rect> {
    let mut taken = Vec::new();
    for (quadrant, name) in names.iter().enumerate() {
        let rect = rect(quadrant, centre);
        let fill = QUADRANTS[quadrant].colour.into();
        canvas.rect(&rect, &[("fill", fill), ("fill-opacity", "0.07".into())]);
        let strip = rect.inset(10.0);
        let name = words::fit(name, NAME_SIZE * 1.1, strip.width());
        let width = words::width(&name, NAME_SIZE * 1.1);
        let baseline = if quadrant < 2 { FRAME.top + 20.0 } else { FRAME.bottom - 11.0 };
        let (x, anchor, left) = if quadrant.is_multiple_of(2) {
            (strip.right, Anchor::End, strip.right - width)
        } else {
            (strip.left, Anchor::Start, strip.left)
        };
        canvas.open("g", &[]);
        if name != names[quadrant] {
            canvas.words("title", &[], &names[quadrant]);
        }
        canvas.text(Point::new(x, baseline), Type::new(anchor, NAME_SIZE, DARK).bold(), &name);
        canvas.close("g");
        let (top, bottom) = (baseline - NAME_SIZE, baseline + 4.0);
        taken.push(Rect { left, top, right: left + width, bottom });
    }
    taken
}
