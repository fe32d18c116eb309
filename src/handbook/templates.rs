//! The templates that pages are written after, and the instructions in them.
//!
//! They are read on their own, after the handbook: most commands ask nothing of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Loaded, load};
use crate::config::{Config, SetBy};
use crate::repo::Files;
use crate::source::markdown::{BlockKind, Outline};
use crate::source::{ReadError, RepoPath};

/// How many words an instruction has at least: fewer may stand in any page by chance.
const LEAST_WORDS: usize = 5;

/// A paragraph or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands, from its first word to the end of its last line.
    pub span: Range<usize>,
    /// Its words, in lower case and without signs.
    pub words: String,
}

impl Loaded {
    /// Reads the templates that the configuration names, into [`Handbook::templates`](super::Handbook::templates).
    /// One that only the profile names need not be there.
    pub fn read_templates(&mut self, repo: &impl Files, config: &Config) {
        let mut found = BTreeMap::new();
        for pages in &config.pages {
            let Some(path) = &pages.template else { continue };
            if found.contains_key(path) {
                continue;
            }
            let file = self.files.find(path).or_else(|| match repo.read(path) {
                Err(ReadError::Missing) if pages.set_by == SetBy::Profile => None,
                content => {
                    load::add(&mut self.files, &mut self.handbook.problems, path.clone(), content)
                }
            });
            found.extend(file.map(|file| (path.clone(), file)));
        }
        self.handbook.templates = found;
    }
}

/// Whether the page at `path` is there to be copied. GitLab calls pages of its site `template.html.md.erb`, too.
pub fn is_template(path: &RepoPath) -> bool {
    let name = path.file_name().to_lowercase();
    let is_in_folder = path.as_str().to_lowercase().contains("page_templates/");
    is_in_folder || (name.contains("template") && !name.starts_with("template.html."))
}

/// The instructions of the template `text`: what stands in quotes, and paragraphs that are all in italics.
pub fn instructions(text: &str, outline: &Outline) -> Vec<Passage> {
    let blocks = outline.blocks.iter().filter(|block| {
        let written = text[block.span.clone()].trim();
        let is_italic = ["*", "_"].iter().any(|mark| {
            let inner = written.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
            inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(mark))
        });
        block.kind == BlockKind::Quote || (block.kind == BlockKind::Paragraph && is_italic)
    });
    let found = blocks.flat_map(|block| passages(text, block.span.clone()));
    found.filter(|passage| passage.words.split(' ').count() >= LEAST_WORDS).collect()
}

/// The passages of a page, which may be instructions that were left in it.
pub fn passages_of(text: &str, outline: &Outline) -> Vec<Vec<Passage>> {
    let kinds = [BlockKind::Quote, BlockKind::Paragraph, BlockKind::List];
    let blocks = outline.blocks.iter().filter(|block| kinds.contains(&block.kind));
    blocks.map(|block| passages(text, block.span.clone())).collect()
}

/// The passages in a block: its lines without marks, those of one paragraph or item put together.
fn passages(text: &str, block: Range<usize>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut at, mut is_open) = (block.start, false);
    for line in text[block].split_inclusive('\n') {
        let marks = line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
        let content = line[marks..].trim_end();
        let item = content.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
        let start = at + marks + item.map_or(0, |rest| content.len() - rest.trim_start().len());
        let end = at + marks + content.len();
        let words = words(content);
        match passages.last_mut() {
            _ if words.is_empty() => is_open = false,
            Some(last) if is_open && item.is_none() => {
                last.span.end = end;
                last.words.push(' ');
                last.words.push_str(&words);
            }
            _ => {
                passages.push(Passage { span: start..end, words });
                is_open = true;
            }
        }
        at += line.len();
    }
    passages
}

fn words(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !all.is_empty() {
            all.push(' ');
        }
        match word.is_ascii() {
            true => all.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
            false => all.push_str(&word.to_lowercase()),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_quotes_and_paragraphs_in_italics() {
        let template = "# Plan\n\n> Say who the readers\n> of this plan are.\n>\n> - What do they want of it?\n\n\
                        _Keep it short, please, all of you._\n\nThis is a plan of the house, and stays.\n";
        let found = instructions(template, &Outline::parse(template));
        let words: Vec<&str> = found.iter().map(|passage| passage.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "say who the readers of this plan are",
                "what do they want of it",
                "keep it short please all of you"
            ]
        );
        assert_eq!(&template[found[1].span.clone()], "What do they want of it?");
    }

    #[test]
    fn a_template_is_told_by_its_name() {
        let is = |path: &str| is_template(&RepoPath::new(path).expect("a path"));
        assert!(
            is("page_templates/plan.md")
                && is("strategy/_template.md")
                && is("strategy_template.md")
        );
        assert!(!is("source/direction/plan/template.html.md.erb") && !is("strategy/plan.md"));
    }
}
