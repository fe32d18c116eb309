//! From text to a [`Tree`], by the events of `granit-parser`.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use granit_parser as granit;
use granit_parser::{ErrorKind, Event, Parser, StructureStyle};

use super::explain::explain;
use super::tabs::{first_tab, is_leading_tab, leading_tab_after, tab_above_error, tab_at_error};
use super::{ALIAS_BUDGET, Anchor, Content, Marks, NodeData, NodeId, ScalarStyle, Tree};
use crate::source::conflict::{CONFLICT, CONFLICT_HELP, conflict_markers};
use crate::source::{FileId, Span, line_start};

/// How deep flow and block collections may nest. Real handbooks nest six deep.
pub(super) const NESTING_LIMIT: usize = 128;
/// How many comment lines may follow each other; the parser's own limit is 96.
const COMMENT_LIMIT: usize = 1_000_000;

/// What came of a text: a tree where the syntax holds, and what is wrong with it.
#[derive(Debug)]
pub struct Parsed<'s> {
    /// The tree; `None` where the syntax does not hold.
    pub tree: Option<Tree<'s>>,
    /// What is wrong, in order. With a tree these are errors that cost one value only.
    pub errors: Vec<SyntaxError>,
}

/// A place where the text is no YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether it is what an unfinished merge left.
    pub is_conflict: bool,
    /// Whether the tree ends there, though the text goes on.
    pub is_cut_off: bool,
}

impl SyntaxError {
    /// The error at `span` that `message` says, with what to do about it.
    pub(in crate::source) fn new(
        span: Span,
        message: impl Into<String>,
        help: Option<String>,
    ) -> Self {
        Self { span, message: message.into(), help, is_conflict: false, is_cut_off: false }
    }
}

/// Parses `text`, which is in `file` from byte `offset` on (0 for a file, more for front matter).
pub fn parse(file: FileId, text: &str, offset: usize) -> Parsed<'_> {
    let mut builder = Builder::new(file, text, offset);
    // Such a line is nothing that YAML has, and what is above and below it is not what was meant.
    if let Some(marker) = conflict_markers(text).into_iter().next() {
        let span = builder.span(marker.line);
        let error = SyntaxError::new(span, CONFLICT, Some(CONFLICT_HELP.to_owned()));
        return Parsed { tree: None, errors: vec![SyntaxError { is_conflict: true, ..error }] };
    }
    for event in Parser::new_from_str_with_options(text, options()) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or_default();
                if !builder.event(event, range) {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let tab = match error.kind() {
                    ErrorKind::UnclosedQuotedScalar => None,
                    _ => tab_at_error(text, builder.read_to(), at)
                        .or_else(|| tab_above_error(text, at, first_error)),
                };
                let (at, kind) = match (tab, unclosed_quote(error.kind(), text, at)) {
                    (Some(tab), None) => (tab, &ErrorKind::TabInIndentation),
                    (_, Some(opening)) => (opening, &ErrorKind::UnclosedQuotedScalar),
                    (None, None) => match place_of(error.kind(), text, at) {
                        at if is_of_tab(error.kind()) && is_leading_tab(text, at) => {
                            (at, &ErrorKind::TabInIndentation)
                        }
                        at => (at, error.kind()),
                    },
                };
                let (message, help) = explain(kind);
                let span = builder.span(at..end_of_mark(text, at));
                builder.errors.push(SyntaxError::new(span, message, help));
                return Parsed { tree: None, errors: builder.errors };
            }
        }
    }
    builder.finish()
}

fn options() -> granit::Options {
    granit::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: NESTING_LIMIT,
        block_nesting_limit: NESTING_LIMIT,
        max_buffered_comment_events: COMMENT_LIMIT,
    }
}

/// Where the parser gives up on `text`, if it does.
fn first_error(text: &str) -> Option<usize> {
    let error = Parser::new_from_str_with_options(text, options()).find_map(Result::err)?;
    Some(error.marker().byte_offset().unwrap_or(text.len()))
}

/// Whether the parser refuses a tab.
fn is_of_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

/// The place of an error; the parser points after a tab, or after the spaces that follow it.
fn place_of(kind: &ErrorKind, text: &str, at: usize) -> usize {
    if matches!(kind, ErrorKind::TabAtBlockScalarStart) {
        return text.get(at..).and_then(|rest| rest.find('\t')).map_or(at, |tab| at + tab);
    }
    if matches!(kind, ErrorKind::TabInPlainScalar) {
        // The parser points to where the text begins.
        return leading_tab_after(text, at).unwrap_or(at);
    }
    let before = &text[..text.floor_char_boundary(at)];
    let blank = before.trim_end_matches([' ', '\t']).len();
    before[blank..].find('\t').filter(|_| is_of_tab(kind)).map_or(at, |tab| blank + tab)
}

/// The quote that was never closed, if that is why the line at `at` seems to continue a quoted text: the
/// quote that would close it comes, if at all, only after a line that has a key of its own.
fn unclosed_quote(kind: &ErrorKind, text: &str, at: usize) -> Option<usize> {
    if !matches!(kind, ErrorKind::InvalidQuotedScalarIndent) {
        return None;
    }
    let before = &text[..text.floor_char_boundary(at)];
    let opening = before.rmatch_indices(['"', '\'']).map(|(at, _)| at).find(|&at| {
        let before = before[..at].trim_end_matches(' ');
        before.len() < at && before.ends_with([':', '-', ',']) || before.ends_with(['[', '{'])
    })?;
    let quote = text[opening..].chars().next()?;
    let rest = &text[before.len()..];
    let continuation = rest.find(quote).map_or(rest, |close| &rest[..close]);
    let is_structure = |line: &str| {
        let line = line.trim_start().trim_start_matches("- ");
        let key =
            line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '));
        line.trim_end() == "---" || key.is_some_and(|(key, _)| !key.trim().contains(' '))
    };
    let is_unclosed = !rest.contains(quote) || continuation.lines().any(is_structure);
    is_unclosed.then_some(opening)
}

/// The end of the character at `at`, so that an error underlines something; a line break is nothing.
fn end_of_mark(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    match rest.chars().next() {
        Some(first) if first != '\n' && first != '\r' => at + first.len_utf8(),
        _ => at,
    }
}

fn collection_marks(style: StructureStyle, tagged: bool) -> Marks {
    Marks { tagged, flow: style == StructureStyle::Flow, ..Marks::default() }
}

/// A collection that is still open.
struct Open {
    node: NodeId,
    /// In a mapping, the key that waits for its value.
    key: Option<NodeId>,
}

struct Builder<'s> {
    file: FileId,
    text: &'s str,
    offset: usize,
    nodes: Vec<NodeData<'s>>,
    root: Option<NodeId>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    comments: Vec<Span>,
    documents: usize,
    errors: Vec<SyntaxError>,
}

impl<'s> Builder<'s> {
    fn new(file: FileId, text: &'s str, offset: usize) -> Self {
        Self {
            file,
            text,
            offset,
            nodes: Vec::with_capacity(text.len() / 24),
            root: None,
            open: Vec::new(),
            anchors: HashMap::new(),
            comments: Vec::new(),
            documents: 0,
            errors: Vec::new(),
        }
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    /// Takes in one event; `false` when the rest of the file does not matter.
    fn event(&mut self, event: Event<'s>, range: std::ops::Range<usize>) -> bool {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let error = SyntaxError::new(
                        self.span(range),
                        "a second document begins here, and nothing reads it",
                        Some("move it to a file of its own, or remove the `---`".to_owned()),
                    );
                    self.errors.push(SyntaxError { is_cut_off: true, ..error });
                    return false;
                }
            }
            Event::Comment(..) => {
                let span = self.span(range);
                self.comments.push(span);
            }
            Event::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    granit::ScalarStyle::Plain => ScalarStyle::Plain,
                    granit::ScalarStyle::SingleQuoted => ScalarStyle::SingleQuoted,
                    granit::ScalarStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
                    granit::ScalarStyle::Literal | granit::ScalarStyle::Folded => {
                        ScalarStyle::Block
                    }
                };
                let marks = Marks { tagged: tag.is_some(), ..Marks::default() };
                let is_text = style != ScalarStyle::Plain
                    || tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let range = self.place_of_empty(range, style);
                let content = Content::Scalar { text, style, is_text };
                self.add(range, content, anchor, marks);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let marks = collection_marks(style, tag.is_some());
                let node = self.add(range, Content::Sequence(Vec::new()), anchor, marks);
                self.open.push(Open { node, key: None });
            }
            Event::MappingStart(style, anchor, tag) => {
                let marks = collection_marks(style, tag.is_some());
                let node = self.add(range, Content::Mapping(Vec::new()), anchor, marks);
                self.open.push(Open { node, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(anchor) => {
                let content = match self.anchors.get(&anchor) {
                    Some(&target) => Content::Alias(target),
                    None => Content::Unresolved,
                };
                self.add(range, content, 0, Marks::default());
            }
            Event::UnresolvedAlias(name) => {
                self.errors.push(SyntaxError::new(
                    self.span(range.clone()),
                    format!("nothing above is anchored as `&{name}`"),
                    Some(
                        "define the anchor first, or put a text that begins with `*` in quotes"
                            .to_owned(),
                    ),
                ));
                self.add(range, Content::Unresolved, 0, Marks::default());
            }
            _ => {}
        }
        true
    }

    /// An empty value is reported in front of its colon, or after the comment that follows its dash;
    /// its place is right after the colon or dash.
    fn place_of_empty(
        &self,
        range: std::ops::Range<usize>,
        style: ScalarStyle,
    ) -> std::ops::Range<usize> {
        if !range.is_empty() || style != ScalarStyle::Plain {
            return range;
        }
        let (before, rest) = self.text.split_at(self.text.floor_char_boundary(range.start));
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let behind = match trimmed.strip_prefix(':') {
            Some(after) => self.text.len() - after.len(),
            None => {
                let line = line_start(before, before.len());
                let comment = before[line..].find(" #").map_or(before.len(), |at| line + at);
                before[..comment].trim_end_matches(' ').len().max(line)
            }
        };
        behind..behind
    }

    /// How far the text was read when the last scalar ended.
    fn read_to(&self) -> usize {
        let scalars =
            self.nodes.iter().rfind(|node| matches!(node.content, Content::Scalar { .. }));
        scalars.map_or(0, |node| node.span.end as usize - self.offset)
    }

    /// Adds a node to the innermost open collection.
    fn add(
        &mut self,
        range: std::ops::Range<usize>,
        content: Content<'s>,
        anchor: usize,
        mut marks: Marks,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let span = self.span(range);
        if let Some(parent) = self.open.last() {
            let above = self.nodes[parent.node.0 as usize].marks;
            if above.anchor != Anchor::None {
                marks.anchor = Anchor::Above;
            }
            marks.flow |= above.flow;
        }
        if anchor > 0 {
            marks.anchor = Anchor::Own;
        }
        self.nodes.push(NodeData { span, marks, content });
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        let Some(parent) = self.open.last_mut() else {
            self.root.get_or_insert(id);
            return id;
        };
        match &mut self.nodes[parent.node.0 as usize].content {
            Content::Sequence(items) => items.push(id),
            Content::Mapping(pairs) => match parent.key.take() {
                None => parent.key = Some(id),
                Some(key) => pairs.push((key, id)),
            },
            _ => {}
        }
        id
    }

    /// Closes the innermost collection, which ends before byte `end`.
    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let data = &self.nodes[open.node.0 as usize];
        let (first, last) = match &data.content {
            Content::Sequence(items) => (items.first(), items.last()),
            Content::Mapping(pairs) => {
                (pairs.first().map(|(key, _)| key), pairs.last().map(|(_, value)| value))
            }
            _ => (None, None),
        };
        let child = |id: &NodeId| self.nodes[id.0 as usize].span;
        let child_start = first.map_or(data.span.start, |first| child(first).start);
        let child_end = last.map_or(0, |last| child(last).end);
        // A block collection ends where the next thing begins; the space between is not its own.
        let start = data.span.start as usize - self.offset;
        let length = self.text.get(start..end).map_or(0, |text| text.trim_end().len());
        let mut span = self.span(start..start + length);
        // A sequence that is not indented is reported after its first dash, where an empty item is not.
        span.start = span.start.min(child_start);
        span.end = span.end.max(child_end);
        self.nodes[open.node.0 as usize].span = span;
    }

    fn finish(mut self) -> Parsed<'s> {
        if let Some(span) = self.first_alias_too_many() {
            self.errors.push(SyntaxError::new(
                span,
                "the aliases of this file expand to too many values",
                Some("write out what they refer to, or split the file".to_owned()),
            ));
            return Parsed { tree: None, errors: self.errors };
        }
        if let Some(tab) = first_tab(self.text, &self.nodes, self.offset) {
            let (message, help) = explain(&ErrorKind::TabInIndentation);
            self.errors.push(SyntaxError::new(self.span(tab..tab + 1), message, help));
            return Parsed { tree: None, errors: self.errors };
        }
        let tree = Tree {
            file: self.file,
            nodes: self.nodes,
            root: self.root,
            comments: self.comments,
            alias_budget: Cell::new(ALIAS_BUDGET),
            over_budget: Cell::new(None),
            by_span: OnceCell::new(),
        };
        Parsed { tree: Some(tree), errors: self.errors }
    }
}

impl Builder<'_> {
    /// The alias with which all of them together expand to more values than [`ALIAS_BUDGET`].
    fn first_alias_too_many(&self) -> Option<Span> {
        let mut values = 0;
        self.nodes.iter().find_map(|node| {
            let Content::Alias(target) = &node.content else { return None };
            values += self.nodes[target.0 as usize].content.size();
            (values > ALIAS_BUDGET).then_some(node.span)
        })
    }
}
