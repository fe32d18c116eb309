//! Code, comments and other raw HTML.

use super::*;

#[test]
fn code_of_every_kind_is_found() {
    let page = page(
        "``one ` two`` and <code>three</code>\n\n```yaml\nfour\n```\n\n    five\n\n<pre>\n\nsix\n</pre>\n\n\
         <code>\n\nseven\n",
    );
    assert_eq!(
        page.code(),
        [
            (CodeKind::Span, "``one ` two``"),
            (CodeKind::Element, "<code>three</code>"),
            (CodeKind::Fenced, "```yaml\nfour\n```"),
            (CodeKind::Indented, "five"),
            (CodeKind::Element, "<pre>\n\nsix\n</pre>"),
        ]
    );
    for word in ["one", "three", "four", "five", "six"] {
        assert!(page.is_literal(word), "{word}");
    }
    assert!(!page.is_literal("and"));
    assert!(!page.is_literal("seven"), "an element that does not close is no code");
}

#[test]
fn comments_are_found_in_blocks_in_lines_and_in_quotes() {
    let page = page("<!-- one\n\ntwo --> after\n\nA <!-- three --> B\n\n> <!-- four\n> five -->\n");
    assert_eq!(
        page.comments(),
        [
            ("<!-- one\n\ntwo -->", " one\n\ntwo "),
            ("<!-- three -->", " three "),
            ("<!-- four\n> five -->", " four\nfive "),
        ]
    );
    assert!(page.is_literal("two") && page.is_literal("five"));
    assert!(!page.is_literal("after") && !page.is_literal("B\n"));
}

#[test]
fn a_comment_that_goes_on_behind_its_block_hides_what_it_covers() {
    let page = page(
        "<div><!-- old:\n\n# Hidden\n\n[a](b.md) | c |\n--|--\n`d` <i id=e></i>\n\n--> </div>\n\n# Shown\n",
    );
    assert_eq!(page.titles(), ["Shown"]);
    assert_eq!(page.comments().len(), 1);
    assert_eq!((page.links(), page.anchors(), page.code()), (vec![], vec![], vec![]));
    assert_eq!(page.outline.tables, []);
    assert!(page.is_literal("Hidden") && !page.is_literal("Shown"));
}

#[test]
fn a_comment_that_never_ends_is_the_rest_of_its_block() {
    let page = page("> <!-- one\n> two\n\nthree\n\n<p><!-- four\n\nfive\n");
    assert_eq!(page.comments(), [("<!-- one\n> two\n", " one\ntwo\n"), ("<!-- four\n", " four\n")]);
    assert!(!page.is_literal("three") && !page.is_literal("five"));
}

#[test]
fn tags_are_html_and_the_text_between_them_is_not() {
    let page =
        page("<p align=\"center\"><i><br> Last Reviewed: 2031-05-04</i>\n</p>\n\na <b>c</b>\n");
    let html: Vec<_> = page.outline.html.iter().map(|span| page.at(span)).collect();
    assert_eq!(html, ["<p align=\"center\">", "<i>", "<br>", "</i>", "</p>", "<b>", "</b>"]);
}
