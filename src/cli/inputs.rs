//! The files that pmctl reads itself: a result is not written over them, whatever name they are given.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use same_file::is_same_file;

use super::Global;
use super::workspace::handbook_around;
use crate::config::{Config, Profile};
use crate::lint::baseline::BASELINE_FILE;
use crate::repo::CONFIG_FILE;
use crate::source::{MAX_FILE_BYTES, RepoPath};

/// Files that are read wherever they are, and what they are.
const BY_NAME: [(&str, &str); 7] = [
    (CONFIG_FILE, "the configuration"),
    (".gitignore", "a file that git reads"),
    (".gitmodules", "a file that git reads"),
    (".gitattributes", "a file that git reads"),
    (".git-blame-ignore-revs", "a file that git reads"),
    ("CODEOWNERS", "a file of owners"),
    ("CODENOTIFY", "a file of owners"),
];

/// How the names of pages and templates end.
const PAGES: [&str; 6] = [".md", ".md.erb", ".markdown", ".mdx", ".html.haml", ".md.haml"];

/// Why a result is not written over a file.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    /// pmctl reads the file.
    #[error(
        "{} is not written: it is {what}, which pmctl reads; name another file for the result", .path.display()
    )]
    Input { path: PathBuf, what: &'static str },
    /// A page that no earlier run wrote.
    #[error(
        "{} is not written: it is a page of the handbook that does not begin as an earlier result would; name \
         another file, or remove the page first if it may be replaced", .path.display()
    )]
    Page { path: PathBuf },
}

/// What a run reads. It is looked up when a file is about to be replaced.
pub(super) struct Inputs {
    global: Global,
    /// The files that the arguments of the command name.
    named: Vec<PathBuf>,
    known: OnceLock<Vec<(PathBuf, &'static str)>>,
}

impl Inputs {
    /// What a run with `global` reads that takes the files `named`.
    pub(super) fn new(global: &Global, named: Vec<PathBuf>) -> Self {
        Self { global: global.clone(), named, known: OnceLock::new() }
    }

    /// Fails if the file at `path`, whose real place is `place`, is one that the run reads, pages aside.
    pub(super) fn check(&self, path: &Path, place: &Path) -> Result<(), InputError> {
        let Some(old) = place.symlink_metadata().ok().filter(Metadata::is_file) else {
            return Ok(());
        };
        let name = place.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let by_name = BY_NAME.iter().find(|(known, _)| *known == name).map(|(_, what)| *what);
        let known = || {
            let mut known = self.known.get_or_init(|| self.find()).iter();
            let is_it = |input: &Path| {
                input == place
                    || has_other_names(&old) && is_same_file(input, place).unwrap_or(false)
            };
            known.find(|(input, _)| is_it(input)).map(|(_, what)| *what)
        };
        match by_name.or_else(known) {
            Some(what) => Err(InputError::Input { path: path.to_owned(), what }),
            None => Ok(()),
        }
    }

    /// Fails if a page is at `place` that an earlier run did not write: it does not begin as `content` does.
    #[expect(clippy::disallowed_methods, reason = "what is written over is read first")]
    pub(super) fn check_page(path: &Path, place: &Path, content: &[u8]) -> Result<(), InputError> {
        let name = place.file_name().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
        let old = place.symlink_metadata().ok().filter(Metadata::is_file);
        let Some(old) = old.filter(|_| PAGES.iter().any(|ending| name.ends_with(ending))) else {
            return Ok(());
        };
        let text = (old.len() <= MAX_FILE_BYTES).then(|| fs::read_to_string(place).ok()).flatten();
        let new = String::from_utf8_lossy(content);
        match text {
            Some(old) if is_earlier_result(&old, &new) => Ok(()),
            _ => Err(InputError::Page { path: path.to_owned() }),
        }
    }

    /// The files that the run reads, by their real places, and what each is.
    fn find(&self) -> Vec<(PathBuf, &'static str)> {
        let here = std::env::current_dir().unwrap_or_default();
        let repo = handbook_around(&self.global, &here);
        let config = Config::load(
            &repo,
            self.global.config.as_deref(),
            self.global.profile.as_deref(),
            Some(Profile::Default),
        );
        // Where the settings cannot be read, the data files are those of any profile.
        let configs = match config {
            Ok(config) => vec![config],
            Err(_) => {
                Profile::ALL.into_iter().filter_map(|it| Config::of_profile(it).ok()).collect()
            }
        };
        let mut found: Vec<(PathBuf, &'static str)> = Vec::new();
        let mut add = |path: &Path, what| {
            found.extend(path.canonicalize().ok().map(|place| (place, what)));
        };
        // As with every file that an argument names, the folder of `-C` or the current one is meant.
        for base in [here.as_path(), repo.root()] {
            for named in &self.named {
                add(&base.join(named), "an input of this command");
            }
            if let Some(config) = &self.global.config {
                add(&base.join(config), "the configuration");
            }
        }
        let at_root = |path: &RepoPath| repo.root().join(path.as_str());
        add(&repo.root().join(CONFIG_FILE), "the configuration");
        add(&repo.root().join(BASELINE_FILE), "the baseline");
        for config in &configs {
            for path in config.paths.values() {
                add(&at_root(path), "a data file of the handbook");
            }
            let of_pages = config.pages.iter().filter_map(|pages| pages.template.as_ref());
            let of_whole = config.generated.iter().map(|whole| &whole.template);
            for path in of_pages.chain(of_whole).collect::<BTreeSet<_>>() {
                add(&at_root(path), "a template of the handbook");
            }
        }
        found
    }
}

/// Whether a file may have a second name, by a hard link.
#[cfg(unix)]
fn has_other_names(file: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    true
}

/// Whether the page `old` reads as what an earlier run wrote where `new` is written now: it is empty, or begins with a
/// line that `new` begins with or has as a heading or as the head of a table, numbers aside.
///
/// Results have no front matter, no comments and no title, which pages by hand have.
fn is_earlier_result(old: &str, new: &str) -> bool {
    let (Some(first), new_first) = (beginning(old), beginning(new)) else { return true };
    if old.contains("<!-- pmctl:") {
        return false;
    }
    if new_first.as_ref() == Some(&first) {
        return true;
    }
    // The one sentence that `classify` begins with says another kind each time.
    let is_verdict = |line: &str| line.starts_with("**") && line.contains(": ");
    if is_verdict(&first) && new_first.as_deref().is_some_and(is_verdict) {
        return true;
    }
    let has_title = |text: &str| text.lines().any(|line| line.starts_with("# "));
    let marks_part = |line: &String| line.starts_with("##") || line.starts_with('|');
    let parts = |text: &str| text.lines().map(without_numbers).collect::<BTreeSet<_>>();
    !has_title(old)
        && (marks_part(&first) && parts(new).contains(&first)
            || new_first.is_some_and(|line| marks_part(&line) && parts(old).contains(&line)))
}

/// The first line of `text` that is not empty, without its numbers.
fn beginning(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    text.lines().find(|line| !line.trim().is_empty()).map(without_numbers)
}

fn without_numbers(line: &str) -> String {
    line.trim_end().replace(|char: char| char.is_ascii_digit(), "")
}

#[cfg(test)]
mod tests {
    use super::is_earlier_result;

    const DIGEST: &str = "## Reviews on 2026-01-31\n\n### Ada\n\n- [ ] due on 2026-02-05: a\n";
    const TABLE: &str = "| Rank | Idea |\n| --- | --- |\n| 1 | Lamp |\n";
    const TEAMS: &str = "## Kites\n\n| Feature | Level |\n| --- | --- |\n| String | viable |\n";

    #[test]
    fn a_page_that_begins_as_the_result_is_an_earlier_one() {
        for (old, new) in [
            ("", TABLE),
            ("\n  \n", TABLE),
            (TABLE, TABLE),
            ("| Rank | Idea |\n| --- | --- |\n| 1 | Rope |\n", TABLE),
            ("## Reviews on 2025-12-01\n\n14 pages: 14 carry a date\n", DIGEST),
            ("**none: nothing changed**\n", "**review-dates-only: can be merged**\n"),
            ("# link-malformed\n\nLevel: error\n", "# link-malformed\n\nLevel: warning\n"),
            // A part that came or went before the others.
            (TEAMS, &format!("## Anchors\n\n- none\n\n{TEAMS}")),
            (&format!("## Anchors\n\n- none\n\n{TEAMS}"), TEAMS),
        ] {
            assert!(is_earlier_result(old, new), "{old}");
        }
    }

    #[test]
    fn a_page_by_hand_is_not() {
        for old in [
            "# Kites\n\nWhy we fly.\n",
            "---\ntitle: Kites\n---\n",
            "Why we fly.\n",
            "## Notes\n\n- one\n",
            "| Kite | Colour |\n| --- | --- |\n",
            "**Draft**\n\nWhy we fly.\n",
            "<!-- pmctl:begin matrix -->\n| Rank | Idea |\n<!-- pmctl:end -->\n",
            "| Rank | Idea |\n\n<!-- pmctl:begin matrix -->\n<!-- pmctl:end -->\n",
            // A result that was pasted into a page with a title.
            &format!("# Kites\n\n{TEAMS}"),
            &format!("# Kites\n\n{TABLE}"),
            &format!("# Kites\n\n{DIGEST}"),
        ] {
            for new in [DIGEST, TABLE, TEAMS, "**none: nothing changed**\n", "", "{}\n"] {
                assert!(!is_earlier_result(old, new), "{old}\n{new}");
            }
        }
    }
}
