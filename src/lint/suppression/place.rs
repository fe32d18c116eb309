//! Where comments stand in a file, and what of the file each of them is about.

use std::ops::Range;

use super::comment::WORD;
use crate::source::markdown::{BlockKind, FrontMatter, Language, Outline};
use crate::source::{FileId, LineTable, yaml};

/// A comment that begins with the word of a suppression. The ranges are of bytes in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// What it says, without its marks.
    pub(super) text: Range<usize>,
    /// What it is about: findings that begin here, or right behind the last byte.
    pub(super) about: Range<usize>,
}

/// The comments of a page, those in its front matter too. What stands in code is an example.
pub(super) fn in_page(file: FileId, text: &str, outline: &Outline) -> Vec<Comment> {
    let mut found = Vec::new();
    if let Some(front_matter) = &outline.front_matter {
        if text[front_matter.content.clone()].contains(WORD) {
            found.extend(in_front_matter(file, text, front_matter));
        }
    }
    let mut comments: Vec<Range<usize>> =
        outline.comments.iter().map(|comment| comment.span.clone()).collect();
    comments.sort_by_key(|span| span.start);
    let blocks = Blocks::new(text, outline, &comments);
    let mut code: Vec<Range<usize>> = outline.code.iter().map(|code| code.span.clone()).collect();
    code.sort_by_key(|span| span.start);
    let mut code = Nested::new(code);
    let mut parts = Nested::new(parts(outline));
    for span in comments {
        if code.innermost(span.start).is_some() {
            continue;
        }
        let part = parts.innermost(span.start);
        let inside = text[span.clone()].strip_prefix("<!--").unwrap_or_default();
        let inside = inside.strip_suffix("-->").unwrap_or(inside);
        if !inside.trim_start().starts_with(WORD) {
            continue;
        }
        let start = span.start + "<!--".len();
        let about = part.or_else(|| blocks.about(span.start));
        found.extend(about.map(|about| Comment { text: start..start + inside.len(), about }));
    }
    found
}

/// The items of lists, the tables and their rows, in the order of the page, outer before inner ones.
fn parts(outline: &Outline) -> Vec<Range<usize>> {
    let tables = outline.tables.iter();
    let rows = tables.clone().flat_map(|table| table.rows.iter().map(|row| row.span.clone()));
    let tables = tables.map(|table| table.span.clone());
    let mut parts: Vec<Range<usize>> =
        outline.items.iter().cloned().chain(tables).chain(rows).collect();
    parts.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    parts
}

/// Ranges of which none overlaps another in part, asked for places in rising order.
struct Nested {
    ranges: Vec<Range<usize>>,
    next: usize,
    open: Vec<Range<usize>>,
}

impl Nested {
    fn new(ranges: Vec<Range<usize>>) -> Self {
        Self { ranges, next: 0, open: Vec::new() }
    }

    /// The last range to begin of those that hold the byte `at`.
    fn innermost(&mut self, at: usize) -> Option<Range<usize>> {
        while let Some(range) = self.ranges.get(self.next).filter(|range| range.start <= at) {
            self.open.push(range.clone());
            self.next += 1;
        }
        self.open.retain(|range| range.end > at);
        self.open.last().cloned()
    }
}

/// What a comment holds in which rules find something: markers of generated text, and dates of reviews.
const JUDGED: [&str; 2] = ["pmctl:", "freshness"];

/// The top level of a page, front matter included.
struct Blocks {
    spans: Vec<Range<usize>>,
    /// What a comment in each block is about: the block, or what follows one that holds nothing but comments
    /// that no rule looks into.
    about: Vec<Range<usize>>,
}

impl Blocks {
    fn new(text: &str, outline: &Outline, comments: &[Range<usize>]) -> Self {
        let front_matter = outline.front_matter.iter().map(|found| (found.block.clone(), false));
        let mut comments = comments.iter().peekable();
        let blocks = outline.blocks.iter().map(|block| {
            let (mut at, mut is_bare) = (block.span.start, block.kind == BlockKind::Html);
            while comments.next_if(|comment| comment.start < at).is_some() {}
            while let Some(comment) = comments.next_if(|comment| comment.start < block.span.end) {
                is_bare &= text.get(at..comment.start).unwrap_or_default().trim().is_empty();
                is_bare &= !JUDGED.iter().any(|word| text[(*comment).clone()].contains(word));
                at = comment.end;
            }
            is_bare &= text.get(at..block.span.end).unwrap_or_default().trim().is_empty();
            (block.span.clone(), is_bare)
        });
        let mut blocks: Vec<(Range<usize>, bool)> = blocks.chain(front_matter).collect();
        blocks.sort_by_key(|(span, _)| span.start);
        let mut about: Vec<Range<usize>> = Vec::with_capacity(blocks.len());
        for (at, (span, is_bare)) in blocks.iter().enumerate().rev() {
            let next = blocks.get(at + 1).map(|(next, _)| next);
            let between = span.end..next.map_or(text.len(), |next| next.start).max(span.end);
            about.push(match (is_bare, about.last()) {
                (false, _) => span.clone(),
                // A comment before other comments is about what they are about. What stands between blocks
                // without being one is the definitions of links.
                (true, Some(following)) if text[between.clone()].trim().is_empty() => {
                    following.clone()
                }
                (true, _) => between,
            });
        }
        about.reverse();
        Self { spans: blocks.into_iter().map(|(span, _)| span).collect(), about }
    }

    /// What a comment is about that begins at byte `start`.
    fn about(&self, start: usize) -> Option<Range<usize>> {
        let at = self.spans.partition_point(|span| span.start <= start).checked_sub(1)?;
        (start < self.spans[at].end).then(|| self.about[at].clone())
    }
}

/// The comments in the front matter of the page `text`. JSON has none.
fn in_front_matter(file: FileId, text: &str, front_matter: &FrontMatter) -> Vec<Comment> {
    match front_matter.parse(file, text).tree {
        Some(tree) => about_lines(text, &comments_of(&tree)),
        None if front_matter.language == Language::Json => Vec::new(),
        None => in_lines(text, front_matter.content.clone()),
    }
}

fn comments_of(tree: &yaml::Tree<'_>) -> Vec<Range<usize>> {
    tree.comments().iter().map(|span| span.range()).collect()
}

/// The comments in the YAML that stands at `range` of `text`.
pub(super) fn in_yaml(file: FileId, text: &str, range: Range<usize>) -> Vec<Comment> {
    match yaml::parse(file, &text[range.clone()], range.start).tree {
        Some(tree) => about_lines(text, &comments_of(&tree)),
        None => in_lines(text, range),
    }
}

/// The comments in the lines at `range` of `text`, by their looks: from a `#` at the beginning of a line or
/// behind white space.
pub(super) fn in_lines(text: &str, range: Range<usize>) -> Vec<Comment> {
    let mut at = range.start;
    let mut comments = Vec::new();
    for line in text[range].split_inclusive('\n') {
        let begins = |&(hash, _): &(usize, &str)| {
            hash == 0 || line[..hash].ends_with(|c: char| c.is_ascii_whitespace())
        };
        if let Some((hash, _)) = line.match_indices('#').find(begins) {
            comments.push(at + hash..at + line.trim_end().len());
        }
        at += line.len();
    }
    about_lines(text, &comments)
}

/// The suppressions among `comments` from a `#` to the end of its line, in order: each is about its line, or
/// about the next that is no comment.
fn about_lines(text: &str, comments: &[Range<usize>]) -> Vec<Comment> {
    let lines = LineTable::new(text);
    let range_of = |line: usize| lines.range(text, line).unwrap_or(text.len()..text.len());
    let mut found = Vec::new();
    // The comment line below, and what it is about.
    let mut below: Option<(usize, Range<usize>)> = None;
    for span in comments.iter().rev() {
        let number = lines.position(text, span.start).line;
        let line = range_of(number);
        let is_alone = text[line.start..span.start].trim().is_empty();
        let about = match below.take() {
            _ if !is_alone => line,
            Some((next, about)) if next == number + 1 => about,
            _ => range_of(number + 1),
        };
        if is_alone {
            below = Some((number, about.clone()));
        }
        let inside = text[span.clone()].trim_start_matches('#');
        if inside.trim_start().starts_with(WORD) {
            found.push(Comment { text: span.end - inside.len()..span.end, about });
        }
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What each comment of a page is about.
    fn page(text: &str) -> Vec<&str> {
        let found = in_page(FileId::NONE, text, &Outline::parse(text));
        found.into_iter().map(|comment| &text[comment.about]).collect()
    }

    fn yaml(text: &str) -> Vec<&str> {
        let found = in_yaml(FileId::NONE, text, 0..text.len());
        found.into_iter().map(|comment| &text[comment.about]).collect()
    }

    const WHY: &str = "<!-- pmctl-ignore wrong-type: why -->";

    #[test]
    fn a_comment_on_its_own_is_about_the_block_that_follows() {
        for next in
            ["One\ntwo", "# One", "- one\n- two", "| a |\n|---|\n| b |", "```\nx\n```", "<p>"]
        {
            assert_eq!(page(&format!("{WHY}\n{next}\n\nLast\n")), [next]);
            assert_eq!(page(&format!("First\n\n{WHY}\n\n{next}\n\nLast\n")), [next]);
        }
        assert_eq!(page(&format!("{WHY}\n\n<!-- note -->\n{WHY}\n# One\n")), ["# One", "# One"]);
        let marker = "<!-- pmctl:begin x -->";
        assert_eq!(page(&format!("{WHY}\n{marker}\n\n# One\n")), [marker]);
        assert_eq!(page(&format!("{WHY}\n---\ntitle: x\n---\nOne\n")), ["---\ntitle: x\n---\n"]);
        assert_eq!(page(&format!("One\n\n{WHY}\n")), ["\n"]);
        assert_eq!(page(&format!("{WHY}\n[a]: x.md\n\n[a]\n")), ["\n[a]: x.md\n\n"]);
    }

    #[test]
    fn a_comment_in_a_block_is_about_that_block() {
        for block in ["One @", "# One @", "> One\n> two @", "One\ntwo @", "<p>One @</p>", "@ One"] {
            let block = block.replace('@', WHY);
            assert_eq!(page(&format!("First\n\n{block}\n\nLast\n")), [block]);
        }
    }

    #[test]
    fn in_a_list_it_is_about_the_item_and_in_a_table_about_the_row() {
        let list = format!("- one\n- two\n  - deep {WHY}\n  - other\n- three {WHY}\n");
        assert_eq!(page(&list), [format!("- deep {WHY}"), format!("- three {WHY}")]);
        let table = format!("| a |\n|---|\n| b |\n| c {WHY} |\n| d |\n");
        assert_eq!(page(&table), [format!("| c {WHY} |")]);
        let table = format!("| a {WHY} |\n|---|\n| b |\n");
        assert_eq!(page(&table), [table.trim_end()]);
    }

    #[test]
    fn what_stands_in_code_is_an_example() {
        for code in ["`@`", "```\n@\n```", "    @\n", "<pre>\n@\n</pre>", "<code>@</code> x"] {
            let page_text = format!("One\n\n{}\n", code.replace('@', WHY));
            assert_eq!(page(&page_text), Vec::<&str>::new(), "{page_text}");
        }
    }

    #[test]
    fn in_yaml_it_is_about_its_line_or_the_next() {
        let text = "# pmctl-ignore x: why\n# note\n# pmctl-ignore y: why\na: 1\nb: 2 # pmctl-ignore x: why\n";
        assert_eq!(yaml(text), ["a: 1", "a: 1", "b: 2 # pmctl-ignore x: why"]);
        assert_eq!(yaml("a: '# pmctl-ignore x: why'\nb: |\n  # pmctl-ignore x: why\n"), [""; 0]);
        assert_eq!(yaml("a: 1\n# pmctl-ignore x: why"), [""]);
        assert_eq!(yaml("a: 1\r\n# pmctl-ignore x: why\r\nb: 2\r\n"), ["b: 2"]);
        assert_eq!(page("---\n# pmctl-ignore x: why\ntitle: A\n---\n# A\n"), ["title: A"]);
    }

    #[test]
    fn where_yaml_is_broken_comments_are_found_by_their_looks() {
        assert_eq!(yaml("a: [1\n# pmctl-ignore x: why\nb: 2\n"), ["b: 2"]);
        assert_eq!(
            yaml("a: {b#c: x # pmctl-ignore x: why\n"),
            ["a: {b#c: x # pmctl-ignore x: why"]
        );
    }

    #[test]
    fn in_a_file_of_owners_a_sign_begins_a_comment_behind_white_space() {
        let text = "# pmctl-ignore x: why\n\\#docs @ada\n/a#b @bo\t# pmctl-ignore x: why\n";
        let found = in_lines(text, 0..text.len());
        let about: Vec<&str> = found.into_iter().map(|comment| &text[comment.about]).collect();
        assert_eq!(about, ["\\#docs @ada", "/a#b @bo\t# pmctl-ignore x: why"]);
    }

    const PIECES: [&str; 22] = [
        "<!--", "-->", WORD, " x: y", "\n", "\n\n", "\r\n", "# ", "- ", "  ", "| a |", "|---|\n",
        "---\n", "`", "```\n", "> ", "a: ", "[", "'", "é", "<p>", "[a]: b\n",
    ];

    proptest! {
        #[test]
        fn whatever_stands_there_the_places_are_of_the_text(
            pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)
        ) {
            let text = pieces.concat();
            let (all, file) = (0..text.len(), FileId::NONE);
            let page = in_page(file, &text, &Outline::parse(&text));
            let found = [page, in_yaml(file, &text, all.clone()), in_lines(&text, all)];
            for comment in found.into_iter().flatten() {
                let inside = text.get(comment.text.clone()).expect("a part of the text");
                prop_assert!(inside.trim_start().starts_with(WORD));
                prop_assert!(text.get(comment.about).is_some());
            }
        }
    }
}
