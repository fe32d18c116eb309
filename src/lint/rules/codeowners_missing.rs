//! `codeowners-missing`: a direction page that CODEOWNERS names nobody for.

use super::pages::title_place;
use crate::config::Profile;
use crate::handbook::Page;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "codeowners-missing",
    level: Some(Severity::Warning),
    needs: Needs::OWNER_FILES,
    manual: Manual {
        what: "Fires on a direction or strategy page without an entry in CODEOWNERS: no pattern matches it, or the last one that does names nobody. An entry for all files counts. A handbook without a CODEOWNERS says nothing of owners there, and nothing is reported.",
        why: "Nobody is asked when the page is changed.",
        bad: Example {
            path: "CODEOWNERS",
            text: "# direction/search/index.md is there, too.\n/direction/lending/ @ada\n",
        },
        good: Example {
            path: "CODEOWNERS",
            text: "/direction/lending/ @ada\n/direction/search/ @bo\n",
        },
        source: "GitLab: every direction page has a CODEOWNERS entry.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let Some(owners) = &context.handbook.owner_files.codeowners else { return };
    let name = context.files.file(owners.file).path();
    let pages = context.handbook.pages.iter().filter(|page| is_for(page, context.handbook.profile));
    for page in pages.filter(|page| !owners.has_entry(&page.path)) {
        let pattern = page.path.as_str().replace(' ', "\\ ");
        let matches = owners.matches(&page.path);
        let message = format!("`{name}` names nobody for this page");
        let finding = Finding::new(title_place(context.files, page.file), message)
            .of_file()
            .label("nobody's")
            .help(format!("add a line to `{name}`: `/{pattern} @owner`, or one for its folder"));
        report.add(match matches.last() {
            Some(last) => {
                finding.related(last.pattern.span, "this line matches, and names no owner")
            }
            None => finding,
        });
    }
}

/// Whether `page` has to have an owner: a page of direction, or of strategy, as other houses call it. A partial
/// is a piece of other pages.
fn is_for(page: &Page, profile: Profile) -> bool {
    let is_partial = profile == Profile::Gitlab && page.path.file_name().starts_with('_');
    matches!(page.kind.as_str(), "direction" | "strategy") && !is_partial
}
