//! `rubocop --format json`, and Standard's.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::family::mended::mended;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct RubocopJson;

impl Format for RubocopJson {
    fn id(&self) -> &'static str {
        "rubocop-json"
    }

    fn about(&self) -> About {
        About {
            tool: "RuboCop, Standard",
            recognised: "`files` and `metadata` with `rubocop_version`, beside `summary`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`metadata.rubocop_version`"),
            source: "https://docs.rubocop.org/rubocop/formatters.html#json-formatter",
            clean: "Files were inspected and none has an offence.",
            vacuous: "0 files inspected; `offense_count` beyond what is listed; a run that changed files (an offence is `corrected`).",
            blank: Blanks::NONE,
            notes: &[
                "fatal and error are errors, warning a warning; convention, refactor and info are notes.",
                "An offence that RuboCop corrected itself is suppressed.",
                "Files of `target_file_count` that it did not come to inspect (`--fail-fast`, an interruption) are counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("files") && shape.at(&["metadata", "rubocop_version"]).is_some()
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "RuboCop");
        reading.tool_version = text::said(&report.metadata.version);
        let mut findings = input.findings();
        let mut held = 0;
        for file in &report.files {
            held += file.offenses.len() as u64;
            file.offenses.iter().for_each(|offence| findings.add(offence.finding(&file.path)));
        }
        let is_mended =
            |file: &&File<'_>| file.offenses.iter().any(|of| of.corrected == Some(true));
        mended(&mut reading, "RuboCop", report.files.iter().filter(is_mended).count() as u64);
        let Summary { offenses, inspected, targets } = report.summary;
        if inspected.unwrap_or(report.files.len() as u64) == 0 {
            reading.doubt(Rule::NothingLookedAt, "RuboCop inspected 0 files.");
        }
        listed::lost(&mut reading, "`offense_count`", offenses.unwrap_or(0), held);
        findings.unchecked =
            targets.zip(inspected).map(|(targets, inspected)| targets.saturating_sub(inspected));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    metadata: Metadata<'a>,
    files: Vec<File<'a>>,
    #[serde(default)]
    summary: Summary,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "rubocop_version")]
    version: Option<Str<'a>>,
}

#[derive(Default, Deserialize)]
struct Summary {
    #[serde(rename = "offense_count")]
    offenses: Option<u64>,
    #[serde(rename = "inspected_file_count")]
    inspected: Option<u64>,
    #[serde(rename = "target_file_count")]
    targets: Option<u64>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
    offenses: Vec<Offence<'a>>,
}

#[derive(Deserialize)]
struct Offence<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    message: Option<Str<'a>>,
    cop_name: Option<Str<'a>>,
    corrected: Option<bool>,
    location: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    line: Num,
    #[serde(default)]
    start_line: Num,
}

impl Offence<'_> {
    fn finding(&self, path: &Option<Str<'_>>) -> Finding {
        let place = self.location.as_ref();
        Finding {
            rule: text::said(&self.cop_name),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(path),
            line: place.and_then(|place| place.start_line.line().or(place.line.line())),
            suppressed: self.corrected == Some(true),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn files_that_were_not_come_to_are_unchecked() {
        for (counts, unchecked) in [
            (r#""inspected_file_count": 1, "target_file_count": 10"#, Some(9)),
            (r#""inspected_file_count": 1, "target_file_count": 1"#, Some(0)),
            (r#""inspected_file_count": 1"#, None),
        ] {
            let text = format!(
                r#"{{"metadata": {{"rubocop_version": "1.63.1"}}, "files": [{{"path": "a.rb",
                "offenses": []}}], "summary": {{"offense_count": 0, {counts}}}}}"#
            );
            let findings = reading("rubocop-json", &text).facts.findings.unwrap();
            assert_eq!(findings.unchecked, unchecked, "{counts}");
        }
    }
}
