//! `pmctl rice add`: writes an idea into rice.yml, and asks for what the flags do not say.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::cli::file_problems::problem_line;
use crate::cli::output::Output;
use crate::cli::page_filter::day;
use crate::cli::workspace::Workspace;
use crate::cli::{Global, Outcome};
use crate::config::Profile;
use crate::handbook::{self, Loaded, ProblemKind, Scope};
use crate::rice::idea::{Entry, Estimate, Idea, Pointer};
use crate::rice::written::{Written, read};
use crate::rice::{self, Factor, Judged, Measure, Ranking, Scales};
use crate::source::edit::{self, Edits, NewRecord, NewValue, Prepared};
use crate::source::markdown::slug;
use crate::source::sanitise_line;
use crate::source::{FileId, RepoPath, Span, Spanned, fold};

/// The key that ideas stand under.
const IDEAS: &str = "ideas";

/// The flags of `pmctl rice add`.
#[derive(Debug, Args)]
#[command(
    after_help = "What no flag says is asked for on a terminal, with what each step means. The rest of the file \
    stays as it is."
)]
pub(super) struct Add {
    /// What the idea is called
    #[arg(long)]
    title: Option<String>,
    /// Its key [default: made of the title]
    #[arg(long)]
    id: Option<String>,
    /// The key of its category
    #[arg(long, value_name = "KEY")]
    category: Option<String>,
    /// The key or the title of its feature
    #[arg(long, value_name = "KEY")]
    feature: Option<String>,
    /// The key of the team that would build it
    #[arg(long, value_name = "KEY")]
    team: Option<String>,
    /// Where it is discussed
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Who answers for the estimate
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// The day of the estimate [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The share of users reached in the first quarter
    #[arg(long, value_name = "STEP")]
    reach: Option<String>,
    /// How much it changes for each of them
    #[arg(long, value_name = "STEP")]
    impact: Option<String>,
    /// How sure the estimate is
    #[arg(long, value_name = "STEP")]
    confidence: Option<String>,
    /// Person-months, or such as `6 weeks`
    #[arg(long, value_name = "WORK")]
    effort: Option<String>,
    /// A remark
    #[arg(long)]
    notes: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Add {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let workspace = Workspace::open_or(global, output, Some(Profile::Default))?;
        let config = &workspace.config;
        let scales = Scales::new(&config.rice.scales).map_err(anyhow::Error::msg)?;
        let path = config.paths.get("rice").context("the configuration has no path for `rice`")?;
        let (loaded, _) = handbook::load(&workspace.repo, config, Scope::Data, |_, _, _| ());
        let unread = loaded.handbook.problems.iter().find(|problem| {
            problem.kind == ProblemKind::UnreadableFile
                && loaded.files.file(problem.span.file).path() == path
        });
        if let Some(problem) = unread {
            bail!("{}", problem_line(problem, &loaded.files));
        }

        let named = |text: &str| match text.trim() {
            "" => Err("it needs a name".to_owned()),
            _ => Ok(text.to_owned()),
        };
        let title = match &self.title {
            Some(title) => named(title).map_err(|error| anyhow::anyhow!("--title: {error}"))?,
            None => ask(output, "--title", "What is the idea called?", "", named)?,
        };
        let id = self.id.clone().unwrap_or_else(|| slug(&title).replace('-', "_"));
        if id.is_empty() {
            bail!("no key can be made of the title; give one with --id");
        }
        if loaded.handbook.ideas.iter().any(|idea| idea.key.value == id) {
            bail!("{path} has an idea `{id}` already; give this one another --id");
        }
        let written = loaded.handbook.ideas.iter();
        let called = |idea: &&handbook::WrittenIdea| {
            idea.title.as_ref().is_some_and(|other| fold(&other.value) == fold(&title))
        };
        if let Some(same) = written.clone().find(called) {
            let line = loaded.files.start(same.key.span).line;
            bail!(
                "{path}:{line}: the idea `{}` is called `{title}` already; give this one another --title, or add an \
                estimate to that one",
                same.key.value
            );
        }
        let file = loaded.files.find(path);
        let mut fields = vec![("title".to_owned(), NewValue::Text(title.clone()))];
        // Nobody should answer questions for a file that nothing can be added to.
        prepare(&loaded, file, path, &NewRecord { key: id.clone(), fields: fields.clone() })?;
        let mut factors = Vec::new();
        for factor in Factor::ALL {
            factors.push(self.factor(factor, &scales, output)?);
        }
        let date = match &self.date {
            Some(date) => day(date)?,
            None => workspace.today,
        };
        if date > workspace.today {
            bail!("{date} is in the future; an estimate is of today or before");
        }

        let texts = [
            ("category", &self.category),
            ("feature", &self.feature),
            ("team", &self.team),
            ("link", &self.link),
            ("owner", &self.owner),
        ];
        for (name, text) in texts {
            fields.extend(given(text.as_ref()).map(|text| (name.to_owned(), NewValue::Text(text))));
        }
        fields.push(("date".to_owned(), NewValue::Plain(date.to_string())));
        for (factor, (text, _)) in Factor::ALL.into_iter().zip(&factors) {
            fields.push((factor.name().to_owned(), NewValue::Plain(text.clone())));
        }
        fields.extend(
            given(self.notes.as_ref()).map(|notes| ("notes".to_owned(), NewValue::Text(notes))),
        );
        let record = NewRecord { key: id.clone(), fields };

        let judged = self.judged(&id, title, &factors, &loaded, &scales, &workspace)?;
        let prepared = prepare(&loaded, file, path, &record)?;
        if self.dry_run {
            write!(output.result(), "{}", edit::diff(&prepared))?;
            return Ok(Outcome::Clean);
        }
        workspace.repo.save(&prepared)?;
        let ranking = Ranking::new(&judged);
        let at = judged.len() - 1;
        let score = judged[at].score.map_or_else(String::new, |score| format!(", score {score}"));
        let rank = ranking.rank(at).map_or_else(String::new, |rank| {
            format!(", rank {rank} of the {} in this file", ranking.order.len())
        });
        writeln!(
            output.result(),
            "{}",
            sanitise_line(&format!("{path}: added `{id}`{score}{rank}"))
        )?;
        Ok(Outcome::Clean)
    }

    /// The text for `factor`, from its flag or by asking, and what it counts.
    fn factor(
        &self,
        factor: Factor,
        scales: &Scales,
        output: &Output,
    ) -> Result<(String, Written)> {
        let flag = match factor {
            Factor::Reach => &self.reach,
            Factor::Impact => &self.impact,
            Factor::Confidence => &self.confidence,
            Factor::Effort => &self.effort,
        };
        let value = |text: &str| match read(factor, text, scales) {
            written @ Written::Value(_) => Ok((text.to_owned(), written)),
            _ => Err(format!("`{text}` is no value of it; {}", rice::legal(scales, factor))),
        };
        let name = factor.name();
        if let Some(text) = flag {
            return value(text.trim()).map_err(|error| anyhow::anyhow!("--{name}: {error}"));
        }
        let question = match factor {
            Factor::Reach => "Reach: which share of users does it reach in the first quarter?",
            Factor::Impact => "Impact: how much does it change for each of them?",
            Factor::Confidence => "Confidence: how sure is the estimate?",
            Factor::Effort => {
                "Effort: how many person-months does it take? Such as 2, `6 weeks` or `10 days`."
            }
        };
        let steps = scales.of(factor).into_iter().flat_map(|scale| &scale.steps);
        let steps = steps.map(|step| format!("  {}\n", step.described(factor)));
        ask(output, &format!("--{name}"), question, &steps.collect::<String>(), value)
    }

    /// All ideas of the file with the new one behind them; an error if something is wrong with that.
    fn judged(
        &self,
        id: &str,
        title: String,
        factors: &[(String, Written)],
        loaded: &Loaded,
        scales: &Scales,
        workspace: &Workspace,
    ) -> Result<Vec<Judged>> {
        let nowhere = Span::start_of(FileId::NONE);
        let mut idea = Idea::new(id.to_owned(), title, nowhere);
        let pointers = [
            (Pointer::Category, &self.category),
            (Pointer::Feature, &self.feature),
            (Pointer::Team, &self.team),
        ];
        for (pointer, key) in pointers {
            idea.pointers
                .extend(given(key.as_ref()).map(|key| (pointer, Spanned::new(key, nowhere))));
        }
        let mut own = Estimate {
            by: None,
            date: None,
            span: nowhere,
            factors: [const { None }; 4],
            unit: None,
        };
        for (factor, (text, written)) in Factor::ALL.into_iter().zip(factors) {
            let entry = Entry { text: text.clone(), span: nowhere, written: written.clone() };
            own.factors[factor.index()] = Some(entry);
        }
        idea.estimates.push(own);
        let mut ideas = rice::ideas_of_data(&loaded.handbook.ideas, scales);
        ideas.push(idea);
        let expires = workspace.config.rice.expires;
        let measure = Measure { scales, expires, today: workspace.today };
        let judged = rice::judge(ideas, &loaded.handbook, measure);
        let new = judged.last().map(|judged| &judged.problems[..]).unwrap_or_default();
        if let Some(problem) = new.iter().find(|problem| problem.kind.is_error()) {
            bail!("{}", problem.message_and_help());
        }
        Ok(judged)
    }
}

/// The file with the record added, checked and ready to be written.
fn prepare<'l>(
    loaded: &'l Loaded,
    file: Option<FileId>,
    path: &RepoPath,
    record: &NewRecord,
) -> Result<Prepared<'l>> {
    let by_hand = || format!("{path}: the idea cannot be added; add it by hand");
    let Some(file) = file else {
        let mut prepared = Prepared::default();
        let text = edit::new_file(IDEAS, record).with_context(by_hand)?;
        prepared.create(path.clone(), text)?;
        return Ok(prepared);
    };
    let text = loaded.files.file(file).text();
    let edit = edit::add_record(file, text, IDEAS, record).with_context(by_hand)?;
    let edits: Edits = [edit].into_iter().collect();
    Ok(edit::prepare(&loaded.files, &edits, |change| {
        edit::only_this_record_added(change, IDEAS, record)
    })?)
}

/// What a flag says, if it says anything.
fn given(flag: Option<&String>) -> Option<String> {
    flag.filter(|text| !text.trim().is_empty()).cloned()
}

/// Asks until there is an answer, which can be one of `choices`; where nobody can be asked, says which flag
/// would have told.
fn ask<T>(
    output: &Output,
    flag: &str,
    question: &str,
    choices: &str,
    answer: impl Fn(&str) -> Result<T, String>,
) -> Result<T> {
    if !std::io::stdin().is_terminal() {
        bail!("{flag} is missing, and there is no terminal to ask on; {question}");
    }
    for line in question.lines().chain(choices.lines()) {
        output.ask(&format!("{line}\n"));
    }
    loop {
        output.ask(": ");
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            bail!("nothing was added: the answers ended");
        }
        match answer(line.trim()) {
            Ok(answer) => return Ok(answer),
            Err(error) => output.ask(&format!("{error}\n")),
        }
    }
}
