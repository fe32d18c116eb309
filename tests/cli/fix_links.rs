//! Fixes of links: what led somewhere on the site leads there still, whatever makes the site, and what is fixed leads
//! where it is said to.

use std::fs;

use crate::common::Handbook;

const SITE: &str = "[links]\nsite = 'https://harbour.example.com'\n";

/// The text of `page` after `--fix`, and `--unsafe-fixes` too if they are asked for.
#[track_caller]
fn fixed(handbook: &Handbook, page: &str, with_unsafe: bool) -> String {
    let mut args = vec!["lint", "--fix", "--exit-zero"];
    args.extend(with_unsafe.then_some("--unsafe-fixes"));
    handbook.run(&args).exits(0);
    let text = fs::read_to_string(handbook.path(page)).expect("a page");
    let again = handbook.run(&args).exits(0);
    assert_eq!(again.stderr, "", "a second run has nothing to do");
    assert_eq!(fs::read_to_string(handbook.path(page)).expect("a page"), text);
    text
}

/// A handbook with these pages, each under a heading `Part`.
fn handbook(settings: &str, pages: &[(&str, &str)]) -> Handbook {
    let handbook = Handbook::new()
        .file("pmctl.toml", format!("{settings}{SITE}"))
        .file("data/features.yml", "{}\n");
    pages.iter().fold(handbook, |handbook, (path, text)| {
        handbook.file(path, format!("# Page\n\n{text}\n\n## Part\n"))
    })
}

/// The third line of `page` after the safe fixes.
#[track_caller]
fn line(settings: &str, pages: &[(&str, &str)]) -> String {
    let text = fixed(&handbook(settings, pages), pages[0].0, false);
    text.lines().nth(2).expect("a line").to_owned()
}

const ABSOLUTE: &str = "[one](https://harbour.example.com/kites/#part)";

#[test]
fn an_address_of_the_site_stays_one_where_no_page_links_files() {
    for file in ["kites/_index.md", "kites/index.md", "kites/README.md", "kites.md"] {
        assert_eq!(line("", &[("a.md", ABSOLUTE), (file, "")]), "[one](/kites/#part)", "{file}");
        // One link from elsewhere, by an address.
        let pages = [("sub/a.md", ABSOLUTE), (file, ""), ("b.md", "[kites](kites/)")];
        assert_eq!(line("", &pages), "[one](/kites/#part)", "{file}");
    }
}

#[test]
fn a_file_is_linked_where_pages_link_such_files() {
    let pages = [("sub/a.md", ABSOLUTE), ("kites.md", ""), ("b.md", "[kites](kites.md)")];
    assert_eq!(line("", &pages), "[one](../kites.md#part)");
    // That pages link files of one kind says nothing of another.
    for file in ["kites/_index.md", "kites/README.md"] {
        let pages = [("sub/a.md", ABSOLUTE), (file, ""), ("b.md", "[c](c.md)"), ("c.md", "")];
        assert_eq!(line("", &pages), "[one](/kites/#part)", "{file}");
        let link = format!("[kites]({file})");
        let pages = [("sub/a.md", ABSOLUTE), (file, ""), ("b.md", &link)];
        assert_eq!(line("", &pages), format!("[one](../{file}#part)"));
    }
}

#[test]
fn raw_html_gets_addresses_and_never_files() {
    let html = "<a href='https://harbour.example.com/kites/?a=1&copy=2#part'>one</a>";
    for file in ["kites/_index.md", "kites.md"] {
        let link = format!("[kites]({file})");
        let pages = [("sub/a.md", html), (file, ""), ("b.md", &link)];
        let new = "<a href='/kites/?a=1&copy=2#part'>one</a>";
        assert_eq!(line("", &pages).replace("&amp;", "&"), new, "{file}");
    }
    let file = "<a href=\"https://harbour.example.com/kites.md\">one</a>";
    assert_eq!(line("", &[("a.md", file), ("kites.md", "")]), file, "its address is not known");
    let moved = "<a href=\"kites.md\">one</a>";
    let handbook = handbook("", &[("a.md", moved), ("sub/kites.md", "")]);
    assert!(fixed(&handbook, "a.md", true).contains(moved));
}

#[test]
fn a_letter_case_is_fixed_in_the_form_that_the_link_has() {
    for (old, new) in [
        ("[x](/sub/Kites/)", "[x](/sub/kites/)"),
        ("[x](/sub/KITES#part)", "[x](/sub/kites#part)"),
        ("[x](Kites/_index.md)", "[x](kites/_index.md)"),
        ("[x](../Sub/Kites/)", "[x](../sub/kites/)"),
        ("<a href=\"/sub/Kites/\">x</a>", "<a href=\"/sub/kites/\">x</a>"),
        ("<a href=\"Kites\">x</a>", "<a href=\"kites\">x</a>"),
        ("[x](../Boats.html)", "[x](../boats.html)"),
        ("[x](../Boats)", "[x](../boats)"),
        ("[x](../Boats.md)", "[x](../boats.md)"),
    ] {
        let pages = [("sub/a.md", old), ("sub/kites/_index.md", ""), ("boats.md", "")];
        assert_eq!(line("", &pages), new);
    }
    // A part that is not there needs a look.
    let pages = [("sub/a.md", "[x](/sub/Kites/#gone)"), ("sub/kites/_index.md", "")];
    assert_eq!(line("", &pages), "[x](/sub/Kites/#gone)");
}

#[test]
fn a_page_is_no_candidate_for_its_own_links() {
    let pages = [("sub/kites.md", "[x](../kites.md) [y](/Sub/kites.md) [z](kite.md)")];
    let handbook = handbook("", &pages);
    assert!(fixed(&handbook, "sub/kites.md", true).contains(pages[0].1));
    handbook
        .run(&["lint", "--exit-zero"])
        .exits(0)
        .never_prints("has this name")
        .never_prints("did you mean");
    // Of two files of the name, the other one is meant.
    let handbook = handbook.file("plans/kites.md", "# Kites\n");
    assert!(fixed(&handbook, "sub/kites.md", true).contains("[x](../plans/kites.md)"));
}

#[test]
fn a_page_that_links_itself_by_its_address_names_the_part_alone() {
    let text = "[x](https://harbour.example.com/a/#part) [y](https://harbour.example.com/a/)";
    let pages = [("a.md", text)];
    assert_eq!(line("", &pages), "[x](#part) [y](https://harbour.example.com/a/)");
}

#[test]
fn a_site_below_a_folder_of_its_host_has_no_root_that_paths_begin_at() {
    let link = "[x](https://harbour.example.com/book/kites/)";
    let pages = |link| {
        Handbook::new()
            .file("pmctl.toml", "[links]\nsite = 'https://harbour.example.com/book'\n")
            .file("data/features.yml", "{}\n")
            .file("a.md", link)
            .file("kites.md", "# Kites\n")
    };
    assert_eq!(fixed(&pages(link), "a.md", true), link);
    let run = pages(link).run(&["lint"]).exits(0);
    run.prints("link it as other pages do").never_prints("write `/");
    let by_file = format!("{link} [y](kites.md)");
    assert_eq!(fixed(&pages(&by_file), "a.md", false), "[x](kites.md) [y](kites.md)");
}

#[test]
fn partial_pages_get_no_path_that_begins_at_their_own_folder() {
    let pages = [("sub/_part.md", ABSOLUTE), ("kites.md", ""), ("b.md", "[kites](kites.md)")];
    assert_eq!(line("", &pages), "[one](/kites/#part)");
}

#[test]
fn signs_that_would_end_a_link_or_spell_another_are_escaped() {
    let named = "<a id=\"b(c)&quot;\"></a>";
    for (old, new) in [
        ("[x](#B(C)%22)", "[x](#b%28c%29%22)"),
        ("[x](/sub/Kites/?a=1&amp;copy;=2)", "[x](/sub/kites/?a=1&amp;copy;=2)"),
        ("<a href=\"/sub/Kites/?a&amp;lt=1\">x</a>", "<a href=\"/sub/kites/?a&amp;lt=1\">x</a>"),
    ] {
        let text = format!("{old} {named}");
        let pages = [("a.md", &*text), ("sub/kites/_index.md", "")];
        assert_eq!(line("", &pages), format!("{new} {named}"));
    }
}

#[test]
fn addresses_of_a_site_of_gitlab_have_no_endings_of_sources() {
    let pages = |file: &'static str, text: &'static str| {
        [("source/direction/a/index.html.md", text), (file, "")]
    };
    let gitlab = "profile = 'gitlab'\n";
    for (file, old, new) in [
        (
            "source/direction/kites/index.html.md.erb",
            "[x](https://about.gitlab.com/direction/kites/)",
            "[x](/direction/kites/)",
        ),
        (
            "source/direction/kites.html.md.erb",
            "[x](https://about.gitlab.com/direction/kites.html)",
            "[x](/direction/kites.html)",
        ),
        (
            "source/direction/kites/index.html.haml",
            "[x](https://about.gitlab.com/direction/kites/)",
            "[x](/direction/kites/)",
        ),
        ("source/direction/kites/index.html.md", "[x](../Kites/)", "[x](../kites/)"),
        (
            "source/direction/kites.html.md",
            "<a href=\"../Kites.html\">x</a>",
            "<a href=\"../kites.html\">x</a>",
        ),
    ] {
        assert_eq!(line(gitlab, &pages(file, old)), new, "{file}");
    }
}

#[test]
fn what_is_said_to_be_written_is_there() {
    let said = |text: &str| handbook("", &[("a.md", text), ("kites.md", "")]).run(&["lint"]).stdout;
    assert!(said("[x](my kites.md)").contains("and name a file that is there"));
    assert!(said("[x](#a part)").contains("name a heading by its id"));
    assert!(said("[x](kites.md#Our part)").contains("name a heading by its id"));
    assert!(
        said("[x](https://https://harbour.example.com/boats/)").contains("of a page that is there")
    );
    assert!(
        said("[x](https://https://harbour.example.com/kites/)").contains("write `https://harbour")
    );
}

/// What makes a site, and so which targets lead where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Maker {
    /// Links between files become links between addresses, in Markdown alone.
    Files,
    /// Links are written as addresses, with `_index.md` in each folder.
    Addresses,
    /// Middleman: `x/index.html.md.erb` is served at `/x/`, `x.html.md` at `/x.html`.
    Middleman,
    /// Links are paths of files below `content/`, or their addresses.
    Content,
}

/// A page of a random site.
#[derive(Clone, Debug)]
struct Place {
    folder: &'static str,
    /// `None` for the page of the folder itself.
    name: Option<&'static str>,
}

impl Maker {
    fn settings(self) -> &'static str {
        match self {
            Self::Files | Self::Addresses => {
                "profile = 'default'\n[links]\nsite = 'https://harbour.example.com'\n"
            }
            Self::Middleman => "profile = 'gitlab'\n",
            Self::Content => "profile = 'sourcegraph'\n",
        }
    }

    fn host(self) -> &'static str {
        match self {
            Self::Files | Self::Addresses => "https://harbour.example.com",
            Self::Middleman => "https://about.gitlab.com",
            Self::Content => "https://handbook.sourcegraph.com",
        }
    }

    fn root(self) -> &'static str {
        match self {
            Self::Files | Self::Addresses => "",
            Self::Middleman => "source/",
            Self::Content => "content/",
        }
    }

    /// The path of the file of `place`, below the root.
    fn file(self, place: &Place) -> String {
        let name = match (place.name, self) {
            (None, Self::Files | Self::Content) => "index.md".to_owned(),
            (None, Self::Addresses) => "_index.md".to_owned(),
            (None, Self::Middleman) => "index.html.md.erb".to_owned(),
            (Some(name), Self::Middleman) => format!("{name}.html.md"),
            (Some(name), _) => format!("{name}.md"),
        };
        format!("{}{name}", place.folder)
    }

    /// The address of `place`.
    fn address(self, place: &Place) -> String {
        let Place { folder, name } = place;
        match (name, self) {
            (None, _) => format!("/{folder}"),
            (Some(name), Self::Middleman) => format!("/{folder}{name}.html"),
            (Some(name), Self::Content) => format!("/{folder}{name}"),
            (Some(name), _) => format!("/{folder}{name}/"),
        }
    }

    /// The page that `target` of a link on `from` leads to, as the site is served.
    fn leads<'p>(
        self,
        places: &'p [Place],
        from: &Place,
        target: &str,
        is_html: bool,
    ) -> Option<&'p Place> {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            return places.iter().find(|place| self.file(place) == self.file(from));
        }
        let path = path.strip_prefix(self.host()).unwrap_or(path);
        if path.contains("://") {
            return None;
        }
        let by_file = || {
            let whole = joined(from.folder, path);
            places.iter().find(|place| self.file(place) == whole)
        };
        // A browser starts at the address of the page, of which only these are sure.
        let base = match self {
            Self::Middleman => from.folder,
            _ if from.name.is_none() => from.folder,
            _ => "\0",
        };
        let by_address = || {
            let whole = format!("/{}", joined(base, path));
            let slash = if path.ends_with('/') && whole.len() > 1 { "/" } else { "" };
            let is_content = self == Self::Content;
            places.iter().find(|place| {
                let address = self.address(place);
                let is_same = address == format!("{whole}{slash}");
                is_same || is_content && address.trim_matches('/') == whole.trim_matches('/')
            })
        };
        match self {
            Self::Files | Self::Content if !is_html => by_file().or_else(by_address),
            _ => by_address(),
        }
    }

    /// `place` as a page in `folder` links it, and whether in raw HTML.
    fn link(self, form: usize, from: &Place, place: &Place) -> (String, bool) {
        let up = "../".repeat(from.folder.matches('/').count());
        let by_file = format!("{up}{}", self.file(place));
        let address = self.address(place);
        let whole = format!("{}{address}", self.host());
        match form {
            0 | 1 => match self {
                Self::Files | Self::Content => (by_file, false),
                Self::Addresses => (address, false),
                Self::Middleman if form == 0 => (address, false),
                Self::Middleman => (format!("{up}{}", &address[1..]), false),
            },
            2 | 3 => (whole, false),
            4 => (whole, true),
            _ => (address, true),
        }
    }
}

/// `path` from `folder`, with `..` worked out.
fn joined(folder: &str, path: &str) -> String {
    let start = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in start.split('/').chain(path.split('/')).filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The targets of a text of links, each with whether it is raw HTML.
fn targets(text: &str) -> Vec<(String, bool)> {
    let lines = text.lines().filter_map(|line| {
        let html = line.strip_prefix("<a href=\"").and_then(|rest| rest.split('"').next());
        let plain = || line.strip_prefix("[x](").and_then(|rest| rest.split(')').next());
        html.map(|target| (target.to_owned(), true))
            .or_else(|| plain().map(|target| (target.to_owned(), false)))
    });
    lines.collect()
}

/// What happens to a link before it is written.
fn spoilt(target: &str, how: usize) -> String {
    match how {
        0 => target.replacen("kites", "Kites", 1).replacen("boats", "BOATS", 1),
        1 => target.replacen("kites", "kiets", 1).replacen("sub/", "sbu/", 1),
        2 => target.replace("sub/", "").replace("deep/", ""),
        _ => target.to_owned(),
    }
}

const PLACES: [Place; 9] = [
    Place { folder: "", name: None },
    Place { folder: "", name: Some("kites") },
    Place { folder: "", name: Some("boats") },
    Place { folder: "sub/", name: None },
    Place { folder: "sub/", name: Some("kites") },
    Place { folder: "sub/", name: Some("rope") },
    Place { folder: "sub/deep/", name: None },
    Place { folder: "sub/deep/", name: Some("anchors") },
    Place { folder: "other/", name: Some("boats") },
];

fn errors(handbook: &Handbook) -> usize {
    let run = handbook.run(&["lint", "--format", "json", "--exit-zero"]).exits(0);
    let json = run.json();
    let all = json["diagnostics"].as_array().expect("a list").clone();
    all.iter().filter(|found| found["severity"] == "error").count()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(30))]

    #[test]
    fn no_fix_breaks_a_link_of_a_site(
        maker in proptest::sample::select(vec![
            Maker::Files, Maker::Addresses, Maker::Middleman, Maker::Content,
        ]),
        links in proptest::collection::vec((0..9_usize, 0..9_usize, 0..6_usize, 0..9_usize, 0..3_usize), 1..25),
        used in proptest::collection::vec(proptest::bool::weighted(0.7), 9),
    ) {
        let places: Vec<Place> =
            PLACES.into_iter().zip(&used).filter(|(_, is_used)| **is_used).map(|(place, _)| place).collect();
        proptest::prop_assume!(!places.is_empty());
        let mut handbook = Handbook::new()
            .file("pmctl.toml", maker.settings())
            .file("data/features.yml", "{}\n")
            .file("data/stages.yml", "");
        let mut texts = Vec::new();
        for (number, from) in places.iter().enumerate() {
            let mut text = "# Page\n\n## Part\n".to_owned();
            for &(_, to, form, how, part) in links.iter().filter(|link| link.0 % places.len() == number) {
                let (target, is_html) = maker.link(form, from, &places[to % places.len()]);
                let part = ["", "#part", "#gone"][part];
                let target = format!("{}{part}", spoilt(&target, how));
                let link = match is_html {
                    true => format!("\n<a href=\"{target}\">x</a>\n"),
                    false => format!("\n[x]({target})\n"),
                };
                text.push_str(&link);
            }
            let path = format!("{}{}", maker.root(), maker.file(from));
            handbook = handbook.file(&path, &text);
            texts.push((from, path, text));
        }
        let before = errors(&handbook);
        for flags in [&["lint", "--fix", "--exit-zero"][..], &["lint", "--fix", "--exit-zero", "--unsafe-fixes"]] {
            let run = handbook.run(flags).exits(0);
            let mut new_texts = Vec::new();
            for (from, path, text) in &texts {
                let new = fs::read_to_string(handbook.path(path)).expect("a page");
                let (old_links, new_links) = (targets(text), targets(&new));
                proptest::prop_assert_eq!(old_links.len(), new_links.len());
                for ((old, is_html), (target, _)) in old_links.into_iter().zip(new_links) {
                    if old == target {
                        continue;
                    }
                    let leads = |target: &str| maker.leads(&places, from, target, is_html).map(|place| maker.file(place));
                    let (was, is) = (leads(&old), leads(&target));
                    let says = format!("{maker:?} {path}: {old} became {target}\n{}", run.stderr);
                    proptest::prop_assert!(is.is_some(), "{}", says);
                    proptest::prop_assert!(was.is_none() || was == is, "{}", says);
                    let is_own = is == Some(maker.file(from));
                    proptest::prop_assert!(!is_own || target.starts_with('#'), "{}", says);
                }
                new_texts.push(new);
            }
            proptest::prop_assert!(errors(&handbook) <= before);
            let again = handbook.run(flags).exits(0);
            proptest::prop_assert_eq!(again.stderr.as_str(), "");
            for ((_, path, _), text) in texts.iter().zip(new_texts) {
                proptest::prop_assert_eq!(fs::read_to_string(handbook.path(path)).expect("a page"), text);
            }
        }
    }
}
