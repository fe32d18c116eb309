//! `pmctl schema`: what editors are told is what the reader takes.

use std::fs;

use crate::common::yaml::{json_of_toml, json_of_yaml};
use crate::common::{Handbook, pmctl, repository};
use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value, json};

/// A schema, compiled: what is no JSON Schema of draft 7 does not compile.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new(schema: Value) -> Self {
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V7);
        compiler.enable_format_assertions();
        compiler.add_resource("schema.json", schema).expect("a resource");
        let index = compiler.compile("schema.json", &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    /// What it has against `value`.
    fn errors(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| format!("{error:#}"))
    }

    #[track_caller]
    fn takes(&self, value: &Value) {
        if let Some(errors) = self.errors(value) {
            panic!("{errors}");
        }
    }

    #[track_caller]
    fn refuses(&self, value: &Value) {
        assert!(self.errors(value).is_some(), "{value} is taken");
    }
}

/// The schema that `pmctl schema` prints with these arguments.
fn schema(args: &[&str]) -> Schema {
    let args = [&["schema"], args].concat();
    Schema::new(pmctl(&args).run_in(&repository("")).exits(0).json())
}

const HANDBOOKS: [&str; 5] = [
    "fixtures/good/default",
    "fixtures/good/gitlab",
    "fixtures/good/sourcegraph",
    "fixtures/good/mattermost",
    "examples/handbook",
];

/// The text without the lines whose findings a comment silences: a schema knows no such comments.
fn without_silenced_lines(text: &str) -> String {
    let mut is_silenced = false;
    let is_kept = |line: &&str| {
        !std::mem::replace(&mut is_silenced, line.trim_start().starts_with("# pmctl-ignore "))
    };
    text.lines().filter(is_kept).fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn the_data_files_of_good_handbooks_are_what_their_schemas_say() {
    let mut held = 0;
    for handbook in HANDBOOKS {
        let list = pmctl(&["schema", "-C", handbook, "--format", "json"]);
        let list = list.run_in(&repository("")).exits(0).json();
        for row in list["schemas"].as_array().expect("a list") {
            let (name, file) = (row["schema"].as_str(), row["file"].as_str());
            let (name, file) = (name.expect("a name"), file.expect("a file"));
            let schema = schema(&[name, "-C", handbook]);
            let Ok(text) = fs::read_to_string(repository(handbook).join(file)) else { continue };
            match name {
                "config" => schema.takes(&json_of_toml(&text)),
                _ => schema.takes(&json_of_yaml(&without_silenced_lines(&text))),
            }
            held += 1;
        }
    }
    assert!(held > 30, "only {held} files were held against their schemas");
}

#[test]
fn every_profile_has_its_schemas_outside_of_a_handbook() {
    let nowhere = Handbook::new();
    let run = nowhere.run(&["schema", "--profile", "sourcegraph"]).exits(0);
    run.prints("product_teams").prints("data/cross-product_owners.yml");
    for (profile, name) in [("gitlab", "stages"), ("default", "teams"), ("mattermost", "votes")] {
        Schema::new(nowhere.run(&["schema", name, "--profile", profile]).exits(0).json());
    }
    nowhere.run(&["schema"]).exits(2).says("holds no handbook").says("--profile");
    nowhere.run(&["schema", "teams"]).exits(2).says("--profile");
    // The configuration is the same everywhere.
    Schema::new(nowhere.run(&["schema", "pmctl.toml"]).exits(0).json());
}

#[test]
fn a_slip_in_a_data_file_is_refused() {
    let features = schema(&["features", "-C", "examples/handbook"]);
    let good = json!({"renew": {"title": "Renew", "maturity": "viable", "note": null}});
    features.takes(&good);
    features.takes(&Value::Null);
    let with = |field: &str, value: Value| {
        let mut record = good.clone();
        record["renew"][field] = value;
        record
    };
    features.takes(&with("maturity", json!("")));
    features.takes(&with("category", json!(["a", "b"])));
    features.refuses(&with("titel", json!("Renew")));
    features.refuses(&with("maturity", json!("vaible")));
    features.refuses(&with("title", json!(true)));
    features.refuses(&with("title", json!(" ")));
    features.refuses(&with("title", Value::Null));
    features.refuses(&json!({"renew": {"maturity": "viable"}}));
    features.refuses(&json!([]));

    let categories = schema(&["categories", "-C", "examples/handbook"]);
    let dated = |day: &str| json!({"loans": {"name": "Loans", "viable": day}});
    categories.takes(&dated("2026-01-31"));
    categories.refuses(&dated("2026-02-30"));
    categories.refuses(&dated("2026-1-31"));
}

#[test]
fn each_kind_of_value_and_each_layout_has_its_schema() {
    let features = schema(&["data/features.yml", "--profile", "gitlab"]);
    let feature = |field: &str, value: Value| json!({"features": [{"title": "A", field: value}]});
    for cell in [json!(true), json!("partially"), json!({"valid": false, "details": "Soon"})] {
        features.takes(&feature("gitlab_core", cell));
    }
    features.takes(&feature("some_tool", json!("not_applicable")));
    features.refuses(&feature("gitlab_core", json!("yes")));
    features.refuses(&feature("gitlab_core", json!({"details": "Soon"})));
    features.refuses(&json!([{"title": "A"}]));

    let categories = schema(&["categories", "--profile", "gitlab"]);
    let category =
        |field: &str, value: Value| json!({"a": {"name": "A", "stage": "plan", field: value}});
    categories.takes(&category("ux_scorecard_score", json!("B+")));
    categories.takes(&category("percent_of_focus", json!(0.25)));
    categories.takes(&category("competitors", json!({"t": {"maturity": "viable"}})));
    categories.refuses(&category("ux_scorecard_score", json!("G")));
    categories.refuses(&category("percent_of_focus", json!(25)));
    categories.refuses(&category("competitors", json!({"t": {"maturity": "best"}})));
    categories.refuses(&category("opportunity", json!("core")));

    let glossary = schema(&["glossary.yml", "--profile", "sourcegraph"]);
    glossary.takes(&json!({"A": [{"term": "Atlas", "definition": "A map."}]}));
    glossary.refuses(&json!({"A": {"term": "Atlas"}}));

    let sessions = schema(&["votes", "--profile", "default"]);
    let session = |votes: i64| json!({"sessions": {"s": {"title": "S", "participants": ["a"], "votes_each": votes}}});
    sessions.takes(&session(3));
    sessions.refuses(&session(0));
}

#[test]
fn every_field_says_what_it_means() {
    let teams = pmctl(&["schema", "teams", "--profile", "default"]).run_in(&repository("")).json();
    let fields = &teams["definitions"]["team"]["properties"];
    assert_eq!(fields["pm"]["description"], "Product manager. The key of a person.");
    for field in fields.as_object().expect("fields").values() {
        assert!(field["description"].is_string(), "{field}");
    }
    let config = pmctl(&["schema", "config"]).run_in(&repository("")).json();
    for (name, setting) in config["properties"].as_object().expect("settings") {
        assert!(setting["description"].is_string(), "{name}: {setting}");
    }
}

#[test]
fn levels_are_those_of_the_handbook_and_any_word_where_nobody_knows_them() {
    let handbook = Handbook::new().file("data/features.yml", "a:\n  title: A\n").file(
        "data/maturity_levels.yml",
        "seed: {title: S, definition: S}\ntree: {title: T, definition: T}\n",
    );
    let of = |handbook: &Handbook, name: &str| {
        Schema::new(handbook.run(&["schema", name, "--profile", "default"]).exits(0).json())
    };
    let (features, categories) = (of(&handbook, "features"), of(&handbook, "categories"));
    features.takes(&json!({"a": {"title": "A", "maturity": "tree"}}));
    features.refuses(&json!({"a": {"title": "A", "maturity": "viable"}}));
    categories.takes(&json!({"a": {"name": "A", "tree": "2026-01-31"}}));
    categories.refuses(&json!({"a": {"name": "A", "tree": "soon"}}));
    categories.refuses(&json!({"a": {"name": "A", "viable": "2026-01-31"}}));

    // What is wrong with the file of levels is for lint to say.
    let broken = Handbook::new().file("data/features.yml", "a:\n  title: A\n").file(
        "data/maturity_levels.yml",
        "seed: {title: S, definition: S}\nseed: {}\n\"a\\\"b\": x\n",
    );
    of(&broken, "features").refuses(&json!({"a": {"title": "A", "maturity": "viable"}}));

    let unknown = schema(&["features", "--profile", "sourcegraph"]);
    unknown.takes(&json!({"a": {"title": "A", "product_team": "t", "maturity": "anything"}}));
}

#[test]
fn the_documented_configuration_is_taken_and_a_slip_refused() {
    let config = schema(&["config"]);
    let page = fs::read_to_string(repository("docs/configuration.md")).expect("the page");
    let mut examples = 0;
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().expect("a block");
        config.takes(&json_of_toml(text));
        examples += 1;
    }
    assert!(examples >= 3);
    for wrong in [
        "profle = 'default'",
        "'$schema' = 'pmctl.schema.json'",
        "profile = 'gitlub'",
        "required = ['featuers']",
        "[paths]\nfeature = 'x.yml'",
        "[lint.rules]\ntier-cascad = 'allow'",
        "[lint.rules]\ntier-cascade = 'loud'",
        "[[pages]]\nkind = 'page'",
        "[review]\ncadence = 30",
        "[rice.scales]\nimpact = ['high']",
    ] {
        config.refuses(&json_of_toml(wrong));
    }
}

#[test]
fn a_wrong_name_is_an_error_with_the_nearest_one() {
    let here = repository("examples/handbook");
    let says = |name: &str, text: &str| {
        pmctl(&["schema", name]).run_in(&here).exits(2).says(text);
    };
    says("feature", "did you mean `features`?");
    says("data/featuers.yml", "did you mean `features`?");
    says("confg", "did you mean `config`?");
    says("xyz", "it has maturity_levels, people");
    let run = pmctl(&["schema", "teams", "--format", "table"]).run_in(&here);
    run.exits(2).says("it has json");
}

#[test]
fn the_schema_of_a_broken_configuration_helps_to_mend_it() {
    let broken = Handbook::new().file("pmctl.toml", "[paths\n");
    Schema::new(broken.run(&["schema", "config"]).exits(0).json());
    broken.run(&["schema", "features"]).exits(2).says("pmctl.toml:1");
    broken.run(&["schema"]).exits(2).says("pmctl.toml:1");
}
