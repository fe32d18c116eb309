//! The sections of a page: what stands under a heading, and what of it is text.

use std::ops::Range;

use super::Outline;

/// Elements that show something by themselves.
const SHOWN: [&str; 8] =
    ["<audio", "<embed", "<iframe", "<img", "<input", "<object", "<svg", "<video"];

impl Outline {
    /// What stands under the heading at `index` of [`Outline::headings`], with the sections below it: from behind
    /// the heading to the next one that is not deeper. Empty where there is no such heading.
    pub fn section(&self, page: &str, index: usize) -> Range<usize> {
        let Some(heading) = self.headings.get(index) else { return 0..0 };
        let next = self.headings[index + 1..].iter().find(|next| next.level <= heading.level);
        let start = heading.span.end;
        start..next.map_or(page.len(), |next| next.span.start.max(start))
    }

    /// What stands under the heading at `index` before the next one of any level.
    pub fn own_section(&self, page: &str, index: usize) -> Range<usize> {
        let Some(heading) = self.headings.get(index) else { return 0..0 };
        let start = heading.span.end;
        let next = self.headings.get(index + 1);
        start..next.map_or(page.len(), |next| next.span.start.max(start))
    }

    /// The text that stands in `range` of `page`, as written, without headings, comments and tags; of those, only
    /// the ones that show something, such as a video, are left.
    pub fn prose(&self, page: &str, range: Range<usize>) -> String {
        let headings = within(&self.headings, &range, |heading| &heading.span);
        let comments = within(&self.comments, &range, |comment| &comment.span);
        let tags = within(&self.html, &range, |tag| tag);
        let tags = tags.filter(|tag| {
            let tag = page[(*tag).clone()].to_ascii_lowercase();
            !SHOWN.iter().any(|shown| tag.starts_with(shown))
        });
        let mut hidden: Vec<&Range<usize>> = headings.chain(comments).chain(tags).collect();
        hidden.sort_by_key(|hidden| hidden.start);
        let (mut text, mut at) = (String::new(), range.start);
        for hidden in hidden {
            text.push_str(&page[at..hidden.start.max(at)]);
            at = at.max(hidden.end.min(range.end));
        }
        text.push_str(&page[at..range.end.max(at)]);
        text
    }
}

/// The ranges of those of `parts`, which stand in the order of the page, that begin in `range`.
fn within<'p, T>(
    parts: &'p [T],
    range: &Range<usize>,
    span: impl Fn(&T) -> &Range<usize> + 'p,
) -> impl Iterator<Item = &'p Range<usize>> {
    let first = parts.partition_point(|part| span(part).start < range.start);
    let end = range.end;
    parts[first..].iter().map(span).take_while(move |span| span.start < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Boats\n\n## Next\n\n<!-- soon -->\n### Sails\n\nRed <b>ones</b>.\n\n<iframe src=x></iframe>\n\n## Later\n\nOars.\n";

    #[test]
    fn a_section_ends_where_no_deeper_heading_begins() {
        let outline = Outline::parse(PAGE);
        let section = |index| PAGE[outline.section(PAGE, index)].trim();
        assert!(section(0).ends_with("Oars."));
        assert!(section(1).starts_with("<!--") && section(1).ends_with("</iframe>"));
        assert_eq!((section(3), section(4)), ("Oars.", ""));
        assert_eq!(PAGE[outline.own_section(PAGE, 1)].trim(), "<!-- soon -->");
    }

    #[test]
    fn prose_is_what_is_shown() {
        let outline = Outline::parse(PAGE);
        let prose = |range: Range<usize>| {
            outline.prose(PAGE, range).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(prose(outline.section(PAGE, 1)), "Red ones. <iframe src=x>");
        assert_eq!(prose(outline.own_section(PAGE, 1)), "");
    }
}
