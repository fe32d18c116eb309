//! A score that stands beside the factors: `2.0`, `(10.0 x .5 x .80) / 2 = **2.0**`.

use super::Exact;
use super::judge::Rated;

/// What a stated score is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// It is what the factors give, as far as it has digits.
    Right,
    /// It is not; why.
    Wrong(String),
}

/// Compares `text` with what `rated` counts. A number may be rounded to the digits that it has.
pub(super) fn check_stated(text: &str, rated: &Rated) -> Statement {
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '`' | '_')).collect();
    let (formula, result) = match text.rsplit_once(['=', '\u{2248}', '\u{2192}']) {
        Some((formula, result)) => (Some(formula), result),
        None if text.contains(['/', '\u{f7}', '(']) => (Some(text.as_str()), ""),
        None => (None, text.as_str()),
    };
    if let Some(formula) = formula {
        let mut numbers = Numbers(formula);
        let literals: Vec<Literal> = std::iter::from_fn(|| numbers.next_literal()).collect();
        if !literals.is_empty() && !is_formula_of(&literals, rated) {
            let [reach, impact, confidence, effort] = rated.values;
            return Statement::Wrong(format!(
                "the formula should be ({reach} x {impact} x {confidence}) / {effort}"
            ));
        }
    }
    match Numbers(result).next_literal() {
        Some(stated) if !stated.is_rounding_of(rated.score) => {
            Statement::Wrong(format!("it says {}, they give {}", result.trim(), rated.score))
        }
        _ => Statement::Right,
    }
}

/// Whether `literals` are the factors, in any order but with the effort last, or come to the score.
fn is_formula_of(literals: &[Literal], rated: &Rated) -> bool {
    let [above @ .., effort] = literals else { return false };
    if above.is_empty() {
        return effort.is_rounding_of(rated.score);
    }
    let [reach, impact, confidence, months] = rated.values;
    if !effort.is_rounding_of(months) {
        return false;
    }
    // Every factor once; a factor of one may be left out.
    let mut left = vec![reach, impact, confidence];
    for literal in above {
        match left.iter().position(|value| literal.is_rounding_of(*value)) {
            Some(at) => drop(left.remove(at)),
            None => return false,
        }
    }
    left.iter().all(|value| *value == Exact::ONE)
}

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
struct Literal {
    value: Exact,
    /// Digits behind the point.
    places: u32,
    is_percent: bool,
}

impl Literal {
    fn is_rounding_of(self, exact: Exact) -> bool {
        let exact = match self.is_percent {
            true => exact.times(Exact::new(100, 1)),
            false => Some(exact),
        };
        let Some(exact) = exact else { return false };
        // A small number without a point is not taken for a rounded one: 5 is not 4.8.
        if self.places == 0 && self.value < Exact::new(100, 1) {
            return exact == self.value;
        }
        // Halves may be rounded either way.
        let half = Exact::new(1, 2).over(Exact::new(10_i64.pow(self.places), 1));
        exact.distance(self.value).zip(half).is_some_and(|(distance, half)| distance <= half)
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
                .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
                .unwrap_or(rest.len());
            let digits = rest[..end].trim_end_matches(['.', ',']);
            self.0 = &rest[end.max(1)..];
            let Some(value) = Exact::decimal(digits) else { continue };
            let places = digits.split_once(['.', ',']).map_or(0, |(_, part)| part.len());
            let is_percent = self.0.trim_start().starts_with('%');
            return Some(Literal { value, places: u32::try_from(places).unwrap_or(0), is_percent });
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
        let is_right = |text: &str| check_stated(text, &worked) == Statement::Right;
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
        let is_right = |text: &str| check_stated(text, &third) == Statement::Right;
        assert!(is_right("1.33") && is_right("1.3") && is_right("1.333"));
        assert!(!is_right("1") && !is_right("1.34") && !is_right("1.4") && !is_right("2"));
        let weeks = rated([(6, 1), (2, 1), (1, 1), (18, 13)]);
        assert_eq!(check_stated("(6 x 2 x 1) / 1.4 = 8.67", &weeks), Statement::Right);
    }
}
