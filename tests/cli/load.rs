//! Loading drops nothing: every entity of the good handbooks is in the model, counted by hand beside them.

use std::collections::BTreeMap;
use std::fs;

use crate::common::repository;
use pmctl::config::Config;
use pmctl::handbook::{Handbook, Loaded, Scope, load};
use pmctl::repo::Repo;

fn loaded(path: &str) -> Loaded {
    let repo = Repo::at(repository(path));
    let config = Config::load(&repo, None, None, None).expect("a good configuration");
    load(&repo, &config, Scope::Whole, |_, _, _| ()).0
}

fn counts(handbook: &Handbook) -> BTreeMap<&'static str, usize> {
    BTreeMap::from([
        ("sections", handbook.sections.len()),
        ("stages", handbook.stages.len()),
        ("groups", handbook.groups().count()),
        ("categories", handbook.categories.len()),
        ("features", handbook.features.len()),
        ("redirects", handbook.redirects.len()),
        ("product_orgs", handbook.product_orgs.len()),
        ("teams", handbook.teams.len()),
        ("people", handbook.people.len()),
        ("guilds", handbook.guilds.len()),
        ("cross_product_owners", handbook.cross_product_owners.len()),
        ("use_cases", handbook.use_cases.len()),
        ("code_hosts", handbook.code_hosts.len()),
        ("deployment_options", handbook.deployment_options.len()),
        ("maturity_levels", handbook.maturity_levels.len()),
        ("glossary", handbook.glossary.len()),
        ("sessions", handbook.sessions.len()),
        ("pages", handbook.pages.len()),
    ])
}

#[test]
fn every_entity_of_every_profile_is_loaded() {
    for profile in ["gitlab", "sourcegraph", "mattermost", "default"] {
        let path = repository("fixtures/good").join(format!("{profile}.counts.json"));
        let text = fs::read_to_string(path).expect("the counts");
        let wanted: BTreeMap<String, usize> = serde_json::from_str(&text).expect("JSON");
        let loaded = loaded(&format!("fixtures/good/{profile}"));
        let found: BTreeMap<String, usize> = counts(&loaded.handbook)
            .into_iter()
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        assert_eq!(found, wanted, "{profile}");
    }
}

#[test]
fn every_fact_has_the_place_where_it_is_written() {
    let Loaded { handbook, files, .. } = loaded("fixtures/good/gitlab");
    for feature in &handbook.features {
        let title = feature.title.as_ref().expect("a title");
        let written = files.slice(title.span).trim_matches(['"', '\'']);
        assert_eq!(written, title.value);
    }
    for category in &handbook.categories {
        assert_eq!(files.slice(category.key.span).trim_matches(['"', '\'']), category.key.value);
        for date in &category.dates {
            let written = files.slice(date.date.span).trim_matches(['"', '\'']);
            assert_eq!(written, date.date.value.to_string());
        }
    }
}
