//! Where a repository is hosted, as far as it shows.

use super::{Files, Repo};

/// A forge: a host of repositories with a CI system of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Forge {
    /// GitLab, with a file of jobs.
    Gitlab,
    /// GitHub, with a folder of workflows.
    Github,
}

impl Forge {
    /// The forge that the address of the remote names, else the one whose files are there. Without `ask_git`,
    /// only files show it.
    pub fn of(repo: &Repo, ask_git: bool) -> Option<Self> {
        let remote = if ask_git { Self::of_remote(repo) } else { None };
        remote.or_else(|| Self::of_files(repo))
    }

    /// The forge that the address of the remote names.
    pub fn of_remote(repo: &Repo) -> Option<Self> {
        remote(repo).as_deref().and_then(Self::at)
    }

    /// The forge whose files are there, and no other's.
    pub fn of_files(files: &impl Files) -> Option<Self> {
        let has = |paths: &[&str]| paths.iter().any(|path| files.has(path));
        match (has(&[".gitlab-ci.yml", ".gitlab"]), has(&[".github"])) {
            (true, false) => Some(Self::Gitlab),
            (false, true) => Some(Self::Github),
            _ => None,
        }
    }

    /// The forge at `address`, where its host is named after it.
    fn at(address: &str) -> Option<Self> {
        let host = host(address)?.to_lowercase();
        match (host.contains("gitlab"), host.contains("github")) {
            (true, false) => Some(Self::Gitlab),
            (false, true) => Some(Self::Github),
            _ => None,
        }
    }
}

/// The address of `origin`, else of the first remote there is.
fn remote(repo: &Repo) -> Option<String> {
    let repository = git2::Repository::discover(repo.root()).ok()?;
    let names = repository.remotes().ok()?;
    let first = || names.iter().find_map(|name| name.ok().flatten().map(str::to_owned));
    let remote =
        repository.find_remote("origin").ok().or_else(|| repository.find_remote(&first()?).ok())?;
    remote.url().ok().map(str::to_owned)
}

/// The host in `https://host/path`, `ssh://user@host:22/path` or `user@host:path`; none in a path.
fn host(address: &str) -> Option<&str> {
    let (before, is_url) = match address.split_once("://") {
        Some((scheme, rest)) if scheme != "file" => (rest.split('/').next()?, true),
        Some(_) => return None,
        None => (address.split_once(':')?.0, false),
    };
    let host = before.rsplit_once('@').map_or(before, |(_, host)| host);
    let host = if is_url { host.split(':').next()? } else { host };
    (!host.is_empty() && !host.contains(['/', '\\'])).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_tells_and_the_path_does_not() {
        for (address, forge) in [
            ("https://gitlab.com/a/b.git", Some(Forge::Gitlab)),
            ("git@gitlab.example.org:github/b.git", Some(Forge::Gitlab)),
            ("ssh://git@github.com:22/gitlab/b", Some(Forge::Github)),
            ("https://user:gitlab@github.example.org/a/b", Some(Forge::Github)),
            ("https://example.org/github/b", None),
            ("/srv/github:mirror/b", None),
            ("file:///srv/github.com/b", None),
            ("../gitlab", None),
            ("", None),
        ] {
            assert_eq!(Forge::at(address), forge, "{address}");
        }
    }

    #[test]
    fn without_a_remote_the_files_tell_unless_they_contradict_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let repo = Repo::at(folder.path());
        assert_eq!(Forge::of(&repo, true), None);
        std::fs::create_dir(folder.path().join(".github")).expect("a folder");
        assert_eq!(Forge::of(&repo, true), Some(Forge::Github));
        std::fs::write(folder.path().join(".gitlab-ci.yml"), "").expect("a file");
        assert_eq!(Forge::of(&repo, true), None);
    }
}
