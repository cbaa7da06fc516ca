//! Of a list of runs the one that counts, where they can be told apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::family::github::{self, Run};
use crate::model::{Reading, Rule, counted};

/// The latest attempt of the latest run of one workflow.
pub(super) fn settle(reading: &mut Reading, runs: &[Run<'_>]) {
    let Some(run) = runs.iter().rev().max_by_key(|run| order(run, runs)) else {
        reading.doubt(Rule::NothingRan, "The list holds 0 runs.");
        return;
    };
    if let Some(why) = several_workflows(runs).or_else(|| several_branches(runs)) {
        reading.doubt(Rule::Conflicting, why);
    } else if runs.iter().filter(|other| order(other, runs) == order(run, runs)).count() > 1 {
        let why = "Which run of the list is the latest cannot be told; ask for `number` too.";
        reading.doubt(Rule::Conflicting, why);
    } else if let Some(why) = overruled(runs, run) {
        reading.doubt(Rule::Conflicting, why);
    }
    let made = run.updated_at.as_deref().or(run.created_at.as_deref());
    reading.produced_at = github::latest(std::iter::once(made));
    github::settle(reading, run.facts());
}

/// Where a run stands among those of its workflow; `gh` writes only the keys that it is asked for,
/// and a key counts only where every run has it.
fn order<'r>(run: &'r Run<'_>, runs: &[Run<'_>]) -> (u64, &'r str, u64, u64) {
    let all = |has: fn(&Run<'_>) -> bool| runs.iter().all(has);
    let number = run.run_number.filter(|_| all(|run| run.run_number.is_some()));
    let created = run.created_at.as_deref().filter(|_| all(|run| run.created_at.is_some()));
    let id = run.id.filter(|_| all(|run| run.id.is_some()));
    (
        number.unwrap_or_default(),
        created.unwrap_or_default(),
        id.unwrap_or_default(),
        run.run_attempt.unwrap_or_default(),
    )
}

/// Why the success of the latest run says nothing of its commit: another event started a run of it that
/// did not succeed, or may have.
fn overruled(runs: &[Run<'_>], latest: &Run<'_>) -> Option<String> {
    let succeeded = |run: &Run<'_>| run.conclusion.as_deref() == Some("success");
    let idle = |run: &Run<'_>| matches!(run.conclusion.as_deref(), Some("skipped" | "neutral"));
    let commit = github::said(&latest.head_sha).filter(|_| succeeded(latest))?;
    let of_commit = runs.iter().filter(|run| run.head_sha.as_deref() == Some(commit.as_str()));
    let mut newest: BTreeMap<Option<String>, &Run<'_>> = BTreeMap::new();
    for run in of_commit.filter(|run| !is_attempt_at(run, latest)) {
        let known = newest.entry(github::said(&run.event)).or_insert(run);
        if order(run, runs) > order(known, runs) {
            *known = run;
        }
    }
    // A later run by the same event counts in the place of this; what is not told may be any.
    let event = github::said(&latest.event);
    let other = |of: &Option<String>| of.is_none() || *of != event;
    let mut others = newest.into_iter().filter(|(of, _)| other(of));
    let (event, other) = others.find(|(_, run)| !succeeded(run) && !idle(run))?;
    let state = other.conclusion.as_deref().filter(|word| !word.is_empty()).unwrap_or("open");
    Some(match event {
        Some(event) => {
            format!(
                "The latest run succeeded, and that of the event {event} of its commit is {state}; ask for one with `?event` or `--event`."
            )
        }
        None => format!(
            "The latest run succeeded, another of its commit is {state}, and they do not say by which \
             event they ran; ask for `event` too."
        ),
    })
}

/// Whether two are attempts at one run.
fn is_attempt_at(run: &Run<'_>, other: &Run<'_>) -> bool {
    let same = |a: Option<u64>, b: Option<u64>| a.is_some() && a == b;
    same(run.id, other.id) || same(run.run_number, other.run_number)
}

/// Why the runs of a list are not known to be of one workflow.
fn several_workflows(runs: &[Run<'_>]) -> Option<String> {
    let names: [fn(&Run<'_>) -> Option<String>; 4] = [
        |run| run.workflow_id.map(|id| id.to_string()),
        |run| github::said(&run.path),
        |run| github::said(&run.workflow_name),
        |run| github::said(&run.name),
    ];
    let told = names.iter().find_map(|name| runs.iter().map(name).collect::<Option<BTreeSet<_>>>());
    match told.map(|workflows| workflows.len() as u64) {
        Some(1) => None,
        None if runs.len() == 1 => None,
        Some(workflows) => Some(format!(
            "The list holds runs of {}; ask for one with `?workflow_id` or `--workflow`.",
            counted(workflows, "workflow")
        )),
        None => Some(
            "The runs of the list do not say of which workflow they are; ask for `workflowName` too."
                .to_owned(),
        ),
    }
}

/// Why the runs of a list are not known to be of one branch. Those of one commit need not tell.
fn several_branches(runs: &[Run<'_>]) -> Option<String> {
    let of = |name: fn(&Run<'_>) -> Option<String>| {
        runs.iter().map(name).collect::<Option<BTreeSet<String>>>()
    };
    let one_commit =
        of(|run| github::said(&run.head_sha)).is_some_and(|commits| commits.len() == 1);
    if runs.len() == 1 || one_commit {
        return None;
    }
    // A fork's branch may have the name of one here.
    let branch = |run: &Run<'_>| {
        let fork = run.head_repository.as_ref().and_then(|of| of.id).unwrap_or_default();
        github::said(&run.head_branch).map(|name| format!("{fork} {name}"))
    };
    match of(branch).map(|branches| branches.len() as u64) {
        Some(0 | 1) => None,
        Some(branches) => Some(format!(
            "The list holds runs of {}; ask for one with `?branch` or `--branch`.",
            counted(branches, "branch")
        )),
        None => Some(
            "The runs of the list do not say on which branch they ran; ask for `headBranch` too."
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn the_latest_run_of_a_list_counts_whatever_keys_it_has() {
        for (newer, older) in [
            (r#""number": 10"#, r#""number": 9"#),
            (r#""createdAt": "2026-11-22T10:00:00Z""#, r#""createdAt": "2026-11-22T09:00:00Z""#),
            (r#""databaseId": 10"#, r#""databaseId": 9"#),
            (r#""number": 9, "attempt": 2"#, r#""number": 9, "attempt": 1"#),
        ] {
            let run = |keys: &str, conclusion: &str| {
                format!(
                    r#"{{"headSha": "c", "workflowName": "CI", "status": "completed",
                    "conclusion": "{conclusion}", {keys}}}"#
                )
            };
            let (newer, older) = (run(newer, "failure"), run(older, "success"));
            for text in [format!("[{newer},{older}]"), format!("[{older},{newer}]")] {
                let reading = reading("github-workflow-run", &text);
                assert_eq!(reading.doubts, [], "{text}");
                let conclusion = reading.facts.ci.unwrap().conclusion;
                assert_eq!(conclusion.as_deref(), Some("failure"), "{text}");
            }
        }
    }

    #[test]
    fn another_event_of_the_same_commit_is_not_overruled() {
        let run = |number: u64, sha: &str, conclusion: &str, event: &str| {
            format!(
                r#"{{"headSha": "{sha}", "conclusion": "{conclusion}", "workflowName": "CI", "number": {number},
                "headBranch": "main"{event}}}"#
            )
        };
        let (push, nightly) = (r#", "event": "push""#, r#", "event": "schedule""#);
        let latest = run(3, "c", "success", nightly);
        for (others, why) in [
            (vec![run(2, "c", "failure", push)], "of the event push of its commit is failure"),
            (vec![run(2, "c", "", push)], "is open"),
            (vec![run(2, "c", "success", push), run(1, "c", "failure", push)], ""),
            (vec![run(2, "c", "skipped", push)], ""),
            (vec![run(2, "b", "failure", push)], ""),
            (vec![run(2, "c", "failure", nightly)], ""),
            (vec![run(3, "c", "failure", r#", "event": "schedule", "attempt": 0"#)], ""),
        ] {
            let latest = latest.replace("\"schedule\"", "\"schedule\", \"attempt\": 1");
            proves("github-workflow-run", &[(&format!("[{latest},{}]", others.join(",")), why)]);
        }
        let untold = format!("[{},{}]", run(2, "c", "success", ""), run(1, "c", "failure", ""));
        proves("github-workflow-run", &[(&untold, "ask for `event` too")]);
    }

    #[test]
    fn a_list_that_does_not_tell_its_runs_apart_proves_nothing() {
        let run = |keys: &str| format!(r#"{{"headSha": "c", "conclusion": "success"{keys}}}"#);
        let list = |a: &str, b: &str| format!("[{},{}]", run(a), run(b));
        let ci = r#", "workflowName": "CI", "number": 2"#;
        proves(
            "github-workflow-run",
            &[
                (&format!("[{}]", run("")), ""),
                (&list(ci, r#", "workflowName": "CI", "number": 1"#), ""),
                (&list(ci, r#", "workflowName": "Lint", "number": 1"#), "2 workflows"),
                (&list(r#", "number": 2"#, r#", "number": 1"#), "do not say of which workflow"),
                (&list(ci, ci), "cannot be told"),
            ],
        );
        let on = |branch: &str, sha: &str, number: u64| {
            format!(
                r#"{{"headSha": "{sha}", "conclusion": "success", "workflowName": "CI", "number": {number}{branch}}}"#
            )
        };
        let (main, other) = (r#", "headBranch": "main""#, r#", "headBranch": "dependabot/x""#);
        for (newer, older, why) in [
            (on(main, "c", 2), on(main, "b", 1), ""),
            (on(other, "c", 2), on(main, "b", 1), "2 branches"),
            (on("", "c", 2), on("", "b", 1), "do not say on which branch"),
            (on(other, "c", 2), on(main, "c", 1), ""),
        ] {
            proves("github-workflow-run", &[(&format!("[{newer},{older}]"), why)]);
        }
        let page = r#"{"total_count": 2, "workflow_runs": [{"id": 1, "head_sha": "c",
            "run_number": 1, "workflow_id": 3, "conclusion": "success"}]}"#;
        proves(
            "github-workflow-run",
            &[(&format!("[{page},{}]", page.replace("3", "4")), "2 workflows")],
        );
    }
}
