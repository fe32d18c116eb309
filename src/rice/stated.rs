//! A score that stands beside the factors: `2.0`, `(10.0 x .5 x .80) / 2 = **2.0**`.

use super::Exact;
use super::judge::Rated;
use super::written::{Unit, readings};

/// What a stated score is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// It is what the factors give, as far as it has digits.
    Right,
    /// It is not; why.
    Wrong(String),
}

/// Compares `text` with what `rated` counts. The effort may be in any of `units`, those in which it is written, and a
/// number may be rounded to the digits that it has, as people round.
pub(super) fn check_stated(text: &str, rated: &Rated, units: &[Unit]) -> Statement {
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '`' | '_')).collect();
    let text = text.trim();
    // The formula of a spreadsheet names cells, and states no score.
    if text.starts_with('=') && text[1..].trim_start().starts_with(|c: char| c.is_alphabetic()) {
        return Statement::Right;
    }
    let mut scores = vec![(Unit::Month, rated.score)];
    for unit in units {
        scores.extend(rated.score.times(unit.months()).map(|score| (*unit, score)));
    }
    let (formula, result) = match text.rsplit_once(['=', '\u{2248}', '\u{2192}']) {
        Some((formula, result)) => (Some(formula), result),
        None if text.contains(['/', '\u{f7}', '(']) => (Some(text), ""),
        None => (None, text),
    };
    if let Some(formula) = formula {
        let mut numbers = Numbers(formula);
        let literals: Vec<Literal> = std::iter::from_fn(|| numbers.next_literal()).collect();
        if !literals.is_empty() && !scores.iter().any(|at| is_formula_of(&literals, rated, *at)) {
            let [reach, impact, confidence, effort] = rated.values;
            return Statement::Wrong(format!(
                "the formula should be ({reach} x {impact} x {confidence}) / {effort}"
            ));
        }
    }
    match Numbers(result).next_literal() {
        Some(stated) if !scores.iter().any(|(_, score)| stated.is_rounding_of(*score)) => {
            let given = scores.last().map_or_else(String::new, |(unit, score)| match unit {
                Unit::Month => score.to_string(),
                unit => format!("{score} with the effort in {}", unit.name()),
            });
            Statement::Wrong(format!("it says {}, they give {given}", result.trim()))
        }
        _ => Statement::Right,
    }
}

/// Whether `literals` are the factors, in any order but with the effort last, or come to the score.
fn is_formula_of(literals: &[Literal], rated: &Rated, (unit, score): (Unit, Exact)) -> bool {
    let [above @ .., effort] = literals else { return false };
    if above.is_empty() {
        return effort.is_rounding_of(score);
    }
    let [reach, impact, confidence, months] = rated.values;
    if !months.over(unit.months()).is_some_and(|months| effort.is_factor(months)) {
        return false;
    }
    // Every factor once; a factor of one may be left out.
    let mut left = vec![reach, impact, confidence];
    for literal in above {
        match left.iter().position(|value| literal.is_factor(*value)) {
            Some(at) => drop(left.remove(at)),
            None => return false,
        }
    }
    left.iter().all(|value| *value == Exact::ONE)
}

/// A number as it is written.
#[derive(Clone, Debug)]
struct Literal {
    /// What it may be, and how many digits are in its fraction.
    readings: Vec<(Exact, u32)>,
    /// A thousand in `1.2k`.
    scale: Exact,
    is_percent: bool,
}

impl Literal {
    /// Whether it is `exact`, as far as it has digits: half a unit of the last of them may be missing, either way.
    fn is_rounding_of(&self, exact: Exact) -> bool {
        self.readings.iter().any(|&(value, places)| {
            let value = value.times(self.scale);
            let unit = self.scale.over(Exact::new(10_i64.pow(places), 1));
            let half = unit.and_then(|unit| unit.over(Exact::new(2, 1)));
            let distance = value.and_then(|value| exact.distance(value));
            distance.zip(half).is_some_and(|(distance, half)| distance <= half)
        })
    }

    /// Whether it is the factor `exact`. In a formula, a number without a fraction is not taken for a rounded one.
    fn is_factor(&self, exact: Exact) -> bool {
        let exact = match self.is_percent {
            true => exact.times(Exact::new(100, 1)),
            false => Some(exact),
        };
        let Some(exact) = exact else { return false };
        let is_whole = self.readings.iter().all(|(_, places)| *places == 0);
        match is_whole && self.scale == Exact::ONE {
            true => self.readings.iter().any(|(value, _)| *value == exact),
            false => self.is_rounding_of(exact),
        }
    }
}

/// Takes numbers off a text, one by one.
struct Numbers<'t>(&'t str);

impl Numbers<'_> {
    fn next_literal(&mut self) -> Option<Literal> {
        loop {
            let start = self.0.find(|c: char| c.is_ascii_digit())?;
            // A point may stand before the first digit.
            let start = if self.0[..start].ends_with('.') { start - 1 } else { start };
            let rest = &self.0[start..];
            let end = rest
                .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\''))
                .unwrap_or(rest.len());
            let digits = rest[..end].trim_end_matches(['.', ',', '\'']);
            self.0 = &rest[end.max(1)..];
            let readings = readings(digits);
            if readings.is_empty() {
                continue;
            }
            let is_percent = self.0.trim_start().starts_with('%');
            let suffix = self.0.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let scale = match suffix {
                "k" | "K" => 1_000,
                "M" => 1_000_000,
                _ => 1,
            };
            return Some(Literal { readings, scale: Exact::new(scale, 1), is_percent });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(values: [(i64, u32); 4]) -> Rated {
        let values = values.map(|(numerator, denominator)| Exact::new(numerator, denominator));
        let score = super::super::judge::score(&values).expect("a score");
        Rated { by: None, values, score }
    }

    #[test]
    fn a_formula_is_compared_number_by_number_and_its_result_as_far_as_it_goes() {
        let worked = rated([(10, 1), (1, 2), (4, 5), (2, 1)]);
        let is_right = |text: &str| check_stated(text, &worked, &[]) == Statement::Right;
        for text in [
            "(10.0 x .5 x .80) / 2 = **2.0**",
            "2",
            "**2.0**",
            "= 2.00",
            "(10 * 0.5 * 80%) / 2",
            "10 × 0.5 × 80% ÷ 2 = 2",
            "(.5 x 10 x .8) / 2 months = 2",
            "about 2",
        ] {
            assert!(is_right(text), "{text}");
        }
        for text in [
            "(10.0 x .5 x .80) / 2 = **2.5**",
            "(10.0 x 1 x .80) / 2 = 2",
            "(10 x .5 x .8) / 4 = 2",
            "3",
            "2.1",
            "20",
        ] {
            assert!(!is_right(text), "{text}");
        }
    }

    #[test]
    fn a_rounded_score_is_right_to_its_last_digit() {
        let third = rated([(6, 1), (2, 1), (1, 1), (9, 1)]);
        let is_right = |text: &str| check_stated(text, &third, &[]) == Statement::Right;
        assert!(is_right("1.33") && is_right("1.3") && is_right("1.333"));
        assert!(is_right("1"), "to no digits, four thirds are one");
        assert!(!is_right("1.34") && !is_right("1.4") && !is_right("2"));
        let weeks = rated([(6, 1), (2, 1), (1, 1), (10, 7)]);
        assert_eq!(check_stated("(6 x 2 x 1) / 1.4 = 8.4", &weeks, &[]), Statement::Right);
        let many = rated([(10, 1), (2, 1), (4, 5), (3, 5)]);
        for text in ["27", "26.7", "26.67"] {
            assert_eq!(check_stated(text, &many, &[]), Statement::Right, "{text}");
        }
        assert_ne!(check_stated("26", &many, &[]), Statement::Right);
    }

    #[test]
    fn a_score_may_be_in_the_unit_in_which_the_effort_is_written() {
        let two_weeks = rated([(6, 1), (2, 1), (1, 2), (10, 21)]);
        for text in ["3", "3.0", "(6 x 2 x 50%) / 2 = 3", "12.6"] {
            assert_eq!(check_stated(text, &two_weeks, &[Unit::Week]), Statement::Right, "{text}");
        }
        for text in ["4", "(6 x 2 x 50%) / 4 = 3"] {
            assert_ne!(check_stated(text, &two_weeks, &[Unit::Week]), Statement::Right, "{text}");
        }
        assert_ne!(check_stated("3", &two_weeks, &[]), Statement::Right);
    }

    #[test]
    fn a_score_may_have_thousands_and_a_cell_formula_states_none() {
        let large = rated([(10, 1), (3, 1), (1, 1), (1, 48)]);
        for text in ["1,440", "1.440", "1'440", "1.4k", "1.44k", "=F2*G2*H2/I2"] {
            assert_eq!(check_stated(text, &large, &[]), Statement::Right, "{text}");
        }
        assert_ne!(check_stated("1,540", &large, &[]), Statement::Right);
    }
}
