//! `govulncheck -format json`: a stream of messages, or a list of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct Govulncheck;

impl Format for Govulncheck {
    fn id(&self) -> &'static str {
        "govulncheck"
    }

    fn about(&self) -> About {
        About {
            tool: "govulncheck",
            recognised: "a message `config` with `scanner_name: govulncheck`, or messages of `osv` and `finding`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`config.scanner_version`"),
            source: "https://pkg.go.dev/golang.org/x/vuln/internal/govulncheck",
            clean: "`config`, messages about the scan, and no `finding`.",
            vacuous: "Messages without `config`: the beginning is missing; none that says that the code was checked: the scan broke off; no package that matches the pattern.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an advisory that a `finding` names, however many traces lead there; the `osv` entries that no finding names do not concern the code.",
                "An advisory whose code is called is an error, one that is only imported or required a note.",
                "A stream that ends after \"Fetching vulnerabilities from the database…\" is what a scan leaves that could not reach it: it proves nothing, nor do `SBOM` and `osv` alone.",
                "`config.db_last_modified` is when an advisory was last published, not when govulncheck ran: the report has no time of its own.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let message = |shape: &Shape<'_>| {
            shape
                .at(&["config", "scanner_name"])
                .is_some_and(|name| *name == Shape::Text("govulncheck"))
                || shape.at(&["finding", "osv"]).is_some()
        };
        let documents = sniff.documents();
        let listed = documents.first().is_some_and(|first| first.elements().iter().any(message));
        Fit::sure(listed || documents.iter().any(message))
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["fixed_in"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut scan = Scan::default();
        match input.sniff.json() {
            Some(Shape::List(_)) => {
                input.elements(|message: Message<'_>| scan.take(message))?;
            }
            _ => {
                let skipped = input.documents(|message: Message<'_>| scan.take(message))?;
                if skipped.lines > 0 {
                    return Err(Broken::new("Other text stands between the messages."));
                }
            }
        }
        let mut reading = Reading::by(self.id(), "govulncheck");
        match &scan.config {
            Some(config) => reading.tool_version = text::said(&config.scanner_version),
            None => reading.doubt(Rule::Unreadable, "The messages begin without `config`."),
        }
        if scan.stage == Stage::Nothing && scan.found.is_empty() {
            let why = "govulncheck found no package that matches what it was asked to scan.";
            reading.doubt(Rule::NothingLookedAt, why);
        } else if scan.stage != Stage::Checking && scan.found.is_empty() {
            let why =
                "The messages end before any says that the code was checked: the scan broke off.";
            reading.doubt(Rule::Unreadable, why);
        }
        let mut findings = input.findings();
        scan.found.into_values().for_each(|finding| findings.add(finding));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    config: Option<Config<'a>>,
    osv: Option<Osv<'a>>,
    finding: Option<Found<'a>>,
    progress: Option<Progress<'a>>,
}

#[derive(Deserialize)]
struct Progress<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

impl Progress<'_> {
    /// How far govulncheck has come. Before version 1.1 it says `Scanning your code …` and no more;
    /// since then `Checking the code …`, after it fetched the advisories. Of a binary it says
    /// `Scanning your binary …` first of all.
    fn stage(&self) -> Option<Stage> {
        let said = self.message.as_deref()?;
        Some(match said {
            _ if said.starts_with("Fetching") => Stage::Fetching,
            _ if said.starts_with("No packages") => Stage::Nothing,
            _ => Stage::Checking,
        })
    }
}

/// How far a scan has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Begun,
    Fetching,
    Checking,
    /// There is nothing to scan.
    Nothing,
}

#[derive(Deserialize)]
struct Config<'a> {
    #[serde(borrow)]
    scanner_version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Osv<'a> {
    #[serde(borrow)]
    id: Str<'a>,
    aliases: Option<Vec<Str<'a>>>,
    summary: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    osv: Str<'a>,
    fixed_version: Option<Str<'a>>,
    trace: Option<Vec<Frame<'a>>>,
}

#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(borrow)]
    module: Option<Str<'a>>,
    version: Option<Str<'a>>,
    function: Option<Str<'a>>,
}

#[derive(Default)]
struct Scan<'a> {
    /// What its last message says.
    stage: Stage,
    config: Option<Config<'a>>,
    advisories: BTreeMap<Str<'a>, Osv<'a>>,
    found: BTreeMap<Str<'a>, Finding>,
}

impl<'a> Scan<'a> {
    fn take(&mut self, message: Message<'a>) {
        self.stage = message.progress.as_ref().and_then(Progress::stage).unwrap_or(self.stage);
        if let Some(config) = message.config {
            self.config = Some(config);
        }
        if let Some(osv) = message.osv {
            self.advisories.insert(osv.id.clone(), osv);
        }
        let Some(found) = message.finding else { return };
        let frame = found.trace.as_deref().and_then(|trace| trace.first());
        let called = frame.is_some_and(|frame| frame.function.is_some());
        let told = self.advisories.get(&found.osv);
        let aliases = told.iter().flat_map(|of| &of.aliases).flatten();
        let finding = self.found.entry(found.osv.clone()).or_insert_with(|| Finding {
            rule: Some(found.osv.to_string()),
            aliases: text::all_said(aliases),
            title: told.and_then(|of| text::title(of.summary.as_deref()?)),
            package: frame.and_then(|frame| text::said(&frame.module)),
            version: frame.and_then(|frame| text::said(&frame.version)),
            fixed_in: text::said(&found.fixed_version),
            ..Finding::levelled(Level::Note)
        });
        if called {
            finding.level = Level::Error;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_stream_that_ends_before_the_scan_is_not_clean() {
        let config = r#"{"config": {"protocol_version": "v1.0.0", "scanner_name": "govulncheck"}}"#;
        let progress = |said: &str| format!(r#"{{"progress": {{"message": "{said}"}}}}"#);
        let fetching = progress("Fetching vulnerabilities from the database...");
        let osv = r#"{"osv": {"id": "GO-2026-0001", "summary": "x"}}"#;
        let off = "the scan broke off";
        for (messages, why) in [
            (vec![], off),
            (vec![progress("Scanning your code and 2 packages")], ""),
            (vec![progress("Scanning your binary for known"), fetching.clone()], off),
            (vec![progress("No packages matching the provided pattern.")], "found no package"),
            (vec![fetching.clone()], off),
            (vec![r#"{"SBOM": {"modules": []}}"#.to_owned()], off),
            (vec![fetching.clone(), osv.to_owned()], off),
            (vec![fetching, osv.to_owned(), progress("Checking the code against the")], ""),
        ] {
            let stream = format!("{config}\n{}\n", messages.join("\n"));
            proves("govulncheck", &[(&stream, why)]);
        }
    }
}
