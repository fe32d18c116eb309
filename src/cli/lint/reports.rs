//! `--report FORMAT=FILE`: the findings in other formats beside the result, each in a file of its own.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::cli::format_named;
use crate::cli::output::Output;
use crate::output::Sink;
use crate::output::diagnostics::{self, Format, Report, step_summary};

/// The variable by which GitHub Actions names the file for the summary of a step.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The reports that are asked for.
#[derive(Debug)]
pub(super) struct Reports(Vec<(Format, PathBuf)>);

impl Reports {
    /// The reports that `asked` names, each as `FORMAT=FILE`, beside a result that goes to `result`. Whatever
    /// would stop them from being written is an error before anything is judged.
    pub(super) fn new(asked: &[String], result: Option<&Path>, output: &Output) -> Result<Self> {
        let mut taken: Vec<PathBuf> = result.map(real).into_iter().collect();
        let mut reports = Vec::new();
        for asked in asked {
            let (format, file) = parse(asked).with_context(|| format!("--report {asked}"))?;
            output.check_file(&file).with_context(|| format!("--report {asked}"))?;
            let place = real(&file);
            if taken.contains(&place) {
                bail!("{} is named twice; a report needs a file of its own", file.display());
            }
            taken.push(place);
            reports.push((format, file));
        }
        Ok(Self(reports))
    }

    /// Their formats.
    pub(super) fn formats(&self) -> impl Iterator<Item = Format> {
        self.0.iter().map(|(format, _)| *format)
    }

    /// Writes `report`, whose result is in the format `result`, in all formats that are asked for.
    pub(super) fn write(
        &self,
        result: Format,
        report: Report<'_>,
        output: &mut Output,
    ) -> Result<()> {
        for (format, file) in &self.0 {
            let mut content = Sink::new();
            let report = Report { has_colors: false, ..report };
            diagnostics::write(*format, report, &mut content)?;
            output.also(file.clone(), &content);
        }
        let mut formats = self.formats().chain([result]);
        let summary = std::env::var_os(STEP_SUMMARY).filter(|file| !file.is_empty());
        if let Some(file) = summary.filter(|_| formats.any(|format| format == Format::Github)) {
            summarise(report, &file, output);
        }
        Ok(())
    }
}

fn parse(asked: &str) -> Result<(Format, PathBuf)> {
    let Some((format, file)) = asked.split_once('=').filter(|(_, file)| !file.is_empty()) else {
        bail!("a report is asked for as FORMAT=FILE, such as `sarif=out.sarif`");
    };
    let (format, file) = (format_named(format)?, PathBuf::from(file));
    if file.is_dir() {
        bail!("{} is a folder; name a file in it", file.display());
    }
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("there is no folder {}; make it first", folder.display());
    }
    Ok((format, file))
}

/// A name of the file at `path` that every way to write it has.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let beside = || {
        let folder = absolute.parent()?.canonicalize().ok()?;
        Some(folder.join(absolute.file_name()?))
    };
    absolute.canonicalize().ok().or_else(beside).unwrap_or(absolute)
}

/// Adds the summary to what other steps wrote; a job does not fail for its ornaments.
#[expect(clippy::disallowed_methods, reason = "the runner gives the file of the summary")]
fn summarise(report: Report<'_>, file: &OsStr, output: &Output) {
    let opened = OpenOptions::new().create(true).append(true).open(file);
    let written = opened.and_then(|mut file| file.write_all(step_summary(report).as_bytes()));
    if let Err(error) = written {
        output.warning(&format!("the summary in {} cannot be written: {error}", file.display()));
    }
}
