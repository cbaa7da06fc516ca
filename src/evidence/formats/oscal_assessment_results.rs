//! OSCAL assessment results: which objectives are satisfied.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level, Tally};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct OscalAssessmentResults;

impl Format for OscalAssessmentResults {
    fn id(&self) -> &'static str {
        "oscal-assessment-results"
    }

    fn about(&self) -> About {
        About {
            tool: "OSCAL (assessment results)",
            recognised: "`assessment-results` with `results`",
            carries: &["checks", "findings"],
            tells: Tells::NOTHING
                .time("`end` or `start` of the latest result, else `metadata.last-modified`"),
            source: "https://pages.nist.gov/OSCAL-Reference/models/latest/assessment-results/json-reference/",
            clean: "Findings are listed, and each target's state is `satisfied`.",
            vacuous: "0 findings: no objective was assessed.",
            blank: Blanks::NONE,
            notes: &[
                "A finding of OSCAL is an objective's outcome: `checks` counts them all, `findings` those that are `not-satisfied`, each an error.",
                "Of several results the latest by `start` counts.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(|shape| shape.get("assessment-results"))
                .is_some_and(Shape::is_map),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let Document { results: assessed } = input.json()?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("OSCAL".to_owned());
        let latest = assessed.results.iter().max_by_key(|result| result.start.as_deref());
        let stamp = latest.and_then(|result| result.end.as_deref().or(result.start.as_deref()));
        let modified = assessed.metadata.as_ref().and_then(|metadata| metadata.modified.as_deref());
        reading.produced_at = stamp.or(modified).map(ProducedAt::parse);
        let mut findings = input.findings();
        let mut checks = Tally::default();
        for found in latest.and_then(|result| result.findings.as_ref()).into_iter().flatten() {
            checks.total += 1;
            if !found.satisfied() {
                checks.failed += 1;
                findings.add(found.finding());
            }
        }
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "The results hold 0 findings.");
        }
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, rename = "assessment-results")]
    results: Assessed<'a>,
}

#[derive(Deserialize)]
struct Assessed<'a> {
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
    results: Vec<Outcomes<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "last-modified")]
    modified: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Outcomes<'a> {
    #[serde(borrow)]
    start: Option<Str<'a>>,
    end: Option<Str<'a>>,
    findings: Option<Vec<Found<'a>>>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    target: Target<'a>,
}

#[derive(Deserialize)]
struct Target<'a> {
    #[serde(borrow, rename = "target-id")]
    id: Option<Str<'a>>,
    status: Status<'a>,
}

#[derive(Deserialize)]
struct Status<'a> {
    #[serde(borrow)]
    state: Option<Str<'a>>,
}

impl Found<'_> {
    fn satisfied(&self) -> bool {
        self.target.status.state.as_deref() == Some("satisfied")
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.target.id),
            title: self.title.as_deref().and_then(text::title),
            ..Finding::levelled(Level::Error)
        }
    }
}
