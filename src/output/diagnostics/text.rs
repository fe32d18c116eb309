//! Diagnostics for people: an excerpt with the place underlined, in the manner of rustc.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};

use super::Report;
use crate::lint::{Diagnostic, Severity, Summary};
use crate::output::sanitise;
use crate::source::{FileStore, Span};

pub(super) fn write(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    for diagnostic in report.diagnostics {
        writeln!(out, "{}\n", renderer.render(&[group(diagnostic, report.files)]))?;
    }
    if report.is_quiet {
        return Ok(());
    }
    writeln!(out, "{}", summary_line(report.summary))
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a FileStore) -> Group<'a> {
    let finding = &diagnostic.finding;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(sanitise(&finding.message)).id(diagnostic.rule.id);
    let mut group = Group::with_title(title);
    let Some(excerpt) = Excerpt::of(finding.span, files) else {
        let path = files.file(finding.span.file).path().as_str();
        group = group.element(Origin::path(sanitise(path)));
        return with_help(group, finding.help.as_deref());
    };
    // Places on the same line share its excerpt; the others have one of their own below it.
    let mut snippet = excerpt.snippet();
    snippet = snippet.annotation(excerpt.annotation(AnnotationKind::Primary, &finding.label));
    let mut others = Vec::new();
    for (span, what) in &finding.related {
        match Excerpt::of(*span, files) {
            Some(other) if other.is_on_line_of(&excerpt) => {
                snippet = snippet.annotation(other.annotation(AnnotationKind::Context, what));
            }
            Some(other) => {
                let annotation = other.annotation(AnnotationKind::Context, what);
                others.push(other.snippet().annotation(annotation));
            }
            None => {}
        }
    }
    group = group.element(snippet);
    group = others.into_iter().fold(group, Group::element);
    with_help(group, finding.help.as_deref())
}

fn with_help<'a>(group: Group<'a>, help: Option<&'a str>) -> Group<'a> {
    match help {
        Some(help) => group.element(Level::HELP.message(sanitise(help))),
        None => group,
    }
}

/// The line on which a span begins, with the part of the span that is on it.
struct Excerpt {
    path: String,
    line: usize,
    text: String,
    marked: Range<usize>,
    file: crate::source::FileId,
}

impl Excerpt {
    /// `None` for a file of which no text is known.
    fn of(span: Span, files: &FileStore) -> Option<Self> {
        let file = files.file(span.file);
        if file.text().is_empty() {
            return None;
        }
        let line = files.start(span).line;
        let range = file.lines().range(file.text(), line)?;
        let text = &file.text()[range.clone()];
        let inside = |offset: usize| {
            text.floor_char_boundary(offset.clamp(range.start, range.end) - range.start)
        };
        let (start, end) = (inside(span.range().start), inside(span.range().end));
        // What a terminal would obey is spelled out, which moves what stands behind it.
        let moved = |offset: usize| sanitise(&text[..offset]).len();
        Some(Self {
            path: sanitise(file.path().as_str()).into_owned(),
            line,
            text: sanitise(text).into_owned(),
            marked: moved(start)..moved(end),
            file: span.file,
        })
    }

    fn is_on_line_of(&self, other: &Self) -> bool {
        self.file == other.file && self.line == other.line
    }

    fn snippet<'a>(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(self.text.clone()).line_start(self.line).path(self.path.clone())
    }

    fn annotation<'a>(
        &self,
        kind: AnnotationKind,
        label: &str,
    ) -> annotate_snippets::Annotation<'a> {
        let annotation = kind.span(self.marked.clone());
        match label {
            "" => annotation,
            _ => annotation.label(sanitise(label).into_owned()),
        }
    }
}

fn summary_line(summary: Summary) -> String {
    let count = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    };
    let files = count(summary.files_checked, "file", "files");
    let mut parts = Vec::new();
    if summary.errors > 0 {
        parts.push(count(summary.errors, "error", "errors"));
    }
    if summary.warnings > 0 {
        parts.push(count(summary.warnings, "warning", "warnings"));
    }
    if summary.infos > 0 {
        parts.push(count(summary.infos, "remark", "remarks"));
    }
    match parts.is_empty() {
        true => format!("{files} checked, nothing to report"),
        false => format!("{files} checked: {}", parts.join(", ")),
    }
}
