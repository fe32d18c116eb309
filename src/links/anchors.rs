//! The parts of pages that links name: whether they are there, and which one may be meant.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet, HashSetExt};
use rayon::prelude::*;

use super::{Leads, Link, Sources};
use crate::config::Profile;
use crate::generate::page::GeneratedPage;
use crate::generate::whole::applied;
use crate::handbook::Page;
use crate::source::markdown::{Outline, Slugger};
use crate::source::{RepoPath, edits, fold, percent_decoded};

/// How many bytes of ids are compared for suggestions on one page. Nobody needs a guess for each of thousands.
const MAX_COMPARISONS: usize = 500_000;

/// Longer ids are not compared: measuring takes the product of their lengths.
const MAX_COMPARED: usize = 120;

/// A part of a page that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingAnchor {
    /// The id, decoded.
    pub id: String,
    /// The id that may be meant.
    pub near: Option<NearId>,
}

/// An id that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearId {
    /// The id.
    pub id: String,
    /// What is all that differs, if it is one thing.
    pub slip: Option<Slip>,
    /// Whether no other id is as near.
    pub is_alone: bool,
}

/// A slip that does not hide what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// The letter case.
    Case,
    /// A `#` too many.
    Hash,
}

/// Looks for the part of a page that each of `links` names.
pub(super) fn judge(
    links: &mut [Link],
    sources: Sources<'_>,
    marked: &HashMap<&RepoPath, &GeneratedPage>,
) {
    let pages = &sources.handbook.pages;
    let by_path: HashMap<&RepoPath, usize> =
        pages.iter().enumerate().map(|(at, page)| (&page.path, at)).collect();
    let mut asked: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        if let Leads::File(path) = &link.leads
            && let Some(id) = link.fragment().and_then(named_id)
            && let Some(page) = by_path.get(path)
        {
            asked.entry(*page).or_default().push((at, id));
        }
    }
    let asked: Vec<_> = asked.into_iter().collect();
    let missing: Vec<Vec<(usize, MissingAnchor)>> = asked
        .into_par_iter()
        .map(|(at, asked)| {
            let marks = marked.get(&pages[at].path).copied();
            missing_on(&pages[at], marks, asked, sources)
        })
        .collect();
    for (at, anchor) in missing.into_iter().flatten() {
        links[at].missing_anchor = Some(anchor);
    }
}

/// Whether the page `file` has the part that `fragment` names, as far as anybody knows.
pub(super) fn is_there(file: &RepoPath, fragment: &str, sources: Sources<'_>) -> bool {
    let (Some(id), Some(page)) =
        (named_id(fragment), sources.handbook.pages.iter().find(|page| page.path == *file))
    else {
        return true;
    };
    let marked = sources.generated.pages.iter().find(|marked| marked.path == *file);
    missing_on(page, marked, vec![(0, id)], sources).is_empty()
}

/// The id that `fragment` names; `None` where it is none of a heading: the top, lines of a file, a piece of text, or
/// nowhere on purpose, as in `href="#_"`.
fn named_id(fragment: &str) -> Option<String> {
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let id = fragment.strip_prefix("user-content-").unwrap_or(fragment);
    let is_line = |part: &str| {
        let digits = part.strip_prefix('L').unwrap_or(part);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_lines = id.starts_with('L') && id.split('-').all(is_line);
    let is_top = !id.contains(char::is_alphanumeric) || id.eq_ignore_ascii_case("top");
    (!is_top && !is_lines).then(|| percent_decoded(id).into_owned())
}

/// Those of `asked` that the page does not have.
fn missing_on(
    page: &Page,
    marked: Option<&GeneratedPage>,
    asked: Vec<(usize, String)>,
    sources: Sources<'_>,
) -> Vec<(usize, MissingAnchor)> {
    let file = sources.files.file(page.file);
    let (text, outline) = (file.text(), file.outline());
    let mut missing = without(asked, outline.ids());
    if missing.is_empty()
        || is_template(page, text)
        || marked.is_some_and(GeneratedPage::has_errors)
    {
        return Vec::new();
    }
    let made = made_outlines(page, text, marked, sources);
    let mut ids: HashSet<&str> = outline.ids().collect();
    ids.extend(made.iter().flat_map(Outline::ids));
    let others = other_ids(sources.config.profile, text, outline);
    let has_footnotes = text.contains("[^");
    missing.retain(|(_, id)| {
        let is_footnote = has_footnotes && (id.starts_with("fn") || id.starts_with("footnote"));
        let is_other = || others.contains(id) || others.contains(&loosely(id));
        !ids.contains(id.as_str()) && !is_footnote && !is_other()
    });
    if missing.is_empty() {
        return Vec::new();
    }
    let ids = Spellings::of(ids);
    let mut comparisons = MAX_COMPARISONS;
    let mut near = |id: &str| {
        comparisons = comparisons.checked_sub(ids.size)?;
        ids.nearest(id)
    };
    missing.into_iter().map(|(at, id)| (at, MissingAnchor { near: near(&id), id })).collect()
}

/// Those of `asked` that name none of `ids`.
fn without<'i>(
    mut asked: Vec<(usize, String)>,
    ids: impl Iterator<Item = &'i str>,
) -> Vec<(usize, String)> {
    // A page has many more ids than are asked for.
    asked.sort_unstable_by(|(_, one), (_, other)| one.cmp(other));
    let mut is_there = vec![false; asked.len()];
    for own in ids {
        let first = asked.partition_point(|(_, id)| id.as_str() < own);
        // What is there once need not be found again.
        if is_there.get(first) == Some(&false) {
            let same = asked[first..].iter().take_while(|(_, id)| id == own).count();
            is_there[first..first + same].fill(true);
        }
    }
    let asked = asked.into_iter().zip(is_there);
    let mut missing: Vec<_> = asked.filter(|(_, is_there)| !is_there).map(|(it, _)| it).collect();
    missing.sort_unstable_by_key(|(at, _)| *at);
    missing
}

/// The page with its generated text, where that is not what stands there.
fn made_outlines(
    page: &Page,
    text: &str,
    marked: Option<&GeneratedPage>,
    sources: Sources<'_>,
) -> Vec<Outline> {
    let filled = marked.map(|marked| {
        let edits: Vec<_> =
            marked.filled.iter().flat_map(|filled| filled.fill(page.file)).collect();
        applied(text, &edits)
    });
    let whole = sources.generated.whole.iter().filter(|whole| whole.path == page.path);
    let whole = whole.filter_map(|whole| whole.text.as_deref());
    filled.as_deref().into_iter().chain(whole).map(Outline::parse_without_bare_links).collect()
}

/// Whether headings of the page come from elsewhere when the site is built: of what a template takes in or repeats,
/// nobody knows the ids.
fn is_template(page: &Page, text: &str) -> bool {
    let name = page.path.file_name();
    let is_erb = name.rsplit('.').next() == Some("erb");
    if is_erb && name.starts_with("template.") {
        return true;
    }
    if !is_erb && memchr::memchr(b'{', text.as_bytes()).is_none() {
        return false;
    }
    let lines = || text.lines().map(str::trim_start);
    is_erb
        && lines().any(|line| {
            let is_heading = line.starts_with(['#', '<']) && line.contains("<%=");
            is_heading || line.starts_with("<%") && !line.starts_with("<%#")
        })
        || lines().any(|line| {
            let inside =
                line.strip_prefix("{%").map(|inside| inside.trim_start_matches(['-', ' ']));
            let is_liquid = inside.is_some_and(|inside| {
                ["include", "for ", "render"].iter().any(|word| inside.starts_with(word))
            });
            is_liquid || line.starts_with("{{<") || line.starts_with("{{%")
        })
}

/// The ids by the rules of other generators than GitHub's, as far as a site of `profile` may be made by them.
fn other_ids(profile: Profile, text: &str, outline: &Outline) -> HashSet<String> {
    let mut ids = HashSet::new();
    match profile {
        Profile::Gitlab | Profile::Default => {
            let (mut of_source, mut of_title) = (Slugger::default(), Slugger::default());
            for heading in &outline.headings {
                let source = text.get(heading.title_span.clone()).unwrap_or_default();
                ids.insert(of_source.anchor(&kramdown_id(source)));
                ids.insert(of_title.anchor(&kramdown_id(&heading.title)));
                ids.insert(without_repeats(&heading.id));
            }
        }
        // GitBook shortens and joins in ways that changed over the years; letters and digits are what stayed.
        Profile::Mattermost => {
            ids.extend(outline.headings.iter().map(|heading| loosely(&heading.title)));
        }
        Profile::Sourcegraph => {}
    }
    ids
}

/// The id that kramdown gives to a heading: no sign before the first letter, and of the rest ASCII letters, digits,
/// spaces and hyphens.
fn kramdown_id(title: &str) -> String {
    let from = title.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(title.len());
    let kept =
        title[from..].chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
    let id: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    if id.is_empty() { "section".to_owned() } else { id }
}

/// The id as Python-Markdown has it: one hyphen where GitHub has several, none around it.
fn without_repeats(id: &str) -> String {
    let words: Vec<&str> = id.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The letters and digits of a heading or an id of `GitBook`, behind a mark that no id has.
fn loosely(text: &str) -> String {
    let text = text.strip_prefix("id-").unwrap_or(text).replace('&', "and");
    let kept = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    std::iter::once('=').chain(kept).collect()
}

/// The ids of a page, in the spellings that are compared.
struct Spellings<'i> {
    /// The ids, sorted.
    ids: Vec<&'i str>,
    /// How many characters each of them has folded, and which, once somebody asks.
    folded: OnceCell<Vec<(usize, String)>>,
    /// How many bytes a comparison with all of them looks at.
    size: usize,
}

impl<'i> Spellings<'i> {
    fn of(ids: impl IntoIterator<Item = &'i str>) -> Self {
        let mut ids: Vec<_> = ids.into_iter().collect();
        ids.sort_unstable();
        let size = ids.iter().map(|id| id.len() + 1).sum();
        Self { ids, folded: OnceCell::new(), size }
    }

    /// The one that may be meant by `id`.
    fn nearest(&self, id: &str) -> Option<NearId> {
        let bare = id.trim_start_matches('#');
        let slip = if bare.len() < id.len() { Slip::Hash } else { Slip::Case };
        if let Some(other) = self.ids.iter().find(|other| differ_by_case_at_most(other, bare)) {
            return Some(NearId { id: (*other).to_owned(), slip: Some(slip), is_alone: true });
        }
        let folded = fold(id);
        if folded.is_empty() || folded.len() > MAX_COMPARED {
            return None;
        }
        let length = folded.chars().count();
        let limit = (length / 4).max(1);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let wanted = digits(&folded);
        let others = self.folded.get_or_init(|| {
            let folded = self.ids.iter().map(|id| fold(id));
            folded.map(|id| (id.chars().count(), id)).collect()
        });
        let measured = self.ids.iter().zip(others).filter_map(|(id, (other_length, other))| {
            if length.abs_diff(*other_length) > limit {
                return None;
            }
            let distance = edits(&folded, other, limit)?;
            let is_near = distance * 2 < length.max(*other_length);
            // Another year is no slip.
            let own = digits(other);
            let is_other = !own.is_empty() && own != wanted;
            (is_near && !is_other).then_some((distance, *id))
        });
        let mut measured: Vec<(usize, &str)> = measured.collect();
        measured.sort_unstable();
        let (least, first) = *measured.first()?;
        let is_alone = measured.get(1).is_none_or(|(distance, _)| *distance > least);
        Some(NearId { id: first.to_owned(), slip: None, is_alone })
    }
}

/// Whether two ids are the same but for the letter case.
fn differ_by_case_at_most(one: &str, other: &str) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => one.to_lowercase() == other.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kramdown_drops_what_stands_before_the_first_letter() {
        assert_eq!(kramdown_id("1. What's next & why?"), "whats-next--why");
        assert_eq!(kramdown_id("[Plans](/plans/)"), "plansplans");
        assert_eq!(kramdown_id("snake_case"), "snakecase");
        assert_eq!(kramdown_id("2024"), "section");
    }

    #[test]
    fn lines_texts_and_the_top_are_no_ids() {
        for fragment in ["", "_", "!", "top", "L10", "L1-L5", "L3-5", ":~:text=plans"] {
            assert_eq!(named_id(fragment), None, "{fragment}");
        }
        assert_eq!(named_id("user-content-plans").as_deref(), Some("plans"));
        assert_eq!(named_id("pl%C3%A4ne:~:text=x").as_deref(), Some("pläne"));
        assert_eq!(named_id("Lagoon").as_deref(), Some("Lagoon"));
    }

    #[test]
    fn the_nearest_id_is_told_with_whether_it_is_the_only_one() {
        let ids = Spellings::of(["goals", "goals-1", "our-mission", "plans"]);
        let near = |id| ids.nearest(id);
        let found = |id: &str, slip, is_alone| Some(NearId { id: id.to_owned(), slip, is_alone });
        assert_eq!(near("Goals"), found("goals", Some(Slip::Case), true));
        assert_eq!(near("##goals"), found("goals", Some(Slip::Hash), true));
        assert_eq!(near("our_mision"), found("our-mission", None, true));
        assert_eq!(near("goals-2"), found("goals", None, true), "another repeat is another one");
        assert_eq!(near("plams"), found("plans", None, true));
        assert_eq!(near("roadmap"), None);
    }
}
