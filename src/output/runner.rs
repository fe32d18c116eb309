//! CI runners that read what a job prints: some lines of a log are commands to them.

use std::borrow::Cow;

use memchr::memmem;

use crate::source::is_dangerous;

/// What a runner takes for a command wherever it is in a line: GitHub Actions (and Azure Pipelines), Azure
/// Pipelines, `TeamCity`, and the sections of GitLab's log.
pub(super) const MARKS: [&str; 5] =
    ["##[", "##vso[", "##teamcity[", "section_start:", "section_end:"];

/// What all of [`MARKS`] begin with.
const HASHES: &str = "##";
const SECTION: &str = "section_";

/// The CI runners that read the output of this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runner {
    /// Whether `::` at the beginning of a line is a command.
    has_colons: bool,
    /// Which of [`MARKS`] are commands.
    marks: [bool; MARKS.len()],
}

impl Runner {
    /// The runner that the environment names, whose values `variable` gives.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_true = |name| variable(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let (github, azure) = (is_true("GITHUB_ACTIONS"), is_true("TF_BUILD"));
        let teamcity = variable("TEAMCITY_VERSION").is_some_and(|version| !version.is_empty());
        let gitlab = is_true("GITLAB_CI");
        Self { has_colons: github, marks: [github || azure, azure, teamcity, gitlab, gitlab] }
    }

    /// Whether no runner reads along.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// `text` without commands of the runner: their first character is escaped. Also how many there were.
    pub fn defused(self, text: &[u8]) -> (Cow<'_, [u8]>, usize) {
        let mut places = self.marked(text);
        places.extend(self.colons(text));
        if places.is_empty() {
            return (Cow::Borrowed(text), 0);
        }
        places.sort_unstable();
        places.dedup();
        let mut safe = Vec::with_capacity(text.len() + 8 * places.len());
        let mut from = 0;
        for &at in &places {
            safe.extend_from_slice(&text[from..at]);
            safe.extend(format!("\\u{{{:x}}}", text[at]).into_bytes());
            from = at + 1;
        }
        safe.extend_from_slice(&text[from..]);
        (Cow::Owned(safe), places.len())
    }

    /// Where marks begin that are commands wherever they are.
    fn marked(self, text: &[u8]) -> Vec<usize> {
        let wanted = MARKS.iter().zip(self.marks).filter(|(_, is_command)| *is_command);
        wanted.flat_map(|(mark, _)| memmem::find_iter(text, mark)).collect()
    }

    /// Where lines begin with a command of GitHub Actions, whose runner trims them first.
    fn colons(self, text: &[u8]) -> Vec<usize> {
        if !self.has_colons || memmem::find(text, b"::").is_none() {
            return Vec::new();
        }
        let ends = memchr::memchr2_iter(b'\n', b'\r', text).chain([text.len()]);
        let mut start = 0;
        let found = ends.filter_map(|end| {
            let line = &text[std::mem::replace(&mut start, end + 1)..end];
            let at = indent(line);
            // A third colon, white space or the end of the line begins no name of a command.
            let is_command = line[at..].strip_prefix(b"::").and_then(|rest| rest.first());
            let is_command =
                is_command.is_some_and(|next| *next != b':' && !next.is_ascii_whitespace());
            is_command.then_some(end - line.len() + at)
        });
        found.collect()
    }
}

/// How many bytes of `line` a reader may trim: white space of any kind, and what is not shown.
fn indent(line: &[u8]) -> usize {
    let is_trimmed = |c: char| c.is_whitespace() || is_dangerous(c);
    let Some(chunk) = line.utf8_chunks().next() else { return 0 };
    chunk.valid().len() - chunk.valid().trim_start_matches(is_trimmed).len()
}

/// Where `text` holds one of [`MARKS`], whichever runner obeys it.
pub(super) fn marks_in(text: &str) -> Vec<usize> {
    if !text.contains(HASHES) && !text.contains(SECTION) {
        return Vec::new();
    }
    let found = MARKS.iter().flat_map(|mark| text.match_indices(mark).map(|(at, _)| at));
    let mut found: Vec<usize> = found.collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defused(variable: &str, text: &str) -> String {
        let runner = Runner::of(|name| (name == variable).then(|| "true".to_owned()));
        String::from_utf8(runner.defused(text.as_bytes()).0.into_owned()).expect("UTF-8")
    }

    #[test]
    fn a_line_of_github_actions_begins_no_command() {
        let github = |text| defused("GITHUB_ACTIONS", text);
        assert_eq!(github("::error::x\n"), "\\u{3a}:error::x\n");
        assert_eq!(
            github("a\n \t\u{a0}\u{200b}::add-mask::x"),
            "a\n \t\u{a0}\u{200b}\\u{3a}:add-mask::x"
        );
        assert_eq!(github("a\r::debug::x\r\n::stop::"), "a\r\\u{3a}:debug::x\r\n\\u{3a}:stop::");
        assert_eq!(github("x ###[error]y ##[z"), "x #\\u{23}#[error]y \\u{23}#[z");
    }

    #[test]
    fn what_is_no_command_stays() {
        for text in ["+::error::x\n", "a::b::c", ":::note\n", "::\n:: x\n", "## [a]", "## A\n"] {
            assert_eq!(defused("GITHUB_ACTIONS", text), text);
        }
        let all = "::error::x ##[a] ##vso[b] ##teamcity[c] section_start:1:a";
        assert_eq!(defused("NONE", all), all);
    }

    #[test]
    fn other_runners_have_other_commands() {
        assert_eq!(defused("TF_BUILD", "a ##vso[task] ##[x]"), "a \\u{23}#vso[task] \\u{23}#[x]");
        assert_eq!(defused("TEAMCITY_VERSION", "##teamcity[a]"), "\\u{23}#teamcity[a]");
        assert_eq!(defused("GITLAB_CI", "section_end:1:a"), "\\u{73}ection_end:1:a");
    }

    #[test]
    fn a_line_of_colons_is_read_in_time() {
        let start = std::time::Instant::now();
        defused("GITHUB_ACTIONS", &"::a".repeat(200_000));
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
    }
}
