#!/usr/bin/env bash
# Runs the hooks of .pre-commit-hooks.yaml with the real pre-commit, on a copy of the example:
#   tests/pre_commit.sh [PMCTL]
# Needs git, python3 with venv, and a package index for pip. The hooks that build pmctl are only validated, since
# that takes minutes; they differ from those that run here by their language alone.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-target/debug/pmctl}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'pre-commit>=4,<5'

# Nothing of whoever runs this.
export HOME="$work/home" PRE_COMMIT_HOME="$work/cache" GIT_CONFIG_NOSYSTEM=1 PMCTL_TODAY=2026-01-31
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org
export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
mkdir "$work/home" "$work/bin"
ln -s "$binary" "$work/bin/pmctl"

export PATH="$work/bin:$work/venv/bin:$PATH"

fail() {
    printf 'failed: %s\n' "$1" >&2
    cat "$work/output" >&2
    exit 1
}
# What a step has to do, and the command.
passes() { "${@:2}" >"$work/output" 2>&1 || fail "$1"; }
refused() { if "${@:2}" >"$work/output" 2>&1; then fail "$1"; fi; }
says() { grep -qF -- "$1" "$work/output" || fail "it does not say: $1"; }

passes 'the manifest is valid' pre-commit validate-manifest .pre-commit-hooks.yaml
passes 'the example of a configuration is valid' pre-commit validate-config examples/ci/pre-commit-config.yaml

# The hooks as a repository, and a handbook that uses them.
mkdir "$work/hooks"
cp .pre-commit-hooks.yaml "$work/hooks"
git -C "$work/hooks" init -q -b main
git -C "$work/hooks" add -A
git -C "$work/hooks" commit -q -m hooks
git -C "$work/hooks" tag v1
cp -R examples/handbook "$work/handbook"
cd "$work/handbook"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $work/hooks
    rev: v1
    hooks:
      - id: pmctl-generate-system
      - id: pmctl-lint-system
END
git init -q -b main
git add -A
git commit -q -m handbook
passes 'pre-commit installs itself' pre-commit install

passes 'a good handbook passes' pre-commit run --all-files
says 'pmctl lint'

echo 'A remark.' >>strategy/readers.md
passes 'a good change is committed' git commit -q -a -m good

sed -i.bak 's/^  product_team: .*/  product_team: nobody_at_all/' data/features.yml && rm data/features.yml.bak
refused 'a pointer to nothing is refused' git commit -q -a -m broken
says 'nobody_at_all'
git checkout -q HEAD -- .

sed -i.bak 's/^  title: Spine labels$/  title: Labels for spines/' data/features.yml && rm data/features.yml.bak
git diff --quiet && { : >"$work/output"; fail 'the example has no feature to rename'; }
refused 'generated text that is stale stops the commit' git commit -q -a -m stale
says 'files were modified by this hook'
passes 'brought up to date, it is committed' git commit -q -a -m fresh
git show --stat HEAD >"$work/output"
says 'reference/features.md'

git rm -q --cached data/features.yml && mv data/features.yml "$work/features.yml"
refused 'a data file that is removed is noticed' git commit -q -m removed
says 'data/features.yml'
git reset -q && git checkout -q -- .

printf '\nSee [the gallery](gallery.md).\n' >>strategy/readers.md
printf '# Gallery\n\nLast reviewed: 2026-01-30\n' >strategy/gallery.md
git add -A
passes 'a page and a link to it are committed' git commit -q -m gallery
git rm -q strategy/gallery.md
refused 'a page that is removed and linked is noticed' git commit -q -m gone
says 'gallery.md'
git reset -q && git checkout -q -- .
git mv strategy/gallery.md strategy/hall.md
refused 'so is one that is renamed' git commit -q -m renamed
says 'gallery.md'
git reset -q --hard

printf 'pre-commit runs the hooks\n'
