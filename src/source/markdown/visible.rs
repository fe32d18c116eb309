//! The text of a page with everything blanked that its readers do not see as text.

use std::ops::Range;

use super::Outline;

impl Outline {
    /// `page` with spaces for each byte of its front matter, code, comments and destinations of links: what is left
    /// stands where it stood.
    pub fn visible_text(&self, page: &str) -> String {
        let front_matter = self.front_matter.iter().map(|found| &found.block);
        let targets = self.links.iter().map(|link| &link.target_span);
        let mut hidden: Vec<&Range<usize>> =
            self.literal.as_slice().iter().chain(front_matter).chain(targets).collect();
        hidden.sort_by_key(|hidden| hidden.start);
        let mut text = String::with_capacity(page.len());
        for hidden in hidden {
            // A definition may be the destination of many links.
            if hidden.end > text.len() {
                text.push_str(&page[text.len()..hidden.start.max(text.len())]);
                let lines = page[text.len()..hidden.end].split_inclusive('\n');
                for line in lines {
                    let (content, end) =
                        line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
                    text.extend(std::iter::repeat_n(' ', content.len()));
                    text.push_str(end);
                }
            }
        }
        text.push_str(&page[text.len()..]);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_blank_and_the_rest_stays_in_place() {
        let page = "---\na: é\n---\nSee `[x]` or [it](b é.md) [é][d].<!-- é\n-->\n\n[d]: e.md\n";
        let outline = Outline::parse(page);
        let text = outline.visible_text(page);
        assert_eq!(text.len(), page.len());
        assert_eq!(text.find("See"), page.find("See"));
        assert_eq!(text.find("[é][d]"), page.find("[é][d]"));
        assert!(!text.contains("[x]") && !text.contains("e.md") && !text.contains("-->"));
        assert_eq!(text.lines().count(), page.lines().count());
    }
}
