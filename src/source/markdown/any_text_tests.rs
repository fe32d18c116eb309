//! Any text at all has an outline, whose ranges can be used without a further check.

use std::ops::Range;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// What Markdown, HTML and templates are made of, so that random pages have something to go wrong.
const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "# ",
    "## ",
    "\n---\n",
    "===\n",
    "> ",
    "- ",
    "1. ",
    "* ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "```\n",
    "~~~",
    "|",
    "\\|",
    "|-|\n",
    "|---|---|\n",
    "| a ",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[a]",
    "[a]: ",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "<!--",
    "-->",
    "<!-->",
    "<a id=\"",
    "\">",
    "<a href=x>",
    "</a>",
    "<h2 id='h'>",
    "</h2>",
    "<h3>",
    "</H3>",
    "<div>\n",
    "</div>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<script>",
    "<%",
    "%>",
    "<?",
    "{: #i}",
    "{#i}",
    "{:",
    "}",
    "{{x}}",
    "&amp;",
    "&",
    "\\",
    "<https://a.example>",
    "<b@c.example>",
    "key: v\n",
    "---\n",
    "...\n",
    "word",
    "é",
    "日本",
    "🚀",
    "\u{feff}",
    "\0",
    "\u{2028}",
    "[x](y 'z')",
    "https://a.example/",
    "www.b.c",
    "<img src=\"é",
    ":",
    "\n[é]: <ü>\n",
    "[é]",
];

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PARTS), 0..60).prop_map(|parts| parts.concat())
}

/// Every range that cuts a character or lies outside the text would panic here.
fn check(text: &str) {
    let outline = Outline::parse(text);
    let within = |outer: &Range<usize>, inner: &Range<usize>| {
        assert!(
            outer.start <= inner.start && inner.end <= outer.end,
            "{outer:?} {inner:?} {text:?}"
        );
    };
    let sound = |range: &Range<usize>| {
        assert!(text.get(range.clone()).is_some(), "{range:?} {text:?}");
    };
    let sorted = |ranges: Vec<Range<usize>>| {
        ranges.iter().for_each(sound);
        assert!(ranges.is_sorted_by_key(|range| range.start), "{ranges:?} {text:?}");
    };
    if let Some(FrontMatter { block, content, .. }) = &outline.front_matter {
        sorted(vec![block.clone(), content.clone()]);
        within(block, content);
    }
    sorted(outline.headings.iter().map(|it| it.span.clone()).collect());
    for heading in &outline.headings {
        sound(&heading.title_span);
        within(&heading.span, &heading.title_span);
    }
    sorted(outline.anchors.iter().map(|it| it.span.clone()).collect());
    sorted(outline.links.iter().map(|it| it.span.clone()).collect());
    for link in &outline.links {
        sound(&link.target_span);
        if link.form != LinkForm::Reference {
            within(&link.span, &link.target_span);
        }
    }
    sorted(outline.tables.iter().map(|it| it.span.clone()).collect());
    for table in &outline.tables {
        let header = table.header.iter().map(|it| it.span.clone());
        let rows = table.rows.iter().flat_map(|row| row.cells.iter().map(|it| it.span.clone()));
        sorted(header.chain(rows).collect());
        for row in &table.rows {
            within(&table.span, &row.span);
            assert_eq!(row.cells.len(), table.header.len());
            row.cells.iter().for_each(|cell| within(&row.span, &cell.span));
        }
    }
    sorted(outline.code.iter().map(|it| it.span.clone()).collect());
    sorted(outline.comments.iter().map(|it| it.span.clone()).collect());
    sorted(outline.html.clone());
    sorted(outline.blocks.iter().map(|it| it.span.clone()).collect());
    for run in &outline.text {
        assert!(text.get(run.span.clone()).is_some(), "{text:?} {run:?}");
        assert_eq!(run.span.is_empty(), run.kind == RunKind::Start, "{text:?} {run:?}");
    }
    assert!(outline.text.is_sorted_by(|one, next| one.span.end <= next.span.start), "{text:?}");
    let plain = PlainText::new(text, &outline.text);
    for (at, _) in plain.text.char_indices() {
        assert!(plain.in_text(plain.in_page(at)) <= plain.text.len());
    }
    for code in &outline.code {
        assert!(code.span.clone().all(|offset| outline.is_literal(offset)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_string_has_a_sound_outline(text in "\\PC{0,80}|[ -~\\n]{0,200}") {
        check(&text);
    }

    #[test]
    fn anything_like_markdown_has_a_sound_outline(text in markdown()) {
        check(&text);
    }

    #[test]
    fn generated_ids_are_unique(titles in prop::collection::vec("(a|b|a-1|a-1-1|b-2)", 0..12)) {
        let text = format!("# {}\n", titles.join("\n# "));
        let mut ids: Vec<_> = Outline::parse(&text).headings.into_iter().map(|it| it.id).collect();
        ids.sort();
        prop_assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    }
}

/// The times that these pages take where time is squared: between 2 and 60 seconds, optimised.
#[test]
fn absurd_pages_take_no_absurd_time() {
    const MANY: usize = 50_000;
    let lines = |line: &str| line.repeat(MANY);
    let pages = [
        ">".repeat(MANY),
        "[".repeat(MANY),
        "*".repeat(MANY),
        "<a ".repeat(MANY),
        "*{:".repeat(MANY),
        "- ".repeat(MANY) + "```\n" + &lines("\n"),
        "> ".repeat(MANY) + "a\n" + &lines("b\n"),
        "- ".repeat(MANY) + "a\n" + &lines("|b\n"),
        "![".repeat(MANY) + "a" + &"](b)".repeat(MANY),
        format!("<div>\n{}", "<a b=\"".repeat(MANY)),
        format!("<div>\n{}", "<!-- ".repeat(MANY)),
        lines("<p><!--\n\n"),
        lines("[a](b\\_c \"d\")\n"),
        lines("# a\n"),
        "xhttps://".repeat(MANY),
        "https://a[a](b)".repeat(MANY),
        "www.(".repeat(MANY),
        "(www.a_".repeat(MANY),
        format!("|a|b|\n|-|-|\n{}", lines("|c|d|\n")),
        format!("{}\n{}\n{}", "|a".repeat(9_000), "|-".repeat(9_000), "|x\n".repeat(9_000)),
        format!("[a]: {}\n\n{}", "b".repeat(MANY), lines("[a] ")),
    ];
    for page in pages {
        let start = Instant::now();
        let outline = Outline::parse(&page);
        let time = start.elapsed();
        // Generous, as tests run unoptimised and side by side.
        assert!(time < Duration::from_secs(20), "{:?} took {time:?}", &page[..20]);
        drop(outline);
    }
}
