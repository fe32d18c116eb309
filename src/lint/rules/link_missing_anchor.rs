//! `link-missing-anchor`: a link to a part of a page that is not there.

use super::links::{all, replaced, shown};
use crate::generate::markdown::encoded;
use crate::links::{Leads, Link, MissingAnchor, Slip};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "link-missing-anchor",
    level: Some(Severity::Warning),
    needs: Needs::LINKS,
    manual: Manual {
        what: "Fires on a link whose `#fragment` is the id of no heading and of no element of the page that it leads to. Headings have the ids that GitHub gives them, or that the page writes; those that generators make count, or that kramdown, Python-Markdown or GitBook give them where these may make the site. Nothing is said of a page whose headings a template takes in from elsewhere.",
        why: "The link opens the page at its top, and the reader has to search for what was meant, if it is still there.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nSee [our plans](#plans).\n\n## What comes next\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nSee [our plans](#what-comes-next).\n\n## What comes next\n",
        },
        source: "Sourcegraph: heading anchors follow GitHub's rule, and links use them.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (_, link) in all(context) {
        if let (Leads::File(file), Some(anchor)) = (&link.leads, &link.missing_anchor) {
            report.add(missing(context, link, anchor, file.as_str()));
        }
    }
}

fn missing(context: Context<'_>, link: &Link, anchor: &MissingAnchor, file: &str) -> Finding {
    let id = shown(&anchor.id);
    let Some(near) = &anchor.near else {
        let message = format!("`{file}` has no heading `#{id}`");
        return Finding::new(link.place, message)
            .label("leads to the top of the page")
            .help("name the heading that took its place, or link the page as a whole");
    };
    let near_id = shown(&near.id);
    let message = match near.slip {
        Some(Slip::Case) => {
            format!("`#{id}` differs only by letter case from `#{near_id}` of `{file}`")
        }
        Some(Slip::Hash) => format!("`#{id}` has a `#` too many to be a heading of `{file}`"),
        None => format!("`{file}` has no heading `#{id}`"),
    };
    let help = match near.slip {
        Some(_) => format!("write `#{near_id}`"),
        None => format!("did you mean `#{near_id}`?"),
    };
    let finding =
        Finding::new(link.place, message).label("leads to the top of the page").help(help);
    let path = link.target.split('#').next().unwrap_or_default();
    let fix =
        replaced(context, link, &format!("{path}#{}", encoded(&near.id).replace('\'', "%27")));
    match fix.filter(|_| near.is_alone) {
        Some(fix) if near.slip.is_some() => finding.fix(fix),
        Some(fix) => finding.fix(fix.needs_a_look()),
        None => finding,
    }
}
