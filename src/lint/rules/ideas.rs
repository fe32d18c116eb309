//! What the rules about ideas share.

use crate::lint::{Context, Finding, Report};
use crate::rice::ProblemKind;

/// Reports what judging the ideas found of `kind`.
pub(super) fn report_ideas(context: Context<'_>, kind: ProblemKind, report: &mut Report) {
    let problems = context.ideas.iter().flat_map(|idea| &idea.problems);
    for problem in problems.filter(|problem| problem.kind == kind) {
        let finding =
            Finding::new(problem.span, &problem.message).label(&problem.label).help(&problem.help);
        report.add(match &problem.related {
            Some((span, what)) => finding.related(*span, what),
            None => finding,
        });
    }
}
