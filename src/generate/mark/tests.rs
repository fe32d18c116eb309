//! Where marks are found, and what is said of broken ones.

use super::*;

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

fn messages(text: &str) -> Vec<String> {
    let found = if may_hold_marks(text) { marks(text).1 } else { Vec::new() };
    found.into_iter().map(|broken| format!("{} {}", &text[broken.span], broken.message)).collect()
}

#[test]
fn what_nearly_is_a_marker_is_said() {
    for near in [
        "<!-- PMCTL:BEGIN glossary -->",
        "<!-- Pmctl:begin glossary -->",
        "<!-- pmctl:Begin glossary -->",
        "<!-- pmctl:END -->",
        "<!-- pmctl :begin glossary -->",
        "<!-- pmctl: begin glossary -->",
        "<!-- pmctl begin glossary -->",
        "<!-- pmctl end -->",
        "<!-- pmctl-begin glossary -->",
        "<!-- pmctl_end -->",
        "<!-- pmctl.begin glossary -->",
        "<!-- pmctl::begin glossary -->",
        "<!-- pmctlbegin glossary -->",
        "<!-- pmclt:begin glossary -->",
        "<!-- pmct:begin glossary -->",
        "<!-- pmctl:start glossary -->",
        "<!--- pmctl:begin glossary -->",
        "<!--- pmctl:begin glossary --->",
        "<!--pmctl:begin-glossary-->",
        "<!- pmctl:begin glossary -->",
        "<! -- pmctl:begin glossary -->",
        "<-- pmctl:begin glossary -->",
        "<!– pmctl:begin glossary –>",
        "<!—pmctl:begin glossary—>",
        "<!-- pmctl:begin glossary ->",
        "<!-- pmctl:begin glossary",
        "> <!- pmctl:begin glossary -->",
        "[//]: # (pmctl:begin glossary)",
        "{/* pmctl:begin glossary */}",
        "{# pmctl:begin glossary #}",
        "%% pmctl:begin glossary %%",
        "// pmctl:end",
        "pmctl:begin glossary",
        "pmctl:end sha256=0",
        "{{ generator:glossary }}",
        "{{ generator:glossary}}",
        "{{Generator:glossary}}",
        "{{GENERATOR:glossary}}",
        "{{generator :glossary}}",
        "{{generators:glossary}}",
        "{{genrator:glossary}}",
        "{{generater:glossary}}",
        "{{ generator: glossary }}",
        "{{{generator:glossary}}}",
        "{{ {generator:glossary} }}",
        "{{generator:glossary}",
        "{generator:glossary}",
        "{ generator:glossary }",
        "[[generator:glossary]]",
        "{{generator.glossary}}",
        "{{generator=glossary}}",
        "{{ generator glossary }}",
        "{% generator:glossary %}",
        "{{< generator:glossary >}}",
        "${generator:glossary}",
        "{{\"generator:glossary\"}}",
    ] {
        for text in
            [format!("# A\n\n{near}\n\nb\n"), format!("{near}\n"), format!("# A\r\n\r\n{near}\r\n")]
        {
            let messages = messages(&text);
            assert_eq!(messages.len(), 1, "{text:?}: {messages:?}");
        }
        for example in
            [format!("`{near}`\n"), format!("```\n{near}\n```\n"), format!("    {near}\n")]
        {
            assert_eq!(messages(&example), Vec::<String>::new(), "{example:?}");
        }
    }
}

#[test]
fn what_only_has_the_words_is_no_marker() {
    for text in [
        "We use pmctl. Begin with the glossary.",
        "pmctl begins with the data, and ends with pages.",
        "A block goes from pmctl:begin to pmctl:end, as the docs say.",
        "pmctl:begin and pmctl:end are markers.",
        "<!-- pmctl begins here, and ends at the table -->",
        "<!-- pmctl end of the table -->",
        "<!-- Is pmctl:begin right here? -->",
        "<!-- pmctl-ignore link-missing-file: it comes next week -->",
        "<!-- pmctl-ignore-file: begin -->",
        "<!-- TODO: begin with pmctl -->",
        "<!-- https://example.com/pmctl/begin -->",
        "<!-- begin: toc -->\n<!-- end: toc -->",
        "\\<!-- pmctl:begin glossary -->",
        "&lt;!-- pmctl:begin glossary --&gt;",
        "{{ generator }}",
        "{{ generator.name }}",
        "{{ site.generator }}",
        "{{ site.generator.version }}",
        "{{ hugo.Generator }}",
        "{{- hugo.Generator -}}",
        "{{ .Hugo.Generator }}",
        "{{ generator | upcase }}",
        "{{ generator(glossary) }}",
        "{{< generator \"x\" >}}",
        "{{% generator %}}",
        "{% generator %}",
        "{% include generator.html name=\"glossary\" %}",
        "{{ \"generator: hugo\" }}",
        "{\"generator\": \"hugo\"}",
        "{generator: hugo}",
        "[generator](glossary.md)",
        "[The generator](generator.md)",
        "[[generator]]",
        "[generator: the report](report.md)",
        "{{ operator:glossary }}",
        "{{ moderator: x }}",
        "{{ general: x }}",
        "{{ template:x }}",
        "Our generator: glossary and more.",
        "\\{\\{generator:glossary\\}\\}",
        "<meta name=\"generator\" content=\"glossary\">",
        "---\nnote: \"{{ generator:glossary }}\"\n---\n",
        "<!-- {{ generator:glossary }} -->",
    ] {
        assert_eq!(messages(&format!("{text}\n")), Vec::<String>::new(), "{text}");
    }
    // What is generated is data.
    let block = "<!-- pmctl:begin x -->\n{{ generator:glossary }}\n<!-- PMCTL:END -->\n<!-- pmctl:end -->\n";
    assert_eq!(messages(block), Vec::<String>::new());
}
