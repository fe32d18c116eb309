//! What a generator makes, in every format.

use std::io;

use serde_json::{Value, json};

use super::table::{self, Column, Format, Row};
use crate::generate::content::{Block, Inline, Item, Table};
use crate::generate::markdown::{Place, markdown};
use crate::output::Sink;
use crate::source::RepoPath;
use crate::source::sanitise_line;

/// Writes `blocks`, which the generator `name` made, for `page`.
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
        Format::Csv => write_csv(blocks, out),
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
                table::write(Format::Table, "rows", &shown(table, None), width, out)?;
            }
            Block::List(items) => write_items(items, 0, out)?,
            Block::Numbered(items) => {
                for (number, item) in items.iter().enumerate() {
                    writeln!(out, "{}. {}", number + 1, sanitise_line(&item.words()))?;
                }
            }
        }
    }
    Ok(())
}

fn write_items(items: &[Item], depth: usize, out: &mut Sink) -> io::Result<()> {
    // Not by calling itself: data decides how deep lists nest.
    let mut open: Vec<(usize, &Item)> = items.iter().rev().map(|item| (depth, item)).collect();
    while let Some((depth, item)) = open.pop() {
        writeln!(out, "{}- {}", "  ".repeat(depth), sanitise_line(&item.text.words()))?;
        open.extend(item.children.iter().rev().map(|child| (depth + 1, child)));
    }
    Ok(())
}

/// The tables, each row with the heading that its table stands under, if there are headings.
fn write_csv(blocks: &[Block], out: &mut Sink) -> io::Result<()> {
    let has_headings = blocks.iter().any(|block| matches!(block, Block::Heading(..)));
    let mut heading = String::new();
    let mut all: Vec<table::Table> = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(_, text) => heading = text.words(),
            Block::Table(table) => {
                let mut shown = shown(table, has_headings.then_some(heading.as_str()));
                match all.last_mut() {
                    Some(last) if keys(last) == keys(&shown) => last.rows.append(&mut shown.rows),
                    _ => all.push(shown),
                }
            }
            Block::List(items) => {
                let mut rows = Vec::new();
                let mut open: Vec<(usize, &Item)> =
                    items.iter().rev().map(|item| (1, item)).collect();
                while let Some((depth, item)) = open.pop() {
                    rows.push(Row::new([heading.clone(), depth.to_string(), item.text.words()]));
                    open.extend(item.children.iter().rev().map(|child| (depth + 1, child)));
                }
                let columns =
                    ["section", "depth", "text"].map(|name| Column::new(name, name)).to_vec();
                match all.last_mut() {
                    Some(last) if last.columns.len() == 3 && last.columns[1].key == "depth" => {
                        last.rows.append(&mut rows);
                    }
                    _ => all.push(table::Table { columns, rows }),
                }
            }
            Block::Paragraph(_) | Block::Numbered(_) => {}
        }
    }
    for table in &all {
        table::write(Format::Csv, "rows", table, None, out)?;
    }
    Ok(())
}

fn keys(table: &table::Table) -> Vec<&str> {
    table.columns.iter().map(|column| &*column.key).collect()
}

/// A table of words, with the section in front if there is one.
fn shown(table: &Table, section: Option<&str>) -> table::Table {
    let names =
        section.map(|_| "Section".to_owned()).into_iter().chain(table.columns.iter().cloned());
    let columns = names.map(|heading| {
        let key = heading.to_lowercase().replace([' ', '-'], "_");
        Column::headed(heading, key)
    });
    let rows = table.rows.iter().map(|cells| {
        let cells = cells.iter().map(Inline::words);
        Row::new(section.map(str::to_owned).into_iter().chain(cells))
    });
    table::Table { columns: columns.collect(), rows: rows.collect() }
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading(level, text) => json!({ "heading": text.words(), "level": level }),
        Block::Paragraph(text) => json!({ "paragraph": text.words() }),
        Block::Table(table) => {
            let rows =
                table.rows.iter().map(|cells| cells.iter().map(Inline::words).collect::<Vec<_>>());
            json!({ "columns": table.columns, "rows": rows.collect::<Vec<_>>() })
        }
        Block::Numbered(items) => {
            json!({ "notes": items.iter().map(Inline::words).collect::<Vec<_>>() })
        }
        Block::List(items) => {
            let mut all = Vec::new();
            let mut open: Vec<(usize, &Item)> = items.iter().rev().map(|item| (1, item)).collect();
            while let Some((depth, item)) = open.pop() {
                all.push(json!({ "depth": depth, "text": item.text.words() }));
                open.extend(item.children.iter().rev().map(|child| (depth + 1, child)));
            }
            json!({ "items": all })
        }
    }
}
