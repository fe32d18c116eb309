//! Whether two trees say the same.

use std::collections::HashMap;
use std::ops::Range;

use super::{Anchor, Content, Tree};
use crate::source::Span;

impl Tree<'_> {
    /// The places of all scalars with their numbers in the tree, keys included, in order of their starts.
    pub(in crate::source) fn scalars(&self) -> Vec<(usize, Span)> {
        let scalars = self.nodes.iter().enumerate();
        let mut scalars: Vec<(usize, Span)> = scalars
            .filter(|(_, node)| matches!(node.content, Content::Scalar { .. }))
            .map(|(number, node)| (number, node.span))
            .collect();
        scalars.sort_by_key(|&(number, span)| (span.start, number));
        scalars
    }

    /// Where `new` first says something else than this tree, in this tree and in `new`.
    ///
    /// The scalars whose numbers are in `edited` may say anything, but have to be where `edited`
    /// says and nowhere else: a new text that YAML reads as more or less than one scalar is found. So
    /// is a change of what has an anchor, since it shows wherever an alias refers to it.
    pub(in crate::source) fn difference(
        &self,
        new: &Tree<'_>,
        edited: &HashMap<usize, Range<usize>>,
    ) -> Option<(Span, Span)> {
        // Nodes are numbered in the order of the text, so that equal shapes have equal numbers.
        let pairs = self.nodes.iter().zip(&new.nodes).enumerate();
        for (number, (old, new)) in pairs {
            let same = match edited.get(&number) {
                Some(place) => {
                    let is_scalar = matches!(new.content, Content::Scalar { .. });
                    is_scalar && new.span.range() == *place && old.marks.anchor == Anchor::None
                }
                None => old.content == new.content,
            };
            if !same || old.marks != new.marks {
                return Some((old.span, new.span));
            }
        }
        let whole =
            |tree: &Tree<'_>| tree.root().map_or(Span::start_of(tree.file), |root| root.span());
        (self.nodes.len() != new.nodes.len()).then(|| (whole(self), whole(new)))
    }
}
