//! `tslint --format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct TslintJson;

impl Format for TslintJson {
    fn id(&self) -> &'static str {
        "tslint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "TSLint",
            recognised: "a list of `ruleName` beside `failure` and `startPosition`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://palantir.github.io/tslint/formatters/json/",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: the report lists findings, or none.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "`[]` is what success looks like, and what a run over no file looks like.",
                "Lines are counted from 0 in the file, and from 1 here; a finding without `ruleSeverity` is an error.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let own = |shape: &Shape<'_>| shape.has(&["ruleName", "failure", "startPosition"]);
        Fit::sure(sniff.json().and_then(Shape::first).is_some_and(own))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|of: Failure<'_>| findings.add(of.finding()))?;
        let mut reading = Reading::by(self.id(), "TSLint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    #[serde(borrow)]
    rule_name: Str<'a>,
    failure: Option<Str<'a>>,
    name: Option<Str<'a>>,
    rule_severity: Option<Str<'a>>,
    start_position: Option<Position>,
}

#[derive(Deserialize)]
struct Position {
    #[serde(default)]
    line: Num,
}

impl Failure<'_> {
    fn finding(&self) -> Finding {
        let level = self.rule_severity.as_deref().map_or(Level::Error, Level::from_word);
        let line = self.start_position.as_ref().and_then(|place| place.line.get());
        Finding {
            rule: Some(self.rule_name.to_string()),
            title: self.failure.as_deref().and_then(text::title),
            path: text::said(&self.name),
            line: line.filter(|line| *line >= 0.0).map(|line| (line as u64).saturating_add(1)),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn lines_are_counted_from_1() {
        let text = r#"[{"failure": "no", "name": "a.ts", "ruleName": "eofline", "ruleSeverity": "warning",
            "startPosition": {"line": 0, "character": 3, "position": 3}}]"#;
        let findings = reading("tslint-json", text).facts.findings.unwrap();
        let found = &findings.list.entries()[0];
        assert_eq!((found.line, found.path.as_deref()), (Some(1), Some("a.ts")));
        assert_eq!(findings.levelled(super::Level::Warning), 1);
    }
}
