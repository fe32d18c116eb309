//! `marker-broken`: a marker that cannot be understood.

use super::generated::{at, pages};
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "marker-broken",
    level: Some(Severity::Error),
    needs: Needs::GENERATED,
    manual: Manual {
        what: "Fires on a marker of a block that is missing its other half, lies in another block, or cannot be read, and on a directive that is not closed or not on a line of its own. It also fires on what nearly is a marker or a directive: capitals, spaces or signs too many or too few, such as `<!-- PMCTL:BEGIN` or `{{ generator:NAME }}`. Examples in code are no markers, nor are other tags of templates.",
        why: "Nothing is generated there, and the page is not brought up to date.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n<!-- pmctl:begin maturity_definitions -->\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nNothing is generated here.\n",
        },
        source: "pmctl: broken markers are errors, never silent emptiness.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for page in pages(context) {
        for broken in &page.broken {
            report.add(at(page, broken.span.clone()).with(&*broken.message, &*broken.help));
        }
    }
}
