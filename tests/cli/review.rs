//! `pmctl review`: stamping a page changes the characters of its date and nothing else.

use std::fs;

#[cfg(unix)]
use crate::common::terminal::on_a_terminal;
use crate::common::{Handbook, Run};

/// A page in every form, with the date that it carries.
const FORMS: [(&str, &str, &str); 12] = [
    ("a line", "# Boards\n\nContent Last Reviewed: 2025-11-03\n\nText\n", "2025-11-03"),
    ("a bold sentence", "# Boards\n\n**Content last reviewed on 2025-11-03**\n", "2025-11-03"),
    (
        "a row",
        "# Boards\n\n| | |\n| --- | --- |\n| Content Last Reviewed | `2025-11-03` |\n",
        "2025-11-03",
    ),
    (
        "a column",
        "# Boards\n\n| **Stage** | **Maturity** | **Content Last Reviewed** |\n| --- | --- | --- |\n\
         | Plan | Viable | 2025-11-03 |\n",
        "2025-11-03",
    ),
    (
        "an HTML footer",
        "# Boards\n\nText\n\n<p align=\"center\"><i><br>\nLast Reviewed: 2025-11-03<br>\n\
         Last Updated: 2025-11-03\n</i></p>\n",
        "2025-11-03",
    ),
    (
        "a footer",
        "# Boards\n\nText\n\nLast Reviewed: 2025-11-03\n\nLast Updated: 2025-10-01\n",
        "2025-11-03",
    ),
    (
        "front matter",
        "---\ntitle: Boards\nlast_reviewed_on: 2025-11-03\nreview_in: 6 months\n---\n\n# Boards\n",
        "2025-11-03",
    ),
    ("a quoted key", "---\nlast_review_date: \"2025-11-03\"\n---\n\n# Boards\n", "2025-11-03"),
    (
        "freshness",
        "# Boards\n\n<!--* freshness: { owner: 'ada' reviewed: '2025-11-03' } *-->\n",
        "2025-11-03",
    ),
    ("an American date", "# Boards\n\nLast reviewed: Nov 3, 2025\n", "Nov 3, 2025"),
    ("a European date", "# Boards\n\nLast reviewed: 3 November 2025\n", "3 November 2025"),
    ("a Japanese date", "# Boards\n\nLast reviewed: 2025年11月3日\n", "2025年11月3日"),
];

/// How the tests' day is written in the notation of `date`.
fn today_like(date: &str) -> &'static str {
    match date {
        "Nov 3, 2025" => "Jan 31, 2026",
        "3 November 2025" => "31 January 2026",
        "2025年11月3日" => "2026年1月31日",
        _ => "2026-01-31",
    }
}

fn handbook() -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n")
}

fn read(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path(path)).expect("a page")
}

/// Stamps `page` and gives what it holds then.
fn stamped(page: &str, args: &[&str]) -> (Run, String) {
    let handbook = handbook().file("direction/boards.md", page);
    let run = handbook.run(&[&["review", "direction/boards.md"], args].concat());
    let page = read(&handbook, "direction/boards.md");
    (run, page)
}

#[test]
fn in_every_form_only_the_characters_of_the_date_change() {
    for (form, page, date) in FORMS {
        let (run, now) = stamped(page, &[]);
        run.exits(0).prints(&format!("direction/boards.md: {date} -> 2026-01-31\n"));
        assert_eq!(now, page.replacen(date, today_like(date), 1), "{form}");
        let (again, twice) = stamped(&now, &[]);
        again.exits(0).prints("reviewed on 2026-01-31 already");
        assert_eq!(twice, now, "{form}");
    }
}

#[test]
fn line_ends_byte_order_mark_and_trailing_spaces_survive() {
    for (form, page, date) in FORMS {
        let odd =
            format!("\u{feff}{}", page.replace('\n', "  \r\n").replace("---  \r\n", "---\r\n"));
        let odd = odd.trim_end_matches("\r\n").to_owned();
        let (run, now) = stamped(&odd, &[]);
        run.exits(0);
        assert_eq!(now, odd.replacen(date, today_like(date), 1), "{form}");
    }
}

#[test]
fn a_month_becomes_a_day_and_a_missing_zero_is_put_in() {
    let page = |date: &str| format!("# Boards\n\nLast reviewed: {date}\n");
    assert_eq!(stamped(&page("2025-10"), &[]).1, page("2026-01-31"));
    assert_eq!(stamped(&page("2025-8-18"), &[]).1, page("2026-01-31"));
    let (run, now) = stamped(&page("yyyy-mm-dd"), &[]);
    run.exits(0);
    assert_eq!(now, page("2026-01-31"), "a placeholder is what a stamp is for");
}

#[test]
fn a_page_without_a_date_gets_the_houses_own_below_its_title() {
    let cases = [
        ("# Boards\n\nText\n", "# Boards\n\nLast reviewed: 2026-01-31\n\nText\n"),
        ("# Boards\nText\n", "# Boards\n\nLast reviewed: 2026-01-31\n\nText\n"),
        ("# Boards", "# Boards\n\nLast reviewed: 2026-01-31\n"),
        ("Text\n", "Last reviewed: 2026-01-31\n\nText\n"),
        (
            "---\ntitle: Boards\n---\n\n- TOC\n{:toc}\n\n## Plans\n",
            "---\ntitle: Boards\n---\n\n- TOC\n{:toc}\n\nLast reviewed: 2026-01-31\n\n## Plans\n",
        ),
        (
            "---\ntitle: Boards\nreview_in: 3 months\n---\n\n# Boards\n",
            "---\ntitle: Boards\nreview_in: 3 months\nlast_reviewed_on: 2026-01-31\n---\n\n# Boards\n",
        ),
        ("# Boards\r\n\r\nText\r\n", "# Boards\r\n\r\nLast reviewed: 2026-01-31\r\n\r\nText\r\n"),
    ];
    for (page, wanted) in cases {
        let (run, now) = stamped(page, &[]);
        run.exits(0).prints("no date -> 2026-01-31");
        assert_eq!(now, wanted);
        assert_eq!(stamped(&now, &[]).1, wanted, "twice is once");
    }
}

#[test]
fn a_dry_run_shows_the_line_and_changes_nothing() {
    let page = FORMS[0].1;
    let (run, now) = stamped(page, &["--dry-run"]);
    assert_eq!(now, page);
    run.exits(0).prints("-Content Last Reviewed: 2025-11-03\n+Content Last Reviewed: 2026-01-31\n");
}

#[test]
fn the_day_may_lie_in_the_past_but_not_before_the_last_review_nor_in_the_future() {
    let page = FORMS[0].1;
    let (run, now) = stamped(page, &["--date", "2025-12-24"]);
    run.exits(0);
    assert!(now.contains("Reviewed: 2025-12-24\n"));
    stamped(page, &["--date", "2026-02-01"]).0.exits(2).says("lies in the future");
    stamped(page, &["--date", "tomorrow"]).0.exits(2).says("write it as 2026-01-31");
    let (run, now) = stamped(page, &["--date", "2025-11-02"]);
    run.exits(2).says("was reviewed on 2025-11-03, which is later than 2025-11-02");
    assert_eq!(now, page);
    let (run, now) = stamped(&page.replace("2025", "2029"), &[]);
    run.exits(0);
    assert!(now.contains("2026-01-31"), "a date in the future is no review");
}

#[test]
fn a_date_in_a_partial_is_stamped_there_and_the_other_pages_are_named() {
    let call = |name: &str| {
        format!(
            "# {name}\n\nThis direction page was last reviewed on:\n\
             <%= partial(\"direction/plan/last_updated\") %>\n\nText\n"
        )
    };
    let handbook = Handbook::new()
        .file("data/stages.yml", "stages: {}\n")
        .file("source/direction/plan/index.html.md.erb", call("Plan"))
        .file("source/direction/plan/boards/index.html.md.erb", call("Boards"))
        .file("source/direction/plan/_last_updated.erb", "`2025-11-03`\n");
    let run = handbook.run(&["review", "source/direction/plan/index.html.md.erb"]).exits(0);
    assert_eq!(
        run.stdout,
        "source/direction/plan/_last_updated.erb: 2025-11-03 -> 2026-01-31\n\
         source/direction/plan/_last_updated.erb: also the date of \
         source/direction/plan/boards/index.html.md.erb\n"
    );
    assert_eq!(read(&handbook, "source/direction/plan/_last_updated.erb"), "`2026-01-31`\n");
    assert_eq!(read(&handbook, "source/direction/plan/index.html.md.erb"), call("Plan"));

    let lost = Handbook::new()
        .file("data/stages.yml", "stages: {}\n")
        .file("source/direction/plan/index.html.md.erb", call("Plan"));
    let run = lost.run(&["review", "source/direction/plan/index.html.md.erb"]).exits(2);
    run.says("takes its date from the partial `direction/plan/last_updated`, which is not there");
}

#[test]
fn several_pages_are_stamped_together_and_what_cannot_be_is_said() {
    let handbook = handbook()
        .file("direction/a.md", FORMS[0].1)
        .file("direction/b.md", FORMS[6].1)
        .file("data/x.yml", "a: 1\n");
    handbook.run(&["review", "direction/a.md", "direction/b.md"]).exits(0);
    assert!(read(&handbook, "direction/a.md").contains("2026-01-31"));
    assert!(read(&handbook, "direction/b.md").contains("2026-01-31"));
    handbook.run(&["review"]).exits(2).says("name the pages that were reviewed");
    handbook.run(&["review", "direction"]).exits(2).says("`direction` is a folder");
    handbook.run(&["review", "direction/c.md"]).exits(2).says("there is no direction/c.md");
    handbook.run(&["review", "data/x.yml"]).exits(2).says("is no Markdown page");
    handbook.run(&["review", "--interactive"]).exits(2).says("needs a terminal");
}

#[cfg(unix)]
#[test]
fn a_page_behind_a_link_is_stamped_where_it_is_and_never_outside() {
    use std::os::unix::fs::symlink;
    let outside = Handbook::new().file("page.md", FORMS[0].1);
    let handbook = handbook().file("direction/a.md", FORMS[0].1);
    symlink(outside.path("page.md"), handbook.path("direction/out.md")).expect("a link");
    symlink("a.md", handbook.path("direction/in.md")).expect("a link");
    handbook.run(&["review", "direction/out.md"]).exits(2);
    assert_eq!(read(&outside, "page.md"), FORMS[0].1);
    handbook.run(&["review", "direction/in.md"]).exits(0).prints("direction/a.md: 2025-11-03");
    assert!(handbook.path("direction/in.md").symlink_metadata().expect("a link").is_symlink());
}

#[cfg(unix)]
#[test]
fn walking_through_pages_asks_for_each_and_stops_when_told_to() {
    let owned = |name: &str, date: &str| {
        format!("---\nowner: Ada\n---\n\n# {name}\n\nLast reviewed: {date}\n")
    };
    let handbook = handbook()
        .file("direction/a.md", owned("A", "2025-10-01"))
        .file("direction/b.md", owned("B", "2025-10-02"))
        .file("direction/c.md", owned("C", "2025-10-03"))
        .file("direction/d.md", owned("D", "2025-10-04"))
        .file("direction/fresh.md", owned("Fresh", "2026-01-30"));
    let args = ["review", "--owner", "ada", "--status", "overdue", "--interactive"];
    let (code, shown) = on_a_terminal(&handbook, "y,what,n,o,yes,q", &args);
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("[1/4] A (direction/a.md, overdue; reviewed 2025-10-01)"), "{shown}");
    assert!(!shown.contains("Fresh"), "{shown}");
    let page = |path: &str| read(&handbook, path);
    assert!(page("direction/a.md").contains("2026-01-31"));
    assert_eq!(page("direction/b.md"), owned("B", "2025-10-02"));
    assert_eq!(
        page("direction/c.md"),
        owned("C", "2026-01-31") + "edited\n",
        "edited, then stamped"
    );
    assert_eq!(page("direction/d.md"), owned("D", "2025-10-04"));
}

#[test]
fn a_plan_gives_nobody_more_than_they_can_review_in_a_week() {
    let page = |date: &str| format!("---\nowner: Ada\n---\n\n# Page\n\nLast reviewed: {date}\n");
    let handbook = handbook()
        .file("direction/a.md", page("2025-10-01"))
        .file("direction/b.md", page("2025-09-01"))
        .file("direction/c.md", "---\nowner: Ada\n---\n\n# Never\n")
        .file("direction/d.md", page("2026-01-10"))
        .file("direction/e.md", "---\nowner: Ben\n---\n\n# Page\n\nLast reviewed: 2025-11-01\n");
    let run = handbook.run(&["review", "plan", "--per-week", "1", "--format", "json"]).exits(0);
    let value = run.json();
    let plan: Vec<(String, String)> = value["plan"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| (entry["week"].to_string(), entry["path"].to_string()))
        .map(|(week, path)| (week.replace('"', ""), path.replace('"', "")))
        .collect();
    let wanted = [
        // Today is a Saturday, so that this week is over.
        ("2026-02-02", "direction/c.md"),
        ("2026-02-02", "direction/e.md"),
        ("2026-02-09", "direction/b.md"),
        ("2026-02-16", "direction/a.md"),
        ("2026-02-23", "direction/d.md"),
    ];
    let wanted: Vec<(String, String)> =
        wanted.iter().map(|(week, path)| ((*week).to_owned(), (*path).to_owned())).collect();
    assert_eq!(plan, wanted);
    handbook.run(&["review", "plan"]).exits(0).prints("Week of");
    handbook.run(&["review", "plan", "--format", "ics"]).exits(0).prints("BEGIN:VEVENT\r\n");
    handbook.run(&["review", "plan", "--per-week", "0"]).exits(2);
    handbook.run(&["review", "plan", "--owner", "Cy"]).exits(2).says("there are Ada, Ben");
    assert_eq!(read(&handbook, "direction/a.md"), page("2025-10-01"), "a plan writes nothing");
}

#[test]
fn a_plan_keeps_to_weekdays() {
    let page = |date: &str| format!("# Page\n\nLast reviewed: {date}\n");
    let handbook = handbook()
        .file("direction/past.md", page("2025-10-01"))
        .file("direction/saturday.md", page("2026-01-14"))
        .file("direction/tuesday.md", page("2026-01-17"));
    let planned = |today: &str| {
        let run = handbook.run(&["review", "plan", "--format", "json", "--today", today]);
        let plan = run.exits(0).json()["plan"].as_array().expect("a list").clone();
        let days = plan.iter().map(|page| page["day"].as_str().expect("text").to_owned());
        days.collect::<Vec<_>>()
    };
    // Due on a Saturday is planned for the Friday before it, and what is overdue for the next working day.
    assert_eq!(planned("2026-02-01"), ["2026-02-02", "2026-02-13", "2026-02-17"]);
    assert_eq!(planned("2026-02-04"), ["2026-02-04", "2026-02-13", "2026-02-17"]);
    // On that Saturday it is the Monday after it.
    assert_eq!(planned("2026-02-14"), ["2026-02-16", "2026-02-16", "2026-02-17"]);
}

#[test]
fn a_folder_is_named_in_the_message_also_where_it_is_the_root() {
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file("direction/kites.md", "# Kites\n\nLast reviewed: 2026-01-15\n");
    handbook.run(&["review", "--no-git", "."]).exits(2).says("`.` is a folder");
}

#[test]
fn a_data_file_carries_its_date_in_a_comment() {
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            "profile = \"default\"\n[[pages]]\nglob = \"data/*.yml\"\nkind = \"data\"\nreviewed = true\n",
        )
        .file("data/features.yml", "---\n# Last reviewed: 2026-01-15\nkites: {title: Kites}\n");
    handbook.run(&["review", "--no-git", "data/features.yml"]).exits(0);
    let text = fs::read_to_string(handbook.path("data/features.yml")).expect("the file");
    assert_eq!(text, "---\n# Last reviewed: 2026-01-31\nkites: {title: Kites}\n");
    let bare = handbook.file("data/features.yml", "kites: {title: Kites}\n");
    bare.run(&["review", "--no-git", "data/features.yml"])
        .exits(2)
        .says("add `# Last reviewed: 2026-01-31` as its first line");
}

#[test]
fn the_day_that_a_page_sets_for_its_next_review_goes_before_the_calendar() {
    for (page, due) in [
        (
            "---\nlast_reviewed_on: 2026-01-15\nnext_review: 2027-01-01\n---\n# Kites\n",
            "2027-01-01",
        ),
        (
            "# Kites\n\nLast reviewed: 2026-01-15\nNext review scheduled: 1 March 2026\n",
            "2026-03-01",
        ),
        (
            "---\nlast_reviewed_on: 2026-01-15\nnext_review: 2026-01-01\n---\n# Kites\n",
            "2026-02-15",
        ),
    ] {
        let handbook = Handbook::new()
            .file("pmctl.toml", "profile = \"default\"\n")
            .file("direction/kites.md", page);
        let run = handbook.run(&["review-status", "--no-git"]).exits(0);
        assert!(run.stdout.contains(&format!("{due}  2026-01-15")), "{}", run.stdout);
    }
}

#[test]
fn a_page_that_cannot_be_read_is_named_with_its_cause_and_what_to_do() {
    let handbook = Handbook::new()
        .file("direction/latin.md", b"# Boards\n\nLast reviewed: 2025-11-03\n\ncaf\xe9\n")
        .file("direction/nul.md", "# Boards\n\nx\0y\n")
        .file("data/features.yml", "{}\n");
    let latin = "direction/latin.md:5:4: `direction/latin.md` cannot be judged: the file is not UTF-8: byte 0xe9";
    for command in [&["review"][..], &["review-status"], &["rice"], &["generate"]] {
        let run = handbook.run(&[command, &["direction/latin.md"]].concat()).exits(2);
        run.says(latin).says("save the file as UTF-8");
    }
    let before = fs::read(handbook.path("direction/latin.md")).expect("the page");
    handbook.run(&["review", "direction/nul.md"]).exits(2).says("direction/nul.md:3:2: ");
    assert_eq!(fs::read(handbook.path("direction/latin.md")).expect("the page"), before);
}

#[test]
fn a_page_with_an_unfinished_merge_is_not_stamped() {
    let sides = "<<<<<<< HEAD\nLast reviewed: 2025-01-01\n=======\nLast reviewed: 2025-02-01\n>>>>>>> autumn\n";
    for text in [
        format!("# Boards\n\n{sides}"),
        format!("# Boards\n\nLast reviewed: 2025-01-01\n\n{sides}"),
    ] {
        let handbook =
            Handbook::new().file("data/features.yml", "{}\n").file("direction/boards.md", &text);
        let line = 1 + text.lines().position(|line| line.starts_with('<')).expect("a marker");
        handbook
            .run(&["review", "direction/boards.md"])
            .exits(2)
            .says(&format!("direction/boards.md:{line}: a merge conflict is not resolved here"));
        let now = fs::read_to_string(handbook.path("direction/boards.md")).expect("the page");
        assert_eq!(now, text);
    }
}
