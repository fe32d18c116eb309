//! Reads the lines of a file of owners.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{DEFAULT_SECTION, Dialect, Fault, Reason, Rule, Section, owner};
use crate::source::{FileId, Span, Spanned, conflicts};

/// The name under which GitLab keeps what is before the first heading.
const DEFAULT_SECTION_NAME: &str = "codeowners";

/// What the lines of a file say.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) sections: Vec<Section>,
    pub(super) rules: Vec<Rule>,
    pub(super) faults: Vec<Fault>,
}

struct Parser<'t> {
    file: FileId,
    text: &'t str,
    dialect: Dialect,
    parsed: Parsed,
    /// The number of the section of each name, in small letters.
    ids: HashMap<String, usize>,
}

/// Reads `text`.
pub(super) fn parse(file: FileId, text: &str, dialect: Dialect) -> Parsed {
    let ids = HashMap::from([(DEFAULT_SECTION_NAME.to_owned(), DEFAULT_SECTION)]);
    let mut parser = Parser { file, text, dialect, parsed: Parsed::default(), ids };
    let conflicts = conflicts(text).into_iter().flatten();
    let of_git: HashSet<usize> = conflicts.map(|marker| marker.line.start).collect();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !of_git.contains(&at) {
            parser.line(at..at + line.trim_end_matches(['\n', '\r']).len());
        }
        at += line.len();
    }
    parser.parsed
}

impl Parser<'_> {
    fn line(&mut self, line: Range<usize>) {
        let content = self.text[line.clone()].trim_start();
        let start = line.end - content.len();
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        let is_heading = content.starts_with('[') || content.starts_with("^[");
        if is_heading && self.dialect == Dialect::Gitlab {
            self.heading(start..line.end);
        } else {
            self.rule(start..line.end);
        }
    }

    /// `[Name]`, `^[Name]`, `[Name][2]`, each with default owners after it or not.
    fn heading(&mut self, line: Range<usize>) {
        let content = &self.text[line.clone()];
        let is_optional = content.starts_with('^');
        let name_start = line.start + usize::from(is_optional) + 1;
        let Some(length) = self.text[name_start..line.end].find(']') else {
            return self.fault(line, Reason::Heading("its bracket is not closed"), None);
        };
        let name = name_start..name_start + length;
        if self.text[name.clone()].trim().is_empty() {
            return self.fault(line, Reason::Heading("it has no name"), None);
        }
        let mut at = name.end + 1;
        let mut approvals = None;
        if self.text[at..line.end].starts_with('[') {
            let Some(length) = self.text[at..line.end].find(']') else {
                return self.fault(line, Reason::Heading("its bracket is not closed"), None);
            };
            let number = at + 1..at + length;
            match self.text[number.clone()].trim().parse::<u32>() {
                Ok(count) if count > 0 => approvals = Some(Spanned::new(count, self.span(number))),
                _ => {
                    let why = "the number of approvals must be above zero";
                    return self.fault(number, Reason::Heading(why), None);
                }
            }
            at += length + 1;
        }
        let rest = &self.text[at..line.end];
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            let why = "a space must separate it from its owners";
            return self.fault(line, Reason::Heading(why), None);
        }
        let (default_owners, _) = self.owners(at..line.end);
        let next = self.ids.len();
        let id = *self.ids.entry(self.text[name.clone()].trim().to_lowercase()).or_insert(next);
        let name = Spanned::new(self.text[name.clone()].to_owned(), self.span(name));
        self.parsed.sections.push(Section { name, is_optional, approvals, default_owners, id });
    }

    /// A pattern and its owners.
    fn rule(&mut self, line: Range<usize>) {
        let pattern = line.start..line.start + pattern_length(&self.text[line.clone()]);
        let (own_owners, names_any) = self.owners(pattern.end..line.end);
        let heading = self.parsed.sections.len().checked_sub(1);
        let has_default =
            heading.is_some_and(|at| !self.parsed.sections[at].default_owners.is_empty());
        let is_exclusion =
            self.dialect == Dialect::Gitlab && self.text[pattern.clone()].starts_with('!');
        // On GitHub a pattern without owners says that no one owns its files.
        let needs_owners = self.dialect != Dialect::Github && !is_exclusion;
        let word = &self.text[pattern.clone()];
        let is_like_an_owner = word.contains('@') && owner::check(word, self.dialect).is_ok();
        if is_like_an_owner && !names_any {
            return self.fault(pattern, Reason::NoPattern, None);
        }
        if !names_any && !has_default && needs_owners {
            self.fault(pattern.clone(), Reason::NoOwners, None);
        }
        let pattern = Spanned::new(self.text[pattern.clone()].to_owned(), self.span(pattern));
        self.parsed.rules.push(Rule {
            pattern,
            own_owners,
            heading,
            is_exclusion,
            names_any,
            is_like_an_owner,
        });
    }

    /// The well-formed owners in `range`, and whether any word is there.
    fn owners(&mut self, range: Range<usize>) -> (Vec<Spanned<String>>, bool) {
        let mut owners = Vec::new();
        let mut names_any = false;
        let mut at = range.start;
        for piece in self.text[range.clone()].split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            let place = at..at + word.len();
            at += piece.len();
            if word.is_empty() {
                continue;
            }
            if word.starts_with('#') {
                self.comment(place.start..range.end);
                break;
            }
            names_any = true;
            match owner::check(word, self.dialect) {
                Ok(()) => owners.push(Spanned::new(word.to_owned(), self.span(place))),
                Err((reason, replacement)) => self.fault(place, reason, replacement),
            }
        }
        (owners, names_any)
    }

    /// The comment at the end of a line. GitLab would take the handles in it for owners.
    fn comment(&mut self, comment: Range<usize>) {
        let has_handle = self.text[comment.clone()]
            .split(char::is_whitespace)
            .any(|word| word.starts_with('@') && owner::check(word, self.dialect).is_ok());
        if self.dialect == Dialect::Gitlab && has_handle {
            self.fault(comment, Reason::OwnerInComment, None);
        }
    }

    fn fault(&mut self, range: Range<usize>, reason: Reason, replacement: Option<String>) {
        let span = self.span(range);
        self.parsed.faults.push(Fault { span, reason, replacement });
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }
}

/// Whether `line` is the heading of a section as GitLab reads it: `[Name]`, `^[Name]`, `[Name][2] @owner`.
pub fn is_section_heading(line: &str) -> bool {
    let line = line.trim();
    let Some(rest) = line.strip_prefix('^').unwrap_or(line).strip_prefix('[') else { return false };
    let Some((name, rest)) = rest.split_once(']') else { return false };
    let ends_well = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let count = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let has_count =
        count.is_some_and(|(count, rest)| count.parse::<u32>().is_ok() && ends_well(rest));
    !name.trim().is_empty() && (ends_well(rest) || has_count)
}

/// The length of the pattern at the beginning of `line`: up to white space that no backslash is
/// before.
fn pattern_length(line: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() && !is_escaped {
            return at;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    line.len()
}
