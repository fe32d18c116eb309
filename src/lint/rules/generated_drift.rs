//! `generated-drift`: generated text that is not what the data gives.

use super::generated::{at, filled, report_calls};
use crate::generate::generator::CallProblemKind;
use crate::generate::page::{Generated, State};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "generated-drift",
    level: Some(Severity::Error),
    needs: Needs::GENERATED,
    manual: Manual {
        what: "Fires on a block, or on a whole page, whose generated text is not what the data gives now, or whose data file holds nothing or was removed without `git rm`, so that `pmctl generate` leaves it as it is.",
        why: "The data has changed, and the page still says what it said before.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nNothing is generated here.\n",
        },
        source: "pmctl: generated pages are committed, and never drift.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (page, filled) in filled(context) {
        let Ok(Generated { state: State::Stale, generator, .. }) = &filled.outcome else {
            continue;
        };
        let message = format!("this block is not what `{}` makes of the data now", generator.name);
        report.add(
            at(page, filled.mark.span())
                .with(message, "run `pmctl generate`, and commit what it writes"),
        );
    }
    report_calls(context, CallProblemKind::Blank, report);
    for whole in context.generated.iter().flat_map(|all| &all.whole) {
        if whole.is_stale && !whole.is_hand_edited {
            let message =
                format!("`{}` is not what its template `{}` gives now", whole.path, whole.template);
            let span = Span::start_of(whole.file.unwrap_or(whole.template_file));
            report.add(
                Finding::new(span, message).help("run `pmctl generate`, and commit what it writes"),
            );
        }
    }
}
