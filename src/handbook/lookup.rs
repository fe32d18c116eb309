//! The small tables that features point into, and the words that a handbook explains.

use super::Fields;
use crate::source::Spanned;

/// What somebody uses the product for.
#[derive(Clone, Debug)]
pub struct UseCase {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Where it is described.
    pub link: Option<Spanned<String>>,
    /// The departments that sponsor it, each with the key of a person.
    pub sponsors: Vec<(Spanned<String>, Spanned<String>)>,
}

impl UseCase {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            title: fields.get("title"),
            link: fields.get("link"),
            sponsors: fields.map("sponsors"),
        }
    }
}

/// A code host that the product works with.
#[derive(Clone, Debug)]
pub struct CodeHost {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Its own site.
    pub info_link: Option<Spanned<String>>,
}

impl CodeHost {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self { key: fields.key(), title: fields.get("title"), info_link: fields.get("info_link") }
    }
}

/// A way of deploying the product.
#[derive(Clone, Debug)]
pub struct DeploymentOption {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
}

impl DeploymentOption {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self { key: fields.key(), title: fields.get("title") }
    }
}

/// A maturity level that a data file defines.
#[derive(Clone, Debug)]
pub struct MaturityLevel {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// What it means.
    pub definition: Option<Spanned<String>>,
}

impl MaturityLevel {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self { key: fields.key(), title: fields.get("title"), definition: fields.get("definition") }
    }
}

/// A word of the glossary.
#[derive(Clone, Debug)]
pub struct Term {
    /// The part of the glossary it stands in.
    pub section: Spanned<String>,
    /// The word, at the place where its entry begins.
    pub term: Spanned<String>,
    /// What it means; Markdown.
    pub definition: Option<Spanned<String>>,
}

impl Term {
    pub(super) fn read(section: Spanned<String>, fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self { section, term: fields.key(), definition: fields.get("definition") }
    }
}

/// Addresses that lead to another.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old addresses.
    pub sources: Vec<Spanned<String>>,
    /// Where they lead.
    pub target: Option<Spanned<String>>,
    /// How a source is compared: `=` exactly, `~` as a pattern, `^~` as a prefix.
    pub comp_op: Option<Spanned<String>>,
}

impl Redirect {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            sources: fields.list("sources"),
            target: fields.get("target"),
            comp_op: fields.get("comp_op"),
        }
    }
}
