#!/usr/bin/env python3
"""Doubles one kind of input after the other and prints by how much pmctl takes longer: the exponent of its time, 1 where
it grows in proportion and 2 where it grows with the square. Time is that of the processor, so that a busy machine does no
harm.

usage: growth.py PMCTL [NAME ...]

Exit status: 1 if an exponent of a run that takes more than 0.3 s is above 1.5 or a run takes longer than 60 s, 2 if an
argument is wrong.
"""
import difflib
import math
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

# Which program is measured; set by main.
PMCTL = ""
TODAY = "2026-06-01"
# A run that takes longer is the last of its kind.
ENOUGH = 1.0
LONGEST = 60
# What is steep: an exponent above this, of a run that takes longer than these seconds.
STEEP, LEAST = 1.5, 0.3

GIT = dict(
    os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="Ada",
    GIT_AUTHOR_EMAIL="ada@example.com", GIT_COMMITTER_NAME="Ada", GIT_COMMITTER_EMAIL="ada@example.com",
    GIT_AUTHOR_DATE="2026-01-02T10:00:00Z", GIT_COMMITTER_DATE="2026-01-02T10:00:00Z",
)
INPUTS = {}


def growing(first, *args):
    """An input whose size begins at `first`, and the command that is run on it."""
    def register(write):
        INPUTS[write.__name__] = (first, args, write)
        return write
    return register


class TooLarge(OSError):
    """pmctl reads no larger file."""


def put(folder, files):
    for name, text in files.items():
        if len(text.encode()) > 8 << 20:
            raise TooLarge
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def git(folder, *args):
    subprocess.run(["git", "-C", folder, *args], env=GIT, check=True, capture_output=True)


def commit(folder):
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")


def lines(count, line):
    return "".join(line(n) for n in range(count))


DATED = "# Page\n\nLast reviewed: 2026-05-20\n\n"
LINT = ("lint", "--no-git")


def page(text):
    return {"data/features.yml": "", "direction/page.md": DATED + text}


def block(call):
    return f"<!-- pmctl:begin {call} -->\n<!-- pmctl:end -->\n\n"


def idea(n, more=""):
    return f"  i{n}: {{title: Idea {n}{more}, date: 2026-05-20, reach: 6, impact: 1, confidence: 80%, effort: {n % 9 + 1}}}\n"


@growing(500, "rice", "--no-git")
def near_names_in_ideas(folder, n):
    put(folder, {
        "data/features.yml": "",
        "data/categories.yml": lines(n, lambda i: f"category_number_{i:05}:\n  name: C{i}\n  maturity: viable\n"),
        "data/rice.yml": "ideas:\n" + lines(n, lambda i: idea(i, f", category: category_numbre_{i:05}")),
    })


@growing(500, *LINT)
def near_names_in_features(folder, n):
    put(folder, {
        "data/categories.yml": lines(n, lambda i: f"category_number_{i:05}:\n  name: C{i}\n  maturity: viable\n"),
        "data/features.yml": lines(n, lambda i: f"f{i}:\n  title: F{i}\n  category: category_numbre_{i:05}\n"),
    })


@growing(500, *LINT)
def unknown_fields(folder, n):
    put(folder, {"data/features.yml": "f:\n  title: F\n" + lines(n, lambda i: f"  titel_{i}: x\n")})


@growing(500, *LINT)
def summary_entries(folder, n):
    put(folder, {"SUMMARY.md": "# Contents\n\n" + lines(n, lambda i: f"* [Page {i}](pages/page-{i}.md)\n")})
    put(folder, {f"pages/page-{i}.md": f"# Page {i}\n" for i in range(n)})


@growing(500, *LINT)
def summary_without_pages(folder, n):
    put(folder, {"SUMMARY.md": "# Contents\n\n" + lines(n, lambda i: f"* [Page {i}](pages/page-{i}.md)\n")})


@growing(200, "generate", "--check", "--no-git")
def blocks_in_a_page(folder, n):
    block = "<!-- pmctl:begin feature_matrix columns=maturity -->\n<!-- pmctl:end -->\n\n"
    put(folder, page(lines(n, lambda i: f"## Part {i}\n\n{block}")))
    put(folder, {"data/features.yml": "a:\n  title: A\n"})


@growing(200, "generate", "--check", "--no-git")
def directives_in_a_page(folder, n):
    put(folder, page(lines(n, lambda i: f"## Part {i}\n\n{{{{generator:feature_matrix.columns=maturity}}}}\n\n")))
    put(folder, {"data/features.yml": "a:\n  title: A\n"})


@growing(500, "matrix", "feature_matrix", "--no-git")
def rows_of_a_matrix(folder, n):
    put(folder, {"data/features.yml": lines(n, lambda i: f"f{i}:\n  title: Feature {i}\n")})


@growing(200, "rice", "--no-git", "--chart", "chart.html")
def chart_items(folder, n):
    put(folder, {"data/features.yml": "", "data/rice.yml": "ideas:\n" + lines(n, idea)})


@growing(500, "rice", "--no-git")
def ideas(folder, n):
    put(folder, {"data/features.yml": "", "data/rice.yml": "ideas:\n" + lines(n, idea)})


@growing(500, "rice", "--no-git", "--format", "json")
def ideas_as_json(folder, n):
    ideas(folder, n)


@growing(500, "rice", "--no-git", "--capacity", "100000")
def ideas_within_capacity(folder, n):
    ideas(folder, n)


@growing(200, "rice", "--no-git")
def sections_with_estimates(folder, n):
    section = "\n\n| Reach | Impact | Confidence | Effort |\n| --- | --- | --- | --- |\n| 6 | 1 | 80% | 2 |\n\n"
    put(folder, page(lines(n, lambda i: f"## Idea {i}{section}")))


@growing(500, "rice", "--no-git")
def rows_with_estimates(folder, n):
    head = "| Title | Reach | Impact | Confidence | Effort |\n| --- | --- | --- | --- | --- |\n"
    put(folder, page(head + lines(n, lambda i: f"| Idea {i} | 6 | 1 | 80% | 2 |\n")))


@growing(2000, "rice", "--no-git", "--from", "sheet.csv")
def csv_rows(folder, n):
    put(folder, {"sheet.csv": "Title,Reach,Impact,Confidence,Effort\n" + lines(n, lambda i: f"Idea {i},6,1,80%,2\n")})


@growing(300, "review", "plan", "--no-git")
def pages_in_a_plan(folder, n):
    put(folder, {"data/features.yml": "", **{f"direction/p{i}.md": f"# P{i}\n\nLast reviewed: 2026-01-02\n" for i in range(n)}})


@growing(300, "review-status", "--no-git", "--format", "markdown")
def pages_in_a_digest(folder, n):
    pages_in_a_plan(folder, n)


@growing(300, "review-status", "--no-git", "--format", "ics")
def pages_in_a_calendar(folder, n):
    pages_in_a_plan(folder, n)


@growing(300, "review-status", "--no-git", "--by", "owner")
def pages_of_many_owners(folder, n):
    pages_in_a_plan(folder, n)
    put(folder, {"CODEOWNERS": lines(n, lambda i: f"/direction/p{i}.md @owner{i}\n")})


@growing(300, "review", "--dry-run", "--no-git", "--date", TODAY)
def pages_to_stamp(folder, n):
    pages_in_a_plan(folder, n)
    return [f"direction/p{i}.md" for i in range(n)]


@growing(60, *LINT)
def nested_folders(folder, n):
    put(folder, {"data/features.yml": "", "direction/page.md": DATED})
    deep = folder / "direction"
    for _ in range(n):
        deep = deep / "d"
        os.mkdir(deep)
    (deep / "page.md").write_text(DATED)


@growing(2000, "lint", "--changed-since", "main~1")
def one_rewritten_page(folder, n):
    put(folder, page(lines(n, lambda i: f"Line {i} of the old page\n")))
    commit(folder)
    put(folder, page(lines(n, lambda i: f"Line {i * 7 % n} of the new page\n")))
    commit(folder)


@growing(100, "lint", "--changed-since", "main~1")
def edited_renames(folder, n):
    text = lambda i, word: f"# Page {i}\n\nLast reviewed: 2026-05-20\n\n" + lines(20, lambda k: f"Sentence {k} of page {i}\n") + word
    put(folder, {"data/features.yml": "", **{f"direction/old-{i}.md": text(i, "old\n") for i in range(n)}})
    commit(folder)
    for i in range(n):
        os.remove(folder / f"direction/old-{i}.md")
    put(folder, {f"direction/new-{i}.md": text(i, "new\n") for i in range(n)})
    commit(folder)


@growing(300, *LINT)
def owner_patterns(folder, n):
    put(folder, {"data/features.yml": "", "CODEOWNERS": lines(n, lambda i: f"/direction/**/p{i}-*.md @o{i}\n")})
    put(folder, {f"direction/p{i}.md": DATED for i in range(n)})


@growing(300, "review-status", "--no-git")
def owner_patterns_of_pages(folder, n):
    owner_patterns(folder, n)


@growing(2000, *LINT)
def records(folder, n):
    put(folder, {"data/features.yml": lines(n, lambda i: f"f{i}:\n  title: Feature {i}\n")})


@growing(2000, *LINT)
def equal_titles(folder, n):
    put(folder, {"data/features.yml": lines(n, lambda i: f"f{i}:\n  title: Feature\n")})


@growing(2000, *LINT)
def equal_keys(folder, n):
    put(folder, {"data/features.yml": lines(n, lambda i: "f:\n  title: Feature\n")})


@growing(1000, *LINT)
def aliases(folder, n):
    put(folder, {"data/features.yml": "a: &a\n  title: A\n" + lines(n, lambda i: f"b{i}: *a\n")})


@growing(1000, *LINT)
def merged_keys(folder, n):
    put(folder, {"data/features.yml": "a: &a\n  title: A\n" + lines(n, lambda i: f"b{i}:\n  <<: *a\n  title: B{i}\n")})


@growing(500, *LINT)
def people_who_report(folder, n):
    chain = lines(n, lambda i: f"p{i}:\n  name: P{i}\n  role: Pilot\n  reports_to: p{(i + 1) % n}\n")
    put(folder, {"data/features.yml": "", "data/people.yml": chain})


@growing(500, *LINT)
def links_in_a_page(folder, n):
    put(folder, page(lines(n, lambda i: f"- [Link {i}](other.md)\n")))
    put(folder, {"direction/other.md": DATED})


@growing(300, *LINT)
def broken_links_with_near_names(folder, n):
    put(folder, page(lines(n, lambda i: f"- [Link {i}](page-numbre-{i}.md)\n")))
    put(folder, {f"direction/page-number-{i}.md": DATED for i in range(n)})


@growing(300, *LINT)
def broken_fragments(folder, n):
    put(folder, page(lines(n, lambda i: f"## Heading number {i}\n\n[x](#heading-numbre-{i})\n\n")))


@growing(500, *LINT)
def link_definitions(folder, n):
    put(folder, page(lines(n, lambda i: f"[Link][l{i}]\n") + "\n" + lines(n, lambda i: f"[l{i}]: page.md\n")))


@growing(500, *LINT)
def undefined_references(folder, n):
    put(folder, page(lines(n, lambda i: f"[Link][l{i}] [^n{i}]\n")))


@growing(500, *LINT)
def footnotes(folder, n):
    put(folder, page(lines(n, lambda i: f"Text[^n{i}]\n\n") + lines(n, lambda i: f"[^n{i}]: Note\n\n")))


@growing(1000, *LINT)
def equal_headings(folder, n):
    put(folder, page(lines(n, lambda i: "## Plans\n\nText\n\n")))


@growing(1000, *LINT)
def headings_that_are_numbered(folder, n):
    put(folder, page(lines(n, lambda i: f"## Plans {i % 7}-{i % 3}\n\n## Plans\n\n## Plans 1\n\n")))


@growing(1000, *LINT)
def table_rows(folder, n):
    put(folder, page("| A | B |\n| --- | --- |\n" + lines(n, lambda i: f"| {i} | x |\n")))


@growing(200, *LINT)
def tables(folder, n):
    put(folder, page(lines(n, lambda i: "| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n\n")))


@growing(300, *LINT)
def table_columns(folder, n):
    put(folder, page("|" + " A |" * n + "\n|" + " - |" * n + "\n" + ("|" + " x |" * n + "\n") * 3))


@growing(200, *LINT)
def nested_quotes(folder, n):
    put(folder, page(lines(20, lambda i: "> " * n + "text\n\n")))


@growing(200, *LINT)
def nested_lists(folder, n):
    put(folder, page(lines(n, lambda i: "  " * i + "- item\n")))


@growing(500, *LINT)
def nested_html(folder, n):
    put(folder, page("<div>" * n + "text" + "</div>" * n + "\n"))


@growing(60, *LINT)
def nested_flow(folder, n):
    put(folder, {"data/features.yml": "a: " + "[" * n + "]" * n + "\n" + lines(n, lambda i: f"b{i}: {'{a: ' * n}1{'}' * n}\n")})


for sign_name, sign in {
    "brackets": "[", "images": "![", "stars": "*a ", "underscores": "_a ", "backticks": "`" * 3 + "a`", "angles": "<a ",
    "comments": "<!-- ", "entities": "&amp", "tildes": "~~a ", "colons": "a::b ", "addresses": "http://a ", "braces": "{{ ",
    "percents": "<% ", "links": "[a](", "closed": "](", "issues": "#12 ", "dates": "reviewed 2026-01-02 ", "handles": "@a ",
    "marks": "<!-- pmctl:begin x ",
}.items():
    def line_of(folder, n, sign=sign):
        put(folder, page(sign * n + "\n"))
    line_of.__name__ = f"a_line_of_{sign_name}"
    growing(2000, *LINT)(line_of)


@growing(1000, *LINT)
def sentences_with_dates(folder, n):
    put(folder, page(lines(n, lambda i: f"It was last reviewed on 2026-01-{i % 28 + 1:02} by Ada.\n\n")))


@growing(500, *LINT)
def suppressions(folder, n):
    put(folder, page(lines(n, lambda i: "<!-- pmctl-ignore link-missing-file: it comes later -->\n[x](gone.md)\n\n")))


@growing(300, "lint", "--no-git", "--fix", "--dry-run")
def fixes_in_a_file(folder, n):
    put(folder, {"data/features.yml": lines(n, lambda i: f"f{i}:\n  title: F{i}\n  maturity: Viable\n")})


@growing(300, "lint", "--no-git", "--fix")
def slips_to_fix(folder, n):
    put(folder, {
        "data/categories.yml": lines(n, lambda i: f"c{i:05}:\n  name: C{i}\n  maturity: viable\n"),
        "data/features.yml": lines(n, lambda i: f"f{i}:\n  title: F{i}\n  category: [c{i:05}x]\n"),
    })


@growing(300, "lint", "--no-git", "--fix", "--dry-run")
def link_fixes_in_a_page(folder, n):
    put(folder, page(lines(n, lambda i: f"- [Link](Other-{i}.md)\n")))
    put(folder, {f"direction/other-{i}.md": DATED for i in range(n)})


@growing(300, "lint", "--no-git", "--fix", "--dry-run")
def pages_with_a_fix(folder, n):
    put(folder, {"data/features.yml": "", "direction/other.md": DATED})
    put(folder, {f"direction/p{i}.md": DATED + "[Link](Other.md)\n" for i in range(n)})


@growing(300, "lint", "--no-git", "--fix", "--dry-run")
def fixes_of_one_place(folder, n):
    record = "f{i}:\n  title: no\n  title: no\n  maturity: Viable\n"
    put(folder, {"data/features.yml": lines(n, lambda i: record.replace("{i}", str(i)))})


@growing(300, "lint", "--no-git", "--fix", "--unsafe-fixes", "--dry-run")
def unsafe_fixes(folder, n):
    put(folder, {"data/features.yml": lines(n, lambda i: f"f{i}:\n  titel: F{i}\n  maturity: Viable\n")})


@growing(300, "generate", "--check", "--no-git")
def people_of_a_page(folder, n):
    person = "p{i}:\n  name: P {i}\n  role: Pilot\n  reports_to: r{next}\n  manager_role_slug: r{i}\n"
    people = lines(n, lambda i: person.replace("{i}", str(i)).replace("{next}", str((i + 1) % n)))
    put(folder, page(block("team_members_list")))
    put(folder, {"data/people.yml": people})


@growing(300, "generate", "--check", "--no-git")
def near_names_in_blocks(folder, n):
    put(folder, page(lines(n, lambda i: block(f"feature_matrix columns=maturity team=team_{i:05}x"))))
    put(folder, {"data/teams.yml": lines(n, lambda i: f"team_{i:05}:\n  title: T{i}\n")})


@growing(300, "generate", "--check", "--no-git")
def names_far_off_in_blocks(folder, n):
    put(folder, page(lines(n, lambda i: block(f"product_team team=teh_taem_of_people_{i:05}"))))
    put(folder, {"data/teams.yml": lines(n, lambda i: f"the_team_of_people_{i:05}:\n  title: T{i}\n")})


@growing(300, "generate", "--check", "--no-git")
def blocks_of_categories(folder, n):
    put(folder, page(lines(n, lambda i: block(f"features_by_category category=c{i}"))))
    put(folder, {
        "data/categories.yml": lines(n, lambda i: f"c{i}:\n  name: C{i}\n  maturity: viable\n"),
        "data/features.yml": lines(n, lambda i: f"f{i}:\n  title: F{i}\n  category: [c{i}]\n"),
    })


@growing(300, *LINT)
def ignore_files(folder, n):
    put(folder, {"data/features.yml": "", **{f"direction/d{i}/page.md": DATED for i in range(n)}})
    put(folder, {f"direction/d{i}/.gitignore": "x\n*.tmp\n" for i in range(n)})


@growing(50, *LINT)
def owner_patterns_of_stars(folder, n):
    put(folder, page(""))
    put(folder, {"CODEOWNERS": lines(n, lambda i: f"/direction/{i}{'a*' * 2000} @ada\n")})


@growing(2000, "rice", "--no-git", "--format", "table", "--from", "sheet.csv")
def rows_as_a_table(folder, n):
    csv_rows(folder, n)


@growing(500, "lint", "--no-git", "--baseline", "baseline.json")
def known_findings(folder, n):
    put(folder, page(lines(n, lambda i: f"[x](gone-{i}.md)\n\n")))
    subprocess.run([PMCTL, "lint", "--no-git", "--write-baseline", "--baseline", "baseline.json", "--today", TODAY], cwd=folder, capture_output=True)


@growing(200, "priority-matrix", "--no-git")
def items_of_a_session(folder, n):
    items = lines(n, lambda i: f"      item{i}: {{title: Item {i}}}\n")
    votes = ", ".join(f"item{i}" for i in range(n))
    put(folder, {"data/features.yml": "", "data/votes.yml": (
        f"sessions:\n  s:\n    title: S\n    participants: [ada, bo]\n    votes_each: {n}\n    items:\n{items}"
        f"    importance:\n      ada: [{votes}]\n      bo: [{votes}]\n    feasibility:\n      ada: [{votes}]\n      bo: [{votes}]\n"
    )})


@growing(200, "priority-matrix", "--no-git")
def people_in_a_session(folder, n):
    people = ", ".join(f"Person {i}" for i in range(n))
    ballots = lines(n, lambda i: f"      Person {i}: [a]\n")
    put(folder, {"data/features.yml": "", "data/votes.yml": (
        f"sessions:\n  s:\n    title: S\n    participants: [{people}]\n    votes_each: 1\n    items:\n      a: {{title: A}}\n"
        f"    importance:\n{ballots}    feasibility:\n{ballots}"
    )})


@growing(100, *LINT)
def kinds_of_pages(folder, n):
    kinds = lines(n, lambda i: f'[[pages]]\nglob = "direction/p{i}.md"\nkind = "k{i}"\nsections = ["Goals", "Plans {i}"]\n')
    put(folder, {"data/features.yml": "", "pmctl.toml": kinds, **{f"direction/p{i}.md": DATED for i in range(n)}})


@growing(100, *LINT)
def sections_of_a_kind(folder, n):
    wanted = ", ".join(f'"Section number {i}"' for i in range(n))
    put(folder, page(lines(n, lambda i: f"## Section numbre {i}\n\n")))
    put(folder, {"pmctl.toml": f'[[pages]]\nglob = "direction/*.md"\nkind = "k"\nsections = [{wanted}]\n'})


@growing(100, *LINT)
def rule_overrides(folder, n):
    put(folder, {"data/features.yml": "", "pmctl.toml": lines(n, lambda i: f'[[lint.overrides]]\npaths = ["direction/p{i}.md"]\nrules = {{ review-date-missing = "allow" }}\n')})
    put(folder, {f"direction/p{i}.md": "# P\n" for i in range(n)})


@growing(300, *LINT)
def redirects(folder, n):
    chain = lines(n, lambda i: f"- sources:\n    - /a/{i}/\n  target: /a/{i + 1}/\n")
    put(folder, {"data/stages.yml": "stages: {}\n", "data/redirects.yml": chain, "source/direction/page.html.md": DATED + lines(n, lambda i: f"[x](/a/{i}/)\n")})


@growing(300, "review-status")
def commits(folder, n):
    put(folder, page(""))
    commit(folder)
    stream = ["reset refs/heads/main\nfrom refs/heads/main^0\n"]
    for i in range(n):
        text = DATED + f"Change {i}\n"
        stream.append(
            f"commit refs/heads/main\ncommitter Ada <ada@example.com> {1767348000 + i * 60} +0000\ndata 6\nchange\n"
            f"M 100644 inline direction/page.md\ndata {len(text)}\n{text}\n"
        )
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input="".join(stream).encode(), env=GIT, check=True, capture_output=True)
    git(folder, "reset", "-q", "--hard", "main")


def seconds(folder, args, more):
    """The processor's time of a run; None if it takes too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    limit = ["prlimit", f"--cpu={LONGEST}"] if shutil.which("prlimit") else []
    command = [*limit, PMCTL, *args, "--today", TODAY, *(more or [])]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 2):
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(write, args, size):
    """The processor's time for an input of this size; None if it takes too long."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pmctl-growth-"))
    try:
        more = write(folder, size)
        # The second run may find what the first one kept, and the first one has to fetch the files.
        runs = []
        for _ in range(2):
            subprocess.run(["rm", "-rf", folder / ".git" / "pmctl"], check=True)
            runs.append(seconds(folder, args, more))
        return None if None in runs else min(runs)
    finally:
        # Python's own way calls itself for each folder of a folder.
        subprocess.run(["rm", "-rf", folder], check=True)


def refuse(message):
    print(f"growth.py: {message}", file=sys.stderr)
    sys.exit(2)


def arguments():
    """The program and the names of inputs, as given on the command line; says what is wrong with them."""
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        sys.exit(0 if len(sys.argv) > 1 else 2)
    program, names = sys.argv[1], sys.argv[2:]
    if program in INPUTS:
        refuse(f"`{program}` is an input; name the program first: growth.py target/release/pmctl {program}")
    if not os.path.isfile(program):
        refuse(f"there is no program `{program}`; build it with `cargo build --release`")
    if not os.access(program, os.X_OK):
        refuse(f"`{program}` cannot be executed")
    try:
        version = subprocess.run([os.path.abspath(program), "--version"], capture_output=True, text=True, timeout=10)
        is_pmctl = version.returncode == 0 and version.stdout.startswith("pmctl ")
    except (OSError, subprocess.TimeoutExpired):
        is_pmctl = False
    if not is_pmctl:
        refuse(f"`{program}` is not pmctl")
    for name in names:
        if name not in INPUTS:
            near = difflib.get_close_matches(name, INPUTS, 1)
            help = f"did you mean `{near[0]}`?" if near else f"expected one of {', '.join(sorted(INPUTS))}"
            refuse(f"there is no input `{name}`; {help}")
    return os.path.abspath(program), names or list(INPUTS)


def main():
    global PMCTL
    PMCTL, names = arguments()
    nothing = measured(lambda folder, _: put(folder, page("")), LINT, 0) or 0
    is_bad = False
    print(f"{'input':32} {'size':>9} {'seconds':>8}  exponent")
    for name in names:
        size, args, write = INPUTS[name]
        last, exponent = None, None
        # Nothing here need grow further than this to show how it grows.
        for _ in range(9):
            try:
                took = measured(write, args, size)
            except (OSError, RecursionError):
                # The system takes no longer path or command, and pmctl no larger file.
                break
            if took is None:
                last, exponent, is_bad = (size, math.inf), math.inf, True
                break
            net = max(took - nothing, 1e-4)
            exponent = None if last is None else math.log2(net / last[1])
            last = (size, net)
            if net > ENOUGH or size > 2_000_000:
                break
            size *= 2
        is_steep = exponent is not None and exponent > STEEP and last[1] > LEAST
        is_bad |= is_steep
        if last is None:
            continue
        shown = "-" if exponent is None else f"{exponent:.2f}"
        print(f"{name:32} {last[0]:>9} {last[1]:>8.2f}  {shown}{'  steep' if is_steep else ''}", flush=True)
    sys.exit(is_bad)


if __name__ == "__main__":
    main()
