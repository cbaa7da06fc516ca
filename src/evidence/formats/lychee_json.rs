//! `lychee --format json`: links, and which of them are broken.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct LycheeJson;

impl Format for LycheeJson {
    fn id(&self) -> &'static str {
        "lychee-json"
    }

    fn about(&self) -> About {
        About {
            tool: "lychee",
            recognised: "`total`, `successful` and `errors` beside `error_map`, or `fail_map` of versions before 0.16",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/lycheeverse/lychee/blob/master/lychee-bin/src/formatters/stats/json.rs",
            clean: "`total` is not 0, and no link is an error or timed out.",
            vacuous: "`total` is 0: no link was found; all were excluded; more errors counted than listed.",
            blank: Blanks::NONE,
            notes: &[
                "A link that is broken or timed out is an error, once for each file that it stands in; the rule is its status.",
                "`unknown` and `unsupported` links could not be checked: they are counted in `findings.unchecked`. `excludes` were left out by choice.",
                "`cached` answers are of an earlier run: the file does not tell how old.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["total", "successful", "errors", "excludes"])
                && (shape.has_map("error_map") || shape.has_map("fail_map"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "lychee");
        let mut findings = input.findings();
        for files in [&report.broken, &report.slow].into_iter().flatten() {
            for (path, links) in files {
                links.iter().for_each(|link| findings.add(link.finding(path)));
            }
        }
        let unchecked = report.unknown.unwrap_or(0).saturating_add(report.unsupported.unwrap_or(0));
        findings.unchecked = Some(unchecked);
        if report.total == 0 || report.total == report.excludes {
            let why = match report.total {
                0 => "lychee found 0 links.",
                _ => "lychee checked 0 links: it was told to leave all out.",
            };
            reading.doubt(Rule::NothingLookedAt, why);
        }
        // Without a list of their own, those that timed out stand among the broken ones.
        let timeouts = report.timeouts.unwrap_or(0);
        let declared = match report.slow {
            Some(_) => report.errors.saturating_add(timeouts),
            None => report.errors.max(timeouts),
        };
        listed::lost(&mut reading, "The summary", declared, findings.total());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    total: u64,
    errors: u64,
    excludes: u64,
    timeouts: Option<u64>,
    unknown: Option<u64>,
    unsupported: Option<u64>,
    #[serde(borrow, rename = "error_map", alias = "fail_map")]
    broken: Option<Map<'a, Vec<Link<'a>>>>,
    #[serde(borrow, rename = "timeout_map")]
    slow: Option<Map<'a, Vec<Link<'a>>>>,
}

#[derive(Deserialize)]
struct Link<'a> {
    #[serde(borrow)]
    url: Option<Str<'a>>,
    status: Option<Status<'a>>,
    span: Option<Span>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Status<'a> {
    Told {
        #[serde(borrow)]
        text: Option<Str<'a>>,
        code: Option<Str<'a>>,
    },
    Word(#[serde(borrow)] Str<'a>),
}

#[derive(Deserialize)]
struct Span {
    #[serde(default)]
    line: Num,
}

impl Link<'_> {
    fn finding(&self, path: &str) -> Finding {
        let (code, said) = match &self.status {
            Some(Status::Told { text, code }) => (text::said(code), text::said(text)),
            Some(Status::Word(word)) => (None, Some((**word).to_owned())),
            None => (None, None),
        };
        let url = self.url.as_deref().unwrap_or_default();
        let title = said.map_or_else(|| url.to_owned(), |said| format!("{url}: {said}"));
        Finding {
            rule: code,
            title: text::title(&title),
            path: Some(path.to_owned()),
            line: self.span.as_ref().and_then(|span| span.line.line()),
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(counts: &str, map: &str) -> String {
        format!(
            r#"{{{counts}, "successful": 1, "unknown": 1, "unsupported": 2, "success_map": {{}}, {map}}}"#
        )
    }

    #[test]
    fn broken_links_are_findings_in_every_version() {
        let link = r#"{"a.md": [{"url": "https://x.example/", "status": {"text": "404 Not Found", "code": 404}}]}"#;
        let slow = r#"{"a.md": [{"url": "https://y.example/", "status": "Timeout", "span": {"line": 3}}]}"#;
        for (text, expected) in [
            (
                report(
                    r#""total": 4, "errors": 1, "excludes": 0, "timeouts": 1"#,
                    &format!(r#""error_map": {link}, "timeout_map": {slow}"#),
                ),
                2,
            ),
            (
                report(
                    r#""total": 4, "errors": 1, "excludes": 0, "timeouts": 1"#,
                    &format!(r#""fail_map": {link}"#),
                ),
                1,
            ),
        ] {
            let seen = reading("lychee-json", &text);
            assert_eq!(seen.doubts, []);
            let findings = seen.facts.findings.unwrap();
            assert_eq!((findings.total(), findings.unchecked), (expected, Some(3)), "{text}");
            assert_eq!(findings.list.entries()[0].rule.as_deref(), Some("404"));
        }
    }

    #[test]
    fn links_that_were_not_checked_prove_nothing() {
        let empty = r#""error_map": {}"#;
        proves(
            "lychee-json",
            &[
                (&report(r#""total": 4, "errors": 0, "excludes": 1"#, empty), ""),
                (&report(r#""total": 0, "errors": 0, "excludes": 0"#, empty), "found 0 links"),
                (&report(r#""total": 4, "errors": 0, "excludes": 4"#, empty), "checked 0 links"),
                (
                    &report(r#""total": 4, "errors": 0, "excludes": 0, "timeouts": 3"#, empty),
                    "counts 3; the report lists 0",
                ),
                (
                    &report(r#""total": 4, "errors": 2, "excludes": 0"#, empty),
                    "counts 2; the report lists 0",
                ),
                (
                    &report(
                        r#""total": 4, "errors": 0, "excludes": 0, "timeouts": 1"#,
                        r#""error_map": {}, "timeout_map": {}"#,
                    ),
                    "counts 1; the report lists 0",
                ),
            ],
        );
    }
}
