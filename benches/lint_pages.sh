#!/usr/bin/env bash
# How long `pmctl lint` takes over a handbook with all its pages: beside `rg -c ''` and `lychee --offline
# --include-fragments` over the same files, how much memory, and how it grows from 1,000 pages to 10,000. Needs
# hyperfine, ripgrep, lychee, GNU time and python3.
#
# usage: benches/lint_pages.sh [HANDBOOK FOLDERS [PMCTL OPTION...]]
#        FOLDERS are those of its pages and data, separated by commas; without a handbook, only the growth of generated
#        ones is measured
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
cargo build --quiet --release --manifest-path "$here/Cargo.toml"
pmctl="${CARGO_TARGET_DIR:-$here/target}/release/pmctl"
lychee="${LYCHEE:-lychee}"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
if [ $# -gt 0 ]; then
  cp -r "$1" "$folder/handbook"
  IFS=, read -ra folders <<<"$2"
  shift 2
  cd "$folder/handbook"
  hyperfine --shell=none --warmup 3 --runs 30 --ignore-failure --output null --export-json "$folder/times.json" \
    --command-name rg "rg -c '' ${folders[*]}" \
    --command-name "pmctl lint" "$pmctl lint -C . $*"
  # Without being told, lychee passes over pages that end in `.erb` and over data.
  kinds=md,html,erb,haml,yml,yaml,txt
  hyperfine --shell=none --warmup 1 --runs 10 --ignore-failure --output null --export-json "$folder/lychee.json" \
    --command-name lychee "$lychee --offline --include-fragments --no-progress --extensions $kinds --root-dir $folder/handbook/${folders[0]} ${folders[*]}"
  python3 - "$folder" <<'PY'
import json
import sys


def medians(name):
    runs = json.load(open(f"{sys.argv[1]}/{name}.json"))["results"]
    return [run["median"] * 1000 for run in runs]


(rg, lint), (lychee,) = medians("times"), medians("lychee")
print(f"pmctl lint {lint:.1f} ms: {lint / rg:.1f} times rg ({rg:.1f} ms; allowed: 3), {lychee / lint:.1f} times as fast as lychee ({lychee:.0f} ms; wanted: 3)")
PY
  /usr/bin/time -f 'peak memory: %M KiB (allowed: 102400)' "$pmctl" lint -C . "$@" >/dev/null || true
fi

for pages in 1000 10000; do
  python3 "$here/benches/generate.py" "$folder/$pages" "$pages" 1
done
hyperfine --shell=none --warmup 1 --runs 5 --ignore-failure --output null --export-json "$folder/growth.json" \
  --command-name "1,000 pages" "$pmctl lint -C $folder/1000 --no-git" \
  --command-name "10,000 pages" "$pmctl lint -C $folder/10000 --no-git"
python3 - "$folder/growth.json" <<'PY'
import json
import sys

few, many = (run["median"] * 1000 for run in json.load(open(sys.argv[1]))["results"])
print(f"1,000 pages {few:.0f} ms, 10,000 pages {many:.0f} ms: {many / few:.1f} times (allowed: 12)")
PY
