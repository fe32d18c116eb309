//! Percent-encoding of addresses, see <https://www.rfc-editor.org/rfc/rfc3986#section-2.1>.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, percent_encode_byte};

/// Returns `text` with its percent codes read (`%20` and the like). Text whose codes give no UTF-8 stays as it is.
pub fn percent_decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Returns `text` with the bytes of every character for which `is_kept` is false as percent codes.
pub fn percent_encoded(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        match is_kept(c) {
            true => encoded.push(c),
            false => encoded.extend(c.encode_utf8(&mut [0; 4]).bytes().map(percent_encode_byte)),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_where_they_give_text() {
        assert_eq!(percent_decoded("a%20b/%C3%A9%c3%A9.md"), "a b/éé.md");
        assert_eq!(percent_decoded("50%.md%zz"), "50%.md%zz");
        assert_eq!(percent_decoded("a%20%E9"), "a%20%E9");
    }

    proptest::proptest! {
        #[test]
        fn what_is_encoded_is_read_back(text in "[a%é日 /]{0,12}") {
            let encoded = percent_encoded(&text, |c| c.is_ascii_alphanumeric());
            proptest::prop_assert!(encoded.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'%'));
            proptest::prop_assert_eq!(percent_decoded(&encoded), text);
        }
    }
}
