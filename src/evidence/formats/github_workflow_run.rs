//! GitHub Actions runs: the webhook, one run of the REST API or `gh`, and pages of runs.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::family::github::{self, Run, Subject};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::{Reading, Rule, counted};

pub(super) struct GithubWorkflowRun;

impl Format for GithubWorkflowRun {
    fn id(&self) -> &'static str {
        "github-workflow-run"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub Actions (webhook `workflow_run`, REST runs, `gh run view`, `gh run list`)",
            recognised: "`workflow_run`, `workflow_runs` beside `total_count`, `run_number` beside `head_sha`, or gh's `headSha`",
            carries: &["ci"],
            tells: Tells::NOTHING.time("`updated_at`, or `created_at`").commit("`head_sha`"),
            source: "https://docs.github.com/en/rest/actions/workflow-runs",
            clean: "`conclusion` is `success`.",
            vacuous: "A list without a run; a list of several workflows' or branches' runs.",
            blank: Blanks::NONE,
            notes: &[
                "`conclusion` is absent until the run is completed; skipped and cancelled are no success.",
                "Of a list of runs of one workflow on one branch the latest attempt of the latest run counts; runs of several workflows or branches disagree, and so do runs that do not say of which they are.",
                "`gh run view --json` with `jobs` carries the jobs and their steps too.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(github::subject(sniff) == Some(Subject::Run))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let shape = input.sniff.json();
        let runs = if shape.is_some_and(|shape| shape.has(&["workflow_run"])) {
            vec![input.json::<Event<'_>>()?.workflow_run]
        } else if shape.is_some_and(|shape| shape.has(&["workflow_runs"])) {
            let page = input.json::<Page<'_>>()?;
            if page.total_count > page.workflow_runs.len() as u64 {
                let (held, total) = (page.workflow_runs.len(), page.total_count);
                reading.warn(format!("The page holds {held} of {}.", counted(total, "run")));
            }
            page.workflow_runs
        } else if github::is_slurped(input.sniff, "workflow_runs") {
            let pages: Vec<Page<'_>> = input.json()?;
            pages.into_iter().flat_map(|page| page.workflow_runs).collect()
        } else if shape.is_some_and(|shape| shape.is_map()) {
            vec![input.json()?]
        } else {
            input.json()?
        };
        latest(&mut reading, &runs);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    workflow_run: Run<'a>,
}

#[derive(Deserialize)]
struct Page<'a> {
    total_count: u64,
    #[serde(borrow)]
    workflow_runs: Vec<Run<'a>>,
}

/// The latest attempt of the latest run of one workflow.
fn latest(reading: &mut Reading, runs: &[Run<'_>]) {
    let Some(run) = runs.iter().rev().max_by_key(|run| order(run, runs)) else {
        reading.doubt(Rule::NothingRan, "The list holds 0 runs.");
        return;
    };
    if let Some(why) = several_workflows(runs).or_else(|| several_branches(runs)) {
        reading.doubt(Rule::Conflicting, why);
    } else if runs.iter().filter(|other| order(other, runs) == order(run, runs)).count() > 1 {
        let why = "Which run of the list is the latest cannot be told; ask for `number` too.";
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
