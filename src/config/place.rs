//! Where a setting is in the text of a `pmctl.toml`.

use std::ops::Range;

use crate::source::line_end;
use toml::de::{DeTable, DeValue};

/// A step on the way to a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'s> {
    /// The entry of this key.
    Key(&'s str),
    /// The entry of a list at this place, from 0.
    At(usize),
}

/// Where the setting that `steps` lead to is in `text`, from its key on; `None` where it is not there.
pub fn place(text: &str, steps: &[Step<'_>]) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let (first, rest) = steps.split_first()?;
    let Step::Key(key) = first else { return None };
    let (name, value) = root.get_ref().get_key_value(*key)?;
    let (mut start, mut value) = (name.span().start, value);
    for step in rest {
        match (step, value.get_ref()) {
            (Step::Key(key), DeValue::Table(table)) => {
                let (name, inner) = table.get_key_value(*key)?;
                (start, value) = (name.span().start, inner);
            }
            (Step::At(at), DeValue::Array(list)) => {
                value = list.get(*at)?;
                start = value.span().start;
            }
            _ => return None,
        }
    }
    let end = value.span().end.max(start);
    // Of a table in several lines, its first line.
    let first = line_end(text.get(start..end)?, 0);
    Some(start..start + first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_found_however_it_is_written() {
        use Step::{At, Key};

        let text = "lint.drafts = \"same\"\n[links]\nignore = [\n  \"a\",\n  \"b\",\n]\n[[pages]]\nglob = \"x\"\n\
            [[lint.overrides]]\npaths = [\"y\"]\nrules = { tier-cascade = \"allow\" }\n";
        let at = |steps: &[Step<'_>]| place(text, steps).map(|range| &text[range]);
        assert_eq!(at(&[Key("lint"), Key("drafts")]), Some("drafts = \"same\""));
        assert_eq!(at(&[Key("links"), Key("ignore"), At(1)]), Some("\"b\""));
        assert_eq!(at(&[Key("pages"), At(0), Key("glob")]), Some("glob = \"x\""));
        let steps = [Key("lint"), Key("overrides"), At(0), Key("rules"), Key("tier-cascade")];
        assert_eq!(at(&steps), Some("tier-cascade = \"allow\""));
        assert_eq!(at(&[Key("links"), Key("ignore")]), Some("ignore = ["));
        assert_eq!((at(&[Key("rice")]), place("a = [", &[Key("a")])), (None, None));
    }
}
