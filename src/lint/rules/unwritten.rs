//! Words that stand where something is still to be written: `TBD`, `Coming soon`, `N/A`.

/// What says that something is still to be written, in lower case and without signs. Longer ones stand before
/// those they begin with.
const LATER: [&[&str]; 19] = [
    &["to", "be", "filled", "in"],
    &["to", "be", "filled", "out"],
    &["to", "be", "added"],
    &["to", "be", "announced"],
    &["to", "be", "completed"],
    &["to", "be", "confirmed"],
    &["to", "be", "decided"],
    &["to", "be", "defined"],
    &["to", "be", "determined"],
    &["to", "be", "done"],
    &["to", "be", "written"],
    &["to", "do"],
    &["placeholder"],
    &["tba"],
    &["tbc"],
    &["tbd"],
    &["todo"],
    &["xx"],
    &["xxx"],
];

/// What else is written for nothing.
const NOTHING: [&[&str]; 19] = [
    &["more", "to", "come"],
    &["work", "in", "progress"],
    &["watch", "this", "space"],
    &["will", "be", "added", "soon"],
    &["will", "be", "added", "later"],
    &["will", "be", "added"],
    &["not", "applicable"],
    &["not", "available", "yet"],
    &["nothing", "yet"],
    &["none", "yet"],
    &["coming", "soon"],
    &["under", "construction"],
    &["stay", "tuned"],
    &["n", "a"],
    &["na"],
    &["none"],
    &["nothing"],
    &["pending"],
    &["wip"],
];

/// Whether `text`, with marks of Markdown in it or without, says nothing: no word at all, or nothing but words
/// that stand for something still to be written.
pub(super) fn says_nothing(text: &str) -> bool {
    rest(text, &[&LATER, &NOTHING]).is_some_and(|rest| rest.is_empty())
}

/// Whether `text`, as it is written, may be one that [`is_put_off`] when comments and tags are taken out of it: a
/// look at its first word.
pub(super) fn may_be_put_off(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let own = &text[..end];
    // Most words have another first letter than any of these.
    let may_begin = match own.as_bytes().first() {
        Some(first) => !first.is_ascii() || LATER_BEGINS[usize::from(first.to_ascii_lowercase())],
        None => false,
    };
    let is_first = |phrase: &&[&str]| phrase.first().is_some_and(|word| same_word(word, own));
    text.starts_with('<') || may_begin && LATER.iter().any(is_first)
}

/// Which bytes [`LATER`] begins with.
const LATER_BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut at = 0;
    while at < LATER.len() {
        begins[LATER[at][0].as_bytes()[0] as usize] = true;
        at += 1;
    }
    begins
};

/// Whether `own` is `word`, which is in lower case.
fn same_word(word: &str, own: &str) -> bool {
    own.eq_ignore_ascii_case(word) || !own.is_ascii() && own.to_lowercase() == word
}

/// Whether `text` only says that something is still to be written.
pub(super) fn is_put_off(text: &str) -> bool {
    let has_words = text.contains(char::is_alphanumeric);
    has_words && rest(text, &[&LATER]).is_some_and(|rest| rest.is_empty())
}

/// The words of `text` that are left when the phrases it begins with are taken away; `None` if it has too many words
/// to be nothing but phrases.
fn rest(text: &str, phrases: &[&[&[&str]]]) -> Option<Vec<String>> {
    // Whoever says nothing is brief.
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(13).map(str::to_lowercase).collect();
    if words.len() > 12 {
        return None;
    }
    let mut rest = words.as_slice();
    while let Some(phrase) = phrases.iter().copied().flatten().find(|phrase| {
        rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(word, own)| word == own)
    }) {
        rest = &rest[phrase.len()..];
    }
    Some(rest.to_vec())
}

#[cfg(test)]
mod tests {
    use super::{is_put_off, may_be_put_off, says_nothing};

    #[test]
    fn words_for_nothing_are_told_from_words() {
        for text in [
            "",
            " \n",
            "TBD",
            "**TBD**",
            "_To be determined._",
            "N/A",
            "- TODO",
            "…",
            "TBD: coming soon!",
        ] {
            assert!(says_nothing(text), "{text}");
        }
        for text in [
            "Sails",
            "TBD by Ada",
            "None of the sails",
            "船",
            "[TBD](plan.md)",
            "<%= partial('x') %>",
        ] {
            assert!(!says_nothing(text), "{text}");
        }
    }

    #[test]
    fn what_does_not_apply_is_not_put_off() {
        assert!(may_be_put_off("*TBD*") && may_be_put_off(" <!-- x --> TBD"));
        assert!(may_be_put_off("- [ ] TODO") && !may_be_put_off("Sails: TBD"));
        assert!(is_put_off("*TBD*") && is_put_off("- [ ] TODO") && is_put_off("To be determined."));
        assert!(
            !is_put_off("N/A") && !is_put_off("None.") && !is_put_off("") && !is_put_off("---")
        );
    }
}
