//! The anchors that GitHub gives to headings.

use foldhash::HashMap;

/// The slug of one heading by GitHub's rule, before repeats are told apart: lower case; letters, marks,
/// decimal digits, connectors (`_`) and `-` stay; every space becomes one `-`; all else goes.
///
/// Emoji go too, but not the invisible variation selector that often follows them: it is a mark. An emoji
/// shortcode is ordinary text here, as it is at GitHub: `:rocket:` gives `rocket`.
pub fn slug(title: &str) -> String {
    if title.is_ascii() {
        // Most titles are, and need no look into the tables of Unicode.
        let mut slug = title.to_ascii_lowercase().into_bytes();
        slug.retain(|byte| matches!(byte, b' ' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z'));
        for byte in slug.iter_mut().filter(|byte| **byte == b' ') {
            *byte = b'-';
        }
        // All of it is ASCII.
        return String::from_utf8(slug).unwrap_or_default();
    }
    // The whole title at once: a Greek sigma at a word's end has a lower case of its own.
    title.to_lowercase().chars().filter_map(slug_char).collect()
}

fn slug_char(c: char) -> Option<char> {
    // The joiners are word characters to Unicode's regular expressions, but not to GitHub.
    const ZERO_WIDTH_JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
    match c {
        ' ' | '-' => Some('-'),
        c if ZERO_WIDTH_JOINERS.contains(&c) => None,
        c => regex_syntax::is_word_character(c).then_some(c),
    }
}

/// Gives the headings of one page their anchors, so that repeats differ: `goals`, `goals-1`, `goals-2`.
#[derive(Debug, Default)]
pub struct Slugger {
    /// Every id in use, with the number of the last repeat that it led to.
    repeats: HashMap<String, usize>,
}

impl Slugger {
    /// The anchor of the next heading, whose text is `title`.
    pub fn anchor(&mut self, title: &str) -> String {
        let slug = slug(title);
        let Some(&last) = self.repeats.get(&slug) else {
            self.repeats.insert(slug.clone(), 0);
            return slug;
        };
        let (mut id, mut repeat) = (slug.clone(), last);
        while self.repeats.contains_key(&id) {
            repeat += 1;
            id = format!("{slug}-{repeat}");
        }
        self.repeats.insert(slug, repeat);
        self.repeats.insert(id.clone(), 0);
        id
    }

    /// Notes an id that the page gives explicitly, so that no later heading is given it too.
    pub fn reserve(&mut self, id: &str) {
        self.repeats.entry(id.to_owned()).or_insert(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_goes_and_every_space_becomes_a_hyphen() {
        assert_eq!(slug("What's next & why?"), "whats-next--why");
        assert_eq!(slug("Search (beta) - Q3/Q4"), "search-beta---q3q4");
        assert_eq!(slug("snake_case stays"), "snake_case-stays");
        assert_eq!(slug(" led by a space "), "-led-by-a-space-");
        assert_eq!(slug("a\ttab, a\nbreak, a\u{a0}fixed space"), "atab-abreak-afixed-space");
        assert_eq!(slug("!?"), "");
    }

    #[test]
    fn letters_of_every_script_stay() {
        assert_eq!(slug("Überblick: naïve ÉTÉ"), "überblick-naïve-été");
        assert_eq!(slug("予算レポート"), "予算レポート");
        assert_eq!(slug("हिन्दी"), "हिन्दी");
        assert_eq!(slug("ΟΔΟΣ"), "οδος");
        assert_eq!(slug("١٢ km²"), "١٢-km");
    }

    #[test]
    fn emoji_go_but_shortcodes_and_variation_selectors_stay() {
        assert_eq!(slug("🚀 Launch"), "-launch");
        assert_eq!(slug(":rocket: Launch"), "rocket-launch");
        assert_eq!(slug("⚙\u{fe0f} Settings"), "\u{fe0f}-settings");
        assert_eq!(slug("👩\u{200d}💻"), "");
    }

    #[test]
    fn repeats_are_numbered_and_never_take_a_slug_in_use() {
        let mut slugger = Slugger::default();
        let ids: Vec<_> =
            ["Goals", "Goals-1", "Goals", "goals", "Goals-1"].map(|t| slugger.anchor(t)).into();
        assert_eq!(ids, ["goals", "goals-1", "goals-2", "goals-3", "goals-1-1"]);
    }

    #[test]
    fn an_explicit_id_is_taken() {
        let mut slugger = Slugger::default();
        slugger.reserve("goals");
        assert_eq!(slugger.anchor("Goals"), "goals-1");
    }
}
