//! `unreadable-file`: a file that cannot be read as text.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unreadable-file",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a data file or page that cannot be read as text: not UTF-8, a NUL byte, a folder or pipe of that name, a link to nothing or out of the handbook, no permission, larger than 8 MiB, or a required file that is not there.",
        why: "Nothing in such a file is checked, so a run that passed it over in silence would say more than it knows. The run goes on with the other files and ends with exit status 2.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches for caf\\xe9s\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches for cafés\n",
        },
        source: "The contract of pmctl: what could not be judged is said.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::UnreadableFile, report);
}
