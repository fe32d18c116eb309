//! The message of a commit.

use super::CommitError;
use crate::source::percent_encoded;

/// Returns `message` with white space as git stores it. One that says nothing, be it by comments alone, is refused.
pub fn cleaned(message: &str) -> Result<String, CommitError> {
    let says_something = message.lines().map(str::trim).any(|line| {
        let is_comment = line
            .strip_prefix('#')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '#']));
        !line.is_empty() && !is_comment
    });
    if !says_something {
        return Err(CommitError::NoMessage);
    }
    Ok(git2::message_prettify(message, None)?)
}

/// Returns `name`, the name of a file, so that it is one word that no forge acts on: whatever is no letter, digit, dot,
/// slash, hyphen or underscore is written in percent codes. So it marks no commit that CI skips, closes no issue, mentions
/// nobody, and begins no line and no trailer.
pub fn inert(name: &str) -> String {
    percent_encoded(name, |c| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_say_nothing_to_a_forge() {
        for name in [
            "[skip ci].md",
            "[CI SKIP].md",
            "[no ci]/a.md",
            "***NO_CI***.md",
            "Closes #1.md",
            "fixes GH-12.md",
            "@all.md",
            "a\nSigned-off-by: Eve <eve@example.com>.md",
            "a\r\n\r\nskip-checks: true.md",
            "a\u{2028}b.md",
            "!12 &3 ~bug.md",
        ] {
            let inert = inert(name);
            let is_plain = |c: char| c.is_alphanumeric() || "./-_%".contains(c);
            assert!(inert.chars().all(is_plain), "{inert}");
        }
        assert_eq!(inert("direction/harbour-plan_2.md"), "direction/harbour-plan_2.md");
        assert_eq!(inert("direction/café.md"), "direction/café.md");
        assert_eq!(inert("a b.md"), "a%20b.md");
    }

    #[test]
    fn a_message_says_something() {
        for empty in ["", " \n\t\n", "# only a comment", "\n#\n  # twice\n"] {
            assert!(matches!(cleaned(empty), Err(CommitError::NoMessage)), "{empty:?}");
        }
        let message = cleaned("\n\nOne  \n\n\n\n#42 is done").expect("a message");
        assert_eq!(message, "One\n\n#42 is done\n");
        assert!(cleaned("#42").is_ok());
    }
}
