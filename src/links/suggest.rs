//! What a link that leads nowhere may have been meant for, and how a link to a file is written.

use super::tree::Called;
use super::{Link, Links, Missing, Origin};
use crate::config::Profile;
use crate::generate::markdown::{encoded, relative};
use crate::handbook::address::site_address;
pub use crate::source::Comparisons as Budget;
use crate::source::RepoPath;

/// A file that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The file.
    pub file: RepoPath,
    /// The target with which the link would lead there.
    pub target: String,
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
        let advice = |file: &RepoPath, likeness| {
            let target = self.target_for(link, file);
            Some(Advice { file: file.clone(), target, likeness })
        };
        if missing.is_bare_folder {
            return None;
        }
        for candidate in &missing.candidates {
            if let Some([file]) = names.folded.get(&candidate.to_lowercase()).map(Vec::as_slice) {
                return advice(file, Likeness::OtherCase);
            }
        }
        let wanted = Called::of(missing.place.as_str());
        if let Some([file]) = names.named.get(wanted.name).map(Vec::as_slice)
            && !wanted.name.is_empty()
        {
            let is_same = file.file_name() == missing.place.file_name() && !wanted.is_index;
            return advice(file, if is_same { Likeness::Name } else { Likeness::FolderName });
        }
        let siblings = names.within.get(wanted.folder)?;
        if !budget.allow(siblings.len()) {
            return None;
        }
        let called = |file: &RepoPath| Called::of(file.as_str()).name.to_owned();
        let sibling_names: Vec<String> = siblings.iter().map(called).collect();
        let near = budget.guess(
            wanted.name,
            sibling_names.len(),
            sibling_names.iter().map(String::as_str),
        )?;
        let at = sibling_names.iter().position(|name| name == near.word)?;
        advice(&siblings[at], Likeness::Near)
    }

    /// The target with which `link` would lead to `file`, in the way in which it is written now: from the root or
    /// from its page. Query and fragment stay.
    pub fn target_for(&self, link: &Link, file: &RepoPath) -> String {
        let root = self.tree.addresses.root();
        let in_site = file.as_str().strip_prefix(root).unwrap_or(file.as_str());
        let is_rooted = link.target.starts_with('/') && !link.target.starts_with("//");
        let path = match (&link.origin, self.tree.profile) {
            (Origin::Page(_), Profile::Gitlab) if is_rooted || link.is_absolute => {
                site_address(file).unwrap_or_else(|| format!("/{in_site}"))
            }
            (Origin::Page(_), _) if is_rooted => format!("/{in_site}"),
            (Origin::Page(page), Profile::Gitlab) => of_site(&relative(page, file)),
            (Origin::Page(page), _) => relative(page, file),
            (Origin::Data, profile) => {
                let address = match profile {
                    Profile::Gitlab => site_address(file),
                    _ => None,
                };
                let address = address.unwrap_or_else(|| format!("/{in_site}"));
                self.in_data(link, &address)
            }
        };
        format!("{}{}", encoded(&path).replace('\'', "%27"), link.rest())
    }

    /// `address`, which begins with a slash, with what stands before the path in a data file.
    fn in_data(&self, link: &Link, address: &str) -> String {
        let climbed = link.target.len()
            - link.target.trim_start_matches("../").trim_start_matches("./").len();
        let (before, rest) = link.target.split_at(climbed);
        // The address of the site is no beginning of a path.
        let slash = if rest.starts_with('/') || rest.contains("://") { "/" } else { "" };
        let root = self.tree.addresses.root();
        let has_root = !root.is_empty() && rest.trim_start_matches('/').starts_with(root);
        let root = if has_root { root } else { "" };
        format!("{before}{slash}{root}{}", &address[1..])
    }
}

/// The way between two files of GitLab's site as a way between their addresses.
fn of_site(path: &str) -> String {
    let Called { name, is_index, .. } = Called::of(path);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match (is_index, folder, name) {
        (true, "", _) => "./".to_owned(),
        (true, folder, _) => format!("{folder}/"),
        (false, ..) => path.trim_end_matches(".erb").trim_end_matches(".md").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_site_is_linked_by_its_address() {
        assert_eq!(of_site("../ops/index.html.md"), "../ops/");
        assert_eq!(of_site("index.html.md.erb"), "./");
        assert_eq!(of_site("plans/later.html.md"), "plans/later.html");
        assert_eq!(of_site("boards.png"), "boards.png");
    }
}
