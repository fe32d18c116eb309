//! What an error of the parser means, and what to do about it.

use granit_parser::ErrorKind;

use super::parse::NESTING_LIMIT;

/// What a syntax error means to somebody who edits a handbook, and what to do about it.
pub(super) fn explain(kind: &ErrorKind) -> (String, Option<String>) {
    let help = match kind {
        ErrorKind::InvalidQuotedScalarIndent => {
            return (
                "this line continues a quoted text but is not indented more than its key"
                    .to_owned(),
                Some(
                    "indent the line by two spaces more than the key; Ruby reads it as it is, \
                     the YAML standard and most other programs do not"
                        .to_owned(),
                ),
            );
        }
        ErrorKind::RecursionLimitExceeded => {
            return (
                format!("this nests more than {NESTING_LIMIT} levels deep"),
                Some("no handbook needs that; is the file damaged?".to_owned()),
            );
        }
        ErrorKind::TabInIndentation => {
            return (
                "a tab indents this line; YAML is indented with spaces alone".to_owned(),
                Some("write spaces instead of the tab".to_owned()),
            );
        }
        ErrorKind::UnclosedQuotedScalar => Some("add the closing quote"),
        ErrorKind::UnclosedFlowCollection { .. } => Some("add the closing bracket"),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => Some("YAML is indented with spaces, never with tabs"),
        ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected => {
            Some("quote a text that holds `: `; check the indentation of the line above")
        }
        ErrorKind::UnexpectedCharacter { .. } => {
            Some("quote a text that begins with this character")
        }
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::ExpectedBlockMappingKey => {
            Some("check the indentation: entries of one list or map begin in the same column")
        }
        ErrorKind::InvalidColonPlacement
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => {
            Some("check that every bracket above is closed, and that commas separate the entries")
        }
        _ => None,
    };
    (format!("this is not YAML: {}", in_backticks(&kind.to_string())), help.map(str::to_owned))
}

/// The parser's message with the characters it quotes (`'['` or `` `%' ``) in backticks.
fn in_backticks(message: &str) -> String {
    let chars: Vec<char> = message.chars().collect();
    let is_quote =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| "'`".contains(*c));
    let quoted = chars.iter().enumerate().map(|(at, &c)| match c {
        '\'' if is_quote(at.checked_sub(2)) || is_quote(Some(at + 2)) => '`',
        _ => c,
    });
    quoted.collect()
}
