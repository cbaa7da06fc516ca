//! The recipes for CI systems: each command of them is run as it stands, in a repository made for it.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::{Repo, at, manifest_dir};

const CONFIG: &str = "\
[[require]]
item = \"go/tests-pass\"
artifacts = [\"artifacts/junit.xml\"]
condition = \"tests.failed == 0\"

[gate]
fail-on = [\"contradicted\"]
";

/// A team whose tick is true, or not.
fn team(outcome: &str) -> Repo {
    let junit = format!(
        "<testsuite name=\"s\"><testcase name=\"a\"/><testcase name=\"b\">{outcome}</testcase></testsuite>"
    );
    Repo::new()
        .file("docs/LIST.md", "# Go\n\n- [x] Tests pass\n- [ ] Notes written\n")
        .file("trueup.toml", CONFIG)
        .file("src/main.rs", "fn main() {}\n")
        .file("artifacts/junit.xml", junit)
        .commit("a checklist", at("2026-01-05"))
}

fn document(path: &str) -> Vec<Value> {
    let text = fs::read_to_string(manifest_dir().join(path)).unwrap();
    serde_saphyr::from_multiple(&text).unwrap()
}

/// Runs a script as CI does, with the built binary first on the path.
fn bash(repo: &Repo, script: &str, variables: &BTreeMap<String, String>) -> Output {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_trueup")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .current_dir(repo.dir())
        .env_clear()
        .env("PATH", path)
        .env("HOME", repo.outside())
        // Else what counts the lines that ran would be written into the repository.
        .envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)))
        .envs(variables)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The shell blocks of a page of the book.
fn blocks(page: &str) -> Vec<String> {
    blocks_of(page, "sh")
}

/// The blocks in `language` of a page of the book.
fn blocks_of(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(manifest_dir().join("book/src").join(page)).unwrap();
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

/// The steps of `action.yml` that run something: name, script, and the variables as GitHub gives
/// them with the defaults of the inputs.
fn steps(repo: &Repo, result: &str) -> Vec<(String, String, BTreeMap<String, String>)> {
    let action = document("action.yml").remove(0);
    let given = |expression: &str| -> String {
        let name = expression.trim_start_matches("${{ ").trim_end_matches(" }}");
        match name {
            "github.action_path" => manifest_dir().display().to_string(),
            "runner.temp" => repo.outside().display().to_string(),
            "steps.judge.outputs.result" => result.to_owned(),
            "inputs.artifacts" => "artifacts\n".to_owned(),
            input => {
                let input = input.strip_prefix("inputs.").unwrap();
                action["inputs"][input]["default"].as_str().unwrap().to_owned()
            }
        }
    };
    let steps = action["runs"]["steps"].as_array().unwrap();
    let running = steps.iter().filter(|step| step["run"].is_string());
    let prepared = running.map(|step| {
        let pairs = step["env"].as_object().unwrap();
        let mut variables: BTreeMap<String, String> = pairs
            .iter()
            .map(|(name, value)| (name.clone(), given(value.as_str().unwrap())))
            .collect();
        for (name, file) in [("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")] {
            let path = repo.outside().join(file);
            variables.insert(name.to_owned(), path.display().to_string());
        }
        variables.insert("GITHUB_ACTIONS".to_owned(), "true".to_owned());
        let text = |key: &str| step[key].as_str().unwrap().to_owned();
        (text("name"), text("run"), variables)
    });
    prepared.collect()
}

#[test]
fn the_github_action_judges_reports_annotates_and_gates() {
    for (outcome, result, passes) in [("", "go", true), ("<failure/>", "no-go", false)] {
        let repo = team(outcome);
        for (name, script, variables) in steps(&repo, result) {
            let run = bash(&repo, &script, &variables);
            let told = format!("{name}: {} {}", text(&run.stdout), text(&run.stderr));
            let expected = if name == "Gate" { passes } else { true };
            assert_eq!(run.status.success(), expected, "{told}");
            let annotated = text(&run.stdout).contains("::error file=docs/LIST.md,line=3");
            assert_eq!(annotated, name == "Judge" && !passes, "{told}");
        }
        let outside = |name: &str| fs::read_to_string(repo.outside().join(name)).unwrap();
        assert_eq!(outside("output"), format!("result={result}\n"));
        assert_eq!(outside("summary").matches("## Readiness").count(), 1);
        assert!(outside("trueup.sarif").contains("2.1.0"));
        assert!(repo.dir().join("readiness/index.html").exists());
    }
}

/// An input that is not declared is empty, and one that is not used does nothing: neither is said.
#[test]
fn the_github_action_uses_the_inputs_that_it_declares() {
    let written = fs::read_to_string(manifest_dir().join("action.yml")).unwrap();
    let action = document("action.yml").remove(0);
    let declared = action["inputs"].as_object().unwrap();
    let ends = |letter: char| !(letter.is_alphanumeric() || letter == '-');
    let used: Vec<&str> =
        written.split("inputs.").skip(1).map(|rest| rest.split(ends).next().unwrap()).collect();
    for name in declared.keys() {
        assert!(used.contains(&name.as_str()), "{name} is declared and not used");
    }
    for name in used {
        assert!(declared.contains_key(name), "{name} is used and not declared");
    }
    let page = fs::read_to_string(manifest_dir().join("book/src/ci/github.md")).unwrap();
    assert!(
        declared.keys().all(|name| page.contains(&format!("| `{name}` |"))),
        "told in the book"
    );
}

#[test]
fn the_gitlab_component_keeps_its_reports_and_gates() {
    for (outcome, passes) in [("", true), ("<failure/>", false)] {
        let repo = team(outcome);
        let component = document("templates/readiness/template.yml");
        let job = &component[1]["readiness"];
        let lines = job["script"].as_array().unwrap().iter();
        let script: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
        let script = script.join("\n").replace("$[[ inputs.artifacts ]]", "artifacts");
        assert!(!script.contains("$[["), "{script}");
        let run = bash(&repo, &script, &BTreeMap::new());
        assert_eq!(run.status.success(), passes, "{}", text(&run.stderr));
        for report in ["codequality", "junit"] {
            let path = job["artifacts"]["reports"][report].as_str().unwrap();
            assert!(!repo.read(path).is_empty(), "{path}");
        }
        let again = repo.trueup(["check", "--artifacts", "artifacts"]).code(i32::from(!passes));
        assert!(!again.stdout().contains("stale ("), "what it wrote is no change of the code");
    }
}

#[test]
fn the_commands_of_the_pages_run_as_they_stand() {
    let base = BTreeMap::from([("BASE".to_owned(), "v1".to_owned())]);
    for page in ["ci/github.md", "ci/shell.md", "ci/pre-commit.md"] {
        let found = blocks(page);
        assert!(!found.is_empty(), "{page}");
        for script in found {
            let good = team("").tag("v1");
            let run = bash(&good, &script, &base);
            assert!(run.status.success(), "{page}: {script}\n{}", text(&run.stderr));
            let junit =
                "<testsuite name=\"s\"><testcase name=\"b\"><failure/></testcase></testsuite>";
            let worse = team("").tag("v1").file("artifacts/junit.xml", junit);
            let worse = worse.commit("it fails", at("2026-01-06"));
            let run = bash(&worse, &script, &base);
            assert_eq!(run.status.code(), Some(1), "{page}: {script}\n{}", text(&run.stdout));
        }
    }
}

/// A branch that GitLab checks out as it is, while its target went on: what that ticked meanwhile is
/// not lost by the branch.
#[test]
fn a_merge_request_is_compared_with_where_it_left_its_target() {
    let jobs: Value = serde_saphyr::from_str(&blocks_of("ci/gitlab.md", "yaml")[1]).unwrap();
    let script = jobs["readiness-regressions"]["script"][0].as_str().unwrap();
    let left = team("");
    let base = BTreeMap::from([("CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(), left.id("HEAD"))]);
    let list = |first: &str, second: &str| {
        format!("# Go\n\n- [{first}] Tests pass\n- [{second}] Notes written\n")
    };
    let target = left.branch("target");
    let target = target.file("docs/LIST.md", list("x", "x")).commit("ticked", at("2026-01-06"));
    let branch = target.check_out("main").file("src/main.rs", "fn main() { }\n");
    let branch = branch.commit("work", at("2026-01-07"));
    let run = bash(&branch, script, &base);
    assert!(run.status.success(), "{}", text(&run.stdout));
    let tip = BTreeMap::from([("CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(), branch.id("target"))]);
    assert_eq!(bash(&branch, script, &tip).status.code(), Some(1), "as the page warns");
    let worse = branch.file("docs/LIST.md", list(" ", " ")).commit("worse", at("2026-01-08"));
    assert_eq!(bash(&worse, script, &base).status.code(), Some(1));
}

const TYPECHECK: &str = "#!/bin/sh\ncat errors\n! [ -s errors ]\n";
const ONE_ERROR: &str =
    "src/a.ts(1,2): error TS2322: Type 'string' is not assignable to type 'number'.\n";

/// A team whose type check finds `errors`, in a pipeline of two jobs.
fn pipeline(errors: &str) -> Repo {
    let config = blocks_of("ci/jobs.md", "toml").remove(0);
    let repo = Repo::new()
        .file("docs/LIST.md", "# Code\n\n- [x] Types check\n")
        .file(
            "trueup.toml",
            format!("{config}\n[gate]\nfail-on = [\"contradicted\", \"unproven\"]\n"),
        )
        .file(".gitignore", "reports\nartifacts\nreadiness\n")
        .file("typecheck", TYPECHECK)
        .file("errors", errors);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let script = repo.dir().join("typecheck");
        fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
    }
    repo.commit("a checklist", at("2026-01-05"))
}

/// What happens to the reports between two jobs.
type Meddle = fn(&Repo);

/// What a job's script comes to, and what the second judges by: the reports of the first, under
/// `folder` as the CI system puts them, after `meddle` had them.
fn two_jobs(repo: &Repo, first: &str, second: &str, folder: &str, meddle: Meddle) -> Output {
    let run = bash(repo, first, &BTreeMap::new());
    assert!(run.status.success(), "{first}\n{}", text(&run.stderr));
    meddle(repo);
    let (made, handed) = (repo.dir().join("reports"), repo.dir().join(folder));
    if made != handed {
        fs::create_dir_all(handed.parent().unwrap()).unwrap();
        fs::rename(made, handed).unwrap();
    }
    bash(repo, second, &BTreeMap::new())
}

#[test]
fn a_pipeline_of_two_jobs_proves_by_seals_what_files_do_not_say() {
    let shell = blocks("ci/jobs.md");
    let [first, second] = shell.as_slice() else { panic!("{shell:?}") };
    let written: Vec<Value> = blocks_of("ci/jobs.md", "yaml")
        .iter()
        .map(|block| serde_saphyr::from_str(block).unwrap())
        .collect();
    let [github, gitlab] = written.as_slice() else { panic!("{written:?}") };
    let ran = |job: &str| -> String {
        let steps = github["jobs"][job]["steps"].as_array().unwrap().iter();
        steps.filter_map(|step| step["run"].as_str()).collect::<Vec<_>>().join("\n")
    };
    let script = |job: &str| -> String {
        let lines = gitlab[job]["script"].as_array().unwrap().iter();
        lines.map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
    };
    let pipelines = [
        (first.clone(), second.clone(), "artifacts/typecheck"),
        (ran("typecheck"), ran("readiness"), "artifacts/typecheck"),
        (script("typecheck"), script("readiness"), "reports"),
    ];
    let log = |repo: &Repo| repo.dir().join("reports/tsc.log");
    let cases: [(&str, Meddle, i32, &str); 4] = [
        ("", |_| (), 0, "Go."),
        (ONE_ERROR, |_| (), 1, "contradicted"),
        // A log that was emptied on the way, and one that was dropped.
        (
            ONE_ERROR,
            |repo| fs::write(repo.dir().join("reports/tsc.log"), "").unwrap(),
            1,
            "unproven",
        ),
        ("", |repo| fs::remove_file(repo.dir().join("reports/tsc.log")).unwrap(), 1, "unproven"),
    ];
    for (first, second, folder) in &pipelines {
        for (errors, meddle, code, told) in cases {
            let repo = pipeline(errors);
            let run = two_jobs(&repo, first, second, folder, meddle);
            let said = format!("{folder}: {told}\n{}{}", text(&run.stdout), text(&run.stderr));
            assert_eq!(run.status.code(), Some(code), "{said}");
            let summary = repo.read(".trueup/out/readiness.md");
            assert!(summary.to_lowercase().contains(&told.to_lowercase()), "{said}\n{summary}");
        }
    }
    let repo = pipeline("");
    bash(&repo, first, &BTreeMap::new());
    assert_eq!(fs::read_to_string(log(&repo)).unwrap(), "", "it is silent where nothing is wrong");
}

#[test]
fn the_settings_of_editors_start_the_server() {
    let lua = blocks_of("editors.md", "lua").remove(0);
    assert!(lua.contains("cmd = { 'trueup', 'lsp' }"), "{lua}");
    let helix: toml::Value = toml::from_str(&blocks_of("editors.md", "toml").remove(0)).unwrap();
    let server = &helix["language-server"]["trueup"];
    let code: Value = serde_json::from_str(&blocks_of("editors.md", "json").remove(0)).unwrap();
    let named = [
        (server["command"].as_str().unwrap(), server["args"][0].as_str().unwrap()),
        (
            code["glspc.server.command"].as_str().unwrap(),
            code["glspc.server.commandArguments"][0].as_str().unwrap(),
        ),
    ];
    for (program, argument) in named {
        assert_eq!(program, "trueup");
        team("").trueup([argument, "--help"]).code(0);
    }
}

#[test]
fn the_hooks_of_pre_commit_are_commands_that_there_are() {
    let hooks = document(".pre-commit-hooks.yaml").remove(0);
    for hook in hooks.as_array().unwrap() {
        let entry = hook["entry"].as_str().unwrap();
        let arguments: Vec<&str> = entry.split(' ').skip(1).chain(["--help"]).collect();
        team("").trueup(arguments).code(0);
    }
}
