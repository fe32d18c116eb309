//! The words that say reviewed or updated: `Content Last Reviewed`, `Date of last review`,
//! `This page was revised`, `最終更新日`.
//!
//! A marker is read from where a phrase begins, and only what is about the page may stand before it: its
//! own nouns (`Content`, `Document`) or a sentence with one of them as its subject. So `Next review`,
//! `This roadmap was last updated` and `Prices last updated` are none.

use super::japanese;

/// What a marker says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The page was reviewed.
    pub(super) reviewed: bool,
    /// The page was updated, revised, edited or modified.
    pub(super) updated: bool,
}

impl Facts {
    pub(super) const REVIEWED: Self = Self { reviewed: true, updated: false };
    pub(super) const UPDATED: Self = Self { reviewed: false, updated: true };

    fn and(self, other: Self) -> Self {
        Self { reviewed: self.reviewed || other.reviewed, updated: self.updated || other.updated }
    }
}

/// How sure a marker is of speaking of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A lone verb: `Updated`.
    Bare,
    /// `Last updated`, `Date of last review`.
    Label,
    /// It names the page: `This page was last updated`.
    Page,
}

/// A marker, and how many words it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) facts: Facts,
    pub(super) strength: Strength,
    pub(super) words: usize,
}

/// The marker that `words` (signs among them) begins with.
pub(super) fn marker(words: &[&str]) -> Option<Marker> {
    let mut words = Words { all: words, at: 0 };
    words.lead();
    if let Some((facts, strength)) = words.peek(0).and_then(japanese::label) {
        return Some(Marker { facts, strength, words: words.at + 1 });
    }
    words.english()
}

/// Whether `words` speak of the page: `this statement`.
pub(super) fn is_page_named(words: &[&str]) -> bool {
    let any = |word: &&str, list: &[&str]| list.iter().any(|it| it.eq_ignore_ascii_case(word));
    words.iter().enumerate().any(|(at, word)| {
        any(word, &DETERMINERS) && words[at + 1..].iter().take(3).any(|word| any(word, &PAGE))
    })
}

/// What a page may be called.
const PAGE: [&str; 36] = [
    "page",
    "document",
    "doc",
    "docs",
    "documentation",
    "content",
    "contents",
    "direction",
    "policy",
    "guide",
    "guidance",
    "guideline",
    "guidelines",
    "handbook",
    "article",
    "file",
    "strategy",
    "vision",
    "statement",
    "runbook",
    "playbook",
    "procedure",
    "readme",
    "wiki",
    "text",
    "standard",
    "charter",
    "manual",
    "agreement",
    "notice",
    "terms",
    "memo",
    "template",
    "process",
    "website",
    "site",
];
/// What stands for the page in `the information on this page`.
const IN_PAGE: [&str; 4] = ["information", "everything", "material", "wording"];
const DETERMINERS: [&str; 5] = ["this", "the", "our", "these", "that"];
const JOINTS: [&str; 5] = ["and", "or", "&", "/", ","];
/// What else may be done to a page, beside a review or an update.
const OTHER_DEEDS: [&str; 9] = [
    "approved",
    "verified",
    "checked",
    "confirmed",
    "validated",
    "published",
    "effective",
    "created",
    "adopted",
];
const OF_REVIEWS: [&str; 10] = [
    "full",
    "major",
    "annual",
    "formal",
    "complete",
    "substantive",
    "significant",
    "quarterly",
    "monthly",
    "yearly",
];

struct Words<'a> {
    all: &'a [&'a str],
    at: usize,
}

impl<'a> Words<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.all.get(self.at + ahead).copied()
    }

    fn is(&self, ahead: usize, any: &[&str]) -> bool {
        self.peek(ahead).is_some_and(|word| any.iter().any(|it| it.eq_ignore_ascii_case(word)))
    }

    fn eat(&mut self, any: &[&str]) -> bool {
        let found = self.is(0, any);
        self.at += usize::from(found);
        found
    }

    /// Brackets, quotes and marks that a phrase may open with, and `Effective and`.
    fn lead(&mut self) {
        while self.at < 4
            && self.peek(0).is_some_and(|sign| {
                sign.chars().all(|char| !char.is_alphanumeric() && !matches!(char, '.' | ':'))
            })
        {
            self.at += 1;
        }
        if self.is(0, &OTHER_DEEDS) && self.is(1, &JOINTS) {
            self.at += 2;
        }
    }

    fn english(&mut self) -> Option<Marker> {
        let start = self.at;
        let mut strength = Strength::Bare;
        let mut needs_page = false;
        if self.eat(&["we", "i"]) {
            return self.we();
        }
        if self.eat(&["it"]) {
            // `It` stands for what the sentence before is about.
            self.be().then_some(())?;
            strength = Strength::Label;
        } else if self.is(0, &DETERMINERS) {
            if self.subject() {
                strength = Strength::Page;
            } else {
                // `The last update was on ...` may be anything's.
                self.at = start + 1;
                needs_page = true;
            }
        } else if self.pages(4) || self.some_page() {
            strength = Strength::Label;
            self.be();
        }
        let (facts, own) = self.deed()?;
        strength = strength.max(own);
        if self.of_page() {
            strength = Strength::Page;
        } else if needs_page {
            return None;
        }
        Some(Marker { facts, strength, words: self.at })
    }

    /// `[we] last reviewed this page`.
    fn we(&mut self) -> Option<Marker> {
        let (facts, _) = self.deed()?;
        (self.eat(&DETERMINERS) && self.pages(4)).then_some(())?;
        Some(Marker { facts, strength: Strength::Page, words: self.at })
    }

    /// `this direction page was`: whether a sentence begins whose subject is the page.
    fn subject(&mut self) -> bool {
        let verb =
            (1..=8).find(|&ahead| self.is(ahead, &["was", "is", "were", "are", "has", "have"]));
        let Some(verb) = verb else { return false };
        let subject = &self.all[self.at + 1..self.at + verb];
        let preposition = subject
            .iter()
            .position(|word| ["of", "on", "in"].iter().any(|it| it.eq_ignore_ascii_case(word)));
        let any = |word: &str, list: &[&str]| list.iter().any(|it| it.eq_ignore_ascii_case(word));
        let head = &subject[..preposition.unwrap_or(subject.len())];
        let is_page = match (head.last(), preposition) {
            (Some(head), None) => any(head, &PAGE),
            (Some(head), Some(_)) => {
                let within = subject.last().is_some_and(|last| any(last, &PAGE));
                within && (any(head, &PAGE) || any(head, &IN_PAGE))
            }
            (None, _) => false,
        };
        self.at += verb;
        is_page && self.be()
    }

    fn be(&mut self) -> bool {
        let found = self.eat(&["was", "is", "were", "are", "has", "have"]);
        self.eat(&["been"]);
        self.eat(&["also", "just", "only"]);
        found
    }

    /// Takes the page's nouns, at most so many.
    fn pages(&mut self, most: usize) -> bool {
        let start = self.at;
        while self.at < start + most && self.eat(&PAGE) {}
        self.at > start
    }

    /// Takes `Security policy` before `last`.
    fn some_page(&mut self) -> bool {
        let names = ["page", "content", "document", "policy", "guide", "handbook"];
        let is_word = |word: &str| word.chars().all(char::is_alphabetic);
        let found = (1..=2).find(|&ahead| {
            self.is(ahead, &names)
                && self.is(ahead + 1, &["last", "was"])
                && (0..ahead).all(|ahead| self.peek(ahead).is_some_and(is_word))
                && !self.is(0, &["next"])
        });
        self.at += found.map_or(0, |ahead| ahead + 1);
        found.is_some()
    }

    /// What was done, and whether the words for it can stand alone.
    fn deed(&mut self) -> Option<(Facts, Strength)> {
        if self.eat(&["date"]) {
            self.eat(&["of"]);
            self.eat(&["the"]);
            let last = self.last();
            let facts = self.what(true, last)?;
            return Some((self.joined(facts), Strength::Label));
        }
        if self.last() {
            self.pages(2);
            self.eat(&OF_REVIEWS);
            let facts = self.what(true, true)?;
            let facts = self.joined(facts);
            self.eat(&["date", "dates"]);
            self.eat(&["done", "performed", "completed", "conducted", "made", "held"]);
            return Some((facts, Strength::Label));
        }
        if let Some(facts) = self.what(false, false) {
            let facts = self.joined(facts);
            let strength = if self.eat(&["date"]) { Strength::Label } else { Strength::Bare };
            return Some((facts, strength));
        }
        // `Revision date`, but not `Review date`: that is the next one as often as the last.
        let facts = self.what(true, false).filter(|facts| facts.updated)?;
        self.eat(&["date"]).then_some((facts, Strength::Label))
    }

    fn last(&mut self) -> bool {
        if self.is(0, &["most"]) && self.is(1, &["recent", "recently"]) {
            self.at += 2;
            return true;
        }
        self.eat(&["last", "latest", "lastly"])
    }

    /// The deed itself. A thing that changed, and the noun for it, need `last` beside them.
    fn what(&mut self, nouns: bool, last: bool) -> Option<Facts> {
        if self.eat(&["reviewed"]) || nouns && self.eat(&["review"]) {
            return Some(Facts::REVIEWED);
        }
        let verbs = ["updated", "revised", "edited", "modified", "amended"];
        let names = ["update", "revision", "edit", "modification", "amendment"];
        let updated = self.eat(&verbs)
            || nouns && self.eat(&names)
            || last && self.eat(&["changed", "refreshed"])
            || last && nouns && self.eat(&["change", "refresh"]);
        updated.then_some(Facts::UPDATED)
    }

    /// `/ updated`, `and last reviewed`, `and approved`.
    fn joined(&mut self, first: Facts) -> Facts {
        let mut facts = first;
        for _ in 0..3 {
            let start = self.at;
            self.eat(&JOINTS);
            if self.at == start || self.eat(&OTHER_DEEDS) {
                continue;
            }
            self.last();
            match self.what(true, false) {
                Some(other) => facts = facts.and(other),
                None => self.at = start,
            }
        }
        facts
    }

    /// `of this page`, `to our handbook`.
    fn of_page(&mut self) -> bool {
        let start = self.at;
        let found = self.eat(&["of", "to", "for"]) && self.eat(&DETERMINERS) && self.pages(4);
        if !found {
            self.at = start;
        }
        found
    }
}
