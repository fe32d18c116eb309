//! Front matter, YAML pages, descriptions and freshness comments.

use super::*;

fn with_key(key: &str) -> String {
    format!("---\ntitle: Beehives\n{key}\nlayout: page\n---\n\n# Beehives\n\nBees.\n")
}

#[test]
fn a_key_of_the_front_matter_says_it() {
    for key in [
        "last_reviewed_on: 2031-05-04",
        "last-reviewed: 2031-05-04",
        "last_review_date: \"2031-05-04\"",
        "last_reviewed_at: 2031-05-04T17:00:00.000Z",
        "last_reviewed: '2031-05-04'",
        "lastReviewed: 2031-05-04 # by Ada",
        "reviewed_on: 2031-05-04",
        "reviewed: 2031-05-04",
        "date_reviewed: 2031-05-04",
        "dateOfLastReview: 4 May 2031",
        "content_last_reviewed: 2031-05-04",
        "Last reviewed: 2031-05-04",
        "review:\n  last_reviewed: 2031-05-04",
        "last_review:\n  date: 2031-05-04\n  by: Ada",
        "last_reviewed_on:\n  2031-05-04",
        "broken: a: b\nlast_reviewed_on: 2031-05-04",
    ] {
        assert_eq!(reviewed(&with_key(key)), "2031-05-04 front-matter", "{key}");
        assert_eq!(updated(&with_key(key)), "none", "{key}");
    }
}

#[test]
fn other_keys_say_when_it_was_updated() {
    for key in [
        "last_updated: 2031-05-04",
        "last-modified: 2031-05-04",
        "updated_at: 2031-05-04",
        "last_update:\n  date: 2031-05-04",
        "revision_date: 2031-05-04",
    ] {
        assert_eq!(updated(&with_key(key)), "2031-05-04 front-matter", "{key}");
        assert_eq!(reviewed(&with_key(key)), "missing", "{key}");
    }
}

#[test]
fn keys_about_other_days_and_people_say_nothing() {
    for key in [
        "last_reviewed_at: \"\"",
        "last_reviewed_on:",
        "last_reviewed_on: ~",
        "last_reviewed_by: Ada",
        "next_review: 2031-05-04",
        "review_date: 2031-05-04",
        "review_by: 2031-05-04",
        "reviewers: [Ada]",
        "date: 2031-05-04",
        "creation-date: 2031-05-04",
        "lastmod: 2031-05-04",
        "translated_at: 2031-05-04",
        "reviewed: true",
        "updated: never",
        "last_updated: v1.30",
        "effective_date: 2031-05-04",
        "description: We last met on 2031-05-04",
        "description: |\n  last_reviewed_on: 2031-05-04",
    ] {
        assert_silent(&with_key(key));
    }
}

fn with_front_matter(front_matter: &str) -> String {
    format!("{front_matter}\n# Beehives\n\nBees.\n")
}

#[test]
fn a_map_with_data_of_the_page_has_its_dates() {
    for map in [
        "params",
        "extra",
        "meta",
        "metadata",
        "page",
        "page_metadata",
        "pageInfo",
        "review",
        "reviews",
        "freshness",
        "document-control",
        "custom_fields",
        "last_review",
    ] {
        for page in [
            format!("---\n{map}:\n  owner: Ada\n  last_reviewed_on: 2031-05-04\n---\n"),
            format!("---\n{map}: {{last_reviewed_on: 2031-05-04}}\n---\n"),
            format!("+++\n[{map}]\nlast_reviewed_on = 2031-05-04\n+++\n"),
            format!("+++\n{map}.last_reviewed_on = 2031-05-04\n+++\n"),
            format!("{{\n\"{map}\": {{\n\"last_reviewed_on\": \"2031-05-04\"\n}}\n}}\n"),
            format!("+++\nbroken = \n[{map}]\nlast_reviewed_on = 2031-05-04\n+++\n"),
            format!("{{\n\"{map}\": {{\n\"last_reviewed_on\": \"2031-05-04\",\n}}\n}}\n"),
        ] {
            assert_eq!(reviewed(&with_front_matter(&page)), "2031-05-04 front-matter", "{page}");
        }
    }
}

#[test]
fn a_map_that_names_something_else_says_nothing_of_the_page() {
    let map_of = |map: &str, key: &str| {
        [
            format!("---\n{map}:\n  name: Acme\n  {key}: 2031-05-04\n---\n"),
            format!("---\n{map}: {{name: Acme, {key}: 2031-05-04}}\n---\n"),
            format!("---\n{map}:\n  - {key}: 2031-05-04\n    name: Acme\n---\n"),
            format!("---\nparams:\n  {map}:\n    {key}: 2031-05-04\n---\n"),
            format!("---\nbroken: a: b\n{map}:\n  {key}: 2031-05-04\n---\n"),
            format!("+++\n[{map}]\n{key} = 2031-05-04\n+++\n"),
            format!("+++\n[[{map}]]\n{key} = 2031-05-04\n+++\n"),
            format!("+++\n[params.{map}]\n{key} = 2031-05-04\n+++\n"),
            format!("+++\n{map} = {{ {key} = 2031-05-04 }}\n+++\n"),
            format!("+++\n{map}.{key} = 2031-05-04\n+++\n"),
            format!("+++\nbroken = \n[{map}]\n{key} = 2031-05-04\n+++\n"),
            format!("+++\nbroken = \n[[{map}]]\n{key} = 2031-05-04\n+++\n"),
            format!("{{\n\"{map}\": {{\n\"{key}\": \"2031-05-04\"\n}}\n}}\n"),
            format!("{{\n\"{map}\": [{{\n\"{key}\": \"2031-05-04\"\n}}]\n}}\n"),
            format!("{{\n\"{map}\": {{\n\"{key}\": \"2031-05-04\",\n}}\n}}\n"),
            format!("{{ \"{map}\": {{\n\"{key}\": \"2031-05-04\",\n}}\n}}\n"),
            format!("{{\n\"{map}\":\n[{{\n\"{key}\": \"2031-05-04\",\n}}]\n}}\n"),
        ]
    };
    for map in
        ["vendor", "supplier", "contract", "policy", "ada", "tool", "vendor_review", "dataset"]
    {
        let keys = ["last_reviewed_on", "last_updated", "next_review", "review_in"];
        for page in keys.iter().flat_map(|key| map_of(map, key)) {
            let page = with_front_matter(&page);
            assert_silent(&page);
            let dates = page_dates(&page);
            assert_eq!((dates.next_review, dates.interval), (None, None), "{page}");
        }
    }
    assert_silent(&with_front_matter("---\nvendor:\n  last_reviewed_on:\n---\n"));
    let both = "---\nvendor:\n  last_reviewed_on: 2031-05-04\nlast_reviewed_on: 2030-01-01\n---\n";
    assert_eq!(reviewed(&with_front_matter(both)), "2030-01-01 front-matter");
    let below = format!("{}\nLast reviewed: 2030-01-01\n", &map_of("vendor", "reviewed")[0]);
    assert_eq!(reviewed(&below), "2030-01-01 line");
    assert_eq!(page_dates(&below).other_reviewed, Vec::new());
}

#[test]
fn what_is_no_date_in_a_key_is_malformed() {
    for (key, raw) in [
        ("last_reviewed_on: 2031-21-09", "2031-21-09"),
        ("last_reviewed_on: 'yyyy-mm-dd'", "yyyy-mm-dd"),
        ("last-reviewed: v1.30", "v1.30"),
        ("last_reviewed_on: 05/06/2031", "05/06/2031"),
        ("last_review_date: Feb 30, 2031", "Feb 30, 2031"),
        ("reviewed: 2031", "2031"),
        ("last_reviewed_on: [soon]", "soon"),
        ("last_reviewed_on: TBD", "TBD"),
    ] {
        assert_eq!(reviewed(&with_key(key)), format!("malformed {raw} front-matter"), "{key}");
    }
}

#[test]
fn an_unpadded_date_is_read_and_known() {
    let page = with_key("last_reviewed_on: 2031-5-4");
    let Reviewed::Found(stamp) = page_dates(&page).reviewed else { panic!("{page}") };
    assert_eq!(stamp.date.notation.kind(), NotationKind::IsoUnpadded);
    assert_eq!(stamp.form, Form::FrontMatter("last_reviewed_on".to_owned()));
}

#[test]
fn front_matter_need_not_be_first_and_wins_over_the_body() {
    let page = "<!-- Keep sorted. -->\n---\nlast_reviewed_on: 2031-05-04\n---\n\nLast reviewed: 2030-01-01\n";
    assert_eq!(reviewed(page), "2031-05-04 front-matter");
    assert_eq!(page_dates(page).other_reviewed.len(), 1);
    let page = "---\nlast_reviewed_on: ''\n---\n\nLast reviewed: 2030-01-01\n";
    assert_eq!(reviewed(page), "2030-01-01 line", "an empty key says nothing");
}

#[test]
fn interval_and_owner_stand_beside_it() {
    let page = with_key(
        "last_reviewed_on: 2031-05-04\nreview_in: '6 months'\nowner_slack: '#bees'\ndri: Ada",
    );
    let dates = page_dates(&page);
    let interval = dates.interval.expect("an interval");
    assert_eq!((interval.raw.as_str(), &page[interval.span]), ("6 months", "6 months"));
    assert_eq!(dates.owner.expect("an owner").raw, "Ada", "a person before a channel");
    let page = with_key("owner: \"@ada\"\nreview_interval: 1 year");
    let dates = page_dates(&page);
    assert_eq!(
        (dates.owner.expect("an owner").raw.as_str(), dates.interval.expect("one").raw.as_str()),
        ("@ada", "1 year")
    );
    assert_eq!(page_dates(&with_key("owner: ''")).owner, None);
    assert_eq!(page_dates(&with_key("owners: [ada, bo]")).owner.expect("one").raw, "ada");
}

#[test]
fn a_description_tells_progress_and_revision() {
    for (description, percent, date) in [
        ("'50% DRAFT (revised by Ada Bee on Oct 20, 2031)'", Some(50), "2031-10-20 description"),
        ("'Last Updated November 15, 2031. 50% Draft'", Some(50), "2031-11-15 description"),
        ("1% DRAFT", Some(1), "none"),
        ("Draft (75%)", Some(75), "none"),
        ("400% DRAFT", None, "none"),
        ("We draft plans, revised yearly", None, "none"),
        ("Updated for the release of 2031-10-20 that all of us waited for", None, "none"),
    ] {
        let page = with_key(&format!("description: {description}"));
        assert_eq!(page_dates(&page).draft.map(|draft| draft.percent), percent, "{description}");
        assert_eq!(updated(&page), date, "{description}");
        assert_eq!(reviewed(&page), "missing", "{description}");
    }
    let page = with_key("description: '50% DRAFT (revised by Ada)'");
    let span = page_dates(&page).draft.expect("a draft").span;
    assert_eq!(&page[span], "50% DRAFT");
}

#[test]
fn a_page_that_is_yaml_has_keys_only() {
    let page = "title: Hives\nkep-number: 12\nowner: ada\ncreation-date: 2030-01-01\nlast-updated: \"2031-05-04\"\nstages:\n  last_reviewed: 2029-01-01\n";
    assert_eq!(updated(page), "2031-05-04 yaml-key");
    assert_eq!(reviewed(page), "missing", "a key of the page itself");
    assert_eq!(page_dates(page).owner.map(|owner| owner.raw).as_deref(), Some("ada"));
    assert_silent("title: Hives\nlast-updated: v1.30\n");
    assert_eq!(reviewed("# notes\nlast_reviewed: 2031-05-04\n"), "2031-05-04 yaml-key");
    assert_eq!(reviewed("Last reviewed: 2031-05-04\n"), "2031-05-04 line", "a page of one line");
}

#[test]
fn the_freshness_comment_is_the_one_comment_that_counts() {
    for page in [
        "# Hives\n\n<!--* freshness: { owner: 'ada' reviewed: '2031-05-04' } *-->\n",
        "# Hives\n\n<!--*\n# Document freshness: see the guide.\nfreshness: { owner: 'ada' reviewed: '2031-05-04' review_interval: '6 months' }\n*-->\n",
        "# Hives\n\n## Wax\n\nText.\n\n## Bears\n\n<!-- freshness: {\n  reviewed: \"2031-05-04\",\n  owner: \"ada\"\n} -->\n\n## More\n",
    ] {
        assert_eq!(reviewed(page), "2031-05-04 freshness", "{page}");
        assert_eq!(page_dates(page).owner.map(|owner| owner.raw).as_deref(), Some("ada"));
    }
    let page = "<!--* freshness: { reviewed: 'soon' review_interval: '1 year' } *-->\n";
    assert_eq!(reviewed(page), "malformed soon freshness");
    assert_eq!(page_dates(page).interval.map(|it| it.raw).as_deref(), Some("1 year"));
    assert_silent("<!--* freshness: { owner: 'ada' reviewed: '' } *-->\n");
    assert_silent("```\n<!--* freshness: { reviewed: '2031-05-04' } *-->\n```\n");
    assert_silent("<!-- We want freshness: { reviewed: '2031-05-04' } -->\n");
}
