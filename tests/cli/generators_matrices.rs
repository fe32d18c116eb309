//! The generators of matrices and of the tables beside them: each call on a page gives the text that is expected.
//!
//! The fixtures hold what breaks tables: bars, backticks and arrows in titles, remarks of several lines, categories,
//! stages and teams that are not there.

use crate::common::{compare, repository};
use jiff::civil::{Date, date};
use pmctl::config::Config;
use pmctl::generate::generator::make;
use pmctl::generate::mark::marks;
use pmctl::generate::markdown::{Place, markdown};
use pmctl::generate::scene::Material;
use pmctl::handbook::{Loaded, Scope, load};
use pmctl::repo::Repo;
use pmctl::review::Survey;
use pmctl::rice::{self, Judged, Measure, Scales};
use pmctl::source::RepoPath;
use pmctl::source::markdown::Outline;

/// A handbook, and everything that a scene of it is made of.
struct Set {
    loaded: Loaded,
    ideas: Vec<Judged>,
    reviews: Survey,
}

impl Set {
    fn new(profile: &str, today: Date) -> Self {
        let repo = Repo::at(repository(&format!("fixtures/generators/{profile}")));
        // The handbook of matrices over code hosts is kept as Sourcegraph keeps its own.
        let profile = if profile == "matrices" { "sourcegraph" } else { profile };
        let config = Config::load(&repo, None, Some(profile), None).expect("a good configuration");
        let scales = Scales::new(&config.rice.scales).expect("scales");
        let (loaded, may_hold) =
            load(&repo, &config, Scope::Whole, |_, text, _| rice::may_hold_ideas(text));
        let measure = Measure { scales: &scales, expires: config.rice.expires, today };
        let ideas = rice::judged(&loaded, &may_hold, measure);
        let (mut loaded, mut reviews) = Survey::load(&repo, &config, Scope::Whole, today);
        reviews.add_owners(&repo, &mut loaded);
        Self { loaded, ideas, reviews }
    }

    fn material(&self) -> Material<'_> {
        Material::new(&self.loaded, &self.ideas, Some(&self.reviews))
    }
}

/// The text that `call` makes below a section of the page `reference/page.md`.
fn generated(material: &Material<'_>, call: &str) -> String {
    let page = format!("# Page\n\n<!-- pmctl:begin {call} -->\n<!-- pmctl:end -->\n");
    let (marks, broken) = marks(&page);
    assert!(broken.is_empty(), "{broken:?}");
    let made = make(&marks[0].call, material).expect(call);
    let path = RepoPath::new("reference/page.md").expect("a path");
    markdown(&made.blocks, Place { page: &path, level: marks[0].level })
}

const DAY: Date = date(2026, 1, 31);

const CALLS: &[(&str, &str, &str)] = &[
    ("gitlab", "feature_matrix-tiers", "feature_matrix rows=feature columns=tiers"),
    ("gitlab", "feature_matrix-differences", "feature_matrix columns=tiers only=differences"),
    ("gitlab", "feature_matrix-competitors", "feature_matrix columns=competitors"),
    ("gitlab", "feature_matrix-category", "feature_matrix columns=competitors category=beacons"),
    ("gitlab", "feature_matrix-stage", "feature_matrix columns=tiers stage=deep"),
    ("gitlab", "feature_matrix-maturity", "feature_matrix columns=maturity"),
    ("gitlab", "feature_matrix-code_hosts", "feature_matrix columns=code_hosts"),
    ("gitlab", "feature_matrix-none", "feature_matrix columns=tiers category=mooring_posts"),
    ("gitlab", "category_maturity", "category_maturity"),
    ("gitlab", "category_maturity-stage", "category_maturity stage=shore"),
    ("gitlab", "category_maturity-empty", "category_maturity stage=empty_stage"),
    ("gitlab", "features_by_category", "features_by_category"),
    ("gitlab", "features_by_category-one", "features_by_category category=beacons"),
    ("gitlab", "missing_features", "missing_features"),
    ("gitlab", "missing_features-category", "missing_features category=beacons"),
    ("gitlab", "category_owners", "category_owners"),
    ("gitlab", "maturity_summary", "maturity_summary"),
    ("gitlab", "rice_ranking", "rice_ranking"),
    ("gitlab", "rice_ranking-top", "rice_ranking top=1"),
    ("gitlab", "rice_ranking-area", "rice_ranking area=shore"),
    ("gitlab", "review_calendar", "review_calendar"),
    ("gitlab", "review_calendar-owner", "review_calendar by=owner"),
    ("default", "feature_matrix-maturity", "feature_matrix columns=maturity"),
    ("default", "feature_matrix-differences", "feature_matrix columns=maturity only=differences"),
    ("default", "feature_matrix-team", "feature_matrix columns=maturity team=hull"),
    ("default", "feature_matrix-tiers", "feature_matrix columns=tiers"),
    ("default", "category_maturity", "category_maturity"),
    ("default", "features_by_category", "features_by_category"),
    ("default", "missing_features", "missing_features"),
    ("default", "category_owners", "category_owners"),
    ("default", "maturity_summary", "maturity_summary"),
    ("default", "rice_ranking", "rice_ranking"),
    ("default", "review_calendar-owner", "review_calendar by=owner"),
    ("matrices", "feature_matrix-code_hosts", "feature_matrix columns=code_hosts"),
    (
        "matrices",
        "feature_matrix-code_hosts_differences",
        "feature_matrix columns=code_hosts only=differences",
    ),
    ("matrices", "feature_matrix-deployment_options", "feature_matrix columns=deployment_options"),
    ("matrices", "missing_features", "missing_features"),
    ("matrices", "category_maturity", "category_maturity"),
    ("matrices", "maturity_summary", "maturity_summary"),
];

#[test]
fn every_call_gives_what_is_expected() {
    for profile in ["gitlab", "default", "matrices"] {
        let set = Set::new(profile, DAY);
        let material = set.material();
        for (_, name, call) in CALLS.iter().filter(|(of, ..)| *of == profile) {
            let path = format!("fixtures/generators/{profile}.expected/{name}.md");
            compare(&generated(&material, call), &repository(&path));
        }
    }
}

/// What is generated today is what is generated in ten years, or a page would drift by itself.
#[test]
fn the_day_changes_nothing() {
    let later = date(2036, 2, 29);
    for profile in ["gitlab", "default", "matrices"] {
        let (one, other) = (Set::new(profile, DAY), Set::new(profile, later));
        for (_, _, call) in CALLS.iter().filter(|(of, ..)| *of == profile) {
            assert_eq!(
                generated(&one.material(), call),
                generated(&other.material(), call),
                "{profile}: {call}"
            );
        }
    }
}

/// Whatever stands in a title, a row has as many cells as there are columns, and no comment begins.
#[test]
fn every_table_parses_back_to_its_cells() {
    for (profile, _, call) in CALLS {
        let set = Set::new(profile, DAY);
        let text = generated(&set.material(), call);
        let outline = Outline::parse(&text);
        assert!(outline.comments.is_empty(), "{call}\n{text}");
        for table in &outline.tables {
            for row in &table.rows {
                assert_eq!(row.raw_cells, table.rows[0].raw_cells, "{profile}: {call}\n{text}");
            }
        }
    }
}

#[test]
fn reviews_that_nobody_has_read_are_said_to_be_missing() {
    let Set { loaded, ideas, .. } = Set::new("default", DAY);
    let text = generated(&Material::new(&loaded, &ideas, None), "review_calendar");
    assert_eq!(text, "The review dates have not been read.\n");
}
