//! Tables.

use super::*;

#[test]
fn cells_have_their_text_and_their_place() {
    let page = page(
        "| Tool<br>name | *Price* |\n|---|--:|\n|  spade | `2 \\| 3` |\n| [hoe](h.md) | é |\n",
    );
    let [table] = page.outline.tables.as_slice() else { panic!("one table") };
    let cell = |cell: &Cell| (cell.text.clone(), page.at(&cell.span));
    let texts = |cells: &[Cell]| cells.iter().map(cell).collect::<Vec<_>>();
    assert_eq!(
        texts(&table.header),
        [("Tool name".into(), "Tool<br>name"), ("Price".into(), "*Price*")]
    );
    assert_eq!(
        texts(&table.rows[0].cells),
        [("spade".into(), "spade"), ("2 | 3".into(), "`2 \\| 3`")]
    );
    assert_eq!(texts(&table.rows[1].cells), [("hoe".into(), "[hoe](h.md)"), ("é".into(), "é")]);
}

#[test]
fn a_row_tells_how_many_cells_were_written() {
    let page = page("a | b\n--|--\n1\n1 | 2\n| 1 | 2 | 3 |\n| `1|2` | 3 |\n");
    let rows = &page.outline.tables[0].rows;
    assert_eq!(rows.iter().map(|row| row.raw_cells).collect::<Vec<_>>(), [1, 2, 3, 3]);
    assert!(rows.iter().all(|row| row.cells.len() == 2));
    let filled = &rows[0].cells[1];
    assert_eq!((filled.text.as_str(), page.at(&filled.span)), ("", ""));
    assert_eq!(filled.span.end, rows[0].span.end);
    assert_eq!(page.at(&rows[2].span), "| 1 | 2 | 3 |");
}

#[test]
fn nested_tables_are_found() {
    let page = page("> | a |\n> |---|\n> | 1 |\n\n- | b |\n  |---|\n  | 2 |\n");
    assert_eq!(page.outline.tables.len(), 2);
    assert_eq!(page.at(&page.outline.tables[0].rows[0].span), "| 1 |");
    assert_eq!(page.at(&page.outline.tables[1].rows[0].cells[0].span), "2");
}
