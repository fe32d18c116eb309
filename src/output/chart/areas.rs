//! Which area has which colour, and what the legend says of it.

use std::collections::BTreeMap;

use super::palette::{GREY, SHARED, STYLES, Style};

/// The colours of areas. They go by the alphabet, so that a new idea leaves the colours as they are.
#[derive(Debug)]
pub(super) struct Areas {
    styles: BTreeMap<String, Style>,
    sharing: usize,
    has_none: bool,
}

impl Areas {
    /// The areas of ideas, one for each idea.
    pub(super) fn of<'a>(ideas: impl Iterator<Item = Option<&'a str>>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut has_none = false;
        for area in ideas {
            match area {
                Some(area) => *counts.entry(area).or_default() += 1,
                None => has_none = true,
            }
        }
        // Where there are more areas than colours, those with the fewest ideas share one.
        let mut by_size: Vec<(&str, usize)> = counts.into_iter().collect();
        by_size.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let sharing = by_size.len().saturating_sub(STYLES.len());
        by_size.truncate(STYLES.len());
        by_size.sort_unstable();
        let styles =
            by_size.into_iter().zip(STYLES).map(|((area, _), style)| (area.to_owned(), style));
        Self { styles: styles.collect(), sharing, has_none }
    }

    /// The colour of an idea.
    pub(super) fn style(&self, area: Option<&str>) -> Style {
        area.map_or(GREY, |area| self.styles.get(area).copied().unwrap_or(SHARED))
    }

    /// The lines of the legend; none where no idea has an area.
    pub(super) fn legend(&self) -> Vec<(Style, String)> {
        let mut legend: Vec<(Style, String)> =
            self.styles.iter().map(|(area, style)| (*style, area.clone())).collect();
        match self.sharing {
            0 => {}
            1 => legend.push((SHARED, "another area".to_owned())),
            more => legend.push((SHARED, format!("{more} other areas"))),
        }
        if self.has_none && !legend.is_empty() {
            legend.push((GREY, "no area".to_owned()));
        }
        legend
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_without_a_colour_of_their_own_share_one() {
        let names: Vec<String> = (0..16).map(|n| format!("area {n:02}")).collect();
        // The first two have one idea, all others two.
        let ideas = names.iter().chain(&names[2..]).map(|name| Some(name.as_str()));
        let areas = Areas::of(ideas.chain([None]));
        assert_eq!(areas.style(Some("area 02")), STYLES[0]);
        assert_eq!(areas.style(Some("area 00")), SHARED);
        assert_eq!(areas.style(None), GREY);
        let legend = areas.legend();
        assert_eq!(legend.len(), 16);
        assert_eq!(legend[14].1, "2 other areas");
        assert_eq!(legend[15].1, "no area");
    }

    #[test]
    fn without_areas_there_is_no_legend() {
        assert_eq!(Areas::of([None, None].into_iter()).legend(), []);
    }
}
