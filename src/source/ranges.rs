//! Sets of bytes of one text.

use std::ops::Range;

/// A set of byte offsets, kept as ranges in rising order that do not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges(Vec<Range<usize>>);

impl Ranges {
    /// Returns whether the set has the byte at `offset`.
    pub fn contains(&self, offset: usize) -> bool {
        self.overlaps(&(offset..offset + 1))
    }

    /// Returns whether the set has a byte of `range`.
    pub fn overlaps(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|own| own.end <= range.start);
        self.0.get(next).is_some_and(|own| own.start < range.end)
    }

    /// Returns the ranges in rising order.
    pub fn as_slice(&self) -> &[Range<usize>] {
        &self.0
    }
}

/// Collects ranges in any order, which may overlap. Empty ones add nothing.
impl FromIterator<Range<usize>> for Ranges {
    fn from_iter<I: IntoIterator<Item = Range<usize>>>(ranges: I) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|range| !range.is_empty()).collect();
        sorted.sort_unstable_by_key(|range| range.start);
        sorted.dedup_by(|next, last| {
            let touches = next.start <= last.end;
            if touches {
                last.end = last.end.max(next.end);
            }
            touches
        });
        Self(sorted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_set_has_the_bytes_of_its_ranges(
            parts in proptest::collection::vec((0_usize..60, 0_usize..9), 0..8),
            start in 0_usize..60,
            length in 1_usize..9,
        ) {
            let parts = parts.into_iter().map(|(start, length)| start..start + length);
            let all: Vec<Range<usize>> = parts.collect();
            let set: Ranges = all.iter().cloned().collect();
            let has = |at: usize| all.iter().any(|part| part.contains(&at));
            proptest::prop_assert!(set.0.is_sorted_by(|one, next| one.end < next.start));
            proptest::prop_assert_eq!(set.contains(start), has(start));
            let asked = start..start + length;
            proptest::prop_assert_eq!(set.overlaps(&asked), asked.clone().any(has));
        }
    }
}
