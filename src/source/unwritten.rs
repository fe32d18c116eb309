//! Words that stand where something is still to be written: `TBD`, `Coming soon`, `N/A`.

/// What is written for nothing, in lower case and without signs. Longer ones stand before those they begin with.
const PHRASES: [&[&str]; 38] = [
    &["more", "to", "come"],
    &["work", "in", "progress"],
    &["watch", "this", "space"],
    &["will", "be", "added", "soon"],
    &["will", "be", "added", "later"],
    &["will", "be", "added"],
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
    &["not", "applicable"],
    &["not", "available", "yet"],
    &["nothing", "yet"],
    &["none", "yet"],
    &["coming", "soon"],
    &["under", "construction"],
    &["in", "progress"],
    &["stay", "tuned"],
    &["n", "a"],
    &["na"],
    &["none"],
    &["nothing"],
    &["pending"],
    &["placeholder"],
    &["tba"],
    &["tbc"],
    &["tbd"],
    &["todo"],
    &["wip"],
    &["xxx"],
];

/// Whether `text`, with marks of Markdown in it or without, says nothing: no word at all, or nothing but words
/// that stand for something still to be written.
pub fn says_nothing(text: &str) -> bool {
    // Whoever says nothing is brief.
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.by_ref().take(13).map(str::to_lowercase).collect();
    if words.len() > 12 {
        return false;
    }
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let phrase = PHRASES.iter().find(|phrase| {
            rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(word, own)| word == own)
        });
        let Some(phrase) = phrase else { return false };
        rest = &rest[phrase.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::says_nothing;

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
}
