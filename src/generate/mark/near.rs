//! What nearly is a marker: a person meant one, and without a word about it nothing would ever be generated there.

use std::ops::Range;

use memchr::memmem;

use super::BrokenMarker;
use crate::generate::generators::ALL;
use crate::source::markdown::{Outline, front_matter};
use crate::source::{Ranges, edits};

/// What a page holds that [may hold marks](may_hold_marks), or nearly.
pub const BEGINNINGS: [&str; 8] =
    ["mctl", "MCTL", ":begin", ":Begin", ":BEGIN", "{{", "enerator", "ENERATOR"];

const WORD: &str = "pmctl";
const DIRECTIVE: &str = "generator";

/// How far to the left of a word its brackets are looked for, in bytes.
const BEFORE: usize = 24;

/// How far to the right of a word its end is looked for, in bytes.
const AFTER: usize = 512;

const MARKER_HELP: &str = "write it as `<!-- pmctl:begin NAME key=value -->` or `<!-- pmctl:end -->`, or set it in backticks if it is an example";
const DIRECTIVE_HELP: &str =
    "write it as `{{generator:NAME.ARGUMENT}}`, or set it in backticks if it is an example";

/// Returns whether `text` may hold a mark, or what nearly is one: a scan, and no parsing.
pub fn may_hold_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    memmem::find(bytes, b"{{generator:").is_some()
        || words(text).next().is_some()
        || braces(text).next().is_some()
}

/// Adds to `broken` what nearly is a marker or a directive, outside of `blocks` and of examples.
pub(super) fn find(text: &str, outline: &Outline, blocks: &Ranges, broken: &mut Vec<BrokenMarker>) {
    let start = front_matter(text).map_or(0, |found| found.block.end);
    let known: Ranges = broken.iter().map(|broken| broken.span.clone()).collect();
    let is_passed_over = |at: usize| at < start || blocks.contains(at) || known.contains(at);
    let mut add = |span: Range<usize>, message: &str, help: &str| {
        broken.push(BrokenMarker { span, message: message.to_owned(), help: help.to_owned() });
    };
    let code: Ranges = outline.code.iter().map(|code| code.span.clone()).collect();
    for comment in outline.comments.iter().map(|comment| &comment.span) {
        let inner = text[comment.clone()].trim_start_matches("<!--");
        let inner = inner.trim_end_matches("-->");
        let is_near =
            near_marker(inner.trim_start_matches(is_dash)).is_some_and(|form| form != Form::Exact);
        // A dash too many is one that CommonMark takes for a part of the comment.
        let has_dash =
            inner.starts_with('-') && near_marker(inner.trim_start_matches(is_dash)).is_some();
        if (is_near || has_dash) && !is_passed_over(comment.start) && !code.contains(comment.start)
        {
            let end = text[comment.clone()].find('\n').unwrap_or(comment.len());
            add(comment.start..comment.start + end, "this comment is nearly a marker", MARKER_HELP);
        }
    }
    for at in words(text) {
        if is_passed_over(at) || outline.is_literal(at) {
            continue;
        }
        if let Some(span) = loose_marker(text, at) {
            add(span, "this is nearly a marker, but in no comment", MARKER_HELP);
        }
    }
    for span in braces(text) {
        if !is_passed_over(span.start) && !outline.is_literal(span.start) {
            add(span, "this is nearly a directive", DIRECTIVE_HELP);
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '!') || c.is_whitespace()
}

/// How a text begins that is meant as a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As a marker does.
    Exact,
    /// Nearly so.
    Near,
}

/// How `text`, what is in a comment, begins as a marker, if it does: the word, something between, `begin` or `end`.
fn near_marker(text: &str) -> Option<Form> {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (first, rest) = text.split_at(letters);
    let lower = first.to_ascii_lowercase();
    // `pmctlbegin` has nothing between.
    if let Some(joined @ ("begin" | "end")) = lower.strip_prefix(WORD) {
        return is_call(joined, rest).then_some(Form::Near);
    }
    // With a typo in the word itself, a colon has to follow.
    let is_word = lower == WORD
        || first.len() >= 4 && edits(&lower, WORD, 2).is_some() && rest.starts_with(':');
    if !is_word {
        return None;
    }
    let between = rest.find(|c: char| !(c.is_whitespace() || ":;.,_/=|-".contains(c)));
    let (between, rest) = rest.split_at(between.unwrap_or(rest.len()));
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (half, rest) = rest.split_at(letters);
    let lower = half.to_ascii_lowercase();
    if between.is_empty() || !matches!(lower.as_str(), "begin" | "end") {
        return None;
    }
    if first == WORD && between == ":" && half == lower {
        return Some(Form::Exact);
    }
    // Between two words of a sentence there is a space as well.
    let is_sentence = between.trim().is_empty();
    (!is_sentence || is_call(&lower, rest)).then_some(Form::Near)
}

/// Whether `rest` is what follows `half` of a marker: a generator, or nothing but a checksum.
fn is_call(half: &str, rest: &str) -> bool {
    let mut words = rest.split_whitespace().take_while(|word| !word.starts_with("--"));
    match half {
        "begin" => words.next().is_some_and(is_generator),
        _ => words.all(|word| word.starts_with("sha256")),
    }
}

fn is_generator(name: &str) -> bool {
    ALL.iter().any(|generator| generator.name.eq_ignore_ascii_case(name))
}

/// The places of `text` where the word of markers may be, in any case or with a slip.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let spelled = ["mctl", "MCTL"].into_iter().flat_map(move |part| memmem::find_iter(bytes, part));
    let spelled = spelled.filter_map(move |at| {
        let before = at.checked_sub(1)?;
        matches!(bytes[before], b'p' | b'P').then_some(before)
    });
    let slips = [":begin", ":Begin", ":BEGIN"].into_iter();
    let slips = slips.flat_map(move |part| memmem::find_iter(bytes, part)).filter_map(move |at| {
        let letters =
            bytes[..at].iter().rev().take(8).take_while(|byte| byte.is_ascii_alphabetic());
        let start = at - letters.count();
        let word = text[start..at].to_ascii_lowercase();
        (word != WORD && word.len() >= 4 && edits(&word, WORD, 2).is_some()).then_some(start)
    });
    spelled.chain(slips)
}

/// What is meant as a marker at `at`, outside of a comment: behind what nearly opens one, or alone on its line.
fn loose_marker(text: &str, at: usize) -> Option<Range<usize>> {
    let before = &text[text.ceil_char_boundary(at.saturating_sub(BEFORE))..at];
    let start = at - before.len();
    let line = before.rfind(['\n', '\r']).map_or(start, |newline| start + newline + 1);
    // Farther away, the line has other words.
    if line == start && start > 0 {
        return None;
    }
    let opener = text[line..at].trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let after = &text[at..text.floor_char_boundary(at + AFTER)];
    let after = &after[..after.find(['\n', '\r']).unwrap_or(after.len())];
    let span = || at - opener.len()..at + after.trim_end().len();
    let form = near_marker(after)?;
    if opener.is_empty() {
        // Marks without any comment around them, and no sentence.
        let rest = after.split_once(|c: char| c.is_whitespace()).map_or("", |(_, rest)| rest);
        let is_end = after.trim_end().to_ascii_lowercase().ends_with("end")
            || rest.trim().starts_with("sha256=");
        let is_begin = rest.split_whitespace().next().is_some_and(is_generator)
            && rest.split_whitespace().skip(1).all(|word| word.contains('='));
        return (form == Form::Exact && (is_begin || is_end && !after.contains("begin")))
            .then(span);
    }
    let opens = ["<", "{", "[//]", "%%", "/*", "//"].iter().any(|sign| opener.starts_with(sign));
    let is_all_signs = opener.chars().all(|c| is_dash(c) || "<>{}[]()/*%#:=\"'".contains(c));
    (opens && is_all_signs).then(span)
}

/// What is meant as a directive in `text`, and is none.
fn braces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    // Two braces, and a colon behind a word that is `generator`, or nearly.
    let doubled = memmem::find_iter(bytes, "{{").filter_map(move |start| doubled(text, start));
    let parts = ["enerator", "ENERATOR"].into_iter();
    let named = parts.flat_map(move |part| memmem::find_iter(bytes, part));
    doubled.chain(named.filter_map(move |at| named_directive(text, at.checked_sub(1)?)))
}

fn window(text: &str, at: usize) -> &str {
    let window = &text[at..text.floor_char_boundary(at + AFTER)];
    &window[..window.find(['\n', '\r']).unwrap_or(window.len())]
}

fn doubled(text: &str, start: usize) -> Option<Range<usize>> {
    // There may be as many braces as bytes.
    let near = &text[start + 2..text.floor_char_boundary(start + 2 + BEFORE)];
    let inner = near.trim_start_matches(['{', ' ', '\t']);
    let letters = inner.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inner.len());
    let (word, rest) = inner.split_at(letters);
    // What is right, or broken in another way, is found elsewhere.
    let is_exact = near.trim_start_matches('{').starts_with("generator:");
    let is_near = word.len() >= 7 && edits(&word.to_ascii_lowercase(), DIRECTIVE, 2).is_some();
    if is_exact || !is_near || !rest.trim_start().starts_with(':') {
        return None;
    }
    let after = window(text, start);
    let end = after.find("}}").map_or(after.trim_end().len(), |end| end + 2);
    Some(start..start + end)
}

/// A directive by another sign than two braces, or with another than a colon: only with the name of a generator, for
/// templates of sites have braces too.
fn named_directive(text: &str, at: usize) -> Option<Range<usize>> {
    if !matches!(text.as_bytes()[at], b'g' | b'G') {
        return None;
    }
    let before = &text[text.ceil_char_boundary(at.saturating_sub(BEFORE))..at];
    let signs = before.trim_end_matches(|c: char| c.is_whitespace() || "\"'<%$#{[(".contains(c));
    let is_escaped = signs.ends_with('\\');
    let signs = before[signs.len()..].trim_start();
    let start = at - signs.len();
    let after = window(text, at);
    let rest = after[DIRECTIVE.len()..].trim_start_matches(['s', 'S']);
    let name = rest.trim_start_matches(|c: char| c.is_whitespace() || ":;.=|/".contains(c));
    let letters =
        name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    let has_between = name.len() < rest.len();
    if is_escaped
        || !signs.trim_start_matches('$').starts_with(['{', '['])
        || !has_between
        || !is_generator(&name[..letters])
    {
        return None;
    }
    let is_exact = signs.ends_with("{{") && after.starts_with("generator:");
    let is_found_already = signs.starts_with("{{")
        && rest.trim_start().starts_with(':')
        && !signs.contains(['"', '\'', '<', '%']);
    let close = after.find(['}', ']'])?;
    let end = close
        + after[close..].find(|c: char| !matches!(c, '}' | ']')).unwrap_or(after.len() - close);
    (!is_exact && !is_found_already).then_some(start..at + end)
}
