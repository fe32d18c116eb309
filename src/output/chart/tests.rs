//! Both charts as a whole: what they show of any data, and that nothing in them covers anything else.

use std::path::Path;

use proptest::prelude::*;

use super::geometry::Circle;
use super::scene::Scene;
use super::{Bubble, BubbleChart, HEIGHT, QuadrantChart, QuadrantItem, WIDTH};

const TITLES: [&str; 15] = [
    "Count a shelf with a phone",
    "Renew by text message",
    "Borrow without a network",
    "Search by the first line",
    "One card for the whole family",
    "Return at any branch",
    "Reminders the day before",
    "Scan a cover to find a book",
    "Holds for reading groups",
    "Large print in the catalogue",
    "Shelf marks on a map",
    "Queue for the new arrivals",
    "Offline list of what is due",
    "Suggest a purchase",
    "Repair slips for damaged books",
];

/// A backlog of `count` ideas that the same numbers go through again and again, as those of a team do.
fn backlog(count: usize) -> BubbleChart {
    let areas = ["lending", "offline", "catalogue"];
    let bubbles = (0..count).map(|n| {
        let reach = [0.5, 1.5, 3.0, 6.0, 10.0][n * 7 % 5];
        let impact = [0.25, 0.5, 1.0, 2.0, 3.0][(n * 3 + n / 5) % 5];
        let confidence = [0.5, 0.8, 1.0][(n + n / 3) % 3];
        let effort = [0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0][(n * 5 + n / 8) % 8];
        let value = reach * impact * confidence;
        let score = value / effort;
        Bubble {
            label: match n / TITLES.len() {
                0 => TITLES[n].to_owned(),
                round => format!("{} {}", TITLES[n % TITLES.len()], round + 1),
            },
            area: Some(areas[n * 2 % 3].to_owned()),
            effort,
            value,
            score,
            facts: vec![("Score".to_owned(), format!("{score:.2}"))],
        }
    });
    BubbleChart { title: "What to build next".to_owned(), bubbles: bubbles.collect() }
}

/// Ideas that nothing tells apart.
fn ties(count: usize) -> BubbleChart {
    let mut chart = backlog(count);
    for bubble in &mut chart.bubbles {
        (bubble.effort, bubble.value, bubble.score) = (2.0, 3.0, 1.5);
    }
    chart
}

/// The votes of a session about `count` items, many of which have the same.
fn session(count: usize) -> QuadrantChart {
    let points = (0..count).map(|n| QuadrantItem {
        label: match n / TITLES.len() {
            0 => TITLES[n].to_owned(),
            round => format!("{} {}", TITLES[n % TITLES.len()], round + 1),
        },
        x: [0.0, 3.0, 5.0, 1.0, 2.0, 3.0, 4.0][n * 5 % 7],
        y: [1.0, 4.0, 3.0, 0.0, 5.0, 2.0][(n * 5 + n / 6) % 6],
        facts: Vec::new(),
    });
    QuadrantChart {
        title: "Priorities of the spring session".to_owned(),
        x_title: "Feasibility (votes)".to_owned(),
        y_title: "Importance (votes)".to_owned(),
        x_cut: 2.5,
        y_cut: 2.5,
        quadrants: ["Do now", "Make feasible", "Fill in", "Leave"].map(str::to_owned),
        points: points.collect(),
    }
}

/// Checks that nothing covers a label or is cut off, and that every mark has a label or a number.
fn assert_readable(scene: &Scene) {
    let layout = scene.layout();
    let labels: Vec<_> = layout.labels.iter().flatten().collect();
    for (n, label) in labels.iter().enumerate() {
        assert!(scene.frame.encloses(&label.rect), "{label:?} is cut off");
        for other in &labels[..n] {
            assert!(!label.rect.overlaps(&other.rect), "{label:?} covers {other:?}");
        }
        for circle in &layout.circles {
            assert!(!label.rect.touches(circle), "{label:?} covers {circle:?}");
        }
        for leader in labels.iter().filter_map(|other| other.leader) {
            let is_own = label.leader == Some(leader);
            assert!(is_own || !label.rect.is_crossed(&leader), "{leader:?} crosses {label:?}");
        }
        for taken in &scene.taken {
            assert!(!label.rect.overlaps(taken), "{label:?} covers the name of a quadrant");
        }
    }
    for (n, circle) in layout.circles.iter().enumerate() {
        let Circle { centre, radius } = circle;
        assert!(scene.frame.inset(*radius).contains(*centre), "{circle:?} is cut off");
        assert!(
            layout.circles[..n].iter().all(|other| other.centre != *centre),
            "{circle:?} hides"
        );
    }
    for line in &layout.key {
        assert!(layout.sheet().contains(line.at), "{line:?} is cut off");
    }
    let names = labels.iter().filter(|label| !label.is_number).count();
    assert_eq!(names + layout.key.len(), scene.marks.len() + scene.left_out.len());
}

#[test]
fn no_label_covers_anything() {
    for count in [0, 1, 2, 12, 20, 60, 300] {
        assert_readable(&backlog(count).scene());
        assert_readable(&session(count).scene());
    }
    assert_readable(&ties(12).scene());
    assert_readable(&ties(100).scene());
}

#[test]
fn a_dozen_ideas_all_have_their_labels() {
    for scene in [backlog(12).scene(), backlog(15).scene(), session(12).scene()] {
        let layout = scene.layout();
        assert!(layout.labels.iter().all(Option::is_some));
        assert!(layout.key.is_empty());
        assert_eq!((layout.sheet().width(), layout.height), (WIDTH, HEIGHT));
    }
}

#[test]
fn ideas_at_one_place_are_set_apart() {
    let scene = ties(12).scene();
    let circles = scene.layout().circles;
    for (n, circle) in circles.iter().enumerate() {
        for other in &circles[..n] {
            assert!(circle.centre.distance(other.centre) >= circle.radius + other.radius);
        }
    }
    assert!(ties(12).scene().svg().contains("a little apart"));
    assert!(!backlog(4).scene().svg().contains("a little apart"));
    assert!(!session(4).scene().svg().contains("a little apart"));
}

#[test]
fn what_has_no_label_has_a_number_in_the_key() {
    let chart = backlog(300);
    let svg = chart.scene().svg();
    for bubble in &chart.bubbles {
        assert!(svg.contains(&bubble.label), "{} is missing", bubble.label);
    }
    assert!(chart.scene().layout().key.len() > 100);
}

#[test]
fn a_bubble_is_as_large_as_its_score_within_limits() {
    let mut chart = backlog(5);
    for (bubble, score) in chart.bubbles.iter_mut().zip([8.0, 2.0, 0.1, -1.0, f64::NAN]) {
        bubble.score = score;
    }
    let radii: Vec<String> =
        chart.scene().marks.iter().map(|mark| mark.circle.radius.to_string()).collect();
    assert_eq!(radii, ["16", "8", "5", "5", "5"]);
}

#[test]
fn what_is_at_a_cut_is_above_it() {
    let mut matrix = session(1);
    (matrix.points[0].x, matrix.points[0].y) = (2.5, 2.5);
    let scene = matrix.scene();
    assert_eq!(scene.marks[0].facts[0].1, "Do now");
    let circle = scene.layout().circles[0];
    assert!(circle.centre.x - circle.radius >= scene.marks[0].bounds.left, "not on the line");
}

#[test]
fn what_has_no_place_is_listed() {
    let mut chart = backlog(2);
    chart.bubbles[0].effort = 0.0;
    chart.bubbles[1].value = f64::NAN;
    let layout = chart.scene().layout();
    assert_eq!(layout.circles, []);
    assert_eq!(layout.key[0].text, "(no effort or no value) Count a shelf with…");
    let mut matrix = session(1);
    matrix.points[0].x = f64::INFINITY;
    assert_eq!(matrix.scene().layout().key.len(), 1);
}

#[test]
fn the_same_data_give_the_same_chart() {
    assert_eq!(backlog(60).scene().svg(), backlog(60).scene().svg());
    assert_eq!(session(60).scene().html(), session(60).scene().html());
}

#[test]
fn what_a_handbook_says_stays_text() {
    let long = "very long ".repeat(200);
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; } </style><script>alert(2)</script>",
        "Q&A &amp; ]]> <!-- --",
        "\u{202e}gnihtemos\u{2066}",
        "two\nlines\r\n\tand\u{0}\u{1b}[31m\u{85}\u{2028}more",
        &long,
        "👩‍💻👨‍👩‍👧‍👦🏳️‍🌈 emoji 図書館の本",
        "חידוש הספרים بالهاتف",
        "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{ffff}\u{fffe}\u{feff}",
        "",
        "\u{200d}",
    ];
    let mut chart = backlog(hostile.len());
    let mut matrix = session(hostile.len());
    for (n, text) in hostile.iter().enumerate() {
        let facts = vec![((*text).to_owned(), (*text).to_owned())];
        chart.bubbles[n].label = (*text).to_owned();
        chart.bubbles[n].area = Some((*text).to_owned());
        chart.bubbles[n].facts.clone_from(&facts);
        matrix.points[n].label = (*text).to_owned();
        matrix.points[n].facts = facts;
        for chart in [&mut chart.title, &mut matrix.title, &mut matrix.x_title] {
            (*text).clone_into(chart);
        }
        for name in &mut matrix.quadrants {
            (*text).clone_into(name);
        }
        for text in
            [chart.scene().svg(), chart.scene().html(), matrix.scene().svg(), matrix.scene().html()]
        {
            assert_well_formed(&text);
            for markup in ["<script", "<img", "<!--", "onerror=\"", "\u{202e}", "\u{feff}"] {
                assert!(!text.contains(markup), "{markup:?} in {text}");
            }
        }
    }
    assert_readable(&chart.scene());
    assert_readable(&matrix.scene());
}

#[test]
fn a_page_loads_and_runs_nothing() {
    let page = backlog(3).scene().html();
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; "));
    for word in ["<script", "href", "url(", "@import", " on"] {
        let found = page.match_indices(word).filter(|(at, _)| !page[*at..].starts_with(" on "));
        assert_eq!(found.count(), 0, "{word:?}");
    }
    assert!(page.contains("#m2:hover~#f2"));
}

#[test]
fn small_charts_look_as_they_did() {
    assert_golden("bubbles.svg", &backlog(4).scene().svg());
    assert_golden("quadrants.svg", &session(4).scene().svg());
}

fn assert_golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output/chart/golden").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, actual).expect("the golden folder can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        actual == expected,
        "{name} is out of date; if the new chart is right, run the tests with UPDATE_EXPECTED=1\n{actual}"
    );
}

/// Checks that every tag is closed, every attribute quoted and every reference known: XML, as far as
/// charts use it. The few empty elements of HTML and its doctype are let through.
fn assert_well_formed(text: &str) {
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "a control character");
    assert!(!text.contains(['\u{fffe}', '\u{ffff}']), "no character of XML");
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        assert_references(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        assert!(name.chars().all(|c| c.is_ascii_alphabetic() || c == '!'), "{tag:?}");
        let mut attributes = tag[name.len()..].trim_end_matches('/');
        while let Some((attribute, value)) = attributes.split_once("=\"") {
            assert!(
                attribute.trim().chars().all(|c| c.is_ascii_alphanumeric() || "-:".contains(c))
            );
            let (value, after) = value.split_once('"').expect("a quote ends");
            assert!(!value.contains('<'));
            assert_references(value);
            attributes = after;
        }
        assert!(attributes.trim().is_empty() || name == "!doctype", "{attributes:?}");
        if !tag.ends_with('/') && !["!doctype", "meta"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

fn assert_references(text: &str) {
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        assert!(known.iter().any(|reference| text[at..].starts_with(reference)), "{text}");
    }
}

fn assert_sound(text: &str) {
    assert_well_formed(text);
    for number in ["\"NaN", "\"inf", "\"-inf", " NaN", " inf"] {
        assert!(!text.contains(number), "{number} in {text}");
    }
}

/// Any finite positive number, the usual ones more often.
fn positive() -> impl Strategy<Value = f64> {
    let any = proptest::num::f64::POSITIVE | proptest::num::f64::SUBNORMAL;
    prop_oneof![0.1_f64..100.0, any.prop_map(f64::abs), Just(1.0), Just(f64::MAX), Just(5e-324)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_ideas_make_a_chart(
        ideas in proptest::collection::vec(
            ("\\PC{0,40}|[A-Z<&]{0,9}\\n", proptest::option::of("\\PC{0,9}"), positive(), positive()),
            0..12,
        ),
        score in proptest::num::f64::ANY,
    ) {
        let bubbles = ideas.into_iter().map(|(label, area, effort, value)| Bubble {
            label, area, effort, value, score, facts: Vec::new(),
        });
        // The title of a chart may be a word such as "inf", so it has one that is none.
        let chart = BubbleChart { title: "Ideas".to_owned(), bubbles: bubbles.collect() };
        prop_assert!(chart.bubbles.iter().all(|bubble| bubble.effort > 0.0));
        assert_readable(&chart.scene());
        assert_well_formed(&chart.scene().html());
        let mut unnamed = chart;
        for bubble in &mut unnamed.bubbles {
            (bubble.label, bubble.area) = (String::new(), None);
        }
        assert_sound(&unnamed.scene().svg());
    }

    #[test]
    fn any_votes_make_a_matrix(
        votes in proptest::collection::vec(
            ("\\PC{0,40}", proptest::num::f64::NORMAL, -2.0_f64..12.0), 0..12,
        ),
        names in proptest::array::uniform4("\\PC{0,40}"),
        x_cut in proptest::num::f64::ANY,
        y_cut in -2.0_f64..12.0,
    ) {
        let points = votes.into_iter().map(|(label, x, y)| QuadrantItem { label, x, y, facts: Vec::new() });
        let mut matrix = QuadrantChart {
            quadrants: names, points: points.collect(), x_cut, y_cut, ..session(0)
        };
        assert_readable(&matrix.scene());
        assert_well_formed(&matrix.scene().html());
        matrix.quadrants = Default::default();
        for point in &mut matrix.points {
            point.label = String::new();
        }
        assert_sound(&matrix.scene().svg());
    }
}
