//! What is at a place of a tree, for an edit there.

use std::ops::Range;

use super::{Anchor, Content, Scalar, Tree};
use crate::source::Span;

/// What is at a place. Aliases are not followed.
#[derive(Clone, Copy, Debug)]
pub(in crate::source) enum Target<'t> {
    /// No key and no value is exactly there.
    Nothing,
    /// A sequence or mapping.
    Collection,
    /// `*name`.
    Alias,
    /// A scalar, be it a key or a value.
    Scalar {
        /// The scalar; of an empty value, the text is `~`.
        scalar: Scalar<'t>,
        /// Whether aliases can refer to it.
        anchor: Anchor,
        /// It has a tag.
        tagged: bool,
        /// It lies in brackets, where commas and brackets have a meaning.
        in_flow: bool,
    },
}

/// The values of a tree that an alias takes to another place, in order and apart.
#[derive(Clone, Debug, Default)]
pub struct Shared(Vec<Range<usize>>);

impl Shared {
    /// Whether a change of the value at `span` shows at another place too.
    pub fn holds(&self, span: Span) -> bool {
        let span = span.range();
        let next = self.0.partition_point(|target| target.start <= span.start);
        next.checked_sub(1).is_some_and(|last| span.end <= self.0[last].end)
    }
}

impl Tree<'_> {
    /// The places that aliases refer to.
    pub fn shared(&self) -> Shared {
        let targets = self.nodes.iter().filter_map(|node| match &node.content {
            Content::Alias(target) => Some(self.nodes[target.0 as usize].span.range()),
            _ => None,
        });
        let mut targets: Vec<Range<usize>> = targets.collect();
        targets.sort_by_key(|target| (target.start, std::cmp::Reverse(target.end)));
        let mut end = 0;
        // One that lies in another says nothing more.
        targets.retain(|target| {
            let is_outer = target.end > end || target.is_empty();
            end = end.max(target.end);
            is_outer
        });
        Shared(targets)
    }

    /// Returns what is at `span`.
    pub(in crate::source) fn target(&self, span: Span) -> Target<'_> {
        let by_span = self.by_span.get_or_init(|| {
            let mut nodes: Vec<u32> = (0..).take(self.nodes.len()).collect();
            nodes.sort_by_key(|at| self.nodes[*at as usize].span);
            nodes
        });
        let first = by_span.partition_point(|at| self.nodes[*at as usize].span < span);
        let nodes = by_span[first..].iter().map(|at| &self.nodes[*at as usize]);
        let mut found = Target::Nothing;
        for node in nodes.take_while(|node| node.span == span) {
            match &node.content {
                Content::Scalar { text, style, is_text } => {
                    return Target::Scalar {
                        scalar: Scalar { text, style: *style, is_text: *is_text },
                        anchor: node.marks.anchor,
                        tagged: node.marks.tagged,
                        in_flow: node.marks.flow,
                    };
                }
                Content::Sequence(_) | Content::Mapping(_) => found = Target::Collection,
                Content::Alias(_) | Content::Unresolved => found = Target::Alias,
            }
        }
        found
    }
}
