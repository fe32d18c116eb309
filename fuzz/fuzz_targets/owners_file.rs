//! Any text is read as a file of owners in every dialect, and every span lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::source::owners_file::{Dialect, OwnersFile};
use pmctl::source::{FileStore, RepoPath};

fuzz_target!(|text: &str| {
    let (file, _) = FileStore::new().add(RepoPath::default(), Ok(String::new()));
    let path = RepoPath::new("docs/plans/index.md").unwrap_or_default();
    for dialect in [Dialect::Gitlab, Dialect::Github, Dialect::Codenotify] {
        let owners = OwnersFile::parse(file, text, dialect, RepoPath::default());
        for rule in &owners.rules {
            assert_eq!(text.get(rule.pattern.span.range()), Some(rule.pattern.value.as_str()));
        }
        for fault in &owners.faults {
            assert!(text.get(fault.span.range()).is_some());
        }
        let _ = owners.last(&path);
    }
});
