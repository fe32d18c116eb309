//! `pmctl lint` for machines: annotations, Code Quality, SARIF and `JUnit`.

use std::fs;
use std::path::Path;

use crate::common::{Handbook, Run, pmctl};
use crate::schemas;
use crate::schemas::{assert_code_quality, assert_junit, assert_sarif};

const CATEGORIES: &str = "search:\n  name: Search\n  direction: direction/search/index.md\n";
const FEATURES: &str =
    "saved:\n  title: Saved searches\n  titel: x\n  category:\n    - serch\n    - \"a,b: 100%\"\n";

/// Two errors and, above them, a warning.
fn handbook() -> Handbook {
    Handbook::new().file("data/categories.yml", CATEGORIES).file("data/features.yml", FEATURES)
}

/// Nothing to report.
fn clean() -> Handbook {
    Handbook::new().file("data/features.yml", "saved:\n  title: Saved searches\n")
}

/// Many findings of each level.
fn crowded(errors: usize, warnings: usize) -> Handbook {
    let odd: Vec<String> = (0..warnings).map(|number| format!("  odd_{number}: x\n")).collect();
    let none: Vec<String> = (0..errors).map(|number| format!("    - none_{number}\n")).collect();
    let features = ["a:\n  title: A\n", &odd.concat(), "  category:\n", &none.concat()].concat();
    Handbook::new().file("data/categories.yml", CATEGORIES).file("data/features.yml", features)
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lines(run: &Run) -> Vec<&str> {
    run.stdout.lines().collect()
}

#[test]
fn annotations_name_the_place_the_worst_first_and_nothing_in_them_is_obeyed() {
    let run = handbook().run(&["lint", "--format", "github"]).exits(1);
    assert_eq!(
        lines(&run),
        [
            "::error file=data/features.yml,line=5,endLine=5,col=7,endColumn=12,\
             title=unknown-reference::category `serch` does not exist%0Ahelp: did you mean `search`?",
            "::error file=data/features.yml,line=6,endLine=6,col=7,endColumn=18,\
             title=unknown-reference::category `a,b: 100%25` does not exist%0Ahelp: \
             expected `search`; or add `a,b: 100%25` to data/categories.yml",
            "::warning file=data/features.yml,line=3,endLine=3,col=3,endColumn=8,\
             title=unknown-field::`titel` is no field of a feature%0Ahelp: the fields are `title`, `description`, \
             `category`, `product_team`, `maturity`, `documentation_link`, `use_cases`, `note`",
            "2 files checked: 2 errors, 1 warning",
        ]
    );
    let quiet = handbook().run(&["lint", "--format", "github", "-q"]).exits(1);
    assert_eq!(lines(&quiet), lines(&run)[..3]);
    let clean = clean().run(&["lint", "--format", "github"]).exits(0);
    assert_eq!(clean.stdout, "1 file checked, nothing to report\n");
}

#[test]
fn an_odd_path_and_a_place_of_several_lines_are_annotated_too() {
    let page = "---\ntitle: A\n---\n";
    let handbook = Handbook::new()
        .file("pmctl.toml", "[[pages]]\nglob = '**/*.md'\nkind = 'page'\n")
        .file(
            "data/features.yml",
            "a:\n  title: |\n    A\n    long\n    title\n  maturity: [\n    1, 2]\n",
        )
        .file("a, b:c.md", format!("{page}\u{0}"));
    let run = handbook.run(&["lint", "--format", "github"]).exits(2);
    let run = run.prints("::error file=a%2C b%3Ac.md,line=");
    let several = lines(&run).into_iter().find(|line| line.contains("line=6,endLine=7,"));
    let several = several.unwrap_or_else(|| panic!("{}", run.stdout));
    assert!(several.contains("endLine=7,title="), "{several}");
}

#[test]
fn github_is_told_where_it_shows_only_some() {
    let said = |errors, warnings| -> Vec<String> {
        let run = crowded(errors, warnings).run(&["lint", "--format", "github"]);
        run.stdout.lines().filter(|line| line.contains("::notice")).map(str::to_owned).collect()
    };
    assert!(said(10, 10).is_empty());
    assert_eq!(
        said(11, 3),
        ["::notice title=pmctl::GitHub shows 10 annotations of each level in a step; \
          there are 11 errors, all of them in its log"]
    );
}

#[test]
fn the_summary_of_a_step_is_added_to_what_is_there() {
    let handbook = handbook().file("summary.txt", "# Before\n\n");
    let summary = handbook.path("summary.txt");
    let file = summary.to_str().expect("UTF-8");
    let lint = |args: &[&str]| {
        pmctl(&[&["lint"], args].concat())
            .env("GITHUB_STEP_SUMMARY", file)
            .run_in(&handbook.path(""))
    };
    lint(&[]).exits(1);
    lint(&["--format", "json"]).exits(1);
    assert_eq!(read(&summary), "# Before\n\n");
    lint(&["--format", "github"]).exits(1);
    let once = "### pmctl lint\n\n2 files checked: 2 errors, 1 warning\n\n\
        | Level | Rule | Place | Message |\n| --- | --- | --- | --- |\n\
        | error | unknown-reference | data/features.yml:5 | category `serch` does not exist |\n\
        | error | unknown-reference | data/features.yml:6 | category `a,b: 100%` does not exist |\n\
        | warning | unknown-field | data/features.yml:3 | `titel` is no field of a feature |\n\n";
    assert_eq!(read(&summary), format!("# Before\n\n{once}"));
    lint(&["--report", "github=log.txt"]).exits(1);
    assert_eq!(read(&summary), format!("# Before\n\n{once}{once}"));
}

#[test]
fn a_summary_has_an_end_and_one_that_cannot_be_written_is_a_warning() {
    let handbook = crowded(205, 0);
    let lint = |file: &str| {
        pmctl(&["lint", "--format", "github"])
            .env("GITHUB_STEP_SUMMARY", file)
            .run_in(&handbook.path(""))
    };
    lint(handbook.path("summary.txt").to_str().expect("UTF-8")).exits(1);
    let summary = read(handbook.path("summary.txt"));
    assert_eq!(summary.matches("| error |").count(), 200);
    assert!(summary.ends_with("and 5 others, all of them in the log of this step\n\n"));
    lint("/nowhere/summary.txt")
        .exits(1)
        .says("warning: the summary in /nowhere/summary.txt cannot");
    lint("").exits(1);
}

#[test]
fn a_cell_of_a_summary_stays_one_short_cell() {
    let name = format!("<b>|[x](y){}", "k".repeat(3_000));
    let features = format!("a:\n  title: A\n  category: ['{name}']\n");
    let handbook = handbook().file("data/features.yml", features);
    let summary = handbook.path("summary.txt");
    pmctl(&["lint", "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8"))
        .run_in(&handbook.path(""))
        .exits(1);
    let summary = read(&summary);
    let row = summary.lines().find(|line| line.starts_with("| error")).expect("a row");
    assert!(row.contains("category \\`\\<b>\\|\\[x\\](y)kkk"), "{row}");
    assert!(row.ends_with("kkk… |") && row.len() < 700, "{row}");
}

#[test]
fn code_quality_has_the_fields_that_gitlab_reads() {
    let run = handbook().run(&["lint", "--format", "gitlab"]).exits(1);
    assert_code_quality(&run.stdout);
    let mut value = run.json();
    assert_eq!(value.as_array().map(Vec::len), Some(3));
    let json = handbook().run(&["lint", "--format", "json"]).json();
    assert_eq!(value[0]["fingerprint"], json["diagnostics"][0]["fingerprint"]);
    value[0]["fingerprint"].take();
    assert_eq!(
        value[0],
        serde_json::json!({
            "description": "unknown-field: `titel` is no field of a feature",
            "check_name": "unknown-field", "fingerprint": null, "severity": "minor",
            "location": {"path": "data/features.yml", "lines": {"begin": 3}},
        })
    );
    assert_eq!(value[1]["severity"], "major");
    assert_eq!(clean().run(&["lint", "--format", "gitlab"]).exits(0).stdout, "[]\n");
}

#[test]
fn sarif_has_the_rules_and_every_place() {
    let run = handbook().run(&["lint", "--format", "sarif"]).exits(1);
    assert_sarif(&run.stdout);
    let log = run.json();
    let results = log["runs"][0]["results"].as_array().expect("results");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(results.len(), 3);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("a number");
        assert_eq!(rules[usize::try_from(index).expect("small")]["id"], result["ruleId"]);
    }
    assert_eq!(results[0]["level"], "warning");
    assert_eq!(
        results[1],
        serde_json::json!({
            "ruleId": "unknown-reference", "ruleIndex": results[1]["ruleIndex"], "level": "error",
            "message": {"text": "category `serch` does not exist\nhelp: did you mean `search`?"},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "data/features.yml"},
                "region": {"startLine": 5, "startColumn": 7, "endLine": 5, "endColumn": 12}
            }}],
            "partialFingerprints": results[1]["partialFingerprints"],
        })
    );
    let clean = clean().run(&["lint", "--format", "sarif"]).exits(0);
    assert_sarif(&clean.stdout);
    assert_eq!(clean.json()["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn junit_has_a_case_for_every_finding_and_one_for_none() {
    let handbook = handbook();
    let run = handbook.run(&["lint", "--format", "junit"]).exits(1);
    assert_junit(&run.stdout);
    assert!(run.stdout.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"pmctl\" tests=\"3\" failures=\"3\" errors=\"0\">\n"
    ));
    let run = run.prints(
        "    <testcase name=\"unknown-reference: category `serch` does not exist (5:7)\" \
         classname=\"data/features.yml\">\n      <failure type=\"unknown-reference\" \
         message=\"category `serch` does not exist\">error: category `serch` does not exist\n\
         help: did you mean `search`?\ndata/features.yml:5:7</failure>\n    </testcase>\n",
    );
    let infos = handbook.file("pmctl.toml", "[lint.rules]\nunknown-field = 'info'\n");
    let infos = infos.run(&["lint", "--format", "junit", "--rule", "unknown-field"]).exits(0);
    assert_junit(&infos.stdout);
    infos
        .prints("tests=\"1\" failures=\"0\"")
        .prints("<system-out>info: `titel` is no field of a feature\n")
        .never_prints("<failure");
    run.never_prints("<system-out>");
    let clean = clean().run(&["lint", "--format", "junit"]).exits(0);
    assert_junit(&clean.stdout);
    clean
        .prints("tests=\"1\" failures=\"0\" errors=\"0\"")
        .prints("    <testcase name=\"1 file checked, nothing to report\" classname=\"pmctl\"/>\n");
}

#[test]
fn the_checker_of_junit_reports_finds_what_is_wrong() {
    let wrong = |inside: &str, problem: &str| {
        let text = format!(
            "<testsuites><testsuite name='a' tests='1' failures='0' errors='0'>{inside}</testsuite></testsuites>"
        );
        let found = schemas::junit(&text).expect_err(&text);
        assert!(found.contains(problem), "{found}");
    };
    wrong("<testcase/>", "<testcase> without name");
    wrong("<testcase name='a' file='b'/>", "file of <testcase>");
    wrong("<failure/>", "<failure> in <testsuite>");
    wrong("<testcase name='a'><note/></testcase>", "<note> in <testcase>");
    wrong("<testcase name='a'>text</testcase>", "<testcase> holds text");
    wrong("<testcase name='a'><system-out><b/></system-out></testcase>", "<system-out> is text");
    wrong("<testcase name='\u{1b}'/>", "");
    wrong("<testcase name='\u{ffff}'/>", "");
}

#[test]
fn whatever_a_handbook_holds_the_reports_are_valid() {
    let nasty = "<b a=\\\"1\\\" c='2'>&amp; ]]> \\u001b[31m\\u0000\\u0008\\uffff\\ufffe\\u202e %0A\\r\\n::error::x [x](y) {0}";
    let handbook = Handbook::new().file("data/categories.yml", CATEGORIES).file(
        "data/features.yml",
        format!("a:\n  title: A\n  category: [\"{nasty}\"]\n  \"{nasty}\": x\n"),
    );
    let run = handbook.run(&["lint", "--format", "junit"]).exits(1);
    assert_junit(&run.stdout);
    assert_sarif(&handbook.run(&["lint", "--format", "sarif"]).exits(1).stdout);
    assert_code_quality(&handbook.run(&["lint", "--format", "gitlab"]).exits(1).stdout);
    let run = handbook.run(&["lint", "--format", "github", "-q"]).exits(1);
    assert!(lines(&run).iter().all(|line| line.contains("file=data/features.yml,")), "{run:?}");
    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn the_same_handbook_makes_the_same_bytes() {
    let handbook = crowded(30, 30);
    for format in ["github", "gitlab", "sarif", "junit"] {
        let once = handbook.run(&["lint", "--format", format]).stdout;
        let again = pmctl(&["lint", "--format", format])
            .env("RAYON_NUM_THREADS", "1")
            .run_in(&handbook.path(""));
        assert_eq!(once, again.stdout, "{format}");
    }
}
