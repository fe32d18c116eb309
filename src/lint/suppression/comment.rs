//! What a comment says that silences findings: `pmctl-ignore RULE, RULE: reason`.

use std::ops::Range;

use crate::lint::{Rule, find};

/// What every such comment begins with.
pub(super) const WORD: &str = "pmctl-ignore";

/// What begins the name of the rules about suppressions, which none silences.
const OF_SUPPRESSIONS: &str = "suppression-";

/// The rules about what a change does to its own check, which no file of it silences.
const OF_CHANGES: [&str; 3] = ["gate-weakened", "gate-softened", "data-file-removed"];

/// How far a suppression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The place of the comment.
    Place,
    /// The whole file.
    File,
}

/// A suppression as it is written. The ranges are of bytes in the comment's text.
#[derive(Debug)]
pub(super) struct Suppression {
    /// How far it reaches.
    pub(super) reach: Reach,
    /// The rules it silences, each once, and where they are named. None of one without a reason.
    pub(super) rules: Vec<(&'static Rule, Range<usize>)>,
    /// What is wrong with it.
    pub(super) faults: Vec<Fault>,
}

/// What is wrong with a suppression.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// The suppression that a comment is whose text, without the marks of a comment, is `text`.
pub(super) fn read(text: &str) -> Option<Suppression> {
    let start = text.len() - text.trim_start().len();
    let behind = text[start..].strip_prefix(WORD)?;
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let ending = &behind[..behind.find(|c| !is_of_word(c)).unwrap_or(behind.len())];
    let word = start..start + WORD.len() + ending.len();
    let reach = match ending {
        "" => Reach::Place,
        "-file" => Reach::File,
        _ => {
            let message = format!("there is no `{}`", &text[word.clone()]);
            let help =
                format!("write `{WORD}` for what follows, or `{WORD}-file` for the whole file");
            let faults = vec![Fault { range: word, message, help }];
            return Some(Suppression { reach: Reach::Place, rules: Vec::new(), faults });
        }
    };
    let name = text[word.clone()].to_owned();
    let (rules, faults) = arguments(text, word, &name);
    Some(Suppression { reach, rules, faults })
}

type Arguments = (Vec<(&'static Rule, Range<usize>)>, Vec<Fault>);

/// The rules that stand behind `word`, and what is wrong there.
fn arguments(text: &str, word: Range<usize>, name: &str) -> Arguments {
    let rest = &text[word.end..];
    let names = &rest[..rest.find(':').unwrap_or(rest.len())];
    let reason = rest[names.len()..].trim_start_matches(':').trim();
    let fault = |range: Range<usize>, message: &str, help: String| {
        (Vec::new(), vec![Fault { range, message: message.to_owned(), help }])
    };
    if names.trim().is_empty() {
        let help = format!("write `{name} RULE: why`; `pmctl rules` lists the rules");
        return fault(word, "this suppression names no rule", help);
    }
    if reason.is_empty() {
        let all = word.start..word.start + text[word.start..].trim_end().len();
        let help =
            format!("write `{name} RULE: why`, so that the next reader knows when it can go");
        return fault(all, "this suppression gives no reason", help);
    }
    let (mut rules, mut faults): Arguments = (Vec::new(), Vec::new());
    let mut at = word.end;
    for written in names.split(',') {
        let id = written.trim();
        let start = at + (written.len() - written.trim_start().len());
        at += written.len() + 1;
        let range = start..start + id.len();
        match find(id) {
            _ if id.is_empty() => {}
            Ok(rule) if rule.id.starts_with(OF_SUPPRESSIONS) => faults.push(Fault {
                range,
                message: format!("`{id}` cannot be suppressed"),
                help: "correct or remove the suppression that it is about".to_owned(),
            }),
            Ok(rule) if OF_CHANGES.contains(&rule.id) => faults.push(Fault {
                range,
                message: format!("`{id}` cannot be suppressed"),
                help: format!("remove it; `pmctl lint --allow {id}` accepts a change"),
            }),
            Ok(rule) if rules.iter().any(|(known, _)| known.id == rule.id) => {}
            Ok(rule) => rules.push((rule, range)),
            Err(unknown) => faults.push(Fault {
                range,
                message: format!("there is no rule `{id}`"),
                help: unknown.help(),
            }),
        }
    }
    if rules.is_empty() && faults.is_empty() {
        let help = format!("write `{name} RULE: why`; `pmctl rules` lists the rules");
        return fault(word, "this suppression names no rule", help);
    }
    (rules, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules and the messages of a comment.
    fn read_all(text: &str) -> Option<(Reach, Vec<&'static str>, Vec<String>)> {
        let found = read(text)?;
        for (rule, range) in &found.rules {
            assert_eq!(&text[range.clone()], rule.id);
        }
        let rules = found.rules.iter().map(|(rule, _)| rule.id).collect();
        let said = |fault: &Fault| format!("{}: {}", &text[fault.range.clone()], fault.message);
        Some((found.reach, rules, found.faults.iter().map(said).collect()))
    }

    #[test]
    fn rules_stand_before_the_colon_and_the_reason_behind_it() {
        let read = |text| read_all(text).expect("a suppression");
        let rules = vec!["tier-cascade"];
        assert_eq!(
            read(" pmctl-ignore tier-cascade: the plan is: one tier "),
            (Reach::Place, rules.clone(), vec![])
        );
        assert_eq!(read("pmctl-ignore-file tier-cascade : why"), (Reach::File, rules, vec![]));
        assert_eq!(
            read("pmctl-ignore tier-cascade,\n wrong-type, tier-cascade,: why").1,
            ["tier-cascade", "wrong-type"]
        );
    }

    #[test]
    fn what_is_missing_or_unknown_is_said_at_its_place() {
        let faults = |text| read_all(text).expect("a suppression").2;
        assert_eq!(faults("pmctl-ignore"), ["pmctl-ignore: this suppression names no rule"]);
        assert_eq!(faults("pmctl-ignore: why"), ["pmctl-ignore: this suppression names no rule"]);
        assert_eq!(faults("pmctl-ignore ,: why"), ["pmctl-ignore: this suppression names no rule"]);
        assert_eq!(
            faults("pmctl-ignore wrong-type because "),
            ["pmctl-ignore wrong-type because: this suppression gives no reason"]
        );
        assert_eq!(
            faults("pmctl-ignore wrong-type: "),
            ["pmctl-ignore wrong-type:: this suppression gives no reason"]
        );
        assert_eq!(
            faults("pmctl-ignore-next wrong-type: why"),
            ["pmctl-ignore-next: there is no `pmctl-ignore-next`"]
        );
        assert_eq!(
            faults("pmctl-ignore suppression-unused: why"),
            ["suppression-unused: `suppression-unused` cannot be suppressed"]
        );
        let (_, rules, faults) = read_all("pmctl-ignore wrong-typ, tier-cascade: é").expect("one");
        assert_eq!(faults, ["wrong-typ: there is no rule `wrong-typ`"]);
        assert_eq!(rules, ["tier-cascade"], "the others count all the same");
    }

    #[test]
    fn a_comment_that_speaks_of_suppressions_is_none() {
        for text in ["", "see pmctl-ignore", "pmctl:begin x", "PMCTL-IGNORE wrong-type: why"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
