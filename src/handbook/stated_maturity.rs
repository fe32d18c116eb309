//! The maturity level that a page states of its subject, in its own words.
//!
//! Text in, facts out. A page speaks of levels in many ways: what it means to reach, what it was, what the
//! levels are. Only what says how things are now counts, and rather too little than too much: the top table,
//! the section called Maturity, a sentence of a few forms. Where the page draws the level from the data
//! (ERB), it states none of its own.

mod sentences;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{Handbook, Ladder};
use crate::source::fold;
use crate::source::markdown::{BlockKind, Outline, Table};
use sentences::{Text, Word};

/// How many headings may stand above the top table: the title, and one for an overview.
const HEADINGS_ABOVE: usize = 2;

/// How many sentences of the Maturity section are looked at. What the level is stands at its beginning.
const FIRST_SENTENCES: usize = 4;

/// The words for the levels of a ladder.
#[derive(Debug)]
pub struct LevelWords {
    /// Each as the words that it is made of, folded, with the level's height.
    spellings: Vec<(Vec<String>, usize)>,
}

/// A level that a page states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// How high it is on the ladder.
    pub height: usize,
    /// Its characters.
    pub span: Range<usize>,
}

/// What a page says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    /// Nothing, here.
    Nothing,
    /// Something that is no level or more than one; weaker places do not count either.
    Unclear,
    /// A level.
    Level(Stated),
}

impl LevelWords {
    /// The words for the levels of `handbook`: their keys, their titles, and `loveable`, which many write.
    pub fn of(handbook: &Handbook) -> Self {
        let titles = handbook.maturity_levels.iter().filter_map(|level| {
            let title = level.title.as_ref()?.value.clone();
            Some((title, handbook.ladder.height(Some(&level.key.value))?))
        });
        Self::new(&handbook.ladder, titles)
    }

    fn new(ladder: &Ladder, titles: impl Iterator<Item = (String, usize)>) -> Self {
        let keys = ladder.keys().enumerate().map(|(height, key)| (key.to_owned(), height));
        let variant = ladder.height(Some("lovable")).map(|height| ("loveable".to_owned(), height));
        let spellings = keys.chain(variant).chain(titles).map(|(spelling, height)| {
            let words = spelling.split(|c: char| !c.is_alphanumeric());
            (words.filter(|word| !word.is_empty()).map(fold).collect(), height)
        });
        Self { spellings: spellings.filter(|(words, _): &(Vec<_>, _)| !words.is_empty()).collect() }
    }

    /// The level that begins at `at` in `words`: its height, and how many words it has.
    fn at(&self, words: &[Word], at: usize) -> Option<(usize, usize)> {
        let fits = |spelling: &[String]| {
            let here = words.get(at..at + spelling.len());
            here.is_some_and(|here| here.iter().map(|word| &word.folded).eq(spelling))
        };
        let found = self.spellings.iter().filter(|(spelling, _)| fits(spelling));
        found
            .max_by_key(|(spelling, _)| spelling.len())
            .map(|(words, height)| (*height, words.len()))
    }

    /// The levels that `words` name, each with the index of its first word and of the one behind it.
    fn all(&self, words: &[Word]) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some((height, length)) = self.at(words, at) {
                found.push((height, at..at + length));
                at += length;
            } else {
                at += 1;
            }
        }
        found
    }
}

/// The level that the page `text` states of `subjects`, the names of the categories that it is about.
pub fn stated_maturity(text: &str, levels: &LevelWords, subjects: &[&str]) -> Option<Stated> {
    if !may_state(text) {
        return None;
    }
    let outline = Outline::parse(text);
    let text = Text::new(text, &outline);
    let places = [in_table, in_section, in_sentence];
    let says = places.into_iter().map(|read| read(&text, &outline, levels, subjects));
    match says.into_iter().find(|says| *says != Says::Nothing)? {
        Says::Level(stated) => Some(stated),
        Says::Nothing | Says::Unclear => None,
    }
}

/// Whether the page says anything of levels at all: most do not, and need not be parsed.
fn may_state(text: &str) -> bool {
    let has = |word: &str| {
        text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    has("maturity") || has("level")
}

/// The table at the top: `| Maturity | Viable |`, or a column of a table of one row.
fn in_table(text: &Text<'_>, outline: &Outline, levels: &LevelWords, _: &[&str]) -> Says {
    let end = outline.headings.get(HEADINGS_ABOVE).map_or(usize::MAX, |heading| heading.span.start);
    let tables = outline.tables.iter().take_while(|table| table.span.start < end);
    let own = tables.filter(|table| {
        let holds =
            |block: &&crate::source::markdown::Block| block.span.contains(&table.span.start);
        outline.blocks.iter().find(holds).is_none_or(|block| block.kind == BlockKind::Table)
    });
    let Some(cell) = own.filter_map(level_cell).next() else { return Says::Nothing };
    let words = text.words(cell.clone());
    if words.is_empty() {
        return Says::Nothing;
    }
    match &levels.all(&words)[..] {
        [(height, at)] if at.start == 0 && words.len() <= at.end + 2 => {
            says(*height, &words[at.clone()])
        }
        _ => Says::Unclear,
    }
}

/// The cell of `table` for the page's level.
fn level_cell(table: &Table) -> Option<Range<usize>> {
    let is_named =
        |text: &str| is_maturity(text, &["maturity", "maturitylevel", "currentmaturity"]);
    let rows = || std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
    let row = rows().find_map(|cells| match &cells[..] {
        [name, value] if is_named(&name.text) => Some(value.span.clone()),
        _ => None,
    });
    let column = || match &table.rows[..] {
        [row] => {
            let at = table.header.iter().position(|cell| is_named(&cell.text))?;
            Some(row.cells.get(at)?.span.clone())
        }
        _ => None,
    };
    // A column's name may be the first of two, with the value below instead of beside.
    let is_column = table.header.last().is_some_and(|cell| is_named(&cell.text))
        || table.rows.len() == 1 && table.header.len() > 2;
    if is_column { column() } else { row.or_else(column) }
}

fn is_maturity(text: &str, names: &[&str]) -> bool {
    let folded = fold(text);
    names.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// A section called Maturity: what its first sentences say.
fn in_section(text: &Text<'_>, outline: &Outline, levels: &LevelWords, _: &[&str]) -> Says {
    const NAMES: [&str; 7] = [
        "maturity",
        "maturityplan",
        "maturitylevel",
        "currentmaturity",
        "currentmaturitylevel",
        "categorymaturity",
        "categorymaturityplan",
    ];
    let mut said = Vec::new();
    for (at, heading) in outline.headings.iter().enumerate() {
        if !is_maturity(&heading.title, &NAMES) {
            continue;
        }
        let end = outline.headings.get(at + 1).map_or(text.len(), |next| next.span.start);
        let sentences = text.sentences(outline, heading.span.end..end);
        for sentence in sentences.iter().take(FIRST_SENTENCES) {
            said.extend(sentences::of_section(sentence, levels));
        }
    }
    one_of(said)
}

/// Sentences anywhere whose subject is the category.
fn in_sentence(text: &Text<'_>, outline: &Outline, levels: &LevelWords, names: &[&str]) -> Says {
    let sentences = text.sentences(outline, 0..text.len());
    let said = sentences.iter().filter_map(|one| sentences::of_page(one, levels, names));
    one_of(said.collect())
}

/// What is said if all agree.
fn one_of(said: Vec<Stated>) -> Says {
    match said.split_first() {
        None => Says::Nothing,
        Some((first, rest)) if rest.iter().all(|other| other.height == first.height) => {
            Says::Level(first.clone())
        }
        Some(_) => Says::Unclear,
    }
}

fn says(height: usize, words: &[Word]) -> Says {
    match words {
        [first, .., last] => Says::Level(Stated { height, span: first.span.start..last.span.end }),
        [only] => Says::Level(Stated { height, span: only.span.clone() }),
        [] => Says::Nothing,
    }
}
