//! A tree as git stores it: what a folder holds.

use std::cmp::Ordering;

use git2::Oid;

use super::HistoryError;
use super::reader::damaged;

const ID_BYTES: usize = 20;

/// What a tree says about one name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::repo) struct TreeEntry {
    /// File, link, folder or submodule, as git's canonical mode without permissions: they are no part of what a file says.
    mode: u32,
    /// The object of that name.
    pub(in crate::repo) id: Oid,
}

const FILE: u32 = 0o100_000;
const LINK: u32 = 0o120_000;
const FOLDER: u32 = 0o040_000;
const SUBMODULE: u32 = 0o160_000;

impl TreeEntry {
    fn new(mode: u32, id: Oid) -> Self {
        let mode = match mode & 0o170_000 {
            kind @ (FILE | LINK | FOLDER) => kind,
            _ => SUBMODULE,
        };
        Self { mode, id }
    }

    /// Whether this is a file or a symbolic link, so that its object is a blob.
    pub(in crate::repo) fn is_blob(self) -> bool {
        !matches!(self.mode, FOLDER | SUBMODULE)
    }

    /// Whether this is a file, and no symbolic link.
    pub(in crate::repo) fn is_file(self) -> bool {
        self.mode == FILE
    }

    /// Whether this is a symbolic link.
    pub(in crate::repo) fn is_link(self) -> bool {
        self.mode == LINK
    }

    /// Whether this is a commit of another repository.
    pub(in crate::repo) fn is_submodule(self) -> bool {
        self.mode == SUBMODULE
    }

    /// Whether this is a folder, so that its object is a tree.
    pub(in crate::repo) fn is_folder(self) -> bool {
        self.mode == FOLDER
    }
}

/// A name in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'t> {
    /// Its bytes.
    pub(super) name: &'t [u8],
    /// Whether it is that of a folder, which a tree sorts as if a `/` followed it.
    pub(super) is_folder: bool,
}

impl Name<'_> {
    /// Compares it with a key, where a folder's key ends in `/`.
    pub(super) fn compare_key(self, key: &[u8]) -> Ordering {
        let common = self.name.len().min(key.len());
        let (left, right) = (&self.name[common..], &key[common..]);
        self.name[..common].cmp(&key[..common]).then_with(|| match (left, self.is_folder) {
            ([], true) => b"/".as_slice().cmp(right),
            _ => left.cmp(right),
        })
    }

    fn compare(self, other: Name<'_>) -> Ordering {
        let common = self.name.len().min(other.name.len());
        // What follows the common part, with the slash that is thought there.
        let next = |of: Name<'_>| of.name.get(common).copied().or(of.is_folder.then_some(b'/'));
        self.name[..common]
            .cmp(&other.name[..common])
            .then_with(|| next(self).cmp(&next(other)))
            .then_with(|| self.name.len().cmp(&other.name.len()))
    }
}

/// A name about which two trees say different things; `None` where a tree does not have it.
#[derive(Debug)]
pub(super) struct Differing<'t> {
    /// The name.
    pub(super) name: Name<'t>,
    /// What the newer tree says.
    pub(super) new: Option<TreeEntry>,
    /// What the older tree says.
    pub(super) old: Option<TreeEntry>,
}

/// Reads two trees side by side. Nearly all of their entries are the same, byte for byte, and passed by.
pub(super) struct Differences<'t> {
    new: Entries<'t>,
    old: Entries<'t>,
}

impl<'t> Differences<'t> {
    /// The differences between two trees, each its id and its bytes; `None` is the empty tree.
    pub(super) fn new(new: Option<(Oid, &'t [u8])>, old: Option<(Oid, &'t [u8])>) -> Self {
        Self { new: Entries::new(new), old: Entries::new(old) }
    }

    /// The next one, in the order of a tree.
    pub(super) fn next(&mut self) -> Result<Option<Differing<'t>>, HistoryError> {
        loop {
            let Some(new) = self.new.peek()? else {
                let Some(old) = self.old.peek()? else { return Ok(None) };
                return self.only_old(&old).map(Some);
            };
            let bytes = &self.new.rest[..self.new.rest.len() - new.rest.len()];
            if let Some(rest) = self.old.rest.strip_prefix(bytes) {
                (self.new.rest, self.old.rest) = (new.rest, rest);
                continue;
            }
            let Some(old) = self.old.peek()? else { return self.only_new(&new).map(Some) };
            return match new.name().compare(old.name()) {
                Ordering::Less => self.only_new(&new).map(Some),
                Ordering::Greater => self.only_old(&old).map(Some),
                Ordering::Equal => {
                    let (new_entry, old_entry) = (self.new.take(&new)?, self.old.take(&old)?);
                    let name = new.name();
                    Ok(Some(Differing { name, new: Some(new_entry), old: Some(old_entry) }))
                }
            };
        }
    }

    fn only_new(&mut self, new: &RawEntry<'t>) -> Result<Differing<'t>, HistoryError> {
        Ok(Differing { name: new.name(), new: Some(self.new.take(new)?), old: None })
    }

    fn only_old(&mut self, old: &RawEntry<'t>) -> Result<Differing<'t>, HistoryError> {
        Ok(Differing { name: old.name(), new: None, old: Some(self.old.take(old)?) })
    }
}

/// What the tree `id`, whose content is `data`, says about `name`.
pub(in crate::repo) fn entry_in(
    id: Oid,
    data: &[u8],
    name: &[u8],
) -> Result<Option<TreeEntry>, HistoryError> {
    let mut entries = Entries::new(Some((id, data)));
    while let Some(entry) = entries.peek()? {
        if entry.name == name {
            return entries.take(&entry).map(Some);
        }
        entries.rest = entry.rest;
    }
    Ok(None)
}

/// All that the tree `id`, whose content is `data`, says, in its order.
pub(in crate::repo) fn entries_of(
    id: Oid,
    data: &[u8],
) -> Result<Vec<(&[u8], TreeEntry)>, HistoryError> {
    let mut entries = Entries::new(Some((id, data)));
    let mut all = Vec::new();
    while let Some(entry) = entries.peek()? {
        all.push((entry.name, entries.take(&entry)?));
    }
    Ok(all)
}

/// A tree from its beginning to its end.
struct Entries<'t> {
    tree: Oid,
    rest: &'t [u8],
}

impl<'t> Entries<'t> {
    fn new(tree: Option<(Oid, &'t [u8])>) -> Self {
        let (tree, rest) = tree.unwrap_or((Oid::ZERO_SHA1, &[]));
        Self { tree, rest }
    }

    fn peek(&self) -> Result<Option<RawEntry<'t>>, HistoryError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        RawEntry::parse(self.rest).map(Some).ok_or_else(|| self.damaged())
    }

    /// Reads `entry`, which is the next one, and goes on after it.
    fn take(&mut self, entry: &RawEntry<'t>) -> Result<TreeEntry, HistoryError> {
        self.rest = entry.rest;
        entry.read().ok_or_else(|| self.damaged())
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

    fn name(&self) -> Name<'t> {
        Name { name: self.name, is_folder: matches!(self.mode, b"40000" | b"040000") }
    }

    fn read(&self) -> Option<TreeEntry> {
        let mode = u32::from_str_radix(std::str::from_utf8(self.mode).ok()?, 8).ok()?;
        Some(TreeEntry::new(mode, Oid::from_bytes(self.id).ok()?))
    }
}

fn split_at_byte(data: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = data.iter().position(|other| *other == byte)?;
    Some((&data[..at], &data[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str, u8)]) -> Vec<u8> {
        entries.iter().fold(Vec::new(), |mut data, (mode, name, id)| {
            data.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            data.extend_from_slice(&[*id; ID_BYTES]);
            data
        })
    }

    /// The differences, each as its name and the first bytes of the ids.
    fn differences(new: &[u8], old: &[u8]) -> Result<Vec<(String, u8, u8)>, HistoryError> {
        let id = Oid::ZERO_SHA1;
        let mut differences = Differences::new(Some((id, new)), Some((id, old)));
        let mut found = Vec::new();
        while let Some(Differing { name, new, old }) = differences.next()? {
            let slash = if name.is_folder { "/" } else { "" };
            let first = |entry: Option<TreeEntry>| entry.map_or(0, |entry| entry.id.as_bytes()[0]);
            let name = format!("{}{slash}", String::from_utf8_lossy(name.name));
            found.push((name, first(new), first(old)));
        }
        Ok(found)
    }

    #[test]
    fn trees_are_compared_in_their_own_order() {
        let new = tree(&[
            ("100644", "a", 7),
            ("100644", "a.b", 7),
            ("40000", "a", 8),
            ("160000", "y", 7),
            ("100644", "z", 1),
        ]);
        let old = tree(&[("100644", "a", 7), ("40000", "a", 7), ("100644", "b", 9)]);
        let named = |name: &str, new, old| (name.to_owned(), new, old);
        let wanted = [
            named("a.b", 7, 0),
            named("a/", 8, 7),
            named("b", 0, 9),
            named("y", 7, 0),
            named("z", 1, 0),
        ];
        assert_eq!(differences(&new, &old).expect("good trees"), wanted);
        let turned = wanted.map(|(name, new, old)| (name, old, new));
        assert_eq!(differences(&old, &new).expect("good trees"), turned);
        assert_eq!(differences(&new, &new).expect("good trees"), []);
        assert_eq!(differences(&old, &[]).expect("good trees").len(), 3);
    }

    #[test]
    fn a_folder_is_told_from_a_file_of_its_name_and_a_name_from_a_longer_one() {
        let file = tree(&[("100644", "a", 7)]);
        let folder = tree(&[("40000", "a", 7)]);
        let both = [("a".to_owned(), 0, 7), ("a/".to_owned(), 7, 0)];
        assert_eq!(differences(&folder, &file).expect("good trees"), both);
        let name = |name: &'static str, is_folder| Name { name: name.as_bytes(), is_folder };
        assert_eq!(name("a", true).compare_key(b"a/"), Ordering::Equal);
        assert_eq!(name("a", false).compare_key(b"a/"), Ordering::Less);
        assert_eq!(name("a", true).compare(name("a.b", false)), Ordering::Greater);
        assert_eq!(name("ab", false).compare(name("a", true)), Ordering::Greater);
        assert_eq!(name("a", true).compare(name("a", true)), Ordering::Equal);
    }

    #[test]
    fn modes_are_read_as_git_reads_them_and_what_is_no_tree_is_damaged() {
        let mode = |mode: &str| Some(RawEntry::parse(&tree(&[(mode, "x", 7)]))?.read()?.mode);
        assert_eq!(mode("100664"), Some(FILE));
        assert_eq!(mode("100711"), Some(FILE));
        assert_eq!(mode("120000"), Some(LINK));
        assert_eq!(mode("40000"), Some(FOLDER));
        assert_eq!(mode("160000"), Some(SUBMODULE));
        let data = tree(&[("100644", "a", 7)]);
        assert!(differences(&data[..25], &[]).is_err());
        assert!(differences(&[], b"999999999 x").is_err());
        assert!(differences(&tree(&[("9", "x", 7)]), &data).is_err());
    }
}
