//! What a generator is: a name, the arguments it takes, and the function that makes its content.

use std::collections::BTreeMap;
use std::ops::Range;

use super::content::{Block, Inline};
use super::damage::Damage;
use super::generators::ALL;
use super::mark::Call;
use super::scene::{Material, Scene};
use crate::handbook::{Blank, Parts, Unread};
use crate::source::nearest;

/// Makes content of the product data.
#[derive(Debug)]
pub struct Generator {
    /// Its name, in snake case.
    pub name: &'static str,
    /// What it makes, in one sentence without a full stop.
    pub about: &'static str,
    /// What it can be told.
    pub arguments: &'static [Argument],
    /// How it is called, as in a begin marker.
    pub example: &'static str,
    /// Makes the content; its arguments have been checked.
    pub(super) make: fn(&Scene<'_>, &Arguments) -> Vec<Block>,
}

/// What a call makes.
#[derive(Debug)]
pub struct Made {
    /// The generator.
    pub generator: &'static Generator,
    /// Its arguments.
    pub arguments: Arguments,
    /// The content.
    pub blocks: Vec<Block>,
    /// The parts of the handbook that it is made of.
    pub parts: Parts,
}

/// Makes what `call` asks for: the one way to generated text. What needs data that could not be read is not made.
pub fn make(call: &Call, material: &Material<'_>) -> Result<Made, CallProblem> {
    let scene = material.scene();
    let made = resolve(call, &scene).map(|(generator, arguments)| {
        let blocks = generator.content(&scene, &arguments);
        Made { generator, arguments, blocks, parts: scene.seen() }
    });
    // An argument that names nothing may be one of what could not be read.
    match (scene.unread(), scene.blank()) {
        (Some(unread), _) => Err(material.needs(call, unread)),
        (None, Some(blank)) => Err(needs_blank(call, blank)),
        (None, None) => made,
    }
}

/// That `call` needs a data file that holds nothing.
fn needs_blank(call: &Call, blank: &Blank) -> CallProblem {
    let (Call { name, name_span, .. }, Blank { path, nothing, .. }) = (call, blank);
    let (what, help) = match nothing {
        Some(nothing) => (
            "which holds nothing",
            format!("restore `{path}`; if there is really nothing, write `{nothing}` in it"),
        ),
        None => (
            "which git tracks and which is not there",
            format!("restore it with `git restore {path}`, or remove it with `git rm {path}`"),
        ),
    };
    CallProblem {
        kind: CallProblemKind::Blank,
        span: name_span.clone(),
        message: format!("`{name}` needs `{path}`, {what}"),
        help,
    }
}

impl Material<'_> {
    /// That `call` needs what could not be read.
    fn needs(&self, call: &Call, unread: &Unread) -> CallProblem {
        let (path, line) =
            (self.files.file(unread.span.file).path(), self.files.start(unread.span).line);
        let Call { name, name_span, .. } = call;
        CallProblem {
            kind: CallProblemKind::Unread,
            span: name_span.clone(),
            message: format!(
                "`{name}` needs `{path}`, which cannot be read whole (line {line}: {})",
                unread.message
            ),
            help: format!(
                "correct `{path}`, and run this again; `pmctl lint` lists what is wrong in it"
            ),
        }
    }
}

impl Generator {
    /// The content, which is never nothing: where there is no data it says so.
    fn content(&self, scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
        let blocks = (self.make)(scene, arguments);
        let is_nothing = |block: &Block| matches!(block, Block::List(items) if items.is_empty());
        match blocks.iter().all(is_nothing) {
            true => vec![Block::Paragraph(Inline::text("The handbook has no data for this."))],
            false => blocks,
        }
    }
}

/// An argument of a generator.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it may be.
    pub kind: ArgumentKind,
    /// Whether it has to be given.
    pub is_required: bool,
    /// What it does, in one phrase.
    pub about: &'static str,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentKind {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The key of a team.
    Team,
    /// The key of a category.
    Category,
    /// The key of a stage.
    Stage,
    /// The key of a use case.
    UseCase,
    /// The key of a guild.
    Guild,
    /// The slug of a role that others report to.
    Role,
    /// The key of anything that ideas belong to.
    Area,
    /// A whole number above zero.
    Count,
}

impl Argument {
    /// An argument that may be left out.
    pub const fn new(name: &'static str, kind: ArgumentKind, about: &'static str) -> Self {
        Self { name, kind, is_required: false, about }
    }

    /// The argument, required. The first that is required is the one behind the point of a directive.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }
}

/// What a generator is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments(BTreeMap<&'static str, String>);

impl Arguments {
    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The number that `name` is.
    pub fn count(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// Names and values, in the order of the names.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

/// Why a generator cannot be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallProblem {
    /// What sort of problem.
    pub kind: CallProblemKind,
    /// Where.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The sorts of problem with a call. Each is reported by a lint rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallProblemKind {
    /// Nothing has that name.
    UnknownGenerator,
    /// An argument is unknown, missing, or names what is not there.
    Argument,
    /// It needs data that could not be read. The rules about that data report it.
    Unread,
    /// It needs a data file that holds nothing, or that was removed and not from git.
    Blank,
    /// The page itself is damaged. The rules about pages report it.
    Damaged,
}

impl CallProblem {
    /// That nothing is written into a page with this damage.
    pub(super) fn of_damage(damage: &Damage) -> Self {
        let Damage { span, message, help, .. } = damage.clone();
        Self { kind: CallProblemKind::Damaged, span, message, help }
    }

    /// Whether it needs data that is not known.
    pub fn is_of_unread(&self) -> bool {
        use CallProblemKind::{Blank, Damaged, Unread};
        matches!(self.kind, Unread | Blank | Damaged)
    }
}

/// The generator that `call` names, and what it is told; or the first thing that is wrong.
fn resolve(call: &Call, scene: &Scene<'_>) -> Result<(&'static Generator, Arguments), CallProblem> {
    let Some(&generator) = ALL.iter().find(|generator| generator.name == call.name) else {
        let names = ALL.iter().map(|generator| generator.name);
        let help = match nearest(&call.name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`pmctl generators` lists them all".to_owned(),
        };
        return Err(CallProblem {
            kind: CallProblemKind::UnknownGenerator,
            span: call.name_span.clone(),
            message: format!("there is no generator `{}`", call.name),
            help,
        });
    };
    let problem = |span: &Range<usize>, message: String, help: String| CallProblem {
        kind: CallProblemKind::Argument,
        span: span.clone(),
        message,
        help,
    };
    let mut arguments = Arguments::default();
    for written in &call.arguments {
        let positional = || {
            let required = generator.arguments.iter().find(|argument| argument.is_required);
            required.or(generator.arguments.first())
        };
        let argument = match &written.name {
            None => positional(),
            Some(name) => generator.arguments.iter().find(|argument| argument.name == name),
        };
        let Some(argument) = argument else {
            let name = written.name.as_ref().unwrap_or(&written.value);
            let names = generator.arguments.iter().map(|argument| argument.name);
            let help = match nearest(name, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if generator.arguments.is_empty() => "it takes none".to_owned(),
                None => format!("it takes {}", names.collect::<Vec<_>>().join(", ")),
            };
            let message = format!("`{}` takes no argument `{name}`", generator.name);
            return Err(problem(&written.span, message, help));
        };
        if let Err((message, help)) = check(argument, &written.value, scene) {
            return Err(problem(&written.span, message, help));
        }
        if arguments.0.insert(argument.name, written.value.clone()).is_some() {
            let message = format!("`{}` is given twice", argument.name);
            return Err(problem(&written.span, message, "keep one".to_owned()));
        }
    }
    let missing = generator
        .arguments
        .iter()
        .find(|argument| argument.is_required && arguments.get(argument.name).is_none());
    if let Some(missing) = missing {
        let message = format!("`{}` needs the argument `{}`", generator.name, missing.name);
        let help = format!("write it as `{}`", generator.example);
        return Err(problem(&call.name_span, message, help));
    }
    Ok((generator, arguments))
}

/// What an argument of this kind names.
fn noun_of(kind: ArgumentKind) -> &'static str {
    match kind {
        ArgumentKind::Team => "team",
        ArgumentKind::Category => "category",
        ArgumentKind::Stage => "stage",
        ArgumentKind::UseCase => "use case",
        ArgumentKind::Guild => "guild",
        ArgumentKind::Role => "role",
        ArgumentKind::Area => "area",
        ArgumentKind::Choice(_) | ArgumentKind::Count => "value",
    }
}

/// Whether `value` is one that `argument` may have; else what is wrong and what to do.
fn check(argument: &Argument, value: &str, scene: &Scene<'_>) -> Result<(), (String, String)> {
    let (noun, known, near) = match argument.kind {
        ArgumentKind::Count => {
            return match value.parse::<usize>() {
                Ok(count) if count > 0 => Ok(()),
                _ => Err((
                    format!("`{}` is `{value}`, which is no number above zero", argument.name),
                    format!("write a number, such as `{}=5`", argument.name),
                )),
            };
        }
        ArgumentKind::Choice(choices) if choices.contains(&value) => return Ok(()),
        ArgumentKind::Choice(choices) => {
            ("value", choices, nearest(value, choices.iter().copied()))
        }
        kind => match scene.known(kind) {
            Some(known) if !known.has(value) => {
                let near = known.near(value).map(|near| near.word);
                (noun_of(kind), known.words.as_slice(), near)
            }
            _ => return Ok(()),
        },
    };
    let message = match argument.kind {
        ArgumentKind::Choice(_) => format!("`{}` cannot be `{value}`", argument.name),
        _ => format!("there is no {noun} `{value}`"),
    };
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("the handbook has no {noun} at all"),
        None if known.len() <= 12 => format!("it can be {}", known.join(", ")),
        None => format!("name a {noun} that the handbook has, or remove this"),
    };
    Err((message, help))
}
