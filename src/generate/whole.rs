//! Pages that are generated as a whole: a template with its directives replaced, and a line that says so.

use super::mark::checksum;
use super::page::GeneratedPage;
use super::scene::Material;
use crate::source::edit::Edit;
use crate::source::markdown::front_matter;
use crate::source::{FileId, RepoPath};

/// How the line begins that says what a page is made from.
const BEGIN: &str = "<!-- pmctl:page ";

/// The text of the page at `path`, made from the file `template`. `None` if the template has a mark that cannot be
/// filled.
pub fn whole_page(path: &RepoPath, template: FileId, material: &Material<'_>) -> Option<String> {
    let source = material.files.file(template);
    let (from, text, file) = (source.path(), source.text(), template);
    // The links of the page are relative to the page, not to the template.
    let page = GeneratedPage::new(path.clone(), file, material);
    if page.has_errors() {
        return None;
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edits: Vec<Edit> =
        page.filled.iter().flat_map(|filled| filled.fill(file, newline)).collect();
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
    checksum(&[before, rest].concat(), "")
}

/// Whether the page `text` is as it was generated: not edited by hand.
pub fn is_untouched(text: &str) -> bool {
    let (before, rest) = parts(text);
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let Some(said) = line.strip_prefix(BEGIN) else { return false };
    let known = said.split_whitespace().find_map(|word| word.strip_prefix("sha256="));
    known == Some(&sum(before, rest.trim_start_matches(['\r', '\n'])))
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
