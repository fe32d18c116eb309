//! What concerns a page as a whole.

use super::*;

#[test]
fn front_matter_is_no_part_of_the_markdown() {
    let page =
        page("<!-- ours -->\n---\ntitle: '# Plans'\n---\n# Plans\n\n---\n\n[a][b]\n\n[b]: c.md\n");
    assert_eq!(page.outline.front_matter, front_matter(page.text));
    assert_eq!(page.titles(), ["Plans"]);
    assert_eq!(page.comments(), [("<!-- ours -->", " ours ")]);
    assert_eq!(page.links(), [("[a][b]", "c.md", "c.md")]);
    assert_eq!(
        page.blocks(),
        [
            (BlockKind::Html, "<!-- ours -->"),
            (BlockKind::Heading, "# Plans"),
            (BlockKind::Rule, "---"),
            (BlockKind::Paragraph, "[a][b]"),
        ]
    );
}

#[test]
fn the_blocks_of_the_top_level_stand_in_order() {
    let page = page(
        "Text[^1]\n\n- a\n  - b\n\n> c\n\n| d |\n|---|\n\n```\ne\n```\n<div>\nf\n</div>\n\n***\n\n[^1]: g\n",
    );
    assert_eq!(
        page.blocks(),
        [
            (BlockKind::Paragraph, "Text[^1]"),
            (BlockKind::List, "- a\n  - b"),
            (BlockKind::Quote, "> c"),
            (BlockKind::Table, "| d |\n|---|"),
            (BlockKind::Code, "```\ne\n```"),
            (BlockKind::Html, "<div>\nf\n</div>"),
            (BlockKind::Rule, "***"),
            (BlockKind::Footnote, "[^1]: g"),
        ]
    );
}

#[test]
fn template_tags_are_text() {
    let page = page(
        "<%= partial \"plans/dates\" %>\n\n- TOC\n{:toc .wide}\n\n{{< note title=\"a\" >}}\n## Plans\n{{< /note >}}\n\n\
         | {{generator:plans}} | <%= a %> |\n|---|---|\n\n<div class=\"<%= wide > 1 %>\">\n<% if a > b %>\n\
         <a href=\"<%= url %>\">x</a>\n</div>\n\n{{generator:plans}}\n",
    );
    assert_eq!(page.titles(), ["Plans"]);
    assert_eq!(page.outline.tables[0].header[0].text, "{{generator:plans}}");
    assert_eq!(page.links(), [("<a href=\"<%= url %>\">x</a>", "<%= url %>", "<%= url %>")]);
    assert!(!page.is_literal("{{generator:plans}}\n"));
}

#[test]
fn windows_line_breaks_change_nothing() {
    let text = "---\ntitle: x\n---\n# Plans\n{: #p}\n\nText [a](b.md)\n\n| a |\n|---|\n| 1 |\n";
    let windows = text.replace('\n', "\r\n");
    let (page, other) = (page(text), page(&windows));
    assert_eq!(page.heading_ids(), other.heading_ids());
    assert_eq!(page.links(), other.links());
    assert_eq!(page.blocks()[0], other.blocks()[0]);
    assert_eq!(other.at(&other.outline.tables[0].rows[0].span), "| 1 |");
    assert_eq!(other.outline.front_matter.map(|it| it.block.end), Some(20));
}
