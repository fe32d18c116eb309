//! The manuals of rules, as Markdown.

use std::fmt::Write as _;

use crate::lint::{Example, Rule};

/// The manual of one rule.
pub fn manual(rule: &Rule) -> String {
    let manual = &rule.manual;
    format!(
        "# {id}\n\nLevel: {level}\n\n{what}\n\n## Why\n\n{why}\n\n## Bad\n\n{bad}\n## Good\n\n{good}\n\
         ## Source\n\n{source}\n",
        id = rule.id,
        level = rule.level_name(),
        what = manual.what,
        why = manual.why,
        bad = example(&manual.bad),
        good = example(&manual.good),
        source = manual.source,
    )
}

/// All manuals in one page, with a table of contents.
pub fn all_manuals(rules: &[&Rule]) -> String {
    let mut page = String::from(
        "# Rules\n\n<!-- Made by `pmctl explain --all`; a test keeps it up to date. -->\n\n\
         | Rule | Level |\n| --- | --- |\n",
    );
    for rule in rules {
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| [`{id}`](#{id}) | {level} |",
            id = rule.id,
            level = rule.level_name()
        );
    }
    for rule in rules {
        page.push('\n');
        page.push_str(&manual(rule).replace("\n## ", "\n### ").replacen("# ", "## ", 1));
    }
    page
}

fn example(example: &Example) -> String {
    let ending = example.path.rsplit_once('.').map(|(_, ending)| ending);
    let language = if ending == Some("md") { "markdown" } else { "yaml" };
    format!("In `{}`:\n\n```{language}\n{}```\n", example.path, example.text)
}
