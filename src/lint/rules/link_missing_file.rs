//! `link-missing-file`: a link to what is not there.

use std::collections::{HashMap, HashSet};

use super::links::{all, has_part, replaced, rewritten, shown};
use super::page_unlisted::{CONTENTS, is_for_a_page};
use crate::generate::markdown::encoded;
use crate::links::{Budget, Destination, Leads, Likeness, Link, Links, Missing, Origin};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::{FileId, RepoPath};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "link-missing-file",
    level: Some(Severity::Error),
    needs: Needs::LINKS,
    manual: Manual {
        what: "Fires on a link or an image that leads to a file or a page of the handbook which is not there: on pages, and in the fields of data files that are links or hold Markdown. An address that a redirect leads on from is pointed out with the new one (warning). Nothing is said of a place outside of the folders that `[links] roots` names, of what `[links] ignore` names, of entries of a table of contents (`page-unlisted`), of files such as pictures where the handbook holds none of the kind, and of targets that a template fills in.",
        why: "The reader who needs it finds an error, and whoever moved the page does not know.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nThe [pilots](../strategy/pilots.md) know the way.\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nThe [pilots](https://pilots.example.com/) know the way.\n",
        },
        source: "Sourcegraph: links between pages are paths of files that exist. GitLab: a page that moves leaves an entry in `data/redirects.yml`, and its links are changed.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let mut budget = Budget::default();
    let pages = context.handbook.pages.iter().filter(|page| page.kind == CONTENTS);
    let contents: HashSet<FileId> = pages.map(|page| page.file).collect();
    let redirects = Redirects::of(context);
    let mut missed: HashMap<&RepoPath, usize> = HashMap::new();
    for (_, link) in all(context) {
        if let Leads::Missing(missing) = &link.leads {
            *missed.entry(&missing.place).or_default() += 1;
        }
    }
    for (links, link) in all(context) {
        match &link.leads {
            // An entry of a table of contents without its page is what `page-unlisted` is about.
            Leads::Missing(missing)
                if contents.contains(&link.place.file)
                    && is_for_a_page(context, &missing.place) => {}
            Leads::Missing(missing) => {
                let finding = missing_file(context, (links, link), missing, &mut budget);
                report.add(as_one_of(missed.get(&missing.place).copied().unwrap_or(1), finding));
            }
            Leads::Redirected { to, is_exact } => {
                let is_exact = *is_exact && redirects.keep_apart(to);
                report.add(redirected(context, (links, link), to, is_exact));
            }
            _ => {}
        }
    }
}

/// How many links to one place say that something else may make it.
const MANY: usize = 10;

/// `finding`, which is one of `count` about the same place.
fn as_one_of(count: usize, finding: Finding) -> Finding {
    let Some(help) = finding.help.clone().filter(|_| count >= MANY) else { return finding };
    finding.help(format!(
        "{help}; {count} links lead there, so if the site makes it, name it in `[links] ignore`"
    ))
}

/// To how many addresses redirects lead from how many others.
struct Redirects<'a>(HashMap<&'a str, usize>);

impl<'a> Redirects<'a> {
    fn of(context: Context<'a>) -> Self {
        let mut sources: HashMap<&str, usize> = HashMap::new();
        for redirect in &context.handbook.redirects {
            if let Some(target) = &redirect.target {
                *sources.entry(target.value.trim()).or_default() += redirect.sources.len();
            }
        }
        Self(sources)
    }

    /// Whether `to` takes the place of few addresses: where many lead, what each of them said is lost.
    fn keep_apart(&self, to: &str) -> bool {
        const FEW: usize = 3;
        self.0.get(to).is_none_or(|sources| *sources <= FEW)
    }
}

fn missing_file(
    context: Context<'_>,
    (links, link): (&Links, &Link),
    missing: &Missing,
    budget: &mut Budget,
) -> Finding {
    let (target, place) = (shown(&link.target), shown(missing.place.as_str()));
    let nowhere = match link.target.trim_matches('/') == missing.place.as_str() {
        true => format!("there is no `{place}`"),
        false => format!("`{target}` leads nowhere: there is no `{place}`"),
    };
    if missing.is_bare_folder {
        let message = format!("`{target}` leads to the folder `{place}`, which has no page");
        return Finding::new(link.place, message)
            .label("no page of its own")
            .help("link a page in the folder, or give it an index page");
    }
    if let Some(to) = &missing.redirected {
        let to = shown(to);
        let message = format!("`{target}` is redirected to `{to}`, where nothing is");
        return Finding::new(link.place, message)
            .label("leads nowhere")
            .help("link the page that took its place, and correct the redirect");
    }
    let advice = links.advice(link, missing, budget);
    let Some(advice) = advice else {
        return Finding::new(link.place, nowhere)
            .label("nothing is there")
            .help("correct the link, or remove it if the page is gone for good");
    };
    let file = &advice.file;
    let message = match advice.likeness {
        Likeness::OtherCase => {
            format!("`{target}` differs only by letter case from what is there, `{file}`")
        }
        _ => nowhere,
    };
    let label =
        if advice.likeness == Likeness::OtherCase { "other letters" } else { "nothing is there" };
    let finding = Finding::new(link.place, message).label(label);
    let Some(meant) = &advice.target else {
        return finding.help(match advice.likeness {
            Likeness::OtherCase => "write the address that the site gives to it".to_owned(),
            Likeness::Name => format!("`{file}` has this name; link its address if it is meant"),
            Likeness::FolderName | Likeness::Near => format!("did you mean `{file}`?"),
        });
    };
    let shown = shown(meant);
    let finding = finding.help(match advice.likeness {
        Likeness::OtherCase => format!("write `{shown}`"),
        Likeness::Name => format!("`{file}` has this name; write `{shown}` if it is meant"),
        Likeness::FolderName => format!("did you mean `{file}`? Then write `{shown}`"),
        Likeness::Near => format!("did you mean `{shown}`?"),
    });
    match (replaced(context, link, meant), advice.likeness) {
        (Some(fix), Likeness::OtherCase) => finding.fix(fix),
        (Some(fix), Likeness::Name) => finding.fix(fix.needs_a_look()),
        _ => finding,
    }
}

fn redirected(
    context: Context<'_>,
    (links, link): (&Links, &Link),
    to: &str,
    is_exact: bool,
) -> Finding {
    // The part of the page that is asked for stays, unless the redirect names one.
    let mut target = if to.contains('#') { to.to_owned() } else { format!("{to}{}", link.rest()) };
    match &link.origin {
        Origin::Data if to.starts_with('/') => target.insert_str(0, site_of(&link.target)),
        Origin::Page(_) => target = links.without_site(&target).to_owned(),
        Origin::Data => {}
    }
    let message = format!(
        "`{}` is an old address, which is redirected to `{}`",
        shown(&link.target),
        shown(to)
    );
    let finding = Finding::new(link.place, message).label("moved").warning();
    let new = encoded(&target);
    let (fix, is_there) = match links.destination(link, &new, context.config) {
        Destination::File(file) if Origin::Page(file.clone()) == link.origin => {
            return finding.help("remove the link of the page to itself");
        }
        Destination::File(file) => {
            (replaced(context, link, &new), has_part(context, &file, &target))
        }
        // Nobody knows what is there, but the site leads there now.
        _ => (rewritten(context, link, &new), true),
    };
    let finding = finding.help(format!("write `{}`", shown(&target)));
    match fix {
        Some(fix) if is_exact && is_there => finding.fix(fix),
        Some(fix) => finding.fix(fix.needs_a_look()),
        None => finding,
    }
}

/// The scheme and the host of `target`, if it has them.
fn site_of(target: &str) -> &str {
    let Some(at) = target.find("://") else { return "" };
    let host = at + "://".len();
    let end = target[host..].find('/').map_or(target.len(), |end| host + end);
    &target[..end]
}
