//! pmctl
pub mod config;
pub mod repo;
pub mod source;
