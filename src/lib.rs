//! pmctl
pub mod source;
