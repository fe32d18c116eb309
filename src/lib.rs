//! pmctl
pub mod config;
pub mod handbook;
pub mod lint;
pub mod repo;
pub mod source;
