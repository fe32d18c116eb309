//! `yaml-syntax`: a file or front matter that does not parse.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "yaml-syntax",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a data file that is not YAML, and on the front matter of a page that is not valid (YAML, TOML or JSON) or has no end; on a tab that indents a key, an item or a value; on a second document in one file; on an alias without its anchor; and on aliases that expand to too many values.",
        why: "Programs that read the file stop there or, worse, read something else than its author meant. An under-indented line of a quoted text is read by Ruby and refused by nearly everything else, and a tab as indentation by some the other way round.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: \"Saved searches\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: \"Saved searches\"\n",
        },
        source: "YAML 1.2.2, chapters 6 to 9.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::Syntax, report);
}
