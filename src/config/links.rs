//! What `[links]` says: which folders are complete, what something else serves, where the site is.

use super::SettingError;
use super::repo_path;
use super::settings::LinkSettings;
use crate::repo::Globs;
use crate::source::RepoPath;

/// How links are checked.
#[derive(Clone, Debug)]
pub struct Links {
    /// The folders that hold everything that is to be there: nothing is said of what a link names elsewhere. The
    /// empty path is the whole handbook.
    pub roots: Vec<RepoPath>,
    /// All files in them.
    pub files: Globs,
    /// The places, in the repository, that something else fills.
    pub ignored: Globs,
    /// Where the handbook's site is: `https://handbook.example.com`.
    pub site: Option<String>,
}

impl Links {
    pub(super) fn new(settings: LinkSettings) -> Result<Self, SettingError> {
        let roots = settings.roots.unwrap_or_else(|| vec![".".to_owned()]);
        let roots = roots.iter().map(|root| match root.as_str() {
            "." | "" => Ok(RepoPath::default()),
            root => repo_path("[links] roots", root),
        });
        let roots: Vec<RepoPath> = roots.collect::<Result<_, _>>()?;
        let all_of = |root: &RepoPath| match root.as_str() {
            "" => "**".to_owned(),
            root => format!("{}/**", globset::escape(root)),
        };
        let patterns: Vec<String> = roots.iter().map(all_of).collect();
        let files = Globs::new(patterns.iter().map(String::as_str))
            .map_err(|error| format!("[links] roots: {error}"))?;
        let ignored = Globs::new(settings.ignore.iter().map(String::as_str))
            .map_err(|error| format!("[links] ignore: {error}"))?;
        let site = settings.site;
        if let Some(site) = &site
            && !site.starts_with("https://")
            && !site.starts_with("http://")
        {
            return Err(format!(
                "[links] site = `{site}` is not an address; write it as `https://handbook.example.com`"
            ).into());
        }
        Ok(Self { roots, files, ignored, site })
    }

    /// Whether the folders of the handbook show what is at `path`.
    pub fn cover(&self, path: &RepoPath) -> bool {
        self.roots.iter().any(|root| path.is_under(root))
    }
}
