//! Teams, the people in them, and what people are asked for by name.

use super::Fields;
use crate::source::Spanned;

/// Somebody who works here.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their key.
    pub key: Spanned<String>,
    /// Their name.
    pub name: Option<Spanned<String>>,
    /// What they do; Markdown.
    pub role: Option<Spanned<String>>,
    /// The slug of the role they report to; `none` for nobody.
    pub reports_to: Option<Spanned<String>>,
    /// The slug under which others report to them.
    pub manager_role_slug: Option<Spanned<String>>,
    /// Where they live.
    pub location: Option<Spanned<String>>,
    /// How to speak of them.
    pub pronouns: Option<Spanned<String>>,
    /// How to say their name.
    pub pronunciation: Option<Spanned<String>>,
    /// What they like to say of themselves; Markdown.
    pub description: Option<Spanned<String>>,
    /// Their account at the code host.
    pub github: Option<Spanned<String>>,
    /// Their address.
    pub email: Option<Spanned<String>>,
    /// Their pages elsewhere; Markdown.
    pub links: Option<Spanned<String>>,
    /// Whether the team page leaves them out.
    pub is_hidden: bool,
}

impl Person {
    /// What stands in `reports_to` of the one who reports to nobody.
    pub const NOBODY: &'static str = "none";

    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            name: fields.get("name"),
            role: fields.get("role"),
            reports_to: fields.get("reports_to"),
            manager_role_slug: fields.get("manager_role_slug"),
            location: fields.get("location"),
            pronouns: fields.get("pronouns"),
            pronunciation: fields.get("pronunciation"),
            description: fields.get("description"),
            github: fields.get("github"),
            email: fields.get("email"),
            links: fields.get("links"),
            is_hidden: fields.get("hide_on_team_page").is_some_and(|hidden| hidden.value),
        }
    }
}

/// An organisation of several teams.
#[derive(Clone, Debug)]
pub struct ProductOrg {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Where its strategy page is.
    pub strategy_link: Option<Spanned<String>>,
    /// The key of its product manager.
    pub pm: Option<Spanned<String>>,
    /// The key of its engineering manager.
    pub em: Option<Spanned<String>>,
    /// The key of its designer.
    pub design: Option<Spanned<String>>,
    /// The key of its product marketing manager.
    pub pmm: Option<Spanned<String>>,
}

impl ProductOrg {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            title: fields.get("title"),
            strategy_link: fields.get("strategy_link"),
            pm: fields.get("pm"),
            em: fields.get("em"),
            design: fields.get("design"),
            pmm: fields.get("pmm"),
        }
    }
}

/// A team that builds part of the product.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// The key of its organisation.
    pub org: Option<Spanned<String>>,
    /// Where its strategy page is.
    pub strategy_link: Option<Spanned<String>>,
    /// The key of its product manager.
    pub pm: Option<Spanned<String>>,
    /// The key of its engineering manager.
    pub em: Option<Spanned<String>>,
    /// The key of its tech lead.
    pub tl: Option<Spanned<String>>,
    /// The key of its designer.
    pub design: Option<Spanned<String>>,
    /// The key of its product marketing manager.
    pub pmm: Option<Spanned<String>>,
    /// The labels of its issues.
    pub issue_labels: Vec<Spanned<String>>,
}

impl Team {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            title: fields.get("title"),
            org: fields.get("product_org"),
            strategy_link: fields.get("strategy_link"),
            pm: fields.get("pm"),
            em: fields.get("em"),
            tl: fields.get("tl"),
            design: fields.get("design"),
            pmm: fields.get("pmm"),
            issue_labels: fields.list("issue_labels"),
        }
    }
}

/// A group of people with one interest.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Its key.
    pub key: Spanned<String>,
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// The key of its leader.
    pub leader: Option<Spanned<String>>,
    /// The keys of its members.
    pub members: Vec<Spanned<String>>,
    /// The keys of its sponsors.
    pub leadership_sponsors: Vec<Spanned<String>>,
}

impl Guild {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            name: fields.get("name").or_else(|| fields.get("title")),
            leader: fields.get("leader"),
            members: fields.list("members"),
            leadership_sponsors: fields.list("leadership_sponsors"),
        }
    }
}

/// Who owns something that crosses teams.
#[derive(Clone, Debug)]
pub struct CrossProductOwner {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// The key of the owner.
    pub owner: Option<Spanned<String>>,
}

impl CrossProductOwner {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self { key: fields.key(), title: fields.get("title"), owner: fields.get("owner") }
    }
}
