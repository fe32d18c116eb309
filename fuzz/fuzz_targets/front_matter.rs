//! Any text has front matter or none, and what it has, in whatever language, lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::source::{FileStore, RepoPath};
use pmctl::source::markdown::front_matter;
use pmctl::source::yaml::Value;

fuzz_target!(|text: &str| {
    if let Some(found) = front_matter(text) {
        assert!(text.get(found.block.clone()).is_some());
        assert!(text.get(found.content.clone()).is_some());
        assert!(found.block.start <= found.content.start && found.content.end <= found.block.end);
        let (file, _) = FileStore::new().add(RepoPath::default(), Ok(text.to_owned()));
        let parsed = found.parse(file, text);
        for error in &parsed.errors {
            assert!(text.get(error.span.range()).is_some());
        }
        if let Some(Value::Mapping(root)) = parsed.tree.as_ref().and_then(|tree| Some(tree.root()?.value())) {
            for pair in root.pairs() {
                assert!(text.get(pair.key_span.range()).is_some());
                assert!(text.get(pair.value.span().range()).is_some());
            }
        }
    }
});
