//! pmctl
pub mod config;
pub mod handbook;
pub mod repo;
pub mod source;
