//! Patterns for paths, and what each dialect means by them.

use super::{Dialect, Reason};

/// No path is longer, so no pattern has to be.
const MAX_PATTERN_BYTES: usize = 4096;

/// How many wildcards a pattern may have. Real ones have up to five; one of thousands takes longer to compile than all
/// other patterns of the file together.
pub(super) const MAX_WILDCARDS: usize = 100;

/// The globs, from the file's folder on, that together mean what `pattern` means.
pub(super) fn globs_of(pattern: &str, dialect: Dialect) -> Result<Vec<String>, Reason> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(Reason::Pattern("it is longer than a path can be".to_owned()));
    }
    if pattern.bytes().filter(|byte| matches!(byte, b'*' | b'?' | b'[')).count() > MAX_WILDCARDS {
        return Err(Reason::Pattern(format!("it has more than {MAX_WILDCARDS} wildcards")));
    }
    let pattern = match pattern.strip_prefix('!') {
        // GitLab takes such paths out of the section, by the same kind of pattern.
        Some(excluded) if dialect == Dialect::Gitlab => excluded,
        Some(_) => return Err(Reason::Negation),
        None => pattern,
    };
    let (is_rooted, rest) = match pattern.strip_prefix('/') {
        Some(_) if dialect == Dialect::Codenotify => {
            return Err(Reason::Dead("it starts at the file's folder and takes no leading slash"));
        }
        Some(rest) => (true, rest),
        None => (dialect == Dialect::Codenotify, pattern),
    };
    if rest.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(Reason::Dead("no path holds `.` or `..`"));
    }
    let (folder, is_folder) = match rest.strip_suffix('/') {
        Some(folder) => (folder, true),
        None => (rest, rest.is_empty()),
    };
    // A slash in the middle ties a pattern to the root, on GitHub as in `.gitignore`.
    let is_rooted = is_rooted || dialect == Dialect::Github && folder.contains('/');
    let name = glob_text(folder, dialect);
    let prefix = if is_rooted { "" } else { "**/" };
    let below = if name.is_empty() { format!("{prefix}**") } else { format!("{prefix}{name}/**") };
    if is_folder {
        return Ok(vec![below]);
    }
    let itself = match dialect {
        // Ruby's fnmatch takes `**` for `*` where no slash follows it.
        Dialect::Gitlab if name == "**" || name.ends_with("/**") => {
            format!("{prefix}{}", &name[..name.len() - 1])
        }
        _ => format!("{prefix}{name}"),
    };
    let last = folder.rsplit('/').next().unwrap_or(folder);
    // The name of a folder means what is in it, but `docs/*` for the files of that one folder.
    let holds = dialect == Dialect::Github && !matches!(last, "*" | "**");
    Ok(if holds { vec![itself, below] } else { vec![itself] })
}

/// `pattern` in the words of globset: what the dialect gives no meaning is taken by its letters.
fn glob_text(pattern: &str, dialect: Dialect) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let (c, is_literal) = match c {
            '\\' if dialect != Dialect::Codenotify => (chars.next().unwrap_or('\\'), true),
            '{' | '}' | '\\' => (c, true),
            '[' | ']' => (c, dialect != Dialect::Gitlab),
            '?' => (c, dialect == Dialect::Codenotify),
            _ => (c, false),
        };
        if is_literal && matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '\\' | '!') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}
