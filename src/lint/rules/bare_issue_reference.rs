//! `bare-issue-reference`: an issue that is cited by its number alone.

use std::cell::LazyCell;
use std::ops::Range;

use super::prose::{Lines, Prose};
use crate::handbook::address::before_query;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::Link;
use crate::source::{Ranges, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "bare-issue-reference",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on an issue that a page cites by its number alone, such as `#21549`. What stands in code, in a link or in quotation marks is none, nor is a colour, a number below 100 (a rank; below 10 behind `issue`), or one behind a word such as `Suite`, `RFC` or `e.g.`; a link to the issue on the same line is enough.",
        why: "A page is read outside of the project that the number counts in: nobody can tell which issue it is, or what it is about.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nSorting by year comes with #21549.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nSorting by year comes with [Sort what is found](https://issues.example.org/library/21549), that is library#21549.\n",
        },
        source: "GitLab: an issue is never cited by bare number but by title or with its project. Merge requests (`!`) and epics (`&`) are not looked at: the rule does not name them.",
    },
    check,
};

/// The least number that is taken for an issue's: smaller ones are ranks and items of lists.
const LEAST: u32 = 100;

/// The least number behind a word that says that it is an issue's.
const LEAST_NAMED: u32 = 10;

/// Words that say that a number is an issue's.
const ISSUES: [&str; 9] =
    ["issue", "issues", "bug", "epic", "closes", "closed", "fixes", "fixed", "resolves"];

/// Words before a number that is no issue's.
const OTHER_THINGS: &[&str] = &[
    "account",
    "acct",
    "adr",
    "apartment",
    "appendix",
    "apt",
    "article",
    "batch",
    "box",
    "build",
    "building",
    "case",
    "certificate",
    "channel",
    "chapter",
    "claim",
    "code",
    "col",
    "column",
    "customer",
    "day",
    "deployment",
    "employee",
    "entry",
    "episode",
    "example",
    "exercise",
    "exhibit",
    "experiment",
    "ext",
    "extension",
    "fig",
    "figure",
    "flight",
    "floor",
    "footnote",
    "gate",
    "id",
    "ids",
    "invoice",
    "item",
    "iteration",
    "job",
    "lane",
    "lesson",
    "level",
    "license",
    "line",
    "lines",
    "lot",
    "meeting",
    "model",
    "no",
    "number",
    "order",
    "page",
    "part",
    "patent",
    "phone",
    "pid",
    "pin",
    "pipeline",
    "place",
    "player",
    "po",
    "port",
    "position",
    "post",
    "principle",
    "priority",
    "process",
    "question",
    "rank",
    "ranked",
    "reason",
    "record",
    "records",
    "rfc",
    "room",
    "route",
    "row",
    "rows",
    "rule",
    "run",
    "seat",
    "section",
    "serial",
    "session",
    "slide",
    "slot",
    "sprint",
    "ste",
    "step",
    "suite",
    "table",
    "ticket",
    "tier",
    "tip",
    "top",
    "track",
    "unit",
    "user",
    "version",
    "vol",
    "volume",
    "week",
];

/// What introduces an example, which goes on to the end of the sentence.
const EXAMPLES: [&str; 5] = ["e.g.", "i.e.", "for example", "for instance", "such as"];

/// What stands behind a rank: `#244 on the list`.
const BEHIND_RANKS: [&str; 4] = [" on the ", " in the ", " of the ", " on a "];

/// What a line speaks of where its numbers are colours.
const COLOURS: [&str; 9] =
    ["color", "colour", "hex", "background", "stroke", "fill", "palette", "swatch", "rgb"];

fn check(context: Context<'_>, report: &mut Report) {
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        let prose = LazyCell::new(|| Prose::of(text, outline));
        let mut last: Option<(Range<usize>, Line)> = None;
        let mut lines = Lines::of(text);
        for start in citations(text) {
            let Some(line) = lines.around(start) else { continue };
            let Some(digits) = number(text, &line, start).filter(|_| prose.holds(start)) else {
                continue;
            };
            let (_, facts) = match last.take().filter(|(of, _)| *of == line) {
                Some(known) => last.insert(known),
                None => {
                    let facts = Line::new(text, &line, &outline.links);
                    last.insert((line, facts))
                }
            };
            if !facts.explains(digits, start) {
                let place = Span::new(page.file, start..start + 1 + digits.len());
                report.add(bare(place, digits));
            }
        }
    });
}

/// Where a digit stands behind a `#`: most of those begin headings.
fn citations(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_one = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    memchr::memchr_iter(b'#', bytes).filter(is_one)
}

fn bare(place: Span, digits: &str) -> Finding {
    Finding::new(place, format!("`#{digits}` cites an issue by its number alone"))
        .label("of which project?")
        .help(format!("write its title as a link to it, or name its project: `project#{digits}`"))
}

/// The digits behind the `#` at `start`, if the two look like the number of an issue.
fn number<'t>(text: &'t str, line: &Range<usize>, start: usize) -> Option<&'t str> {
    let before = &text[line.start..start];
    let follows_well = before.chars().next_back().is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | ',' | ';' | '*' | '_' | '|' | '>' | '—' | '–')
    });
    if ends_with_an_entity(before) {
        // It is a character's number, escaped twice: `&amp;#252;`.
        return None;
    }
    let rest = &text[start + 1..line.end];
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, behind) = rest.split_at(length);
    if !follows_well || !(2..=6).contains(&length) || digits.starts_with('0') {
        return None;
    }
    let mut next = behind.chars();
    let ends_well = match next.next() {
        Some('.' | ',' | '-' | ':') => !next.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '_' | '%' | '+' | '#' | '/' | '='),
        None => true,
    };
    let before = word_before(before);
    let least = if ISSUES.contains(&before.as_str()) { LEAST_NAMED } else { LEAST };
    let is_number = digits.parse().is_ok_and(|number: u32| number >= least);
    let is_rank = digits.len() == 3 && BEHIND_RANKS.iter().any(|words| behind.starts_with(words));
    let is_reference = ends_well && is_number && !is_rank && !is_other_thing(&before);
    (is_reference && !is_shade(digits)).then_some(digits)
}

/// Whether `before` ends with a character reference, such as `&amp;`.
fn ends_with_an_entity(before: &str) -> bool {
    let Some(rest) = before.strip_suffix(';') else { return false };
    let name = rest.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or(rest);
    !name.is_empty() && rest[..rest.len() - name.len()].ends_with('&')
}

/// The last word of `before`, in small letters; what is left of one that is very long.
fn word_before(before: &str) -> String {
    let from = before.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let near = before[from..].to_lowercase();
    let near = near.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '*'));
    near.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(near).to_owned()
}

/// Whether the word before a number tells that it counts something else.
fn is_other_thing(word: &str) -> bool {
    // `group/project #1` names the project.
    word.contains('/') && !word.ends_with('/')
        || OTHER_THINGS.contains(&word.trim_end_matches(['.', ':']))
}

/// Whether six digits are a shade of grey or a colour with doubled digits, such as `333333`; or the example
/// that everybody counts up to.
fn is_shade(digits: &str) -> bool {
    let pairs: Vec<&[u8]> = digits.as_bytes().chunks(2).collect();
    let is_grey = pairs.iter().all(|pair| *pair == pairs[0]);
    let is_doubled = pairs.iter().all(|pair| pair.iter().all(|digit| *digit == pair[0]));
    digits.len() == 6 && (is_grey || is_doubled || digits == "123456")
}

/// What a line tells about the numbers in it.
struct Line {
    /// The last parts of the addresses that it links to.
    linked: Vec<String>,
    quoted: Ranges,
    examples: Ranges,
    is_about_colours: bool,
}

impl Line {
    fn new(text: &str, line: &Range<usize>, links: &[Link]) -> Self {
        let first = links.partition_point(|link| link.span.start < line.start);
        let on_line = links[first..].iter().take_while(|link| link.span.start < line.end);
        let mut linked: Vec<String> = on_line.filter_map(|link| last_part(&link.target)).collect();
        linked.sort_unstable();
        let words = text[line.clone()].to_lowercase();
        let is_about_colours = COLOURS.iter().any(|word| words.contains(word)) || has_hex(&words);
        let (quoted, examples) = (quoted(text, line), examples(text, line));
        Self { linked, quoted, examples, is_about_colours }
    }

    /// Whether the line tells what the number at `at` is.
    fn explains(&self, digits: &str, at: usize) -> bool {
        let is_colour = self.is_about_colours && matches!(digits.len(), 3 | 6);
        let is_linked = self.linked.binary_search_by(|part| part.as_str().cmp(digits)).is_ok();
        is_colour || is_linked || self.quoted.contains(at) || self.examples.contains(at)
    }
}

/// `21549` of `https://example.org/issues/21549#note_1`.
fn last_part(target: &str) -> Option<String> {
    let path = before_query(target).trim_end_matches('/');
    let part = path.rsplit('/').next()?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.to_owned())
}

/// Whether a colour with a letter in it stands in `line`, such as `#00cbec`.
fn has_hex(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let rest = &line.as_bytes()[at + 1..];
        let digits: Vec<u8> =
            rest.iter().copied().take_while(u8::is_ascii_hexdigit).take(7).collect();
        let has_letter = digits.iter().any(u8::is_ascii_alphabetic);
        let ends = rest.get(digits.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        has_letter && ends && matches!(digits.len(), 3 | 6)
    })
}

/// From the words that introduce an example to the end of the sentence.
fn examples(text: &str, line: &Range<usize>) -> Ranges {
    let content = text[line.clone()].to_ascii_lowercase();
    let beginnings = EXAMPLES.iter().flat_map(|word| content.match_indices(word));
    let mut beginnings: Vec<_> = beginnings.map(|(at, word)| (at, at + word.len())).collect();
    beginnings.sort_unstable();
    let mut examples = Vec::new();
    let mut at = 0;
    for (start, behind) in beginnings {
        if start >= at {
            at = content[behind..].find(". ").map_or(content.len(), |length| behind + length);
            examples.push(line.start + start..line.start + at);
        }
    }
    examples.into_iter().collect()
}

/// What stands in quotation marks on the line.
fn quoted(text: &str, line: &Range<usize>) -> Ranges {
    let mut quoted = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, c) in text[line.clone()].char_indices() {
        let at = line.start + at;
        match (c, open) {
            ('"' | '“' | '«', None) => open = Some((c, at)),
            ('"', Some(('"', start))) | ('”', Some(('“', start))) | ('»', Some(('«', start))) =>
            {
                quoted.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    quoted.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::markdown::Outline;

    /// The numbers on the one line `text` that are taken for issues'.
    fn found(text: &str) -> Vec<&str> {
        let line = 0..text.len();
        let outline = Outline::parse(text);
        let facts = Line::new(text, &line, &outline.links);
        let prose = Prose::of(text, &outline);
        if Lines::of(text).around(0).is_none() {
            return Vec::new();
        }
        let numbers = text.match_indices('#').filter_map(|(at, _)| {
            let digits = number(text, &line, at)?;
            (prose.holds(at) && !facts.explains(digits, at)).then_some(digits)
        });
        numbers.collect()
    }

    #[test]
    fn an_issue_is_cited_by_its_number_in_many_places() {
        for text in [
            "#21549",
            "See #21549.",
            "fixed (#21549)",
            "| #21549 |",
            "**#21549**: soon",
            "## On #21549",
            "- #21549, and more",
            "closes #21549",
            "issue #360487",
            "#1234 is next",
            "see #244 on Friday",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        assert_eq!(found("#10742 and #11966"), ["10742", "11966"]);
    }

    #[test]
    fn what_names_the_project_or_is_no_issue_is_fine() {
        for text in [
            "gitlab#21549",
            "group/project#21549",
            "group/project #21549",
            "!21549",
            "&21549",
            "&#215;",
            "[#21549](https://example.org/21549)",
            "`#21549`",
            "[it](#21549)",
            "https://x.org/#21549",
            "our #1 priority",
            "Issue #2: hail",
            "on #42",
            "C# 9",
            "#general",
            "## Q&A #2",
            "## Plans {#215}",
            "<a href='#215'>x</a>",
            "#333333",
            "#123456",
            "colour #333",
            "`#fff` or #336",
            "a line: #00cbec, #112",
            "fill:#111",
            "Suite #300",
            "RFC #618",
            "we are #244 on the list",
            "#1,000",
            "#123-fix",
            "#123abc",
            "#0123",
            "say “Closes #12345” there",
            "\"for #12345\"",
            "e.g. `abc` for #8234",
            "#1234567",
            "[Sort](https://x.org/-/issues/215) (#215)",
            "[a]: #215",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
