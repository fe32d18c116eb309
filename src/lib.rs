//! pmctl reads a product handbook (Markdown and YAML in a git repository) and tells what is wrong in it.
//!
//! The modules stand in the order in which data goes through them; each knows only those above it,
//! `cli` and `output` aside:
//!
//! - [`source`]: text with positions: files, spans, the YAML tree, the Markdown outline
//! - [`repo`]: the handbook's folder, what is in it, and its history in git
//! - [`config`]: `pmctl.toml`, profiles, the clock
//! - [`handbook`]: what a handbook says, whoever wrote it
//! - [`review`]: when its pages were last reviewed, and who is to review them
//! - [`rice`]: ideas, their scores, and how sure their order is
//! - [`prioritization`]: what came of the votes of a session
//! - [`generate`]: text made of the data, in the pages that ask for it
//! - [`links`]: where every link of it leads
//! - [`lint`]: rules that judge it
//! - [`classify`]: what kind of change somebody asks to merge
//! - [`output`]: diagnostics and tables in every format
//! - [`cli`]: the commands

#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, reason = "tests make the files that they read")
)]

pub mod classify;
pub mod cli;
pub mod config;
pub mod generate;
pub mod handbook;
pub mod links;
pub mod lint;
pub mod output;
pub mod prioritization;
pub mod repo;
pub mod review;
pub mod rice;
pub mod source;
