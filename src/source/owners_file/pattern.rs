//! Patterns for paths: what each dialect means by them, and all of a file at once.

use std::collections::HashMap;
use std::sync::OnceLock;

use globset::{Glob, GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::{Dialect, Fault, Reason, Rule};

/// How many patterns of a file are looked at. The largest file that we know has 700.
pub(super) const MAX_PATTERNS: usize = 10_000;

/// No path is longer, so no pattern has to be.
const MAX_PATTERN_BYTES: usize = 4096;

/// The patterns of a file, ready to be asked.
///
/// Nearly all patterns of real files are the plain name of a folder or file. Those are looked up; compiling
/// them would take longer than reading all pages.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    /// The rules of files that are named without a wildcard.
    files: HashMap<String, Vec<usize>>,
    /// The rules of all that lies below folders that are named without a wildcard.
    folders: HashMap<String, Vec<usize>>,
    /// The globs for what lies below a folder that they name, by that folder: no other path can match them.
    below: HashMap<String, Vec<Below>>,
    set: GlobSet,
    /// For each glob of the set the rule that it is of; a rule may have two.
    rules: Vec<usize>,
    /// For each rule that is looked at, whether it is compiled.
    compiled: Vec<bool>,
}

/// A glob that begins with the name of a folder.
#[derive(Debug)]
struct Below {
    rule: usize,
    glob: Glob,
    /// It, compiled once a path is in the folder.
    matcher: OnceLock<GlobMatcher>,
}

impl Matcher {
    /// Compiles the patterns of `rules`; those that are none are faults, and match nothing.
    pub(super) fn new(rules: &[Rule], dialect: Dialect) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut builder = GlobSetBuilder::new();
        let mut rules_of_globs = Vec::new();
        let mut matcher =
            Self { compiled: vec![false; rules.len().min(MAX_PATTERNS)], ..Self::default() };
        for (at, rule) in rules.iter().enumerate() {
            let mut fault = |reason, replacement| {
                faults.push(Fault { span: rule.pattern.span, reason, replacement });
            };
            if at >= MAX_PATTERNS {
                fault(Reason::TooMany, None);
                break;
            }
            let globs = match globs_of(&rule.pattern.value, dialect) {
                Ok(globs) => globs,
                Err(reason) => {
                    fault(reason, None);
                    continue;
                }
            };
            matcher.compiled[at] = true;
            for glob in globs {
                let is_plain = |name: &str| !name.contains(['*', '?', '[', ']', '{', '}', '\\']);
                match glob.strip_suffix("/**") {
                    Some(folder) if is_plain(folder) => {
                        matcher.folders.entry(folder.to_owned()).or_default().push(at);
                        continue;
                    }
                    None if is_plain(&glob) => {
                        matcher.files.entry(glob).or_default().push(at);
                        continue;
                    }
                    _ => {}
                }
                let glob =
                    GlobBuilder::new(&glob).literal_separator(true).backslash_escape(true).build();
                match glob {
                    Ok(glob) => match literal_folder(glob.glob()) {
                        Some(folder) => {
                            let below = matcher.below.entry(folder).or_default();
                            below.push(Below { rule: at, glob, matcher: OnceLock::new() });
                        }
                        None => {
                            builder.add(glob);
                            rules_of_globs.push(at);
                        }
                    },
                    Err(error) => {
                        matcher.compiled[at] = false;
                        fault(Reason::Pattern(error.kind().to_string()), None);
                    }
                }
            }
        }
        match builder.build() {
            Ok(set) => (Self { set, rules: rules_of_globs, ..matcher }, faults),
            // Only together are they too much, so the file is at fault, not one of its lines.
            Err(error) => {
                if let Some(first) = rules.first() {
                    let reason = Reason::Pattern(error.kind().to_string());
                    faults.push(Fault { span: first.pattern.span, reason, replacement: None });
                }
                for at in rules_of_globs {
                    matcher.compiled[at] = false;
                }
                (matcher, faults)
            }
        }
    }

    /// Whether the pattern of the rule at `at` is one that paths are held against.
    pub(super) fn can_match(&self, at: usize) -> bool {
        self.compiled.get(at).is_some_and(|is_compiled| *is_compiled)
    }

    /// The indices of the rules that match `path`, ascending.
    pub(super) fn matches(&self, path: &str) -> Vec<usize> {
        let mut rules: Vec<usize> =
            self.set.matches(path).into_iter().map(|glob| self.rules[glob]).collect();
        rules.extend(self.files.get(path).into_iter().flatten());
        for (slash, _) in path.match_indices('/') {
            rules.extend(self.folders.get(&path[..slash]).into_iter().flatten());
            let below = self.below.get(&path[..slash]).into_iter().flatten();
            let matching = below.filter(|below| {
                below.matcher.get_or_init(|| below.glob.compile_matcher()).is_match(path)
            });
            rules.extend(matching.map(|below| below.rule));
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

/// The folders that `glob` begins with, up to the first part with a wildcard; `None` where that is the first part.
fn literal_folder(glob: &str) -> Option<String> {
    let wildcard = glob.find(['*', '?', '[', ']', '{', '}', '\\'])?;
    let slash = glob[..wildcard].rfind('/')?;
    Some(glob[..slash].to_owned())
}

/// The globs, from the file's folder on, that together mean what `pattern` means.
fn globs_of(pattern: &str, dialect: Dialect) -> Result<Vec<String>, Reason> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(Reason::Pattern("it is longer than a path can be".to_owned()));
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
