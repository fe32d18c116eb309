//! What stands at a place of a tree, as somebody needs to know who wants to write there.

use super::{Anchor, Content, Scalar, Tree};
use crate::source::Span;

/// What stands at a place. Aliases are not followed.
#[derive(Clone, Copy, Debug)]
pub(in crate::source) enum Standing<'t> {
    /// No key and no value stands exactly there.
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

impl Tree<'_> {
    /// What stands at `span`.
    pub(in crate::source) fn standing(&self, span: Span) -> Standing<'_> {
        let mut found = Standing::Nothing;
        for node in self.nodes.iter().filter(|node| node.span == span) {
            match &node.content {
                Content::Scalar { text, style, is_text } => {
                    return Standing::Scalar {
                        scalar: Scalar { text, style: *style, is_text: *is_text },
                        anchor: node.marks.anchor,
                        tagged: node.marks.tagged,
                        in_flow: node.marks.flow,
                    };
                }
                Content::Sequence(_) | Content::Mapping(_) => found = Standing::Collection,
                Content::Alias(_) | Content::Unresolved => found = Standing::Alias,
            }
        }
        found
    }
}
