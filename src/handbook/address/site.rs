//! How a profile's site is made from its files.
//!
//! Sources of the rules: for GitLab the site's generator (Middleman, with templates of direction pages); for
//! Sourcegraph the handbook's "Editing" pages, where the root of links is `content/`.

use crate::config::Profile;
use crate::source::RepoPath;

/// A site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    profile: Profile,
    /// The hosts of the site itself.
    pub(super) hosts: &'static [&'static str],
    /// The folder at the root of its addresses, with a slash at its end.
    pub(super) root: &'static str,
}

/// What can follow a path in the name of its file: some beside the path's last part, some in its folder.
type Endings = [&'static [&'static str]; 3];

impl Site {
    pub(super) fn of(profile: Profile) -> Self {
        let (hosts, root): (&[&str], _) = match profile {
            Profile::Gitlab => (&["about.gitlab.com"], "source/"),
            Profile::Sourcegraph => (&["handbook.sourcegraph.com"], "content/"),
            Profile::Mattermost => (&["handbook.mattermost.com"], ""),
            Profile::Default => (&[], ""),
        };
        Self { profile, hosts, root }
    }

    /// Asks `take` for each file that `path`, which has no slash around it, can stand for, the likeliest first,
    /// until it takes one.
    pub(super) fn each_candidate<T>(
        self,
        mut path: &str,
        mut is_folder: bool,
        mut take: impl FnMut(&str) -> Option<T>,
    ) -> Option<T> {
        if self.profile == Profile::Gitlab {
            // `X/index.html` is what the server sends for `X/`.
            let folder = path.strip_suffix("index.html");
            if let Some(folder) = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'))
            {
                path = folder.trim_end_matches('/');
                is_folder = true;
            }
        }
        let mut candidate = String::with_capacity(self.root.len() + path.len() + 24);
        let mut try_one = |path: &str, ending: &str| {
            let ending = if path.is_empty() { ending.trim_start_matches('/') } else { ending };
            candidate.clear();
            candidate.extend([self.root, path, ending]);
            take(&candidate)
        };
        let mut endings = self.endings(path, is_folder).into_iter().flatten();
        let found = endings.find_map(|ending| try_one(path, ending));
        // Whatever makes the site makes `plans.html` of `plans.md`.
        let page = || path.strip_suffix(".html").filter(|_| !is_folder && self.is_made_somehow());
        found.or_else(|| {
            let page = page()?;
            [".md", ".html.md", ".html.md.erb"].iter().find_map(|ending| try_one(page, ending))
        })
    }

    /// Whether nobody knows what makes the site.
    fn is_made_somehow(self) -> bool {
        matches!(self.profile, Profile::Mattermost | Profile::Default)
    }

    fn endings(self, path: &str, is_folder: bool) -> Endings {
        let is_html = path.rsplit_once('.').is_some_and(|(_, end)| end == "html");
        let [beside, within, last]: Endings = match self.profile {
            Profile::Gitlab if is_html && !is_folder => {
                [&[".md", ".md.erb", ".erb", ".haml", ""], &[], &[]]
            }
            Profile::Gitlab => [
                &[""],
                &[
                    "/index.html.md",
                    "/index.html.md.erb",
                    "/index.html.erb",
                    "/index.html.haml",
                    "/template.html.md.erb",
                ],
                &[".html.md", ".html.md.erb"],
            ],
            Profile::Sourcegraph => [&["", ".md"], &["/index.md", "/README.md"], &[]],
            Profile::Mattermost => [&["", ".md"], &["/README.md", "/index.md"], &[]],
            Profile::Default => [
                &["", ".md"],
                &["/README.md", "/index.md", "/_index.md"],
                &[".mdx", ".markdown", ".html", ".html.md", ".html.md.erb"],
            ],
        };
        // These sites take a slash too many from an address, or make `plans/` of `plans.md`.
        let is_lenient = self.profile != Profile::Gitlab;
        match (path.is_empty(), is_folder) {
            (true, _) => [&[], within, &[]],
            (false, true) => [&[], within, if is_lenient { &[".md"] } else { &[] }],
            (false, false) => [beside, within, last],
        }
    }
}

/// The hosts of the site of `profile`.
pub fn hosts_of(profile: Profile) -> &'static [&'static str] {
    Site::of(profile).hosts
}

/// The address that GitLab's site gives the page made from `path`.
pub fn site_address(path: &RepoPath) -> Option<String> {
    let path = path.as_str().strip_prefix("source/")?;
    let path = path.trim_end_matches(".erb").trim_end_matches(".haml").trim_end_matches(".md");
    let folder =
        ["index.html", "template.html"].into_iter().find_map(|name| path.strip_suffix(name));
    let folder = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'));
    Some(format!("/{}", folder.unwrap_or(path)))
}
