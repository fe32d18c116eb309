//! Whatever the text and whatever the edits: only what an edit names changes.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::source::{FileId, FileStore, RepoPath, Span, read};

/// Text with everything in it that could be taken apart wrongly.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "é", "日本", "😀", "e\u{301}", "\r\n", "\n", "\r", " ", "---", ": ", "#", "\t",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A text and edits that do not touch each other, each as a range and its replacement.
fn edited() -> impl Strategy<Value = (String, Vec<(usize, usize, String)>)> {
    (text(), prop::collection::vec((any::<prop::sample::Index>(), text()), 0..6)).prop_map(
        |(text, wishes)| {
            let ends: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut places: Vec<usize> =
                wishes.iter().flat_map(|(i, _)| [i.index(ends.len()), i.index(7)]).collect();
            places.sort_unstable();
            places.truncate(places.len() / 2 * 2);
            let pairs = places.chunks(2).map(|pair| (pair[0], pair[1]));
            let mut behind = None;
            let mut edits = Vec::new();
            for ((start, end), (_, replacement)) in pairs.zip(wishes) {
                let last = ends.len() - 1;
                if behind.is_none_or(|behind| start > behind) && start <= last {
                    let end = end.min(last);
                    edits.push((ends[start], ends[end], replacement));
                    behind = Some(end);
                }
            }
            (text, edits)
        },
    )
}

fn edits(file: FileId, wishes: &[(usize, usize, String)]) -> Edits {
    let edit = |(start, end, new): &(usize, usize, String)| {
        Edit::new(Span::new(file, *start..*end), new.clone())
    };
    wishes.iter().map(edit).collect()
}

/// Reads the page, applies the edits and writes it; says whether there was anything to write.
fn run(folder: &std::path::Path, wishes: &[(usize, usize, String)]) -> bool {
    let path = RepoPath::new("page.md").expect("a path");
    let mut store = FileStore::new();
    let (file, _) = store.add(path.clone(), read(folder, &path));
    let prepared = prepare(&store, &edits(file, wishes), |_| Ok(())).expect("prepared");
    write(folder, &prepared).expect("written");
    !prepared.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bytes_outside_the_edits_stay_and_the_way_back_restores_the_file(
        (text, wishes) in edited(),
        bom in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let page = folder.path().join("page.md");
        let bom = if bom { "\u{feff}" } else { "" };
        let original = [bom, &text].concat().into_bytes();
        fs::write(&page, &original).expect("a page");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&page, fs::Permissions::from_mode(0o640)).expect("a mode");
        }
        let permissions = fs::metadata(&page).expect("a page").permissions();

        // What should come of it, by cutting the bytes of the file from behind.
        let mut expected = original.clone();
        for (start, end, new) in wishes.iter().rev() {
            expected.splice(bom.len() + start..bom.len() + end, new.bytes());
        }
        let changed = run(folder.path(), &wishes);
        prop_assert_eq!(fs::read(&page).expect("a page"), expected.clone());
        prop_assert_eq!(changed, expected != original);
        prop_assert_eq!(fs::metadata(&page).expect("a page").permissions(), permissions.clone());

        let mut grown = 0_isize;
        let back: Vec<(usize, usize, String)> = wishes
            .iter()
            .map(|(start, end, new)| {
                let at = start.checked_add_signed(grown).expect("inside");
                grown += new.len().cast_signed() - (end - start).cast_signed();
                (at, at + new.len(), text[*start..*end].to_owned())
            })
            .collect();
        run(folder.path(), &back);
        prop_assert_eq!(fs::read(&page).expect("a page"), original);
        prop_assert_eq!(fs::metadata(&page).expect("a page").permissions(), permissions);
    }
}
