//! `staticcheck -f json`: a line of JSON a finding.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct StaticcheckJson;

impl Format for StaticcheckJson {
    fn id(&self) -> &'static str {
        "staticcheck-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Staticcheck",
            recognised: "lines of `code`, `severity` and `message` with a `location` that has a `file`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://staticcheck.dev/docs/running-staticcheck/cli/formatters/",
            clean: "An empty file, where something vouches for the run.",
            vacuous: "An empty file alone: Staticcheck prints nothing on success, and where no package matched.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "`compile` is a package that did not build: nothing else of it was checked. It is an error, and counted in `findings.unchecked`.",
                "What `ignored` silences (`-show-ignored`) is suppressed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let found = |shape: &Shape<'_>| {
            shape.has(&["code", "severity", "message", "end"])
                && shape.at(&["location", "file"]).is_some()
        };
        Fit::sure(sniff.documents().iter().any(found))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut unbuilt = 0;
        let between = input.documents(|found: Found<'_>| {
            unbuilt += u64::from(found.code.as_deref() == Some("compile"));
            findings.add(found.finding());
        })?;
        findings.unchecked = Some(unbuilt);
        let mut reading = Reading::by(self.id(), "Staticcheck");
        between.settle(&mut reading);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    location: Option<Location<'a>>,
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let (level, suppressed) = match self.severity.as_deref() {
            Some("ignored") => (Level::Note, true),
            Some("warning") => (Level::Warning, false),
            _ => (Level::Error, false),
        };
        let at = self.location.as_ref();
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: at.and_then(|at| text::said(&at.file)),
            line: at.and_then(|at| at.line.line()),
            suppressed,
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_package_that_did_not_build_is_unchecked() {
        let line = |code: &str, severity: &str| {
            format!(
                r#"{{"code": "{code}", "severity": "{severity}", "location": {{"file": "a.go", "line": 2}}, "end": {{}}, "message": "m"}}"#
            )
        };
        for (text, total, unchecked) in [
            (line("SA4006", "error"), 1, 0),
            (line("compile", "error"), 1, 1),
            (line("SA4006", "ignored"), 0, 0),
            (format!("{}\n{}\n", line("U1000", "warning"), line("compile", "error")), 2, 1),
        ] {
            let findings = reading("staticcheck-json", &text).facts.findings.unwrap();
            assert_eq!((findings.total(), findings.unchecked), (total, Some(unchecked)), "{text}");
        }
    }
}
