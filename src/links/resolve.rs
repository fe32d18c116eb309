//! Where one link leads.

use std::sync::OnceLock;

use super::malformed::{self, Fault};
use super::tree::{Called, Tree, is_markdown};
use super::{Leads, Missing};
use crate::config::{Config, Profile};
use crate::handbook::Page;
use crate::handbook::address::{Place, SitePath, Target, before_query, split_scheme};
use crate::repo::Files;
use crate::source::RepoPath;
use crate::source::scheme;

/// What tells where links lead.
pub(super) struct Resolver<'a, F> {
    pub(super) repo: &'a F,
    pub(super) tree: &'a Tree,
    pub(super) config: &'a Config,
    /// Whether the handbook is a whole repository, once somebody asks.
    pub(super) is_whole: OnceLock<bool>,
}

/// Where a link leads, and whether it says so with the address of the site.
pub(super) struct Resolved {
    pub(super) leads: Leads,
    pub(super) is_absolute: bool,
}

impl<F: Files> Resolver<'_, F> {
    /// Where the link `target` on `page` leads; `None` if it leads out of the handbook.
    pub(super) fn on_page(&self, page: &Page, target: &str) -> Option<Resolved> {
        let target = target.trim();
        // What a browser runs leads to no page, however it is spelled; there is a rule for it.
        if is_template(target) || scheme::is_unsafe(target, false) {
            return None;
        }
        if let Some(fault) = malformed::fault(target) {
            return Some(Leads::Malformed(fault).into());
        }
        let has_scheme = split_scheme(target).is_some_and(|(_, rest)| rest.starts_with("//"));
        let is_absolute = target.starts_with("//") || has_scheme;
        let path = before_query(target);
        if path.is_empty() {
            // What a partial page says of itself is said on the pages that take it in.
            return (!is_partial(&page.path)).then(|| Leads::File(page.path.clone()).into());
        }
        let place = self.tree.addresses.place_from(&page.path, target);
        let is_relative = !path.starts_with('/') && !is_absolute;
        let root = self.tree.addresses.root();
        let is_beside = !page.path.as_str().starts_with(root);
        let leads = match place {
            Place::External => return None,
            _ if is_relative && (is_partial(&page.path) || is_beside) => Leads::Unknown,
            Place::Above => self.above(page, path),
            Place::Inside(place) if self.has_another_root(&place, path) => Leads::Unknown,
            Place::Inside(place) => match self.inside(&place, path) {
                Leads::Missing(missing) if is_relative => {
                    let file = self.below_page(page, path);
                    file.map_or(Leads::Missing(missing), Leads::File)
                }
                leads => leads,
            },
        };
        Some(Resolved { leads, is_absolute })
    }

    /// The file that `path` means where the site makes a folder of each page, so that links start in it.
    fn below_page(&self, page: &Page, path: &str) -> Option<RepoPath> {
        let Called { folder, name, is_index } = Called::of(page.path.as_str());
        if self.tree.profile != Profile::Default || is_index || is_markdown(path) {
            return None;
        }
        let inside = RepoPath::inside(folder, &format!("{name}/_")).ok()?;
        let Place::Inside(place) = self.tree.addresses.place_from(&inside, path) else {
            return None;
        };
        self.tree.addresses.find(&place).cloned()
    }

    /// Whether `target` is the address of the site itself.
    pub(super) fn is_front_page(&self, target: &str) -> bool {
        let rest = target.split_once("://").map_or(target, |(_, rest)| rest);
        let rest = rest.trim_end_matches('/');
        self.tree.addresses.hosts().any(|host| host.eq_ignore_ascii_case(rest))
    }

    /// Where the link `target` in a data file leads; `None` if it leads out of the handbook.
    pub(super) fn in_data(&self, target: &str, is_whole: bool) -> Option<Resolved> {
        let target = target.trim();
        // What a browser runs leads to no page, however it is spelled; there is a rule for it.
        if is_template(target) || scheme::is_unsafe(target, false) {
            return None;
        }
        if let Some(fault) = malformed::fault(target) {
            return Some(Leads::Malformed(fault).into());
        }
        let path = before_query(target);
        // A word such as `TBD` is no address, and a name such as `boards.png` is one in a folder that only the site
        // knows.
        let is_word = !path.contains('/') && !is_markdown(path);
        if path.is_empty() || is_whole && (is_word || path.eq_ignore_ascii_case("n/a")) {
            return None;
        }
        let leads = match self.tree.addresses.place_in_data(target) {
            Place::External => return None,
            Place::Above => Leads::Malformed(Fault::Above),
            Place::Inside(place) => self.inside(&place, path),
        };
        Some(Resolved { leads, is_absolute: false })
    }

    fn inside(&self, place: &SitePath, path: &str) -> Leads {
        let tree = self.tree;
        let addresses = &tree.addresses;
        if let Some(file) = addresses.find(place) {
            return Leads::File(file.clone());
        }
        if let Some(Target::Redirected { to, file }) = addresses.redirected_exactly(place)
            && (file.is_some() || self.missing_behind(&to).is_none())
        {
            return Leads::Redirected { to, is_exact: true };
        }
        let in_repository = addresses.in_repository(place);
        let links = &self.config.links;
        if !links.cover(&in_repository) || links.ignored.matches(&in_repository) {
            return Leads::Unknown;
        }
        let redirected = match addresses.redirected(place) {
            Target::Redirected { to, file } => {
                if file.is_some() || self.missing_behind(&to).is_none() {
                    return Leads::Redirected { to, is_exact: false };
                }
                Some(to)
            }
            _ => None,
        };
        let is_bare_folder = tree.has_folder(&in_repository);
        // A site shows a folder by the page of its name, what shows a repository shows any.
        let is_browsed = matches!(tree.profile, Profile::Mattermost | Profile::Default);
        if is_bare_folder && is_browsed {
            return Leads::Folder(in_repository);
        }
        let is_there = || tree.is_unlisted(&in_repository) && self.repo.has(in_repository.as_str());
        if tree.is_elsewhere(&in_repository) || is_there() {
            return Leads::Unknown;
        }
        if let Some(fault) = malformed::fault_of_missing(path) {
            return Leads::Malformed(fault);
        }
        if !tree.holds_kind_of(in_repository.as_str()) {
            return Leads::Unknown;
        }
        let candidates = addresses.candidates(place);
        Leads::Missing(Missing { place: in_repository, is_bare_folder, redirected, candidates })
    }

    /// The place that `address` names in the folders that are complete, if nothing is there.
    fn missing_behind(&self, address: &str) -> Option<RepoPath> {
        let addresses = &self.tree.addresses;
        let Place::Inside(place) = addresses.place_in_data(address) else { return None };
        let path = addresses.in_repository(&place);
        let links = &self.config.links;
        let is_known = links.cover(&path) && !links.ignored.matches(&path);
        let is_there = addresses.find(&place).is_some()
            || !self.tree.holds_kind_of(path.as_str())
            || matches!(addresses.redirected(&place), Target::Redirected { file: None, .. });
        (is_known && !is_there).then_some(path)
    }

    /// Whether `path` on a page starts at a root that nobody knows: of a handbook without a profile of its own, the site
    /// may be made of another folder than the repository.
    fn has_another_root(&self, place: &SitePath, path: &str) -> bool {
        let tree = self.tree;
        if tree.profile != Profile::Default || !path.starts_with('/') {
            return false;
        }
        let whole = place.path.as_str();
        let first = whole.split('/').next().unwrap_or_default();
        let is_known = first.is_empty()
            || first.len() == whole.len() && is_markdown(whole)
            || RepoPath::new(first).is_ok_and(|first| tree.has_folder(&first))
            || tree.addresses.find(place).is_some();
        !is_known
    }

    /// Where a link leads that climbs above the root of the site.
    fn above(&self, page: &Page, path: &str) -> Leads {
        let folder = page.path.folders().next().unwrap_or_default();
        let in_repository = RepoPath::inside(folder, path);
        match in_repository {
            // The repository shows it, if not the site.
            Ok(place) if !path.starts_with('/') && self.repo.has(place.as_str()) => Leads::Unknown,
            Err(_) if is_of_forge(folder, path) => Leads::Unknown,
            // What lies around the handbook is not known.
            Err(_) if !*self.is_whole.get_or_init(|| self.repo.is_whole()) => Leads::Unknown,
            _ => Leads::Malformed(Fault::Above),
        }
    }
}

impl From<Leads> for Resolved {
    fn from(leads: Leads) -> Self {
        Self { leads, is_absolute: false }
    }
}

/// What a forge shows beside the files of a repository.
const FORGE: [&str; 22] = [
    "actions",
    "blob",
    "branches",
    "commit",
    "commits",
    "compare",
    "discussions",
    "forks",
    "graphs",
    "issues",
    "labels",
    "merge_requests",
    "milestones",
    "pipelines",
    "projects",
    "pull",
    "pulls",
    "releases",
    "stargazers",
    "tags",
    "tree",
    "wiki",
];

/// Whether `path` on a page in `folder` is a page of the forge, such as `../../issues`: where files are shown, two
/// more folders lie above the root, `blob/main`.
fn is_of_forge(folder: &str, path: &str) -> bool {
    let mut depth = folder.split('/').filter(|part| !part.is_empty()).count();
    let mut parts = path.split('/').peekable();
    let mut above = 0;
    while let Some(&part) = parts.peek() {
        match part {
            ".." if depth > 0 => depth -= 1,
            ".." => above += 1,
            "." | "" => {}
            _ => break,
        }
        parts.next();
    }
    above == 2 && parts.peek().is_some_and(|part| FORGE.contains(part))
}

/// Whether a template decides where the link leads. Markdown takes the brackets of `(<%= url %>)` for its own.
fn is_template(target: &str) -> bool {
    let is_bare = target.starts_with('%') && target.ends_with('%');
    let may_hold_mark = || memchr::memchr2(b'{', b'<', target.as_bytes()).is_some();
    // Some site generators give folders names of their own: `@site/plans.md`, `~/plans.md`.
    is_bare
        || target.starts_with(['@', '~', '{'])
        || may_hold_mark()
            && ["<%", "{{", "{%", "${", "#{"].iter().any(|mark| target.contains(mark))
}

/// Whether other pages take this one in: its links start where they are.
pub(super) fn is_partial(page: &RepoPath) -> bool {
    page.file_name().starts_with('_') && !page.file_name().starts_with("_index.")
}
