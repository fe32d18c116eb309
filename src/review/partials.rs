//! Partials: pieces of text that pages of GitLab's site pull in.

use crate::repo::Files;
use crate::source::{FileId, FileStore, RepoPath};

/// Where the site's pages begin.
const SOURCE: &str = "source";
/// What the name of a partial's file can end in, as Middleman looks them up.
const ENDINGS: [&str; 6] = [".erb", ".html.md.erb", ".html.erb", ".md.erb", ".html.md", ".md"];

/// The file of the partial that `page` calls by `name`: `direction/plan/last_updated`, with or without a
/// slash in front, is `source/direction/plan/_last_updated` with one of several endings. It is read if no
/// page was read from it.
pub(super) fn find(
    repo: &impl Files,
    files: &mut FileStore,
    page: &RepoPath,
    name: &str,
) -> Option<FileId> {
    let name = name.trim_start_matches('/');
    let (folder, base) = name.rsplit_once('/').unwrap_or(("", name));
    let base = base.trim_start_matches('_');
    let beside = page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    for root in [SOURCE, beside] {
        for ending in ENDINGS {
            let Ok(path) = RepoPath::new(format!("{root}/{folder}/_{base}{ending}")) else {
                continue;
            };
            if let Some(file) = files.find(&path) {
                return Some(file);
            }
            if let Ok(text) = repo.read(&path) {
                return Some(files.add(path, Ok(text)).0);
            }
        }
    }
    None
}
