//! The scheme of an address, as a browser reads it: the one place that knows which addresses are safe to follow.

use std::borrow::Cow;

/// The schemes whose addresses run as a program, or are a document of their own, where they are followed.
const UNSAFE: [&str; 3] = ["javascript", "vbscript", "data"];

/// The schemes whose addresses become links in generated text.
const LINKED: [&str; 3] = ["http", "https", "mailto"];

/// How far into an address a scheme is looked for, in characters.
const LONGEST: usize = 512;

/// Returns whether following `target` would run a script or open a document that the address itself holds:
/// `javascript:`, `vbscript:` and `data:`, in any spelling that a browser takes for one of them. A picture may be
/// `data:image/...`.
///
/// `target` is the address as it is written in Markdown or HTML, or without its character references.
pub fn is_unsafe(target: &str, is_image: bool) -> bool {
    // Most targets are paths, and hold no colon in any spelling.
    if !target.contains([':', '&']) {
        return false;
    }
    let read = as_read(&without_references(target));
    let Some((scheme, rest)) = scheme(&read) else { return false };
    UNSAFE.contains(&scheme) && !(is_image && scheme == "data" && rest.starts_with("image/"))
}

/// Returns whether `target` may become a link in text that pmctl writes: it leads to a page of the web or to a mailbox,
/// or it is relative or rooted. An address that hides its colon in percent codes is none of these.
pub fn may_be_link(target: &str) -> bool {
    let mut read = as_read(&without_references(target));
    // A program behind the page may decode what a browser leaves as it is.
    for _ in 0..4 {
        if scheme(&read).is_some_and(|(scheme, _)| !LINKED.contains(&scheme)) {
            return false;
        }
        match without_percent_codes(&read) {
            Cow::Borrowed(_) => return true,
            Cow::Owned(decoded) => read = as_read(&decoded),
        }
    }
    false
}

/// Returns what is before the first colon, if it belongs to no path, query or fragment, and what is after it.
fn scheme(read: &str) -> Option<(&str, &str)> {
    let end = read.find([':', '/', '?', '#'])?;
    read[end..].strip_prefix(':').map(|rest| (&read[..end], rest))
}

/// Returns the beginning of `address` in lower case, without what browsers drop from addresses (control characters and
/// white space, see <https://url.spec.whatwg.org/#url-parsing>), backslashes of Markdown, and characters that nobody sees.
fn as_read(address: &str) -> String {
    let is_read = |c: &char| {
        let is_invisible = matches!(*c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        !(c.is_control() || c.is_whitespace() || *c == '\\' || is_invisible)
    };
    address.chars().filter(is_read).take(LONGEST).map(|c| c.to_ascii_lowercase()).collect()
}

/// Returns `text` with the character references that can be a part of a scheme resolved: those of a number, with or
/// without their semicolon, and the names of a colon, of white space and of the signs in schemes.
fn without_references(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        let reference = &rest[at..];
        match resolve(&reference[1..]) {
            Some((c, length)) => {
                resolved.push(c);
                rest = &reference[1 + length..];
            }
            None => {
                resolved.push('&');
                rest = &reference[1..];
            }
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Returns the character of the reference that `text` begins with, after its `&`, and the length of the reference.
fn resolve(text: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 10] = [
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("nbsp;", '\u{a0}'),
        ("shy;", '\u{ad}'),
        ("ZeroWidthSpace;", '\u{200b}'),
        ("sol;", '/'),
        ("quest;", '?'),
        ("num;", '#'),
        ("bsol;", '\\'),
    ];
    let Some(number) = text.strip_prefix('#') else {
        let (name, c) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
        return Some((*c, name.len()));
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let code = u32::from_str_radix(digits[..length].trim_start_matches('0'), radix).ok();
    let end = text.len() - digits.len() + length;
    let end = end + usize::from(text[end..].starts_with(';'));
    // Zero is written as nothing at all once its digits are trimmed, and is the replacement character.
    let c = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
    (length > 0).then_some((c, end))
}

/// Returns `text` with its percent codes resolved, where they are ASCII.
fn without_percent_codes(text: &str) -> Cow<'_, str> {
    let mut resolved = String::new();
    let mut rest = text;
    let mut is_changed = false;
    while let Some(at) = rest.find('%') {
        resolved.push_str(&rest[..at]);
        let code =
            rest.get(at + 1..at + 3).filter(|code| code.bytes().all(|c| c.is_ascii_hexdigit()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(u8::is_ascii) {
            Some(byte) => {
                resolved.push(char::from(byte));
                rest = &rest[at + 3..];
                is_changed = true;
            }
            None => {
                resolved.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    match is_changed {
        true => Cow::Owned(resolved + rest),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_a_browser_runs_is_unsafe_in_any_spelling() {
        for target in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "  javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "javascript\t:alert(1)",
            "javascript&colon;alert(1)",
            "&#106;avascript:alert(1)",
            "&#0000106avascript:alert(1)",
            "&#x6A;avascript&#58;alert(1)",
            "&#X6a;avascript&#x3A;alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
            "javascript\\:alert(1)",
            "java\u{200b}script:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "vbscript:msgbox(1)",
            "VBScript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "DATA:text/html;base64,PHNjcmlwdD4=",
            "data:,x",
            "data:image/png;base64,iVBOR",
        ] {
            assert!(is_unsafe(target, false), "{target:?}");
            assert!(!may_be_link(target), "{target:?}");
        }
        assert!(is_unsafe("javascript:alert(1)", true));
        assert!(is_unsafe("data:text/html,x", true));
    }

    #[test]
    fn pages_files_and_what_only_looks_like_a_script_are_safe() {
        for target in [
            "",
            "javascript.md",
            "javascript/",
            "../data:notes.md",
            "./javascript:the-good-parts.md",
            "/javascript:x",
            "#javascript:x",
            "?q=javascript:x",
            "https://example.com/?next=javascript:alert(1)",
            "http://example.com",
            "HTTPS://EXAMPLE.COM",
            "mailto:ada@example.com",
            "//example.com/x",
            "/direction/kites/",
            "a&b.md",
            "a&amp;b.md",
            "50%.md",
            "a%20b.md",
            "a%zz.md",
        ] {
            assert!(!is_unsafe(target, false), "{target:?}");
            assert!(may_be_link(target), "{target:?}");
        }
        assert!(!is_unsafe("data:image/png;base64,iVBOR", true));
        assert!(!is_unsafe("Data:Image/gif;base64,R0", true));
    }

    #[test]
    fn what_is_safe_and_no_page_is_not_linked() {
        for target in [
            "ftp://example.com/x",
            "file:///etc/passwd",
            "tel:+31201234567",
            "slack://channel",
            "blob:https://example.com/1",
            "javascript%3Aalert(1)",
            "javascript%253Aalert(1)",
            "%6Aavascript:alert(1)",
            "java%0ascript:alert(1)",
            "javascript&#37;3Aalert(1)",
        ] {
            assert!(!is_unsafe(target, false), "{target:?}");
            assert!(!may_be_link(target), "{target:?}");
        }
    }

    #[test]
    fn a_long_address_is_read_as_far_as_a_scheme_can_reach() {
        let colons = "&colon;".repeat(100_000);
        assert!(!may_be_link(&colons));
        assert!(!is_unsafe(&colons, false));
        assert!(is_unsafe(&format!("{}javascript:x", " ".repeat(100_000)), false));
    }
}
