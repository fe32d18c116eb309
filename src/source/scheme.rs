//! The scheme of an address, as a browser reads it: the one place that knows which addresses are safe to follow.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

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
    let read = as_read(&htmlize::unescape(target));
    let Some((scheme, _)) = scheme(&read) else { return false };
    UNSAFE.contains(&scheme) && !(is_image && is_picture(target))
}

/// Returns whether `target` may become a link in text that pmctl writes: it leads to a page of the web or to a mailbox,
/// or it is relative or rooted. An address that hides its colon in percent codes is none of these.
pub fn may_be_link(target: &str) -> bool {
    let mut read = as_read(&htmlize::unescape(target));
    // A program that serves the page may decode what a browser leaves as it is.
    for _ in 0..4 {
        if scheme(&read).is_some_and(|(scheme, _)| !LINKED.contains(&scheme)) {
            return false;
        }
        match percent_decode_str(&read).decode_utf8_lossy() {
            Cow::Borrowed(_) => return true,
            Cow::Owned(decoded) => read = as_read(&decoded),
        }
    }
    false
}

/// Returns whether `target` is a picture that the address itself holds: `data:image/...`.
pub fn is_picture(target: &str) -> bool {
    let read = as_read(&htmlize::unescape(target));
    scheme(&read).is_some_and(|(scheme, rest)| scheme == "data" && rest.starts_with("image/"))
}

/// Returns whether the address of a script is anywhere in `text`, such as in the tag of an element, in any spelling.
pub fn names_script(text: &str) -> bool {
    let read: String = read_characters(&htmlize::unescape(text)).collect();
    read.contains("javascript:") || read.contains("vbscript:")
}

/// Returns what is before the first colon, if it belongs to no path, query or fragment, and what is after it.
fn scheme(read: &str) -> Option<(&str, &str)> {
    let end = read.find([':', '/', '?', '#'])?;
    read[end..].strip_prefix(':').map(|rest| (&read[..end], rest))
}

/// Returns the beginning of `address` in lower case, without what browsers drop from addresses (control characters and
/// white space, see <https://url.spec.whatwg.org/#url-parsing>), backslashes of Markdown, and invisible characters.
fn as_read(address: &str) -> String {
    read_characters(address).take(LONGEST).collect()
}

fn read_characters(address: &str) -> impl Iterator<Item = char> {
    let is_read = |c: &char| {
        let is_invisible = matches!(*c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        !(c.is_control() || c.is_whitespace() || *c == '\\' || is_invisible)
    };
    address.chars().filter(is_read).map(|c| c.to_ascii_lowercase())
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
