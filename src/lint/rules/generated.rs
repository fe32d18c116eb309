//! What the rules about generated text share.

use std::ops::Range;

use crate::generate::generator::CallProblemKind;
use crate::generate::page::{Filled, GeneratedPage};
use crate::lint::{Context, Finding, Report};
use crate::source::Span;

/// The pages with marks, templates too.
pub(super) fn pages(context: Context<'_>) -> impl Iterator<Item = &GeneratedPage> {
    context.generated.into_iter().flat_map(|all| all.pages.iter().chain(&all.templates))
}

/// All marks, each with its page.
pub(super) fn filled(context: Context<'_>) -> impl Iterator<Item = (&GeneratedPage, &Filled)> {
    pages(context).flat_map(|page| page.filled.iter().map(move |filled| (page, filled)))
}

/// Reports what is wrong with the calls of generators, of one kind.
pub(super) fn report_calls(context: Context<'_>, kind: CallProblemKind, report: &mut Report) {
    for (page, filled) in filled(context) {
        if let Err(problem) = &filled.outcome
            && problem.kind == kind
        {
            report.add(at(page, problem.span.clone()).with(&*problem.message, &*problem.help));
        }
    }
}

/// A place of a page.
pub(super) fn at(page: &GeneratedPage, range: Range<usize>) -> Place {
    Place(Span::new(page.file, range))
}

/// Where a finding is to stand.
pub(super) struct Place(Span);

impl Place {
    /// The finding at this place.
    pub(super) fn with(self, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding::new(self.0, message).help(help).of_quoted()
    }
}
