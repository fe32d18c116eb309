//! Reading a handbook: its data files and its pages, each once.

use rayon::prelude::*;

use super::profile::{DataFile, Layout, data_files};
use super::reading::{Fields, Findings, Reader, key_is_no_text, read_list, read_records};
use super::{Blank, Handbook, Keys, Ladder, Page, Part, Problem, ProblemKind, Table, Unread};
use crate::config::{Config, Pages};
use crate::repo::{Files, GlobLists, Globs, Listing};
use crate::source::markdown::front_matter;
use crate::source::yaml::{self, Node, Pair, Parsed, Tree, Value};
use crate::source::{
    FileId, FileStore, ReadError, RepoPath, SourceFile, Span, Spanned, Unreadable, without_bom,
};

/// A handbook and the files it was read from.
#[derive(Debug)]
pub struct Loaded {
    /// What the handbook says.
    pub handbook: Handbook,
    /// Its files.
    pub files: FileStore,
    /// How many data files were read.
    pub data_files: usize,
}

/// A data file that was read.
struct Source {
    format: &'static DataFile,
    file: FileId,
}

/// How much of a handbook is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    Whole,
    /// The pages, and the data that tells whose they are: not the features, which are the most of it.
    Ownership,
    /// Everything, without a look at the front matter of pages.
    Facts,
    /// The data, and no page.
    Data,
    /// The votes of prioritization sessions, the people who may have cast them, and no page.
    Votes,
}

impl Scope {
    fn holds(self, format: &DataFile) -> bool {
        let names_owners = |table: &Table| {
            use Table::{Categories, People, ProductOrgs, Sections, Stages, Teams};
            matches!(table, Sections | Stages | Categories | ProductOrgs | Teams | People)
        };
        match self {
            Self::Whole | Self::Facts | Self::Data => true,
            // Redirects tell which page an old address means.
            Self::Ownership => format.name == "redirects" || format.tables.iter().any(names_owners),
            Self::Votes => format.name == "votes" || format.tables.contains(&Table::People),
        }
    }

    fn has_pages(self) -> bool {
        match self {
            Self::Whole | Self::Facts | Self::Ownership => true,
            Self::Data | Self::Votes => false,
        }
    }
}

/// Reads the handbook that lies in `repo`, as far as `scope` goes, and what `read` finds in each page by its path,
/// its text and the entry of the configuration that is about it: in the order of the pages. The data is read and parsed beside the pages.
pub fn load<T: Send>(
    repo: &impl Files,
    config: &Config,
    scope: Scope,
    read: impl Fn(&RepoPath, &str, Option<&Pages>) -> T + Sync,
) -> (Loaded, Vec<T>) {
    let pages = || match scope.has_pages() {
        true => read_pages(repo, config, &read),
        false => Default::default(),
    };
    let (data, (texts, listing)) = rayon::join(|| load_data(repo, config, scope), pages);
    let Loaded { mut handbook, mut files, data_files } = data;

    let problems = &mut handbook.problems;
    let mut readings = Vec::new();
    let (mut first_absent, mut absent) = (None, 0);
    for PageText { path, entry, content, reading } in texts {
        let is_absent = matches!(content, Err(ReadError::NotFetched | ReadError::Fetch(_)));
        if is_absent && first_absent.is_some() {
            // One clone lacks them all, for the same reason.
            absent += 1;
            let _ = files.add(path.clone(), content);
            handbook.unread_pages.push(path);
        } else if let Some(file) = add(&mut files, problems, path.clone(), content) {
            let kind = config.pages.get(entry).map_or_else(String::new, |pages| pages.kind.clone());
            handbook.pages.push(Page { path, file, kind, entry });
            readings.extend(reading);
        } else {
            first_absent = first_absent.or(is_absent.then(|| problems.len() - 1));
            handbook.unread_pages.push(path);
            handbook.unread.extend(problems.last().map(|problem| unread(Part::Pages, problem)));
        }
    }
    if let Some(problem) = first_absent.and_then(|at| problems.get_mut(at)).filter(|_| absent > 0) {
        let pages = if absent == 1 { "page is" } else { "pages are" };
        problem.message = format!("{}; {absent} more {pages} missing too", problem.message);
    }
    for link in listing.links {
        // What a link leads to is judged under its own name.
        if let Err(error) = repo.read(&link) {
            add(&mut files, problems, link.clone(), Err(error));
            handbook.unread_pages.push(link);
            handbook.unread.extend(problems.last().map(|problem| unread(Part::Pages, problem)));
        }
    }
    for folder in listing.unreadable {
        let path = folder.path;
        add(&mut files, problems, path, Err(folder.obstacle.into()));
        for part in [Part::Pages, Part::Folders] {
            handbook.unread.extend(problems.last().map(|problem| unread(part, problem)));
        }
    }
    if scope == Scope::Whole {
        let found = handbook.pages.par_iter().map(|page| front_matter_problems(&files, page));
        problems.extend(found.collect::<Vec<_>>().into_iter().flatten());
    }
    (Loaded { handbook, files, data_files }, readings)
}

/// What the data files say.
fn load_data(repo: &impl Files, config: &Config, scope: Scope) -> Loaded {
    let mut files = FileStore::new();
    let mut problems = Vec::new();
    let (mut data, mut unread_files) = (Vec::new(), Vec::new());
    for (format, path, content) in read_data(repo, config, scope) {
        if let Some(file) = add(&mut files, &mut problems, path, content) {
            data.push(Source { format, file });
        } else {
            unread_files.extend(problems.last().map(|problem| unread(format.part, problem)));
        }
    }
    let parsed = parse_data(&files, &data);
    let mut handbook = read_records_of(config, &files, &data, &parsed);
    drop(parsed);
    handbook.problems.append(&mut problems);
    handbook.unread.append(&mut unread_files);
    handbook.unread.sort_by_key(|unread| (unread.span.file, unread.span.start));
    Loaded { handbook, files, data_files: data.len() }
}

type DataText = (&'static DataFile, RepoPath, Result<String, ReadError>);

/// The data files that are there, or have to be.
fn read_data(repo: &impl Files, config: &Config, scope: Scope) -> Vec<DataText> {
    let paths = data_files(config.profile).iter().filter(|format| scope.holds(format));
    let paths: Vec<_> = paths.filter_map(|format| config.paths.get(format.name)).collect();
    repo.bring(&paths);
    data_files(config.profile)
        .par_iter()
        .filter(|format| scope.holds(format))
        .filter_map(|format| {
            let path = config.paths.get(format.name)?.clone();
            match repo.read(&path) {
                Err(ReadError::Missing)
                    if !config.required.iter().any(|name| name == format.name) =>
                {
                    None
                }
                content => Some((format, path, content)),
            }
        })
        .collect()
}

/// A page before it is in the store.
struct PageText<T> {
    path: RepoPath,
    /// Which entry of the configuration it is of.
    entry: usize,
    content: Result<String, ReadError>,
    /// What was found in it, if it could be read.
    reading: Option<T>,
}

fn read_pages<T: Send>(
    repo: &impl Files,
    config: &Config,
    read: &(impl Fn(&RepoPath, &str, Option<&Pages>) -> T + Sync),
) -> (Vec<PageText<T>>, Listing) {
    let globs: Vec<&Globs> = config.pages.iter().map(|pages| &pages.globs).collect();
    let kinds = GlobLists::new(globs.iter().copied());
    let mut listing = match Globs::together(&globs) {
        Some(all) => repo.list(&[&all]),
        None => repo.list(&globs),
    };
    repo.bring(&listing.files.iter().collect::<Vec<_>>());
    let texts = std::mem::take(&mut listing.files)
        .into_par_iter()
        .map(|path| {
            let content = repo.read_listed(&path);
            let entry = kinds.first(&path).unwrap_or(globs.len());
            let text = content.as_deref().ok().map(without_bom);
            let reading = text.map(|text| read(&path, text, config.pages.get(entry)));
            PageText { path, entry, content, reading }
        })
        .collect();
    (texts, listing)
}

impl Loaded {
    /// Adds a file that the configuration names, beside the data and the pages. That it cannot be read is a problem of
    /// the handbook.
    pub fn read_extra(&mut self, path: &RepoPath, content: Result<String, ReadError>) -> FileId {
        let (file, outcome) = self.files.add(path.clone(), content);
        if let Err(unreadable) = outcome {
            let problem = unreadable_file(self.files.file(file), &unreadable);
            self.handbook.problems.push(match unreadable.error {
                ReadError::Missing => {
                    problem.help("create it, or correct the path in pmctl.toml that names it")
                }
                _ => problem,
            });
        }
        file
    }
}

/// What `problem` costs of `part`.
pub(super) fn unread(part: Part, problem: &Problem) -> Unread {
    Unread { part, span: problem.span, message: problem.message.clone() }
}

/// Adds a file to the store, or a problem if it could not be read.
pub(super) fn add(
    files: &mut FileStore,
    problems: &mut Vec<Problem>,
    path: RepoPath,
    content: Result<String, ReadError>,
) -> Option<FileId> {
    let (file, outcome) = files.add(path, content);
    match outcome {
        Ok(()) => Some(file),
        Err(unreadable) => {
            problems.push(unreadable_file(files.file(file), &unreadable));
            None
        }
    }
}

fn unreadable_file(file: &SourceFile, unreadable: &Unreadable) -> Problem {
    let help = match &unreadable.error {
        ReadError::Missing => "create it, or say in `[paths]` of pmctl.toml where it is",
        ReadError::NotAFile(_) => {
            "put the file there, or say in `[paths]` of pmctl.toml where it is"
        }
        ReadError::DanglingLink | ReadError::OutwardLink => "replace the link by the file itself",
        ReadError::GitFolder => "keep the file in the handbook itself",
        ReadError::NotFetched => {
            "fetch it with `git fetch --refetch --no-filter`, or run pmctl with --fetch-missing"
        }
        ReadError::Fetch(_) => {
            "see that git can reach the remote, or fetch it with `git fetch --refetch --no-filter`"
        }
        ReadError::Name => "rename it, for example with `git mv`",
        ReadError::TooLong => "move it up; git cannot check it out on most systems",
        ReadError::TooManyPatterns => "name folders instead of single files",
        ReadError::Index(_) => {
            "check everything out with `git sparse-checkout disable`, or leave git out with --no-git"
        }
        ReadError::TooLarge(_) => "split it; data that large has its place elsewhere",
        ReadError::NotUtf8 { .. } => "save the file as UTF-8",
        ReadError::NulByte { .. } => "restore the file from the history: it is damaged",
        ReadError::LfsPointer => "fetch it with `git lfs pull`",
        ReadError::Unlistable(_) | ReadError::Io(_) => "check its permissions",
    };
    let message = format!("`{}` cannot be judged: {}", file.path(), unreadable.error);
    Problem::new(ProblemKind::UnreadableFile, unreadable.span, message).help(help).of_whole_file()
}

fn parse_data<'s>(files: &'s FileStore, data: &[Source]) -> Vec<Parsed<'s>> {
    data.par_iter()
        .map(|source| yaml::parse(source.file, files.file(source.file).text(), 0))
        .collect()
}

/// What is wrong with a page's front matter.
fn front_matter_problems(files: &FileStore, page: &Page) -> Vec<Problem> {
    let text = files.file(page.file).text();
    let Some(front_matter) = front_matter(text) else { return Vec::new() };
    syntax_problems(&front_matter.parse(page.file, text))
}

/// What is wrong with a text as YAML.
fn syntax_problems(parsed: &Parsed<'_>) -> Vec<Problem> {
    let errors = parsed.errors.iter().map(|error| {
        let kind = match error.is_conflict {
            true => ProblemKind::MergeConflict,
            false => ProblemKind::Syntax,
        };
        let problem =
            Problem::new(kind, error.span, error.message.clone()).maybe_help(error.help.clone());
        let is_of_whole_file = error.is_conflict || parsed.tree.is_none() || error.is_cut_off;
        Problem { is_of_whole_file, ..problem }
    });
    let duplicates = parsed.tree.iter().flat_map(Tree::duplicate_keys).map(|duplicate| {
        let message = format!("the key `{}` stands twice in one map", duplicate.key);
        Problem::new(ProblemKind::DuplicateKey, duplicate.second, message)
            .label("again here")
            .related(duplicate.first, "first here")
            .help("keep one: some programs read the first, some the last, some neither")
    });
    errors.chain(duplicates).collect()
}

/// Puts the records of every data file into the model.
fn read_records_of(
    config: &Config,
    files: &FileStore,
    data: &[Source],
    parsed: &[Parsed<'_>],
) -> Handbook {
    let ladder = Ladder::new(&config.maturity, levels_of_file(data, parsed));
    let mut handbook = Handbook::empty(config.profile, ladder.clone());
    handbook.forge = config.forge;
    for (source, parsed) in data.iter().zip(parsed) {
        let syntax = syntax_problems(parsed);
        handbook.unread.extend(syntax.iter().map(|problem| unread(source.format.part, problem)));
        handbook.problems.extend(syntax);
        let Some(tree) = &parsed.tree else { continue };
        let mut is_damaged = false;
        if tree.root().is_none_or(|root| matches!(root.value(), Value::Null)) {
            let (part, path) = (source.format.part, files.file(source.file).path().clone());
            let nothing = source.format.layout.nothing();
            if config.required.iter().any(|name| name == source.format.name) {
                handbook.problems.push(blank_problem(source.file, &path, &nothing));
                is_damaged = true;
            }
            handbook.blank.push(Blank { part, path, nothing: Some(nothing) });
        }
        let mut reader = Reader::new(&ladder);
        let is_cut_off = parsed.errors.iter().any(|error| error.is_cut_off);
        let mut is_whole = read_file(source.format, &mut handbook, &mut reader, tree)
            && !is_cut_off
            && !is_damaged;
        if let Some(span) = tree.over_budget() {
            let message = "the aliases of this file expand to too many values";
            is_whole = false;
            reader.lost(
                Problem::new(ProblemKind::Syntax, span, message)
                    .label("not followed from here on")
                    .help("write out what the aliases refer to")
                    .of_whole_file(),
            );
        }
        let Findings { problems, references, vocabulary, links, broken_keys, lost } =
            reader.into_findings();
        let lost = lost.into_inner().into_iter();
        handbook.unread.extend(lost.map(|(span, message)| Unread {
            part: source.format.part,
            span,
            message,
        }));
        handbook.problems.extend(problems);
        handbook.references.extend(references);
        handbook.vocabulary.extend(vocabulary);
        handbook.links.extend(links);
        if is_whole {
            for &table in source.format.tables {
                let path = files.file(source.file).path().clone();
                let mut keys = handbook.collect_keys(table);
                if table != Table::ManagerSlugs {
                    // A record that cannot be read is there all the same.
                    keys.extend(broken_keys.iter().cloned());
                }
                let keys = Keys { path, keys };
                handbook.tables.insert(table, keys);
            }
        }
    }
    handbook
}

/// That the file at `path`, which has to be there, holds nothing: that is how most damage looks.
fn blank_problem(file: FileId, path: &RepoPath, nothing: &str) -> Problem {
    let message = format!("`{path}` is empty");
    Problem::new(ProblemKind::WrongType, Span::start_of(file), message)
        .help(format!("restore it; if there is really nothing, write `{nothing}` in it"))
        .of_whole_file()
}

/// The levels that a data file defines, if there is one; none where it cannot be read.
fn levels_of_file(data: &[Source], parsed: &[Parsed<'_>]) -> Option<Vec<String>> {
    let at = data.iter().position(|source| source.format.name == "maturity_levels")?;
    let root = parsed[at].tree.as_ref().and_then(Tree::root);
    let pairs = root.and_then(|root| root.mapping()).map(|mapping| mapping.entries());
    let keys = pairs.into_iter().flatten().filter_map(|entry| Some(entry.pair.key?.to_owned()));
    Some(keys.collect())
}

/// Reads the records of one file; `false` where its layout was not as it should be.
fn read_file(
    format: &DataFile,
    handbook: &mut Handbook,
    reader: &mut Reader<'_>,
    tree: &Tree<'_>,
) -> bool {
    let Some(root) = tree.root() else { return true };
    let schema = format.schema;
    let mut read = |fields: &mut Fields<'_, '_, '_, '_>| (format.read)(handbook, fields);
    match format.layout {
        Layout::Free => true,
        Layout::Map => reader.whole(|reader| read_records(reader, schema, root, &mut read)),
        Layout::List(name) => {
            reader.whole(|reader| read_list(reader, schema, name, root, &mut read))
        }
        Layout::MapUnder(key) => under(key, reader, root, tree.file()).is_some_and(|node| {
            reader.whole(|reader| read_records(reader, schema, node, &mut read))
        }),
        Layout::ListUnder(key, name) => under(key, reader, root, tree.file()).is_some_and(|node| {
            reader.whole(|reader| read_list(reader, schema, name, node, &mut read))
        }),
        Layout::Lists(name) => match root.value() {
            Value::Mapping(mapping) => mapping.pairs().fold(true, |is_whole, pair| {
                let Some(key) = pair.key.filter(|key| !key.starts_with('.')) else {
                    if pair.key.is_none() {
                        reader.lost(key_is_no_text(pair.key_span));
                    }
                    return is_whole;
                };
                reader.enter(Spanned::new(key.to_owned(), pair.key_span));
                read_list(reader, schema, name, pair.value, &mut read) && is_whole
            }),
            _ => reader.whole(|reader| read_records(reader, schema, root, &mut read)),
        },
    }
}

/// What stands under the one top key of a file.
fn under<'t, 's>(
    key: &str,
    reader: &mut Reader<'_>,
    root: Node<'t, 's>,
    file: FileId,
) -> Option<Node<'t, 's>> {
    let Value::Mapping(mapping) = root.value() else {
        let message = format!("this file has to be a map with the one key `{key}`");
        reader.lost(
            Problem::new(ProblemKind::WrongType, root.span(), message)
                .label("expected a map")
                .of_whole_file(),
        );
        return None;
    };
    let is_other = |pair: &Pair<'_, '_>| match pair.key {
        // Such keys hold anchors.
        Some(other) => other != key && !other.starts_with('.'),
        None => true,
    };
    for pair in mapping.pairs().filter(is_other) {
        let message = format!("`{}` is no key of this file", pair.key.unwrap_or("?"));
        reader.problem(
            Problem::new(ProblemKind::UnknownField, pair.key_span, message)
                .label("unknown key")
                .help(format!("all of this file stands under `{key}`")),
        );
    }
    let node = mapping.pairs().filter(|pair| pair.key == Some(key)).last().map(|pair| pair.value);
    if node.is_none() {
        let message = format!("this file has no key `{key}`");
        let place = Span::start_of(file);
        let problem = Problem::new(ProblemKind::MissingField, place, message)
            .help(format!("put all of it under `{key}:`"))
            .of_whole_file();
        match mapping.pairs().len() {
            0 => reader.problem(problem),
            // What is there is not where it is looked for.
            _ => reader.lost(problem),
        }
    }
    node
}
