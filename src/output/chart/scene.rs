//! What a chart shows, and where each of it is: marks on two axes, their labels, and a key for those
//! that have no room for one.

use super::canvas::Canvas;
use super::geometry::{Circle, Rect, Segment};
use super::key;
use super::label;
use super::label_place::{Label, Space};
use super::nudge;
use super::palette::Style;
use super::{HEIGHT, WIDTH};

/// A chart that is ready to be drawn. All text in it is clean.
#[derive(Clone, Debug)]
pub struct Scene {
    pub(super) title: String,
    /// What the chart shows, for those who do not see it.
    pub(super) description: String,
    /// The rectangle between the axes.
    pub(super) frame: Rect,
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// What is drawn below the marks.
    pub(super) backdrop: Canvas,
    /// Where no label may be.
    pub(super) taken: Vec<Rect>,
    /// Where a label had better not be.
    pub(super) lines: Vec<Segment>,
    /// What the colours mean.
    pub(super) legend: Vec<(Style, String)>,
    /// The most important first: it gets its label first.
    pub(super) marks: Vec<Mark>,
    /// The names of what has no place between the axes.
    pub(super) left_out: Vec<String>,
    /// Why it has none.
    pub(super) why_left_out: &'static str,
}

/// An axis.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) title: String,
    pub(super) ticks: Vec<Tick>,
}

/// A marked value of an axis.
#[derive(Clone, Debug)]
pub(super) struct Tick {
    /// Where it is: from the left on one axis, from the top on the other.
    pub(super) at: f64,
    pub(super) text: String,
}

/// Something that has a place between the axes.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) circle: Circle,
    /// What it must not leave when it is set apart from others.
    pub(super) bounds: Rect,
    pub(super) style: Style,
    /// Its whole name.
    pub(super) name: String,
    /// What else is known of it.
    pub(super) facts: Vec<(String, String)>,
}

/// Where everything is.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The marks, as they are drawn.
    pub(super) circles: Vec<Circle>,
    /// Their labels; those without one show their number.
    pub(super) labels: Vec<Option<Label>>,
    /// What the numbers mean, and what was left out.
    pub(super) key: Vec<key::Line>,
    /// Whether a mark is not quite at its place.
    pub(super) has_moved: bool,
    /// The height of the whole chart.
    pub(super) height: f64,
}

impl Layout {
    /// The whole chart.
    pub(super) fn sheet(&self) -> Rect {
        Rect { left: 0.0, top: 0.0, right: WIDTH, bottom: self.height }
    }
}

impl Scene {
    /// Finds a place for everything.
    pub(super) fn layout(&self) -> Layout {
        let wanted: Vec<nudge::Wanted> = self
            .marks
            .iter()
            .map(|mark| nudge::Wanted { circle: mark.circle, bounds: mark.bounds })
            .collect();
        let circles = nudge::apart(&wanted);
        // A mark on a cut is moved off it by its radius; that needs no word.
        let has_moved = circles
            .iter()
            .zip(&wanted)
            .any(|(now, then)| now.centre.distance(then.circle.centre) > now.radius + 1.5);
        let names: Vec<&str> = self.marks.iter().map(|mark| mark.name.as_str()).collect();
        let space = Space { area: self.frame.inset(2.0), taken: &self.taken, lines: &self.lines };
        let labels = label::place(&circles, &names, &space);
        let labels = label::place_numbers(&circles, labels, &space);
        let mut entries: Vec<(String, String)> = Vec::new();
        for (n, (name, label)) in names.iter().zip(&labels).enumerate() {
            if label.as_ref().is_none_or(|label| label.is_number) {
                entries.push(((n + 1).to_string(), (*name).to_owned()));
            }
        }
        let why = self.why_left_out;
        let left_out = self.left_out.iter().map(|name| format!("({why}) {name}"));
        entries.extend(left_out.map(|text| ("–".to_owned(), text)));
        let (key, bottom) = key::lines(&entries, HEIGHT);
        let height = if entries.is_empty() { HEIGHT } else { bottom + 16.0 };
        Layout { circles, labels, key, has_moved, height }
    }
}
