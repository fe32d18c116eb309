#!/usr/bin/env bash
# How long `pmctl lint` takes over a handbook's data, beside reading the same files with cat, and how much
# memory. Needs hyperfine, GNU time and python3.
#
# usage: benches/lint.sh [HANDBOOK] [PMCTL OPTION...]
#        without a handbook, one of the size of GitLab's is generated
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
cargo build --quiet --release --manifest-path "$here/Cargo.toml"
pmctl="$here/target/release/pmctl"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
if [ $# -gt 0 ]; then
  # The data alone, so that both sides read the same files.
  cp -r "$1/data" "$folder/data"
  shift
else
  python3 "$here/benches/generate.py" "$folder"
fi

files=("$folder"/data/*.yml)
du -ch "${files[@]}" | tail -n 1
hyperfine --shell=none --warmup 10 --runs 60 --ignore-failure --export-json "$folder/times.json" \
  --command-name cat "cat ${files[*]}" \
  --command-name "pmctl lint" "$pmctl lint -C $folder $*"
python3 - "$folder/times.json" <<'PY'
import json
import sys

cat, lint = (run["median"] * 1000 for run in json.load(open(sys.argv[1]))["results"])
print(f"median: cat {cat:.1f} ms, pmctl lint {lint:.1f} ms; allowed is 3 x cat + 20 ms = {3 * cat + 20:.1f} ms")
PY
/usr/bin/time -f 'peak memory: %M KiB (allowed: 65536)' "$pmctl" lint -C "$folder" "$@" >/dev/null || true
