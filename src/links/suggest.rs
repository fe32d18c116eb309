//! What a link that leads nowhere may have been meant for.

use super::tree::Called;
use super::{Link, Links, Missing, Origin};
pub use crate::source::Comparisons as Budget;
use crate::source::RepoPath;

/// A file that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The file.
    pub file: RepoPath,
    /// The target with which the link leads there, if one is known.
    pub target: Option<String>,
    /// What it has in common with the target.
    pub likeness: Likeness,
}

/// What a file has in common with the target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// All but the letter case.
    OtherCase,
    /// The name, which no other file has.
    Name,
    /// The name of its folder, or the name without its ending, which no other file has.
    FolderName,
    /// The folder, and nearly the name.
    Near,
}

impl Links {
    /// What may be meant by `link`, where `missing` is.
    pub fn advice(&self, link: &Link, missing: &Missing, budget: &mut Budget) -> Option<Advice> {
        let names = self.tree.names();
        // A page is never meant by its own links.
        let is_own = |file: &RepoPath| matches!(&link.origin, Origin::Page(page) if page == file);
        let only = |files: Option<&Vec<RepoPath>>| {
            let mut others = files.into_iter().flatten().filter(|file| !is_own(file));
            others.next().filter(|_| others.next().is_none()).cloned()
        };
        let advice = |file: RepoPath, likeness| {
            let target = self.target_for(link, &file);
            Some(Advice { file, target, likeness })
        };
        if missing.is_bare_folder {
            return None;
        }
        for candidate in &missing.candidates {
            if let Some(file) = only(names.folded.get(&candidate.to_lowercase())) {
                let target = self.in_letters_of(link, missing, candidate, &file);
                return Some(Advice { file, target, likeness: Likeness::OtherCase });
            }
        }
        let wanted = Called::of(missing.place.as_str());
        if let Some(file) = only(names.named.get(wanted.name))
            && !wanted.name.is_empty()
        {
            let is_same = file.file_name() == missing.place.file_name() && !wanted.is_index;
            return advice(file, if is_same { Likeness::Name } else { Likeness::FolderName });
        }
        let siblings = names.within.get(wanted.folder)?;
        if !budget.allow(siblings.len()) {
            return None;
        }
        let siblings: Vec<&RepoPath> = siblings.iter().filter(|file| !is_own(file)).collect();
        let called = |file: &&RepoPath| Called::of(file.as_str()).name.to_owned();
        let sibling_names: Vec<String> = siblings.iter().map(called).collect();
        let near = budget.guess(
            wanted.name,
            sibling_names.len(),
            sibling_names.iter().map(String::as_str),
        )?;
        let at = sibling_names.iter().position(|name| name == near.word)?;
        advice(siblings[at].clone(), Likeness::Near)
    }
}
