//! What a page is called.

use crate::source::FileId;
use crate::source::markdown::front_matter;
use crate::source::yaml::{self, Value};

/// The title of the page `text`: its front matter's, else its first heading, else `None`.
pub fn page_title(text: &str) -> Option<String> {
    let front_matter = front_matter(text);
    let own = front_matter.as_ref().and_then(|found| own_title(&text[found.yaml.clone()]));
    let body = &text[front_matter.map_or(0, |found| found.block.end)..];
    own.filter(|title| !title.is_empty()).or_else(|| first_heading(body))
}

/// The title that front matter gives.
fn own_title(yaml: &str) -> Option<String> {
    let line =
        yaml.lines().find(|line| line.trim_start_matches(['"', '\'']).starts_with("title"))?;
    // Nearly always the line says it all, and the rest need not be read.
    read_title(line).or_else(|| read_title(yaml))
}

fn read_title(yaml: &str) -> Option<String> {
    let parsed = yaml::parse(FileId::NONE, yaml, 0);
    let mapping = parsed.tree.as_ref()?.root()?.mapping()?;
    let title = mapping.pairs().find(|pair| pair.key == Some("title"))?;
    match title.value.value() {
        // A block begins on the line and stands below it.
        Value::Scalar(scalar) if !scalar.text.trim().is_empty() => {
            Some(scalar.text.trim().to_owned())
        }
        _ => None,
    }
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
    use super::page_title;

    #[test]
    fn the_front_matter_goes_before_the_first_heading() {
        let title = |text| page_title(text).unwrap_or_default();
        assert_eq!(title("---\ntitle: \"Plan: Boards\"\n---\n# Boards\n"), "Plan: Boards");
        assert_eq!(title("---\nlayout: x\n---\n\n```\n# no\n```\n## **Boards** {#b}\n"), "Boards");
        assert_eq!(title("---\ntitle: >\n  Plan\n  Boards\n---\n# B\n"), "Plan Boards");
        assert_eq!(title("---\n\"title\": \"Plan\n  Boards\"\n---\n# B\n"), "Plan Boards");
        assert_eq!(title("#hashtag\n\nText\n"), "");
    }
}
