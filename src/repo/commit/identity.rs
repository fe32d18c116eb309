//! Author and committer, as git finds them: see `git-commit(1)`, "Commit information".

use git2::{Config, ErrorCode, Repository, Signature};

use super::CommitError;

/// Who a commit is by.
pub(super) struct Identity {
    /// The person who wrote the change.
    pub(super) author: Signature<'static>,
    /// The person who commits it.
    pub(super) committer: Signature<'static>,
}

/// Returns the author and the committer of a commit in `repository`.
pub(super) fn of(repository: &Repository) -> Result<Identity, CommitError> {
    let config = repository.config()?;
    let known = |error: git2::Error| match error.code() {
        ErrorCode::NotFound => CommitError::NoIdentity,
        _ => CommitError::Identity(error.message().to_owned()),
    };
    let author = repository.author_from_env().map_err(known)?;
    let committer = repository.committer_from_env().map_err(known)?;
    Ok(Identity {
        author: configured(&config, "author", author)?,
        committer: configured(&config, "committer", committer)?,
    })
}

/// Returns `known` with what the configuration says of the `role` alone, which libgit2 does not look for. A variable
/// goes before it.
fn configured(
    config: &Config,
    role: &str,
    known: Signature<'static>,
) -> Result<Signature<'static>, CommitError> {
    let own = |what: &str| {
        let variable = format!("GIT_{role}_{what}").to_uppercase();
        let is_set = std::env::var_os(variable).is_some();
        config.get_string(&format!("{role}.{what}")).ok().filter(|_| !is_set)
    };
    let (name, email) = (own("name"), own("email"));
    if name.is_none() && email.is_none() {
        return Ok(known);
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name = name.unwrap_or_else(|| text(known.name_bytes()));
    let email = email.unwrap_or_else(|| text(known.email_bytes()));
    Signature::new(&name, &email, &known.when())
        .map_err(|error| CommitError::Identity(error.message().to_owned()))
}
