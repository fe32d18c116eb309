//! What generators look up by a word: a handbook may have as many blocks, or people, as it has records of what they name.

use std::collections::{HashMap, HashSet};

use super::generator::ArgumentKind;
use crate::handbook::Handbook;
use crate::rice::Judged;
use crate::source::{Candidates, Guess, Spanned};

/// The places of records in the list of their kind, by a word that they have; several with one word in their order.
#[derive(Debug, Default)]
pub(super) struct ByWord<'h>(HashMap<&'h str, Vec<usize>>);

impl<'h> ByWord<'h> {
    /// The places of `records`, of which `words` returns the words.
    fn of<T, W: IntoIterator<Item = &'h str>>(
        records: &'h [T],
        words: impl Fn(&'h T) -> W,
    ) -> Self {
        let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, record) in records.iter().enumerate() {
            for word in words(record) {
                let of_word = by_word.entry(word).or_default();
                if of_word.last() != Some(&at) {
                    of_word.push(at);
                }
            }
        }
        Self(by_word)
    }

    /// The places of the records with this word.
    pub(super) fn get(&self, word: &str) -> &[usize] {
        self.0.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// The place of the first record with this word.
    pub(super) fn first(&self, word: &str) -> Option<usize> {
        self.get(word).first().copied()
    }
}

/// What is looked up in a handbook.
#[derive(Debug)]
pub(super) struct Lookups<'h> {
    pub(super) sections: ByWord<'h>,
    pub(super) stages: ByWord<'h>,
    pub(super) categories: ByWord<'h>,
    pub(super) teams: ByWord<'h>,
    pub(super) guilds: ByWord<'h>,
    pub(super) levels: ByWord<'h>,
    pub(super) people_by_name: ByWord<'h>,
    /// People by the role that they hold.
    pub(super) holders: ByWord<'h>,
    /// People by the role that they report to.
    pub(super) reports: ByWord<'h>,
    pub(super) features_by_team: ByWord<'h>,
    /// The features that name no team.
    pub(super) features_of_no_team: Vec<usize>,
    pub(super) features_by_category: ByWord<'h>,
    pub(super) features_by_use_case: ByWord<'h>,
    known: [(ArgumentKind, KnownWords<'h>); 7],
}

impl<'h> Lookups<'h> {
    pub(super) fn of(handbook: &'h Handbook, ideas: &'h [Judged]) -> Self {
        let Handbook { sections, stages, categories, teams, guilds, people, features, .. } =
            handbook;
        let teamless = features.iter().enumerate().filter(|(_, feature)| feature.team.is_none());
        let areas = ideas.iter().flat_map(|judged| judged.idea.areas.iter().map(String::as_str));
        let slugs = || people.iter().filter_map(|person| person.manager_role_slug.as_ref());
        let known = |kind, words| (kind, KnownWords::new(words));
        Self {
            sections: ByWord::of(sections, |section| [word(&section.key)]),
            stages: ByWord::of(stages, |stage| [word(&stage.key)]),
            categories: ByWord::of(categories, |category| [word(&category.key)]),
            teams: ByWord::of(teams, |team| [word(&team.key)]),
            guilds: ByWord::of(guilds, |guild| [word(&guild.key)]),
            levels: ByWord::of(&handbook.maturity_levels, |level| [word(&level.key)]),
            people_by_name: ByWord::of(people, |person| person.name.as_ref().map(word)),
            holders: ByWord::of(people, |person| person.manager_role_slug.as_ref().map(word)),
            reports: ByWord::of(people, |person| person.reports_to.as_ref().map(word)),
            features_by_team: ByWord::of(features, |feature| feature.team.as_ref().map(word)),
            features_of_no_team: teamless.map(|(at, _)| at).collect(),
            features_by_category: ByWord::of(features, |one| one.categories.iter().map(word)),
            features_by_use_case: ByWord::of(features, |one| one.use_cases.iter().map(word)),
            known: [
                known(ArgumentKind::Team, teams.iter().map(|team| word(&team.key)).collect()),
                known(
                    ArgumentKind::Category,
                    categories.iter().map(|one| word(&one.key)).collect(),
                ),
                known(ArgumentKind::Stage, stages.iter().map(|stage| word(&stage.key)).collect()),
                known(
                    ArgumentKind::UseCase,
                    handbook.use_cases.iter().map(|use_case| word(&use_case.key)).collect(),
                ),
                known(ArgumentKind::Guild, guilds.iter().map(|guild| word(&guild.key)).collect()),
                known(ArgumentKind::Role, slugs().map(word).collect()),
                known(ArgumentKind::Area, areas.chain(handbook.areas()).collect()),
            ],
        }
    }

    /// All that an argument of this kind can be, if it names something of the handbook.
    pub(super) fn known(&self, kind: ArgumentKind) -> Option<&KnownWords<'h>> {
        self.known.iter().find(|(other, _)| *other == kind).map(|(_, known)| known)
    }
}

fn word(value: &Spanned<String>) -> &str {
    &value.value
}

/// The words that an argument can be.
#[derive(Debug)]
pub struct KnownWords<'h> {
    /// All of them, in their order.
    pub words: Vec<&'h str>,
    set: HashSet<&'h str>,
    candidates: Candidates<'h>,
}

impl<'h> KnownWords<'h> {
    fn new(words: Vec<&'h str>) -> Self {
        let set = words.iter().copied().collect();
        let candidates = Candidates::new(words.iter().copied());
        Self { words, set, candidates }
    }

    /// Whether `word` is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// The one that may be meant by `word`.
    pub fn near(&self, word: &str) -> Option<Guess<'h>> {
        self.candidates.near(word)
    }
}
