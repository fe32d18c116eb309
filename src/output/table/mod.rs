//! Tables, one file a format.

mod csv;
mod json;
mod markdown;
mod text;

use std::io::{self, Write};

/// A table of text. Every row has a cell for each column.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns: the heading for people and, for programs, a key in snake case.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What people read above it.
    pub heading: &'static str,
    /// What programs call it.
    pub key: &'static str,
}

/// A format for tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns, for people.
    Table,
    /// One JSON object, for programs.
    Json,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// A Markdown table, for pages.
    Markdown,
}

/// Writes `table` in `format`; in JSON its rows stand under `key`. `width` is the terminal's, if there
/// is one.
pub fn write(
    format: Format,
    key: &str,
    table: &Table,
    width: Option<u16>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => text::write(table, width, out),
        Format::Json => json::write(key, table, out),
        Format::Csv => csv::write(table, out),
        Format::Markdown => markdown::write(table, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        let columns =
            vec![Column { heading: "Name", key: "name" }, Column { heading: "Says", key: "says" }];
        let rows = vec![
            vec!["a|b".to_owned(), "=1+1".to_owned()],
            vec!["\u{1b}[0m".to_owned(), "two\nlines, \"quoted\" <b>".to_owned()],
        ];
        let mut out = Vec::new();
        write(format, "rows", &Table { columns, rows }, None, &mut out).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_spreadsheet_takes_no_cell_for_a_formula() {
        assert_eq!(
            written(Format::Csv),
            "name,says\r\na|b,'=1+1\r\n\u{1b}[0m,\"two\nlines, \"\"quoted\"\" <b>\"\r\n"
        );
    }

    #[test]
    fn a_markdown_cell_cannot_end_its_cell_or_open_a_tag() {
        assert_eq!(
            written(Format::Markdown),
            "| Name | Says |\n| --- | --- |\n| a\\|b | =1+1 |\n\
             | \\u{1b}\\[0m | two<br>lines, \"quoted\" \\<b> |\n"
        );
    }

    #[test]
    fn a_terminal_gets_no_control_characters() {
        assert_eq!(
            written(Format::Table),
            "Name       Says\na|b        =1+1\n\\u{1b}[0m  two lines, \"quoted\" <b>\n"
        );
    }

    #[test]
    fn json_keeps_every_character() {
        let value: serde_json::Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
        assert_eq!(value["rows"][1]["name"], "\u{1b}[0m");
    }
}
