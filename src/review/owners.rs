//! Who owns a page, and how that is known.
//!
//! Source of the order: the handbooks' own rules. At GitLab a page is its group's product manager's,
//! else the stage's, else the section's; at Sourcegraph its team's; Mattermost keeps a table of product
//! areas. What a page says of itself goes before all that, CODEOWNERS and CODENOTIFY come last.

mod areas;
mod table;
#[cfg(test)]
mod tests;

use crate::handbook::{Handbook, Page};
use crate::source::owners_file::{OwnersFile, Rule};
use crate::source::{FileStore, RepoPath};

use areas::{Areas, Claim};
use table::OwnershipTable;

/// Who owns a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership {
    /// Names as the handbook writes them, without a remark such as `(Acting)`; or `@handles` and mail addresses from CODEOWNERS and CODENOTIFY.
    pub owners: Vec<String>,
    /// What names them.
    pub source: OwnerSource,
    /// The keys of what the page belongs to, outermost first: section, stage, group and category, or
    /// organisation, team and category; of the ownership table the name of the area.
    pub areas: Vec<String>,
    /// The steps that lead to the owners, as sentences without a full stop.
    pub trace: Vec<String>,
}

/// What names the owners of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerSource {
    /// The page itself.
    Page,
    /// The group that has the page's category.
    GroupPm,
    /// The stage.
    StagePm,
    /// The section.
    SectionPm,
    /// The team, or its organisation.
    TeamPm,
    /// The table of product areas.
    OwnershipTable,
    /// CODEOWNERS.
    Codeowners,
    /// CODENOTIFY.
    Codenotify,
    /// Nothing.
    #[default]
    None,
}

impl OwnerSource {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 9] = [
        Self::Page,
        Self::GroupPm,
        Self::StagePm,
        Self::SectionPm,
        Self::TeamPm,
        Self::OwnershipTable,
        Self::Codeowners,
        Self::Codenotify,
        Self::None,
    ];

    /// Its name, which does not change.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::GroupPm => "group-pm",
            Self::StagePm => "stage-pm",
            Self::SectionPm => "section-pm",
            Self::TeamPm => "team-pm",
            Self::OwnershipTable => "ownership-table",
            Self::Codeowners => "codeowners",
            Self::Codenotify => "codenotify",
            Self::None => "none",
        }
    }
}

/// The owners of all pages of a handbook.
#[derive(Debug)]
pub struct Owners<'h> {
    handbook: &'h Handbook,
    files: &'h FileStore,
    areas: Areas<'h>,
    table: OwnershipTable<'h>,
}

/// Owners, and what names them.
type Named = (OwnerSource, Vec<String>);

impl<'h> Owners<'h> {
    /// Finds what every page belongs to. CODEOWNERS, CODENOTIFY and the ownership table are asked if
    /// [`read_owner_files`](crate::handbook::Loaded::read_owner_files) has read them.
    pub fn new(handbook: &'h Handbook, files: &'h FileStore) -> Self {
        let areas = Areas::new(handbook);
        let table = OwnershipTable::new(&handbook.owner_files.areas);
        Self { handbook, files, areas, table }
    }

    /// Who owns `page`, whose front matter or freshness mark names `own`.
    pub fn of(&self, page: &Page, own: Option<&str>) -> Ownership {
        let claims = self.areas.claims(&page.path);
        let mut areas = self.areas.keys(claims);
        let mut trace = Vec::new();
        let own = own.map(str::trim).filter(|own| !own.is_empty());
        let (source, owners) = own
            .map(|own| {
                trace.push(format!("the page names its owner, {own}"));
                (OwnerSource::Page, vec![own.to_owned()])
            })
            .or_else(|| self.product_manager(claims, &mut trace))
            .or_else(|| self.table(page, &mut areas, &mut trace))
            .or_else(|| self.codeowners(&page.path, &mut trace))
            .or_else(|| self.codenotify(&page.path, &mut trace))
            .unwrap_or((OwnerSource::None, Vec::new()));
        if source == OwnerSource::None && trace.is_empty() {
            trace.push("nothing in the handbook names an owner".to_owned());
        }
        Ownership { owners, source, areas, trace }
    }

    /// The group's, else the stage's, else the section's; the team's, else the organisation's.
    fn product_manager(&self, claims: &[Claim<'h>], trace: &mut Vec<String>) -> Option<Named> {
        // The page of a section is not its stages', though each of them has a heading on it: who has but
        // a part is not asked about all of it where somebody has the whole.
        let claims = claims.chunk_by(|one, other| one.reason == other.reason).next()?;
        trace.extend(claims.iter().map(Claim::sentence));
        let entities = self.areas.around(claims);
        let ranks = entities.chunk_by(|one, other| one.rank() == other.rank());
        ranks.rev().find_map(|entities| {
            let mut owners = Vec::new();
            let mut source = None;
            for entity in entities {
                let Some(by) = entity.names_owners_as() else { continue };
                let managers = self.areas.product_managers(*entity);
                trace.push(match managers.as_slice() {
                    [] => format!("{} names no pm", entity.described()),
                    names => format!("{} names pm {}", entity.described(), names.join(", ")),
                });
                for name in managers {
                    source = Some(by);
                    push_new(&mut owners, without_remark(name).to_owned());
                }
            }
            source.map(|source| (source, owners))
        })
    }

    fn table(
        &self,
        page: &Page,
        areas: &mut Vec<String>,
        trace: &mut Vec<String>,
    ) -> Option<Named> {
        let mut owners = Vec::new();
        for found in self.table.find(page, self.files) {
            let area = &found.area.name;
            push_new(areas, area.value.clone());
            let names: Vec<&str> =
                found.area.owners.iter().map(|owner| owner.value.as_str()).collect();
            let names_who = match names.as_slice() {
                [] => "names nobody".to_owned(),
                names => format!("names {}", names.join(", ")),
            };
            let place = self.place(area.span);
            let because = found.because;
            trace.push(format!("{because}: the area `{}` ({place}) {names_who}", area.value));
            for name in names {
                push_new(&mut owners, name.to_owned());
            }
        }
        (!owners.is_empty()).then_some((OwnerSource::OwnershipTable, owners))
    }

    /// The owners of the last section's last match: the handbook of GitLab lists whole trees first and
    /// those who look after one folder of them in later sections.
    fn codeowners(&self, path: &RepoPath, trace: &mut Vec<String>) -> Option<Named> {
        let file = self.handbook.owner_files.codeowners.as_ref()?;
        let rule = file.last(path)?;
        let mut owners = Vec::new();
        self.take(file, rule, &mut owners, trace);
        Some((OwnerSource::Codeowners, owners))
    }

    /// Those whom the nearest CODENOTIFY names for `path`.
    fn codenotify(&self, path: &RepoPath, trace: &mut Vec<String>) -> Option<Named> {
        let files = &self.handbook.owner_files.codenotify;
        if files.is_empty() {
            return None;
        }
        for folder in path.folders() {
            let Some(file) = files.get(folder) else { continue };
            let mut owners = Vec::new();
            for rule in file.matches(path) {
                self.take(file, rule, &mut owners, trace);
            }
            if !owners.is_empty() {
                return Some((OwnerSource::Codenotify, owners));
            }
        }
        None
    }

    fn take(
        &self,
        file: &OwnersFile,
        rule: &Rule,
        owners: &mut Vec<String>,
        trace: &mut Vec<String>,
    ) {
        let names: Vec<&str> = file.owners(rule).iter().map(|owner| owner.value.as_str()).collect();
        let place = self.place(rule.pattern.span);
        let section = file
            .section(rule)
            .map_or_else(String::new, |section| format!(" of section `{}`", section.name.value));
        let pattern = &rule.pattern.value;
        trace
            .push(format!("the pattern `{pattern}`{section} ({place}) names {}", names.join(", ")));
        for name in names {
            push_new(owners, name.to_owned());
        }
    }

    /// File and line.
    fn place(&self, span: crate::source::Span) -> String {
        format!("{}:{}", self.files.file(span.file).path(), self.files.start(span).line)
    }
}

/// The name alone of `Ada Pear (Acting)`: it is one person, whatever the hat.
fn without_remark(name: &str) -> &str {
    let bare =
        name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(bare, _)| bare.trim());
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// Adds `word` unless it is there. The lists are short.
fn push_new(words: &mut Vec<String>, word: String) {
    if !words.contains(&word) {
        words.push(word);
    }
}
