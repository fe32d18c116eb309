//! Which of many shapes are near a place, without a look at each.

use std::collections::HashMap;

use super::geometry::Rect;

/// The side of a square of the grid.
const SIDE: f64 = 32.0;

/// Numbers of shapes by the squares that their bounds touch.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    squares: HashMap<(i64, i64), Vec<usize>>,
}

impl Grid {
    /// Adds the shape with this number and these bounds.
    pub(super) fn add(&mut self, number: usize, bounds: &Rect) {
        for square in squares(bounds) {
            self.squares.entry(square).or_default().push(number);
        }
    }

    /// The numbers of the shapes whose squares `bounds` touches, in their order.
    pub(super) fn near(&self, bounds: &Rect) -> Vec<usize> {
        let found = squares(bounds).filter_map(|square| self.squares.get(&square));
        let mut found: Vec<usize> = found.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether `is` holds of a shape whose squares `bounds` touches.
    pub(super) fn any_near(&self, bounds: &Rect, mut is: impl FnMut(usize) -> bool) -> bool {
        squares(bounds)
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .any(|number| is(*number))
    }
}

fn squares(bounds: &Rect) -> impl Iterator<Item = (i64, i64)> + use<> {
    #[expect(clippy::cast_possible_truncation, reason = "a drawing is small")]
    let square = |length: f64| (length / SIDE).floor() as i64;
    let (left, right) = (square(bounds.left), square(bounds.right));
    let (top, bottom) = (square(bounds.top), square(bounds.bottom));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found_once_and_in_order() {
        let rect = |left: f64, top: f64| Rect { left, top, right: left + 40.0, bottom: top + 10.0 };
        let mut grid = Grid::default();
        grid.add(7, &rect(100.0, 100.0));
        grid.add(3, &rect(110.0, 95.0));
        grid.add(5, &rect(-50.0, 500.0));
        assert_eq!(grid.near(&rect(120.0, 100.0)), [3, 7]);
        assert_eq!(grid.near(&rect(-45.0, 505.0)), [5]);
        assert!(grid.near(&rect(300.0, 300.0)).is_empty());
        assert!(grid.any_near(&rect(120.0, 100.0), |number| number == 7));
    }
}
