//! What a write leaves on the disk: when all is well, when a file is refused, and when it is cut short.

mod cut_short;
mod refused;
mod whole;

use std::fs;
use std::path::Path;

use super::*;
use crate::source::{FileStore, RepoPath, Span, read};

const PAGES: [&str; 3] = ["a.md", "b.md", "sub/c.md"];

/// A handbook in a folder, as a command has read it and wants it.
struct Handbook {
    folder: tempfile::TempDir,
    store: FileStore,
    edits: Edits,
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a path")
}

/// Three pages that say `old`, and edits that make them say `new`.
fn handbook() -> Handbook {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    for page in PAGES {
        fs::write(folder.path().join(page), "old\n").expect("a page");
    }
    Handbook::read(folder, "new")
}

impl Handbook {
    fn read(folder: tempfile::TempDir, new: &str) -> Self {
        let (store, edits) = wish(folder.path(), new);
        Self { folder, store, edits }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn prepared(&self) -> Prepared<'_> {
        prepare(&self.store, &self.edits, |_| Ok(())).expect("prepared")
    }

    fn write(&self) -> Result<Written, WriteError> {
        write(self.root(), &self.prepared())
    }

    fn refused(&self) -> String {
        self.write().expect_err("a refusal").to_string()
    }

    fn contents(&self) -> Vec<String> {
        PAGES.map(|page| content(&self.root().join(page))).to_vec()
    }

    #[track_caller]
    fn is_untouched(&self) {
        assert_eq!(self.contents(), ["old\n"; 3]);
        assert_eq!(self.leftovers(), 0);
    }

    /// How many temporary files lie about.
    fn leftovers(&self) -> usize {
        let in_folder = |folder: &Path| {
            let entries = fs::read_dir(folder).expect("a folder").flatten();
            entries.filter(|e| e.file_name().to_string_lossy().starts_with(".pmctl-")).count()
        };
        in_folder(self.root()) + in_folder(&self.root().join("sub"))
    }
}

/// The pages as they are, and edits that turn their first line into `new`.
fn wish(root: &Path, new: &str) -> (FileStore, Edits) {
    let (mut store, mut edits) = (FileStore::new(), Edits::new());
    for page in PAGES {
        let (file, outcome) = store.add(path(page), read(root, &path(page)));
        outcome.expect("a page that can be read");
        let line = store.file(file).text().find('\n').expect("a line");
        edits.add(Edit::new(Span::new(file, 0..line), new));
    }
    (store, edits)
}

fn content(file: &Path) -> String {
    fs::read_to_string(file).expect("a file")
}
