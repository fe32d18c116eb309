//! Paths inside the handbook's repository.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::path::{Component, Path};

/// A path relative to the repository root, with `/` between its parts, never leading out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(String);

/// Why a path cannot be one inside the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It begins at the file system's root or a drive.
    #[error("is absolute; write it relative to the handbook's root")]
    Absolute,
    /// Its `..` lead above the root.
    #[error("leads out of the handbook's root")]
    Outside,
    /// It is not UTF-8.
    #[error("is not UTF-8")]
    NotUnicode,
    /// It leads into the folder of a git repository.
    #[error("leads into the folder of a git repository, where no file of a handbook is")]
    GitFolder,
}

impl RepoPath {
    /// The path `text` with `.` and `..` worked out. The empty path is the root itself.
    pub fn new(text: impl AsRef<Path>) -> Result<Self, PathError> {
        if let Some(text) = text.as_ref().to_str().filter(|text| is_portable(text)) {
            return Self::of_parts(text);
        }
        let mut parts: Vec<&str> = Vec::new();
        for component in text.as_ref().components() {
            match component {
                Component::Normal(part) => parts.push(part.to_str().ok_or(PathError::NotUnicode)?),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop().ok_or(PathError::Outside)?;
                }
                Component::RootDir | Component::Prefix(_) => return Err(PathError::Absolute),
            }
        }
        Ok(Self(parts.join("/")))
    }

    /// The path `text`, whose parts are separated by `/` alone.
    fn of_parts(text: &str) -> Result<Self, PathError> {
        let is_plain = |part: &[u8]| !matches!(part, b"" | b"." | b"..");
        if text.as_bytes().split(|byte| *byte == b'/').all(is_plain) {
            return Ok(Self(text.to_owned()));
        }
        if text.starts_with('/') {
            return Err(PathError::Absolute);
        }
        Self(String::with_capacity(text.len())).followed_by(text)
    }

    /// What `path` names in `folder`, which is a path without `.` and `..`. A slash before `path` counts for nothing.
    pub fn inside(folder: &str, path: &str) -> Result<Self, PathError> {
        if !is_portable(path) {
            return Self::new(format!("{folder}/{path}").trim_start_matches('/'));
        }
        let mut start = String::with_capacity(folder.len() + 1 + path.len());
        start.push_str(folder);
        Self(start).followed_by(path)
    }

    /// This path and `rest` after it, whose parts are separated by `/` alone.
    fn followed_by(mut self, rest: &str) -> Result<Self, PathError> {
        let Self(path) = &mut self;
        let mut rest = rest;
        while !rest.is_empty() {
            let end = memchr::memchr(b'/', rest.as_bytes()).unwrap_or(rest.len());
            match &rest[..end] {
                "" | "." => {}
                ".." if path.is_empty() => return Err(PathError::Outside),
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                part => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(part);
                }
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        Ok(self)
    }

    /// A path to show for `path`, which need not be UTF-8: other bytes are spelled `\xe9`, and nothing has this name.
    pub fn escaped(path: &[u8]) -> Self {
        let path = path.strip_suffix(b"/").unwrap_or(path);
        let mut text = String::new();
        for chunk in path.utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                let _ = write!(text, "\\x{byte:02x}");
            }
        }
        Self(text)
    }

    /// Whether it leads into the folder that git keeps a repository in, here or in a folder below.
    pub fn is_in_git_folder(&self) -> bool {
        self.0.split(['/', '\\']).any(|part| is_git_folder(part.as_bytes()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `folder` or lies below it. Everything lies below the root.
    pub fn is_under(&self, folder: &RepoPath) -> bool {
        folder.0.is_empty()
            || self
                .0
                .strip_prefix(&folder.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The folders it lies in, the innermost first; the last is the root, which is the empty path.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let parent = |path: &str| path.rfind('/').unwrap_or(0);
        let first = (!self.0.is_empty()).then(|| &self.0[..parent(&self.0)]);
        std::iter::successors(first, move |folder| {
            (!folder.is_empty()).then(|| &folder[..parent(folder)])
        })
    }

    /// All folders that `paths` lie in, each looked at once however many of them lie in it, and however deep.
    pub fn folders_of<'p>(paths: impl IntoIterator<Item = &'p RepoPath>) -> BTreeSet<&'p str> {
        let mut all = BTreeSet::new();
        for path in paths {
            for folder in path.folders() {
                // With a folder come those around it.
                if !all.insert(folder) {
                    break;
                }
            }
        }
        all
    }

    /// The last part, `features.yml` of `data/features.yml`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

/// Whether a file of this name is git's own folder on some system: `.git` in any case, with dots, spaces or a stream after
/// it, with characters that macOS does not see, or by its short name on Windows.
pub fn is_git_folder(name: &[u8]) -> bool {
    let name = name.split(|byte| *byte == b':').next().unwrap_or_default();
    let end = name.iter().rposition(|byte| !matches!(byte, b'.' | b' ')).map_or(0, |at| at + 1);
    let name = &name[..end];
    if name.eq_ignore_ascii_case(b".git") {
        return true;
    }
    if name.len() == 5 && name[..4].eq_ignore_ascii_case(b"git~") {
        return name[4].is_ascii_digit();
    }
    if name.is_ascii() {
        return false;
    }
    let is_seen = |character: &char| !matches!(*character, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let seen: String = String::from_utf8_lossy(name).chars().filter(is_seen).collect();
    seen.eq_ignore_ascii_case(".git")
}

/// Whether `path` has the same parts on every system, as nearly all have: none knows another separator in it, or a drive.
fn is_portable(path: &str) -> bool {
    memchr::memchr2(b'\\', b':', path.as_bytes()).is_none()
}

/// Sets of paths can be asked for text.
impl Borrow<str> for RepoPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_worked_out_and_never_lead_outside() {
        let path = |text: &str| RepoPath::new(text).map(|path| path.0);
        assert_eq!(path("./data/../data/features.yml"), Ok("data/features.yml".to_owned()));
        assert_eq!(path("."), Ok(String::new()));
        assert_eq!(path("a//b/./c/.."), Ok("a/b".to_owned()));
        assert_eq!(path("a/../b/"), Ok("b".to_owned()));
        assert_eq!(path("x:y/../a"), Ok("a".to_owned()));
        assert_eq!(path("../data"), Err(PathError::Outside));
        assert_eq!(path("a/../../data"), Err(PathError::Outside));
        assert_eq!(path("data/../../x"), Err(PathError::Outside));
        assert_eq!(path("/etc/passwd"), Err(PathError::Absolute));
    }

    #[test]
    fn a_path_in_a_folder_starts_there() {
        let inside = |folder, path| RepoPath::inside(folder, path).map(|path| path.0);
        assert_eq!(inside("a/b", "c.md"), Ok("a/b/c.md".to_owned()));
        assert_eq!(inside("a/b", ".././d//e/"), Ok("a/d/e".to_owned()));
        assert_eq!(inside("a/b", "../.."), Ok(String::new()));
        assert_eq!(inside("", "//c"), Ok("c".to_owned()));
        assert_eq!(inside("a", "x:y/../c"), Ok("a/c".to_owned()));
        assert_eq!(inside("a", "../../c"), Err(PathError::Outside));
        assert_eq!(inside("", "x:y/../../c"), Err(PathError::Outside));
    }

    #[test]
    fn the_folder_of_git_is_known_by_all_its_names() {
        let is_in = |text: &str| RepoPath::new(text).expect("a good path").is_in_git_folder();
        let names = [
            ".git/config",
            ".GIT/config",
            "a/.Git/x",
            ".git",
            "git~1/config",
            "GIT~1",
            ".git./x",
            ".git /x",
            ".git::$INDEX_ALLOCATION/x",
            ".g\u{200c}it/x",
            "module/.git/config",
        ];
        for name in names {
            assert!(is_in(name), "{name}");
        }
        let others = [".gitignore", ".github/x", "git", "a.git/x", "git~10", "git~x", ".gitlab/x"];
        for other in others {
            assert!(!is_in(other), "{other}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_spelled() {
        assert_eq!(RepoPath::escaped(b"a/k\xefte.md").as_str(), "a/k\\xefte.md");
        assert_eq!(RepoPath::escaped("a/é/".as_bytes()).as_str(), "a/é");
    }

    #[test]
    fn a_folder_holds_its_files_but_not_its_namesakes() {
        let path = |text: &str| RepoPath::new(text).expect("a good path");
        assert!(path("data/features.yml").is_under(&path("data")));
        assert!(path("data").is_under(&path("data/")));
        assert!(!path("database/x.yml").is_under(&path("data")));
        assert!(path("data").is_under(&path("")));
    }

    #[test]
    fn the_folders_of_a_path_lead_up_to_the_root() {
        let folders = |text: &str| {
            let path = RepoPath::new(text).expect("a good path");
            path.folders().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(folders("a/b/c.md"), ["a/b", "a", ""]);
        assert_eq!(folders("c.md"), [""]);
        assert_eq!(folders(""), Vec::<String>::new());
        let paths = ["a/b/c.md", "a/b/d.md", "a/x/y/z.md", "e.md"];
        let paths = paths.map(|path| RepoPath::new(path).expect("a good path"));
        let all: Vec<&str> = RepoPath::folders_of(&paths).into_iter().collect();
        assert_eq!(all, ["", "a", "a/b", "a/x", "a/x/y"]);
    }

    proptest::proptest! {
        #[test]
        fn a_path_has_the_parts_that_the_system_sees_in_it(text in "[a.é/]{0,12}") {
            let parts = Path::new(&text).components().try_fold(Vec::new(), |mut parts, component| {
                match component {
                    Component::Normal(part) => parts.push(part.to_str().expect("text").to_owned()),
                    Component::CurDir => {}
                    Component::ParentDir => drop(parts.pop().ok_or(PathError::Outside)?),
                    Component::RootDir | Component::Prefix(_) => return Err(PathError::Absolute),
                }
                Ok(parts)
            });
            let path = RepoPath::new(&text).map(|path| path.0);
            proptest::prop_assert_eq!(path, parts.map(|parts| parts.join("/")));
        }
    }
}
