//! The default profile: what a new handbook starts from. Its keys are named as in the big profiles.

use super::rice::RICE;
use super::sourcegraph::{MATURITY_LEVEL, PERSON, SPONSORS};
use super::votes::VOTES;
use super::{DataFile, Layout};
use crate::handbook::Part;
use crate::handbook::lookup::{MaturityLevel, UseCase};
use crate::handbook::schema::Kind::{Bool, Key, Level, OneOrMany, Record, Text};
use crate::handbook::schema::{Field, Schema, Table};
use crate::handbook::team::{Person, Team};
use crate::handbook::{Category, Feature};

pub(super) static FILES: &[DataFile] = &[
    DataFile::new(
        "maturity_levels",
        Part::MaturityLevels,
        Layout::Map,
        &MATURITY_LEVEL,
        |handbook, fields| {
            handbook.maturity_levels.push(MaturityLevel::read(fields));
        },
    )
    .pointed_to_as(&[Table::MaturityLevels]),
    DataFile::new("people", Part::People, Layout::Map, &PERSON, |handbook, fields| {
        handbook.people.push(Person::read(fields));
    })
    .pointed_to_as(&[Table::People, Table::ManagerSlugs]),
    DataFile::new("teams", Part::Teams, Layout::Map, &TEAM, |handbook, fields| {
        handbook.teams.push(Team::read(fields));
    })
    .pointed_to_as(&[Table::Teams]),
    DataFile::new("use_cases", Part::UseCases, Layout::Map, &USE_CASE, |handbook, fields| {
        handbook.use_cases.push(UseCase::read(fields));
    })
    .pointed_to_as(&[Table::UseCases]),
    DataFile::new("categories", Part::Categories, Layout::Map, &CATEGORY, |handbook, fields| {
        handbook.categories.push(Category::read(fields));
    })
    .pointed_to_as(&[Table::Categories]),
    DataFile::new("features", Part::Features, Layout::Map, &FEATURE, |handbook, fields| {
        handbook.features.push(Feature::read(fields));
    })
    .pointed_to_as(&[Table::Features]),
    RICE,
    VOTES,
];

static TEAM: Schema = Schema::new(
    "team",
    &[
        Field::new("title", Text, "The team's title.").required(),
        Field::new("brief", Text, "What it does, in a sentence.").markdown(),
        Field::new("strategy_link", Text, "Path of its strategy page.").link(),
        Field::new("pm", Key(Table::People), "Product manager."),
        Field::new("em", Key(Table::People), "Engineering manager."),
        Field::new("tl", Key(Table::People), "Tech lead."),
        Field::new("design", Key(Table::People), "Designer."),
        Field::new("pmm", Key(Table::People), "Product marketing manager."),
        Field::new("issue_labels", OneOrMany(&Text), "The labels of its issues."),
    ],
);

static USE_CASE: Schema = Schema::new(
    "use case",
    &[
        Field::new("title", Text, "The use case's title.").required(),
        Field::new("link", Text, "Path of its page.").link(),
        Field::new("sponsors", Record(&SPONSORS), "Who sponsors it, by department."),
    ],
);

static CATEGORY: Schema = Schema::new(
    "category",
    &[
        Field::new("name", Text, "The category's name.").required(),
        Field::new("product_team", Key(Table::Teams), "The team that builds it."),
        Field::new("direction", Text, "Path of its direction page, or URL of an issue or epic.")
            .link(),
        Field::new("documentation", Text, "URL of its documentation, once it is minimal or above.")
            .link(),
        Field::new("maturity", Level, "The level it has reached; empty means the lowest."),
        Field::new("marketing", Bool, "Whether marketing shows it."),
        Field::new("feature_labels", OneOrMany(&Text), "The labels of its issues, its alone."),
        Field::new("priority_level", Text, "How urgent it is.").vocabulary(),
        Field::new("description", Text, "What it is about.").markdown(),
    ],
)
.with_level_dates();

static FEATURE: Schema = Schema::new(
    "feature",
    &[
        Field::new("title", Text, "The feature's title.").required(),
        Field::new("description", Text, "What it does.").markdown(),
        Field::new("category", OneOrMany(&Key(Table::Categories)), "The categories it belongs to."),
        Field::new("product_team", Key(Table::Teams), "The team that builds it."),
        Field::new("maturity", Level, "How mature it is."),
        Field::new("documentation_link", Text, "URL of its documentation.").link(),
        Field::new("use_cases", OneOrMany(&Key(Table::UseCases)), "The use cases it serves."),
        Field::new("note", Text, "A remark; Markdown.").markdown(),
    ],
);
