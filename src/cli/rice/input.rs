//! Where `pmctl rice` takes ideas from: the handbook, files that somebody names, a sheet.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::cli::Global;
use crate::cli::file_problems::problem_line;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::config::{Pages, Profile};
use crate::handbook::{self, Loaded, ProblemKind, Scope};
use crate::repo::{Files, Revision};
use crate::rice::written::Written;
use crate::rice::{self, Exact, Factor, Idea, Judged, Measure, Scales};
use crate::source::markdown::slug;
use crate::source::{self, MAX_FILE_BYTES, RepoPath, fold, nearest};

/// Which ideas.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// Only the ideas in these files: pages and files such as rice.yml
    files: Vec<PathBuf>,
    /// Take the ideas from a sheet exported as CSV; `-` for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// What if: a factor of an idea, such as `bulk_edit.effort=3`; can be given again
    #[arg(long, value_name = "ID.FACTOR=VALUE")]
    set: Vec<String>,
}

/// Ideas, and what they were read from.
pub(super) struct Ideas {
    pub(super) workspace: Workspace,
    pub(super) loaded: Loaded,
    pub(super) scales: Scales,
    /// As they are written.
    pub(super) judged: Vec<Judged>,
    /// As they would be with what `--set` says; `None` without that.
    pub(super) supposed: Option<Vec<Judged>>,
    /// Whether something could not be read.
    pub(super) is_unread: bool,
}

impl Input {
    /// The files that are named.
    pub(super) fn named(&self) -> Vec<PathBuf> {
        self.files.iter().chain(&self.from).cloned().collect()
    }

    /// Reads the ideas and judges them.
    pub(super) fn read(&self, global: &Global, output: &Output) -> Result<Ideas> {
        // Files that are named need no handbook around them.
        let is_named = !self.files.is_empty() || self.from.is_some();
        let fallback = is_named.then_some(Profile::Default);
        let mut workspace = Workspace::open_or(global, output, fallback)?;
        let scales = Scales::new(&workspace.config.rice.scales).map_err(anyhow::Error::msg)?;
        if is_named {
            self.choose_files(&mut workspace)?;
        }
        let (mut loaded, may_hold) = self.load(&workspace.repo, &workspace);
        let mut ideas = rice::gather(&loaded, &may_hold, &scales);
        if let Some(sheet) = &self.from {
            let of_sheet = read_sheet(sheet, &workspace, &mut loaded, &scales)?;
            // Large sheets come alone, and need not be copied.
            match ideas.is_empty() {
                true => ideas = of_sheet,
                false => ideas.extend(of_sheet),
            }
        }
        let supposed = self.suppose(&ideas, &scales)?;
        let measure = Measure {
            scales: &scales,
            expires: workspace.config.rice.expires,
            today: workspace.today,
        };
        let judged = rice::judge(ideas, &loaded.handbook, measure);
        let supposed = supposed.map(|ideas| rice::judge(ideas, &loaded.handbook, measure));
        let is_unread = say_unread(&loaded, &workspace, output);
        Ok(Ideas { workspace, loaded, scales, judged, supposed, is_unread })
    }

    /// The ideas as a revision has them.
    pub(super) fn read_at(&self, name: &str, ideas: &Ideas) -> Result<Vec<Judged>> {
        if self.from.is_some() {
            bail!("a sheet that comes from --from has no revisions; leave --since out");
        }
        let Ideas { workspace, scales, .. } = ideas;
        let revision = Revision::open(&workspace.repo, name)?;
        let (loaded, may_hold) = self.load(&revision, workspace);
        let measure =
            Measure { scales, expires: workspace.config.rice.expires, today: workspace.today };
        Ok(rice::judged(&loaded, &may_hold, measure))
    }

    /// That there are no ideas, and where there are none.
    pub(super) fn say_none(&self, workspace: &Workspace) -> String {
        if !self.files.is_empty() || self.from.is_some() {
            return "no idea is estimated: there is none in what was named".to_owned();
        }
        let data = workspace.config.paths.get("rice").map_or("data/rice.yml", RepoPath::as_str);
        format!(
            "no idea is estimated: there is none in {data} and in no page; `pmctl rice add` adds one"
        )
    }

    fn load(&self, files: &impl Files, workspace: &Workspace) -> (Loaded, Vec<bool>) {
        // A page that is named is read, whatever its words.
        let is_named = !self.files.is_empty();
        let may_hold = |text: &str| is_named || rice::may_hold_ideas(text);
        handbook::load(files, &workspace.config, Scope::Whole, |_, text, _| may_hold(text))
    }

    /// Lets the configuration name the chosen files and no others.
    fn choose_files(&self, workspace: &mut Workspace) -> Result<()> {
        let paths = workspace.inside(&self.files)?;
        let config = &mut workspace.config;
        config.pages.clear();
        config.paths.remove("rice");
        config.required.retain(|name| name != "features");
        for path in paths {
            if workspace.repo.root().join(path.as_str()).is_dir() {
                config.pages.push(Pages::asked_for([&*format!(
                    "{}/**/*.{{md,md.erb}}",
                    globset::escape(path.as_str())
                )])?);
            } else if is_data(&path) {
                if let Some(other) = config.paths.insert("rice".to_owned(), path.clone()) {
                    bail!("`{other}` and `{path}` are both data; name one of them");
                }
                config.required.push("rice".to_owned());
            } else {
                config.pages.push(Pages::asked_for([&*globset::escape(path.as_str())])?);
            }
        }
        Ok(())
    }

    /// The ideas with what `--set` says of them; `None` if it says nothing.
    fn suppose(&self, ideas: &[Idea], scales: &Scales) -> Result<Option<Vec<Idea>>> {
        if self.set.is_empty() {
            return Ok(None);
        }
        let mut ideas = ideas.to_vec();
        for set in &self.set {
            let wrong = || format!("--set {set} should be as `{}.effort=3`", example(&ideas));
            let (what, text) = set.split_once('=').with_context(wrong)?;
            let (id, name) = what.rsplit_once('.').with_context(wrong)?;
            let factor = Factor::named(name).with_context(|| {
                format!(
                    "--set {set}: `{name}` is no factor; it is reach, impact, confidence or effort"
                )
            })?;
            let at = find(ideas.iter(), id)?;
            let written = rice::written::read(factor, text, scales);
            let Written::Value(_) = written else {
                bail!(
                    "--set {set}: `{text}` is no value of {name}; {}",
                    rice::legal(scales, factor)
                );
            };
            for estimate in &mut ideas[at].estimates {
                estimate.set(factor, text, written.clone());
            }
        }
        Ok(Some(ideas))
    }
}

fn example(ideas: &[Idea]) -> String {
    ideas.first().map_or_else(|| "an_idea".to_owned(), |idea| idea.id.clone())
}

fn is_data(path: &RepoPath) -> bool {
    let extension = Path::new(path.as_str()).extension();
    extension.is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yml") || extension.eq_ignore_ascii_case("yaml")
    })
}

/// The place of the idea called `name`: by its id, else by its title, else by its title as a slug.
pub(super) fn find<'i>(ideas: impl Iterator<Item = &'i Idea> + Clone, name: &str) -> Result<usize> {
    let tests: [fn(&Idea, &str) -> bool; 3] = [
        |idea, name| idea.id == name,
        |idea, name| fold(&idea.title) == fold(name),
        |idea, name| !name.is_empty() && slug(&idea.title) == name,
    ];
    for (number, test) in tests.into_iter().enumerate() {
        let found: Vec<(usize, &Idea)> =
            ideas.clone().enumerate().filter(|(_, idea)| test(idea, name)).collect();
        match found[..] {
            [] => {}
            // A second idea with one id is an error of its own.
            [(at, _)] => return Ok(at),
            [(at, _), ..] if number == 0 => return Ok(at),
            _ => {
                let ids: Vec<&str> = found.iter().map(|(_, idea)| idea.id.as_str()).collect();
                bail!("several ideas are called `{name}`; name one by its id: {}", ids.join(", "))
            }
        }
    }
    let ids = ideas.clone().map(|idea| idea.id.as_str());
    let titles = ideas.map(|idea| idea.title.as_str());
    let help = match nearest(name, ids.clone()).or_else(|| nearest(name, titles)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let all: Vec<&str> = ids.collect();
            let some = all.iter().take(6).copied().collect::<Vec<_>>().join(", ");
            match all.len() {
                0 => "there are none".to_owned(),
                1..=6 => format!("there are {some}"),
                count => format!("there are {count}, for example {some}"),
            }
        }
    };
    bail!("no idea is called `{name}`; {help}")
}

/// The ideas of the sheet that `file` names, `-` for standard input.
fn read_sheet(
    file: &Path,
    workspace: &Workspace,
    loaded: &mut Loaded,
    scales: &Scales,
) -> Result<Vec<Idea>> {
    let is_stdin = file.as_os_str() == "-";
    let shown = if is_stdin { "standard input".to_owned() } else { file.display().to_string() };
    let content = if is_stdin {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            bail!("standard input is larger than a sheet can be; at most 8 MiB are read");
        }
        source::text_of(bytes)
    } else {
        let place = workspace.nearby(file);
        source::read_text(&place)
    };
    let content = content.with_context(|| format!("{shown} cannot be read"))?;
    // A sheet need not lie in the handbook; then its name has to do.
    let name = file.file_name().map_or_else(|| file.to_owned(), PathBuf::from);
    let inside = (!is_stdin).then(|| workspace.inside(&[file.to_owned()]).ok()).flatten();
    let path = match inside.and_then(|mut paths| paths.pop()) {
        Some(path) => path,
        None => RepoPath::new(name)?,
    };
    let (id, _) = loaded.files.add(path, Ok(content));
    rice::ideas_of_sheet(id, loaded.files.file(id).text(), scales)
        .with_context(|| format!("{shown} is no sheet of estimates"))
}

/// Whether something of the file is not read because of it.
fn leaves_out(problem: ProblemKind) -> bool {
    use ProblemKind::{DuplicateKey, MergeConflict, Syntax, WrongType};
    matches!(problem, Syntax | MergeConflict | WrongType | DuplicateKey)
}

/// Says what could not be read, and whether there is such a thing.
fn say_unread(loaded: &Loaded, workspace: &Workspace, output: &Output) -> bool {
    let data = workspace.config.paths.get("rice");
    let mut is_unread = false;
    for problem in &loaded.handbook.problems {
        let path = loaded.files.file(problem.span.file).path();
        let is_part = data == Some(path) && leaves_out(problem.kind);
        if is_part || problem.kind == ProblemKind::UnreadableFile {
            output.note(&problem_line(problem, &loaded.files));
            is_unread = true;
        }
    }
    is_unread
}

/// Person-months that a flag names.
pub(super) fn months(text: &str) -> Result<Exact, String> {
    match rice::written::read(Factor::Effort, text, &Scales::default()) {
        Written::Value(months) => Ok(months),
        _ => Err("write person-months above zero, such as `6` or `2.5`".to_owned()),
    }
}
