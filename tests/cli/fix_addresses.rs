//! Fixes of links that name the handbook's own site: nothing of the address is lost, and one address has one form.

use std::fs;

use crate::common::Handbook;

const SITE: &str = "[links]\nsite = 'https://harbour.example.com'\n";
const BELOW_A_FOLDER: &str = "[links]\nsite = 'https://harbour.example.com/book'\n";

/// A handbook whose pages link each other by their files.
fn handbook(settings: &str, line: &str) -> Handbook {
    Handbook::new()
        .file("pmctl.toml", settings)
        .file("data/features.yml", "")
        .file("kites/index.md", "# Kites\n\n## Part\n\n[ropes](../ropes/knots.md)\n")
        .file("kites/a.png", "")
        .file("ropes/other.md", "# Other\n\n[kites](../kites/index.md)\n")
        .file("ropes/knots.md", format!("# Knots\n\n{line}\n\n## Part\n"))
}

/// The third line of a page that has `line` there, after the safe fixes.
#[track_caller]
fn fixed(settings: &str, line: &str) -> String {
    let handbook = handbook(settings, line);
    let args = ["lint", "--fix", "--exit-zero"];
    handbook.run(&args).exits(0);
    let text = fs::read_to_string(handbook.path("ropes/knots.md")).expect("a page");
    handbook.run(&args).exits(0);
    let again = fs::read_to_string(handbook.path("ropes/knots.md")).expect("a page");
    assert_eq!(again, text, "a second run has nothing to do");
    text.lines().nth(2).expect("a line").to_owned()
}

#[test]
fn a_query_is_kept_or_the_link_is() {
    for line in [
        "[x](https://harbour.example.com/ropes/knots/?q=1#part)",
        "[x](https://harbour.example.com/ropes/knots/?#part)",
        "[x](https://harbour.example.com/ropes/knots/?q=1)",
        // Escapes that a program would have to write anew.
        r"[x](https://harbour.example.com/kites/?q=\(a)",
        "[x](https://harbour.example.com/kites/?a=1&copy;=2)",
        "<a href='https://harbour.example.com/kites/?q=&#39;a'>x</a>",
        "<a href='https://harbour.example.com/kites/?q=&quot;a'>x</a>",
    ] {
        assert_eq!(fixed(SITE, line), line);
    }
    for (line, new) in [
        ("[x](https://harbour.example.com/kites/?q=1#part)", "[x](../kites/index.md?q=1#part)"),
        ("[x](https://harbour.example.com/kites/?)", "[x](../kites/index.md?)"),
        ("[x](https://harbour.example.com/kites/?q=(a))", "[x](../kites/index.md?q=(a))"),
        (
            r#"<a href="https://harbour.example.com/kites/?a=1&amp;b=(2)#part">x</a>"#,
            r#"<a href="https://harbour.example.com/kites/?a=1&amp;b=(2)#part">x</a>"#,
        ),
        (
            r#"<a href="https://harbour.example.com/kites/?a=1&amp;b=2#part">x</a>"#,
            r#"<a href="/kites/?a=1&amp;b=2#part">x</a>"#,
        ),
        (
            r#"<a href="https://harbour.example.com/kites/?b='2'#part">x</a>"#,
            r#"<a href="/kites/?b='2'#part">x</a>"#,
        ),
        (
            r#"[x](<https://harbour.example.com/kites/?q=1> "A title")"#,
            r#"[x](<../kites/index.md?q=1> "A title")"#,
        ),
        ("[x][k]\n\n[k]: https://harbour.example.com/kites/ 'T'", "[x][k]"),
    ] {
        assert_eq!(fixed(SITE, line), new);
    }
}

#[test]
fn a_row_keeps_its_cells() {
    let row = r"| [x](https://harbour.example.com/kites/?q=1\|2) | [y](https://harbour.example.com/kites/ 'T') |";
    let handbook = handbook(SITE, &format!("| a | b |\n| - | - |\n{row}"));
    handbook.run(&["lint", "--fix", "--exit-zero"]).exits(0);
    let text = fs::read_to_string(handbook.path("ropes/knots.md")).expect("a page");
    let new = r"| [x](https://harbour.example.com/kites/?q=1\|2) | [y](../kites/index.md 'T') |";
    assert_eq!(text.lines().nth(4), Some(new));
}

#[test]
fn every_spelling_of_an_address_gets_one_form() {
    for address in [
        "https://harbour.example.com/kites/",
        "https://harbour.example.com/kites",
        "http://harbour.example.com/kites/",
        "//harbour.example.com/kites/",
        "HTTPS://Harbour.EXAMPLE.com/kites/",
        "https://harbour.example.com/Kites/",
        "https://harbour.example.com/KITES/",
        "https://harbour.example.com/%6Bites/",
        "https://harbour.example.com/kites/index.html",
    ] {
        let new = fixed(SITE, &format!("[x]({address}#part)"));
        assert_eq!(new, "[x](../kites/index.md#part)", "{address}");
    }
    for image in ["kites/a.png", "Kites/a.png"] {
        let new = fixed(SITE, &format!("![x](https://harbour.example.com/{image})"));
        assert_eq!(new, "![x](/kites/a.png)", "{image}");
    }
    // Another port or a user may be another site.
    for address in
        ["https://harbour.example.com:8080/kites/", "https://me@harbour.example.com/kites/"]
    {
        let line = format!("[x]({address})");
        assert_eq!(fixed(SITE, &line), line);
    }
}

#[test]
fn a_part_that_is_not_there_is_not_carried_along() {
    for line in [
        "[x](https://harbour.example.com/kites/#nowhere)",
        "[x](https://harbour.example.com/Kites/#nowhere)",
        "[x](https://harbour.example.com/ropes/knots/#nowhere)",
    ] {
        assert_eq!(fixed(SITE, line), line);
    }
    let line = "[x](https://harbour.example.com/kites/#nowhere)";
    let run = handbook(SITE, line).run(&["lint", "--rule", "link-absolute-internal"]);
    run.prints("write `../kites/index.md#nowhere` once the part that it names is there");
    // The letters of the part are fixed first, then the link.
    let line = "[x](https://harbour.example.com/kites/#Part)";
    assert_eq!(fixed(SITE, line), "[x](../kites/index.md#part)");
    assert_eq!(fixed(SITE, "[x](https://harbour.example.com/kites/#)"), "[x](../kites/index.md#)");
}

#[test]
fn a_site_below_a_folder_gets_no_path_from_the_root_of_its_host() {
    // A picture is linked from the root, and there is none here.
    let line = "![x](https://harbour.example.com/book/Kites/a.png)";
    assert_eq!(fixed(BELOW_A_FOLDER, line), "![x](../kites/a.png)");
    let new = fixed(BELOW_A_FOLDER, "[x](https://harbour.example.com/book/Kites/#part)");
    assert_eq!(new, "[x](../kites/index.md#part)");
    // Where no page shows how files are linked, the address stays.
    let handbook = Handbook::new()
        .file("pmctl.toml", BELOW_A_FOLDER)
        .file("data/features.yml", "")
        .file("kites/index.md", "# Kites\n")
        .file("a.md", "[x](https://harbour.example.com/book/Kites/)\n");
    handbook.run(&["lint", "--fix", "--unsafe-fixes", "--exit-zero"]).exits(0);
    let text = fs::read_to_string(handbook.path("a.md")).expect("a page");
    assert_eq!(text, "[x](https://harbour.example.com/book/Kites/)\n");
}
