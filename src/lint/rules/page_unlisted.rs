//! `page-unlisted`: a page that the table of contents does not list, or an entry of it without a page.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::pages::title_place;
use crate::handbook::Page;
use crate::handbook::address::{Addresses, Target};
use crate::lint::{Context, Example, Finding, Fix, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::{Link, LinkForm, LinkKind};
use crate::source::{FileId, RepoPath, Span, fold, nearest};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "page-unlisted",
    level: Some(Severity::Error),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on a page that the table of contents above it does not list (a warning, also under `--deny`), and on an entry of a table of contents that leads to no page. Pages of the kind `contents` are tables of contents, for the pages of their folder and below: in `mattermost`, that is `SUMMARY.md`. Its `README.md`, which is the first page without an entry, hidden files and folders, and the files in the root that are for the repository, such as `CONTRIBUTING.md`, need no entry. Of entries into a folder without any page only the first is reported.",
        why: "A page that is not listed is found by nobody who reads the site, and an entry without a page is a dead end in its navigation.",
        bad: Example {
            path: "SUMMARY.md",
            text: "# Table of contents\n\n* [Lending](lending/README.md)\n\n<!-- lending/fines.md is there, and is not listed -->\n",
        },
        good: Example {
            path: "SUMMARY.md",
            text: "# Table of contents\n\n* [Lending](lending/README.md)\n  * [Fines](lending/fines.md)\n",
        },
        source: "Mattermost, whose handbook is made by GitBook: every page is in `SUMMARY.md`, and every entry exists.",
    },
    check,
};

/// The kind of pages that are tables of contents.
pub(super) const CONTENTS: &str = "contents";

/// Files that lie in the root of a repository for those who work on it, and are no pages of a site.
const FOR_THE_REPOSITORY: [&str; 8] = [
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "GOVERNANCE.md",
    "LICENSE.md",
    "PULL_REQUEST_TEMPLATE.md",
    "SECURITY.md",
    "SUPPORT.md",
];

/// An entry of a table of contents.
struct Entry<'a> {
    /// The page it stands on.
    contents: &'a Page,
    link: &'a Link,
    leads_to: Option<RepoPath>,
}

fn check(context: Context<'_>, report: &mut Report) {
    let pages = &context.handbook.pages;
    let contents: Vec<&Page> = pages.iter().filter(|page| page.kind == CONTENTS).collect();
    if contents.is_empty() {
        return;
    }
    let addresses = context.handbook.addresses();
    let entries = entries(context, addresses);
    let listed: BTreeSet<&RepoPath> =
        entries.iter().filter_map(|entry| entry.leads_to.as_ref()).collect();
    // Without an entry there is nothing yet that could be complete.
    let with_entries: HashSet<FileId> = entries.iter().map(|entry| entry.contents.file).collect();
    let begun = contents.into_iter().filter(|contents| with_entries.contains(&contents.file));
    let begun: Vec<&Page> = begun.collect();
    let is_unlisted = |page: &&Page| {
        page.kind != CONTENTS && needs_entry(&page.path) && !listed.contains(&page.path)
    };
    let unlisted: Vec<(&Page, &Page)> = pages
        .iter()
        .filter(is_unlisted)
        .filter_map(|page| Some((page, *begun.iter().find(|contents| lists(contents, page))?)))
        .collect();
    for (page, contents) in &unlisted {
        let message = format!("`{}` does not list this page", contents.path);
        let help = format!("add an entry for `{}` to it, or delete the page", page.path);
        let place = title_place(context.files, page.file);
        report.add(Finding::new(place, message).help(help).of_file().warning());
    }
    let strays: Vec<&RepoPath> = unlisted.iter().map(|(page, _)| &page.path).collect();
    report_dead_ends(context, addresses, &entries, &strays, report);
}

/// The links in tables of contents that lead to a page, or should.
fn entries<'a>(context: Context<'a>, addresses: &Addresses) -> Vec<Entry<'a>> {
    let contents = context.outlined().filter(|(page, _, _)| page.kind == CONTENTS);
    let mut entries = Vec::new();
    for (page, _, outline) in contents {
        for link in outline.links.iter().filter(|link| link.kind == LinkKind::Link) {
            match addresses.resolve_from(&page.path, &link.target) {
                Target::External => {}
                // A link to a place on the table of contents itself is no entry.
                Target::Found(file) if file == page.path => {}
                target => {
                    let leads_to = target.file().cloned();
                    entries.push(Entry { contents: page, link, leads_to });
                }
            }
        }
    }
    entries
}

/// Whether `page` is one of those that `contents` has to list.
fn lists(contents: &Page, page: &Page) -> bool {
    let folder = contents.path.folders().next().unwrap_or_default();
    let readme = match folder {
        "" => "README.md".to_owned(),
        folder => format!("{folder}/README.md"),
    };
    let is_below = RepoPath::new(folder).is_ok_and(|folder| page.path.is_under(&folder));
    is_below && page.path.as_str() != readme
}

/// Whether `path` is part of the site.
fn needs_entry(path: &RepoPath) -> bool {
    let path = path.as_str();
    let is_hidden = path.split('/').any(|part| part.starts_with('.'));
    !is_hidden && !FOR_THE_REPOSITORY.iter().any(|name| name.eq_ignore_ascii_case(path))
}

/// Reports the entries that lead to no page; `strays` are the pages without an entry, one of which may be meant.
fn report_dead_ends(
    context: Context<'_>,
    addresses: &Addresses,
    entries: &[Entry<'_>],
    strays: &[&RepoPath],
    report: &mut Report,
) {
    let dead = entries.iter().filter(|entry| entry.leads_to.is_none()).filter_map(|entry| {
        let place = addresses.file_named(&entry.contents.path, &entry.link.target);
        place.filter(|place| is_for_a_page(context, place)).map(|place| (entry, place))
    });
    let dead: Vec<(&Entry<'_>, RepoPath)> = dead.collect();
    let folders = RepoPath::folders_of(context.handbook.pages.iter().map(|page| &page.path));
    let mut by_empty_folder: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in dead.iter().filter_map(|(_, place)| empty_folder(place, &folders)) {
        *by_empty_folder.entry(folder).or_default() += 1;
    }
    let mut strays = Strays::new(strays);
    for (entry, place) in &dead {
        let span = Span::new(entry.contents.file, entry.link.target_span.clone());
        // Several entries into a folder that is gone are one mistake.
        let folder = empty_folder(place, &folders);
        let siblings = folder.and_then(|folder| by_empty_folder.get_mut(folder));
        let finding = match (folder, siblings.map(|count| std::mem::replace(count, 0))) {
            (_, Some(0)) => continue,
            (Some(folder), Some(count)) if count > 1 => {
                Finding::new(span, format!("entries lead into `{folder}/`, where no page is"))
                    .label(format!("the first of {count}"))
                    .help("restore the folder, or take these entries out")
            }
            _ => without_page(entry, place, &mut strays, span),
        };
        report.add(finding);
    }
}

/// Whether what lies at `place` would be a page: other files, and pages that the configuration leaves out, are
/// not looked at, so that nobody can tell whether they are there; nor in folders that are not whole.
pub(super) fn is_for_a_page(context: Context<'_>, place: &RepoPath) -> bool {
    if !context.config.links.cover(place) {
        return false;
    }
    let name = place.file_name();
    let page = match name.rsplit_once('.') {
        Some((_, "md")) => Ok(place.clone()),
        Some((_, end)) if end.len() <= 5 && end.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            return false;
        }
        _ => RepoPath::new(format!("{place}/README.md")),
    };
    page.is_ok_and(|page| context.config.pages.iter().any(|pages| pages.globs.matches(&page)))
}

/// The outermost folder around `place` in which no page is.
fn empty_folder<'p>(place: &'p RepoPath, folders: &BTreeSet<&str>) -> Option<&'p str> {
    place.folders().take_while(|folder| !folders.contains(folder)).last()
}

fn without_page(
    entry: &Entry<'_>,
    place: &RepoPath,
    strays: &mut Strays<'_>,
    span: Span,
) -> Finding {
    let message = format!("there is no page `{place}`");
    let finding = Finding::new(span, message).label("leads to no page");
    let Some(meant) = strays.meant(place) else {
        return finding.help("correct the entry, or remove it");
    };
    let finding = finding.help(format!("did you mean `{meant}`, which has no entry?"));
    match destination(entry, meant) {
        Some(text) => finding.fix(Fix::text(span, text).needs_a_look()),
        None => finding,
    }
}

/// How many names are compared letter by letter in one run; a table of contents that is wrong throughout must not take
/// minutes.
const COMPARISONS: usize = 100_000;

/// The pages without an entry.
struct Strays<'s> {
    by_spelling: HashMap<String, &'s RepoPath>,
    by_folder: HashMap<Option<&'s str>, Vec<&'s RepoPath>>,
    /// The page of each name; `None` where several have it.
    by_name: HashMap<&'s str, Option<&'s RepoPath>>,
    comparisons: usize,
}

impl<'s> Strays<'s> {
    fn new(strays: &[&'s RepoPath]) -> Self {
        let mut all = Self {
            by_spelling: HashMap::new(),
            by_folder: HashMap::new(),
            by_name: HashMap::new(),
            comparisons: COMPARISONS,
        };
        for &stray in strays {
            all.by_spelling.entry(fold(stray.as_str())).or_insert(stray);
            all.by_folder.entry(stray.folders().next()).or_default().push(stray);
            let named = all.by_name.entry(own_name(stray));
            named.and_modify(|named| *named = None).or_insert(Some(stray));
        }
        all
    }

    /// The one page that may be meant by `place`: spelt nearly so, or of its name in another folder.
    fn meant(&mut self, place: &RepoPath) -> Option<&'s RepoPath> {
        if let Some(same) = self.by_spelling.get(&fold(place.as_str())) {
            return Some(same);
        }
        let beside = self.by_folder.get(&place.folders().next()).filter(|beside| {
            let left = self.comparisons.checked_sub(beside.len());
            self.comparisons = left.unwrap_or(0);
            left.is_some()
        });
        let near = beside.and_then(|beside| {
            let names = beside.iter().map(|stray| stray.file_name());
            let near = nearest(place.file_name(), names)?;
            beside.iter().find(|stray| stray.file_name() == near).copied()
        });
        near.or_else(|| *self.by_name.get(own_name(place))?)
    }
}

/// The end of a path that tells a page from others: with its folder, if many pages are called so.
fn own_name(path: &RepoPath) -> &str {
    let path = path.as_str();
    let parts =
        if matches!(path.rsplit('/').next(), Some("README.md" | "index.md")) { 2 } else { 1 };
    let start = path.rmatch_indices('/').nth(parts - 1).map_or(0, |(at, _)| at + 1);
    &path[start..]
}

/// How `entry` is written if it leads to `page`; `None` where more than the path would have to change.
fn destination(entry: &Entry<'_>, page: &RepoPath) -> Option<String> {
    let folder = entry.contents.path.folders().next().unwrap_or_default();
    let path = page.as_str().strip_prefix(folder)?.trim_start_matches('/');
    let is_plain = path.bytes().all(|c| c.is_ascii_alphanumeric() || b"/-_.".contains(&c));
    let fragment = entry.link.target.find('#').map_or("", |at| &entry.link.target[at..]);
    (entry.link.form == LinkForm::Inline && is_plain).then(|| format!("{path}{fragment}"))
}
