//! What generators see: the data, and how people, teams and pages are linked.

use std::collections::HashMap;

use memchr::memmem;

use super::content::{Destination, Inline, Piece};
use super::mark::marks_in;
use crate::config::Profile;
use crate::handbook::address::{Addresses, Target, site_address};
use crate::handbook::hierarchy::Stage;
use crate::handbook::team::{Person, Team};
use crate::handbook::{Category, Handbook, Loaded};
use crate::review::Survey;
use crate::rice::{Judged, Ranking};
use crate::source::markdown::{LinkForm, Outline, Slugger};
use crate::source::sanitise;
use crate::source::{FileStore, RepoPath};

/// The generator whose page the headings of people are on.
const TEAM_MEMBERS_LIST: &str = "team_members_list";

/// What generators see.
pub struct Scene<'h> {
    /// The data.
    pub handbook: &'h Handbook,
    /// The files.
    pub files: &'h FileStore,
    /// The ideas.
    pub ideas: &'h [Judged],
    /// Their order.
    pub ranking: Ranking,
    /// The pages that are reviewed, without owners or history if nobody asked for them.
    pub reviews: Option<&'h Survey>,
    addresses: &'h Addresses,
    people: HashMap<&'h str, &'h Person>,
    people_page: Option<PeoplePage<'h>>,
}

/// The page with the headings of people.
struct PeoplePage<'h> {
    path: RepoPath,
    /// The anchors of the headings, by key.
    anchors: HashMap<&'h str, String>,
    /// The keys of those who are there, by name; none where two have the same.
    names: HashMap<String, Option<&'h str>>,
}

impl<'h> Scene<'h> {
    /// The scene of `loaded`.
    pub fn new(loaded: &'h Loaded, ideas: &'h [Judged], reviews: Option<&'h Survey>) -> Self {
        let Loaded { handbook, files, .. } = loaded;
        let addresses = handbook.addresses();
        let mut people = HashMap::new();
        for person in &handbook.people {
            people.entry(person.key.value.as_str()).or_insert(person);
        }
        let (people_page, ranking) = (people_page(handbook, files), Ranking::new(ideas));
        Self { handbook, files, ideas, ranking, reviews, addresses, people, people_page }
    }

    /// The person whose key is `key`.
    pub fn person(&self, key: &str) -> Option<&'h Person> {
        self.people.get(key).copied()
    }

    /// The name of a person with a link to their heading; where `key` is no key, it is a name itself.
    pub fn person_link(&self, key: &str) -> Inline {
        let Some(person) = self.person(key) else { return Inline::text(key) };
        let name = shown_name(person);
        // Somebody with several roles has an entry for each, of which all but one are hidden.
        let anchor = self.people_page.as_ref().and_then(|page| {
            let namesake = || page.anchors.get(page.names.get(&name).copied()??);
            let anchor = page.anchors.get(key).or_else(namesake)?;
            Some(Destination::Page(page.path.clone(), Some(anchor.clone())))
        });
        Inline::link(name, anchor)
    }

    /// Markdown of a data file, whose links lead from any page to where they lead from the data file.
    pub fn markdown(&self, text: &str) -> Inline {
        if memchr::memchr(b'[', text.as_bytes()).is_none() {
            return Inline(vec![Piece::Markdown(text.to_owned())]);
        }
        let outline = Outline::parse_without_bare_links(text);
        let mut links: Vec<_> = outline
            .links
            .iter()
            .filter(|link| matches!(link.form, LinkForm::Inline))
            .filter_map(|link| match self.destination(&link.target) {
                to @ Destination::Page(..) => Some((link.target_span.clone(), to)),
                Destination::Address(_) => None,
            })
            .collect();
        links.sort_by_key(|(span, _)| span.start);
        let mut pieces = Vec::new();
        let mut at = 0;
        for (span, to) in links {
            pieces.push(Piece::Markdown(text[at..span.start].to_owned()));
            pieces.push(Piece::To(to));
            at = span.end;
        }
        pieces.push(Piece::Markdown(text[at..].to_owned()));
        Inline(pieces)
    }

    /// The team whose key is `key`.
    pub fn team(&self, key: &str) -> Option<&'h Team> {
        self.handbook.teams.iter().find(|team| team.key.value == key)
    }

    /// The category whose key is `key`.
    pub fn category(&self, key: &str) -> Option<&'h Category> {
        self.handbook.categories.iter().find(|category| category.key.value == key)
    }

    /// The stage whose key is `key`.
    pub fn stage(&self, key: &str) -> Option<&'h Stage> {
        self.handbook.stages.iter().find(|stage| stage.key.value == key)
    }

    /// Where an address of a data file leads: to a page where there is one, else as it is written.
    pub fn destination(&self, address: &str) -> Destination {
        let anchor = address.split_once('#').map(|(_, anchor)| anchor);
        match self.addresses.resolve_in_data(address) {
            Target::Found(page) | Target::Redirected { file: Some(page), .. } => {
                self.page(page, anchor)
            }
            _ => Destination::Address(address.to_owned()),
        }
    }

    /// A page as a destination: where a site is made from other files than its pages, as at GitLab, its
    /// address on the site, because no link between the files works there.
    pub fn page(&self, page: RepoPath, anchor: Option<&str>) -> Destination {
        let site =
            (self.handbook.profile == Profile::Gitlab).then(|| site_address(&page)).flatten();
        match (site, anchor) {
            (Some(site), Some(anchor)) => Destination::Address(format!("{site}#{anchor}")),
            (Some(site), None) => Destination::Address(site),
            (None, anchor) => Destination::Page(page, anchor.map(str::to_owned)),
        }
    }

    /// The keys of teams.
    pub fn team_keys(&self) -> Vec<&'h str> {
        self.handbook.teams.iter().map(|team| team.key.value.as_str()).collect()
    }

    /// The keys of categories.
    pub fn category_keys(&self) -> Vec<&'h str> {
        self.handbook.categories.iter().map(|category| category.key.value.as_str()).collect()
    }

    /// The keys of stages.
    pub fn stage_keys(&self) -> Vec<&'h str> {
        self.handbook.stages.iter().map(|stage| stage.key.value.as_str()).collect()
    }

    /// The keys of use cases.
    pub fn use_case_keys(&self) -> Vec<&'h str> {
        self.handbook.use_cases.iter().map(|use_case| use_case.key.value.as_str()).collect()
    }

    /// The keys of guilds.
    pub fn guild_keys(&self) -> Vec<&'h str> {
        self.handbook.guilds.iter().map(|guild| guild.key.value.as_str()).collect()
    }

    /// The slugs that people are reported to under.
    pub fn role_slugs(&self) -> Vec<&'h str> {
        let slugs =
            self.handbook.people.iter().filter_map(|person| person.manager_role_slug.as_ref());
        slugs.map(|slug| slug.value.as_str()).collect()
    }

    /// Everything that an idea can belong to.
    pub fn areas(&self) -> Vec<&str> {
        let own = self.ideas.iter().flat_map(|judged| judged.idea.areas.iter().map(String::as_str));
        own.chain(self.handbook.areas()).collect()
    }

    /// The people who are shown on the team page, in its order.
    pub fn team_members(&self) -> impl Iterator<Item = &'h Person> {
        team_members(self.handbook)
    }
}

/// The name of `person` as it stands in their heading: their key where they have none.
pub fn shown_name(person: &Person) -> String {
    let name = person.name.as_ref().unwrap_or(&person.key);
    sanitise(&name.value.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn team_members(handbook: &Handbook) -> impl Iterator<Item = &Person> {
    handbook.people.iter().filter(|person| !person.is_hidden)
}

/// The first page that lists all people, with the anchors that their headings have there.
fn people_page<'h>(handbook: &'h Handbook, files: &'h FileStore) -> Option<PeoplePage<'h>> {
    let name = memmem::Finder::new(TEAM_MEMBERS_LIST);
    handbook.pages.iter().find_map(|page| {
        let file = files.file(page.file);
        name.find(file.text().as_bytes())?;
        let outline = file.outline();
        let (marks, _) = marks_in(file.text(), outline);
        let mark = marks.iter().find(|mark| mark.call.name == TEAM_MEMBERS_LIST)?;
        let mut slugger = Slugger::default();
        for heading in &outline.headings {
            if heading.explicit_id {
                slugger.reserve(&heading.id);
            } else if heading.span.end <= mark.span().start {
                slugger.anchor(&heading.title);
            }
        }
        let (mut anchors, mut names) = (HashMap::new(), HashMap::new());
        for person in team_members(handbook) {
            let (key, name) = (person.key.value.as_str(), shown_name(person));
            anchors.insert(key, slugger.anchor(&name));
            names.entry(name).and_modify(|key| *key = None).or_insert(Some(key));
        }
        Some(PeoplePage { path: page.path.clone(), anchors, names })
    })
}
