//! The keys of front matter that is not valid, line by line.

use crate::source::markdown::{FrontMatter, Language};

use super::front_matter::{Entry, holds_page_data, unquoted};

/// Whose the keys of a line are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The page's own.
    Top,
    /// Those of a map with data of the page.
    PageData,
    /// Those of something else.
    Other,
}

/// The entries of the lines that begin with a key of the page.
pub(super) fn entries(page: &str, front_matter: &FrontMatter) -> Vec<Entry> {
    let range = front_matter.content.clone();
    let (is_json, is_toml) =
        (front_matter.language == Language::Json, front_matter.language == Language::Toml);
    let mut found = Vec::new();
    let mut table = Level::Top;
    let mut maps = Maps::new(&page[range.clone()]);
    let mut at = range.start;
    for line in page[range].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_toml && let Some(header) = line.strip_prefix('[') {
            table = level_of_table(header);
        }
        let level = if is_json { maps.pass(line) } else { table };
        if level == Level::Other {
            continue;
        }
        let Some((key, value)) = line.split_once(if is_toml { '=' } else { ':' }) else { continue };
        let from = start + key.len() + 1;
        let key = if is_json { key.trim_start() } else { key };
        if key.is_empty() || key.starts_with([' ', '\t', '#', '-', '[']) {
            continue;
        }
        let mut length = value.find(" #").filter(|_| !is_json).unwrap_or(value.len());
        if is_json {
            length = value.trim_end().trim_end_matches(',').len();
        }
        // The lines below have the keys of a map.
        if is_json && value.trim_start().starts_with('{') {
            continue;
        }
        let node = from..from + length;
        let value = unquoted(page, node.clone());
        let text = page[value.clone()].to_owned();
        let key = bare(key).to_owned();
        let is_nested = level == Level::PageData;
        found.push(Entry { key, value, node, text, is_nested, is_shared: false });
    }
    found
}

fn bare(key: &str) -> &str {
    key.trim().trim_matches(['"', '\''])
}

/// Whose the keys below `[header` of TOML are. Those of `[[header` are an item's.
fn level_of_table(header: &str) -> Level {
    let name = header.split(']').next().unwrap_or_default();
    match holds_page_data(bare(name)) {
        true => Level::PageData,
        false => Level::Other,
    }
}

/// The maps and lists that are open before a line of JSON.
struct Maps {
    depth: usize,
    /// The depth of the page's own keys.
    top: usize,
    /// Whether the map that was opened last on that depth holds data of the page.
    is_page_data: bool,
}

impl Maps {
    fn new(content: &str) -> Self {
        let top = usize::from(content.trim_start().starts_with('{'));
        Self { depth: 0, top, is_page_data: false }
    }

    /// Whose the key is that `line` begins with; the next line is the next to pass.
    fn pass(&mut self, line: &str) -> Level {
        let level = match self.depth.checked_sub(self.top) {
            None | Some(0) => Level::Top,
            Some(1) if self.is_page_data => Level::PageData,
            Some(_) => Level::Other,
        };
        if level == Level::Top {
            let (key, value) = line.split_once(':').unwrap_or_default();
            let key = key.trim_start().trim_start_matches('{');
            self.is_page_data = value.trim_start().starts_with('{') && holds_page_data(bare(key));
        }
        let (mut in_text, mut is_escaped) = (false, false);
        for char in line.chars() {
            match char {
                _ if is_escaped => is_escaped = false,
                '\\' if in_text => is_escaped = true,
                '"' => in_text = !in_text,
                '{' | '[' if !in_text => self.depth += 1,
                '}' | ']' if !in_text => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        level
    }
}
