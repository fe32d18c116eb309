//! `pmctl review-status`: whose review of which page is due.

use anyhow::{Result, bail};
use clap::Args;

use super::output::Output;
use super::page_filter::PageFilter;
use super::{Global, Outcome, format};
use crate::output::reviews::{self, Grouping, ReviewFormat, ReviewReport};
use crate::review::status::Status;

/// The flags of `pmctl review-status`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/review_status.txt"))]
pub(super) struct ReviewStatus {
    #[command(flatten)]
    filter: PageFilter,
    /// Group the pages by owner, area or status
    #[arg(long, alias = "by", value_name = "WHAT")]
    group_by: Option<Grouping>,
    /// Show at most N pages; all are counted
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Mention the owners in --format markdown, so that the forge notifies them
    #[arg(long)]
    mention: bool,
    /// Exit with status 1 if a page has this status; several are separated by commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    fail_on: Vec<Status>,
}

impl ReviewStatus {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, ReviewFormat::Table)?;
        if self.mention && format != ReviewFormat::Markdown {
            bail!("--mention needs --format markdown");
        }
        let selection = self.filter.select(global, output)?;
        let survey = &selection.survey;
        let report = ReviewReport {
            survey,
            files: &selection.loaded.files,
            group_by: self.group_by,
            limit: self.limit,
            due_soon: selection.workspace.config.review.due_soon,
            width: output.width(),
            is_quiet: global.quiet,
            mentions_owners: self.mention,
        };
        reviews::write(format, &report, output.result())?;
        let fails = survey.pages.iter().any(|page| self.fail_on.contains(&page.status));
        Ok(Outcome::of(selection.is_unread, fails))
    }
}
