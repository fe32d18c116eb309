//! `pmctl generate` on pages, templates and blocks of unusual shapes.

use std::fs;

use crate::common::{Handbook, Run};

const LEVELS: &str = "built:\n  title: Built\n  definition: It works on a calm day.\nsafe:\n  title: Safe\n  definition: It works in a storm.\n";
const DIRECTIVE: &str = "{{generator:maturity_definitions}}";
const BEGIN: &str = "<!-- pmctl:begin maturity_definitions -->";
const END: &str = "<!-- pmctl:end -->";
const PAGE: &str = "direction/harbour.md";

/// A handbook with two maturity levels, a team with a feature, and a page that says `text`.
fn page(text: &str) -> Handbook {
    Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file("data/product_teams.yml", "pilots:\n  title: Pilots\n")
        .file(
            "data/features.yml",
            "horn:\n  title: Horn\n  product_team: pilots\n  maturity: built\n",
        )
        .file("data/maturity_levels.yml", LEVELS)
        .file(PAGE, text)
}

/// The same with the whole page `reference/levels.md`, made from `template`.
fn whole(template: &str) -> Handbook {
    page("# A\n")
        .file("pmctl.toml", "profile = \"default\"\n[[generate]]\npage = \"reference/levels.md\"\ntemplate = \"templates/levels.md\"\n")
        .file("templates/levels.md", template)
}

fn read(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path(path)).expect("a file")
}

fn generate(handbook: &Handbook, args: &[&str]) -> Run {
    handbook.run(&[&["generate"], args].concat())
}

/// The data says something else from now on.
fn change_data(handbook: &Handbook) {
    let changed = LEVELS.replace("storm", "gale");
    fs::write(handbook.path("data/maturity_levels.yml"), changed).expect("a file");
}

#[test]
fn a_whole_page_follows_the_data_wherever_its_text_begins() {
    for template in [
        format!("\n\n# A\n\n{DIRECTIVE}"),
        format!("# A\n\n{DIRECTIVE}\n"),
        format!("   # A\n\n{DIRECTIVE}\n"),
        format!("---\ntitle: x\n---\n\n\n\n# A\n\n{DIRECTIVE}\n"),
        format!("---\r\ntitle: x\r\n---\r\n\r\n\r\n# A\r\n\r\n{DIRECTIVE}\r\n"),
        format!("---\ntitle: x\n---\n{DIRECTIVE}\n"),
        format!("<!-- pmctl:page of old -->\n\n{DIRECTIVE}\n"),
        format!("{DIRECTIVE}\n\n```\n<!-- pmctl:page from=x sha256=0 -->\n```\n"),
    ] {
        let handbook = whole(&template);
        generate(&handbook, &[]).exits(0);
        generate(&handbook, &["--check"]).exits(0);
        change_data(&handbook);
        generate(&handbook, &[]).exits(0).prints("reference/levels.md");
        let text = read(&handbook, "reference/levels.md");
        assert!(text.contains("gale") && text.contains("from=templates/levels.md"), "{text}");
        generate(&handbook, &["--check"]).exits(0);
        fs::write(handbook.path("reference/levels.md"), text.replace("gale", "breeze")).expect("");
        generate(&handbook, &[]).exits(1).says("by hand");
    }
}

#[test]
fn front_matter_at_the_end_of_a_template_stays_front_matter() {
    let handbook = whole("---\ntitle: x\n---");
    generate(&handbook, &[]).exits(0);
    let text = read(&handbook, "reference/levels.md");
    assert!(text.starts_with("---\ntitle: x\n---\n<!-- pmctl:page "), "{text}");
}

#[test]
fn blocks_of_a_template_are_filled_on_the_page() {
    let handbook = whole(&format!("# A\n\n{BEGIN}\n{END}\n"));
    generate(&handbook, &[]).exits(0);
    assert!(read(&handbook, "reference/levels.md").contains("- **Safe**"));
    assert!(!read(&handbook, "templates/levels.md").contains("- **Safe**"));
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn a_page_that_was_written_by_hand_does_not_become_a_whole_page_without_force() {
    let handbook = whole(DIRECTIVE).file("reference/levels.md", "My own.\n");
    generate(&handbook, &[]).exits(1).says("by hand").prints("-My own.");
    assert_eq!(read(&handbook, "reference/levels.md"), "My own.\n");
    generate(&handbook, &["--force"]).exits(0);
    assert!(read(&handbook, "reference/levels.md").contains("- **Safe**"));
}

#[test]
fn a_whole_page_is_no_template_and_has_one_template() {
    let entry = |page: &str, template: &str| {
        format!("[[generate]]\npage = \"{page}\"\ntemplate = \"{template}\"\n")
    };
    let twice = [entry("a.md", "templates/levels.md"), entry("a.md", "templates/more.md")];
    let chain = [entry("a.md", "templates/levels.md"), entry("b.md", "a.md")];
    for entries in [chain, twice] {
        let handbook = whole(DIRECTIVE)
            .file("templates/more.md", DIRECTIVE)
            .file("a.md", "")
            .file("pmctl.toml", format!("profile = \"default\"\n{}", entries.concat()));
        generate(&handbook, &[]).exits(2).says("`a.md`");
        assert_eq!(read(&handbook, "a.md"), "");
    }
    let handbook = whole(DIRECTIVE).file("pmctl.toml", entry("a.md", "templates/none.md"));
    generate(&handbook, &[])
        .exits(2)
        .says("`templates/none.md` cannot be judged: the file does not exist");
}

#[test]
fn headings_of_a_block_are_no_sections_of_the_next() {
    let block = format!("<!-- pmctl:begin feature_maturity_levels -->\n{END}\n");
    let handbook = page(&format!("# A\n\n{block}\n{block}"));
    generate(&handbook, &[]).exits(0);
    let text = read(&handbook, PAGE);
    generate(&handbook, &["--check", "--diff"]).exits(0);
    assert_eq!(text.matches("\n## Other").count(), 2, "{text}");
}

#[test]
fn a_block_that_moves_into_a_list_is_indented() {
    let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n"));
    generate(&handbook, &[]).exits(0);
    let text = read(&handbook, PAGE);
    let moved = text.replace("# A\n\n", "# A\n\n- x\n\n").replace("<!--", "  <!--");
    fs::write(handbook.path(PAGE), moved).expect("a page");
    generate(&handbook, &["--check"]).exits(1);
    generate(&handbook, &[]).exits(0);
    assert!(read(&handbook, PAGE).contains("-->\n  - **Built**"));
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn a_block_with_the_right_text_and_a_wrong_checksum_is_no_edit() {
    let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n"));
    generate(&handbook, &[]).exits(0);
    let right = read(&handbook, PAGE);
    fs::write(handbook.path(PAGE), right.replace("sha256=", "sha256=0")).expect("a page");
    generate(&handbook, &["--check"]).exits(1);
    generate(&handbook, &[]).exits(0);
    assert_eq!(read(&handbook, PAGE), right);
}

#[test]
fn markdown_of_the_data_makes_no_marker_and_swallows_none() {
    let definitions = [
        r"\<!-- pmctl:end -->",
        r"\\<!-- pmctl:end -->",
        "<!-- pmctl:begin x -->",
        "<!",
        "```",
        "<pre>",
        "<?php",
        "{{generator:glossary}}",
        "~~~",
        "<div>",
        "    x",
    ];
    for definition in definitions {
        let yaml = serde_json::json!({"a": {"title": "A", "definition": definition}});
        let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n\nEnd.\n\n{BEGIN}\n{END}\n"))
            .file("data/maturity_levels.yml", yaml.to_string());
        generate(&handbook, &[]).exits(0);
        generate(&handbook, &["--check"]).exits(0);
        assert_eq!(generate(&handbook, &["--list"]).exits(0).stdout.matches("current").count(), 2);
    }
}

#[test]
fn blocks_are_filled_in_lists_html_and_front_matter_pages() {
    let block = |indent: &str| format!("{indent}{BEGIN}\n{indent}{END}");
    for (text, wanted) in [
        (format!("-\tx\n\n{}\n", block("\t")), "\n\t- **Safe**"),
        (format!("- x\n  - y\n\n{}\n  - z\n", block("    ")), "\n    - **Safe**"),
        (format!("<div>\n{}\n</div>\n", block("")), "**Safe**"),
        (format!("---\ntitle: x\n---\n{}", block("")), "---\n<!-- pmctl:begin"),
        (format!("x\n{0}\n{0}\ny", block("")), "-->\ny"),
        ("<!--pmctl:begin   maturity_definitions-->\n<!--  pmctl:end-->\n".to_owned(), "**Safe**"),
    ] {
        let handbook = page(&text);
        generate(&handbook, &[]).exits(0);
        let filled = read(&handbook, PAGE);
        assert!(filled.contains(wanted) && filled.contains("**Safe**"), "{filled}");
        assert_eq!(filled.ends_with('\n'), text.ends_with('\n'));
        generate(&handbook, &["--check"]).exits(0);
    }
}

#[test]
fn markers_where_no_block_can_be_are_said_and_change_nothing() {
    for text in [
        format!("> {BEGIN}\n> {END}\n"),
        format!("| a |\n| - |\n| {BEGIN} |\n| {END} |\n"),
        format!("- {BEGIN}\n  {END}\n"),
        format!("{BEGIN} {END}\n"),
        format!("{BEGIN}\n\n# Next\n"),
        format!("- x\n- {DIRECTIVE}\n"),
        "<!-- pmctl: begin maturity_definitions -->\n".to_owned(),
        "<!-- pmctl:End -->\n".to_owned(),
    ] {
        let handbook = page(&text);
        generate(&handbook, &[]).exits(1);
        generate(&handbook, &["--adopt"]).exits(1);
        assert_eq!(read(&handbook, PAGE), text);
    }
}

#[test]
fn directives_are_adopted_with_the_line_breaks_and_the_indentation_of_their_page() {
    let handbook = page(&format!("- x\r\n\r\n  {DIRECTIVE}\r\n\r\nEnd"));
    generate(&handbook, &["--adopt"]).exits(0);
    let text = read(&handbook, PAGE);
    assert!(text.starts_with("- x\r\n\r\n  <!-- pmctl:begin") && text.ends_with("-->\r\n\r\nEnd"));
    assert!(text.contains("\r\n  - **Safe**") && !text.replace("\r\n", "").contains('\n'));
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn a_heading_that_goes_with_its_directive_is_no_section_of_the_blocks_behind_it() {
    let block = format!("<!-- pmctl:begin feature_maturity_levels -->\n{END}\n");
    let handbook = page(&format!("{DIRECTIVE}\n---\n- x\n\n{block}"));
    generate(&handbook, &["--adopt"]).exits(0);
    let text = read(&handbook, PAGE);
    assert!(text.contains("\n# Other\n"), "{text}");
    generate(&handbook, &["--adopt"]).exits(0);
    assert_eq!(read(&handbook, PAGE), text);
}

#[test]
fn a_page_with_ruby_in_it_is_filled() {
    let block = format!("<!-- pmctl:begin features_by_category -->\n{END}\n");
    let text = format!("<% if x %>\n# A\n<% end %>\n\n{block}\n<%= y %>\n");
    let place = "source/direction/ruby/index.html.md.erb";
    let handbook = page("# A\n")
        .file("pmctl.toml", "profile = \"gitlab\"\n")
        .file("data/features.yml", "features: []\n")
        .file(place, &text);
    generate(&handbook, &[]).exits(0).prints(place);
    let filled = read(&handbook, place);
    assert!(filled.starts_with("<% if x %>\n") && filled.ends_with("-->\n\n<%= y %>\n"));
    generate(&handbook, &["--check"]).exits(0);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_not_written_through() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let handbook = page(&format!("{BEGIN}\n{END}\n"));
    let read_only = fs::Permissions::from_mode(0o444);
    fs::set_permissions(handbook.path(PAGE), read_only).expect("permissions");
    symlink("harbour.md", handbook.path("direction/link.md")).expect("a link");
    generate(&handbook, &[]).exits(0);
    let mode = fs::metadata(handbook.path(PAGE)).expect("a page").permissions().mode();
    assert_eq!(mode & 0o777, 0o444);
    let link = handbook.path("direction/link.md").symlink_metadata().expect("a link");
    assert!(link.is_symlink());
    generate(&handbook, &["--check"]).exits(0);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_costs_nothing_that_was_to_be_written() {
    let handbook = page(&format!("{BEGIN}\n{END}\n"));
    let script = "\"$0\" -C \"$1\" generate --diff | true; exit \"${PIPESTATUS[0]}\"";
    let status = std::process::Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_pmctl")])
        .arg(handbook.path("."))
        .status();
    assert_eq!(status.expect("bash").code(), Some(0));
    assert!(read(&handbook, PAGE).contains("**Safe**"));
}

#[test]
fn ten_thousand_marks_take_no_longer_than_their_number() {
    let time = |count: usize| {
        let blocks = format!("## B\n\n{BEGIN}\n{END}\n\n{DIRECTIVE}\n\n`x`\n\n").repeat(count);
        let handbook = page(&blocks);
        let start = std::time::Instant::now();
        generate(&handbook, &["--adopt"]).exits(0);
        start.elapsed()
    };
    let (few, many) = (time(500), time(5_000));
    // Ten times as many; a quadratic loop would need a hundred times as long.
    assert!(many < few * 40, "{few:?} for a tenth of what took {many:?}");
}

#[test]
fn a_page_that_would_lose_its_markers_costs_no_other_page() {
    let torn = "x\n\t<!-- pmctl:begin feature_maturity_levels -->\n\t<!-- pmctl:end -->\n";
    let handbook = page(torn).file("direction/good.md", format!("{BEGIN}\n{END}\n"));
    let run = generate(&handbook, &[]).exits(2).says("`direction/harbour.md` cannot be changed");
    assert_eq!(run.stdout, "direction/good.md\n");
    assert_eq!(read(&handbook, PAGE), torn);
}

#[test]
fn what_a_formatter_does_to_generated_text_is_no_edit() {
    let formatted = |text: &str| {
        let text = text.replace("-->\n- **Safe**", "-->\n\n* __Safe__").replace("\n- ", "\n\n* ");
        text.replace("\n<!-- pmctl:end", "\n\n<!-- pmctl:end")
    };
    let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n"));
    generate(&handbook, &[]).exits(0);
    let laid_out = formatted(&read(&handbook, PAGE));
    fs::write(handbook.path(PAGE), &laid_out).expect("a page");
    generate(&handbook, &["--check"]).exits(0);
    generate(&handbook, &[]).exits(0);
    assert_eq!(read(&handbook, PAGE), laid_out);
    // Nor is it one when the data changes.
    let levels = read(&handbook, "data/maturity_levels.yml").replace("storm", "gale");
    let handbook = handbook.file("data/maturity_levels.yml", levels);
    generate(&handbook, &[]).exits(0);
    assert!(read(&handbook, PAGE).contains("gale"));
    // But a word is.
    let edited = formatted(&read(&handbook, PAGE)).replace("gale", "breeze");
    fs::write(handbook.path(PAGE), &edited).expect("a page");
    generate(&handbook, &[]).exits(1).says("by hand");
    assert_eq!(read(&handbook, PAGE), edited);
}

#[test]
fn checksums_of_lines_as_they_were_made_once_hold() {
    let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n"));
    generate(&handbook, &[]).exits(0);
    let text = read(&handbook, PAGE);
    let (content, rest) = text.split_once(BEGIN).expect("a block").1[1..]
        .split_once("<!-- pmctl:end sha256=")
        .expect("a checksum");
    let new = &rest[..64];
    let old = pmctl::source::sha256([content]);
    assert_ne!(new, old);
    fs::write(handbook.path(PAGE), text.replace(new, &old)).expect("a page");
    generate(&handbook, &["--check"]).exits(0);
    fs::write(handbook.path(PAGE), text.replace(new, &old).replace("storm", "breeze"))
        .expect("a page");
    generate(&handbook, &[]).exits(1).says("by hand");
}

#[test]
fn a_stray_line_end_or_control_character_is_not_up_to_date() {
    for stray in ["\r", "\r\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{0}1"] {
        let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n"));
        generate(&handbook, &[]).exits(0);
        let text = read(&handbook, PAGE).replacen("storm.", &format!("storm.{stray}"), 1);
        let text = text.replace('\0', "\u{1}");
        fs::write(handbook.path(PAGE), &text).expect("a page");
        // With one carriage return, the line ends as no other does.
        generate(&handbook, &["--check"]).exits(1);
        let lint = handbook.run(&["lint", "--format", "json"]).exits(1);
        assert!(lint.stdout.contains("\"generated-"), "{stray:?}");
    }
}

#[test]
fn a_block_has_the_line_ends_of_most_lines_of_its_page() {
    let block = |newline: &str| format!("{BEGIN}{newline}{END}{newline}");
    // The page, and how many of its lines end in CRLF when its blocks are filled.
    for (text, is_crlf, count) in [
        (format!("# A\n\n{}\nAnd one\r\n", block("\n")), false, 1),
        (format!("# A\n\n{}\nAnd one\n", block("\r\n")), false, 2),
        (format!("# A\n\n{BEGIN}\r\n{END}\n\nAnd one\n"), false, 1),
        (format!("# A\r\n\r\n{}\r\nAnd one\n", block("\r\n")), true, 0),
        (format!("# A\r\n\r\n{BEGIN}\n{END}\r\n\r\nAnd one\r\n"), true, 0),
        (format!("{}\n{}", block("\r\n"), block("\n")), false, 2),
        (format!("# A\r\n{BEGIN}\r\n{END}\nAnd one\n"), false, 2),
    ] {
        let handbook = page(&text);
        generate(&handbook, &[]).exits(0);
        let filled = read(&handbook, PAGE);
        let [of_block, other] = if is_crlf { ["\r\n", "\n"] } else { ["\n", "\r\n"] };
        assert!(filled.contains(&format!("storm.{of_block}")), "{filled:?}");
        if !is_crlf {
            assert_eq!(filled.matches("\r\n").count(), count, "{filled:?}");
        }
        generate(&handbook, &["--check"]).exits(0);
        // A line of the block that ends in the other way is not up to date, and does not turn the block.
        let edited = filled.replacen(&format!("storm.{of_block}"), &format!("storm.{other}"), 1);
        fs::write(handbook.path(PAGE), &edited).expect("a page");
        generate(&handbook, &["--check"]).exits(1);
        generate(&handbook, &[]).exits(0);
        assert_eq!(read(&handbook, PAGE), filled);
    }
}

#[test]
fn a_page_of_few_lines_keeps_its_line_ends_however_long_its_block_is() {
    let handbook = page(&format!("# A\n\n{BEGIN}\n{END}\n"));
    generate(&handbook, &[]).exits(0);
    let filled = read(&handbook, PAGE);
    let (before, rest) = filled.split_once("-->\n").expect("a block");
    let (content, end) = rest.split_once("<!--").expect("an end");
    let turned = format!("{before}-->\n{}<!--{end}", content.replace('\n', "\r\n"));
    fs::write(handbook.path(PAGE), turned).expect("a page");
    generate(&handbook, &[]).exits(0);
    assert_eq!(read(&handbook, PAGE), filled);
}

#[test]
fn a_level_is_written_in_one_way_whatever_shows_it() {
    let handbook = page("# A\n")
        .file("data/features.yml", "kites:\n  title: Kites\n  maturity: very_viable\n  category: toys\n  product_team: crew\n")
        .file("data/categories.yml", "toys:\n  name: Toys\n  maturity: very_viable\n")
        .file("data/teams.yml", "crew:\n  title: Crew\n");
    fs::remove_file(handbook.path("data/maturity_levels.yml")).expect("a file");
    for call in [
        &["feature_maturity_levels"][..],
        &["category_maturity"],
        &["maturity_summary"],
        &["feature_matrix", "columns=maturity"],
    ] {
        let run = handbook.run(&[&["matrix"], call].concat()).exits(0).prints("Very viable");
        assert!(!run.stdout.contains("very_viable"), "{call:?}: {}", run.stdout);
    }
    let handbook = handbook
        .file("data/features.yml", "kites:\n  title: Kites\n  deployment: {boats: very_viable}\n")
        .file("pmctl.toml", "profile = \"sourcegraph\"\n")
        .file("data/product_teams.yml", "{}\n");
    handbook.run(&["matrix", "deployment_options"]).prints("Very viable");
}

#[test]
fn a_word_of_a_life_cycle_is_no_tool() {
    let features = |key: &str| {
        format!(
            "features:\n- title: Kites\n  rival: true\n- title: Oars\n  rival: false\n  {key}: true\n"
        )
    };
    for key in
        ["deprecated", "Deprecated", "is_deprecated", "end_of_life", "sunset", "beta", "removed"]
    {
        let handbook = page("# A\n")
            .file("pmctl.toml", "profile = \"gitlab\"\n")
            .file("data/features.yml", features(key));
        let call = ["matrix", "feature_matrix", "columns=competitors", "--format", "json"];
        let columns = handbook.run(&call).exits(0).json()["blocks"][0]["columns"].clone();
        assert_eq!(columns, serde_json::json!(["Feature", "rival"]), "{key}");
    }
    let handbook = page("# A\n")
        .file("pmctl.toml", "profile = \"gitlab\"\n")
        .file("data/features.yml", features("another"));
    handbook.run(&["matrix", "feature_matrix", "columns=competitors"]).exits(0).prints("another");
}
