//! Azure Pipelines: builds, by the API.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::ci::{self, State};
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Ci;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct AzureBuild;

impl Format for AzureBuild {
    fn id(&self) -> &'static str {
        "azure-build"
    }

    fn about(&self) -> About {
        About {
            tool: "Azure Pipelines (`_apis/build/builds`)",
            recognised: "a build, or a list of builds under `value`, with `buildNumber`, `definition` and `sourceVersion`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("`finishTime`, `startTime` or `queueTime`")
                .commit("`sourceVersion`"),
            source: "https://learn.microsoft.com/en-us/rest/api/azure/devops/build/builds/get",
            clean: "`status` is `completed`, and `result` is `succeeded`.",
            vacuous: "A list without a build; a list of several pipelines' or several branches' builds.",
            blank: Blanks::NONE,
            notes: &[
                "Azure's `succeeded`, `failed` and `canceled` are told as GitHub's words; `partiallySucceeded` is a failure.",
                "Of a list the latest by `id` counts. Where it succeeded and the newest of another `reason` of the same commit did not, neither counts.",
                "The jobs stand in the build's timeline.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first_of("value").unwrap_or(shape);
        Fit::sure(one.has(&["buildNumber", "definition", "sourceVersion"]))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        self.recognises(sniff) != Fit::No || sniff.json().is_some_and(|of| of.has_list("value"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Azure Pipelines");
        if !input.sniff.json().is_some_and(|shape| shape.has_list("value")) {
            settle(&mut reading, &input.json()?);
            return Ok(reading);
        }
        let List { value: builds } = input.json()?;
        let latest = ci::latest(
            &mut reading,
            &builds,
            "builds",
            |build| build.id,
            |build| [("pipelines", build.pipeline()), ("branches", build.branch())],
        );
        if let Some(latest) = latest {
            if let Some(why) = overruled(&builds, latest) {
                reading.doubt(Rule::Conflicting, why);
            }
            settle(&mut reading, latest);
        }
        Ok(reading)
    }
}

fn settle(reading: &mut Reading, build: &Build<'_>) {
    let (status, conclusion) = build.state().map_or((None, None), State::told);
    let ci = Ci {
        status,
        conclusion,
        branch: build.branch(),
        commit: text::commit(&build.source_version),
        url: build.links.as_ref().and_then(|of| text::said(&of.web.as_ref()?.href)),
        name: build.definition.as_ref().and_then(|of| text::said(&of.name)),
        run: build.id.map(|id| id.to_string()),
        ..Ci::default()
    };
    let times = [&build.finish_time, &build.start_time, &build.queue_time];
    reading.produced_at = times.into_iter().find_map(text::said).map(|at| ProducedAt::parse(&at));
    reading.commit.clone_from(&ci.commit);
    reading.facts.ci = Some(ci);
}

/// Another kind of build of the same commit that did not succeed where the latest did: a schedule runs
/// other jobs than a push.
fn overruled(builds: &[Build<'_>], latest: &Build<'_>) -> Option<String> {
    let succeeded = |build: &Build<'_>| build.state().is_some_and(State::succeeded);
    let mut newest: BTreeMap<Option<&str>, &Build<'_>> = BTreeMap::new();
    for build in builds.iter().filter(|of| of.source_version == latest.source_version) {
        let known = newest.entry(build.reason.as_deref()).or_insert(build);
        if build.id > known.id {
            *known = build;
        }
    }
    let (reason, _) = newest.into_iter().find(|(_, build)| !succeeded(build))?;
    succeeded(latest).then(|| {
        let reason = reason.unwrap_or("none");
        format!("The latest build succeeded, and that of the reason {reason} did not.")
    })
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    value: Vec<Build<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Build<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    status: Option<Str<'a>>,
    result: Option<Str<'a>>,
    /// What started it: `individualCI`, `schedule`.
    reason: Option<Str<'a>>,
    queue_time: Option<Str<'a>>,
    start_time: Option<Str<'a>>,
    finish_time: Option<Str<'a>>,
    source_branch: Option<Str<'a>>,
    source_version: Option<Str<'a>>,
    definition: Option<Definition<'a>>,
    #[serde(rename = "_links")]
    links: Option<Links<'a>>,
}

#[derive(Deserialize)]
struct Definition<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Links<'a> {
    #[serde(borrow)]
    web: Option<Link<'a>>,
}

#[derive(Deserialize)]
struct Link<'a> {
    #[serde(borrow)]
    href: Option<Str<'a>>,
}

impl Build<'_> {
    fn state(&self) -> Option<State> {
        Some(match (self.status.as_deref()?, self.result.as_deref()) {
            ("completed", Some("succeeded")) => State::SUCCESS,
            ("completed", Some("failed" | "partiallySucceeded")) => State::FAILURE,
            ("completed", Some("canceled")) => State::CANCELLED,
            ("completed", _) => State::ENDED,
            ("inProgress" | "cancelling", _) => State::RUNNING,
            _ => State::QUEUED,
        })
    }

    fn branch(&self) -> Option<String> {
        let name = text::said(&self.source_branch)?;
        Some(name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned())
    }

    fn pipeline(&self) -> Option<String> {
        self.definition.as_ref().and_then(|of| of.id).map(|id| id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn build(id: u32, state: &str, more: &str) -> String {
        format!(
            r#"{{"id": {id}, "buildNumber": "20261120.{id}", {state}, "sourceBranch": "refs/heads/main",
            "sourceVersion": "18f3e63d05582537db6d183d9d557be09e1f90c8", "reason": "individualCI",
            "definition": {{"id": 4, "name": "shop"}}{more}}}"#
        )
    }

    fn list(builds: &[String]) -> String {
        format!(r#"{{"count": {}, "value": [{}]}}"#, builds.len(), builds.join(","))
    }

    const PASSED: &str = r#""status": "completed", "result": "succeeded""#;

    #[test]
    fn a_build_that_is_not_completed_is_no_success() {
        for (state, status, conclusion) in [
            (PASSED, "completed", Some("success")),
            (
                r#""status": "completed", "result": "partiallySucceeded""#,
                "completed",
                Some("failure"),
            ),
            (r#""status": "completed", "result": "canceled""#, "completed", Some("cancelled")),
            (r#""status": "completed", "result": "none""#, "completed", None),
            (r#""status": "inProgress""#, "in_progress", None),
            (r#""status": "notStarted""#, "queued", None),
        ] {
            let ci = reading("azure-build", &build(7, state, "")).facts.ci.unwrap();
            assert_eq!(
                (ci.status.as_deref(), ci.conclusion.as_deref()),
                (Some(status), conclusion)
            );
            assert_eq!(ci.branch.as_deref(), Some("main"));
        }
    }

    #[test]
    fn the_latest_of_one_pipeline_counts() {
        let failed = r#""status": "completed", "result": "failed""#;
        let (new, old) = (build(7, PASSED, ""), build(3, failed, ""));
        let read = reading("azure-build", &list(&[old, new.clone()]));
        assert_eq!(read.facts.ci.unwrap().conclusion.as_deref(), Some("success"));
        let scheduled = build(5, failed, "").replace("individualCI", "schedule");
        let of_another = build(5, PASSED, "").replace("\"id\": 4", "\"id\": 9");
        let branch = build(5, PASSED, "").replace("main", "next");
        proves(
            "azure-build",
            &[
                (&list(std::slice::from_ref(&new)), ""),
                (&list(&[new.clone(), scheduled]), "of the reason schedule did not"),
                (&list(&[new.clone(), of_another]), "of several pipelines"),
                (&list(&[new, branch]), "of several branches"),
                (&list(&[]), "0 builds"),
            ],
        );
    }
}
