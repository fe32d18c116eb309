//! `reporting-cycle`: people who report to each other in a circle.

use std::collections::HashMap;

use crate::handbook::team::Person;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "reporting-cycle",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on people who report to each other in a circle, or to themselves.",
        why: "A chart of who reports to whom never ends, and those in the circle report to nobody.",
        bad: Example {
            path: "data/team.yml",
            text: "ada: {reports_to: cto, manager_role_slug: ceo}\nbob: {reports_to: ceo, manager_role_slug: cto}\n",
        },
        good: Example {
            path: "data/team.yml",
            text: "ada: {reports_to: none, manager_role_slug: ceo}\nbob: {reports_to: ceo, manager_role_slug: cto}\n",
        },
        source: "Sourcegraph: data/team.yml; its renderer overflowed the stack on a cycle.",
    },
    check,
};

/// Where a person stands in the walk from report to manager.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Unseen,
    /// On the way that is being walked, which began with this person.
    OnTheWay(usize),
    Done,
}

fn check(context: Context<'_>, report: &mut Report) {
    let people = &context.handbook.people;
    let mut holder: HashMap<&str, usize> = HashMap::new();
    for (at, person) in people.iter().enumerate() {
        if let Some(slug) = &person.manager_role_slug {
            holder.entry(&slug.value).or_insert(at);
        }
    }
    let manager = |at: usize| {
        let slug = people[at].reports_to.as_ref()?;
        holder.get(slug.value.as_str()).copied()
    };
    let mut states = vec![State::Unseen; people.len()];
    for start in 0..people.len() {
        let mut way = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| states[*at] == State::Unseen) {
            states[at] = State::OnTheWay(start);
            way.push(at);
            next = manager(at);
        }
        if let Some(back) = next.filter(|at| states[*at] == State::OnTheWay(start)) {
            let cycle = way.iter().position(|at| *at == back).map_or(&way[..], |from| &way[from..]);
            report.add(finding(people, cycle));
        }
        for at in way {
            states[at] = State::Done;
        }
    }
}

/// The finding at the person of the cycle who stands first in the file.
fn finding(people: &[Person], cycle: &[usize]) -> Finding {
    let first = cycle.iter().enumerate().min_by_key(|(_, person)| **person).map_or(0, |(at, _)| at);
    let mut order = cycle.to_vec();
    order.rotate_left(first);
    let names: Vec<String> =
        order.iter().chain(&order[..1]).map(|at| format!("`{}`", people[*at].key.value)).collect();
    let place =
        |at: usize| people[at].reports_to.as_ref().map_or(people[at].key.span, |slug| slug.span);
    let (message, help) = match order.len() {
        1 => (
            format!("{} reports to themselves", names[0]),
            "let them report to somebody else, or to `none`",
        ),
        _ => (
            format!("people report to each other in a circle: {}", names.join(" to ")),
            "let one of them report to somebody outside the circle, or to `none`",
        ),
    };
    let finding = Finding::new(place(order[0]), message).label("this leads back here").help(help);
    order[1..].iter().fold(finding, |finding, at| finding.related(place(*at), "by way of this"))
}
