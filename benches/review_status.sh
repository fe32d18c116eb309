#!/usr/bin/env bash
# How long `pmctl review-status` takes: without git beside `rg -i 'last reviewed'` over the same pages, which it
# looks for in the same folder, and for comparison when it is given each by its name; with git
# beside `git log` over the same repository, and with what it remembers of it. Needs hyperfine, git, ripgrep and
# python3.
#
# usage: benches/review_status.sh [REPOSITORY [PMCTL OPTION...]]
#        without a repository, a handbook with 1,000 pages and 10,000 commits is generated; a folder that is no
#        repository is copied and committed
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
cargo build --quiet --release --manifest-path "$here/Cargo.toml"
pmctl="${CARGO_TARGET_DIR:-$here/target}/release/pmctl"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
repository="$folder/repository"
if [ $# -gt 0 ]; then
  # A copy: what pmctl remembers is removed again and again.
  cp -r "$1" "$repository"
  shift
  if [ ! -e "$repository/.git" ]; then
    git -C "$repository" init -q
    git -C "$repository" add -A
    git -C "$repository" -c user.name=Ada -c user.email=ada@example.com commit -q -m all
  fi
else
  python3 "$here/benches/generate.py" "$repository" 1000 10000
fi
git -C "$repository" gc -q

# The day on which the generated handbook ends; --today goes before it.
export PMCTL_TODAY=2026-01-31
status="$pmctl review-status -C $repository $*"
# The same pages that pmctl reads: the folder they are in, and each by name.
cd "$repository"
pages="$($status --no-git --format json | python3 -c 'import json, os, shlex, sys
pages = [page["path"] for page in json.load(sys.stdin)["pages"]]
print(shlex.quote(os.path.commonpath(pages) or "."))
print(shlex.join(pages))')"
rg="rg -i 'last reviewed'"

$status --no-git --format csv | python3 -c 'import sys; print(len(list(sys.stdin)) - 1, "pages")'
printf '%s commits\n' "$(git rev-list --count HEAD)"
hyperfine --shell=none --warmup 5 --runs 40 --ignore-failure --output null --export-json "$folder/plain.json" \
  --command-name rg "$rg $(head -n 1 <<<"$pages")" \
  --command-name "rg by name" "$rg $(tail -n 1 <<<"$pages")" \
  --command-name "without git" "$status --no-git"
hyperfine --shell=none --warmup 2 --runs 15 --output null --export-json "$folder/cold.json" \
  --prepare "rm -rf $repository/.git/pmctl" \
  --command-name "git log" "git log --no-renames -c --name-only" \
  --command-name "cold" "$status"
hyperfine --shell=none --warmup 5 --runs 40 --output null --export-json "$folder/warm.json" \
  --command-name "warm" "$status"
python3 - "$folder" <<'PY'
import json
import sys


def medians(name):
    runs = json.load(open(f"{sys.argv[1]}/{name}.json"))["results"]
    return [run["median"] * 1000 for run in runs]


(rg, named, plain), (log, cold), (warm,) = medians("plain"), medians("cold"), medians("warm")
print(f"without git: {plain:.1f} ms, {plain / rg:.2f} times rg ({rg:.1f} ms); allowed: under 3 times; {plain / named:.2f} times rg given names")
print(f"cold: {cold:.1f} ms, {cold / log:.2f} times git log ({log:.1f} ms); allowed: 1 time")
print(f"warm: {warm:.1f} ms, {warm - plain:+.1f} ms beside without git; allowed: under +30 ms")
met = plain < 3 * rg and cold <= log and warm < plain + 30
sys.exit(None if met else "over a limit")
PY
