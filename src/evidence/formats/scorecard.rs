//! OpenSSF Scorecard's JSON (`--format json`, and the API of securityscorecards.dev).

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Scorecard;

impl Format for Scorecard {
    fn id(&self) -> &'static str {
        "scorecard"
    }

    fn about(&self) -> About {
        About {
            tool: "OpenSSF Scorecard",
            recognised: "`scorecard` with `version`, beside `repo` and `checks`",
            carries: &["metrics"],
            tells: Tells::NOTHING
                .time("`date`")
                .version("`scorecard.version`")
                .commit("`repo.commit`"),
            source: "https://github.com/ossf/scorecard#formatting-results",
            clean: "Checks are listed with their scores.",
            vacuous: "0 checks, or none that came to a score.",
            blank: Blanks::NONE,
            notes: &[
                "A metric is a check by its name, `value` its score of 10; `score` is that of all.",
                "A score of -1 says that the check could not tell: the metric is there without a `value`, so that a condition over all checks is not answered. Where more checks could not tell than could, `score` has none either.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.at(&["scorecard", "version"]).is_some()
                && shape.has(&["repo"])
                && (sniff.partial || shape.has(&["checks"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "OpenSSF Scorecard");
        reading.tool_version = text::said(&report.scorecard.version);
        reading.produced_at = report.date.as_deref().map(ProducedAt::parse);
        reading.commit = text::commit(&report.repo.commit);
        let mut metrics = Metrics::default();
        let (mut told, mut unknown) = (0_u64, 0_u64);
        for check in report.checks.iter().flatten() {
            let name = check.name.as_deref().unwrap_or_default();
            match check.score.get().filter(|score| *score >= 0.0) {
                Some(score) => {
                    metrics.set(name, "value", score);
                    told += 1;
                }
                None => {
                    metrics.name(name);
                    unknown += 1;
                }
            }
        }
        if told == 0 {
            reading.doubt(Rule::NothingLookedAt, "No check of Scorecard came to a score.");
        }
        // That of all is of the checks that could tell.
        match report.score.get().filter(|score| *score >= 0.0 && told >= unknown) {
            Some(score) => metrics.set("score", "value", score),
            None => metrics.name("score"),
        }
        if unknown > 0 {
            reading.warn(format!("{} could not tell.", counted(unknown, "check")));
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    date: Option<Str<'a>>,
    repo: Repository<'a>,
    scorecard: Tool<'a>,
    #[serde(default)]
    score: Num,
    checks: Option<Vec<Check<'a>>>,
}

#[derive(Deserialize)]
struct Repository<'a> {
    #[serde(borrow)]
    commit: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Check<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(default)]
    score: Num,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_check_that_could_not_tell_has_no_score() {
        let report = |checks: &str| {
            format!(
                r#"{{"date": "2026-11-22", "repo": {{"name": "github.com/a/b", "commit": "4f2a9c1"}}, "scorecard":
                {{"version": "v5.0.0", "commit": "1"}}, "score": 7.1, "checks": [{checks}], "metadata": null}}"#
            )
        };
        let check = |name: &str, score: i64| format!(r#"{{"name": "{name}", "score": {score}}}"#);
        let both = report(&format!("{}, {}", check("License", 10), check("Fuzzing", -1)));
        let read = reading("scorecard", &both);
        let metrics = &read.facts.metrics.as_ref().unwrap().by_name;
        let names: Vec<&String> = metrics.keys().collect();
        assert_eq!(names, ["Fuzzing", "License", "score"]);
        assert!(metrics["Fuzzing"].is_empty());
        assert_eq!((metrics["License"]["value"], metrics["score"]["value"]), (10.0, 7.1));
        let mostly = [("License", 10), ("Fuzzing", -1), ("Vulnerabilities", -1)];
        let mostly = mostly.map(|(name, score)| check(name, score)).join(", ");
        let mostly = reading("scorecard", &report(&mostly)).facts.metrics.unwrap().by_name;
        assert!(mostly["score"].is_empty(), "of 1 check of 3");
        assert_eq!(read.commit.as_deref(), Some("4f2a9c1"));
        let none = "came to a score";
        proves(
            "scorecard",
            &[(&both, ""), (&report(&check("Fuzzing", -1)), none), (&report(""), none)],
        );
    }
}
