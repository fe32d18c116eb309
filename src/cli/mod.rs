//! The command line: what each command takes, and a short `run` that reads like its sentence in the
//! README.

mod chart;
mod classify;
mod completions;
mod config;
mod explain;
mod file_problems;
mod generate;
mod generators;
mod init;
mod inputs;
mod lint;
mod man;
mod matrix;
mod output;
mod page_filter;
mod priority_matrix;
mod review;
mod review_status;
mod rice;
mod rules;
mod schema;
mod since;
mod threads;
#[expect(clippy::disallowed_methods, reason = "this is who writes files of results")]
mod whole_file;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use output::Output;

/// Checks, ranks and generates the product handbook that a team keeps in git.
#[derive(Debug, Parser)]
#[command(name = "pmctl", version, propagate_version = true, arg_required_else_help = true)]
pub struct Args {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// The handbook's folder [default: the nearest with a pmctl.toml upwards, else the git root]
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    repo: Option<PathBuf>,
    /// The configuration [default: pmctl.toml in the handbook's folder]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How the handbook is kept: gitlab, sourcegraph, mattermost or default [default: by its files]
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<String>,
    /// The day of the judgement, as 2026-01-31 [default: `PMCTL_TODAY`, `SOURCE_DATE_EPOCH`, the clock]
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,
    /// The format of the result; each command lists its own
    #[arg(long, global = true, value_name = "FMT")]
    format: Option<String>,
    /// Write the result to a file instead of standard output
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// When to use colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    color: Color,
    /// Print nothing but the result
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say on standard error what is read
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Do not look at the git repository
    #[arg(long, global = true)]
    no_git: bool,
    /// Let git fetch what a clone made with --filter lacks
    #[arg(long, global = true, conflicts_with = "no_git")]
    fetch_missing: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the handbook's data and pages
    Lint(lint::Lint),
    /// Tell who must review what, by when
    ReviewStatus(review_status::ReviewStatus),
    /// Stamp pages as reviewed, or plan the next reviews
    Review(review::Review),
    /// Rank ideas by their RICE score, and tell how sure the order is
    Rice(rice::Rice),
    /// Show what prioritization sessions decided: their items by importance and feasibility
    PriorityMatrix(priority_matrix::PriorityMatrix),
    /// Render the data into the pages that ask for it
    Generate(generate::Generate),
    /// List what can be generated
    Generators(generators::Generators),
    /// Print what a generator makes, without touching a file
    Matrix(matrix::Matrix),
    /// Tell what kind of change a merge request is, who approves it, and who is told of it
    Classify(classify::Classify),
    /// List the rules of `lint`
    Rules(rules::Rules),
    /// Print the manual of a rule
    Explain(explain::Explain),
    /// Set pmctl up in a repository: its configuration and a CI job
    Init(init::Init),
    /// Show the configuration, and where each value comes from
    Config(config::Config),
    /// Print a JSON Schema for editors: of pmctl.toml, or of a data file
    Schema(schema::Schema),
    /// Print the completions of a shell
    Completions(completions::Completions),
    /// Write the manual pages
    Man(man::ManPages),
}

impl Command {
    /// The command's name, if what it prints has one form alone, so that there is no format to ask for.
    fn without_formats(&self) -> Option<&'static str> {
        match self {
            Self::Review(review) => review.without_formats(),
            Self::Rice(rice) => rice.without_formats(),
            Self::Generate(generate) => generate.without_formats(),
            Self::Explain(_) => Some("explain"),
            Self::Init(_) => Some("init"),
            Self::Completions(_) => Some("completions"),
            Self::Man(_) => Some("man"),
            // They look the format up among their own.
            Self::Lint(_)
            | Self::ReviewStatus(_)
            | Self::PriorityMatrix(_)
            | Self::Generators(_)
            | Self::Matrix(_)
            | Self::Classify(_)
            | Self::Rules(_)
            | Self::Config(_)
            | Self::Schema(_) => None,
        }
    }
}

impl Command {
    /// The files that the command's arguments name for reading, pages and data of the handbook aside.
    fn inputs(&self) -> Vec<PathBuf> {
        match self {
            Self::Lint(lint) => lint.inputs(),
            Self::Rice(rice) => rice.inputs(),
            Self::PriorityMatrix(matrix) => matrix.inputs(),
            Self::ReviewStatus(_)
            | Self::Review(_)
            | Self::Generate(_)
            | Self::Generators(_)
            | Self::Matrix(_)
            | Self::Classify(_)
            | Self::Rules(_)
            | Self::Explain(_)
            | Self::Init(_)
            | Self::Config(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man(_) => Vec::new(),
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing to report.
    Clean,
    /// Findings, or drift.
    Findings,
    /// Something could not be judged.
    NotJudged,
}

impl Outcome {
    fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::NotJudged => 2,
        }
    }
}

/// Ends the process with the status of what could not be judged, should there be an error in pmctl itself.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
        output::say_bug(&place);
        std::process::exit(Outcome::NotJudged.code().into());
    }));
}

/// Runs the command that the process was called with.
pub fn run() -> ExitCode {
    report_panics();
    // As with git itself, `git fsck` checks what is stored, not every reader of it: a quarter of the time
    // that old versions of pages take would go into that. It is set here, for the process, and not in the
    // library.
    git2::opts::strict_hash_verification(false);
    // The trees of late are kept where they are compared, and nothing else is read twice.
    git2::opts::enable_caching(false);
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return ExitCode::from(output::say_usage(&error)),
    };
    threads::with_threads(|| run_with(args))
}

/// Runs the command that `args` name.
fn run_with(args: Args) -> ExitCode {
    let mut output = Output::new(&args.global, args.command.inputs());
    if let Some(command) = args.global.format.as_ref().and(args.command.without_formats()) {
        let message = format!("`pmctl {command}` has one form alone; leave --format out");
        output.error(&anyhow::Error::msg(message));
        return ExitCode::from(Outcome::NotJudged.code());
    }
    let result = output.check().and_then(|()| run_command(args, &mut output));
    let result = result.and_then(|outcome| match output.finish() {
        // Whoever closed the pipe has read enough; what was found counts all the same.
        Err(error) if is_closed_pipe(&error) => Ok(outcome),
        finished => finished.map(|()| outcome),
    });
    match result {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(Outcome::NotJudged.code())
        }
    }
}

fn run_command(args: Args, output: &mut Output) -> Result<Outcome> {
    match args.command {
        Command::Lint(lint) => lint.run(&args.global, output),
        Command::ReviewStatus(status) => status.run(&args.global, output),
        Command::Review(review) => review.run(&args.global, output),
        Command::Rice(rice) => rice.run(&args.global, output),
        Command::PriorityMatrix(matrix) => matrix.run(&args.global, output),
        Command::Generate(generate) => generate.run(&args.global, output),
        Command::Generators(generators) => generators.run(&args.global, output),
        Command::Matrix(matrix) => matrix.run(&args.global, output),
        Command::Classify(classify) => classify.run(&args.global, output),
        Command::Rules(rules) => rules.run(&args.global, output),
        Command::Explain(explain) => explain.run(&args.global, output),
        Command::Init(init) => init.run(&args.global, output),
        Command::Config(config) => config.run(&args.global, output),
        Command::Schema(schema) => schema.run(&args.global, output),
        Command::Completions(completions) => completions.run(&args.global, output),
        Command::Man(pages) => pages.run(&args.global, output),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

/// The format that `--format` names among those of a command.
fn format<F: ValueEnum>(global: &Global, default: F) -> Result<F> {
    global.format.as_deref().map_or(Ok(default), format_named)
}

/// The format `name` among those of a command.
fn format_named<F: ValueEnum>(name: &str) -> Result<F> {
    let known: Vec<String> = F::value_variants()
        .iter()
        .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
        .collect();
    F::from_str(name, false).map_err(|_| {
        let near = crate::source::nearest(name, known.iter().map(String::as_str));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        anyhow::anyhow!("this command has no format `{name}`; it has {}{help}", known.join(", "))
    })
}
