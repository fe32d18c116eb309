//! The words that say reviewed or updated, as a table of forms: `Content Last Reviewed`, `Date of last review`,
//! `This page was revised`, `最終更新日`.
//!
//! A form is read from where a phrase begins, and only what is about the page may be before it: its own nouns
//! (`Content`, `Document`) or a sentence with one of them as its subject. So `Next review` says nothing of the last
//! one, and `This roadmap was last updated` and `Prices last updated` are none.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use regex::Regex;

use super::pattern::{Pattern, compiled};

/// What a form says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The page was reviewed.
    pub(super) reviewed: bool,
    /// The page was updated, revised, edited or modified.
    pub(super) updated: bool,
    /// The page is to be reviewed next.
    pub(super) next: bool,
}

/// How sure a form is of speaking of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A lone verb: `Updated`.
    Bare,
    /// `Last updated`, `Date of last review`.
    Label,
    /// It names the page: `This page was last updated`.
    Page,
}

/// A way to say when the page was reviewed or updated: what is before the words for that, and what has to be after them.
struct Form {
    strength: Strength,
    /// In text in lower case.
    before: &'static str,
    after: Option<&'static Pattern>,
    /// Texts that have this form, one a line.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers and the test"))]
    examples: &'static str,
}

const fn form(
    strength: Strength,
    before: &'static str,
    after: Option<&'static Pattern>,
    examples: &'static str,
) -> Form {
    Form { strength, before, after, examples }
}

static OF_PAGE: Pattern = Pattern::new("^{gap}(?:of|to|for){space}{this}(?:{space}{page})+{end}");
static THIS_PAGE: Pattern = Pattern::new("^{gap}{this}{space}{page}{end}");

/// The forms. The first one that fits counts. What comes after nothing is as sure as its own words.
static FORMS: [Form; 9] = [
    form(
        Strength::Page,
        "(?:we|i) ",
        Some(&THIS_PAGE),
        "We last reviewed this page\nI updated our handbook",
    ),
    form(Strength::Label, "it {was} ", None, "It was last reviewed\nIt has been updated"),
    form(
        Strength::Page,
        "{this} (?<subject>(?:{token} )*?{page}) {was} ",
        None,
        "This page was last reviewed\nThis direction page was last reviewed\nThe page has been reviewed\n\
         Our security policy was most recently reviewed\nThe content of this page was last reviewed\n\
         The information on this page was reviewed",
    ),
    form(Strength::Page, "{this} ", Some(&OF_PAGE), "The last review of this policy"),
    form(
        Strength::Page,
        "(?:{page} )+(?:{was} )?",
        Some(&OF_PAGE),
        "Content last updated for this page",
    ),
    form(
        Strength::Label,
        "(?:{page} )+(?:{was} )?",
        None,
        "Content Last Reviewed\nPage last reviewed\nPolicy was last reviewed",
    ),
    form(
        Strength::Label,
        "(?<owner>(?:{word} ){1,2}){name} (?:{was} )?",
        None,
        "Security policy last reviewed\nGarden shed policy last update\nSecurity policy was reviewed",
    ),
    form(Strength::Page, "", Some(&OF_PAGE), "Last review of this document"),
    form(
        Strength::Bare,
        "",
        None,
        "Last reviewed\nLast Review\nLAST REVIEW DATE\nDate of last review\nDate reviewed\nLatest review\n\
         Date of the most recent review\nMost recently reviewed\nLast content review\nLast full review\n\
         Last review completed\nCreated and last reviewed\nLast reviewed and approved\n( Last reviewed\n\
         Last updated\nLast changed\nLast Updated Date\nRevision date\nEffective and last modified\n\
         Reviewed\nUpdated\nRevised\nEdited\nModified\nReviewed and approved",
    ),
];

/// `Next review due`.
static NEXT: Pattern =
    Pattern::new("^next{space}review(?:{space}(?:date|due|scheduled|planned|by|for)){0,3}{end}");

/// `最終更新日`, `このページの最終レビュー`: one word without spaces.
static JAPANESE: Pattern =
    Pattern::new("^(?<page>(?:この|本|当)?{ja_page}[のは]?)?(?<deed>{ja_deed})は?");

/// What the patterns are made of. One may hold those above it.
pub(super) const PARTS: [(&str, &str); 39] = [
    // The end of a word, and white space. All of these are of ASCII: wider classes take long to compile.
    ("b", r"(?-u:\b)"),
    ("end", r"(?-u:\b{end-half})"),
    ("gap", r"[\x20\n]*"),
    ("space", r"[\x20\n]+"),
    ("this", "(?:this|the|our|these|that)"),
    // What a page may be called.
    (
        "page",
        "(?:page|documentation|document|docs?|contents?|direction|policy|guidelines?|guidance|guide|handbook|article|\
         file|strategy|vision|statement|runbook|playbook|procedure|readme|wiki|text|standard|charter|manual|agreement|\
         notice|terms|memo|template|process|website|site)",
    ),
    // What a page may be called behind other words.
    ("name", "(?:page|content|document|policy|guide|handbook)"),
    ("token", r"[^\x01-\x20]+"),
    ("word", r"[^\x00-@\[-`{-\x7f]+"),
    ("was", "(?:was|is|were|are|has|have)(?: been)?(?: also| just| only)?"),
    ("last", "(?:most recently|most recent|latest|lastly|last)"),
    ("verb", "(?:(?:review|updat|revis|edit|amend)ed|modified)"),
    (
        "thing",
        "(?:review(?:ed)?|updated?|revis(?:ed|ion)|edit(?:ed)?|modifi(?:ed|cation)|amend(?:ed|ment))",
    ),
    ("change", "(?:changed?|refresh(?:ed)?)"),
    // What else may be done to a page, besides a review or an update.
    (
        "other",
        "(?:approved|verified|checked|confirmed|validated|published|effective|created|adopted)",
    ),
    ("and", "(?:{b}and{b}|{b}or{b}|[&/,])"),
    // `Effective and`, before a form.
    ("lead", "(?:{other}{gap}{and}{gap})?"),
    // `/ updated`, `and last reviewed`, `and approved`.
    ("more", "(?:{gap}{and}{gap}(?:{other}|(?:{last} )?{thing}){b})*"),
    (
        "kind",
        "(?:full|major|annual|formal|complete|substantive|significant|quarterly|monthly|yearly)",
    ),
    (
        "dated",
        "(?:(?:date(?: of)?(?: the)? )?{last}(?: {page})*(?: {kind})? (?:{thing}|{change})|\
         date(?: of)?(?: the)? {thing}){b}",
    ),
    ("done", "(?: (?:done|performed|completed|conducted|made|held))?"),
    ("noun_date", "(?:update|revision|edit|modification|amendment) date"),
    // Each name says that the words are a label, and no lone verb.
    ("deed", "(?:(?:(?<dated>{dated})|{verb}){more}(?<date> dates?)?{done}|(?<noun>{noun_date}))"),
    // What a line of facts about the page begins with.
    (
        "fact",
        "(?:owners?|owned|authors?|written|maintainer|maintained|dri|version|status|created|published|effective)",
    ),
    // What a map of front matter may be called that holds data of the page.
    (
        "page_data",
        "(?:about|attributes|control|custom|dates|document|doc|extra|fields|freshness|frontmatter|front|information|\
         info|lifecycle|maintenance|matter|metadata|meta|page|params|properties|reviewing|reviews|review|status|this|\
         vars)",
    ),
    // What was meant as a date.
    ("date_char", r#"[^\x00-\x20\x{a0}\x{3000}*`|<>)\]"'};。]"#),
    (
        "date_place",
        "(?:{date_char}*?(?:yyyy|yy-mm|dd/mm|mm/dd|dd-mm|mm-dd)|xxxx|日付|\
         (?:tbd|tbc|tba|todo|date|xx|20xx)[.,:_]*(?:$|[\\x00-\\x20\\x{a0}\\x{3000}*`|<>)\\]\"'};。]))",
    ),
    (
        "month",
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
         oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)",
    ),
    ("day", "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"),
    (
        "ja_page",
        "(?:ページ|文書|ドキュメント|資料|記事|コンテンツ|方針|ポリシー|ハンドブック|規程)",
    ),
    (
        "ja_deed",
        "(?:(?:最終|前回)(?:更新|改訂|改定|変更|編集|修正|レビュー|見直し)(?:実施)?(?:年月日|日時|日付|日)?|\
         (?:更新|改訂|改定|変更|編集|修正)(?:実施)?(?:年月日|日時|日付|日))",
    ),
    // What is in a written date.
    ("y", "(?<y>[0-9]{4})"),
    ("m", "(?<m>[0-9]{1,2})"),
    ("d", "(?<d>[0-9]{1,2})"),
    ("nth", "(?<d>[0-9]{1,2}(?i-u:st|nd|rd|th)?)"),
    ("name_of_month", "(?<m>[A-Za-z]+)"),
    ("joint", r"[-/.–\x{2010}\x{2011}−]"),
    ("spaces", r"[\x20\x{a0}\x{3000}]{0,4}"),
    (
        "apart",
        r"\.?,?(?:[\x20\x{a0}\x{3000}]{1,4}|\r?\n\x20{0,40}|[-/])?(?:(?i-u:of)[\x20\x{a0}\x{3000}]{1,4})?",
    ),
];

/// Words of which every form has one, in lower case.
const WORDS: &str = "reviewed|updated|revised|edited|modified|amended|last|latest|most recent|date of|revision date|\
                     update date|modification date|edit date|amendment date|next review|最終|前回|更新日|改訂日|\
                     改定日|変更日|編集日|修正日|更新年|改訂年|改定年|変更年|編集年|修正年";

/// Where in `text`, which is in lower case, a form may have its words, in order.
pub(super) fn words_of_forms(text: &str) -> impl Iterator<Item = usize> {
    static SEARCHER: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(WORDS.split('|')));
    SEARCHER.iter().flat_map(move |words| words.find_iter(text)).map(|found| found.start())
}

/// A form that a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) facts: Facts,
    pub(super) strength: Strength,
    /// Where its words end.
    pub(super) end: usize,
}

/// The form that `text`, which is in lower case, begins with.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    words_of_forms(near).next()?;
    let words = without_lead(near);
    let lead = near.len() - words.len();
    let marker = japanese(words).or_else(|| next_review(words)).or_else(|| english(words))?;
    Some(Marker { end: lead + marker.end, ..marker }).filter(|marker| ends_word(near, marker.end))
}

fn japanese(text: &str) -> Option<Marker> {
    if text.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    let found = JAPANESE.captures(text)?;
    let strength = if found.name("page").is_some() { Strength::Page } else { Strength::Label };
    Some(Marker { facts: Facts::of(&found["deed"]), strength, end: found[0].len() })
}

fn next_review(text: &str) -> Option<Marker> {
    text.starts_with("next").then_some(())?;
    let end = NEXT.find(text)?.end();
    let facts = Facts { next: true, ..Facts::default() };
    Some(Marker { facts, strength: Strength::Label, end })
}

fn english(text: &str) -> Option<Marker> {
    // One expression for all forms: each by itself would take long to compile.
    static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        // Forms that begin alike are one here.
        let is_new = |at: usize| at == 0 || FORMS[at - 1].before != FORMS[at].before;
        let begins = (0..FORMS.len()).filter(|at| is_new(*at));
        let before: Vec<String> =
            begins.map(|at| format!("(?<form{at}>{})", FORMS[at].before)).collect();
        compiled(&format!("^{{lead}}(?:{})(?<deed>{{deed}}){{end}}", before.join("|")))
    });
    let found = ALL.as_ref()?.captures(text)?;
    let has = |group: &str| found.name(group).is_some();
    let first = (0..FORMS.len()).find(|at| has(&format!("form{at}")))?;
    let is_label = ["dated", "date", "noun"].into_iter().any(has);
    let own = if is_label { Strength::Label } else { Strength::Bare };
    let rest = &text[found[0].len()..];
    let forms = FORMS[first..].iter().filter(|form| form.before == FORMS[first].before);
    let (form, after) = forms
        .map(|form| (form, form.after.map(|after| after.length(rest))))
        .find(|(_, after)| *after != Some(0))?;
    let is_own = found.name("subject").is_none_or(|it| is_page(it.as_str()))
        && found.name("owner").is_none_or(|it| !it.as_str().starts_with("next"));
    let end = found[0].len() + after.unwrap_or_default();
    let facts = Facts::of(&found["deed"]);
    is_own.then(|| Marker { facts, strength: form.strength.max(own), end })
}

impl Facts {
    /// What `words` say was done.
    fn of(words: &str) -> Self {
        let has = |stems: &[&str]| stems.iter().any(|stem| words.contains(stem));
        let reviewed = has(&["review", "レビュー", "見直し"]);
        Self { reviewed, updated: has(&UPDATES), next: false }
    }
}

/// `text` without the brackets, quotes and marks that a phrase may open with.
fn without_lead(text: &str) -> &str {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '\u{1}'..='\u{8}');
    (0..4).fold(text.trim_start(), |rest, _| {
        rest.strip_prefix(|c| !is_word(c)).unwrap_or(rest).trim_start()
    })
}

/// No form is longer, in bytes.
pub(super) const LONGEST: usize = 300;

/// Stems of what is done to a page that is updated.
const UPDATES: [&str; 13] = [
    "updat", "revis", "edit", "modif", "amend", "chang", "refresh", "更新", "改訂", "改定", "変更",
    "編集", "修正",
];

/// Whether a word of `text` ends at `at`. Words of ASCII and of other writing are never one.
fn ends_word(text: &str, at: usize) -> bool {
    let is_ascii = text[..at].ends_with(|c: char| c.is_ascii());
    let goes_on = |c: char| c.is_alphanumeric() && c.is_ascii() == is_ascii;
    let mut rest = text[at..].chars();
    match rest.next() {
        Some('_' | '\'') => !rest.next().is_some_and(goes_on),
        next => !next.is_some_and(goes_on),
    }
}

/// Whether the `subject` of a sentence, which ends with a name for a page, is the page: `content of this page`, but not
/// `roadmap of this page`.
fn is_page(subject: &str) -> bool {
    static HEAD: Pattern = Pattern::new("^(?:{page}|information|everything|material|wording)$");
    let is_verb = |word: &str| ["was", "is", "were", "are", "has", "have"].contains(&word);
    let words: Vec<&str> = subject.split_whitespace().collect();
    let within = words.iter().position(|word| ["of", "on", "in"].contains(word));
    let head = words[..within.unwrap_or(words.len())].last().copied().unwrap_or_default();
    words.len() < 8 && !words.iter().any(|word| is_verb(word)) && HEAD.is_match(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_its_form() {
        for form in &FORMS {
            for example in form.examples.lines() {
                let text = example.to_lowercase();
                let found = marker(&text).unwrap_or_else(|| panic!("{example}"));
                let is_bare = !text.contains(' ') || text.starts_with("reviewed and");
                let own = if is_bare { Strength::Bare } else { Strength::Label };
                let strength = form.strength.max(own);
                assert_eq!((found.strength, found.end), (strength, text.len()), "{example}");
            }
        }
    }
}
