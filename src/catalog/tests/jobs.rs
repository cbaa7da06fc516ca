//! Which jobs prove a line: those whose names say what it says, and nothing that nobody knows.

use super::{artifact, condition, proposed};
use crate::model::Artifact;

/// A run with a job of each of these names.
fn run(names: &[&str]) -> [Artifact; 1] {
    let job = |(at, name): (usize, &&str)| {
        format!(
            r#"{{"id": {at}, "run_id": 1, "name": "{name}", "status": "completed",
            "conclusion": "success", "steps": []}}"#
        )
    };
    let jobs: Vec<String> = names.iter().enumerate().map(job).collect();
    let text = format!(r#"{{"total_count": {}, "jobs": [{}]}}"#, names.len(), jobs.join(","));
    [artifact("artifacts/ci-jobs.json", &text)]
}

/// The jobs that are asked for.
fn asked(line: &str, names: &[&str], files: &[(&str, &str)]) -> Vec<String> {
    let condition = condition(line, &run(names), files).unwrap_or_default();
    let jobs = condition.split("ci.jobs[\"").skip(1);
    jobs.filter_map(|rest| Some(rest.split_once("\"]")?.0.to_owned())).collect()
}

#[test]
fn a_job_that_says_what_nobody_knows_proves_nothing() {
    for (line, others) in [
        (
            "Build passes",
            &["build-docs", "build (docs)", "build-storybook", "build-failed-notify", "build-off"]
                [..],
        ),
        ("Lint passes", &["lint-off", "lint (commits)", "lint-warn-only", "lint-docs", "no-lint"]),
        ("Linting passes with no errors", &["no-lint", "lint-no-errors"]),
        ("Type check passes", &["typecheck-examples", "typecheck-legacy", "types-publish"]),
        ("Smoke tests pass", &["smoke-mobile-disabled", "smoke (staging)", "smoke-skip"]),
        ("Database migrations tested", &["migrate-lint", "migrate-dry-run", "migrate-prod"]),
        ("Docker image builds", &["docker-build-cache", "docker-publish-dryrun", "docker-lint"]),
        ("Deployment automation", &["deploy-docs", "deploy-staging-preview"]),
        ("Code formatting check passes", &["format-docs", "information"]),
        ("Automated tests in CI", &["rollback-test", "image-test", "test-report"]),
        ("Backup jobs running", &["backup-cleanup", "backup-lint"]),
    ] {
        for name in others {
            assert_eq!(asked(line, &[name], &[]), [""; 0], "{line}: {name}");
        }
    }
    for name in
        ["rollback-notify", "rollback-docs", "test-rollback-script-lint", "rollback-on-failure"]
    {
        let draft = proposed("Rollback tested", &run(&[name]), &[]).unwrap().draft.unwrap();
        assert!(draft.condition.is_none() && draft.sign_off.is_some(), "{name}");
    }
    let lacks = proposed("Build passes", &run(&["build-docs"]), &[]).unwrap().lacks;
    assert!(lacks[0].contains("`build-docs` says what nobody knows"), "{lacks:?}");
}

#[test]
fn what_is_harmless_in_the_name_of_a_job_takes_nothing_away() {
    for (line, name) in [
        ("Build passes", "build"),
        ("Build passes", "CI / Build"),
        ("Build passes", "build (ubuntu-latest, node 20)"),
        ("Build passes", "build (macos-14, 3.12, x64)"),
        ("Build passes", "build (nightly)"),
        ("Build passes", "build_and_test"),
        ("Build passes", "Build & lint"),
        ("Lint passes", "lint-check"),
        ("Lint passes", "lint-code"),
        ("Lint passes", "ci:lint"),
        ("Type check passes", "type_check"),
        ("Smoke tests pass", "smoke-tests"),
        ("Database migrations tested", "test-migrations"),
        ("Docker image builds", "docker-build"),
        ("Deployment automation", "deploy-production"),
        ("Automated tests in CI", "integration-tests"),
        ("Rollback tested", "test-rollback"),
    ] {
        assert_eq!(asked(line, &[name], &[]), [name], "{line}: {name}");
    }
    assert_eq!(asked("Build passes", &["build-nightly"], &[]), [""; 0]);
}

#[test]
fn every_leg_and_shard_is_asked_and_both_halves() {
    let of = |names: &[&str]| asked("Build passes", names, &[]);
    let legs = ["build (ubuntu-latest)", "build (windows-2022)"];
    assert_eq!(of(&legs), legs);
    assert_eq!(of(&["build (ubuntu-latest)", "build (docs)"]), [""; 0]);
    assert_eq!(of(&["build", "build-docs"]), ["build"]);
    assert_eq!(of(&["build (1/2)", "build (2/2)"]), ["build (1/2)", "build (2/2)"]);
    assert_eq!(of(&["build (1/2)"]), [""; 0]);
    assert_eq!(of(&["build-backend", "build-frontend"]), ["build-backend", "build-frontend"]);
    assert_eq!(of(&["build-backend"]), [""; 0]);
    let front = asked("Frontend linting passes", &["lint-frontend", "lint-backend", "lint"], &[]);
    assert_eq!(front, ["lint-frontend"]);
}

#[test]
fn a_silent_tool_is_vouched_for_by_no_other_job() {
    let of = |job: &str| {
        let [jobs] = run(&[job]);
        let found = [artifact("artifacts/tsc.log", ""), jobs];
        let draft = proposed("No TypeScript errors", &found, &[]).unwrap().draft;
        draft.and_then(|draft| draft.artifacts[0].vouched_by.clone())
    };
    assert_eq!(
        of("typecheck").as_deref(),
        Some("ci.jobs[\"typecheck\"].conclusion == \"success\"")
    );
    assert_eq!(of("typecheck-examples"), None);
}
