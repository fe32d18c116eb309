//! Writing generated pages that is cut short between two renames: every page old or new, and the rest next time.

use std::fs;
use std::io;
use std::path::Path;

use super::collect::Inputs;
use super::mark::may_hold_marks;
use crate::config::Config;
use crate::handbook::{self, Scope};
use crate::repo::Repo;
use crate::rice::Scales;
use crate::source::Span;
use crate::source::edit::{Edit, Edits, Step, prepare, write_watched};

const PAGE: &str = "# A\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";
const PAGES: [&str; 4] = ["direction/a.md", "direction/b.md", "direction/c.md", "new/levels.md"];

fn handbook() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let entry = "[[generate]]\npage = \"new/levels.md\"\ntemplate = \"templates/levels.md\"\n";
    for (path, text) in [
        ("pmctl.toml", format!("profile = \"default\"\n{entry}").as_str()),
        ("data/features.yml", "{}\n"),
        ("data/maturity_levels.yml", "built:\n  title: Built\n"),
        ("templates/levels.md", "{{generator:maturity_definitions}}\n"),
        (PAGES[0], PAGE),
        (PAGES[1], PAGE),
        (PAGES[2], PAGE),
    ] {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        fs::write(file, text).expect("a file");
    }
    folder
}

/// Generates all pages; the rename of number `fails` fails. Tells how many files there were to write.
fn generate(root: &Path, fails: Option<usize>) -> usize {
    let repo = Repo::at(root.to_owned());
    let config = Config::load(&repo, None, None, None).expect("a configuration");
    let (mut loaded, may_hold) =
        handbook::load(&repo, &config, Scope::Facts, |_, text, _| may_hold_marks(text));
    let scales = Scales::new(&config.rice.scales).expect("scales");
    let today = "2026-01-31".parse().expect("a date");
    let inputs = Inputs::read(&repo, &mut loaded, &config, &scales, today, may_hold, None);
    let collected = inputs.expect("inputs").collect(&loaded, |_| true);
    let mut edits = Edits::new();
    for page in &collected.pages {
        page.filled.iter().flat_map(|filled| filled.update(page.file)).for_each(|it| edits.add(it));
    }
    let mut created = Vec::new();
    for whole in collected.whole.iter().filter(|whole| whole.is_stale) {
        let text = whole.text.clone().expect("a good template");
        match whole.file {
            Some(file) => {
                let end = loaded.files.file(file).text().len();
                edits.add(Edit::new(Span::new(file, 0..end), text));
            }
            None => created.push((whole.path.clone(), text)),
        }
    }
    let mut prepared = prepare(&loaded.files, &edits, |_| Ok(())).expect("prepared");
    for (path, text) in created {
        prepared.create(path, text).expect("a free place");
    }
    let number = prepared.paths().count();
    let mut renames = 0;
    let result = write_watched(root, &prepared, &mut |step| {
        let is_rename = matches!(step, Step::Rename(_));
        renames += usize::from(is_rename);
        match is_rename && fails == Some(renames) {
            true => Err(io::Error::other("the plug is pulled")),
            false => Ok(()),
        }
    });
    assert_eq!(result.is_err(), fails.is_some());
    number
}

fn contents(root: &Path) -> Vec<Option<String>> {
    PAGES.map(|page| fs::read_to_string(root.join(page)).ok()).to_vec()
}

#[test]
fn every_page_is_old_or_new_and_the_next_run_completes() {
    let whole = handbook();
    let old = contents(whole.path());
    assert_eq!(generate(whole.path(), None), PAGES.len());
    let new = contents(whole.path());
    assert_eq!(generate(whole.path(), None), 0);
    for fails in 1..=PAGES.len() {
        let handbook = handbook();
        generate(handbook.path(), Some(fails));
        let cut = contents(handbook.path());
        for (at, text) in cut.iter().enumerate() {
            assert_eq!(text, if at + 1 < fails { &new[at] } else { &old[at] });
        }
        assert_eq!(generate(handbook.path(), None), PAGES.len() + 1 - fails);
        assert_eq!(contents(handbook.path()), new);
    }
}
