//! GitLab pipelines, by the API and by webhook.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::gitlab;
use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::Ci;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GitlabPipeline;

impl Format for GitlabPipeline {
    fn id(&self) -> &'static str {
        "gitlab-pipeline"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab CI (`/projects/:id/pipelines`)",
            recognised: "a pipeline with `sha`, `ref` and `web_url` of `/pipelines/`; an event of `object_kind: pipeline`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("`finished_at`, `updated_at` or `created_at`")
                .commit("`sha`"),
            source: "https://docs.gitlab.com/api/pipelines/",
            clean: "`status` is `success`.",
            vacuous: "A list without a pipeline; a list of several branches' pipelines.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "GitLab's one `status` is told as GitHub's two: `failed` is `failure`, `canceled` is `cancelled`; what waits is `queued`.",
                "Of a list the latest by `id` counts; pipelines of several refs are not compared.",
                "\"Passed with warnings\" is a success of which a job failed that was allowed to: it is told as a warning. Ask for that job to be sure of it.",
                "Where the latest succeeded and the newest of another `source` of the same commit did not, neither counts.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first().unwrap_or(shape);
        let pipeline = one.has(&["sha", "ref", "status"])
            && one.text("web_url").is_some_and(|url| url.contains("/pipelines/"));
        Fit::sure(pipeline || shape.text("object_kind") == Some("pipeline"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "GitLab CI");
        let shape = input.sniff.json();
        if shape.is_some_and(|shape| shape.has(&["object_kind"])) {
            let event: Event<'_> = input.json()?;
            let mut ci = event.pipeline.ci();
            for job in &event.builds {
                ci.add_job(
                    &text::said(&job.name).unwrap_or_default(),
                    gitlab::job(job.status.as_deref(), job.id),
                );
            }
            settle(&mut reading, &event.pipeline, ci);
        } else if shape.is_some_and(Shape::is_map) {
            let pipeline: Pipeline<'_> = input.json()?;
            settle(&mut reading, &pipeline, pipeline.ci());
        } else {
            let pipelines: Vec<Pipeline<'_>> = input.json()?;
            match pipelines.iter().max_by_key(|pipeline| pipeline.id) {
                None => reading.doubt(Rule::NothingRan, "The list holds 0 pipelines."),
                Some(latest) => {
                    if pipelines.iter().any(|other| other.r#ref != latest.r#ref) {
                        reading
                            .doubt(Rule::Conflicting, "The list holds pipelines of several refs.");
                    }
                    if let Some(why) = overruled(&pipelines, latest) {
                        reading.doubt(Rule::Conflicting, why);
                    }
                    settle(&mut reading, latest, latest.ci());
                }
            }
        }
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, rename = "object_attributes")]
    pipeline: Pipeline<'a>,
    #[serde(default)]
    builds: Vec<Build<'a>>,
}

#[derive(Deserialize)]
struct Build<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
}

/// Another kind of pipeline of the same commit that did not succeed where the latest did: a schedule
/// runs other jobs than a push.
fn overruled(pipelines: &[Pipeline<'_>], latest: &Pipeline<'_>) -> Option<String> {
    let said = |word: &Option<Str<'_>>| word.as_deref().map(str::to_owned);
    let succeeded = |of: &Pipeline<'_>| of.status.as_deref() == Some("success");
    let mut newest: BTreeMap<Option<String>, &Pipeline<'_>> = BTreeMap::new();
    for pipeline in pipelines.iter().filter(|of| said(&of.sha) == said(&latest.sha)) {
        let known = newest.entry(said(&pipeline.source)).or_insert(pipeline);
        if pipeline.id > known.id {
            *known = pipeline;
        }
    }
    let (source, other) = newest.into_iter().find(|(_, of)| !succeeded(of))?;
    let (source, state) = (source.unwrap_or_default(), other.status.as_deref().unwrap_or("open"));
    (succeeded(latest) && other.source.is_some()).then(|| {
        format!("The latest pipeline succeeded, and that of the source {source} is {state}.")
    })
}

#[derive(Deserialize)]
struct Pipeline<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    sha: Option<Str<'a>>,
    r#ref: Option<Str<'a>>,
    status: Option<Str<'a>>,
    /// What started it: `push`, `schedule`.
    source: Option<Str<'a>>,
    #[serde(alias = "url")]
    web_url: Option<Str<'a>>,
    name: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    updated_at: Option<Str<'a>>,
    finished_at: Option<Str<'a>>,
    detailed_status: Option<Detailed<'a>>,
}

/// The status as GitLab's pages have it: of the API, and of an event.
#[derive(Deserialize)]
#[serde(untagged)]
enum Detailed<'a> {
    Told {
        #[serde(borrow)]
        group: Option<Str<'a>>,
    },
    Label(#[serde(borrow)] Str<'a>),
    Other(IgnoredAny),
}

impl Detailed<'_> {
    /// Whether a job failed that was allowed to.
    fn is_with_warnings(&self) -> bool {
        match self {
            Detailed::Told { group } => group.as_deref() == Some("success-with-warnings"),
            Detailed::Label(label) => label.contains("with warnings"),
            Detailed::Other(_) => false,
        }
    }
}

impl Pipeline<'_> {
    fn ci(&self) -> Ci {
        let (status, conclusion) = gitlab::state(self.status.as_deref());
        Ci {
            status,
            conclusion,
            branch: text::said(&self.r#ref),
            commit: text::said(&self.sha),
            url: text::said(&self.web_url),
            name: text::said(&self.name),
            run: self.id.map(|id| id.to_string()),
            ..Ci::default()
        }
    }
}

fn settle(reading: &mut Reading, pipeline: &Pipeline<'_>, ci: Ci) {
    let made = [&pipeline.finished_at, &pipeline.updated_at, &pipeline.created_at];
    reading.produced_at = made.into_iter().find_map(|time| time.as_deref()).map(ProducedAt::parse);
    reading.commit.clone_from(&ci.commit);
    if pipeline.detailed_status.as_ref().is_some_and(Detailed::is_with_warnings) {
        reading.warn("The pipeline passed with warnings: a job failed that was allowed to.");
    }
    reading.facts.ci = Some(ci);
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_job_that_was_allowed_to_fail_is_told() {
        let warned = |detailed: &str| {
            let pipeline = format!(
                r#"{{"id": 1, "sha": "a", "ref": "main", "status": "success", "detailed_status": {detailed},
                "web_url": "https://gitlab.com/o/r/-/pipelines/1"}}"#
            );
            reading("gitlab-pipeline", &pipeline).warnings.len()
        };
        assert_eq!(warned(r#"{"group": "success-with-warnings", "text": "Warning"}"#), 1);
        assert_eq!(warned(r#""passed with warnings""#), 1);
        for plain in [r#"{"group": "success"}"#, r#""passed""#, "null", "3"] {
            assert_eq!(warned(plain), 0, "{plain}");
        }
    }

    #[test]
    fn another_source_of_the_same_commit_is_not_overruled() {
        let pipeline = |id: u64, sha: &str, status: &str, source: &str| {
            format!(
                r#"{{"id": {id}, "sha": "{sha}", "ref": "main", "status": "{status}", "source": "{source}",
                "web_url": "https://gitlab.com/o/r/-/pipelines/{id}"}}"#
            )
        };
        let list = |latest: &str, other: &str| format!("[{latest},{other}]");
        let latest = pipeline(2, "a", "success", "schedule");
        proves(
            "gitlab-pipeline",
            &[
                (
                    &list(&latest, &pipeline(1, "a", "failed", "push")),
                    "of the source push is failed",
                ),
                (&list(&latest, &pipeline(1, "a", "success", "push")), ""),
                (&list(&latest, &pipeline(1, "b", "failed", "push")), ""),
                (&list(&latest, &pipeline(1, "a", "failed", "schedule")), ""),
            ],
        );
    }
}
