//! A table as Markdown.

use std::io::{self, Write};

use super::Table;
use crate::output::sanitise;

pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<&str> = table.columns.iter().map(|column| &*column.heading).collect();
    writeln!(out, "| {} |", headings.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(headings.len()))?;
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| escaped(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// A text that stays one cell and means nothing but itself.
pub fn escaped(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => cell.push_str("<br>"),
            '|' | '<' | '[' | ']' | '*' | '_' | '`' | '~' | '&' | '\\' => {
                cell.push('\\');
                cell.push(c);
            }
            _ => cell.push(c),
        }
    }
    sanitise(&cell).into_owned()
}

/// A message of pmctl on one line, in which the code marks that pmctl writes make code, and nothing else means anything
/// but itself. It may be the cell of a table.
pub fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // Of an odd number of marks the last one closes nothing.
    let paired = if parts.len() % 2 == 1 { parts.len() } else { parts.len() - 1 };
    let mut line = String::with_capacity(text.len());
    for (at, part) in parts.iter().enumerate() {
        let is_code = at % 2 == 1 && at < paired;
        match (is_code, part.is_empty()) {
            // Nothing between two marks would be the beginning of another kind of code.
            (true, true) => line.push_str("\\`\\`"),
            (true, false) => {
                let code = part.replace("\r\n", " ").replace(['\n', '\r'], " ").replace('|', "\\|");
                line.push_str(&["`", &sanitise(&code), "`"].concat());
            }
            (false, _) if at >= paired => line.push_str(&["\\`", &escaped(part)].concat()),
            (false, _) => line.push_str(&escaped(part)),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_marks_make_code_and_the_rest_means_itself() {
        assert_eq!(
            message("feature `kites` is `b*`, not *c*"),
            "feature `kites` is `b*`, not \\*c\\*"
        );
        assert_eq!(message("`<b>` and <b>"), "`<b>` and \\<b>");
        assert_eq!(message("a `b"), "a \\`b");
        assert_eq!(message("`a` b `c"), "`a` b \\`c");
        assert_eq!(message("a `` b"), "a \\`\\` b");
        assert_eq!(message("`a|b` `a\nb`"), "`a\\|b` `a b`");
    }

    #[test]
    fn every_mark_is_closed_whatever_a_handbook_puts_between() {
        use crate::source::markdown::Outline;
        for word in ["a`b", "`", "``", "a``b`", "a` <b>x</b> `c", "\n\n# x"] {
            let line = message(&format!("feature `{word}` is *new* [x](y)"));
            let outline = Outline::parse(&line);
            assert!(outline.links.is_empty() && outline.headings.is_empty(), "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
    }
}
