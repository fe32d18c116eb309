//! `pmctl generate --render DIR`: a copy of the pages for a site build, with everything filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use ignore::WalkBuilder;

use super::collected::Source;
use crate::cli::output::Output;
use crate::config::Profile;
use crate::generate::collect::Collected;
use crate::generate::generator::CallProblem;
use crate::generate::mark::MarkKind;
use crate::generate::page::{Filled, State};
use crate::generate::whole::applied;
use crate::source::edit::temporary::{self, Kind, is_temporary};
use crate::source::{RepoPath, fault};

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
    output.check_file(folder)?;
    let root = source.workspace.repo.root();
    let content = root.join(content_root(source.workspace.config.profile));
    let target = std::path::absolute(folder)?;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let parent = target.ancestors().find(|above| above.exists()).unwrap_or(&target);
    let (there, pages) = (real(parent), real(&content));
    if there.starts_with(&pages) || (parent == target && pages.starts_with(&there)) {
        bail!(
            "{} lies among the pages themselves or around them; name a folder outside of {}",
            folder.display(),
            content.display()
        );
    }
    let pages_root = RepoPath::new(content_root(source.workspace.config.profile))?;
    if let Some((count, command)) = source.workspace.repo.left_out_below(&pages_root) {
        let files = if count == 1 { "a file" } else { "files" };
        bail!(
            "nothing was written: the copy would lack {files} that the sparse checkout leaves out; check all out with \
             `{command}`, then run this again"
        );
    }
    let mut texts = texts(source, collected);
    let files = files(&content, output)?;
    let left = left_as_they_are(collected);
    let mut pieces = Vec::new();
    for (place, from) in &files {
        let path = from.strip_prefix(&pages).ok().and_then(|path| within(root, &content, path));
        if path.as_ref().is_some_and(|path| left.contains(path)) {
            continue;
        }
        let text = path.and_then(|path| texts.get(&path).cloned());
        pieces.push((target.join(place), text.map_or(Piece::Copy(from), Piece::Text)));
    }
    for path in &left {
        output.warning(&format!(
            "{path} is left out of the copy: a directive in it cannot be replaced yet"
        ));
    }
    // Whole pages that nobody has written yet.
    texts.retain(|path, _| !root.join(path.as_str()).exists());
    for (path, text) in texts {
        if let Ok(place) = root.join(path.as_str()).strip_prefix(&content) {
            pieces.push((target.join(place), Piece::Text(text)));
        }
    }
    for page in &collected.pages {
        let is_edited = |filled: &Filled| {
            filled.outcome.as_ref().is_ok_and(|generated| generated.state == State::HandEdited)
        };
        if page.filled.iter().any(is_edited) {
            let path = &page.path;
            output.warning(&format!(
                "{path}: the copy has what is generated, not what somebody made of it by hand"
            ));
        }
    }
    no_links(&target, &pieces)?;
    // A link in the place of a file is replaced itself.
    let mut files = pieces.iter().map(|(to, _)| to).filter(|to| !to.is_symlink());
    files.try_for_each(|to| output.check_file(to))?;
    let folders: BTreeSet<&Path> = pieces.iter().filter_map(|(to, _)| to.parent()).collect();
    for folder in folders {
        temporary::sweep(folder, Kind::Output);
    }
    let expanded = pieces.iter().filter(|(_, piece)| matches!(piece, Piece::Text(_))).count();
    let copied = pieces.len() - expanded;
    for (to, piece) in pieces {
        piece.write(&to).with_context(|| format!("{} cannot be written", to.display()))?;
    }
    output.note(&format!(
        "{expanded} pages with generated text and {copied} other files are in {}",
        folder.display()
    ));
    Ok(())
}

/// What a file of the copy holds.
enum Piece<'f> {
    /// The same as this file.
    Copy(&'f Path),
    Text(String),
}

impl Piece<'_> {
    /// Puts the piece into the place of what was rendered before, be it a link or a file that cannot be written.
    #[expect(clippy::disallowed_methods, reason = "a rendered copy is no part of the handbook")]
    fn write(&self, to: &Path) -> io::Result<()> {
        let folder = to.parent().unwrap_or(to);
        fs::create_dir_all(folder)?;
        let (mut file, temporary) = temporary::create(folder, Kind::Output)?;
        match self {
            Self::Copy(from) => {
                let mut from = fs::File::open(from)?;
                io::copy(&mut from, &mut file)?;
                file.set_permissions(from.metadata()?.permissions())?;
            }
            Self::Text(text) => file.write_all(text.as_bytes())?,
        }
        fault::point()?;
        temporary.persist(to).map_err(|error| error.error)?;
        fault::point()
    }
}

/// The files below `content`: their places in it, and where their bytes are.
fn files(content: &Path, output: &Output) -> Result<Vec<(PathBuf, PathBuf)>> {
    let pages = content.canonicalize().unwrap_or_else(|_| content.to_owned());
    // Sites have hidden files, such as `.well-known`; those of git are none of theirs.
    let walk = WalkBuilder::new(content)
        .hidden(false)
        .require_git(false)
        .parents(false)
        .git_global(false)
        .filter_entry(|entry| {
            let is_unfinished = entry.file_name().to_str().is_some_and(is_temporary);
            entry.file_name() != ".git" && !is_unfinished
        })
        .build();
    let mut files = Vec::new();
    for entry in walk {
        let entry = entry.with_context(|| format!("{} cannot be listed", content.display()))?;
        let (Some(kind), Ok(place)) = (entry.file_type(), entry.path().strip_prefix(content))
        else {
            continue;
        };
        let from = match kind.is_symlink() {
            true => entry.path().canonicalize().unwrap_or_default(),
            false => pages.join(place),
        };
        // A copy for everybody's eyes holds nothing that is not among the pages.
        if kind.is_symlink() && !(from.starts_with(&pages) && from.is_file()) {
            let path = entry.path().display();
            output.warning(&format!("{path} is left out: this link leads to no file of the pages"));
        } else if kind.is_symlink() || kind.is_file() {
            files.push((place.to_owned(), from));
        }
    }
    Ok(files)
}

/// The path in the handbook of what lies at `place` in the folder `content`.
fn within(root: &Path, content: &Path, place: &Path) -> Option<RepoPath> {
    RepoPath::new(content.strip_prefix(root).ok()?.join(place)).ok()
}

/// Fails if a folder of the copy is a link: what is written through it may be the pages themselves.
fn no_links(target: &Path, pieces: &[(PathBuf, Piece<'_>)]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (to, _) in pieces {
        let above = to.ancestors().skip(1).take_while(|above| *above != target);
        for folder in above.take_while(|folder| seen.insert(*folder)) {
            if folder.is_symlink() {
                bail!(
                    "{} is a symbolic link, and nothing is written through links; remove it",
                    folder.display()
                );
            }
        }
    }
    Ok(())
}

/// The pages with a directive that needs what could not be read: in a copy for a site it would be all that there is.
fn left_as_they_are(collected: &Collected) -> BTreeSet<&RepoPath> {
    let is_left = |filled: &Filled| {
        let is_unread = filled.outcome.as_ref().is_err_and(CallProblem::is_of_unread);
        is_unread && matches!(filled.mark.kind, MarkKind::Directive { .. })
    };
    let pages = collected.pages.iter().filter(|page| page.filled.iter().any(is_left));
    pages.map(|page| &page.path).collect()
}

/// The text of every page with a mark, with the marks filled in that can be.
fn texts(source: &Source, collected: &Collected) -> BTreeMap<RepoPath, String> {
    let files = &source.loaded.files;
    let mut texts = BTreeMap::new();
    for page in &collected.pages {
        let file = files.file(page.file);
        let edits: Vec<_> = page.filled.iter().flat_map(|filled| filled.fill(page.file)).collect();
        let text = format!("{}{}", file.bom(), applied(file.text(), &edits));
        texts.insert(page.path.clone(), text);
    }
    for whole in &collected.whole {
        texts.extend(whole.text.clone().map(|text| (whole.path.clone(), text)));
    }
    texts
}
