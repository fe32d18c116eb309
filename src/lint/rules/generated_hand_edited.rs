//! `generated-hand-edited`: generated text that somebody edited.

use super::generated::{at, filled};
use crate::generate::page::{Generated, State};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "generated-hand-edited",
    level: Some(Severity::Error),
    needs: Needs::GENERATED,
    manual: Manual {
        what: "Fires on a block, or on a whole page, whose text is not what was generated into it: its checksum does not fit.",
        why: "The next `pmctl generate` would overwrite the edit, so it refuses to, and the page is not brought up to date any more.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\n<!-- pmctl:begin maturity_definitions -->\nEdited by hand.\n<!-- pmctl:end sha256=0 -->\n",
        },
        good: Example { path: "direction/harbour.md", text: "# Harbour\n\nEdited by hand.\n" },
        source: "pmctl: only the text between markers is replaced, and no edit is lost.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    const HELP: &str = "move the edit out of the generated text, then run `pmctl generate --force`";
    for (page, filled) in filled(context) {
        let Ok(Generated { state: State::HandEdited, .. }) = &filled.outcome else { continue };
        let message = "the text of this block was edited by hand";
        report.add(at(page, filled.mark.span()).with(message, HELP));
    }
    for whole in context.generated.iter().flat_map(|all| &all.whole) {
        if let (true, true, Some(file)) = (whole.is_stale, whole.is_hand_edited, whole.file) {
            let message = format!("`{}` is generated, and was edited by hand", whole.path);
            report.add(Finding::new(Span::start_of(file), message).help(HELP));
        }
    }
}
