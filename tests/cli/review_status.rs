//! `pmctl review-status`: who must review what, by when. What each page says, and where it stands.

use crate::common::{Handbook, Run, pmctl};
use serde_json::{Value, json};

/// A handbook with four pages, each of which stands elsewhere.
fn handbook() -> Handbook {
    Handbook::new()
        .file("data/features.yml", "{}\n")
        .file(
            "direction/boards.md",
            "---\nowner: Ada Pear\n---\n# Boards\n\nLast reviewed: 2025-11-15\n",
        )
        .file(
            "direction/search.md",
            "---\nowner: Bo Plum\n---\n# Search\n\nLast reviewed: 2026-01-05\n",
        )
        .file("direction/wiki.md", "# Wiki\n\nLast reviewed: 2026-01-20\n")
        .file("direction/forms.md", "---\nowner: Ada Pear\n---\n# Forms\n")
}

/// A handbook of one page, which says `text`.
fn page(text: &str) -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n").file("direction/a.md", text)
}

/// What JSON tells about the pages, in order.
#[track_caller]
fn pages(handbook: &Handbook, args: &[&str]) -> Vec<Value> {
    let run = handbook.run(&[&["review-status", "--format", "json"], args].concat());
    run.json()["pages"].as_array().expect("a list").clone()
}

/// Status and day of the only page.
#[track_caller]
fn standing(handbook: &Handbook) -> (String, Value) {
    let [page] = &pages(handbook, &[])[..] else { panic!("one page") };
    (page["status"].as_str().expect("text").to_owned(), page["due"].clone())
}

/// The first column of every row that was printed, without the heading and what follows the rows.
fn statuses(run: &Run) -> Vec<&str> {
    let rows = run.stdout.lines().skip(1).filter(|line| line.contains(".md"));
    rows.filter_map(|line| line.split_whitespace().next()).collect()
}

#[test]
fn the_most_overdue_page_comes_first_and_the_last_line_counts_them() {
    handbook().run(&["review-status"]).exits(0).prints(
        "\
Status    Due         Reviewed    Page                 Owner     Since review
overdue   2025-12-15  2025-11-15  direction/boards.md  Ada Pear  -
due-soon  2026-02-05  2026-01-05  direction/search.md  Bo Plum   -
fresh     2026-02-20  2026-01-20  direction/wiki.md    (none)    -
missing   -           -           direction/forms.md   Ada Pear  -
4 pages: 3 carry a review date (75%); 1 fresh, 1 due within 7 days, 1 overdue, 1 missing
",
    );
    let run = handbook().run(&["review-status", "--quiet"]).exits(0);
    assert_eq!(run.stdout.lines().count(), 5, "{}", run.stdout);
    assert_eq!(run.stderr, "");
}

#[test]
fn one_page_is_one_page() {
    let run = page("# A\n\nLast reviewed: 2026-01-20\n").run(&["review-status"]).exits(0);
    run.prints("\n1 page: 1 carries a review date (100%); 1 fresh, 0 due within 7 days, 0 overdue, 0 missing\n");
    let run = page("# A\n").run(&["review-status"]).exits(0);
    run.prints("\n1 page: 0 carry a review date (0%); 0 fresh, 0 due within 7 days, 0 overdue, 1 missing\n");
}

#[test]
fn the_rarer_states_are_counted_where_there_are_any() {
    let handbook = handbook()
        .file("direction/odd.md", "# Odd\n\nLast reviewed: 2026-21-01\n")
        .file("direction/soon.md", "# Soon\n\nLast reviewed: 2026-02-02\n");
    handbook.run(&["review-status"]).exits(0).prints(
        "\
fresh      2026-02-20  2026-01-20  direction/wiki.md    (none)    -
future     -           2026-02-02  direction/soon.md    (none)    -
malformed  -           2026-21-01  direction/odd.md     (none)    -
missing    -           -           direction/forms.md   Ada Pear  -
6 pages: 4 carry a review date (67%); 1 fresh, 1 due within 7 days, 1 overdue, 1 missing, 1 malformed, 1 in the future
",
    );
}

#[test]
fn a_limit_hides_pages_but_counts_them() {
    handbook().run(&["review-status", "--limit", "1"]).exits(0).prints(
        "\
overdue  2025-12-15  2025-11-15  direction/boards.md  Ada Pear  -
... and 3 more
4 pages: 3 carry",
    );
    let run =
        handbook().run(&["review-status", "--limit", "2", "--format", "json"]).exits(0).json();
    assert_eq!(run["pages"].as_array().map(Vec::len), Some(2));
    assert_eq!(run["coverage"]["pages"], 4);
    handbook().run(&["review-status", "--limit", "9"]).never_prints("more");
    handbook().run(&["review-status", "--limit", "1", "--fail-on", "missing"]).exits(1);
    handbook().run(&["review-status", "--limit", "-1"]).exits(2);
}

#[test]
fn pages_are_put_together_by_owner() {
    handbook().run(&["review-status", "--by", "owner"]).exits(0).prints(
        "\
Ada Pear
Status   Due         Reviewed    Page                 Owner     Since review
overdue  2025-12-15  2025-11-15  direction/boards.md  Ada Pear  -
missing  -           -           direction/forms.md   Ada Pear  -

Bo Plum
Status    Due         Reviewed    Page                 Owner    Since review
due-soon  2026-02-05  2026-01-05  direction/search.md  Bo Plum  -

(none)
Status  Due         Reviewed    Page               Owner   Since review
fresh   2026-02-20  2026-01-20  direction/wiki.md  (none)  -

4 pages: 3 carry",
    );
    let run = handbook().run(&["review-status", "--by", "owner", "--format", "json"]).exits(0);
    let groups = &run.json()["groups"];
    assert_eq!(groups[0]["name"], "Ada Pear");
    assert_eq!(groups[0]["paths"], json!(["direction/boards.md", "direction/forms.md"]));
    assert_eq!(
        (&groups[0]["coverage"]["pages"], &groups[0]["coverage"]["overdue"]),
        (&json!(2), &json!(1))
    );
    assert_eq!((&groups[2]["name"], &groups[3]), (&Value::Null, &Value::Null));
}

#[test]
fn pages_are_put_together_by_status_and_by_area() {
    let names = |by| {
        let run = handbook().run(&["review-status", "--by", by]).exits(0);
        let heads = run.stdout.split("\n\n").filter_map(|part| part.lines().next());
        let heads: Vec<String> = heads.map(str::to_owned).collect();
        heads[..heads.len() - 1].to_vec()
    };
    assert_eq!(names("status"), ["overdue", "due-soon", "fresh", "missing"]);
    assert_eq!(names("area"), ["(none)"]);
    handbook().run(&["review-status", "--by", "ower"]).exits(2).says("owner");
}

#[test]
fn a_review_is_due_soon_from_a_week_before_until_its_day() {
    let of = |reviewed: &str| standing(&page(&format!("# A\n\nLast reviewed: {reviewed}\n")));
    let judged = |status: &str, due: &str| (status.to_owned(), json!(due));
    assert_eq!(of("2026-01-31"), judged("fresh", "2026-02-28"));
    assert_eq!(of("2026-01-08"), judged("fresh", "2026-02-08"));
    assert_eq!(of("2026-01-07"), judged("due-soon", "2026-02-07"));
    assert_eq!(of("2025-12-31"), judged("due-soon", "2026-01-31"));
    assert_eq!(of("2025-12-30"), judged("overdue", "2026-01-30"));
    assert_eq!(of("2026-02-01"), judged("fresh", "2026-03-01"), "it is tomorrow further east");
    assert_eq!(of("2026-02-02"), ("future".to_owned(), Value::Null));
    assert_eq!(of("2025-10-31"), judged("overdue", "2025-11-30"), "a month ends with its last day");
}

#[test]
fn a_month_counts_from_its_last_day_or_the_day_that_it_is_somewhere() {
    let of = |month: &str, today: &str| {
        let handbook = page(&format!("# A\n\nLast reviewed: {month}\n"));
        let page = pages(&handbook, &["--today", today])[0].clone();
        assert_eq!((&page["precision"], &page["last_reviewed"]), (&json!("month"), &json!(month)));
        [page["due"].clone(), page["age_days"].clone(), page["status"].clone()]
    };
    assert_eq!(of("2025-11", "2026-01-31"), [json!("2025-12-30"), json!(62), json!("overdue")]);
    assert_eq!(of("2025-12", "2026-01-31"), [json!("2026-01-31"), json!(31), json!("due-soon")]);
    assert_eq!(of("2026-01", "2026-01-31"), [json!("2026-02-28"), json!(0), json!("fresh")]);
    assert_eq!(of("2026-01", "2026-01-12"), [json!("2026-02-12"), json!(0), json!("fresh")]);
    assert_eq!(of("2026-02", "2026-01-31"), [json!("2026-03-01"), json!(0), json!("fresh")]);
    let [due, _, status] = of("2026-02", "2026-01-30");
    assert_eq!([due, status], [Value::Null, json!("future")]);
}

#[test]
fn what_is_no_date_is_malformed_and_shown_as_it_is() {
    for raw in ["2022-21-09", "v1.30", "yyyy-mm-dd"] {
        let handbook = page(&format!("# A\n\nLast reviewed: {raw}\n"));
        let page = pages(&handbook, &[])[0].clone();
        assert_eq!((&page["status"], &page["raw"]), (&json!("malformed"), &json!(raw)));
        assert_eq!((&page["last_reviewed"], &page["precision"]), (&Value::Null, &Value::Null));
        assert_eq!((&page["due"], &page["age_days"]), (&Value::Null, &Value::Null));
        assert_eq!((&page["line"], &page["column"]), (&json!(3), &json!(16)));
        handbook.run(&["review-status"]).prints(&format!("malformed  -    {raw}"));
    }
    let unpadded = page("# A\n\nLast reviewed: 2025-8-1\n");
    assert_eq!(pages(&unpadded, &[])[0]["last_reviewed"], "2025-08-01");
}

#[test]
fn an_update_is_no_review() {
    let handbook = page("# A\n\nLast updated: 2026-01-20\n");
    let page = pages(&handbook, &[])[0].clone();
    assert_eq!((&page["status"], &page["last_updated"]), (&json!("missing"), &json!("2026-01-20")));
    assert_eq!(page["last_reviewed"], Value::Null);
}

#[test]
fn a_date_in_a_partial_is_read_there_or_is_unresolved() {
    let direction = "source/direction/orchard/index.html.md.erb";
    let handbook = Handbook::new().file("data/stages.yml", "stages: {}\n").file(
        direction,
        "# Orchard\n\nThis direction page was last reviewed on: <%= partial(\"direction/orchard/last_updated\") %>\n",
    );
    let lost = pages(&handbook, &[])[0].clone();
    assert_eq!((&lost["status"], &lost["last_reviewed"]), (&json!("unresolved"), &Value::Null));
    handbook
        .run(&["review-status"])
        .prints("unresolved  -    -")
        .prints("0 missing, 1 unresolved\n");

    let partial = "source/direction/orchard/_last_updated.erb";
    let handbook = handbook.file(partial, "\n2026-01-20\n");
    let found = pages(&handbook, &[]);
    assert_eq!(found.len(), 1, "the partial is no page of its own");
    let found = &found[0];
    assert_eq!((&found["path"], &found["status"]), (&json!(direction), &json!("fresh")));
    assert_eq!(
        (&found["last_reviewed"], &found["form"]),
        (&json!("2026-01-20"), &json!("partial"))
    );
    assert_eq!(found["date_path"], partial);
    assert_eq!((&found["line"], &found["column"]), (&json!(2), &json!(1)));

    let handbook = handbook.file(partial, "soon\n");
    let wrong = pages(&handbook, &[])[0].clone();
    assert_eq!((&wrong["status"], &wrong["raw"]), (&json!("malformed"), &json!("soon")));
    assert_eq!(wrong["date_path"], partial);
}

#[test]
fn the_pages_own_interval_goes_before_the_entrys_and_that_before_the_default() {
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            "[[pages]]\nglob = 'plans/**/*.md'\nkind = 'plan'\ncadence = '3 months'\nrequired = true\n\
             [[pages]]\nglob = 'notes/**/*.md'\nkind = 'note'\n\
             [[pages]]\nglob = 'minutes/**/*.md'\nkind = 'minutes'\nreviewed = false\n\
             [review]\ncadence = '2 weeks'\ndue_soon = '1 month'\n",
        )
        .file("data/features.yml", "{}\n")
        .file("direction/a.md", "Last reviewed: 2026-01-01\n")
        .file("minutes/a.md", "Last reviewed: 2026-01-01\n")
        .file("plans/entry.md", "# A\n\nLast reviewed: 2025-10-31\n")
        .file("plans/own.md", "---\nlast_reviewed_on: 2025-10-31\nreview_in: 6 months\n---\n")
        .file("notes/default.md", "# A\n\nLast reviewed: 2025-10-31\n")
        .file("notes/fresh.md", "<!--* freshness: { owner: 'ada' reviewed: '2025-10-31' review_interval: '1 year' } *-->\n")
        .file("notes/wrong.md", "---\nlast_reviewed_on: 2025-10-31\nreview_in: 6 moons\n---\n");
    let facts: Vec<[String; 5]> = pages(&handbook, &[])
        .iter()
        .map(|page| {
            ["path", "kind", "cadence", "due", "status"]
                .map(|key| page[key].as_str().expect("text").to_owned())
        })
        .collect();
    assert_eq!(
        facts,
        [
            ["notes/default.md", "note", "2 weeks", "2025-11-14", "overdue"],
            ["notes/wrong.md", "note", "2 weeks", "2025-11-14", "overdue"],
            ["plans/entry.md", "plan", "3 months", "2026-01-31", "due-soon"],
            ["plans/own.md", "plan", "6 months", "2026-04-30", "fresh"],
            ["notes/fresh.md", "note", "1 year", "2026-10-31", "fresh"],
        ]
    );
    handbook.run(&["review-status"]).prints("1 due within 1 month, 2 overdue");
    let wrong = handbook.file("pmctl.toml", "[review]\ncadence = 'often'\n");
    wrong.run(&["review-status"]).exits(2).says("`often` is not an interval").says("pmctl.toml:2");
}

#[test]
fn any_folder_has_pages_if_they_are_named() {
    let folder = Handbook::new()
        .file("guides/a.md", "# A\n\nLast reviewed: 2025-11-15\n")
        .file("guides/_b.md", "# B\n\nLast reviewed: 2026-01-20\n")
        .file("policies/c.markdown", "---\nlast_review_date: \"2025-12-31\"\n---\n")
        .file("other/d.md", "# D\n");
    folder.run(&["review-status"]).exits(2).says("holds no handbook");
    let run =
        folder.run(&["review-status", "--pages", "guides/*.md", "--pages", "policies/**"]).exits(0);
    run.prints(
        "\
overdue   2025-12-15  2025-11-15  guides/a.md          (none)  -
due-soon  2026-01-31  2025-12-31  policies/c.markdown  (none)  -
fresh     2026-02-20  2026-01-20  guides/_b.md         (none)  -
3 pages: 3 carry",
    );
    folder.run(&["review-status", "--pages", "a["]).exits(2).says("a[");
    folder.run(&["review-status", "--pages", "nowhere/*.md"]).exits(0).prints("no page matches\n");
    // What is named goes before what the handbook says.
    let run =
        handbook().file("pages/x.md", "").run(&["review-status", "--pages", "pages/*"]).exits(0);
    run.prints("pages/x.md").never_prints("direction");
}

#[test]
fn pages_need_no_data_beside_them() {
    let pages = Handbook::new()
        .file("pmctl.toml", "[[pages]]\nglob = 'guides/*.md'\nkind = 'guide'\n")
        .file("guides/a.md", "# A\n\nLast reviewed: 2026-01-20\n");
    let run = pages.run(&["review-status", "--fail-on", "overdue"]).exits(0).prints("1 page:");
    assert_eq!(run.stderr, "");
    let broken = pages.file("data/teams.yml", [0xff]);
    broken.run(&["review-status"]).exits(2).says("`data/teams.yml` cannot be judged");
}

#[test]
fn a_gate_fails_where_a_page_stands_so() {
    let gate =
        |args: &[&str]| handbook().run(&[&["review-status", "--fail-on"], args].concat()).code;
    assert_eq!(gate(&["overdue,missing"]), 1);
    assert_eq!(gate(&["missing"]), 1);
    assert_eq!(gate(&["malformed,future,unresolved"]), 0);
    assert_eq!(gate(&["overdue", "--owner", "Bo Plum"]), 0, "only the pages asked for are judged");
    assert_eq!(gate(&["overdue", "--format", "ics", "--limit", "0"]), 1);
    let run = handbook().run(&["review-status", "--fail-on", "overdu"]).exits(2);
    run.says("'overdue'");
}

#[test]
fn a_page_that_cannot_be_read_is_said_and_not_judged() {
    let handbook = handbook().file("direction/broken.md", [0xff]);
    let run = handbook.run(&["review-status"]).exits(2);
    run.says("`direction/broken.md` cannot be judged").prints("4 pages: 3 carry");
    handbook.run(&["review-status", "--fail-on", "overdue"]).exits(2);
    handbook.run(&["review-status", "direction/wiki.md"]).exits(0).prints("1 page:");
}

#[test]
fn nothing_to_show_is_no_mistake() {
    let empty = Handbook::new().file("data/features.yml", "{}\n");
    assert_eq!(empty.run(&["review-status"]).exits(0).stdout, "no page matches\n");
    let none = handbook().run(&["review-status", "--status", "future"]).exits(0);
    assert_eq!(none.stdout, "no page matches\n");
    let json = handbook().run(&["review-status", "--status", "future", "--format", "json"]).json();
    assert_eq!((&json["pages"], &json["coverage"]["pages"]), (&json!([]), &json!(0)));
}

#[test]
fn the_colour_tells_the_status() {
    let run = handbook().run(&["review-status", "--color", "always"]).exits(0);
    run.prints("\u{1b}[31moverdue\u{1b}[0m   2025-12-15")
        .prints("\u{1b}[33mdue-soon\u{1b}[0m  2026-02-05")
        .prints("\u{1b}[32mfresh\u{1b}[0m     2026-02-20")
        .prints("\u{1b}[2mmissing\u{1b}[0m   -");
    handbook().run(&["review-status"]).never_prints("\u{1b}");
    let silent = pmctl(&["review-status", "--color", "auto"]).env("CLICOLOR_FORCE", "1");
    silent.run_in(&handbook().path("")).prints("\u{1b}[31moverdue");
}

#[test]
fn text_of_a_page_cannot_steer_the_terminal() {
    let hostile = "---\ntitle: \"\\e[35mred\\nfresh  2026\"\nowner: \"\\e]0;x\\a Eve\\u202e\"\n---\n\n\
                   Last reviewed: 2026-13-\u{1b}[2J01\n";
    let handbook = page(hostile).file("direction/x\u{1b}[35m\u{202e}\nfresh.md", "# X\n");
    for format in ["table", "markdown"] {
        for by in ["owner", "status"] {
            // Otherwise whatever looks like a colour is taken out on the way.
            let args = ["review-status", "--format", format, "--by", by, "--color", "always"];
            let run = handbook.run(&args).exits(0);
            for sequence in ["\u{1b}[35m", "\u{1b}[2J", "\u{1b}]", "\u{7}", "\u{202e}"] {
                run.stdout.contains(sequence).then(|| panic!("{sequence:?} in {run:#?}"));
            }
        }
    }
    let table = handbook.run(&["review-status"]);
    assert_eq!(statuses(&table), ["malformed", "missing"]);
    handbook
        .run(&["review-status", "--format", "json", "--color", "always"])
        .never_prints("\u{1b}");
    let calendar = page("---\ntitle: \"\\e[35mred\"\n---\n\nLast reviewed: 2026-01-01\n");
    let calendar = calendar.run(&["review-status", "--format", "ics", "--color", "always"]);
    calendar.exits(0).never_prints("\u{1b}").prints("red");
}
