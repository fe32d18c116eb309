//! How marks at one place are set apart, so that every one of them can be seen.

use std::collections::{BTreeSet, HashMap};

use super::geometry::{Circle, Point, Rect, tenth};
use super::grid::Grid;

/// How far a mark is moved at most.
const REACH: i32 = 48;
/// The grid of the places that are tried.
const STEP: i32 = 2;
/// The gap between two marks.
const GAP: f64 = 1.0;
/// Among more neighbours than this, marks cannot but overlap, and looking for the best place of each
/// would take long.
const CROWD: usize = 150;

/// A mark and where it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) circle: Circle,
    pub(super) bounds: Rect,
}

/// The marks, those moved that would cover an earlier one: to the nearest free place, or else to the
/// one that leaves most to be seen. The first of those at one place stays there.
pub(super) fn apart(marks: &[Wanted]) -> Vec<Circle> {
    let offsets = offsets();
    let mut placed: Vec<Circle> = Vec::with_capacity(marks.len());
    let mut taken = Taken::default();
    for (number, mark) in marks.iter().enumerate() {
        let circle = place(mark, &placed, &mut taken, &offsets);
        taken.centres.insert(bits(circle.centre));
        taken.grid.add(number, &circle.bounds());
        placed.push(circle);
    }
    placed
}

fn place(mark: &Wanted, placed: &[Circle], taken: &mut Taken, offsets: &[(f64, f64)]) -> Circle {
    let Wanted { circle, bounds } = *mark;
    let room = bounds.inset(circle.radius);
    let home = rounded(room.nearest(circle.centre));
    let near = |other: &&Circle| {
        other.centre.distance(home)
            < f64::from(REACH) + f64::from(STEP) + circle.radius + other.radius + GAP
    };
    let around = Circle { centre: home, radius: f64::from(REACH + STEP) + circle.radius + GAP };
    // A mark is in nine squares at most, so this many are a crowd, and there is no need to look at all.
    let mut numbers = Vec::new();
    taken.grid.any_near(&around.bounds(), |number| {
        numbers.extend(placed.get(number).filter(near).map(|_| number));
        numbers.len() > 9 * CROWD
    });
    numbers.sort_unstable();
    numbers.dedup();
    let neighbours: Vec<&Circle> =
        numbers.into_iter().filter_map(|number| placed.get(number)).collect();
    let at = |centre: Point| Circle { centre, ..circle };
    let tries = offsets
        .iter()
        .map(|&(dx, dy)| rounded(home.moved(dx, dy)))
        .filter(|&centre| centre == home || room.contains(centre));
    if neighbours.len() > CROWD {
        // Of many at one home, those before have taken the first of its places.
        let from = taken.tried.entry((bits(home), circle.radius.to_bits())).or_insert(0);
        if *from == usize::MAX {
            return at(home);
        }
        let free = tries
            .enumerate()
            .skip(*from)
            .find(|(_, centre)| !taken.centres.contains(&bits(*centre)));
        *from = free.map_or(usize::MAX, |(number, _)| number);
        return at(free.map_or(home, |(_, centre)| centre));
    }
    let mut best = (f64::NEG_INFINITY, home);
    for centre in tries {
        let clearance = neighbours
            .iter()
            .map(|other| other.centre.distance(centre) - other.radius - circle.radius - GAP)
            .fold(f64::INFINITY, f64::min);
        if clearance >= 0.0 {
            return at(centre);
        }
        if clearance > best.0 {
            best = (clearance, centre);
        }
    }
    at(best.1)
}

/// What earlier marks have taken.
#[derive(Default)]
struct Taken {
    grid: Grid,
    centres: BTreeSet<[u64; 2]>,
    /// How many places around a home are known to be taken, for marks of each size.
    tried: HashMap<([u64; 2], u64), usize>,
}

fn rounded(place: Point) -> Point {
    Point::new(tenth(place.x), tenth(place.y))
}

/// A rounded place, as something that can be looked up.
fn bits(place: Point) -> [u64; 2] {
    [place.x.to_bits(), place.y.to_bits()]
}

/// The offsets within reach, the shortest first; of those as long, the ones to the side.
fn offsets() -> Vec<(f64, f64)> {
    let steps = || (-REACH / STEP..=REACH / STEP).map(|step| step * STEP);
    let mut offsets: Vec<(i32, i32)> = steps()
        .flat_map(|dx| steps().map(move |dy| (dx, dy)))
        .filter(|(dx, dy)| dx * dx + dy * dy <= REACH * REACH)
        .collect();
    offsets.sort_by_key(|&(dx, dy)| (dx * dx + dy * dy, dy.abs(), -dx, dy));
    offsets.into_iter().map(|(dx, dy)| (dx.into(), dy.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ties(count: usize, radius: f64) -> Vec<Circle> {
        let circle = Circle { centre: Point::new(300.0, 200.0), radius };
        let bounds = Rect { left: 290.0, top: 0.0, right: 600.0, bottom: 400.0 };
        apart(&vec![Wanted { circle, bounds }; count])
    }

    #[test]
    fn ties_are_set_apart_and_the_first_stays() {
        let circles = ties(12, 8.0);
        assert_eq!(circles[0].centre, Point::new(300.0, 200.0));
        for (n, one) in circles.iter().enumerate() {
            assert!(one.centre.x - one.radius >= 290.0, "within its bounds");
            for other in &circles[..n] {
                assert!(one.centre.distance(other.centre) >= one.radius + other.radius);
            }
        }
    }

    #[test]
    fn in_a_crowd_no_mark_hides_another() {
        let circles = ties(400, 5.0);
        for (n, one) in circles.iter().enumerate() {
            assert!(circles[..n].iter().all(|other| other.centre != one.centre));
        }
    }
}
