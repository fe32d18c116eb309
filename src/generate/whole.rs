//! Pages that are generated as a whole: a template with its directives replaced, and a line that says so.

use super::mark::is_checksum;
use super::page::GeneratedPage;
use super::reading::{as_read, reads_same};
use super::scene::Material;
use crate::source::edit::Edit;
use crate::source::markdown::front_matter;
use crate::source::{FileId, RepoPath, line_ending, sha256};

/// How the line begins that says what a page is made from.
const BEGIN: &str = "<!-- pmctl:page ";

/// The text of the page at `path`, made from the file `template`. `None` if the template has a mark that cannot be
/// filled.
pub fn whole_page(path: &RepoPath, template: FileId, material: &Material<'_>) -> Option<String> {
    let source = material.files.file(template);
    let (from, text, file) = (source.path(), source.text(), template);
    // The links of the page are relative to the page, not to the template.
    let page = GeneratedPage::of_template(path.clone(), file, material);
    if page.has_errors() {
        return None;
    }
    let newline = line_ending(text);
    let edits: Vec<Edit> = page.filled.iter().flat_map(|filled| filled.fill(file)).collect();
    let body = applied(text, &edits);
    let (mut before, rest) = parts(&body);
    let ended;
    if !before.is_empty() && !before.ends_with('\n') {
        ended = format!("{before}{newline}");
        before = &ended;
    }
    let sum = sum(before, rest);
    Some(format!(
        "{before}{BEGIN}from={from} sha256={sum} Change the template and run `pmctl generate`. -->{newline}{newline}{rest}"
    ))
}

/// The front matter of `text`, and what follows it from its first line that is not empty.
fn parts(text: &str) -> (&str, &str) {
    let (before, rest) = text.split_at(front_matter(text).map_or(0, |found| found.block.end));
    (before, rest.trim_start_matches(['\r', '\n']))
}

/// The checksum of a page without the line between its front matter and its text.
fn sum(before: &str, rest: &str) -> String {
    sha256([before.replace('\r', "").as_str(), &as_read(rest)])
}

/// The parts of a page that was generated as a whole: its front matter, the line that says so, its text.
fn made_parts(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = parts(text);
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let rest = rest.trim_start_matches(['\r', '\n']);
    line.starts_with(BEGIN).then_some((before, line, rest))
}

/// Whether the page `text` is as it was generated: not edited by hand.
pub fn is_untouched(text: &str) -> bool {
    let Some((before, line, rest)) = made_parts(text) else { return false };
    let known = line.split_whitespace().find_map(|word| word.strip_prefix("sha256="));
    known.is_some_and(|known| {
        known == sum(before, rest) || is_checksum(known, &[before, rest].concat(), "")
    })
}

/// Whether a reader sees the same of the page `held` as of `wanted`, which was generated just now.
pub fn is_as_made(held: &str, wanted: &str) -> bool {
    if held == wanted {
        return true;
    }
    let (Some(held_parts), Some(wanted_parts)) = (made_parts(held), made_parts(wanted)) else {
        return false;
    };
    let said = |line: &str| -> Vec<String> {
        let words = line.split_whitespace().filter(|word| !word.starts_with("sha256="));
        words.map(str::to_owned).collect()
    };
    is_untouched(held)
        && held.contains("\r\n") == wanted.contains("\r\n")
        && held_parts.0 == wanted_parts.0
        && said(held_parts.1) == said(wanted_parts.1)
        && reads_same(held_parts.2, wanted_parts.2)
}

/// `text` with `edits`, which are in its order, applied. For text that is made new; what is written over goes
/// through the one writer.
pub fn applied(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        new.push_str(text.get(at..range.start).unwrap_or_default());
        new.push_str(&edit.replacement);
        at = range.end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}
