//! A YAML file as a tree with a span on every key and value.
//!
//! The tree is what the file says, not what a schema expects: duplicate keys stay, scalars keep their
//! spelling and their quotes, comments keep their places, and an alias stays a reference to its
//! anchor. Following aliases is counted, so that no file can grow beyond what it spells out. Front matter in
//! TOML and JSON becomes the same tree.

mod compare;
mod elsewhere;
mod explain;
mod grow;
mod json;
mod parse;
mod scalar;
mod tabs;
mod target;
mod toml;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use foldhash::{HashMap, HashMapExt, HashSet};

use super::{FileId, Span};

pub use elsewhere::Elsewhere;
pub use json::{json_value_length, parse_json};
pub use parse::{Parsed, SyntaxError, parse};
pub use scalar::{Plain, ScalarStyle};
pub use target::Shared;
pub(super) use target::Target;
pub use toml::parse_toml;

/// How many values may be reached through aliases in one file. Aliases that reach more at first sight
/// are a syntax error; those that do so by way of other aliases are followed until then.
const ALIAS_BUDGET: usize = 200_000;

/// A parsed file. Nodes are addressed by [`NodeId`] and read through [`Node`].
#[derive(Debug)]
pub struct Tree<'s> {
    file: FileId,
    nodes: Vec<NodeData<'s>>,
    root: Option<NodeId>,
    comments: Vec<Span>,
    alias_budget: Cell<usize>,
    over_budget: Cell<Option<Span>>,
    /// The nodes in the order of their spans, once one is looked for by its place.
    by_span: OnceCell<Vec<u32>>,
}

/// A node of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct NodeId(u32);

#[derive(Debug)]
struct NodeData<'s> {
    span: Span,
    marks: Marks,
    content: Content<'s>,
}

/// What is around a node and matters to an edit of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    anchor: Anchor,
    /// It has a tag, `!name`.
    tagged: bool,
    /// It is, or lies in, a collection in brackets.
    flow: bool,
}

/// Whether aliases can refer to a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It has no anchor and lies in nothing that has one.
    #[default]
    None,
    /// It has an anchor, `&name`.
    Own,
    /// It lies in a collection that has an anchor, however deep.
    Above,
}

#[derive(Debug, PartialEq)]
enum Content<'s> {
    Scalar {
        text: Cow<'s, str>,
        style: ScalarStyle,
        is_text: bool,
    },
    Sequence(Vec<NodeId>),
    Mapping(Vec<(NodeId, NodeId)>),
    Alias(NodeId),
    /// An alias whose anchor does not exist; reported as a syntax error.
    Unresolved,
}

impl Content<'_> {
    /// How many values there are, without what is deeper.
    fn size(&self) -> usize {
        match self {
            Content::Sequence(items) => 1 + items.len(),
            Content::Mapping(pairs) => 1 + pairs.len(),
            _ => 1,
        }
    }
}

impl<'s> Tree<'s> {
    /// The file that the tree was read from.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The top node; `None` for a file that holds nothing but space and comments.
    pub fn root(&self) -> Option<Node<'_, 's>> {
        self.root.map(|id| self.node(id))
    }

    /// The spans of all comments, `#` included, in order.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// Where following aliases was given up because the file's aliases expand to too many values.
    pub fn over_budget(&self) -> Option<Span> {
        self.over_budget.get()
    }

    /// Every second key of a mapping that is equal to an earlier key of the same mapping.
    pub fn duplicate_keys(&self) -> Vec<DuplicateKey<'_>> {
        let mut found = Vec::new();
        for node in &self.nodes {
            let Content::Mapping(pairs) = &node.content else { continue };
            let mut first_of: HashMap<&str, Span> = HashMap::with_capacity(pairs.len());
            for &(key, _) in pairs {
                let key = &self.nodes[key.0 as usize];
                let Content::Scalar { text, .. } = &key.content else { continue };
                if let Some(&first) = first_of.get(text.as_ref()) {
                    // Merge keys may be there several times: each names another anchor.
                    if text != MERGE {
                        found.push(DuplicateKey { key: text, first, second: key.span });
                    }
                } else {
                    first_of.insert(text, key.span);
                }
            }
        }
        found.sort_by_key(|duplicate| duplicate.second);
        found
    }

    /// The scalar at `id`, be it by an alias.
    fn scalar(&self, id: NodeId) -> Option<Scalar<'_>> {
        let content = &self.nodes[id.0 as usize].content;
        let target = match content {
            Content::Alias(target) => &self.nodes[target.0 as usize].content,
            content => content,
        };
        let Content::Scalar { text, style, is_text } = target else { return None };
        Some(Scalar { text, style: *style, is_text: *is_text })
    }

    fn node(&self, id: NodeId) -> Node<'_, 's> {
        Node { tree: self, id, span: self.nodes[id.0 as usize].span }
    }
}

/// Two equal keys of one mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateKey<'t> {
    /// The key's text.
    pub key: &'t str,
    /// Where it is first.
    pub first: Span,
    /// Where it is again.
    pub second: Span,
}

/// A value of a tree. What an alias refers to reads as if it were here, under the alias's span.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t, 's> {
    tree: &'t Tree<'s>,
    id: NodeId,
    span: Span,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug)]
pub enum Value<'t, 's> {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// A scalar, with its text after quotes and escapes are taken away.
    Scalar(Scalar<'t>),
    /// A sequence.
    Sequence(Sequence<'t, 's>),
    /// A mapping.
    Mapping(Mapping<'t, 's>),
    /// An alias that leads nowhere, or was not followed; its own error says so.
    Unresolved,
}

/// The text of a scalar, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar<'t> {
    /// The text, after quotes and escapes are taken away.
    pub text: &'t str,
    /// How it was written.
    pub style: ScalarStyle,
    /// Quoted, a block, or tagged `!!str`: text whatever it looks like.
    pub is_text: bool,
}

impl Scalar<'_> {
    /// What the scalar means by YAML's core schema; quoted text is always text.
    pub fn plain(self) -> Plain {
        if self.is_text { Plain::Text } else { Plain::of(self.text) }
    }

    /// What other programs take the scalar for, if not for its text.
    pub fn elsewhere(self) -> Option<Elsewhere> {
        if self.is_text { None } else { Elsewhere::of(self.text) }
    }
}

impl<'t, 's> Node<'t, 's> {
    /// Where the value is: quotes included; for an alias, the alias. The span of a collection
    /// begins at its first bracket, dash or key; that of an empty value is the place after its colon.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What the value is.
    pub fn value(&self) -> Value<'t, 's> {
        let (data, tree) = self.target();
        match &data.content {
            Content::Scalar { text, style, is_text } => {
                let scalar = Scalar { text, style: *style, is_text: *is_text };
                match scalar.plain() {
                    Plain::Null => Value::Null,
                    _ => Value::Scalar(scalar),
                }
            }
            Content::Sequence(items) => Value::Sequence(Sequence { tree, items }),
            Content::Mapping(pairs) => Value::Mapping(Mapping { tree, pairs }),
            Content::Alias(_) | Content::Unresolved => Value::Unresolved,
        }
    }

    /// The scalar that is written here, be it a word for nothing such as `~`; not what is empty.
    pub fn written_scalar(&self) -> Option<Scalar<'t>> {
        let tree = self.tree;
        tree.scalar(self.id).filter(|_| !self.span.is_empty())
    }

    /// The mapping that the value is.
    pub fn mapping(&self) -> Option<Mapping<'t, 's>> {
        match self.value() {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The data of the node, through at most one alias (an anchor is never on an alias).
    fn target(&self) -> (&'t NodeData<'s>, &'t Tree<'s>) {
        let tree = self.tree;
        let data = &tree.nodes[self.id.0 as usize];
        let Content::Alias(target) = &data.content else { return (data, tree) };
        let target = &tree.nodes[target.0 as usize];
        match tree.alias_budget.get().checked_sub(target.content.size()) {
            Some(left) => {
                tree.alias_budget.set(left);
                (target, tree)
            }
            None => {
                if tree.over_budget.get().is_none() {
                    tree.over_budget.set(Some(data.span));
                }
                (data, tree)
            }
        }
    }
}

/// The items of a sequence.
#[derive(Clone, Copy, Debug)]
pub struct Sequence<'t, 's> {
    tree: &'t Tree<'s>,
    items: &'t [NodeId],
}

impl<'t, 's> Sequence<'t, 's> {
    /// The items, in order.
    pub fn items(&self) -> impl ExactSizeIterator<Item = Node<'t, 's>> + use<'t, 's> {
        let tree = self.tree;
        self.items.iter().map(move |&id| tree.node(id))
    }
}

/// The keys and values of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Mapping<'t, 's> {
    tree: &'t Tree<'s>,
    pairs: &'t [(NodeId, NodeId)],
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'t, 's> {
    /// The key, if it is a scalar. Others (`? [a, b]`) have no place in a handbook.
    pub key: Option<&'t str>,
    /// What other programs take the key for, if not for its text.
    pub key_elsewhere: Option<Elsewhere>,
    /// Where the key is.
    pub key_span: Span,
    /// The value.
    pub value: Node<'t, 's>,
}

impl<'t, 's> Mapping<'t, 's> {
    /// The pairs as written, duplicates and merge keys included.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = Pair<'t, 's>> + use<'t, 's> {
        let tree = self.tree;
        self.pairs.iter().map(move |&(key, value)| {
            let key_span = tree.nodes[key.0 as usize].span;
            let scalar = tree.scalar(key);
            Pair {
                key: scalar.map(|scalar| scalar.text),
                key_elsewhere: scalar.and_then(Scalar::elsewhere),
                key_span,
                value: tree.node(value),
            }
        })
    }

    /// What the mapping holds with its merge keys (`<<`) worked out: its own pairs, then what is merged
    /// in and has no key of its own here, of several with one key the first.
    pub fn entries(&self) -> Vec<Entry<'t, 's>> {
        let own = self.pairs().filter(|pair| pair.key != Some(MERGE));
        let mut entries: Vec<Entry<'t, 's>> =
            own.map(|pair| Entry { pair, is_own: true }).collect();
        if self.pairs().any(|pair| pair.key == Some(MERGE)) {
            let mut known: HashSet<&str> =
                entries.iter().filter_map(|entry| entry.pair.key).collect();
            self.merge_into(&mut entries, &mut known, MERGE_DEPTH);
        }
        entries
    }

    fn merge_into(
        &self,
        entries: &mut Vec<Entry<'t, 's>>,
        known: &mut HashSet<&'t str>,
        depth: u8,
    ) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for pair in self.pairs().filter(|pair| pair.key == Some(MERGE)) {
            let sources = match pair.value.value() {
                Value::Mapping(mapping) => vec![mapping],
                Value::Sequence(items) => items.items().filter_map(|item| item.mapping()).collect(),
                _ => Vec::new(),
            };
            for source in sources {
                for pair in source.pairs().filter(|pair| pair.key != Some(MERGE)) {
                    if pair.key.is_some_and(|key| known.insert(key)) {
                        entries.push(Entry { pair, is_own: false });
                    }
                }
                source.merge_into(entries, known, depth);
            }
        }
    }
}

/// The key that merges other mappings into its own.
const MERGE: &str = "<<";
/// How many merged mappings may merge others in turn; a cycle of them ends here.
const MERGE_DEPTH: u8 = 16;

/// A pair of a mapping, its own or merged in.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t, 's> {
    /// The pair.
    pub pair: Pair<'t, 's>,
    /// Whether it is in the mapping itself.
    pub is_own: bool,
}

#[cfg(test)]
mod tests;
