//! Partials: pieces of text that pages of GitLab's site pull in, and what else its template tags render.
//!
//! Those of the stages' pages are read on their own, after the handbook: most commands ask nothing of them.

use std::collections::{BTreeMap, BTreeSet};

use super::stage_pages::stage_pages;
use super::{Handbook, Loaded};
use crate::repo::Files;
use crate::source::{FileId, FileStore, RepoPath};

/// Where the site's pages begin.
const SOURCE: &str = "source";
/// What the name of a partial's file can end in, as Middleman looks them up.
const ENDINGS: [&str; 7] = [".erb", ".html.md.erb", ".html.erb", ".md.erb", ".html.md", ".md", ""];
/// Helpers of GitLab's site that render pictures and lists of issues, and no links to pages.
const WITHOUT_LINKS: [&str; 2] = ["devops_diagram", "direction["];

/// What a page shows beside its own text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PulledIn {
    /// The partials, and those that they pull in themselves.
    pub files: Vec<FileId>,
    /// Whether there is more, of which nothing is known: made by code, or of a partial that is not there.
    pub has_more: bool,
}

impl Loaded {
    /// Reads the partials of the stages' pages, into [`Handbook::pulled_in`].
    pub fn read_partials(&mut self, repo: &impl Files) {
        let mut all = BTreeMap::new();
        for (path, file) in pages_of_stages(&self.handbook) {
            let found = pulled_in(repo, &mut self.files, &path, file);
            all.insert(path, found);
        }
        self.handbook.pulled_in = all;
    }
}

fn pages_of_stages(handbook: &Handbook) -> BTreeMap<RepoPath, FileId> {
    let addresses = handbook.addresses();
    let stages = handbook.stages.iter();
    let paths: BTreeSet<RepoPath> =
        stages.flat_map(|stage| stage_pages(handbook, addresses, stage)).collect();
    let pages = handbook.pages.iter().filter(|page| paths.contains(&page.path));
    pages.map(|page| (page.path.clone(), page.file)).collect()
}

fn pulled_in(repo: &impl Files, files: &mut FileStore, page: &RepoPath, file: FileId) -> PulledIn {
    let mut found = PulledIn::default();
    let mut next = vec![file];
    while let Some(file) = next.pop() {
        let calls: BTreeSet<Option<String>> = outputs(files.file(file).text()).collect();
        for call in calls {
            let partial = call.and_then(|name| find(repo, files, page, &name));
            match partial {
                None => found.has_more = true,
                Some(partial) if found.files.contains(&partial) => {}
                Some(partial) => {
                    found.files.push(partial);
                    next.push(partial);
                }
            }
        }
    }
    found
}

/// What the tags of `text` render that may hold links: the name of a partial, or `None` for anything else.
fn outputs(text: &str) -> impl Iterator<Item = Option<String>> {
    let tags = text.split("<%=").skip(1).map(|rest| rest.split("%>").next().unwrap_or(rest).trim());
    let tags = tags.filter(|tag| !WITHOUT_LINKS.iter().any(|helper| tag.starts_with(helper)));
    tags.map(|tag| {
        let call = tag.strip_prefix("partial")?.trim_start_matches(['(', ' ']);
        let quote = call.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, _) = call[1..].split_once(quote)?;
        Some(name.to_owned())
    })
}

/// The file of the partial that `page` calls by `name`: `direction/plan/last_updated`, with or without a
/// slash in front, is `source/direction/plan/_last_updated` with one of several endings. It is read if no
/// page was read from it.
pub(crate) fn find(
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

#[cfg(test)]
mod tests {
    use super::outputs;

    #[test]
    fn a_partial_is_told_from_what_renders_no_link_and_from_what_nobody_knows() {
        let of = |text| outputs(text).collect::<Vec<_>>();
        let named = |name: &str| vec![Some(name.to_owned())];
        assert_eq!(of("<%= partial(\"direction/x\") %>"), named("direction/x"));
        assert_eq!(of("<%= partial '/direction/x', locals: {a: 1} %>"), named("/direction/x"));
        assert_eq!(of("<%= devops_diagram([\"Plan\"]) %> <%= direction[\"all\"] %>"), []);
        assert_eq!(of("<% stages.each do |s| %> <%= s.name %> <% end %>"), [None]);
        assert_eq!(of("<%= partial(name) %> <%= partial("), [None, None]);
        assert_eq!(of("<%# partial('x') %>"), []);
    }
}
