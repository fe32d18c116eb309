//! What a page is called.

use crate::source::FileId;
use crate::source::markdown::front_matter;
use crate::source::yaml::{self, Value};

/// The title of the page `text`: its front matter's, else its first heading, else `None`.
pub(super) fn title(text: &str) -> Option<String> {
    let front_matter = front_matter(text);
    let own = front_matter.as_ref().and_then(|found| {
        let parsed = yaml::parse(FileId::NONE, &text[found.yaml.clone()], 0);
        let mapping = parsed.tree.as_ref()?.root()?.mapping()?;
        let title = mapping.pairs().find(|pair| pair.key == Some("title"))?;
        match title.value.value() {
            Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()),
            _ => None,
        }
    });
    let body = &text[front_matter.map_or(0, |found| found.block.end)..];
    own.filter(|title| !title.is_empty()).or_else(|| first_heading(body))
}

/// The first heading outside code fences. A page's own outline would tell more, and cost more than all else
/// that is asked of a page here.
fn first_heading(body: &str) -> Option<String> {
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let line = line.trim_start();
        match fence {
            Some(open) => {
                if line.starts_with(open) {
                    fence = None;
                }
            }
            None if line.starts_with("```") => fence = Some("```"),
            None if line.starts_with("~~~") => fence = Some("~~~"),
            None => {
                let text = line.trim_start_matches('#');
                let level = line.len() - text.len();
                if (1..=6).contains(&level) && text.starts_with(' ') {
                    let text = text.split(" {#").next().unwrap_or(text);
                    let text = text.trim().trim_end_matches('#').trim();
                    return (!text.is_empty()).then(|| text.replace(['*', '`'], ""));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn the_front_matter_goes_before_the_first_heading() {
        let title = |text| title(text).unwrap_or_default();
        assert_eq!(title("---\ntitle: \"Plan: Boards\"\n---\n# Boards\n"), "Plan: Boards");
        assert_eq!(title("---\nlayout: x\n---\n\n```\n# no\n```\n## **Boards** {#b}\n"), "Boards");
        assert_eq!(title("#hashtag\n\nText\n"), "");
    }
}
