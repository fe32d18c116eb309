//! Diagnostics for people: an excerpt with the place underlined, in the manner of rustc.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

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
    let primary = Mark { kind: AnnotationKind::Primary, span: finding.span, label: &finding.label };
    let related = finding.related.iter().map(|(span, what)| {
        let kind = AnnotationKind::Context;
        Mark { kind, span: *span, label: what }
    });
    let marks: Vec<Mark<'_>> = std::iter::once(primary).chain(related).collect();
    let excerpts = excerpts(&marks, files);
    if excerpts.is_empty() {
        let path = files.file(finding.span.file).path().as_str();
        group = group.element(Origin::path(sanitise(path)));
    }
    group = excerpts.into_iter().fold(group, Group::element);
    with_help(group, finding.help.as_deref())
}

fn with_help<'a>(group: Group<'a>, help: Option<&'a str>) -> Group<'a> {
    match help {
        Some(help) => group.element(Level::HELP.message(sanitise(help))),
        None => group,
    }
}

/// How many lines may lie between two places that are shown in one excerpt.
const NEARBY: usize = 6;

/// A place to underline, and what to say of it.
#[derive(Clone, Copy)]
struct Mark<'a> {
    kind: AnnotationKind,
    span: Span,
    label: &'a str,
}

/// The excerpts that show `marks`, that of the first one first. Places near each other share one.
fn excerpts<'a>(marks: &[Mark<'_>], files: &FileStore) -> Vec<Snippet<'a, Annotation<'a>>> {
    let line = |mark: &Mark<'_>| files.start(mark.span).line;
    let shown = marks.iter().filter(|mark| !files.file(mark.span.file).text().is_empty());
    let mut sorted: Vec<(usize, Mark<'_>)> = shown.copied().enumerate().collect();
    sorted.sort_by_key(|(_, mark)| mark.span);
    let mut groups: Vec<Vec<(usize, Mark<'_>)>> = Vec::new();
    for (order, mark) in sorted {
        let near = groups.last_mut().filter(|group| {
            group.last().is_some_and(|(_, last)| {
                last.span.file == mark.span.file && line(last).abs_diff(line(&mark)) <= NEARBY
            })
        });
        match near {
            Some(group) => group.push((order, mark)),
            None => groups.push(vec![(order, mark)]),
        }
    }
    groups.sort_by_key(|group| group.iter().map(|(order, _)| *order).min());
    groups
        .into_iter()
        .filter_map(|group| {
            let marks: Vec<Mark<'_>> = group.into_iter().map(|(_, mark)| mark).collect();
            excerpt(&marks, files)
        })
        .collect()
}

/// The lines of one file on which `marks` begin.
fn excerpt<'a>(marks: &[Mark<'_>], files: &FileStore) -> Option<Snippet<'a, Annotation<'a>>> {
    let file = files.file(marks.first()?.span.file);
    let (source, lines) = (file.text(), file.lines());
    let numbers = marks.iter().map(|mark| files.start(mark.span).line);
    let (first, last) = (numbers.clone().min()?, numbers.max()?);
    let window = lines.range(source, first)?.start..lines.range(source, last)?.end;
    let text = &source[window.clone()];
    // What a terminal would obey is spelled out, which moves what stands behind it.
    let moved = |offset: usize| sanitise(&text[..offset]).len();
    let mut snippet = Snippet::source(sanitise(text).into_owned())
        .line_start(first)
        .path(sanitise(file.path().as_str()).into_owned());
    for mark in marks {
        let line = lines.range(source, files.start(mark.span).line)?;
        // A span of several lines is shown by its first.
        let inside = |offset: usize| {
            let offset = offset.clamp(line.start, line.end) - window.start;
            text.floor_char_boundary(offset)
        };
        let span = mark.span.range();
        let annotation = mark.kind.span(moved(inside(span.start))..moved(inside(span.end)));
        snippet = snippet.annotation(match mark.label {
            "" => annotation,
            label => annotation.label(sanitise(label).into_owned()),
        });
    }
    Some(snippet)
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
