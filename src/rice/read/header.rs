//! What the columns of a table or of a sheet are, by what stands above them.

use super::measure::{Claim, claim};
use crate::rice::written::Measure;
use crate::rice::{Factor, Scales};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// A factor.
    Factor(Factor),
    /// The unit of the efforts beside it.
    Unit,
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
    /// Something else that is never a title: its place in an order, its status.
    Other,
}

/// The columns of a table of ideas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    columns: Vec<Option<Column>>,
    /// What bare numbers count, in the order of the formula.
    measures: [Measure; 4],
}

impl Header {
    /// The columns under `names`, if they are those of a table of ideas: all factors are there, three at least under
    /// their own names.
    pub(super) fn new<'n>(
        names: impl IntoIterator<Item = &'n str>,
        scales: &Scales,
    ) -> Option<Self> {
        let names: Vec<&str> = names.into_iter().map(str::trim).collect();
        let claims: Vec<Option<Claim>> = names.iter().map(|name| claim(name, scales)).collect();
        let mut columns: Vec<Option<Column>> =
            names.iter().zip(&claims).map(|(name, claim)| column(name, claim.as_ref())).collect();
        let mut measures = [const { Measure::Plain }; 4];
        let mut own = 0;
        for factor in Factor::ALL {
            let mut by: Vec<(usize, &Claim)> = claims
                .iter()
                .enumerate()
                .filter_map(|(at, claim)| {
                    Some((at, claim.as_ref().filter(|one| one.factor == factor)?))
                })
                .collect();
            // Beside `Reach`, `Previous reach` is another column.
            if by.iter().any(|(_, claim)| !claim.is_other) {
                for (at, _) in by.extract_if(.., |(_, claim)| claim.is_other) {
                    columns[at] = Some(Column::Other);
                }
            }
            let &(at, first) = by.iter().find(|(_, claim)| !claim.is_part).or(by.first())?;
            own += usize::from(!first.is_part);
            for (other, _) in by.iter().filter(|(other, _)| *other != at) {
                columns[*other] = Some(Column::Other);
            }
            columns[at] = Some(Column::Factor(factor));
            measures[factor.index()] = if by.len() > 1 {
                Measure::Claimed(by.iter().map(|(at, _)| names[*at].to_owned()).collect())
            } else if first.is_part {
                Measure::Part(names[at].to_owned())
            } else {
                first.measure.clone()
            };
        }
        if own < 3 {
            return None;
        }
        for at in 0..columns.len() {
            // Of two columns with one meaning the first counts: `Feature | ... | Issue`.
            if columns[at].is_some_and(|column| column != Column::Other)
                && columns[..at].contains(&columns[at])
            {
                columns[at] = Some(Column::Other);
            }
        }
        Some(Self { columns, measures })
    }

    /// Whether the columns of `other` are these, and their numbers count the same.
    pub(super) fn has_same_columns(&self, other: &Self) -> bool {
        let factors = || Factor::ALL.into_iter().map(Column::Factor);
        self.measures == other.measures
            && factors().all(|factor| self.position(factor) == other.position(factor))
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// What bare numbers of `factor` count.
    pub(super) fn measure(&self, factor: Factor) -> &Measure {
        &self.measures[factor.index()]
    }

    /// Which column holds `what`.
    pub(super) fn position(&self, what: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(what))
    }

    /// Whether a column names the ideas.
    pub(super) fn has_titles(&self) -> bool {
        self.position(Column::Title).or_else(|| self.position(Column::Id)).is_some()
    }

    /// The columns of factors and scores.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        let is_number =
            |column: &Option<Column>| matches!(column, Some(Column::Factor(_) | Column::Score));
        columns.filter(move |(_, column)| is_number(column)).map(|(at, _)| at)
    }

    /// Takes the one column that has text in all rows, as `has_text` says of each, and whose header says nothing, for the
    /// titles. If there are none or several, their places are returned.
    pub(super) fn name_titles(&mut self, has_text: &[bool]) -> Result<(), Vec<usize>> {
        let may_be: Vec<usize> = (0..self.columns.len())
            .filter(|&at| self.columns[at].is_none() && has_text.get(at) == Some(&true))
            .collect();
        match may_be[..] {
            [at] => {
                self.columns[at] = Some(Column::Title);
                Ok(())
            }
            _ => Err(may_be),
        }
    }
}

/// Whether `name` stands for the score.
pub(super) fn is_score(name: &str) -> bool {
    matches!(column(name, None), Some(Column::Score))
}

fn column(name: &str, claim: Option<&Claim>) -> Option<Column> {
    if let Some(claim) = claim {
        return Some(Column::Factor(claim.factor));
    }
    let name = plain(name);
    let name = name.split(['(', '[']).next().unwrap_or(&name).trim().trim_end_matches([':', '?']);
    Some(match name {
        "score" | "rice" | "rice score" | "rice total" | "total" | "total score" => Column::Score,
        "title" | "feature" | "idea" | "issue" | "epic" | "name" | "initiative" | "item"
        | "project" | "opportunity" | "feature name" | "idea name" | "issue title"
        | "epic title" | "feature title" | "project name" | "item name" | "initiative name"
        | "summary" | "hypothesis" => Column::Title,
        "id" | "key" | "issue key" => Column::Id,
        "area" | "category" | "team" | "stage" | "group" | "section" | "product area" => {
            Column::Area
        }
        "rater" | "by" | "participant" | "estimated by" | "estimator" | "voter" | "rated by" => {
            Column::Rater
        }
        "date" | "estimated on" | "estimated" => Column::Date,
        "owner" | "pm" | "dri" | "pm owner" | "assignee" => Column::Owner,
        "link" | "url" | "issue link" | "epic link" => Column::Link,
        "notes" | "note" | "comment" | "comments" | "remarks" => Column::Notes,
        "unit" | "units" | "effort unit" | "unit of effort" | "effort units" => Column::Unit,
        "#" | "no" | "no." | "nr" | "nr." | "rank" | "priority" | "prio" | "status" | "state"
        | "phase" | "quarter" | "release" | "type" | "issue type" | "decision" | "wave"
        | "moscow" | "sprint" | "milestone" | "target" | "tags" | "labels" | "persona"
        | "theme" | "goal" | "objective" => Column::Other,
        _ if super::measure::is_about_a_factor(name) => Column::Other,
        _ => return None,
    })
}

/// `name` without the marks of footnotes, `[^1]` and `<sup>1</sup>`.
pub(super) fn without_footnotes(name: &str) -> String {
    let mut left = name.to_owned();
    for (open, close) in [("[^", "]"), ("<sup>", "</sup>")] {
        while let Some(start) = left.find(open)
            && let Some(length) = left[start..].find(close)
        {
            left.replace_range(start..start + length + close.len(), "");
        }
    }
    left
}

/// In lower case, without marks of emphasis and footnotes, with single spaces where spaces or underscores are.
pub(super) fn plain(name: &str) -> String {
    let name: String = without_footnotes(name)
        .chars()
        .filter(|c| !matches!(c, '*' | '`' | '~'))
        .map(|c| if c == '_' { ' ' } else { c })
        .collect();
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rice::written::Unit;

    fn header(names: &[&str]) -> Header {
        Header::new(names.iter().copied(), &Scales::default()).expect("all factors")
    }

    #[test]
    fn columns_are_found_by_what_stands_above_them() {
        let header =
            header(&["Score", "**Effort** (weeks)", "C", "Idea", "impact", "Who", "Reach (Q1)"]);
        assert_eq!(*header.measure(Factor::Effort), Measure::Unit(Unit::Week));
        let position = |what| header.position(what);
        assert_eq!(position(Column::Factor(Factor::Reach)), Some(6));
        assert_eq!(position(Column::Factor(Factor::Confidence)), Some(2));
        assert_eq!(position(Column::Title), Some(3));
        assert_eq!(position(Column::Score), Some(0));
        assert_eq!(position(Column::Rater), None);
        assert!(Header::new(["Idea", "Reach", "Impact", "Effort"], &Scales::default()).is_none());
        assert!(
            Header::new(["Outreach", "Impact", "Confidence", "Effort"], &Scales::default())
                .is_none()
        );
    }

    #[test]
    fn an_underscore_in_a_header_is_a_space() {
        let header =
            header(&["Feature_Name", "reach", "impact", "confidence", "effort_weeks", "__Owner__"]);
        assert_eq!(header.position(Column::Title), Some(0));
        assert_eq!(header.position(Column::Owner), Some(5));
        assert_eq!(*header.measure(Factor::Effort), Measure::Unit(Unit::Week));
    }

    #[test]
    fn two_columns_that_claim_one_factor_are_named_and_notes_of_a_factor_claim_none() {
        let both = header(&["Idea", "Reach", "Impact", "Confidence", "Dev effort", "Effort"]);
        let claimed = Measure::Claimed(vec!["Dev effort".to_owned(), "Effort".to_owned()]);
        assert_eq!(*both.measure(Factor::Effort), claimed);
        assert_eq!(both.position(Column::Factor(Factor::Effort)), Some(5));
        let notes = header(&["Idea", "Reach", "Reach notes", "Impact", "Confidence", "Effort"]);
        assert_eq!(*notes.measure(Factor::Reach), Measure::Plain);
        let part = header(&["Idea", "Reach", "Impact", "Confidence", "Dev effort"]);
        assert_eq!(*part.measure(Factor::Effort), Measure::Part("Dev effort".to_owned()));
    }

    #[test]
    fn the_only_column_of_text_without_a_known_header_names_the_ideas() {
        let mut header = header(&["#", "Iniciativa", "Reach", "Impact", "Confidence", "Effort"]);
        assert_eq!(header.name_titles(&[false, true, false, false, true, false]), Ok(()));
        assert_eq!(header.position(Column::Title), Some(1));
        let names = ["Prioridad", "Iniciativa", "Reach", "Impact", "Confidence", "Effort"];
        let mut header = Header::new(names, &Scales::default()).expect("all factors");
        let has_text = [true, true, false, false, false, false];
        assert_eq!(header.name_titles(&has_text), Err(vec![0, 1]));
    }
}
