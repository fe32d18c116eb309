//! What the columns of a table or of a sheet are, by what stands above them.

use crate::rice::Factor;
use crate::rice::written::Unit;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// A factor.
    Factor(Factor),
    /// The score that somebody worked out.
    Score,
    /// What the idea is called.
    Title,
    /// Its id.
    Id,
    /// What it belongs to.
    Area,
    /// Who estimated.
    Rater,
    /// When.
    Date,
    /// Whose it is.
    Owner,
    /// Where it is discussed.
    Link,
    /// A remark.
    Notes,
}

/// The columns of a table of ideas.
#[derive(Clone, Debug)]
pub(super) struct Header {
    columns: Vec<Option<Column>>,
    /// The unit of an effort without one.
    pub(super) unit: Unit,
}

impl Header {
    /// The columns under `names`, if they are those of a table of ideas: all factors are there.
    pub(super) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let names: Vec<String> = names.into_iter().map(plain).collect();
        let mut columns: Vec<Option<Column>> = names.iter().map(|name| column(name)).collect();
        for at in 0..columns.len() {
            // Of two columns with one meaning the first counts: `Feature | ... | Issue`.
            if columns[at].is_some() && columns[..at].contains(&columns[at]) {
                columns[at] = None;
            }
        }
        let has = |factor| columns.contains(&Some(Column::Factor(factor)));
        if !Factor::ALL.into_iter().all(has) {
            return None;
        }
        let effort = columns.iter().position(|one| *one == Some(Column::Factor(Factor::Effort)));
        let unit = effort.and_then(|at| {
            names[at].split(|c: char| !c.is_alphabetic()).skip(1).find_map(Unit::named)
        });
        Some(Self { columns, unit: unit.unwrap_or_default() })
    }

    /// Which column holds `what`.
    pub(super) fn position(&self, what: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(what))
    }
}

/// The factor that `name` stands for, as a word at its beginning or as its first letter alone.
pub(super) fn factor(name: &str) -> Option<Factor> {
    let name = plain(name);
    let word = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    match word {
        "reach" => Some(Factor::Reach),
        "impact" => Some(Factor::Impact),
        "confidence" | "conf" => Some(Factor::Confidence),
        "effort" => Some(Factor::Effort),
        _ if name.trim() != word => None,
        "r" => Some(Factor::Reach),
        "i" => Some(Factor::Impact),
        "c" => Some(Factor::Confidence),
        "e" => Some(Factor::Effort),
        _ => None,
    }
}

/// Whether `name` stands for the score.
pub(super) fn is_score(name: &str) -> bool {
    matches!(column(&plain(name)), Some(Column::Score))
}

fn column(name: &str) -> Option<Column> {
    if let Some(factor) = factor(name) {
        return Some(Column::Factor(factor));
    }
    let name = name.split('(').next().unwrap_or(name).trim().trim_end_matches([':', '?']);
    Some(match name {
        "score" | "rice" | "rice score" | "rice total" | "total" | "total score" => Column::Score,
        "title" | "feature" | "idea" | "issue" | "epic" | "name" | "initiative" | "item"
        | "project" | "opportunity" | "feature name" | "idea name" | "issue title"
        | "epic title" | "feature title" => Column::Title,
        "id" | "key" => Column::Id,
        "area" | "category" | "team" | "stage" | "group" | "section" | "product area" => {
            Column::Area
        }
        "rater" | "by" | "participant" | "estimated by" | "estimator" | "voter" | "rated by" => {
            Column::Rater
        }
        "date" | "estimated on" | "estimated" => Column::Date,
        "owner" | "pm" | "dri" | "pm owner" => Column::Owner,
        "link" | "url" | "issue link" | "epic link" => Column::Link,
        "notes" | "note" | "comment" | "comments" | "remarks" => Column::Notes,
        _ => return None,
    })
}

/// In lower case, without marks of emphasis and without doubled spaces.
fn plain(name: &str) -> String {
    let name: String = name.chars().filter(|c| !matches!(c, '*' | '`' | '_')).collect();
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_what_stands_above_them() {
        let header = Header::new([
            "Score",
            "**Effort** (weeks)",
            "C",
            "Idea",
            "impact",
            "Who",
            "Reach (Q1)",
        ]);
        let header = header.expect("all factors");
        assert_eq!(header.unit, Unit::Week);
        let position = |what| header.position(what);
        assert_eq!(position(Column::Factor(Factor::Reach)), Some(6));
        assert_eq!(position(Column::Factor(Factor::Confidence)), Some(2));
        assert_eq!(position(Column::Title), Some(3));
        assert_eq!(position(Column::Score), Some(0));
        assert_eq!(position(Column::Rater), None);
        assert!(Header::new(["Idea", "Reach", "Impact", "Effort"]).is_none());
        assert!(Header::new(["Outreach", "Impact", "Confidence", "Effort"]).is_none());
    }
}
