//! What to do about a word that is not a known one.

use std::collections::BTreeSet;

use crate::source::nearest;

/// How many words are listed in a message, and how many as examples where there are more.
const LISTED: usize = 8;
const EXAMPLES: usize = 6;

/// Returns the help for `word`, which is none of `known`: the nearest of them, or all of them if they are few.
pub(super) fn suggestion<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(word, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let known: Vec<&str> = known.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    match known.len() {
        0 => "there are none".to_owned(),
        1..=LISTED => format!("expected one of {}", known.join(", ")),
        count => format!("there are {count}, such as {}", known[..EXAMPLES].join(", ")),
    }
}
