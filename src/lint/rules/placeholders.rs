//! What people write where a word is to be filled in: `[insert date]`, `<Team name>`, `{{team}}`, `XX`.

use std::ops::Range;

/// Words that a placeholder begins with.
const FIRST: [&str; 7] = ["insert", "add", "your", "enter", "replace", "link", "name"];
/// Words that a placeholder ends with.
const LAST: [&str; 6] = ["name", "title", "here", "link", "url", "date"];
/// How long a placeholder may be, in bytes.
const LONGEST: usize = 80;
/// How long a word of nothing but `X` may be.
const LONGEST_WORD: usize = 8;

/// The placeholders in `text`, in which everything that is not to be looked at is blank.
pub(super) fn placeholders(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_beginning(text.as_bytes(), at) {
        match placeholder_at(text, start) {
            Some(end) => {
                found.push(start..end);
                at = end;
            }
            None => at = start + 1,
        }
    }
    found
}

/// The bytes that a placeholder may begin with.
const FIRST_BYTES: [bool; 256] = {
    let mut may_begin = [false; 256];
    let bytes = b"[<{XYyLl";
    let mut at = 0;
    while at < bytes.len() {
        may_begin[bytes[at] as usize] = true;
        at += 1;
    }
    may_begin
};

/// Where from `at` on a placeholder may begin: a look at two bytes.
fn next_beginning(text: &[u8], mut at: usize) -> Option<usize> {
    let may_begin = |byte: &u8| FIRST_BYTES[usize::from(*byte)];
    while let Some(length) = text[at..].iter().position(may_begin) {
        let start = at + length;
        let next = text.get(start + 1).map(u8::to_ascii_lowercase);
        let wanted = match text[start] {
            b'[' | b'<' => return Some(start),
            b'{' => b'{',
            b'X' => b'x',
            b'Y' | b'y' => b'y',
            _ => b'o',
        };
        if next == Some(wanted) {
            return Some(start);
        }
        at = start + 1;
    }
    None
}

/// Where the placeholder that begins at `start` ends.
fn placeholder_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    match rest.as_bytes().first()? {
        b'[' => bracketed(text, start, "[", "]", is_to_be_filled_in),
        b'<' => {
            bracketed(text, start, "<", ">", |words| words.len() > 1 && is_to_be_filled_in(words))
        }
        b'{' => bracketed(text, start, "{{", "}}", |words| !words.is_empty()),
        b'X' => {
            let length = rest.bytes().take(LONGEST_WORD + 1).take_while(|&c| c == b'X').count();
            let is_word = stands_alone(text, start..start + length, &['.', '_', '-', '/']);
            ((2..=LONGEST_WORD).contains(&length) && is_word).then_some(start + length)
        }
        b'Y' if rest.starts_with("YYYY") && !rest.starts_with("YYYYY") => {
            date_form(text, start).or_else(|| word_of_four(text, start))
        }
        b'Y' | b'y' => date_form(text, start),
        b'L' | b'l' => {
            let latin = "lorem ipsum";
            let is_latin = rest.get(..latin.len()).is_some_and(|s| s.eq_ignore_ascii_case(latin));
            let opens =
                text[..start].trim_end_matches([' ', '>', '*', '_', '-']).ends_with(['\n', '|']);
            let goes_on = || rest[latin.len()..].trim_start().starts_with("dolor");
            (is_latin && (start == 0 || opens || goes_on())).then_some(start + latin.len())
        }
        _ => None,
    }
}

/// The end of what begins with `open` at `start` and ends with `close`, on one line, if it holds words that are
/// such as `is_it` asks for, and nothing else. What is a link or the name of one is none.
fn bracketed(
    text: &str,
    start: usize,
    open: &str,
    close: &str,
    is_it: impl Fn(&[String]) -> bool,
) -> Option<usize> {
    let inside = start + open.len();
    let rest = text[start..].strip_prefix(open)?;
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    // What it holds has none of the closing characters.
    let length = memchr::memchr(close.as_bytes()[0], rest.as_bytes())?;
    if !rest[length..].starts_with(close) {
        return None;
    }
    let content = rest[..length].trim_end_matches('\\').trim();
    let end = inside + length + close.len();
    let is_plain = || {
        content.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '\'' | '\u{2019}' | '/' | ',')
        })
    };
    let is_link = open == "[" && text[end..].starts_with(['(', '[', ':']);
    let begins = content.starts_with(char::is_alphabetic);
    if is_link || !begins || content.ends_with('/') || !is_plain() {
        return None;
    }
    let words = content.split([' ', '_', '-', '/', ',']).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    is_it(&words).then_some(end)
}

/// Whether `words` name what is to be written in their place.
fn is_to_be_filled_in(words: &[String]) -> bool {
    let Some((first, last)) = words.first().zip(words.last()) else { return false };
    // An element of HTML with an attribute.
    let is_tag = words.len() == 2 && ["a", "input", "map", "meta"].contains(&first.as_str());
    let is_one_word = words.len() == 1;
    match is_one_word {
        true => LAST.contains(&last.as_str()) && last != "here",
        false => {
            let second = words[1].as_str();
            let leads = match first.as_str() {
                "link" => second == "to",
                "name" => second == "of",
                first => FIRST.contains(&first),
            };
            !is_tag && (leads || LAST.contains(&last.as_str()))
        }
    }
}

/// The end of `YYYY` at `start` where it is the word to fill in, and not the year of the form of a date.
fn word_of_four(text: &str, start: usize) -> Option<usize> {
    let end = start + "YYYY".len();
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let is_part = |word: Option<&str>| {
        let word = word.unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        let is_of = |letters: &str| word.chars().all(|c| letters.contains(c.to_ascii_uppercase()));
        !word.is_empty()
            && word.len() <= 4
            && (is_of("DM") || is_of("Q") || is_of("W") || is_of("H"))
    };
    let line = &text[line_start..line_end];
    let is_form = is_part(text[line_start..start].split_whitespace().next_back())
        || is_part(text[end..line_end].split_whitespace().next())
        || ["format", "date", "year"].iter().any(|word| line.to_lowercase().contains(word));
    let is_word = stands_alone(text, start..end, &['.', '_', '-', '/', ':', ',', '\'']);
    (is_word && !is_form).then_some(end)
}

/// The end of `yyyy-mm-dd` at `start` where a date belongs: alone behind a colon or in a cell. What says when a page
/// was reviewed is looked at as such.
fn date_form(text: &str, start: usize) -> Option<usize> {
    const FORM: &str = "yyyy-mm-dd";
    let end = start + FORM.len();
    text.get(start..end).filter(|form| form.eq_ignore_ascii_case(FORM))?;
    let line = &text[text.floor_char_boundary(start.saturating_sub(LONGEST))..start];
    let before = line.rsplit('\n').next().unwrap_or_default();
    let line = &text[end..text.ceil_char_boundary((end + LONGEST).min(text.len()))];
    let after = line.lines().next().unwrap_or_default().trim_start_matches(['*', '_', ' ']);
    let is_value = before.trim_end_matches(['*', '_', ' ']).ends_with([':', '|']);
    let is_alone = after.is_empty() || after.starts_with('|');
    let is_review = before.to_lowercase().contains("review");
    (is_value && is_alone && !is_review).then_some(end)
}

/// Whether no letter, digit or one of `joints` touches `range`; a full stop behind it ends a sentence.
fn stands_alone(text: &str, range: Range<usize>, joints: &[char]) -> bool {
    let touches = |c: char| c.is_alphanumeric() || joints.contains(&c);
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let behind = after.next();
    let goes_on = behind.is_some_and(|c| match c {
        '.' => after.next().is_some_and(char::is_alphanumeric),
        c => touches(c),
    });
    !before.is_some_and(touches) && !goes_on
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    fn found(text: &str) -> Vec<&str> {
        placeholders(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_is_to_be_filled_in_is_found() {
        assert_eq!(found("The [Category name] team"), ["[Category name]"]);
        assert_eq!(
            found("[insert the goal] and \\[your team\\]"),
            ["[insert the goal]", "[your team\\]"]
        );
        assert_eq!(found("Ask <Team name> or <YOUR_NAME>."), ["<Team name>", "<YOUR_NAME>"]);
        assert_eq!(found("{{team}} and {{ Product Area }}"), ["{{team}}", "{{ Product Area }}"]);
        assert_eq!(found("By XX% in XXX."), ["XX", "XXX"]);
        assert_eq!(found("Now at the XXXX level, the target is YYYY."), ["XXXX", "YYYY"]);
        assert_eq!(
            found("Due: yyyy-mm-dd\n| Start | **YYYY-MM-DD** |"),
            ["yyyy-mm-dd", "YYYY-MM-DD"]
        );
        assert_eq!(
            found("## A\n\nLorem ipsum dolor.\nThe lorem ipsum dolor"),
            ["Lorem ipsum", "lorem ipsum"]
        );
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        for text in [
            "[Achieved] [DONE] [X-Large] [ ] [x] [^1] [Distribution]",
            "[Team name](team.md) [Team name][team] [team name]: team.md",
            "<video controls> <a name> <br> <Tabs groupId> a < b > c",
            "{{generator:team_list}} {{ page.title }} {{< toc >}} {{% x %}} style={{ a: 1 }}",
            "HTTP 5XX, v15.XX, XXL, XX-large, file.XX, XXXX-XXXX, XXXXXXXXXX",
            "DD MM YYYY, MM/YYYY, YYYY-Qn, Q1 YYYY is the format, of the year YYYY",
            "Dates are MM YYYY or YYYY MM. YYYY-MM",
            "Name it Report_YYYY, YYYYMMDD or YYYY_MM.",
            "Dates are written as yyyy-mm-dd.\nContent Last Reviewed: yyyy-mm-dd",
            "We use no lorem ipsum in designs.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
