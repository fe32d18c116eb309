//! stub
use anyhow::Result;
use clap::Args;
use super::output::Output;
use super::{Global, Outcome};
/// x
#[derive(Debug, Args)]
pub(super) struct Init {}
impl Init {
    pub(super) fn run(&self, _: &Global, _: &mut Output) -> Result<Outcome> { Ok(Outcome::Clean) }
}
