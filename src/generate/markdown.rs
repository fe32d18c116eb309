//! Content as Markdown of the page that receives it.

use std::borrow::Cow;

use super::content::{Block, Destination, Inline, Item, Piece, Table};
use crate::source::sanitise;
use crate::source::scheme::may_be_link;
use crate::source::{RepoPath, percent_encoded};

/// Where generated Markdown goes.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// The page, to which links are relative.
    pub page: &'p RepoPath,
    /// The level of the section around it; 0 before the first heading.
    pub level: u8,
}

/// `blocks` as Markdown for `place`: lines that end in `\n`, without an empty one at the end.
pub fn markdown(blocks: &[Block], place: Place<'_>) -> String {
    let mut text = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        match block {
            Block::Heading(below, inline) => {
                let level = (place.level + below).clamp(1, 6);
                let marks = "#".repeat(level.into());
                text.push_str(&[&marks, " ", &heading_text(inline, place), "\n"].concat());
            }
            Block::Paragraph(inline) => {
                text.push_str(&at_line_start(&line(inline, place)));
                text.push('\n');
            }
            Block::Table(table) => write_table(table, place, &mut text),
            Block::List(items) => write_list(items, 0, place, &mut text),
            Block::Numbered(items) => {
                for (before, item) in items.iter().enumerate() {
                    let words = at_line_start(&line(item, place));
                    text.extend([&(before + 1).to_string(), ". ", &words, "\n"]);
                }
            }
        }
    }
    text
}

fn heading_text(inline: &Inline, place: Place<'_>) -> String {
    let text = line(inline, place);
    // Marks at the end would close the heading, and `{#` begin an id.
    let text = text.replace("{#", "{\\#");
    match text.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => text,
    }
}

fn write_table(table: &Table, place: Place<'_>, text: &mut String) {
    let headings: Vec<String> =
        table.columns.iter().map(|heading| escaped(heading.trim())).collect();
    text.push_str(&row(&headings));
    text.push_str(&["|", &" --- |".repeat(table.columns.len()), "\n"].concat());
    for cells in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| self::cell(cell, place)).collect();
        text.push_str(&row(&cells));
    }
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn write_list(items: &[Item], depth: usize, place: Place<'_>, text: &mut String) {
    let indent = "  ".repeat(depth);
    for item in items {
        let words = at_line_start(&line(&item.text, place));
        text.push_str(&[&indent, "- ", &words, "\n"].concat());
        write_list(&item.children, depth + 1, place, text);
    }
}

/// Text for one line.
fn line(inline: &Inline, place: Place<'_>) -> String {
    let line: String = inline.0.iter().map(|piece| self::piece(piece, place)).collect();
    line.trim().to_owned()
}

/// Text for a cell, in which a bar would end it, be it in Markdown of its own.
fn cell(inline: &Inline, place: Place<'_>) -> String {
    let mut cell = String::new();
    for part in &inline.0 {
        let text = piece(part, place);
        match part {
            Piece::Text(_) | Piece::Strong(_) => cell.push_str(&text),
            Piece::Markdown(_) | Piece::Link { .. } | Piece::To(_) => {
                cell.push_str(&with_escaped_bars(&text));
            }
        }
    }
    cell.trim().to_owned()
}

fn with_escaped_bars(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut backslashes = 0;
    for c in text.chars() {
        if c == '|' && backslashes % 2 == 0 {
            escaped.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        escaped.push(c);
    }
    escaped
}

fn piece(piece: &Piece, place: Place<'_>) -> String {
    match piece {
        Piece::Text(text) => escaped(text),
        Piece::Strong(text) => format!("**{}**", escaped(text.trim())),
        Piece::Link { text, to: Destination::Address(to) } if !may_be_link(to) => escaped(text),
        Piece::Link { text, to } => format!("[{}]({})", escaped(text.trim()), address(to, place)),
        Piece::To(to) => address(to, place),
        Piece::Markdown(text) => one_line(text),
    }
}

/// Markdown of a data file on one line, in which nothing is taken for a comment, and so for a marker.
fn one_line(text: &str) -> String {
    let text = spaced(text);
    if !text.contains('<') {
        return sanitise(&text).into_owned();
    }
    let mut safe = String::with_capacity(text.len());
    let mut backslashes = 0;
    for (at, c) in text.char_indices() {
        // One that is there already would take the new one for its own.
        if c == '<' && backslashes % 2 == 0 && text[at..].starts_with("<!--") {
            safe.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        safe.push(c);
    }
    sanitise(&safe).into_owned()
}

/// `text` with one space for any white space: also at its ends, where another piece may follow.
fn spaced(text: &str) -> Cow<'_, str> {
    let mut before = 0;
    let is_so = |byte: u8| {
        let is_fine = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        is_fine
    };
    if text.bytes().all(is_so) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if spaced.ends_with(' ') => {}
            true => spaced.push(' '),
            false => spaced.push(c),
        }
    }
    Cow::Owned(spaced)
}

/// Text that means nothing but itself, on one line. Space at its ends stays: the next piece may need it.
fn escaped(text: &str) -> String {
    const SIGNS: [char; 14] =
        ['|', '<', '>', '[', ']', '*', '_', '`', '~', '&', '\\', '{', '}', '$'];
    let text = spaced(text);
    if !text.contains(SIGNS) {
        return sanitise(&text).into_owned();
    }
    let mut escaped = String::with_capacity(text.len() + SIGNS.len());
    for c in text.chars() {
        if SIGNS.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    sanitise(&escaped).into_owned()
}

/// `text` so that its first character begins no heading, quote or list.
fn at_line_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.chars().next() {
        Some('#' | '+' | '-' | '=') => format!("\\{text}"),
        // Nor does it define what brackets elsewhere on the page mean.
        Some('[') if text.contains("]:") => format!("\\{text}"),
        Some(_) if digits > 0 && text[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &text[..digits], &text[digits..])
        }
        _ => text.to_owned(),
    }
}

/// A destination as it is written on the page.
fn address(to: &Destination, place: Place<'_>) -> String {
    let address = match to {
        Destination::Address(address) => address.clone(),
        Destination::Page(path, anchor) => {
            let path = if path == place.page && anchor.is_some() {
                String::new()
            } else {
                relative(place.page, path)
            };
            match anchor {
                Some(anchor) => format!("{path}#{anchor}"),
                None => path,
            }
        }
    };
    encoded(&address)
}

/// `address` without what would end a destination, or be obeyed in a terminal.
pub fn encoded(address: &str) -> String {
    const SIGNS: [char; 11] = [' ', '(', ')', '<', '>', '|', '\\', '`', '"', '[', ']'];
    let encoded = percent_encoded(address.trim(), |c| !SIGNS.contains(&c) && !c.is_control());
    sanitise(&encoded).into_owned()
}

/// The way from the folder of `from` to `to`.
pub fn relative(from: &RepoPath, to: &RepoPath) -> String {
    let folders: Vec<&str> = from.as_str().split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let parts: Vec<&str> = to.as_str().split('/').collect();
    let common = folders
        .iter()
        .zip(&parts[..parts.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let up = match folders.len() - common {
        // What is before a colon would be taken for a scheme.
        0 if parts[common].contains(':') => "./".to_owned(),
        folders => "../".repeat(folders),
    };
    format!("{up}{}", parts[common..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::markdown::Outline;
    use proptest::prelude::*;

    fn path(path: &str) -> RepoPath {
        RepoPath::new(path).expect("a path")
    }

    #[test]
    fn links_are_relative_to_the_page_that_receives_them() {
        let relative = |from: &str, to: &str| relative(&path(from), &path(to));
        assert_eq!(relative("content/a/b.md", "content/a/c.md"), "c.md");
        assert_eq!(relative("content/a/b.md", "content/d/e/f.md"), "../d/e/f.md");
        assert_eq!(relative("b.md", "d/f.md"), "d/f.md");
        assert_eq!(relative("a/b/c.md", "d.md"), "../../d.md");
        let page = path("a/b.md");
        let place = Place { page: &page, level: 0 };
        let to = |path: RepoPath, anchor: &str| Destination::Page(path, Some(anchor.to_owned()));
        assert_eq!(address(&to(path("a/b.md"), "x"), place), "#x");
        assert_eq!(address(&to(path("a/c.md"), "x"), place), "c.md#x");
    }

    #[test]
    fn headings_come_below_the_section_and_text_begins_nothing_else() {
        let page = path("a.md");
        let blocks = [
            Block::Heading(1, Inline::text("C#")),
            Block::Paragraph(Inline::text("1. not a list")),
            Block::List(vec![Item {
                text: Inline::text("- a"),
                children: vec![Item::new(Inline::text("# b"))],
            }]),
        ];
        let text = markdown(&blocks, Place { page: &page, level: 2 });
        assert_eq!(text, "### C\\#\n\n1\\. not a list\n\n- \\- a\n  - \\# b\n");
    }

    #[test]
    fn pieces_keep_the_space_between_them() {
        let page = path("a.md");
        let inline =
            Inline::strong("Level").then_text(": ").then(Inline::markdown(" *means*\n it "));
        let blocks = [Block::Paragraph(inline)];
        let text = markdown(&blocks, Place { page: &page, level: 0 });
        assert_eq!(text, "**Level**:  *means* it\n");
    }

    #[test]
    fn only_pages_files_and_mail_are_linked() {
        let page = path("a/b.md");
        let place = Place { page: &page, level: 0 };
        let written = |to: &str| {
            let to = Destination::Address(to.to_owned());
            piece(&Piece::Link { text: "x[y]".to_owned(), to }, place)
        };
        for unsafe_one in [
            "javascript:alert(1)",
            " JaVa\tScript:x",
            "javascript&colon;x",
            "data:text/html,x",
            "vbscript:x",
            "ftp://x",
            "javascript%3Ax",
        ] {
            assert_eq!(written(unsafe_one), "x\\[y\\]", "{unsafe_one}");
        }
        for safe in
            ["https://example.com/x", "http://x", "mailto:a@example.com", "/x/", "x.md", "#x"]
        {
            assert_eq!(written(safe), format!("[x\\[y\\]]({safe})"));
        }
        // The name of a file is no scheme.
        assert_eq!(relative(&page, &path("a/javascript:x.md")), "./javascript:x.md");
        assert_eq!(relative(&page, &path("c/javascript:x.md")), "../c/javascript:x.md");
        // Nor does text define what brackets elsewhere mean.
        let blocks = [Block::Numbered(vec![Inline::markdown("[x]: javascript:alert")])];
        assert_eq!(markdown(&blocks, place), "1. \\[x]: javascript:alert\n");
    }

    proptest! {
        #[test]
        fn any_text_is_one_cell_again(texts in prop::collection::vec("\\PC{0,20}|[|`<>!\\-\\[\\]\\\\\\n$&*_]{0,8}|-->", 1..5)) {
            let page = path("a.md");
            let columns = texts.iter().map(|_| "Column".to_owned()).collect();
            let rows = vec![texts.iter().map(|text| Inline::text(text.clone())).collect()];
            let text = markdown(&[Block::Table(Table { columns, rows })], Place { page: &page, level: 0 });
            let outline = Outline::parse(&text);
            prop_assert_eq!(outline.tables.len(), 1, "{}", text);
            let cells = &outline.tables[0].rows[0];
            prop_assert_eq!(cells.raw_cells, texts.len());
            for (cell, text) in cells.cells.iter().zip(&texts) {
                let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(&cell.text, &sanitise(&words).into_owned());
            }
        }
    }
}
