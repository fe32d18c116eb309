//! Charts, as an SVG file and as an HTML page: the RICE plot and the priority matrix.
//!
//! A chart turns its data into a scene of marks on two axes; the scene finds a place for
//! every mark and label, and is drawn as SVG, which the page wraps. All of it is a pure function of
//! the data: every position is rounded to a tenth before anything is decided by it, so that the last
//! bits of a logarithm, which differ from platform to platform, cannot move a label.

mod areas;
mod bubble;
mod canvas;
mod draw;
mod facts;
mod geometry;
mod grid;
mod iso_score;
mod key;
mod label;
mod label_place;
mod linear_scale;
mod log_scale;
mod nudge;
mod page;
mod palette;
mod quadrant;
mod scene;
#[cfg(test)]
mod tests;
mod words;

pub use bubble::{Bubble, BubbleChart};
pub use quadrant::{QuadrantChart, QuadrantItem};
pub use scene::Scene;

use draw::Purpose;

/// The width of a chart, in the units of its view box.
const WIDTH: f64 = 960.0;
/// Its height; a key makes it higher.
const HEIGHT: f64 = 600.0;

impl Scene {
    /// Returns the chart as an SVG file.
    pub fn svg(&self) -> String {
        draw::draw(self, &self.layout(), Purpose::File)
    }

    /// Returns the chart as an HTML page that needs no other file and shows the facts of the mark that is pointed at.
    pub fn html(&self) -> String {
        page::page(self, &self.layout())
    }
}
