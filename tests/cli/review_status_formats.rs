//! `pmctl review-status`: its formats, read by other programs.

use std::collections::HashMap;

use crate::common::titles::{ODD_TITLES, odd};
use crate::common::{Handbook, TODAY};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::{Value, json};

fn handbook() -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n")
}

#[track_caller]
fn printed(handbook: &Handbook, format: &str) -> String {
    handbook.run(&["review-status", "--format", format]).exits(0).stdout
}

#[test]
fn json_has_every_field() {
    let handbook = handbook()
        .file(
            "direction/boards.md",
            "---\ntitle: Boards\nowner: Ada Pear\nreview_in: 6 weeks\nlast_updated: 2026-01-21\n---\n\n\
             Last reviewed: 2026-01-20\n",
        )
        .file("direction/month.md", "# Month\n\n| **Last reviewed** | `2025-11` |\n|---|---|\n")
        .file("direction/odd.md", "# Odd\n\nLast reviewed: v1.30\n")
        .file("direction/plain.md", "No heading.\n");
    let run = handbook.run(&["review-status", "--format", "json"]).exits(0).json();
    let keys = |value: &Value| value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    assert_eq!(keys(&run), Some(vec!["coverage".into(), "pages".into(), "today".into()]));
    assert_eq!(run["today"], TODAY);
    assert_eq!(
        run["coverage"],
        json!({"pages": 4, "with_date": 2, "fresh": 1, "due_soon": 0, "overdue": 1, "missing": 1,
               "malformed": 1, "future": 0, "unresolved": 0})
    );
    let unknown = json!({"last_changed": null, "last_changed_by": null, "last_changed_commit": null,
                         "changed_since_review": null, "commits_since_review": null, "stamp_changed": null});
    let page = |mut fields: Value| {
        let all = fields.as_object_mut().expect("a map");
        all.extend(unknown.as_object().expect("a map").clone());
        fields
    };
    let month = page(json!({
        "path": "direction/month.md", "title": "Month", "kind": "direction", "areas": [], "owners": [],
        "owner_source": "none", "owner_trace": ["nothing in the handbook names an owner"],
        "last_reviewed": "2025-11", "precision": "month", "last_updated": null, "form": "table-row",
        "date_path": "direction/month.md", "line": 3, "column": 24, "cadence": "1 month",
        "due": "2025-12-30", "age_days": 62, "status": "overdue",
    }));
    let boards = page(json!({
        "path": "direction/boards.md", "title": "Boards", "kind": "direction", "areas": [],
        "owners": ["Ada Pear"], "owner_source": "page",
        "owner_trace": ["the page names its owner, Ada Pear"], "last_reviewed": "2026-01-20",
        "precision": "day", "last_updated": "2026-01-21", "form": "line",
        "date_path": "direction/boards.md", "line": 8, "column": 16, "cadence": "6 weeks",
        "due": "2026-03-03", "age_days": 11, "status": "fresh",
    }));
    let odd = page(json!({
        "path": "direction/odd.md", "title": "Odd", "kind": "direction", "areas": [], "owners": [],
        "owner_source": "none", "owner_trace": ["nothing in the handbook names an owner"],
        "last_reviewed": null, "precision": null, "raw": "v1.30", "last_updated": null, "form": null,
        "date_path": "direction/odd.md", "line": 3, "column": 16, "cadence": "1 month", "due": null,
        "age_days": null, "status": "malformed",
    }));
    let plain = page(json!({
        "path": "direction/plain.md", "title": "direction/plain.md", "kind": "direction", "areas": [],
        "owners": [], "owner_source": "none",
        "owner_trace": ["nothing in the handbook names an owner"], "last_reviewed": null,
        "precision": null, "last_updated": null, "form": null, "date_path": null, "line": null,
        "column": null, "cadence": "1 month", "due": null, "age_days": null, "status": "missing",
    }));
    assert_eq!(run["pages"], json!([month, boards, odd, plain]));
}

/// The rows of a comma-separated file, by the names of their columns.
fn rows(text: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row of as many cells as the head")).collect()
}

#[test]
fn csv_tells_what_json_tells() {
    let handbook = handbook()
        .file(
            "direction/boards.md",
            "---\nowner: Ada Pear\n---\n# Boards\n\nLast reviewed: 2025-11\n",
        )
        .file("direction/odd.md", "# Odd\n\nLast reviewed: v1.30\n")
        .file("direction/plain.md", "# Plain\n\nLast updated: 2026-01-01\n");
    let rows = rows(&printed(&handbook, "csv"));
    let pages = handbook.run(&["review-status", "--format", "json"]).json();
    let pages = pages["pages"].as_array().expect("a list");
    assert_eq!(rows.len(), pages.len());
    for (row, page) in rows.iter().zip(pages) {
        for (key, value) in page.as_object().expect("a map") {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Array(_) | Value::Null if value != &json!(["Ada Pear"]) => String::new(),
                Value::Array(words) => words[0].as_str().expect("text").to_owned(),
                other => other.to_string(),
            };
            if key != "owner_trace" {
                assert_eq!(row.get(key), Some(&text), "{key} of {page}");
            }
        }
    }
}

#[test]
fn a_spreadsheet_gets_every_title_as_text() {
    let rows = rows(&printed(&odd(), "csv"));
    let titles: Vec<&str> = rows.iter().map(|row| row["title"].as_str()).collect();
    let mut wanted = ODD_TITLES;
    wanted[4] = "'=1+1";
    assert_eq!(titles, wanted);
    let owners: Vec<&str> = rows.iter().map(|row| row["owners"].as_str()).collect();
    assert_eq!(owners, wanted);
}

#[test]
fn the_digest_tells_each_owner_what_to_do() {
    let partial = "Last reviewed on: <%= partial(\"x\") %>\n";
    let handbook = handbook()
        .file(
            "direction/a b.md",
            "---\nowner: Ada Pear\n---\n# Boards\n\nLast reviewed: 2025-11-15\n",
        )
        .file(
            "direction/b.md",
            "---\nowner: Ada Pear\n---\n# Search\n\nLast reviewed: 2026-01-05\n",
        )
        .file("direction/c.md", "---\nowner: Ada Pear\n---\n# Wiki\n\nLast reviewed: 2026-01-20\n")
        .file("direction/d.md", "---\nowner: Bo Plum\n---\n# Calm\n\nLast reviewed: 2026-01-20\n")
        .file("direction/e.md", "# Forms\n")
        .file("direction/f.md", "# Odd\n\nLast reviewed: v1.30\n")
        .file("direction/g.md", "# Soon\n\nLast reviewed: 2026-02-02\n")
        .file("direction/h.md", format!("# Lost\n\n{partial}"));
    assert_eq!(
        printed(&handbook, "markdown"),
        "\
## Reviews on 2026-01-31

### Ada Pear

- [ ] **overdue** since 2025-12-15: [Boards](<direction/a b.md>), reviewed on 2025-11-15
- [ ] due on 2026-02-05: [Search](<direction/b.md>), reviewed on 2026-01-05

### Nobody's

- [ ] [Soon](<direction/g.md>) says that it was reviewed on 2026-02-02, which is yet to come
- [ ] [Odd](<direction/f.md>) has `v1.30` where the date of its review belongs
- [ ] [Lost](<direction/h.md>) takes its date from a partial that is not there
- [ ] [Forms](<direction/e.md>) carries no date of a review

8 pages: 5 carry a review date (63%); 2 fresh, 1 due within 7 days, 1 overdue, 1 missing, 1 malformed, 1 in the future, 1 unresolved
"
    );
    let status =
        handbook.run(&["review-status", "--format", "markdown", "--by", "status", "--quiet"]);
    status.exits(0).prints("\n### overdue\n\n- [ ] **overdue**").never_prints("8 pages");
}

/// What stands in the digest, as Markdown is read.
#[derive(Default)]
struct Digest {
    headings: Vec<String>,
    /// Texts and addresses.
    links: Vec<(String, String)>,
    codes: Vec<String>,
    /// Everything else that is no plain text.
    odd: Vec<String>,
}

fn read_markdown(text: &str) -> Digest {
    let mut digest = Digest::default();
    let mut inside: Option<String> = None;
    let mut address = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => inside = Some(String::new()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                address = dest_url.to_string();
                inside = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => digest.headings.extend(inside.take()),
            Event::End(TagEnd::Link) => {
                digest.links.extend(inside.take().map(|text| (text, address.clone())));
            }
            Event::Text(text) => {
                if let Some(inside) = &mut inside {
                    inside.push_str(&text);
                }
            }
            Event::InlineHtml(html) if &*html == "<br>" => {
                if let Some(inside) = &mut inside {
                    inside.push('\n');
                }
            }
            Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item) => {}
            Event::Code(code) => digest.codes.push(code.to_string()),
            other => digest.odd.push(format!("{other:?}")),
        }
    }
    digest
}

#[test]
fn in_the_digest_a_title_is_a_title_and_nothing_else() {
    let handbook = ODD_TITLES.iter().enumerate().fold(handbook(), |handbook, (at, title)| {
        let (shown, title) = (json!(title.replace('&', "&amp;")), json!(title));
        let text = format!("---\ntitle: {shown}\nowner: {title}\nlast_reviewed: {title}\n---\n");
        handbook.file(&format!("direction/{at}.md"), text)
    });
    let Digest { headings, mut links, mut codes, odd } =
        read_markdown(&printed(&handbook, "markdown"));
    assert_eq!(odd, [""; 0]);
    let wanted: Vec<(String, String)> = ODD_TITLES
        .iter()
        .enumerate()
        .map(|(at, title)| ((*title).to_owned(), format!("direction/{at}.md")))
        .collect();
    links.sort_by(|one, other| one.1.cmp(&other.1));
    assert_eq!(links, wanted);
    // What is no date is shown as it is written.
    let mut written = ODD_TITLES.map(|title| json!(title).to_string().trim_matches('"').to_owned());
    written.sort();
    codes.sort();
    assert_eq!(codes, written);
    assert_eq!(headings.len(), ODD_TITLES.len() + 1);
    assert!(
        ODD_TITLES.iter().all(|title| headings.iter().any(|heading| heading == title)),
        "{headings:#?}"
    );
}

#[test]
fn in_the_digest_an_odd_path_still_leads_to_its_page() {
    let odd = ["a)b (c).md", "[d].md", "e<f>.md", "g#h?.md", "i%20j.md", "k\\l.md", "日本.md"];
    let handbook = odd
        .iter()
        .fold(handbook(), |handbook, name| handbook.file(&format!("direction/{name}"), "# A\n"));
    let Digest { links, odd, .. } = read_markdown(&printed(&handbook, "markdown"));
    assert_eq!(odd, [""; 0]);
    let mut led: Vec<String> = links.into_iter().map(|(_, address)| address).collect();
    led.sort();
    let mut wanted = [
        "direction/a)b (c).md",
        "direction/[d].md",
        "direction/e%3Cf%3E.md",
        "direction/g%23h%3F.md",
        "direction/i%2520j.md",
        "direction/k%5Cl.md",
        "direction/日本.md",
    ];
    wanted.sort_unstable();
    assert_eq!(led, wanted);
}

#[test]
fn no_page_is_no_row() {
    let none = printed(&handbook(), "csv");
    assert_eq!((rows(&none).len(), none.lines().count()), (0, 1));
}

#[test]
fn the_result_goes_to_a_file_if_it_is_named() {
    let handbook = handbook().file("direction/a.md", "# A\n\nLast reviewed: 2025-11-30\n");
    let args = ["review-status", "--format", "ics", "--output", "reviews.ics"];
    assert_eq!(handbook.run(&args).exits(0).stdout, "");
    let written = std::fs::read_to_string(handbook.path("reviews.ics")).expect("a file");
    assert_eq!(written, printed(&handbook, "ics"));
}
