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
mod suggestion;
mod threads;
#[expect(clippy::disallowed_methods, reason = "this is who writes files of results")]
mod whole_file;
mod workspace;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::repo::Repo;
use crate::source::nearest;
use output::Output;

/// Checks, ranks and generates the product handbook that a team keeps in git.
#[derive(Debug, Parser)]
#[command(name = "pmctl", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = include_str!("help/main.txt"))]
pub struct Args {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// The options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// The handbook's folder [default: the nearest with a pmctl.toml upwards, else the git root]
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    repo: Option<PathBuf>,
    /// The configuration file [default: pmctl.toml in the handbook's folder]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The profile: gitlab, sourcegraph, mattermost or default [default: detected from the files]
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<String>,
    /// Treat DATE as today [default: `PMCTL_TODAY`, `SOURCE_DATE_EPOCH`, the clock]
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,
    /// The format of the result; each command lists its formats
    #[arg(long, global = true, value_name = "FMT")]
    format: Option<String>,
    /// Write the result to a file instead of standard output
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// When to use colours: auto, always or never [default: auto]
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    color: Color,
    /// Print only the result
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Print on standard error what is read
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Don't use git
    #[arg(long, global = true)]
    no_git: bool,
    /// Let git fetch the files that a clone made with --filter lacks
    #[arg(long, global = true, conflicts_with = "no_git")]
    fetch_missing: bool,
}

impl Global {
    /// Returns the handbook that the options name, seen from the folder `here`.
    fn repository(&self, here: &Path) -> Repo {
        let repo = match &self.repo {
            Some(folder) => Repo::at(here.join(folder)),
            None if self.no_git => Repo::around_without_git(here),
            None => Repo::around(here),
        };
        let repo = if self.no_git { repo.without_git() } else { repo };
        if self.fetch_missing { repo.fetching_missing() } else { repo }
    }
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
    /// Show whose review of which page is due
    ReviewStatus(review_status::ReviewStatus),
    /// Stamp pages as reviewed, or plan the next reviews
    Review(review::Review),
    /// Rank ideas by their RICE score, and show how sure the order is
    Rice(rice::Rice),
    /// Show the items of prioritization sessions by importance and feasibility
    PriorityMatrix(priority_matrix::PriorityMatrix),
    /// Render the data into the pages that ask for it
    Generate(generate::Generate),
    /// List the generators
    Generators(generators::Generators),
    /// Print the output of a generator, without changing a file
    Matrix(matrix::Matrix),
    /// Show what kind of change a merge request is, and who approves it
    Classify(classify::Classify),
    /// List the rules of `lint`
    Rules(rules::Rules),
    /// Print the manual of a rule
    Explain(explain::Explain),
    /// Set up pmctl in a repository: its configuration and a CI job
    Init(init::Init),
    /// Show the configuration and where each value comes from
    Config(config::Config),
    /// Print the JSON Schema of pmctl.toml or a data file, for editors
    Schema(schema::Schema),
    /// Print the completions for a shell
    Completions(completions::Completions),
    /// Write the manual pages
    Man(man::ManPages),
}

impl Command {
    /// Returns the command's name if its output has only one format.
    fn without_formats(&self) -> Option<&'static str> {
        match self {
            Self::Review(review) => review.without_formats(),
            Self::Rice(rice) => rice.without_formats(),
            Self::Generate(generate) => generate.without_formats(),
            Self::Explain(_) => Some("explain"),
            Self::Init(_) => Some("init"),
            Self::Completions(_) => Some("completions"),
            Self::Man(_) => Some("man"),
            // They look up the format among their own.
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
    /// Something could not be checked.
    NotChecked,
}

impl Outcome {
    /// The outcome of a run that left files unread, or has findings, or neither.
    fn of(is_unread: bool, has_findings: bool) -> Self {
        if is_unread {
            Self::NotChecked
        } else if has_findings {
            Self::Findings
        } else {
            Self::Clean
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::NotChecked => 2,
        }
    }
}

/// Ends the process with exit status 2 if pmctl itself has an error.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
        output::say_bug(&place);
        std::process::exit(Outcome::NotChecked.code().into());
    }));
}

/// Runs the command that the process was called with, and returns its exit status.
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
        let message = format!("`pmctl {command}` has only one format; leave out --format");
        output.error(&anyhow::Error::msg(message));
        return ExitCode::from(Outcome::NotChecked.code());
    }
    let result = output.check().and_then(|()| run_command(args, &mut output));
    let result = result.and_then(|outcome| match output.finish() {
        // The reader that closed the pipe has read enough; the findings count all the same.
        Err(error) if is_closed_pipe(&error) => Ok(outcome),
        finished => finished.map(|()| outcome),
    });
    match result {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(Outcome::NotChecked.code())
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
        let near = nearest(name, known.iter().map(String::as_str));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        anyhow::anyhow!("this command has no format `{name}`; it has {}{help}", known.join(", "))
    })
}
