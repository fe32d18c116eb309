//! From the address of a page, as data and links give it, to the file that it is made of.
//!
//! Only names are looked at: what is there is told by a set of paths. Sources of the rules: for GitLab
//! the site's generator (Middleman, with templates of direction pages) and `data/redirects.yml`; for
//! Sourcegraph the handbook's "Editing" pages, where the root of links is `content/`.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::Handbook;
use super::lookup::Redirect;
use crate::config::Profile;
use crate::source::RepoPath;

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

/// What is at which address.
#[derive(Debug)]
pub struct Addresses {
    site: Site,
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

/// How a profile's site is made from its files.
#[derive(Clone, Copy, Debug)]
struct Site {
    profile: Profile,
    /// The hosts of the site itself.
    hosts: &'static [&'static str],
    /// The folder at the root of its addresses, with a slash at its end.
    root: &'static str,
}

impl Site {
    fn of(profile: Profile) -> Self {
        let (hosts, root): (&[&str], _) = match profile {
            Profile::Gitlab => (&["about.gitlab.com"], "source/"),
            Profile::Sourcegraph => (&["handbook.sourcegraph.com"], "content/"),
            Profile::Mattermost => (&["handbook.mattermost.com"], ""),
            Profile::Default => (&[], ""),
        };
        Self { profile, hosts, root }
    }

    /// The files that `path`, which has no slash around it, can stand for, the likeliest first.
    fn candidates(self, path: &str, is_folder: bool) -> Vec<String> {
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        let within = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| format!("{folder}{name}")).collect()
        };
        let beside = |suffixes: &[&str]| -> Vec<String> {
            let suffixes = if is_folder || path.is_empty() { &[] } else { suffixes };
            suffixes.iter().map(|suffix| format!("{path}{suffix}")).collect()
        };
        match self.profile {
            Profile::Gitlab => {
                // `X/index.html` is what the server sends for `X/`.
                if path == "index.html" {
                    return self.candidates("", true);
                }
                if let Some(folder) = path.strip_suffix("/index.html") {
                    return self.candidates(folder, true);
                }
                if path.rsplit_once('.').is_some_and(|(_, end)| end == "html") && !is_folder {
                    return beside(&[".md", ".md.erb", ".erb", ".haml", ""]);
                }
                let mut candidates = beside(&[""]);
                candidates.extend(within(&[
                    "index.html.md",
                    "index.html.md.erb",
                    "index.html.erb",
                    "index.html.haml",
                    "template.html.md.erb",
                ]));
                candidates.extend(beside(&[".html.md", ".html.md.erb"]));
                candidates
            }
            Profile::Sourcegraph => {
                [beside(&["", ".md"]), within(&["index.md", "README.md"])].concat()
            }
            Profile::Mattermost | Profile::Default => {
                [beside(&["", ".md"]), within(&["README.md", "index.md"])].concat()
            }
        }
    }
}

impl Addresses {
    /// The addresses of the pages of `handbook`.
    pub fn of(handbook: &Handbook) -> Self {
        let pages = handbook.pages.iter().map(|page| page.path.clone());
        Self::new(handbook.profile, pages, &handbook.redirects)
    }

    /// The addresses of `files` on the site of `profile`.
    pub fn new(
        profile: Profile,
        files: impl IntoIterator<Item = RepoPath>,
        redirects: &[Redirect],
    ) -> Self {
        let mut addresses = Self {
            site: Site::of(profile),
            files: files.into_iter().collect(),
            exact: HashMap::new(),
            prefixes: Vec::new(),
        };
        for redirect in redirects {
            addresses.add(redirect);
        }
        addresses
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
            false => self.resolve_below("", address),
        }
    }

    /// Where `address`, as a link on `page` gives it, leads: as [`resolve`](Self::resolve), but a path
    /// without a slash before it starts at the page's folder, and an empty one is the page itself.
    pub fn resolve_from(&self, page: &RepoPath, address: &str) -> Target {
        if without_fragment(address).is_empty() {
            return Target::Found(page.clone());
        }
        let folder = page.folders().next().unwrap_or_default();
        let root = self.site.root;
        let is_root = folder == root.trim_end_matches('/');
        let folder = if is_root { "" } else { folder.strip_prefix(root).unwrap_or(folder) };
        self.resolve_below(folder, address)
    }

    /// The path in the repository that `address`, as a link on `page` gives it, names as it is written, be
    /// something there or not; `None` if it leads out of the handbook.
    pub fn place_from(&self, page: &RepoPath, address: &str) -> Option<RepoPath> {
        let path = decoded(self.path_of(address)?);
        let folder = page.folders().next().unwrap_or_default();
        RepoPath::new(match path.strip_prefix('/') {
            Some(path) => format!("{}{path}", self.site.root),
            None => format!("{folder}/{path}").trim_start_matches('/').to_owned(),
        })
        .ok()
    }

    fn resolve_below(&self, folder: &str, address: &str) -> Target {
        let Some(path) = self.path_of(address) else { return Target::External };
        let path = decoded(path);
        let path = match path.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{folder}/{path}"),
        };
        let Ok(place) = RepoPath::new(path.trim_start_matches('/')) else { return Target::Missing };
        let is_folder = matches!(path.rsplit('/').next(), None | Some("" | "." | ".."));
        match self.file(place.as_str(), is_folder) {
            Some(file) => Target::Found(file),
            None if is_folder => self.redirected(format!("/{place}/")),
            None => self.redirected(format!("/{place}")),
        }
    }

    /// The path that `address` has on the site; `None` if it leads elsewhere.
    fn path_of<'a>(&self, address: &'a str) -> Option<&'a str> {
        let address = without_fragment(address);
        let rest = match address.split_once("://") {
            Some((scheme, rest)) if is_scheme(scheme) => {
                let is_web =
                    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
                is_web.then_some(rest)?
            }
            _ if address.starts_with("//") => &address[2..],
            _ => {
                let is_other = address.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme));
                return (!is_other).then_some(address);
            }
        };
        let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
        self.site.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)).then_some(path)
    }

    /// The file for a path from the site's root.
    fn file(&self, path: &str, is_folder: bool) -> Option<RepoPath> {
        let root = self.site.root;
        // Some write the place of the file, where the address was meant.
        let shortened = path.strip_prefix(root).filter(|_| !root.is_empty());
        [Some(path), shortened].into_iter().flatten().find_map(|path| {
            self.site.candidates(path, is_folder).into_iter().find_map(|candidate| {
                let file = RepoPath::new(format!("{root}{candidate}")).ok()?;
                self.files.contains(&file).then_some(file)
            })
        })
    }

    /// Where the redirects lead from `path`, which has a slash before it and no file.
    fn redirected(&self, mut path: String) -> Target {
        let mut to = None;
        for _ in 0..MAX_HOPS {
            let Some(next) = self.redirect(&path) else { break };
            to = Some(next.to_owned());
            let Some(next) = self.path_of(next) else { break };
            path = rooted(&decoded(next));
            let file = self.file(path.trim_matches('/'), path.ends_with('/'));
            if let Some((to, file)) = to.clone().zip(file) {
                return Target::Redirected { to, file: Some(file) };
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
fn is_scheme(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn without_fragment(address: &str) -> &str {
    address.split(['#', '?']).next().unwrap_or_default().trim()
}

fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// `path` with `%20` and its like read. What is no UTF-8 then stays as it was.
fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let hex = hex.filter(|hex| byte == b'%' && hex.bytes().all(|c| c.is_ascii_hexdigit()));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}
