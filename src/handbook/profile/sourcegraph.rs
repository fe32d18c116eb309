//! Sourcegraph: teams > features, and what features point to.
//!
//! Source of the rules: the handbook's `schema/*.schema.json`, which say what is required, and its
//! README for the data folder.

use super::rice::RICE;
use super::votes::VOTES;
use super::{DataFile, Layout};
use crate::handbook::Feature;
use crate::handbook::Part;
use crate::handbook::lookup::{CodeHost, DeploymentOption, MaturityLevel, Term, UseCase};
use crate::handbook::schema::Kind::{
    Bool, Key, KeyOr, Level, List, MapByKey, OneOrMany, Record, Text, TextOrFalse,
};
use crate::handbook::schema::{Field, Schema, Table};
use crate::handbook::team::{CrossProductOwner, Guild, Person, ProductOrg, Team};

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
    DataFile::new("code_hosts", Part::CodeHosts, Layout::Map, &CODE_HOST, |handbook, fields| {
        handbook.code_hosts.push(CodeHost::read(fields));
    })
    .pointed_to_as(&[Table::CodeHosts]),
    DataFile::new(
        "deployment_options",
        Part::DeploymentOptions,
        Layout::Map,
        &DEPLOYMENT_OPTION,
        |handbook, fields| {
            handbook.deployment_options.push(DeploymentOption::read(fields));
        },
    )
    .pointed_to_as(&[Table::DeploymentOptions]),
    DataFile::new("team", Part::People, Layout::Map, &PERSON, |handbook, fields| {
        handbook.people.push(Person::read(fields));
    })
    .pointed_to_as(&[Table::People, Table::ManagerSlugs]),
    DataFile::new(
        "product_orgs",
        Part::ProductOrgs,
        Layout::Map,
        &PRODUCT_ORG,
        |handbook, fields| {
            handbook.product_orgs.push(ProductOrg::read(fields));
        },
    )
    .pointed_to_as(&[Table::ProductOrgs]),
    DataFile::new("product_teams", Part::Teams, Layout::Map, &PRODUCT_TEAM, |handbook, fields| {
        handbook.teams.push(Team::read(fields));
    })
    .pointed_to_as(&[Table::Teams]),
    DataFile::new("use_cases", Part::UseCases, Layout::Map, &USE_CASE, |handbook, fields| {
        handbook.use_cases.push(UseCase::read(fields));
    })
    .pointed_to_as(&[Table::UseCases]),
    DataFile::new("features", Part::Features, Layout::Map, &FEATURE, |handbook, fields| {
        handbook.features.push(Feature::read(fields));
    })
    .pointed_to_as(&[Table::Features]),
    DataFile::new("glossary", Part::Glossary, Layout::Lists("term"), &TERM, |handbook, fields| {
        if let Some(part) = fields.part() {
            handbook.glossary.push(Term::read(part, fields));
        }
    }),
    DataFile::new("guilds", Part::Guilds, Layout::Map, &GUILD, |handbook, fields| {
        handbook.guilds.push(Guild::read(fields));
    }),
    DataFile::new(
        "cross_product_owners",
        Part::CrossProductOwners,
        Layout::Map,
        &CROSS_PRODUCT_OWNER,
        |handbook, fields| {
            handbook.cross_product_owners.push(CrossProductOwner::read(fields));
        },
    ),
    RICE,
    VOTES,
];

pub(super) static MATURITY_LEVEL: Schema = Schema::new(
    "maturity level",
    &[
        Field::new("title", Text, "The level's title.").required(),
        Field::new("definition", Text, "What it means.").markdown().required(),
    ],
);

static CODE_HOST: Schema = Schema::new(
    "code host",
    &[
        Field::new("title", Text, "The code host's title.").required(),
        Field::new("info_link", Text, "URL of its own site.").link(),
    ],
);

static DEPLOYMENT_OPTION: Schema = Schema::new(
    "deployment option",
    &[Field::new("title", Text, "The option's title.").required()],
);

pub(super) static PERSON: Schema = Schema::new(
    "person",
    &[
        Field::new("name", Text, "The person's name.").required(),
        Field::new("role", Text, "What they do; Markdown.").markdown().required(),
        Field::new("location", Text, "Where they live."),
        Field::new(
            "reports_to",
            KeyOr(Table::ManagerSlugs, Person::NOBODY),
            "The role slug of their manager; `none` for nobody.",
        ),
        Field::new("manager_role_slug", Text, "The slug under which others report to them."),
        Field::new("description", Text, "What they like to say of themselves; Markdown.")
            .markdown(),
        Field::new("github", TextOrFalse, "Their account at the code host."),
        Field::new("pronouns", Text, "How to speak of them."),
        Field::new("pronunciation", Text, "How to say their name."),
        Field::new("links", Text, "Their pages elsewhere; Markdown.").markdown(),
        Field::new("email", Text, "Their address."),
        Field::new("hide_on_team_page", Bool, "Whether the team page leaves them out."),
    ],
);

static PRODUCT_ORG: Schema = Schema::new(
    "product org",
    &[
        Field::new("title", Text, "The organisation's title.").required(),
        Field::new("strategy_link", Text, "Path of its strategy page.").link(),
        Field::new("pm", Key(Table::People), "Product manager."),
        Field::new("em", Key(Table::People), "Engineering manager."),
        Field::new("design", Key(Table::People), "Designer."),
        Field::new("pmm", Key(Table::People), "Product marketing manager."),
    ],
);

static PRODUCT_TEAM: Schema = Schema::new(
    "team",
    &[
        Field::new("title", Text, "The team's title.").required(),
        Field::new("brief", Text, "What it does, in a sentence.").markdown(),
        Field::new("product_org", Key(Table::ProductOrgs), "The organisation it belongs to."),
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
        Field::new("link", Text, "Path of its page.").link().required(),
        Field::new("sponsors", Record(&SPONSORS), "Who sponsors it, by department."),
    ],
);

pub(super) static SPONSORS: Schema = Schema::new(
    "set of sponsors",
    &[
        Field::new("product", Key(Table::People), "Sponsor in product."),
        Field::new("engineering", Key(Table::People), "Sponsor in engineering."),
        Field::new("design", Key(Table::People), "Sponsor in design."),
        Field::new("marketing", Key(Table::People), "Sponsor in marketing."),
    ],
);

static FEATURE: Schema = Schema::new(
    "feature",
    &[
        Field::new("title", Text, "The feature's title.").required(),
        Field::new("product_team", Key(Table::Teams), "The team that builds it.").required(),
        Field::new("maturity", Level, "How mature it is.").required(),
        Field::new("documentation_link", TextOrFalse, "URL of its documentation.").link(),
        Field::new("use_cases", List(&Key(Table::UseCases)), "The use cases it serves."),
        Field::new(
            "compatibility",
            MapByKey(Table::CodeHosts, &Bool),
            "Code hosts, and whether it works with them.",
        ),
        Field::new(
            "deployment",
            MapByKey(Table::DeploymentOptions, &Level),
            "Deployment options, and how mature it is there.",
        ),
        Field::new("note", Text, "A remark; Markdown.").markdown(),
    ],
);

static TERM: Schema = Schema::new(
    "term",
    &[
        Field::new("term", Text, "The word.").required(),
        Field::new("definition", Text, "What it means; Markdown.").markdown().required(),
    ],
);

static GUILD: Schema = Schema::new(
    "guild",
    &[
        Field::new("name", Text, "The guild's name."),
        Field::new("title", Text, "The guild's name, in older files."),
        Field::new("leader", Key(Table::People), "Who leads it."),
        Field::new("members", List(&Key(Table::People)), "Who is in it.").required(),
        Field::new("leadership_sponsors", List(&Key(Table::People)), "Who sponsors it."),
    ],
);

static CROSS_PRODUCT_OWNER: Schema = Schema::new(
    "cross-product owner",
    &[
        Field::new("title", Text, "What is owned.").required(),
        Field::new("handbook_link", Text, "Path of its page.").link(),
        Field::new("owner", Key(Table::People), "Who owns it."),
    ],
);
