//! The audit report of npm 6, which pnpm and Yarn 2 and 3 write too: advisories and their paths.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::listed;
use crate::evidence::json::{Map, Str};
use crate::evidence::{Broken, Input, Shape, text};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule};

/// Whether the keys are those of npm 6.
pub(in crate::evidence) fn is_advisories(shape: &Shape<'_>) -> bool {
    shape.has_map("advisories") && shape.has_map("metadata")
}

/// Whether the document says that the audit failed, and nothing else.
pub(in crate::evidence) fn is_failure(shape: &Shape<'_>) -> bool {
    let summary = shape.at(&["error", "summary"]).is_some();
    let told = shape.at(&["error", "code"]).is_some() && summary;
    // What the registry answered, where npm has no code for it.
    let answered = summary && shape.has(&["statusCode", "uri"]);
    // `npm ls` and others end with such an error behind what they list.
    (told || answered || is_unanswered(shape))
        && !shape.has(&["dependencies"])
        && !shape.has(&["problems"])
}

/// Whether it says that nobody could be asked, or what the registry answered instead: up to npm 9 that
/// alone, since then beside an error without words.
fn is_unanswered(shape: &Shape<'_>) -> bool {
    const TOLD: [&str; 7] = ["message", "method", "uri", "headers", "statusCode", "body", "error"];
    const ENDPOINT: &str = "/-/npm/v1/security/";
    let only = shape.members().iter().all(|(name, _)| TOLD.contains(name));
    let asked = |name| shape.text(name).is_some_and(|text| text.contains(ENDPOINT));
    let beside = shape.at(&["error", "summary"]).is_some();
    only && shape.has(&["message"]) && (beside || asked("message") || asked("uri"))
}

/// Whether the document says that pnpm failed, and nothing else: its codes name it.
pub(in crate::evidence) fn is_failure_of_pnpm(shape: &Shape<'_>) -> bool {
    let error = shape.get("error").filter(|error| error.has(&["message"]));
    let code = error.and_then(|error| error.text("code"));
    shape.members().len() == 1 && code.is_some_and(|code| code.starts_with("ERR_PNPM_"))
}

/// Why the audit failed.
#[derive(Debug, Deserialize)]
pub(in crate::evidence) struct Failure<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    #[serde(alias = "message")]
    summary: Option<Str<'a>>,
}

impl Failure<'_> {
    /// Doubts the reading.
    pub(in crate::evidence) fn doubt(
        &self,
        reading: &mut Reading,
        tool: &str,
        message: Option<&str>,
    ) {
        let code = self.code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
        let mut why = format!("{tool} reported an error{code} and no result.");
        let summary = self.summary.as_deref().and_then(text::title);
        if let Some(said) = summary.or_else(|| message.and_then(text::title)) {
            why = format!("{why} It says: {said}");
        }
        reading.doubt(Rule::ToolFailed, why);
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    advisories: Map<'a, Advisory<'a>>,
    actions: Option<Vec<Action>>,
    metadata: Metadata,
    error: Option<Failure<'a>>,
    message: Option<Str<'a>>,
}

/// What would mend some of the advisories.
#[derive(Deserialize)]
struct Action {
    resolves: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    title: Option<Str<'a>>,
    module_name: Option<Str<'a>>,
    patched_versions: Option<Str<'a>>,
    github_advisory_id: Option<Str<'a>>,
    cves: Option<Vec<Str<'a>>>,
    url: Option<Str<'a>>,
    findings: Option<Vec<Place<'a>>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    paths: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    vulnerabilities: Option<Severities>,
    total_dependencies: Option<u64>,
}

/// Counts by npm's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(in crate::evidence) struct Severities {
    pub info: u64,
    pub low: u64,
    pub moderate: u64,
    pub high: u64,
    pub critical: u64,
    /// All, where the report says so: npm 7 and later.
    pub total: u64,
}

impl Severities {
    /// All of them.
    pub(in crate::evidence) fn total(&self) -> u64 {
        [self.info, self.low, self.moderate, self.high, self.critical]
            .into_iter()
            .fold(0, u64::saturating_add)
            .max(self.total)
    }

    fn graded(&self, grade: Grade) -> u64 {
        match grade {
            Grade::Info => self.info,
            Grade::Low => self.low,
            Grade::Medium => self.moderate,
            Grade::High => self.high,
            Grade::Critical => self.critical,
            Grade::Unknown => 0,
        }
    }
}

/// Reads the report. The paths are counted as `metadata` counts them; where it counts fewer than
/// there are advisories, of all or of one grade, it is not believed.
pub(in crate::evidence) fn read(
    input: &Input<'_>,
    reading: &mut Reading,
    tool: &str,
) -> Result<(), Broken> {
    let report: Report<'_> = input.json()?;
    let mut findings = input.findings();
    let mut counted = 0;
    for (key, advisory) in &report.advisories {
        if advisory.patched_versions.is_some() {
            findings.list.tells("fixed_in");
        }
        for finding in advisory.findings(key) {
            counted += 1;
            findings.add(finding);
        }
    }
    let declared = report.metadata.vulnerabilities.unwrap_or_default();
    if declared.total() != counted {
        reading.warn(format!(
            "`metadata` counts {} vulnerable paths; the advisories list {counted}.",
            declared.total()
        ));
    }
    if declared.total() >= report.advisories.len() as u64 {
        let list = std::mem::take(&mut findings.list);
        findings = input.findings();
        findings.list = list;
        for grade in Grade::ALL {
            let advisories = report.advisories.values().filter(|of| of.grade() == grade).count();
            let count = declared.graded(grade).max(advisories as u64);
            findings.tally(grade, grade.level(), count);
        }
    }
    if report.advisories.is_empty() {
        listed::lost(reading, "`metadata`", declared.total(), 0);
        let actions = report.actions.iter().flatten();
        let resolved =
            actions.map(|action| action.resolves.as_ref().map_or(0, Vec::len)).sum::<usize>();
        listed::lost(reading, "`actions`", resolved as u64, 0);
        told(reading, tool, report.error.as_ref(), report.message.as_deref());
        looked_at(reading, tool, report.metadata.total_dependencies);
    }
    reading.facts.findings = Some(findings);
    Ok(())
}

/// Doubts a reading without findings beside which an error or a message stands.
pub(in crate::evidence) fn told(
    reading: &mut Reading,
    tool: &str,
    error: Option<&Failure<'_>>,
    message: Option<&str>,
) {
    if let Some(failure) = error {
        failure.doubt(reading, tool, message);
    } else if let Some(said) = message.and_then(text::title) {
        let why = format!("{tool} reported no result. It says: {said}");
        reading.doubt(Rule::ToolFailed, why);
    }
}

/// Doubts a reading without findings over 0 dependencies.
pub(in crate::evidence) fn looked_at(reading: &mut Reading, tool: &str, total: Option<u64>) {
    if total == Some(0) {
        reading.doubt(Rule::NothingLookedAt, format!("{tool} looked at 0 dependencies."));
    }
}

impl Advisory<'_> {
    /// One finding a path; an advisory without paths is one.
    fn findings(&self, key: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        for place in self.findings.iter().flatten() {
            let paths = place.paths.iter().flatten();
            found.extend(paths.map(|path| self.finding(key, place.version.as_deref(), Some(path))));
        }
        if found.is_empty() {
            found.push(self.finding(key, None, None));
        }
        found
    }

    fn grade(&self) -> Grade {
        self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word)
    }

    fn finding(&self, key: &str, version: Option<&str>, path: Option<&str>) -> Finding {
        let rule = self.github_advisory_id.as_deref().or(self.url.as_deref()).unwrap_or(key);
        Finding {
            rule: Some(rule.to_owned()),
            aliases: text::all_said(self.cves.iter().flatten()),
            title: self.title.as_deref().and_then(text::title),
            package: self.module_name.as_deref().map(str::to_owned),
            version: version.map(str::to_owned),
            fixed_in: self.patched_versions.as_deref().and_then(patched),
            path: path.map(str::to_owned),
            ..Finding::graded(self.grade())
        }
    }
}

/// The versions that an advisory says are mended. npm's registry writes that none is as a range that
/// takes none.
pub(in crate::evidence) fn patched(versions: &str) -> Option<String> {
    let versions = versions.trim();
    (!versions.is_empty() && versions != "<0.0.0").then(|| versions.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn an_audit_that_lists_nothing_must_have_looked() {
        let six = |more: &str, metadata: &str| {
            format!(
                r#"{{"actions": [], "advisories": {{}}{more}, "metadata": {{"vulnerabilities":
                {{"info": 0, "low": 0, "moderate": 0, "high": 0, "critical": 0}}{metadata}}}}}"#
            )
        };
        let seven = |more: &str, high: u64, total: u64| {
            format!(
                r#"{{"auditReportVersion": 2, "vulnerabilities": {{}}{more}, "metadata":
                {{"vulnerabilities": {{"high": {high}, "total": {high}}},
                "dependencies": {{"prod": 1, "total": {total}}}}}}}"#
            )
        };
        let error = r#", "error": {"code": "E", "summary": "no registry"}"#;
        let message = r#", "message": "no registry""#;
        proves(
            "npm-audit",
            &[
                (&six("", r#", "totalDependencies": 9"#), ""),
                (&six("", "").replace("\"high\": 0", "\"high\": 3"), "`metadata` counts 3"),
                (
                    &six("", "")
                        .replace("[]", r#"[{"action": "install", "resolves": [{"id": 1}]}]"#),
                    "`actions` counts 1",
                ),
                (&six(error, ""), "It says: no registry"),
                (&six(message, ""), "It says: no registry"),
                (&six("", r#", "totalDependencies": 0"#), "0 dependencies"),
                (&seven("", 0, 9), ""),
                (&seven("", 3, 9), "`metadata` counts 3"),
                (&seven("", 0, 9).replace("\"total\": 0", "\"total\": 2"), "`metadata` counts 2"),
                (&seven(error, 0, 9), "It says: no registry"),
                (&seven(message, 0, 9), "It says: no registry"),
                (&seven("", 0, 0), "0 dependencies"),
            ],
        );
        let pnpm = six("", r#", "totalDependencies": 9"#).replace("\"actions\": [], ", "");
        let none = pnpm.replace(": 9", ": 0");
        proves("pnpm-audit", &[(&pnpm, ""), (&none, "pnpm audit looked at 0 dependencies")]);
    }

    #[test]
    fn metadata_that_counts_no_advisory_of_a_grade_is_not_believed() {
        for counts in [r#""low": 1"#, r#""total": 5"#, r#""high": 1, "critical": 0"#] {
            let report = format!(
                r#"{{"advisories": {{"1": {{"severity": "critical"}}}},
                "metadata": {{"vulnerabilities": {{{counts}}}}}}}"#
            );
            let findings = reading("pnpm-audit", &report).facts.findings.unwrap();
            assert_eq!(findings.graded(Grade::Critical), 1, "{counts}");
        }
    }
}
