//! `link-absolute-internal`: a link to the handbook by the address of its site.

use super::links::{all, replaced, shown};
use crate::links::{Hold, Leads, Origin};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "link-absolute-internal",
    level: Some(Severity::Warning),
    needs: Needs::LINKS,
    manual: Manual {
        what: "Fires on a link on a page that names another page of the handbook by the address of its site, and not by a path. The site of a handbook in the default profile is told by `[links] site`. Where nothing is at the address, `link-missing-file` says so. Data files may hold whole addresses.",
        why: "Such a link leaves a preview, a branch or a copy of the handbook for the live site, and nobody is told when the page moves.",
        bad: Example {
            path: "content/pilots.md",
            text: "# Pilots\n\nSee [ourselves](https://handbook.sourcegraph.com/pilots).\n",
        },
        good: Example {
            path: "content/pilots.md",
            text: "# Pilots\n\nSee [ourselves](pilots.md).\n",
        },
        source: "Sourcegraph: links between pages are relative. GitLab: internal links are relative URLs.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (links, link) in all(context) {
        let (Leads::File(file), Origin::Page(_)) = (&link.leads, &link.origin) else { continue };
        if !link.is_absolute {
            continue;
        }
        let message = format!("`{}` is a page of this handbook", shown(&link.target));
        let finding = Finding::new(link.place, message).label("leads over the site");
        let Some(target) = links.path_for(link, file) else {
            let is_own = link.origin == Origin::Page(file.clone());
            report.add(match (is_own, link.fragment()) {
                (true, Some(id)) if !id.is_empty() => {
                    finding.help(format!("write `#{}`, unless the query is needed", shown(id)))
                }
                (true, _) => {
                    finding.help("remove the link of the page to itself, or name one of its parts")
                }
                (false, _) => {
                    finding.help("link it as other pages do, by a path that the site has")
                }
            });
            continue;
        };
        let path = shown(&target);
        let fix = replaced(context, link, &target);
        report.add(match (fix, &link.missing_anchor) {
            _ if link.hold == Hold::None => {
                finding.help(format!("give it words of its own: `[...]({path})`"))
            }
            (Some(fix), None) => finding.help(format!("write `{path}`")).fix(fix),
            (None, None) => finding.help(format!("write `{path}`")),
            (_, Some(_)) => {
                finding.help(format!("write `{path}` once the part that it names is there"))
            }
        });
    }
}
