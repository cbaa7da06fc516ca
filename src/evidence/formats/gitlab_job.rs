//! GitLab jobs, by the API.

use serde::Deserialize;

use crate::evidence::family::gitlab;
use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::Ci;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GitlabJob;

impl Format for GitlabJob {
    fn id(&self) -> &'static str {
        "gitlab-job"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab CI (`/projects/:id/pipelines/:pipeline_id/jobs`)",
            recognised: "a job, or a list of jobs, with `stage`, `pipeline` and `allow_failure`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("the latest `finished_at` or `started_at`")
                .commit("`commit.id`, or `pipeline.sha`"),
            source: "https://docs.gitlab.com/api/jobs/",
            clean: "Every job's `status` is `success`.",
            vacuous: "A list without a job; jobs of several pipelines; a full page of 20, 50 or 100 jobs; no failed job of a pipeline that failed; a pipeline that a job started and that failed or was cancelled.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "GitLab's one `status` is told as GitHub's two: `failed` is `failure`, `canceled` is `cancelled`; what waits is `queued`.",
                "A job that was run again counts by its latest run; a job that may fail has still failed.",
                "A page does not say how many jobs there are: one of 20, GitLab's default, or of 100, its most, may be the first of several, and one without a failed job of a pipeline that failed is not whole.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first().unwrap_or(shape);
        Fit::sure(one.has(&["stage", "pipeline", "status"]) && one.has(&["allow_failure"]))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "GitLab CI");
        let single = input.sniff.json().is_some_and(Shape::is_map);
        let jobs: Vec<JobIn<'_>> = if single { vec![input.json()?] } else { input.json()? };
        let Some(first) = jobs.first() else {
            reading.doubt(Rule::NothingRan, "The list holds 0 jobs.");
            return Ok(reading);
        };
        if jobs.iter().any(|job| job.pipeline.id != first.pipeline.id) {
            reading.doubt(Rule::Conflicting, "The list holds jobs of several pipelines.");
        }
        if !single {
            not_all(&mut reading, &jobs);
        }
        let (status, conclusion) = match single {
            true => gitlab::state(first.status.as_deref()),
            false => gitlab::state(first.pipeline.status.as_deref()),
        };
        let mut ci = Ci {
            status,
            conclusion,
            branch: text::said(&first.r#ref),
            commit: first.commit(),
            url: text::said(if single { &first.web_url } else { &first.pipeline.web_url }),
            name: if single { text::said(&first.name) } else { None },
            run: first.pipeline.id.map(|id| id.to_string()),
            ..Ci::default()
        };
        for job in &jobs {
            let name = text::said(&job.name).unwrap_or_default();
            let mut known = gitlab::job(job.status.as_deref(), job.id);
            if let Some(status) = job.started_and_failed() {
                known.join(&gitlab::job(Some(status), job.id));
                let why = format!("A pipeline that `{name}` started is `{status}`.");
                reading.doubt(Rule::Conflicting, why);
            }
            ci.add_job(&name, known);
        }
        let times =
            jobs.iter().filter_map(|job| job.finished_at.as_deref().or(job.started_at.as_deref()));
        reading.produced_at = times.max().map(ProducedAt::parse);
        reading.commit.clone_from(&ci.commit);
        reading.facts.ci = Some(ci);
        Ok(reading)
    }
}

/// Doubts a list that may not hold all jobs of its pipeline.
fn not_all(reading: &mut Reading, jobs: &[JobIn<'_>]) {
    let failed = |status: &Option<Str<'_>>| status.as_deref() == Some("failed");
    let pipeline_failed = jobs.iter().any(|job| failed(&job.pipeline.status));
    if pipeline_failed && !jobs.iter().any(|job| failed(&job.status)) {
        let why = "The pipeline failed, and no job of the list did: some are missing.";
        reading.doubt(Rule::Unreadable, why);
    } else {
        gitlab::full_page(reading, jobs.len(), "jobs");
    }
}

#[derive(Deserialize)]
struct JobIn<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    r#ref: Option<Str<'a>>,
    web_url: Option<Str<'a>>,
    started_at: Option<Str<'a>>,
    finished_at: Option<Str<'a>>,
    commit: Option<Commit<'a>>,
    pipeline: Pipeline<'a>,
    /// Of a job that starts another pipeline (`/bridges`).
    downstream_pipeline: Option<Pipeline<'a>>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Pipeline<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    sha: Option<Str<'a>>,
    status: Option<Str<'a>>,
    web_url: Option<Str<'a>>,
}

impl JobIn<'_> {
    /// How the pipeline that it started ended, where it did not succeed: a job that does not wait for
    /// it (`strategy: depend`) has succeeded all the same.
    fn started_and_failed(&self) -> Option<&str> {
        let succeeded = self.status.as_deref() == Some("success");
        let status = self.downstream_pipeline.as_ref()?.status.as_deref()?;
        (succeeded && ["failed", "canceled"].contains(&status)).then_some(status)
    }

    fn commit(&self) -> Option<String> {
        let own = self.commit.as_ref().and_then(|commit| text::said(&commit.id));
        own.or_else(|| text::said(&self.pipeline.sha))
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_pipeline_that_a_job_started_counts_as_it_ended() {
        let bridge = |downstream: &str| {
            format!(
                r#"[{{"id": 1, "name": "deploy", "stage": "s", "allow_failure": false, "status": "success",
                "pipeline": {{"id": 1, "status": "success"}}, "downstream_pipeline": {downstream}}}]"#
            )
        };
        for (downstream, why) in [
            ("null", ""),
            (r#"{"id": 2, "status": "success"}"#, ""),
            (r#"{"id": 2, "status": "running"}"#, ""),
            (r#"{"id": 2, "status": "failed"}"#, "`deploy` started is `failed`"),
            (r#"{"id": 2, "status": "canceled"}"#, "`deploy` started is `canceled`"),
        ] {
            proves("gitlab-job", &[(&bridge(downstream), why)]);
        }
    }

    #[test]
    fn a_page_that_may_not_be_the_only_one_proves_nothing() {
        let list = |jobs: usize, pipeline: &str, last: &str| {
            let job = |id: usize| {
                let status = if id + 1 == jobs { last } else { "success" };
                format!(
                    r#"{{"id": {id}, "name": "j{id}", "stage": "s", "allow_failure": false, "status": "{status}",
                    "pipeline": {{"id": 1, "status": "{pipeline}"}}}}"#
                )
            };
            format!("[{}]", (0..jobs).map(job).collect::<Vec<_>>().join(","))
        };
        for (jobs, pipeline, last, why) in [
            (3, "success", "success", ""),
            (3, "failed", "failed", ""),
            (3, "failed", "success", "no job of the list did"),
            (19, "success", "success", ""),
            (20, "success", "success", "20 jobs, a full page"),
            (100, "running", "success", "100 jobs, a full page"),
        ] {
            proves("gitlab-job", &[(&list(jobs, pipeline, last), why)]);
        }
    }
}
