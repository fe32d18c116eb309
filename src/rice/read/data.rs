//! Ideas of `rice.yml`.

use crate::handbook::{WrittenEstimate, WrittenIdea};
use crate::rice::idea::{Entry, Estimate, Idea, Pointer};
use crate::rice::written::{Notation, Place, read_in};
use crate::rice::{Factor, Scales};
use crate::source::Spanned;

/// The ideas among the handbook's data.
pub fn ideas_of_data(written: &[WrittenIdea], scales: &Scales) -> Vec<Idea> {
    written.iter().map(|written| idea(written, scales)).collect()
}

fn idea(written: &WrittenIdea, scales: &Scales) -> Idea {
    let value = |field: &Option<Spanned<String>>| field.as_ref().map(|field| field.value.clone());
    let key = &written.key;
    let title = value(&written.title).unwrap_or_else(|| key.value.clone());
    let mut idea = Idea::new(key.value.clone(), title, key.span);
    let pointers = [
        (Pointer::Category, &written.category),
        (Pointer::Feature, &written.feature),
        (Pointer::Team, &written.team),
    ];
    let given = pointers.into_iter().filter_map(|(what, to)| Some((what, to.clone()?)));
    idea.pointers = given.collect();
    idea.link = value(&written.link);
    idea.owner = value(&written.owner);
    idea.notes = value(&written.notes);
    // Where several estimate, factors beside the list are one more estimate.
    let own = estimate(&written.own, None, scales);
    let several = written.estimates.iter();
    idea.estimates = several.map(|one| estimate(one, Some(&written.own), scales)).collect();
    if idea.estimates.is_empty() || !own.is_blank() {
        idea.estimates.insert(0, own);
    }
    idea
}

/// An estimate without a date is as old as `whole`.
fn estimate(
    written: &WrittenEstimate,
    whole: Option<&WrittenEstimate>,
    scales: &Scales,
) -> Estimate {
    let mut factors = [const { None }; 4];
    let place = Place { notation: Notation::Yaml, ..Place::default() };
    for (factor, text) in Factor::ALL.into_iter().zip(&written.factors) {
        factors[factor.index()] = text.as_ref().map(|text| Entry {
            text: text.value.clone(),
            span: text.span,
            written: read_in(factor, &text.value, scales, place),
        });
    }
    Estimate {
        by: written.by.as_ref().map(|by| by.value.clone()),
        date: written.date.or_else(|| whole.and_then(|whole| whole.date)),
        span: written.key.span,
        factors,
        unit: None,
    }
}
