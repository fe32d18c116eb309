//! What each kind of file says about a path.

use super::*;

fn read(dialect: Dialect, text: &str) -> OwnersFile {
    OwnersFile::parse(FileId(0), text, dialect, RepoPath::default())
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a good path")
}

/// The owners that count for `file`, one list a rule.
fn owners(owners: &OwnersFile, file: &str) -> Vec<Vec<String>> {
    let names = |rule| owners.owners(rule).iter().map(|owner| owner.value.clone()).collect();
    owners.matches(&path(file)).into_iter().map(names).collect()
}

fn last(owners: &OwnersFile, file: &str) -> Vec<String> {
    let rule = owners.last(&path(file));
    let names = rule.map(|rule| owners.owners(rule)).unwrap_or_default();
    names.iter().map(|owner| owner.value.clone()).collect()
}

/// What is wrong: the words, why, and what was meant.
fn faults(dialect: Dialect, text: &str) -> Vec<(String, String, Option<String>)> {
    let fault = |fault: &Fault| {
        (text[fault.span.range()].to_owned(), fault.reason.to_string(), fault.replacement.clone())
    };
    read(dialect, text).faults.iter().map(fault).collect()
}

/// Whether `pattern` matches each of `paths`.
fn matching<'p>(dialect: Dialect, pattern: &str, paths: &[&'p str]) -> Vec<&'p str> {
    let file = read(dialect, &format!("{pattern} @ada\n"));
    paths.iter().copied().filter(|file_path| !file.matches(&path(file_path)).is_empty()).collect()
}

#[test]
fn the_last_pattern_counts_and_one_without_owners_takes_them_away() {
    let file = read(
        Dialect::Github,
        "# who looks after what\n\n* @ada\n/docs/ @bo @orchard/writers # the writers\n/docs/drafts/\n",
    );
    assert_eq!(last(&file, "readme.md"), ["@ada"]);
    assert_eq!(last(&file, "docs/pears.md"), ["@bo", "@orchard/writers"]);
    assert_eq!(last(&file, "docs/drafts/plums.md"), Vec::<String>::new());
    assert_eq!(owners(&file, "docs/pears.md").len(), 1);
    assert!(file.faults.is_empty());
}

#[test]
fn in_gitlab_the_last_pattern_of_each_section_counts() {
    let file = read(
        Dialect::Gitlab,
        "* @ada\n/plan/ @bo\n\n^[Fruit][2] @cy dee@orchard.example\n/plan/pears/\n/plan/pears/old/ @eve\n\n\
         [Words]\n/plan/pears/*.md @finn\n[FRUIT]\n/plan/plums/ @gil\n",
    );
    assert_eq!(
        owners(&file, "plan/pears/index.md"),
        [vec!["@bo"], vec!["@cy", "dee@orchard.example"], vec!["@finn"]]
    );
    assert_eq!(last(&file, "plan/pears/index.md"), ["@finn"]);
    assert_eq!(owners(&file, "plan/pears/old/x.md"), [["@bo"], ["@eve"]]);
    assert_eq!(owners(&file, "plan/plums/x.md"), [["@bo"], ["@gil"]]);
    assert_eq!(owners(&file, "x.md"), [["@ada"]]);
    let fruit = &file.sections[0];
    assert_eq!((fruit.name.value.as_str(), fruit.is_optional), ("Fruit", true));
    assert_eq!(fruit.approvals.map(|approvals| approvals.value), Some(2));
    assert!(!file.sections[1].is_optional);
    assert_eq!(file.section(&file.rules[2]), Some(fruit));
}

#[test]
fn a_section_named_codeowners_is_the_one_before_all_headings() {
    let file = read(Dialect::Gitlab, "* @ada\n[CODEOWNERS]\n* @bo\n");
    assert_eq!(owners(&file, "x.md"), [["@bo"]]);
}

#[test]
fn in_codenotify_every_pattern_counts_from_the_folder_of_the_file() {
    let text = "**/* @ada\ncore.md @bo\nsub/** @cy\n/core.md @nobody\n";
    let folder = path("content/teams");
    let file = OwnersFile::parse(FileId(0), text, Dialect::Codenotify, folder);
    assert_eq!(owners(&file, "content/teams/core.md"), [["@ada"], ["@bo"]]);
    assert_eq!(owners(&file, "content/teams/sub/core.md"), [["@ada"], ["@cy"]]);
    assert!(owners(&file, "content/core.md").is_empty());
    assert!(owners(&file, "content/teams2/core.md").is_empty());
    assert_eq!(&text[file.faults[0].span.range()], "/core.md");
}

#[test]
fn gitlab_patterns_match_at_any_depth_unless_they_begin_with_a_slash() {
    let paths = ["a.md", "docs", "docs/a.md", "docs/x/b.md", "sub/docs/a.md", "docs/x/y/a.md"];
    let matching = |pattern| matching(Dialect::Gitlab, pattern, &paths);
    assert_eq!(matching("*"), paths);
    assert_eq!(matching("a.md"), ["a.md", "docs/a.md", "sub/docs/a.md", "docs/x/y/a.md"]);
    assert_eq!(matching("/a.md"), ["a.md"]);
    assert_eq!(matching("docs/"), ["docs/a.md", "docs/x/b.md", "sub/docs/a.md", "docs/x/y/a.md"]);
    assert_eq!(matching("/docs/"), ["docs/a.md", "docs/x/b.md", "docs/x/y/a.md"]);
    assert_eq!(matching("docs/a.md"), ["docs/a.md", "sub/docs/a.md"]);
    assert_eq!(matching("/docs"), ["docs"], "a folder has a slash at its end");
    assert_eq!(matching("/docs/*"), ["docs/a.md"]);
    assert_eq!(matching("/docs/**"), ["docs/a.md"], "as Ruby's fnmatch reads it");
    assert_eq!(matching("/docs/**/*"), ["docs/a.md", "docs/x/b.md", "docs/x/y/a.md"]);
    assert_eq!(matching("/docs/**/a.md"), ["docs/a.md", "docs/x/y/a.md"]);
    assert_eq!(matching("/docs/?/[ab].md"), ["docs/x/b.md"]);
    assert_eq!(matching("/{docs}/"), Vec::<&str>::new());
}

#[test]
fn github_patterns_are_those_of_gitignore() {
    let paths = ["a.md", "docs", "docs/a.md", "docs/x/b.md", "sub/docs/a.md", "docs/x/y/a.md"];
    let matching = |pattern| matching(Dialect::Github, pattern, &paths);
    assert_eq!(matching("*"), paths);
    assert_eq!(
        matching("docs"),
        ["docs", "docs/a.md", "docs/x/b.md", "sub/docs/a.md", "docs/x/y/a.md"]
    );
    assert_eq!(matching("/docs"), ["docs", "docs/a.md", "docs/x/b.md", "docs/x/y/a.md"]);
    assert_eq!(matching("docs/a.md"), ["docs/a.md"], "a slash in the middle ties it to the root");
    assert_eq!(matching("docs/*"), ["docs/a.md"]);
    assert_eq!(matching("docs/**"), ["docs/a.md", "docs/x/b.md", "docs/x/y/a.md"]);
    assert_eq!(matching("**/x"), ["docs/x/b.md", "docs/x/y/a.md"]);
    assert_eq!(
        matching("*.md"),
        ["a.md", "docs/a.md", "docs/x/b.md", "sub/docs/a.md", "docs/x/y/a.md"]
    );
    assert_eq!(matching("[ab].md"), Vec::<&str>::new());
}

#[test]
fn spaces_and_number_signs_are_escaped() {
    let text = "/my\\ plans/ @ada\n\\#1.md @bo\r\n/tail\\  @cy\n";
    let file = read(Dialect::Gitlab, text);
    assert_eq!(last(&file, "my plans/x.md"), ["@ada"]);
    assert_eq!(last(&file, "deep/#1.md"), ["@bo"]);
    assert_eq!(last(&file, "tail "), ["@cy"]);
    assert_eq!(file.rules[0].pattern.value, "/my\\ plans/");
    assert_eq!(file.rules[0].pattern.span.range(), 0..11);
    assert_eq!(&text[file.rules[1].own_owners[0].span.range()], "@bo");
}

#[test]
fn what_is_no_owner_is_said_with_its_place_and_what_was_meant() {
    let text = "/a/ @@ada bo @cy, @ dee@ @e!f gil@orchard.example @orchard/pears @@maintainers\n";
    let some = |text: &str| Some(text.to_owned());
    let found = faults(Dialect::Gitlab, text);
    let words: Vec<_> = found.iter().map(|(word, _, instead)| (word.as_str(), instead)).collect();
    assert_eq!(
        words,
        [
            ("@@ada", &some("@ada")),
            ("bo", &some("@bo")),
            ("@cy,", &some("@cy")),
            ("@", &None),
            ("dee@", &None),
            ("@e!f", &None),
        ]
    );
    assert!(found[5].1.contains('!'), "{}", found[5].1);
    assert_eq!(last(&read(Dialect::Gitlab, text), "a/x").len(), 3);
    assert_eq!(faults(Dialect::Github, "/a/ @@maintainers\n")[0].0, "@@maintainers");
}

#[test]
fn a_pattern_whose_owners_are_all_malformed_gets_no_defaults() {
    let file = read(Dialect::Gitlab, "[Fruit] @ada\n/a/ bo\n/b/ # later\n");
    assert_eq!(last(&file, "a/x"), Vec::<String>::new());
    assert_eq!(last(&file, "b/x"), ["@ada"]);
}

#[test]
fn patterns_and_headings_that_cannot_work_are_said() {
    let reasons = |dialect, text| {
        let found = faults(dialect, text).into_iter();
        found.map(|(word, reason, _)| format!("{word}: {reason}")).collect::<Vec<_>>()
    };
    let gitlab = reasons(
        Dialect::Gitlab,
        "/b/../c @ada\n/[z @ada\n/d/\n/e/ @ada # and @bo\n[ ] @ada\n[Open @ada\n[A][0]\n[A]x @ada\n",
    );
    let expected = [
        "/b/../c: this pattern matches nothing: no path holds `.` or `..`",
        "/[z: this is not a pattern: unclosed character class; missing ']'",
        "/d/: this pattern names no owner",
        "# and @bo: GitLab reads this as an owner, because a comment can't follow a pattern",
        "[ ] @ada: this heading of a section is ignored: it has no name",
        "[Open @ada: this heading of a section is ignored: its bracket is not closed",
        "0: this heading of a section is ignored: the number of approvals must be above zero",
        "[A]x @ada: this heading of a section is ignored: a space must separate it from its owners",
    ];
    assert_eq!(gitlab, expected);
    assert_eq!(reasons(Dialect::Github, "/d/\n"), Vec::<String>::new());
    let negated = reasons(Dialect::Github, "!/a/ @ada\n");
    assert_eq!(negated, ["!/a/: a pattern cannot be negated here"]);
    assert_eq!(reasons(Dialect::Codenotify, "d.md\n").len(), 1);
}

#[test]
fn patterns_that_match_nothing_can_be_found() {
    let file = read(Dialect::Gitlab, "* @ada\n/pears/ @bo\n/plums/ @cy\n");
    let paths = [path("pears/x.md"), path("y.md")];
    let unused: Vec<&str> =
        file.unused(&paths).iter().map(|rule| rule.pattern.value.as_str()).collect();
    assert_eq!(unused, ["/plums/"]);
}

#[test]
fn what_a_section_of_gitlab_excludes_has_no_owner_in_it() {
    let text = "[Fruit] @ada\n*\n!/pears/\n/pears/x.md\n[Trees]\n/pears/ @bo\n!/figs\n";
    let file = read(Dialect::Gitlab, text);
    assert_eq!(file.faults, []);
    assert_eq!(last(&file, "plums/x.md"), ["@ada"]);
    assert_eq!(last(&file, "pears/x.md"), ["@bo"]);
    let unused: Vec<&str> =
        file.unused(&[path("pears/x.md")]).iter().map(|rule| rule.pattern.value.as_str()).collect();
    assert_eq!(unused, ["!/figs"]);
}

#[test]
fn an_entry_is_one_though_its_owner_is_malformed() {
    let file = read(Dialect::Github, "* @ada\n/pears/\n/plums/ @@bo\n");
    assert!(file.has_entry(&path("figs/x.md")));
    assert!(!file.has_entry(&path("pears/x.md")));
    assert!(file.has_entry(&path("plums/x.md")));
}

#[test]
fn a_file_of_far_too_many_patterns_is_read_as_far_as_the_limit() {
    let text = "pear*plum @ada\n".repeat(matcher::MAX_PATTERNS + 2);
    let file = read(Dialect::Gitlab, &text);
    assert_eq!(file.rules.len(), matcher::MAX_PATTERNS + 2);
    assert_eq!(file.faults.len(), 1);
    assert_eq!(file.unused(&[]).len(), matcher::MAX_PATTERNS);
}

#[test]
fn a_pattern_of_more_wildcards_than_anyone_writes_is_no_pattern() {
    let most = format!("/docs/{}\n", "a*".repeat(pattern::MAX_WILDCARDS));
    let path_like = format!("docs/{}", "ab".repeat(pattern::MAX_WILDCARDS));
    for dialect in [Dialect::Gitlab, Dialect::Github, Dialect::Codenotify] {
        let most = most.trim_start_matches(|c| c == '/' && dialect == Dialect::Codenotify);
        let file = read(dialect, &most.replace('\n', " @ada\n"));
        assert_eq!(owners(&file, &path_like), [["@ada"]]);
        let found = faults(dialect, &most.replace('\n', "? @ada\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, "this is not a pattern: it has more than 100 wildcards");
    }
}
