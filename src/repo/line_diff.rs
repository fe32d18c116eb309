//! Which lines of a file changed.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::diff::Lines;

/// How much of a file git looks at to see whether it is text.
const LOOKED_AT: usize = 8000;

/// The lines of `new` that are not in `old`, which was its content before. White space at the end of a line makes no
/// difference.
pub(super) fn changed_lines(old: &[u8], new: &[u8]) -> Lines {
    let is_binary = |content: &[u8]| content.iter().take(LOOKED_AT).any(|byte| *byte == 0);
    if is_binary(old) || is_binary(new) {
        return Lines::All;
    }
    let mut input = InternedInput::default();
    input.update_before(lines(old));
    input.update_after(lines(new));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let added = diff.hunks().map(|hunk| hunk.after).filter(|after| !after.is_empty());
    Lines::Some(added.map(|after| after.start as usize + 1..=after.end as usize).collect())
}

/// The parts of `new` in which it differs from `old`, as ranges of lines counted from 0; an empty one where lines are gone.
pub fn differing_lines(old: &str, new: &str) -> Vec<Range<usize>> {
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    diff.hunks().map(|hunk| hunk.after.start as usize..hunk.after.end as usize).collect()
}

/// The lines of `content`, without the white space at their ends.
fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(old: &str, new: &str) -> Lines {
        changed_lines(old.as_bytes(), new.as_bytes())
    }

    #[test]
    fn lines_are_counted_as_they_are_now() {
        assert_eq!(changed("a\nb\nc\n", "a\nx\nc\n"), Lines::Some(vec![2..=2]));
        assert_eq!(changed("a\nb\n", "z\na\nb\nc\nd"), Lines::Some(vec![1..=1, 4..=5]));
        assert_eq!(changed("a\nb\n", "a\n"), Lines::Some(vec![]));
        assert_eq!(changed("a\nb\n", "a  \r\nb\t"), Lines::Some(vec![]));
        assert_eq!(changed("", "a\n"), Lines::Some(vec![1..=1]));
        assert_eq!(changed("a\0b", "a"), Lines::All);
    }

    #[test]
    fn differing_parts_are_ranges_of_the_new_lines() {
        assert_eq!(differing_lines("a\nb\nc\nd\n", "a\nx\nc\ny\n"), [1..2, 3..4]);
        assert_eq!(differing_lines("a\nb\nc\n", "a\nc\nd\n"), [1..1, 2..3]);
        assert!(differing_lines("a\n", "a\n").is_empty());
    }

    #[test]
    fn a_rewritten_file_takes_no_quadratic_time() {
        let text = |seed: u64, lines: u64| {
            let mut state = seed;
            let line = |_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                format!("line {} of words\n", (state >> 33) % 5000)
            };
            (0..lines).map(line).collect::<String>()
        };
        let start = std::time::Instant::now();
        let Lines::Some(changed) = changed(&text(1, 100_000), &text(2, 100_000)) else {
            panic!("text");
        };
        assert!(!changed.is_empty());
        // Two such files take a quadratic algorithm many minutes in a build without optimisation.
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
