//! All files of a command as they will be, before the first is touched.

use std::collections::BTreeMap;
use std::fmt;

use super::check;
use super::edits::{Edit, Edits, Overlap, apply};
use crate::source::{FileId, FileStore, Position, RepoPath, SourceFile};

/// What a check of a changed file looks at. The texts have no byte order mark, and spans count in them.
#[derive(Clone, Copy, Debug)]
pub struct EditedFile<'a> {
    /// The file.
    pub path: &'a RepoPath,
    /// The file in its store.
    pub file: FileId,
    /// Its text as it was read.
    pub old: &'a str,
    /// Its text after the edits.
    pub new: &'a str,
    /// The edits, in the order of the text, without overlap.
    pub edits: &'a [Edit],
}

/// What a check finds wrong with a changed file, in words that follow "cannot be changed safely:".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CheckError(String);

impl<T: Into<String>> From<T> for CheckError {
    fn from(reason: T) -> Self {
        Self(reason.into())
    }
}

/// Files as a command wants them, ready for [`diff`](super::diff()) and [`write`](super::write()).
/// Those that the edits leave as they are, are not among them.
#[derive(Debug, Default)]
pub struct Prepared<'s> {
    files: BTreeMap<RepoPath, NewText<'s>>,
}

/// What a file is to hold.
#[derive(Debug)]
pub(super) struct NewText<'s> {
    /// The file as it was read; `None` for one that is created.
    pub(super) old: Option<&'s SourceFile>,
    /// The new text, without a byte order mark.
    new: String,
}

impl NewText<'_> {
    /// The byte order mark, or nothing, and the text that follows it.
    pub(super) fn parts(&self) -> [&str; 2] {
        [self.old.map_or("", SourceFile::bom), &self.new]
    }
}

/// Applies `edits` to the files of `store` and has every changed file checked: always that no byte
/// outside the edits differs, and by `check` whatever else the caller asks, such as
/// [`only_these_values_changed`](super::only_these_values_changed). A check says in words what is wrong.
///
/// All files are looked at; if one of them cannot be prepared, none is.
pub fn prepare<'s>(
    store: &'s FileStore,
    edits: &Edits,
    check: impl Fn(&EditedFile<'_>) -> Result<(), CheckError>,
) -> Result<Prepared<'s>, PrepareError> {
    let mut prepared = Prepared::default();
    let mut problems = Vec::new();
    for id in edits.files() {
        let file = store.file(id);
        match changed_text(file, id, edits, &check) {
            Ok(None) => {}
            Ok(Some(new)) => {
                let text = NewText { old: Some(file), new };
                if prepared.files.insert(file.path().clone(), text).is_some() {
                    problems.push(FileEditError::Twice { path: file.path().clone() });
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(prepared) } else { Err(PrepareError { problems }) }
}

/// The new text of `file`; `None` if it is the old one.
fn changed_text(
    file: &SourceFile,
    id: FileId,
    edits: &Edits,
    check: impl Fn(&EditedFile<'_>) -> Result<(), CheckError>,
) -> Result<Option<String>, FileEditError> {
    let path = file.path();
    let place = |edit: Edit| PlacedEdit {
        start: file.lines().position(file.text(), edit.span.start as usize),
        end: file.lines().position(file.text(), edit.span.end as usize),
        edit,
    };
    if !file.is_readable() {
        return Err(FileEditError::NotRead { path: path.clone() });
    }
    let edits = edits.in_order(id).map_err(|Overlap { first, second }| FileEditError::Overlap {
        path: path.clone(),
        edits: Box::new([place(first), place(second)]),
    })?;
    let new = apply(file.text(), &edits).map_err(|edit| FileEditError::BadSpan {
        path: path.clone(),
        start: edit.span.start,
        end: edit.span.end,
    })?;
    let change = EditedFile { path, file: id, old: file.text(), new: &new, edits: &edits };
    check::readable(&new)
        .and_then(|()| check::nothing_else_changed(&change))
        .and_then(|()| if new == file.text() { Ok(()) } else { check(&change) })
        .map_err(|reason| FileEditError::Unsafe { path: path.clone(), reason })?;
    Ok((new != file.text()).then_some(new))
}

impl<'s> Prepared<'s> {
    /// Adds a file that does not exist yet, with all of its text. Its folders are made when it is
    /// written; a file that is there by then is never overwritten.
    pub fn create(&mut self, path: RepoPath, text: impl Into<String>) -> Result<(), FileEditError> {
        let new = text.into();
        if let Err(reason) = check::readable(&new) {
            return Err(FileEditError::Unsafe { path, reason });
        }
        if self.files.contains_key(&path) {
            return Err(FileEditError::Twice { path });
        }
        self.files.insert(path, NewText { old: None, new });
        Ok(())
    }

    /// The files that will be changed or created, in order of their paths.
    pub fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.files.keys()
    }

    /// The texts that these files will have, byte order marks included.
    pub fn texts(&self) -> impl Iterator<Item = (&RepoPath, String)> {
        self.files.iter().map(|(path, text)| (path, text.parts().concat()))
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// All bytes that the file at `path` will have; `None` if it is not among these.
    pub fn bytes(&self, path: &RepoPath) -> Option<Vec<u8>> {
        self.files.get(path).map(|new| new.parts().concat().into_bytes())
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&RepoPath, &NewText<'s>)> {
        self.files.iter()
    }
}

/// Why the files of a command could not be prepared. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("{}", lines(.problems))]
pub struct PrepareError {
    /// What is wrong, one entry a file.
    pub problems: Vec<FileEditError>,
}

fn lines(problems: &[FileEditError]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Why a file could not be prepared. Messages quote the handbook and are sanitised by who prints them.
#[derive(Debug, thiserror::Error)]
pub enum FileEditError {
    /// Two edits of one file want the same characters.
    #[error(
        "`{path}`: two changes contradict each other: {} and {}; make one of them, then run the \
         command again", .edits[0], .edits[1]
    )]
    Overlap {
        /// The file.
        path: RepoPath,
        /// The two edits, in the order of the text.
        edits: Box<[PlacedEdit; 2]>,
    },
    /// An edit is for a place that the file does not have.
    #[error(
        "`{path}`: there are no characters at bytes {start} to {end}, where a change belongs; this \
         is a fault of pmctl, please report it"
    )]
    BadSpan {
        /// The file.
        path: RepoPath,
        /// The first byte.
        start: u32,
        /// The byte after the last.
        end: u32,
    },
    /// A check found that more than the target would change.
    #[error("`{path}` cannot be changed safely: {reason}; make the change by hand")]
    Unsafe {
        /// The file.
        path: RepoPath,
        /// What the check found.
        reason: CheckError,
    },
    /// The file could not be read to its end.
    #[error("`{path}` was not read to its end, so it cannot be changed; repair it first")]
    NotRead {
        /// The file.
        path: RepoPath,
    },
    /// Two parts of a command want to write the same file.
    #[error(
        "`{path}` would be written twice by one command; see that only one entry of pmctl.toml \
         names it"
    )]
    Twice {
        /// The file.
        path: RepoPath,
    },
}

impl FileEditError {
    /// The file that could not be prepared.
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Overlap { path, .. }
            | Self::BadSpan { path, .. }
            | Self::Unsafe { path, .. }
            | Self::NotRead { path }
            | Self::Twice { path } => path,
        }
    }
}

/// An edit and where it is, as people count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedEdit {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// The edit.
    pub edit: Edit,
}

impl fmt::Display for PlacedEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end, edit } = self;
        let text = &edit.replacement;
        if edit.span.is_empty() {
            write!(f, "`{text}` at line {}, column {}", start.line, start.column)
        } else {
            write!(
                f,
                "`{text}` for line {}, column {} to line {}, column {}",
                start.line, start.column, end.line, end.column
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{ReadError, Span};

    fn store(text: &str) -> (FileStore, FileId) {
        let mut store = FileStore::new();
        let path = RepoPath::new("data/teams.yml").expect("a path");
        let (id, _) = store.add(path, Ok(text.to_owned()));
        (store, id)
    }

    fn refused(store: &FileStore, edits: &Edits) -> String {
        prepare(store, edits, |_| Ok(())).expect_err("a refusal").to_string()
    }

    #[test]
    fn an_overlap_names_the_file_and_both_edits() {
        let (store, file) = store("a: one\nb: two\n");
        let edits = [(3..6, "uno"), (5..5, "!")];
        let edits = edits.map(|(range, text)| Edit::new(Span::new(file, range), text));
        assert_eq!(
            refused(&store, &edits.into_iter().collect()),
            "`data/teams.yml`: two changes contradict each other: `uno` for line 1, column 4 to line \
             1, column 7 and `!` at line 1, column 6; make one of them, then run the command again"
        );
    }

    #[test]
    fn all_files_are_judged_and_one_bad_file_stops_all() {
        let mut store = FileStore::new();
        let mut edits = Edits::new();
        for (path, content) in [
            ("a.md", Ok("a".to_owned())),
            ("b.md", Err(ReadError::NulByte { before: "b".to_owned() })),
            ("c.md", Ok("c".to_owned())),
        ] {
            let (id, _) = store.add(RepoPath::new(path).expect("a path"), content);
            edits.add(Edit::insert(id, 0, "x"));
        }
        let check = |change: &EditedFile<'_>| match change.new {
            "xc" => Err("no x before a c".into()),
            _ => Ok(()),
        };
        let refused = prepare(&store, &edits, check).expect_err("a refusal");
        assert_eq!(
            refused.to_string(),
            "`b.md` was not read to its end, so it cannot be changed; repair it first\n\
             `c.md` cannot be changed safely: no x before a c; make the change by hand"
        );
        // A command may choose to go on without them.
        for problem in refused.problems {
            edits.forget(store.find(problem.path()).expect("it was read"));
        }
        let prepared = prepare(&store, &edits, check).expect("prepared");
        assert_eq!(prepared.paths().map(RepoPath::as_str).collect::<Vec<_>>(), ["a.md"]);
    }

    #[test]
    fn what_does_not_change_is_not_written_and_needs_no_check() {
        let (store, file) = store("a: one\n");
        let edits: Edits = [Edit::new(Span::new(file, 3..6), "one")].into_iter().collect();
        let prepared = prepare(&store, &edits, |_| Err("never asked".into()));
        assert!(prepared.expect("nothing to do").is_empty());
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written() {
        let (store, file) = store("a: one\n");
        for (text, reason) in [("\0", "NUL byte"), ("\u{feff}", "byte order mark")] {
            let edits: Edits = [Edit::insert(file, 0, text)].into_iter().collect();
            assert!(refused(&store, &edits).contains(reason), "{reason}");
        }
        let edits: Edits = [Edit::insert(file, 0, "x".repeat(9 << 20))].into_iter().collect();
        assert!(refused(&store, &edits).contains("8 MiB"));
    }

    #[test]
    fn a_file_is_written_by_one_part_of_a_command_only() {
        let (store, file) = store("a: one\n");
        let edits: Edits = [Edit::insert(file, 0, "# x\n")].into_iter().collect();
        let mut prepared = prepare(&store, &edits, |_| Ok(())).expect("prepared");
        let path = RepoPath::new("data/teams.yml").expect("a path");
        let error = prepared.create(path, "").expect_err("it is there");
        assert!(error.to_string().contains("written twice"), "{error}");
    }
}
