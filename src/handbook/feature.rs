//! Features, and the cells of the tables that compare them.

use super::Fields;
use crate::source::yaml::{Node, Plain, Value};
use crate::source::{Span, Spanned};

/// A feature of the product, or one that it should have.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its key; where features are a list, its title at the place where the entry begins.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// The keys of its categories.
    pub categories: Vec<Spanned<String>>,
    /// The key of its team.
    pub team: Option<Spanned<String>>,
    /// Its maturity level.
    pub maturity: Option<Spanned<String>>,
    /// Where it is documented, or the issue that would add it.
    pub link: Option<Spanned<String>>,
    /// The keys of the use cases it serves.
    pub use_cases: Vec<Spanned<String>>,
    /// Code hosts, and whether it works with them.
    pub compatibility: Vec<(Spanned<String>, Spanned<bool>)>,
    /// Deployment options, and its maturity there.
    pub deployment: Vec<(Spanned<String>, Spanned<String>)>,
    /// What the tiers and the hosted product have of it; `None` where the format has no tiers.
    pub offers: Option<Offers>,
    /// What other tools have of it.
    pub tools: Vec<(Spanned<String>, ToolCell)>,
    /// A remark.
    pub note: Option<Spanned<String>>,
    /// What messages call it, such as ``feature `Saved searches` ``.
    pub described: String,
    /// The fields that hold something, but nothing that can be read.
    pub broken: Vec<String>,
}

/// What the paid tiers and the hosted product have of a feature.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// The tiers, lowest first; what is in one is in all above it.
    pub tiers: Vec<(&'static str, ToolCell)>,
    /// The hosted product, and its tiers of old.
    pub hosted: Vec<(&'static str, ToolCell)>,
}

impl Offers {
    /// GitLab's tiers, lowest first.
    pub const TIERS: [&'static str; 4] =
        ["gitlab_core", "gitlab_starter", "gitlab_premium", "gitlab_ultimate"];
    /// GitLab.com, and the tiers that it had until 2021.
    pub const HOSTED: [&'static str; 5] =
        ["gitlab_com", "gitlab_free", "gitlab_bronze", "gitlab_silver", "gitlab_gold"];

    /// Whether `field` is one of a tier or of the hosted product.
    pub fn is_offer(field: &str) -> bool {
        Self::TIERS.contains(&field) || Self::HOSTED.contains(&field)
    }

    /// Whether any of them has the feature, wholly or in part.
    pub fn has_any(&self) -> bool {
        let cells = self.tiers.iter().chain(&self.hosted);
        cells.into_iter().any(|(_, cell)| matches!(cell.cell.value, Cell::Yes | Cell::Partially))
    }
}

/// Whether a product has a feature. An empty cell, which says nothing, is no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It has.
    Yes,
    /// It has not.
    No,
    /// It has a part.
    Partially,
    /// The question makes no sense for it.
    NotApplicable,
}

impl Cell {
    /// How cells are written.
    pub const WORDS: [&'static str; 4] = ["true", "false", "partially", "not_applicable"];

    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        let Value::Scalar(scalar) = node.value() else { return None };
        match (scalar.plain(), scalar.text) {
            (Plain::Bool(true), _) => Some(Self::Yes),
            (Plain::Bool(false), _) => Some(Self::No),
            (_, "partially") => Some(Self::Partially),
            (_, "not_applicable") => Some(Self::NotApplicable),
            _ => None,
        }
    }
}

/// A cell, and what is said about it.
#[derive(Clone, Debug)]
pub struct ToolCell {
    /// The cell.
    pub cell: Spanned<Cell>,
    /// What `details` says about it.
    pub details: Option<Spanned<String>>,
}

impl ToolCell {
    /// The cell that `node` is: a word, or a map of `valid` and `details`.
    pub(super) fn from_value(node: Node<'_, '_>) -> Option<Self> {
        let Value::Mapping(mapping) = node.value() else {
            let cell = Spanned::new(Cell::from_node(node)?, node.span());
            return Some(Self { cell, details: None });
        };
        let of = |key| mapping.pairs().find(|pair| pair.key == Some(key)).map(|pair| pair.value);
        let valid = of("valid")?;
        let details = of("details").and_then(|details| match details.value() {
            Value::Scalar(scalar) => Some(Spanned::new(scalar.text.to_owned(), details.span())),
            _ => None,
        });
        Some(Self { cell: Spanned::new(Cell::from_node(valid)?, valid.span()), details })
    }
}

impl Feature {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        let cells = |names: &'static [&'static str]| {
            names
                .iter()
                .filter_map(|name| Some((*name, fields.get::<ToolCell>(name)?.value)))
                .collect()
        };
        let offers = fields
            .declares(Offers::TIERS[0])
            .then(|| Offers { tiers: cells(&Offers::TIERS), hosted: cells(&Offers::HOSTED) });
        Self {
            key: fields.key(),
            title: fields.get("title"),
            categories: fields.list("category"),
            team: fields.get("product_team"),
            maturity: fields.get("maturity"),
            link: fields.get("link").or_else(|| fields.get("documentation_link")),
            use_cases: fields.list("use_cases"),
            compatibility: fields.map("compatibility"),
            deployment: fields.map("deployment"),
            offers,
            note: fields.get("note"),
            described: fields.described(),
            broken: fields.broken(),
            tools: fields.tools(),
        }
    }

    /// Whether the product does not have it: no tier has any of it, or where there are no tiers its level says so.
    pub fn is_missing(&self) -> bool {
        let is_broken = self.broken.iter().any(|field| Offers::is_offer(field));
        match &self.offers {
            Some(offers) => !is_broken && !offers.has_any(),
            None => self
                .maturity
                .as_ref()
                .is_some_and(|level| matches!(level.value.as_str(), "not_implemented" | "planned")),
        }
    }

    /// Whether its link leads to an issue or an epic.
    pub fn links_issue(&self) -> bool {
        self.link.as_ref().is_some_and(|link| {
            ["/issues/", "/epics/", "/work_items/"].iter().any(|part| link.value.contains(part))
        })
    }

    /// Where the feature is named: its title, else its key.
    pub fn name_span(&self) -> Span {
        self.title.as_ref().map_or(self.key.span, |title| title.span)
    }
}
