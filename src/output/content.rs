//! What a generator makes, in every format.

use std::io;

use serde_json::{Value, json};

use super::table::{self, Column, Format, Row};
use crate::generate::content::{Block, Inline, Item, Table};
use crate::generate::markdown::{Place, markdown};
use crate::output::Sink;
use crate::source::{RepoPath, sanitise_line};

/// Writes `blocks`, which the generator `name` made, for `page`. `width` is that of the terminal, in columns, if
/// there is one.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(
    format: Format,
    name: &str,
    blocks: &[Block],
    page: &RepoPath,
    width: Option<u16>,
    out: &mut Sink,
) -> io::Result<()> {
    match format {
        Format::Markdown => out.write_all(markdown(blocks, Place { page, level: 0 }).as_bytes()),
        Format::Json => {
            let blocks: Vec<Value> = blocks.iter().map(block).collect();
            crate::output::json::write(out, &json!({ "generator": name, "blocks": blocks }))
        }
        Format::Csv => {
            let tables = tables(blocks);
            tables.iter().try_for_each(|table| table.write(format, "rows", None, out))
        }
        Format::Table => write_text(blocks, width, out),
    }
}

fn write_text(blocks: &[Block], width: Option<u16>, out: &mut Sink) -> io::Result<()> {
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Heading(_, text) | Block::Paragraph(text) => {
                writeln!(out, "{}", sanitise_line(&text.words()))?;
            }
            Block::Table(table) => {
                shown(table, None).write(Format::Table, "rows", width, out)?;
            }
            Block::List(items) => {
                for (depth, text) in flattened(items) {
                    writeln!(out, "{}- {}", "  ".repeat(depth - 1), sanitise_line(&text))?;
                }
            }
            Block::Numbered(items) => {
                for (number, item) in items.iter().enumerate() {
                    writeln!(out, "{}. {}", number + 1, sanitise_line(&item.words()))?;
                }
            }
        }
    }
    Ok(())
}

/// The items and those below them with their depth, from 1.
fn flattened(items: &[Item]) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    // Not by calling itself: data decides how deep lists nest.
    let mut open: Vec<(usize, &Item)> = items.iter().rev().map(|item| (1, item)).collect();
    while let Some((depth, item)) = open.pop() {
        all.push((depth, item.text.words()));
        open.extend(item.children.iter().rev().map(|child| (depth + 1, child)));
    }
    all
}

/// The tables and lists as tables, each row with the heading above it, if there are headings. What has the same columns
/// as what is before it is one table with that.
fn tables(blocks: &[Block]) -> Vec<table::Table> {
    let has_headings = blocks.iter().any(|block| matches!(block, Block::Heading(..)));
    let mut heading = String::new();
    let mut all: Vec<table::Table> = Vec::new();
    for block in blocks {
        let mut next = match block {
            Block::Heading(_, text) => {
                heading = text.words();
                continue;
            }
            Block::Table(table) => shown(table, has_headings.then_some(heading.as_str())),
            Block::List(items) => {
                let columns = ["section", "depth", "text"].map(Column::of);
                let rows = flattened(items)
                    .into_iter()
                    .map(|(depth, text)| Row::new([heading.clone(), depth.to_string(), text]));
                table::Table::new(columns, rows)
            }
            Block::Paragraph(_) | Block::Numbered(_) => continue,
        };
        let keys = |table: &table::Table| {
            table.columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>()
        };
        match all.last_mut() {
            Some(last) if keys(last) == keys(&next) => last.rows.append(&mut next.rows),
            _ => all.push(next),
        }
    }
    all
}

/// A table of words, with the section in front if there is one.
fn shown(table: &Table, section: Option<&str>) -> table::Table {
    let names = section.map(|_| "Section").into_iter();
    let columns = names.chain(table.columns.iter().map(String::as_str)).map(Column::of);
    let rows = table.rows.iter().map(|cells| {
        let cells = cells.iter().map(Inline::words);
        Row::new(section.map(str::to_owned).into_iter().chain(cells))
    });
    table::Table::new(columns, rows)
}

fn block(block: &Block) -> Value {
    let words = |texts: &[Inline]| texts.iter().map(Inline::words).collect::<Vec<_>>();
    match block {
        Block::Heading(level, text) => json!({ "heading": text.words(), "level": level }),
        Block::Paragraph(text) => json!({ "paragraph": text.words() }),
        Block::Table(table) => {
            let rows = table.rows.iter().map(|cells| words(cells));
            json!({ "columns": table.columns, "rows": rows.collect::<Vec<_>>() })
        }
        Block::Numbered(items) => json!({ "notes": words(items) }),
        Block::List(items) => {
            let items = flattened(items).into_iter();
            let items = items.map(|(depth, text)| json!({ "depth": depth, "text": text }));
            json!({ "items": items.collect::<Vec<_>>() })
        }
    }
}
