//! `semgrep --json`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Semgrep;

impl Format for Semgrep {
    fn id(&self) -> &'static str {
        "semgrep"
    }

    fn about(&self) -> About {
        About {
            tool: "Semgrep",
            recognised: "`results` of `check_id`, or `results` and `errors` beside `paths` or alone",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`version`"),
            source: "https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif",
            clean: "`results` is empty and `paths.scanned` names files.",
            vacuous: "0 files scanned, or none named; errors and nothing scanned, or of every file that was; an error of level error and no result.",
            blank: Blanks::NONE,
            notes: &[
                "ERROR is high, WARNING medium, INFO low; newer rules say CRITICAL to LOW.",
                "`errors` are parse failures: with nothing scanned they are a failure of the tool, else they are counted in `findings.unchecked`, as are rules that it could not run and files that it passed over unasked (too large, not to be read, not there).",
                "No finding proves something only where `paths.scanned` names what was looked at.",
                "`is_ignored` results are suppressed: listed, not counted.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        if shape.first_of("results").is_some_and(|result| result.has(&["check_id"])) {
            return Fit::Sure;
        }
        let bare = shape.has_list("results") && shape.has_list("errors");
        let known = shape.at(&["paths", "scanned"]).is_some() || shape.has(&["skipped_rules"]);
        let empty = shape.get("results").is_some_and(|results| results.first().is_none());
        Fit::sure(bare && known).max(Fit::likely(bare && empty && shape.members().len() <= 4))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        input.members(&mut report)?;
        if !report.has_results {
            return Err(Broken::new("The report holds no `results`."));
        }
        Ok(report.finish(Reading::of(self.id())))
    }
}

#[derive(Default)]
struct Report<'a> {
    findings: Findings,
    has_results: bool,
    version: Option<Str<'a>>,
    scanned: Option<usize>,
    /// Files of the target that it passed over, and not because somebody asked for it.
    passed_over: u64,
    first_passed_over: Option<String>,
    errors: u64,
    /// The files that errors are about.
    unparsed: BTreeSet<String>,
    /// Rules that this version could not run.
    skipped_rules: u64,
    /// Whether one of them is of level error, not of a file that was passed over.
    grave: bool,
    first_error: Option<String>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "results" => {
                self.has_results =
                    json::each(map, |result: Match<'de>| self.findings.add(result.finding()))?;
            }
            "errors" => {
                json::each(map, |error: Error<'de>| {
                    self.errors += 1;
                    self.unparsed.extend(text::said(&error.path));
                    self.grave |= error.level.as_deref() == Some("error");
                    let said = error.message.or(error.kind);
                    let first = said.as_deref().and_then(text::title);
                    self.first_error = self.first_error.take().or(first);
                })?;
            }
            "skipped_rules" => {
                json::each(map, |_: IgnoredAny| self.skipped_rules += 1)?;
            }
            "version" => self.version = map.next_value()?,
            "paths" => {
                let paths = map.next_value::<Option<Paths<'de>>>()?.unwrap_or_default();
                self.scanned = paths.scanned.map(|list| list.len());
                let mut lost = paths.skipped.iter().flatten().filter(|file| file.is_lost());
                self.first_passed_over = lost.next().map(Skipped::said);
                self.passed_over =
                    lost.count() as u64 + u64::from(self.first_passed_over.is_some());
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize, Default)]
struct Paths<'a> {
    scanned: Option<Vec<IgnoredAny>>,
    #[serde(borrow)]
    skipped: Option<Vec<Skipped<'a>>>,
}

/// A file that was not scanned; listed with `--verbose`, some kinds without.
#[derive(Deserialize)]
struct Skipped<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
    reason: Option<Str<'a>>,
}

/// Why Semgrep passes over what nobody asked it to pass over. (`skip_reason` of
/// semgrep_output_v1.atd; the others are
/// patterns, options, languages, rules, and files that nobody wrote.)
const LOST: [&str; 6] = [
    "analysis_failed_parser_or_internal_error",
    "exceeded_size_limit",
    "insufficient_permissions",
    "nonexistent_file",
    "too_big",
    "too_many_matches",
];

impl Skipped<'_> {
    fn is_lost(&self) -> bool {
        self.reason.as_deref().is_some_and(|reason| LOST.contains(&reason))
    }

    fn said(&self) -> String {
        let [path, reason] = [&self.path, &self.reason].map(|text| text.as_deref().unwrap_or("?"));
        format!("{} ({})", text::bounded(path, 120), reason.replace('_', " "))
    }
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    level: Option<Str<'a>>,
    path: Option<Str<'a>>,
    #[serde(rename = "long_msg")]
    kind: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Match<'a> {
    #[serde(borrow)]
    check_id: Option<Str<'a>>,
    path: Option<Str<'a>>,
    start: Option<Start>,
    extra: Option<Extra<'a>>,
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

#[derive(Deserialize)]
struct Extra<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    message: Option<Str<'a>>,
    is_ignored: Option<bool>,
}

impl Match<'_> {
    fn finding(&self) -> Finding {
        let extra = self.extra.as_ref();
        let word = extra.and_then(|extra| extra.severity.as_deref()).unwrap_or_default();
        let (grade, level) = match word {
            "INFO" | "INVENTORY" | "EXPERIMENT" => (Grade::Low, Level::Note),
            word => (Grade::from_word(word), Grade::from_word(word).level()),
        };
        Finding {
            rule: text::said(&self.check_id),
            title: extra.and_then(|extra| text::title(extra.message.as_deref()?)),
            path: text::said(&self.path),
            line: self.start.as_ref().and_then(|start| start.line.line()),
            suppressed: extra.and_then(|extra| extra.is_ignored) == Some(true),
            ..Finding::new(grade, level)
        }
    }
}

impl Report<'_> {
    fn finish(mut self, mut reading: Reading) -> Reading {
        reading.tool = Some("Semgrep".to_owned());
        reading.tool_version = text::said(&self.version);
        let nothing = self.findings.total() == 0 && self.scanned.unwrap_or(0) == 0;
        let errors = counted(self.errors, "error");
        let said =
            self.first_error.map_or_else(String::new, |said| format!(" The first says: {said}"));
        if nothing && self.errors > 0 {
            let why = format!("Semgrep reported {errors} and scanned nothing.{said}");
            reading.doubt(Rule::ToolFailed, why);
        } else if nothing {
            let why = match self.scanned {
                Some(_) => "Semgrep scanned 0 files.",
                None => "Semgrep found nothing and names no file that it scanned.",
            };
            reading.doubt(Rule::NothingLookedAt, why);
        } else if self.findings.total() == 0 && self.unparsed.len() >= self.scanned.unwrap_or(0) {
            let why = format!("Semgrep reported {errors}, of every file that it scanned.{said}");
            reading.doubt(Rule::NothingLookedAt, why);
        } else if self.grave && self.findings.total() == 0 {
            let why = format!("Semgrep reported {errors} and found nothing.{said}");
            reading.doubt(Rule::ToolFailed, why);
        } else if self.errors > 0 {
            reading.warn(format!("Semgrep reported {errors} while scanning.{said}"));
        }
        if self.skipped_rules > 0 {
            reading.warn(format!("Semgrep could not run {}.", counted(self.skipped_rules, "rule")));
        }
        if let Some(first) = &self.first_passed_over {
            let files = counted(self.passed_over, "file");
            reading.warn(format!("Semgrep passed over {files}, the first {first}."));
        }
        let unchecked = [self.errors, self.skipped_rules, self.passed_over];
        self.findings.unchecked = Some(unchecked.into_iter().fold(0, u64::saturating_add));
        reading.facts.findings = Some(self.findings);
        reading
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn files_none_of_which_was_parsed_were_not_looked_at() {
        let report = |scanned: &str| {
            format!(
                r#"{{"results": [], "errors": [{{"level": "warn", "path": "a.py", "message": "x"}}],
                "paths": {{"scanned": [{scanned}]}}}}"#
            )
        };
        let nothing = "of every file that it scanned";
        proves("semgrep", &[(&report(r#""a.py""#), nothing), (&report(r#""a.py", "b.py""#), "")]);
    }

    #[test]
    fn a_file_that_it_passed_over_unasked_is_unchecked() {
        for (reason, unchecked) in [
            ("exceeded_size_limit", 1),
            ("insufficient_permissions", 1),
            ("cli_exclude_flags_match", 0),
            ("wrong_language", 0),
            ("minified", 0),
        ] {
            let text = format!(
                r#"{{"results": [], "errors": [], "paths": {{"scanned": ["a.py"],
                "skipped": [{{"path": "b.py", "reason": "{reason}"}}]}}}}"#
            );
            let read = reading("semgrep", &text);
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{reason}");
            assert_eq!(read.warnings.len() as u64, unchecked, "{:?}", read.warnings);
        }
    }
}
