//! `codeowners-dead`: a pattern of an owner file that matches no file.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::owners_file::Reason;
use crate::source::{RepoPath, Span, nearest};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "codeowners-dead",
    level: Some(Severity::Warning),
    needs: Needs::UNUSED_PATTERNS,
    manual: Manual {
        what: "Fires on a pattern of CODEOWNERS or CODENOTIFY that matches no file, be it hidden or no page. Where only some folders of a repository are the handbook (`[links] roots`), patterns that may match elsewhere are not looked at.",
        why: "Whoever it names is never asked: most often the files were renamed, and now belong to somebody else or to nobody.",
        bad: Example {
            path: "CODEOWNERS",
            text: "# direction/search/ was direction/find/ once.\n/direction/find/ @ada\n",
        },
        good: Example { path: "CODEOWNERS", text: "/direction/search/ @ada\n" },
        source: "GitLab and GitHub: a pattern that matches nothing is no error to them, and has no effect.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let owner_files = &context.handbook.owner_files;
    let folders = Folders::of(context);
    for unused in &owner_files.unused {
        let pattern = &unused.pattern;
        if unused.is_like_an_owner {
            let message =
                format!("`{}` is the name of an owner, and matches no file", pattern.value);
            let help =
                "write the files that the owners of this line have before them, or remove it";
            report.add(dead(pattern.span, message).help(help));
            continue;
        }
        let message = format!("the pattern `{}` matches no file", pattern.value);
        let help = match folders.near(&pattern.value) {
            _ if unused.lacks_slash => {
                format!("it is a folder: write `{}/` for all that is in it", pattern.value)
            }
            Some(near) => format!("did you mean `/{near}/`? Else remove the line"),
            None => "name what it was renamed to, or remove the line".to_owned(),
        };
        report.add(dead(pattern.span, message).help(help));
    }
    let files = owner_files.codeowners.iter().chain(owner_files.codenotify.values());
    for fault in files.flat_map(|file| &file.faults) {
        if let Reason::Dead(_) = fault.reason {
            let finding = dead(fault.span, fault.reason.to_string());
            report.add(finding.help("write the path as it is from the folder of this file on"));
        }
    }
}

fn dead(place: Span, message: String) -> Finding {
    Finding::new(place, message).label("matches nothing")
}

/// The folders of the pages, by which the one that a pattern means may be found.
struct Folders<'a> {
    /// The names of those in each.
    by_parent: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Those of each name.
    by_name: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Folders<'a> {
    fn of(context: Context<'a>) -> Self {
        let pages = context.handbook.pages.iter();
        let folders = RepoPath::folders_of(pages.map(|page| &page.path));
        let (mut by_parent, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for folder in folders.into_iter().filter(|folder| !folder.is_empty()) {
            let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            by_parent.entry(parent).or_insert_with(BTreeSet::new).insert(name);
            by_name.entry(name).or_insert_with(BTreeSet::new).insert(folder);
        }
        Self { by_parent, by_name }
    }

    /// The folder that `pattern` may mean, if it names one: spelt nearly so beside it, or moved elsewhere.
    fn near(&self, pattern: &str) -> Option<String> {
        /// Among more of them no spelling is looked for: there may be as many patterns.
        const MOST: usize = 500;
        let folder = pattern.strip_prefix('/')?.strip_suffix('/')?;
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        let beside = self.by_parent.get(parent).filter(|names| names.len() <= MOST);
        let spelt = beside.and_then(|names| nearest(name, names.iter().copied()));
        let spelt = spelt.map(|name| format!("{parent}/{name}").trim_start_matches('/').to_owned());
        let moved = || {
            let folders = self.by_name.get(name).filter(|folders| folders.len() == 1)?;
            folders.first().map(|folder| (*folder).to_owned())
        };
        spelt.or_else(moved)
    }
}
