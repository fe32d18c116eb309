//! All patterns of a file at once.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use globset::{Glob, GlobBuilder, GlobMatcher};

use super::pattern::globs_of;
use super::{Dialect, Fault, Reason, Rule};

/// How many patterns of a file are looked at. The largest file that we know has 700.
pub(super) const MAX_PATTERNS: usize = 10_000;

/// How many bytes of a word are looked for in paths: enough to tell names apart.
const MAX_WORD_BYTES: usize = 64;

/// The patterns of a file, ready to be asked.
///
/// Nearly all patterns of real files are the plain name of a folder or file. Those are looked up. Any other has a word
/// that each path it matches has too, such as `guide` in `/docs/**/guide-*.md`; one search finds the words of all
/// patterns in a path, and only the patterns of these are held against it.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    /// What the patterns mean, each once.
    globs: Vec<OneGlob>,
    /// Files that are named without a wildcard.
    files: HashMap<String, usize>,
    /// All that is in folders that are named without a wildcard.
    folders: HashMap<String, usize>,
    /// The words to look for; none where no glob has one.
    words: Option<AhoCorasick>,
    /// The globs of each of them.
    of_words: Vec<Vec<usize>>,
    /// The globs without a word, such as `*`.
    wordless: Vec<usize>,
    /// For each rule that is looked at, whether it is one that paths are held against.
    compiled: Vec<bool>,
}

/// A glob, and the rules that it stands for.
#[derive(Debug, Default)]
struct OneGlob {
    /// All rules, ascending.
    rules: Vec<usize>,
    /// Those that can count for a path that it matches, ascending: of several of a section, the last.
    counting: Vec<usize>,
    /// It, if it has a wildcard, and compiled once a path may match it.
    wild: Option<(Glob, OnceLock<GlobMatcher>)>,
}

impl Matcher {
    /// Reads the patterns of `rules`; those that are none are faults, and match nothing. `section_of` returns the section of
    /// a rule, of which the last match counts; `None` where all count.
    pub(super) fn new(
        rules: &[Rule],
        dialect: Dialect,
        section_of: impl Fn(&Rule) -> Option<usize>,
    ) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut matcher =
            Self { compiled: vec![false; rules.len().min(MAX_PATTERNS)], ..Self::default() };
        let mut wild: HashMap<String, usize> = HashMap::new();
        for (at, rule) in rules.iter().enumerate() {
            let mut fault = |reason| {
                faults.push(Fault { span: rule.pattern.span, reason, replacement: None });
            };
            if at >= MAX_PATTERNS {
                fault(Reason::TooMany);
                break;
            }
            let globs = match globs_of(&rule.pattern.value, dialect) {
                Ok(globs) => globs,
                Err(reason) => {
                    fault(reason);
                    continue;
                }
            };
            matcher.compiled[at] = true;
            for glob in globs {
                if let Err(reason) = matcher.add(glob, at, &mut wild) {
                    matcher.compiled[at] = false;
                    fault(reason);
                }
            }
        }
        for glob in &mut matcher.globs {
            let mut seen = HashSet::new();
            let counting = glob.rules.iter().rev().copied().filter(|at| {
                let rule = &rules[*at];
                section_of(rule).is_none_or(|section| seen.insert((section, rule.is_exclusion)))
            });
            glob.counting = counting.collect();
            glob.counting.reverse();
        }
        matcher.index(&wild);
        (matcher, faults)
    }

    fn add(
        &mut self,
        glob: String,
        rule: usize,
        wild: &mut HashMap<String, usize>,
    ) -> Result<(), Reason> {
        let is_plain = |name: &str| !name.contains(['*', '?', '[', ']', '{', '}', '\\']);
        let new = self.globs.len();
        let at = match glob.strip_suffix("/**") {
            Some(folder) if is_plain(folder) => {
                *self.folders.entry(folder.to_owned()).or_insert(new)
            }
            None if is_plain(&glob) => *self.files.entry(glob).or_insert(new),
            _ => match wild.get(&glob) {
                Some(at) => *at,
                None => {
                    let compiled = GlobBuilder::new(&glob)
                        .literal_separator(true)
                        .backslash_escape(true)
                        .build()
                        .map_err(|error| Reason::Pattern(error.kind().to_string()))?;
                    wild.insert(glob, new);
                    let wild = Some((compiled, OnceLock::new()));
                    self.globs.push(OneGlob { wild, ..OneGlob::default() });
                    new
                }
            },
        };
        if at == self.globs.len() {
            self.globs.push(OneGlob::default());
        }
        self.globs[at].rules.push(rule);
        Ok(())
    }

    /// Finds for each of the `wild` globs the word that the fewest others have.
    fn index(&mut self, wild: &HashMap<String, usize>) {
        let words: Vec<(usize, Vec<&[u8]>)> =
            wild.iter().map(|(glob, at)| (*at, words(glob))).collect();
        let mut counts: HashMap<&[u8], usize> = HashMap::new();
        for word in words.iter().flat_map(|(_, words)| words) {
            *counts.entry(word).or_default() += 1;
        }
        let mut by_word: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (at, words) in &words {
            let rarest =
                words.iter().min_by_key(|word| (counts.get(*word), std::cmp::Reverse(word.len())));
            match rarest {
                Some(word) => by_word.entry(word).or_default().push(*at),
                None => self.wordless.push(*at),
            }
        }
        if by_word.is_empty() {
            return;
        }
        let (words, of_words): (Vec<&[u8]>, Vec<Vec<usize>>) = by_word.into_iter().unzip();
        // The smallest of its forms: there may be as many words as paths.
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        match AhoCorasick::builder().kind(kind).build(words) {
            Ok(words) => (self.words, self.of_words) = (Some(words), of_words),
            Err(_) => self.wordless.extend(of_words.into_iter().flatten()),
        }
    }

    /// Whether the pattern of the rule at `at` is one that paths are held against.
    pub(super) fn can_match(&self, at: usize) -> bool {
        self.compiled.get(at).is_some_and(|is_compiled| *is_compiled)
    }

    /// The indices of the rules that match `path` and may count for it, ascending: of several that mean the same in one
    /// section, the last.
    pub(super) fn matches(&self, path: &str) -> Vec<usize> {
        let globs = self.globs_of(path);
        let mut rules: Vec<usize> =
            globs.into_iter().flat_map(|glob| &self.globs[glob].counting).copied().collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// For each of so many rules whether it matches any of `paths`.
    pub(super) fn used<'p>(
        &self,
        rules: usize,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Vec<bool> {
        let globs: HashSet<usize> =
            paths.into_iter().flat_map(|path| self.globs_of(path)).collect();
        let mut used = vec![false; rules];
        for rule in globs.into_iter().flat_map(|glob| &self.globs[glob].rules) {
            used[*rule] = true;
        }
        used
    }

    /// The globs that match `path`, each once.
    fn globs_of(&self, path: &str) -> Vec<usize> {
        let found = self.words.iter().flat_map(|words| words.find_overlapping_iter(path));
        let found = found.flat_map(|word| &self.of_words[word.pattern().as_usize()]);
        let mut globs: Vec<usize> = found.chain(&self.wordless).copied().collect();
        globs.sort_unstable();
        globs.dedup();
        globs.retain(|glob| {
            let wild = self.globs[*glob].wild.as_ref();
            wild.is_some_and(|(glob, matcher)| {
                matcher.get_or_init(|| glob.compile_matcher()).is_match(path)
            })
        });
        globs.extend(self.files.get(path));
        let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
        globs.extend(folders.filter_map(|folder| self.folders.get(folder)));
        globs
    }
}

/// The words that each path has that `glob` matches: what there is between wildcards and slashes.
fn words(glob: &str) -> Vec<&[u8]> {
    let bytes = glob.as_bytes();
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let next = match byte {
            b'/' | b'*' | b'?' | b'{' | b'}' | b'\\' => at + 1,
            b'[' => {
                let first = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'!' | b'^')));
                let rest = bytes.get(first + 1..).unwrap_or_default();
                let end = rest.iter().position(|&byte| byte == b']');
                end.map_or(bytes.len(), |length| first + 1 + length + 1)
            }
            _ => {
                at += 1;
                continue;
            }
        };
        words.push(&bytes[start..at]);
        start = next;
        // What is escaped begins a word.
        at = if byte == b'\\' { next + 1 } else { next };
    }
    words.push(bytes.get(start..).unwrap_or_default());
    let ends = words.into_iter().map(|word| &word[word.len().saturating_sub(MAX_WORD_BYTES)..]);
    ends.filter(|word| !word.is_empty()).collect()
}
