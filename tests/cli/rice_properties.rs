//! What holds of all ideas: the order is that of their scores, and no text is too odd to be read.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crate::common::rice::{Dice, Plain, STEPS, compare_fractions, name, rank, sheet};
use jiff::civil::date;
use pmctl::config::{Config, Profile};
use pmctl::handbook::{self, Loaded, Scope};
use pmctl::repo::Repo;
use pmctl::rice::sensitivity::sensitivities;
use pmctl::rice::{self, Judged, Measure, Ranking, Scales};
use pmctl::source::{FileId, FileStore, RepoPath};
use proptest::prelude::*;

static SCALES: LazyLock<Scales> = LazyLock::new(Scales::default);

/// A handbook with this `rice.yml`.
fn load(folder: &Path, data: &str) -> Loaded {
    fs::create_dir_all(folder.join("data")).expect("a folder");
    fs::write(folder.join("data/rice.yml"), data).expect("a file");
    let repo = Repo::at(folder);
    let config = Config::load(&repo, None, None, Some(Profile::Default)).expect("a configuration");
    handbook::load(&repo, &config, Scope::Whole, |_, _, _| ()).0
}

static NOTHING: LazyLock<Loaded> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    load(folder.path(), "")
});

fn measure() -> Measure<'static> {
    let expires = "6 months".parse().expect("an interval");
    Measure { scales: &SCALES, expires, today: date(2026, 1, 31) }
}

fn file() -> FileId {
    FileStore::new().add(RepoPath::default(), Ok(String::new())).0
}

fn of_sheet(text: &str) -> Vec<Judged> {
    let ideas = rice::ideas_of_sheet(file(), text, &SCALES).expect("a sheet");
    rice::judge(ideas, &NOTHING.handbook, measure())
}

/// The ranks of the ideas by their titles.
fn ranks(judged: &[Judged]) -> Vec<(String, Option<usize>)> {
    let ranking = Ranking::new(judged);
    let mut ranks: Vec<_> =
        (0..judged.len()).map(|at| (judged[at].idea.title.clone(), ranking.rank(at))).collect();
    ranks.sort();
    ranks
}

/// The titles in the order of the ranking.
fn order(judged: &[Judged]) -> Vec<String> {
    let order = Ranking::new(judged).order;
    order.into_iter().map(|at| judged[at].idea.title.clone()).collect()
}

fn ideas() -> impl Strategy<Value = Vec<Plain>> {
    let idea = (any::<[u8; 3]>(), 1_i128..1200)
        .prop_map(|(places, effort)| Plain::new(places.map(usize::from), effort));
    prop::collection::vec(idea, 1..24)
}

/// Text of the signs and words that the readers look for.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(
        &[
            "Reach",
            "Impact",
            "Confidence",
            "Effort",
            "RICE",
            "Score",
            "Idea",
            "Rater",
            "|",
            "|",
            "\n",
            "\n",
            "---",
            "|---|---|---|---|---|\n",
            "# ",
            "## ",
            ",",
            ";",
            "\t",
            "\"",
            "'",
            "10",
            "6",
            ".5",
            "0.8",
            "80%",
            "High",
            "2 months",
            "6 weeks",
            "1/2",
            "1/0",
            "-",
            "~",
            "<",
            "to ",
            "x",
            "(",
            ")",
            "=",
            "/",
            " ",
            " ",
            "`",
            "**",
            "<!--",
            "-->",
            "```\n",
            "\r\n",
            "\u{feff}",
            "\u{202e}",
            "\u{1b}[31m",
            "日本",
            "½",
            "%",
            "999999999",
            "0000000001",
            ":",
            "{",
            "}",
            "[",
            "]",
            "&a",
            "*a",
            "ideas:",
            "estimates:",
            "by:",
            "reach:",
            "date:",
            "\0",
            "as many as you like",
            "half a ",
            "2026-01-02",
            "e\u{301}",
            "\u{a0}",
            "| - | - |",
        ][..],
    );
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn ranks_are_those_of_whole_numbers(ideas in ideas()) {
        let ranks = ranks(&of_sheet(&sheet(&ideas)));
        for (at, (title, found)) in ranks.into_iter().enumerate() {
            prop_assert_eq!(title, name(at));
            prop_assert_eq!(found, Some(rank(&ideas, at)));
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(ideas in ideas(), seed in any::<u64>()) {
        let text = sheet(&ideas);
        let (head, rows) = text.split_once('\n').expect("a header");
        let mut rows: Vec<&str> = rows.lines().collect();
        let mut dice = Dice(seed);
        for at in (1..rows.len()).rev() {
            let other = usize::try_from(dice.below(at as u64 + 1)).expect("small");
            rows.swap(at, other);
        }
        let (judged, other) = (of_sheet(&text), of_sheet(&format!("{head}\n{}\n", rows.join("\n"))));
        prop_assert_eq!(ranks(&judged), ranks(&other));
        prop_assert_eq!(order(&judged), order(&other));
        let found = |judged: &[Judged]| {
            let ranking = Ranking::new(judged);
            let all = sensitivities(judged, &ranking, &SCALES);
            let mut all: Vec<_> = all.into_iter().enumerate().map(|(at, one)| {
                let one = one.expect("a score");
                (judged[at].idea.title.clone(), one.best, one.worst)
            }).collect();
            all.sort();
            all
        };
        prop_assert_eq!(found(&judged), found(&other));
    }

    #[test]
    fn efforts_of_another_unit_change_no_order(ideas in ideas(), factor in 1_i128..60) {
        let scaled: Vec<Plain> = ideas
            .iter()
            .map(|idea| Plain { effort: (idea.effort.0 * factor, idea.effort.1), ..*idea })
            .collect();
        prop_assert_eq!(order(&of_sheet(&sheet(&ideas))), order(&of_sheet(&sheet(&scaled))));
        // A sheet in weeks has the order of one in days.
        let header = |unit: &str| sheet(&ideas).replacen("Effort", &format!("Effort ({unit})"), 1);
        prop_assert_eq!(order(&of_sheet(&header("weeks"))), order(&of_sheet(&header("days"))));
    }

    #[test]
    fn a_step_up_never_makes_the_rank_worse(ideas in ideas(), at in any::<prop::sample::Index>(), factor in 0_usize..3) {
        let at = at.index(ideas.len());
        let mut better = ideas.clone();
        let steps = STEPS[factor];
        let place = steps.iter().position(|step| *step == better[at].factors[factor]).expect("a step");
        better[at].factors[factor] = steps[(place + 1).min(steps.len() - 1)];
        let rank = |ideas: &[Plain]| ranks(&of_sheet(&sheet(ideas)))[at].1;
        prop_assert!(rank(&better) <= rank(&ideas));
        prop_assert!(compare_fractions(better[at].score(), ideas[at].score()).is_ge());
    }

    #[test]
    fn any_sheet_is_read_or_refused(text in soup(), head in any::<bool>()) {
        let head = if head { "Idea,Reach,Impact,Confidence,Effort,Rater,Score\n" } else { "" };
        if let Ok(ideas) = rice::ideas_of_sheet(file(), &format!("{head}{text}"), &SCALES) {
            let judged = rice::judge(ideas, &NOTHING.handbook, measure());
            let ranking = Ranking::new(&judged);
            let _ = sensitivities(&judged, &ranking, &SCALES);
            prop_assert!(judged.iter().all(|one| one.score.is_some() || one.problems.iter().any(|problem| problem.kind.is_error())));
        }
    }

    #[test]
    fn any_page_is_read(text in soup(), noise in "\\PC{0,200}") {
        let page = format!("# Page\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n{text}\n{noise}\n");
        for text in [&page, &text, &noise] {
            let ideas = rice::ideas_of_page(file(), text, &SCALES);
            for idea in &ideas {
                prop_assert!(text.get(idea.span.range()).is_some());
            }
            let _ = rice::judge(ideas, &NOTHING.handbook, measure());
        }
    }

    #[test]
    fn any_rice_yml_is_read(text in soup(), is_below in any::<bool>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let data = if is_below { format!("ideas:\n  a:\n    title: A\n    reach: {text}\n") } else { text };
        let loaded = load(folder.path(), &data);
        let ideas = rice::ideas_of_data(&loaded.handbook.ideas, &SCALES);
        let _ = rice::judge(ideas, &loaded.handbook, measure());
    }
}
