//! GitLab: sections > stages > groups > categories > features.
//!
//! Source of the rules: the product handbook's pages on categories and on the features file, and the
//! comments at the top of the data files.

use super::rice::RICE;
use super::votes::VOTES;
use super::{DataFile, Layout};
use crate::handbook::Part;
use crate::handbook::hierarchy::{Section, Stage};
use crate::handbook::lookup::Redirect;
use crate::handbook::schema::Kind::{
    Any, Bool, Cell, Choice, Date, Fraction, Grade, Integer, Key, Level, List, Map, Number,
    OneOrMany, Record, Records, Text,
};
use crate::handbook::schema::{Field, Schema, Table};
use crate::handbook::{Category, Feature};

pub(super) static FILES: &[DataFile] = &[
    DataFile::new("sections", Part::Sections, Layout::Map, &SECTION, |handbook, fields| {
        handbook.sections.push(Section::read(fields));
    })
    .pointed_to_as(&[Table::Sections]),
    DataFile::new(
        "stages",
        Part::Stages,
        Layout::MapUnder("stages"),
        &STAGE,
        |handbook, fields| {
            handbook.stages.push(Stage::read(fields));
        },
    )
    .pointed_to_as(&[Table::Stages]),
    DataFile::new("categories", Part::Categories, Layout::Map, &CATEGORY, |handbook, fields| {
        handbook.categories.push(Category::read(fields));
    })
    .pointed_to_as(&[Table::Categories]),
    DataFile::new(
        "features",
        Part::Features,
        Layout::ListUnder("features", "title"),
        &FEATURE,
        |handbook, fields| {
            handbook.features.push(Feature::read(fields));
        },
    )
    .pointed_to_as(&[Table::Features]),
    DataFile::new(
        "redirects",
        Part::Redirects,
        Layout::List("target"),
        &REDIRECT,
        |handbook, fields| {
            handbook.redirects.push(Redirect::read(fields));
        },
    ),
    RICE,
    VOTES,
];

static SECTION: Schema = Schema::new(
    "section",
    &[
        Field::new("name", Text, "The section's name.").required(),
        Field::new("direction", Text, "URL of its direction page.").link(),
        Field::new("description", Text, "What it is about.").markdown(),
        Field::new("handbook", Text, "Its page in the handbook.").link(),
        Field::new("slack", Map(&Any), "Its chat channel."),
        Field::new("label", Text, "Its label on issues."),
        Field::new("pm", OneOrMany(&Text), "Product manager; `TBD` for nobody."),
        Field::new("em", OneOrMany(&Text), "Engineering managers."),
        Field::new("pdm", OneOrMany(&Text), "Product design managers."),
        Field::new("pmm", OneOrMany(&Text), "Product marketing managers."),
        Field::new("spd", OneOrMany(&Text), "Senior product designers."),
        Field::new("cm", OneOrMany(&Text), "Content marketers."),
        Field::new("sm", OneOrMany(&Text), "Support managers."),
        Field::new("qm", OneOrMany(&Text), "Quality managers."),
        Field::new("rem", OneOrMany(&Text), "Reliability managers."),
        Field::new("ux", OneOrMany(&Text), "Product designers."),
        Field::new("uxr", OneOrMany(&Text), "Researchers."),
        Field::new("pm_team_tag", Text, "Job title that marks its product managers."),
        Field::new("pmm_team_tag", Text, "Job title that marks its product marketers."),
        Field::new("development_team_tag", Text, "Job title that marks its developers."),
        Field::new("quality_team_tag", Text, "Job title that marks its testers."),
        Field::new("ux_team_tag", Text, "Job title that marks its designers."),
        Field::new("support_team_tag", Text, "Job title that marks its support."),
        Field::new("infra_team_tag", Text, "Job title that marks its infrastructure people."),
        Field::new("ar_team_tag", Text, "Job title that marks its analyst relations."),
        Field::new("legal_team_tag", Text, "Job title that marks its legal counsel."),
    ],
)
.open();

static STAGE: Schema = Schema::new(
    "stage",
    &[
        Field::new("display_name", Text, "The stage's name.").required(),
        Field::new("section", Key(Table::Sections), "The section it belongs to.").required(),
        Field::new("groups", Records(&GROUP), "Its groups, by key."),
        Field::new("direction", Text, "URL of its direction page.").link(),
        Field::new("description", Text, "What it is about, in a sentence.").markdown(),
        Field::new("body", Text, "What it is about, at length.").markdown(),
        Field::new("established", Integer, "The year it was founded."),
        Field::new("lifecycle", Integer, "Its place in the life cycle."),
        Field::new("related", OneOrMany(&Key(Table::Stages)), "The stages close to it."),
        Field::new("marketing", Bool, "Whether marketing shows it."),
        Field::new("enabling", Bool, "Whether it serves the other stages."),
        Field::new("tw", Bool, "Whether it has a technical writer."),
        Field::new("image", Text, "Path of its picture.").link(),
        Field::new("roadmap", Text, "URL of its roadmap.").link(),
        Field::new("handbook", Text, "Its page in the handbook.").link(),
        Field::new("slack", Map(&Any), "Its chat channel."),
        Field::new("gitlab_group", Text, "The group that holds its projects."),
        Field::new("label", Text, "Its label on issues."),
        Field::new("analyst_reports", Any, "What analysts wrote about it."),
        Field::new("internal_customers", Any, "Who inside the company uses it."),
        Field::new("usage_driver_score", Number, "How much it drives use."),
        Field::new("revenue_driver_score", Number, "How much it drives revenue."),
        Field::new("asp_driver_score", Number, "How much it drives the sales price."),
        Field::new("sam_driver_score", Number, "How much it drives the market."),
        Field::new("stage_development_spend_percent", Number, "Its share of development spending."),
        Field::new("pi_gmau", Text, "URL of its chart of monthly users.").link(),
        Field::new("pi_pgmau", Text, "URL of its chart of paying monthly users.").link(),
        Field::new("comp_comparison", Text, "URL of its comparison with competitors.").link(),
        Field::new("cta", Text, "The call to action shown on its page."),
        Field::new("pm", OneOrMany(&Text), "Product manager; `TBD` for nobody."),
        Field::new("em", OneOrMany(&Text), "Engineering managers."),
        Field::new("pdm", OneOrMany(&Text), "Product design managers."),
        Field::new("pmm", OneOrMany(&Text), "Product marketing managers."),
        Field::new("spd", OneOrMany(&Text), "Senior product designers."),
        Field::new("cm", OneOrMany(&Text), "Content marketers."),
        Field::new("qm", OneOrMany(&Text), "Quality managers."),
        Field::new("ux", OneOrMany(&Text), "Product designers."),
        Field::new("uxr", OneOrMany(&Text), "Researchers."),
        Field::new("support", OneOrMany(&Text), "Support counterparts."),
        Field::new("tech_writer", OneOrMany(&Text), "Technical writers."),
    ],
)
.open();

static GROUP: Schema = Schema::new(
    "group",
    &[
        Field::new("name", Text, "The group's name.").required(),
        Field::new("categories", List(&Key(Table::Categories)), "Its categories, by key."),
        Field::new("direction", Text, "URL of its direction page.").link(),
        Field::new("description", Text, "What it is about, in a sentence.").markdown(),
        Field::new("body", Text, "What it is about, at length.").markdown(),
        Field::new("focus", Text, "The one measure it works on."),
        Field::new("image", Text, "Path of its picture.").link(),
        Field::new("roadmap", Text, "URL of its roadmap.").link(),
        Field::new("handbook", Text, "Its page in the handbook.").link(),
        Field::new("group_link", Text, "URL of its own page.").link(),
        Field::new("gitlab_group", Text, "The group that holds its projects."),
        Field::new("google_group", Text, "Its mailing list."),
        Field::new("label", Text, "Its label on issues."),
        Field::new("feature_labels", OneOrMany(&Text), "The labels of its issues."),
        Field::new("slack", Map(&Any), "Its chat channel."),
        Field::new("analyst_reports", Any, "What analysts wrote about it."),
        Field::new("internal_customers", Any, "Who inside the company uses it."),
        Field::new("comp_comparison", Text, "URL of its comparison with competitors.").link(),
        Field::new("usage_driver_score", Number, "How much it drives use."),
        Field::new("revenue_driver_score", Number, "How much it drives revenue."),
        Field::new("asp_driver_score", Number, "How much it drives the sales price."),
        Field::new("sam_driver_score", Number, "How much it drives the market."),
        Field::new("group_development_spend_percent", Number, "Its share of development spending."),
        Field::new("group_developers", Integer, "How many developers it has."),
        Field::new("pi_gmau", Text, "URL of its chart of monthly users.").link(),
        Field::new("pi_pgmau", Text, "URL of its chart of paying monthly users.").link(),
        Field::new("pm", OneOrMany(&Text), "Product manager; `TBD` for nobody."),
        Field::new("em", OneOrMany(&Text), "Engineering managers."),
        Field::new("pdm", OneOrMany(&Text), "Product design managers."),
        Field::new("pmm", OneOrMany(&Text), "Product marketing managers."),
        Field::new("spd", OneOrMany(&Text), "Senior product designers."),
        Field::new("cm", OneOrMany(&Text), "Content marketers."),
        Field::new("qm", OneOrMany(&Text), "Quality managers."),
        Field::new("ux", OneOrMany(&Text), "Product designers."),
        Field::new("uxr", OneOrMany(&Text), "Researchers."),
        Field::new("sets", OneOrMany(&Text), "Software engineers in test."),
        Field::new("support", OneOrMany(&Text), "Support counterparts."),
        Field::new("tech_writer", OneOrMany(&Text), "Technical writers."),
        Field::new("appsec_engineer", OneOrMany(&Text), "Application security engineers."),
        Field::new("product_sponsor", OneOrMany(&Text), "The leader who sponsors it."),
        Field::new("backend_engineering_manager", OneOrMany(&Text), "Backend manager."),
        Field::new("frontend_engineering_manager", OneOrMany(&Text), "Frontend manager."),
        Field::new("fullstack_engineering_manager", OneOrMany(&Text), "Full-stack manager."),
        Field::new("fullstack_managers", OneOrMany(&Text), "Full-stack managers."),
        Field::new("be_team_tag", Text, "Job title that marks its backend developers."),
        Field::new("fe_team_tag", Text, "Job title that marks its frontend developers."),
        Field::new("fs_team_tag", Text, "Job title that marks its full-stack developers."),
        Field::new("cs_team_tag", Text, "Job title that marks its customer success."),
        Field::new(
            "infra_reliability_team_tag",
            Text,
            "Job title that marks its reliability people.",
        ),
    ],
)
.open();

static CATEGORY: Schema = Schema::new(
    "category",
    &[
        Field::new("name", Text, "The category's name.").required(),
        Field::new("stage", Key(Table::Stages), "The stage it belongs to.").required(),
        Field::new("direction", Text, "URL of its direction page, or of an issue or epic.").link(),
        Field::new("documentation", Text, "URL of its documentation, once it is minimal or above.")
            .link(),
        Field::new("maturity", Level, "The level it has reached; empty means planned."),
        Field::new("available", Date, "When it was or will be minimal."),
        Field::new("viable", Date, "When it was or will be viable."),
        Field::new("complete", Date, "When it was or will be complete."),
        Field::new("lovable", Date, "When it was or will be lovable."),
        Field::new("marketing", Bool, "Whether marketing shows it; at most 8 of a stage."),
        Field::new("feature_labels", OneOrMany(&Text), "The labels of its issues, its alone."),
        Field::new("dogfooding_status", Text, "How far the company uses it itself.").vocabulary(),
        Field::new("dogfooding_issue", Text, "URL of the issue about using it.").link(),
        Field::new("dogfooding_group", OneOrMany(&Text), "The department that uses it."),
        Field::new(
            "opportunity",
            Choice(&["Core", "Adjacent", "Distant"]),
            "How close it is to the core.",
        ),
        Field::new(
            "differentiation",
            Choice(&["Winning", "Compelling", "Minimal"]),
            "How it stands out.",
        ),
        Field::new("ux_scorecard_score", Grade, "The grade of its last usability review."),
        Field::new("ux_scorecard_link", Text, "URL of that review.").link(),
        Field::new("percent_of_focus", Fraction, "The share of the group's time it gets, 0 to 1."),
        Field::new(
            "instrumentation",
            Choice(&["Complete", "Incomplete", "None", "Not needed"]),
            "Whether its use is measured.",
        ),
        Field::new(
            "competitors",
            Map(&Record(&COMPETITOR)),
            "Other tools, and how mature they are.",
        ),
        Field::new("label", Text, "Its label on issues."),
        Field::new("description", Text, "What it is about.").markdown(),
        Field::new("roi", Bool, "Whether the calculator of returns shows it."),
        Field::new("priority_level", Text, "How urgent it is.").vocabulary(),
        Field::new("marketing_page", Text, "Its page on the marketing site.").link(),
        Field::new("body", Text, "What it is about, at length.").markdown(),
        Field::new("link", Text, "URL shown on its page.").link(),
        Field::new("link_description", Text, "The words of that link."),
        Field::new("new_maturity", Bool, "Whether its maturity follows the newer definition."),
        Field::new("acquisition_one", Any, "Text for the first page of a campaign."),
        Field::new("acquisition_two", Any, "Text for the second page of a campaign."),
    ],
)
.with_level_dates();

static COMPETITOR: Schema = Schema::new(
    "competitor",
    &[
        Field::new("maturity", Level, "How mature it is there."),
        Field::new("documentation", Text, "URL of its documentation.").link(),
        Field::new("description", Text, "What it does.").markdown(),
    ],
);

static FEATURE: Schema = Schema::new(
    "feature",
    &[
        Field::new("title", Text, "The feature's title, by which it is known.").required(),
        Field::new("description", Text, "What it does.").markdown(),
        Field::new("category", OneOrMany(&Key(Table::Categories)), "The categories it belongs to."),
        Field::new("link", Text, "URL of its documentation, or of the issue that would add it.")
            .link(),
        Field::new("link_description", Text, "The words of that link."),
        Field::new("gitlab_core", Cell, "Whether the free tier has it."),
        Field::new("gitlab_starter", Cell, "Whether the tier above core has it."),
        Field::new("gitlab_premium", Cell, "Whether the tier above starter has it."),
        Field::new("gitlab_ultimate", Cell, "Whether the highest tier has it."),
        Field::new("gitlab_com", Cell, "Whether the hosted product has it."),
        Field::new("gitlab_free", Cell, "Whether the free hosted tier had it, until 2021."),
        Field::new("gitlab_bronze", Cell, "Whether the hosted tier above free had it, until 2021."),
        Field::new(
            "gitlab_silver",
            Cell,
            "Whether the hosted tier above bronze had it, until 2021.",
        ),
        Field::new("gitlab_gold", Cell, "Whether the highest hosted tier had it, until 2021."),
        Field::new("gitlab_com_parity", Text, "Why the hosted product differs.").markdown(),
        Field::new("parity_description", Text, "Why the hosted product differs, in a sentence.")
            .markdown(),
        Field::new("solution", Text, "The solution it is sold with.").vocabulary(),
        Field::new("screenshot_url", Text, "Its picture."),
        Field::new("logo", Text, "Its logo."),
        Field::new("shorthand", Text, "A short name."),
        Field::new("pricing_page", Bool, "Whether the pricing page shows it."),
        Field::new("pricing_theme", Text, "Under what heading the pricing page shows it.")
            .vocabulary(),
        Field::new("feature_page", Bool, "Whether the feature page shows it."),
        Field::new("works_by_default", Map(&Any), "Where it works without being set up."),
        Field::new("roi_case", Text, "What it saves."),
        Field::new("hours_per_incident", Number, "How many hours it saves each time."),
        Field::new("incidents_per_year", Number, "How often it does so in a year."),
        Field::new("pps_aggregate", Number, "How often buyers looked at it, in all."),
        Field::new("pps_recent", Number, "How often buyers looked at it of late."),
    ],
)
.with_tools();

static REDIRECT: Schema = Schema::new(
    "redirect",
    &[
        Field::new("sources", OneOrMany(&Text), "The old addresses.").required(),
        Field::new("target", Text, "Where they lead.").link().required(),
        Field::new("comp_op", Choice(&["=", "~", "^~", "~*"]), "How a source is compared.")
            .required(),
    ],
);
