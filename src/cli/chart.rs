//! `--chart FILE`: a chart of the result, in the format that the file's name ends in.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Result, bail};

use super::output::Output;
use crate::output::chart::Scene;

/// A file for a chart.
#[derive(Clone, Debug)]
pub(super) struct ChartFile {
    path: PathBuf,
    format: ChartFormat,
}

#[derive(Clone, Copy, Debug)]
enum ChartFormat {
    Svg,
    Html,
}

impl FromStr for ChartFile {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let path = PathBuf::from(text);
        let extension =
            path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let format = match extension.as_deref() {
            Some("svg") => ChartFormat::Svg,
            Some("html" | "htm") => ChartFormat::Html,
            _ => bail!("name a file that ends in .svg or .html"),
        };
        Ok(Self { path, format })
    }
}

impl ChartFile {
    /// Writes `chart`.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(super) fn write(&self, output: &Output, chart: &Scene) -> Result<()> {
        let text = match self.format {
            ChartFormat::Svg => chart.svg(),
            ChartFormat::Html => chart.html(),
        };
        output.write_file(&self.path, text.as_bytes())
    }
}
