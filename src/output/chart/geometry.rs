//! Which shapes touch each other. All lengths are in the units of the view box, y goes down.

/// A point on the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The place at this offset from here.
    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy }
    }

    pub(super) fn distance(self, other: Self) -> f64 {
        // Not `hypot`: the square root is the same on every platform, the library's is not.
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// `length` to a tenth, which is as exact as anything is drawn.
pub(super) fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// A disc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Circle {
    pub(super) centre: Point,
    pub(super) radius: f64,
}

impl Circle {
    /// The square around it.
    pub(super) fn bounds(&self) -> Rect {
        let Self { centre: Point { x, y }, radius } = *self;
        Rect { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }
}

/// A straight line between two places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) from: Point,
    pub(super) to: Point,
}

impl Segment {
    /// Whether the two lines have a point in common.
    pub(super) fn crosses(&self, other: &Self) -> bool {
        self.has_on_both_sides(other) && other.has_on_both_sides(self)
    }

    fn has_on_both_sides(&self, other: &Self) -> bool {
        self.side(other.from) * self.side(other.to) <= 0.0
    }

    /// Positive on one side of the line, negative on the other.
    fn side(&self, place: Point) -> f64 {
        (self.to.x - self.from.x) * (place.y - self.from.y)
            - (self.to.y - self.from.y) * (place.x - self.from.x)
    }

    /// The rectangle of which it is a diagonal.
    pub(super) fn bounds(&self) -> Rect {
        Rect {
            left: self.from.x.min(self.to.x),
            top: self.from.y.min(self.to.y),
            right: self.from.x.max(self.to.x),
            bottom: self.from.y.max(self.to.y),
        }
    }

    /// Whether the line passes through `circle`.
    pub(super) fn touches(&self, circle: &Circle) -> bool {
        let (dx, dy) = (self.to.x - self.from.x, self.to.y - self.from.y);
        let square = dx * dx + dy * dy;
        let along = if square > 0.0 {
            let (cx, cy) = (circle.centre.x - self.from.x, circle.centre.y - self.from.y);
            ((cx * dx + cy * dy) / square).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.from.moved(along * dx, along * dy).distance(circle.centre) < circle.radius
    }
}

/// A rectangle with upright sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The rectangle without a margin on every side.
    pub(super) fn inset(self, margin: f64) -> Self {
        Self {
            left: self.left + margin,
            top: self.top + margin,
            right: self.right - margin,
            bottom: self.bottom - margin,
        }
    }

    /// The smallest rectangle around both.
    pub(super) fn joined(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The rectangle moved sideways into `other`, by at most half its width.
    pub(super) fn slid_into(self, other: &Self) -> Self {
        let most = self.width() / 2.0;
        let left = (other.left - self.left).clamp(0.0, most);
        let right = (self.right - other.right).clamp(0.0, most);
        let by = tenth(left - right);
        Self { left: tenth(self.left + by), right: tenth(self.right + by), ..self }
    }

    pub(super) fn contains(&self, place: Point) -> bool {
        self.nearest(place) == place
    }

    pub(super) fn encloses(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The place in the rectangle that is nearest to `place`. Where the rectangle is inside out, its
    /// left and its top count.
    pub(super) fn nearest(&self, place: Point) -> Point {
        Point::new(place.x.min(self.right).max(self.left), place.y.min(self.bottom).max(self.top))
    }

    /// Whether `circle` covers any of the rectangle.
    pub(super) fn touches(&self, circle: &Circle) -> bool {
        self.nearest(circle.centre).distance(circle.centre) < circle.radius
    }

    /// Whether `line` passes through the rectangle.
    pub(super) fn is_crossed(&self, line: &Segment) -> bool {
        // What cuts off a corner crosses the diagonal that ends there.
        let falling = Segment {
            from: Point::new(self.left, self.top),
            to: Point::new(self.right, self.bottom),
        };
        let rising = Segment {
            from: Point::new(self.left, self.bottom),
            to: Point::new(self.right, self.top),
        };
        self.contains(line.from) || line.crosses(&falling) || line.crosses(&rising)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_meets_what_it_passes_through() {
        let rect = Rect { left: 10.0, top: 10.0, right: 20.0, bottom: 14.0 };
        let line = |x1, y1, x2, y2| Segment { from: Point::new(x1, y1), to: Point::new(x2, y2) };
        assert!(rect.is_crossed(&line(0.0, 12.0, 30.0, 12.0)));
        assert!(rect.is_crossed(&line(9.0, 12.0, 12.0, 9.0)), "a corner");
        assert!(rect.is_crossed(&line(12.0, 12.0, 13.0, 12.5)), "within");
        assert!(!rect.is_crossed(&line(0.0, 9.0, 30.0, 9.0)));
        let circle = Circle { centre: Point::new(15.0, 5.0), radius: 4.0 };
        assert!(line(0.0, 5.0, 30.0, 5.0).touches(&circle));
        assert!(!line(0.0, 5.0, 10.0, 5.0).touches(&circle));
        assert!(!rect.touches(&circle));
    }
}
