//! Trees of other languages than YAML: what TOML and JSON say, in the shape of a YAML tree.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use super::{ALIAS_BUDGET, Content, Marks, NodeData, NodeId, Tree};
use crate::source::{FileId, Ranges, Span};

/// A tree that grows node by node, each before what it holds.
pub(super) struct Grower<'s> {
    file: FileId,
    offset: usize,
    nodes: Vec<NodeData<'s>>,
}

impl<'s> Grower<'s> {
    /// A tree of what is in `file` from byte `offset` on.
    pub(super) fn new(file: FileId, offset: usize) -> Self {
        Self { file, offset, nodes: Vec::new() }
    }

    /// The place of `range`, which is of bytes from the offset on.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    /// Adds a node. What it holds is set by [`Grower::fill`] once that is known.
    pub(super) fn add(&mut self, range: Range<usize>, content: Content<'s>) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let span = self.span(range);
        self.nodes.push(NodeData { span, marks: Marks::default(), content });
        id
    }

    /// Gives the node `id` its content.
    pub(super) fn fill(&mut self, id: NodeId, content: Content<'s>) {
        self.nodes[id.0 as usize].content = content;
    }

    /// Gives the node `id` its place, of bytes from the offset on.
    pub(super) fn set_range(&mut self, id: NodeId, range: Range<usize>) {
        self.nodes[id.0 as usize].span = self.span(range);
    }

    /// The tree with `root` as its top.
    pub(super) fn finish(self, root: NodeId, comments: Vec<Range<usize>>) -> Tree<'s> {
        let comments = comments.into_iter().map(|range| self.span(range)).collect();
        Tree {
            file: self.file,
            nodes: self.nodes,
            root: Some(root),
            comments,
            alias_budget: Cell::new(ALIAS_BUDGET),
            over_budget: Cell::new(None),
            by_span: OnceCell::new(),
        }
    }

    /// The places of all scalars, keys included, from the offset on.
    pub(super) fn scalars(&self) -> Ranges {
        let is_scalar = |node: &&NodeData<'_>| matches!(node.content, Content::Scalar { .. });
        let range = |node: &NodeData<'_>| {
            let range = node.span.range();
            range.start - self.offset..range.end - self.offset
        };
        self.nodes.iter().filter(is_scalar).map(range).collect()
    }
}
