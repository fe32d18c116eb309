//! What ships around the command: the files for CI are well formed, and every call of pmctl in them is one that
//! pmctl understands.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common;
use crate::common::git::Git;
use crate::common::pmctl;
use crate::common::repository;
use crate::common::yaml::json_of_yaml;
use serde_json::Value;

fn text(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All texts in `value`, each with the key that it stands under.
fn texts<'v>(key: &'v str, value: &'v Value, found: &mut Vec<(&'v str, &'v str)>) {
    match value {
        Value::String(text) => found.push((key, text)),
        Value::Array(values) => values.iter().for_each(|value| texts(key, value, found)),
        Value::Object(map) => map.iter().for_each(|(key, value)| texts(key, value, found)),
        _ => {}
    }
}

/// The lines that call pmctl in the YAML file at `path`, in whatever scripts and hooks it has.
fn calls_in(path: &str) -> Vec<String> {
    // The first document of a component says what its inputs are.
    let file = text(path);
    let documents: Vec<Value> = file.split("\n---\n").map(json_of_yaml).collect();
    let mut found = Vec::new();
    for document in &documents {
        texts("", document, &mut found);
    }
    found
        .into_iter()
        .filter(|(key, _)| matches!(*key, "script" | "run" | "entry"))
        .flat_map(|(_, script)| script.lines())
        .map(str::trim)
        .filter(|line| line.starts_with("pmctl "))
        .map(str::to_owned)
        .collect()
}

/// The words of a call, with what the CI systems put in for variables and inputs.
fn words(call: &str) -> Vec<String> {
    let call = call
        .replace("$PMCTL_SCOPE", "--changed-since auto")
        .replace("\"${words[@]}\"", "--format github --changed-since auto --report sarif=x.sarif")
        .replace("$PMCTL_ARGS", "--fail-on warning")
        .replace("$[[ inputs.report ]]", "report.json")
        .replace("$[[ inputs.args ]]", "--fail-on warning");
    assert!(!call.contains('$'), "{call}");
    call.split_whitespace().skip(1).map(str::to_owned).collect()
}

const CALLERS: [&str; 6] = [
    ".pre-commit-hooks.yaml",
    "action.yml",
    "examples/ci/github-workflow.yml",
    "examples/ci/gitlab-ci.yml",
    "examples/ci/pre-commit-config.yaml",
    "templates/pmctl-lint.yml",
];

#[test]
fn pmctl_understands_every_call_of_itself() {
    for path in CALLERS {
        let calls = calls_in(path);
        assert!(!calls.is_empty(), "{path} calls no pmctl");
        for call in calls {
            let mut words = words(&call);
            // Flags are looked at before help is given.
            words.push("--help".to_owned());
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            pmctl(&words).run_in(&repository("")).exits(0).prints("Usage: pmctl");
        }
    }
}

#[test]
fn the_page_about_ci_calls_pmctl_as_it_is() {
    let page = text("docs/ci.md");
    let calls = page
        .lines()
        .map(|line| line.trim().trim_start_matches("- "))
        .filter(|line| line.starts_with("pmctl "));
    let mut count = 0;
    for call in calls {
        let mut words = words(call.split(['#', '>']).next().unwrap_or(call));
        words.push("--help".to_owned());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        pmctl(&words).run_in(&repository("")).exits(0);
        count += 1;
    }
    assert!(count > 2, "only {count} calls");
    // What the page says is shipped, is there.
    for path in
        page.split('`').filter(|word| CALLERS.contains(word) || word.starts_with("examples/"))
    {
        assert!(repository(path).exists(), "{path}");
    }
}

/// Runs `script` as a runner of GitHub does, in `folder`, with the real pmctl.
fn github_runs(script: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let pmctl = Path::new(env!("CARGO_BIN_EXE_pmctl")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    for name in ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    command.env("PATH", format!("{}:{path}", pmctl.display())).env("PMCTL_TODAY", common::TODAY);
    command.envs(variables.iter().copied()).output().expect("bash runs")
}

/// The script of the step called `name` of the action.
fn step(name: &str) -> String {
    let action = json_of_yaml(&text("action.yml"));
    let steps = action["runs"]["steps"].as_array().expect("steps");
    let step = steps.iter().find(|step| step["name"] == name).expect("the step");
    step["run"].as_str().expect("a script").to_owned()
}

/// A handbook with a finding that is older than the branch, and one of the branch.
fn branch() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "a:\n  title: A\n  titel: A\n").commit("2026-01-01T00:00:00Z");
    git.run(&["switch", "-q", "-c", "change"]);
    git.write("data/features.yml", "a:\n  title: A\n  titel: A\nb:\n  title: B\n  mautrity: x\n");
    git.commit("2026-01-02T00:00:00Z");
    git
}

#[test]
fn the_action_annotates_what_a_pull_request_changes_and_everything_after_a_push() {
    let script = step("Check the handbook");
    let git = branch();
    let run = |variables: &[(&str, &str)]| {
        let output = github_runs(&script, git.root(), variables);
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let (code, printed) = run(&[]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("::warning") && printed.contains("titel"), "{printed}");

    // Words of an input are words, and no patterns.
    let (code, printed) = run(&[("PMCTL_ARGS", "--fail-on warning --rule unknown-field")]);
    assert_eq!(code, Some(1), "{printed}");

    let sarif = [("PMCTL_SARIF", "out.sarif"), ("GITHUB_BASE_REF", "main")];
    let (code, printed) = run(&sarif);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("mautrity") && !printed.contains("titel"), "{printed}");
    let sarif = fs::read_to_string(git.path("out.sarif")).expect("a report");
    assert!(sarif.contains("mautrity"));
}

#[test]
fn the_action_builds_nothing_where_the_wanted_version_is_installed() {
    let script = step("Install pmctl");
    let git = branch();
    let version = env!("CARGO_PKG_VERSION");
    for wanted in ["", version] {
        let run = github_runs(&script, git.root(), &[("PMCTL_VERSION", wanted)]);
        assert!(run.status.success() && run.stderr.is_empty(), "{run:?}");
    }
    // What would be built is not, since this cargo only says what it is called with.
    let fake = git.beside("bin");
    fs::create_dir_all(&fake).expect("a folder");
    fs::write(fake.join("cargo"), "#!/bin/sh\necho cargo \"$@\"\n").expect("a script");
    let call = format!("chmod +x '{0}/cargo'; PATH='{0}':$PATH\n{script}", fake.display());
    let variables = [("PMCTL_VERSION", "9.9.9"), ("PMCTL_SOURCE", "https://example.org/a/pmctl")];
    let run = github_runs(&call, git.root(), &variables);
    assert_eq!(
        String::from_utf8_lossy(&run.stdout),
        "cargo install --locked --git https://example.org/a/pmctl --tag v9.9.9 pmctl\n"
    );
}

#[test]
fn every_input_of_the_component_and_the_action_is_used() {
    let component = text("templates/pmctl-lint.yml");
    let (spec, job) = component.split_once("\n---\n").expect("two documents");
    let spec = json_of_yaml(spec);
    for input in spec["spec"]["inputs"].as_object().expect("inputs").keys() {
        assert!(job.contains(&format!("$[[ inputs.{input} ]]")), "{input}");
    }
    let job = &json_of_yaml(job)["pmctl-lint"];
    assert_eq!(job["artifacts"]["when"], "always");
    let report = job["artifacts"]["reports"]["codequality"].as_str().expect("a report");
    assert!(
        job["script"][0].as_str().is_some_and(|call| call.contains(&format!("gitlab={report}")))
    );

    let action = text("action.yml");
    for input in json_of_yaml(&action)["inputs"].as_object().expect("inputs").keys() {
        assert!(action.contains(&format!("inputs.{input} ")), "{input}");
    }
    // What somebody else writes into a pull request never becomes part of a script.
    for name in ["Install pmctl", "Check the handbook"] {
        assert!(!step(name).contains("${{"), "{name}");
    }
}

#[test]
fn whoever_asks_for_what_changed_has_the_whole_history() {
    for path in ["examples/ci/gitlab-ci.yml", "templates/pmctl-lint.yml"] {
        let text = text(path);
        let job = json_of_yaml(text.split("\n---\n").last().expect("a document"));
        let job = job.as_object().and_then(|jobs| jobs.values().next()).expect("a job");
        assert_eq!(job["variables"]["GIT_DEPTH"], 0, "{path}");
        assert_eq!(job["image"]["entrypoint"], serde_json::json!([""]), "{path}");
    }
    let workflow = json_of_yaml(&text("examples/ci/github-workflow.yml"));
    assert_eq!(workflow["jobs"]["lint"]["steps"][0]["with"]["fetch-depth"], 0);
}

#[test]
fn the_hooks_come_in_pairs_that_build_pmctl_or_take_the_installed_one() {
    let hooks = json_of_yaml(&text(".pre-commit-hooks.yaml"));
    let hooks = hooks.as_array().expect("a list");
    assert_eq!(hooks.len(), 4);
    for [built, taken] in [[0, 2], [1, 3]] {
        let (built, taken) = (&hooks[built], &hooks[taken]);
        assert_eq!((&built["language"], &taken["language"]), (&"rust".into(), &"system".into()));
        for key in ["entry", "files", "pass_filenames", "name"] {
            assert_eq!(built[key], taken[key], "{key}");
        }
        let id = built["id"].as_str().expect("an id");
        assert_eq!(taken["id"], format!("{id}-system"));
        // The program that cargo installs has this name.
        assert!(built["entry"].as_str().is_some_and(|entry| entry.starts_with("pmctl ")));
    }
    let script = text(".ci/run");
    assert!(script.contains("\nstep bash tests/pre_commit.sh target/release/pmctl\n"));
}

#[test]
fn nothing_keeps_the_hooks_and_jobs_from_running_on_files_that_are_removed_or_renamed() {
    let mut hooks =
        json_of_yaml(&text(".pre-commit-hooks.yaml")).as_array().expect("a list").clone();
    let local = json_of_yaml(&text("examples/ci/pre-commit-config.yaml"));
    hooks.extend(local["repos"][0]["hooks"].as_array().expect("a list").clone());
    assert_eq!(hooks.len(), 6);
    for hook in hooks {
        // pre-commit skips a hook with a filter where a commit only removes files.
        assert_eq!(hook["always_run"], true, "{hook}");
        for filter in ["files", "exclude", "types", "types_or"] {
            assert!(hook[filter].is_null(), "{hook}");
        }
    }
    for path in
        ["examples/ci/gitlab-ci.yml", "templates/pmctl-lint.yml", "examples/ci/github-workflow.yml"]
    {
        let text = text(path);
        for filter in ["changes:", "exists:", "paths:", "paths-ignore:"] {
            assert!(!text.contains(filter), "{path} runs for some files only");
        }
    }
}

#[test]
fn the_image_is_built_of_files_that_are_there_and_runs_as_nobody_special() {
    let dockerfile = text("Dockerfile");
    let mut copied = Vec::new();
    for line in dockerfile.lines().filter(|line| line.starts_with("COPY ")) {
        if !line.contains("--from=") {
            let words: Vec<&str> = line.split(' ').skip(1).collect();
            copied.extend(words[..words.len() - 1].to_vec());
        }
    }
    assert!(copied.contains(&"src"), "{copied:?}");
    let ignored = text(".dockerignore");
    for path in &copied {
        assert!(repository(path).exists(), "{path}");
        assert!(ignored.lines().any(|line| line == format!("!{path}")), "{path} is left out");
    }
    // Whatever the sources take in of other folders has to be there when they are built.
    for name in ["examples/ci/gitlab-ci.yml", "examples/ci/github-workflow.yml"] {
        assert!(text("src/cli/init.rs").contains(&format!("include_str!(\"../../{name}\")")));
        assert!(copied.contains(&"examples/ci"));
    }
    let toolchain = text("Cargo.toml");
    let version = toolchain.lines().find_map(|line| line.strip_prefix("rust-version = "));
    let version = version.expect("a version").trim_matches('"');
    assert!(dockerfile.contains(&format!("FROM rust:{version}-")), "the image has another Rust");
    let user = dockerfile.lines().rfind(|line| line.starts_with("USER "));
    assert_eq!(user, Some("USER pmctl"));
    assert!(dockerfile.contains("--uid 10001 pmctl"));
}
