//! Numbered remarks below a table.

use std::collections::HashMap;

use crate::generate::content::{Block, Inline};

/// Remarks in the order in which they are first made; the same remark is made once.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    texts: Vec<Inline>,
    numbers: HashMap<Inline, usize>,
}

impl Footnotes {
    /// What points to the remark `text`, such as ` (3)`.
    pub(super) fn mark(&mut self, text: Inline) -> String {
        let number = *self.numbers.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            self.texts.len()
        });
        format!(" ({number})")
    }

    /// All remarks, if there are any.
    pub(super) fn block(self) -> Option<Block> {
        (!self.texts.is_empty()).then_some(Block::Numbered(self.texts))
    }
}
