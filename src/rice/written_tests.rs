//! What is read from what people write.

use super::*;
use crate::rice::scales::Scale;
use proptest::prelude::*;

fn of(factor: Factor, text: &str) -> String {
    match read(factor, text, &Scales::default()) {
        Written::Value(value) => value.fraction(),
        Written::OffScale(value) => format!("off {}", value.fraction()),
        Written::Contradiction(both) => {
            format!("{} or {}", both.0.fraction(), both.1.fraction())
        }
        Written::Nothing => "nothing".to_owned(),
        Written::NotPositive => "not positive".to_owned(),
        Written::Unreadable => "unreadable".to_owned(),
        Written::Refused(doubt) => format!("{doubt:?}"),
    }
}

#[track_caller]
fn all(factor: Factor, cases: &[(&str, &str)]) {
    for (text, value) in cases {
        assert_eq!(of(factor, text), *value, "{text}");
    }
}

#[test]
fn reach_is_a_step_or_a_share_of_users() {
    all(
        Factor::Reach,
        &[
            ("10.0", "10"),
            ("`6`", "6"),
            ("**3.0**", "3"),
            (".5", "1/2"),
            ("0,5", "1/2"),
            ("1.5x", "3/2"),
            ("vast majority", "10"),
            ("The vast majority of our users", "10"),
            ("Large", "6"),
            ("~65% of users", "6"),
            ("`~65%` of users", "6"),
            ("65%", "6"),
            ("50%", "6"),
            ("49.9%", "3"),
            ("25 to 50%", "3"),
            ("50% - 80%", "6"),
            ("50\u{2013}80%", "6"),
            ("80% or more", "10"),
            ("> 80%", "10"),
            ("less than 5%", "1/2"),
            ("<5%", "1/2"),
            ("under ~5% of users", "1/2"),
            ("5%", "3/2"),
            ("6.0 = large percentage (~50% to ~80%)", "6"),
            ("10 (80% or more)", "10"),
            ("Minimal reach", "1/2"),
            ("6 - see issue 4711", "6"),
            ("100%", "10"),
            ("4", "off 4"),
            ("0.65", "off 13/20"),
            ("120%", "off 6/5"),
            ("-3", "off -3"),
            ("6 (under 5%)", "6 or 1/2"),
            ("TBD", "nothing"),
            ("", "nothing"),
            ("many people", "unreadable"),
            // Counts are no steps, even if the number is one.
            ("10,000 users", "unreadable"),
            (
                "1,500",
                "Grouped(Exact(Ratio { numer: 3, denom: 2 }), Exact(Ratio { numer: 1500, denom: 1 }))",
            ),
            ("0,500", "1/2"),
            ("10k users", "unreadable"),
            ("3M", "unreadable"),
            ("10 customers", "unreadable"),
            ("1.5 million users", "unreadable"),
            ("3 of 20 customers", "unreadable"),
            ("3 out of 10", "unreadable"),
            ("10 to 20 customers", "unreadable"),
            // A dash may stand before what the step means.
            ("10 - 80% or more of users", "10"),
            ("6 - 65% of users", "6"),
            ("3 \u{2013} 25 to 50%", "3"),
            ("10 - 25%", "3/2"),
            ("10 (12,000 users)", "10"),
            ("0.5 (<5%)", "1/2"),
            ("minimal (under 5%)", "1/2"),
            ("minimal reach: less than 5% of users", "1/2"),
            ("6 (was 3)", "6 or 3"),
            ("65%, 70%", "Several"),
            ("0.5 of users", "unreadable"),
            ("80%+", "10"),
            ("80% to 100%", "10"),
            ("0 to 5%", "1/2"),
            ("5% to 80%", "3/2 or 6"),
            ("0.5 to 10", "1/2 or 10"),
            ("3 to 6", "3 or 6"),
            // All steps are none.
            ("10/6/3/1.5/0.5", "unreadable"),
            ("10, 6, 3, 1.5, 0.5", "10 or 6"),
            ("largest", "unreadable"),
        ],
    );
}

#[test]
fn impact_is_a_multiplier_or_its_name() {
    all(
        Factor::Impact,
        &[
            ("3x", "3"),
            ("3 x", "3"),
            (".25", "1/4"),
            ("0.25x", "1/4"),
            ("High", "2"),
            ("`medium`", "1"),
            ("Massive = 3x", "3"),
            ("2 (high)", "2"),
            ("low (0.5x)", "1/2"),
            ("minimal", "1/4"),
            ("high (1)", "2 or 1"),
            ("4x", "off 4"),
            ("50%", "off 1/2"),
            ("highly", "unreadable"),
            ("3e1", "unreadable"),
            ("0.25 to 3", "1/4 or 3"),
            ("3/2/1/0.5/0.25", "unreadable"),
        ],
    );
}

#[test]
fn confidence_is_a_percentage_a_share_or_its_name() {
    all(
        Factor::Confidence,
        &[
            ("80%", "4/5"),
            ("0.8", "4/5"),
            (".80", "4/5"),
            ("80", "4/5"),
            ("80 %", "4/5"),
            ("100", "1"),
            ("1", "1"),
            ("High", "1"),
            ("medium (80%)", "4/5"),
            ("50% - low", "1/2"),
            ("100.0%", "1"),
            ("high (80%)", "1 or 4/5"),
            ("70%", "off 7/10"),
            ("5", "off 5"),
            ("50% to 100%", "1/2 or 1"),
            ("100/80/50%", "unreadable"),
            ("0.8 - medium", "4/5"),
        ],
    );
}

#[test]
fn effort_is_counted_in_person_months() {
    all(
        Factor::Effort,
        &[
            ("2", "2"),
            ("2 month", "2"),
            ("`2 months`", "2"),
            ("1.5 person-months", "3/2"),
            ("6 weeks", "10/7"),
            ("10 days", "10/21"),
            ("21d", "1"),
            ("1 month 2 weeks", "31/21"),
            ("1 month + 2 weeks", "31/21"),
            ("2 weeks (10 days)", "10/21"),
            ("2 (weeks)", "10/21"),
            ("2 [w]", "10/21"),
            ("2 (2)", "2"),
            ("3 man-days", "1/7"),
            ("2 weeks (Q3 2026)", "10/21"),
            ("2 (see #12)", "2"),
            ("2?", "2"),
            ("3'500", "3500"),
            ("1/2 month", "1/2"),
            ("half a month", "1/2"),
            ("a month", "1"),
            ("two months", "2"),
            ("1 quarter", "3"),
            ("~3 engineer months", "3"),
            ("3 pm", "3"),
            ("0.5", "1/2"),
            ("0", "not positive"),
            ("-1", "not positive"),
            ("0 weeks", "not positive"),
            ("2-3 months", "Several"),
            ("2 to 3", "Several"),
            ("2 months to 3 months", "Several"),
            ("2 months - 3 months", "Several"),
            ("2 people-months", "2"),
            ("2 FTE-months", "2"),
            ("2-month", "2"),
            ("2 - both of us", "2"),
            ("2 (two of us for 4 weeks)", "Several"),
            ("3 months of engineering", "3"),
            // What would be taken for months, and is none.
            ("2 engineers for 3 weeks", "Unit(\"engineers\")"),
            ("3 weeks x 2 engineers", "Several"),
            ("6 weeks for two people", "Several"),
            ("3 weeks each", "Several"),
            ("3 sprints", "Unit(\"sprints\")"),
            ("3 (sprints)", "Unit(\"sprints\")"),
            ("40 hours", "Unit(\"hours\")"),
            ("5 story points", "Unit(\"story\")"),
            ("1\u{bd} months", "Several"),
            ("2 1/2 months", "Several"),
            (
                "1,500",
                "Grouped(Exact(Ratio { numer: 3, denom: 2 }), Exact(Ratio { numer: 1500, denom: 1 }))",
            ),
            ("big", "unreadable"),
            ("50%", "unreadable"),
            ("?", "nothing"),
        ],
    );
    let weeks = read_in(
        Factor::Effort,
        "21",
        &Scales::default(),
        Place::column(&Measure::Unit(Unit::Week), Notation::Unknown),
    );
    assert_eq!(weeks, Written::Value(Exact::new(5, 1)));
}

#[test]
fn of_a_calculation_a_range_or_a_list_no_number_is_taken() {
    for text in [
        "3*2",
        "3 * 2",
        "3+3",
        "3 + 3",
        "3x3",
        "3 x 3",
        "3/6",
        "6/3",
        "3-3",
        "3:3",
        "3..6",
        "3 6",
        "3 3",
        "3, 3",
        "3; 6",
        "3 or 6",
        "3 to 6",
        "3 and 6",
        "3 & 6",
        "3 ~ 6",
        "3 -> 6",
        "3\u{2192}6",
        "3\u{2026}6",
        "3\u{b1}1",
        "3^2",
        "3 (6)",
        "=1+2",
        "=3",
        "~~6~~ 3",
        "<del>6</del> 3",
        "3+",
        ">3",
        "at least 3",
        "3-",
        "3 per team",
        "3 000",
    ] {
        for factor in [Factor::Reach, Factor::Impact, Factor::Effort] {
            let written = read(factor, text, &Scales::default());
            assert!(!matches!(written, Written::Value(_)), "{text} is read as {written:?}");
        }
    }
    for text in ["low to medium", "high / medium", "high, low", "medium or high", "high & low"] {
        let written = read(Factor::Impact, text, &Scales::default());
        assert!(matches!(written, Written::Contradiction(..)), "{text} is read as {written:?}");
    }
}

#[test]
fn a_bare_number_counts_as_its_column_says() {
    let read = |factor, text, measure: &Measure| {
        read_in(factor, text, &Scales::default(), Place::column(measure, Notation::Unknown))
    };
    let value = |numerator, denominator| Written::Value(Exact::new(numerator, denominator));
    assert_eq!(read(Factor::Reach, "10", &Measure::Percent), value(3, 2));
    assert_eq!(read(Factor::Reach, "60%", &Measure::Percent), value(6, 1));
    assert_eq!(read(Factor::Confidence, "80", &Measure::Percent), value(4, 5));
    let doubt = Written::Refused(Box::new(Doubt::Percent(Exact::new(4, 5))));
    assert_eq!(read(Factor::Confidence, "0.8", &Measure::Percent), doubt);
    let users = Measure::Unknown("Reach (users)".to_owned());
    let header = |doubt: Written| matches!(doubt, Written::Refused(doubt) if matches!(*doubt, Doubt::Column(_)));
    assert!(header(read(Factor::Reach, "10", &users)));
    assert_eq!(read(Factor::Reach, "65%", &users), value(6, 1));
    let sprints = Measure::Unknown("Effort (sprints)".to_owned());
    assert!(header(read(Factor::Effort, "2", &sprints)));
    assert_eq!(read(Factor::Effort, "2 weeks", &sprints), value(10, 21));
    assert_eq!(read(Factor::Effort, "2 weeks", &Measure::Unit(Unit::Day)), value(10, 21));
    let claimed = Measure::Claimed(vec!["Effort".to_owned(), "Dev effort".to_owned()]);
    assert!(matches!(read(Factor::Effort, "2 weeks", &claimed), Written::Refused(_)));
}

#[test]
fn a_section_says_it_somewhere_in_its_text() {
    let prose =
        |factor, text| read_prose(factor, text, &Scales::default(), &Measure::Plain).written;
    let value = |numerator, denominator| Written::Value(Exact::new(numerator, denominator));
    assert_eq!(prose(Factor::Reach, "- `6.0`, because half of them ask"), value(6, 1));
    assert_eq!(prose(Factor::Reach, "We think that ~65% of users get it."), value(6, 1));
    assert_eq!(prose(Factor::Impact, "It is **High** for them."), value(2, 1));
    assert_eq!(prose(Factor::Confidence, "High\n\nWe asked 12 of them."), value(1, 1));
    assert_eq!(prose(Factor::Effort, "About 6 weeks."), value(10, 7));
    assert_eq!(prose(Factor::Impact, "How much will this change?"), Written::Unreadable);
    assert_eq!(prose(Factor::Impact, "\n"), Written::Nothing);
    assert_eq!(prose(Factor::Reach, "In Q3 2025 it was ~65% of users."), value(6, 1));
    let steps = "How many benefit?\n\n- `10.0` = vast majority\n- `6.0` = large percentage\n";
    let both = Written::Contradiction(Box::new((Exact::new(10, 1), Exact::new(6, 1))));
    assert_eq!(prose(Factor::Reach, steps), both);
    let chosen = format!("6.0\n\n{steps}");
    assert_eq!(prose(Factor::Reach, &chosen), value(6, 1));
    let table = "| High | 100% |\n| --- | --- |\n| Low | 50% |";
    let both = Written::Contradiction(Box::new((Exact::ONE, Exact::new(1, 2))));
    assert_eq!(prose(Factor::Confidence, table), both);
}

#[test]
fn a_value_is_not_taken_of_half_a_text() {
    for (factor, texts) in [
        (
            Factor::Effort,
            &[
                "a month and a half",
                "1 month and a half",
                "a week and a half",
                "a quarter and a half",
                "a month to a quarter",
                "half a month or more",
                "2 months less a week",
                "2 months twice",
                "2 months (x2)",
                "2 months (twice)",
                "2 months a person",
                "2 months (each)",
                "2 months (per team)",
                "2 months for each team",
                "2 months for iOS",
                "2 months, doubled with tests",
                "a month minimum",
                "2 months min",
                "2 months max",
                "2 days a week",
                "1 day a month",
                "2 months a week",
                "2 quarter months",
                "2 weeks sprint",
                "2 week sprints",
                "1 month 2 months",
                "2 weeks 1 month",
                "2 weeks weeks",
                "2 (in weeks)",
                "2 (estimated weeks)",
                "2 + QA",
                "2\u{c4d}a",
                "2 (see (3 more))",
                "2 months \u{2192} later more",
            ][..],
        ),
        (
            Factor::Impact,
            &[
                "low impact on churn, high on nps",
                "massive for some, minimal for most",
                "high now low later",
                "high. low",
                "low, but high for admins",
                "high (for admins)",
                "2 and a half",
                "2 less one",
                "2 low",
                "high, if it works",
                "3x for half of them",
            ],
        ),
        (
            Factor::Confidence,
            &["medium, maybe high", "80% of the time", "80% less", "80% (or 50%)"],
        ),
        (
            Factor::Reach,
            &[
                "50% of half the users",
                "80% of admins",
                "25% more",
                "25% less",
                "25% of the users twice",
                "6 (of 10)",
                "large, minimal later",
            ],
        ),
    ] {
        for text in texts {
            let written = read(factor, text, &Scales::default());
            let is_refused = matches!(written, Written::Refused(_) | Written::Contradiction(_));
            assert!(is_refused, "{text} is read as {written:?}");
        }
    }
    all(
        Factor::Effort,
        &[
            ("1 month and 2 weeks", "31/21"),
            ("1 month and a week", "26/21"),
            ("1 quarter, 1 month", "4"),
            ("2 months (rough estimate)", "2"),
            ("2 months of work (2026-01-12)", "2"),
            ("~2 months in total", "2"),
            ("2 [2]", "2"),
        ],
    );
    all(
        Factor::Impact,
        &[
            ("High impact", "2"),
            ("high (2x)", "2"),
            ("2 (#12)", "2"),
            ("low?", "1/2"),
            ("2 (survey)", "2"),
        ],
    );
}

#[test]
fn a_conversion_is_not_added_up() {
    all(
        Factor::Effort,
        &[
            ("1 month, about 4 weeks", "1"),
            ("1 month ca. 4 weeks", "1"),
            ("1 month (about 4 weeks)", "1"),
            ("2 months = 8 weeks", "2"),
            ("2 months (\u{2248} 42 days)", "2"),
            ("9 weeks = 2 months", "15/7"),
            ("2 months \u{2248} 9 weeks", "Several"),
            ("2 months ~ 9 weeks", "Several"),
            ("2 months roughly 9 weeks", "Several"),
            ("2 months ~3 weeks", "Several"),
            ("6 weeks \u{2248} 1 month", "Several"),
            ("1 month and about 2 weeks", "31/21"),
            ("2026", "Year"),
            ("2026 days", "2026/21"),
        ],
    );
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
        for factor in Factor::ALL {
            let _ = of(factor, &text);
            let _ = read_prose(factor, &text, &Scales::default(), &Measure::Plain);
        }
    }

    #[test]
    fn every_step_is_read_back_from_its_spelling(at in 0_usize..5, factor in prop::sample::select(&Factor::SCALED[..])) {
        let scales = Scales::default();
        let scale = scales.of(factor).expect("a scale");
        let step = &scale.steps[at % scale.steps.len()];
        let spelled = [Scale::spell(factor, step.value), step.described(factor), step.names[0].clone()];
        for text in spelled {
            prop_assert_eq!(read(factor, &text, &scales), Written::Value(step.value), "{}", text);
        }
    }
}
