//! `marketing-category-limit`: a stage with more than 8 marketing categories.

use std::collections::HashMap;

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "marketing-category-limit",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a stage with more than 8 categories that marketing shows (`marketing: true`).",
        why: "The pages that list them have room for eight.",
        bad: Example {
            path: "data/categories.yml",
            text: "# nine categories with `stage: plan` and `marketing: true`\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "# eight of them; the ninth says `marketing: false`\n",
        },
        source: "GitLab: at most 8 marketing categories per stage.",
    },
    check,
};

/// How many categories of a stage marketing may show.
const LIMIT: usize = 8;

fn check(context: Context<'_>, report: &mut Report) {
    let mut shown_in: HashMap<&str, Vec<&str>> = HashMap::new();
    for category in &context.handbook.categories {
        if let (Some(stage), Some(marketing)) = (&category.stage, &category.marketing)
            && marketing.value
        {
            shown_in.entry(&stage.value).or_default().push(&category.key.value);
        }
    }
    for stage in &context.handbook.stages {
        let shown = shown_in.get(stage.key.value.as_str()).map_or(&[][..], Vec::as_slice);
        if shown.len() > LIMIT {
            let message = format!(
                "stage `{}` has {} marketing categories; {LIMIT} is the limit",
                stage.key.value,
                shown.len()
            );
            report.add(
                Finding::new(stage.key.span, message)
                    .label(format!("{} too many", shown.len() - LIMIT))
                    .help(format!("set `marketing: false` for some of {}", shown.join(", "))),
            );
        }
    }
}
