use super::*;

fn prose(factor: Factor, text: &str) -> Prose {
    read_prose(factor, text, &Scales::default(), &Measure::Plain)
}

#[track_caller]
fn says(factor: Factor, text: &str, numerator: i64, denominator: u32) {
    let value = Written::Value(Exact::new(numerator, denominator));
    assert_eq!(prose(factor, text).written, value, "{text}");
}

#[test]
fn of_half_a_sentence_no_amount_of_work_is_taken() {
    for text in [
        "a month and a half",
        "About a month and a half.",
        "**a month** and a half",
        "a month\nand a half",
        "a month or two",
        "a month to a quarter",
        "half a month or more",
        "2 months less a week",
        "2 months for each team",
        "2 months per team",
        "`2 months` per team",
        "2 months, twice",
        "2 months, doubled with tests",
        "2 months (each)",
        "2 months minimum",
        "2 months plus a week for tests",
        "2 months + tests",
        "2 months. Plus a week for tests.",
        "2 months.\nPlus 1 week for tests.",
        "2 months. Double that with tests.",
        "2 months with 2 engineers",
        "6 weeks of two people",
        "At least 6 weeks.",
        "Between 6 weeks and 2 months.",
        "No more than 6 weeks.",
        "Two teams need 6 weeks.",
        "Not 6 weeks.",
        "2 months\n\n3 months",
        "2 months\n3 months",
        "2 months.\n\nOops: see below.\n\n1 week",
        "- 2 months\n- 1 month",
        "- 2 months for the server\n- 1 month for the app",
        "- Server: 2 months\n- App: 1 month",
        "| Server | 2 months |\n| --- | --- |\n| App | 1 month |",
    ] {
        let read = prose(Factor::Effort, text).written;
        assert!(matches!(read, Written::Refused(_) | Written::Unreadable), "{text}: {read:?}");
    }
}

#[test]
fn a_whole_sentence_and_prose_after_it_are_read() {
    for text in [
        "2 months",
        "2 months.",
        "About 2 months.",
        "We think that it takes 2 months.",
        "**2 months**",
        "`2 months`, because of the importer",
        "2 months of work, since 3 teams have to agree first",
        "2 months. We need to rewrite the importer.",
        "2 months. We need to rewrite the importer, and 3 teams are in it.",
        "2 months\nWe need to rewrite the importer.",
        "2 months\n\nWe need to rewrite the importer, in 3 steps.",
        "- 2 months\n- needs the importer of Q3 2025",
        "2 months, with tests",
        "In Q3 2025 we guessed 2 months.",
        "2 months (see #12)",
        "2 months\r\n\r\nBecause.\r\n",
    ] {
        says(Factor::Effort, text, 2, 1);
    }
}

#[test]
fn of_half_a_sentence_no_step_is_taken() {
    for (factor, text) in [
        (Factor::Impact, "Low impact on churn, high on retention"),
        (Factor::Impact, "Massive for some, minimal for most"),
        (Factor::Impact, "High now, low later"),
        (Factor::Impact, "It is **high** for some and **low** for most."),
        (Factor::Impact, "Not high."),
        (Factor::Impact, "High\n\nLow"),
        (Factor::Impact, "2 less one"),
        (Factor::Confidence, "Medium or high"),
        (Factor::Confidence, "80%, or 50% without the survey"),
        (Factor::Reach, "80% of half the users"),
        (Factor::Reach, "50% more"),
    ] {
        let read = prose(factor, text).written;
        assert!(!matches!(read, Written::Value(_)), "{text}: {read:?}");
    }
    for (factor, text, numerator, denominator) in [
        (Factor::Impact, "High. Everyone waits for it.", 2, 1),
        (Factor::Impact, "It is **high** for them.", 2, 1),
        (Factor::Impact, "High, because low prices matter", 2, 1),
        (Factor::Impact, "High, as they all asked for 2 years", 2, 1),
        (Factor::Confidence, "80%, after 12 interviews", 4, 5),
        (Factor::Confidence, "High\n\nWe asked 12 of them.", 1, 1),
        (Factor::Reach, "We think that ~65% of users get it.", 6, 1),
        (Factor::Reach, "`6.0` = a large percentage", 6, 1),
    ] {
        says(factor, text, numerator, denominator);
    }
}

#[test]
fn the_place_is_that_of_the_sentence() {
    let text = "Hard to say.\n\nAbout 1 month and a half. We need an importer.";
    let read = prose(Factor::Effort, text);
    assert_eq!(&text[read.place], "About 1 month and a half.");
}

#[test]
fn beside_the_value_a_sentence_has_only_words_that_change_nothing() {
    for text in [
        "Saves 2 months.",
        "The deadline is in 2 months.",
        "We have 2 months.",
        "2 months late.",
        "2 months faster.",
        "2 months squared",
        "2 months for a pair.",
        "2 months, part time.",
        "2 months, excluding tests.",
        "2 months, yearly.",
        "2 months delay",
        "2 months if we hire",
        "2 months (because it is new) for both docks",
        "2 months, because the hull needs 3 weeks",
        "It took 2 months",
        "Less: 2 months",
        "2026",
        "2 months \u{2248} 9 weeks",
    ] {
        let read = prose(Factor::Effort, text).written;
        assert!(matches!(read, Written::Refused(_) | Written::Unreadable), "{text}: {read:?}");
    }
    for text in [
        "The effort is 2 months.",
        "It takes 2 months.",
        "This will take about two months of work.",
        "Estimated at 2 months by the team.",
        "2&nbsp;months",
        "2 months[^1]",
        "[2 months](plan.md)",
        "2 months \u{2014} see the [plan](plan.md).",
        "2 months - mostly testing",
        "2 months, about 8 weeks",
        "1. 2 months",
    ] {
        says(Factor::Effort, text, 2, 1);
    }
    for (factor, text) in [
        (Factor::Impact, "High for admins"),
        (Factor::Impact, "Not so high"),
        (Factor::Confidence, "80% certain that it fails"),
        (Factor::Reach, "65% less"),
        (Factor::Reach, "3 lost"),
    ] {
        let read = prose(factor, text).written;
        assert!(!matches!(read, Written::Value(_)), "{text}: {read:?}");
    }
    says(Factor::Impact, "The impact is high.", 2, 1);
    says(Factor::Confidence, "We have high confidence.", 1, 1);
    says(Factor::Confidence, "80% - we asked 12 people", 4, 5);
    says(Factor::Confidence, "Medium confidence. 14 of 20 said yes.", 4, 5);
    says(Factor::Reach, "It reaches 65% of our users every month.", 6, 1);
}

#[test]
fn another_amount_in_the_section_is_one_too_many() {
    for text in [
        "1. Hull 1 month\n2. Mast 2 months",
        "1. Hull\n2. Mast",
        "Hull: 1 month. Mast: 2 months.",
        "Hull 1 month\n\nMast 2 months",
        "1 month\n\n**2 months**",
        "2 months.\n\n1 month for tests.",
        "2 months.\n\nAnd the rope takes a week.",
        "It was 2 months. Now it is 3.",
        "2 months? No, 4.",
        "We guess 2 months. The dock says four.",
        "2 months. Two engineers.",
        "2 months. Times two teams.",
        "2 months. Tests come on top, so tests are not included.",
        "2 months\n\n3 if it rains",
        "2 months\n\n- mast: 8 hours",
        "2 months\n\n### Mast\n\n1 month",
    ] {
        let read = prose(Factor::Effort, text).written;
        assert!(matches!(read, Written::Refused(_) | Written::Unreadable), "{text}: {read:?}");
    }
    for text in [
        "2 months. It needs a compass of 2019.",
        "2 months\n\nSee #12 and phase 2.",
        "2 months\n\nOf 3 teams that were asked, 2 agree.",
        "2 months.\n\nIt takes 2 months.",
    ] {
        says(Factor::Effort, text, 2, 1);
    }
    for (factor, text) in [
        (Factor::Impact, "High. Now it is low."),
        (Factor::Impact, "High. Low for admins."),
        (Factor::Impact, "High\n\nNo, 3."),
        (Factor::Impact, "High\n\n- low for admins"),
        (Factor::Confidence, "80%. 50% without the survey."),
        (Factor::Confidence, "1. Interviews\n2. Surveys"),
        (Factor::Reach, "10\n\n6 for the first year"),
    ] {
        let read = prose(factor, text).written;
        assert!(!matches!(read, Written::Value(_)), "{text}: {read:?}");
    }
}
