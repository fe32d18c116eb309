//! `pmctl classify`: a handbook, a change, and what kind of change it is.

use crate::common::git::Git;
use crate::common::{Run, pmctl};
use serde_json::{Value, json};

const CATEGORIES: &str = "search:\n  name: Search\n  stage: find\n  direction: /direction/search/\n  maturity: viable\n  \
    available: 2025-01-01\n  viable: 2025-06-01\nmail:\n  name: Mail\n  stage: find\n  direction: /direction/mail/\n";
const STAGES: &str = "stages:\n  find:\n    display_name: Find\n    section: dev\n    pm: Ada Pear\n    groups:\n      \
    look:\n        name: Look\n        pm: Bo Plum\n        pmm: Cy Fig\n        categories: [search, mail]\n      \
    send:\n        name: Send\n        pm: Di Kiwi\n        categories: []\n  \
    tell:\n    display_name: Tell\n    section: dev\n    pm: Ed Lime\n";
const FEATURES: &str = "features:\n- title: Maps\n  category: [search]\n  gitlab_core: true\n";
const PAGE: &str = "# Search\n\nContent Last Reviewed: 2025-12-01\n\nWords.\n";
const OWNERS: &str = "* @all\n[Product]\n/source/direction/ @pm\n/data/ @data @ops\n";

/// A handbook of GitLab's kind, committed on `main`.
fn handbook() -> Git {
    let git = Git::new();
    git.write("data/categories.yml", CATEGORIES).write("data/stages.yml", STAGES);
    git.write("data/sections.yml", "dev:\n  name: Dev\n").write("data/features.yml", FEATURES);
    git.write("source/direction/search/index.html.md", PAGE);
    git.write("source/direction/mail/index.html.md", PAGE.replace("Search", "Mail"));
    git.write("CODEOWNERS", OWNERS);
    git.commit("2026-01-20T12:00:00Z");
    git
}

fn classify_in(git: &Git, args: &[&str]) -> Run {
    let mut all = vec!["classify", "--since", "main"];
    all.extend(args);
    pmctl(&all).run_in(git.root())
}

#[track_caller]
fn classify(git: &Git) -> Value {
    classify_in(git, &["--format", "json"]).exits(0).json()
}

/// The kinds and the words of all changes.
fn changes(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let changes = value["changes"].as_array().expect("a list").iter();
    changes.map(|change| (text(&change["kind"]), text(&change["what"]))).collect()
}

#[track_caller]
fn is(value: &Value, kind: &str, words: &[(&str, &str)]) {
    let wanted: Vec<(String, String)> =
        words.iter().map(|(kind, what)| ((*kind).to_owned(), (*what).to_owned())).collect();
    assert_eq!((value["kind"].as_str(), changes(value)), (Some(kind), wanted), "{value:#}");
}

fn people(value: &Value) -> Vec<&str> {
    let told = value["notify"].as_array().expect("a list").iter();
    told.map(|told| told["who"].as_str().expect("text")).collect()
}

#[test]
fn no_change_is_none_and_not_for_a_bot_to_merge() {
    let value = classify(&handbook());
    is(&value, "none", &[]);
    assert_eq!(value["auto_mergeable"], false);
    assert_eq!(value["base"], value["head"]);
}

#[test]
fn the_date_of_a_review_alone_can_be_merged_by_a_bot() {
    let git = handbook();
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-01-30"));
    let value = classify(&git);
    let what = "the date of the review is 2026-01-30 now, was 2025-12-01";
    is(&value, "review-dates-only", &[("review-dates-only", what)]);
    assert_eq!(value["auto_mergeable"], true);
    assert_eq!(
        (&value["changes"][0]["line"], &value["changes"][0]["from"]),
        (&json!(3), &json!("2025-12-01"))
    );
}

#[test]
fn a_stamp_of_pmctl_is_the_date_of_a_review_in_every_form() {
    let pages = [
        (
            "front.html.md",
            "---\ntitle: A\nlast_reviewed_on: 2025-12-01\nreview_in: 1 month\n---\n\n# A\n",
        ),
        ("none.html.md", "# B\n\nWords.\n"),
        ("crlf.html.md", "# C\r\n\r\nWords.\r\n"),
        ("row.html.md", "# D\n\n| Content Last Reviewed | `2025-12-01` |\n|---|---|\n\nWords.\n"),
        (
            "partial.html.md.erb",
            "# E\n\nThis direction page was last reviewed on: \
            <%= partial(\"direction/last_updated\") %>\n",
        ),
        ("_last_updated.erb", "2025-12-01\n"),
    ];
    let git = handbook();
    for (name, text) in pages {
        git.write(&format!("source/direction/{name}"), text);
    }
    git.commit("2026-01-21T12:00:00Z");
    let named: Vec<String> =
        pages[..5].iter().map(|(name, _)| format!("source/direction/{name}")).collect();
    let args = ["review"].into_iter().chain(named.iter().map(String::as_str)).collect::<Vec<_>>();
    pmctl(&args).run_in(git.root()).exits(0);
    let value = classify(&git);
    assert_eq!(value["kind"], "review-dates-only", "{value:#}");
    assert_eq!(value["auto_mergeable"], true);
    assert_eq!(changes(&value).len(), 5, "{value:#}");
}

#[test]
fn a_review_in_the_future_or_before_the_last_is_for_people_to_look_at() {
    let git = handbook();
    for day in ["2026-03-01", "2025-11-01"] {
        git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", day));
        let value = classify(&git);
        assert_eq!(
            (&value["kind"], &value["auto_mergeable"]),
            (&json!("review-dates-only"), &json!(false))
        );
    }
}

#[test]
fn a_word_beside_the_date_is_another_kind_of_change() {
    let git = handbook();
    let page = PAGE.replace("2025-12-01", "2026-01-30").replace("Words", "Other words");
    git.write("source/direction/search/index.html.md", page);
    let value = classify(&git);
    is(&value, "other", &[("other", "its text changes")]);
    assert_eq!(value["auto_mergeable"], false);
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-13-50"));
    is(
        &classify(&git),
        "other",
        &[("other", "the date of the review is `2026-13-50` now, which is none")],
    );
}

#[test]
fn a_date_in_prose_is_no_review() {
    let git = handbook();
    git.write(
        "source/direction/mail/index.html.md",
        "# Mail\n\nContent Last Reviewed: 2025-12-01\n\n## Plan\n\nDone by 2026-05-01.\n",
    );
    git.commit("2026-01-21T12:00:00Z");
    git.write(
        "source/direction/mail/index.html.md",
        "# Mail\n\nContent Last Reviewed: 2025-12-01\n\n## Plan\n\nDone by 2026-09-01.\n",
    );
    assert_eq!(classify(&git)["kind"], "other");
}

#[test]
fn generated_text_is_generated_only_if_it_is_what_the_generator_makes() {
    let git = handbook();
    let page =
        "# Overview\n\n<!-- pmctl:begin category_maturity -->\n<!-- pmctl:end -->\n\nWords.\n";
    git.write("source/overview.html.md", page).commit("2026-01-21T12:00:00Z");
    pmctl(&["generate"]).run_in(git.root()).exits(0);
    let what = "the text is what `category_maturity` makes of the data";
    let value = classify(&git);
    is(&value, "generated-only", &[("generated-only", what)]);
    assert_eq!(value["auto_mergeable"], true);
    let generated = std::fs::read_to_string(git.path("source/overview.html.md")).expect("a page");
    git.write("source/overview.html.md", generated.replace("Search", "Seek"));
    let what = "the text is not what `category_maturity` makes of the data";
    is(&classify(&git), "other", &[("other", what)]);
    git.write("source/overview.html.md", generated.replace("Words", "More words"));
    is(&classify(&git), "other", &[("other", "its text changes")]);
}

#[test]
fn whole_pages_are_generated_only_while_they_are_what_their_template_gives() {
    let git = handbook();
    git.write(
        "pmctl.toml",
        "[[generate]]\npage = \"source/all.html.md\"\ntemplate = \"templates/all.md\"\n",
    );
    git.write("templates/all.md", "# All\n\n{{generator:category_maturity}}\n");
    git.commit("2026-01-21T12:00:00Z");
    pmctl(&["generate"]).run_in(git.root()).exits(0);
    let value = classify(&git);
    is(
        &value,
        "generated-only",
        &[("generated-only", "is what its template templates/all.md gives")],
    );
    let generated = std::fs::read_to_string(git.path("source/all.html.md")).expect("a page");
    git.write("source/all.html.md", format!("{generated}Mine.\n"));
    is(&classify(&git), "other", &[("other", "is new")]);
}

#[test]
fn a_downgrade_is_announced_to_those_whom_it_concerns() {
    let git = handbook();
    git.write(
        "pmctl.toml",
        "[[approvals]]\nkinds = [\"maturity-change\"]\ndirection = \"down\"\n\
        approvers = [\"@vp\"]\nnotify = [\"@marketing\"]\n",
    );
    git.commit("2026-01-21T12:00:00Z");
    git.write(
        "data/categories.yml",
        CATEGORIES
            .replace("maturity: viable", "maturity: minimal")
            .replace("  viable: 2025-06-01\n", ""),
    );
    let value = classify(&git);
    let what = "category `search` goes down from `viable` to `minimal`";
    is(&value, "maturity-change", &[("maturity-change", what)]);
    let change = &value["changes"][0];
    assert_eq!((&change["direction"], &change["line"]), (&json!("down"), &json!(5)));
    assert_eq!(people(&value), ["Bo Plum", "Cy Fig", "Ada Pear", "@marketing"]);
    assert_eq!(
        value["approvers"],
        json!([
            {"for": "maturity-change", "owners": ["@vp"], "source": "approvals", "optional": false, "paths": ["data/categories.yml"]},
            {"for": "*", "owners": ["@all"], "source": "codeowners", "optional": false, "paths": ["data/categories.yml"]},
            {"for": "[Product] /data/", "owners": ["@data", "@ops"], "source": "codeowners", "optional": false, "paths": ["data/categories.yml"]},
        ])
    );
    assert_eq!(value["auto_mergeable"], false);
    git.write(
        "data/categories.yml",
        CATEGORIES.replace("maturity: viable", "maturity: complete\n  complete: 2026-01-31"),
    );
    let value = classify(&git);
    is(
        &value,
        "maturity-change",
        &[("maturity-change", "category `search` goes up from `viable` to `complete`")],
    );
    assert_eq!(
        (people(&value), value["approvers"].as_array().map(Vec::len)),
        (Vec::new(), Some(2))
    );
}

#[test]
fn nothing_said_of_maturity_is_the_lowest_level() {
    let git = handbook();
    git.write("data/categories.yml", format!("{CATEGORIES}  maturity: minimal\n"));
    is(
        &classify(&git),
        "maturity-change",
        &[("maturity-change", "category `mail` goes up from `planned` to `minimal`")],
    );
    git.write("data/categories.yml", format!("{CATEGORIES}  maturity: planned\n"));
    is(&classify(&git), "other", &[("other", "`maturity` of category `mail` changes")]);
}

#[test]
fn features_mature_by_themselves_and_by_deployment_option() {
    let git = Git::new();
    let feature = "maps:\n  title: Maps\n  product_team: explorers\n  maturity: ga\n  deployment: {cloud: ga, own: beta}\n";
    let levels = "ga:\n  title: G\n  definition: G\nbeta:\n  title: B\n  definition: B\nexperimental:\n  title: E\n  definition: E\n";
    git.write("data/features.yml", feature).write("data/maturity_levels.yml", levels);
    git.write("data/product_teams.yml", "explorers:\n  title: Explorers\n  pm: ada\n  pmm: bo\n");
    git.write(
        "data/team.yml",
        "ada:\n  name: Ada Pear\n  role: PM\nbo:\n  name: Bo Plum\n  role: PMM\n",
    );
    git.commit("2026-01-20T12:00:00Z");
    git.write(
        "data/features.yml",
        feature.replace("maturity: ga", "maturity: beta").replace("own: beta", "own: ga"),
    );
    let value = classify(&git);
    let down = "feature `maps` goes down from `ga` to `beta`";
    let up = "feature `maps` on `own` goes up from `beta` to `ga`";
    is(&value, "maturity-change", &[("maturity-change", down), ("maturity-change", up)]);
    assert_eq!(people(&value), ["Ada Pear", "Bo Plum"]);
}

#[test]
fn categories_come_and_go() {
    let git = handbook();
    git.write(
        "data/categories.yml",
        CATEGORIES
            .replace("mail:\n  name: Mail", "post:\n  name: Post")
            .replace("/mail/", "/post/"),
    );
    git.write("data/stages.yml", STAGES.replace("[search, mail]", "[search, post]"));
    let value = classify(&git);
    is(
        &value,
        "category-change",
        &[
            ("category-change", "category `mail` is removed"),
            ("category-change", "category `post` is new"),
        ],
    );
}

#[test]
fn a_category_may_change_its_key_and_take_those_along_who_point_to_it() {
    let git = handbook();
    git.write("data/categories.yml", CATEGORIES.replace("search:\n", "finding:\n"));
    git.write("data/stages.yml", STAGES.replace("[search, mail]", "[finding, mail]"));
    git.write("data/features.yml", FEATURES.replace("[search]", "[finding]"));
    let value = classify(&git);
    is(
        &value,
        "category-change",
        &[("category-change", "category `search` has the key `finding` now")],
    );
    assert_eq!(
        (&value["changes"][0]["from"], &value["changes"][0]["to"]),
        (&json!("search"), &json!("finding"))
    );
}

#[test]
fn a_category_may_be_called_otherwise_or_move() {
    let git = handbook();
    git.write(
        "data/categories.yml",
        CATEGORIES.replace("name: Search\n  stage: find", "name: Seek\n  stage: tell"),
    );
    git.write(
        "data/stages.yml",
        STAGES
            .replace("[search, mail]", "[search]")
            .replace("categories: []", "categories: [mail]"),
    );
    is(
        &classify(&git),
        "category-change",
        &[
            ("category-change", "category `search` is called `Seek` now, was `Search`"),
            ("category-change", "category `search` moves from stage `find` to `tell`"),
            ("category-change", "category `mail` moves from group `look` to `send`"),
        ],
    );
}

#[test]
fn owners_change_in_the_data_and_in_codeowners() {
    let git = handbook();
    git.write("data/stages.yml", STAGES.replace("Bo Plum", "Flo Nut").replace("Ed Lime", "TBD"));
    is(
        &classify(&git),
        "owners-change",
        &[
            ("owners-change", "`pm` of group `look` is Flo Nut now, was Bo Plum"),
            ("owners-change", "`pm` of stage `tell` is TBD now, was Ed Lime"),
        ],
    );
    git.write("data/stages.yml", STAGES);
    git.write(
        "CODEOWNERS",
        OWNERS.replace("/data/ @data @ops", "/data/ @me").replace("* @all\n", ""),
    );
    let value = classify(&git);
    is(
        &value,
        "owners-change",
        &[
            ("owners-change", "`*` is removed, which named @all"),
            ("owners-change", "`/data/` names @me now, was @data @ops"),
        ],
    );
    // Nobody makes themselves the owner who approves it.
    assert_eq!(value["approvers"][0]["owners"], json!(["@all"]));
}

#[test]
fn what_nothing_explains_is_other() {
    let git = handbook();
    git.write(
        "data/features.yml",
        FEATURES.replace("gitlab_core: true", "gitlab_core: false\n  link: x"),
    );
    git.write("data/categories.yml", format!("# A remark.\n{CATEGORIES}"));
    git.write("source/new.html.md", "# New\n").remove("source/direction/mail/index.html.md");
    git.write("pmctl.toml", "");
    is(
        &classify(&git),
        "other",
        &[
            ("other", "only comments, order or layout change"),
            ("other", "`gitlab_core`, `link` of feature `Maps` changes"),
            ("other", "is new"),
            ("other", "is removed"),
            ("other", "is new"),
        ],
    );
}

#[test]
fn several_kinds_are_mixed_and_the_harmless_do_not_count() {
    let git = handbook();
    git.write("data/categories.yml", CATEGORIES.replace("maturity: viable", "maturity: complete"));
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-01-30"));
    let value = classify(&git);
    assert_eq!(
        (&value["kind"], &value["auto_mergeable"]),
        (&json!("maturity-change"), &json!(false))
    );
    assert_eq!(changes(&value).len(), 2);
    git.write("data/stages.yml", STAGES.replace("Bo Plum", "Flo Nut"));
    assert_eq!(classify(&git)["kind"], "mixed");
}

#[test]
fn what_changes_outside_the_handbook_is_for_people_too() {
    let git = Git::new();
    git.write("docs/pmctl.toml", "")
        .write("docs/direction/a.md", "# A\n\nLast reviewed: 2025-12-01\n");
    git.write("src/main.rs", "fn main() {}\n").commit("2026-01-20T12:00:00Z");
    git.write("docs/direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n");
    let run = || {
        pmctl(&["classify", "--since", "main", "-C", "docs", "--format", "json"])
            .run_in(git.root())
            .json()
    };
    assert_eq!(
        (&run()["kind"], &run()["auto_mergeable"]),
        (&json!("review-dates-only"), &json!(true))
    );
    git.write("src/main.rs", "fn main() { panic!() }\n");
    assert_eq!((&run()["kind"], &run()["auto_mergeable"]), (&json!("other"), &json!(false)));
    assert_eq!(run()["changes"][1]["path"], "../src/main.rs");
}

#[test]
fn people_read_what_it_is_who_approves_and_who_is_told() {
    let git = handbook();
    git.write("data/categories.yml", CATEGORIES.replace("maturity: viable", "maturity: minimal"));
    let run = classify_in(&git, &[]).exits(0);
    assert_eq!(
        run.stdout,
        "maturity-change: needs a look

Changes:
  maturity-change: data/categories.yml:5: category `search` goes down from `viable` to `minimal`

Approvers:
  *: @all
  [Product] /data/: @data @ops

To be told:
  Bo Plum: pm of group `look`: category `search` goes down from `viable` to `minimal`
  Cy Fig: pmm of group `look`: category `search` goes down from `viable` to `minimal`
  Ada Pear: pm of stage `find`: category `search` goes down from `viable` to `minimal`
"
    );
    classify_in(&git, &["--format", "markdown"])
        .exits(0)
        .prints("**maturity-change: needs a look**\n\nChanges:\n\n- ");
    assert_eq!(classify_in(&git, &["--quiet"]).stdout, "maturity-change\n");
}

#[test]
fn a_pipeline_can_expect_a_kind() {
    let git = handbook();
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-01-30"));
    classify_in(&git, &["--expect", "review-dates-only"]).exits(0);
    classify_in(&git, &["--expect", "other"])
        .exits(1)
        .says("the change is review-dates-only, not other");
    classify_in(&git, &["--expect", "review-date-only"])
        .exits(2)
        .says("did you mean `review-dates-only`?");
}

#[test]
fn what_cannot_be_told_is_an_error() {
    let git = handbook();
    pmctl(&["classify", "--since", "mian"])
        .run_in(git.root())
        .exits(2)
        .says("did you mean `main`?");
    pmctl(&["classify", "--since", "main", "--no-git"])
        .run_in(git.root())
        .exits(2)
        .says("--no-git");
    pmctl(&["classify", "--since", "auto"]).run_in(git.root()).exits(2).says("neither is set");
    pmctl(&["classify", "--since", "auto"])
        .env("GITHUB_BASE_REF", "main")
        .run_in(git.root())
        .exits(0);
    git.write("data/categories.yml", "search: [\n");
    classify_in(&git, &[]).exits(2).says("data/categories.yml changes and cannot be read");
}

#[test]
fn approvals_that_make_no_sense_are_errors() {
    let git = handbook();
    let wrong = |toml: &str, words: &str| {
        git.write("pmctl.toml", format!("[[approvals]]\n{toml}\n"));
        classify_in(&git, &[]).exits(2).says(words);
    };
    wrong("kind = ['other']\napprovers = ['@a']", "unknown field `kind`");
    wrong("kinds = ['maturity']\napprovers = ['@a']", "unknown variant `maturity`");
    wrong("kinds = ['other']", "has no approvers");
    wrong(
        "kinds = ['other']\ndirection = 'down'\nnotify = ['@a']",
        "has `direction` without the kind `maturity-change`",
    );
    wrong("paths = ['{']\nnotify = ['@a']", "[[approvals]] paths");
}

#[cfg(unix)]
#[test]
fn a_page_that_becomes_a_program_or_a_link_is_for_people_to_look_at() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (git, path) = (handbook(), "source/direction/search/index.html.md");
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(git.path(path), executable).expect("a mode");
    is(&classify(&git), "other", &[("other", "changes its mode")]);
    git.write(path, PAGE.replace("2025-12-01", "2026-01-30"));
    let value = classify(&git);
    assert_eq!((&value["kind"], &value["auto_mergeable"]), (&json!("other"), &json!(false)));
    git.remove(path).write("page.md", PAGE.replace("2025-12-01", "2026-01-30"));
    symlink("../../../page.md", git.path(path)).expect("a link");
    assert_eq!(classify(&git)["kind"], "other");
}

#[test]
fn files_of_any_sort_are_other_and_stop_nothing() {
    let git = handbook();
    git.write("source/picture.png", [0x89, 0, 1]).write("source/latin.html.md", [b'a', 0xff]);
    git.write("sub/.keep", "").commit("2026-01-21T12:00:00Z");
    git.write("source/picture.png", [0x89, 0, 2]).write("source/latin.html.md", [b'b', 0xff]);
    git.remove("CODEOWNERS").remove("data/features.yml");
    git.write("data/rice.yml", "ideas:\n  maps:\n    title: Maps\n");
    let value = classify(&git);
    assert_eq!(value["kind"], "mixed");
    let whats: Vec<String> =
        changes(&value).into_iter().map(|(kind, what)| format!("{kind}: {what}")).collect();
    assert_eq!(
        whats,
        [
            "owners-change: `*` is removed, which named @all",
            "owners-change: `/data/` is removed, which named @data @ops",
            "owners-change: `/source/direction/` is removed, which named @pm",
            "other: feature `Maps` is removed",
            "other: idea `maps` is new",
            "other: changes",
            "other: changes",
        ]
    );
}

#[test]
fn the_owner_of_a_product_area_changes_in_its_table() {
    let git = Git::new();
    let table = "# Areas\n\n| Product Area | Example Features | PM Owner |\n|---|---|---|\n\
        | Maps | Layers | Ada Pear |\n| Mail | Letters | Bo Plum|\n";
    git.write("SUMMARY.md", "# Contents\n\n* [Areas](product-ownership-areas.md)\n");
    git.write("product-ownership-areas.md", table).commit("2026-01-20T12:00:00Z");
    git.write("product-ownership-areas.md", table.replace("Bo Plum|", "Flo Nut |"));
    let what = "the owner of an area is Flo Nut now, was Bo Plum";
    is(&classify(&git), "owners-change", &[("owners-change", what)]);
    git.write("product-ownership-areas.md", table.replace("Letters", "Post"));
    is(&classify(&git), "other", &[("other", "its text changes")]);
}

#[test]
fn what_a_bot_is_to_merge_has_to_be_plausible_too() {
    let git = handbook();
    let expect = |kind: &str| classify_in(&git, &["--expect", kind]);
    let kinds = ["review-dates-only", "mergeable"];
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-01-30"));
    for kind in kinds {
        expect(kind).exits(0);
    }
    expect("generated-only").exits(1);
    for day in ["2999-01-01", "2024-11-01"] {
        git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", day));
        for kind in kinds {
            expect(kind).exits(1).says("needs a look");
        }
    }
    git.write("source/direction/search/index.html.md", PAGE.replace("Words", "Other words"));
    expect("mergeable").exits(1).says("the change is other and needs a look");
    expect("other").exits(0);
}

#[test]
fn stamps_that_come_with_regenerated_text_are_mergeable() {
    let git = handbook();
    let page = "# Overview\n\nContent Last Reviewed: 2025-12-01\n\n<!-- pmctl:begin category_maturity -->\n\
        <!-- pmctl:end -->\n";
    git.write("source/direction/overview.html.md", page).commit("2026-01-21T12:00:00Z");
    pmctl(&["generate"]).run_in(git.root()).exits(0);
    pmctl(&["review", "source/direction/overview.html.md"]).run_in(git.root()).exits(0);
    assert_eq!(classify(&git)["kind"], "mixed");
    classify_in(&git, &["--expect", "mergeable"]).exits(0);
    classify_in(&git, &["--expect", "generated-only"]).exits(1).says("the change is mixed");
}

#[test]
fn to_deprecate_is_to_go_down() {
    let git = handbook();
    git.write(
        "pmctl.toml",
        "[maturity]\nlevels = [\"planned\", \"viable\", \"deprecated\", \"frozen\"]\n\
        [[approvals]]\ndirection = \"down\"\napprovers = [\"@head\"]\n",
    );
    git.commit("2026-01-21T12:00:00Z");
    let to = |level: &str| {
        let text = CATEGORIES.replace("maturity: viable", &format!("maturity: {level}"));
        git.write("data/categories.yml", text);
        let value = classify(&git);
        (value["changes"][0]["direction"].clone(), value["approvers"].to_string().contains("@head"))
    };
    assert_eq!(to("deprecated"), (json!("down"), true));
    assert_eq!(to("frozen"), (json!("up"), false));
    let toml = std::fs::read_to_string(git.path("pmctl.toml")).expect("a file");
    git.write("pmctl.toml", toml.replace("[[app", "terminal = [\"frozen\"]\n[[app"));
    git.write("data/categories.yml", CATEGORIES).commit("2026-01-22T12:00:00Z");
    assert_eq!(to("frozen"), (json!("down"), true));
}

#[test]
fn an_end_of_life_of_a_file_is_below_its_other_levels() {
    let git = Git::new();
    let features = "kites:\n  title: Kites\n  maturity: ga\n";
    git.write("pmctl.toml", "profile = \"default\"\n").write("data/features.yml", features);
    git.write(
        "data/maturity_levels.yml",
        "beta:\n  title: B\nga:\n  title: G\nretired:\n  title: R\n",
    );
    git.commit("2026-01-20T12:00:00Z");
    git.write("data/features.yml", features.replace("ga", "retired"));
    assert_eq!(classify(&git)["changes"][0]["direction"], "down");
}

#[test]
fn what_is_not_tracked_and_not_read_is_no_part_of_the_change() {
    let git = handbook();
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-01-30"));
    for path in ["notes.txt", "source/picture.png", "build/out/index.html", "report.json"] {
        git.write(path, "x\n");
    }
    assert_eq!(classify(&git)["kind"], "review-dates-only");
    for path in ["source/direction/new.html.md", "CODEOWNERS", "pmctl.toml", ".gitignore"] {
        let text = std::fs::read_to_string(git.path(path)).unwrap_or_default();
        git.write(path, format!("{text}# New\n"));
        classify_in(&git, &["--expect", "mergeable"]).exits(1);
        git.remove(path);
        if path == "CODEOWNERS" {
            git.write(path, OWNERS);
        }
    }
    classify_in(&git, &["--expect", "mergeable"]).exits(0);
    // What is tracked is a part of it.
    git.run(&["add", "notes.txt"]);
    classify_in(&git, &["--expect", "mergeable"]).exits(1);
}

#[test]
fn what_lint_writes_is_no_change() {
    let git = handbook();
    git.write("source/direction/mail/index.html.md", format!("{PAGE}\n[gone](/direction/gone/)\n"));
    git.commit("2026-01-21T12:00:00Z");
    pmctl(&["lint", "--write-baseline"]).run_in(git.root()).exits(0);
    git.commit("2026-01-22T12:00:00Z");
    git.write("source/direction/search/index.html.md", PAGE.replace("2025-12-01", "2026-01-30"));
    let reports = [
        "--report",
        "gitlab=gl-code-quality-report.json",
        "--report",
        "sarif=pmctl.sarif",
        "--report",
        "junit=pmctl.xml",
    ];
    let lint = |args: &[&str]| {
        let all: Vec<&str> = ["lint"].iter().chain(args).chain(&reports).copied().collect();
        pmctl(&all).run_in(git.root());
    };
    lint(&["--no-baseline"]);
    git.run(&["add", "-A"]);
    classify_in(&git, &["--expect", "mergeable"]).exits(0);
    // A file of that name with anything else is a change.
    git.write("gl-code-quality-report.json", "[{\"check_name\": \"mine\"}]\n");
    classify_in(&git, &["--expect", "mergeable"]).exits(1);
    git.write("gl-code-quality-report.json", "[]\n");
    git.write("source/direction/mail/index.html.md", PAGE.replace("Search", "Mail"));
    git.commit("2026-01-23T12:00:00Z");
    git.run(&["update-ref", "refs/heads/main", "HEAD"]);
    pmctl(&["lint", "--prune-baseline"]).run_in(git.root()).exits(0);
    is(&classify(&git), "none", &[]);
    let baseline = std::fs::read_to_string(git.path(".pmctl-baseline.json")).expect("a baseline");
    git.commit("2026-01-24T12:00:00Z");
    git.run(&["update-ref", "refs/heads/main", "HEAD"]);
    git.write(".pmctl-baseline.json", baseline.replace("[]", "[\n    {\"path\":\"a.md\",\"rule\":\"link-missing-file\",\"count\":1,\"content\":\"1\",\"message\":\"x\"}\n  ]"));
    classify_in(&git, &["--expect", "mergeable"]).exits(1);
}

#[test]
fn the_settings_of_before_decide_and_the_approvals_of_both_sides_count() {
    let git = handbook();
    let approvals = |who: &str| {
        format!("[[approvals]]\nkinds = [\"maturity-change\"]\napprovers = [\"{who}\"]\n")
    };
    git.write("pmctl.toml", approvals("@vp")).commit("2026-01-21T12:00:00Z");
    git.write("data/categories.yml", CATEGORIES.replace("maturity: viable", "maturity: minimal"));
    let owners = |git: &Git| -> Vec<String> {
        let value = classify(git);
        let all = value["approvers"].as_array().expect("a list").iter();
        let all = all.filter(|one| one["source"] == "approvals");
        all.flat_map(|one| one["owners"].as_array().expect("a list").clone())
            .map(|who| who.as_str().expect("text").to_owned())
            .collect()
    };
    git.write("pmctl.toml", "profile = \"gitlab\"\n");
    assert_eq!(owners(&git), ["@vp"]);
    git.write("pmctl.toml", approvals("@me"));
    assert_eq!(owners(&git), ["@vp", "@me"]);
    // Levels the other way round would make a step up of a step down.
    let levels =
        "[maturity]\nlevels = [\"lovable\", \"complete\", \"viable\", \"minimal\", \"planned\"]\n";
    git.write(
        "pmctl.toml",
        format!(
            "{}[maturity]\nlevels = [\"planned\", \"minimal\", \"viable\"]\n",
            approvals("@vp")
        ),
    );
    git.write("data/categories.yml", CATEGORIES).commit("2026-01-22T12:00:00Z");
    git.write("pmctl.toml", format!("{}{levels}", approvals("@vp")));
    git.write("data/categories.yml", CATEGORIES.replace("maturity: viable", "maturity: minimal"));
    let value = classify(&git);
    let moved = value["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["kind"] == "maturity-change");
    assert_eq!(moved.expect("a change")["direction"], "down", "{value:#}");
}

#[test]
fn owners_of_a_file_that_git_does_not_know_and_nobody_reads_do_not_approve() {
    let git = Git::new();
    git.write("data/features.yml", "maps:\n  title: Maps\n").write("direction/quay.md", PAGE);
    git.write("notes/rope.md", PAGE);
    git.write("CODEOWNERS", "/direction/ @direction\n/notes/ @notes\n");
    git.write("direction/CODENOTIFY", "* @direction-readers\n");
    git.write("notes/CODENOTIFY", "* @notes-readers\n").commit("2026-01-21T12:00:00Z");
    git.run(&["checkout", "-q", "-b", "change"]);
    git.write("direction/quay.md", format!("{PAGE}\nMore.\n")).commit("2026-01-22T12:00:00Z");
    let owners = || {
        let value = classify(&git);
        let each = |list: &str, key: &str| -> Vec<Value> {
            let all = value[list].as_array().expect("a list").iter();
            all.map(|one| one[key].clone()).collect()
        };
        (each("approvers", "owners"), each("notify", "who"))
    };
    let (approving, told) = (vec![json!(["@direction"])], vec![json!("@direction-readers")]);
    assert_eq!(owners(), (approving.clone(), told.clone()));
    // Both kinds of files name owners of it.
    git.write("notes/list.txt", "one\n");
    assert_eq!(owners(), (approving, told));
    git.run(&["add", "notes/list.txt"]);
    let (approving, told) = owners();
    assert_eq!((approving.len(), told.len()), (2, 2), "once git knows it, its owners do");
    assert!(approving.contains(&json!(["@notes"])) && told.contains(&json!("@notes-readers")));
}
