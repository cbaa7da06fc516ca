//! OSCAL assessment results: which objectives are satisfied.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::family::own;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level, Tally};
use crate::model::{ProducedAt, Reading, Rule, Timestamp};

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
            tells: Tells::NOTHING.time(
                "`end` or `start` of the oldest result that counts, else `metadata.last-modified`",
            ),
            source: "https://pages.nist.gov/OSCAL-Reference/models/latest/assessment-results/json-reference/",
            clean: "Findings are listed, and each target's state is `satisfied`.",
            vacuous: "0 findings: no objective was assessed.",
            blank: Blanks::NONE,
            notes: &[
                "A finding of OSCAL is an objective's outcome: `checks` counts them all, `findings` those that are `not-satisfied`, each an error.",
                "What trueup itself found is left out; of that alone nothing is proven, and nothing refuted.",
                "Of several results the latest by `start` counts for each target, and the oldest of those that count is the report's time.",
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
        let mut reading = Reading::by(self.id(), "OSCAL");
        let (stamp, newest) = newest(&assessed.results);
        let modified = assessed.metadata.as_ref().and_then(|metadata| metadata.modified.as_deref());
        reading.produced_at = stamp.or(modified).map(ProducedAt::parse);
        let mut findings = input.findings();
        let mut checks = Tally::default();
        let mut of_trueup = 0;
        for found in newest {
            if found.is_own() {
                of_trueup += 1;
                continue;
            }
            checks.total += 1;
            if !found.satisfied() {
                checks.failed += 1;
                findings.add(found.finding());
            }
        }
        own::settle(&mut reading, of_trueup, checks.total, "finding", "");
        if checks.total == 0 && of_trueup == 0 {
            reading.doubt(Rule::NothingLookedAt, "The results hold 0 findings.");
        }
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Of each target the newest finding, and the time of the oldest result that one of them is of: what
/// was assessed again counts anew, and what was not counts still.
fn newest<'o>(results: &'o [Outcomes<'_>]) -> (Option<&'o str>, Vec<&'o Found<'o>>) {
    let mut ordered: Vec<&Outcomes<'_>> = results.iter().collect();
    let start = |of: &Outcomes<'_>| Some(Timestamp::parse(of.start.as_deref()?)?.0);
    ordered.sort_by_key(|result| std::cmp::Reverse(start(result)));
    let (mut seen, mut counted, mut oldest) = (BTreeSet::new(), Vec::new(), None);
    for result in ordered {
        let of_result = result.findings.iter().flatten();
        let is_new = |of: &&Found<'_>| of.target.id.as_deref().is_none_or(|id| !seen.contains(id));
        let new: Vec<&Found<'_>> = of_result.filter(is_new).collect();
        if !new.is_empty() {
            oldest = result.end.as_deref().or(result.start.as_deref()).or(oldest);
        }
        seen.extend(new.iter().filter_map(|found| found.target.id.as_deref()));
        counted.extend(new);
    }
    (oldest, counted)
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
    #[serde(default)]
    props: Vec<Property<'a>>,
}

#[derive(Deserialize)]
struct Property<'a> {
    #[serde(borrow)]
    ns: Option<Str<'a>>,
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
    /// Whether trueup wrote it: its properties are in trueup's namespace.
    fn is_own(&self) -> bool {
        let own = |prop: &Property<'_>| {
            prop.ns.as_deref().is_some_and(|ns| ns.starts_with("urn:trueup:oscal:"))
        };
        self.props.iter().any(own)
    }

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

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_target_that_was_not_assessed_again_counts_still() {
        let result = |start: &str, findings: &[(&str, &str)]| {
            let findings: Vec<String> = findings
                .iter()
                .map(|(id, state)| {
                    format!(
                        r#"{{"title": "t", "target": {{"type": "objective-id", "target-id": "{id}",
                        "status": {{"state": "{state}"}}}}}}"#
                    )
                })
                .collect();
            format!(r#"{{"start": "{start}", "findings": [{}]}}"#, findings.join(","))
        };
        let counts = |results: &[String]| {
            let text =
                format!(r#"{{"assessment-results": {{"results": [{}]}}}}"#, results.join(","));
            let reading = reading("oscal-assessment-results", &text);
            let time = reading.produced_at.unwrap().raw;
            (reading.facts.checks.unwrap().total, reading.facts.findings.unwrap().total(), time)
        };
        let (early, late) = ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
        let first = result(early, &[("ac-2", "not-satisfied")]);
        let other = result(late, &[("au-3", "satisfied")]);
        let again = result(late, &[("ac-2", "satisfied")]);
        assert_eq!(counts(&[first.clone(), other]), (2, 1, early.to_owned()));
        assert_eq!(counts(&[again, first.clone()]), (1, 0, late.to_owned()));
        // Its text sorts behind that of the first, and it is older.
        let east = result("2026-01-01T09:00:00+12:00", &[("ac-2", "satisfied")]);
        assert_eq!(counts(&[east, first]), (1, 1, early.to_owned()));
    }
}
