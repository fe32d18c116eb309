//! The keys of front matter that is not valid, line by line.

use super::front_matter::{Entry, holds_page_data, unquoted};
use super::pattern::Pattern;
use crate::source::markdown::{FrontMatter, Language};

/// A key at the start of a line, and its value.
static LINE: Pattern =
    Pattern::new(r"^(?<key>[^ \t\r\n#\[:=-][^:=\r\n]*)(?<sign>[:=])(?<value>.*)");

/// A string of JSON, whose brackets open nothing.
static STRING: Pattern = Pattern::new(r#""(?:[^"\\]|\\.)*"?"#);

/// The entries of the lines that begin with a key of the page.
pub(super) fn entries(page: &str, front_matter: &FrontMatter) -> Vec<Entry> {
    let range = front_matter.content.clone();
    let is_json = front_matter.language == Language::Json;
    let is_toml = front_matter.language == Language::Toml;
    let mut found = Vec::new();
    // How many maps and lists of JSON are open, and whether the last map of the page's own holds data of the page.
    let (mut depth, mut is_page_data) = (0, true);
    let top = usize::from(is_json && page[range.clone()].trim_start().starts_with('{'));
    let mut at = range.start;
    for line in page[range].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_toml && let Some(header) = line.strip_prefix('[') {
            // The keys below `[[header` are an item's.
            is_page_data = holds_page_data(bare(header.split(']').next().unwrap_or_default()));
            depth = 1;
        }
        let level = depth;
        if is_json {
            let without = STRING.cut_from(line);
            let count = |signs: [char; 2]| without.matches(signs).count();
            depth = (depth + count(['{', '['])).saturating_sub(count(['}', ']']));
        }
        let content =
            if is_json { line.trim_start().trim_start_matches('{').trim_start() } else { line };
        let Some(pair) = LINE.captures(content) else { continue };
        let key = bare(&pair["key"]).to_owned();
        let value = pair.name("value").map_or(0..0, |value| value.range());
        let opens = is_json && pair["value"].trim_start().starts_with('{');
        if level.saturating_sub(top) == 0 && opens {
            is_page_data = holds_page_data(&key);
        }
        let is_nested = level.saturating_sub(top) == 1;
        let is_own = level <= top || is_nested && is_page_data;
        if opens || !is_own || (&pair["sign"] == "=") != is_toml {
            continue;
        }
        let from = start + line.len() - content.len() + value.start;
        let text = &pair["value"];
        let length = match is_json {
            true => text.trim_end().trim_end_matches(',').len(),
            false => text.find(" #").unwrap_or(text.len()),
        };
        let node = from..from + length;
        let value = unquoted(page, node.clone());
        let text = page[value.clone()].to_owned();
        found.push(Entry { key, value, node, text, is_nested, is_shared: false });
    }
    found
}

fn bare(key: &str) -> &str {
    key.trim().trim_matches(['"', '\''])
}
