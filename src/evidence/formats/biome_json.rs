//! Biome's `--reporter=json`.

use serde::Deserialize;

use crate::evidence::family::mended::mended;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule};

pub(super) struct BiomeJson;

impl Format for BiomeJson {
    fn id(&self) -> &'static str {
        "biome-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Biome",
            recognised: "`summary` with `unchanged`, beside `diagnostics` and `command`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://biomejs.dev/reference/reporters/#json",
            clean: "`diagnostics` is empty over at least 1 file.",
            vacuous: "A run that changed files (`--write`); 0 files, and no error: what else it says, it says of files that it left out.",
            blank: Blanks::NONE,
            notes: &[
                "Biome prints the first 20 diagnostics (`--max-diagnostics`) and counts all: the rest are counted without their details.",
                "`information` and `hint` are notes.",
                "A file over `files.maxSize` is not looked at, and Biome only warns of it: it is counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.at(&["summary", "unchanged"]).is_some()
                && (shape.has_list("diagnostics") || shape.has(&["command"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Biome");
        let mut findings = input.findings();
        report.diagnostics.iter().for_each(|found| findings.add(found.finding()));
        let Summary { errors, warnings, infos, .. } = report.summary;
        for (level, all) in
            [(Level::Error, errors), (Level::Warning, warnings), (Level::Note, infos)]
        {
            let unlisted = all.unwrap_or(0).saturating_sub(findings.levelled(level));
            findings.tally(Grade::Unknown, level, unlisted);
        }
        if report.summary.changed.saturating_add(report.summary.unchanged) == 0
            && findings.levelled(Level::Error) == 0
        {
            reading.doubt(Rule::NothingLookedAt, "Biome looked at 0 files.");
        }
        mended(&mut reading, "Biome", report.summary.changed);
        let too_big = report.diagnostics.iter().filter(|found| found.is_of_size()).count();
        findings.unchecked = Some(too_big as u64);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    summary: Summary,
    #[serde(borrow)]
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(default)]
    changed: u64,
    unchanged: u64,
    errors: Option<u64>,
    warnings: Option<u64>,
    infos: Option<u64>,
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    category: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    description: Option<Str<'a>>,
    message: Option<Message<'a>>,
    location: Option<Location<'a>>,
}

/// A text; up to version 2.3 the pieces of one, of which `description` is the sum.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message<'a> {
    Text(#[serde(borrow)] Str<'a>),
    Pieces(#[allow(dead_code, reason = "they are passed over")] Vec<serde::de::IgnoredAny>),
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    path: Option<Path<'a>>,
    start: Option<Start>,
}

/// A path; up to version 2.3 inside a map.
#[derive(Deserialize)]
#[serde(untagged)]
enum Path<'a> {
    Bare(#[serde(borrow)] Str<'a>),
    Of {
        #[serde(borrow)]
        file: Option<Str<'a>>,
    },
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

impl Diagnostic<'_> {
    fn said(&self) -> Option<&str> {
        match (&self.description, &self.message) {
            (Some(said), _) | (None, Some(Message::Text(said))) => Some(said),
            _ => None,
        }
    }

    /// Whether it says that a file is too big to be looked at: it bears the name of the command, not
    /// of a rule.
    fn is_of_size(&self) -> bool {
        let of_command = self.category.as_deref().is_some_and(|category| !category.contains('/'));
        of_command
            && self.said().is_some_and(|said| said.contains("exceeds the configured maximum"))
    }

    fn finding(&self) -> Finding {
        let said = self.said().and_then(text::title);
        let place = self.location.as_ref();
        let path = place.and_then(|place| match place.path.as_ref()? {
            Path::Bare(file) => Some(file.to_string()),
            Path::Of { file } => text::said(file),
        });
        Finding {
            rule: text::said(&self.category),
            title: said,
            path,
            line: place.and_then(|place| place.start.as_ref()?.line.line()),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Level;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn diagnostics_that_were_not_printed_count() {
        let report = |files: u64, errors: u64, listed: &str| {
            format!(
                r#"{{"summary": {{"changed": 0, "unchanged": {files}, "errors": {errors}, "warnings": 0,
                "diagnosticsNotPrinted": 1}}, "diagnostics": [{listed}], "command": "lint"}}"#
            )
        };
        let new = r#"{"category": "parse", "severity": "error", "message": "expected",
            "location": {"path": "a.js", "start": {"line": 2, "column": 1}}}"#;
        let old = r#"{"category": "parse", "severity": "error", "description": "expected",
            "message": [{"elements": [], "content": "expected"}],
            "location": {"path": {"file": "a.js"}, "span": [8, 9], "sourceCode": null}}"#;
        for listed in [new, old] {
            let findings = reading("biome-json", &report(3, 21, listed)).facts.findings.unwrap();
            assert_eq!((findings.total(), findings.levelled(Level::Error)), (21, 21));
            let shown = &findings.list.entries()[0];
            assert_eq!(shown.path.as_deref(), Some("a.js"));
            assert_eq!(shown.title.as_deref(), Some("expected"));
        }
        let none = "looked at 0 files";
        proves("biome-json", &[(&report(3, 0, ""), ""), (&report(0, 0, ""), none)]);
    }

    #[test]
    fn a_file_over_the_greatest_size_is_not_looked_at() {
        let report = |files: u64, errors: u64, diagnostic: &str| {
            format!(
                r#"{{"summary": {{"changed": 0, "unchanged": {files}, "errors": {errors}, "warnings": 1}},
                "diagnostics": [{{"severity": "warning", {diagnostic}, "location": {{"path": "a.js"}}}}],
                "command": "lint"}}"#
            )
        };
        let size = r#""category": "lint", "message": "The size exceeds the configured maximum.""#;
        let rule = r#""category": "lint/a/b", "message": "It exceeds the configured maximum.""#;
        for (files, errors, diagnostic, unchecked, why) in [
            (1, 0, size, 1, ""),
            (0, 0, size, 1, "looked at 0 files"),
            (0, 1, size, 1, ""),
            (1, 0, rule, 0, ""),
        ] {
            let text = report(files, errors, diagnostic);
            proves("biome-json", &[(&text, why)]);
            let findings = reading("biome-json", &text).facts.findings.unwrap();
            assert_eq!(findings.unchecked, Some(unchecked), "{text}");
        }
    }
}
