//! A table as one JSON object.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::Table;

pub(super) fn write(key: &str, table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Value> = table.rows.iter().map(|row| object(table, &row.cells)).collect();
    let document = Map::from_iter([(key.to_owned(), Value::Array(rows))]);
    crate::output::json::write(out, &document)
}

fn object(table: &Table, row: &[String]) -> Value {
    let cells = table.columns.iter().zip(row);
    Value::Object(
        cells.map(|(column, cell)| (column.key.to_string(), cell.clone().into())).collect(),
    )
}
