//! Sections, stages and groups: who looks after which categories.

use super::Fields;
use crate::source::Spanned;

/// The word that stands for "nobody yet" where a name belongs.
const NOBODY: &str = "TBD";

/// A section: several stages.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its key.
    pub key: Spanned<String>,
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// Its product managers.
    pub pm: Vec<Spanned<String>>,
    /// Where its direction page is.
    pub direction: Option<Spanned<String>>,
}

/// A stage of the product's life cycle: several groups.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its key.
    pub key: Spanned<String>,
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// The key of its section.
    pub section: Option<Spanned<String>>,
    /// Its product managers.
    pub pm: Vec<Spanned<String>>,
    /// Where its direction page is.
    pub direction: Option<Spanned<String>>,
    /// Its groups.
    pub groups: Vec<Group>,
}

/// A group: the people who build some categories of one stage.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its key.
    pub key: Spanned<String>,
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// Its product managers.
    pub pm: Vec<Spanned<String>>,
    /// Its product marketing managers.
    pub pmm: Vec<Spanned<String>>,
    /// Where its direction page is.
    pub direction: Option<Spanned<String>>,
    /// Its designers.
    pub ux: Vec<Spanned<String>>,
    /// The keys of its categories.
    pub categories: Vec<Spanned<String>>,
}

impl Section {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            name: fields.get("name"),
            pm: people(fields, "pm"),
            direction: fields.get("direction"),
        }
    }
}

impl Stage {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            name: fields.get("display_name"),
            section: fields.get("section"),
            pm: people(fields, "pm"),
            direction: fields.get("direction"),
            groups: fields.records("groups", Group::read),
        }
    }
}

impl Group {
    fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            name: fields.get("name"),
            pm: people(fields, "pm"),
            pmm: people(fields, "pmm"),
            direction: fields.get("direction"),
            ux: people(fields, "ux"),
            categories: fields.list("categories"),
        }
    }
}

/// The names in a field that holds one or a list of them.
fn people(fields: &Fields<'_, '_, '_, '_>, field: &str) -> Vec<Spanned<String>> {
    let mut names = fields.list::<String>(field);
    names.retain(|name| !name.value.trim().eq_ignore_ascii_case(NOBODY));
    names
}
