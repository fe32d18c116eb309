//! How a link to a file is written, so that it leads there on the site and not only in the repository.

use foldhash::HashMap;

use super::resolve::is_partial;
use super::tree::{Called, is_page};
use super::{Leads, Link, Links, Missing, Origin};
use crate::config::{Config, Profile};
use crate::generate::markdown::{encoded, relative};
use crate::handbook::address::{Place, SitePath, before_query, site_address};
use crate::source::{RepoPath, percent_decoded};

/// What the pages of a handbook write to link others: by the kind of their files, how often the file and how often
/// its address. Of files that are no pages, a path from the page is the file, and one from the root the address.
#[derive(Debug, Default)]
pub(super) struct Convention {
    counts: HashMap<String, (usize, usize)>,
}

impl Convention {
    pub(super) fn of(links: &[Link]) -> Self {
        let mut convention = Self::default();
        for link in links {
            let (Origin::Page(page), Leads::File(file)) = (&link.origin, &link.leads) else {
                continue;
            };
            if link.is_absolute || link.is_html || file == page {
                continue;
            }
            let counts = convention.counts.entry(kind(file).to_owned()).or_default();
            let path = before_query(&link.target);
            let is_by_file = match is_page(file.as_str()) {
                true => names_file(path, file),
                false => !path.starts_with('/'),
            };
            match is_by_file {
                true => counts.0 += 1,
                false => counts.1 += 1,
            }
        }
        convention
    }

    /// Whether pages link the file itself where they link one such as `file`, and not its address.
    fn has_file(&self, file: &RepoPath, profile: Profile) -> bool {
        let (files, addresses) = self.counts.get(kind(file)).copied().unwrap_or_default();
        // Where links are paths of files by rule, a handbook need not show it.
        let is_rule = matches!(profile, Profile::Sourcegraph | Profile::Mattermost);
        files > addresses || files == addresses && is_rule && is_plain(kind(file))
    }
}

/// What files such as `file` have in common: the whole name of those that every folder may have, else their ending.
fn kind(file: &RepoPath) -> &str {
    let name = file.file_name();
    if !is_page(name) {
        return OTHER;
    }
    match Called::of(file.as_str()).is_index {
        true => name,
        false => name.find('.').map_or("", |at| &name[at..]),
    }
}

/// Whether a file of such a kind has nothing in its name that only a program reads.
fn is_plain(kind: &str) -> bool {
    matches!(kind, ".md" | "README.md" | "readme.md" | "index.md" | OTHER)
}

/// Whether `path` ends in the name of `file`, and not in an address of it.
fn names_file(path: &str, file: &RepoPath) -> bool {
    let path = percent_decoded(path);
    path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(file.file_name()))
}

/// The kind of all files that are no pages.
const OTHER: &str = "other";

/// Where a target leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To this file.
    File(RepoPath),
    /// To an address outside of the handbook.
    Outside,
    /// To a place of the handbook where nothing is.
    Missing,
    /// To what the handbook cannot tell.
    Unknown,
}

impl Links {
    /// Where `link` would lead with the target `target`.
    pub fn destination(&self, link: &Link, target: &str, config: &Config) -> Destination {
        let place = match self.place_of(link, target) {
            Place::External => return Destination::Outside,
            Place::Above => return Destination::Missing,
            Place::Inside(place) => place,
        };
        if let Some(file) = self.file_at(link, target, &place) {
            return Destination::File(file);
        }
        let path = self.tree.addresses.in_repository(&place);
        let is_known = config.links.cover(&path)
            && !config.links.ignored.matches(&path)
            && !self.tree.is_elsewhere(&path)
            && !self.tree.is_unlisted(&path)
            && self.tree.holds_kind_of(path.as_str());
        if is_known { Destination::Missing } else { Destination::Unknown }
    }

    fn place_of(&self, link: &Link, target: &str) -> Place {
        match &link.origin {
            Origin::Page(page) => self.tree.addresses.place_from(page, target),
            Origin::Data => self.tree.addresses.place_in_data(target),
        }
    }

    fn file_at(&self, link: &Link, target: &str, place: &SitePath) -> Option<RepoPath> {
        match &link.origin {
            Origin::Page(page) if before_query(target).is_empty() => Some(page.clone()),
            _ => self.tree.addresses.find(place).cloned(),
        }
    }

    /// The target with which `link` leads to `file` on the site: as the link is written now, from the root or from its
    /// page, by the file or by its address. Query and fragment stay. `None` if no such target is known.
    pub fn target_for(&self, link: &Link, file: &RepoPath) -> Option<String> {
        let path = match &link.origin {
            Origin::Page(page) if page == file => return None,
            Origin::Page(page) => self.path_on_page(link, page, file)?,
            Origin::Data => self.path_in_data(link, file),
        };
        self.checked(link, file, format!("{}{}", written(&path), link.rest()))
    }

    /// The target with which `link`, which is written with the address of the site, leads to `file` by a path.
    pub fn path_for(&self, link: &Link, file: &RepoPath) -> Option<String> {
        let Origin::Page(page) = &link.origin else { return None };
        if page == file {
            // A fragment alone would leave out what the query asks for.
            let has_query = link.rest().starts_with('?');
            let id = link.fragment().filter(|id| !id.is_empty() && !has_query);
            return id.map(|id| format!("#{id}"));
        }
        let path = before_query(&link.target);
        let (is_page, names_file) = (is_page(file.as_str()), names_file(path, file));
        let has_file = self.convention().has_file(file, self.tree.profile);
        let is_linked_by_file = names_file && is_page || has_file;
        let starts_here = self.starts_here(page);
        if self.tree.profile == Profile::Gitlab {
            let address = site_address(file)?;
            return self.checked(link, file, format!("{}{}", written(&address), link.rest()));
        }
        if is_linked_by_file && starts_here && !link.is_html {
            let path = relative(page, file);
            return self.checked(link, file, format!("{}{}", written(&path), link.rest()));
        }
        // No program rewrites raw HTML: an address stays one, and the path of a file may lead nowhere.
        if link.is_html && is_page && names_file {
            return None;
        }
        // Below a folder of its host, a site has no root that a path could begin at.
        let path = self.tree.addresses.path_at_root(path)?.to_owned();
        self.checked(link, file, format!("{path}{}", link.rest()))
    }

    /// `address` as a path, if it begins with the address of the site and a path leads there too.
    pub fn without_site<'a>(&self, address: &'a str) -> &'a str {
        let is_whole = address.starts_with("//") || address.contains("://");
        let path = self.tree.addresses.path_at_root(address).filter(|_| is_whole);
        let rest = &address[before_query(address).len()..];
        let start = path.and_then(|path| address.len().checked_sub(path.len() + rest.len()));
        start.filter(|at| address[*at..].starts_with('/')).map_or(address, |at| &address[at..])
    }

    /// The target of `link` in the letters of `file`, which `missing` differs from by letter case alone: whatever form
    /// the target has, it keeps.
    pub(super) fn in_letters_of(
        &self,
        link: &Link,
        missing: &Missing,
        candidate: &str,
        file: &RepoPath,
    ) -> Option<String> {
        let as_file = || self.target_for(link, file);
        // What the site puts behind an address to find the file.
        let Some(ending) = candidate.strip_prefix(missing.place.as_str()) else { return as_file() };
        let place = file.as_str().strip_suffix(ending).map(RepoPath::new);
        let Some(Ok(place)) = place else { return as_file() };
        let path = before_query(&link.target);
        let slash = if path.ends_with('/') { "/" } else { "" };
        let root = self.tree.addresses.root();
        let in_site = place.as_str().strip_prefix(root).unwrap_or_default();
        if let Origin::Page(page) = &link.origin
            && page != file
            && !link.is_absolute
        {
            let same = format!("{}{}", written(&in_letters_of(path, &place)), link.rest());
            if let Some(target) = self.checked(link, file, same) {
                return Some(target);
            }
        }
        let new = match &link.origin {
            Origin::Data => self.in_data(link, &format!("/{in_site}{slash}")),
            Origin::Page(page) if page == file => return None,
            Origin::Page(_) if path.starts_with('/') && !path.starts_with("//") => {
                format!("/{in_site}{slash}")
            }
            Origin::Page(_) if link.is_absolute => {
                let Some(start) = self.tree.addresses.path_at_root(path) else { return as_file() };
                let host = path.strip_suffix(start).unwrap_or(path);
                let path = written(&format!("/{in_site}{slash}"));
                let target = format!("{host}{path}{}", link.rest());
                // In the form that other addresses of the file get, so that the page has one.
                let address = Link { target, ..link.clone() };
                return self.path_for(&address, file);
            }
            Origin::Page(page) => format!("{}{slash}", relative(page, &place)),
        };
        self.checked(link, file, format!("{}{}", written(&new), link.rest()))
    }

    fn path_on_page(&self, link: &Link, page: &RepoPath, file: &RepoPath) -> Option<String> {
        let path = before_query(&link.target);
        let is_rooted = path.starts_with('/') && !path.starts_with("//");
        let root = self.tree.addresses.root();
        let in_site = file.as_str().strip_prefix(root).unwrap_or(file.as_str());
        if self.tree.profile == Profile::Gitlab {
            return match is_rooted || link.is_absolute {
                true => Some(site_address(file).unwrap_or_else(|| format!("/{in_site}"))),
                false => Some(of_site(&relative(page, file))),
            };
        }
        let is_page = is_page(file.as_str());
        let is_by_file = is_page_path(path) || self.convention().has_file(file, self.tree.profile);
        let new = match !is_page || is_by_file && !link.is_html {
            true => file.clone(),
            // Which address a site gives to a page is not known where the link shows none.
            false if is_page_path(path) => return None,
            false => RepoPath::new(format!("{root}{}", address_like(path, in_site))).ok()?,
        };
        let slash = if path.ends_with('/') && new != *file { "/" } else { "" };
        // Below a folder of its host, a site has no root that a path could begin at.
        if link.is_absolute && new != *file && self.tree.addresses.path_at_root(path).is_none() {
            return None;
        }
        match is_rooted || link.is_absolute && new != *file || !self.starts_here(page) {
            true => {
                Some(format!("/{}{slash}", new.as_str().strip_prefix(root).unwrap_or(new.as_str())))
            }
            false => Some(format!("{}{slash}", relative(page, &new))),
        }
    }

    /// Whether relative links of `page` start in its folder, and not where another page takes it in.
    fn starts_here(&self, page: &RepoPath) -> bool {
        !is_partial(page) && page.as_str().starts_with(self.tree.addresses.root())
    }

    fn path_in_data(&self, link: &Link, file: &RepoPath) -> String {
        let root = self.tree.addresses.root();
        let in_site = file.as_str().strip_prefix(root).unwrap_or(file.as_str());
        let address = match self.tree.profile {
            Profile::Gitlab => site_address(file),
            _ => None,
        };
        self.in_data(link, &address.unwrap_or_else(|| format!("/{in_site}")))
    }

    /// `address`, which begins with a slash, with what a data file writes before the path.
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

    /// `target`, if `link` leads to `file` with it.
    fn checked(&self, link: &Link, file: &RepoPath, target: String) -> Option<String> {
        let Place::Inside(place) = self.place_of(link, &target) else { return None };
        (self.file_at(link, &target, &place).as_ref() == Some(file)).then_some(target)
    }
}

/// `path` with the letters of `place`, from its end up to where it climbs.
fn in_letters_of(path: &str, place: &RepoPath) -> String {
    let path = percent_decoded(path);
    let mut parts: Vec<&str> = path.split('/').collect();
    let named = parts.iter_mut().rev().skip_while(|part| part.is_empty());
    let named = named.take_while(|part| !matches!(**part, "" | "." | ".."));
    for (part, letters) in named.zip(place.as_str().rsplit('/')) {
        *part = letters;
    }
    parts.join("/")
}

/// `path` as a link holds it.
fn written(path: &str) -> String {
    encoded(path).replace('\'', "%27")
}

/// Whether `path` names the file of a page, and not an address.
fn is_page_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    !is_html_path(name) && is_page(name)
}

fn is_html_path(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}

/// The address of the page `file` in the style of the address `path`.
fn address_like(path: &str, file: &str) -> String {
    let Called { folder, name, is_index } = Called::of(file);
    let name = match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    match !is_index && is_html_path(path) {
        true => format!("{name}.html"),
        false => name,
    }
}

/// The way between two files of GitLab's site as a way between their addresses.
fn of_site(path: &str) -> String {
    let Called { name, is_index, .. } = Called::of(path);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match (is_index, folder, name) {
        (true, "", _) => "./".to_owned(),
        (true, folder, _) => format!("{folder}/"),
        (false, ..) => {
            let path = path.trim_end_matches(".erb").trim_end_matches(".haml");
            path.trim_end_matches(".md").to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_site_is_linked_by_its_address() {
        assert_eq!(of_site("../ops/index.html.md"), "../ops/");
        assert_eq!(of_site("index.html.md.erb"), "./");
        assert_eq!(of_site("index.html.haml"), "./");
        assert_eq!(of_site("plans/later.html.md"), "plans/later.html");
        assert_eq!(of_site("plans/later.html.haml"), "plans/later.html");
        assert_eq!(of_site("boards.png"), "boards.png");
    }

    #[test]
    fn an_address_has_the_style_of_another() {
        assert_eq!(address_like("../plans.html", "kites/later.html.md.erb"), "kites/later.html");
        assert_eq!(address_like("/plans/", "kites/_index.md"), "kites");
        assert_eq!(address_like("/plans", "later.md"), "later");
    }

    #[test]
    fn letters_are_those_of_the_place_and_the_rest_stays() {
        let place = RepoPath::new("content/sub/kites").expect("a path");
        for (path, new) in [
            ("../Sub/Kites/", "../sub/kites/"),
            ("./KITES", "./kites"),
            ("/Sub/Kites", "/sub/kites"),
            ("Kites//", "kites//"),
            ("../..", "../.."),
        ] {
            assert_eq!(in_letters_of(path, &place), new);
        }
    }

    #[test]
    fn kinds_are_whole_names_of_files_that_every_folder_has() {
        let kind = |path: &str| kind(&RepoPath::new(path).expect("a path")).to_owned();
        assert_eq!(kind("a/_index.md"), "_index.md");
        assert_eq!(kind("a/README.md"), "README.md");
        assert_eq!(kind("a/b.html.md.erb"), ".html.md.erb");
        assert_eq!(kind("a/b.md"), ".md");
    }
}
