//! `docs/generators.md` has every generator: what it is told, and what it makes of a handbook of this repository.

use std::fmt::Write as _;

use crate::common::{compare, pmctl, repository};
use pmctl::generate::generator::{Argument, ArgumentKind, Generator};
use pmctl::generate::generators::ALL;

/// How many lines of what a generator makes are shown.
const SHOWN: usize = 12;

const EXAMPLE: &str = "examples/handbook";
const SOURCEGRAPH: &str = "fixtures/good/sourcegraph";
const GITLAB: &str = "fixtures/good/gitlab";

/// What the generators are told in their examples that need to be told something, or another handbook.
const CALLS: [(&str, &str, &str); 13] = [
    ("feature_code_host_compatibilities", "", SOURCEGRAPH),
    ("deployment_options", "", SOURCEGRAPH),
    ("product_team_leads", "team=readers", EXAMPLE),
    ("product_team", "team=readers", EXAMPLE),
    ("product_team_use_case_list", "team=readers", EXAMPLE),
    ("use_case_feature_list", "use_case=bring_people_in", EXAMPLE),
    ("reporting_structure", "role=head_of_product", EXAMPLE),
    ("guild_roster", "guild=barometer_guild", SOURCEGRAPH),
    ("code_hosts_list", "", SOURCEGRAPH),
    ("glossary", "", SOURCEGRAPH),
    ("feature_matrix", "columns=tiers only=differences", GITLAB),
    ("rice_ranking", "top=3", EXAMPLE),
    ("review_calendar", "by=owner", EXAMPLE),
];

const INTRODUCTION: &str = "\
# Generators

What `pmctl generate` and `pmctl matrix` can make of the data of a handbook. A page asks for it by a block or a
directive; [configuration](configuration.md#generated-text) tells how they are written. Behind the point of a
directive, `{{generator:product_team.readers}}`, stands the argument that is required, else the first of the table.

No generator belongs to a profile: each makes what it can of the data that is there. Where there is none, most say so in
a sentence, and lists are empty. Features of no team, or of one that the handbook does not have, come last, under
\"Other\".

The examples are as `pmctl matrix` prints them for handbooks in `examples/` and `fixtures/good/`; `...` stands for the
rest. On a page the same comes as Markdown, with links.

<!-- Written by the test in tests/cli/generators_manual.rs: UPDATE_EXPECTED=1 cargo test --test cli generators_manual -->
";

#[test]
fn the_manual_of_all_generators_is_up_to_date() {
    let sections: Vec<String> = ALL.iter().map(|generator| section(generator)).collect();
    compare(&format!("{INTRODUCTION}\n{}", sections.join("\n")), &repository("docs/generators.md"));
}

fn section(generator: &Generator) -> String {
    let Generator { name, about, arguments, .. } = generator;
    let mut text = format!("## {name}\n\n{about}.\n\n");
    if !arguments.is_empty() {
        text.push_str("| argument | value | |\n|---|---|---|\n");
        for argument in *arguments {
            let Argument { name, kind, is_required, about } = argument;
            let required = if *is_required { "; required" } else { "" };
            writeln!(text, "| `{name}` | {} | {about}{required} |", value(*kind)).expect("text");
        }
        text.push('\n');
    }
    let found = CALLS.iter().find(|(called, ..)| called == name);
    let (words, handbook) = found.map_or(("", EXAMPLE), |(_, words, handbook)| (*words, *handbook));
    let told: Vec<&str> = words.split_whitespace().collect();
    let args = [&["matrix", *name][..], &told, &["-C", handbook, "--today", "2026-01-31"]].concat();
    let made = pmctl(&args).run_in(&repository("")).exits(0).stdout;
    let command = ["pmctl matrix", *name].into_iter().chain(told).collect::<Vec<_>>().join(" ");
    let lines: Vec<&str> = made.lines().collect();
    let cut = if lines.len() > SHOWN { "...\n" } else { "" };
    let shown = lines.into_iter().take(SHOWN).collect::<Vec<_>>().join("\n");
    format!("{text}```console\n$ {command}\n{}\n{cut}```\n", shown.trim_end())
}

fn value(kind: ArgumentKind) -> String {
    let key = match kind {
        ArgumentKind::Choice(words) => {
            return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        }
        ArgumentKind::Team => "a team",
        ArgumentKind::Category => "a category",
        ArgumentKind::Stage => "a stage",
        ArgumentKind::UseCase => "a use case",
        ArgumentKind::Guild => "a guild",
        ArgumentKind::Role => return "the `manager_role_slug` of somebody".to_owned(),
        ArgumentKind::Area => "a category, a team, or what else ideas belong to",
        ArgumentKind::Count => return "a number above zero".to_owned(),
    };
    format!("the key of {key}")
}
