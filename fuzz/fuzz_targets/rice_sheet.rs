//! Any text is a sheet of ideas or is refused, and what it has stands in its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::rice::{Scales, ideas_of_sheet};
use pmctl::source::{FileStore, RepoPath};

fuzz_target!(|text: &str| {
    let (file, _) = FileStore::new().add(RepoPath::default(), Ok(String::new()));
    // Most texts have no header, so they are read below one too.
    let below = format!("Idea,Rater,Reach,Impact,Confidence,Effort,Score\n{text}");
    for text in [text, &below] {
        if let Ok(ideas) = ideas_of_sheet(file, text, &Scales::default()) {
            for idea in &ideas {
                assert!(text.get(idea.span.range()).is_some());
                assert!(!idea.estimates.is_empty());
            }
        }
    }
});
