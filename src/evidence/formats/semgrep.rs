//! `semgrep --json`.

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
            vacuous: "0 files scanned, or none named; errors and nothing scanned; an error of level error and no result.",
            blank: Blanks::NONE,
            notes: &[
                "ERROR is high, WARNING medium, INFO low; newer rules say CRITICAL to LOW.",
                "`errors` are parse failures: with nothing scanned they are a failure of the tool, else they are counted in `findings.unchecked`, as are rules that it could not run.",
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
    errors: u64,
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
                self.scanned = map
                    .next_value::<Option<Paths>>()?
                    .and_then(|paths| paths.scanned)
                    .map(|list| list.len())
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Paths {
    scanned: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    level: Option<Str<'a>>,
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
        } else if self.grave && self.findings.total() == 0 {
            let why = format!("Semgrep reported {errors} and found nothing.{said}");
            reading.doubt(Rule::ToolFailed, why);
        } else if self.errors > 0 {
            reading.warn(format!("Semgrep reported {errors} while scanning.{said}"));
        }
        if self.skipped_rules > 0 {
            reading.warn(format!("Semgrep could not run {}.", counted(self.skipped_rules, "rule")));
        }
        self.findings.unchecked = Some(self.errors.saturating_add(self.skipped_rules));
        reading.facts.findings = Some(self.findings);
        reading
    }
}
