//! What is read of a text: its words without marks of emphasis, in lower case, with single spaces.

/// `text` without marks of emphasis, in lower case, with single spaces. A star or an underscore between two words or
/// numbers is none: `3*2` is a calculation.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut is_apart = false;
    let mut before = None;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '*' | '_' | '`' | '"' | '\'' | '\u{2019}') {
            let mut run = 1;
            while chars.peek() == Some(&c) {
                chars.next();
                run += 1;
            }
            let after = chars.peek().copied();
            let is_between = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
            let is_sign = is_between(char::is_alphanumeric) || is_between(char::is_whitespace);
            if matches!(c, '`' | '"') || run > 1 || !is_sign {
                continue;
            }
        }
        before = Some(c);
        if c.is_whitespace() {
            is_apart = true;
            continue;
        }
        if is_apart && !bare.is_empty() {
            bare.push(' ');
        }
        is_apart = false;
        match c {
            '\u{2013}' | '\u{2014}' | '\u{2212}' | '\u{2010}' | '\u{2011}' => bare.push('-'),
            '\u{2019}' => bare.push('\''),
            c => bare.extend(c.to_lowercase()),
        }
    }
    bare
}

/// Whether something in `text` is struck through.
pub fn is_struck(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("~~")
        || ["<s>", "<del", "<strike"].iter().any(|tag| lower.contains(tag))
        || text.contains(['\u{335}', '\u{336}'])
}

pub(super) fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "" | "-"
            | "--"
            | "---"
            | "?"
            | "??"
            | "tbd"
            | "tba"
            | "todo"
            | "n/a"
            | "na"
            | "none"
            | "unknown"
    )
}

/// The words and numbers of `text`.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
