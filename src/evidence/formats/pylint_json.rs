//! Pylint's `json` and `json2`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct PylintJson;

impl Format for PylintJson {
    fn id(&self) -> &'static str {
        "pylint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Pylint",
            recognised: "a list of `message-id` and `symbol`; `messages` beside `statistics` with `messageTypeCount`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html",
            clean: "`json2`: `messages` is empty and `modulesLinted` counts more than Pylint's own two.",
            vacuous: "`json2`: no module but Pylint's own two was linted.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "fatal and error are errors; refactor, convention and info are notes.",
                "`[]`, of `json`, is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let listed = shape.first().is_some_and(|one| one.has(&["message-id", "symbol"]));
        Fit::sure(
            listed
                || shape.at(&["statistics", "messageTypeCount"]).is_some()
                    && shape.has_list("messages"),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Pylint");
        let mut findings = input.findings();
        if input.sniff.json().is_some_and(Shape::is_map) {
            let report: Report<'_> = input.json()?;
            report.messages.iter().for_each(|found| findings.add(found.finding()));
            if report.statistics.modules.is_some_and(|modules| modules <= OWN) {
                reading.doubt(Rule::NothingLookedAt, "Pylint linted 0 modules beside its own two.");
            }
        } else {
            input.elements(|found: Found<'_>| findings.add(found.finding()))?;
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Pylint counts the command line and its options as modules: of one file it says 3.
const OWN: u64 = 2;

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    messages: Vec<Found<'a>>,
    statistics: Statistics,
}

#[derive(Deserialize)]
struct Statistics {
    #[serde(rename = "modulesLinted")]
    modules: Option<u64>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    #[serde(rename = "message-id", alias = "messageId")]
    id: Option<Str<'a>>,
    message: Option<Str<'a>>,
    path: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.id),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.path),
            line: self.line.line(),
            ..Finding::levelled(self.kind.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn pylint_counts_two_modules_of_its_own() {
        let report = |modules: u64| {
            format!(
                r#"{{"messages": [], "statistics": {{"messageTypeCount": {{"error": 0}},
                "modulesLinted": {modules}, "score": 10.0}}}}"#
            )
        };
        proves(
            "pylint-json",
            &[(&report(0), "0 modules"), (&report(2), "0 modules"), (&report(3), "")],
        );
    }
}
