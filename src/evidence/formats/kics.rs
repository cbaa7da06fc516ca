//! KICS's `results.json` (`--report-formats json`).

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Kics;

impl Format for Kics {
    fn id(&self) -> &'static str {
        "kics"
    }

    fn about(&self) -> About {
        About {
            tool: "KICS",
            recognised: "`kics_version` beside `queries` or `files_scanned`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`end`").version("`kics_version`"),
            source: "https://docs.kics.io/latest/results/",
            clean: "`queries` is empty over scanned files and queries.",
            vacuous: "0 files scanned, or parsed; 0 queries; every query failed to execute.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a place that a query found, not the query; `total_counter` counts them.",
                "`TRACE` is info; `bill_of_materials` lists resources, and is no finding.",
                "Files that failed to scan and queries that failed to execute are counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["kics_version"])
                && (shape.has(&["queries"]) || shape.has(&["files_scanned"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "KICS");
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.end.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        for query in report.queries.iter().flatten() {
            query.files.iter().flatten().for_each(|place| findings.add(query.finding(place)));
        }
        let declared = report.total.unwrap_or(0);
        listed::lost(&mut reading, "`total_counter`", declared, findings.total());
        if report.scanned == 0 {
            reading.doubt(Rule::NothingLookedAt, "KICS scanned 0 files.");
        } else if report.parsed == Some(0) {
            reading.doubt(Rule::NothingLookedAt, "KICS could parse 0 of the files it scanned.");
        } else if report.ran.is_some_and(|all| all <= report.broke) {
            reading.doubt(Rule::NothingLookedAt, "KICS ran 0 queries.");
        }
        let unchecked = report.failed.saturating_add(report.broke);
        if unchecked > 0 {
            let files = counted(report.failed, "file");
            let broke = match report.broke {
                1 => "1 query".to_owned(),
                many => format!("{many} queries"),
            };
            reading.warn(format!("{files} and {broke} failed."));
        }
        findings.unchecked = Some(unchecked);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "kics_version")]
    version: Option<Str<'a>>,
    end: Option<Str<'a>>,
    #[serde(default, rename = "files_scanned")]
    scanned: u64,
    #[serde(rename = "files_parsed")]
    parsed: Option<u64>,
    #[serde(default, rename = "files_failed_to_scan")]
    failed: u64,
    #[serde(rename = "queries_total")]
    ran: Option<u64>,
    #[serde(default, rename = "queries_failed_to_execute")]
    broke: u64,
    #[serde(rename = "total_counter")]
    total: Option<u64>,
    queries: Option<Vec<Query<'a>>>,
}

#[derive(Deserialize)]
struct Query<'a> {
    #[serde(borrow, rename = "query_name")]
    name: Option<Str<'a>>,
    #[serde(rename = "query_id")]
    id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    files: Option<Vec<Place<'a>>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow, rename = "file_name")]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Query<'_> {
    fn finding(&self, place: &Place<'_>) -> Finding {
        let grade = match self.severity.as_deref().map(str::trim) {
            Some(word) if word.eq_ignore_ascii_case("trace") => Grade::Info,
            word => word.map_or(Grade::Unknown, Grade::from_word),
        };
        Finding {
            rule: text::said(&self.id),
            title: self.name.as_deref().and_then(text::title),
            path: text::said(&place.file),
            line: place.line.line(),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_run_without_files_or_queries_proves_nothing() {
        let report = |files: u64, queries: u64, broke: u64, total: u64| {
            format!(
                r#"{{"kics_version": "v2.1.3", "files_scanned": {files}, "queries_total": {queries},
                "queries_failed_to_execute": {broke}, "total_counter": {total}, "queries": []}}"#
            )
        };
        proves(
            "kics",
            &[
                (&report(2, 291, 0, 0), ""),
                (&report(2, 291, 1, 0), ""),
                (&report(0, 291, 0, 0), "scanned 0 files"),
                (&report(2, 0, 0, 0), "ran 0 queries"),
                (&report(2, 291, 0, 0).replacen('{', r#"{"files_parsed": 0, "#, 1), "parse 0"),
                (&report(2, 291, 0, 0).replacen('{', r#"{"files_parsed": 2, "#, 1), ""),
                (&report(2, 3, 3, 0), "ran 0 queries"),
                (&report(2, 291, 0, 4), "`total_counter` counts 4"),
            ],
        );
        let unchecked = |text: &str| reading("kics", text).facts.findings.unwrap().unchecked;
        assert_eq!(unchecked(&report(2, 291, 1, 0)), Some(1));
    }
}
