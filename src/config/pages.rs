//! Which files are pages, and what is asked of them.

use super::SettingError;
use super::settings::PagesSettings;
use super::{Interval, globs, repo_path};
use crate::repo::{GlobError, Globs};
use crate::source::RepoPath;

/// Who settled something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// The profile, for all handbooks of its kind.
    Profile,
    /// The handbook itself.
    Handbook,
}

/// Pages of one kind.
#[derive(Clone, Debug)]
pub struct Pages {
    /// Which they are.
    pub globs: Globs,
    /// What they are, such as `direction`.
    pub kind: String,
    /// Whether they are to be reviewed again and again.
    pub is_reviewed: bool,
    /// How often, where it is not the handbook's usual cadence.
    pub cadence: Option<Interval>,
    /// Whether each of them has to carry the date of its last review.
    pub is_required: bool,
    /// The titles of the sections that each of them has to have, in their order.
    pub sections: Vec<String>,
    /// The page that they are written after.
    pub template: Option<RepoPath>,
    /// Who says so.
    pub set_by: SetBy,
    /// Whether just these pages are asked for, be they partials.
    pub is_asked_for: bool,
}

impl Pages {
    /// The pages that match `glob`, which are asked for.
    pub fn asked_for<'g>(globs: impl IntoIterator<Item = &'g str>) -> Result<Self, GlobError> {
        Ok(Self {
            globs: Globs::new(globs)?,
            kind: "page".to_owned(),
            is_reviewed: true,
            cadence: None,
            is_required: false,
            sections: Vec::new(),
            template: None,
            set_by: SetBy::Handbook,
            is_asked_for: true,
        })
    }

    /// Reads a `[[pages]]` of the file that sets it.
    pub(super) fn compile(settings: &PagesSettings, set_by: SetBy) -> Result<Self, SettingError> {
        let globs = globs("[[pages]] glob", &[&settings.glob])?;
        let sections = &settings.sections;
        let is_title = |title: &String| title.contains(char::is_alphanumeric);
        if let Some(title) = sections.iter().find(|title| !is_title(title)) {
            return Err(format!(
                "[[pages]] sections names `{title}`, which is not a title; write the words of a heading"
            ).into());
        }
        let template = settings.template.as_ref().map(|path| repo_path("[[pages]] template", path));
        Ok(Self {
            globs,
            kind: settings.kind.clone(),
            is_reviewed: settings.reviewed,
            cadence: settings.cadence,
            is_required: settings.required,
            sections: sections.clone(),
            template: template.transpose()?,
            set_by,
            is_asked_for: false,
        })
    }
}
