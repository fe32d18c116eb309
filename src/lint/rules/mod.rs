//! The rules, one file each. Adding one is a new file and a line in [`ALL`].

mod ballots;
mod bare_issue_reference;
mod broken_table;
mod category_in_several_groups;
mod category_stage_mismatch;
mod category_ungrouped;
mod changed_since_review;
mod codeowners_dead;
mod codeowners_malformed;
mod codeowners_missing;
mod data_file_removed;
mod direction_missing;
mod documentation_missing;
mod draft_stale;
mod duplicate_key;
mod duplicate_role_slug;
mod duplicate_title;
mod feature_label_shared;
mod fiscal_year_date;
mod gate_softened;
mod gate_weakened;
mod generated;
mod generated_drift;
mod generated_hand_edited;
mod generator_argument;
mod generator_unknown;
mod heading_duplicate_id;
mod ideas;
mod inconsistent_spelling;
mod invalid_value;
mod link_absolute_internal;
mod link_malformed;
mod link_missing_anchor;
mod link_missing_file;
mod link_unsafe_scheme;
mod links;
mod manager_without_slug;
mod marker_broken;
mod marketing_category_limit;
mod maturity_date_future;
mod maturity_date_missing;
mod maturity_date_order;
mod maturity_deployment_conflict;
mod maturity_plan_missed;
mod merge_conflict;
mod missing_feature_unlinked;
mod missing_field;
mod next_step_missing;
mod page_maturity_drift;
mod page_unlisted;
mod pages;
mod placeholders;
mod prose;
mod reporting_cycle;
mod review_date_future;
mod review_date_imprecise;
mod review_date_malformed;
mod review_date_missing;
mod review_dates_conflict;
mod review_interval_malformed;
mod review_overdue;
mod rice_disagreement;
mod rice_duplicate_id;
mod rice_effort_not_positive;
mod rice_missing_factor;
mod rice_off_scale;
mod rice_score_mismatch;
mod rice_stale;
mod rice_unknown_reference;
mod stage_links_categories;
mod strategy_section_missing;
mod suppression_malformed;
mod suppression_unused;
mod template_leftover;
mod tier_cascade;
mod unknown_field;
mod unknown_reference;
mod unreadable_file;
mod unwritten;
mod vote_unknown_item;
mod vote_unknown_participant;
mod votes_exceeded;
mod wrong_type;
mod yaml_syntax;

use std::collections::HashSet;

use super::{Context, Finding, Fix, Report, Rule};
use crate::handbook::ProblemKind;
use crate::source::{Replacement, Span};

/// All rules, in the order in which they are listed: first how the files are written, then what they
/// say, then what pages say of themselves.
pub static ALL: &[&Rule] = &[
    &unreadable_file::RULE,
    &yaml_syntax::RULE,
    &merge_conflict::RULE,
    &duplicate_key::RULE,
    &missing_field::RULE,
    &wrong_type::RULE,
    &unknown_field::RULE,
    &invalid_value::RULE,
    &inconsistent_spelling::RULE,
    &unknown_reference::RULE,
    &duplicate_title::RULE,
    &maturity_date_order::RULE,
    &maturity_date_missing::RULE,
    &maturity_date_future::RULE,
    &maturity_plan_missed::RULE,
    &direction_missing::RULE,
    &documentation_missing::RULE,
    &category_ungrouped::RULE,
    &category_in_several_groups::RULE,
    &category_stage_mismatch::RULE,
    &marketing_category_limit::RULE,
    &feature_label_shared::RULE,
    &tier_cascade::RULE,
    &missing_feature_unlinked::RULE,
    &maturity_deployment_conflict::RULE,
    &manager_without_slug::RULE,
    &reporting_cycle::RULE,
    &duplicate_role_slug::RULE,
    &rice_off_scale::RULE,
    &rice_missing_factor::RULE,
    &rice_effort_not_positive::RULE,
    &rice_score_mismatch::RULE,
    &rice_stale::RULE,
    &rice_disagreement::RULE,
    &rice_unknown_reference::RULE,
    &rice_duplicate_id::RULE,
    &generated_drift::RULE,
    &generated_hand_edited::RULE,
    &generator_unknown::RULE,
    &generator_argument::RULE,
    &marker_broken::RULE,
    &votes_exceeded::RULE,
    &vote_unknown_item::RULE,
    &vote_unknown_participant::RULE,
    &review_date_missing::RULE,
    &review_date_malformed::RULE,
    &review_date_future::RULE,
    &review_overdue::RULE,
    &review_date_imprecise::RULE,
    &review_dates_conflict::RULE,
    &review_interval_malformed::RULE,
    &page_maturity_drift::RULE,
    &changed_since_review::RULE,
    &link_missing_file::RULE,
    &link_missing_anchor::RULE,
    &link_absolute_internal::RULE,
    &link_malformed::RULE,
    &link_unsafe_scheme::RULE,
    &page_unlisted::RULE,
    &stage_links_categories::RULE,
    &next_step_missing::RULE,
    &strategy_section_missing::RULE,
    &template_leftover::RULE,
    &bare_issue_reference::RULE,
    &fiscal_year_date::RULE,
    &codeowners_missing::RULE,
    &codeowners_dead::RULE,
    &codeowners_malformed::RULE,
    &draft_stale::RULE,
    &broken_table::RULE,
    &heading_duplicate_id::RULE,
    GATE_WEAKENED,
    GATE_SOFTENED,
    DATA_FILE_REMOVED,
    SUPPRESSION_MALFORMED,
    SUPPRESSION_UNUSED,
];

/// The rule about changes that have less checked.
pub(super) static GATE_WEAKENED: &Rule = &gate_weakened::RULE;

/// The rule about changes that silence or soften findings.
pub(super) static GATE_SOFTENED: &Rule = &gate_softened::RULE;

/// The rule about data files that a change removes.
pub(super) static DATA_FILE_REMOVED: &Rule = &data_file_removed::RULE;

/// The rule about suppressions that cannot be read.
pub(super) static SUPPRESSION_MALFORMED: &Rule = &suppression_malformed::RULE;

/// The rule about suppressions that silence nothing.
pub(super) static SUPPRESSION_UNUSED: &Rule = &suppression_unused::RULE;

/// Reports what reading the handbook found of `kind`.
fn report_problems(context: Context<'_>, kind: ProblemKind, report: &mut Report) {
    // What several records take from one anchor stands in one place, and is reported once.
    let mut seen = HashSet::new();
    let problems = context.handbook.problems.iter().filter(|problem| problem.kind == kind);
    for problem in problems.filter(|problem| {
        kind == ProblemKind::MissingField || seen.insert((problem.span, &problem.label))
    }) {
        let mut finding = Finding::from(problem);
        finding.fix = fix(problem.span, problem.replacement.as_ref());
        if kind == ProblemKind::MissingField {
            finding = finding.of_quoted();
        }
        report.add(finding);
    }
}

/// The change that puts `replacement` in the place of the key or value at `span`.
fn fix(span: Span, replacement: Option<&Replacement>) -> Option<Fix> {
    let Replacement { value, is_sure, is_quoted } = replacement?;
    let fix = if *is_quoted { Fix::quotes(span) } else { Fix::scalar(span, value.as_str()) };
    Some(if *is_sure { fix } else { fix.needs_a_look() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_whole_manual() {
        let mut ids = HashSet::new();
        for rule in ALL {
            assert!(ids.insert(rule.id), "{} stands twice", rule.id);
            let manual = &rule.manual;
            assert!(manual.what.starts_with("Fires on "), "{}", rule.id);
            for text in [manual.what, manual.why, manual.source] {
                assert!(text.ends_with('.'), "{}: {text}", rule.id);
            }
            assert_ne!(manual.bad.text, manual.good.text, "{}", rule.id);
        }
    }
}
