//! The rules about links: a handbook, its links, and what is said of them.

use crate::common;
use crate::common::git::Git;
use crate::common::{Handbook, repository};
use jiff::civil::date;
use pmctl::config::Config;
use pmctl::lint::{Diagnostic, Levels, Repair, judge};
use pmctl::repo::{Files, Repo, Revision};
use proptest::prelude::*;

const RULES: [&str; 4] =
    ["link-missing-file", "link-missing-anchor", "link-absolute-internal", "link-malformed"];

/// What is said of the links: rule, place and message of each finding.
fn said(handbook: &Handbook) -> Vec<String> {
    let rules = RULES.iter().flat_map(|rule| ["--rule", rule]);
    let args: Vec<&str> =
        ["lint", "--format", "json", "--exit-zero"].into_iter().chain(rules).collect();
    let run = handbook.run(&args);
    let findings = run.json()["diagnostics"].as_array().expect("a list").clone();
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().map(str::to_owned);
    findings
        .iter()
        .map(|finding| {
            let place = format!("{}:{}", text(finding, "path").expect("a path"), finding["line"]);
            let message = text(finding, "message").expect("a message");
            match text(finding, "help").filter(|help| help.contains('`')) {
                Some(help) => format!("{place} {message}; {help}"),
                None => format!("{place} {message}"),
            }
        })
        .collect()
}

/// A handbook of the default profile with one page, `direction/piers.md`.
fn page(text: &str) -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n").file("direction/piers.md", text)
}

/// A handbook as GitLab keeps it, with one page, `/direction/piers/`.
fn site_page(text: &str) -> Handbook {
    Handbook::new()
        .file("data/stages.yml", "stages: {}\n")
        .file("data/features.yml", "features: []\n")
        .file("source/direction/piers/index.html.md", text)
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_folder_is_a_target_where_a_repository_shows_it_and_needs_a_page_on_a_site() {
    let handbook = page("[Plans](plans) and [all](..)").file("direction/plans/boats.md", "# Boats");
    assert_eq!(said(&handbook), NOTHING);
    let handbook = Handbook::new()
        .file("data/product_teams.yml", "")
        .file("data/features.yml", "{}\n")
        .file("content/index.md", "[Plans](plans/), [quay](quay/)")
        .file("content/quay/index.md", "# Quay")
        .file("content/plans/boats.md", "# Boats");
    assert_eq!(
        said(&handbook),
        ["content/index.md:1 `plans/` leads to the folder `content/plans`, which has no page"]
    );
}

#[test]
fn a_redirect_tells_the_new_address_wherever_it_lies() {
    let handbook = site_page(
        "[Old](/direction/quay/?x=1#y), [far](/handbook/ropes/), [gone](/direction/knots/)",
    )
    .file("source/direction/ropes/index.html.md", "## Y\n")
    .file(
        "data/redirects.yml",
        "- {sources: /direction/quay/, target: /direction/ropes/, comp_op: '='}\n\
             - {sources: /handbook/ropes/, target: 'https://ropes.example.com/', comp_op: '='}\n\
             - {sources: /direction/knots/, target: /direction/lost/, comp_op: '='}\n",
    );
    let findings = said(&handbook);
    assert_eq!(
        findings,
        [
            "data/redirects.yml:3 `/direction/lost/` leads nowhere: there is no `source/direction/lost`",
            "source/direction/piers/index.html.md:1 `/direction/quay/?x=1#y` is an old address, which is \
             redirected to `/direction/ropes/`; write `/direction/ropes/?x=1#y`",
            "source/direction/piers/index.html.md:1 `/handbook/ropes/` is an old address, which is redirected to \
             `https://ropes.example.com/`; write `https://ropes.example.com/`",
            "source/direction/piers/index.html.md:1 `/direction/knots/` is redirected to `/direction/lost/`, where \
             nothing is",
        ]
    );
    handbook.run(&["lint", "--rule", "link-missing-file"]).exits(1).prints("2 errors, 2 warnings");
}

#[test]
fn what_lies_outside_of_the_roots_is_not_judged_and_what_is_ignored_neither() {
    let text = "[A](/handbook/a/), [b](/direction/b/), ![c](/images/c.png)";
    let here = "source/direction/piers/index.html.md:1";
    let lost =
        |place: &str, link: &str| format!("{here} `{link}` leads nowhere: there is no `{place}`");
    assert_eq!(said(&site_page(text)), [lost("source/direction/b", "/direction/b/")]);
    let all = site_page(text).file("pmctl.toml", "[links]\nroots = ['.']\n");
    assert_eq!(
        said(&all),
        [lost("source/handbook/a", "/handbook/a/"), lost("source/direction/b", "/direction/b/")]
    );
    let none = all.file("pmctl.toml", "[links]\nroots = ['.']\nignore = ['source/{handbook,direction/b}/**', 'source/direction/b']\n");
    assert_eq!(said(&none), NOTHING);
}

#[test]
fn nothing_is_said_of_a_kind_of_file_that_the_handbook_does_not_hold() {
    let handbook = page("![Pier](pier.png), [plan](plan.pdf)");
    assert_eq!(said(&handbook), NOTHING);
    let handbook = handbook.file("direction/boat.JPG", "");
    assert_eq!(
        said(&handbook),
        ["direction/piers.md:1 `pier.png` leads nowhere: there is no `direction/pier.png`"]
    );
    let data_alone = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/categories.yml", "piers:\n  name: Piers\n  direction: direction/piers.md\n");
    assert_eq!(said(&data_alone), NOTHING);
}

#[test]
fn a_letter_case_is_told_and_a_file_that_moved_is_found_by_its_name() {
    let handbook = page("[Quay](Quay.md#Ropes), [boats](boats.md 'Boats')")
        .file("direction/quay.md", "## Ropes")
        .file("strategy/old (2)/boats.md", "# Boats");
    assert_eq!(
        said(&handbook),
        [
            "direction/piers.md:1 `Quay.md#Ropes` differs only by letter case from what is there, `direction/quay.md`; \
             write `quay.md#Ropes`",
            "direction/piers.md:1 `boats.md` leads nowhere: there is no `direction/boats.md`; \
             `strategy/old (2)/boats.md` has this name; write `../strategy/old%20%282%29/boats.md` if it is meant",
        ]
    );
}

#[test]
fn links_are_found_however_they_are_written_and_never_in_code() {
    let handbook = page(
        "[a](a.md) [b][b] [b] <a href='c.md'>c</a> ![d](<d d.md>) [e](e%20e.md)\n\n\
         `[f](f.md)` <!-- [g](g.md) --> [h](<%= h %>.md) [i]({{i}})\n\n    [j](j.md)\n\n[b]: b.md 'B'\n",
    )
    .file("direction/e e.md", "# E");
    let targets: Vec<String> = said(&handbook)
        .iter()
        .map(|said| said.split('`').nth(1).expect("a target").to_owned())
        .collect();
    assert_eq!(targets, ["a.md", "c.md", "d d.md", "b.md"]);
}

#[test]
fn links_of_partial_pages_start_where_they_are_taken_in() {
    let handbook = site_page("# Piers")
        .file("source/direction/piers/_boats.html.md", "[a](a/), [b](/direction/b/), [c](#c)");
    assert_eq!(
        said(&handbook),
        [
            "source/direction/piers/_boats.html.md:1 `/direction/b/` leads nowhere: there is no `source/direction/b`"
        ]
    );
}

#[test]
fn an_anchor_is_a_heading_an_id_or_what_a_generator_makes() {
    let handbook = page(
        "[1](#piers) [2](#rope) [3](#x-1) [4](#plans) [5](people.md#ada-frost) [6](people.md#ada)\n\n\
         # Piers\n\n## X\n\n## X\n\n## Y {#plans}\n\n<a name=\"rope\"></a>\n",
    )
    .file("data/people.yml", "ada: {name: Ada Frost, role: Pilot}\n")
    .file("direction/people.md", "# People\n\n{{generator:team_members_list}}\n");
    assert_eq!(
        said(&handbook),
        ["direction/piers.md:1 `direction/people.md` has no heading `#ada`"]
    );
    let unfilled =
        handbook.file("direction/people.md", "# People\n\n{{generator:team_member_list}}\n");
    assert_eq!(said(&unfilled), NOTHING, "nobody knows what the wrong name would make");
}

#[test]
fn what_makes_the_site_may_have_a_rule_of_its_own_for_ids() {
    let text = "[1](#plans--goals) [2](#plans-goals) [3](#next) [4](#2-next) [5](#goals)\n\n## Plans & goals\n\n## 2. Next\n";
    assert_eq!(
        said(&page(text)),
        ["direction/piers.md:1 `direction/piers.md` has no heading `#goals`"]
    );
    let sourcegraph = Handbook::new()
        .file("data/product_teams.yml", "")
        .file("data/features.yml", "{}\n")
        .file("content/a.md", text);
    let findings = said(&sourcegraph);
    assert_eq!(findings.len(), 3, "its site has GitHub's ids alone: {findings:?}");
}

#[test]
fn a_page_may_be_a_folder_of_the_site_and_a_folder_another_repository() {
    let handbook = page("[a](../quay/), [b](../ropes/), [c](../lib/knots/x.md)")
        .file("direction/quay.md", "# Quay")
        .file(
            ".gitmodules",
            "[submodule \"lib\"]\n\tpath = lib/knots\n\turl = https://knots.example.com\n",
        );
    assert_eq!(
        said(&handbook),
        ["direction/piers.md:1 `../ropes/` leads nowhere: there is no `ropes`"]
    );
}

#[test]
fn a_template_may_make_headings_that_nobody_sees() {
    let handbook = site_page("[1](/direction/quay/#ropes), [2](/direction/quay/knots.html#ropes)")
        .file(
            "source/direction/quay/index.html.md.erb",
            "# Quay\n\n<% ropes.each do |rope| %>\n\n## <%= rope %>\n\n<% end %>\n",
        )
        .file("source/direction/quay/knots.html.md.erb", "# Knots\n\nSince <%= year %>.\n");
    assert_eq!(
        said(&handbook),
        [
            "source/direction/piers/index.html.md:1 `source/direction/quay/knots.html.md.erb` has no heading `#ropes`"
        ]
    );
}

#[test]
fn data_is_read_for_links_where_its_fields_are_said_to_hold_them() {
    let handbook = page("# Piers")
        .file("data/people.yml", "ada:\n  name: Ada\n  role: |\n    A pilot of\n    [boats](/strategy/boats.md), see [piers](/direction/piers.md#pierz)\n")
        .file("data/teams.yml", "quay: {title: Quay, strategy_link: ../strategy/quay.md}\n")
        .file(
            "data/categories.yml",
            "a: {name: A, direction: /direction/Piers.md}\nb: {name: B, direction: TBD}\n\
             c: {name: C, direction: 'https://plans.example.com/c'}\n",
        );
    assert_eq!(
        said(&handbook),
        [
            "data/categories.yml:1 `/direction/Piers.md` differs only by letter case from what is there, \
             `direction/piers.md`; write `/direction/piers.md`",
            "data/people.yml:5 there is no `strategy/boats.md`",
            "data/people.yml:5 `direction/piers.md` has no heading `#pierz`; did you mean `#piers`?",
            "data/teams.yml:1 `../strategy/quay.md` leads nowhere: there is no `strategy/quay.md`",
        ]
    );
}

#[test]
fn what_is_generated_from_data_is_reported_in_the_data_alone() {
    let handbook = page("# Piers\n\n<!-- pmctl:begin category_owners -->\n<!-- pmctl:end -->\n")
        .file("data/categories.yml", "a: {name: A, direction: /direction/lost.md}\n");
    handbook.run(&["generate"]).exits(0);
    let page = std::fs::read_to_string(handbook.path("direction/piers.md")).expect("a page");
    assert!(page.contains("](/direction/lost.md)"), "{page}");
    let findings = said(&handbook);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].starts_with("data/categories.yml:1"), "{findings:?}");
}

#[test]
fn the_address_of_the_site_is_told_by_the_configuration() {
    let handbook = page(
        "[a](https://harbour.example.com/hb/direction/piers.md#piers), [b](https://harbour.example.com/)\n\n# Piers\n",
    );
    assert_eq!(said(&handbook), NOTHING);
    let handbook =
        handbook.file("pmctl.toml", "[links]\nsite = 'https://harbour.example.com/hb/'\n");
    assert_eq!(
        said(&handbook),
        [
            "direction/piers.md:1 `https://harbour.example.com/hb/direction/piers.md#piers` is a page of this handbook; \
             write `#piers`"
        ]
    );
    let wrong = handbook.file("pmctl.toml", "[links]\nsite = 'harbour.example.com'\n");
    wrong.run(&["lint"]).exits(2).says("write it as `https://handbook.example.com`");
}

#[test]
fn files_that_are_hidden_are_looked_for_and_git_ignores_what_it_ignores() {
    let handbook = page("![a](../.gitbook/a.png) ![b](../.gitbook/b.png) [c](../built/c.md)")
        .file(".gitbook/a.png", "")
        .file("shown.png", "")
        .file(".gitignore", "/built\n")
        .file("built/c.md", "# C");
    assert_eq!(
        said(&handbook),
        [
            "direction/piers.md:1 `../.gitbook/b.png` leads nowhere: there is no `.gitbook/b.png`",
            "direction/piers.md:1 `../built/c.md` leads nowhere: there is no `built/c.md`",
        ]
    );
}

#[test]
fn a_path_above_the_root_is_wrong_unless_the_handbook_is_a_folder_of_something_larger() {
    let text = "[boats](../../boats.md)";
    assert_eq!(
        said(&page(text)),
        [
            "direction/piers.md:1 `../../boats.md` climbs above the root of the handbook; count the folders again, or begin at the root with `/`"
        ]
    );
    let inner = Handbook::new()
        .file(".git/HEAD", "")
        .file("docs/data/features.yml", "{}\n")
        .file("docs/direction/piers.md", text);
    inner
        .run(&["lint", "-C", "docs", "--rule", "link-malformed"])
        .exits(0)
        .prints("nothing to report");
}

#[test]
fn what_makes_the_site_of_a_handbook_without_a_profile_may_have_a_root_of_its_own() {
    let handbook = page("[a](/plans/), [b](quay/), [g](/g.md), [c](quay.html), [d](@site/d.md), ![e](/img/e.png), [f](/direction/f/)")
        .file("direction/quay.md", "")
        .file("static/img/e.png", "");
    assert_eq!(
        said(&handbook),
        [
            "direction/piers.md:1 there is no `g.md`",
            "direction/piers.md:1 there is no `direction/f`",
        ]
    );
}

/// The messages about links of the handbook in `files`.
fn judged(files: &impl Files, config: &Config) -> Vec<String> {
    findings(files, config).into_iter().map(|found| found.finding.message).collect()
}

/// What is found about links of the handbook in `files`.
fn findings(files: &impl Files, config: &Config) -> Vec<Diagnostic> {
    let mut levels = Levels::new();
    for rule in RULES {
        levels.only(rule).expect("a rule");
    }
    let judgement =
        judge(files, config, &levels, date(2026, 1, 31), |_, _| {}).expect("it can be judged");
    judgement.findings
}

#[test]
fn what_is_mended_is_right_afterwards_and_nothing_else_changes() {
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("pmctl.toml", "[links]\nsite = 'https://harbour.example.com'\n")
        .file("strategy/old (2)/boats.md", "# Boats\n\n## Crew\n")
        .file("direction/quay.md", "# Quay\n\n## Ropes\n")
        .file(
            "direction/piers.md",
            "[1](Quay.md?x=1#ropes 'Ropes') [2](<boats.md#crew>) [3](quay.md#Ropes) [4](quay.md##ropes) [5][q]\n\
             <a href='https://harbour.example.com/direction/quay/#ropes'>6</a> [7](https://https://a.example/(x))\n\
             [8](www.a.example) [9](mailto:mailto:ada@a.example)\n\n[q]: QUAY.md 'Quay'\n",
        );
    let repo = Repo::at(handbook.path(""));
    let config = Config::load(&repo, None, None, None).expect("a configuration");
    let file = handbook.path("direction/piers.md");
    let mut text = std::fs::read_to_string(&file).expect("a page");
    let findings = findings(&repo, &config);
    assert_eq!(findings.len(), 9);
    let mut edits: Vec<_> = findings
        .into_iter()
        .flat_map(|found| found.finding.fix.expect("a fix").repairs)
        .map(|repair| match repair {
            Repair::Text(edit) => edit,
            Repair::Scalar { .. } | Repair::Quotes(_) => panic!("it is on a page"),
        })
        .collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.replacement);
    }
    assert_eq!(
        text,
        "[1](quay.md?x=1#ropes 'Ropes') [2](<../strategy/old%20%282%29/boats.md#crew>) [3](quay.md#ropes) \
         [4](quay.md#ropes) [5][q]\n<a href='/direction/quay/#ropes'>6</a> [7](https://a.example/(x))\n\
         [8](https://www.a.example) [9](mailto:ada@a.example)\n\n[q]: quay.md 'Quay'\n"
    );
    std::fs::write(&file, text).expect("a page");
    assert_eq!(judged(&repo, &config), NOTHING);
}

#[test]
fn what_is_said_does_not_depend_on_the_number_of_threads() {
    for rule in RULES {
        let folder = repository("fixtures/rules").join(rule).join("sourcegraph");
        let folder = if folder.exists() {
            folder
        } else {
            repository("fixtures/rules").join(rule).join("default")
        };
        let run = |threads: &str| {
            let call = common::pmctl(&["lint", "-C", ".", "--format", "json"]);
            call.env("RAYON_NUM_THREADS", threads).run_in(&folder).stdout
        };
        assert_eq!(run("1"), run("8"));
    }
}

#[test]
fn a_commit_is_judged_by_what_it_held() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n");
    git.write(
        "direction/piers.md",
        "[Quay](quay.md), [boats](boats.md), ![pier](../.gitbook/pier.png)",
    );
    git.write("direction/quay.md", "# Quay");
    git.write(".gitbook/pier.png", "");
    git.commit("2026-01-10T12:00:00Z");
    std::fs::remove_file(git.path("direction/quay.md")).expect("it was there");
    git.write("direction/boats.md", "# Boats");
    let repo = Repo::at(git.root());
    let config = Config::load(&repo, None, None, None).expect("a configuration");
    let before = Revision::open(&repo, "HEAD").expect("a commit");
    assert_eq!(
        judged(&before, &config),
        ["`boats.md` leads nowhere: there is no `direction/boats.md`"]
    );
    assert_eq!(
        judged(&repo, &config),
        ["`quay.md` leads nowhere: there is no `direction/quay.md`"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_is_judged(
        parts in prop::collection::vec(
            "\\PC{0,12}|\\]\\(|\\[|\\)|<a href=\"|\">|https?:|//|\\.\\./|#|\\?|%[0-9a-f]{0,2}|\\{% page-ref page=\"|\\n",
            0..60,
        ),
        profile in 0_usize..4,
    ) {
        let text = parts.concat();
        let (profile, path) = [
            ("default", "direction/a.md"),
            ("gitlab", "source/direction/a/index.html.md.erb"),
            ("sourcegraph", "content/a.md"),
            ("mattermost", "a.md"),
        ][profile];
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            std::fs::write(path, text).expect("a file");
        };
        write(path, &text);
        write("data/teams.yml", &serde_json::json!({"a": {"title": "A", "strategy_link": text, "brief": text}}).to_string());
        let repo = Repo::at(folder.path());
        let config = Config::load(&repo, None, Some(profile), None).expect("a configuration");
        let first = judged(&repo, &config);
        prop_assert_eq!(&first, &judged(&repo, &config));
        for message in first {
            prop_assert!(!message.is_empty());
        }
    }
}

#[test]
fn another_year_is_not_suggested() {
    let handbook =
        page("[Last](#fiscal-year-2022) [slip](#fiscal-yaer-2025)\n\n## Fiscal year 2025\n");
    assert_eq!(
        said(&handbook),
        [
            "direction/piers.md:1 `direction/piers.md` has no heading `#fiscal-year-2022`",
            "direction/piers.md:1 `direction/piers.md` has no heading `#fiscal-yaer-2025`; did you mean `#fiscal-year-2025`?"
        ]
    );
}

#[test]
fn what_a_forge_shows_beside_the_files_is_no_file() {
    let links = "[Issues](../../../issues), [one](../../../issues/12), [notes](../../../wiki/Home), \
                 [easy](../../../labels/help%20wanted), [offer](../../../compare/)";
    assert_eq!(said(&page(links)), NOTHING);
    let links = "[Not there](../../issues), [nor there](../../../boats)";
    assert_eq!(said(&page(links)).len(), 2);
}

#[test]
fn an_address_without_its_scheme_is_told_though_no_file_ends_like_it() {
    assert_eq!(
        said(&page("[Us](www.example.com)")),
        [
            "direction/piers.md:1 `www.example.com` is a web address without `https://`; write `https://www.example.com`"
        ]
    );
}

#[test]
fn many_links_to_one_missing_page_say_how_many_they_are() {
    let handbook = page(&"[Boats](boats.md)\n\n".repeat(10)).file("direction/quay.md", "# Quay");
    let said = said(&handbook);
    assert_eq!(said.len(), 10);
    assert!(
        said[0]
            .ends_with("10 links lead there, so if the site makes it, name it in `[links] ignore`")
    );
}

#[test]
fn a_redirect_of_many_pages_to_one_is_followed_only_on_demand() {
    let redirects = |sources: &str| {
        let redirect =
            format!("- sources: [{sources}]\n  target: /direction/quay/\n  comp_op: '='\n");
        let page = "[Boats](/direction/boats/)\n";
        site_page(page)
            .file("data/redirects.yml", redirect)
            .file("source/direction/quay/index.html.md", "# Quay")
    };
    let fixable = |handbook: &Handbook| {
        let args = ["lint", "--rule", "link-missing-file", "--format", "json"];
        handbook.run(&args).exits(0).json()["diagnostics"][0]["fixable"].clone()
    };
    assert_eq!(fixable(&redirects("/direction/boats/")), true);
    assert_eq!(fixable(&redirects("/direction/boats/, /a/, /b/, /c/")), false);
}
