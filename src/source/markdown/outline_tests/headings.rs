//! Headings and their anchors.

use super::*;

#[test]
fn every_way_to_write_a_heading_is_one() {
    let page = page(
        "# Garden\n\n  ## Our *best* `tools` ##\n\nNext\nyear\n---\n> ### Quoted\n\n- #### Listed\n",
    );
    let found: Vec<_> = page
        .outline
        .headings
        .iter()
        .map(|it| (it.level, it.title.as_str(), page.at(&it.title_span), page.at(&it.span)))
        .collect();
    assert_eq!(
        found,
        [
            (1, "Garden", "Garden", "# Garden"),
            (2, "Our best tools", "Our *best* `tools`", "## Our *best* `tools` ##"),
            (2, "Next year", "Next\nyear", "Next\nyear\n---"),
            (3, "Quoted", "Quoted", "### Quoted"),
            (4, "Listed", "Listed", "#### Listed"),
        ]
    );
    assert_eq!(page.heading_ids(), ["garden", "our-best-tools", "nextyear", "quoted", "listed"]);
}

#[test]
fn links_add_their_text_to_the_title_and_images_nothing() {
    let page = page("## [Plans](p.md) ![a map](m.png) &amp; \\*more\\* :rocket:\n");
    assert_eq!(page.titles(), ["Plans & *more* :rocket:"]);
    assert_eq!(page.heading_ids(), ["plans---more-rocket"]);
}

#[test]
fn an_id_in_braces_is_the_anchor_and_not_the_title() {
    let page = page("## Plans {#our-plans}\n\n## Plans {: #Year .wide} ##\n\nPlans {#set}\n===\n");
    assert_eq!(page.titles(), ["Plans", "Plans", "Plans"]);
    assert_eq!(page.heading_ids(), ["our-plans", "Year", "set"]);
    assert!(page.outline.headings.iter().all(|heading| heading.explicit_id));
    assert_eq!(page.at(&page.outline.headings[1].title_span), "Plans");
}

#[test]
fn other_braces_stay_in_the_title() {
    let page = page("## Dear {name}\n\n## {{generator:plans}}\n\n## The `{#id}`\n");
    assert_eq!(page.titles(), ["Dear {name}", "{{generator:plans}}", "The {#id}"]);
    assert_eq!(page.heading_ids(), ["dear-name", "generatorplans", "the-id"]);
}

#[test]
fn the_attribute_list_on_the_next_line_names_the_heading() {
    let page =
        page("## Plans\n{: #our-plans .wide}\n\n## Plans\n{:.no_toc}\n\n## Plans\n\n{: #p}\nx\n");
    assert_eq!(page.heading_ids(), ["our-plans", "plans", "plans-1"]);
    assert_eq!(page.anchors(), [("p", "{: #p}")]);
}

#[test]
fn html_headings_are_headings() {
    let page = page(
        "<h1 align=\"center\">\n  Garden <em>&amp; shed</em>\n</h1>\n\n<h2 id=\"x\">Plans</h2>\n\n\
         <H3>\n\nIn *Markdown*\n\n</H3>\n\n## Plans\n",
    );
    let found: Vec<_> = page
        .outline
        .headings
        .iter()
        .map(|it| (it.level, it.title.as_str(), it.id.as_str(), it.explicit_id))
        .collect();
    assert_eq!(
        found,
        [
            (1, "Garden & shed", "--garden--shed", false),
            (2, "Plans", "x", true),
            (3, "In Markdown", "in-markdown", false),
            (2, "Plans", "plans", false),
        ]
    );
    assert_eq!(page.at(&page.outline.headings[1].span), "<h2 id=\"x\">Plans</h2>");
    assert_eq!(page.at(&page.outline.headings[1].title_span), "Plans");
    assert_eq!(page.anchors(), []);
}

#[test]
fn an_html_heading_without_end_is_none_but_its_id_counts() {
    let page = page("<h2 id=\"x\">Plans\n\n## Shed\n\n<h2 id=\"y\">\n\ntext\n");
    assert_eq!(page.titles(), ["Shed"]);
    assert_eq!(page.anchors(), [("x", "x"), ("y", "y")]);
}

#[test]
fn an_empty_heading_has_an_empty_title_behind_its_marks() {
    let page = page("##\n\n## {#only}\n\n#\n");
    assert_eq!(page.titles(), ["", "", ""]);
    assert_eq!(page.heading_ids(), ["", "only", "-1"]);
}
