#!/usr/bin/env python3
"""Writes a fictional handbook in GitLab's format of the size of the real one: 0.6 MB of YAML.

usage: generate.py FOLDER
"""
import pathlib
import random
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
