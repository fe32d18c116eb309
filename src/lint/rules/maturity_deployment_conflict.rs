//! `maturity-deployment-conflict`: a maturity that no deployment has.

use crate::handbook::Table;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "maturity-deployment-conflict",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a feature whose maturity is equal to none of its maturities by deployment option.",
        why: "The table of features and the table of deployments tell two stories.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  maturity: ga\n  deployment:\n    self_hosted: beta\n    cloud: beta\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  maturity: beta\n  deployment:\n    self_hosted: beta\n    cloud: beta\n",
        },
        source: "Sourcegraph: features.yml, `maturity` and `deployment`.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let levels_known = context.handbook.keys(Table::MaturityLevels);
    // A level that does not exist is reported as such.
    let is_level = |level: &str| levels_known.is_none_or(|levels| levels.has(level));
    for feature in &context.handbook.features {
        let Some(maturity) = &feature.maturity else { continue };
        let levels: Vec<&str> =
            feature.deployment.iter().map(|(_, level)| level.value.as_str()).collect();
        let is_judged = !levels.is_empty()
            && levels.iter().copied().chain([maturity.value.as_str()]).all(is_level);
        if !is_judged || levels.contains(&maturity.value.as_str()) {
            continue;
        }
        let message = format!(
            "feature `{}` is `{}`, but in none of its deployments",
            feature.key.value, maturity.value
        );
        let finding = Finding::new(maturity.span, message)
            .label("no deployment has this level")
            .help(format!("name one of the levels it has: `{}`", distinct(&levels).join("`, `")));
        report.add(feature.deployment.iter().fold(finding, |finding, (option, level)| {
            finding.related(level.span, format!("`{}`", option.value))
        }));
    }
}

fn distinct<'l>(levels: &[&'l str]) -> Vec<&'l str> {
    let mut distinct = Vec::new();
    for level in levels {
        if !distinct.contains(level) {
            distinct.push(*level);
        }
    }
    distinct
}
