//! Reports held against the schemas of their formats.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

use std::collections::BTreeSet;
use std::fs;

use roxmltree::{Document, Node};

use crate::common::repository;

thread_local! {
    /// The schema of SARIF, read once for all that a test holds against it.
    static SARIF: (boon::Schemas, boon::SchemaIndex) = {
        let schema = serde_json::from_str(&schema("sarif-2.1.0.json")).expect("a schema");
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("sarif.json", schema).expect("a resource");
        let index = compiler.compile("sarif.json", &mut schemas).expect("a valid schema");
        (schemas, index)
    };
}

/// That `text` is SARIF, by the schema of its specification.
#[track_caller]
pub fn assert_sarif(text: &str) {
    let value = serde_json::from_str(text).expect("JSON");
    let problem = SARIF.with(|(schemas, index)| {
        schemas.validate(&value, *index).map_err(|error| format!("{error:#}")).err()
    });
    assert_eq!(problem, None, "no SARIF");
}

/// That `text` is a Code Quality report with the fields that GitLab documents, and no fingerprint comes twice.
#[track_caller]
pub fn assert_code_quality(text: &str) {
    let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let mut fingerprints = BTreeSet::new();
    for issue in value.as_array().expect("a list of issues") {
        for key in ["description", "check_name", "fingerprint", "severity"] {
            assert!(issue[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {issue}");
        }
        let severity = issue["severity"].as_str().expect("text");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{issue}");
        let path = issue["location"]["path"].as_str().expect("a path");
        assert!(!path.is_empty() && !path.starts_with(['/', '.']), "{issue}");
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        assert!(fingerprints.insert(issue["fingerprint"].to_string()), "twice: {issue}");
    }
}

/// That `text` is a `JUnit` report, by the schema that Jenkins reads them with.
#[track_caller]
pub fn assert_junit(text: &str) {
    if let Err(problem) = junit(text) {
        panic!("no JUnit report: {problem}\n{text}");
    }
}

/// What is wrong with the `JUnit` report `text`.
pub fn junit(text: &str) -> Result<(), String> {
    let schema = schema("junit-10.xsd");
    let schema = Document::parse(&schema).expect("a schema");
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    Xsd { schema: schema.root_element() }.check(document.root_element())
}

fn schema(name: &str) -> String {
    fs::read_to_string(repository("tests/cli/schemas").join(name)).expect("a schema")
}

/// A checker for schemas that are as simple as that of `JUnit` reports. What it does not know makes it panic.
struct Xsd<'a> {
    schema: Node<'a, 'a>,
}

impl<'a> Xsd<'a> {
    fn check(&self, node: Node<'_, '_>) -> Result<(), String> {
        let name = node.tag_name().name();
        let declared = self.top("element", name).ok_or_else(|| format!("no element <{name}>"))?;
        let children: Vec<_> = node.children().filter(Node::is_element).collect();
        let has_text = node.children().any(|child| {
            child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty())
        });
        let complex = match declared.attribute("type") {
            Some("xs:string") => {
                let is_text = children.is_empty() && node.attributes().len() == 0;
                return is_text.then_some(()).ok_or_else(|| format!("<{name}> is text alone"));
            }
            Some(other) => self.top("complexType", other).expect("a declared type"),
            None => child(declared, "complexType").expect("a type"),
        };
        if has_text && complex.attribute("mixed") != Some("true") {
            return Err(format!("<{name}> holds text"));
        }
        Self::check_attributes(node, complex)?;
        let allowed = allowed_children(complex);
        for child in children {
            if !allowed.contains(child.tag_name().name()) {
                return Err(format!("<{}> in <{name}>", child.tag_name().name()));
            }
            self.check(child)?;
        }
        Ok(())
    }

    fn check_attributes(node: Node<'_, '_>, complex: Node<'_, '_>) -> Result<(), String> {
        let element = node.tag_name().name();
        let declared: Vec<_> =
            complex.children().filter(|child| child.has_tag_name((XS, "attribute"))).collect();
        for attribute in node.attributes() {
            let known =
                declared.iter().find(|known| known.attribute("name") == Some(attribute.name()));
            let known = known.ok_or_else(|| format!("{} of <{element}>", attribute.name()))?;
            assert_eq!(known.attribute("type"), Some("xs:string"), "unknown to the checker");
        }
        let required = declared.iter().filter(|known| known.attribute("use") == Some("required"));
        for name in required.filter_map(|known| known.attribute("name")) {
            node.attribute(name).ok_or_else(|| format!("<{element}> without {name}"))?;
        }
        Ok(())
    }

    fn top(&self, kind: &str, name: &str) -> Option<Node<'a, 'a>> {
        let mut all = self.schema.children().filter(|node| node.has_tag_name((XS, kind)));
        all.find(|node| node.attribute("name") == Some(name))
    }
}

const XS: &str = "http://www.w3.org/2001/XMLSchema";

fn child<'a>(node: Node<'a, 'a>, kind: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| child.has_tag_name((XS, kind)))
}

/// The elements that may stand in `complex`, any number of each in any order.
fn allowed_children<'a>(complex: Node<'a, 'a>) -> BTreeSet<&'a str> {
    let unbounded = |node: Node<'_, '_>| node.attribute("maxOccurs") == Some("unbounded");
    let sequence = child(complex, "sequence");
    let Some(content) = sequence
        .and_then(|sequence| child(sequence, "choice"))
        .or(sequence)
        .or(child(complex, "choice"))
    else {
        return BTreeSet::new();
    };
    let elements = content.children().filter(Node::is_element);
    elements
        .map(|element| {
            assert!(unbounded(content) || unbounded(element), "unknown to the checker");
            element.attribute("ref").expect("a reference")
        })
        .collect()
}
