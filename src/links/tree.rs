//! What is there for links to lead to: files, folders, and what kinds of files the handbook holds.

use std::borrow::Cow;
use std::sync::OnceLock;

use foldhash::{HashMap, HashSet, HashSetExt};

use super::Sources;
use crate::config::Profile;
use crate::handbook::address::Addresses;
use crate::repo::Listing;
use crate::source::RepoPath;

/// The files and folders that links can lead to.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) profile: Profile,
    pub(super) addresses: Addresses,
    /// All files, sorted.
    files: Vec<RepoPath>,
    folders: HashSet<RepoPath>,
    /// Links in the file system, which may stand for whole folders.
    aliases: HashSet<RepoPath>,
    /// Folders that hold another repository.
    modules: HashSet<RepoPath>,
    kinds: HashSet<String>,
    names: OnceLock<Names>,
}

/// The files by what people call them.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By their path in lower case.
    pub(super) folded: HashMap<String, Vec<RepoPath>>,
    /// By their [`Called`].
    pub(super) named: HashMap<String, Vec<RepoPath>>,
    /// By the folder that they stand in; a page that is called as its folder stands in the one around that.
    pub(super) within: HashMap<String, Vec<RepoPath>>,
}

/// What people call a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Called<'p> {
    /// The folder it stands in.
    pub(super) folder: &'p str,
    /// Its name without the endings of pages.
    pub(super) name: &'p str,
    /// Whether that is the name of its folder, because every folder has such a file.
    pub(super) is_index: bool,
}

impl<'p> Called<'p> {
    /// The name of the file or address at `path`.
    pub(super) fn of(path: &'p str) -> Self {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let name = without_page_ending(file);
        if matches!(name, "index" | "_index" | "README" | "readme" | "template")
            && name.len() < file.len()
        {
            let (folder, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            return Self { folder, name, is_index: true };
        }
        Self { folder, name, is_index: false }
    }
}

/// Whether `path` names a Markdown file.
pub(super) fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")
}

/// Whether `path` names a file that a site makes a page of.
pub(super) fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    without_page_ending(name).len() < name.len()
}

/// `name` without the endings that make it a page.
fn without_page_ending(name: &str) -> &str {
    let mut rest = name;
    for ending in [".erb", ".haml", ".md", ".mdx", ".markdown", ".html"] {
        rest = rest.strip_suffix(ending).unwrap_or(rest);
    }
    rest
}

impl Tree {
    /// The tree of `listing`, in a repository with these `.gitmodules`.
    pub(super) fn new(listing: Listing, gitmodules: &str, sources: Sources<'_>) -> Self {
        let Sources { handbook, generated, config, .. } = sources;
        let mut files = listing.files;
        files.extend(handbook.pages.iter().map(|page| page.path.clone()));
        // What is generated as a whole will be there.
        files.extend(generated.whole.iter().map(|whole| whole.path.clone()));
        files.sort_unstable();
        files.dedup();
        let (mut folders, mut kinds) = (HashSet::new(), HashSet::new());
        for file in &files {
            for folder in file.folders() {
                if folders.contains(folder) {
                    break;
                }
                folders.extend(RepoPath::new(folder));
            }
            let kind = kind_of(file.as_str());
            // A LICENSE is no sign of pages.
            if file.file_name().contains('.') && !kinds.contains(&*kind) {
                kinds.insert(kind.into_owned());
            }
        }
        let addresses = Addresses::new(config.profile, files.iter().cloned(), &handbook.redirects)
            .also_at(config.links.site.as_slice());
        Self {
            profile: config.profile,
            addresses,
            files,
            folders,
            aliases: listing.links.into_iter().collect(),
            modules: modules_of(gitmodules).collect(),
            kinds,
            names: OnceLock::new(),
        }
    }

    /// Whether there is a folder at `path`.
    pub(super) fn has_folder(&self, path: &RepoPath) -> bool {
        self.folders.contains(path)
    }

    /// Whether the list of files tells nothing of `path`: it is hidden, or behind a link of the file system.
    pub(super) fn is_unlisted(&self, path: &RepoPath) -> bool {
        let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
        is_hidden
            || !self.aliases.is_empty()
                && (self.aliases.contains(path)
                    || path.folders().any(|folder| self.aliases.contains(folder)))
    }

    /// Whether `path` lies in another repository, which may not be checked out.
    pub(super) fn is_elsewhere(&self, path: &RepoPath) -> bool {
        !self.modules.is_empty()
            && (self.modules.contains(path)
                || path.folders().any(|folder| self.modules.contains(folder)))
    }

    /// Whether the handbook holds files such as `path` at all. One without any picture has its pictures in
    /// another place, and nothing can be said of one of them; likewise one that is data alone.
    pub(super) fn holds_kind_of(&self, path: &str) -> bool {
        self.kinds.contains(&*kind_of(path))
    }

    /// The files by what people call them.
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            for file in &self.files {
                let name = Called::of(file.as_str());
                let add = |map: &mut HashMap<String, Vec<RepoPath>>, key: String| {
                    map.entry(key).or_default().push(file.clone());
                };
                add(&mut names.folded, file.as_str().to_lowercase());
                add(&mut names.named, name.name.to_owned());
                add(&mut names.within, name.folder.to_owned());
            }
            names
        })
    }
}

/// The folders that a `.gitmodules` names.
fn modules_of(gitmodules: &str) -> impl Iterator<Item = RepoPath> {
    gitmodules.lines().filter_map(module_of)
}

/// The folder that the line `line` of a `.gitmodules` names.
pub(crate) fn module_of(line: &str) -> Option<RepoPath> {
    let (key, value) = line.split_once('=')?;
    RepoPath::new(value.trim()).ok().filter(|_| key.trim() == "path")
}

/// What kind of file `path` names, in lower case: its ending, one word for all pictures, and one for pages and for
/// what has no ending.
fn kind_of(path: &str) -> Cow<'_, str> {
    const PAGE: Cow<'_, str> = Cow::Borrowed("page");
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, ending)) = name.rsplit_once('.') else { return PAGE };
    let is_ending = !stem.is_empty()
        && (1..=6).contains(&ending.len())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_ending {
        return PAGE;
    }
    let ending = match ending.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(ending.to_ascii_lowercase()),
        false => Cow::Borrowed(ending),
    };
    match &*ending {
        "md" | "html" | "htm" | "erb" | "haml" => PAGE,
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "bmp" | "ico" | "avif" | "tiff" => {
            Cow::Borrowed("picture")
        }
        _ => ending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_every_folder_has_is_called_as_its_folder() {
        let name = |path| {
            let Called { folder, name, is_index } = Called::of(path);
            (folder, name, is_index)
        };
        assert_eq!(name("content/plans/pears.md"), ("content/plans", "pears", false));
        assert_eq!(name("content/plans/index.md"), ("content", "plans", true));
        assert_eq!(name("source/plans/index.html.md.erb"), ("source", "plans", true));
        assert_eq!(name("direction/plans"), ("direction", "plans", false));
        assert_eq!(name("a/index"), ("a", "index", false));
        assert_eq!(name("pears.png"), ("", "pears.png", false));
    }

    #[test]
    fn pictures_are_one_kind_and_pages_another() {
        assert_eq!(kind_of("a/b.PNG"), "picture");
        assert_eq!(kind_of("a/b.svg"), "picture");
        assert_eq!(kind_of("a/b.XLSX"), "xlsx");
        for page in ["a/b.md", "a/b", "a/v3.18", "a/.hidden", "a.b/c"] {
            assert_eq!(kind_of(page), "page", "{page}");
        }
    }
}
