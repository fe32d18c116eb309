//! Finds the web addresses that GitHub makes links of without any mark around them.

use std::ops::Range;

const BEGINNINGS: [&str; 3] = ["http://", "https://", "www."];

/// The first bare address of `page` that begins in `text`, a range of its prose. It may end behind it: the
/// parser splits text at every `_` and `&`.
pub(super) fn address(page: &str, text: Range<usize>) -> Option<Range<usize>> {
    let mut from = text.start;
    while let Some(start) = next_candidate(&page[from..text.end]).map(|at| from + at) {
        let before = page[..start].chars().next_back();
        let candidate = &page[start..];
        if may_follow(before, candidate.starts_with("www.")) && has_host(candidate) {
            return Some(start..start + length(candidate));
        }
        from = start + 1;
    }
    None
}

fn next_candidate(text: &str) -> Option<usize> {
    // Each of the beginnings has a colon or this letter, which are so rare that most text is passed over quickly.
    memchr::memchr2_iter(b':', b'w', text.as_bytes()).find_map(|at| {
        let (before, rest) = text.split_at(at);
        if rest.starts_with("www.") {
            return Some(at);
        }
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme));
        scheme.filter(|_| rest.starts_with("://")).map(|scheme| at - scheme.len())
    })
}

fn may_follow(before: Option<char>, is_www: bool) -> bool {
    before.is_none_or(|c| match c {
        '*' | '_' | '~' | '(' => true,
        c if is_www => c.is_whitespace(),
        c => !c.is_ascii_alphanumeric(),
    })
}

fn has_host(address: &str) -> bool {
    let host = BEGINNINGS.iter().find_map(|beginning| address.strip_prefix(beginning));
    host.is_some_and(|host| host.starts_with(char::is_alphanumeric))
}

/// How much of `text` belongs to the address that it begins with.
fn length(text: &str) -> usize {
    // White space and `<` by GitHub's rule; the others never stand in an address but often behind one.
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\');
    // `](` is the middle of a link that went wrong.
    let is_end = |&(at, c): &(usize, char)| ends(c) || text[at..].starts_with("](");
    let end = text.char_indices().find(is_end).map_or(text.len(), |(at, _)| at);
    without_trailing_punctuation(&text[..end]).len()
}

fn without_trailing_punctuation(mut address: &str) -> &str {
    // Counted once and kept in step: counting anew for every bracket would take quadratic time.
    let count = |bracket: char| address.matches(bracket).count();
    let opened = [count('('), count('[')];
    let mut closed = [count(')'), count(']')];
    while let Some(last) = address.chars().next_back() {
        let bracket = match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' => None,
            ')' if closed[0] > opened[0] => Some(0),
            ']' if closed[1] > opened[1] => Some(1),
            _ => break,
        };
        if let Some(bracket) = bracket {
            closed[bracket] -= 1;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        address(text, 0..text.len()).map(|range| &text[range])
    }

    #[test]
    fn an_address_ends_before_the_punctuation_behind_it() {
        for (text, expected) in [
            ("see https://plans.example/a_b?c=d#e.", "https://plans.example/a_b?c=d#e"),
            ("(https://plans.example/a_(b)), and", "https://plans.example/a_(b)"),
            ("**http://plans.example**", "http://plans.example"),
            ("at \"www.plans.example\" or www.plans.example!", "www.plans.example"),
            ("[https://plans.example]", "https://plans.example"),
            ("[x]https://plans.example](https://x.example y)", "https://plans.example"),
            ("http https:// https://plans.example", "https://plans.example"),
        ] {
            assert_eq!(found(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for text in
            ["xhttps://a.example", "https://", "https://<%= host %>", "awww.a.example", "www.", "h"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
