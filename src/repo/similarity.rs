//! How much of one file is in another, counted as git counts it to find renames.
//!
//! A file is cut into pieces, each a line or 64 bytes of a longer one; two files are as alike as the share of the larger one that
//! the pieces which both hold make up (`diffcore-delta.c` and `diffcore-rename.c` of git).

use foldhash::{HashMap, HashMapExt};

/// The longest piece, in bytes.
const PIECE_BYTES: u32 = 64;

/// How many different hashes of pieces there are.
const HASH_BASE: u32 = 107_927;

/// How alike the same file is to itself.
pub(super) const SAME: u64 = 60_000;

/// How alike two files are that git takes for one that was renamed: half of it.
pub(super) const RENAMED: u64 = SAME / 2;

/// The pieces of a file.
#[derive(Debug)]
pub(super) struct Pieces {
    size: u64,
    bytes: HashMap<u32, u64>,
}

impl Pieces {
    /// The pieces of `content`.
    pub(super) fn of(content: &[u8]) -> Self {
        // As git does it: what holds a NUL byte among the first 8,000 is not text.
        let is_text = !content.iter().take(8000).any(|byte| *byte == 0);
        let mut bytes = HashMap::new();
        let (mut length, mut one, mut two) = (0_u32, 0_u32, 0_u32);
        let mut rest = content;
        while let [byte, after @ ..] = rest {
            rest = after;
            if is_text && *byte == b'\r' && rest.first() == Some(&b'\n') {
                continue;
            }
            let before = one;
            one = (one << 7) ^ (two >> 25);
            two = (two << 7) ^ (before >> 25);
            one = one.wrapping_add(u32::from(*byte));
            length += 1;
            if length < PIECE_BYTES && *byte != b'\n' && !rest.is_empty() {
                continue;
            }
            let hash = one.wrapping_add(two.wrapping_mul(0x61)) % HASH_BASE;
            *bytes.entry(hash).or_insert(0) += u64::from(length);
            (length, one, two) = (0, 0, 0);
        }
        Self { size: content.len() as u64, bytes }
    }

    /// How alike the two are, of [`SAME`]; 0 where their sizes alone show that it is less than `least`.
    pub(super) fn likeness(&self, other: &Self, least: u64) -> u64 {
        let (larger, smaller) = (self.size.max(other.size), self.size.min(other.size));
        if larger == 0 || larger * (SAME - least) < (larger - smaller) * SAME {
            return 0;
        }
        let (few, many) = match self.bytes.len() <= other.bytes.len() {
            true => (self, other),
            false => (other, self),
        };
        let common = few
            .bytes
            .iter()
            .map(|(hash, bytes)| many.bytes.get(hash).map_or(0, |others| *bytes.min(others)));
        common.sum::<u64>() * SAME / larger
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> u64 {
        Pieces::of(one.as_bytes()).likeness(&Pieces::of(other.as_bytes()), RENAMED) * 100 / SAME
    }

    #[test]
    fn files_are_as_alike_as_the_lines_that_both_hold() {
        assert_eq!(likeness("one\ntwo\n", "one\ntwo\n"), 100);
        assert_eq!(likeness("one\ntwo\n", "two\none\n"), 100);
        assert_eq!(likeness("one\ntwo\n", "one\nTWO\n"), 50);
        assert_eq!(likeness("one\ntwo\n", "six\nten\n"), 0);
        assert_eq!(likeness("one\r\ntwo\r\n", "one\ntwo\n"), 80, "of ten bytes, eight");
        assert_eq!(likeness("", ""), 0);
        assert_eq!(likeness("one\n", &"one\n".repeat(3)), 0, "too short to be half of it");
    }
}
