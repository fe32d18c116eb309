//! What `pmctl generate` keeps to whatever a page and the data say.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use crate::common;
use crate::common::{Handbook, pmctl};
use pmctl::source::markdown::Outline;
use pmctl::source::sanitise;
use proptest::prelude::*;

const LEVELS: &str = "built:\n  title: Built\n  definition: It works.\nsafe:\n  title: Safe\n  definition: It holds.\n";
const PAGE: &str = "direction/harbour.md";

fn handbook() -> Handbook {
    Handbook::new()
        .file("pmctl.toml", "profile = \"sourcegraph\"\n")
        .file("data/product_teams.yml", "pilots:\n  title: Pilots\n")
        .file("data/features.yml", "horn:\n  title: Horn\n  product_team: pilots\n")
        .file("data/maturity_levels.yml", LEVELS)
}

fn bytes(handbook: &Handbook, page: &str) -> String {
    fs::read_to_string(handbook.path(page)).expect("a page")
}

/// `text` as a YAML scalar in which nothing has to be guessed.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => quoted.push(c),
            // Writing to a string cannot fail.
            _ => _ = write!(quoted, "\\U{:08X}", u32::from(c)),
        }
    }
    quoted + "\""
}

/// A title as a table shows it.
fn shown(title: &str) -> String {
    sanitise(&title.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// Text in which every piece means something somewhere.
fn any_title() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "|",
        "`",
        "``",
        "\n",
        "\r\n",
        "\t",
        "[",
        "](",
        "]",
        "-->",
        "<!--",
        "<!-- pmctl:end -->",
        "<!-- pmctl:begin x -->",
        "$&",
        "\\",
        "\\1",
        "{{generator:x}}",
        "{#id}",
        "*",
        "_",
        "~~",
        "<b>",
        "</table>",
        "&amp;",
        "https://example.com/a|b",
        "www.example.com",
        "👩‍💻",
        "אבג",
        "\u{202e}",
        "\u{200f}",
        "\u{7}",
        "e\u{301}",
        "#",
        "1.",
        "- ",
        "^",
        "[^1]",
        ":x:",
        "!",
        "\"",
        "'",
    ]);
    let plain = "[a-z]{1,4}|\\PC{1,6}| ".prop_map(String::from);
    let pieces = prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), plain], 1..7);
    pieces
        .prop_map(|pieces| pieces.concat())
        .prop_filter("a title says something", |title| !title.trim().is_empty())
}

/// A page without what stands between markers and without checksums.
fn outside(page: &str) -> String {
    let mut outside = String::new();
    let mut rest = page;
    while let Some((before, block)) = rest.split_once("<!-- pmctl:begin") {
        let (begin, block) = block.split_once('\n').unwrap_or((block, ""));
        let Some((content, behind)) = block.split_once("<!-- pmctl:end") else {
            return outside + rest;
        };
        let indent = content.rsplit_once('\n').map_or(content, |(_, indent)| indent);
        outside.extend([before, "BEGIN", begin, "\n", indent, "END"]);
        rest = behind.split_once("-->").expect("the end of the marker").1;
    }
    outside + rest
}

/// Pieces of a page, of which some break the blocks around them.
fn any_page() -> impl Strategy<Value = String> {
    let prose = prop::sample::select(vec![
        "\n",
        "\n\n",
        "text\n",
        "text  \n",
        "# A\n",
        "### B\n",
        "- x\n",
        "  - y\n",
        "> q\n",
        "| a |\n| - |\n| b |\n",
        "    code\n",
        "`x\n",
        "<div>\n",
        "</div>\n",
        "<!-- note -->\n",
        "~~~\n",
        "[a]: b\n",
        "---\n",
        "\t\n",
        "x",
        "é👩‍💻\n",
        "- {{generator:maturity_definitions}}\n",
        "{{generator:maturity_definitions}}\n",
        "`{{generator:x}}`\n",
    ]);
    let block = (prop::sample::select(vec!["", "  ", "\t", "    "]), 0..3usize).prop_map(
        |(indent, generator)| {
            let call = ["maturity_definitions", "feature_maturity_levels", "product_teams_list"]
                [generator];
            format!("\n{indent}<!-- pmctl:begin {call} -->\n{indent}<!-- pmctl:end -->\n")
        },
    );
    let piece = prop_oneof![3 => prose.prop_map(str::to_owned), 2 => block];
    let ends = prop::sample::select(vec![0, 1, 2]);
    (prop::collection::vec(piece, 1..10), ends, any::<bool>(), any::<bool>()).prop_map(
        |(pieces, ends, has_bom, is_cut)| {
            let page = pieces.concat();
            let page = match ends {
                0 => page,
                1 => page.replace('\n', "\r\n"),
                _ => page.replacen('\n', "\r\n", 2),
            };
            let page = if is_cut { page.trim_end().to_owned() } else { page };
            format!("{}{page}", if has_bom { "\u{feff}" } else { "" })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn text_outside_blocks_stays_and_a_second_run_changes_nothing(page in any_page()) {
        let handbook = handbook().file(PAGE, &page).file("content/index.md", &page);
        let first = handbook.run(&["generate"]);
        let is_expected = |run: &common::Run| match run.code {
            0 | 1 => true,
            code => code == 2 && run.stderr.contains("cannot be changed safely"),
        };
        prop_assert!(is_expected(&first), "{:#?}", first);
        let filled = bytes(&handbook, "content/index.md");
        prop_assert_eq!(outside(&filled), outside(&page));
        let second = handbook.run(&["generate"]);
        prop_assert_eq!((second.code, second.stdout.as_str()), (first.code, ""));
        prop_assert_eq!(&bytes(&handbook, "content/index.md"), &filled);

        let adopted = handbook.run(&["generate", "--adopt"]);
        prop_assert!(is_expected(&adopted), "{:#?}", adopted);
        let third = handbook.run(&["generate", "--adopt"]);
        prop_assert_eq!((third.code, third.stdout.as_str()), (adopted.code, ""));
        // What cannot be adopted can still be kept up to date.
        if adopted.code != 2 {
            prop_assert_eq!(handbook.run(&["generate", "--check"]).code, adopted.code);
        }
    }

    #[test]
    fn any_title_is_one_cell_again_and_no_marker(
        titles in prop::collection::vec(any_title(), 1..5),
        team in any_title(),
        level in any_title(),
    ) {
        let features: Vec<String> = titles.iter().enumerate().map(|(at, title)| {
            format!("f{at}:\n  title: {}\n  product_team: crew\n  maturity: first\n", quoted(title))
        }).collect();
        let one = |key: &str, title: &str| format!("{key}:\n  title: {0}\n  definition: {0}\n", quoted(title));
        let calls = [
            "feature_maturity_levels",
            "feature_matrix columns=maturity",
            "maturity_definitions",
            "maturity_summary",
            "product_teams_list",
        ];
        let blocks: Vec<String> = calls.iter().map(|call| {
            format!("## Next\n\n<!-- pmctl:begin {call} -->\n<!-- pmctl:end -->\n\n")
        }).collect();
        let handbook = Handbook::new()
            .file("pmctl.toml", "profile = \"sourcegraph\"\n")
            .file("data/product_teams.yml", one("crew", &team))
            .file("data/maturity_levels.yml", one("first", &level))
            .file("data/features.yml", features.concat())
            .file("content/index.md", format!("# A\n\n{}End.\n", blocks.concat()));
        let run = handbook.run(&["generate"]);
        prop_assert_eq!(run.code, 0, "{:#?}", run);
        prop_assert_eq!(handbook.run(&["generate", "--check"]).code, 0);
        let page = bytes(&handbook, "content/index.md");
        prop_assert!(page.ends_with(" -->\n\nEnd.\n"));
        let list = handbook.run(&["generate", "--list"]).stdout;
        prop_assert_eq!(list.matches("current").count(), calls.len(), "{}", list);

        let outline = Outline::parse(&page);
        let wanted: BTreeSet<String> = titles.iter().map(|title| shown(title)).collect();
        for table in &outline.tables[..2] {
            let rows = table.rows.iter().map(|row| row.cells[0].text.clone());
            prop_assert_eq!(&rows.collect::<BTreeSet<_>>(), &wanted, "{}", page);
            prop_assert!(table.rows.iter().all(|row| row.raw_cells == row.cells.len()));
            prop_assert!(table.rows.iter().all(|row| row.cells[1].text == shown(&level)), "{}", page);
        }
    }
}

/// Forty pages with all sorts of blocks.
fn many_pages() -> Handbook {
    (0..40).fold(handbook(), |handbook, at| {
        let text = format!(
            "# A\n\n<!-- pmctl:begin feature_maturity_levels -->\n<!-- pmctl:end -->\n\n{at}\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n"
        );
        handbook.file(&format!("content/{at}.md"), text)
    })
}

fn pages(handbook: &Handbook) -> Vec<String> {
    (0..40).map(|at| bytes(handbook, &format!("content/{at}.md"))).collect()
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let [one, four] = ["1", "4"].map(|threads| {
        let handbook = many_pages();
        let call = pmctl(&["generate", "--diff"]).env("RAYON_NUM_THREADS", threads);
        let run = call.run_in(&handbook.path(".")).exits(0);
        (run.stdout, run.stderr, pages(&handbook))
    });
    assert!(one == four);
}

#[test]
fn runs_at_once_corrupt_nothing() {
    let handbook = many_pages();
    let old = pages(&handbook);
    let runs: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| handbook.run(&["generate"]))).collect();
        runs.into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    assert!(runs.iter().any(|run| run.code == 0), "{runs:#?}");
    for run in &runs {
        assert!(run.code == 0 || run.stderr.contains("nothing was written"), "{run:#?}");
    }
    handbook.run(&["generate", "--check"]).exits(0);
    let alone = many_pages();
    alone.run(&["generate"]).exits(0);
    assert!(pages(&handbook) == pages(&alone) && old != pages(&alone));
}

#[cfg(unix)]
#[test]
fn a_kill_leaves_every_page_old_or_new_and_the_next_run_completes() {
    use std::process::{Command, Stdio};
    let whole = many_pages();
    let old = pages(&whole);
    let start = std::time::Instant::now();
    whole.run(&["generate"]).exits(0);
    let (time, new) = (start.elapsed(), pages(&whole));
    let kills = 12;
    for kill in 1..=kills {
        let handbook = many_pages();
        let mut child = Command::new(env!("CARGO_BIN_EXE_pmctl"))
            .args(["generate", "-q"])
            .current_dir(handbook.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pmctl starts");
        std::thread::sleep(time * kill / kills);
        child.kill().expect("it can be stopped");
        child.wait().expect("it ends");
        for (at, page) in pages(&handbook).iter().enumerate() {
            assert!(*page == old[at] || *page == new[at], "{page}");
        }
        handbook.run(&["generate"]).exits(0);
        assert!(pages(&handbook) == new);
        let left = fs::read_dir(handbook.path("content")).expect("a folder").count();
        assert_eq!(left, 40, "temporary files are swept away");
    }
}

#[test]
fn a_page_of_megabytes_is_filled_and_one_that_is_too_long_is_said() {
    let block = "<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";
    let line = "Words, words and more words of a page that nobody ever reads to its end.\n";
    let long = format!("# A\n\n{}\n{block}", line.repeat((7 << 20) / line.len()));
    let handbook = handbook().file("content/index.md", &long);
    handbook.run(&["generate"]).exits(0);
    assert!(bytes(&handbook, "content/index.md").starts_with(long.trim_end_matches(block)));
    let full = format!("{block}\n{}", "x".repeat((8 << 20) - block.len() - 1));
    let handbook = handbook.file("content/index.md", &full);
    handbook.run(&["generate"]).exits(2).says("8 MiB");
    assert!(bytes(&handbook, "content/index.md") == full);
}
