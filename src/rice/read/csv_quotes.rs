//! Quotes in CSV that swallow rows: one that is never closed, and one that another row's quote closes.
//!
//! RFC 4180, section 2: a quoted cell ends at a quote with a delimiter or a line end after it; two quotes are one.

/// A quote that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// The line, from 1, on which its cell begins.
    pub(super) line: u64,
    pub(super) reason: String,
}

/// The first quote of `text` that is not closed, or has something after it.
pub(super) fn first_bad_quote(text: &str, delimiter: u8) -> Option<Quote> {
    let mut line = 1;
    let mut rest = text.as_bytes();
    let mut is_start = true;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'"' if is_start => {
                let (lines, left) = match quoted(rest, delimiter) {
                    Ok(ended) => ended,
                    Err(reason) => return Some(Quote { line, reason: reason.to_owned() }),
                };
                (line, rest) = (line + lines, left);
            }
            b'\n' => (line, is_start) = (line + 1, true),
            // A line may end in a carriage return alone.
            b'\r' if !rest.starts_with(b"\n") => (line, is_start) = (line + 1, true),
            _ => is_start = byte == delimiter,
        }
    }
    None
}

/// How many lines end within the cell whose opening quote comes before `rest`, and what comes after the cell.
fn quoted(mut rest: &[u8], delimiter: u8) -> Result<(u64, &[u8]), &'static str> {
    let mut lines = 0;
    loop {
        let at = memchr::memchr(b'"', rest).ok_or("a quote opens here and is never closed")?;
        lines += memchr::memchr_iter(b'\n', &rest[..at]).count() as u64;
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(b"\"") {
            rest = after;
            continue;
        }
        let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
        return match rest.get(spaces) {
            None | Some(b'\n' | b'\r') => Ok((lines, rest)),
            Some(byte) if *byte == delimiter => Ok((lines, &rest[spaces..])),
            Some(_) => Err("a quoted cell begins here, and there is text after its closing quote"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<u64> {
        first_bad_quote(text, b',').map(|quote| quote.line)
    }

    #[test]
    fn quotes_that_are_closed_hold_commas_quotes_and_lines() {
        for text in [
            "",
            "a,b\n",
            "\"a,\"\"b\"\"\",c\n\"d\"",
            "\"two\nlines\",3\r\n\"\",4",
            "12\" pipe,3",
            "\"a\" ,b",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn a_quote_that_swallows_rows_is_named_by_the_line_where_it_opens() {
        assert_eq!(line("a,b\n\"c,d\ne,f\n"), Some(2));
        assert_eq!(line("a,b\n\"c,d\n\"e\",f\n"), Some(2));
        assert_eq!(line("\"two\nlines\",3\nx,\"y\n"), Some(3));
        assert_eq!(line("a,\"b"), Some(1));
    }
}
