//! Who approves a change, and who is told of it: CODEOWNERS, `[[approvals]]`, and the people of what is downgraded.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{About, Change, Subject};
use crate::config::Direction;
use crate::handbook::hierarchy::{Group, Stage};
use crate::handbook::team::Team;
use crate::handbook::{Feature, Handbook};
use crate::source::{RepoPath, Span};

/// People who approve some of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approver {
    /// What for: the name of a kind of change, or a pattern of CODEOWNERS.
    pub reason: String,
    /// What names them: `approvals` or `codeowners`.
    pub source: &'static str,
    /// Who they are.
    pub owners: Vec<String>,
    /// Whether they are asked and need not approve.
    pub is_optional: bool,
    /// The files, in order.
    pub paths: Vec<String>,
}

/// Somebody who is told of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    /// Who.
    pub who: String,
    /// Why, in words without a full stop.
    pub why: String,
}

/// Who approves `changes`. As the forges do it, CODEOWNERS counts as it was before: nobody makes themselves an owner.
pub(super) fn approvers(changes: &[Change], subject: &Subject<'_>) -> Vec<Approver> {
    let mut found: Vec<Approver> = Vec::new();
    for approval in
        subject.config.approvals.iter().filter(|approval| !approval.approvers.is_empty())
    {
        let about = changes.iter().filter(|change| {
            approval.is_about(change.kind, change.direction, change.inside().as_ref())
        });
        let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for change in about {
            push_new(by_reason.entry(change.kind.name()).or_default(), &change.path);
        }
        found.extend(by_reason.into_iter().map(|(reason, paths)| Approver {
            reason: reason.to_owned(),
            source: "approvals",
            owners: approval.approvers.clone(),
            is_optional: false,
            paths,
        }));
    }
    let Some(file) = &subject.before.loaded.handbook.owner_files.codeowners else { return found };
    let mut by_rule: BTreeMap<Span, Approver> = BTreeMap::new();
    for path in changed_paths(changes, subject) {
        for rule in file.matches(path) {
            let owners = file.owners(rule);
            if owners.is_empty() {
                continue;
            }
            let approver = by_rule.entry(rule.pattern.span).or_insert_with(|| {
                let section = file.section(rule);
                let pattern = &rule.pattern.value;
                Approver {
                    reason: match section {
                        Some(section) => format!("[{}] {pattern}", section.name.value),
                        None => pattern.clone(),
                    },
                    source: "codeowners",
                    owners: owners.iter().map(|owner| owner.value.clone()).collect(),
                    is_optional: section.is_some_and(|section| section.is_optional),
                    paths: Vec::new(),
                }
            });
            approver.paths.push(path.to_string());
        }
    }
    found.extend(by_rule.into_values());
    found
}

/// Who is told of `changes`.
pub(super) fn notified(changes: &[Change], subject: &Subject<'_>) -> Vec<Notified> {
    let mut found: Vec<Notified> = Vec::new();
    let mut known = BTreeSet::new();
    let mut tell = |who: &str, why: &str| {
        if known.insert(who.to_owned()) {
            found.push(Notified { who: who.to_owned(), why: why.to_owned() });
        }
    };
    let people = People::new(&subject.after.loaded.handbook);
    for change in changes.iter().filter(|change| change.direction == Some(Direction::Down)) {
        for (who, role) in people.of(&change.about) {
            tell(&who, &format!("{role}: {}", change.what));
        }
    }
    for approval in &subject.config.approvals {
        let about = changes.iter().find(|change| {
            approval.is_about(change.kind, change.direction, change.inside().as_ref())
        });
        for (who, change) in approval.notify.iter().zip(about.iter().cycle()) {
            tell(who, &format!("[[approvals]] names them for {}", change.kind.name()));
        }
    }
    for (folder, file) in &subject.before.loaded.handbook.owner_files.codenotify {
        for path in changed_paths(changes, subject).into_iter().filter(|path| path.is_under(folder))
        {
            for rule in file.matches(path) {
                for owner in file.owners(rule) {
                    let at = subject.before.loaded.files.file(file.file).path();
                    tell(&owner.value, &format!("{at} names them for {path}"));
                }
            }
        }
    }
    found
}

/// All files that changed, were there before, or are new, in order. What git does not know is one of them only where it
/// is part of `changes`.
fn changed_paths<'s>(changes: &[Change], subject: &'s Subject<'_>) -> BTreeSet<&'s RepoPath> {
    let named: BTreeSet<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    let present = subject.diff.present();
    let present = present.filter(|(path, it)| it.is_tracked || named.contains(path.as_str()));
    present.map(|(path, _)| path).chain(subject.diff.gone()).collect()
}

/// Who looks after what, and as what.
///
/// Source: GitLab's handbook: a downgrade of a category is told to its group and stage.
struct People<'h> {
    /// By category.
    groups: HashMap<&'h str, Vec<(&'h Stage, &'h Group)>>,
    /// By category.
    teams_of: HashMap<&'h str, &'h str>,
    teams: HashMap<&'h str, &'h Team>,
    features: HashMap<&'h str, &'h Feature>,
    names: HashMap<&'h str, &'h str>,
}

/// Names, and what they are.
type Named = Vec<(String, String)>;

impl<'h> People<'h> {
    fn new(handbook: &'h Handbook) -> Self {
        let mut groups: HashMap<&str, Vec<_>> = HashMap::new();
        for (stage, group) in handbook.groups() {
            for category in &group.categories {
                groups.entry(category.value.as_str()).or_default().push((stage, group));
            }
        }
        let teams_of = handbook.categories.iter().filter_map(|category| {
            Some((category.key.value.as_str(), category.team.as_ref()?.value.as_str()))
        });
        let names = handbook.people.iter().filter_map(|person| {
            Some((person.key.value.as_str(), person.name.as_ref()?.value.as_str()))
        });
        Self {
            groups,
            teams_of: teams_of.collect(),
            teams: handbook.teams.iter().map(|team| (team.key.value.as_str(), team)).collect(),
            features: handbook.features.iter().map(|one| (one.key.value.as_str(), one)).collect(),
            names: names.collect(),
        }
    }

    fn of(&self, about: &About) -> Named {
        match about {
            About::File => Vec::new(),
            About::Category(key) => self.of_category(key),
            About::Feature(key) => {
                let Some(feature) = self.features.get(key.as_str()) else { return Vec::new() };
                let team = feature.team.iter().flat_map(|team| self.of_team(&team.value));
                let categories = feature.categories.iter();
                team.chain(categories.flat_map(|category| self.of_category(&category.value)))
                    .collect()
            }
        }
    }

    fn of_category(&self, key: &str) -> Named {
        let mut people = Vec::new();
        for (stage, group) in self.groups.get(key).into_iter().flatten() {
            let fields = [
                (&group.pm, format!("pm of group `{}`", group.key.value)),
                (&group.pmm, format!("pmm of group `{}`", group.key.value)),
                (&stage.pm, format!("pm of stage `{}`", stage.key.value)),
            ];
            for (names, role) in fields {
                people.extend(names.iter().map(|name| (name.value.clone(), role.clone())));
            }
        }
        people.extend(self.teams_of.get(key).into_iter().flat_map(|team| self.of_team(team)));
        people
    }

    fn of_team(&self, key: &str) -> Named {
        let Some(team) = self.teams.get(key) else { return Vec::new() };
        let fields = [(&team.pm, "pm"), (&team.pmm, "pmm")];
        let people = fields.into_iter().filter_map(|(person, role)| {
            let key = person.as_ref()?.value.as_str();
            let name = self.names.get(key).copied().unwrap_or(key);
            Some((name.to_owned(), format!("{role} of team `{}`", team.key.value)))
        });
        people.collect()
    }
}

/// Adds `path` to those that came before it in order, unless it is there.
fn push_new(paths: &mut Vec<String>, path: &str) {
    if paths.last().is_none_or(|last| last != path) {
        paths.push(path.to_owned());
    }
}
