//! `deno lint --json`.

use serde::Deserialize;

use crate::evidence::family::version;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct DenoLintJson;

impl Format for DenoLintJson {
    fn id(&self) -> &'static str {
        "deno-lint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "deno lint",
            recognised: "`diagnostics` and `errors` beside `checked_files`, or of which the first has a `range` and a `code`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.deno.com/runtime/reference/cli/lint/",
            clean: "`diagnostics` and `errors` are empty; that counts only where something vouches for the run.",
            vacuous: "`diagnostics` and `errors` are empty: with `--permit-no-files` a run that found no file looks the same.",
            blank: Blanks::NONE,
            notes: &[
                "Deno gives no severity: each diagnostic is an error, for each fails the run.",
                "What cannot be parsed (`errors`) is an error without a rule.",
                "`checked_files` names no clean file.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let diagnosed = |one: &Shape<'_>| one.has(&["filename", "range", "code"]);
            let unread = |one: &Shape<'_>| one.has(&["file_path", "message"]);
            is_report(shape)
                && (shape.has_list("checked_files")
                    || shape.first_of("diagnostics").is_some_and(diagnosed)
                    || shape.first_of("errors").is_some_and(unread))
        }))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.json().is_some_and(is_report)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "deno lint");
        version::known(&mut reading, "version", report.version.get(), 1);
        let mut findings = input.findings();
        report.diagnostics.iter().for_each(|found| findings.add(found.finding()));
        report.errors.iter().for_each(|error| findings.add(error.finding()));
        if findings.total() == 0 && report.checked_files.iter().flatten().next().is_none() {
            let why = "deno lint found nothing, and writes the same where it found no file.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

fn is_report(shape: &Shape<'_>) -> bool {
    shape.has_list("diagnostics") && shape.has_list("errors")
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(default)]
    version: Num,
    #[serde(borrow)]
    diagnostics: Vec<Diagnostic<'a>>,
    errors: Vec<Unread<'a>>,
    checked_files: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    range: Option<Range>,
    message: Option<Str<'a>>,
    code: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Range {
    start: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    line: Num,
}

/// A file that Deno could not parse.
#[derive(Deserialize)]
struct Unread<'a> {
    #[serde(borrow)]
    file_path: Option<Str<'a>>,
    message: Option<Str<'a>>,
}

impl Diagnostic<'_> {
    fn finding(&self) -> Finding {
        let path = text::said(&self.filename);
        let start = self.range.as_ref().and_then(|range| range.start.as_ref());
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: path.map(|path| path.strip_prefix("file://").unwrap_or(&path).to_owned()),
            line: start.and_then(|start| start.line.line()),
            ..Finding::levelled(Level::Error)
        }
    }
}

impl Unread<'_> {
    fn finding(&self) -> Finding {
        Finding {
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file_path),
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn an_older_report_without_a_version_is_read() {
        let text = r#"{"diagnostics": [{"range": {"start": {"line": 2, "col": 14}},
            "filename": "/shop/a.js", "message": "Empty block statement", "code": "no-empty"}],
            "errors": [{"file_path": "/shop/b.js", "message": "Expected '{'"}]}"#;
        let findings = reading("deno-lint-json", text).facts.findings.unwrap();
        let found = findings.list.entries();
        assert_eq!(found[0].path.as_deref(), Some("/shop/a.js"));
        assert_eq!((found[0].line, found[1].rule.clone()), (Some(2), None));
        assert_eq!(findings.total(), 2);
    }

    #[test]
    fn nothing_found_may_be_nothing_looked_at() {
        let of = |version: u32, files: &str| {
            format!(
                r#"{{"version": {version}, "diagnostics": [], "errors": [], "checked_files": [{files}]}}"#
            )
        };
        proves(
            "deno-lint-json",
            &[
                (&of(1, ""), "where it found no file"),
                (&of(1, "\"/shop/a.ts\""), ""),
                (&of(2, "\"/shop/a.ts\""), "forms up to 1 are known"),
            ],
        );
    }
}
