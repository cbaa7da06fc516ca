//! OWASP Dependency-Check, XML or JSON.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::xml::{Node, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule, Timestamp, counted};

/// How many days before the report its vulnerabilities may have been asked for last.
const OLDEST_DATABASE: u64 = 30;

pub(super) struct DependencyCheck;

impl Format for DependencyCheck {
    fn id(&self) -> &'static str {
        "dependency-check"
    }

    fn about(&self) -> About {
        About {
            tool: "OWASP Dependency-Check",
            recognised: "the root element `analysis` in a namespace of dependency-check, or `reportSchema` beside `scanInfo`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`reportDate`").version("`engineVersion`"),
            source: "https://dependency-check.github.io/DependencyCheck/general/schemas.html",
            clean: "Dependencies are listed and none is vulnerable.",
            vacuous: "0 dependencies; an empty list of data sources.",
            blank: Blanks::NONE,
            notes: &[
                "The severity is the word that the report gives, not one of its CVSS scores.",
                "Suppressed vulnerabilities are listed, not counted; related dependencies are not counted again.",
                "Where the National Vulnerability Database was asked last more than 30 days before `reportDate` (`dataSource`), that is counted in `findings.unchecked`, and told.",
                "0 dependencies: nothing was looked at. An empty `dataSource` (JSON): they were held against no database.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let xml = sniff.xml().is_some_and(|root| {
            let space = root.namespace.as_deref().unwrap_or_default().to_ascii_lowercase();
            root.name == "analysis"
                && (space.contains("dependency-check") || space.contains("dependencycheck"))
        });
        let json = sniff.json().is_some_and(|shape| shape.has(&["reportSchema", "scanInfo"]));
        Fit::sure(xml || json)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Dependency-Check");
        let mut report = Report { findings: input.findings(), ..Report::default() };
        match input.sniff.xml() {
            Some(_) => report.xml(&mut input.xml(), &mut reading)?,
            None => report.json(&input.json()?, &mut reading),
        }
        if report.is_without_source {
            let why = "Dependency-Check had no data source: it knew of no vulnerability.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if report.dependencies == 0 {
            reading.doubt(Rule::NothingLookedAt, "Dependency-Check looked at 0 dependencies.");
        }
        if report.exceptions > 0 {
            let why = "Dependency-Check reports that an analysis failed.";
            match report.findings.total() {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        }
        let old = report.old_database(&reading);
        report.findings.unchecked = Some(report.exceptions + u64::from(old.is_some()));
        if let Some((asked, days)) = old {
            let days = counted(days, "day");
            reading.warn(format!(
                "Dependency-Check's database is of {asked}, {days} before the report: what became known since was not looked for."
            ));
        }
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report {
    findings: Findings,
    dependencies: u64,
    /// Analyses that failed.
    exceptions: u64,
    /// The list of its databases is there, and empty.
    is_without_source: bool,
    /// When the National Vulnerability Database was asked last, or changed last.
    database: Option<Timestamp>,
}

impl Report {
    /// Notes a source of vulnerabilities.
    fn source(&mut self, name: &str, time: &str) {
        if name.trim_start().starts_with("NVD") {
            self.database = self.database.max(ProducedAt::parse(time.trim()).at);
        }
    }

    /// The day of the database, and how many days that was before the report, where they are too many.
    fn old_database(&self, reading: &Reading) -> Option<(String, u64)> {
        let (made, database) = (reading.produced_at.as_ref()?.at?, self.database?);
        let days = u64::try_from(made.since(database).as_seconds() / 86_400).ok()?;
        (days > OLDEST_DATABASE).then(|| (database.date(), days))
    }

    fn xml(&mut self, xml: &mut Xml<'_>, reading: &mut Reading) -> Result<(), Broken> {
        let mut file = None;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match (tag.name(), xml.depth()) {
                ("engineVersion", _) => {
                    reading.tool_version = Some(xml.content()?.trim().to_owned())
                }
                ("exception", _) if self.exceptions == 0 => {
                    self.exceptions = 1;
                    xml.skip()?;
                }
                ("reportDate", _) => {
                    reading.produced_at = Some(ProducedAt::parse(xml.content()?.trim()))
                }
                ("dataSource", 3) => self.xml_source(xml)?,
                ("dependency", 3) => self.dependencies += 1,
                ("fileName", 4) => file = Some(xml.content()?.trim().to_owned()),
                ("vulnerability", _) => self.vulnerability(xml, file.as_deref(), false)?,
                ("suppressedVulnerability", _) => self.vulnerability(xml, file.as_deref(), true)?,
                ("relatedDependencies" | "evidenceCollected", _) => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn xml_source(&mut self, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let depth = xml.depth();
        let (mut name, mut time) = (String::new(), String::new());
        while xml.depth() >= depth {
            let Some(node) = xml.next()? else { break };
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "name" => name = xml.content()?.trim().to_owned(),
                "timestamp" => time = xml.content()?.trim().to_owned(),
                _ => {}
            }
        }
        self.source(&name, &time);
        Ok(())
    }

    fn vulnerability(
        &mut self,
        xml: &mut Xml<'_>,
        file: Option<&str>,
        suppressed: bool,
    ) -> Result<(), Broken> {
        let depth = xml.depth();
        let mut finding = Finding::graded(Grade::Unknown);
        while xml.depth() >= depth {
            let Some(node) = xml.next()? else { break };
            let Node::Open(tag) = node else { continue };
            match (tag.name(), xml.depth() - depth) {
                ("name", 1) => finding.rule = Some(xml.content()?.trim().to_owned()),
                ("severity", 1) => {
                    let grade = Grade::from_word(&xml.content()?);
                    (finding.grade, finding.level) = (grade, grade.level());
                }
                ("description", 1) => finding.title = text::title(&xml.content()?),
                _ => {}
            }
        }
        finding.package = file.map(str::to_owned);
        self.findings.add(Finding { suppressed, ..finding });
        Ok(())
    }

    fn json(&mut self, report: &Json<'_>, reading: &mut Reading) {
        reading.tool_version = report.scan.as_ref().and_then(|scan| text::said(&scan.engine));
        let made = report.project.as_ref().and_then(|project| project.date.as_deref());
        reading.produced_at = made.map(ProducedAt::parse);
        let failed = report.scan.as_ref().and_then(|scan| scan.exceptions.as_ref());
        self.exceptions = failed.map_or(0, Vec::len) as u64;
        let sources = report.scan.as_ref().and_then(|scan| scan.sources.as_ref());
        self.is_without_source = sources.is_some_and(Vec::is_empty);
        for source in sources.into_iter().flatten() {
            if let Source::Told { name: Some(name), timestamp: Some(time) } = source {
                self.source(name, time);
            }
        }
        for dependency in &report.dependencies {
            self.dependencies += 1;
            let lists = [(&dependency.vulnerabilities, false), (&dependency.suppressed, true)];
            for (list, suppressed) in lists {
                for found in list.iter().flatten() {
                    self.findings.add(Finding { suppressed, ..found.finding(dependency) });
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Json<'a> {
    #[serde(borrow, rename = "scanInfo")]
    scan: Option<Scan<'a>>,
    #[serde(rename = "projectInfo")]
    project: Option<Project<'a>>,
    dependencies: Vec<Dependency<'a>>,
}

#[derive(Deserialize)]
struct Scan<'a> {
    #[serde(borrow, rename = "engineVersion")]
    engine: Option<Str<'a>>,
    #[serde(rename = "analysisExceptions")]
    exceptions: Option<Vec<serde::de::IgnoredAny>>,
    #[serde(rename = "dataSource")]
    #[serde(borrow)]
    sources: Option<Vec<Source<'a>>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Source<'a> {
    Told {
        #[serde(borrow)]
        name: Option<Str<'a>>,
        timestamp: Option<Str<'a>>,
    },
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Project<'a> {
    #[serde(borrow, rename = "reportDate")]
    date: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Dependency<'a> {
    #[serde(borrow, rename = "fileName")]
    file: Option<Str<'a>>,
    vulnerabilities: Option<Vec<Vulnerability<'a>>>,
    #[serde(rename = "suppressedVulnerabilities")]
    suppressed: Option<Vec<Vulnerability<'a>>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    description: Option<Str<'a>>,
}

impl Vulnerability<'_> {
    fn finding(&self, of: &Dependency<'_>) -> Finding {
        Finding {
            rule: text::said(&self.name),
            title: self.description.as_deref().and_then(text::title),
            package: text::said(&of.file),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_became_known_after_its_database_was_asked_is_unchecked() {
        for (checked, modified, unchecked) in [
            ("2026-11-09T01:00:00Z", "2023-02-01T01:00:00Z", 0),
            ("2023-02-02T01:00:00Z", "2023-02-01T01:00:00Z", 1),
            ("2027-02-02T01:00:00Z", "2023-02-01T01:00:00Z", 0),
            ("never", "never", 0),
        ] {
            let json = format!(
                r#"{{"reportSchema": "1.1", "scanInfo": {{"engineVersion": "12.1.3", "dataSource": [
                {{"name": "NVD API Last Checked", "timestamp": "{checked}"}}, 7,
                {{"name": "NVD API Last Modified", "timestamp": "{modified}"}},
                {{"name": "VersionCheckOn", "timestamp": "2026-11-09T01:00:00Z"}}]}},
                "projectInfo": {{"name": "shop", "reportDate": "2026-11-10T08:00:00Z"}},
                "dependencies": [{{"fileName": "a.jar"}}]}}"#
            );
            let source = |name: &str, time: &str| {
                format!("<dataSource><name>{name}</name><timestamp>{time}</timestamp></dataSource>")
            };
            let xml = format!(
                "<analysis xmlns='https://jeremylong.github.io/DependencyCheck/dependency-check.4.0.xsd'>\
                 <scanInfo><engineVersion>12.1.3</engineVersion>{}{}{}</scanInfo>\
                 <projectInfo><name>shop</name><reportDate>2026-11-10T08:00:00Z</reportDate></projectInfo>\
                 <dependencies><dependency><fileName>a.jar</fileName></dependency></dependencies></analysis>",
                source("NVD API Last Checked", checked),
                source("NVD API Last Modified", modified),
                source("VersionCheckOn", "2026-11-09T01:00:00Z"),
            );
            for text in [json, xml] {
                let read = reading("dependency-check", &text);
                assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{text}");
                let told = read.warnings.iter().any(|said| said.contains("is of 2023-02-02"));
                assert_eq!(told, unchecked > 0, "{text}");
            }
        }
    }

    #[test]
    fn what_was_held_against_no_database_proves_nothing() {
        let report = |scan: &str| {
            format!(
                r#"{{"reportSchema": "1.1", "scanInfo": {{"engineVersion": "12.1.3"{scan}}},
                "dependencies": [{{"fileName": "a.jar"}}]}}"#
            )
        };
        proves(
            "dependency-check",
            &[
                (&report(r#", "dataSource": []"#), "no data source"),
                (&report(r#", "dataSource": [{"name": "NVD API Last Checked"}]"#), ""),
                (&report(""), ""),
            ],
        );
    }
}
