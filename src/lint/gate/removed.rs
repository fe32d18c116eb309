//! Data files that a change removes.

use super::{Gate, Place, Sides};
use crate::handbook::Loaded;
use crate::lint::Finding;
use crate::repo::{Files, Repo, Tracked};
use crate::source::yaml::{self, Value};
use crate::source::{FileId, RepoPath, without_bom};

impl Gate<'_> {
    /// The data files that had content before and have none now, without a word on where it is.
    pub(super) fn removed(&self, loaded: &mut Loaded) -> Vec<Finding> {
        let Sides { base, repo, diff } = self.sides;
        let tracked = repo.tracked().ok().filter(|tracked| !tracked.files.is_empty());
        let mut found = Vec::new();
        for (name, path) in &self.before.paths {
            let is_said = self.now.paths.get(name).is_some_and(|own| own != path);
            if is_said || !base.read(path).is_ok_and(|text| holds_something(&text)) {
                continue;
            }
            let (message, help) = if !repo.has(path.as_str()) {
                let help = match diff.after(path) {
                    Some(now) => {
                        format!("set `{name} = \"{now}\"` under `[paths]`, or move it back")
                    }
                    None => format!("restore it, or say under `[paths]` where `{name}` is now"),
                };
                (format!("this change removes the data file `{path}`"), help)
            } else if tracked.as_ref().is_some_and(|tracked| is_untracked(repo, tracked, path)) {
                let help = format!(
                    "run `git add -f {path}`, or remove it from disk too to see what depends on it"
                );
                (format!("this change removes the data file `{path}` from git"), help)
            } else if repo.read(path).is_ok_and(|text| !holds_something(&text)) {
                let help = "restore what it had".to_owned();
                (format!("this change leaves nothing in the data file `{path}`"), help)
            } else {
                continue;
            };
            let place = Place { path: path.clone(), range: None };
            found.push(Finding::new(place.span(repo, loaded), message).help(help).of_file());
        }
        found
    }
}

/// Whether git does not track the file that is on disk at `path`, not even under the name that a link there leads to.
fn is_untracked(repo: &Repo, tracked: &Tracked, path: &RepoPath) -> bool {
    let real = || {
        let root = repo.root().canonicalize().ok()?;
        let target = root.join(path.as_str()).canonicalize().ok()?;
        RepoPath::new(target.strip_prefix(root).ok()?).ok()
    };
    !tracked.files.contains(path)
        && repo.read(path).is_ok()
        && real().is_some_and(|real| !tracked.files.contains(&real))
}

/// Whether there is more than comments, nulls and keys without a value in the YAML of `text`. What says that it has
/// nothing, such as `{}`, says something.
fn holds_something(text: &str) -> bool {
    let parsed = yaml::parse(FileId::NONE, without_bom(text), 0);
    let Some(tree) = parsed.tree else { return true };
    tree.root().is_some_and(|root| match root.value() {
        Value::Null => false,
        Value::Mapping(mapping) => {
            mapping.pairs().len() == 0
                || mapping.pairs().any(|pair| !matches!(pair.value.value(), Value::Null))
        }
        _ => true,
    })
}
