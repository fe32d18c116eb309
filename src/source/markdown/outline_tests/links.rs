//! Links and images.

use super::*;

#[test]
fn inline_links_give_the_destination_as_written() {
    let page = page(
        "[our *plans*](plans.md#top \"Plans\") ![a map](<my map.png>) [x](a\\_b.md) [](e.md) [y]()\n\
         [two\nlines](l.md) [`](c.md)`](d.md)\n",
    );
    assert_eq!(
        page.links(),
        [
            ("our plans", "plans.md#top", "plans.md#top"),
            ("a map", "my map.png", "my map.png"),
            ("x", "a_b.md", "a\\_b.md"),
            ("", "e.md", "e.md"),
            ("y", "", ""),
            ("two lines", "l.md", "l.md"),
            ("](c.md)", "d.md", "d.md"),
        ]
    );
    assert_eq!(page.at(&page.outline.links[1].span), "![a map](<my map.png>)");
}

#[test]
fn reference_links_lead_to_their_definition() {
    let text = "See [the plan][P  l], [p l][] and ![P L].\n\n[p l]: ./plan.md 'The plan'\n";
    let page = page(text);
    let definition = text.find("./plan").expect("it is there");
    for link in &page.outline.links {
        assert_eq!(link.form, LinkForm::Reference);
        assert_eq!(link.target_span, definition..definition + 9);
    }
    assert_eq!(page.links()[0], ("the plan", "./plan.md", "./plan.md"));
    assert_eq!(page.outline.links[2].kind, LinkKind::Image);
}

#[test]
fn autolinks_and_addresses_are_links() {
    let page = page("<https://plans.example/?a&amp;b> or <ada@plans.example>\n");
    assert_eq!(
        page.links(),
        [
            (
                "https://plans.example/?a&amp;b",
                "https://plans.example/?a&amp;b",
                "https://plans.example/?a&amp;b"
            ),
            ("ada@plans.example", "mailto:ada@plans.example", "ada@plans.example"),
        ]
    );
}

#[test]
fn a_bare_address_is_a_link_but_not_in_one() {
    let page = page(
        "See https://plans.example/a_b*c*?d&amp;e. [https://x.example](y.md)\n\n\
         | www.plans.example|`https://code.example` |\n|---|---|\n\n\
         <a href=\"z.md\">\nhttps://z.example</a>\n",
    );
    assert_eq!(
        page.links(),
        [
            (
                "https://plans.example/a_b*c*?d&amp;e",
                "https://plans.example/a_b*c*?d&e",
                "https://plans.example/a_b*c*?d&amp;e"
            ),
            ("https://x.example", "y.md", "y.md"),
            ("www.plans.example", "http://www.plans.example", "www.plans.example"),
            ("https://z.example", "z.md", "z.md"),
        ]
    );
}

#[test]
fn html_links_are_links() {
    let page = page(
        "An <a class=x href=\"p.md?a&amp;b\">old *link*</a> and <img alt='a map' src=m.png/>\n\n\
         <p>\n<a href='q.md'>\nQ</a></p>\n\n<a href=\"open.md\">\n\ntext\n",
    );
    assert_eq!(
        page.links(),
        [
            ("old link", "p.md?a&b", "p.md?a&amp;b"),
            ("a map", "m.png/", "m.png/"),
            ("Q", "q.md", "q.md"),
            ("", "open.md", "open.md"),
        ]
    );
    let span = |index: usize| page.at(&page.outline.links[index].span);
    assert_eq!(span(0), "<a class=x href=\"p.md?a&amp;b\">old *link*</a>");
    assert_eq!(span(3), "<a href=\"open.md\">");
}

#[test]
fn an_image_in_a_link_is_both_and_what_is_in_an_image_is_its_text() {
    let page = page("[![a map](m.png)](p.md) ![see [x](y.md) ![z](z.png)](w.png)\n");
    assert_eq!(
        page.links(),
        [("", "p.md", "p.md"), ("a map", "m.png", "m.png"), ("see x z", "w.png", "w.png")]
    );
}

#[test]
fn nothing_in_code_or_comments_is_a_link() {
    let page = page("`[a](b)`\n\n    [a](b)\n\n<!-- [a](b) <a href=c></a> -->\n");
    assert_eq!(page.links(), []);
}
