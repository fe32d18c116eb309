//! Diagnostics for people: an excerpt with the place underlined, in the manner of rustc.

use std::io;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use rayon::prelude::*;

use super::{LintReport, summary_line};
use crate::lint::{Diagnostic, Safety, Severity};
use crate::output::Sink;
use crate::source::{FileStore, Span};
use crate::source::{sanitise, sanitise_line};

/// How many findings are rendered side by side before they are written.
const AT_ONCE: usize = 1_000;

pub(super) fn write(report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let renderer = if report.has_colors { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    for some in report.diagnostics.chunks(AT_ONCE) {
        let some = some.par_iter().map(|diagnostic| render(&renderer, diagnostic, report.files));
        for text in some.collect::<Vec<_>>() {
            if report.has_colors {
                out.rendered(&text);
            } else {
                write!(out, "{text}")?;
            }
            writeln!(out, "\n")?;
        }
    }
    if report.is_quiet {
        return Ok(());
    }
    writeln!(out, "{}", summary_line(report.summary))?;
    fixes_line(report.diagnostics).map_or(Ok(()), |line| writeln!(out, "{line}"))
}

fn render(renderer: &Renderer, diagnostic: &Diagnostic, files: &FileStore) -> String {
    let finding = &diagnostic.finding;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(sanitise_line(&finding.message)).id(diagnostic.rule.id);
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
        group = group.element(Origin::path(sanitise_line(path)));
    }
    let mut corrections = Vec::new();
    for excerpt in excerpts {
        corrections.extend(excerpt.correction);
        group = group.element(excerpt.snippet);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(sanitise_line(help)));
    }
    let text = renderer.render(&[group]);
    corrections.iter().fold(text, |text, (printed, right)| text.replacen(printed, right, 1))
}

/// How many lines may be between two places that are shown in one excerpt.
const NEARBY: usize = 6;

/// Lines of more bytes than this are shown in part.
const LONG: usize = 2_000;

/// Lines of a file with places underlined.
struct Excerpt<'a> {
    snippet: Snippet<'a, Annotation<'a>>,
    /// Of a part of a line the renderer does not know the column: what it prints, and what is right.
    correction: Option<(String, String)>,
}

/// A place to underline, and its label.
#[derive(Clone, Copy)]
struct Mark<'a> {
    kind: AnnotationKind,
    span: Span,
    label: &'a str,
}

/// The excerpts that show `marks`, that of the first one first. Places near each other share one.
fn excerpts<'a>(marks: &[Mark<'_>], files: &FileStore) -> Vec<Excerpt<'a>> {
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
fn excerpt<'a>(marks: &[Mark<'_>], files: &FileStore) -> Option<Excerpt<'a>> {
    let file = files.file(marks.first()?.span.file);
    let (source, lines) = (file.text(), file.lines());
    let numbers = marks.iter().map(|mark| files.start(mark.span).line);
    let (first, last) = (numbers.clone().min()?, numbers.max()?);
    let whole = lines.range(source, first)?.start..lines.range(source, last)?.end;
    let window = match whole.len() {
        0..=LONG => whole.clone(),
        _ => around(source, &whole, marks[0].span.range()),
    };
    let text = &source[window.clone()];
    // What a terminal would obey is spelled out, which moves what comes after it.
    let moved = |offset: usize| sanitise(&text[..offset]).len();
    let path = sanitise_line(file.path().as_str());
    let mut snippet =
        Snippet::source(sanitise(text).into_owned()).line_start(first).path(path.clone());
    for mark in marks {
        let line = lines.range(source, files.start(mark.span).line)?;
        // A span of several lines is shown by its first.
        let inside = |offset: usize| {
            let offset = offset.clamp(line.start, line.end).clamp(window.start, window.end);
            text.floor_char_boundary(offset - window.start)
        };
        let span = mark.span.range();
        let annotation = mark.kind.span(moved(inside(span.start))..moved(inside(span.end)));
        snippet = snippet.annotation(match mark.label {
            "" => annotation,
            label => annotation.label(sanitise_line(label)),
        });
    }
    let correction = (window != whole).then(|| {
        let start = files.start(marks[0].span);
        let seen = &source[window.start..marks[0].span.range().start.max(window.start)];
        let shown = sanitise(seen).chars().count() + 1;
        let place = |column: usize| format!("{path}:{}:{column}", start.line);
        (place(shown), place(start.column))
    });
    Some(Excerpt { snippet, correction })
}

/// The part of the lines `whole` that shows `mark` and the text around it.
fn around(source: &str, whole: &Range<usize>, mark: Range<usize>) -> Range<usize> {
    let start = source.floor_char_boundary(mark.start.saturating_sub(LONG / 4).max(whole.start));
    let end = mark.end.min(mark.start + LONG / 2) + LONG / 4;
    start..source.floor_char_boundary(end.min(whole.end))
}

/// What `--fix` could do, if anything.
fn fixes_line(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |safety| {
        diagnostics.iter().filter(|diagnostic| diagnostic.fixable() == Some(safety)).count()
    };
    match (count(Safety::Safe), count(Safety::Unsafe)) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} of them can be fixed with `--fix`")),
        (0, unsure) => Some(format!(
            "{unsure} of them can be fixed with `--fix --unsafe-fixes`; review the result"
        )),
        (safe, unsure) => Some(format!(
            "{safe} of them can be fixed with `--fix`, and {unsure} more with `--unsafe-fixes`; review the result"
        )),
    }
}
