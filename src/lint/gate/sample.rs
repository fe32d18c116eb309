//! Samples of the paths that a pattern matches, for files that are not there yet.

use crate::repo::Globs;
use crate::source::RepoPath;

/// Names that no pattern has for another reason than a wildcard.
const FILLERS: [&str; 2] = ["zq0x", "w9k"];

/// How many samples of one pattern there are at most: alternatives multiply.
const MOST: usize = 64;

/// Paths that `globs` match, for each pattern a few.
pub(super) fn samples(globs: &Globs) -> Vec<RepoPath> {
    let written = globs.patterns().iter();
    let filled =
        written.flat_map(|pattern| FILLERS.iter().flat_map(move |filler| fill(pattern, filler)));
    let paths = filled.filter_map(|path| RepoPath::new(path).ok());
    paths.filter(|path| globs.matches(path)).collect()
}

/// `pattern` with `filler` for each wildcard, for each of its alternatives.
fn fill(pattern: &str, filler: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '*' => {
                rest = rest.trim_start_matches('*');
                for path in &mut found {
                    path.push_str(filler);
                }
            }
            '?' => {
                for path in &mut found {
                    path.push('q');
                }
            }
            '[' => {
                let Some((class, behind)) = rest.split_once(']') else { continue };
                let one = class.chars().next().filter(|first| !matches!(first, '!' | '^'));
                for path in &mut found {
                    path.push(one.unwrap_or('q'));
                }
                rest = behind;
            }
            '{' => {
                let Some((alternatives, behind)) = rest.split_once('}') else { continue };
                let all = found.iter().flat_map(|path| {
                    let parts = alternatives.split(',').flat_map(|part| fill(part, filler));
                    parts.map(move |part| format!("{path}{part}"))
                });
                found = all.take(MOST).collect();
                rest = behind;
            }
            '\\' => {
                if let Some(literal) = rest.chars().next() {
                    rest = &rest[literal.len_utf8()..];
                    for path in &mut found {
                        path.push(literal);
                    }
                }
            }
            c => {
                for path in &mut found {
                    path.push(c);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_has_paths_that_it_matches() {
        for pattern in [
            "**/*.md",
            "old/**",
            "a/?/[bc].md",
            "a/**/*.{md,md.erb}",
            "x",
            "a{,/**}",
            "[!a]b/*",
            r"a\*b",
        ] {
            let globs = Globs::new([pattern]).expect("a pattern");
            assert!(!samples(&globs).is_empty(), "{pattern}");
        }
        let globs = Globs::new(["a/**/*.{md,md.erb}"]).expect("a pattern");
        let paths = samples(&globs);
        assert!(paths.iter().any(|path| path.as_str() == "a/zq0x/zq0x.md.erb"), "{paths:?}");
    }
}
