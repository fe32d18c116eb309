//! Whether a word is an owner: a user or group, a role, a mail address.

use super::{Dialect, Reason};

/// The roles that GitLab accepts as owners, in the singular; each may have an `s`.
const ROLES: [&str; 3] = ["developer", "maintainer", "owner"];

/// What is wrong with `word` as an owner, and what may have been meant.
pub(super) fn check(word: &str, dialect: Dialect) -> Result<(), (Reason, Option<String>)> {
    let Some(name) = word.strip_prefix('@') else {
        return match word.split_once('@') {
            Some((local, domain)) => check_email(word, local, domain),
            None => Err((Reason::NoAt, handle(word))),
        };
    };
    if let Some(second) = name.strip_prefix('@') {
        let role = second.strip_suffix('s').unwrap_or(second);
        let is_role = dialect == Dialect::Gitlab && ROLES.contains(&role);
        return if is_role { Ok(()) } else { Err((Reason::TwoAts, handle(second))) };
    }
    if name.is_empty() {
        return Err((Reason::NoName, None));
    }
    wrong_character(name).map_or(Ok(()), |reason| Err((reason, without_separator(word))))
}

/// A mail address has a name, and a domain with a dot.
fn check_email(word: &str, local: &str, domain: &str) -> Result<(), (Reason, Option<String>)> {
    if let Some(separator) = separator(word) {
        return Err((Reason::Separator(separator), without_separator(word)));
    }
    let has_dot =
        domain.split_once('.').is_some_and(|(host, top)| !host.is_empty() && !top.is_empty());
    match !local.is_empty() && has_dot && !domain.contains('@') {
        true => Ok(()),
        false => Err((Reason::Email, None)),
    }
}

/// Why `name` is not the name of a user, a group or a group within groups.
fn wrong_character(name: &str) -> Option<Reason> {
    if let Some(separator) = separator(name) {
        return Some(Reason::Separator(separator));
    }
    let is_fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    if let Some(wrong) = name.chars().find(|c| !is_fine(*c)) {
        return Some(Reason::Character(wrong));
    }
    let is_path = name.split('/').all(|part| !part.is_empty());
    (!is_path).then_some(Reason::Character('/'))
}

/// The comma or semicolon at the end of `word`.
fn separator(word: &str) -> Option<char> {
    word.chars().next_back().filter(|c| matches!(c, ',' | ';'))
}

fn without_separator(word: &str) -> Option<String> {
    let name = word.trim_end_matches([',', ';']);
    let is_fine = name != word && check(name, Dialect::Github).is_ok();
    is_fine.then(|| name.to_owned())
}

/// The handle that `name` would be.
fn handle(name: &str) -> Option<String> {
    let is_fine = !name.is_empty() && wrong_character(name).is_none();
    is_fine.then(|| format!("@{name}"))
}
