//! Pages that are generated as a whole: a template with its directives replaced, and a line that says so.

use super::mark::checksum;
use super::page::GeneratedPage;
use super::scene::Scene;
use crate::source::edit::Edit;
use crate::source::markdown::front_matter;
use crate::source::{FileId, RepoPath};

/// How the line begins that says what a page is made from.
const BEGIN: &str = "<!-- pmctl:page ";

/// The text of the page at `path`, made from the template `text` at `template`. `None` if the template has a
/// mark that cannot be filled.
pub fn whole_page(
    path: &RepoPath,
    template: (&RepoPath, FileId, &str),
    scene: &Scene<'_>,
) -> Option<String> {
    let (from, file, text) = template;
    // The links of the page are relative to the page, not to the template.
    let page = GeneratedPage::new(path.clone(), file, text, scene);
    if page.has_errors() {
        return None;
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edits: Vec<Edit> =
        page.filled.iter().filter_map(|filled| filled.replace(file, false, newline)).collect();
    let body = applied(text, &edits);
    let at = front_matter(&body).map_or(0, |found| found.block.end);
    let sum = checksum(&body, "");
    Some(format!(
        "{}{BEGIN}from={from} sha256={sum} Change the template and run `pmctl generate`. -->{newline}{newline}{}",
        &body[..at],
        body[at..].trim_start_matches(['\r', '\n'])
    ))
}

/// Whether the page `text` is as it was generated: not edited by hand.
pub fn is_untouched(text: &str) -> bool {
    let Some(start) = text.find(BEGIN) else { return false };
    let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline + 1);
    let line = &text[start..end];
    let known = line.split_whitespace().find_map(|word| word.strip_prefix("sha256="));
    let rest = text[end..].trim_start_matches(['\r', '\n']);
    let before = &text[..start];
    // The empty lines between the front matter and the text are not counted, because the line stood in them.
    let plain = format!("{before}{rest}");
    let spaced = format!("{before}\n{rest}");
    known.is_some_and(|known| [plain, spaced].iter().any(|body| checksum(body, "") == known))
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
