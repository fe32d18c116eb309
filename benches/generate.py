#!/usr/bin/env python3
"""Writes a fictional handbook in GitLab's format of the size of the real one: 0.6 MB of YAML. With PAGES and
COMMITS, it gets so many direction pages, most with the date of their review, and a git repository with so many
commits, of which one in four touches a page and the others what else is in a site's repository.

usage: generate.py FOLDER [PAGES COMMITS]
"""
import datetime
import pathlib
import random
import subprocess
import sys

random.seed(1)
data = pathlib.Path(sys.argv[1]) / "data"
data.mkdir(parents=True, exist_ok=True)
words = "garden weather station library river harbour lantern orchard meadow signal bridge market".split()
tools = [f"{a}_{b}" for a in words for b in words if a != b][:60]


def sentence(length):
    return " ".join(random.choice(words) for _ in range(length))


stages = [f"stage_{n}" for n in range(20)]
categories = [f"category_{n}" for n in range(140)]
(data / "sections.yml").write_text("".join(f"section_{n}:\n  name: Section {n}\n" for n in range(10)))

out = []
for n, key in enumerate(categories):
    out.append(
        f'{key}:\n  name: "Category {n}"\n  stage: {stages[n % 20]}\n  description: "{sentence(60)}"\n'
        f"  direction: /direction/{key}/\n  documentation: https://docs.example.com/{key}\n"
        f"  marketing: false\n  available: 2019-01-01\n  viable: 2020-01-01\n  maturity: viable\n"
        f"  priority_level: high\n  feature_labels:\n    - label {n}\n"
    )
(data / "categories.yml").write_text("\n".join(out))

out = ["stages:\n"]
for n, key in enumerate(stages):
    out.append(
        f"  {key}:\n    display_name: Stage {n}\n    section: section_{n % 10}\n"
        f"    body: |\n      {sentence(200)}\n    groups:\n"
    )
    for group in range(3):
        mine = [c for at, c in enumerate(categories) if at % 20 == n and (at // 20) % 3 == group]
        out.append(f"      group_{n}_{group}:\n        name: Group\n        pm: TBD\n        categories:\n")
        out.extend(f"          - {c}\n" for c in mine)
        out.append("        ux:\n" + "".join(f"          - {sentence(2)}\n" for _ in range(3)))
(data / "stages.yml").write_text("".join(out))

out = ["features:\n"]
for n in range(600):
    out.append(
        f'  - title: "Feature {n}"\n    description: "{sentence(30)}"\n'
        f"    category:\n      - {random.choice(categories)}\n"
        f"    link: https://docs.example.com/feature/{n}\n"
        "    gitlab_core: false\n    gitlab_starter: true\n    gitlab_premium: true\n"
        "    gitlab_ultimate: true\n    gitlab_com: true\n"
    )
    out.extend(f"    {tool}: {random.choice(['true', 'false', 'partially'])}\n" for tool in random.sample(tools, 8))
(data / "features.yml").write_text("".join(out))

if len(sys.argv) > 2:
    pages, commits = int(sys.argv[2]), int(sys.argv[3])
    root = pathlib.Path(sys.argv[1])
    last_day = datetime.date(2026, 1, 31)
    files = {path.relative_to(root).as_posix(): path.read_text() for path in data.iterdir()}

    def page(n, day):
        head = f"# Page {n}\n\n"
        stamp = [
            f"- Content Last Reviewed: `{day}`\n",
            f"| **Stage** | **Content Last Reviewed** |\n| --- | --- |\n| Stage | `{day}` |\n",
            f"**Content last reviewed on {day}**\n",
            "",
        ][n % 4]
        body = "".join(f"\n## {sentence(4).capitalize()}\n\n" + "".join(f"{sentence(12)}\n" for _ in range(12)) for _ in range(8))
        return head + stamp + body

    def place(n):
        return f"source/direction/stage_{n % 20}/category_{n}/index.html.md"

    def commit(stream, day, changes):
        seconds = int(datetime.datetime.combine(day, datetime.time(12), datetime.UTC).timestamp())
        stream.write(f"commit refs/heads/main\ncommitter Ada Pear <ada@example.com> {seconds} +0000\ndata 6\nchange\n".encode())
        for path, text in changes.items():
            text = text.encode()
            stream.write(f"M 100644 inline {path}\ndata {len(text)}\n".encode() + text + b"\n")

    # The rest of the site: what a walk has to pass by.
    others = [f"sites/{words[n % 12]}/{words[n // 12 % 12]}/{n}.md" for n in range(pages * 10)]
    days = [last_day - datetime.timedelta(days=1000 * (commits - n) // commits) for n in range(commits)]
    files |= {path: sentence(40) + "\n" for path in others}
    files |= {place(n): page(n, days[0]) for n in range(pages)}
    subprocess.run(["git", "init", "-q", "-b", "main", root], check=True)
    fast_import = subprocess.Popen(["git", "-C", root, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    commit(fast_import.stdin, days[0], files)
    for at, day in enumerate(days[1:]):
        n = random.randrange(pages)
        path, text = (place(n), page(n, day)) if at % 4 == 0 else (random.choice(others), sentence(40) + "\n")
        commit(fast_import.stdin, day, {path: text})
    fast_import.stdin.close()
    assert fast_import.wait() == 0
    subprocess.run(["git", "-C", root, "reset", "-q", "--hard"], check=True)
