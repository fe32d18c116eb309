//! `category-stage-mismatch`: a category in a group of another stage than the one it names.

use std::collections::HashMap;

use crate::handbook::Table;
use crate::handbook::hierarchy::{Group, Stage};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Spanned;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "category-stage-mismatch",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a category that a group of another stage lists than the one the category names.",
        why: "The category's page and the stage's page disagree about who owns it.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  stage: monitor # but a group of `plan` lists it\n",
        },
        good: Example { path: "data/categories.yml", text: "dashboards:\n  stage: plan\n" },
        source: "GitLab: every category belongs to exactly one group, in the stage it names.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    // A stage that does not exist is reported as such.
    let is_stage =
        |stage: &str| context.handbook.keys(Table::Stages).is_none_or(|keys| keys.has(stage));
    let stage_of: HashMap<&str, &Spanned<String>> = context
        .handbook
        .categories
        .iter()
        .filter_map(|category| Some((category.key.value.as_str(), category.stage.as_ref()?)))
        .collect();
    for (stage, group) in context.handbook.groups() {
        for category in &group.categories {
            match stage_of.get(category.value.as_str()) {
                Some(named) if named.value != stage.key.value && is_stage(&named.value) => {
                    report.add(mismatch(stage, group, category, named));
                }
                _ => {}
            }
        }
    }
}

fn mismatch(
    stage: &Stage,
    group: &Group,
    category: &Spanned<String>,
    named: &Spanned<String>,
) -> Finding {
    let message = format!(
        "category `{}` names the stage `{}` but belongs to group `{}` of stage `{}`",
        category.value, named.value, group.key.value, stage.key.value
    );
    Finding::new(named.span, message)
        .label("the stage it names")
        .related(category.span, format!("listed in stage `{}`", stage.key.value))
        .help("name the stage of its group, or move it to a group of the stage it names")
}
