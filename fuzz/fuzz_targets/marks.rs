//! Any text has marks in its order and apart, whose every range lies in the text, and a page of them is filled
//! so that what is outside stays and a second time changes nothing.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use pmctl::config::Config;
use pmctl::generate::mark::{MarkKind, marks};
use pmctl::generate::page::{GeneratedPage, State};
use pmctl::generate::scene::Material;
use pmctl::generate::whole::applied;
use pmctl::handbook::{Loaded, Scope, load};
use pmctl::repo::Repo;
use pmctl::source::{FileId, FileStore, RepoPath};

fuzz_target!(|text: &str| {
    let (found, broken) = marks(text);
    let mut at = 0;
    for mark in &found {
        let span = mark.span();
        assert!(at <= span.start && text.get(span.clone()).is_some());
        at = span.end;
        assert_eq!(text.get(mark.call.name_span.clone()).map(str::trim), Some(mark.call.name.as_str()));
        for argument in &mark.call.arguments {
            assert!(text.get(argument.span.clone()).is_some());
        }
        if let MarkKind::Block { begin, content, end, .. } = &mark.kind {
            assert!(begin.end <= content.start && content.end <= end.start);
            assert!(text.get(content.clone()).is_some());
        }
    }
    for marker in &broken {
        assert!(text.get(marker.span.clone()).is_some());
    }

    let loaded = EMPTY.get_or_init(empty);
    // Files are kept without a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    let page = |text: &str| {
        let mut files = FileStore::new();
        let (file, _) = files.add(RepoPath::default(), Ok(text.to_owned()));
        let mut material = Material::new(loaded, &[], None);
        material.files = &files;
        GeneratedPage::new(RepoPath::default(), file, &material)
    };
    let first = page(text);
    let file = first.file;
    let new = filled(&first, file, text);
    let second = page(&new);
    // A page that would lose a marker is not written.
    if first.broken.is_empty() && second.broken.is_empty() && first.filled.len() == second.filled.len() {
        assert_eq!(filled(&second, file, &new), new);
        for mark in second.filled.iter().filter_map(|filled| filled.outcome.as_ref().ok()) {
            assert!(matches!(mark.state, State::Current | State::Directive));
        }
    }
});

/// A handbook that says nothing.
static EMPTY: OnceLock<Loaded> = OnceLock::new();

fn empty() -> Loaded {
    let repo = Repo::at(PathBuf::from("nowhere"));
    let config = Config::load(&repo, None, Some("default"), None).expect("a configuration");
    load(&repo, &config, Scope::Facts, |_, _, _| ()).0
}

fn filled(page: &GeneratedPage, file: FileId, text: &str) -> String {
    let edits: Vec<_> = page.filled.iter().flat_map(|filled| filled.update(file)).collect();
    applied(text, &edits)
}
