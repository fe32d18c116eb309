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
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Handbook, Ladder};
use crate::source::fold;
use crate::source::markdown::{Block, BlockKind, Cell, Outline, Table};
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
    /// Finds the first word of any of them, be it in a longer one; `None` if a letter of theirs is not ASCII.
    first_words: Option<AhoCorasick>,
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
        let keys = ladder.rungs.iter().enumerate().map(|(height, rung)| (rung.key.clone(), height));
        let variant = ladder.height(Some("lovable")).map(|height| ("loveable".to_owned(), height));
        let spellings = keys.chain(variant).chain(titles).map(|(spelling, height)| {
            let words = spelling.split(|c: char| !c.is_alphanumeric());
            (words.filter(|word| !word.is_empty()).map(fold).collect(), height)
        });
        let spellings: Vec<(Vec<String>, usize)> =
            spellings.filter(|(words, _): &(Vec<_>, _)| !words.is_empty()).collect();
        let first: Vec<&str> = spellings.iter().map(|(words, _)| words[0].as_str()).collect();
        let first_words = first
            .iter()
            .all(|word| word.is_ascii())
            .then(|| AhoCorasick::builder().ascii_case_insensitive(true).build(first).ok());
        Self { spellings, first_words: first_words.flatten() }
    }

    /// Whether `text` may name a level: a look for the first word of one.
    fn may_be_in(&self, text: &str) -> bool {
        self.first_words.as_ref().is_none_or(|words| words.is_match(text))
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

/// What is read for a level.
struct Reading<'a> {
    text: Text<'a>,
    outline: &'a Outline,
    /// The part of the page that counts.
    range: Range<usize>,
    levels: &'a LevelWords,
    /// The names of the categories that it is about.
    subjects: &'a [&'a str],
}

/// The level that the page `text` states of `subjects`, the names of the categories that it is about. With a
/// `section`, the id of its heading, only that section of the page counts. The page is read as Markdown, by
/// `outline`, only if it says anything of levels.
pub fn stated_maturity<'a>(
    text: &'a str,
    outline: impl FnOnce() -> &'a Outline,
    section: Option<&str>,
    levels: &'a LevelWords,
    subjects: &'a [&'a str],
) -> Option<Stated> {
    if !may_state(text) {
        return None;
    }
    let outline = outline();
    let range = match section {
        Some(id) => section_of(outline, id, text.len())?,
        None => 0..text.len(),
    };
    let text = Text::new(text, outline);
    let reading = Reading { text, outline, range, levels, subjects };
    let places = [Reading::table, Reading::section, Reading::sentence];
    let mut says = places.into_iter().map(|read| read(&reading));
    match says.find(|says| *says != Says::Nothing)? {
        Says::Level(stated) => Some(stated),
        Says::Nothing | Says::Unclear => None,
    }
}

/// The section under the heading `id`, with the sections in it.
fn section_of(outline: &Outline, id: &str, end: usize) -> Option<Range<usize>> {
    let at = outline.headings.iter().position(|heading| heading.id == id)?;
    let heading = &outline.headings[at];
    let next = outline.headings[at + 1..].iter().find(|next| next.level <= heading.level);
    Some(heading.span.start..next.map_or(end, |next| next.span.start))
}

/// Whether the page says anything of levels at all: most do not, and need not be parsed.
fn may_state(text: &str) -> bool {
    static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::builder().ascii_case_insensitive(true).build(["maturity", "level"]).ok()
    });
    WORDS.as_ref().is_none_or(|words| words.is_match(text))
}

impl Reading<'_> {
    /// The table at the top: `| Maturity | Viable |`, or a column of a table of one row.
    fn table(&self) -> Says {
        let headings = self.outline.headings.iter().map(|heading| heading.span.start);
        let mut headings = headings.filter(|start| self.range.contains(start));
        let end = headings.nth(HEADINGS_ABOVE).unwrap_or(self.range.end);
        let top = self.range.start..end;
        let blocks = self.outline.blocks.iter();
        let mut blocks = blocks.filter(|block| top.contains(&block.span.start));
        let Some(cell) = blocks.find_map(|block| self.cell_in(block)) else { return Says::Nothing };
        let words = self.text.words(cell);
        if words.is_empty() {
            return Says::Nothing;
        }
        match &self.levels.all(&words)[..] {
            [(height, at)] if at.start == 0 && words.len() <= at.end + 2 => {
                Says::Level(sentences::stated(&words, *height, at))
            }
            _ => Says::Unclear,
        }
    }

    /// The cell of the table `block` for the page's level.
    fn cell_in(&self, block: &Block) -> Option<Range<usize>> {
        match block.kind {
            BlockKind::Table => {
                let mut tables = self.outline.tables.iter();
                let table = tables.find(|table| block.span.contains(&table.span.start))?;
                level_cell(table, self.subjects)
            }
            // A table that begins with its delimiter row is none to GitHub, but one to kramdown.
            BlockKind::Paragraph => {
                self.text.row(block.span.clone(), |name| is_maturity(name, &KEYS))
            }
            _ => None,
        }
    }

    /// A section called Maturity: what its first sentences say.
    fn section(&self) -> Says {
        let headings = self.outline.headings.iter().enumerate();
        let own = headings.filter(|(_, heading)| {
            self.range.contains(&heading.span.start) && is_maturity(&heading.title, &SECTIONS)
        });
        let mut said = Vec::new();
        for (at, heading) in own {
            let next = self.outline.headings.get(at + 1);
            let end = next.map_or(self.range.end, |next| next.span.start);
            let sentences = self.text.sentences(self.outline, heading.span.end..end, |_| true);
            let first = &sentences[..sentences.len().min(FIRST_SENTENCES)];
            match sentences::of_section(first, self.levels) {
                Says::Level(stated) => said.push(stated),
                Says::Unclear => return Says::Unclear,
                Says::Nothing => {}
            }
        }
        one_of(&said)
    }

    /// Sentences anywhere whose subject is the category.
    fn sentence(&self) -> Says {
        // A sentence that names no level states none.
        let may_state = |text: &str| self.levels.may_be_in(text);
        let sentences = self.text.sentences(self.outline, self.range.clone(), may_state);
        let said = sentences
            .iter()
            .filter_map(|one| sentences::of_page(&one.words, self.levels, self.subjects));
        one_of(&said.collect::<Vec<_>>())
    }
}

/// The cell of `table` for the level of `subjects`.
fn level_cell(table: &Table, subjects: &[&str]) -> Option<Range<usize>> {
    let is_named = |cell: &Cell| is_maturity(&cell.text, &KEYS);
    if table.header.len() == 2 && !is_named(&table.header[1]) {
        let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
        let mut pairs = rows.filter_map(|cells| Some((cells.first()?, cells.get(1)?)));
        return pairs.find(|(name, _)| is_named(name)).map(|(_, value)| value.span.clone());
    }
    let [row] = &table.rows[..] else { return None };
    let at = table.header.iter().position(is_named)?;
    // A row that names a category is about that one.
    let category = table.header.iter().position(|cell| is_maturity(&cell.text, &["category"]));
    let category = category.and_then(|at| row.cells.get(at));
    let is_own =
        category.is_none_or(|cell| subjects.iter().any(|name| fold(name) == fold(&cell.text)));
    is_own.then(|| row.cells.get(at).map(|cell| cell.span.clone()))?
}

/// What the table calls the level.
const KEYS: [&str; 4] = ["maturity", "maturitylevel", "currentmaturity", "categorymaturity"];

/// What a section is called that tells the level.
const SECTIONS: [&str; 8] = [
    "maturity",
    "maturityplan",
    "maturitylevel",
    "currentmaturity",
    "currentmaturitylevel",
    "categorymaturity",
    "categorymaturitylevel",
    "categorymaturityplan",
];

fn is_maturity(text: &str, names: &[&str]) -> bool {
    let folded = fold(text);
    names.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// What is said if all agree.
fn one_of(said: &[Stated]) -> Says {
    match said.split_first() {
        None => Says::Nothing,
        Some((first, rest)) if rest.iter().all(|other| other.height == first.height) => {
            Says::Level(first.clone())
        }
        Some(_) => Says::Unclear,
    }
}
