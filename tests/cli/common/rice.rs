//! Ideas for `pmctl rice`, and what the tests work out about them on their own.

use serde_json::Value;

use super::{Handbook, Run, pmctl};

/// A handbook without ideas.
pub fn empty() -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n")
}

/// A handbook with this `rice.yml`.
pub fn with_data(data: &str) -> Handbook {
    empty().file("data/rice.yml", data)
}

#[track_caller]
pub fn rice(handbook: &Handbook, args: &[&str]) -> Run {
    handbook.run(&[&["rice"], args].concat())
}

/// What `pmctl rice` says of the sheet `text` on standard input.
#[track_caller]
pub fn of_sheet(text: &str, args: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    pmctl(&[&["rice", "--from", "-"], args].concat()).input(text).run_in(folder.path())
}

/// The same as JSON.
#[track_caller]
pub fn json_of_sheet(text: &str, args: &[&str]) -> Value {
    of_sheet(text, &[args, &["--format", "json"]].concat()).exits(0).json()
}

/// The scored ideas of a run as `rank id exact`.
#[track_caller]
pub fn ranked(run: &Value) -> Vec<String> {
    let ideas = run["ideas"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let lines = ideas.map(|idea| {
        format!("{} {} {}", idea["rank"], text(&idea["id"]), text(&idea["score"]["exact"]))
    });
    lines.collect()
}

/// The ideas without a score as `id rule rule`.
#[track_caller]
pub fn unscored(run: &Value) -> Vec<String> {
    let ideas = run["unscored"].as_array().expect("a list").iter();
    let lines = ideas.map(|idea| {
        let mut line = idea["id"].as_str().expect("text").to_owned();
        for problem in idea["problems"].as_array().expect("a list") {
            line += " ";
            line += problem["rule"].as_str().expect("text");
        }
        line
    });
    lines.collect()
}

/// The steps of Reach, Impact and Confidence in hundredths, lowest first.
pub const STEPS: [&[i128]; 3] =
    [&[50, 150, 300, 600, 1000], &[25, 50, 100, 200, 300], &[50, 80, 100]];

/// An estimate as whole numbers: three factors in hundredths, and person-months as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    pub factors: [i128; 3],
    pub effort: (i128, i128),
}

impl Plain {
    /// An estimate of the steps at these places, from the lowest, and of so many hundredths of months.
    pub fn new(places: [usize; 3], effort: i128) -> Self {
        let mut factors = [0; 3];
        for at in 0..3 {
            factors[at] = STEPS[at][places[at] % STEPS[at].len()];
        }
        Self { factors, effort: (effort, 100) }
    }

    /// Reach x Impact x Confidence, in millionths.
    pub fn product(self) -> i128 {
        self.factors.iter().product()
    }

    /// The score as a fraction that is not reduced.
    pub fn score(self) -> (i128, i128) {
        (self.product() * self.effort.1, 1_000_000 * self.effort.0)
    }

    /// Every estimate that is one step away, with the factor's place and whether it rose.
    pub fn moves(self) -> Vec<(usize, bool, Self)> {
        let mut moves = Vec::new();
        for (at, steps) in STEPS.iter().enumerate() {
            let step = steps.iter().position(|step| *step == self.factors[at]).expect("a step");
            for (is_up, to) in [(true, step + 1), (false, step.wrapping_sub(1))] {
                if let Some(value) = steps.get(to) {
                    let mut other = self;
                    other.factors[at] = *value;
                    moves.push((at, is_up, other));
                }
            }
        }
        let (months, parts) = self.effort;
        moves.push((3, true, Self { effort: (months * 3, parts * 2), ..self }));
        moves.push((3, false, Self { effort: (months * 2, parts * 3), ..self }));
        moves
    }

    /// The row of a sheet.
    pub fn row(self, title: &str) -> String {
        let [reach, impact, confidence] = self.factors;
        let hundredths = |number: i128| format!("{}.{:02}", number / 100, number % 100);
        format!(
            "{title},{},{},{confidence}%,{}\n",
            hundredths(reach),
            hundredths(impact),
            hundredths(self.effort.0 * 100 / self.effort.1)
        )
    }
}

/// A sheet of the ideas `i00`, `i01` and so on.
pub fn sheet(ideas: &[Plain]) -> String {
    let rows = ideas.iter().enumerate().map(|(at, idea)| idea.row(&name(at)));
    format!("Idea,Reach,Impact,Confidence,Effort\n{}", rows.collect::<String>())
}

/// What the idea at `at` is called in [`sheet`].
pub fn name(at: usize) -> String {
    format!("i{at:02}")
}

/// How two fractions of positive numbers compare.
pub fn compare_fractions(one: (i128, i128), other: (i128, i128)) -> std::cmp::Ordering {
    (one.0 * other.1).cmp(&(other.0 * one.1))
}

/// The rank of the idea at `at`, by comparing it with every other.
pub fn rank(ideas: &[Plain], at: usize) -> usize {
    let is_above = |other: &&Plain| compare_fractions(other.score(), ideas[at].score()).is_gt();
    1 + ideas.iter().filter(is_above).count()
}

/// The fraction in lowest terms, as JSON has it.
pub fn lowest_terms((above, below): (i128, i128)) -> String {
    let (mut one, mut other) = (above, below);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    if below == one {
        (above / one).to_string()
    } else {
        format!("{}/{}", above / one, below / one)
    }
}

/// Whole numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `count`.
    pub fn below(&mut self, count: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    /// So many estimates, of which several have one score.
    pub fn ideas(&mut self, count: usize) -> Vec<Plain> {
        let efforts = [25, 50, 100, 100, 150, 200, 300, 450, 600];
        let draw = |dice: &mut Self| {
            let places = [0, 1, 2].map(|_| usize::try_from(dice.below(60)).expect("small"));
            let effort = efforts[usize::try_from(dice.below(9)).expect("small")];
            Plain::new(places, effort)
        };
        (0..count).map(|_| draw(self)).collect()
    }
}
