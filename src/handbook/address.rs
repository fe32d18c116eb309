//! From the address of a page, as data and links give it, to the file that it is made of.
//!
//! Only names are looked at: what is there is told by a set of paths.

mod site;
#[cfg(test)]
mod tests;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::lookup::Redirect;
use crate::config::Profile;
use crate::source::{RepoPath, percent_decoded};

use site::Site;
pub use site::{hosts_of, site_address};

/// How often a redirect may lead to another. Browsers give up at about 20.
const MAX_HOPS: usize = 10;

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To this file.
    Found(RepoPath),
    /// To another address first.
    Redirected {
        /// The address at the end of all redirects.
        to: String,
        /// Its file, if it is there.
        file: Option<RepoPath>,
    },
    /// Into the handbook, where nothing is.
    Missing,
    /// Out of the handbook.
    External,
}

impl Target {
    /// The file at which one arrives, by redirects or without.
    pub fn file(&self) -> Option<&RepoPath> {
        match self {
            Self::Found(file) => Some(file),
            Self::Redirected { file, .. } => file.as_ref(),
            Self::Missing | Self::External => None,
        }
    }
}

/// Where an address points, whatever is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// To a place of the site.
    Inside(SitePath),
    /// Above the root of the site.
    Above,
    /// Out of the handbook.
    External,
}

/// A path on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePath {
    /// The path from the site's root, without a slash around it.
    pub path: RepoPath,
    /// Whether it is written with a slash at its end, or as `..`.
    pub is_folder: bool,
}

impl SitePath {
    /// The path as redirects name it.
    fn rooted(&self) -> String {
        let slash = if self.is_folder { "/" } else { "" };
        format!("/{}{slash}", self.path)
    }
}

/// What is at which address.
#[derive(Debug)]
pub struct Addresses {
    site: Site,
    /// Where else the site is: hosts, each with the beginning of its paths.
    hosts: Vec<(String, String)>,
    files: HashSet<RepoPath>,
    /// Targets by the address that must be met exactly.
    exact: HashMap<String, String>,
    /// Targets by the beginning of an address, in the order of the file.
    prefixes: Vec<Prefix>,
}

#[derive(Debug)]
struct Prefix {
    source: String,
    target: String,
    ignores_case: bool,
}

impl Addresses {
    /// The addresses of `files` on the site of `profile`.
    pub fn new(
        profile: Profile,
        files: impl IntoIterator<Item = RepoPath>,
        redirects: &[Redirect],
    ) -> Self {
        let mut addresses = Self {
            site: Site::of(profile),
            hosts: Vec::new(),
            files: files.into_iter().collect(),
            exact: HashMap::new(),
            prefixes: Vec::new(),
        };
        for redirect in redirects {
            addresses.add(redirect);
        }
        addresses
    }

    /// The addresses, where the site is at `urls` too.
    #[must_use]
    pub fn also_at(mut self, urls: &[String]) -> Self {
        self.hosts = urls
            .iter()
            .map(|url| {
                let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
                let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
                (host.to_owned(), path.trim_end_matches('/').to_owned())
            })
            .collect();
        self
    }

    /// The hosts of the site itself.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        let configured = self.hosts.iter().map(|(host, _)| host.as_str());
        self.site.hosts.iter().copied().chain(configured)
    }

    /// `=` compares all of the address; `^~`, `~` and `~*` (whatever the letter case) its beginning,
    /// since no source in use is more of a pattern than that. The first redirect that fits counts.
    fn add(&mut self, redirect: &Redirect) {
        let Some(target) = &redirect.target else { return };
        let operator = redirect.comp_op.as_ref().map_or("=", |operator| operator.value.trim());
        for source in &redirect.sources {
            let source = rooted(source.value.trim());
            let target = target.value.trim().to_owned();
            if operator == "=" {
                self.exact.entry(source).or_insert(target);
            } else {
                self.prefixes.push(Prefix { source, target, ignores_case: operator == "~*" });
            }
        }
    }

    /// Where `address`, as a data file gives it, leads: a URL, or a path from the site's root, with or
    /// without a slash before it. Its fragment and query play no part.
    pub fn resolve(&self, address: &str) -> Target {
        match without_fragment(address).is_empty() {
            true => Target::Missing,
            false => self.target(self.place_below(|| "", address)),
        }
    }

    /// Where `address`, as a link on `page` gives it, leads: as [`resolve`](Self::resolve), but a path
    /// without a slash before it starts at the page's folder, and an empty one is the page itself.
    pub fn resolve_from(&self, page: &RepoPath, address: &str) -> Target {
        match without_fragment(address).is_empty() {
            true => Target::Found(page.clone()),
            false => self.target(self.place_from(page, address)),
        }
    }

    /// Where a link that is written into a data file leads: as [`resolve`](Self::resolve), but one that climbs
    /// out of the folder of the data file is meant from the root of the pages.
    pub fn resolve_in_data(&self, address: &str) -> Target {
        match without_fragment(address).is_empty() {
            true => Target::Missing,
            false => self.target(self.place_in_data(address)),
        }
    }

    /// Where the link `address` on `page` points.
    pub fn place_from(&self, page: &RepoPath, address: &str) -> Place {
        self.place_below(|| self.folder_of(page), address)
    }

    /// The folder of `page`, as addresses on the site name it.
    fn folder_of<'p>(&self, page: &'p RepoPath) -> &'p str {
        let folder = page.folders().next().unwrap_or_default();
        let root = self.site.root;
        let is_root = folder == root.trim_end_matches('/');
        if is_root { "" } else { folder.strip_prefix(root).unwrap_or(folder) }
    }

    /// Where the link `address` in a data file points.
    pub fn place_in_data(&self, address: &str) -> Place {
        let rooted = address.trim().trim_start_matches("../").trim_start_matches("./");
        self.place_below(|| "", rooted)
    }

    /// The path in the repository that the link `address` on `page` names as it is written, be something there or
    /// not; `None` if it leads out of the handbook.
    pub fn file_named(&self, page: &RepoPath, address: &str) -> Option<RepoPath> {
        match self.place_from(page, address) {
            Place::Inside(place) => RepoPath::new(format!("{}{}", self.site.root, place.path)).ok(),
            Place::Above | Place::External => None,
        }
    }

    /// Where `address` points, of which a path without a slash before it starts in `folder`. Most addresses lead out of
    /// the handbook, and do not ask for it.
    fn place_below<'f>(&self, folder: impl FnOnce() -> &'f str, address: &str) -> Place {
        let Some(path) = self.path_of(address) else { return Place::External };
        let path = percent_decoded(path);
        let is_folder = matches!(path.rsplit('/').next(), None | Some("" | "." | ".."));
        let place = match path.strip_prefix('/') {
            Some(path) => RepoPath::inside("", path),
            None => RepoPath::inside(folder(), &path),
        };
        place.map_or(Place::Above, |path| Place::Inside(SitePath { path, is_folder }))
    }

    fn target(&self, place: Place) -> Target {
        match place {
            Place::External => Target::External,
            Place::Above => Target::Missing,
            Place::Inside(place) => match self.find(&place) {
                Some(file) => Target::Found(file.clone()),
                None => self.redirected(&place),
            },
        }
    }

    /// The path that `address` has on the site; `None` if it leads elsewhere.
    fn path_of<'a>(&self, address: &'a str) -> Option<&'a str> {
        let address = without_fragment(address);
        let rest = match split_scheme(address) {
            Some((scheme, rest)) => {
                let is_web =
                    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
                rest.strip_prefix("//").filter(|_| is_web)?
            }
            None if address.starts_with("//") => &address[2..],
            None => return Some(address),
        };
        let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
        let is_own = self.site.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
        let below = |(own, start): &(String, String)| {
            let rest = path.strip_prefix(start.as_str()).filter(|_| own.eq_ignore_ascii_case(host));
            rest.filter(|rest| rest.starts_with('/') || rest.is_empty())
        };
        let configured = || self.hosts.iter().find_map(below);
        is_own
            .then_some(path)
            .or_else(configured)
            .map(|path| if path.is_empty() { "/" } else { path })
    }

    /// The path of the whole address `address` from the root of its host, if that is the root of the site too.
    pub fn path_at_root<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = self.path_of(address)?;
        let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
        let whole = rest.find('/').map_or("", |at| &rest[at..]);
        (whole == path || whole.is_empty() && path == "/").then_some(path)
    }

    /// The file at `place`.
    pub fn find(&self, place: &SitePath) -> Option<&RepoPath> {
        self.file(place.path.as_str(), place.is_folder)
    }

    /// Where `place` lies in the repository.
    pub fn in_repository(&self, place: &SitePath) -> RepoPath {
        let root = self.site.root;
        let path = place.path.as_str();
        let path = path.strip_prefix(root).filter(|_| !root.is_empty()).unwrap_or(path);
        RepoPath::new(format!("{root}{path}")).unwrap_or_default()
    }

    /// The root of the site in the repository.
    pub fn root(&self) -> &'static str {
        self.site.root
    }

    /// The files that `place` can stand for, the likeliest first.
    pub fn candidates(&self, place: &SitePath) -> Vec<String> {
        let path = self.in_repository(place);
        let path = path.as_str().strip_prefix(self.site.root).unwrap_or_default();
        let mut candidates = Vec::new();
        self.site.each_candidate(path, place.is_folder, |candidate| -> Option<()> {
            candidates.push(candidate.to_owned());
            None
        });
        candidates
    }

    /// The file for a path from the site's root.
    fn file(&self, path: &str, is_folder: bool) -> Option<&RepoPath> {
        let root = self.site.root;
        // Some write the place of the file, where the address was meant.
        let shortened = path.strip_prefix(root).filter(|_| !root.is_empty());
        [Some(path), shortened].into_iter().flatten().find_map(|path| {
            self.site.each_candidate(path, is_folder, |candidate| self.files.get(candidate))
        })
    }

    /// Where the redirect leads whose source is `place` itself, not only its beginning.
    pub fn redirected_exactly(&self, place: &SitePath) -> Option<Target> {
        let rooted = place.rooted();
        self.exact.contains_key(&rooted).then(|| self.followed(rooted))
    }

    /// Where the redirects lead from `place`, which has no file.
    pub fn redirected(&self, place: &SitePath) -> Target {
        self.followed(place.rooted())
    }

    /// Where the redirects lead from `path`, which has a slash before it and no file.
    fn followed(&self, mut path: String) -> Target {
        let mut to = None;
        for _ in 0..MAX_HOPS {
            let Some(next) = self.redirect(&path) else { break };
            to = Some(next.to_owned());
            let Some(next) = self.path_of(next) else { break };
            path = rooted(&percent_decoded(next));
            let file = self.file(path.trim_matches('/'), path.ends_with('/'));
            if let Some((to, file)) = to.clone().zip(file) {
                return Target::Redirected { to, file: Some(file.clone()) };
            }
        }
        to.map_or(Target::Missing, |to| Target::Redirected { to, file: None })
    }

    fn redirect(&self, address: &str) -> Option<&str> {
        let exact = self.exact.get(address);
        let target = exact.or_else(|| {
            let fits = |prefix: &&Prefix| match address.get(..prefix.source.len()) {
                Some(start) if prefix.ignores_case => start.eq_ignore_ascii_case(&prefix.source),
                Some(start) => start == prefix.source,
                None => false,
            };
            self.prefixes.iter().find(fits).map(|prefix| &prefix.target)
        })?;
        Some(target)
    }
}

/// Whether `word` is what stands before the colon of a URL.
pub fn is_scheme(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && word.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.'))
}

/// The scheme of `address`, and what stands behind its colon.
pub fn split_scheme(address: &str) -> Option<(&str, &str)> {
    // No scheme holds a colon, so that it is the first one.
    address.split_once(':').filter(|(scheme, _)| is_scheme(scheme))
}

fn without_fragment(address: &str) -> &str {
    before_query(address).trim()
}

/// What stands in `address` before its query and its fragment.
pub fn before_query(address: &str) -> &str {
    let end = memchr::memchr2(b'#', b'?', address.as_bytes()).unwrap_or(address.len());
    &address[..end]
}

fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}
