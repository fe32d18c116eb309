//! One record: its fields, checked and ready to be asked for.
//!
//! All checks happen in [`Fields::new`], so that no reader can forget one: wrong kinds, values outside
//! their legal set, required fields that are absent or empty, and unknown keys with a suggestion.

use super::Reader;
use super::check::{Check, unquoted};
use super::records::{Owner, key_is_no_text, read_list, read_records};
use super::value::{FromNode, is_empty};
use crate::handbook::schema::{Field, Kind, Others, Schema};
use crate::handbook::{Ladder, Problem, ProblemKind, ToolCell};

use crate::source::yaml::{Mapping, Node, Pair, Value};
use crate::source::{Guess, Replacement, Spanned, edits, fold, guess};

/// One record's fields, checked.
pub struct Fields<'r, 'a, 't, 's> {
    reader: &'r mut Reader<'a>,
    schema: &'static Schema,
    owner: Owner,
    values: Vec<Option<Node<'t, 's>>>,
    /// The dates of levels that are no declared fields, by their field's name.
    level_dates: Vec<(&'a str, Node<'t, 's>)>,
    tools: Vec<(Spanned<String>, ToolCell)>,
    broken: Vec<Broken>,
}

/// A field that holds something, but nothing that can be read, and what is wrong with it.
struct Broken {
    name: String,
    message: String,
}

impl<'r, 'a, 't, 's> Fields<'r, 'a, 't, 's> {
    /// Checks `mapping`, the record of `owner`, by `schema`.
    pub(super) fn new(
        reader: &'r mut Reader<'a>,
        schema: &'static Schema,
        owner: Owner,
        mapping: Mapping<'t, 's>,
    ) -> Self {
        let mut fields = Self {
            reader,
            schema,
            owner,
            values: vec![None; schema.fields.len()],
            level_dates: Vec::new(),
            tools: Vec::new(),
            broken: Vec::new(),
        };
        let mut unknown = Vec::new();
        for entry in mapping.entries() {
            let pair = entry.pair;
            match pair.key {
                Some(key) => match schema.position(key) {
                    // Of equal keys the last counts, as it does for Ruby.
                    Some(at) => fields.values[at] = Some(pair.value),
                    None if fields.take_level_date(key, pair.value) => {}
                    None => {
                        if let Some(elsewhere) = pair.key_elsewhere.filter(|_| entry.is_own) {
                            let subject = format!("the key `{key}` of {}", fields.owner.described);
                            let problem = unquoted(pair.key_span, &subject, key, elsewhere);
                            fields.reader.problem(problem);
                        }
                        unknown.push((Spanned::new(key, pair.key_span), pair.value, entry.is_own));
                    }
                },
                None => fields.reader.problem(key_is_no_text(pair.key_span)),
            }
        }
        fields.check_declared();
        for (key, value, is_own) in unknown {
            fields.check_unknown(key, value, is_own);
        }
        fields
    }

    /// The record's key, or the title of a list's item.
    pub fn key(&self) -> Spanned<String> {
        self.owner.name.clone()
    }

    /// What messages call the record, such as ``feature `Saved searches` ``.
    pub fn described(&self) -> String {
        self.owner.described.clone()
    }

    /// The fields that hold something, but nothing that can be read. What they should hold is neither
    /// known nor missing.
    pub fn broken(&self) -> Vec<String> {
        self.broken.iter().map(|broken| broken.name.clone()).collect()
    }

    /// Whether the record's format has the field `name`.
    pub fn declares(&self, name: &str) -> bool {
        self.schema.position(name).is_some()
    }

    /// The part of the file that the record stands in, where a file has parts.
    pub fn part(&self) -> Option<Spanned<String>> {
        self.reader.part.clone()
    }

    /// The maturity ladder.
    pub fn ladder(&self) -> &'a Ladder {
        self.reader.ladder
    }

    /// The value of `name`, if it is there and right.
    pub fn get<T: FromNode>(&self, name: &str) -> Option<Spanned<T>> {
        let node = self.node(name)?;
        let value = T::from_node(node).map(|value| Spanned::new(value, node.span()));
        self.lose_unless(value.is_some(), name, node);
        value
    }

    /// The values of `name`: a list's items, or the one value that stands for a list of one.
    pub fn list<T: FromNode>(&self, name: &str) -> Vec<Spanned<T>> {
        let spanned = |node: Node<'_, '_>| Some(Spanned::new(T::from_node(node)?, node.span()));
        match self.node(name) {
            None => Vec::new(),
            Some(node) => {
                let (values, written): (Vec<_>, usize) = match node.value() {
                    Value::Sequence(items) => (
                        items.items().filter_map(spanned).collect(),
                        items.items().filter(|item| !is_empty(*item)).count(),
                    ),
                    _ => (spanned(node).into_iter().collect(), 1),
                };
                self.lose_unless(values.len() >= written, name, node);
                values
            }
        }
    }

    /// The keys of the map `name`, whatever stands below them.
    pub fn keys(&self, name: &str) -> Vec<Spanned<String>> {
        let mapping = self.node(name).and_then(|node| node.mapping());
        let entries = mapping.map(|mapping| mapping.entries()).into_iter().flatten();
        let key = |pair: Pair<'_, '_>| Some(Spanned::new(pair.key?.to_owned(), pair.key_span));
        entries.filter_map(|entry| key(entry.pair)).collect()
    }

    /// The keys and values of the map `name`.
    pub fn map<T: FromNode>(&self, name: &str) -> Vec<(Spanned<String>, Spanned<T>)> {
        let Some(node) = self.node(name) else { return Vec::new() };
        let entries = node.mapping().map(|mapping| mapping.entries()).unwrap_or_default();
        let pairs = entries.iter().map(|entry| entry.pair);
        let written = pairs.clone().filter(|pair| !is_empty(pair.value)).count();
        let values: Vec<_> = pairs
            .filter_map(|pair| {
                let key = Spanned::new(pair.key?.to_owned(), pair.key_span);
                let value = Spanned::new(T::from_node(pair.value)?, pair.value.span());
                Some((key, value))
            })
            .collect();
        self.lose_unless(node.mapping().is_some() && values.len() >= written, name, node);
        values
    }

    /// The records of the map `name`, each read by `read`.
    pub fn records<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&mut Fields<'_, 'a, 't, 's>) -> T,
    ) -> Vec<T> {
        let Some(at) = self.schema.position(name) else { return Vec::new() };
        let Kind::Records(schema) = self.schema.fields[at].kind else { return Vec::new() };
        let Some(node) = self.values[at] else { return Vec::new() };
        let mut records = Vec::new();
        let is_map =
            read_records(self.reader, schema, node, &mut |fields| records.push(read(fields)));
        if !is_map || matches!(node.value(), Value::Unresolved) {
            self.broken.push(Broken { name: name.to_owned(), message: self.unreadable(name) });
        }
        records
    }

    /// The records of the list `name`, each read by `read`. `known_by` is the field that tells them apart.
    pub fn list_of<T>(
        &mut self,
        name: &str,
        known_by: &str,
        mut read: impl FnMut(&mut Fields<'_, 'a, 't, 's>) -> T,
    ) -> Vec<T> {
        let Some(at) = self.schema.position(name) else { return Vec::new() };
        let Kind::ListOf(schema) = self.schema.fields[at].kind else { return Vec::new() };
        let Some(node) = self.values[at] else { return Vec::new() };
        let mut records = Vec::new();
        read_list(self.reader, schema, known_by, node, &mut |fields| records.push(read(fields)));
        records
    }

    /// The cells of the tools beside the fields.
    pub fn tools(&mut self) -> Vec<(Spanned<String>, ToolCell)> {
        std::mem::take(&mut self.tools)
    }

    fn node(&self, name: &str) -> Option<Node<'t, 's>> {
        match self.schema.position(name) {
            Some(at) => self.values[at],
            None => self.level_dates.iter().find(|(key, _)| *key == name).map(|(_, node)| *node),
        }
    }

    /// Runs `check` over `value`, and remembers the field if it found something.
    fn run(&mut self, check: &Check<'_>, name: &str, value: Node<'t, 's>) {
        let before = self.reader.findings.problems.len();
        check.run(value, self.reader);
        if self.reader.findings.problems.len() > before
            || matches!(value.value(), Value::Unresolved)
        {
            let found = self.reader.findings.problems[before..].first();
            let message = found.map(|problem| problem.message.clone());
            let message = message.unwrap_or_else(|| self.unreadable(name));
            self.broken.push(Broken { name: name.to_owned(), message });
        }
    }

    fn unreadable(&self, name: &str) -> String {
        format!("`{name}` of {} cannot be read", self.owner.described)
    }

    /// Notes that the value `node` of `name` is lost to whoever asks for it, unless `is_whole`. What is no more than
    /// empty, or written so that it says nothing, is not lost.
    fn lose_unless(&self, is_whole: bool, name: &str, node: Node<'t, 's>) {
        if is_whole {
            return;
        }
        if let Some(broken) = self.broken.iter().find(|broken| broken.name == name) {
            self.reader.lose(node.span(), broken.message.clone());
        }
    }

    /// Takes `value` if `key` holds the date of a level that is no declared field.
    fn take_level_date(&mut self, key: &str, value: Node<'t, 's>) -> bool {
        let name = self.undeclared_level_dates().find(|name| *name == key);
        let Some(name) = name else { return false };
        self.level_dates.push((name, value));
        if !is_empty(value) {
            let owner = self.owner.described.clone();
            self.run(&Check::new(name, Kind::Date, &owner), name, value);
        }
        true
    }

    /// The date fields of levels, beside the declared fields.
    fn undeclared_level_dates(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let rungs = if self.schema.has_level_dates { &self.reader.ladder.rungs[..] } else { &[] };
        rungs.iter().skip(1).map(|rung| rung.date_field.as_str())
    }

    fn check_declared(&mut self) {
        let owner = self.owner.described.clone();
        for (field, value) in self.schema.fields.iter().zip(self.values.clone()) {
            match value {
                Some(node) if !is_empty(node) => {
                    self.run(&Check::of(field, &owner), field.name, node);
                }
                Some(node)
                    if field.is_required && Check::of(field, &owner).nothing(node, self.reader) =>
                {
                    let message = self.unreadable(field.name);
                    self.broken.push(Broken { name: field.name.to_owned(), message });
                }
                _ if field.is_required => {
                    let problem = missing(field, &self.owner, value.is_some());
                    self.reader.problem(problem);
                }
                _ => {}
            }
        }
    }

    fn check_unknown(&mut self, key: Spanned<&str>, value: Node<'t, 's>, is_own: bool) {
        let schema = self.schema;
        if schema.others == Others::Unknown {
            // What is merged in is judged where it stands.
            if is_own {
                let problem = self.unknown_field(key, value);
                self.reader.problem(problem);
            }
            return;
        }
        if schema.others == Others::Tools && is_of_life_cycle(key.value) {
            return;
        }
        let cell = ToolCell::from_value(value);
        let slip = self.misspelt_field(key.value, value, cell.is_some());
        match (slip, cell) {
            (Some(field), _) if is_own => {
                let is_absent = schema.position(field).is_some_and(|at| self.values[at].is_none());
                let near = Guess { word: field, is_only: is_absent, is_sure: false };
                let replacement = Replacement::guessed(near);
                let problem = not_a_field(schema, key)
                    .help(format!("did you mean `{field}`?"))
                    .replacement(replacement);
                self.reader.problem(problem);
            }
            (None, Some(cell)) if schema.others == Others::Tools => {
                self.tools.push((key.map(str::to_owned), cell));
            }
            (None, None) if schema.others == Others::Tools && is_own && could_be_cell(value) => {
                let owner = self.owner.described.clone();
                self.run(&Check::new(key.value, Kind::Cell, &owner), key.value, value);
                self.lose_unless(false, key.value, value);
            }
            _ => {}
        }
    }

    /// The problem of `key`, which is none of the fields, with the one that was meant or those that there are.
    fn unknown_field(&mut self, key: Spanned<&str>, value: Node<'t, 's>) -> Problem {
        let problem = not_a_field(self.schema, key);
        let mut absent: Vec<&'a str> = self.absent_fields().collect();
        // The nearest may be one that cannot hold the value, and the next one is meant.
        for _ in 0..GUESSES {
            let Some(near) = guess(key.value, absent.iter().copied()) else { break };
            if self.could_hold(near.word, value) {
                // What nobody reads may be wrong for another reason than its name.
                let replacement = Replacement::guessed(near).map(Replacement::unsure);
                return problem
                    .help(format!("did you mean `{}`?", near.word))
                    .replacement(replacement);
            }
            absent.retain(|field| *field != near.word);
        }
        let longer: Vec<&str> =
            absent.iter().copied().filter(|field| shares_words(key.value, field)).collect();
        let fitting: Vec<&str> =
            longer.into_iter().filter(|field| self.could_hold(field, value)).collect();
        problem.help(match fitting[..] {
            [one] => format!("did you mean `{one}`?"),
            [_, _, ..] if fitting.len() <= MOST_NAMED => {
                format!("did you mean one of {}?", in_backticks(&fitting))
            }
            _ => match self.schema.fields {
                fields if fields.len() <= MOST_NAMED => {
                    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                    format!("the fields are {}", in_backticks(&names))
                }
                _ => "`pmctl schema NAME` prints the fields of a data file".to_owned(),
            },
        })
    }

    /// What `value` would point to in the field `name`, if it could be there.
    fn could_hold(&mut self, name: &str, value: Node<'t, 's>) -> bool {
        if is_empty(value) {
            return true;
        }
        let owner = self.owner.described.clone();
        let check = match self.schema.position(name) {
            Some(at) => Check::of(&self.schema.fields[at], &owner),
            None => Check::new(name, Kind::Date, &owner),
        };
        self.reader.fits(&check, value)
    }

    /// The fields that the record could have but has not.
    fn absent_fields(&self) -> impl Iterator<Item = &'a str> {
        let fields = self.schema.fields.iter().zip(&self.values);
        let absent = fields.filter(|(_, value)| value.is_none()).map(|(field, _)| field.name);
        absent.chain(self.undeclared_level_dates())
    }

    /// The field that `key` is a slip of, in a record whose other keys may be the names of tools: one
    /// that is near and could hold `value`. What is a cell may well be another tool's, so then the field
    /// must not be there itself: `github_com` beside `gitlab_com` is a tool, `gitlab_stater` without
    /// `gitlab_starter` is not.
    fn misspelt_field(
        &mut self,
        key: &str,
        value: Node<'t, 's>,
        is_cell: bool,
    ) -> Option<&'static str> {
        let schema = self.schema;
        let near = self.reader.near_fields(schema, key);
        let at = near.into_iter().find(|at| !is_cell || self.values[*at].is_none())?;
        let name = schema.fields[at].name;
        self.could_hold(name, value).then_some(name)
    }
}

/// Whether `key` says how far a feature is in its life. Beside the fields that is a remark on it, and no tool has such a
/// name.
fn is_of_life_cycle(key: &str) -> bool {
    const WORDS: [&str; 20] = [
        "alpha",
        "archived",
        "beta",
        "deprecated",
        "discontinued",
        "draft",
        "endoflife",
        "endofsupport",
        "eol",
        "experimental",
        "generallyavailable",
        "legacy",
        "obsolete",
        "planned",
        "preview",
        "released",
        "removed",
        "retired",
        "sunset",
        "withdrawn",
    ];
    let folded: String = fold(key).chars().filter(char::is_ascii_alphanumeric).collect();
    let word = folded.strip_prefix("is").unwrap_or(&folded);
    WORDS.contains(&word) || WORDS.contains(&folded.as_str())
}

/// How many near fields are tried for the one that an unknown key may mean.
const GUESSES: usize = 3;

/// How many names a help lists.
const MOST_NAMED: usize = 8;

/// The problem of `key`, which is none of the fields of `schema`.
fn not_a_field(schema: &Schema, key: Spanned<&str>) -> Problem {
    // No noun is spoken with a vowel where it is written with `u`.
    let article = if schema.noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    let message = format!("`{}` is no field of {article} {}", key.value, schema.noun);
    Problem::new(ProblemKind::UnknownField, key.span, message).label("unknown field")
}

fn in_backticks(names: &[&str]) -> String {
    format!("`{}`", names.join("`, `"))
}

/// Whether all words of the one are among those of the other: `team` and `product_team`.
fn shares_words(key: &str, field: &str) -> bool {
    fn words(name: &str) -> impl Iterator<Item = &str> {
        let words = name.split(['_', '-', ' ']).map(|word| word.trim_end_matches('s'));
        words.filter(|word| !word.is_empty())
    }
    let holds = |all: &str, some: &str| {
        words(some).all(|word| words(all).any(|other| word.eq_ignore_ascii_case(other)))
    };
    words(key).next().is_some() && (holds(field, key) || holds(key, field))
}

/// The problem of a required field that is not there, or there and empty.
fn missing(field: &Field, owner: &Owner, is_there: bool) -> Problem {
    let (name, meaning) = (field.name, field.meaning);
    let (state, label, help) = match (is_there, field.kind) {
        (true, Kind::Choice(words)) if words.contains(&"~") => (
            "is empty",
            "its field is empty",
            format!("quote a lone `~`; unquoted it means nothing. `{name}`: {meaning}"),
        ),
        (true, _) => ("is empty", "its field is empty", format!("fill in `{name}`: {meaning}")),
        (false, _) => {
            ("is missing", "the field belongs to this", format!("add `{name}`: {meaning}"))
        }
    };
    let message = format!("`{name}` of {} {state}", owner.described);
    Problem::new(ProblemKind::MissingField, owner.name.span, message).label(label).help(help)
}

/// The places of the fields that `key` may be a slip of, the nearest first: a letter away, or two in a
/// long word.
pub(super) fn near_fields(schema: &Schema, key: &str) -> Vec<usize> {
    let limit = if key.chars().count() > 12 { 2 } else { 1 };
    let folded = fold(key);
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (at, field) in schema.fields.iter().enumerate() {
        let distance = match fold(field.name) == folded {
            true => Some(0),
            false => edits(key, field.name, limit),
        };
        // A slip seldom hits the first letter, and short names are near each other by nature.
        let is_likely = field.name.len() > 3 && folded.starts_with(&field.name[..1]);
        if let Some(distance) = distance.filter(|_| is_likely) {
            near.push((distance, at));
        }
    }
    near.sort_unstable();
    near.into_iter().map(|(_, at)| at).collect()
}

/// Whether a value beside the fields was meant as a tool's cell: a word, or a map with `valid`.
fn could_be_cell(node: Node<'_, '_>) -> bool {
    match node.value() {
        Value::Scalar(scalar) => {
            scalar.text.len() <= 24
                && scalar.text.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | '/'))
        }
        Value::Mapping(mapping) => mapping.pairs().any(|pair| pair.key == Some("valid")),
        _ => false,
    }
}
