//! The table of product areas: which of its rows a page belongs to.
//!
//! The table says what is owned in words, not in paths, so a page is taken for a row's only where its
//! name or title is, as a whole, an area or one of the area's example features, or where it lies in a
//! folder named as an area. An example is too small a thing to own a folder.

use std::collections::HashMap;

use crate::handbook::{Page, ProductArea};
use crate::source::FileStore;
use crate::source::markdown::Outline;

/// The rows by the words that stand for them.
#[derive(Debug, Default)]
pub(super) struct OwnershipTable<'h> {
    areas: HashMap<String, Vec<&'h ProductArea>>,
    features: HashMap<String, Vec<&'h ProductArea>>,
}

/// A row that a page belongs to.
pub(super) struct Found<'h> {
    pub(super) area: &'h ProductArea,
    /// Why, as the beginning of a sentence.
    pub(super) because: String,
}

impl<'h> OwnershipTable<'h> {
    pub(super) fn new(rows: &'h [ProductArea]) -> Self {
        let mut table = Self::default();
        for row in rows {
            table.areas.entry(words(&row.name.value)).or_default().push(row);
            for feature in &row.features {
                let rows = table.features.entry(words(&feature.value)).or_default();
                // Two spellings of one feature in one row are one.
                if !rows.iter().any(|other| std::ptr::eq(*other, row)) {
                    rows.push(row);
                }
            }
        }
        table
    }

    /// The rows that `page` belongs to: several where several list the same feature.
    pub(super) fn find(&self, page: &Page, files: &FileStore) -> Vec<Found<'h>> {
        if self.areas.is_empty() {
            return Vec::new();
        }
        let mut folders = page.path.folders().filter_map(|folder| folder.rsplit('/').next());
        let stem = page.path.file_name().split('.').next().unwrap_or_default();
        let name = match stem {
            "README" | "index" => folders.next().unwrap_or_default(),
            stem => stem,
        };
        let title = title(files.file(page.file).outline());
        let titled = || title.map(|title| ("the title is", title));
        let both = || std::iter::once(("the page is named", name)).chain(titled());
        let by = |rows: &HashMap<String, Vec<&'h ProductArea>>, (how, name): (&str, &str)| {
            let rows = rows.get(&words(name)).filter(|_| !words(name).is_empty())?;
            let because = format!("{how} `{name}`");
            let found = rows.iter().map(|area| Found { area, because: because.clone() });
            Some(found.collect::<Vec<_>>())
        };
        both()
            .find_map(|name| by(&self.areas, name))
            .or_else(|| both().find_map(|name| by(&self.features, name)))
            .or_else(|| {
                folders.find_map(|folder| by(&self.areas, ("the page lies in the folder", folder)))
            })
            .unwrap_or_default()
    }
}

/// The first heading of the highest level.
fn title(outline: &Outline) -> Option<&str> {
    let first = outline.headings.iter().find(|heading| heading.level == 1);
    first.map(|heading| heading.title.as_str())
}

/// The words of a name, whatever their letter case and what stands between them.
fn words(name: &str) -> String {
    let name = name.to_lowercase().replace('&', " and ");
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
