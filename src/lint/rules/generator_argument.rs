//! `generator-argument`: an argument that a generator does not take.

use super::generated::report_calls;
use crate::generate::generator::CallProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "generator-argument",
    level: Some(Severity::Error),
    needs: Needs::GENERATED,
    manual: Manual {
        what: "Fires on an argument that is unknown, missing, or names what the handbook does not have, such as a team that is gone.",
        why: "The original renderer left an empty place there, and nobody noticed.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n{{generator:product_team_leads.gone}}\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n`{{generator:product_team_leads.gone}}` is an example.\n",
        },
        source: "Sourcegraph: directives with a stale argument rendered as empty, with success.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_calls(context, CallProblemKind::Argument, report);
}
