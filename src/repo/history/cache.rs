//! What is remembered of the history from run to run: one file per work tree, good for one `HEAD`.
//!
//! It lies in the work tree's own git folder, `.git/pmctl/history` or `.git/worktrees/NAME/pmctl/history`:
//! linked work trees have a `HEAD` each, and would else take the one file from each other in turns. It is
//! removed with the work tree. Its first line has what it is good for and the checksum of the rest; a file
//! that does not fit, for whatever reason, is as good as none, and so is a folder that cannot be written.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use git2::Oid;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::checkout::Checkout;
use super::{BlobId, End, PathChange, PathHistory, Wanted};
use crate::source::{RepoPath, sha256};

/// The format of the file and the meaning of what is in it. To be raised when either changes.
const VERSION: u32 = 4;

/// A larger file is none of ours.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What the file is called until it is whole.
const UNFINISHED: &str = ".history-";

/// How old the file of an interrupted run must be to be removed.
const ABANDONED: Duration = Duration::from_hours(1);

/// The remembered histories of a handbook's paths.
pub(super) struct Cache {
    /// The folder of the file.
    folder: PathBuf,
    /// All that the histories depend on.
    key: String,
    paths: HashMap<RepoPath, Remembered>,
    /// Whether the file lacks any of it.
    is_new: bool,
}

struct Remembered {
    /// The day that was asked for.
    since: Option<Date>,
    history: PathHistory,
    answer: Option<Answer>,
}

/// What a caller worked out from the history of a path.
#[derive(Clone, Serialize, Deserialize)]
struct Answer {
    /// The name of the question.
    question: String,
    answer: Value,
}

impl Cache {
    /// What is remembered of `place` as it is now.
    pub(super) fn load(place: &Checkout) -> Self {
        let (folder, key) = (place.repository.path().join("pmctl"), key(place));
        let paths = read(&folder.join("history"), &key).unwrap_or_default();
        Self { folder, key, paths, is_new: false }
    }

    /// Whether [`Self::answer`] would say the same as a walk.
    pub(super) fn answers(&self, wanted: &Wanted) -> bool {
        let Some(known) = self.paths.get(&wanted.path) else {
            return false;
        };
        match (&known.history, wanted.since, known.since) {
            (PathHistory::Untracked | PathHistory::Unknown, ..) | (_, None, _) => true,
            (PathHistory::Known { .. }, Some(wanted), Some(known)) => known <= wanted,
            (PathHistory::Known { .. }, Some(_), None) => false,
        }
    }

    /// What is known about `wanted`, which may be more than is asked for.
    pub(super) fn answer(&self, wanted: &Wanted) -> PathHistory {
        let known = self.paths.get(&wanted.path);
        known.map_or(PathHistory::Unknown, |known| known.history.clone())
    }

    /// Remembers that `wanted` has `history`.
    pub(super) fn learn(&mut self, wanted: &Wanted, history: PathHistory) {
        let known = Remembered { since: wanted.since, history, answer: None };
        self.paths.insert(wanted.path.clone(), known);
        self.is_new = true;
    }

    /// What was answered to `question` about `path`.
    pub(super) fn recall<T: DeserializeOwned>(
        &self,
        path: &RepoPath,
        question: BlobId,
    ) -> Option<T> {
        let known = self.paths.get(path)?.answer.as_ref()?;
        (known.question == question.to_string()).then(|| T::deserialize(&known.answer).ok())?
    }

    /// Remembers the answer to `question` about `path`, and forgets what was answered to any other.
    pub(super) fn remember<T: Serialize>(&mut self, path: &RepoPath, question: BlobId, answer: &T) {
        if let (Some(known), Ok(answer)) = (self.paths.get_mut(path), serde_json::to_value(answer))
        {
            known.answer = Some(Answer { question: question.to_string(), answer });
            self.is_new = true;
        }
    }

    /// Keeps it all for the next run, if the git folder can be written.
    pub(super) fn save(&mut self) {
        if !std::mem::take(&mut self.is_new) {
            return;
        }
        // Without a cache the next run is slower and otherwise the same: nothing to report.
        let _ = write(&self.folder, &self.key, &self.paths);
    }
}

/// All that the histories depend on.
fn key(place: &Checkout) -> String {
    let mut parts: Vec<Vec<u8>> = vec![
        VERSION.to_be_bytes().to_vec(),
        // Another version may answer otherwise.
        env!("CARGO_PKG_VERSION").into(),
        place.head.as_bytes().to_vec(),
    ];
    for commits in [&place.ignored, &place.boundary] {
        parts.push((commits.len() as u64).to_be_bytes().to_vec());
        parts.extend(commits.iter().map(|commit| commit.as_bytes().to_vec()));
    }
    parts.push(place.prefix.clone());
    sha256(parts)
}

/// The first line of a file with this key and these contents.
fn title(key: &str, contents: &[u8]) -> String {
    format!("pmctl history {VERSION} {key} {}", sha256([contents]))
}

#[derive(Serialize, Deserialize)]
struct Contents {
    /// Id, author and date. Most commits change many paths, so they are kept apart.
    commits: Vec<(String, String, Date)>,
    paths: Vec<StoredPath>,
}

#[derive(Serialize, Deserialize)]
struct StoredPath {
    path: String,
    since: Option<Date>,
    state: State,
    answer: Option<Answer>,
}

#[derive(Serialize, Deserialize)]
enum State {
    Untracked,
    Unknown,
    Known { end: StoredEnd, changes: Vec<StoredChange> },
}

#[derive(Serialize, Deserialize)]
enum StoredEnd {
    Origin,
    Open(String),
    Cut,
}

/// The number of the commit, the contents after it and before it, and whether it does not count.
type StoredChange = (usize, Option<String>, Vec<Option<String>>, bool);

#[expect(clippy::disallowed_methods, reason = "the cache is kept in the folder of git")]
fn read(file: &Path, key: &str) -> Option<HashMap<RepoPath, Remembered>> {
    // A link or a pipe is not what we wrote, and could hang.
    let kind = file.symlink_metadata().ok()?;
    if !kind.is_file() || kind.len() > MAX_BYTES {
        return None;
    }
    let bytes = fs::read(file).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (first, contents) = (&bytes[..end], &bytes[end + 1..]);
    if first != title(key, contents).as_bytes() {
        return None;
    }
    let contents: Contents = serde_json::from_slice(contents).ok()?;
    let paths = contents.paths.iter().map(|entry| {
        let history = match &entry.state {
            State::Untracked => PathHistory::Untracked,
            State::Unknown => PathHistory::Unknown,
            State::Known { end, changes } => PathHistory::Known {
                end: match end {
                    StoredEnd::Origin => End::Origin,
                    StoredEnd::Open(commit) => End::Open(commit.clone()),
                    StoredEnd::Cut => End::Cut,
                },
                changes: changes
                    .iter()
                    .map(|(commit, blob, parents, is_ignored)| {
                        let (commit, author, date) = contents.commits.get(*commit)?.clone();
                        Some(PathChange {
                            commit,
                            author,
                            date,
                            blob: blob_id(blob.as_ref()).ok()?,
                            parent_blobs: parents
                                .iter()
                                .map(|blob| blob_id(blob.as_ref()))
                                .collect::<Result<_, _>>()
                                .ok()?,
                            is_ignored: *is_ignored,
                        })
                    })
                    .collect::<Option<_>>()?,
            },
        };
        Some((
            RepoPath::new(&entry.path).ok()?,
            Remembered { since: entry.since, history, answer: entry.answer.clone() },
        ))
    });
    paths.collect()
}

fn blob_id(text: Option<&String>) -> Result<Option<BlobId>, git2::Error> {
    text.map(|hex| Oid::from_str(hex).map(BlobId)).transpose()
}

#[expect(clippy::disallowed_methods, reason = "the cache is kept in the folder of git")]
fn write(folder: &Path, key: &str, paths: &HashMap<RepoPath, Remembered>) -> io::Result<()> {
    let contents = serde_json::to_vec(&contents(paths))?;
    if contents.len() as u64 > MAX_BYTES {
        return Ok(());
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // Through a link the file would end up where no one looks for it.
    if !folder.symlink_metadata()?.is_dir() {
        return Ok(());
    }
    remove_abandoned(folder);
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    writeln!(file, "{}", title(key, &contents))?;
    file.write_all(&contents)?;
    file.persist(folder.join("history"))?;
    Ok(())
}

fn contents(paths: &HashMap<RepoPath, Remembered>) -> Contents {
    let mut commits = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut number = |change: &PathChange, id| {
        *numbers.entry(id).or_insert_with(|| {
            commits.push((change.commit.clone(), change.author.clone(), change.date));
            commits.len() - 1
        })
    };
    let hex = |blob: &Option<BlobId>| blob.map(|blob| blob.to_string());
    let mut sorted: Vec<_> = paths.iter().collect();
    sorted.sort_unstable_by_key(|(path, _)| *path);
    let entries = sorted.into_iter().map(|(path, known)| StoredPath {
        path: path.to_string(),
        since: known.since,
        answer: known.answer.clone(),
        state: match &known.history {
            PathHistory::Untracked => State::Untracked,
            PathHistory::Unknown => State::Unknown,
            PathHistory::Known { changes, end } => State::Known {
                end: match end {
                    End::Origin => StoredEnd::Origin,
                    End::Open(commit) => StoredEnd::Open(commit.clone()),
                    End::Cut => StoredEnd::Cut,
                },
                changes: changes
                    .iter()
                    .map(|change| {
                        let parents = change.parent_blobs.iter().map(hex).collect();
                        let number = number(change, &change.commit);
                        (number, hex(&change.blob), parents, change.is_ignored)
                    })
                    .collect(),
            },
        },
    });
    let paths = entries.collect();
    Contents { commits, paths }
}

/// Removes what killed runs left.
#[expect(clippy::disallowed_methods, reason = "the cache is kept in the folder of git")]
fn remove_abandoned(folder: &Path) {
    let is_abandoned = |entry: &fs::DirEntry| {
        entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes())
            && entry.metadata().and_then(|file| file.modified()).is_ok_and(|written| {
                SystemTime::now().duration_since(written).is_ok_and(|age| age > ABANDONED)
            })
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(is_abandoned) {
        let _ = fs::remove_file(entry.path());
    }
}
