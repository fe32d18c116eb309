//! The files of a run: read once, kept with their line tables, named by small ids.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::OnceLock;

use foldhash::HashMap;

use super::markdown::Outline;
use super::{FileId, LineTable, Position, RepoPath, Span, is_git_folder};

/// The largest file that is read. The largest data file of the handbooks we know has 0.4 MB.
pub const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// How a pointer begins, by the [specification](https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
const LFS_POINTER: &str = "version https://git-lfs.github.com/spec/";

pub(super) const BOM: &str = "\u{feff}";

/// Why a file cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing has that name.
    #[error("the file does not exist")]
    Missing,
    /// A folder, pipe, socket or device has the file's name.
    #[error("this is {0}, not a file")]
    NotAFile(&'static str),
    /// A symbolic link whose target does not exist.
    #[error("this symbolic link points to nothing")]
    DanglingLink,
    /// A symbolic link that leads out of the repository.
    #[error("this symbolic link leads out of the handbook")]
    OutwardLink,
    /// The folder of a git repository, or a link into it.
    #[error("this leads into the folder of a git repository")]
    GitFolder,
    /// A file that git has, and this clone does not: it was made with `--filter`.
    #[error("git has not fetched it into this clone, which was made with --filter")]
    NotFetched,
    /// The same, and it could not be fetched.
    #[error("{0}")]
    Fetch(String),
    /// Its name is not UTF-8.
    #[error("its name is not UTF-8")]
    Name,
    /// Its path is longer than systems allow.
    #[error("its path is longer than systems allow")]
    TooLong,
    /// A file of patterns with more of them than can be looked for.
    #[error("it has more than 10000 patterns")]
    TooManyPatterns,
    /// What git tracks cannot be listed.
    #[error("what the sparse checkout leaves out cannot be listed: {0}")]
    Index(String),
    /// Larger than [`MAX_FILE_BYTES`].
    #[error("the file has {} MiB; at most {} MiB are read", .0.div_ceil(1024 * 1024), MAX_FILE_BYTES / (1024 * 1024))]
    TooLarge(u64),
    /// Not UTF-8; the text up to the first wrong byte is kept, so that the place can be shown.
    #[error("the file is not UTF-8: byte 0x{byte:02x} does not belong here")]
    NotUtf8 {
        /// The text before the wrong byte.
        before: String,
        /// The wrong byte.
        byte: u8,
    },
    /// A NUL byte, which no text holds.
    #[error("the file has a NUL byte, so it is not text")]
    NulByte {
        /// The text before the NUL byte.
        before: String,
    },
    /// What Git LFS leaves in the place of a file that it has not fetched.
    #[error("it is a pointer of Git LFS; the file itself is not here")]
    LfsPointer,
    /// A folder whose files cannot be listed.
    #[error("the folder cannot be listed: {0}")]
    Unlistable(io::ErrorKind),
    /// Anything else that the operating system says.
    #[error("the file cannot be read: {0}")]
    Io(io::Error),
}

/// A file that was read, or the readable beginning of one that could not be read whole.
#[derive(Debug)]
pub struct SourceFile {
    path: RepoPath,
    text: String,
    has_bom: bool,
    is_readable: bool,
    lines: OnceLock<LineTable>,
    outline: OnceLock<Outline>,
}

impl SourceFile {
    fn new(path: RepoPath, mut text: String, is_readable: bool) -> Self {
        let has_bom = text.starts_with(BOM);
        if has_bom {
            text.drain(..BOM.len());
        }
        let (lines, outline) = (OnceLock::new(), OnceLock::new());
        Self { path, text, has_bom, is_readable, lines, outline }
    }

    /// Where the file lies.
    pub fn path(&self) -> &RepoPath {
        &self.path
    }

    /// Its text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the file on disk begins with a byte order mark, so that offsets there are 3 larger.
    pub fn has_bom(&self) -> bool {
        self.has_bom
    }

    /// The byte order mark, or nothing: with the text after it, every byte that was read.
    pub fn bom(&self) -> &'static str {
        if self.has_bom { BOM } else { "" }
    }

    /// Whether it could be read to its end.
    pub fn is_readable(&self) -> bool {
        self.is_readable
    }

    /// Its line table, made when first asked for.
    pub fn lines(&self) -> &LineTable {
        self.lines.get_or_init(|| LineTable::new(&self.text))
    }

    /// Its outline as a Markdown page: what [`keep_outline`](Self::keep_outline) was given, else read when first asked
    /// for, without bare links.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::parse_without_bare_links(&self.text))
    }

    /// Its outline, if it was asked for.
    pub fn known_outline(&self) -> Option<&Outline> {
        self.outline.get()
    }

    /// Keeps the outline of a page that was parsed already, so that it is not parsed again.
    pub fn keep_outline(&self, outline: Outline) {
        // One that is there already is of the same text.
        let _ = self.outline.set(outline);
    }
}

/// `text` as a [`SourceFile`] keeps it.
pub fn without_bom(text: &str) -> &str {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// All files of a run.
#[derive(Debug, Default)]
pub struct FileStore {
    files: Vec<SourceFile>,
    by_path: HashMap<RepoPath, FileId>,
}

impl FileStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what [`read`] or [`read_listed`] gave. A file that could not be read is added too, with
    /// as much of its text as is known, so that a diagnostic can point at it.
    pub fn add(
        &mut self,
        path: RepoPath,
        content: Result<String, ReadError>,
    ) -> (FileId, Result<(), Unreadable>) {
        let (text, outcome) = match content {
            Ok(text) => (text, None),
            Err(ReadError::NotUtf8 { before, byte }) => {
                (before, Some(ReadError::NotUtf8 { before: String::new(), byte }))
            }
            Err(ReadError::NulByte { before }) => {
                (before, Some(ReadError::NulByte { before: String::new() }))
            }
            Err(error) => (String::new(), Some(error)),
        };
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let file = SourceFile::new(path.clone(), text, outcome.is_none());
        let end = file.text.len();
        self.files.push(file);
        self.by_path.insert(path, id);
        let outcome = match outcome {
            None => Ok(()),
            Some(error) => Err(Unreadable { span: Span::new(id, end..end), error }),
        };
        (id, outcome)
    }

    /// The file of `id`.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// The file at `path`, if it was added.
    pub fn find(&self, path: &RepoPath) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All files, in the order in which they were added.
    pub fn all(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// How many files were added.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether no file was added.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of the span's first character.
    pub fn start(&self, span: Span) -> Position {
        let file = self.file(span.file);
        file.lines().position(&file.text, span.start as usize)
    }

    /// Line and column after the span's last character.
    pub fn end(&self, span: Span) -> Position {
        let file = self.file(span.file);
        file.lines().position(&file.text, span.end as usize)
    }
}

/// A file that could not be read, and the place up to which it could.
#[derive(Debug)]
pub struct Unreadable {
    /// An empty span after the last byte that could be read.
    pub span: Span,
    /// What stood in the way.
    pub error: ReadError,
}

/// Reads a file that a profile, a configuration or a person names. Symbolic links are followed as
/// long as they stay below `root`.
pub fn read(root: &Path, path: &RepoPath) -> Result<String, ReadError> {
    let named = root.join(path.as_str());
    // Most of what is looked for in several places is not there, which one question shows.
    if let Err(error) = named.symlink_metadata()
        && matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    {
        return Err(ReadError::Missing);
    }
    let target = match named.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_link = named.symlink_metadata().is_ok_and(|data| data.is_symlink());
            return Err(if is_link { ReadError::DanglingLink } else { ReadError::Missing });
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(ReadError::Missing);
        }
        Err(error) => return Err(ReadError::Io(error)),
    };
    let root = root.canonicalize().map_err(ReadError::Io)?;
    let Ok(inside) = target.strip_prefix(&root) else {
        return Err(ReadError::OutwardLink);
    };
    if inside.iter().any(|part| is_git_folder(part.as_encoded_bytes())) {
        return Err(ReadError::GitFolder);
    }
    read_text(&target)
}

/// Reads a file that `Repo::list` gave, which is known to be no link.
pub fn read_listed(root: &Path, path: &RepoPath) -> Result<String, ReadError> {
    read_text(&root.join(path.as_str()))
}

/// Reads a file that need not belong to a handbook.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    text_of(read_bytes(path)?)
}

/// Reads the content of a file that need not be text.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let file = match open(path) {
        Ok(file) => file,
        // A socket cannot be opened.
        Err(error) => {
            let kind = fs::metadata(path).ok().and_then(|data| not_a_file(&data));
            return Err(kind.map_or_else(|| io_error(error), ReadError::NotAFile));
        }
    };
    let data = file.metadata().map_err(io_error)?;
    if let Some(kind) = not_a_file(&data) {
        return Err(ReadError::NotAFile(kind));
    }
    if data.len() > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge(data.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(data.len()).unwrap_or(0) + 1);
    // The file may grow while it is read; what is over the limit is not taken in.
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(io_error)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Opens a file without waiting: a pipe would make the program wait until another writes to it.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "this is who opens files of the handbook")]
fn open(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

/// Opens a file. Here, nothing with a name makes the program wait.
#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "this is who opens files of the handbook")]
fn open(path: &Path) -> io::Result<fs::File> {
    fs::File::open(path)
}

/// What has the name of a file, and is none.
fn not_a_file(data: &fs::Metadata) -> Option<&'static str> {
    match data {
        data if data.is_dir() => Some("a folder"),
        data if !data.is_file() => Some("a pipe, socket or device"),
        _ => None,
    }
}

fn io_error(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Io(error),
    }
}

/// The text that `bytes` hold: UTF-8 without NUL.
pub fn text_of(bytes: Vec<u8>) -> Result<String, ReadError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let byte = bytes.get(valid).copied().unwrap_or_default();
        ReadError::NotUtf8 { before: String::from_utf8_lossy(&bytes[..valid]).into_owned(), byte }
    })?;
    match memchr::memchr(b'\0', text.as_bytes()) {
        None if text.starts_with(LFS_POINTER) => Err(ReadError::LfsPointer),
        None => Ok(text),
        Some(at) => Err(ReadError::NulByte { before: text[..at].to_owned() }),
    }
}
