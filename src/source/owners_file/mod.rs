//! Files that say who owns or watches which paths: CODEOWNERS as GitLab and GitHub read it, CODENOTIFY.
//!
//! A line names a pattern and owners. Every pattern, owner and section heading has its span; what a
//! host would not understand is a [`Fault`], costs that word or line alone, and stops nothing. Which
//! lines count for a path is asked of [`OwnersFile::matches`].

mod matcher;
mod owner;
mod parse;
mod pattern;

#[cfg(test)]
mod any_text_tests;
#[cfg(test)]
mod matcher_tests;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;

use super::{FileId, RepoPath, Span, Spanned};
use matcher::Matcher;
pub use parse::is_section_heading;

/// Whose rules a file is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// GitLab's CODEOWNERS: sections; a pattern without a leading slash matches at any depth; a folder
    /// is named with a slash at its end.
    ///
    /// Source: GitLab's documentation of the CODEOWNERS syntax.
    Gitlab,
    /// GitHub's CODEOWNERS: as in `.gitignore`, a slash in the middle ties a pattern to the root, and the
    /// name of a folder means all that is in it.
    ///
    /// Source: GitHub's documentation "About code owners".
    Github,
    /// CODENOTIFY: patterns start at the file's own folder, and every line that matches counts.
    ///
    /// Source: the README of sourcegraph/codenotify.
    Codenotify,
}

/// A file of owners.
#[derive(Debug)]
pub struct OwnersFile {
    /// The file.
    pub file: FileId,
    /// How it is read.
    pub dialect: Dialect,
    /// The folder at which its patterns start.
    pub folder: RepoPath,
    /// The headings of sections, in the order of the file; one name may be on several.
    pub sections: Vec<Section>,
    /// The patterns, in the order of the file.
    pub rules: Vec<Rule>,
    /// What is wrong in it, in the order of the file.
    pub faults: Vec<Fault>,
    matcher: Matcher,
}

/// The heading of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name, without brackets.
    pub name: Spanned<String>,
    /// Whether it is marked `^`: the owners are asked, but need not approve.
    pub is_optional: bool,
    /// How many of the owners have to approve, where the heading says so.
    pub approvals: Option<Spanned<u32>>,
    /// The owners of the patterns below it that name none.
    pub default_owners: Vec<Spanned<String>>,
    /// The number of the section itself: headings of one name, whatever their letter case, share it.
    id: usize,
}

/// A pattern and its owners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The pattern as written.
    pub pattern: Spanned<String>,
    /// The well-formed owners on its own line: handles with their `@`, and mail addresses. See
    /// [`OwnersFile::owners`] for those that count.
    pub own_owners: Vec<Spanned<String>>,
    /// The heading it is under, as an index into [`OwnersFile::sections`].
    pub heading: Option<usize>,
    /// Whether it begins with `!` and takes what it matches out of its section, which GitLab alone knows.
    pub is_exclusion: bool,
    /// Whether anything follows the pattern, even malformed, so that no default applies.
    names_any: bool,
    /// Whether the pattern has the form of an owner.
    pub is_like_an_owner: bool,
}

/// Something that the host would not understand, or not as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: Reason,
    /// What probably was meant, to write in its place.
    pub replacement: Option<String>,
}

/// Why something is a [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `@@name`, which is neither a name nor a role.
    TwoAts,
    /// An owner without `@`.
    NoAt,
    /// `@` alone.
    NoName,
    /// A mail address without a domain or a name.
    Email,
    /// A character that no owner's name has.
    Character(char),
    /// A comma or semicolon after an owner: it belongs to the name.
    Separator(char),
    /// A handle in a comment at the end of a line, which GitLab reads as an owner.
    OwnerInComment,
    /// A pattern without owners, where that means nothing.
    NoOwners,
    /// An owner where the pattern belongs.
    NoPattern,
    /// A file of more bytes than the host loads.
    TooLarge,
    /// A pattern that begins with `!`.
    Negation,
    /// A pattern that can match nothing, and why.
    Dead(&'static str),
    /// A pattern that is none.
    Pattern(String),
    /// A heading that is none, and why.
    Heading(&'static str),
    /// More patterns than are looked at.
    TooMany,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoAts => f.write_str("two `@` begin no owner's name"),
            Self::NoAt => f.write_str("an owner's name begins with `@`"),
            Self::NoName => f.write_str("no name follows the `@`"),
            Self::Email => f.write_str("this is not a whole mail address"),
            Self::Character(c) => write!(f, "no owner's name holds `{c}`"),
            Self::Separator(c) => write!(f, "owners are separated by spaces, not by `{c}`"),
            Self::OwnerInComment => f.write_str(
                "GitLab reads this as an owner, because a comment can't follow a pattern",
            ),
            Self::NoOwners => f.write_str("this pattern names no owner"),
            Self::NoPattern => f.write_str("this line names an owner and no files"),
            Self::TooLarge => {
                f.write_str("GitHub loads no CODEOWNERS of 3 MB or more, so none of it counts")
            }
            Self::Negation => f.write_str("a pattern cannot be negated here"),
            Self::Dead(why) => write!(f, "this pattern matches nothing: {why}"),
            Self::Pattern(why) => write!(f, "this is not a pattern: {why}"),
            Self::Heading(why) => write!(f, "this heading of a section is ignored: {why}"),
            Self::TooMany => {
                write!(f, "at most {} patterns are looked at, not this one", matcher::MAX_PATTERNS)
            }
        }
    }
}

impl OwnersFile {
    /// Reads `text`, the content of `file`, whose patterns start at `folder`. Takes time in proportion
    /// to its length.
    pub fn parse(file: FileId, text: &str, dialect: Dialect, folder: RepoPath) -> Self {
        let mut parsed = parse::parse(file, text, dialect);
        if dialect == Dialect::Github && text.len() >= GITHUBS_LIMIT {
            let span = Span::start_of(file);
            parsed.faults.push(Fault { span, reason: Reason::TooLarge, replacement: None });
        }
        let section_of = |rule: &Rule| match dialect {
            Dialect::Codenotify => None,
            _ => Some(section_id(&parsed.sections, rule)),
        };
        let (matcher, mut faults) = Matcher::new(&parsed.rules, dialect, section_of);
        parsed.faults.append(&mut faults);
        parsed.faults.sort_by_key(|fault| fault.span);
        Self {
            file,
            dialect,
            folder,
            sections: parsed.sections,
            rules: parsed.rules,
            faults: parsed.faults,
            matcher,
        }
    }

    /// The rules that count for `path`, in the order of the file: the last that matches, for GitLab the
    /// last of each section that excludes nothing it matches, for CODENOTIFY all.
    pub fn matches(&self, path: &RepoPath) -> Vec<&Rule> {
        let Some(inside) = inside(path, &self.folder) else { return Vec::new() };
        let matches = self.matcher.matches(inside);
        let rules = || matches.iter().rev().map(|rule| &self.rules[*rule]);
        let excluding = rules().filter(|rule| rule.is_exclusion);
        let mut seen: HashSet<usize> = excluding.map(|rule| self.section_id(rule)).collect();
        let mut found: Vec<&Rule> = rules()
            .filter(|rule| {
                self.dialect == Dialect::Codenotify || seen.insert(self.section_id(rule))
            })
            .collect();
        found.reverse();
        found
    }

    fn section_id(&self, rule: &Rule) -> usize {
        section_id(&self.sections, rule)
    }

    /// The last of the rules that count for `path` and name owners. On GitHub a last rule without owners
    /// takes away what those before it gave, so there is none.
    pub fn last(&self, path: &RepoPath) -> Option<&Rule> {
        self.matches(path).into_iter().rev().find(|rule| !self.owners(rule).is_empty())
    }

    /// Whether a rule that counts for `path` names an owner, even a malformed one.
    pub fn has_entry(&self, path: &RepoPath) -> bool {
        let mut rules = self.matches(path).into_iter();
        rules.any(|rule| rule.names_any || !self.owners(rule).is_empty())
    }

    /// The owners of a rule of this file: its own, else its section's.
    pub fn owners<'a>(&'a self, rule: &'a Rule) -> &'a [Spanned<String>] {
        match rule.heading {
            Some(at) if !rule.names_any => &self.sections[at].default_owners,
            _ => &rule.own_owners,
        }
    }

    /// The name of the section that `rule` is in.
    pub fn section(&self, rule: &Rule) -> Option<&Section> {
        rule.heading.map(|at| &self.sections[at])
    }

    /// The rules that match none of `paths`, in the order of the file. Patterns that cannot be read are not
    /// among them.
    pub fn unused<'a>(&self, paths: impl IntoIterator<Item = &'a RepoPath>) -> Vec<&Rule> {
        let paths = paths.into_iter().filter_map(|path| inside(path, &self.folder));
        let used = self.matcher.used(self.rules.len(), paths);
        let rules = self.rules.iter().zip(used).enumerate();
        let unused = rules.filter(|(at, (_, used))| !used && self.matcher.can_match(*at));
        unused.map(|(_, (rule, _))| rule).collect()
    }
}

fn section_id(sections: &[Section], rule: &Rule) -> usize {
    rule.heading.map_or(DEFAULT_SECTION, |at| sections[at].id)
}

/// How many bytes a CODEOWNERS must not have for GitHub to load it.
///
/// Source: GitHub's documentation "About code owners", "CODEOWNERS file size".
const GITHUBS_LIMIT: usize = 3 << 20;

/// The section of what is before the first heading.
const DEFAULT_SECTION: usize = 0;

/// `path` as seen from `folder`, if it lies in there.
fn inside<'p>(path: &'p RepoPath, folder: &RepoPath) -> Option<&'p str> {
    if folder.as_str().is_empty() {
        return Some(path.as_str());
    }
    path.as_str().strip_prefix(folder.as_str())?.strip_prefix('/')
}
