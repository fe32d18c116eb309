//! What git knows of a page since its review.

use jiff::civil::Date;

/// The changes of one page, as far as they matter to its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The last change of the page.
    pub last: Change,
    /// How many commits changed more than the stamp since the review; `None` where the history ends too
    /// early to tell, or where there is no review to count from.
    pub since_review: Option<usize>,
    /// When the date of the review was last changed itself.
    pub stamp_changed: Option<Date>,
}

/// One commit that changed a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The day.
    pub date: Date,
    /// Whose commit it is.
    pub author: String,
    /// The commit, 40 hexadecimal digits.
    pub commit: String,
}
