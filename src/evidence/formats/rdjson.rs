//! reviewdog's Diagnostic Format: `rdjson`, a document, and `rdjsonl`, a line a diagnostic.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct Rdjson;

impl Format for Rdjson {
    fn id(&self) -> &'static str {
        "rdjson"
    }

    fn about(&self) -> About {
        About {
            tool: "reviewdog's format (ruff, Biome, and what is written for reviewdog)",
            recognised: "`diagnostics` of a `message` at a `location` with a `path`, or beside a `source` with a `name`; lines of such diagnostics",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/reviewdog/reviewdog/tree/master/proto/rdf",
            clean: "`diagnostics` is empty; that counts only where something vouches for the run.",
            vacuous: "`diagnostics` is empty: tools write it too where they looked at nothing.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "`severity` of a diagnostic, else of the document, is a word or a number; one that is not known, or not there, is an error.",
                "The name of the `source` is the tool.",
                "`rdjsonl` has no end of its own: let `collect` make it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(first) = sniff.json() else { return Fit::No };
        let by_source = first.has_list("diagnostics") && first.at(&["source", "name"]).is_some();
        if by_source || first.first_of("diagnostics").is_some_and(is_diagnostic) {
            return Fit::Sure;
        }
        Fit::likely(sniff.documents().iter().any(is_diagnostic))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut findings = input.findings();
        if input.sniff.json().is_some_and(|first| first.has_list("diagnostics")) {
            let result: DiagnosticResult<'_> = input.json()?;
            reading.tool = result.source.as_ref().and_then(|source| text::said(&source.name));
            let overall = result.severity.as_ref();
            result.diagnostics.iter().for_each(|found| findings.add(found.finding(overall)));
        } else {
            let between = input.documents(|found: Diagnostic<'_>| {
                let by = found.source.as_ref().and_then(|source| text::said(&source.name));
                reading.tool = reading.tool.take().or(by);
                findings.add(found.finding(None));
            })?;
            between.settle(&mut reading);
        }
        if findings.total() == 0 {
            let why =
                "The tool lists nothing where it found nothing, and where it looked at nothing.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

fn is_diagnostic(shape: &Shape<'_>) -> bool {
    let placed = shape.get("location").is_some_and(|at| at.text("path").is_some());
    // Biome's own JSON has a `category`.
    shape.text("message").is_some() && placed && !shape.has(&["category"])
}

#[derive(Deserialize)]
struct DiagnosticResult<'a> {
    #[serde(borrow)]
    diagnostics: Vec<Diagnostic<'a>>,
    source: Option<Source<'a>>,
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    location: Option<Location<'a>>,
    severity: Option<Str<'a>>,
    source: Option<Source<'a>>,
    code: Option<Code<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Code<'a> {
    #[serde(borrow)]
    value: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
    range: Option<Range>,
}

#[derive(Deserialize)]
struct Range {
    start: Option<Position>,
}

#[derive(Deserialize)]
struct Position {
    #[serde(default)]
    line: Num,
}

impl Diagnostic<'_> {
    fn finding(&self, overall: Option<&Str<'_>>) -> Finding {
        let level = match self.severity.as_ref().or(overall).map(|word| &**word) {
            Some("WARNING" | "2") => Level::Warning,
            Some("INFO" | "3") => Level::Note,
            _ => Level::Error,
        };
        let at = self.location.as_ref();
        let start = at.and_then(|at| at.range.as_ref()?.start.as_ref());
        Finding {
            rule: self.code.as_ref().and_then(|code| text::said(&code.value)),
            title: self.message.as_deref().and_then(text::title),
            path: at.and_then(|at| text::said(&at.path)),
            line: start.and_then(|start| start.line.line()),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Level;

    fn diagnostic(more: &str) -> String {
        format!(r#"{{"message": "m", "location": {{"path": "a.py"}}{more}}}"#)
    }

    fn result(more: &str, diagnostics: &str) -> String {
        format!(r#"{{"source": {{"name": "ruff"}}{more}, "diagnostics": [{diagnostics}]}}"#)
    }

    #[test]
    fn a_diagnostic_is_an_error_unless_it_says_otherwise() {
        let warned = r#", "severity": "WARNING""#;
        for (text, expected) in [
            (result("", &diagnostic("")), Level::Error),
            (result(warned, &diagnostic("")), Level::Warning),
            (result(warned, &diagnostic(r#", "severity": "ERROR""#)), Level::Error),
            (result(warned, &diagnostic(r#", "severity": "UNKNOWN_SEVERITY""#)), Level::Error),
            (result("", &diagnostic(r#", "severity": 3"#)), Level::Note),
            (diagnostic(r#", "severity": "INFO""#), Level::Note),
            (
                format!("{}\n{}\n", diagnostic(r#", "severity": 2"#), diagnostic(warned)),
                Level::Warning,
            ),
        ] {
            let findings = reading("rdjson", &text).facts.findings.unwrap();
            assert_eq!(findings.levelled(expected), findings.total(), "{text}");
        }
    }

    #[test]
    fn an_empty_list_proves_nothing_alone() {
        let two = format!("{}\n{}\n", diagnostic(""), diagnostic(""));
        proves(
            "rdjson",
            &[
                (&result("", ""), "where it looked at nothing"),
                (&two, ""),
                (&format!("{two}Error: out of memory\n"), "A line between the JSON"),
            ],
        );
    }
}
