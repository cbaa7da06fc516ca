//! `dclint --formatter json`, of Compose files.

use serde::Deserialize;

use crate::evidence::family::linted::{self, Writer};
use crate::evidence::family::listed;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Level};
use crate::model::{Reading, Rule};

pub(super) struct DclintJson;

/// The rule by which it says that a file is no YAML: no other rule looked at it.
const UNREAD: &str = "invalid-yaml";

impl Format for DclintJson {
    fn id(&self) -> &'static str {
        "dclint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "dclint",
            recognised: "a list of `filePath` and `messages` with a `rule` and a `category`; of clean files, by their YAML names and no count that ESLint alone has",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/zavoloklom/docker-compose-linter/blob/main/docs/formatters.md",
            clean: "Files are listed, and none has a message.",
            vacuous: "`[]`: dclint looked at 0 files, and exits with 0.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "`type` is the level, `error` or `warning`; the words under `severity` (`minor` to `critical`) are none of a scale that others share.",
                "A file with the rule `invalid-yaml` was looked at by no other rule: it is counted in `findings.unchecked`.",
                "The messages are counted, and compared with `errorCount` and `warningCount`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(linted::writer) == Some(Writer::Dclint))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        input.elements(|file: File<'_>| report.add(&file))?;
        let mut reading = Reading::by(self.id(), "dclint");
        if report.files == 0 {
            reading.doubt(Rule::NothingLookedAt, "dclint looked at 0 files.");
        }
        let levelled = |level| report.findings.levelled(level);
        listed::lost(&mut reading, "`errorCount`", report.errors, levelled(Level::Error));
        listed::lost(&mut reading, "`warningCount`", report.warnings, levelled(Level::Warning));
        report.findings.unchecked = Some(report.unread);
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report {
    findings: Findings,
    files: u64,
    errors: u64,
    warnings: u64,
    /// Files that are no YAML.
    unread: u64,
}

impl Report {
    fn add(&mut self, file: &File<'_>) {
        self.files += 1;
        self.errors = self.errors.saturating_add(file.errors);
        self.warnings = self.warnings.saturating_add(file.warnings);
        let unread = |of: &Message<'_>| of.rule.as_deref() == Some(UNREAD);
        self.unread += u64::from(file.messages.iter().any(unread));
        for message in &file.messages {
            self.findings.add(message.finding(&file.path));
        }
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "filePath")]
    path: Str<'a>,
    messages: Vec<Message<'a>>,
    #[serde(rename = "errorCount")]
    errors: u64,
    #[serde(rename = "warningCount")]
    warnings: u64,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    rule: Option<Str<'a>>,
    #[serde(rename = "type")]
    level: Option<Str<'a>>,
    message: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Message<'_> {
    fn finding(&self, path: &str) -> Finding {
        Finding {
            rule: text::said(&self.rule),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()),
            line: self.line.line(),
            ..Finding::levelled(self.level.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const COUNTS: &str = r#""fixableErrorCount": 0, "fixableWarningCount": 0"#;

    fn file(path: &str, messages: &str, errors: u64, more: &str) -> String {
        format!(
            r#"[{{"filePath": "{path}", "messages": [{messages}], "errorCount": {errors}, "warningCount": 0,
            {COUNTS}{more}}}]"#
        )
    }

    #[test]
    fn a_clean_compose_file_says_nothing_of_eslint() {
        let read = reading("dclint-json", &file("compose.yml", "", 0, ""));
        assert_eq!(read.tool.as_deref(), Some("dclint"));
        for (path, more) in [("a.js", ""), ("a.yml", r#", "usedDeprecatedRules": []"#)] {
            let read = reading("eslint-json", &file(path, "", 0, more));
            assert_eq!(read.tool.as_deref(), Some("ESLint"), "{path}{more}");
        }
    }

    #[test]
    fn a_file_that_is_no_yaml_was_not_looked_at() {
        let message = r#"{"rule": "invalid-yaml", "category": "style", "severity": "critical",
            "type": "error", "message": "Invalid YAML format.", "line": 2}"#;
        let findings =
            reading("dclint-json", &file("a.yml", message, 1, "")).facts.findings.unwrap();
        assert_eq!((findings.total(), findings.unchecked), (1, Some(1)));
        proves("dclint-json", &[(&file("a.yml", message, 3, ""), "`errorCount` counts 3")]);
    }
}
