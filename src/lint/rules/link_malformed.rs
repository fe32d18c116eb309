//! `link-malformed`: a link that cannot be followed, whatever is there.

use super::links::{all, has_part, replaced, shown};
use crate::handbook::address::before_query;
use crate::links::{Destination, Fault, Leads, Link};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "link-malformed",
    level: Some(Severity::Error),
    needs: Needs::LINKS,
    manual: Manual {
        what: "Fires on a link whose target is none: `https://https://`, `https//`, white space in the address, no target at all, `undefined`, a file on one computer, a path that climbs above the root, or a web or mail address without `https://` or `mailto:`.",
        why: "No browser can follow it.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nSee [the pilots](https://https://pilots.example.com).\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nSee [the pilots](https://pilots.example.com).\n",
        },
        source: "CommonMark and the URL standard say what a target is.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (_, link) in all(context) {
        if let Leads::Malformed(fault) = &link.leads {
            report.add(malformed(context, link, fault));
        }
    }
}

fn malformed(context: Context<'_>, link: &Link, fault: &Fault) -> Finding {
    let target = shown(&link.target);
    let (message, label, help) = match fault {
        Fault::Empty => (
            "this link has no target".to_owned(),
            "nothing to follow",
            "write where it leads, or remove the link",
        ),
        Fault::TwoSchemes { .. } => {
            (format!("`{target}` begins twice"), "two addresses in one", "")
        }
        Fault::BrokenScheme { .. } => {
            (format!("`{target}` does not begin as a web address does"), "misspelt", "")
        }
        Fault::NotMail { .. } => {
            (format!("`{target}` is no mail address"), "not a mail address", "")
        }
        Fault::NoHost => {
            (format!("`{target}` names no site"), "no host", "write the whole address")
        }
        Fault::Space { .. } => {
            (format!("white space stands in the address `{target}`"), "white space", "")
        }
        Fault::Placeholder => (
            format!("`{target}` is what a program writes that does not know the target"),
            "not a target",
            "write where it leads, or remove the link",
        ),
        Fault::Lost => (
            format!("`{target}` stands for a target that is gone"),
            "not a target",
            "link the page that took its place, or remove the link",
        ),
        Fault::Local => (
            format!("`{target}` is a file on one computer"),
            "nobody else has it",
            "put the file where all can read it, and link that",
        ),
        Fault::Above => (
            format!("`{target}` climbs above the root of the handbook"),
            "too many `..`",
            "count the folders again, or begin at the root with `/`",
        ),
        Fault::NoScheme { .. } => {
            (format!("`{target}` is a web address without `https://`"), "taken for a file", "")
        }
        Fault::NoMailto { .. } => {
            (format!("`{target}` is a mail address without `mailto:`"), "taken for a file", "")
        }
    };
    let finding = Finding::new(link.place, message).label(label);
    let Some(repaired) = fault.repaired() else { return finding.help(help) };
    let repaired = format!("{repaired}{}", missing_rest(link, repaired));
    let destination = context.links.map(|links| links.destination(link, &repaired, context.config));
    let is_there = match destination {
        Some(Destination::File(file)) => has_part(context, &file, &repaired),
        Some(Destination::Outside | Destination::Unknown) => true,
        Some(Destination::Missing) | None => false,
    };
    if !is_there {
        return finding.help(help_without_target(link, fault));
    }
    let finding = finding.help(format!("write `{}`", shown(&repaired)));
    match replaced(context, link, &repaired) {
        Some(fix) => finding.fix(fix.needs_a_look()),
        None => finding,
    }
}

/// What to do where what is most likely meant leads nowhere either.
fn help_without_target(link: &Link, fault: &Fault) -> &'static str {
    match fault {
        Fault::Space { .. } if before_query(&link.target).contains(char::is_whitespace) => {
            "write each space as `%20`, and name a file that is there"
        }
        Fault::Space { .. } => "name a heading by its id, which has no white space",
        _ => "write one address, of a page that is there",
    }
}

/// What stands behind the path of `link`, where `repaired` is a path alone.
fn missing_rest<'l>(link: &'l Link, repaired: &str) -> &'l str {
    if repaired.contains(['?', '#']) { "" } else { link.rest() }
}
