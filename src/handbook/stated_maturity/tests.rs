//! What pages say of their level, and what only looks so.

use super::*;
use crate::config::{DatedLevels, Maturity};

fn ladder(keys: &[&str]) -> Ladder {
    Ladder::new(
        &Maturity {
            levels: keys.iter().map(|key| (*key).to_owned()).collect(),
            is_configured: true,
            date_fields: std::collections::BTreeMap::new(),
            dated: DatedLevels::Reached,
            terminal: None,
        },
        None,
    )
}

fn levels() -> LevelWords {
    let ladder = ladder(&["planned", "minimal", "viable", "complete", "lovable", "partial_ga"]);
    LevelWords::new(&ladder, std::iter::once(("Generally available".to_owned(), 3)))
}

/// The level that `page`, or a section of it, states of `subject`, as it is written.
fn stated_of<'p>(page: &'p str, section: Option<&str>, subject: &str) -> Option<&'p str> {
    let outline = Outline::parse(page);
    let stated = stated_maturity(page, || &outline, section, &levels(), &[subject])?;
    Some(&page[stated.span])
}

/// The level that `page` states of the category Fog Horn, as it is written.
fn stated(page: &str) -> Option<&str> {
    stated_of(page, None, "Fog Horn (FH)")
}

fn in_section(text: &str) -> String {
    format!("# Fog Horn\n\nText.\n\n## Maturity plan\n\n{text}\n")
}

#[test]
fn sentences_that_state_the_level() {
    for (sentence, level) in [
        ("Fog Horn is at the **Viable** level.", "Viable"),
        ("Fog Horn is at the Generally Available level.", "Generally Available"),
        ("The fog horn is now at the partial-ga level.", "partial-ga"),
        ("This category is currently at the [Viable](/m/) maturity level, as seen.", "Viable"),
        (
            "This category is currently at the \"Complete\" maturity level, and our next is Lovable.",
            "Complete",
        ),
        (
            "This category is currently at Minimal maturity.  A plan is to reach Viable maturity.",
            "Minimal",
        ),
        (
            "Our current maturity is at \"Complete\" and the next maturity target is \"Lovable\".",
            "Complete",
        ),
        ("Level of\nthis category: fog. Its category is currently **minimal**.", "minimal"),
        ("Maturity: Fog Horn is currently `viable`.", "viable"),
        ("Text on maturity.\n\n- Fog Horn is at the **Loveable** maturity level.", "Loveable"),
    ] {
        assert_eq!(stated(sentence), Some(level), "{sentence}");
    }
}

#[test]
fn sentences_that_do_not() {
    for sentence in [
        "Fog Horn will be at the **Viable** level.",
        "By 2023, we plan that Fog Horn is at the **Viable** level.",
        "Fog Horn is at the **Viable** level by late 2023.",
        "The target of this category is the **Viable** level.",
        "This category was at the **Viable** level.",
        "This category is not at the **Viable** level.",
        "This category is between the **Minimal** and the **Viable** level.",
        "The gravel importer is at the **Viable** level.",
        "On any level, Fog Horn is complete.",
        "On any level, Fog Horn is currently a **complete list** of horns.",
        "> Fog Horn is at the **Viable** level.",
        "<!-- Fog Horn is at the **Viable** level. -->",
        "    Fog Horn is at the **Viable** level.",
        "This category is currently at the <%= level %> level, and our next is **Viable**.",
        "Fog Horn is at the **Viable** level. Fog Horn is at the **Minimal** level.",
    ] {
        assert_eq!(stated(sentence), None, "{sentence}");
    }
}

#[test]
fn sections_state_by_a_form_or_by_one_marked_level() {
    for (text, level) in [
        ("It scored 3.6, which puts the maturity level at [\"Complete\"](/m/).", "Complete"),
        ("**Viable**. Next is **Complete**.", "Viable"),
        ("[Viable](/m/)", "Viable"),
        ("Horn experts call it `viable`; it lacks a bell.", "viable"),
        (
            "Achieving **Complete** will take long. Horns are currently in the **viable** state.",
            "viable",
        ),
        ("This category is currently **Minimal**. See the [Complete horn](/x/) epic.", "Minimal"),
    ] {
        assert_eq!(stated(&in_section(text)), Some(level), "{text}");
    }
    for text in [
        "We work to mature it from `viable` to `complete`.\n\n- [Complete](/1)\n- [Lovable](/2)",
        "- [Complete](/1)\n- [Lovable](/2)",
        "Horns have no maturity level. We think of them as **Viable**.",
        "See the [Complete horn](/x/) epic.",
        "Brass horns are at the **Viable** level. Tin horns are at the **Minimal** level.",
    ] {
        assert_eq!(stated(&in_section(text)), None, "{text}");
    }
}

#[test]
fn tables_at_the_top_go_before_all_else() {
    let below = in_section("This category is currently **Complete**.");
    for table in [
        "| | |\n|-|-|\n| Stage | Sea |\n| **Maturity** | [Viable](/m/) |",
        "| Maturity | Viable |\n|-|-|\n| Stage | Sea |",
        "| Stage | **Maturity** | Date |\n|-|-|-|\n| Sea | `Viable` | x |",
        "| Stage | Maturity |\n|-|-|\n| Sea | Viable |",
        "| Category | Maturity |\n|-|-|\n| Fog Horn (FH) | Viable |",
        "|-|-|\n| Stage | Sea |\n| **Maturity** | [Viable](/m/) |",
    ] {
        assert_eq!(stated(&format!("{table}\n\n{below}")), Some("Viable"), "{table}");
    }
    for unclear in [
        "| | |\n|-|-|\n| Maturity | <%= level %> |",
        "| | |\n|-|-|\n| Maturity | N/A |",
        "| Stage | Maturity |\n|-|-|\n| Sea | Minimal to Viable |",
    ] {
        assert_eq!(stated(&format!("{unclear}\n\n{below}")), None, "{unclear}");
    }
    for other in [
        "| Category | Maturity |\n|-|-|\n| Bell | Viable |",
        "| Category | Maturity |\n|-|-|\n| Bell | Viable |\n| Gong | Viable |",
        "> | Stage | Maturity |\n> |-|-|\n> | Sea | Viable |",
    ] {
        assert_eq!(stated(&format!("{other}\n\n{below}")), Some("Complete"), "{other}");
    }
}

#[test]
fn a_level_with_a_title_in_any_script_is_found() {
    let ladder = ladder(&["planned", "viable"]);
    let levels = LevelWords::new(&ladder, std::iter::once(("Überall verfügbar".to_owned(), 1)));
    for level in ["überall verfügbar", "Viable"] {
        let page = format!("# Bell\n\nBell is at the **{level}** level.\n");
        let outline = Outline::parse(&page);
        let stated = stated_maturity(&page, || &outline, None, &levels, &["Bell"]);
        assert_eq!(stated.map(|stated| &page[stated.span]), Some(level));
    }
}

#[test]
fn a_section_of_a_page_speaks_for_itself() {
    let page = "| Maturity | Viable |\n|-|-|\n\n# A\n\n## Bell\n\n### Maturity\n\n**Minimal**\n\n## Gong\n\nx\n";
    let level = |section| stated_of(page, Some(section), "Bell");
    assert_eq!((level("bell"), level("gong"), level("drum")), (Some("Minimal"), None, None));
}

proptest::proptest! {
    #[test]
    fn what_is_stated_stands_in_the_page(text in "(maturity|level|is|at|the|\\*\\*|viable|\\[|\\]|\\(x\\)|<%|%>|<!--|-->|\\|-|\\||\n|# |\"|é| ){0,40}") {
        if let Some(stated) = stated_of(&text, None, "Viable") {
            proptest::prop_assert_eq!(stated.to_lowercase(), "viable");
        }
    }
}
