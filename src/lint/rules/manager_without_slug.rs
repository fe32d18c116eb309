//! `manager-without-slug`: a manager to whom nobody can report.

use std::collections::HashMap;

use crate::handbook::team::Person;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "manager-without-slug",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a team whose engineering manager has no `manager_role_slug`.",
        why: "Nobody can report to somebody without a slug, so the team's chart is empty or, in the original renderer, shows the whole company.",
        bad: Example {
            path: "data/team.yml",
            text: "ada:\n  name: Ada\n  role: Engineering Manager\n",
        },
        good: Example {
            path: "data/team.yml",
            text: "ada:\n  name: Ada\n  role: Engineering Manager\n  manager_role_slug: em_search\n",
        },
        source: "Sourcegraph: data/team.yml, `reports_to` and `manager_role_slug`.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let people: HashMap<&str, &Person> =
        context.handbook.people.iter().map(|person| (person.key.value.as_str(), person)).collect();
    for team in &context.handbook.teams {
        let Some(em) = &team.em else { continue };
        let Some(person) = people.get(em.value.as_str()) else { continue };
        if person.manager_role_slug.is_none() {
            let message = format!(
                "`{}` manages team `{}` but has no `manager_role_slug`, so nobody can report to them",
                em.value, team.key.value
            );
            report.add(
                Finding::new(em.span, message)
                    .label("the team's chart is empty")
                    .related(person.key.span, "this person")
                    .help("give the person a `manager_role_slug`, and name it in `reports_to` of the team's people"),
            );
        }
    }
}
