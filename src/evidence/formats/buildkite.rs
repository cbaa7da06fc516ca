//! Buildkite: builds, by the API.

use serde::Deserialize;

use crate::evidence::family::ci::{self, State};
use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::Ci;
use crate::model::{ProducedAt, Reading};

pub(super) struct Buildkite;

impl Format for Buildkite {
    fn id(&self) -> &'static str {
        "buildkite"
    }

    fn about(&self) -> About {
        About {
            tool: "Buildkite (`/builds`)",
            recognised: "a build, or a list of builds, with `number`, `state`, `commit`, `jobs` and `pipeline`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("`finished_at`, `started_at` or `created_at`")
                .commit("`commit`"),
            source: "https://buildkite.com/docs/apis/rest-api/builds",
            clean: "`state` is `passed`, and the build is not blocked.",
            vacuous: "A list without a build; a list of several pipelines' or several branches' builds.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Buildkite's one `state` is told as GitHub's two: `passed` is `success`, `failed` and `not_run` are as they say; a build that waits at a block step is still going, whatever its `state` says.",
                "Of a list the latest by `number` counts.",
                "A job that was retried counts by the one in its place, parallel ones by the worst; one that may fail (`soft_failed`) has still failed. Wait steps are no jobs.",
                "It holds the environment that the build was given: a report keeps no copy of it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first().unwrap_or(shape);
        Fit::sure(
            one.has(&["number", "state", "commit", "branch"])
                && one.has_list("jobs")
                && one.has_map("pipeline"),
        )
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Buildkite");
        reading.secrets = true;
        if input.sniff.json().is_some_and(Shape::is_map) {
            settle(&mut reading, &input.json()?);
            return Ok(reading);
        }
        let builds: Vec<Build<'_>> = input.json()?;
        let latest = ci::latest(
            &mut reading,
            &builds,
            "builds",
            |build| build.number,
            |build| [("pipelines", build.pipeline()), ("branches", text::said(&build.branch))],
        );
        if let Some(latest) = latest {
            settle(&mut reading, latest);
        }
        Ok(reading)
    }
}

fn settle(reading: &mut Reading, build: &Build<'_>) {
    let (status, conclusion) = build.state().map_or((None, None), State::told);
    let mut ci = Ci {
        status,
        conclusion,
        branch: text::said(&build.branch),
        commit: text::commit(&build.commit),
        url: text::said(&build.web_url),
        name: build.pipeline(),
        run: text::said(&build.id),
        ..Ci::default()
    };
    for job in build.jobs.iter().filter(|job| job.counts()) {
        let names = [&job.name, &job.label, &job.step_key];
        let name = names.into_iter().find_map(text::said).unwrap_or_default();
        ci.add_job(&name, job.state().job(1));
    }
    let times = [&build.finished_at, &build.started_at, &build.created_at];
    reading.produced_at = times.into_iter().find_map(|at| at.as_deref()).map(ProducedAt::parse);
    reading.commit.clone_from(&ci.commit);
    reading.facts.ci = Some(ci);
}

#[derive(Deserialize)]
struct Build<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    number: Option<u64>,
    state: Option<Str<'a>>,
    blocked: Option<bool>,
    branch: Option<Str<'a>>,
    commit: Option<Str<'a>>,
    web_url: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    started_at: Option<Str<'a>>,
    finished_at: Option<Str<'a>>,
    jobs: Vec<JobIn<'a>>,
    pipeline: Pipeline<'a>,
}

#[derive(Deserialize)]
struct Pipeline<'a> {
    #[serde(borrow)]
    slug: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct JobIn<'a> {
    #[serde(borrow)]
    r#type: Option<Str<'a>>,
    name: Option<Str<'a>>,
    label: Option<Str<'a>>,
    step_key: Option<Str<'a>>,
    state: Option<Str<'a>>,
    retried: Option<bool>,
}

impl Build<'_> {
    fn state(&self) -> Option<State> {
        let state = self.state.as_deref()?;
        Some(match state {
            "passed" if self.blocked == Some(true) => State::RUNNING,
            "passed" => State::SUCCESS,
            "failed" => State::FAILURE,
            "canceled" => State::CANCELLED,
            "skipped" | "not_run" => State::SKIPPED,
            "scheduled" | "creating" => State::QUEUED,
            _ => State::RUNNING,
        })
    }

    fn pipeline(&self) -> Option<String> {
        text::said(&self.pipeline.slug)
    }
}

impl JobIn<'_> {
    /// Whether it is a job, and none stands in its place.
    fn counts(&self) -> bool {
        self.r#type.as_deref() != Some("waiter") && self.retried != Some(true)
    }

    fn state(&self) -> State {
        match self.state.as_deref() {
            Some("passed" | "unblocked") => State::SUCCESS,
            Some("failed" | "timed_out" | "expired" | "unblocked_failed") => State::FAILURE,
            Some("canceled") => State::CANCELLED,
            Some("skipped" | "broken" | "waiting_failed" | "blocked_failed") => State::SKIPPED,
            Some("running" | "canceling" | "timing_out") => State::RUNNING,
            _ => State::QUEUED,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn build(number: u32, state: &str, jobs: &str) -> String {
        format!(
            r#"{{"id": "b{number}", "number": {number}, {state}, "branch": "main",
            "commit": "18f3e63d05582537db6d183d9d557be09e1f90c8", "pipeline": {{"slug": "shop"}}, "jobs": [{jobs}]}}"#
        )
    }

    const PASSED: &str = r#""state": "passed", "blocked": false"#;

    #[test]
    fn what_is_no_success_never_reads_as_one() {
        for (state, conclusion) in [
            (PASSED, Some("success")),
            (r#""state": "passed", "blocked": true"#, None),
            (r#""state": "blocked""#, None),
            (r#""state": "failing""#, None),
            (r#""state": "failed""#, Some("failure")),
            (r#""state": "not_run""#, Some("skipped")),
            (r#""state": "canceled""#, Some("cancelled")),
        ] {
            let ci = reading("buildkite", &build(4, state, "")).facts.ci.unwrap();
            assert_eq!(ci.conclusion.as_deref(), conclusion, "{state}");
        }
    }

    #[test]
    fn a_job_counts_by_the_one_in_its_place_and_parallel_ones_by_the_worst() {
        let job = |name: &str, state: &str, retried: bool| {
            format!(
                r#"{{"type": "script", "name": "{name}", "state": "{state}", "retried": {retried}}}"#
            )
        };
        let jobs = [
            job("test", "failed", true),
            job("test", "passed", false),
            job("e2e", "passed", false),
            job("e2e", "timed_out", false),
            r#"{"type": "waiter", "state": "finished"}"#.to_owned(),
        ];
        let ci = reading("buildkite", &build(4, PASSED, &jobs.join(","))).facts.ci.unwrap();
        assert_eq!(ci.jobs.len(), 2);
        assert_eq!(ci.jobs["test"].conclusion.as_deref(), Some("success"));
        assert_eq!(ci.jobs["e2e"].conclusion.as_deref(), Some("failure"));
    }

    #[test]
    fn the_latest_of_one_pipeline_counts() {
        let (new, old) = (build(5, PASSED, ""), build(4, "\"state\": \"failed\"", ""));
        let other = old.replace("\"slug\": \"shop\"", "\"slug\": \"site\"");
        proves(
            "buildkite",
            &[
                (&format!("[{new},{old}]"), ""),
                (&format!("[{new},{other}]"), "of several pipelines"),
                (&format!("[{new},{}]", old.replace("main", "next")), "of several branches"),
            ],
        );
    }
}
