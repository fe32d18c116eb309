//! Reviewing pages: who looks after which.

pub mod owners;
