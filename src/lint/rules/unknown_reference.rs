//! `unknown-reference`: a pointer to something that does not exist.

use crate::config::Profile;
use crate::handbook::{Reference, Table};
use crate::lint::{Context, Example, Finding, Manual, Report, Rule, Severity};
use crate::source::nearest;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-reference",
    level: Severity::Error,
    manual: Manual {
        what: "Fires on a pointer to something that does not exist: a feature's category, team, use case, code host, deployment option or maturity; a category's stage; a group's category; a stage's section; the people of a team, a use case or a guild; the manager that somebody reports to. GitLab's placeholder category `unknown` is a warning. Where the file that is pointed into is missing or broken, nothing is reported.",
        why: "The feature disappears from the page of its category, and nobody notices.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n  category: [serch]\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n  category: [search]\n",
        },
        source: "GitLab: categories.yml and stages.yml are the single source of truth for what features.yml names. Sourcegraph: data/README.md.",
    },
    check,
};

/// GitLab's category of features that nobody has sorted yet.
const PLACEHOLDER: &str = "unknown";

fn check(context: Context<'_>, report: &mut Report) {
    for reference in &context.handbook.references {
        let Some(keys) = context.handbook.keys(reference.table) else { continue };
        let key = &reference.key.value;
        if keys.has(key) {
            continue;
        }
        if is_placeholder(reference, context.handbook.profile) {
            report.add(placeholder(reference));
            continue;
        }
        let place = keys.path.as_ref().map_or("the handbook", |path| path.as_str());
        let key_name = match reference.table {
            Table::ManagerSlugs => "`manager_role_slug`",
            _ => "key",
        };
        let help = nearest(key, keys.all()).map(|near| format!("did you mean `{near}`?"));
        report.add(
            Finding::new(
                reference.key.span,
                format!("{} `{key}` does not exist", reference.table.noun()),
            )
            .label(format!("no such {key_name} in {place}"))
            .maybe_help(help),
        );
    }
}

/// Whether the reference is the placeholder in a feature's `category`.
fn is_placeholder(reference: &Reference, profile: Profile) -> bool {
    profile == Profile::Gitlab
        && reference.field == "category"
        && reference.key.value == PLACEHOLDER
}

fn placeholder(reference: &Reference) -> Finding {
    let message = format!("{} is in no category yet", reference.owner);
    Finding::new(reference.key.span, message)
        .label("a placeholder, no category")
        .help("name the category that it belongs to, so that it shows on that category's pages")
        .warning()
}
