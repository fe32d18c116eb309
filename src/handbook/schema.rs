//! What a data file may hold, declared once as data: the reader checks by it, suggestions come from
//! it, and so do the documentation and the schemas for editors.

/// The things of a handbook that others point to by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Sections, the top of GitLab's hierarchy.
    Sections,
    /// Stages of the product's life cycle.
    Stages,
    /// Categories of features.
    Categories,
    /// Features.
    Features,
    /// Organisations of teams.
    ProductOrgs,
    /// Product teams.
    Teams,
    /// People.
    People,
    /// The slugs under which people are reported to.
    ManagerSlugs,
    /// Use cases.
    UseCases,
    /// Code hosts.
    CodeHosts,
    /// Ways of deploying the product.
    DeploymentOptions,
    /// Maturity levels.
    MaturityLevels,
}

impl Table {
    /// What one of them is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Sections => "section",
            Self::Stages => "stage",
            Self::Categories => "category",
            Self::Features => "feature",
            Self::ProductOrgs => "product org",
            Self::Teams => "team",
            Self::People => "person",
            Self::ManagerSlugs => "manager role slug",
            Self::UseCases => "use case",
            Self::CodeHosts => "code host",
            Self::DeploymentOptions => "deployment option",
            Self::MaturityLevels => "maturity level",
        }
    }
}

/// What a value has to be.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Words: a string, or a number that stands for one.
    Text,
    /// Words, or `false` for "there is none".
    TextOrFalse,
    /// What was estimated: a number, or a word for one.
    Estimate,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A whole number above zero.
    Count,
    /// A number.
    Number,
    /// A number from 0 to 1.
    Fraction,
    /// A day, `2026-01-31`.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A school grade: `A` to `F`, with `+` or `-`; `-` alone for none.
    Grade,
    /// A level of the maturity ladder.
    Level,
    /// The key of something else in the handbook.
    Key(Table),
    /// The key of something, or a word that stands for nothing, such as `none`.
    KeyOr(Table, &'static str),
    /// Whether a product has a feature: `true`, `false`, `partially`, `not_applicable`, or a map of
    /// `valid` and `details`.
    Cell,
    /// One of these, or a list of them.
    OneOrMany(&'static Kind),
    /// A list.
    List(&'static Kind),
    /// A map with any keys.
    Map(&'static Kind),
    /// A map whose keys point to something; or `false` for "none".
    MapByKey(Table, &'static Kind),
    /// A map with fields of its own.
    Record(&'static Schema),
    /// A map of such maps.
    Records(&'static Schema),
    /// A list of such maps.
    ListOf(&'static Schema),
    /// Anything.
    Any,
}

impl Kind {
    /// What the kind is called where something else was found.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::TextOrFalse => "text",
            Self::Estimate => "a number or a word of the scale",
            Self::Bool => "`true` or `false`",
            Self::Integer => "a whole number",
            Self::Count => "a whole number above zero",
            Self::Number => "a number",
            Self::Fraction => "a number from 0 to 1",
            Self::Date => "a date such as `2026-01-31`",
            Self::Choice(_) => "one of its words",
            Self::Grade => "a grade such as `B+`",
            Self::Level => "a maturity level",
            Self::Key(_) | Self::KeyOr(..) => "a key",
            Self::Cell => "`true`, `false`, `partially` or `not_applicable`",
            Self::OneOrMany(kind) => kind.expected(),
            Self::List(_) | Self::ListOf(_) => "a list",
            Self::Map(_) | Self::MapByKey(..) | Self::Record(_) | Self::Records(_) => "a map",
            Self::Any => "a value",
        }
    }
}

/// How the text of a field links to other places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// It is a link: a path or a URL.
    Whole,
    /// It is Markdown, which may hold links.
    Markdown,
}

/// One field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What its value has to be.
    pub kind: Kind,
    /// Whether it must be there and not empty.
    pub is_required: bool,
    /// Whether its values form a vocabulary that the file itself sets.
    pub is_vocabulary: bool,
    /// How its text links to other places, if it does.
    pub links: Option<Links>,
    /// What it means, in one line.
    pub meaning: &'static str,
}

impl Field {
    /// An optional field.
    pub const fn new(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self { name, kind, is_required: false, is_vocabulary: false, links: None, meaning }
    }

    /// The field, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The field, as one that is a link.
    #[must_use]
    pub const fn link(mut self) -> Self {
        self.links = Some(Links::Whole);
        self
    }

    /// The field, as one that holds Markdown.
    #[must_use]
    pub const fn markdown(mut self) -> Self {
        self.links = Some(Links::Markdown);
        self
    }

    /// The field, as one whose values form a vocabulary.
    #[must_use]
    pub const fn vocabulary(mut self) -> Self {
        self.is_vocabulary = true;
        self
    }
}

/// What a key of a record means that is none of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Nothing that anybody reads.
    Unknown,
    /// A tool, with a [`Kind::Cell`]. Only what is nearly a field is taken for a slip.
    Tools,
    /// Something that is not declared. Only what is nearly a field is taken for a slip.
    Free,
}

/// What one record holds.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// What the record is called.
    pub noun: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// What a key means that is no field.
    pub others: Others,
    /// Whether there is a date beside the fields for each level of the maturity ladder.
    pub has_level_dates: bool,
}

impl Schema {
    /// A record with these fields and no others.
    pub const fn new(noun: &'static str, fields: &'static [Field]) -> Self {
        Self { noun, fields, others: Others::Unknown, has_level_dates: false }
    }

    /// The record, with a column per tool beside its fields.
    #[must_use]
    pub const fn with_tools(mut self) -> Self {
        self.others = Others::Tools;
        self
    }

    /// The record, as one to which houses add fields of their own.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.others = Others::Free;
        self
    }

    /// The record, with the date of each level beside its fields.
    #[must_use]
    pub const fn with_level_dates(mut self) -> Self {
        self.has_level_dates = true;
        self
    }

    /// The place of the field `name`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}
