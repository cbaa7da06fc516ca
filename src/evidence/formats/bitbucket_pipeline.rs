//! Bitbucket Pipelines: pipelines and their steps, by the API.

use serde::Deserialize;

use crate::evidence::family::ci::{self, State};
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Ci;
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct BitbucketPipeline;

impl Format for BitbucketPipeline {
    fn id(&self) -> &'static str {
        "bitbucket-pipeline"
    }

    fn about(&self) -> About {
        About {
            tool: "Bitbucket Pipelines (`/pipelines/`, `/pipelines/:uuid/steps/`)",
            recognised: "a pipeline with `build_number`, `state` and `target`, or `values` of such or of steps (`pipeline_step`)",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("the latest `completed_on`, or `created_on`")
                .commit("`target.commit.hash`"),
            source: "https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/",
            clean: "`state.result` is `SUCCESSFUL`; of steps each one's.",
            vacuous: "`values` is empty; fewer than `size`, or a `next`, for then there is another page; pipelines of several branches.",
            blank: Blanks::NONE,
            notes: &[
                "SUCCESSFUL, FAILED and ERROR are told as GitHub's words, STOPPED is cancelled, EXPIRED and NOT_RUN are skipped; a paused pipeline is still going.",
                "Of a list the latest by `build_number` counts. Bitbucket lists the oldest first: ask with `sort=-created_on`, and for all pages.",
                "Steps are jobs of `ci.jobs`; a list of them does not say how the pipeline ended.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first_of("values").unwrap_or(shape);
        let pipeline = one.has(&["build_number", "state", "target"]);
        Fit::sure(pipeline || one.text("type") == Some("pipeline_step") && one.has_map("state"))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        self.recognises(sniff) != Fit::No || sniff.json().is_some_and(|of| of.has_list("values"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Bitbucket Pipelines");
        let shape = input.sniff.json();
        let is_list = shape.is_some_and(|shape| shape.has_list("values"));
        let list: List<'_> = match is_list {
            true => input.json()?,
            false => List { size: None, next: None, values: vec![input.json()?] },
        };
        let held = list.values.len() as u64;
        if let Some(size) = list.size.filter(|size| *size > held) {
            let why =
                format!("The page holds {held} of {}. Fetch all pages.", counted(size, "entry"));
            reading.doubt(Rule::Unreadable, why);
        } else if text::said(&list.next).is_some() {
            let why = "The list goes on behind its `next`. Fetch all pages.";
            reading.doubt(Rule::Unreadable, why);
        }
        if list.values.first().is_some_and(|entry| entry.build_number.is_none()) {
            steps(&mut reading, &list.values);
            return Ok(reading);
        }
        let latest = ci::latest(
            &mut reading,
            &list.values,
            "pipelines",
            |entry| entry.build_number,
            |entry| [("branches", entry.target.as_ref().and_then(|of| text::said(&of.ref_name)))],
        );
        if let Some(latest) = latest {
            settle(&mut reading, latest);
        }
        Ok(reading)
    }
}

fn settle(reading: &mut Reading, pipeline: &Entry<'_>) {
    let (status, conclusion) = pipeline.state.state().told();
    let target = pipeline.target.as_ref();
    let ci = Ci {
        status,
        conclusion,
        branch: target.and_then(|target| text::said(&target.ref_name)),
        commit: target.and_then(|target| text::commit(&target.commit.as_ref()?.hash)),
        run: pipeline.build_number.map(|number| number.to_string()),
        ..Ci::default()
    };
    reading.produced_at = pipeline.at().map(ProducedAt::parse);
    reading.commit.clone_from(&ci.commit);
    reading.facts.ci = Some(ci);
}

fn steps(reading: &mut Reading, steps: &[Entry<'_>]) {
    let mut ci = Ci::default();
    for step in steps {
        let name = text::said(&step.name).unwrap_or_default();
        ci.add_job(&name, step.state.state().job(step.run_number.unwrap_or(1)));
    }
    reading.produced_at = steps.iter().filter_map(Entry::at).max().map(ProducedAt::parse);
    reading.facts.ci = Some(ci);
}

#[derive(Deserialize)]
struct List<'a> {
    size: Option<u64>,
    /// Where the next page is.
    #[serde(borrow)]
    next: Option<Str<'a>>,
    values: Vec<Entry<'a>>,
}

/// A pipeline or a step.
#[derive(Deserialize)]
struct Entry<'a> {
    build_number: Option<u64>,
    run_number: Option<u64>,
    #[serde(borrow)]
    name: Option<Str<'a>>,
    state: StateIn<'a>,
    target: Option<Target<'a>>,
    created_on: Option<Str<'a>>,
    completed_on: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct StateIn<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    result: Option<Named<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Target<'a> {
    #[serde(borrow)]
    ref_name: Option<Str<'a>>,
    commit: Option<Commit<'a>>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow)]
    hash: Option<Str<'a>>,
}

impl Entry<'_> {
    fn at(&self) -> Option<&str> {
        self.completed_on.as_deref().or(self.created_on.as_deref())
    }
}

impl StateIn<'_> {
    fn state(&self) -> State {
        let result = self.result.as_ref().and_then(|result| result.name.as_deref());
        match (self.name.as_deref(), result) {
            (Some("COMPLETED"), Some("SUCCESSFUL")) => State::SUCCESS,
            (Some("COMPLETED"), Some("STOPPED")) => State::CANCELLED,
            (Some("COMPLETED"), Some("EXPIRED" | "NOT_RUN" | "SKIPPED")) => State::SKIPPED,
            (Some("COMPLETED"), Some(_)) => State::FAILURE,
            (Some("COMPLETED"), None) => State::ENDED,
            (Some("IN_PROGRESS" | "RUNNING" | "BUILDING" | "PARSING"), _) => State::RUNNING,
            _ => State::QUEUED,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn pipeline(number: u32, state: &str, branch: &str) -> String {
        format!(
            r#"{{"type": "pipeline", "build_number": {number}, "state": {state}, "created_on": "2026-11-20T08:00:00Z",
            "target": {{"ref_name": "{branch}", "commit": {{"hash": "18f3e63d05582537db6d183d9d557be09e1f90c8"}}}}}}"#
        )
    }

    fn ended(result: &str) -> String {
        format!(r#"{{"name": "COMPLETED", "result": {{"name": "{result}"}}}}"#)
    }

    fn page(size: usize, values: &[String]) -> String {
        format!(r#"{{"page": 1, "pagelen": 10, "size": {size}, "values": [{}]}}"#, values.join(","))
    }

    #[test]
    fn what_is_no_success_never_reads_as_one() {
        let paused = r#"{"name": "IN_PROGRESS", "stage": {"name": "PAUSED"}}"#.to_owned();
        for (state, conclusion) in [
            (ended("SUCCESSFUL"), Some("success")),
            (ended("FAILED"), Some("failure")),
            (ended("STOPPED"), Some("cancelled")),
            (ended("EXPIRED"), Some("skipped")),
            (r#"{"name": "COMPLETED"}"#.to_owned(), None),
            (paused, None),
        ] {
            let ci = reading("bitbucket-pipeline", &pipeline(3, &state, "main")).facts.ci.unwrap();
            assert_eq!(ci.conclusion.as_deref(), conclusion, "{state}");
        }
    }

    #[test]
    fn the_latest_of_all_pages_counts() {
        let (new, old) =
            (pipeline(5, &ended("SUCCESSFUL"), "main"), pipeline(4, &ended("FAILED"), "main"));
        let branch = pipeline(4, &ended("SUCCESSFUL"), "next");
        proves(
            "bitbucket-pipeline",
            &[
                (&page(2, &[old.clone(), new.clone()]), ""),
                (&page(3, &[old, new.clone()]), "holds 2 of 3"),
                (&page(2, &[branch, new.clone()]), "of several branches"),
                (&page(1, &[new]).replace("\"size\": 1", "\"next\": \"u\""), "goes on behind"),
                (&page(0, &[]), "0 pipelines"),
            ],
        );
    }

    #[test]
    fn steps_are_jobs() {
        let step = |name: &str, result: &str| {
            format!(r#"{{"type": "pipeline_step", "name": "{name}", "state": {}}}"#, ended(result))
        };
        let text = page(2, &[step("Build", "SUCCESSFUL"), step("Test", "FAILED")]);
        let ci = reading("bitbucket-pipeline", &text).facts.ci.unwrap();
        assert_eq!(ci.jobs["Test"].conclusion.as_deref(), Some("failure"));
        assert_eq!(ci.conclusion, None);
    }
}
