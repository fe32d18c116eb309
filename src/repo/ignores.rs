//! What the `.gitignore` files of a handbook name, read as git reads them.
//!
//! Patterns are bytes, not characters. For the matcher, which knows text only, patterns and paths are spelled with one
//! character for each byte, as in Latin-1, unless they are ASCII. As in git, a symbolic link of this name is not followed.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::ListError;
use crate::source::MAX_FILE_BYTES;

/// The name of the files that say what is ignored.
pub(super) const IGNORE_FILE: &str = ".gitignore";

/// How many patterns a file may have: to look for more takes seconds.
const MOST_PATTERNS: usize = 10_000;

/// The patterns of a folder and of those around it.
#[derive(Debug)]
pub(super) struct Ignores {
    patterns: Gitignore,
    /// How many bytes of a path come before what the patterns are matched with.
    start: usize,
    around: Option<Arc<Ignores>>,
}

impl Ignores {
    /// Reads the file of patterns `file`, which is in the folder whose path has `start` bytes with its slash.
    #[expect(
        clippy::disallowed_methods,
        reason = "what is ignored decides which files are of the handbook"
    )]
    pub(super) fn read(
        file: &Path,
        start: usize,
        around: Option<Arc<Self>>,
    ) -> Result<Self, ListError> {
        let data = file.symlink_metadata().map_err(|error| ListError::File(error.kind()))?;
        if !data.is_file() {
            return Err(ListError::NotAFile);
        }
        if data.len() > MAX_FILE_BYTES {
            return Err(ListError::TooLarge(data.len()));
        }
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            fs::File::open(file)?.take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = read().map_err(|error| ListError::File(error.kind()))?;
        Self::new(&bytes, start, around)
    }

    /// The patterns in `bytes`, for the folder whose path has `start` bytes with its slash.
    pub(super) fn new(
        bytes: &[u8],
        start: usize,
        around: Option<Arc<Self>>,
    ) -> Result<Self, ListError> {
        Ok(Self { patterns: patterns(bytes, false)?, start, around })
    }

    /// Whether `path`, which is below the folder, is ignored.
    pub(super) fn name(&self, path: &[u8], is_folder: bool) -> bool {
        let mut at = Some(self);
        while let Some(ignores) = at {
            let inside = as_text(path.get(ignores.start..).unwrap_or_default());
            match ignores.patterns.matched(Path::new(&*inside), is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => at = ignores.around.as_deref(),
            }
        }
        false
    }
}

/// The patterns of a file that holds `bytes`, each with the number of its line if these are `numbered`.
pub(super) fn patterns(bytes: &[u8], numbered: bool) -> Result<Gitignore, ListError> {
    let mut builder = GitignoreBuilder::new(".");
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut count = 0;
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        count += usize::from(!line.is_empty() && !line.starts_with(b"#"));
        if count > MOST_PATTERNS {
            return Err(ListError::TooManyPatterns);
        }
        // As for git, what is no pattern matches nothing.
        let number = numbered.then(|| (at + 1).to_string().into());
        let _ = builder.add_line(number, &as_text(line));
    }
    builder.build().map_err(|_| ListError::TooManyPatterns)
}

/// `bytes` as text, with one character for each byte unless all are ASCII.
pub(super) fn as_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(lines: &[u8], path: &[u8], is_folder: bool) -> bool {
        let patterns = patterns(lines, false).expect("good patterns");
        Ignores { patterns, start: 0, around: None }.name(path, is_folder)
    }

    #[test]
    fn patterns_are_bytes() {
        let lines = b"# Entw\xfcrfe\nbuild/\r\nk\xe9pt\n*.\xfc\nna\xc3\xafve.md\n";
        assert!(names(lines, b"build", true));
        assert!(!names(lines, b"build", false), "a folder alone");
        assert!(names(lines, b"a/k\xe9pt", false));
        assert!(!names(lines, "képt".as_bytes(), false), "other bytes");
        assert!(names(lines, b"x.\xfc", false));
        assert!(names(lines, "a/naïve.md".as_bytes(), false));
        assert!(!names(b"?.md\n", "é.md".as_bytes(), false), "two bytes");
    }

    #[test]
    fn the_last_pattern_that_matches_decides_and_a_broken_one_matches_nothing() {
        let lines = b"\xef\xbb\xbf*.md\n!keep.md\n/top\n[\n\\#x\n";
        assert!(names(lines, b"a.md", false));
        assert!(!names(lines, b"b/keep.md", false));
        assert!(names(lines, b"top", false) && !names(lines, b"a/top", false));
        assert!(names(lines, b"#x", false));
    }
}
