//! `--chart FILE`: a chart of the result, in the format that the file's name ends in.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Result;

use super::output::Output;

/// A file for a chart.
#[derive(Clone, Debug)]
pub(super) struct ChartFile {
    path: PathBuf,
    format: Format,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Svg,
    Html,
}

impl FromStr for ChartFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = PathBuf::from(text);
        let extension =
            path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let format = match extension.as_deref() {
            Some("svg") => Format::Svg,
            Some("html" | "htm") => Format::Html,
            _ => return Err("name a file that ends in .svg or .html".to_owned()),
        };
        Ok(Self { path, format })
    }
}

impl ChartFile {
    /// Writes the chart, which `svg` and `html` draw.
    pub(super) fn write(
        &self,
        output: &Output,
        svg: impl FnOnce() -> String,
        html: impl FnOnce() -> String,
    ) -> Result<()> {
        let text = match self.format {
            Format::Svg => svg(),
            Format::Html => html(),
        };
        output.write_file(&self.path, text.as_bytes())
    }
}
