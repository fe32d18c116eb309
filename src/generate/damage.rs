//! Damage of a page or a template: where it has any, no text is generated into it or from it.

use std::ops::Range;

use super::mark::{marks_in, may_hold_marks};
use crate::handbook::{Problem, ProblemKind};
use crate::source::markdown::{Outline, front_matter, opens_yaml};
use crate::source::{CONFLICT, CONFLICT_HELP, FileId, SourceFile, Span, conflicts_outside_code};

/// What is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The sort of problem as which lint reports it.
    pub kind: ProblemKind,
    /// Where.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Damage {
    /// The first damage of the page `text`: front matter that cannot be read, or a merge that is not finished.
    pub fn of(text: &str, outline: &Outline) -> Option<Self> {
        let of_front_matter = || {
            let parsed = front_matter(text)?.parse(FileId::NONE, text);
            let error = parsed.errors.into_iter().next()?;
            Some(match error.is_conflict {
                true => Self::conflict(error.span.range()),
                false => Self {
                    kind: ProblemKind::Syntax,
                    span: error.span.range(),
                    message: match error.message.starts_with("the front matter") {
                        true => error.message,
                        false => format!("the front matter cannot be read: {}", error.message),
                    },
                    help: error.help.unwrap_or_else(|| "correct it".to_owned()),
                },
            })
        };
        let of_text = || conflicts_outside_code(text, outline).into_iter().next();
        of_front_matter().or_else(|| of_text().map(|first| Self::conflict(first.line)))
    }

    /// What is damaged of a template besides: it has nothing that a reader would see, or all of it is YAML.
    pub fn of_template(template: &SourceFile) -> Option<Self> {
        let text = template.text();
        let found = front_matter(text);
        if found.is_none() && opens_yaml(text) {
            return Some(Self {
                kind: ProblemKind::Syntax,
                span: 0..3,
                message: "the front matter has no end".to_owned(),
                help: "add a line `---` after its last line".to_owned(),
            });
        }
        // A page may well have nothing but front matter.
        let has_data = |range: &Range<usize>| !text[range.clone()].trim().is_empty();
        if found.as_ref().is_some_and(|found| has_data(&found.content)) {
            return None;
        }
        let start = found.map_or(0, |found| found.block.end);
        let is_blank = without_comments(&text[start..]).trim().is_empty() && !has_marks(template);
        let what = match text.trim().is_empty() {
            true => "the template is empty",
            false => "the template holds nothing to show",
        };
        is_blank.then(|| Self {
            kind: ProblemKind::WrongType,
            span: 0..0,
            message: what.to_owned(),
            help: "restore it, or remove its entry under [[generate]] in pmctl.toml".to_owned(),
        })
    }

    fn conflict(span: Range<usize>) -> Self {
        let (message, help) = (CONFLICT.to_owned(), CONFLICT_HELP.to_owned());
        Self { kind: ProblemKind::MergeConflict, span, message, help }
    }

    /// The same as a problem of `file`.
    pub fn problem(&self, file: FileId) -> Problem {
        let span = Span::new(file, self.span.clone());
        Problem::new(self.kind, span, self.message.clone()).help(self.help.clone())
    }
}

/// Whether a generator is asked for, or something that nearly is a marker is there.
fn has_marks(template: &SourceFile) -> bool {
    let text = template.text();
    may_hold_marks(text) && {
        let (marks, broken) = marks_in(text, template.outline());
        !marks.is_empty() || !broken.is_empty()
    }
}

/// `text` without HTML comments; one that does not end goes to the end.
fn without_comments(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        left.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(ProblemKind, &str)> {
        let damage = Damage::of(text, &Outline::parse(text))?;
        Some((damage.kind, &text[damage.span]))
    }

    #[test]
    fn what_cannot_be_read_for_sure_is_damage() {
        let conflict = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n";
        let marker = Some((ProblemKind::MergeConflict, "<<<<<<< HEAD"));
        assert_eq!(of(&format!("# T\n\n{conflict}")), marker);
        assert_eq!(of(&format!("---\ntitle: T\n{conflict}---\n# T\n")), marker);
        assert_eq!(of("# T\n\n<<<<<<< HEAD\nb\n"), marker);
        for broken in [
            "---\ntitle: [\n---\n# T\n",
            "---\ntitle: T\nkind: x\n\n# T\n\nText.\n",
            "+++\na = \n+++\n",
        ] {
            assert_eq!(of(broken).map(|(kind, _)| kind), Some(ProblemKind::Syntax), "{broken:?}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_not() {
        let conflict = "<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n";
        for text in [
            "",
            "# T\n\n>>>>>> x\n>>>>>>> quoted\n",
            "---\n\nText between rules.\n\n---\n",
            "Title\n=======\n\n> quoted\n",
            "---\ntitle: T\n---\n",
            &format!("```\n{conflict}```\n"),
        ] {
            assert_eq!(of(text), None, "{text:?}");
        }
    }

    #[test]
    fn comments_are_not_text() {
        assert_eq!(without_comments("a<!-- b -->c<!-- d"), "ac");
        assert_eq!(without_comments("a --> b"), "a --> b");
    }
}
