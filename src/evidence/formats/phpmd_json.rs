//! `phpmd … json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct PhpmdJson;

impl Format for PhpmdJson {
    fn id(&self) -> &'static str {
        "phpmd-json"
    }

    fn about(&self) -> About {
        About {
            tool: "PHPMD",
            recognised: "`package` phpmd beside `files`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`timestamp`").version("`version`"),
            source: "https://phpmd.org/documentation/index.html#renderers",
            clean: "`files` is empty; that counts only where something vouches for the run.",
            vacuous: "`files` is empty: a folder without PHP looks the same; `errors`, and no violation.",
            blank: Blanks::NONE,
            notes: &[
                "Priorities 1 and 2 are errors, 3 a warning, 4 and 5 notes; they are no severities.",
                "`errors` are files that it could not parse: they are counted in `findings.unchecked`.",
                "A version that the packager did not fill in (`@package_version@`) is none.",
                "Its XML has PMD's root, and is read as PMD's.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.json().is_some_and(|shape| {
                shape.text("package") == Some("phpmd") && shape.has_list("files")
            }),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "PHPMD");
        reading.tool_version = text::said(&report.version).filter(|known| !known.contains('@'));
        reading.produced_at = report.timestamp.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        for file in &report.files {
            let path = file.file.as_deref();
            file.violations.iter().for_each(|violation| findings.add(violation.finding(path)));
        }
        let errors = report.errors.as_deref().unwrap_or_default();
        findings.unchecked = Some(errors.len() as u64);
        if let Some(first) = errors.first() {
            let said = first.message.as_deref().and_then(text::title).unwrap_or_default();
            let why =
                format!("PHPMD reports {}. It says: {said}", counted(errors.len() as u64, "error"));
            match findings.total() {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        } else if findings.total() == 0 {
            let why = "PHPMD lists no file where it found nothing, and where it looked at none.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    files: Vec<File<'a>>,
    errors: Option<Vec<Fault<'a>>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    violations: Vec<Violation<'a>>,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Violation<'a> {
    #[serde(borrow)]
    rule: Option<Str<'a>>,
    description: Option<Str<'a>>,
    #[serde(default, rename = "beginLine")]
    line: Num,
    #[serde(default)]
    priority: Num,
}

impl Violation<'_> {
    fn finding(&self, path: Option<&str>) -> Finding {
        let level = match self.priority.line() {
            Some(3) => Level::Warning,
            Some(4 | 5) => Level::Note,
            _ => Level::Error,
        };
        Finding {
            rule: text::said(&self.rule),
            title: self.description.as_deref().and_then(text::title),
            path: path.map(str::to_owned),
            line: self.line.line(),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Level;

    fn report(files: &str, errors: &str) -> String {
        format!(r#"{{"version": "2.15", "package": "phpmd", "files": [{files}]{errors}}}"#)
    }

    #[test]
    fn files_that_were_not_parsed_are_no_clean_run() {
        let error = r#", "errors": [{"fileName": "a.php", "message": "Unexpected token"}]"#;
        let found =
            r#"{"file": "b.php", "violations": [{"rule": "R", "beginLine": 3, "priority": 3}]}"#;
        proves(
            "phpmd-json",
            &[
                (&report("", ""), "and where it looked at none"),
                (&report("", error), "PHPMD reports 1 error. It says: Unexpected token"),
                (&report(found, error), ""),
                (&report(found, ""), ""),
            ],
        );
        let seen = reading("phpmd-json", &report(found, error));
        let findings = seen.facts.findings.unwrap();
        assert_eq!((findings.unchecked, findings.levelled(Level::Warning)), (Some(1), 1));
        assert_eq!(seen.warnings.len(), 1);
    }
}
