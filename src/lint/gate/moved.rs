//! Pages of before a change that are still in the repository, where they are not checked any more: in the place of a
//! symbolic link or a submodule, or under a name that is not a page's.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use super::Gate;
use crate::config::Drafts;
use crate::handbook::{Loaded, Page};
use crate::lint::Judgement;
use crate::repo::IgnoreFiles;
use crate::review::dates::is_draft;
use crate::source::RepoPath;

/// What a change does to the pages that it hides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hiding {
    /// The page is a symbolic link now, or a folder above it is.
    Link(RepoPath),
    /// The folder is a repository of its own now.
    Submodule(RepoPath),
    /// They move into a hidden folder.
    HiddenFolder(RepoPath),
    /// They move into a folder where files of their names are not pages.
    OtherFolder(RepoPath),
    /// The page has another name now, which is hidden.
    HiddenName(RepoPath),
    /// The page has another name now, which is not a page's.
    OtherName(RepoPath),
}

/// Pages that a change hides at once.
#[derive(Debug)]
pub(super) struct HiddenPages {
    /// The first of them.
    first: RepoPath,
    /// How many others there are.
    more: usize,
    /// Where to report them.
    pub(super) place: RepoPath,
}

impl HiddenPages {
    /// The message for the pages that `hiding` hides.
    pub(super) fn message(&self, hiding: &Hiding) -> String {
        let Self { first, more, .. } = self;
        let them = if *more == 0 { "it" } else { "them" };
        let how = match hiding {
            Hiding::Link(path) if path == first => "by making it a symbolic link".to_owned(),
            Hiding::Link(path) => format!("by making `{path}` a symbolic link"),
            Hiding::Submodule(path) => format!("by making `{path}` a submodule"),
            Hiding::HiddenFolder(path) => format!("by moving {them} to `{path}`, a hidden folder"),
            Hiding::OtherFolder(path) => {
                format!("by moving {them} to `{path}`, where pmctl does not read such pages")
            }
            Hiding::HiddenName(path) => format!("by moving it to `{path}`, a hidden file"),
            Hiding::OtherName(path) => {
                format!("by moving it to `{path}`, which pmctl does not read as a page")
            }
        };
        format!("{} {how}", hides(first, *more))
    }
}

/// The words for a page that a change hides, and for `more` of them.
pub(super) fn hides(first: &RepoPath, more: usize) -> String {
    match more {
        0 => format!("this change hides the page `{first}`"),
        more => format!("this change hides the page `{first}` and {more} more"),
    }
}

impl Gate<'_> {
    /// The pages of before that are still in the repository and not in `loaded`, by what the change does to them. Those
    /// that a `.gitignore` names, now or before, are not among them.
    pub(super) fn moved(
        &self,
        loaded: &Loaded,
        base: &Judgement<'_>,
        [before, now]: [&IgnoreFiles; 2],
    ) -> BTreeMap<Hiding, HiddenPages> {
        let diff = self.sides.diff;
        let seen = Seen {
            gate: self,
            root: self.sides.repo.root().canonicalize().unwrap_or_default(),
            ignored: now,
            pages: loaded.handbook.pages.iter().map(|page| &page.path).collect(),
            unread: loaded.handbook.unread_pages.iter().collect(),
            submodules: diff.folders().map(RepoPath::as_str).collect(),
        };
        let is_ignored_draft = |page: &Page| {
            self.before.lint.drafts == Drafts::Ignore
                && is_draft(base.loaded.files.file(page.file).text())
        };
        let texts: OnceCell<HashSet<&str>> = OnceCell::new();
        let mut found: BTreeMap<Hiding, HiddenPages> = BTreeMap::new();
        for page in &base.loaded.handbook.pages {
            let Some((hiding, place)) = seen.hiding(&page.path) else { continue };
            // It is checked elsewhere too: what is hidden is a copy.
            let now = texts.get_or_init(|| {
                let pages = loaded.handbook.pages.iter();
                pages.map(|page| loaded.files.file(page.file).text()).collect()
            });
            if now.contains(base.loaded.files.file(page.file).text()) {
                continue;
            }
            // What was not checked before has nothing to lose.
            if is_ignored_draft(page) || before.line_that_names(&page.path).is_some() {
                continue;
            }
            let entry = found.entry(hiding).and_modify(|pages| pages.more += 1);
            entry.or_insert_with(|| HiddenPages { first: page.path.clone(), more: 0, place });
        }
        found
    }
}

/// What is checked now.
struct Seen<'a> {
    gate: &'a Gate<'a>,
    /// The handbook's folder, without symbolic links in its path.
    root: PathBuf,
    ignored: &'a IgnoreFiles,
    pages: HashSet<&'a RepoPath>,
    /// Pages that could not be read, each of which is reported for itself.
    unread: HashSet<&'a RepoPath>,
    /// Folders that are repositories of their own, of those that changed.
    submodules: HashSet<&'a str>,
}

impl Seen<'_> {
    /// How the change hides the page that was at `old`, and where to report it.
    fn hiding(&self, old: &RepoPath) -> Option<(Hiding, RepoPath)> {
        let diff = self.gate.sides.diff;
        let moved = diff.after(old);
        let is_read = |path: &RepoPath| self.pages.contains(path) || self.unread.contains(path);
        if moved.is_some_and(is_read) {
            return None;
        }
        // What is in a submodule is checked only in clones that have it.
        if let Some(folder) = old.folders().find(|folder| self.submodules.contains(folder)) {
            let folder = RepoPath::new(folder).ok()?;
            return Some((Hiding::Submodule(folder.clone()), folder));
        }
        let is_changed = diff.lines(old).is_some() || diff.is_gone(old);
        if self.pages.contains(old) || !is_changed {
            return None;
        }
        if let Some(link) = self.link_to(old) {
            return Some((Hiding::Link(link.clone()), link));
        }
        let now = moved?;
        let is_hidden =
            |folder: &&str| folder.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
        let is_page = self.gate.before.pages.iter().any(|entry| entry.globs.matches(now));
        if is_page && self.ignored.line_that_names(now).is_some() {
            return None;
        }
        let hiding = if let Some(folder) = now.folders().filter(is_hidden).last() {
            Hiding::HiddenFolder(RepoPath::new(folder).ok()?)
        } else if now.file_name().starts_with('.') {
            Hiding::HiddenName(now.clone())
        } else if is_page {
            // It is left out for another reason, such as a sparse checkout, which is not the change's.
            return None;
        } else {
            match now.folders().next().filter(|folder| !folder.is_empty()) {
                Some(folder) if now.file_name() == old.file_name() => {
                    Hiding::OtherFolder(RepoPath::new(folder).ok()?)
                }
                _ => Hiding::OtherName(now.clone()),
            }
        };
        Some((hiding, now.clone()))
    }

    /// The symbolic link that is in the place of the page at `old` or of a folder above it, unless it leads to a page that
    /// is checked.
    fn link_to(&self, old: &RepoPath) -> Option<RepoPath> {
        let on_disk = |path: &str| self.root.join(path);
        let is_link = |path: &&str| {
            !path.is_empty() && on_disk(path).symlink_metadata().is_ok_and(|data| data.is_symlink())
        };
        let link = [old.as_str()].into_iter().chain(old.folders()).filter(is_link).last()?;
        let inside = |path: &str| {
            let target = on_disk(path).canonicalize().ok()?;
            RepoPath::new(target.strip_prefix(&self.root).ok()?).ok()
        };
        match inside(old.as_str()) {
            Some(target) if self.pages.contains(&target) => None,
            // The folder is in the handbook under another name, and the page is not in it.
            None if link != old.as_str()
                && inside(link).is_some_and(|folder| on_disk(folder.as_str()).is_dir())
                && on_disk(old.as_str()).symlink_metadata().is_err() =>
            {
                None
            }
            _ => RepoPath::new(link).ok(),
        }
    }
}
