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
    /// The columns.
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
    /// Makes a row without a tone.
    pub fn new(cells: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), tone: Tone::Plain }
    }

    /// Gives the row a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A column of a [`Table`].
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading, for people.
    pub heading: Cow<'static, str>,
    /// The name in snake case, for programs.
    pub key: Cow<'static, str>,
    /// Whether its cells are cut where the terminal is too narrow for the whole table.
    pub is_cut: bool,
    /// Whether its cells are numbers in JSON.
    is_number: bool,
}

impl Column {
    /// Makes a column that is shown whole.
    pub fn new(heading: impl Into<Cow<'static, str>>, key: impl Into<Cow<'static, str>>) -> Self {
        Self { heading: heading.into(), key: key.into(), is_cut: false, is_number: false }
    }

    /// Makes a column whose key is its heading in snake case.
    pub fn of(heading: impl Into<String>) -> Self {
        let heading = heading.into();
        let key = heading.to_lowercase().replace([' ', '-'], "_");
        Self::new(heading, key)
    }

    /// Lets the cells be cut where the terminal is too narrow.
    #[must_use]
    pub fn cut(mut self) -> Self {
        self.is_cut = true;
        self
    }

    /// Makes the cells numbers in JSON.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.is_number = true;
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

impl Table {
    /// Makes a table.
    pub fn new(
        columns: impl IntoIterator<Item = Column>,
        rows: impl IntoIterator<Item = Row>,
    ) -> Self {
        Self { columns: columns.into_iter().collect(), rows: rows.into_iter().collect() }
    }

    /// Writes the table in `format`; in JSON its rows are the list `key`. `width` is that of the terminal, in
    /// columns, if there is one.
    ///
    /// # Errors
    ///
    /// Fails if `out` cannot be written.
    pub fn write(
        &self,
        format: Format,
        key: &str,
        width: Option<u16>,
        out: &mut Sink,
    ) -> io::Result<()> {
        match format {
            Format::Table => text::write(self, width, out),
            Format::Json => json::write(key, self, out),
            Format::Csv => csv::write(self, out),
            Format::Markdown => markdown::write(self, out),
        }
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
        Table::new(columns, rows).write(format, "rows", None, &mut out).expect("memory");
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
