//! `unknown-reference`: a pointer to something that does not exist.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Profile;
use crate::handbook::{Keys, Reference, Table};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::{Candidates, Comparisons, Guess, Replacement, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-reference",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
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
    let handbook = context.handbook;
    let mut comparisons = Comparisons::default();
    let mut suggestions: HashMap<(Table, &str), Option<Guess<'_>>> = HashMap::new();
    let mut candidates: HashMap<Table, Candidates<'_>> = HashMap::new();
    // What several records take from one anchor stands in one place, and is reported once.
    let mut seen: HashSet<Span> = HashSet::new();
    let mut into_empty: BTreeMap<Table, usize> = BTreeMap::new();
    let named = Named::of(&handbook.references);
    for reference in &handbook.references {
        let Some(keys) = handbook.keys(reference.table) else { continue };
        let key = &reference.key.value;
        if keys.has(key) || !seen.insert(reference.key.span) {
            continue;
        }
        if is_placeholder(reference, handbook.profile) {
            report.add(placeholder(reference));
            continue;
        }
        // Where there are people, it is their slugs that are missing, not the file.
        let has_people = || handbook.keys(Table::People).is_some_and(|people| !people.is_empty());
        let is_of_slugs = reference.table == Table::ManagerSlugs && has_people();
        if keys.is_empty() && !is_of_slugs {
            *into_empty.entry(reference.table).or_default() += 1;
            continue;
        }
        let near = suggestions.entry((reference.table, key)).or_insert_with(|| {
            let of_table = candidates.entry(reference.table);
            of_table.or_insert_with(|| Candidates::new(keys.all())).guess(key, &mut comparisons)
        });
        let key_name = match reference.table {
            Table::ManagerSlugs => "`manager_role_slug`",
            _ => "key",
        };
        let mut finding = Finding::new(
            reference.key.span,
            format!("{} `{key}` does not exist", reference.table.noun()),
        )
        .label(format!("no such {key_name} in {}", keys.path));
        if let Some(near) = near {
            finding.help = Some(format!("did you mean `{}`?", near.word));
            let mut replacement = Replacement::guessed(*near);
            if named.has(reference, near.word) {
                // A field that names the right one already need not mean it a second time.
                replacement = replacement.map(Replacement::unsure);
            }
            finding.fix = super::fix(reference.key.span, replacement.as_ref());
        } else {
            finding.help = Some(what_there_is(context, reference, keys));
        }
        report.add(finding);
    }
    for (table, references) in into_empty {
        report.add(empty(context, table, references));
    }
}

/// How many keys a help lists.
const MOST_NAMED: usize = 8;

/// What to do about a `reference` to nothing that is near: the keys that there are, or where one is added.
fn what_there_is(context: Context<'_>, reference: &Reference, keys: &Keys) -> String {
    let (key, path) = (&reference.key.value, &keys.path);
    if reference.table == Table::ManagerSlugs {
        let people = context.handbook.keys(Table::People);
        return match people.is_some_and(|people| people.has(key)) {
            true => format!("give `{key}` the field `manager_role_slug: {key}` in {path}"),
            false => format!("give the person who is meant `manager_role_slug: {key}` in {path}"),
        };
    }
    let mut known: Vec<&str> = keys.all().take(MOST_NAMED + 1).collect();
    known.sort_unstable();
    match known.len() {
        1 => format!("expected `{}`; or add `{key}` to {path}", known.join("")),
        2..=MOST_NAMED => {
            format!("expected one of `{}`; or add `{key}` to {path}", known.join("`, `"))
        }
        _ => format!("name one of the {} in {path}, or add `{key}` there", keys.len()),
    }
}

/// What each field names.
struct Named<'h>(HashSet<(&'h str, &'h str, &'h str)>);

impl<'h> Named<'h> {
    fn of(references: &'h [Reference]) -> Self {
        let named = references.iter();
        Self(named.map(|it| (&*it.owner, &*it.field, &*it.key.value)).collect())
    }

    /// Whether the field that `reference` stands in names `key`.
    fn has(&self, reference: &Reference, key: &str) -> bool {
        self.0.contains(&(&*reference.owner, &*reference.field, key))
    }
}

/// The one finding for all references into a file that holds nothing.
fn empty(context: Context<'_>, table: Table, references: usize) -> Finding {
    let file = context.handbook.keys(table).and_then(|keys| context.files.find(&keys.path));
    let span = file.map_or_else(|| context.handbook.references[0].key.span, Span::start_of);
    let noun = table.noun();
    let lead = if references == 1 {
        "1 reference leads"
    } else {
        &format!("{references} references lead")
    };
    Finding::new(span, format!("there is no {noun} in this file, but {lead} here"))
        .help("restore the file from the history if it was emptied by mistake")
}

/// Whether the reference is the placeholder in a feature's `category`.
fn is_placeholder(reference: &Reference, profile: Profile) -> bool {
    profile == Profile::Gitlab
        && reference.field == "category"
        && reference.key.value == PLACEHOLDER
}

fn placeholder(reference: &Reference) -> Finding {
    let message = format!("{} names the placeholder category `{PLACEHOLDER}`", reference.owner);
    Finding::new(reference.key.span, message)
        .label("no category")
        .help("name the category that it belongs to, so that it shows on that category's pages")
        .warning()
}
