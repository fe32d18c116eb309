//! stub
use super::output::Output;
use super::{Global, Outcome};
use anyhow::Result;
use clap::Args;
/// x
#[derive(Debug, Args)]
pub(super) struct Init {}
impl Init {
    pub(super) fn run(&self, _: &Global, _: &mut Output) -> Result<Outcome> {
        Ok(Outcome::Clean)
    }
}
