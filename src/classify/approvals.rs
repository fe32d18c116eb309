//! Who approves a change, and who is told of it: CODEOWNERS, `[[approvals]]`, and the people of what is downgraded.

use std::collections::BTreeMap;

use super::{About, Change, Subject};
use crate::config::Direction;
use crate::handbook::Handbook;
use crate::source::RepoPath;

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
    for path in changed_paths(subject) {
        for rule in file.matches(path) {
            let owners: Vec<String> =
                file.owners(rule).iter().map(|owner| owner.value.clone()).collect();
            if owners.is_empty() {
                continue;
            }
            let section = file.section(rule);
            let reason = match section {
                Some(section) => format!("[{}] {}", section.name.value, rule.pattern.value),
                None => rule.pattern.value.clone(),
            };
            let same = |known: &&mut Approver| known.reason == reason && known.owners == owners;
            match found.iter_mut().filter(|known| known.source == "codeowners").find(same) {
                Some(known) => push_new(&mut known.paths, path.as_str()),
                None => found.push(Approver {
                    reason,
                    source: "codeowners",
                    owners,
                    is_optional: section.is_some_and(|section| section.is_optional),
                    paths: vec![path.to_string()],
                }),
            }
        }
    }
    found
}

/// Who is told of `changes`.
pub(super) fn notified(changes: &[Change], subject: &Subject<'_>) -> Vec<Notified> {
    let mut found: Vec<Notified> = Vec::new();
    let mut tell = |who: &str, why: &str| {
        if !found.iter().any(|known| known.who == who) {
            found.push(Notified { who: who.to_owned(), why: why.to_owned() });
        }
    };
    let handbook = &subject.after.loaded.handbook;
    for change in changes.iter().filter(|change| change.direction == Some(Direction::Down)) {
        for (who, role) in concerned(handbook, &change.about) {
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
        for path in changed_paths(subject).filter(|path| path.is_under(folder)) {
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

/// All files that changed, were there before, or are new.
fn changed_paths<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = &'s RepoPath> {
    subject.diff.present().map(|(path, _)| path).chain(subject.diff.gone())
}

/// Who looks after what was downgraded, and as what.
///
/// Source: GitLab's handbook: a downgrade of a category is told to its group and stage.
fn concerned(handbook: &Handbook, about: &About) -> Vec<(String, String)> {
    match about {
        About::File => Vec::new(),
        About::Category(key) => of_category(handbook, key),
        About::Feature(key) => {
            let feature = handbook.features.iter().find(|feature| feature.key.value == *key);
            let Some(feature) = feature else { return Vec::new() };
            let mut people =
                feature.team.as_ref().map_or_else(Vec::new, |team| of_team(handbook, &team.value));
            for category in &feature.categories {
                people.extend(of_category(handbook, &category.value));
            }
            people
        }
    }
}

fn of_category(handbook: &Handbook, key: &str) -> Vec<(String, String)> {
    let mut people = Vec::new();
    for (stage, group) in handbook.groups() {
        if !group.categories.iter().any(|category| category.value == key) {
            continue;
        }
        let fields = [
            (&group.pm, format!("pm of group `{}`", group.key.value)),
            (&group.pmm, format!("pmm of group `{}`", group.key.value)),
            (&stage.pm, format!("pm of stage `{}`", stage.key.value)),
        ];
        for (names, role) in fields {
            people.extend(names.iter().map(|name| (name.value.clone(), role.clone())));
        }
    }
    let category = handbook.categories.iter().find(|category| category.key.value == key);
    if let Some(team) = category.and_then(|category| category.team.as_ref()) {
        people.extend(of_team(handbook, &team.value));
    }
    people
}

fn of_team(handbook: &Handbook, key: &str) -> Vec<(String, String)> {
    let Some(team) = handbook.teams.iter().find(|team| team.key.value == key) else {
        return Vec::new();
    };
    let fields = [(&team.pm, "pm"), (&team.pmm, "pmm")];
    let people = fields.into_iter().filter_map(|(person, role)| {
        let key = &person.as_ref()?.value;
        let known = handbook.people.iter().find(|person| person.key.value == *key);
        let name = known.and_then(|person| person.name.as_ref()).map_or(key, |name| &name.value);
        Some((name.clone(), format!("{role} of team `{}`", team.key.value)))
    });
    people.collect()
}

fn push_new(paths: &mut Vec<String>, path: &str) {
    if paths.last().is_none_or(|last| last != path) && !paths.iter().any(|known| known == path) {
        paths.push(path.to_owned());
    }
}
