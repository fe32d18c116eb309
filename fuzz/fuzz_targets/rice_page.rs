//! Any page has ideas or none, and they stand in its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::rice::{Scales, ideas_of_page};
use pmctl::source::{FileStore, RepoPath};

fuzz_target!(|text: &str| {
    let (file, _) = FileStore::new().add(RepoPath::default(), Ok(String::new()));
    for idea in ideas_of_page(file, text, &Scales::default()) {
        assert!(text.get(idea.span.range()).is_some());
        assert!(!idea.estimates.is_empty());
        for estimate in &idea.estimates {
            assert!(text.get(estimate.span.range()).is_some());
            for entry in estimate.factors.iter().flatten() {
                assert!(text.get(entry.span.range()).is_some());
            }
        }
    }
});
