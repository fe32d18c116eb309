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
            ("[our *plans*](plans.md#top \"Plans\")", "plans.md#top", "plans.md#top"),
            ("![a map](<my map.png>)", "my map.png", "my map.png"),
            ("[x](a\\_b.md)", "a_b.md", "a\\_b.md"),
            ("[](e.md)", "e.md", "e.md"),
            ("[y]()", "", ""),
            ("[two\nlines](l.md)", "l.md", "l.md"),
            ("[`](c.md)`](d.md)", "d.md", "d.md"),
        ]
    );
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
    assert_eq!(page.links()[0], ("[the plan][P  l]", "./plan.md", "./plan.md"));
    assert_eq!(page.outline.links[2].kind, LinkKind::Image);
}

#[test]
fn autolinks_and_addresses_are_links() {
    let page = page("<https://plans.example/?a&amp;b> or <ada@plans.example>\n");
    assert_eq!(
        page.links(),
        [
            (
                "<https://plans.example/?a&amp;b>",
                "https://plans.example/?a&amp;b",
                "https://plans.example/?a&amp;b"
            ),
            ("<ada@plans.example>", "mailto:ada@plans.example", "ada@plans.example"),
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
            ("[https://x.example](y.md)", "y.md", "y.md"),
            ("www.plans.example", "http://www.plans.example", "www.plans.example"),
            ("<a href=\"z.md\">\nhttps://z.example</a>", "z.md", "z.md"),
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
            ("<a class=x href=\"p.md?a&amp;b\">old *link*</a>", "p.md?a&b", "p.md?a&amp;b"),
            ("<img alt='a map' src=m.png/>", "m.png/", "m.png/"),
            ("<a href='q.md'>\nQ</a>", "q.md", "q.md"),
            ("<a href=\"open.md\">", "open.md", "open.md"),
        ]
    );
}

#[test]
fn an_image_in_a_link_is_both_and_a_link_in_an_image_is_none() {
    let page = page("[![a map](m.png)](p.md) ![see [x](y.md) ![z](z.png)](w.png)\n");
    assert_eq!(
        page.links(),
        [
            ("[![a map](m.png)](p.md)", "p.md", "p.md"),
            ("![a map](m.png)", "m.png", "m.png"),
            ("![see [x](y.md) ![z](z.png)](w.png)", "w.png", "w.png"),
        ]
    );
}

#[test]
fn nothing_in_code_or_comments_is_a_link() {
    let page = page("`[a](b)`\n\n    [a](b)\n\n<!-- [a](b) <a href=c></a> -->\n");
    assert_eq!(page.links(), []);
}
