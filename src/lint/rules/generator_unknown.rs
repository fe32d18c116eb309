//! `generator-unknown`: a generator that is not there.

use super::generated::report_calls;
use crate::generate::generator::CallProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "generator-unknown",
    level: Some(Severity::Error),
    needs: Needs::GENERATED,
    manual: Manual {
        what: "Fires on a block or a directive that names a generator which does not exist.",
        why: "Nothing is generated, and the page stays as it is, or empty.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n{{generator:maturity_definition}}\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n`{{generator:maturity_definition}}` is an example.\n",
        },
        source: "Sourcegraph: directives are replaced when the site is built; an unknown one is a known fault.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_calls(context, CallProblemKind::UnknownGenerator, report);
}
