//! JSON Schemas for editors, made of the definitions that the readers go by. They are in draft 7, which
//! the language servers for YAML and TOML understand best.

mod config;
mod data;

pub use config::config_schema;
pub use data::{Levels, data_schema};
