//! `template-leftover`: instructions and placeholders of a template that are still in a page.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memmem;

use super::next_step_missing::{is_about_the_next_step, looks_ahead, pages_with_a_next_step};
use super::placeholders::placeholders;
use super::unwritten::{is_put_off, may_be_put_off};
use crate::config::Pages;
use crate::handbook::Page;
use crate::handbook::templates::{Passage, instructions, is_template, passages_of};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::Outline;
use crate::source::{FileId, RepoPath, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "template-leftover",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES.and(Needs::TEMPLATES),
    manual: Manual {
        what: "Fires on what a template leaves to whoever copies it: a section whose only text is `TODO`, `TBD` or the like, and `Lorem ipsum`; in pages of the kinds `direction` and `strategy`, and those with `sections` or a `template`, also placeholders such as `[Category name]`, `[insert the goal]`, `<Team name>`, `{{team}}`, `XX`, and `yyyy-mm-dd` for a date; and instructions of the page's template, which are its quotes and its paragraphs in italics, word by word. Code and comments are not looked at, nor are templates. Other pages of a handbook, which show how a message is worded, may hold placeholders.",
        why: "The page looks written and is not, and who reads it wonders what else in it nobody meant.",
        bad: Example {
            path: "strategy/search.md",
            text: "# [Team name] strategy\n\n## Mission\n\nFind every book.\n\n## Goals\n\nTBD\n",
        },
        good: Example {
            path: "strategy/search.md",
            text: "# Search strategy\n\n## Mission\n\nFind every book.\n\n## Goals\n\nNone yet: we choose them in spring.\n",
        },
        source: "GitLab and Sourcegraph: a direction or strategy page starts as a copy of a template, whose hints are to be replaced.",
    },
    check,
};

/// The kinds of pages that are written after a form.
const AFTER_A_FORM: [&str; 2] = ["direction", "strategy"];

/// Text that never means anything.
const FILLER: &str = "lorem ipsum";

/// The instructions of a template by their words.
struct Template {
    file: FileId,
    instructions: HashMap<String, Passage>,
}

fn check(context: Context<'_>, report: &mut Report) {
    let templates = templates(context);
    let next_steps = pages_with_a_next_step(context.handbook);
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        let Some(entry) = context.config.pages.get(page.entry) else { return };
        if is_template(&page.path) || templates.contains_key(&page.path) {
            return;
        }
        let visible = LazyCell::new(|| outline.visible_text(text));
        put_off(page, (text, &visible), outline, looks_ahead(page, &next_steps), report);
        if is_after_a_form(entry) {
            filled_in(page, &visible, |_| true, report);
        } else if may_hold_filler(text) {
            filled_in(page, &visible, |words| words.eq_ignore_ascii_case(FILLER), report);
        }
        if let Some(template) = entry.template.as_ref().and_then(|path| templates.get(path)) {
            copied(page, text, outline, template, report);
        }
    });
}

/// Whether [`FILLER`] may stand in `text`, whose case nobody mixes within a word.
fn may_hold_filler(text: &str) -> bool {
    let holds = |part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    holds("psum") || holds("PSUM")
}

fn templates(context: Context<'_>) -> HashMap<&RepoPath, Template> {
    let all = context.handbook.templates.iter().map(|(path, &file)| {
        let template = context.files.file(file);
        let found = instructions(template.text(), template.outline()).into_iter();
        let instructions = found.map(|passage| (passage.words.clone(), passage)).collect();
        (path, Template { file, instructions })
    });
    all.collect()
}

/// Whether the pages of `entry` are copies of a form.
fn is_after_a_form(entry: &Pages) -> bool {
    AFTER_A_FORM.contains(&entry.kind.as_str())
        || !entry.sections.is_empty()
        || entry.template.is_some()
}

/// Reports the sections that are still to be written. What comes next is another rule's, where it `looks_ahead`.
fn put_off(
    page: &Page,
    (text, visible): (&str, &LazyCell<String, impl FnOnce() -> String>),
    outline: &Outline,
    looks_ahead: bool,
    report: &mut Report,
) {
    for (index, heading) in outline.headings.iter().enumerate() {
        let own = outline.own_section(text, index);
        if !may_be_put_off(&text[own.clone()]) {
            continue;
        }
        let prose = outline.prose(text, own.clone());
        if is_put_off(&prose) && !(looks_ahead && is_about_the_next_step(&heading.title)) {
            let (start, words) = first_line(visible, own);
            let span = Span::new(page.file, start..start + words.len());
            let message = format!("the section `{}` is still to be written", heading.title);
            let help = "write it, or take the section out";
            report.add(Finding::new(span, message).label("its only text").help(help));
        }
    }
}

/// The first line in `range` of `text` that has a word, and where it begins.
fn first_line(text: &str, range: Range<usize>) -> (usize, &str) {
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let words = line.trim();
        if words.contains(char::is_alphanumeric) {
            return (at + line.len() - line.trim_start().len(), words);
        }
        at += line.len();
    }
    (at, "")
}

/// Reports the words in the `visible` text of a page that are still to be filled in, if they are such as `is_it` asks
/// for.
fn filled_in(page: &Page, visible: &str, is_it: impl Fn(&str) -> bool, report: &mut Report) {
    let (mut line, mut at) = (0, 0);
    let mut seen = HashSet::new();
    for range in placeholders(visible) {
        line += visible[at..range.start].matches('\n').count();
        at = range.start;
        let words = &visible[range.clone()];
        // What stands twice in a line is fixed at once.
        if is_it(words) && seen.insert((line, words)) {
            let message = match words.eq_ignore_ascii_case(FILLER) {
                true => "text without a meaning stands where some was to be written".to_owned(),
                false => format!("`{words}` is still to be filled in"),
            };
            let help = "write what belongs there, or take it out";
            report.add(Finding::new(Span::new(page.file, range), message).help(help));
        }
    }
}

/// Reports what `page` has of the instructions of its template, a finding for those that stand together.
fn copied(page: &Page, text: &str, outline: &Outline, template: &Template, report: &mut Report) {
    for block in passages_of(text, outline) {
        let instruction = |passage: &Passage| template.instructions.get(&passage.words);
        let runs = block.chunk_by(|a, b| instruction(a).is_some() == instruction(b).is_some());
        for run in runs {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let Some(original) = instruction(first) else { continue };
            let span = Span::new(page.file, first.span.start..last.span.end);
            let finding = Finding::new(span, "an instruction of the template is still in the page")
                .help("follow it, then take it out")
                .related(Span::new(template.file, original.span.clone()), "the instruction");
            report.add(finding);
        }
    }
}
