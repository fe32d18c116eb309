//! The RICE plot: the value of ideas over their effort.

use super::areas::Areas;
use super::canvas::Canvas;
use super::draw;
use super::geometry::{Circle, Point, Rect, tenth};
use super::log_scale::{LogScale, log10};
use super::scene::{Axis, Mark, Scene};
use super::{iso_score, words};

/// The radii of the lowest and of the highest score.
const RADII: (f64, f64) = (5.0, 16.0);

/// Ideas by effort and value, as bubbles on two logarithmic axes with lines of equal score.
#[derive(Clone, Debug, Default)]
pub struct BubbleChart {
    /// The title above it.
    pub title: String,
    /// The ideas, in any order. Those of the same score are numbered in this order.
    pub bubbles: Vec<Bubble>,
}

/// An idea in a [`BubbleChart`].
#[derive(Clone, Debug, Default)]
pub struct Bubble {
    /// Its name.
    pub label: String,
    /// The area, which its colour shows.
    pub area: Option<String>,
    /// The effort, in person-months. An idea without a positive effort and value has no place on logarithmic axes; it
    /// is listed below the chart.
    pub effort: f64,
    /// Reach times impact times confidence.
    pub value: f64,
    /// The score. The area of a bubble is in proportion to it, between two limits, and the ideas with the highest
    /// scores get their labels first.
    pub score: f64,
    /// More facts, names and texts, which are shown when it is pointed at.
    pub facts: Vec<(String, String)>,
}

impl BubbleChart {
    /// Returns the chart, ready to be drawn.
    pub fn scene(&self) -> Scene {
        let (mut drawn, left_out): (Vec<&Bubble>, Vec<&Bubble>) =
            self.bubbles.iter().partition(|bubble| bubble.has_place());
        // Stable, and the same for a score that is not a number on every platform.
        drawn.sort_by(|one, other| other.size().total_cmp(&one.size()));
        let areas = Areas::of(drawn.iter().map(|bubble| bubble.area.as_deref()));
        let legend: Vec<_> =
            areas.legend().into_iter().map(|(style, area)| (style, words::name(&area))).collect();
        let frame =
            Rect { left: 84.0, top: 70.0, right: draw::right_of_plot(&legend), bottom: 532.0 };
        let efforts = drawn.iter().map(|bubble| log10(bubble.effort));
        let values = drawn.iter().map(|bubble| log10(bubble.value));
        let x = LogScale::spanning(efforts, frame.left, frame.right);
        let y = LogScale::spanning(values, frame.bottom, frame.top);
        let mut backdrop = Canvas::default();
        let scores = drawn.iter().map(|bubble| log10(bubble.value) - log10(bubble.effort));
        let lines = iso_score::draw(scores, (&x, &y), &frame, &mut backdrop);
        let (lowest, highest) =
            drawn.iter().fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), bubble| {
                (low.min(bubble.size()), high.max(bubble.size()))
            });
        let most = most_radius(drawn.len(), lowest < highest);
        let marks = drawn.iter().map(|bubble| Mark {
            circle: Circle {
                centre: Point::new(x.at(log10(bubble.effort)), y.at(log10(bubble.value))),
                radius: bubble.radius(highest, most),
            },
            bounds: frame.inset(1.0),
            style: areas.style(bubble.area.as_deref()),
            name: words::name(&bubble.label),
            facts: bubble.shown_facts(),
        });
        Scene {
            title: words::name(&self.title),
            description: format!(
                "Ideas by effort, across, and reach times impact times confidence, up: {}. The larger \
                 a bubble, the higher the score.",
                drawn.len()
            ),
            frame,
            x: Axis { title: "Effort (person-months)".to_owned(), ticks: x.ticks() },
            y: Axis { title: "Reach × Impact × Confidence".to_owned(), ticks: y.ticks() },
            backdrop,
            taken: Vec::new(),
            lines,
            legend,
            marks: marks.collect(),
            left_out: left_out.iter().map(|bubble| words::name(&bubble.label)).collect(),
            why_left_out: "no effort or no value",
        }
    }
}

impl Bubble {
    fn has_place(&self) -> bool {
        [self.effort, self.value].iter().all(|number| number.is_finite() && *number > 0.0)
    }

    /// The score, or zero if it is not a positive number.
    fn size(&self) -> f64 {
        if self.score.is_finite() { self.score.max(0.0) } else { 0.0 }
    }

    fn radius(&self, highest: f64, most: f64) -> f64 {
        let share = if highest > 0.0 { self.size() / highest } else { 0.0 };
        tenth((share.sqrt() * most).clamp(RADII.0, most))
    }

    fn shown_facts(&self) -> Vec<(String, String)> {
        let area = self.area.as_ref().map(|area| ("Area".to_owned(), words::name(area)));
        area.into_iter().chain(words::facts(&self.facts)).collect()
    }
}

/// The radius of the highest score: where there are many ideas, smaller bubbles leave room for labels,
/// and where all scores are the same, no size says anything.
fn most_radius(ideas: usize, have_sizes: bool) -> f64 {
    let most = match ideas {
        0..=24 => RADII.1,
        25..=80 => 12.0,
        81..=200 => 9.0,
        _ => 7.0,
    };
    if have_sizes { most } else { most.min(9.0) }
}
