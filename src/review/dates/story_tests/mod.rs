//! Pages of made-up handbooks, and what they say of their dates.

mod keys;
mod lines;
mod notations;
mod tables;
mod traps;

use super::*;

/// The reviewed date as `2031-05-04 line`, `malformed v1.30 front-matter`, `partial NAME` or `missing`.
fn reviewed(page: &str) -> String {
    match page_dates(page).reviewed {
        Reviewed::Missing => "missing".to_owned(),
        Reviewed::Found(stamp) => shown(page, &stamp),
        Reviewed::Malformed { form, raw, span } => {
            assert_eq!(page[span], raw, "{page}");
            format!("malformed {raw} {}", form.name())
        }
        Reviewed::InPartial { name, span } => {
            assert_eq!(page[span], name, "{page}");
            format!("partial {name}")
        }
    }
}

/// The updated date as `2031-05-04 line`, or `none`.
fn updated(page: &str) -> String {
    page_dates(page).updated.map_or("none".to_owned(), |stamp| shown(page, &stamp))
}

fn shown(page: &str, stamp: &Stamp) -> String {
    let written = WrittenDate::read_with(&page[stamp.span.clone()], notation::Slashes::MonthFirst)
        .unwrap_or_else(|| panic!("the span holds the date: {page}"));
    assert_eq!(written.1, stamp.span.len(), "the span holds the date only: {page}");
    format!("{} {}", stamp.date.value, stamp.form.name())
}

/// Nothing on the page is a date of its own.
fn assert_silent(page: &str) {
    assert_eq!((reviewed(page).as_str(), updated(page).as_str()), ("missing", "none"), "{page}");
}

/// A page with `line` under its title, and sections below.
fn under_title(line: &str) -> String {
    format!(
        "# Beehives\n\n{line}\n\nWe keep bees.\n\n## Plans\n\nMore bees in 2032-01-01.\n\n## Risks\n\nBears.\n"
    )
}

/// A page with `line` in the middle of a section in its middle.
fn in_section(line: &str) -> String {
    format!(
        "# Beehives\n\nWe keep bees.\n\n## Plans\n\nMore bees.\n\n{line}\n\nEven more.\n\n## Risks\n\nBears.\n"
    )
}

/// A page that ends with `line`.
fn at_end(line: &str) -> String {
    format!(
        "# Beehives\n\nWe keep bees.\n\n## Plans\n\nMore bees.\n\n## Risks\n\nBears.\n\n{line}\n"
    )
}
