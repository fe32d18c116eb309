//! Files that are no part of a change: what no page or setting reads, and what `pmctl lint` itself writes.

use serde_json::Value;

use super::{Subject, owners};
use crate::lint::baseline::{BASELINE_FILE, Baseline};
use crate::lint::find;
use crate::repo::{CONFIG_FILE, Files};
use crate::source::RepoPath;

/// The files to which docs/ci.md has reports written, in the root of the handbook.
const REPORTS: [&str; 3] = ["gl-code-quality-report.json", "pmctl.sarif", "pmctl.xml"];

/// The files beside pages and data by which pmctl or git goes.
const SETTINGS: [&str; 5] =
    [CONFIG_FILE, BASELINE_FILE, ".gitignore", ".gitattributes", ".gitmodules"];

/// Whether the file at `path` is one that the handbook is read from, or read by.
pub(super) fn is_read(subject: &Subject<'_>, path: &RepoPath) -> bool {
    let config = subject.config;
    let templates = config.generated.iter().map(|whole| &whole.template);
    let of_pages = config.pages.iter().filter_map(|pages| pages.template.as_ref());
    subject.after.loaded.files.find(path).is_some()
        || config.pages.iter().any(|pages| pages.globs.matches(path))
        || owners::is_owners_file(path)
        || SETTINGS.contains(&path.file_name())
        || config.generated.iter().any(|whole| whole.page == *path)
        || templates.chain(of_pages).any(|template| template == path)
}

/// Whether the file at `path` is nothing but what `pmctl lint` writes: a report, or a baseline that has nothing new.
pub(super) fn is_by_lint(subject: &Subject<'_>, path: &RepoPath) -> bool {
    if path.as_str() == BASELINE_FILE {
        return shrinks(subject, path);
    }
    let is_report = |text: &str| match path.as_str().rsplit('.').next() {
        Some("json") => is_code_quality(text),
        Some("sarif") => is_sarif(text),
        _ => is_junit(text),
    };
    REPORTS.contains(&path.as_str()) && subject.repo.read(path).is_ok_and(|text| is_report(&text))
}

/// Whether the baseline at `path` knows nothing that it did not know before.
fn shrinks(subject: &Subject<'_>, path: &RepoPath) -> bool {
    let read = |text: Result<String, _>| match text {
        Ok(text) => Baseline::read(&text).ok(),
        Err(crate::source::ReadError::Missing) => Some(Baseline::default()),
        Err(_) => None,
    };
    let (Some(before), Some(now)) = (read(subject.base.read(path)), read(subject.repo.read(path)))
    else {
        return false;
    };
    now.beyond(&before, |_| None).count == 0
}

/// Whether `text` is a report for GitLab of rules that pmctl has, and nothing else.
fn is_code_quality(text: &str) -> bool {
    let Ok(Value::Array(findings)) = serde_json::from_str(text) else { return false };
    findings.iter().all(|finding| finding["check_name"].as_str().is_some_and(|id| find(id).is_ok()))
}

fn is_sarif(text: &str) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return false };
    let runs = document["runs"].as_array();
    runs.is_some_and(|runs| runs.iter().all(|run| run["tool"]["driver"]["name"] == "pmctl"))
}

fn is_junit(text: &str) -> bool {
    let root = text.find("<testsuites").and_then(|at| text[at..].split('>').next());
    root.is_some_and(|root| root.contains("name=\"pmctl\""))
}
