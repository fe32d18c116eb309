//! Any text has front matter or none, and what it has lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::source::markdown::front_matter;

fuzz_target!(|text: &str| {
    if let Some(found) = front_matter(text) {
        assert!(text.get(found.block.clone()).is_some());
        assert!(text.get(found.yaml.clone()).is_some());
        assert!(found.block.start <= found.yaml.start && found.yaml.end <= found.block.end);
    }
});
