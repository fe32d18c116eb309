//! The words of a page, sentence by sentence, and what a sentence says of a level.

use std::ops::Range;

use super::{LevelWords, Says, Stated, one_of};
use crate::source::fold;
use crate::source::markdown::{BlockKind, CodeKind, LinkForm, LinkKind, Outline};

/// A word as it is read.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// In small letters.
    pub(super) folded: String,
    pub(super) span: Range<usize>,
    /// Whether emphasis, code, a quotation or a link begins with it.
    is_marked: bool,
    /// Whether the text goes on behind it in the same emphasis or link.
    goes_on: bool,
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) words: Vec<Word>,
    /// Whether it stands in a list.
    is_in_list: bool,
}

/// A page, and what of it is no text.
pub(super) struct Text<'t> {
    page: &'t str,
    /// What readers do not see, sorted.
    hidden: Vec<Range<usize>>,
    /// Where links begin, sorted.
    links: Vec<usize>,
}

/// From these words on, a sentence tells of plans, conditions, or how it was.
const NOT_NOW: [&str; 84] = [
    "next",
    "target",
    "targets",
    "goal",
    "goals",
    "will",
    "would",
    "could",
    "should",
    "may",
    "might",
    "must",
    "can",
    "plan",
    "plans",
    "planning",
    "aim",
    "aims",
    "aiming",
    "want",
    "wants",
    "need",
    "needs",
    "working",
    "work",
    "move",
    "moves",
    "moving",
    "progress",
    "progressing",
    "reach",
    "reaching",
    "achieve",
    "achieving",
    "towards",
    "toward",
    "advance",
    "advancing",
    "promote",
    "mature",
    "maturing",
    "improve",
    "improving",
    "when",
    "once",
    "if",
    "unless",
    "until",
    "before",
    "after",
    "become",
    "becomes",
    "becoming",
    "future",
    "vision",
    "eventually",
    "soon",
    "intend",
    "intends",
    "expect",
    "expected",
    "hope",
    "raise",
    "upgrade",
    "get",
    "getting",
    "bring",
    "was",
    "were",
    "previously",
    "formerly",
    "had",
    "originally",
    "previous",
    "last",
    "not",
    "no",
    "never",
    "isn't",
    "non",
    "nearly",
    "almost",
    "without",
    "example",
];

/// What may stand between "is" and the level.
const BETWEEN: [&str; 22] = [
    "currently",
    "now",
    "still",
    "today",
    "presently",
    "at",
    "in",
    "a",
    "an",
    "the",
    "considered",
    "rated",
    "assessed",
    "as",
    "of",
    "our",
    "level",
    "maturity",
    "state",
    "stage",
    "category",
    "to",
];

const BE: [&str; 5] = ["is", "are", "remains", "stands", "be"];

impl<'t> Text<'t> {
    pub(super) fn new(page: &'t str, outline: &Outline) -> Self {
        let mut hidden = Vec::new();
        let code = outline.code.iter().filter(|code| code.kind != CodeKind::Span);
        hidden.extend(code.map(|code| code.span.clone()));
        hidden.extend(outline.comments.iter().map(|comment| comment.span.clone()));
        hidden.extend(outline.html.iter().cloned());
        let mut links = Vec::new();
        for link in &outline.links {
            let span = link.span.clone();
            match (link.kind, link.form) {
                (LinkKind::Link, LinkForm::Inline | LinkForm::Reference) => {
                    let text = &page[span.clone()];
                    let behind = text.rfind("](").or_else(|| text.rfind("]["));
                    hidden.extend(behind.map(|at| span.start + at..span.end));
                    links.push(span.start);
                }
                (LinkKind::Link, LinkForm::Html) => {}
                _ => hidden.push(span),
            }
        }
        hidden.sort_by_key(|range| (range.start, range.end));
        links.sort_unstable();
        Self { page, hidden, links }
    }

    /// The second cell of the first line `| name | value |` in `range` whose name `is_it`.
    pub(super) fn row(
        &self,
        range: Range<usize>,
        is_it: impl Fn(&str) -> bool,
    ) -> Option<Range<usize>> {
        let mut start = range.start;
        for line in self.page[range].split_inclusive('\n') {
            let row = line.trim_start().strip_prefix('|').and_then(|rest| {
                let (name, rest) = rest.split_once('|')?;
                let value = rest.split_once('|').map_or(rest, |(value, _)| value);
                let at = start + line.len() - rest.len();
                is_it(name).then_some(at..at + value.len())
            });
            if row.is_some() {
                return row;
            }
            start += line.len();
        }
        None
    }

    /// All words in `range`.
    pub(super) fn words(&self, range: Range<usize>) -> Vec<Word> {
        self.split(range).concat()
    }

    /// The sentences of the paragraphs and lists that begin in `range`, of those whose text `is_asked_for`.
    pub(super) fn sentences(
        &self,
        outline: &Outline,
        range: Range<usize>,
        is_asked_for: impl Fn(&str) -> bool,
    ) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for block in &outline.blocks {
            let is_in_list = block.kind == BlockKind::List;
            if (is_in_list || block.kind == BlockKind::Paragraph)
                && range.contains(&block.span.start)
                && is_asked_for(&self.page[block.span.clone()])
            {
                let split = self.split(block.span.clone()).into_iter();
                sentences.extend(split.map(|words| Sentence { words, is_in_list }));
            }
        }
        sentences
    }

    /// The sentences in `range`, none of them empty. An item of a list ends the one before.
    fn split(&self, range: Range<usize>) -> Vec<Vec<Word>> {
        let mut sentences = Vec::new();
        let mut words: Vec<Word> = Vec::new();
        let mut at = range.start;
        let mut hidden = self.hidden.partition_point(|hidden| hidden.start < at);
        // What is hidden may overlap, and may have begun before.
        let mut visible_from =
            self.hidden[..hidden].iter().map(|range| range.end).max().unwrap_or(0);
        let mut is_marked = false;
        while at < range.end {
            while self.hidden.get(hidden).is_some_and(|hidden| hidden.start <= at) {
                visible_from = visible_from.max(self.hidden[hidden].end);
                hidden += 1;
            }
            if at < visible_from {
                at = visible_from;
                continue;
            }
            let rest = &self.page[at..range.end];
            let Some(c) = rest.chars().next() else { break };
            if rest.starts_with("<%") {
                // A template tag stands for a word that nobody knows.
                let length = rest.find("%>").map_or(rest.len(), |end| end + 2);
                let span = at..at + length;
                words.push(Word {
                    folded: "<%".to_owned(),
                    span,
                    is_marked: false,
                    goes_on: false,
                });
                at += length;
            } else if c.is_alphanumeric() {
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let length = rest[..length].trim_end_matches(['\'', '’']).len();
                let folded = rest[..length].to_lowercase().replace('’', "'");
                let behind = rest[length..].chars().next();
                words.push(Word {
                    folded,
                    span: at..at + length,
                    is_marked,
                    goes_on: behind.is_some_and(|c| c == ' ' || c == '-'),
                });
                at += length;
            } else {
                let is_end = match c {
                    '.' | '!' | '?' => rest[1..]
                        .trim_start_matches(['*', '_', '"', '”', '\'', '`', ')', ']'])
                        .chars()
                        .next()
                        .is_none_or(char::is_whitespace),
                    ';' => true,
                    '\n' => begins_block(&rest[1..]),
                    _ => false,
                };
                if is_end && !words.is_empty() {
                    sentences.push(std::mem::take(&mut words));
                }
                is_marked = matches!(c, '*' | '_' | '`' | '"' | '“' | '‘' | '\'')
                    || c == '[' && (is_marked || self.is_link(at));
                at += c.len_utf8();
                continue;
            }
            is_marked = false;
        }
        if !words.is_empty() {
            sentences.push(words);
        }
        sentences
    }

    fn is_link(&self, at: usize) -> bool {
        self.links.binary_search(&at).is_ok()
    }
}

/// Whether a line that begins `rest` begins something new: after an empty line, or an item of a list.
fn begins_block(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.is_empty()
        || line.starts_with(['-', '*', '+', '|']) && !line.starts_with("**")
        || number.len() < line.len() && number.starts_with(['.', ')'])
}

/// The level that the first `sentences` of a section about maturity state: those of a form, or else the first
/// that names a level at all, if it marks it. A section that says there is no level to speak of states none.
pub(super) fn of_section(sentences: &[Sentence], levels: &LevelWords) -> Says {
    if sentences.iter().any(|sentence| is_denial(&sentence.words, levels)) {
        return Says::Unclear;
    }
    let in_form = sentences.iter().filter_map(|Sentence { words, .. }| {
        let (words, height, level) = only_level(words, levels)?;
        let form = form(words, &level)?;
        (form.is_of_maturity || is_marked(words, &level)).then(|| stated(words, height, &level))
    });
    let in_form: Vec<Stated> = in_form.collect();
    if !in_form.is_empty() {
        return one_of(&in_form);
    }
    let first = sentences.iter().find(|sentence| !levels.all(&sentence.words).is_empty());
    let marked = first.and_then(|Sentence { words, is_in_list }| {
        let is_entry = *is_in_list && levels.all(words)[0].1.start == 0;
        let (words, height, level) = only_level(words, levels)?;
        (!is_entry && is_marked(words, &level)).then(|| stated(words, height, &level))
    });
    marked.map_or(Says::Nothing, Says::Level)
}

/// Whether the sentence says that something about maturity does not hold, and names no level.
fn is_denial(words: &[Word], levels: &LevelWords) -> bool {
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.folded.as_str()));
    has(&["maturity"])
        && has(&["not", "no", "non", "without", "cannot", "isn't", "doesn't"])
        && levels.all(words).is_empty()
}

/// Whether the level alone is marked, or the level and a word such as `maturity`.
fn is_marked(words: &[Word], level: &Range<usize>) -> bool {
    let last = &words[level.end - 1];
    let behind = words.get(level.end).map_or("", |word| &word.folded);
    words[level.start].is_marked
        && (!last.goes_on || matches!(behind, "maturity" | "level" | "state" | "stage"))
}

/// The level that a sentence anywhere on the page states, if it speaks of the category: `X is at the Viable
/// level`, `This category is currently at Viable maturity`, `Our maturity is viable`.
pub(super) fn of_page(sentence: &[Word], levels: &LevelWords, names: &[&str]) -> Option<Stated> {
    let (words, height, level) = only_level(sentence, levels)?;
    let form = form(words, &level)?;
    let is_marked_now = form.is_now && is_marked(words, &level);
    if !form.is_of_maturity && !is_marked_now {
        return None;
    }
    let subject: Vec<&str> = form.subject.iter().map(|word| word.folded.as_str()).collect();
    let is_category = subject.contains(&"category")
        || names.iter().any(|name| holds_name(&subject, name))
        || subject.contains(&"maturity")
            && (subject.contains(&"our") || subject.contains(&"current"))
        || matches!(subject[..], ["it"]);
    is_category.then(|| stated(words, height, &level))
}

/// The statement of the words `level`.
pub(super) fn stated(words: &[Word], height: usize, level: &Range<usize>) -> Stated {
    Stated { height, span: words[level.start].span.start..words[level.end - 1].span.end }
}

/// The one level that the sentence names as of now: the words up to any talk of plans, its height, and which
/// words it is.
fn only_level<'w>(
    sentence: &'w [Word],
    levels: &LevelWords,
) -> Option<(&'w [Word], usize, Range<usize>)> {
    let end = sentence.iter().position(|word| NOT_NOW.contains(&word.folded.as_str()));
    let words = &sentence[..end.unwrap_or(sentence.len())];
    let found = levels.all(words);
    let (height, level) = found.first()?.clone();
    let is_one = found.iter().all(|(other, _)| *other == height);
    (is_one && !is_dated_plan(&words[level.end..])).then_some((words, height, level))
}

/// `by 2023`, `by late 2023` a few words on.
fn is_dated_plan(behind: &[Word]) -> bool {
    let is_number = |word: &Word| word.folded.starts_with(|c: char| c.is_ascii_digit());
    behind
        .iter()
        .take(4)
        .enumerate()
        .any(|(at, word)| word.folded == "by" && behind[at + 1..].iter().take(3).any(is_number))
}

/// How a sentence says its level.
struct Form<'w> {
    /// What stands before "is".
    subject: &'w [Word],
    /// Whether it says that it is a level of maturity.
    is_of_maturity: bool,
    /// Whether it says that this is so now.
    is_now: bool,
}

fn form<'w>(words: &'w [Word], level: &Range<usize>) -> Option<Form<'w>> {
    let before = &words[..level.start];
    let is_between = |word: &&Word| BETWEEN.contains(&word.folded.as_str());
    let between = before.iter().rev().take_while(is_between).count();
    let (head, between) = before.split_at(before.len() - between);
    let (be, subject) = head.split_last()?;
    if !BE.contains(&be.folded.as_str()) {
        return None;
    }
    let has = |words: &[Word], wanted: &[&str]| {
        words.iter().any(|word| wanted.contains(&word.folded.as_str()))
    };
    let behind = &words[level.end..words.len().min(level.end + 1)];
    let is_of_maturity = has(behind, &["maturity", "level"])
        || has(between, &["maturity", "level"])
        || has(subject, &["maturity"]);
    let is_now = has(between, &["currently", "now", "still", "today", "presently"])
        || has(&subject[..subject.len().min(1)], &["currently", "today", "now"]);
    Some(Form { subject, is_of_maturity, is_now })
}

/// Whether `words` hold all words of `name` one after the other.
fn holds_name(words: &[&str], name: &str) -> bool {
    // What stands in brackets is another name: `Infrastructure as Code (IaC)`.
    let name = name.split(" (").next().unwrap_or(name);
    let name: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(fold)
        .collect();
    !name.is_empty() && words.windows(name.len()).any(|part| part.iter().eq(name.iter()))
}
