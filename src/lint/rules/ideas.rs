//! What the rules about ideas share.

use crate::lint::fixes::is_yaml;
use crate::lint::{Context, Finding, Report};
use crate::rice::ProblemKind;

/// Reports what judging the ideas found of `kind`.
pub(super) fn report_ideas(context: Context<'_>, kind: ProblemKind, report: &mut Report) {
    let problems = context.ideas.iter().flat_map(|idea| &idea.problems);
    for problem in problems.filter(|problem| problem.kind == kind) {
        let mut finding = Finding::from(problem).of_quoted();
        // In a page, the words stand in markup of all sorts.
        if is_yaml(context.files.file(problem.span.file).path()) {
            finding.fix = super::fix(problem.span, problem.replacement.as_ref());
        }
        report.add(finding);
    }
}
