//! actionlint with `-format '{{json .}}'`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct ActionlintJson;

impl Format for ActionlintJson {
    fn id(&self) -> &'static str {
        "actionlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "actionlint",
            recognised: "a list of `message`, `filepath`, `line`, `column` and `kind`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/rhysd/actionlint/blob/main/docs/usage.md#format",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: actionlint fails without a workflow, and lists nothing of those that it looked at.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "actionlint has no severities: each finding is an error, as it fails for each.",
                "The rule is its `kind`: `expression`, `shellcheck`, `syntax-check` and so on; checks by shellcheck and pyflakes are left out in silence where those are not installed.",
                "`{{range $err := .}}{{json $err}}{{end}}` writes lines, which are not read: write the list.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(Shape::first).is_some_and(|one| {
            one.has(&["message", "filepath", "line", "column", "kind"]) && !one.has(&["locations"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|fault: Fault<'_>| findings.add(fault.finding()))?;
        let mut reading = Reading::by(self.id(), "actionlint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    filepath: Option<Str<'a>>,
    kind: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Fault<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.kind),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.filepath),
            line: self.line.line(),
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;
    use crate::facts::Level;

    #[test]
    fn every_fault_is_an_error() {
        let list = r#"[{"message": "unexpected key \"job\"", "filepath": ".github/workflows/ci.yml", "line": 3,
            "column": 1, "kind": "syntax-check", "snippet": "job:\n^~~~", "end_column": 3}]"#;
        let findings = reading("actionlint-json", list).facts.findings.unwrap();
        assert_eq!(findings.levelled(Level::Error), 1);
        let one = &findings.list.entries()[0];
        let told = (one.rule.as_deref(), one.path.as_deref(), one.line);
        assert_eq!(told, (Some("syntax-check"), Some(".github/workflows/ci.yml"), Some(3)));
        assert_eq!(one.title.as_deref(), Some(r#"unexpected key "job""#));
    }
}
