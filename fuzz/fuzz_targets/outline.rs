//! Any text has an outline, and every range in it lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::source::markdown::Outline;

fuzz_target!(|text: &str| {
    let outline = Outline::parse(text);
    let headings = outline.headings.iter().map(|heading| &heading.span);
    let links = outline.links.iter().map(|link| &link.target_span);
    let tables = outline.tables.iter().map(|table| &table.span);
    let blocks = outline.blocks.iter().map(|block| &block.span);
    for range in headings.chain(links).chain(tables).chain(blocks) {
        assert!(text.get(range.clone()).is_some());
    }
});
