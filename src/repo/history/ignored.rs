//! Commits that do not count: those that `.git-blame-ignore-revs` names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use git2::Oid;

use crate::source::MAX_FILE_BYTES;

/// The file's name, which is git's and GitHub's and GitLab's convention.
const FILE: &str = ".git-blame-ignore-revs";

/// The commits that the files of these folders name. A file that cannot be read names none.
pub(super) fn ignored(folders: [&Path; 2]) -> BTreeSet<Oid> {
    folders.into_iter().flat_map(|folder| read(&folder.join(FILE))).collect()
}

fn read(file: &Path) -> Vec<Oid> {
    // Neither a link, which could lead anywhere, nor a pipe, which could hang.
    let is_fit =
        file.symlink_metadata().is_ok_and(|file| file.is_file() && file.len() <= MAX_FILE_BYTES);
    let bytes = if is_fit { fs::read(file).unwrap_or_default() } else { Vec::new() };
    parse(&String::from_utf8_lossy(&bytes))
}

/// One full commit name a line. As in git, `#` begins a comment and an abbreviation names nothing.
fn parse(text: &str) -> Vec<Oid> {
    let name = |line: &str| {
        let name = line.split('#').next().unwrap_or_default().trim();
        (name.len() == 40).then(|| Oid::from_str(name).ok())?
    };
    text.lines().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_count() {
        let full = "0123456789abcdef0123456789abcdef01234567";
        let text = format!(
            "\u{feff}# all files formatted\n\n  {full} # with a reason\r\n{}\n{}\n#{}\nfull\n",
            &full[..12],
            "ABCDEF0123456789ABCDEF0123456789ABCDEF01",
            "1".repeat(40)
        );
        let names: Vec<String> = parse(&text).iter().map(Oid::to_string).collect();
        assert_eq!(names, [full, "abcdef0123456789abcdef0123456789abcdef01"]);
    }
}
