//! Where marks are found, and what is said of broken ones.

use super::mark::*;

fn told(text: &str) -> Vec<String> {
    let (marks, broken) = marks(text);
    let marks = marks.iter().map(|mark| {
        let arguments: Vec<String> = mark
            .call
            .arguments
            .iter()
            .map(|one| format!("{}={}", one.name.as_deref().unwrap_or("."), one.value))
            .collect();
        format!("{} {}", mark.call.name, arguments.join(" ")).trim().to_owned()
    });
    marks.chain(broken.iter().map(|broken| format!("! {}", broken.message))).collect()
}

#[test]
fn blocks_and_directives_are_found_where_they_are_no_examples() {
    assert_eq!(
        told(
            "# A\n<!-- pmctl:begin features a=1 b=\"two words\" -->\nx {{generator:no}}\n<!-- pmctl:end -->\n\n{{generator:team.search}}\n"
        ),
        ["features a=1 b=two words", "team .=search"]
    );
    for example in [
        "`{{generator:x}}`",
        "```\n{{generator:x}}\n<!-- pmctl:begin x -->\n```",
        "    {{generator:x}}",
        "<!-- {{generator:x}} -->",
        "`<!-- pmctl:begin x -->`",
    ] {
        assert_eq!(told(&format!("# A\n\n{example}\n")), Vec::<String>::new(), "{example}");
    }
}

#[test]
fn broken_markers_are_said() {
    for (text, message) in [
        ("<!-- pmctl:begin x -->\n", "this block is not closed"),
        ("<!-- pmctl:end -->\n", "this marker ends a block that does not begin"),
        (
            "<!-- pmctl:begin x -->\n\n<!-- pmctl:begin y -->\n\n<!-- pmctl:end -->\n",
            "this block is not closed before the next begins",
        ),
        ("<!-- pmctl:beginn x -->\n", "`pmctl:beginn` is no marker"),
        ("<!-- pmctl:begin -->\n\n<!-- pmctl:end -->\n", "this block names no generator"),
        ("<!-- pmctl:begin x y -->\n\n<!-- pmctl:end -->\n", "`y` is no argument"),
        ("text <!-- pmctl:begin x -->\n", "a marker has to stand on a line of its own"),
        ("{{generator:x\n", "this directive is not closed"),
        ("See {{generator:x}} there.\n", "a directive has to stand on a line of its own"),
    ] {
        assert!(told(text).contains(&format!("! {message}")), "{text}: {:?}", told(text));
    }
}

#[test]
fn a_block_in_a_list_knows_its_indentation_and_its_section() {
    let text = "## A\n\n- x\n\n  <!-- pmctl:begin x -->\n  old\n  <!-- pmctl:end sha256=0 -->\n";
    let (marks, broken) = marks(text);
    assert!(broken.is_empty());
    assert_eq!((marks[0].indent.as_str(), marks[0].level), ("  ", 2));
    let MarkKind::Block { content, checksum: known, .. } = &marks[0].kind else {
        panic!("a block")
    };
    assert_eq!(&text[content.clone()], "  old\n");
    assert_eq!(known.as_deref(), Some("0"));
    assert_eq!(checksum("  old\r\n", "  "), checksum("old\n", ""));
}
