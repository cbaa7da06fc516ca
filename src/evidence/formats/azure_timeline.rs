//! Azure Pipelines: the timeline of a build, its jobs and their tasks, by the API.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::ci::State;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Ci, Job};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct AzureTimeline;

impl Format for AzureTimeline {
    fn id(&self) -> &'static str {
        "azure-timeline"
    }

    fn about(&self) -> About {
        About {
            tool: "Azure Pipelines (`_apis/build/builds/:id/timeline`)",
            recognised: "`records` of which the first has `parentId`, `type`, `state` and `result`",
            carries: &["ci"],
            tells: Tells::NOTHING.time("the latest `finishTime`"),
            source: "https://learn.microsoft.com/en-us/rest/api/azure/devops/build/timeline/get",
            clean: "Each job's `result` is `succeeded`.",
            vacuous: "No record of a job.",
            blank: Blanks::NONE,
            notes: &[
                "A job is a record of type `Job`, its steps are the tasks in it; of jobs of one name, in several stages, the worst counts.",
                "`succeededWithIssues` is a success that is told as a warning; `abandoned` is a failure.",
                "It tells neither a commit nor how the build ended: name the build itself beside it. The two join by the build that `url` names.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let first = sniff.json().and_then(|shape| shape.first_of("records"));
        Fit::sure(first.is_some_and(|one| one.has(&["parentId", "type", "state", "result"])))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let timeline: Timeline<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Azure Pipelines");
        let mut jobs: BTreeMap<&str, (String, Job)> = BTreeMap::new();
        for record in timeline.records.iter().filter(|record| record.is("Job")) {
            let name = text::said(&record.name).unwrap_or_default();
            if record.result.as_deref() == Some("succeededWithIssues") {
                reading.warn(format!("The job `{name}` succeeded with issues."));
            }
            let id = record.id.as_deref().unwrap_or_default();
            jobs.insert(id, (name, record.state().job(1)));
        }
        for record in timeline.records.iter().filter(|record| record.is("Task")) {
            let job = record.parent_id.as_deref().and_then(|id| jobs.get_mut(id));
            if let Some((_, job)) = job {
                let name = text::said(&record.name).unwrap_or_default();
                job.add_step(name, record.state().step());
            }
        }
        if jobs.is_empty() {
            reading.doubt(Rule::NothingRan, "The timeline holds no job.");
        }
        let mut ci = Ci { run: timeline.build(), ..Ci::default() };
        jobs.into_values().for_each(|(name, job)| ci.add_job(&name, job));
        let times = timeline.records.iter().filter_map(|record| record.finish_time.as_deref());
        reading.produced_at = times.max().map(ProducedAt::parse);
        reading.facts.ci = Some(ci);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Timeline<'a> {
    #[serde(borrow)]
    records: Vec<Record<'a>>,
    url: Option<Str<'a>>,
}

impl Timeline<'_> {
    /// The id of its build, out of `…/builds/1234/timeline/…`.
    fn build(&self) -> Option<String> {
        let (_, rest) = self.url.as_deref()?.split_once("/builds/")?;
        let id = rest.split(['/', '?']).next()?;
        id.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| id.to_owned())
            .filter(|id| !id.is_empty())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    parent_id: Option<Str<'a>>,
    r#type: Option<Str<'a>>,
    name: Option<Str<'a>>,
    finish_time: Option<Str<'a>>,
    state: Option<Str<'a>>,
    result: Option<Str<'a>>,
}

impl Record<'_> {
    fn is(&self, kind: &str) -> bool {
        self.r#type.as_deref() == Some(kind)
    }

    fn state(&self) -> State {
        match (self.state.as_deref(), self.result.as_deref()) {
            (Some("completed"), Some("succeeded" | "succeededWithIssues")) => State::SUCCESS,
            (Some("completed"), Some("canceled")) => State::CANCELLED,
            (Some("completed"), Some("skipped")) => State::SKIPPED,
            (Some("completed"), Some(_)) => State::FAILURE,
            (Some("completed"), None) => State::ENDED,
            (Some("inProgress"), _) => State::RUNNING,
            _ => State::QUEUED,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn tasks_are_steps_of_their_job() {
        let record = |id: &str, parent: &str, kind: &str, name: &str, result: &str| {
            format!(
                r#"{{"id": "{id}", "parentId": "{parent}", "type": "{kind}", "name": "{name}",
                "state": "completed", "result": "{result}"}}"#
            )
        };
        let records = [
            record("t", "j", "Task", "npm test", "failed"),
            record("s", "", "Stage", "Build", "failed"),
            record("j", "s", "Job", "Unit", "failed"),
            record("k", "s", "Job", "Lint", "skipped"),
        ];
        let url = "https://dev.azure.com/acme/shop/_apis/build/builds/31/timeline/96ac2280";
        let text = format!(r#"{{"records": [{}], "url": "{url}"}}"#, records.join(","));
        let ci = reading("azure-timeline", &text).facts.ci.unwrap();
        assert_eq!(ci.run.as_deref(), Some("31"));
        assert_eq!(ci.jobs["Lint"].conclusion.as_deref(), Some("skipped"));
        let steps = &ci.jobs["Unit"].steps;
        assert_eq!(steps["npm test"].conclusion.as_deref(), Some("failure"));
        let none = format!(r#"{{"records": [{}]}}"#, records[1]);
        proves("azure-timeline", &[(&none, "no job")]);
    }
}
