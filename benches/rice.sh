#!/usr/bin/env bash
# How long `pmctl rice` takes: 10,000 ideas with their sensitivity, beside reading and ranking them alone, and
# 10,000 draws over 200 ideas. Needs hyperfine and python3.
#
# usage: benches/rice.sh
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
cargo build --quiet --release --manifest-path "$here/Cargo.toml"
pmctl="${CARGO_TARGET_DIR:-$here/target}/release/pmctl"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
for count in 200 10000; do
  python3 - "$count" >"$folder/$count.csv" <<'PY'
import random
import sys

random.seed(1)
print("Idea,Reach,Impact,Confidence,Effort")
for n in range(int(sys.argv[1])):
    reach, impact = random.choice([10, 6, 3, 1.5, 0.5]), random.choice([3, 2, 1, 0.5, 0.25])
    print(f"Idea {n},{reach},{impact},{random.choice([100, 80, 50])}%,{random.randint(1, 48) / 4}")
PY
done
cd "$folder"
rice="$pmctl rice --format csv --today 2026-01-31 --from"
hyperfine --shell=none --warmup 3 --runs 20 --output null --export-json "$folder/runs.json" \
  --command-name "read and rank 10,000" "$rice 10000.csv" \
  --command-name "with sensitivity" "$rice 10000.csv --sensitivity" \
  --command-name "10,000 draws over 200" "$rice 200.csv --simulate 10000"
python3 - "$folder/runs.json" <<'PY'
import json
import sys

plain, sensitivity, draws = (run["median"] * 1000 for run in json.load(open(sys.argv[1]))["results"])
print(f"10,000 ideas: {plain:.0f} ms, with sensitivity {sensitivity:.0f} ms; allowed: 150 ms")
print(f"10,000 draws over 200 ideas: {draws:.0f} ms; allowed: 1000 ms")
sys.exit(None if sensitivity < 150 and draws < 1000 else "over a limit")
PY
