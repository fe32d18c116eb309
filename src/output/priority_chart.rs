//! A priority matrix as a picture with two axes.

use super::chart::{QuadrantChart, QuadrantItem};
use crate::prioritization::{Matrix, Placed, Quadrant};

/// The picture of `matrix`: feasibility across, importance up.
pub fn chart(matrix: &Matrix<'_>) -> QuadrantChart {
    let session = matrix.session;
    let title = session.title.as_ref().unwrap_or(&session.key);
    let points = matrix.items.iter().map(|placed| {
        let item = placed.item;
        let mut facts = vec![
            ("Importance".to_owned(), placed.importance.to_string()),
            ("Feasibility".to_owned(), placed.feasibility.to_string()),
        ];
        facts.extend(item.by.iter().map(|by| ("By".to_owned(), by.value.clone())));
        QuadrantItem {
            label: item.title.as_ref().unwrap_or(&item.key).value.clone(),
            x: number(placed.feasibility),
            y: number(placed.importance),
            facts,
        }
    });
    QuadrantChart {
        title: title.value.clone(),
        x_title: "Feasibility (votes)".to_owned(),
        y_title: "Importance (votes)".to_owned(),
        x_cut: cut(matrix.items.iter().map(|placed| {
            (placed.feasibility, is_one_of(placed, [Quadrant::DoFirst, Quadrant::FillIn]))
        })),
        y_cut: cut(matrix.items.iter().map(|placed| {
            (placed.importance, is_one_of(placed, [Quadrant::DoFirst, Quadrant::Plan]))
        })),
        quadrants: Quadrant::ALL.map(|quadrant| quadrant.name().to_owned()),
        points: points.collect(),
    }
}

fn is_one_of(placed: &Placed<'_>, quadrants: [Quadrant; 2]) -> bool {
    placed.quadrant.is_some_and(|quadrant| quadrants.contains(&quadrant))
}

/// Between the votes of the items that are low and of those that are high, so that each is seen on its side: the
/// median itself may be the votes of some of them.
fn cut(items: impl Iterator<Item = (usize, bool)>) -> f64 {
    let (high, low): (Vec<_>, Vec<_>) = items.partition(|(_, is_high)| *is_high);
    let highest_low = low.into_iter().map(|(votes, _)| number(votes)).reduce(f64::max);
    let lowest_high = high.into_iter().map(|(votes, _)| number(votes)).reduce(f64::min);
    match (highest_low, lowest_high) {
        (Some(low), Some(high)) => f64::midpoint(low, high),
        (Some(low), None) => low + 0.5,
        (None, Some(high)) => high - 0.5,
        (None, None) => 0.5,
    }
}

#[expect(clippy::cast_precision_loss, reason = "no session has that many votes")]
fn number(votes: usize) -> f64 {
    votes as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_lies_between_low_and_high() {
        let cut = |items: &[(usize, bool)]| cut(items.iter().copied()).to_string();
        assert_eq!(cut(&[(1, false), (1, false), (4, true)]), "2.5");
        assert_eq!(cut(&[(5, true), (5, true), (0, false)]), "2.5");
        assert_eq!(cut(&[(3, false), (1, false)]), "3.5");
        assert_eq!(cut(&[]), "0.5");
    }
}
