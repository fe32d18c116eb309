//! The fixed scales of RICE: what a factor may be, and what each step means.
//!
//! Source: GitLab's product processes, "Using the RICE framework". Scales are fixed so that scores compare
//! across teams; a house may set others in `[rice.scales]`.

use super::Exact;
use crate::config::{ScaleSettings, SettingError, StepSettings};

/// One of the four things that an estimate is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    /// The share of users reached in the first quarter after launch.
    Reach,
    /// How much it changes for each of them.
    Impact,
    /// How sure the other three are.
    Confidence,
    /// Person-months of everybody who builds it.
    Effort,
}

impl Factor {
    /// All, in the order of the formula.
    pub const ALL: [Self; 4] = [Self::Reach, Self::Impact, Self::Confidence, Self::Effort];
    /// Those that have a scale.
    pub const SCALED: [Self; 3] = [Self::Reach, Self::Impact, Self::Confidence];

    /// Its name, as in the keys of `rice.yml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Impact => "impact",
            Self::Confidence => "confidence",
            Self::Effort => "effort",
        }
    }

    /// The factor called `name`, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.name().eq_ignore_ascii_case(name))
    }

    /// Its place in the formula, from 0.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A step of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it counts in the formula.
    pub value: Exact,
    /// Words for it, in lower case; the first is its name.
    pub names: Vec<String>,
    /// What it means.
    pub meaning: String,
    /// The least share of users that is still this step, from 0 to 1; for Reach.
    pub from: Option<Exact>,
}

/// The steps of a factor, highest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The factor.
    pub factor: Factor,
    /// The steps, highest first. There are two or more.
    pub steps: Vec<Step>,
}

/// The scales of the three factors that have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scales([Scale; 3]);

impl Scales {
    /// The scales that `settings` give, where they do, and the handbook's elsewhere. An error says which
    /// setting is wrong, and why.
    pub fn new(settings: &ScaleSettings) -> Result<Self, SettingError> {
        Ok(Self([
            Scale::new(Factor::Reach, settings.reach.as_deref())?,
            Scale::new(Factor::Impact, settings.impact.as_deref())?,
            Scale::new(Factor::Confidence, settings.confidence.as_deref())?,
        ]))
    }

    /// The scale of `factor`; effort has none.
    pub fn of(&self, factor: Factor) -> Option<&Scale> {
        self.0.get(factor.index())
    }
}

impl Default for Scales {
    fn default() -> Self {
        Self(Factor::SCALED.map(|factor| Scale { factor, steps: usual(factor) }))
    }
}

impl Scale {
    fn new(factor: Factor, settings: Option<&[StepSettings]>) -> Result<Self, SettingError> {
        let Some(settings) = settings else { return Ok(Self { factor, steps: usual(factor) }) };
        let wrong = |why: &str| Err(format!("[rice.scales] {} {why}", factor.name()).into());
        let mut steps = Vec::new();
        for setting in settings {
            let Some(step) = Step::new(setting).filter(|step| step.value.is_positive()) else {
                return wrong(
                    "has an invalid step; write a number above zero with at most nine digits",
                );
            };
            steps.push(step);
        }
        steps.sort_by_key(|step| std::cmp::Reverse(step.value));
        if steps.len() < 2 {
            return wrong("needs two steps or more");
        }
        if steps.windows(2).any(|pair| pair[0].value == pair[1].value) {
            return wrong("names a step twice");
        }
        if factor == Factor::Confidence && steps.iter().any(|step| step.value > Exact::ONE) {
            return wrong("has a step above 1; write 80% as 0.8");
        }
        let bare = steps.iter().all(|step| step.names.is_empty() && step.from.is_none());
        if bare {
            keep_words(factor, &mut steps);
        }
        Ok(Self { factor, steps })
    }

    /// The place of `value` among the steps.
    pub fn position(&self, value: Exact) -> Option<usize> {
        self.steps.iter().position(|step| step.value == value)
    }

    /// The step that counts `value`.
    pub fn step(&self, value: Exact) -> Option<&Step> {
        self.position(value).map(|at| &self.steps[at])
    }

    /// The step of the share `share` of users, or of just less than it.
    pub fn of_share(&self, share: Exact, is_less: bool) -> Option<&Step> {
        self.steps.iter().find(|step| {
            step.from.is_some_and(|from| if is_less { share > from } else { share >= from })
        })
    }

    /// The two steps nearest to `value`, the nearer first.
    pub fn nearest(&self, value: Exact) -> Vec<&Step> {
        let mut steps: Vec<&Step> = self.steps.iter().collect();
        steps.sort_by_key(|step| step.value.distance(value));
        steps.truncate(2);
        steps
    }

    /// `value` as it is written: of confidence as a percentage.
    pub fn spell(factor: Factor, value: Exact) -> String {
        match factor {
            Factor::Confidence => {
                let percent = value.times(Exact::new(100, 1)).unwrap_or(value);
                format!("{percent}%")
            }
            _ => value.to_string(),
        }
    }
}

impl Step {
    fn new(setting: &StepSettings) -> Option<Self> {
        let (value, name, meaning, from) = match setting {
            StepSettings::Value(value) => (*value, None, None, None),
            StepSettings::Step { value, name, meaning, from } => {
                (*value, name.as_ref(), meaning.as_ref(), *from)
            }
        };
        // A number of TOML is printed with the digits that it was written with.
        let exact = |number: f64| Exact::decimal(&number.to_string());
        let value = exact(value)?;
        let name = name.map(|name| name.to_lowercase());
        Some(Self {
            value,
            meaning: meaning.or(name.as_ref()).cloned().unwrap_or_default(),
            names: name.into_iter().collect(),
            from: match from {
                Some(from) => Some(exact(from)?),
                None => None,
            },
        })
    }

    /// `6 (large percentage: 50 to 80% of users)`.
    pub fn described(&self, factor: Factor) -> String {
        let value = Scale::spell(factor, self.value);
        match (self.names.first(), self.meaning.as_str()) {
            (Some(name), meaning) if !meaning.is_empty() && name != meaning => {
                format!("{value} ({name}: {meaning})")
            }
            (_, meaning) if !meaning.is_empty() => format!("{value} ({meaning})"),
            _ => value,
        }
    }
}

/// Gives steps that are only numbers the words of the usual ones with the same value. A confidence means the same on any
/// scale; reach and impact only on one that is a part of the usual: of five equal steps `high` is not the second lowest.
fn keep_words(factor: Factor, steps: &mut [Step]) {
    let usual = usual(factor);
    let same = |step: &Step| usual.iter().find(|other| other.value == step.value);
    let is_part = steps.iter().all(|step| same(step).is_some());
    let is_whole = is_part && steps.len() == usual.len();
    if !is_part && factor != Factor::Confidence {
        return;
    }
    for step in steps {
        if let Some(usual) = same(step) {
            step.names.clone_from(&usual.names);
            step.meaning = if is_whole || factor != Factor::Reach {
                usual.meaning.clone()
            } else {
                String::new()
            };
            // Where a step is missing, its users belong to no other.
            step.from = usual.from.filter(|_| is_whole);
        }
    }
}

/// The handbook's own steps.
fn usual(factor: Factor) -> Vec<Step> {
    let step = |hundredths: i64, names: &[&str], meaning: &str, from: Option<i64>| Step {
        value: Exact::new(hundredths, 100),
        names: names.iter().map(|&name| name.to_owned()).collect(),
        meaning: meaning.to_owned(),
        from: from.map(|percent| Exact::new(percent, 100)),
    };
    match factor {
        Factor::Reach => vec![
            step(1000, &["vast majority"], "80% of users or more", Some(80)),
            step(600, &["large percentage", "large"], "50 to 80% of users", Some(50)),
            step(300, &["significant reach", "significant"], "25 to 50% of users", Some(25)),
            step(150, &["small reach", "small"], "5 to 25% of users", Some(5)),
            step(50, &["minimal reach", "minimal"], "under 5% of users", Some(0)),
        ],
        Factor::Impact => vec![
            step(300, &["massive"], "massive", None),
            step(200, &["high"], "high", None),
            step(100, &["medium"], "medium", None),
            step(50, &["low"], "low", None),
            step(25, &["minimal"], "minimal", None),
        ],
        Factor::Confidence => vec![
            step(100, &["high"], "high", None),
            step(80, &["medium"], "medium", None),
            step(50, &["low"], "low", None),
        ],
        Factor::Effort => Vec::new(),
    }
}
