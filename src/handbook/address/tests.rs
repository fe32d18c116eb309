//! Which file each way of writing an address leads to.

use super::*;
use crate::source::{FileId, FileStore, Span, Spanned};

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a good path")
}

fn spanned(text: &str) -> Spanned<String> {
    let (file, _) = FileStore::new().add(path("data/redirects.yml"), Ok(String::new()));
    let file: FileId = file;
    Spanned::new(text.to_owned(), Span::start_of(file))
}

fn redirect(operator: &str, source: &str, target: &str) -> Redirect {
    Redirect {
        sources: vec![spanned(source)],
        target: Some(spanned(target)),
        comp_op: Some(spanned(operator)),
    }
}

fn addresses(profile: Profile, files: &[&str], redirects: &[Redirect]) -> Addresses {
    Addresses::new(profile, files.iter().map(|file| path(file)), redirects)
}

fn found(file: &str) -> Target {
    Target::Found(path(file))
}

#[test]
fn gitlab_builds_pages_from_index_files_templates_and_html_files() {
    let site = addresses(
        Profile::Gitlab,
        &[
            "source/direction/plan/index.html.md",
            "source/direction/plan/pears/index.html.md.erb",
            "source/direction/ops/template.html.md.erb",
            "source/direction/ops/tiers.html.md.erb",
            "source/direction/template.html.md.erb",
            "source/index.html.md",
        ],
        &[],
    );
    let plan = found("source/direction/plan/index.html.md");
    assert_eq!(site.resolve("/direction/plan/"), plan);
    assert_eq!(site.resolve("/direction/plan"), plan);
    assert_eq!(site.resolve(" /direction/plan/#pears  "), plan);
    assert_eq!(site.resolve("direction/plan/?x=1#pears"), plan);
    assert_eq!(site.resolve("/direction/plan/index.html"), plan);
    assert_eq!(site.resolve("https://about.gitlab.com/direction/plan/"), plan);
    assert_eq!(site.resolve("//About.GitLab.com/direction/plan"), plan);
    let pears = found("source/direction/plan/pears/index.html.md.erb");
    assert_eq!(site.resolve("/direction/plan/pears"), pears);
    assert_eq!(site.resolve("/direction/"), found("source/direction/template.html.md.erb"));
    assert_eq!(site.resolve("/direction/ops/"), found("source/direction/ops/template.html.md.erb"));
    let tiers = found("source/direction/ops/tiers.html.md.erb");
    assert_eq!(site.resolve("/direction/ops/tiers.html"), tiers);
    assert_eq!(site.resolve("/direction/ops/tiers"), tiers);
    assert_eq!(site.resolve("/direction/ops/tiers/"), Target::Missing);
    assert_eq!(site.resolve("https://about.gitlab.com"), found("source/index.html.md"));
    for elsewhere in
        ["https://gitlab.com/groups/x/-/epics/1", "mailto:ada@orchard.example", "//example.com/"]
    {
        assert_eq!(site.resolve(elsewhere), Target::External, "{elsewhere}");
    }
    for nowhere in
        ["", "#plan", "/direction/plums/", "/../x/", "/direction/plan/%2e%2e/%2e%2e/%2e%2e"]
    {
        assert_eq!(site.resolve(nowhere), Target::Missing, "{nowhere}");
    }
}

#[test]
fn links_start_at_the_folder_of_their_page() {
    let files = ["source/direction/plan/index.html.md", "source/direction/ops/index.html.md"];
    let site = addresses(Profile::Gitlab, &files, &[]);
    let page = path(files[0]);
    assert_eq!(site.resolve_from(&page, "../ops/"), found(files[1]));
    assert_eq!(site.resolve_from(&page, "/direction/ops/"), found(files[1]));
    assert_eq!(site.resolve_from(&page, "."), found(files[0]));
    assert_eq!(site.resolve_from(&page, "#goals"), found(files[0]));
    assert_eq!(site.resolve_from(&page, "../../../x"), Target::Missing);
    let files = ["content/index.md", "content/my plans/pears.md", "content/contents.md"];
    let site = addresses(Profile::Sourcegraph, &files, &[]);
    assert_eq!(site.resolve_from(&path(files[0]), "my%20plans/pears.md"), found(files[1]));
    assert_eq!(site.resolve_from(&path(files[1]), "../contents.md#x"), found(files[2]));
    assert_eq!(site.resolve_from(&path(files[1]), "../contents%zz.md"), Target::Missing);
}

#[test]
fn redirects_are_followed_where_no_file_is() {
    let files = ["source/direction/plan/index.html.md", "source/direction/ops/index.html.md"];
    let redirects = [
        redirect("=", "/direction/roadmap", "/direction/plan/"),
        redirect("=", "direction/roadmap/", "/direction/plan/#next"),
        redirect("=", "/direction/plan/", "/nowhere/"),
        redirect("^~", "/direction/past", "/direction/older/"),
        redirect("~", "/direction/older/", "https://about.gitlab.com/direction/ops/"),
        redirect("~*", "/Direction/Lost", "/handbook/"),
        redirect("=", "/a/", "/b/"),
        redirect("=", "/b/", "/a/"),
        redirect("=", "/out/", "https://example.com/"),
    ];
    let site = addresses(Profile::Gitlab, &files, &redirects);
    let to = |to: &str, file: Option<&str>| Target::Redirected {
        to: to.to_owned(),
        file: file.map(path),
    };
    assert_eq!(site.resolve("/direction/roadmap"), to("/direction/plan/", Some(files[0])));
    assert_eq!(site.resolve("/direction/roadmap/"), to("/direction/plan/#next", Some(files[0])));
    assert_eq!(site.resolve("/direction/roadmap/x/"), Target::Missing, "`=` is exact");
    assert_eq!(site.resolve("/direction/plan/"), found(files[0]), "what is there is found");
    let ops = "https://about.gitlab.com/direction/ops/";
    assert_eq!(site.resolve("/direction/past/pears/"), to(ops, Some(files[1])));
    assert_eq!(site.resolve("/direction/lost/x"), to("/handbook/", None));
    assert!(matches!(site.resolve("/a/"), Target::Redirected { file: None, .. }));
    assert_eq!(site.resolve("/out/"), to("https://example.com/", None));
    assert_eq!(site.resolve("/out/").file(), None);
}

#[test]
fn other_handbooks_link_the_files_themselves() {
    let files = ["content/strategy/pears/index.md", "content/strategy/plums.md"];
    let site = addresses(Profile::Sourcegraph, &files, &[]);
    for address in [
        "/strategy/pears/index.md",
        "/strategy/pears",
        "/strategy/pears/",
        "strategy/pears/",
        "/content/strategy/pears/index.md",
        "https://handbook.sourcegraph.com/strategy/pears/",
    ] {
        assert_eq!(site.resolve(address), found(files[0]), "{address}");
    }
    assert_eq!(site.resolve("/strategy/plums"), found(files[1]));
    assert_eq!(site.resolve("/strategy/plums.md#goals"), found(files[1]));
    assert_eq!(site.resolve("/strategy/plums/index.md"), Target::Missing);
    let site = addresses(Profile::Default, &["direction/pears.md", "strategy/README.md"], &[]);
    assert_eq!(site.resolve("/direction/pears"), found("direction/pears.md"));
    assert_eq!(site.resolve("strategy/"), found("strategy/README.md"));
    assert_eq!(site.resolve("https://example.com/strategy/"), Target::External);
}
