//! A table as one JSON object.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Table;

pub(super) fn write(key: &str, table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Value> = table.rows.iter().map(|row| object(table, &row.cells)).collect();
    crate::output::json::write(out, &json!({ key: rows }))
}

fn object(table: &Table, cells: &[String]) -> Value {
    let mut object = Map::new();
    for (column, cell) in table.columns.iter().zip(cells) {
        let number = cell.parse::<u64>().ok().filter(|_| column.is_number);
        object.insert(column.key.to_string(), number.map_or_else(|| json!(cell), Value::from));
    }
    Value::Object(object)
}
