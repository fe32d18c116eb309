//! `wrong-type`: a field of the wrong kind.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a value of another kind than its field's: a list where text belongs, `2022-13-01` where a date belongs. Also fires on a text or key without quotes that pmctl or other programs read as something else: `no`, `on` and `true` as a truth value, `~` as nothing, `017`, `0x1F`, `1_000`, `1e3` and `1.10` as a number that is written otherwise, `22:22` as a number to the base of 60, `2022-11-05` as a date. A number that every program writes back as it is, such as `404`, is a text where one belongs. A data file that has to be there and is empty, null or comments alone is found too, for that is how most damage looks; `{}` or `[]` says that there is nothing. So is a template of `[[generate]]` that holds nothing to show.",
        why: "Whatever reads the field breaks on it, or leaves it out. Ruby, of which GitLab's and Jekyll's sites are made, and PyYAML read the older YAML 1.1, in which Norway's `no` is `false`.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  viable: 2022-13-01\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  viable: 2022-12-01\n",
        },
        source: "The tables of fields in the handbooks.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::WrongType, report);
    super::report_problems(context, ProblemKind::Unquoted, report);
}
