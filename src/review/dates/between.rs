//! What may stand between a marker and its date: colons, dashes, brackets, `on`, `by Ada of the Bees on`.

use super::date::WrittenDate;
use super::malformed;
use super::partial;
use super::phrases::{Finder, Value};
use super::tokens::Kind;

/// What stands between a marker and its date.
pub(super) struct Between<'f, 'a> {
    pub(super) finder: &'f Finder<'a>,
    /// The tokens of the phrase.
    pub(super) view: &'f [usize],
    /// The place in `view`.
    pub(super) at: usize,
    /// Whether a colon was passed.
    pub(super) has_colon: bool,
    /// Whether a dash was.
    pub(super) has_dash: bool,
}

impl Between<'_, '_> {
    /// The value, and the token behind it; nothing if other words follow.
    pub(super) fn read(&mut self) -> Option<(Value, usize)> {
        let mut is_first = true;
        for _ in 0..14 {
            let Some(&token) = self.view.get(self.at) else {
                let behind = self.view.last().map_or(0, |last| last + 1);
                return Some((Value::Nothing, behind));
            };
            let text = self.finder.text(token);
            let kind = self.finder.kind(token)?;
            if let Some(found) = self.date() {
                return Some(found);
            }
            if self.begins_another_line() {
                return self.malformed(false);
            }
            match kind {
                Kind::Template => {
                    let tag = self.finder.tokens[token].span.clone();
                    let (name, span) = partial::call(self.finder.page, tag)?;
                    return Some((Value::Partial(name, span), token + 1));
                }
                Kind::Sign(':' | '：' | '=') => self.has_colon = true,
                Kind::Sign('(') if is_first && self.skip_hint() => {}
                Kind::Sign('-' | '–' | '—' | '→') => self.has_dash = true,
                Kind::Sign('(' | '"' | '“' | '”' | '\'' | '‘' | ',' | '・' | '「' | '（') =>
                    {}
                Kind::Word if self.finder.is(token, &["by"]) => return self.by(),
                Kind::Word if is_glue(text) => {}
                _ => return self.malformed(self.has_colon),
            }
            is_first &= matches!(kind, Kind::Sign('('));
            self.at += 1;
        }
        None
    }

    fn date(&self) -> Option<(Value, usize)> {
        let &token = self.view.get(self.at)?;
        let (start, finder) = (self.finder.tokens[token].span.start, self.finder);
        if finder.kind(token) != Some(Kind::Word) {
            return None;
        }
        let (date, length) = WrittenDate::read(&finder.page[start..finder.end])?;
        let span = start..start + length;
        Some((Value::Date(date, span), finder.behind(start + length)))
    }

    /// Whether a line begins here that says something else: `Owner: Ada` below `Last reviewed:`.
    fn begins_another_line(&self) -> bool {
        let Some(&token) = self.view.get(self.at) else { return false };
        let text = self.finder.text(token);
        let is_word = text.starts_with(|char: char| char.is_alphanumeric() && !char.is_lowercase());
        token > 0 && self.finder.is_break(token - 1) && is_word
    }

    fn malformed(&self, is_expected: bool) -> Option<(Value, usize)> {
        let &token = self.view.get(self.at)?;
        let (start, finder) = (self.finder.tokens[token].span.start, self.finder);
        let text = &finder.page[start..finder.end];
        let length = malformed::attempt(text)
            .filter(|_| is_expected)
            .or_else(|| malformed::surely_attempt(text))?;
        Some((Value::Malformed(start..start + length), finder.behind(start + length)))
    }

    /// Moves to the end of `(YYYY-MM-DD)`, or of anything in brackets that a colon or nothing follows.
    fn skip_hint(&mut self) -> bool {
        let close = (self.at..self.view.len().min(self.at + 10))
            .find(|&at| self.finder.text(self.view[at]) == ")");
        let Some(close) = close else { return false };
        let last = self.view[close];
        let ends = self.finder.is_break(last + 1) || self.view.get(close + 1).is_none();
        let text =
            &self.finder.page[self.finder.start_of(self.view[self.at])..self.finder.start_of(last)];
        let is_hint = ends || self.finder.text(last + 1) == ":" || malformed::is_format(text);
        if is_hint {
            self.at = close;
        }
        is_hint
    }

    /// `by Ada of the Bees team on 2022-10-05`.
    fn by(&mut self) -> Option<(Value, usize)> {
        for _ in 0..14 {
            self.at += 1;
            if let Some(found) = self.date() {
                return Some(found);
            }
            let token = *self.view.get(self.at)?;
            if self.begins_another_line() {
                return None;
            }
            let ends =
                ["next", "due", "until", "before", "expires", "effective", "created", "since", ";"];
            if self.finder.is(token, &ends) {
                return None;
            }
        }
        None
    }
}

fn is_glue(word: &str) -> bool {
    ["on", "at", "in", "as", "of", "was", "is", "the"]
        .iter()
        .any(|glue| glue.eq_ignore_ascii_case(word))
        || word == "は"
}
