//! `spectral lint --format json`: of OpenAPI, AsyncAPI and other documents.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct SpectralJson;

impl Format for SpectralJson {
    fn id(&self) -> &'static str {
        "spectral-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Spectral",
            recognised: "a list of `code`, `path`, `severity`, `range` and `source`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.stoplight.io/docs/spectral/9ffa04e052cc1-spectral-cli",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: Spectral lists what it found, and nothing of the files that it looked at.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "`severity` is a number: 0 error, 1 warning, 2 information, 3 hint.",
                "A document of `unrecognized-format` is one that no rule was run on: it is counted in `findings.unchecked`.",
                "`[]` is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(Shape::first)
                .is_some_and(|one| one.has(&["code", "severity", "range"]) && one.has_list("path")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut unrecognised = 0;
        input.elements(|found: Found<'_>| {
            unrecognised += u64::from(found.code.as_deref() == Some("unrecognized-format"));
            findings.add(found.finding());
        })?;
        findings.unchecked = Some(unrecognised);
        let mut reading = Reading::by(self.id(), "Spectral");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    message: Option<Str<'a>>,
    source: Option<Str<'a>>,
    #[serde(default)]
    severity: Num,
    range: Option<Range>,
}

#[derive(Deserialize)]
struct Range {
    start: Option<Start>,
}

/// Lines are counted from 0.
#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let level = match self.severity.get() {
            Some(number) if number >= 2.0 => Level::Note,
            Some(1.0) => Level::Warning,
            _ => Level::Error,
        };
        let start = self.range.as_ref().and_then(|range| range.start.as_ref());
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.source),
            line: start
                .and_then(|start| start.line.get())
                .map(|line| (line as u64).saturating_add(1)),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_document_that_no_rule_knows_is_unchecked() {
        for (code, unchecked) in [("unrecognized-format", 1), ("info-contact", 0)] {
            let text = format!(
                r#"[{{"code": "{code}", "severity": 1, "source": "a.yaml", "path": [], "range": {{}}}}]"#
            );
            let findings = reading("spectral-json", &text).facts.findings.unwrap();
            assert_eq!(findings.unchecked, Some(unchecked), "{code}");
        }
    }
}
