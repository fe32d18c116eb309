//! The words that say reviewed or updated, as a table of forms: `Content Last Reviewed`, `Date of last review`,
//! `This page was revised`, `最終更新日`.
//!
//! A form is read from where a phrase begins, and only what is about the page may be before it: its own nouns
//! (`Content`, `Document`) or a sentence with one of them as its subject. So `Next review` says nothing of the last
//! one, and `This roadmap was last updated` and `Prices last updated` are none.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use super::pattern::Pattern;

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

/// A way to say when the page was reviewed or updated.
struct Form {
    strength: Strength,
    /// For text in lower case.
    pattern: Pattern,
    /// Texts that have this form and no other before it, one a line.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers and the test"))]
    examples: &'static str,
}

const fn form(strength: Strength, pattern: &'static str, examples: &'static str) -> Form {
    Form { strength, pattern: Pattern::of_form(pattern), examples }
}

/// The forms. The first one that fits counts.
static FORMS: [Form; 11] = [
    form(
        Strength::Page,
        "(?:we|i) (?<deed>{deed}) {this} {page}{end}",
        "We last reviewed this page\nI updated our handbook",
    ),
    form(
        Strength::Label,
        "it {was} (?<deed>{deed}){end}",
        "It was last reviewed\nIt has been updated",
    ),
    form(
        Strength::Page,
        "{this} (?<subject>(?:{token} ){0,6}?{page}) {was} (?<deed>{deed})(?:{of_page})?{end}",
        "This page was last reviewed\nThis direction page was last reviewed\nThe page has been reviewed\n\
         Our security policy was most recently reviewed\nThe content of this page was last reviewed\n\
         The information on this page was reviewed",
    ),
    form(
        Strength::Page,
        "(?:{this} |(?:{page} ){1,4}(?:{was} )?)?(?<deed>{deed}){of_page}{end}",
        "Last review of this document\nThe last review of this policy",
    ),
    form(
        Strength::Label,
        "(?:{page} ){1,4}(?:{was} )?(?<deed>{deed}){end}",
        "Content Last Reviewed\nPage last reviewed\nPolicy was last reviewed",
    ),
    form(
        Strength::Label,
        "(?<owner>(?:{word} ){1,2}){name} (?<deed>{last_deed}|{was} {deed}){end}",
        "Security policy last reviewed\nGarden shed policy last update\nSecurity policy was reviewed",
    ),
    form(
        Strength::Label,
        "(?<deed>{label}){end}",
        "Last reviewed\nLast Review\nLAST REVIEW DATE\nDate of last review\nDate reviewed\nLatest review\n\
         Date of the most recent review\nMost recently reviewed\nLast content review\nLast full review\n\
         Last review completed\nCreated and last reviewed\nLast reviewed and approved\n( Last reviewed\n\
         Last updated\nLast changed\nLast Updated Date\nRevision date\nEffective and last modified",
    ),
    form(
        Strength::Bare,
        "(?<deed>{verb}{more}){end}",
        "Reviewed\nUpdated\nRevised\nEdited\nModified\nReviewed and approved",
    ),
    form(
        Strength::Label,
        "(?<next>next review(?: (?:date|due|scheduled|planned|by|for)){0,3}){end}",
        "Next review\nNext review date\nNext Review due\nNext review scheduled for",
    ),
    form(
        Strength::Page,
        "(?:この|本|当)?{ja_page}[のは]?(?<deed>{ja_deed})は?",
        "このページの最終レビュー\n本ページの更新日",
    ),
    form(
        Strength::Label,
        "(?<deed>{ja_deed})は?",
        "最終レビュー日\n前回見直し日\n最終更新日\n最終更新\n最終改訂日\n更新日",
    ),
];

/// What the patterns are made of. One may hold those above it.
pub(super) const PARTS: [(&str, &str); 37] = [
    ("end", r"(?-u:\b{end-half})"),
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
    ("token", r"[^\s\x01-\x08]+"),
    ("word", r"[^\W\d_]+"),
    ("was", "(?:was|is|were|are|has|have)(?: been)?(?: also| just| only)?"),
    ("of_page", " (?:of|to|for) {this}(?: {page}){1,4}"),
    ("last", "(?:most recently|most recent|latest|lastly|last)"),
    ("verb", "(?:reviewed|updated|revised|edited|modified|amended)"),
    ("noun", "(?:review|update|revision|edit|modification|amendment)"),
    ("change", "(?:changed?|refreshed|refresh)"),
    // What else may be done to a page, besides a review or an update.
    (
        "other",
        "(?:approved|verified|checked|confirmed|validated|published|effective|created|adopted)",
    ),
    // `/ updated`, `and last reviewed`, `and approved`.
    ("more", r"(?:\s*(?:\band\b|\bor\b|[&/,])\s*(?:{other}|(?:{last} )?(?:{verb}|{noun}))\b){0,3}"),
    (
        "kind",
        "(?:full|major|annual|formal|complete|substantive|significant|quarterly|monthly|yearly)",
    ),
    (
        "last_deed",
        "{last}(?: {page}){0,2}(?: {kind})? (?:{verb}|{noun}|{change})\\b{more}(?: dates?)?\
         (?: (?:done|performed|completed|conducted|made|held))?",
    ),
    (
        "label",
        "(?:date(?: of)?(?: the)?(?: {last} (?:{verb}|{noun}|{change})| (?:{verb}|{noun})){more}|{last_deed}|\
         {verb}{more} date|(?:update|revision|edit|modification|amendment) date)",
    ),
    ("deed", "(?:{label}|{verb}{more})"),
    // What a line of facts about the page begins with.
    (
        "fact",
        "(?:owners?|owned|authors?|written|maintainer|maintained|dri|version|status|created|published|effective)",
    ),
    // What a section about the page is called, and what may be beside it.
    (
        "about_page",
        "(?:information|info|metadata|details|control|history|maintenance|reviews?|revisions?|ownership|properties|about)",
    ),
    (
        "with_about",
        "(?:page|document|doc|policy|handbook|guide|runbook|this|the|of|and|version|content|status|administrative)",
    ),
    // What a map of front matter may be called that holds data of the page.
    (
        "page_data",
        "(?:about|attributes|control|custom|dates|document|doc|extra|fields|freshness|frontmatter|front|information|\
         info|lifecycle|maintenance|matter|metadata|meta|page|params|properties|reviewing|reviews|review|status|this|\
         vars)",
    ),
    // What was meant as a date.
    ("date_char", r#"[^\s*`|<>)\]"'};。]"#),
    (
        "date_place",
        "(?:{date_char}*?(?:yyyy|yy-mm|dd/mm|mm/dd|dd-mm|mm-dd)|xxxx|日付|\
         (?:tbd|tbc|tba|todo|date|xx|20xx)[.,:_]*(?:$|[\\s*`|<>)\\]\"'};。]))",
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
    ("gap", r"[\x20\x{a0}\x{3000}]{0,4}"),
    (
        "apart",
        r"\.?,?(?:[\x20\x{a0}\x{3000}]{1,4}|\r?\n\x20{0,40}|[-/])?(?:(?i-u:of)[\x20\x{a0}\x{3000}]{1,4})?",
    ),
    // Brackets, quotes and marks that a phrase may open with, and `Effective and`.
    ("lead", r"\s*(?:[^\w\s.:\x01-\x08]\s*){0,4}(?:{other}\s*(?:and\b|or\b|[&/,])\s*)?"),
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
    FORMS.iter().find_map(|form| {
        let found = form.pattern.captures(near)?;
        let subject = found.name("subject").is_none_or(|subject| is_page(subject.as_str()));
        let owner = found.name("owner").is_none_or(|owner| !owner.as_str().starts_with("next"));
        let end = found[0].len();
        let is_word = ends_word(near, end);
        let deed = found.name("deed").map_or("", |deed| deed.as_str());
        let has = |stems: &[&str]| stems.iter().any(|stem| deed.contains(stem));
        let facts = Facts {
            reviewed: has(&["review", "レビュー", "見直し"]),
            updated: has(&UPDATES),
            next: found.name("next").is_some(),
        };
        (subject && owner && is_word).then_some(Marker { facts, strength: form.strength, end })
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
    !words.iter().any(|word| is_verb(word)) && HEAD.is_match(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_its_form_and_no_other_before_it() {
        for (index, form) in FORMS.iter().enumerate() {
            for example in form.examples.lines() {
                let text = example.to_lowercase();
                let fits = |form: &Form| form.pattern.is_match(&text);
                assert_eq!(FORMS.iter().position(fits), Some(index), "{example}");
                let found = marker(&text).unwrap_or_else(|| panic!("{example}"));
                assert_eq!((found.strength, found.end), (form.strength, text.len()), "{example}");
            }
        }
    }
}
