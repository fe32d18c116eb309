//! How tags are written: the one place that prints numbers and escapes text, so that neither a
//! coordinate that is not a number nor a label that is a tag gets into a chart.

use super::geometry::{Point, Rect};
use crate::output::xml::escaped;

/// The colour of text and lines that are to be read.
pub(super) const DARK: &str = "#333333";
/// The colour of text and lines in the background.
pub(super) const FAINT: &str = "#6b6b6b";

/// The value of an attribute.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Number(f64),
    Text(&'a str),
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

type Attributes<'a> = &'a [(&'static str, Value<'a>)];

/// Which end of a text is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a line of text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) anchor: Anchor,
    pub(super) size: f64,
    pub(super) colour: &'static str,
    pub(super) is_bold: bool,
}

impl Type {
    pub(super) const fn new(anchor: Anchor, size: f64, colour: &'static str) -> Self {
        Self { anchor, size, colour, is_bold: false }
    }

    pub(super) const fn bold(mut self) -> Self {
        self.is_bold = true;
        self
    }
}

/// Tags, one a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Canvas(String);

impl Canvas {
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.0.push_str(">\n");
    }

    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.0.push_str("/>\n");
    }

    /// A rectangle; `look` are its other attributes.
    pub(super) fn rect(&mut self, rect: &Rect, look: Attributes<'_>) {
        let place = [
            ("x", rect.left.into()),
            ("y", rect.top.into()),
            ("width", rect.width().into()),
            ("height", rect.height().into()),
        ];
        self.empty("rect", &[&place, look].concat());
    }

    /// An element that holds nothing but text.
    pub(super) fn words(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.tag(name, attributes);
        self.0.push('>');
        self.0.push_str(&escaped(text));
        self.close(name);
    }

    /// A line of text whose baseline passes through `at`.
    pub(super) fn text(&mut self, at: Point, look: Type, text: &str) {
        self.turned_text(at, look, "", text);
    }

    /// A line of text that a transformation turns.
    pub(super) fn turned_text(&mut self, at: Point, look: Type, transform: &str, text: &str) {
        let mut attributes: Vec<(&'static str, Value<'_>)> = vec![
            ("x", at.x.into()),
            ("y", at.y.into()),
            ("font-size", look.size.into()),
            ("fill", look.colour.into()),
        ];
        match look.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", "middle".into())),
            Anchor::End => attributes.push(("text-anchor", "end".into())),
        }
        if look.is_bold {
            attributes.push(("font-weight", "bold".into()));
        }
        if !transform.is_empty() {
            attributes.push(("transform", transform.into()));
        }
        self.words("text", &attributes, text);
    }

    /// A straight line; `dash` is the pattern of its dashes, if it has any.
    pub(super) fn line(
        &mut self,
        from: Point,
        to: Point,
        colour: &str,
        width: f64,
        dash: Option<&str>,
    ) {
        let mut attributes: Vec<(&'static str, Value<'_>)> = vec![
            ("x1", from.x.into()),
            ("y1", from.y.into()),
            ("x2", to.x.into()),
            ("y2", to.y.into()),
            ("stroke", colour.into()),
            ("stroke-width", width.into()),
        ];
        if let Some(dash) = dash {
            attributes.push(("stroke-dasharray", dash.into()));
        }
        self.empty("line", &attributes);
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            match value {
                Value::Number(number) => self.0.push_str(&printed(*number)),
                Value::Text(text) => self.0.push_str(&escaped(text)),
            }
            self.0.push('"');
        }
    }
}

/// `number` with at most one decimal.
pub(super) fn printed(number: f64) -> String {
    let rounded = super::geometry::tenth(number);
    // Minus zero is a zero, too.
    if rounded == 0.0 || !rounded.is_finite() { "0".to_owned() } else { rounded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_has_more_than_one_decimal() {
        assert_eq!(
            [1.0, 1.25, -0.01, 99.96, f64::NAN, f64::INFINITY].map(printed),
            ["1", "1.3", "0", "100", "0", "0"]
        );
    }

    #[test]
    fn text_stays_text() {
        let mut canvas = Canvas::default();
        canvas.words("text", &[("id", "a\"b".into())], "<b>'&'</b>");
        assert_eq!(
            canvas.into_text(),
            "<text id=\"a&quot;b\">&lt;b&gt;&#39;&amp;&#39;&lt;/b&gt;</text>\n"
        );
    }
}
