//! A scene as SVG.

use super::canvas::{Anchor, Canvas, DARK, FAINT, Type, Value, printed};
use super::geometry::{Circle, Point, Rect};
use super::label_place::SIZE as LABEL_SIZE;
use super::palette::Style;
use super::scene::{Layout, Mark, Scene};
use super::{HEIGHT, WIDTH, facts, key, words};

const GRID: &str = "#ececec";
const TITLE_SIZE: f64 = 20.0;
const AXIS_SIZE: f64 = 13.0;
const TICK_SIZE: f64 = 11.0;
const LEGEND_SIZE: f64 = 12.0;
const LEGEND_LINE: f64 = 20.0;
/// From the plot to the legend; the labels of lines that leave the plot are between them.
const LEGEND_GAP: f64 = 62.0;
/// The widest that the text of a legend may be.
const LEGEND_MOST: f64 = 150.0;
/// The radius of a mark in the legend, and from its centre to its text.
const SWATCH: f64 = 6.0;
const SWATCH_GAP: f64 = 13.0;

/// What a drawing is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A file of its own.
    File,
    /// A page, whose style sheet shows the facts of the mark that is pointed at.
    Page,
}

/// Where the plot ends at the right so that this legend fits next to it.
pub(super) fn right_of_plot(legend: &[(Style, String)]) -> f64 {
    let widest = legend
        .iter()
        .map(|(_, text)| words::width(text, LEGEND_SIZE).min(LEGEND_MOST))
        .fold(0.0, f64::max);
    let legend = if legend.is_empty() { 0.0 } else { 2.0 * SWATCH + SWATCH_GAP + widest };
    super::geometry::tenth(WIDTH - 12.0 - legend - LEGEND_GAP)
}

/// The whole drawing.
pub(super) fn draw(scene: &Scene, layout: &Layout, purpose: Purpose) -> String {
    let mut canvas = Canvas::default();
    let (width, height) = (printed(WIDTH), printed(layout.height));
    let view_box = format!("0 0 {width} {height}");
    let mut attributes: Vec<(&'static str, Value<'_>)> = vec![
        ("xmlns", "http://www.w3.org/2000/svg".into()),
        ("viewBox", view_box.as_str().into()),
        ("width", width.as_str().into()),
        ("height", height.as_str().into()),
        ("font-family", "system-ui, sans-serif".into()),
        ("aria-describedby", "chart-description".into()),
    ];
    match purpose {
        Purpose::File => {
            attributes.extend([("role", "img".into()), ("aria-labelledby", "chart-title".into())]);
            canvas.open("svg", &attributes);
            canvas.words("title", &[("id", "chart-title".into())], &scene.title);
        }
        // What is within an image cannot be reached by the keyboard, and a title would be shown by the
        // browser over the box of a mark.
        Purpose::Page => {
            let title = scene.title.as_str().into();
            attributes.extend([("role", "group".into()), ("aria-label", title)]);
            canvas.open("svg", &attributes);
        }
    }
    canvas.words("desc", &[("id", "chart-description".into())], &scene.description);
    let sheet = layout.sheet();
    canvas.empty(
        "rect",
        &[
            ("width", sheet.width().into()),
            ("height", sheet.height().into()),
            ("fill", "#ffffff".into()),
        ],
    );
    canvas.text(
        Point::new(24.0, 34.0),
        Type::new(Anchor::Start, TITLE_SIZE, DARK).bold(),
        // Bold is wider.
        &words::fit(&scene.title, TITLE_SIZE * 1.1, WIDTH - 48.0),
    );
    draw_axes(scene, &mut canvas);
    canvas.append(&scene.backdrop);
    draw_frame(&scene.frame, &mut canvas);
    draw_legend(scene, &mut canvas);
    draw_key(layout, &mut canvas);
    canvas.open("g", &[("class", "marks".into())]);
    for (n, ((mark, circle), label)) in
        scene.marks.iter().zip(&layout.circles).zip(&layout.labels).enumerate()
    {
        open_mark(n, mark, purpose, &mut canvas);
        if let Some(leader) = label.as_ref().and_then(|label| label.leader) {
            canvas.line(leader.from, leader.to, "#8a8a8a", 0.8, None);
        }
        draw_circle(circle, mark.style, &mut canvas);
        match label {
            Some(label) => {
                let look = Type::new(label.anchor, LABEL_SIZE, DARK);
                let look = if label.is_number { look.bold() } else { look };
                canvas.text(label.at(), look, &label.text);
            }
            None => draw_number(n + 1, circle, mark.style, &mut canvas),
        }
        canvas.close("g");
    }
    if purpose == Purpose::Page {
        // After all marks, so that none covers the box of another.
        for (n, (mark, circle)) in scene.marks.iter().zip(&layout.circles).enumerate() {
            facts::draw(mark, circle, &sheet, &format!("f{n}"), &mut canvas);
        }
    }
    canvas.close("g");
    canvas.close("svg");
    canvas.into_text()
}

fn draw_axes(scene: &Scene, canvas: &mut Canvas) {
    let Rect { left, top, right, bottom } = scene.frame;
    let mut written_to = f64::NEG_INFINITY;
    for tick in &scene.x.ticks {
        canvas.line(Point::new(tick.at, top), Point::new(tick.at, bottom), GRID, 1.0, None);
        // Only huge numbers are too wide for the distance of ticks.
        let half = words::width(&tick.text, TICK_SIZE) / 2.0;
        if tick.at - half >= written_to {
            let look = Type::new(Anchor::Middle, TICK_SIZE, FAINT);
            canvas.text(Point::new(tick.at, bottom + 17.0), look, &tick.text);
            written_to = tick.at + half;
        }
    }
    for tick in &scene.y.ticks {
        canvas.line(Point::new(left, tick.at), Point::new(right, tick.at), GRID, 1.0, None);
        let look = Type::new(Anchor::End, TICK_SIZE, FAINT);
        canvas.text(Point::new(left - 7.0, tick.at + 4.0), look, &tick.text);
    }
    let look = Type::new(Anchor::Middle, AXIS_SIZE, DARK);
    let below = Point::new(f64::midpoint(left, right), bottom + 42.0);
    canvas.text(below, look, &words::fit(&scene.x.title, AXIS_SIZE, scene.frame.width()));
    let left_of = Point::new(24.0, f64::midpoint(top, bottom));
    let turn = format!("rotate(-90 {} {})", printed(left_of.x), printed(left_of.y));
    let title = words::fit(&scene.y.title, AXIS_SIZE, scene.frame.height());
    canvas.turned_text(left_of, look, &turn, &title);
}

fn draw_frame(frame: &Rect, canvas: &mut Canvas) {
    canvas.rect(frame, &[("fill", "none".into()), ("stroke", "#b5b5b5".into())]);
}

fn draw_legend(scene: &Scene, canvas: &mut Canvas) {
    let mut centre = Point::new(scene.frame.right + LEGEND_GAP + SWATCH, scene.frame.top + SWATCH);
    for (style, text) in &scene.legend {
        let fitting = words::fit(text, LEGEND_SIZE, LEGEND_MOST);
        canvas.open("g", &[]);
        if fitting != *text {
            canvas.words("title", &[], text);
        }
        draw_circle(&Circle { centre, radius: SWATCH }, *style, canvas);
        let look = Type::new(Anchor::Start, LEGEND_SIZE, DARK);
        canvas.text(centre.moved(SWATCH_GAP, 4.0), look, &fitting);
        canvas.close("g");
        centre.y += LEGEND_LINE;
    }
}

fn draw_key(layout: &Layout, canvas: &mut Canvas) {
    if layout.has_moved {
        let note = "Marks that would hide each other are set a little apart.";
        let at = Point::new(WIDTH - 16.0, HEIGHT - 8.0);
        canvas.text(at, Type::new(Anchor::End, 10.0, FAINT), note);
    }
    for line in &layout.key {
        let number = Type::new(Anchor::End, key::SIZE, DARK).bold();
        canvas.text(line.at.moved(-6.0, 0.0), number, &line.number);
        canvas.text(line.at, Type::new(Anchor::Start, key::SIZE, DARK), &line.text);
    }
}

/// Opens the group of a mark. In a file the browser shows its title; on a page, which has a box for
/// that, the title is only read out.
fn open_mark(n: usize, mark: &Mark, purpose: Purpose, canvas: &mut Canvas) {
    let facts = mark.facts.iter().map(|(fact, text)| format!("{fact}: {text}"));
    let all: Vec<String> = [mark.name.clone()].into_iter().chain(facts).collect();
    match purpose {
        Purpose::File => {
            canvas.open("g", &[]);
            canvas.words("title", &[], &all.join("\n"));
        }
        Purpose::Page => canvas.open(
            "g",
            &[
                ("id", format!("m{n}").as_str().into()),
                ("class", "mark".into()),
                ("tabindex", "0".into()),
                ("role", "img".into()),
                ("aria-label", all.join("; ").as_str().into()),
            ],
        ),
    }
}

fn draw_circle(circle: &Circle, style: Style, canvas: &mut Canvas) {
    let (fill, stroke, width) = if style.is_hollow {
        ("#ffffff", style.colour, 2.5)
    } else {
        (style.colour, "#ffffff", 1.0)
    };
    // The stroke goes inwards, so that a circle is as large as it says.
    let radius = circle.radius - width / 2.0;
    canvas.empty(
        "circle",
        &[
            ("cx", circle.centre.x.into()),
            ("cy", circle.centre.y.into()),
            ("r", radius.into()),
            ("fill", fill.into()),
            ("fill-opacity", if style.is_hollow { "1" } else { "0.85" }.into()),
            ("stroke", stroke.into()),
            ("stroke-width", width.into()),
        ],
    );
}

/// The number of a mark without a label, as large as fits into it.
fn draw_number(number: usize, circle: &Circle, style: Style, canvas: &mut Canvas) {
    let text = number.to_string();
    let size = (circle.radius * 1.7 / words::width(&text, 1.0)).min(10.0);
    let look = Type::new(Anchor::Middle, size, style.ink).bold();
    canvas.text(circle.centre.moved(0.0, size * 0.36), look, &text);
}
