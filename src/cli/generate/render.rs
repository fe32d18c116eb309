//! `pmctl generate --render DIR`: a copy of the pages for a site build, with everything filled in.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use ignore::WalkBuilder;

use super::collected::Source;
use crate::cli::output::Output;
use crate::config::Profile;
use crate::generate::collect::Collected;
use crate::generate::whole::applied;
use crate::source::RepoPath;

/// The folder that the pages of a site lie in.
fn content_root(profile: Profile) -> &'static str {
    match profile {
        Profile::Gitlab => "source",
        Profile::Sourcegraph => "content",
        Profile::Mattermost | Profile::Default => "",
    }
}

/// Writes the copy into `folder`.
pub(super) fn render(
    source: &Source,
    collected: &Collected,
    folder: &Path,
    output: &Output,
) -> Result<()> {
    let root = source.workspace.repo.root();
    let content = root.join(content_root(source.workspace.config.profile));
    let target = std::path::absolute(folder)?;
    let inside = |path: &Path, of: &Path| {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        real(path).starts_with(real(of))
    };
    let parent = target.ancestors().find(|above| above.exists()).unwrap_or(&target);
    if inside(parent, &content) {
        bail!(
            "{} lies among the pages themselves; name a folder outside of {}",
            folder.display(),
            content.display()
        );
    }
    let texts = texts(source, collected);
    let (mut expanded, mut copied) = (0, 0);
    let walk =
        WalkBuilder::new(&content).require_git(false).parents(false).git_global(false).build();
    for entry in walk {
        let entry = entry.with_context(|| format!("{} cannot be listed", content.display()))?;
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let (Ok(path), Ok(place)) =
            (entry.path().strip_prefix(root), entry.path().strip_prefix(&content))
        else {
            continue;
        };
        let to = target.join(place);
        let unwritable = || format!("{} cannot be written", to.display());
        fs::create_dir_all(to.parent().unwrap_or(&target)).with_context(unwritable)?;
        // What was rendered before may be a link or may not be writable.
        if to.symlink_metadata().is_ok() {
            fs::remove_file(&to).with_context(unwritable)?;
        }
        match RepoPath::new(path).ok().and_then(|path| texts.get(&path)) {
            Some(text) => {
                fs::write(&to, text).with_context(unwritable)?;
                expanded += 1;
            }
            None => {
                fs::copy(entry.path(), &to).with_context(unwritable)?;
                copied += 1;
            }
        }
    }
    output.note(&format!(
        "{expanded} pages with generated text and {copied} other files are in {}",
        folder.display()
    ));
    Ok(())
}

/// The text of every page with a mark, with the marks filled in that can be.
fn texts(source: &Source, collected: &Collected) -> HashMap<RepoPath, String> {
    let files = &source.loaded.files;
    let mut texts = HashMap::new();
    for page in &collected.pages {
        let file = files.file(page.file);
        let newline = if file.text().contains("\r\n") { "\r\n" } else { "\n" };
        let edits: Vec<_> =
            page.filled.iter().flat_map(|filled| filled.fill(page.file, newline)).collect();
        let text = format!("{}{}", file.bom(), applied(file.text(), &edits));
        texts.insert(page.path.clone(), text);
    }
    for whole in &collected.whole {
        texts.extend(whole.text.clone().map(|text| (whole.path.clone(), text)));
    }
    texts
}
