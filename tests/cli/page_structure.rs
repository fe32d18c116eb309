//! The rules about what pages are made of: their sections, their links, and the list that they stand in.

use crate::common::Handbook;

/// What the rule `id` says of `handbook`: a line each, without the numbers.
fn said(handbook: &Handbook, id: &str) -> Vec<String> {
    let run = handbook.run(&["lint", "--rule", id, "--format", "json"]);
    let findings = run.json()["diagnostics"].as_array().expect("a list").clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let line = |finding: &serde_json::Value| {
        format!(
            "{} {}: {}",
            text(&finding["severity"]),
            text(&finding["path"]),
            text(&finding["message"])
        )
    };
    findings.iter().map(line).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn entries_are_found_however_they_are_written() {
    let handbook = Handbook::new()
        .file(
            "SUMMARY.md",
            "# Contents\n\n* [One](</a b.md>)\n* [Two](c%20d.md \"Title\")\n* [Three](e\\_f.md#part)\n\
             * [Four](./g/)\n* [Five][five]\n* [Out](https://example.org/x.md)\n* [Part](#here)\n\
             * [Sheet](x/sheet.pdf)\n\n[five]: h.md\n\n<!-- [gone](gone.md) -->\n",
        )
        .file("README.md", "# Here\n")
        .file("a b.md", "# A\n")
        .file("c d.md", "# C\n")
        .file("e_f.md", "# E\n")
        .file("g/README.md", "# G\n")
        .file("h.md", "# H\n")
        .file("LICENSE.md", "Free.\n");
    assert_eq!(said(&handbook, "page-unlisted"), NONE);
}

#[test]
fn an_entry_that_lacks_a_letter_is_told_with_the_page_it_means() {
    let handbook = Handbook::new()
        .file("SUMMARY.md", "* [Fines](lending/fine.md#late)\n* [Gone](lending/gone.md)\n")
        .file("lending/fines.md", "# Fines\n");
    assert_eq!(
        said(&handbook, "page-unlisted"),
        [
            "error SUMMARY.md: there is no page `lending/fine.md`",
            "error SUMMARY.md: there is no page `lending/gone.md`",
            "warning lending/fines.md: `SUMMARY.md` does not list this page",
        ]
    );
    let run = handbook.run(&["lint", "--rule", "page-unlisted"]);
    run.prints("did you mean `lending/fines.md`, which has no entry?");
}

#[test]
fn a_table_of_contents_without_an_entry_is_not_begun() {
    let handbook = Handbook::new().file("SUMMARY.md", "# Contents\n").file("a.md", "# A\n");
    assert_eq!(said(&handbook, "page-unlisted"), NONE);
}

#[test]
fn any_house_can_have_a_table_of_contents_for_a_folder() {
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            "[[pages]]\nglob = 'docs/SUMMARY.md'\nkind = 'contents'\nreviewed = false\n\
             [[pages]]\nglob = '**/*.md'\nkind = 'page'\nreviewed = false\n",
        )
        .file("data/features.yml", "a:\n  title: A\n")
        .file("docs/SUMMARY.md", "[First](first.md)\n")
        .file("docs/first.md", "# First\n")
        .file("docs/second.md", "# Second\n")
        .file("notes/third.md", "# Third\n");
    assert_eq!(
        said(&handbook, "page-unlisted"),
        ["warning docs/second.md: `docs/SUMMARY.md` does not list this page"]
    );
}

#[test]
fn sections_that_the_configuration_names_are_for_every_page_of_the_entry() {
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            "[[pages]]\nglob = 'direction/index.md'\nkind = 'list'\n\
             [[pages]]\nglob = 'direction/**/*.md'\nkind = 'direction'\nsections = ['Mission', 'Goals']\n",
        )
        .file("data/features.yml", "a:\n  title: A\n")
        .file("direction/index.md", "# All of them\n")
        .file("direction/boats.md", "# Boats\n\n## Mission\n\n## Goals for this year\n")
        .file("direction/oars.md", "# Oars\n\n## Gaols\n\n## Mission\n")
        .file("direction/sails.md", "# Sails\n");
    assert_eq!(
        said(&handbook, "strategy-section-missing"),
        [
            "warning direction/oars.md: the section `Gaols` is called `Goals` in the template",
            "warning direction/sails.md: this page lacks 2 sections of its template: `Mission`, `Goals`",
        ]
    );
}

#[test]
fn a_section_without_words_is_refused() {
    let handbook = Handbook::new()
        .file("pmctl.toml", "[[pages]]\nglob = '*.md'\nkind = 'page'\nsections = ['--']\n")
        .file("data/features.yml", "a:\n  title: A\n");
    handbook.run(&["lint"]).exits(2).says("[[pages]] sections names `--`");
}

/// A handbook of GitLab's form, with a stage whose page says `text`, and a category of it with a page.
fn stage(text: &str) -> Handbook {
    Handbook::new()
        .file(
            "data/stages.yml",
            "stages:\n  keep:\n    display_name: Keep\n    direction: /direction/keep/\n",
        )
        .file(
            "data/categories.yml",
            "loans:\n  name: Loans\n  stage: keep\n  direction: /direction/keep/loans/\n",
        )
        .file("source/direction/keep/index.html.md.erb", text)
        .file("source/direction/keep/loans/index.html.md", "# Loans\n")
}

#[test]
fn a_stage_page_may_link_its_categories_in_partials_but_code_is_not_judged() {
    let unlinked = [
        "warning source/direction/keep/index.html.md.erb: the page of the stage `Keep` does not link its category `Loans`",
    ];
    let id = "stage-links-categories";
    assert_eq!(said(&stage("# Keep\n"), id), unlinked);
    assert_eq!(said(&stage("# Keep\n\n`[Loans](loans/)`\n"), id), unlinked);
    assert_eq!(said(&stage("# Keep\n\n<%= devops_diagram([\"Keep\"]) %>\n"), id), unlinked);
    assert_eq!(
        said(&stage("# Keep\n\n<a href='/direction/keep/loans/#why'>Loans</a>\n"), id),
        NONE
    );
    assert_eq!(said(&stage("# Keep\n\n<%= partial('direction/categories') %>\n"), id), NONE);
    let with_partial = |partial: &str| {
        stage("# Keep\n\n<%= partial('direction/keep/list') %>\n")
            .file("source/direction/keep/_list.erb", partial)
    };
    assert_eq!(said(&with_partial("Nothing.\n"), id), unlinked);
    assert_eq!(said(&with_partial("[Loans](/direction/keep/loans)\n"), id), NONE);
    // A partial that pulls in itself is read once.
    assert_eq!(said(&with_partial("<%= partial('direction/keep/list') %>\n"), id), unlinked);
}

#[test]
fn a_stage_with_the_page_of_its_section_is_judged_by_the_page_of_its_own() {
    let handbook = |keep: &str| {
        Handbook::new()
            .file("data/sections.yml", "house:\n  name: House\n  direction: /direction/house/\n")
            .file(
                "data/stages.yml",
                "stages:\n  keep:\n    section: house\n    direction: /direction/house/#keep\n  \
                 mend:\n    section: house\n    direction: /direction/house/#mend\n",
            )
            .file(
                "data/categories.yml",
                "loans:\n  stage: keep\n  direction: /direction/keep/loans/\n",
            )
            .file("source/direction/house/index.html.md", "# House\n")
            .file("source/direction/keep/loans/index.html.md", "# Loans\n")
            .file(keep, "# Keep\n")
    };
    assert_eq!(
        said(&handbook("source/direction/elsewhere.html.md"), "stage-links-categories"),
        NONE
    );
    assert_eq!(
        said(&handbook("source/direction/keep/index.html.md"), "stage-links-categories"),
        [
            "warning source/direction/keep/index.html.md: the page of the stage `keep` does not link its category `loans`"
        ]
    );
}

#[test]
fn a_template_is_compared_with_the_pages_that_are_written_after_it() {
    let handbook = |template: &str| {
        Handbook::new()
            .file(
                "pmctl.toml",
                format!("[[pages]]\nglob = 'plans/*.md'\nkind = 'plan'\ntemplate = '{template}'\n"),
            )
            .file("data/features.yml", "a:\n  title: A\n")
            .file(
                "plans/_template.md",
                "# Plan\n\n> Say whom this is for, and why.\n\n[Team name]\n\n## Next\n\nTBD\n",
            )
            .file(
                "plans/boats.md",
                "# Boats\n\nSay whom this is for,\nand why.\n\n## Next\n\nOars for [team name].\n",
            )
    };
    assert_eq!(
        said(&handbook("plans/_template.md"), "template-leftover"),
        [
            "warning plans/boats.md: an instruction of the template is still in the page",
            "warning plans/boats.md: `[team name]` is still to be filled in",
        ]
    );
    handbook("plans/gone.md").run(&["lint"]).exits(2).prints("`plans/gone.md` cannot be judged");
}

#[test]
fn a_part_that_is_left_of_a_conflict_is_found_at_its_line() {
    for (line, count) in [
        ("<<<<<<< HEAD", 1),
        (">>>>>>> origin/main", 1),
        ("||||||| 1a2b3c4", 1),
        (">>>>>>> and he said so", 0),
        ("```\n<<<<<<< HEAD\n```", 0),
        ("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> autumn\n```", 0),
        ("<<<<<<< see here >>>>>>>", 0),
        ("<!--\n<<<<<<< HEAD\na -->\nA\n=======\nb -->\nB\n>>>>>>> autumn", 1),
        ("<!--\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> autumn\n-->", 1),
        ("<pre>\n<<<<<<< HEAD\n</pre>\nA\n=======\n</pre>\nB\n>>>>>>> autumn", 1),
    ] {
        let handbook = Handbook::new()
            .file("data/features.yml", "")
            .file("boards.md", format!("# Boards\n\nTitle\n=======\n\nText.\n\n{line}\n\nMore.\n"));
        let run = handbook.run(&["lint", "--format", "json", "--rule", "merge-conflict"]);
        let found = run.json()["diagnostics"].as_array().cloned().unwrap_or_default();
        assert_eq!(found.len(), count, "{line}");
        let marker = 8 + line.lines().position(|it| it.contains("<<<<<<<")).unwrap_or_default();
        let marker = if line.starts_with("<pre>") { 8 + 8 - 1 } else { marker };
        assert!(found.iter().all(|finding| finding["line"] == marker), "{found:?}");
    }
}
