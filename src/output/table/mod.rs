//! Tables, one file a format.

mod csv;
mod json;
mod markdown;
mod text;

use std::borrow::Cow;
use std::io;

use crate::output::Sink;

/// A table of text. Every row has a cell for each column.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns: the heading for people and, for programs, a key in snake case.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<String>,
    /// How its first cell is coloured in a terminal.
    pub tone: Tone,
}

/// What a row is about, for the eye.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// All is well.
    Good,
    /// Something to look at soon.
    Warning,
    /// Something to do.
    Bad,
    /// Something that is not known.
    Faint,
}

impl Row {
    /// A row without a tone.
    pub fn new(cells: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), tone: Tone::Plain }
    }

    /// The row with a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A column of a [`Table`].
#[derive(Clone, Debug)]
pub struct Column {
    /// What people read above it.
    pub heading: Cow<'static, str>,
    /// What programs call it.
    pub key: Cow<'static, str>,
    /// Whether its cells are cut where the terminal is too narrow for the whole table.
    pub is_cut: bool,
}

impl Column {
    /// A column that is shown whole.
    pub const fn new(heading: &'static str, key: &'static str) -> Self {
        Self { heading: Cow::Borrowed(heading), key: Cow::Borrowed(key), is_cut: false }
    }

    /// A column whose heading is put together.
    pub fn headed(
        heading: impl Into<Cow<'static, str>>,
        key: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { heading: heading.into(), key: key.into(), is_cut: false }
    }

    /// The column, as one that is cut where the terminal is too narrow.
    #[must_use]
    pub const fn cut(mut self) -> Self {
        self.is_cut = true;
        self
    }
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
    out: &mut Sink,
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
    use crate::output::Reader;

    fn written(format: Format) -> String {
        let columns = vec![Column::new("Name", "name"), Column::new("Says", "says")];
        let rows =
            vec![Row::new(["a|b", "=1+1"]), Row::new(["\u{1b}[0m", "two\nlines, \"quoted\" <b>"])];
        let mut out = Sink::new();
        write(format, "rows", &Table { columns, rows }, None, &mut out).expect("memory");
        String::from_utf8(out.shown(Reader::default()).bytes.into_owned()).expect("UTF-8")
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
