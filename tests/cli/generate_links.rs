//! Links in generated text: none of them runs anything.

use std::fs;

use crate::common::Handbook;
use pmctl::source::markdown::Outline;

const PAGES: &str = "# A\n\n<!-- pmctl:begin rice_ranking -->\n<!-- pmctl:end -->\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n\n<!-- pmctl:begin feature_matrix columns=maturity -->\n<!-- pmctl:end -->\n";

/// The targets of all links on a page that is generated with `target` wherever data can have a link.
fn targets(target: &str) -> Vec<String> {
    let quoted = serde_json::to_string(target).expect("text");
    let inside = |text: String| serde_json::to_string(&text).expect("text");
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file(
            "data/features.yml",
            format!(
                "kites:\n  title: Kites\n  maturity: built\n  link: {quoted}\n  note: {}\n",
                inside(format!("See [it]({target}).\n\n    [code]({target})"))
            ),
        )
        .file(
            "data/maturity_levels.yml",
            format!(
                "built:\n  title: Built\n  definition: {}\nsafe:\n  title: Safe\n  definition: {}\ndone:\n  title: Done\n  definition: {}\n",
                inside(format!("<{target}> and <a href=\"{target}\">it</a>")),
                inside(format!("[![x]({target})](https://example.com)")),
                inside(format!("[x]: {target}")),
            ),
        )
        .file(
            "data/rice.yml",
            format!("ideas:\n  sail:\n    title: Sail\n    link: {quoted}\n    reach: 6\n    impact: 1\n    confidence: 80%\n    effort: 2\n"),
        )
        .file("direction/a.md", PAGES);
    handbook.run(&["generate"]).exits(0);
    let text = fs::read_to_string(handbook.path("direction/a.md")).expect("a page");
    assert!(text.contains("Sail") && text.contains("Kites") && text.contains("Built"), "{text}");
    Outline::parse(&text).links.iter().map(|link| link.target.clone()).collect()
}

#[test]
fn an_address_that_runs_a_script_is_shown_as_text() {
    for target in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "javascript&colon;alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "javascript%3Aalert(1)",
    ] {
        let others: Vec<_> =
            targets(target).into_iter().filter(|it| it != "https://example.com").collect();
        assert_eq!(others, Vec::<String>::new(), "{target}");
    }
}

#[test]
fn an_address_of_a_page_stays_a_link() {
    let links = targets("https://example.com/x");
    assert!(
        links.len() > 4 && links.iter().all(|link| link.starts_with("https://example.com")),
        "{links:?}"
    );
}
