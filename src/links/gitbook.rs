//! Links in the tags of `GitBook`: `{% page-ref page="plans.md" %}`, `{% content-ref url="plans.md" %}` and
//! `{% file src=".gitbook/assets/plan.pdf" %}`.

use std::ops::Range;

/// How long a tag may be, in bytes.
const MAX_TAG: usize = 1_000;

/// The places of the targets of tags in `text`.
pub(super) fn targets(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Telling that there is none is many times faster than looking for one.
    let has_tags = memchr::memmem::find(text.as_bytes(), b"{% ").is_some();
    let text_with_tags = if has_tags { text } else { "" };
    text_with_tags.match_indices("{% ").filter_map(move |(at, mark)| {
        let start = at + mark.len();
        // No further, or a long line of tags would be read once for each.
        let window = &text[start..text.floor_char_boundary(start + MAX_TAG)];
        let line = window.lines().next()?;
        let tag = line.split("%}").next()?;
        let attribute = [("page-ref ", "page=\""), ("content-ref ", "url=\""), ("file ", "src=\"")];
        let name = attribute.iter().find(|(tag_name, _)| tag.starts_with(tag_name))?.1;
        let value = tag.find(name)? + name.len();
        let length = tag[value..].find('"')?;
        Some(start + value..start + value + length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_name_a_page_or_a_file_are_links() {
        let text = "{% page-ref page=\"a/b.md\" %}\n{% hint style=\"info\" %}\n\
                    {% file src=\"../.gitbook/assets/x y.pdf\" caption=\"x\" %}\n{% content-ref url=\"../\" %}\n\
                    {% page-ref page=\"open";
        let found: Vec<&str> = targets(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["a/b.md", "../.gitbook/assets/x y.pdf", "../"]);
    }
}
