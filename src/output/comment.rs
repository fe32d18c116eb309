//! Text of a handbook in Markdown that is made for the comments of forges, in which it means nothing but itself: it
//! notifies no one and refers to no issue. `docs/formats.md` says how.

use crate::source::sanitise;

/// What divides a sign from what it would refer to. Forges look for references in the pieces of a rendered text, and
/// this makes two pieces of one without a trace. Neither a backslash nor a character reference does on GitHub.
const DIVIDER: &str = "<!-- -->";

/// What the addresses of issues and their like have in their paths.
const THREADS: [&str; 9] = [
    "/issues/",
    "/pull/",
    "/pulls/",
    "/merge_requests/",
    "/discussions/",
    "/epics/",
    "/work_items/",
    "/snippets/",
    "/commit/",
];

/// `text` so that it is all in one line or cell, and means nothing but itself.
pub fn escaped_markdown(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        match c {
            '\n' | '\r' => safe.push_str("<br>"),
            '|' | '<' | '[' | ']' | '*' | '_' | '`' | '~' | '&' | '\\' | '$' => {
                safe.extend(['\\', c])
            }
            '@' | '#' if refers(before, c, rest) => {
                // GitLab goes by the backslash, GitHub by the divider.
                safe.extend(['\\', c]);
                safe.push_str(DIVIDER);
            }
            '!' | '%' if refers(before, c, rest) => safe.extend(['\\', c]),
            '-' if rest.starts_with(|next: char| next.is_ascii_digit())
                && ends_in_gh(&text[..at]) =>
            {
                safe.push('-');
                safe.push_str(DIVIDER);
            }
            ':' if is_thread(&text[..at], rest) => {
                safe.push(':');
                safe.push_str(DIVIDER);
            }
            _ => safe.push(c),
        }
        before = c;
    }
    sanitise(&safe).into_owned()
}

/// `owner` as a mention that is meant to notify, where it is the handle of a person or a group; else as any text.
pub fn mention(owner: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    match owner.strip_prefix('@') {
        // An underscore within a handle is not emphasis, and a handle begins and ends with none.
        Some(handle)
            if handle.starts_with(|c: char| c.is_ascii_alphanumeric())
                && handle.chars().all(is_part) =>
        {
            owner.to_owned()
        }
        _ => escaped_markdown(owner),
    }
}

/// Whether `sign`, which `before` precedes and `rest` follows, can be a reference: `@name`, `#1`, `!1`, `%name`.
fn refers(before: char, sign: char, rest: &str) -> bool {
    let is_within_word = before.is_ascii_alphanumeric() || before == '_';
    let Some(next) = rest.chars().next() else { return false };
    match sign {
        // `a@b` is a mail address.
        '@' => !is_within_word && (next.is_alphanumeric() || next == '_'),
        '%' => !is_within_word && (next.is_alphanumeric() || next == '"'),
        // `owner/repository#1` is one too.
        _ => next.is_ascii_digit(),
    }
}

/// Whether `text` ends in `GH`, which before `-1` refers to an issue on GitHub.
fn ends_in_gh(text: &str) -> bool {
    let Some(before) = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)) else {
        return false;
    };
    let is_gh = text[before..].eq_ignore_ascii_case("gh");
    is_gh && !text[..before].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether the colon between `before` and `rest` is that of the address of an issue or its like, which a forge links
/// and notes there.
fn is_thread(before: &str, rest: &str) -> bool {
    let is_web = before.ends_with("http") || before.ends_with("https");
    if !is_web || !rest.starts_with("//") {
        return false;
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    THREADS.iter().any(|thread| rest[..end].contains(thread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_notified_or_referred_to() {
        for (text, safe) in [
            ("for @all of #12", "for \\@<!-- -->all of \\#<!-- -->12"),
            ("@org/team", "\\@<!-- -->org/team"),
            ("(@ada)", "(\\@<!-- -->ada)"),
            ("é@ada", "é\\@<!-- -->ada"),
            ("org/repo#12", "org/repo\\#<!-- -->12"),
            ("see !3", "see \\!3"),
            ("org/repo!3", "org/repo\\!3"),
            ("GH-12 gh-1", "GH-<!-- -->12 gh-<!-- -->1"),
            ("%15.2 %\"next\"", "\\%15.2 \\%\"next\""),
            ("$12 ~bug &3", "\\$12 \\~bug \\&3"),
            ("https://git.example/a/-/issues/3", "https:<!-- -->//git.example/a/-/issues/3"),
            ("http://github.com/a/b/pull/3#x", "http:<!-- -->//github.com/a/b/pull/3#x"),
        ] {
            assert_eq!(escaped_markdown(text), safe);
        }
    }

    #[test]
    fn other_signs_stay_as_they_are() {
        for text in [
            "ada@example.com",
            "C# and F#",
            "a # b",
            "#tag",
            "80% done",
            "100%",
            "wow!",
            "a @ b",
            "LGH-1",
            "GH-",
            "@",
            "https://example.com/docs?x=1",
            "Price: 3",
            "#",
        ] {
            assert_eq!(escaped_markdown(text), text);
        }
    }

    #[test]
    fn an_owner_is_mentioned_by_a_whole_handle_only() {
        assert_eq!(mention("@ada"), "@ada");
        assert_eq!(mention("@org/sub.team-a_b"), "@org/sub.team-a_b");
        assert_eq!(mention("@ada @all"), "\\@<!-- -->ada \\@<!-- -->all");
        assert_eq!(mention("Ada <ada@example.com>"), "Ada \\<ada@example.com>");
        assert_eq!(mention("@@all"), "@\\@<!-- -->all");
    }
}
