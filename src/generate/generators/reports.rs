//! Who reports to whom, as nested lists.

use std::collections::{HashMap, HashSet};

use super::leads::with_role;
use crate::generate::content::{Inline, Item};
use crate::generate::scene::Scene;
use crate::handbook::team::Person;

/// How deep lists go. Who would stand deeper stands here, and it is said to whom they report.
const DEEPEST: usize = 24;

/// People and everybody below them, each before their reports.
pub(super) struct Reports<'h> {
    rows: Vec<Row<'h>>,
}

/// A person in their place.
struct Row<'h> {
    person: &'h Person,
    manager: Option<&'h Person>,
    depth: usize,
    remark: &'static str,
}

/// A step of the walk through the reports.
enum Step<'h> {
    Enter(Row<'h>),
    Leave(&'h str),
}

/// How far the walk has come with the reports of a role.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Within,
    Done,
}

impl<'h> Reports<'h> {
    /// `top`, and everybody below them. The reports of a role are shown once: below the first who holds it.
    pub(super) fn of(scene: &Scene<'h>, top: impl IntoIterator<Item = &'h Person>) -> Self {
        let row = |person, manager, depth| Row { person, manager, depth, remark: "" };
        let mut steps: Vec<Step<'h>> =
            top.into_iter().map(|person| Step::Enter(row(person, None, 0))).collect();
        steps.reverse();
        let mut roles: HashMap<&str, Progress> = HashMap::new();
        let mut rows = Vec::new();
        while let Some(step) = steps.pop() {
            let mut entered = match step {
                Step::Enter(row) => row,
                Step::Leave(slug) => {
                    roles.insert(slug, Progress::Done);
                    continue;
                }
            };
            let (person, depth) = (entered.person, entered.depth);
            let slug = person.manager_role_slug.as_ref().map(|slug| slug.value.as_str());
            let below =
                slug.filter(|slug| *slug != Person::NOBODY).map(|slug| (slug, scene.reports(slug)));
            if let Some((slug, below)) = below.filter(|(_, below)| below.len() > 0) {
                match roles.insert(slug, Progress::Within) {
                    None => {
                        steps.push(Step::Leave(slug));
                        let below = below.rev();
                        steps.extend(
                            below.map(|report| Step::Enter(row(report, Some(person), depth + 1))),
                        );
                    }
                    Some(Progress::Within) => entered.remark = " (reports in a circle)",
                    Some(Progress::Done) => {
                        roles.insert(slug, Progress::Done);
                        entered.remark = " (reports are listed above)";
                    }
                }
            }
            rows.push(entered);
        }
        Self { rows }
    }

    /// The keys of all who are in it.
    pub(super) fn keys(&self) -> HashSet<&'h str> {
        self.rows.iter().map(|row| row.person.key.value.as_str()).collect()
    }

    /// As a list.
    pub(super) fn items(&self, scene: &Scene<'_>) -> Vec<Item> {
        // The items on the way to the last one, each without its last child.
        let mut way: Vec<Item> = Vec::new();
        let mut items = Vec::new();
        for row in &self.rows {
            close(&mut way, row.depth.min(DEEPEST), &mut items);
            way.push(Item::new(row.text(scene)));
        }
        close(&mut way, 0, &mut items);
        items
    }
}

impl Row<'_> {
    fn text(&self, scene: &Scene<'_>) -> Inline {
        let text = with_role(scene, &self.person.key.value, None);
        let text = match self.manager.filter(|_| self.depth > DEEPEST) {
            Some(manager) => {
                let manager = scene.person_link(&manager.key.value);
                text.then_text(" (reports to ").then(manager).then_text(")")
            }
            None => text,
        };
        match self.remark {
            "" => text,
            remark => text.then_text(remark),
        }
    }
}

/// Puts the items of `way` at `depth` and below into what they stand in.
fn close(way: &mut Vec<Item>, depth: usize, items: &mut Vec<Item>) {
    while way.len() > depth {
        let Some(item) = way.pop() else { return };
        let siblings = way.last_mut().map_or(&mut *items, |parent| &mut parent.children);
        siblings.push(item);
    }
}
