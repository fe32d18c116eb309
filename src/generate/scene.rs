//! What generators see: the data, and how people, teams and pages are linked.

use std::cell::Cell;
use std::collections::HashMap;

use memchr::memmem;

use super::content::{Destination, Inline, Piece};
use super::generator::ArgumentKind;
use super::lookup::{KnownWords, Lookups};
use super::mark::marks_in;
use crate::config::Profile;
use crate::handbook::address::{Addresses, Target, site_address};
use crate::handbook::hierarchy::{Group, Section, Stage};
use crate::handbook::lookup::{CodeHost, DeploymentOption, MaturityLevel, Term, UseCase};
use crate::handbook::team::{Guild, Person, ProductOrg, Team};
use crate::handbook::{Blank, Category, Feature, Handbook, Ladder, Loaded, Part, Parts, Unread};
use crate::review::Survey;
use crate::rice::idea::Pointer;
use crate::rice::{Judged, Ranking};
use crate::source::markdown::{Link, LinkForm, LinkKind, Outline, Slugger};
use crate::source::sanitise;
use crate::source::scheme::{is_picture, may_be_link, names_script};
use crate::source::{FileStore, RepoPath};

/// The generator whose page the headings of people are on.
const TEAM_MEMBERS_LIST: &str = "team_members_list";

/// What generated text is made of, for all generators together.
pub struct Material<'h> {
    /// The files.
    pub files: &'h FileStore,
    handbook: &'h Handbook,
    ideas: &'h [Judged],
    /// The parts that the ideas point to.
    parts_of_ideas: Parts,
    ranking: Ranking,
    reviews: Option<&'h Survey>,
    addresses: &'h Addresses,
    people: HashMap<&'h str, &'h Person>,
    people_page: Option<PeoplePage<'h>>,
    lookups: Lookups<'h>,
}

/// What one generator sees of a [`Material`]. It notes which parts of the handbook the generator looks at, so that none
/// can make text of a part that could not be read: see [`Scene::unread`].
pub struct Scene<'h> {
    material: &'h Material<'h>,
    seen: Cell<Parts>,
}

/// The page with the headings of people.
struct PeoplePage<'h> {
    path: RepoPath,
    /// The anchors of the headings, by key.
    anchors: HashMap<&'h str, String>,
    /// The keys of those who are there, by name; none where two have the same.
    names: HashMap<String, Option<&'h str>>,
}

impl<'h> Material<'h> {
    /// The material that `loaded` is, with its ideas and reviews as far as anyone needs them.
    pub fn new(loaded: &'h Loaded, ideas: &'h [Judged], reviews: Option<&'h Survey>) -> Self {
        let Loaded { handbook, files, .. } = loaded;
        let addresses = handbook.addresses();
        let mut people = HashMap::new();
        for person in &handbook.people {
            people.entry(person.key.value.as_str()).or_insert(person);
        }
        let (people_page, ranking) = (people_page(handbook, files), Ranking::new(ideas));
        let (lookups, parts_of_ideas) = (Lookups::of(handbook, ideas), parts_of(ideas, handbook));
        Self {
            files,
            handbook,
            ideas,
            parts_of_ideas,
            ranking,
            reviews,
            addresses,
            people,
            people_page,
            lookups,
        }
    }

    /// What one generator sees of it, of which it has seen nothing yet.
    pub fn scene(&'h self) -> Scene<'h> {
        Scene { material: self, seen: Cell::default() }
    }
}

/// The parts of a handbook that say whose a page is.
const OWNERS: [Part; 8] = [
    Part::Sections,
    Part::Stages,
    Part::Categories,
    Part::ProductOrgs,
    Part::Teams,
    Part::People,
    Part::Redirects,
    Part::OwnerFiles,
];

impl<'h> Scene<'h> {
    /// Returns something that could not be read, of the parts that were looked at so far: what was made of them is not
    /// what the handbook says.
    pub fn unread(&self) -> Option<&'h Unread> {
        self.material.handbook.first_unread(self.seen.get())
    }

    /// Returns a data file that holds nothing, of the parts that were looked at so far: it may be damaged.
    pub fn blank(&self) -> Option<&'h Blank> {
        self.material.handbook.first_blank(self.seen.get())
    }

    /// Returns the parts that were looked at so far.
    pub fn seen(&self) -> Parts {
        self.seen.get()
    }

    /// The handbook, for a look at these parts of it.
    fn look(&self, parts: impl IntoIterator<Item = Part>) -> &'h Handbook {
        let mut seen = self.seen.get();
        parts.into_iter().for_each(|part| seen.add(part));
        self.seen.set(seen);
        self.material.handbook
    }

    /// The sections.
    pub fn sections(&self) -> &'h [Section] {
        &self.look([Part::Sections]).sections
    }

    /// The stages, with their groups.
    pub fn stages(&self) -> &'h [Stage] {
        &self.look([Part::Stages]).stages
    }

    /// The groups of all stages, each with its stage.
    pub fn groups(&self) -> impl Iterator<Item = (&'h Stage, &'h Group)> {
        self.look([Part::Stages]).groups()
    }

    /// The categories.
    pub fn categories(&self) -> &'h [Category] {
        &self.look([Part::Categories]).categories
    }

    /// The features.
    pub fn features(&self) -> &'h [Feature] {
        &self.look([Part::Features]).features
    }

    /// The organisations of teams.
    pub fn product_orgs(&self) -> &'h [ProductOrg] {
        &self.look([Part::ProductOrgs]).product_orgs
    }

    /// The teams.
    pub fn teams(&self) -> &'h [Team] {
        &self.look([Part::Teams]).teams
    }

    /// The people.
    pub fn people(&self) -> &'h [Person] {
        &self.look([Part::People]).people
    }

    /// The guilds.
    pub fn guilds(&self) -> &'h [Guild] {
        &self.look([Part::Guilds]).guilds
    }

    /// The use cases.
    pub fn use_cases(&self) -> &'h [UseCase] {
        &self.look([Part::UseCases]).use_cases
    }

    /// The code hosts.
    pub fn code_hosts(&self) -> &'h [CodeHost] {
        &self.look([Part::CodeHosts]).code_hosts
    }

    /// The deployment options.
    pub fn deployment_options(&self) -> &'h [DeploymentOption] {
        &self.look([Part::DeploymentOptions]).deployment_options
    }

    /// The maturity levels that a data file defines.
    pub fn maturity_levels(&self) -> &'h [MaturityLevel] {
        &self.look([Part::MaturityLevels]).maturity_levels
    }

    /// The maturity ladder, which a data file or the configuration defines.
    pub fn ladder(&self) -> &'h Ladder {
        &self.look([Part::MaturityLevels]).ladder
    }

    /// The words of the glossary.
    pub fn glossary(&self) -> &'h [Term] {
        &self.look([Part::Glossary]).glossary
    }

    /// The ideas, and their order.
    pub fn ideas(&self) -> (&'h [Judged], &'h Ranking) {
        let Material { ideas, ranking, parts_of_ideas, .. } = self.material;
        self.look([Part::Ideas, Part::Pages]);
        let mut seen = self.seen.get();
        seen.add_all(*parts_of_ideas);
        self.seen.set(seen);
        (ideas, ranking)
    }

    /// The pages that are reviewed, with their owners; `None` where they have not been read.
    pub fn reviews(&self) -> Option<&'h Survey> {
        self.look([Part::Pages]);
        self.look(OWNERS);
        self.material.reviews
    }

    /// The person whose key is `key`.
    pub fn person(&self, key: &str) -> Option<&'h Person> {
        self.look([Part::People]);
        self.material.people.get(key).copied()
    }

    /// The page that lists all people. Where a page before it cannot be read, nobody knows whether it is that one.
    fn people_page(&self) -> Option<&'h PeoplePage<'h>> {
        let page = self.material.people_page.as_ref();
        let unread = &self.material.handbook.unread_pages;
        if unread.iter().any(|unread| page.is_none_or(|page| *unread < page.path)) {
            self.look([Part::Pages]);
        }
        self.look([Part::Folders]);
        page
    }

    /// The name of a person with a link to their heading; where `key` is no key, it is a name itself.
    pub fn person_link(&self, key: &str) -> Inline {
        let Some(person) = self.person(key) else { return Inline::text(key) };
        let name = shown_name(person);
        // Somebody with several roles has an entry for each, of which all but one are hidden.
        let anchor = self.people_page().and_then(|page| {
            let namesake = || page.anchors.get(page.names.get(&name).copied()??);
            let anchor = page.anchors.get(key).or_else(namesake)?;
            Some(Destination::Page(page.path.clone(), Some(anchor.clone())))
        });
        Inline::link(name, anchor)
    }

    /// Markdown of a data file, whose links lead from any page to where they lead from the data file.
    pub fn markdown(&self, text: &str) -> Inline {
        if memchr::memchr2(b'[', b'<', text.as_bytes()).is_none() {
            return Inline(vec![Piece::Markdown(text.to_owned())]);
        }
        if holds_script(text) {
            return Inline::text(text);
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

    /// The section whose key is `key`.
    pub fn section(&self, key: &str) -> Option<&'h Section> {
        self.sections().get(self.material.lookups.sections.first(key)?)
    }

    /// The stage whose key is `key`.
    pub fn stage(&self, key: &str) -> Option<&'h Stage> {
        self.stages().get(self.material.lookups.stages.first(key)?)
    }

    /// The category whose key is `key`.
    pub fn category(&self, key: &str) -> Option<&'h Category> {
        self.categories().get(self.material.lookups.categories.first(key)?)
    }

    /// The team whose key is `key`.
    pub fn team(&self, key: &str) -> Option<&'h Team> {
        self.teams().get(self.team_place(key)?)
    }

    /// The place among the teams of the one whose key is `key`.
    pub fn team_place(&self, key: &str) -> Option<usize> {
        self.look([Part::Teams]);
        self.material.lookups.teams.first(key)
    }

    /// The guild whose key is `key`.
    pub fn guild(&self, key: &str) -> Option<&'h Guild> {
        self.guilds().get(self.material.lookups.guilds.first(key)?)
    }

    /// The maturity level of a data file whose key is `key`.
    pub fn maturity_level(&self, key: &str) -> Option<&'h MaturityLevel> {
        self.maturity_levels().get(self.material.lookups.levels.first(key)?)
    }

    /// The first person whose name is `name`.
    pub fn person_named(&self, name: &str) -> Option<&'h Person> {
        self.people().get(self.material.lookups.people_by_name.first(name)?)
    }

    /// The people who hold the role `slug`, to whom others report.
    pub fn holders(&self, slug: &str) -> impl Iterator<Item = &'h Person> + use<'h> {
        let people = self.people();
        self.material.lookups.holders.get(slug).iter().map(|at| &people[*at])
    }

    /// The people who report to the role `slug`.
    pub fn reports(
        &self,
        slug: &str,
    ) -> impl ExactSizeIterator<Item = &'h Person> + DoubleEndedIterator + use<'h> {
        let people = self.people();
        self.material.lookups.reports.get(slug).iter().map(|at| &people[*at])
    }

    /// The features that name the team `key`, and those that name none, in the order of the file.
    pub fn features_of_team_or_none(&self, key: &str) -> Vec<&'h Feature> {
        let (all, lookups) = (self.features(), &self.material.lookups);
        let mut features = lookups.features_by_team.get(key).to_vec();
        features.extend(&lookups.features_of_no_team);
        features.sort_unstable();
        features.into_iter().map(|at| &all[at]).collect()
    }

    /// The features of the category `key`, in the order of the file.
    pub fn features_of_category(&self, key: &str) -> impl Iterator<Item = &'h Feature> + use<'h> {
        let all = self.features();
        self.material.lookups.features_by_category.get(key).iter().map(|at| &all[*at])
    }

    /// The features that serve the use case `key`, in the order of the file.
    pub fn features_of_use_case(&self, key: &str) -> impl Iterator<Item = &'h Feature> + use<'h> {
        let all = self.features();
        self.material.lookups.features_by_use_case.get(key).iter().map(|at| &all[*at])
    }

    /// All that an argument of this kind can be, if it names something of the handbook.
    pub fn known(&self, kind: ArgumentKind) -> Option<&'h KnownWords<'h>> {
        match kind {
            ArgumentKind::Team => self.look([Part::Teams]),
            ArgumentKind::Category => self.look([Part::Categories]),
            ArgumentKind::Stage => self.look([Part::Stages]),
            ArgumentKind::UseCase => self.look([Part::UseCases]),
            ArgumentKind::Guild => self.look([Part::Guilds]),
            ArgumentKind::Role => self.look([Part::People]),
            ArgumentKind::Area => {
                self.ideas();
                self.look(OWNERS)
            }
            ArgumentKind::Choice(_) | ArgumentKind::Count => return None,
        };
        self.material.lookups.known(kind)
    }

    /// Where an address of a data file leads: to a page where there is one, else as it is written.
    pub fn destination(&self, address: &str) -> Destination {
        let anchor = address.split_once('#').map(|(_, anchor)| anchor);
        self.look([Part::Redirects, Part::Folders]);
        match self.material.addresses.resolve_in_data(address) {
            Target::Found(page) | Target::Redirected { file: Some(page), .. } => {
                self.page(page, anchor)
            }
            _ => Destination::Address(address.to_owned()),
        }
    }

    /// A page as a destination: where a site is made from other files than its pages, as at GitLab, its
    /// address on the site, because no link between the files works there.
    pub fn page(&self, page: RepoPath, anchor: Option<&str>) -> Destination {
        let site = (self.material.handbook.profile == Profile::Gitlab)
            .then(|| site_address(&page))
            .flatten();
        match (site, anchor) {
            (Some(site), Some(anchor)) => Destination::Address(format!("{site}#{anchor}")),
            (Some(site), None) => Destination::Address(site),
            (None, anchor) => Destination::Page(page, anchor.map(str::to_owned)),
        }
    }

    /// The people who are shown on the team page, in its order.
    pub fn team_members(&self) -> impl Iterator<Item = &'h Person> + use<'h> {
        team_members(self.look([Part::People]))
    }
}

/// The parts of `handbook` that the ideas point to.
fn parts_of(ideas: &[Judged], handbook: &Handbook) -> Parts {
    let data = handbook.ideas.first().map(|idea| idea.key.span.file);
    let mut parts = Parts::default();
    for judged in ideas {
        for (pointer, _) in &judged.idea.pointers {
            let of_pointer = match pointer {
                Pointer::Category => &[Part::Categories, Part::Stages][..],
                Pointer::Feature => &[Part::Features, Part::Categories, Part::Stages],
                Pointer::Team => &[Part::Teams, Part::Stages],
            };
            for part in of_pointer {
                parts.add(*part);
            }
        }
        // An idea of a page belongs to what its page belongs to.
        if Some(judged.idea.span.file) != data {
            for part in OWNERS {
                parts.add(part);
            }
        }
    }
    parts
}

/// Whether Markdown of a data file has a link that may run a script on a page, so that it can only be shown as text.
fn holds_script(text: &str) -> bool {
    // On the page it is one line, in which what was code may be a link.
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.contains([':', '&', '%']) {
        return false;
    }
    let is_inert = |link: &Link| {
        let is_drawn = link.kind == LinkKind::Image && is_picture(&link.target);
        !may_be_link(&link.target) && !is_drawn
    };
    names_script(&line) && line.contains('<')
        || Outline::parse_without_bare_links(&line).links.iter().any(is_inert)
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
