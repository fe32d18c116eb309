//! `merge-conflict`: what git left of a merge that was not finished.

use std::collections::HashSet;

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::{
    CONFLICT, CONFLICT_HELP, ConflictMarker, FileId, Span, conflicts, conflicts_outside_code,
};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "merge-conflict",
    level: Some(Severity::Error),
    needs: Needs::OUTLINES.and(Needs::OWNER_FILES),
    manual: Manual {
        what: "Fires on the lines that git leaves where a merge was not finished: `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`. In a data file, or the front matter of a page, each of them is found, and nothing of it is read; in the text of a page, and in CODEOWNERS, a conflict that is whole, and a `<<<<<<<`, `|||||||` or `>>>>>>>` with a label that is left of one. Code is not looked at; comments are.",
        why: "Both sides are in the file at once, and programs that read it stop there or show both.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n<<<<<<< HEAD\n  title: Saved searches\n=======\n  title: Stored searches\n>>>>>>> autumn\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n",
        },
        source: "git-merge, \"How conflicts are presented\".",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::MergeConflict, report);
    let reported = context.handbook.problems.iter();
    let reported = reported.filter(|problem| problem.kind == ProblemKind::MergeConflict);
    // Of a conflict in front matter, the rest may be in the text.
    let reported: HashSet<FileId> = reported.map(|problem| problem.span.file).collect();
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        if !reported.contains(&page.file) {
            report_conflicts(conflicts_outside_code(text, outline), page.file, report);
        }
    });
    let owner_files = &context.handbook.owner_files;
    for file in owner_files.codeowners.iter().chain(owner_files.codenotify.values()) {
        let conflicts = conflicts(context.files.file(file.file).text()).into_iter();
        let firsts = conflicts.filter_map(|markers| markers.into_iter().next());
        report_conflicts(firsts.collect(), file.file, report);
    }
}

fn report_conflicts(firsts: Vec<ConflictMarker>, file: FileId, report: &mut Report) {
    for first in firsts {
        let label = match first.kind {
            b'<' => "one side begins here",
            _ => "left over from a merge",
        };
        let span = Span::new(file, first.line);
        report.add(Finding::new(span, CONFLICT).label(label).help(CONFLICT_HELP));
    }
}
