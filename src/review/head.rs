//! Where a page takes a line about itself: below its title.

use std::ops::Range;

use crate::handbook;
use crate::source::markdown::{Block, BlockKind, Heading, Outline};
use crate::source::next_line;

/// The place for a line about the whole page `text`: below the title and a table of contents that follows it. A page
/// without a title has it at the top, below its front matter, its table of contents and whatever a site generator reads
/// from the first lines.
pub(super) fn place(text: &str, outline: &Outline) -> usize {
    let body = outline.front_matter.as_ref().map_or(0, |found| found.block.end);
    let blocks: Vec<&Block> =
        outline.blocks.iter().filter(|block| block.span.start >= body).collect();
    let title = title(text, outline, &blocks);
    let next = match title {
        Some(title) => title + 1,
        None => blocks.iter().take_while(|block| is_metadata(text, block, body)).count(),
    };
    let mut at = match next.checked_sub(1) {
        Some(last) => behind(text, &blocks[last].span),
        None => body,
    };
    let mut is_below_contents = false;
    for block in &blocks[next..] {
        let is_list = is_list_of_parts(text, block);
        is_below_contents |= is_list;
        let is_passed = is_list
            || is_contents(text, block)
            || is_below_contents && ends_contents(text, block)
            || title.is_some() && is_decoration(text, outline, block);
        if is_passed {
            at = behind(text, &block.span);
        } else if is_below_contents || !begins_contents(text, block) {
            break;
        }
    }
    at
}

/// Whether a block is a list of links to parts of the same page and nothing else.
fn is_list_of_parts(text: &str, block: &Block) -> bool {
    let is_link = |line: &str| {
        let item =
            line.trim().trim_start_matches(|c: char| c.is_ascii_digit() || "-*+.) ".contains(c));
        item.starts_with('[') && item.contains("](#") && item.ends_with(')')
    };
    let mut lines = text[block.span.clone()].lines().filter(|line| !line.trim().is_empty());
    block.kind == BlockKind::List && lines.all(is_link)
}

/// Whether a block may come right before a table of contents and belong to it: its heading, `<details>`, a comment of
/// the program that writes it.
fn begins_contents(text: &str, block: &Block) -> bool {
    let content = text[block.span.clone()].to_ascii_lowercase();
    match block.kind {
        BlockKind::Html => content.starts_with("<details") || is_comment(&content),
        BlockKind::Heading | BlockKind::Paragraph => {
            let line = content.lines().next().unwrap_or_default();
            let (label, by) = line.split_once("generated with").unwrap_or((line, ""));
            let label = label.trim_matches(|c: char| !c.is_alphanumeric());
            let is_alone = content.lines().count() == 1 || block.kind == BlockKind::Heading;
            is_alone
                && (by.is_empty() || block.kind == BlockKind::Paragraph)
                && ["table of contents", "contents", "toc", "on this page"].contains(&label)
        }
        _ => false,
    }
}

/// Whether a block below a table of contents ends it.
fn ends_contents(text: &str, block: &Block) -> bool {
    let content = text[block.span.clone()].trim().to_ascii_lowercase();
    block.kind == BlockKind::Html
        && (content == "</details>" || is_comment(&content) && content.contains("toc"))
}

/// Whether HTML in lower case is a comment that has no meaning for pmctl.
fn is_comment(content: &str) -> bool {
    content.starts_with("<!--") && content.trim_end().ends_with("-->") && !content.contains("pmctl")
}

/// Whether a block below the title belongs to it: badges, or a comment of several lines.
fn is_decoration(text: &str, outline: &Outline, block: &Block) -> bool {
    let content = &text[block.span.clone()];
    let is_image = content.contains("![") || content.contains("<img");
    let is_badge = is_image && is_preface(text, outline, block);
    let is_long_comment = block.kind == BlockKind::Html
        && content.trim_end().contains('\n')
        && content.matches("<!--").count() == 1
        && is_comment(&content.to_ascii_lowercase());
    is_badge || is_long_comment
}

/// Which of the page's `blocks` holds its title.
///
/// That is the first heading if only badges, images, comments and the like come before it, and it is of level 1 or gives
/// the page its name; and a heading of level 1 below other text, if nothing else gives the page its name.
fn title(text: &str, outline: &Outline, blocks: &[&Block]) -> Option<usize> {
    let of = |heading: &Heading| {
        blocks.iter().position(|block| {
            let is_own = matches!(block.kind, BlockKind::Heading | BlockKind::Html);
            let Range { start, end } = block.span;
            is_own && start <= heading.span.start && heading.span.end <= end
        })
    };
    let mut headings =
        outline.headings.iter().filter_map(|heading| Some((heading.level, of(heading)?)));
    let (level, at) = headings.next()?;
    let is_first = blocks[..at].iter().all(|block| is_preface(text, outline, block));
    let has_name = handbook::front_matter_title(text).is_some();
    match (is_first, has_name) {
        (true, _) if level == 1 => Some(at),
        (true, false) => Some(at),
        (false, false) => (level == 1).then_some(at),
        _ => None,
    }
}

/// Whether a block before the title is no text: badges, logos, comments, rules, tags of templates, a table of contents.
fn is_preface(text: &str, outline: &Outline, block: &Block) -> bool {
    if matches!(block.kind, BlockKind::Rule) || is_contents(text, block) {
        return true;
    }
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Html) {
        return false;
    }
    let mut shown = text[block.span.clone()].to_owned();
    let links = outline.links.iter().map(|link| &link.span);
    let comments = outline.comments.iter().map(|comment| &comment.span);
    for span in links.chain(comments).chain(&outline.html) {
        let start = span.start.max(block.span.start);
        let end = span.end.min(block.span.end);
        if start < end {
            let part = start - block.span.start..end - block.span.start;
            shown.replace_range(part.clone(), &" ".repeat(part.len()));
        }
    }
    shown.lines().all(|line| {
        let line = line.trim();
        line.starts_with("{:") && line.ends_with('}')
            || line.starts_with("{%") && line.ends_with("%}")
            || line.starts_with("{{") && line.ends_with("}}")
            || !line.contains(char::is_alphanumeric)
    })
}

/// Whether a block is, or is replaced by, a table of contents.
fn is_contents(text: &str, block: &Block) -> bool {
    let content = text[block.span.clone()].trim();
    // kramdown: a list of one item that is replaced by the table of contents.
    let is_kramdown = content.contains("{:toc") || content.contains("{: toc");
    let next = text[block.span.end..].lines().nth(1).unwrap_or_default();
    let is_kramdown = is_kramdown || block.kind == BlockKind::List && next.starts_with("{:toc");
    let names =
        ["[[_toc_]]", "[toc]", "[[toc]]", "{{toc}}", "{{< toc >}}", "{{% toc %}}", "${toc}"];
    is_kramdown || names.iter().any(|name| content.eq_ignore_ascii_case(name))
}

/// Whether a site generator may take a block for data because it comes first: `Title: x` lines, `% Title`, imports of
/// MDX, a comment with fields, options of kramdown.
fn is_metadata(text: &str, block: &Block, body: usize) -> bool {
    let content = &text[block.span.clone()];
    let is_top = text[body..block.span.start].trim().is_empty();
    let all = |is: fn(&str) -> bool| content.lines().all(is);
    let is_field = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(key, value)| {
                !key.is_empty()
                    && (value.is_empty() || value.starts_with(' '))
                    && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            })
    };
    match block.kind {
        BlockKind::Paragraph => {
            let is_first = is_top && body == 0;
            is_first && (all(is_field) || all(|line| line.starts_with('%')))
                || content.starts_with("import ")
                || content.starts_with("export ")
                || all(|line| line.starts_with("{::") && line.ends_with('}'))
        }
        BlockKind::Html => is_top && content.starts_with("<!--") && content.contains("\n.. "),
        _ => false,
    }
}

/// The start of the line behind the block at `span`, and behind a line of attributes that belongs to it.
fn behind(text: &str, span: &Range<usize>) -> usize {
    let mut at = next_line(text, span.end);
    if text[at..].starts_with("{:") && !text[at..].starts_with("{::") {
        at = next_line(text, at);
    }
    at
}
