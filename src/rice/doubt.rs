//! Why no number is taken of a text, in words.

use super::scales::{Factor, Scale};
use super::written::Doubt;

/// What to say of a text of which no number is taken.
pub(super) struct Reason {
    pub(super) label: String,
    pub(super) message: String,
    pub(super) help: String,
}

/// Why `text`, which `whose` has for `factor`, is not taken; `legal` says what may be written.
pub(super) fn reason(
    doubt: &Doubt,
    factor: Factor,
    text: &str,
    whose: &str,
    legal: &str,
) -> Reason {
    let name = factor.name();
    let spell = |value| Scale::spell(factor, value);
    let (label, because, help) = match doubt {
        Doubt::Several => (
            "is more than one number".to_owned(),
            "is more than one number".to_owned(),
            format!("write the result alone; {legal}"),
        ),
        Doubt::Year => (
            "may be a year".to_owned(),
            "may be a year".to_owned(),
            format!("write the effort with its unit, such as `2 months`; {legal}"),
        ),
        Doubt::Unit(unit) => (
            format!("is in `{unit}`"),
            format!("is in `{unit}`, which cannot be converted"),
            format!("write {legal}"),
        ),
        Doubt::Grouped(one, other) => (
            format!("is {} or {}", spell(*one), spell(*other)),
            format!("may be {} or {}", spell(*one), spell(*other)),
            "leave the mark between thousands out, or write fewer digits after the decimal mark"
                .to_owned(),
        ),
        Doubt::Percent(value) => (
            "is a share or percent".to_owned(),
            format!("may be {value}% or a share of 1, because its column is in percent"),
            "write the percent sign in the cell".to_owned(),
        ),
        Doubt::Bound => (
            "is not one number".to_owned(),
            "has only a lower or an upper end".to_owned(),
            format!("write the number in between that you expect; {legal}"),
        ),
        Doubt::Rest(rest) => (
            "is more than a value".to_owned(),
            format!("has more after its value: `{rest}`"),
            format!(
                "write the value alone, and remarks in a column or paragraph of their own; {legal}"
            ),
        ),
        Doubt::Struck => (
            "is struck through".to_owned(),
            "has text that is struck through".to_owned(),
            "leave only the value that counts".to_owned(),
        ),
        Doubt::Formula => (
            "is a formula".to_owned(),
            "is the formula of a spreadsheet".to_owned(),
            "export the values of the sheet, not its formulas".to_owned(),
        ),
        Doubt::Column(header) => (
            format!("is in `{header}`"),
            format!("is a bare number, and `{header}` is not a known unit or scale of {name}"),
            match factor {
                Factor::Effort => {
                    "head the column `Effort (days)`, `Effort (weeks)` or `Effort (months)`"
                        .to_owned()
                }
                _ => format!("head the column `{name}` and write steps of its scale; {legal}"),
            },
        ),
        Doubt::Claimed(headers) => (
            "is in one of several columns".to_owned(),
            format!("is in one of several columns for {name}: `{}`", headers.join("`, `")),
            "keep one, or rename the others".to_owned(),
        ),
        Doubt::Part(header) => (
            "may be a part".to_owned(),
            format!("is below `{header}`, which may be a part of the {name} or another one"),
            format!("call the column or the heading of the {name} that counts `{name}`"),
        ),
    };
    Reason {
        label: format!("{name} `{text}` {label}"),
        message: format!("the {name} of {whose} is `{text}`, which {because}"),
        help,
    }
}
