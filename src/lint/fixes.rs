//! Which changes fix the findings of a run, and what the files are after them.
//!
//! A fix is made as a whole or not at all. What cannot be made costs nothing else: two fixes that want the
//! same characters are made one after the other, and one that YAML or a check forbids is left with its reason.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::{Diagnostic, Repair, Safety};
use crate::config::{Config, WholePage};
use crate::generate::mark::{MarkKind, marks};
use crate::source::edit::{
    CheckError, Edit, EditedFile, Edits, FileEditError, PrepareError, Prepared,
    only_front_matter_values_changed, only_these_values_changed, prepare, quote_scalar,
    replace_scalar,
};
use crate::source::markdown::{Language, front_matter};
use crate::source::yaml::{self, Tree};
use crate::source::{FileId, FileStore, RepoPath};

/// How many bytes are checked, again and again, to find the fixes that a file cannot take: 200 times for a
/// large file of a real handbook, a few times for one as large as a file may be.
const CHECKED: usize = 64 << 20;

/// Which findings to fix.
#[derive(Clone, Copy, Debug)]
pub struct FixRequest<'a> {
    /// Whether changes are made that a person should look at.
    pub with_unsafe: bool,
    /// The files that cannot be written.
    pub locked: &'a BTreeSet<RepoPath>,
    /// The findings that stay, by their index, and why.
    pub left: &'a BTreeMap<usize, String>,
}

/// The changes of a run, ready to be written. Findings are told by their index.
#[derive(Debug, Default)]
pub struct AppliedFixes<'s> {
    /// The files as they will be.
    pub prepared: Prepared<'s>,
    /// The findings that are fixed.
    pub fixed: Vec<usize>,
    /// The findings whose change cannot be made, and why.
    pub refused: Vec<(usize, String)>,
}

/// A fix as edits, none of which overlaps those of another.
struct Planned {
    finding: usize,
    edits: Vec<Edit>,
}

/// The files with the changes that `findings` carry, as far as `request` asks for them.
pub fn apply<'s>(
    findings: &[Diagnostic],
    files: &'s FileStore,
    config: &Config,
    request: FixRequest<'_>,
) -> AppliedFixes<'s> {
    let generated = config.generated.iter().rev().map(|whole| (&whole.page, whole)).collect();
    let mut places = Places { files, generated, known: BTreeMap::new() };
    let mut taken = Taken::default();
    let mut planned = Vec::new();
    let mut refused = Vec::new();
    for (finding, diagnostic) in findings.iter().enumerate() {
        let Some(fix) = &diagnostic.finding.fix else { continue };
        if fix.safety == Safety::Unsafe && !request.with_unsafe {
            continue;
        }
        if let Some(reason) = request.left.get(&finding) {
            refused.push((finding, reason.clone()));
            continue;
        }
        let mut spans = fix.repairs.iter().map(Repair::span);
        if spans.any(|span| request.locked.contains(files.file(span.file).path())) {
            continue;
        }
        match fix.repairs.iter().map(|repair| places.edit(repair)).collect() {
            Err(reason) => refused.push((finding, reason)),
            Ok::<Vec<Edit>, _>(edits) if edits.iter().all(|edit| is_there(edit, files)) => {
                refused.push((finding, "it stands there already; change it by hand".to_owned()));
            }
            Ok(edits) => {
                if taken.take(&edits) {
                    planned.push(Planned { finding, edits });
                }
            }
        }
    }
    let prepared = settle(files, &mut planned, &mut refused);
    refused.sort();
    let fixed = planned.iter().map(|fix| fix.finding).collect();
    AppliedFixes { prepared, fixed, refused }
}

fn is_there(edit: &Edit, files: &FileStore) -> bool {
    files.slice(edit.span) == edit.replacement
}

/// Prepares what `planned` holds, and moves from there to `refused` what a check forbids.
fn settle<'s>(
    files: &'s FileStore,
    planned: &mut Vec<Planned>,
    refused: &mut Vec<(usize, String)>,
) -> Prepared<'s> {
    loop {
        let edits: Edits = planned.iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
        let problems = match prepare(files, &edits, check) {
            Ok(prepared) => return prepared,
            Err(PrepareError { problems }) => problems,
        };
        let mut by_file: BTreeMap<FileId, Vec<&Planned>> = BTreeMap::new();
        for fix in &*planned {
            let of: BTreeSet<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
            for file in of {
                by_file.entry(file).or_default().push(fix);
            }
        }
        let mut bad = BTreeMap::new();
        for file in problems.iter().filter_map(|problem| files.find(problem.path())) {
            bad.extend(culprits(files, file, by_file.get(&file).map_or(&[], Vec::as_slice)));
        }
        let count = planned.len();
        planned.retain(|fix| !bad.contains_key(&fix.finding));
        refused.extend(bad);
        // Whatever the reason, a file that finds no culprit must not be asked for ever.
        if planned.len() == count {
            return Prepared::default();
        }
    }
}

/// Those of the fixes of `file` that it cannot take together with the others, and why. Of two that exclude each other, the
/// first is kept.
fn culprits(files: &FileStore, file: FileId, own: &[&Planned]) -> Vec<(usize, String)> {
    let mut parts = vec![own];
    let mut good: Vec<&Planned> = Vec::new();
    let mut bad = Vec::new();
    let mut checks = (CHECKED / files.file(file).text().len().max(1)).clamp(10, 200);
    while let Some(part) = parts.pop() {
        let edits = good.iter().chain(part).flat_map(|fix| &fix.edits);
        let edits: Edits = edits.filter(|edit| edit.span.file == file).cloned().collect();
        checks = checks.saturating_sub(1);
        match prepare(files, &edits, check) {
            Ok(_) => good.extend(part),
            Err(error) if part.len() == 1 || checks == 0 => {
                let reason = reason(error);
                bad.extend(part.iter().map(|fix| (fix.finding, reason.clone())));
            }
            Err(_) => {
                let (first, second) = part.split_at(part.len() / 2);
                parts.extend([second, first]);
            }
        }
    }
    bad
}

fn reason(error: PrepareError) -> String {
    match error.problems.into_iter().next() {
        Some(FileEditError::Unsafe { reason, .. }) => format!("{reason}; change it by hand"),
        Some(problem) => problem.to_string(),
        None => "the file cannot be changed".to_owned(),
    }
}

/// Checks a changed file: in YAML, only the values that were to change do.
fn check(change: &EditedFile<'_>) -> Result<(), CheckError> {
    if is_yaml(change.path) {
        return only_these_values_changed(change);
    }
    let block = |text: &str| front_matter(text).map(|found| found.block);
    let old = block(change.old);
    let body = old.as_ref().map_or(0, |block| block.end);
    // What is wrong in the front matter does not concern the text below it.
    if change.edits.iter().any(|edit| edit.span.range().start < body) {
        return only_front_matter_values_changed(change);
    }
    match block(change.new) == old {
        true => Ok(()),
        false => Err("the front matter would begin or end elsewhere".into()),
    }
}

/// Whether `path` is a data file, all of which is YAML.
pub(super) fn is_yaml(path: &RepoPath) -> bool {
    [".yml", ".yaml"].iter().any(|ending| path.file_name().ends_with(ending))
}

/// Where something can be changed.
struct Places<'s> {
    files: &'s FileStore,
    /// The pages that are generated as a whole.
    generated: HashMap<&'s RepoPath, &'s WholePage>,
    known: BTreeMap<FileId, Known<'s>>,
}

/// What is known of a file.
struct Known<'s> {
    /// Its YAML, or that of its front matter, once a value of it is to change.
    tree: OnceCell<Option<Tree<'s>>>,
    /// What was generated, the markers with it, in order.
    generated: Vec<Range<usize>>,
    /// Why the file as a whole must not be changed.
    refusal: Option<String>,
}

impl Places<'_> {
    /// The edit that makes `repair`, or why it is not made.
    fn edit(&mut self, repair: &Repair) -> Result<Edit, String> {
        let span = repair.span();
        let (files, generated) = (self.files, &self.generated);
        let file = files.file(span.file);
        let known = self.known.entry(span.file).or_insert_with(|| {
            let whole = generated.get(file.path()).copied();
            Known::of(files, whole, span.file)
        });
        if let Some(reason) = &known.refusal {
            return Err(reason.clone());
        }
        let range = span.range();
        let next = known.generated.partition_point(|block| block.start < range.end);
        if known.generated[..next].last().is_some_and(|block| range.start < block.end) {
            let reason = "this is generated text; correct the data that it is made of, then run `pmctl generate`";
            return Err(reason.to_owned());
        }
        if let Repair::Text(edit) = repair {
            return Ok(edit.clone());
        }
        let tree = known.tree.get_or_init(|| tree(files, span.file));
        let Some(tree) = tree else {
            return Err("this is not YAML that can be read; change it by hand".to_owned());
        };
        let edit = match repair {
            Repair::Scalar { value, .. } => replace_scalar(file.text(), tree, span, value),
            _ => quote_scalar(file.text(), tree, span),
        };
        edit.map_err(|refusal| refusal.to_string())
    }
}

impl Known<'_> {
    fn of(files: &FileStore, whole: Option<&WholePage>, id: FileId) -> Self {
        let file = files.file(id);
        let refusal = match whole {
            Some(whole) => Some(format!(
                "this page is generated; correct `{}`, then run `pmctl generate`",
                whole.template
            )),
            None if !file.is_readable() => {
                Some("the file was not read to its end; repair it first".to_owned())
            }
            None => None,
        };
        let marks = if is_yaml(file.path()) { Vec::new() } else { marks(file.text()).0 };
        let blocks = marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Block { .. }));
        let generated = blocks.map(crate::generate::mark::Mark::span).collect();
        Self { tree: OnceCell::new(), generated, refusal }
    }
}

/// The YAML of a data file, or of the front matter of a page.
fn tree(files: &FileStore, id: FileId) -> Option<Tree<'_>> {
    let file = files.file(id);
    let text = file.text();
    match is_yaml(file.path()) {
        true => yaml::parse(id, text, 0).tree,
        // What writes a value spells it as YAML does.
        false => {
            front_matter(text)
                .filter(|found| found.language == Language::Yaml)?
                .parse(id, text)
                .tree
        }
    }
}

/// The characters that fixes want, by file and start.
#[derive(Default)]
struct Taken {
    edits: BTreeMap<(FileId, u32), Edit>,
}

impl Taken {
    /// Takes what `edits` want; nothing, and `false`, if another wants a part of it for something else.
    fn take(&mut self, edits: &[Edit]) -> bool {
        let mut new = Vec::new();
        for edit in edits {
            let key = (edit.span.file, edit.span.start);
            if self.edits.get(&key) == Some(edit) {
                continue;
            }
            let before = self.edits.range(..=key).next_back().map(|(_, other)| other.span);
            let behind = self.edits.range(key..).next().map(|(_, other)| other.span);
            let is_free = before.is_none_or(|other| {
                other.file != key.0 || (other.end <= key.1 && other.start < key.1)
            }) && behind
                .is_none_or(|other| other.file != key.0 || other.start >= edit.span.end);
            if !is_free {
                for key in &new {
                    self.edits.remove(key);
                }
                return false;
            }
            self.edits.insert(key, edit.clone());
            new.push(key);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn the_first_takes_its_characters_and_whoever_wants_them_too_takes_nothing() {
        let edit = |range: Range<usize>, text: &str| {
            Edit::new(Span::new(FileId::NONE, range), text.to_owned())
        };
        let mut taken = Taken::default();
        assert!(taken.take(&[edit(3..6, "x"), edit(9..9, "y")]));
        for other in
            [edit(5..7, "z"), edit(2..4, "z"), edit(4..4, "z"), edit(3..6, "z"), edit(9..9, "z")]
        {
            assert!(!taken.take(&[edit(20..30, "z"), other.clone()]), "{other:?}");
        }
        assert!(taken.take(&[edit(20..30, "z"), edit(3..6, "x")]), "the same is wanted by both");
        assert!(taken.take(&[edit(6..9, "z"), edit(0..3, "z")]), "side by side");
        assert!(!taken.take(&[edit(40..45, "z"), edit(44..46, "z")]), "one fix in its own way");
        assert!(taken.take(&[edit(40..45, "z")]));
    }
}
