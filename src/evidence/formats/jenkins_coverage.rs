//! Jenkins: the coverage of a build, by the API of the Coverage and the JaCoCo plug-in.

use serde::Deserialize;

use crate::evidence::family::covered;
use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Coverage, Metrics, Share, Tally};
use crate::model::{Reading, Rule};

pub(super) struct JenkinsCoverage;

impl Format for JenkinsCoverage {
    fn id(&self) -> &'static str {
        "jenkins-coverage"
    }

    fn about(&self) -> About {
        About {
            tool: "Jenkins (`/coverage/api/json` of the Coverage plug-in, `/jacoco/api/json`)",
            recognised: "`projectStatistics` beside `qualityGates`; `lineCoverage` with `covered` and `missed` beside `instructionCoverage`",
            carries: &["coverage", "metrics", "thresholds"],
            tells: Tells::NOTHING,
            source: "https://plugins.jenkins.io/coverage/",
            clean: "Lines are counted (JaCoCo), or shares are told (Coverage), and every quality gate succeeded.",
            vacuous: "0 lines; no figure in `projectStatistics`.",
            blank: Blanks::NONE,
            notes: &[
                "The Coverage plug-in tells shares and no counts: they are `metrics.line.value` and so on, 0 to 100, and no `coverage`.",
                "A quality gate is a threshold; one that is inactive is in no count.",
                "What it tells of modified lines and files, and deltas, stand in `data` alone.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let lines = shape.get("lineCoverage");
            shape.has_map("projectStatistics") && shape.has_map("qualityGates")
                || lines.is_some_and(|of| of.has(&["covered", "missed"]))
                    && shape.has(&["instructionCoverage"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Jenkins");
        if input.sniff.json().is_some_and(|shape| shape.has_map("projectStatistics")) {
            shares(&mut reading, &input.json()?);
        } else {
            let counts: Counts = input.json()?;
            let share = |of: Count| Share {
                covered: of.covered,
                total: of.covered.saturating_add(of.missed),
            };
            let coverage = Coverage {
                lines: Some(share(counts.line_coverage)),
                branches: counts.branch_coverage.map(share),
                functions: counts.method_coverage.map(share),
                ..Coverage::default()
            };
            covered::settle(&mut reading, coverage);
        }
        Ok(reading)
    }
}

fn shares(reading: &mut Reading, answer: &Answer<'_>) {
    let mut metrics = Metrics::default();
    for (name, told) in &answer.project_statistics {
        let figure = told.trim().trim_end_matches('%').trim_start_matches('+');
        if let Some(figure) = text::number(figure) {
            metrics.set(name, "value", figure);
        }
    }
    if metrics.by_name.is_empty() {
        let why = "The coverage of the project tells no figure.";
        reading.doubt(Rule::NothingLookedAt, why);
    }
    let mut gates = Tally::default();
    for gate in answer.quality_gates.result_items.iter().flatten() {
        match gate.result.as_deref() {
            Some("INACTIVE") => {}
            result => gates.add(result == Some("SUCCESS"), || {
                text::said(&gate.quality_gate).unwrap_or_default()
            }),
        }
    }
    let overall = answer.quality_gates.overall_result.as_deref();
    if gates.failed == 0 && !matches!(overall, Some("SUCCESS" | "INACTIVE")) {
        let overall = overall.unwrap_or("not told");
        let why = format!("The result of all quality gates is {overall}, and no gate failed.");
        reading.doubt(Rule::Conflicting, why);
    }
    reading.facts.metrics = Some(metrics);
    reading.facts.thresholds = (gates.total > 0).then_some(gates);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(borrow)]
    project_statistics: Map<'a, Str<'a>>,
    quality_gates: Gates<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Gates<'a> {
    #[serde(borrow)]
    overall_result: Option<Str<'a>>,
    result_items: Option<Vec<Gate<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Gate<'a> {
    #[serde(borrow)]
    quality_gate: Option<Str<'a>>,
    result: Option<Str<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    line_coverage: Count,
    branch_coverage: Option<Count>,
    method_coverage: Option<Count>,
}

#[derive(Deserialize)]
struct Count {
    covered: u64,
    missed: u64,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Share;

    fn answer(statistics: &str, overall: &str, gates: &[&str]) -> String {
        let gate = |result: &&str| {
            format!(r#"{{"qualityGate": "Line", "result": "{result}", "threshold": 60.0}}"#)
        };
        let gates: Vec<String> = gates.iter().map(gate).collect();
        format!(
            r#"{{"projectStatistics": {{{statistics}}}, "projectDelta": {{}}, "qualityGates": {{"overallResult": "{overall}",
            "resultItems": [{}]}}}}"#,
            gates.join(",")
        )
    }

    const LINE: &str =
        r#""line": "88.44%", "loc": "1263", "complexity-density": "+49.72%", "x": "n/a""#;

    #[test]
    fn shares_are_metrics_and_gates_thresholds() {
        let facts = reading(
            "jenkins-coverage",
            &answer(LINE, "UNSTABLE", &["SUCCESS", "UNSTABLE", "INACTIVE"]),
        )
        .facts;
        let metrics = facts.metrics.unwrap();
        assert_eq!(metrics.by_name["line"]["value"], 88.44);
        assert_eq!(metrics.by_name["complexity-density"]["value"], 49.72);
        assert_eq!(metrics.by_name.len(), 3);
        let gates = facts.thresholds.unwrap();
        assert_eq!((gates.total, gates.failed), (2, 1));
        proves(
            "jenkins-coverage",
            &[
                (&answer(LINE, "SUCCESS", &["SUCCESS"]), ""),
                (&answer(LINE, "INACTIVE", &[]), ""),
                (&answer(LINE, "FAILED", &["SUCCESS"]), "is FAILED, and no gate failed"),
                (&answer("", "INACTIVE", &[]), "tells no figure"),
            ],
        );
    }

    #[test]
    fn jacoco_counts() {
        let of =
            |covered: u64, missed: u64| format!(r#"{{"covered": {covered}, "missed": {missed}}}"#);
        let text = |lines: String| {
            format!(
                r#"{{"lineCoverage": {lines}, "instructionCoverage": {}, "branchCoverage": {}}}"#,
                of(1, 1),
                of(3, 1)
            )
        };
        let coverage = reading("jenkins-coverage", &text(of(8, 2))).facts.coverage.unwrap();
        assert_eq!(coverage.lines, Some(Share { covered: 8, total: 10 }));
        assert_eq!(coverage.branches, Some(Share { covered: 3, total: 4 }));
        proves("jenkins-coverage", &[(&text(of(0, 0)), "0 lines of code")]);
    }
}
