//! `review-date-imprecise`: the date of a review that is not written out.

use super::pages;
use crate::lint::{Context, Example, Finding, Fix, Manual, Needs, Report, Rule, Severity};
use crate::review::dates::NotationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-date-imprecise",
    level: Some(Severity::Warning),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page whose date of its last review is only a month, or lacks its zeros.",
        why: "A month counts as its last day, so the next review comes up to a month late. Dates without their zeros are sorted wrongly, and other tools do not read them.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-1-5\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n",
        },
        source: "GitLab: the date is written as `yyyy-mm-dd`.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (page, dated) in pages::dates(context) {
        let Some((_, day)) = page.review_days() else { continue };
        let full = dated.notation.write(day);
        let written = &context.files.file(dated.span.file).text()[dated.span.range()];
        let (message, label, help, fix) = if dated.notation.is_month_only() {
            (
                format!("the date of the last review, `{written}`, has no day"),
                "only a month",
                format!("write the day too; without it the review counts as of `{full}`"),
                // Which day it was, a person has to say.
                None,
            )
        } else if dated.notation.kind() == NotationKind::IsoUnpadded {
            (
                format!("the date of the last review, `{written}`, lacks its zeros"),
                "without zeros",
                format!("write `{full}`"),
                Some(Fix::text(dated.span, full)),
            )
        } else {
            continue;
        };
        let mut finding = Finding::new(dated.span, message).label(label).help(help);
        finding.fix = fix;
        report.add(finding);
    }
}
