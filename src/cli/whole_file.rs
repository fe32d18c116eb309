//! Files that a person names for a result, each written whole: whoever reads one meanwhile, or after a failure, finds
//! the old one or the new one.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::Global;
use crate::repo::Repo;
use crate::source::edit::temporary::{self, Kind};
use crate::source::fault;

/// How many links are followed on the way to a file. Systems give up at 40.
const MAX_LINKS: usize = 40;

/// The work tree around the handbook. What is in it may come from anybody, symbolic links too.
#[derive(Clone, Debug, Default)]
pub(super) struct WorkTree(Option<PathBuf>);

/// Why a file is not written. It is as it was.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotWritten {
    /// A part of its path is a link.
    #[error(
        "{} is not written: {} is a symbolic link in the work tree, and nothing is written through those; remove the \
         link, or name another file", .path.display(), .link.display()
    )]
    Link { path: PathBuf, link: PathBuf },
    /// It would be in the folder of git.
    #[error("{} is not written: it is among the files of git itself; name another file", .0.display())]
    Git(PathBuf),
    /// A folder is there.
    #[error("{} cannot be written: it is a folder; name a file in it", .0.display())]
    Folder(PathBuf),
    /// Its folder is missing.
    #[error("{} cannot be written: there is no folder {}; make it first", .path.display(), .folder.display())]
    NoFolder { path: PathBuf, folder: PathBuf },
    /// The operating system refuses.
    #[error(
        "{} cannot be written: {error}; check the permissions of its folder and the space on the disk", .path.display()
    )]
    Io { path: PathBuf, error: io::Error },
}

impl WorkTree {
    /// The work tree of git around the handbook that `global` names; the handbook's folder where there is none.
    pub(super) fn around(global: &Global) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let root = match &global.repo {
            Some(folder) => here.join(folder),
            None => Repo::around(&here).root().to_owned(),
        };
        let Ok(root) = root.canonicalize() else { return Self(None) };
        let top = root.ancestors().find(|above| above.join(".git").symlink_metadata().is_ok());
        Self(Some(top.unwrap_or(&root).to_owned()))
    }

    /// Where `path` is without any link in it. Links outside of the work tree belong to who runs pmctl and are
    /// followed; `None` for a file of the system's own, such as `/dev/stdout`.
    pub(super) fn place(&self, path: &Path) -> Result<Option<PathBuf>, NotWritten> {
        let io = |error| NotWritten::Io { path: path.to_owned(), error };
        let absolute = std::path::absolute(path).map_err(io)?;
        let mut place = PathBuf::new();
        let mut rest: VecDeque<OsString> = parts(&absolute).collect();
        let mut links = 0;
        while let Some(part) = rest.pop_front() {
            if part == ".." {
                place.pop();
                continue;
            }
            let here = place.join(&part);
            // What is not there, or may not be looked at, is no link that could be followed either.
            if !here.is_symlink() {
                place = here;
                continue;
            }
            if self.0.as_ref().is_some_and(|top| place.starts_with(top)) {
                return Err(NotWritten::Link { path: path.to_owned(), link: here });
            }
            if ["/dev", "/proc"].iter().any(|system| place.starts_with(system)) {
                return Ok(None);
            }
            links += 1;
            if links > MAX_LINKS {
                return Err(io(io::Error::other("there are too many symbolic links on the way")));
            }
            let target = fs::read_link(&here).map_err(io)?;
            if target.is_absolute() {
                place = PathBuf::new();
            }
            for part in parts(&target).collect::<Vec<_>>().into_iter().rev() {
                rest.push_front(part);
            }
        }
        let is_of_git = |part: Component<'_>| part.as_os_str().eq_ignore_ascii_case(".git");
        if place.components().any(is_of_git) || self.git_folders().any(|git| place.starts_with(git))
        {
            return Err(NotWritten::Git(path.to_owned()));
        }
        Ok(Some(place))
    }

    /// The folder of git of a linked work tree or a submodule, which a file `.git` names.
    fn git_folders(&self) -> impl Iterator<Item = PathBuf> {
        let top = self.0.as_deref();
        let named = top.and_then(|top| {
            let file = top.join(".git");
            let is_short =
                fs::metadata(&file).is_ok_and(|file| file.is_file() && file.len() < 4096);
            let text = is_short.then(|| fs::read_to_string(file).ok()).flatten()?;
            top.join(text.strip_prefix("gitdir:")?.trim()).canonicalize().ok()
        });
        named.into_iter()
    }

    /// Makes `content` the content of the file at `path`, by way of a temporary file next to it.
    pub(super) fn write(&self, path: &Path, content: &[u8]) -> Result<(), NotWritten> {
        let io = |error| NotWritten::Io { path: path.to_owned(), error };
        let Some(place) = self.place(path)? else {
            return fault::point().and_then(|()| fs::write(path, content)).map_err(io);
        };
        let folder = place.parent().unwrap_or(Path::new("/")).to_owned();
        if !folder.is_dir() {
            let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
            return Err(NotWritten::NoFolder { path: path.to_owned(), folder });
        }
        let old = place.symlink_metadata().ok();
        match &old {
            Some(old) if old.is_dir() => Err(NotWritten::Folder(path.to_owned())),
            // A pipe or a device cannot be replaced.
            Some(old) if !old.is_file() => {
                fault::point().and_then(|()| fs::write(&place, content)).map_err(io)
            }
            _ => replace(&place, &folder, old.as_ref(), content).map_err(io),
        }
    }
}

/// The parts of `path` from its root, with `..` as they are: what they mean depends on the links before them.
fn parts(path: &Path) -> impl Iterator<Item = OsString> {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    parts.map(|part| part.as_os_str().to_owned())
}

/// Puts a file with `content` into the place of the one that is `old`.
fn replace(place: &Path, folder: &Path, old: Option<&Metadata>, content: &[u8]) -> io::Result<()> {
    temporary::sweep(folder, Kind::Output);
    let (mut file, temporary) = temporary::create(folder, Kind::Output)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    let (first, second) = content.split_at(content.len() / 2);
    file.write_all(first)?;
    fault::point()?;
    file.write_all(second)?;
    fault::point()?;
    file.sync_all()?;
    fault::point()?;
    match temporary.persist(place) {
        // A file that is mounted on its own, as in containers, can only be written where it is.
        Err(error) if error.error.kind() == io::ErrorKind::ResourceBusy => {
            let mut file = OpenOptions::new().write(true).truncate(true).open(place)?;
            file.write_all(content)?;
        }
        renamed => renamed.map_err(|error| error.error)?,
    }
    fault::point()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_outside_of_the_work_tree_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("a place");
        let at = |path: &str| real.join(path);
        for made in ["book/.git", "book/sub", "out"] {
            fs::create_dir_all(at(made)).expect("folders");
        }
        fs::write(at("book/a.txt"), "").expect("a file");
        symlink("../out", at("book/away")).expect("a link");
        symlink("sub", at("book/near")).expect("a link");
        symlink("a.txt", at("book/a-link.txt")).expect("a link");
        symlink("nowhere.txt", at("book/dangling.txt")).expect("a link");
        symlink(at("book"), at("way-in")).expect("a link");
        symlink(at("out"), at("way-out")).expect("a link");
        symlink("way-round", at("way-round")).expect("a link");
        symlink(at("book/.git"), at("way-to-git")).expect("a link");
        let tree = WorkTree(Some(at("book")));
        let place = |path: &str| tree.place(&at(path));
        for (path, found) in [
            ("book/x.txt", "book/x.txt"),
            ("book/sub/../x.txt", "book/x.txt"),
            ("book/../out/x.txt", "out/x.txt"),
            ("way-in/sub/x.txt", "book/sub/x.txt"),
            ("way-out/../book/x.txt", "book/x.txt"),
            ("way-out/x.txt", "out/x.txt"),
        ] {
            assert_eq!(place(path).expect(path), Some(at(found)), "{path}");
        }
        for path in [
            "book/away/x.txt",
            "book/near/x.txt",
            "book/a-link.txt",
            "book/dangling.txt",
            "way-in/away/x.txt",
            "out/../book/near/x.txt",
        ] {
            assert!(matches!(place(path), Err(NotWritten::Link { .. })), "{path}");
        }
        for path in ["book/.git/config", "book/sub/.GIT/x", "way-to-git/hooks/x", "book/.git"] {
            assert!(matches!(place(path), Err(NotWritten::Git(_))), "{path}");
        }
        assert!(matches!(place("way-round"), Err(NotWritten::Io { .. })));
    }

    #[test]
    fn the_folder_of_git_of_a_linked_work_tree_is_not_written_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("a place");
        for made in ["book", "store/worktrees/book"] {
            fs::create_dir_all(real.join(made)).expect("folders");
        }
        fs::write(real.join("book/.git"), "gitdir: ../store/worktrees/book\n").expect("a file");
        let tree = WorkTree(Some(real.join("book")));
        let place = |path: &str| tree.place(&real.join(path));
        assert!(matches!(place("store/worktrees/book/HEAD"), Err(NotWritten::Git(_))));
        assert!(place("store/report.json").is_ok_and(|place| place.is_some()));
    }
}
