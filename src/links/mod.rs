//! Every link of the handbook and where it leads, worked out once for all that ask.

mod anchors;
mod gather;
mod gitbook;
mod malformed;
mod resolve;
mod suggest;
mod tree;
mod written;

use std::sync::OnceLock;

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use crate::config::Config;
use crate::generate::collect::Collected;
use crate::handbook::Handbook;
use crate::handbook::address::{before_query, hosts_of};
use crate::repo::{Files, Listing};
use crate::source::{FileStore, RepoPath, Span};

pub use anchors::{MissingAnchor, NearId, Slip};
pub use malformed::Fault;
pub use suggest::{Advice, Budget, Likeness};
pub use written::Destination;

use resolve::Resolver;
use tree::Tree;
use written::Convention;

/// What links are read from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// Its files.
    pub files: &'a FileStore,
    /// Its generated text.
    pub generated: &'a Collected,
    /// How it is configured.
    pub config: &'a Config,
}

/// The links of a handbook, except those that lead out of it.
#[derive(Debug)]
pub struct Links {
    all: Vec<Link>,
    tree: Tree,
    convention: OnceLock<Convention>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub origin: Origin,
    /// Its target; of a link whose target has no characters of its own, all of it.
    pub place: Span,
    /// How the target can be replaced.
    pub hold: Hold,
    /// The target as it is meant: escapes are read, nothing is decoded.
    pub target: String,
    /// Where it leads.
    pub leads: Leads,
    /// Whether it is raw HTML, which no program rewrites for the site.
    pub is_html: bool,
    /// Whether it is written with the address of the handbook's own site.
    pub is_absolute: bool,
    /// The part of the page that it names and that is not there.
    pub missing_anchor: Option<MissingAnchor>,
}

/// Where a link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// On this page.
    Page(RepoPath),
    /// In a data file.
    Data,
}

/// How the target of a link can be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// By other characters at its place.
    Text,
    /// By another YAML scalar.
    Scalar,
    /// Not by a program: it is the text of the link too, or it could not be found.
    None,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To this file.
    File(RepoPath),
    /// To a folder that can be looked into.
    Folder(RepoPath),
    /// To another address first.
    Redirected {
        /// The address at the end of all redirects.
        to: String,
        /// Whether the redirect is for this very address.
        is_exact: bool,
    },
    /// Nowhere.
    Missing(Missing),
    /// To what the handbook cannot tell.
    Unknown,
    /// It cannot be understood.
    Malformed(Fault),
}

/// What is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its place in the repository.
    pub place: RepoPath,
    /// Whether it is a folder that has no page of its own.
    pub is_bare_folder: bool,
    /// The address that a redirect gives instead, where nothing is either.
    pub redirected: Option<String>,
    /// The files that would have done, as `tree` has them.
    candidates: Vec<String>,
}

/// What begins the web addresses that matter to a rule though they stand in a page without a mark: those of the
/// handbook's own site, and what begins twice. Most addresses lead out of the handbook.
pub fn bare_beginnings(config: &Config) -> Vec<&str> {
    let site = config.links.site.as_deref().and_then(|site| site.split("://").nth(1));
    let site = site.and_then(|site| site.split('/').next()).filter(|host| !host.is_empty());
    hosts_of(config.profile).iter().copied().chain(site).chain(["://http"]).collect()
}

impl Link {
    /// What stands behind its path: query and fragment.
    pub fn rest(&self) -> &str {
        &self.target[before_query(&self.target).len()..]
    }

    /// The id that it names.
    pub fn fragment(&self) -> Option<&str> {
        self.target.split_once('#').map(|(_, fragment)| fragment)
    }
}

impl Links {
    /// The links of the handbook that lies in `repo`, whose complete folders hold `listing`.
    pub fn new(repo: &impl Files, listing: Listing, sources: Sources<'_>) -> Self {
        let Sources { handbook, files, generated, config, .. } = sources;
        let gitmodules = RepoPath::new(".gitmodules").ok().and_then(|path| repo.read(&path).ok());
        let tree = Tree::new(listing, gitmodules.as_deref().unwrap_or_default(), sources);
        let resolver = Resolver { repo, tree: &tree, config, is_whole: OnceLock::new() };
        let marked: HashMap<&RepoPath, _> =
            generated.pages.iter().map(|page| (&page.path, page)).collect();
        // The links of a template are those of the page that is made from it, and start there.
        let templates: HashSet<&RepoPath> =
            generated.whole.iter().map(|whole| &whole.template).collect();
        let pages = handbook.pages.iter();
        let pages: Vec<_> = pages.filter(|page| !templates.contains(&page.path)).collect();
        let of_pages: Vec<Vec<Link>> = pages
            .par_iter()
            .map(|page| {
                let marks = marked.get(&page.path).copied();
                gather::of_page(page, files.file(page.file), marks, &resolver)
            })
            .collect();
        let mut all = gather::of_data(handbook, files, &resolver);
        all.extend(of_pages.into_iter().flatten());
        anchors::judge(&mut all, sources, &marked);
        Self { all, tree, convention: OnceLock::new() }
    }

    /// Whether the page `file` has the part that `fragment` names, as far as anybody knows.
    pub fn has_part(file: &RepoPath, fragment: &str, sources: Sources<'_>) -> bool {
        anchors::is_there(file, fragment, sources)
    }

    fn convention(&self) -> &Convention {
        self.convention.get_or_init(|| Convention::of(&self.all))
    }

    /// All links: those of data, then those of pages in their order.
    pub fn all(&self) -> &[Link] {
        &self.all
    }
}
