//! Generated text: tables and lists made of the product data, in the pages that ask for them.
//!
//! - [`mark`]: where a page asks for generated text
//! - [`generator`]: what can be asked for, one file a generator in [`generators`]
//! - [`scene`]: what generators see
//! - [`content`]: what a generator makes; [`mod@markdown`] writes it for the page that receives it
//! - [`damage`]: pages and templates into which and from which nothing is generated
//! - [`whole`]: pages that are generated from a template
//! - [`reading`]: what a reader sees of it, however it is laid out
//! - [`collect`]: all of it, for a whole handbook
//! - [`page`]: pages with their marks filled in, and what is wrong with them

pub mod collect;
pub mod content;
pub mod damage;
pub mod generator;
pub mod generators;
#[cfg(test)]
mod interrupted_tests;
mod lookup;
pub mod mark;
pub mod markdown;
pub mod page;
pub mod reading;
pub mod scene;
pub mod whole;
