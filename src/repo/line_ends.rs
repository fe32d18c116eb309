//! Which line ends git keeps: those of the file, or LF whatever the file has.

use std::path::PathBuf;

use git2::{AttrCheckFlags, AttrValue};

use super::Repo;
use super::history::Checkout;
use crate::source::RepoPath;

impl Repo {
    /// Whether git stores the file at `path`, which has had LF so far, with LF where it has CRLF here, by its attributes
    /// or by `core.autocrlf`. `text` is what the file holds.
    ///
    /// See gitattributes(5), `text` and `eol`, and git-config(1), `core.autocrlf`.
    pub fn stores_lf(&self, path: &RepoPath, text: &str) -> bool {
        let Ok(Some(place)) = Checkout::of(self.root()) else { return false };
        let prefix = String::from_utf8_lossy(&place.prefix);
        let full: PathBuf = [prefix.as_ref(), path.as_str()].iter().collect();
        let attribute = |name: &str| {
            let flags = AttrCheckFlags::FILE_THEN_INDEX;
            place.repository.get_attr(&full, name, flags).ok().flatten()
        };
        // What git guesses to be binary it leaves alone, and so a file with other carriage returns.
        let looks_like_text =
            || !text.contains('\0') && text.matches('\r').count() == text.matches("\r\n").count();
        let by_name = attribute("text").or_else(|| attribute("crlf"));
        match AttrValue::from_string(by_name) {
            AttrValue::True | AttrValue::String("input") => return true,
            AttrValue::False => return false,
            AttrValue::String("auto") => return looks_like_text(),
            _ => {}
        }
        if attribute("eol").is_some() {
            return true;
        }
        let config = place.repository.config().and_then(|mut config| config.snapshot());
        let Ok(config) = config else { return false };
        let is_on = config.get_str("core.autocrlf").is_ok_and(|value| value == "input")
            || config.get_bool("core.autocrlf").unwrap_or(false);
        is_on && looks_like_text()
    }
}
