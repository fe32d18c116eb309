//! Where a page gets its first stamp: below its title.

use std::fs;

use crate::common::Handbook;

/// The page `page` after a stamp, which reads back as of today and does not change by a second one.
fn stamped(page: &str) -> String {
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file("direction/kites.md", page);
    let stamp = || handbook.run(&["review", "--no-git", "direction/kites.md"]).exits(0);
    let text = || fs::read_to_string(handbook.path("direction/kites.md")).expect("the page");
    stamp();
    let once = text();
    stamp().prints("already");
    assert_eq!(text(), once);
    once
}

#[test]
fn the_stamp_goes_below_the_title() {
    for page in [
        "# Kites\n@\nThey fly.\n",
        "Kites\n=====\n@\nThey fly.\n",
        "Kites\n---\n@\nThey fly.\n",
        "\u{feff}# Kites\r\n@\r\nThey fly.\r\n",
        "![badge](b.svg)\n\n# Kites\n@\nThey fly.\n",
        "[![badge](b.svg)](https://kites.example)\n![two](c.svg)\n\n# Kites\n@\nThey fly.\n",
        "![badge](b.svg)\n\nKites\n=====\n@\nThey fly.\n",
        "[[_TOC_]]\n\n# Kites\n@\nThey fly.\n",
        "[TOC]\n\n# Kites\n@\nThey fly.\n",
        "* TOC\n{:toc}\n\n# Kites\n@\nThey fly.\n",
        "<!-- toc -->\n- [Rope](#rope)\n<!-- tocstop -->\n\n# Kites\n@\n## Rope\n\nText.\n",
        "<!-- # Not this\n\none -->\n\n# Kites\n@\nThey fly.\n",
        "{::comment}\n# Not this one\n{:/comment}\n\n# Kites\n@\nThey fly.\n",
        "<p align=\"center\">\n  <img src=\"logo.png\">\n</p>\n\n<h1 align=\"center\">Kites</h1>\n@\nThey fly.\n",
        "<div>\n<img src=\"logo.png\">\n<h1>Kites</h1>\n</div>\n@\nThey fly.\n",
        "{% include nav.html %}\n\n{{< badge \"x\" >}}\n\n# Kites\n@\nThey fly.\n",
        "---\ntitle: Kites\n---\n\n![badge](b.svg)\n\n# Kites\n@\nThey fly.\n",
        "+++\ntitle = \"Kites\"\n+++\n\n# Kites\n@\nThey fly.\n",
        "{\n\"title\": \"Kites\"\n}\n\n# Kites\n@\nThey fly.\n",
        "An introduction.\n\n# Kites\n@\nThey fly.\n",
        "> A note.\n\n# Kites\n@\nThey fly.\n",
        "## Kites\n@\nThey fly.\n",
        "# Kites\n{: .wide}\n@\nThey fly.\n",
        "# Kites\n\n[TOC]\n@\nThey fly.\n",
        "# Kites\n\n[[_TOC_]]\n@\nThey fly.\n",
        "# Kites\n\n- [Rope](#rope)\n  - [Knots](#knots)\n- [Wind](#wind)\n@\n## Rope\n\nText.\n",
        "# Kites\n\n1. [Rope](#rope)\n2. [Wind](#wind)\n@\n## Rope\n\nText.\n",
        "# Kites\n\n<details>\n<summary>Contents</summary>\n\n- [Rope](#rope)\n\n</details>\n@\n## Rope\n",
        "# Kites\n\n<!-- toc -->\n\n- [Rope](#rope)\n\n<!-- tocstop -->\n@\n## Rope\n\nText.\n",
        "# Kites\n\n<!-- START doctoc generated TOC -->\n<!-- DON'T EDIT THIS SECTION -->\n**Table of Contents**  *generated with [DocToc](https://toc.example)*\n\n- [Rope](#rope)\n\n<!-- END doctoc generated TOC -->\n@\n## Rope\n",
        "# Kites\n\n## Table of contents\n\n* [Rope](#rope)\n@\n## Rope\n\nText.\n",
        "# Kites\r\n\r\n## Contents\r\n\r\n* [Rope](#rope)\r\n@\r\n## Rope\r\n\r\nText.\r\n",
        "# Kites\n\n[![badge](b.svg)](https://kites.example)\n@\nThey fly.\n",
        "# Kites\n\n<!-- A note\nof two lines -->\n@\nThey fly.\n",
        "# Kites\n@\n- [Rope](#rope)\n- [Other page](other.md)\n",
        "# Kites\n@\n## Contents\n\nA box and a rope.\n",
        "# Kites\n@\n<details>\n<summary>More</summary>\n\nText.\n\n</details>\n",
        "# Kites\n@\n<!-- one line -->\n\nThey fly.\n",
    ] {
        let end = if page.contains('\r') { "\r\n" } else { "\n" };
        let before =
            page.replace('@', "").replace(&format!("{end}{end}{end}"), &format!("{end}{end}"));
        let stamp = format!("{end}Last reviewed: 2026-01-31{end}");
        assert_eq!(
            stamped(&before),
            page.replacen('@', &stamp, 1)
                .replace(&format!("{stamp}{end}{end}"), &format!("{stamp}{end}")),
            "{page}"
        );
    }
}

#[test]
fn a_page_without_a_title_has_it_at_the_top_but_below_its_data() {
    let line = "Last reviewed: 2026-01-31\n";
    for (before, after) in [
        ("", "They fly.\n"),
        ("---\ntitle: Kites\n---\n\n", "## Rope\n\nText.\n"),
        ("---\ntitle: Kites\n---\n\n", "They fly.\n\n# Rope\n\nText.\n"),
        ("Title: Kites\nAuthor: Ada\n\n", "They fly.\n"),
        ("% Kites\n% Ada\n\n", "They fly.\n"),
        ("import Rope from './rope'\n\n", "They fly.\n"),
    ] {
        assert_eq!(stamped(&format!("{before}{after}")), format!("{before}{line}\n{after}"));
    }
}
