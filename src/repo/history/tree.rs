//! A tree as git stores it: what a folder holds.

use std::cmp::Ordering;

use git2::Oid;

use super::HistoryError;
use super::objects::damaged;

const ID_BYTES: usize = 20;

/// What a tree says about one name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// File, executable, link, folder or submodule, as git's canonical mode.
    mode: u32,
    /// The object of that name.
    pub(super) id: Oid,
}

const FOLDER: u32 = 0o040_000;
const SUBMODULE: u32 = 0o160_000;

impl Entry {
    fn new(mode: u32, id: Oid) -> Self {
        let mode = match mode & 0o170_000 {
            // Old tools wrote 664; git takes it for 644, and so it is no change.
            0o100_000 if mode & 0o100 != 0 => 0o100_755,
            0o100_000 => 0o100_644,
            kind @ (0o120_000 | FOLDER) => kind,
            _ => SUBMODULE,
        };
        Self { mode, id }
    }

    /// Whether this is a file or a symbolic link, so that its object is a blob.
    pub(super) fn is_blob(self) -> bool {
        !matches!(self.mode, FOLDER | SUBMODULE)
    }
}

/// Reads a tree from its beginning to its end.
pub(super) struct Entries<'t> {
    tree: Oid,
    rest: &'t [u8],
}

impl<'t> Entries<'t> {
    /// The entries of the tree `id`, whose bytes are `data`.
    pub(super) fn new(tree: Oid, data: &'t [u8]) -> Self {
        Self { tree, rest: data }
    }

    /// The entry `key`, where a folder's key ends in `/`. Keys must be asked for in the order of a tree,
    /// which is that of their bytes.
    pub(super) fn skip_to(&mut self, key: &[u8]) -> Result<Option<Entry>, HistoryError> {
        while !self.rest.is_empty() {
            let entry = RawEntry::parse(self.rest).ok_or_else(|| self.damaged())?;
            match compare_key(entry.name, entry.is_folder(), key) {
                Ordering::Less => self.rest = entry.rest,
                Ordering::Equal => return entry.read().map(Some).ok_or_else(|| self.damaged()),
                // It stays for a later key.
                Ordering::Greater => break,
            }
        }
        Ok(None)
    }

    fn damaged(&self) -> HistoryError {
        damaged(self.tree, "not a tree")
    }
}

/// `MODE NAME\0ID`, and what comes after it. Most entries are passed by, so it is only taken apart.
struct RawEntry<'t> {
    mode: &'t [u8],
    name: &'t [u8],
    id: &'t [u8],
    rest: &'t [u8],
}

impl<'t> RawEntry<'t> {
    fn parse(data: &'t [u8]) -> Option<Self> {
        let (mode, rest) = split_at_byte(data, b' ')?;
        let (name, rest) = split_at_byte(rest, 0)?;
        let (id, rest) = rest.split_at_checked(ID_BYTES)?;
        Some(Self { mode, name, id, rest })
    }

    fn is_folder(&self) -> bool {
        matches!(self.mode, b"40000" | b"040000")
    }

    fn read(&self) -> Option<Entry> {
        let mode = u32::from_str_radix(std::str::from_utf8(self.mode).ok()?, 8).ok()?;
        Some(Entry::new(mode, Oid::from_bytes(self.id).ok()?))
    }
}

fn split_at_byte(data: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = data.iter().position(|other| *other == byte)?;
    Some((&data[..at], &data[at + 1..]))
}

fn compare_key(name: &[u8], is_folder: bool, key: &[u8]) -> Ordering {
    let common = name.len().min(key.len());
    let (left, right) = (&name[common..], &key[common..]);
    name[..common].cmp(&key[..common]).then_with(|| match (left, is_folder) {
        ([], true) => b"/".as_slice().cmp(right),
        _ => left.cmp(right),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_searched_in_its_own_order() {
        let mut data = Vec::new();
        for (mode, name) in [("100644", "a"), ("100664", "a.b"), ("40000", "a"), ("160000", "z")] {
            data.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            data.extend_from_slice(&[7; 20]);
        }
        let mut entries = Entries::new(Oid::ZERO_SHA1, &data);
        let mut find = |key: &str| entries.skip_to(key.as_bytes()).expect("a good tree");
        assert!(find("a").is_some_and(Entry::is_blob));
        assert_eq!(find("a.b").map(|entry| entry.mode), Some(0o100_644));
        assert_eq!(find("a/").map(|entry| entry.mode), Some(FOLDER));
        assert_eq!(find("b"), None);
        assert!(find("z").is_some_and(|entry| entry.mode == SUBMODULE && !entry.is_blob()));
        assert!(Entries::new(Oid::ZERO_SHA1, &data[..30]).skip_to(b"x").is_err());
        assert!(Entries::new(Oid::ZERO_SHA1, b"999999999 x").skip_to(b"x").is_err());
        let odd = [&b"9 x\0"[..], &[7; 20]].concat();
        assert!(Entries::new(Oid::ZERO_SHA1, &odd).skip_to(b"x").is_err());
    }
}
