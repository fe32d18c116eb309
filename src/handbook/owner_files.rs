//! The files that name owners beside the data: CODEOWNERS, CODENOTIFY, the table of product areas.
//!
//! They are read on their own, after the handbook: most commands ask nothing of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Handbook, Loaded, Part, UnusedPattern, load};
use crate::config::Profile;
use crate::repo::{Files, Forge};
use crate::source::markdown::Table;
use crate::source::owners_file::{Dialect, OwnersFile, is_section_heading};
use crate::source::{FileId, FileStore, ReadError, RepoPath, Span, Spanned, fold};

/// The places of CODEOWNERS, of which the first one counts. GitLab's order is root, docs, .gitlab, and
/// GitHub's .github, root, docs; each knows nothing of the other's folder.
const GITLAB_PLACES: [&str; 4] = ["CODEOWNERS", "docs/CODEOWNERS", GITLABS_OWN, GITHUBS_OWN];
const GITHUB_PLACES: [&str; 4] = [GITHUBS_OWN, "CODEOWNERS", "docs/CODEOWNERS", GITLABS_OWN];
const GITLABS_OWN: &str = ".gitlab/CODEOWNERS";
const GITHUBS_OWN: &str = ".github/CODEOWNERS";

/// The name of the files that say who is told of changes in their folder.
const CODENOTIFY: &str = "CODENOTIFY";

/// The name of the page on which Mattermost keeps its product areas and their owners.
const OWNERSHIP_PAGE: &str = "product-ownership-areas.md";

/// What the owner files of a handbook say.
#[derive(Debug, Default)]
pub struct OwnerFiles {
    /// CODEOWNERS.
    pub codeowners: Option<OwnersFile>,
    /// Each CODENOTIFY, by the folder it lies in.
    pub codenotify: BTreeMap<RepoPath, OwnersFile>,
    /// The rows of the table of product areas.
    pub areas: Vec<ProductArea>,
    /// The patterns of CODEOWNERS, then of each CODENOTIFY, that match no file; empty until
    /// [`Loaded::find_unused_patterns`].
    pub unused: Vec<UnusedPattern>,
}

/// A row of the table of product areas: `Product Area | Example Features | PM Owner`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductArea {
    /// Its name.
    pub name: Spanned<String>,
    /// Features that belong to it.
    pub features: Vec<Spanned<String>>,
    /// Who owns it.
    pub owners: Vec<Spanned<String>>,
}

impl Loaded {
    /// Reads the owner files that the profile knows, into [`Handbook::owner_files`]. What cannot be read
    /// is a problem of the handbook.
    pub fn read_owner_files(&mut self, repo: &impl Files) {
        let profile = self.handbook.profile;
        let mut found = OwnerFiles::default();
        let dialect = host_of(self.handbook.forge, profile, repo);
        if let Some((path, content)) = codeowners(repo, dialect) {
            let file = self.add_owner_file(path, content);
            found.codeowners = file.map(|file| {
                OwnersFile::parse(file, self.files.file(file).text(), dialect, RepoPath::default())
            });
        }
        if matches!(profile, Profile::Sourcegraph | Profile::Default) {
            for (folder, path, content) in codenotify(repo, &self.handbook) {
                let Some(file) = self.add_owner_file(path, content) else { continue };
                let text = self.files.file(file).text();
                let parsed = OwnersFile::parse(file, text, Dialect::Codenotify, folder.clone());
                found.codenotify.insert(folder, parsed);
            }
        }
        if profile == Profile::Mattermost {
            let pages = self.handbook.pages.iter();
            let table = pages.filter(|page| page.path.file_name() == OWNERSHIP_PAGE);
            found.areas = table.flat_map(|page| areas_on(&self.files, page.file)).collect();
        }
        self.handbook.owner_files = found;
    }

    fn add_owner_file(&mut self, path: RepoPath, content: Text) -> Option<FileId> {
        let Handbook { problems, unread, .. } = &mut self.handbook;
        let file = load::add(&mut self.files, problems, path, content);
        if let (None, Some(problem)) = (file, problems.last()) {
            unread.push(load::unread(Part::OwnerFiles, problem));
        }
        file
    }
}

/// Who reads the handbook's CODEOWNERS: the forge of the remote, else the one whose own folder has the file, else the
/// one whose other files are there, else the one that knows what is in the file.
fn host_of(forge: Option<Forge>, profile: Profile, repo: &impl Files) -> Dialect {
    let by_place = || match (repo.has(GITLABS_OWN), repo.has(GITHUBS_OWN)) {
        (true, false) => Some(Forge::Gitlab),
        (false, true) => Some(Forge::Github),
        _ => None,
    };
    match forge.or_else(by_place).or_else(|| Forge::of_files(repo)) {
        Some(Forge::Gitlab) => Dialect::Gitlab,
        None if profile == Profile::Gitlab || has_sections(repo) => Dialect::Gitlab,
        Some(Forge::Github) | None => Dialect::Github,
    }
}

/// Whether the file that either forge may read has headings of sections, which GitLab alone knows.
fn has_sections(repo: &impl Files) -> bool {
    let text = codeowners(repo, Dialect::Gitlab).and_then(|(_, text)| text.ok());
    text.is_some_and(|text| text.lines().any(is_section_heading))
}

/// Whether there is a CODEOWNERS in any place.
pub fn has_codeowners(repo: &impl Files) -> bool {
    GITLAB_PLACES.iter().any(|place| repo.has(place))
}

type Text = Result<String, ReadError>;

fn codeowners(repo: &impl Files, dialect: Dialect) -> Option<(RepoPath, Text)> {
    let places = if dialect == Dialect::Gitlab { GITLAB_PLACES } else { GITHUB_PLACES };
    places.into_iter().find_map(|place| {
        let path = RepoPath::new(place).ok()?;
        match repo.read(&path) {
            Err(ReadError::Missing) => None,
            content => Some((path, content)),
        }
    })
}

/// The CODENOTIFY files of the folders in which pages lie, and of those above.
fn codenotify(repo: &impl Files, handbook: &Handbook) -> Vec<(RepoPath, RepoPath, Text)> {
    let folders = RepoPath::folders_of(handbook.pages.iter().map(|page| &page.path));
    let folders: Vec<&str> = folders.into_iter().collect();
    folders
        .into_par_iter()
        .filter_map(|folder| {
            let path = format!("{folder}/{CODENOTIFY}");
            let path = path.trim_start_matches('/');
            if !repo.has(path) {
                return None;
            }
            let path = RepoPath::new(path).ok()?;
            let content = repo.read(&path);
            Some((RepoPath::new(folder).ok()?, path, content))
        })
        .collect()
}

/// The product areas of the tables in `file`.
fn areas_on(files: &FileStore, file: FileId) -> Vec<ProductArea> {
    let outline = files.file(file).outline();
    outline.tables.iter().flat_map(|table| areas_in(table, file)).collect()
}

/// The product areas of `table`, if its header has the columns of one.
fn areas_in(table: &Table, file: FileId) -> Vec<ProductArea> {
    let column = |name| table.header.iter().position(|cell| fold(&cell.text) == fold(name));
    let (Some(area), Some(owner)) = (column("Product Area"), column("PM Owner")) else {
        return Vec::new();
    };
    let features = column("Example Features");
    let rows = table.rows.iter().filter_map(|row| {
        let cell = |at: usize| row.cells.get(at);
        let words = |at: Option<usize>| -> Vec<Spanned<String>> {
            let Some(cell) = at.and_then(cell) else { return Vec::new() };
            let span = Span::new(file, cell.span.clone());
            let words = cell.text.split(',').map(str::trim).filter(|word| !word.is_empty());
            words.map(|word| Spanned::new(word.to_owned(), span)).collect()
        };
        let name = cell(area).filter(|cell| !cell.text.trim().is_empty())?;
        let mut owners = words(Some(owner));
        owners.retain(|owner| !owner.value.eq_ignore_ascii_case("TBD"));
        Some(ProductArea {
            name: Spanned::new(name.text.trim().to_owned(), Span::new(file, name.span.clone())),
            features: words(features),
            owners,
        })
    });
    rows.collect()
}
