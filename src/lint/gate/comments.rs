//! Comments and marks of drafts that a change adds, and that silence or soften findings.

use std::collections::HashSet;

use crate::handbook::Loaded;
use crate::lint::rules::{GATE_SOFTENED, GATE_WEAKENED};
use crate::lint::suppression::Silencer;
use crate::lint::{Finding, Judgement, Rule};
use crate::repo::diff::{Diff, Lines};
use crate::review::dates::{draft_mark, is_draft};
use crate::source::{FileId, FileStore, RepoPath, Span};

/// How much of what a comment is about tells it from another.
const TELLING: usize = 200;

/// What the change `diff` adds, of the `silencers` and the `softened` drafts in `loaded`, to what was in `base`.
pub(super) fn added(
    diff: &Diff,
    loaded: &Loaded,
    silencers: &[Silencer],
    softened: &[FileId],
    base: &Judgement<'_>,
) -> Vec<(&'static Rule, Finding)> {
    let known: HashSet<Known> = base
        .silencers
        .iter()
        .map(|silencer| {
            let files = &base.loaded.files;
            Known::new(silencer, files, files.file(silencer.span.file).path())
        })
        .collect();
    let mut found = Vec::new();
    for silencer in silencers {
        let files = &loaded.files;
        let path = files.file(silencer.span.file).path();
        let is_old = || {
            let before = diff.before(path);
            before.is_some_and(|before| known.contains(&Known::new(silencer, files, before)))
        };
        let id = silencer.rule.id;
        if !is_on_changed_line(diff, files, silencer.span) || is_old() {
            continue;
        }
        if silencer.is_of_file {
            let message = format!("this change silences `{id}` in the whole file");
            let help = format!(
                "silence a place with `pmctl-ignore {id}: why`, or have a person accept it with \
                 `pmctl lint --allow gate-weakened`"
            );
            let finding = Finding::new(silencer.span, message).label("less is checked").help(help);
            found.push((GATE_WEAKENED, finding));
        } else if silencer.is_used {
            let message = format!("this change silences a finding of `{id}`");
            found
                .push((GATE_SOFTENED, Finding::new(silencer.span, message).label("silenced here")));
        }
    }
    for file in softened {
        let source = loaded.files.file(*file);
        let was_draft = diff.before(source.path()).is_some_and(|before| {
            let file = base.loaded.files.find(before);
            file.is_some_and(|file| is_draft(base.loaded.files.file(file).text()))
        });
        if was_draft || diff.lines(source.path()).is_none() {
            continue;
        }
        let span = draft_mark(source.text()).map(|range| Span::new(*file, range));
        let finding = Finding::new(
            span.unwrap_or_else(|| Span::start_of(*file)),
            "this change makes the page a draft, whose findings are less bad",
        );
        found.push((GATE_SOFTENED, finding.label("a draft")));
    }
    found
}

/// What a comment is known by that may be on another line now.
#[derive(PartialEq, Eq, Hash)]
struct Known {
    rule: &'static str,
    path: RepoPath,
    /// What it is about; nothing for a whole file.
    about: Option<String>,
}

impl Known {
    fn new(silencer: &Silencer, files: &FileStore, path: &RepoPath) -> Self {
        let about =
            || files.slice(silencer.about).chars().filter(|c| !c.is_whitespace()).take(TELLING);
        let about = (!silencer.is_of_file).then(|| about().collect());
        Self { rule: silencer.rule.id, path: path.clone(), about }
    }
}

fn is_on_changed_line(diff: &Diff, files: &FileStore, span: Span) -> bool {
    match diff.lines(files.file(span.file).path()) {
        None => false,
        Some(Lines::All) => true,
        Some(lines) => {
            let line = files.start(span).line;
            lines.meet(&(line..=line))
        }
    }
}
