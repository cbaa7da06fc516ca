//! `retire --outputformat json` and `jsonsimple`: libraries of JavaScript with known vulnerabilities.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct RetireJson;

impl Format for RetireJson {
    fn id(&self) -> &'static str {
        "retire-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Retire.js",
            recognised: "`data` beside `start`, `errors` and `version`; a list of files with `results` of a `component`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`start`").version("`version`"),
            source: "https://github.com/RetireJS/retire.js/tree/master/node",
            clean: "Components are listed (`--verbose`), and none has a vulnerability.",
            vacuous: "`data` is empty: without `--verbose` a folder without a script looks the same; `errors`, and no vulnerability, as where its repository could not be fetched.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "Each vulnerability of each file is a finding; the first CVE, else the GitHub advisory, is its rule.",
                "`errors` hold warnings too: each is counted in `findings.unchecked`.",
                "What its ignore file leaves out is not in the report.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let file = |file: &Shape<'_>| {
            let result = file.first_of("results");
            file.has(&["file"])
                && result.is_some_and(|result| result.has(&["component", "version"]))
        };
        Fit::sure(sniff.json().is_some_and(|shape| {
            let first = shape.first_of("data");
            let report = shape.has(&["version", "start"]) && shape.has_list("data");
            let known = shape.has(&["errors"]) || first.is_some_and(file);
            report && known || shape.first().is_some_and(file)
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["fixed_in"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report = match input.sniff.json() {
            Some(Shape::List(_)) => Report { files: input.json()?, ..Report::default() },
            _ => input.json()?,
        };
        let mut reading = Reading::by(self.id(), "Retire.js");
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.start.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        report.files.iter().for_each(|file| file.add(&mut findings));
        if let Some(errors) = &report.errors {
            findings.unchecked = Some(errors.len() as u64);
        }
        if let Some(first) = report.errors.iter().flatten().next() {
            let said = text::title(first).unwrap_or_default();
            let errors = counted(report.errors.iter().flatten().count() as u64, "error");
            let why = format!("Retire.js reports {errors}. The first says: {said}");
            match findings.total() {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        } else if report.files.iter().all(|file| file.results.is_empty()) {
            let why =
                "Retire.js lists no file where it found nothing, and where it looked at none.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Default, Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    start: Option<Str<'a>>,
    #[serde(rename = "data")]
    files: Vec<File<'a>>,
    errors: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    results: Vec<Library<'a>>,
}

#[derive(Deserialize)]
struct Library<'a> {
    #[serde(borrow)]
    component: Option<Str<'a>>,
    version: Option<Str<'a>>,
    vulnerabilities: Option<Vec<Vulnerability<'a>>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    below: Option<Str<'a>>,
    identifiers: Option<Identifiers<'a>>,
}

#[derive(Deserialize)]
struct Identifiers<'a> {
    #[serde(borrow, rename = "CVE")]
    cves: Option<Vec<Str<'a>>>,
    #[serde(rename = "githubID")]
    advisory: Option<Str<'a>>,
    summary: Option<Str<'a>>,
}

impl File<'_> {
    fn add(&self, findings: &mut Findings) {
        for library in &self.results {
            for vulnerability in library.vulnerabilities.iter().flatten() {
                let mut finding = vulnerability.finding();
                finding.package = text::said(&library.component);
                finding.version = text::said(&library.version);
                finding.path = text::said(&self.file);
                findings.add(finding);
            }
        }
    }
}

impl Vulnerability<'_> {
    fn finding(&self) -> Finding {
        let names = self.identifiers.as_ref();
        let cve = names.and_then(|names| names.cves.iter().flatten().next());
        let rule = cve.map(|cve| (**cve).to_owned());
        let grade = self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word);
        Finding {
            rule: rule.or_else(|| names.and_then(|names| text::said(&names.advisory))),
            aliases: text::all_said(
                names.iter().flat_map(|of| of.cves.iter().flatten().chain(&of.advisory)),
            ),
            title: names.and_then(|names| text::title(names.summary.as_deref()?)),
            fixed_in: text::said(&self.below),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn report(data: &str, errors: &str) -> String {
        format!(
            r#"{{"version": "5.7.0", "start": "2026-11-26T12:19:52Z", "data": [{data}], "errors": [{errors}]}}"#
        )
    }

    fn file(vulnerabilities: &str) -> String {
        format!(
            r#"{{"file": "a.js", "results": [{{"component": "jquery", "version": "1.8.1" {vulnerabilities}}}]}}"#
        )
    }

    #[test]
    fn a_report_that_lists_no_library_proves_nothing_alone() {
        let known = r#", "vulnerabilities": [{"severity": "high", "below": "3", "identifiers": {"githubID": "GHSA-1"}}]"#;
        let error = r#""Error downloading: getaddrinfo ENOTFOUND""#;
        proves(
            "retire-json",
            &[
                (&report("", ""), "and where it looked at none"),
                (&report(r#"{"file": "a.js", "results": []}"#, ""), "and where it looked at none"),
                (&report("", error), "1 error. The first says: Error downloading"),
                (&report(&file(""), error), "1 error. The first says"),
                (&report(&file(""), ""), ""),
                (&report(&file(known), error), ""),
                (&format!("[{}]", file(known)), ""),
            ],
        );
        for text in [report(&file(known), ""), format!("[{}]", file(known))] {
            let findings = reading("retire-json", &text).facts.findings.unwrap();
            let found = &findings.list.entries()[0];
            assert_eq!((findings.total(), findings.graded(Grade::High)), (1, 1), "{text}");
            assert_eq!(
                (found.rule.as_deref(), found.fixed_in.as_deref()),
                (Some("GHSA-1"), Some("3"))
            );
        }
    }
}
