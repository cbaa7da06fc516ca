//! GitLab's security reports: SAST, dependency, container, secret, DAST and fuzzing scans.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GitlabSecurity;

impl Format for GitlabSecurity {
    fn id(&self) -> &'static str {
        "gitlab-security"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab security scanners",
            recognised: "`version` beside `vulnerabilities` and `scan`, or `remediations`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`scan.end_time`").version("`scan.scanner.version`"),
            source: "https://gitlab.com/gitlab-org/security-products/security-report-schemas",
            clean: "`vulnerabilities` is empty and `scan.status` is no failure.",
            vacuous: "`scan.status: failure`; a message of level fatal; `scanned_resources: []` of a DAST scan, `dependency_files: []` of one of dependencies.",
            blank: Blanks::NONE,
            notes: &[
                "A report without `vulnerabilities` is broken, not clean.",
                "Of those that Semgrep and Checkov write themselves (`--gitlab-sast`, `-o gitlab_sast`) a report without a finding needs something that vouches for it: it names no file that was scanned.",
                "A report of `scan.type: secret_detection` is not copied into a report, for it holds what leaked.",
                "`scan.status: failure` with no vulnerability is a failure of the scanner.",
                "`scan.partial_scan`: only what a merge request changed was scanned; the rest is counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let scan = shape
            .get("scan")
            .is_some_and(|scan| scan.has(&["scanner"]) || scan.has(&["type", "status"]));
        let old = shape.has_list("vulnerabilities")
            && shape.first_of("vulnerabilities").is_none_or(|v| v.has(&["identifiers"]))
            && shape.has_list("remediations");
        Fit::sure(shape.has(&["version"]) && (scan || old))
    }

    fn grades(&self) -> bool {
        true
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        input.members(&mut report)?;
        if !report.has {
            return Err(Broken::new("The report holds no `vulnerabilities`."));
        }
        let mut reading = Reading::of(self.id());
        reading.secrets = report.secrets;
        if let Some(scan) = &report.scan {
            reading.produced_at = scan.end_time.as_deref().map(ProducedAt::parse);
            reading.secrets |= is_of_secrets(&scan.kind);
            if let Some(scanner) = &scan.scanner {
                reading.tool = text::said(&scanner.name);
                reading.tool_version = text::said(&scanner.version);
            }
            let fatal = scan.messages.iter().flatten().find_map(|told| {
                told.level.as_deref().filter(|level| *level == "fatal")?;
                told.value.as_deref().and_then(text::title)
            });
            if let Some(said) = fatal {
                let why = format!("The scanner tells of a fatal error. It says: {said}");
                reading.doubt(Rule::ToolFailed, why);
            }
            let listed = report.files.as_ref().or(scan.resources.as_ref());
            if listed.is_some_and(Vec::is_empty) && report.findings.total() == 0 {
                let name = reading.tool.as_deref().unwrap_or("The scanner").to_owned();
                let what =
                    if report.files.is_some() { "files of dependencies" } else { "resources" };
                reading.doubt(Rule::NothingLookedAt, format!("{name} scanned 0 {what}."));
            }
            if let Some(name) = scan.silent().filter(|_| report.findings.total() == 0) {
                let why = format!("{name} names no file that it scanned here; its JSON does.");
                reading.doubt(Rule::SilentTool, why);
            }
            if scan.partial.is_some() {
                reading.warn("Only a part was scanned (`scan.partial_scan`): what was changed.");
                report.findings.unchecked = Some(1);
            }
            if scan.status.as_deref() == Some("failure") {
                let name = reading.tool.as_deref().unwrap_or("The scanner").to_owned();
                reading.doubt(Rule::ToolFailed, format!("{name} reports that its scan failed."));
            }
        }
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

/// Whether a kind of scan, or the category of a finding in older reports, is about leaked secrets.
fn is_of_secrets(kind: &Option<Str<'_>>) -> bool {
    kind.as_deref() == Some("secret_detection")
}

#[derive(Default)]
struct Report<'a> {
    findings: Findings,
    has: bool,
    /// Whether a finding quotes what leaked.
    secrets: bool,
    scan: Option<Scan<'a>>,
    /// The manifests that a scan of dependencies found.
    files: Option<Vec<IgnoredAny>>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "vulnerabilities" => {
                self.has = json::each(map, |found: Vulnerability<'de>| {
                    self.secrets |= is_of_secrets(&found.category);
                    self.findings.add(found.finding())
                })?;
            }
            "scan" => self.scan = map.next_value()?,
            "dependency_files" => self.files = map.next_value()?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Scan<'a> {
    #[serde(borrow)]
    scanner: Option<Scanner<'a>>,
    analyzer: Option<Analyzer<'a>>,
    #[serde(rename = "type")]
    kind: Option<Str<'a>>,
    end_time: Option<Str<'a>>,
    status: Option<Str<'a>>,
    messages: Option<Vec<Told<'a>>>,
    /// How a scan of a part alone chose that part.
    #[serde(rename = "partial_scan")]
    partial: Option<IgnoredAny>,
    /// The addresses that a DAST scan asked for.
    #[serde(rename = "scanned_resources")]
    resources: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Analyzer<'a> {
    #[serde(borrow)]
    vendor: Option<Vendor<'a>>,
    name: Option<Str<'a>>,
}

impl Scan<'_> {
    /// Who wrote it, where that names no file: Semgrep as its vendor, Checkov as the analyzer.
    fn silent(&self) -> Option<&'static str> {
        let analyzer = self.analyzer.as_ref()?;
        let vendor = analyzer.vendor.as_ref().and_then(|of| of.name.as_deref());
        let names = [vendor, analyzer.name.as_deref()];
        ["Semgrep", "Checkov"]
            .into_iter()
            .zip(names)
            .find_map(|(of, name)| (name == Some(of)).then_some(of))
    }
}

#[derive(Deserialize)]
struct Vendor<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow)]
    level: Option<Str<'a>>,
    value: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Scanner<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    category: Option<Str<'a>>,
    message: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    solution: Option<Str<'a>>,
    location: Option<Location<'a>>,
    identifiers: Option<Vec<Identifier<'a>>>,
}

#[derive(Deserialize)]
struct Identifier<'a> {
    #[serde(borrow)]
    value: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    image: Option<Str<'a>>,
    #[serde(default)]
    start_line: Num,
    dependency: Option<Dependency<'a>>,
}

#[derive(Deserialize)]
struct Dependency<'a> {
    #[serde(borrow)]
    package: Option<Package<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

impl Vulnerability<'_> {
    fn finding(&self) -> Finding {
        let place = self.location.as_ref();
        let dependency = place.and_then(|place| place.dependency.as_ref());
        let title = self.name.as_deref().or(self.message.as_deref());
        Finding {
            rule: self.identifiers.iter().flatten().next().and_then(|of| text::said(&of.value)),
            aliases: text::all_said(
                self.identifiers.iter().flatten().skip(1).flat_map(|of| &of.value),
            ),
            title: title.and_then(text::title),
            package: dependency.and_then(|of| text::said(&of.package.as_ref()?.name)),
            version: dependency.and_then(|of| text::said(&of.version)),
            fixed_in: self.solution.as_deref().and_then(text::title),
            path: place
                .and_then(|place| text::said(&place.file).or_else(|| text::said(&place.image))),
            line: place.and_then(|place| place.start_line.line()),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_dast_scan_that_reached_no_page_is_not_clean() {
        let report = |resources: &str| {
            format!(
                r#"{{"version": "15.0.6", "vulnerabilities": [], "scan": {{"type": "dast",
                "status": "success", "scanner": {{"name": "DAST"}}{resources}}}}}"#
            )
        };
        let one =
            r#", "scanned_resources": [{"method": "GET", "type": "url", "url": "https://x/"}]"#;
        for (resources, why) in
            [("", ""), (one, ""), (r#", "scanned_resources": []"#, "DAST scanned 0 resources")]
        {
            proves("gitlab-security", &[(&report(resources), why)]);
        }
        let none = report("").replacen('{', r#"{"dependency_files": [], "#, 1);
        proves("gitlab-security", &[(&none, "scanned 0 files of dependencies")]);
    }

    #[test]
    fn what_a_scan_of_a_part_left_out_is_unchecked() {
        let report = |partial: &str| {
            format!(
                r#"{{"version": "15.2.2", "vulnerabilities": [], "scan": {{"type": "sast",
                "status": "success", "scanner": {{"name": "SAST"}}{partial}}}}}"#
            )
        };
        let differential = r#", "partial_scan": {"mode": "differential"}"#;
        for (partial, unchecked) in [("", None), (differential, Some(1))] {
            let findings = reading("gitlab-security", &report(partial)).facts.findings.unwrap();
            assert_eq!(findings.unchecked, unchecked, "{partial}");
        }
    }

    #[test]
    fn a_report_of_leaked_secrets_holds_them() {
        let secrets = |kind: &str, category: &str| {
            let report = format!(
                r#"{{"version": "15.0.6", "vulnerabilities": [{{"category": "{category}"}}],
                "scan": {{"type": "{kind}", "status": "success", "scanner": {{"name": "S"}}}}}}"#
            );
            reading("gitlab-security", &report).secrets
        };
        assert!(secrets("secret_detection", "any"));
        assert!(secrets("any", "secret_detection"));
        assert!(!secrets("sast", "sast"));
    }
}
