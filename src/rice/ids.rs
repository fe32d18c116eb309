//! Ids: one for each idea, and what has one twice.

use std::collections::HashMap;

use super::idea::Idea;
use crate::source::Span;
use crate::source::markdown::slug;

/// The ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// The first idea with an id: where it stands, and its title.
    first: HashMap<String, (Span, String)>,
    /// The ids that titles were given whose slug was taken by another title.
    renamed: HashMap<String, String>,
    /// How often a slug was given with a number.
    repeats: HashMap<String, usize>,
}

impl Ids {
    /// Takes the id of `idea`. Where another idea has it, tells where that stands. Two titles may have one
    /// slug, `C++` and `C#`: they are two ideas all the same, and the second gets a number.
    pub(super) fn take(&mut self, idea: &mut Idea) -> Option<Span> {
        let (first, title) = (self.first.get(&idea.id), &idea.title);
        if first.is_some_and(|(_, other)| other != title) && idea.id == slug(title) {
            idea.id = match self.renamed.get(title) {
                Some(id) => id.clone(),
                None => self.numbered(&idea.id),
            };
            self.renamed.insert(idea.title.clone(), idea.id.clone());
        }
        if let Some((span, _)) = self.first.get(&idea.id) {
            return Some(*span);
        }
        self.first.insert(idea.id.clone(), (idea.span, idea.title.clone()));
        None
    }

    /// `id` with the next number that makes it one of its own.
    fn numbered(&mut self, id: &str) -> String {
        let number = self.repeats.entry(id.to_owned()).or_insert(0);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if !self.first.contains_key(&numbered) {
                return numbered;
            }
        }
    }
}
