//! `npm audit --json`, of npm 7 and later, and of npm 6.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::listed;
use crate::evidence::family::npm::{self, Failure, Severities};
use crate::evidence::family::version;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::Reading;

/// Between a package and what makes it vulnerable lie no more packages than this.
const MOST_BETWEEN: usize = 500;

pub(super) struct NpmAudit;

impl Format for NpmAudit {
    fn id(&self) -> &'static str {
        "npm-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "npm audit",
            recognised: "`auditReportVersion` beside `vulnerabilities`; npm 6: `advisories`, `actions` and `metadata`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.npmjs.com/cli/v11/commands/npm-audit",
            clean: "`vulnerabilities` is there and empty.",
            vacuous: "`error` in place of a result: the registry or the lock file could not be read; 0 dependencies.",
            blank: Blanks::NONE,
            notes: &[
                "Under npm's `offline` (in `.npmrc`, or `--offline`) it asks nobody and writes a clean report with exit code 0: run it online. A seal of `trueup collect` tells of it, and such a report proves nothing.",
                "npm 7 and later: a finding is a vulnerable package with its own severity, whatever `metadata` counts. Where `via` names another package, the advisories of that one are its own: by each of them it is waived.",
                "npm 6: a finding is a path to a vulnerable package, as its `metadata` counts them.",
                "`{\"error\": …}` or a `message` means that the audit failed, not that nothing was found.",
                "Over 0 dependencies, or where `metadata` counts more than is listed, nothing is proven.",
                "`moderate` is medium.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        if shape.has(&["auditReportVersion"]) || npm::is_failure(shape) {
            return Fit::Sure;
        }
        Fit::sure(npm::is_advisories(shape) && shape.has_list("actions"))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let told = |shape: &crate::evidence::Shape<'_>| {
            npm::is_advisories(shape) || shape.has(&["message"]) || shape.has(&["error"])
        };
        self.recognises(sniff) != Fit::No || sniff.json().is_some_and(told)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "npm audit");
        let shape = input.sniff.json();
        if shape.is_some_and(npm::is_advisories) {
            npm::read(input, &mut reading, "npm audit")?;
            return Ok(reading);
        }
        let report: Report<'_> = input.json()?;
        version::known(&mut reading, "auditReportVersion", report.version.get(), 2);
        let nothing = report.vulnerabilities.as_ref().is_none_or(|packages| packages.is_empty());
        if nothing || report.error.is_some() {
            npm::told(&mut reading, "npm audit", report.error.as_ref(), report.message.as_deref());
        }
        match &report.vulnerabilities {
            Some(packages) => seven(input, &mut reading, packages, report.metadata.as_ref()),
            None if reading.doubts.is_empty() => {
                return Err(Broken::new("The report holds no `vulnerabilities`."));
            }
            None => {}
        }
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    error: Option<Failure<'a>>,
    message: Option<Str<'a>>,
    vulnerabilities: Option<Map<'a, Package<'a>>>,
    metadata: Option<Metadata>,
    #[serde(default, rename = "auditReportVersion")]
    version: Num,
}

#[derive(Deserialize)]
struct Metadata {
    vulnerabilities: Option<Severities>,
    dependencies: Option<Dependencies>,
}

/// npm 7 and later count them by kind.
#[derive(Deserialize)]
#[serde(untagged)]
enum Dependencies {
    Counted { total: u64 },
    Other(IgnoredAny),
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    range: Option<Str<'a>>,
    via: Option<Vec<Via<'a>>>,
    nodes: Option<Vec<Str<'a>>>,
    #[serde(rename = "fixAvailable")]
    fix: Option<Fix<'a>>,
}

/// An advisory, or the name of the package through which one comes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Via<'a> {
    Advisory {
        #[serde(borrow)]
        title: Option<Str<'a>>,
        url: Option<Str<'a>>,
    },
    Through(#[serde(borrow)] Str<'a>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Fix<'a> {
    Update {
        #[serde(borrow)]
        name: Str<'a>,
        version: Str<'a>,
    },
    Known(bool),
    Other(IgnoredAny),
}

fn seven(
    input: &Input<'_>,
    reading: &mut Reading,
    packages: &Map<'_, Package<'_>>,
    metadata: Option<&Metadata>,
) {
    let mut findings = input.findings();
    let flaws = Flaws::of_report(packages);
    for (name, package) in packages {
        if package.fix.is_some() {
            findings.list.tells("fixed_in");
        }
        findings.add(package.finding(name, flaws.of(package)));
    }
    let declared = metadata.and_then(|metadata| metadata.vulnerabilities);
    if packages.is_empty() {
        let total = metadata.and_then(|metadata| match metadata.dependencies {
            Some(Dependencies::Counted { total }) => Some(total),
            Some(Dependencies::Other(_)) | None => None,
        });
        npm::looked_at(reading, "npm audit", total);
    }
    let total = declared.map_or(0, |declared| declared.total());
    listed::lost(reading, "`metadata`", total, findings.total());
    let counted = Severities {
        info: findings.graded(Grade::Info),
        low: findings.graded(Grade::Low),
        moderate: findings.graded(Grade::Medium),
        high: findings.graded(Grade::High),
        critical: findings.graded(Grade::Critical),
        total: declared.map_or(0, |declared| declared.total),
    };
    if let Some(declared) = declared.filter(|declared| *declared != counted) {
        reading.warn(format!(
            "`metadata` counts {} vulnerable packages by other severities; the report lists {}.",
            declared.total(),
            findings.total()
        ));
    }
    reading.facts.findings = Some(findings);
}

/// The packages of a report by name.
struct Flaws<'r, 'a>(BTreeMap<&'r str, &'r Package<'a>>);

impl<'r, 'a> Flaws<'r, 'a> {
    fn of_report(packages: &'r Map<'a, Package<'a>>) -> Flaws<'r, 'a> {
        Flaws(packages.iter().map(|(name, package)| (name.as_ref(), package)).collect())
    }

    /// The advisories by which a package is vulnerable, its own first; none where one of them is not
    /// told, or too many packages lie between.
    fn of(&self, package: &'r Package<'a>) -> Vec<String> {
        let mut advisories = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut waiting = vec![package];
        while let Some(package) = waiting.pop() {
            for via in package.via.iter().flatten() {
                match via {
                    Via::Advisory { url, .. } => {
                        let Some(id) = url.as_deref().and_then(id_in) else { return Vec::new() };
                        if !advisories.iter().any(|of| of == id) {
                            advisories.push(id.to_owned());
                        }
                    }
                    Via::Through(name) if seen.len() > MOST_BETWEEN => return Vec::new(),
                    Via::Through(name) if seen.insert(name) => match self.0.get(&**name) {
                        Some(package) => waiting.push(package),
                        None => return Vec::new(),
                    },
                    Via::Through(_) => {}
                }
            }
        }
        advisories
    }
}

/// The advisory's id, which its address ends in.
fn id_in(url: &str) -> Option<&str> {
    url.rsplit('/').next()
}

impl Package<'_> {
    /// The finding of the package called `name`, which is vulnerable by the `advisories`.
    fn finding(&self, name: &str, mut advisories: Vec<String>) -> Finding {
        let first = (!advisories.is_empty()).then(|| advisories.remove(0));
        let mut through = None;
        let mut title = None;
        for via in self.via.iter().flatten() {
            match via {
                Via::Advisory { title: said, .. } if title.is_none() => {
                    title = said.as_deref().and_then(text::title);
                }
                Via::Through(package) if through.is_none() => through = Some(package),
                Via::Advisory { .. } | Via::Through(_) => {}
            }
        }
        let through = through.map(|package| format!("via {package}"));
        let fixed_in = match &self.fix {
            Some(Fix::Update { name, version }) => Some(format!("{name} {version}")),
            Some(Fix::Known(true)) => Some(Finding::UNNAMED.to_owned()),
            Some(Fix::Known(false) | Fix::Other(_)) | None => None,
        };
        Finding {
            rule: first.or_else(|| through.clone()),
            aliases: advisories.clone(),
            others: advisories,
            title: title.or(through),
            package: Some(name.to_owned()),
            version: self.range.as_deref().map(str::to_owned),
            fixed_in,
            path: self.nodes.iter().flatten().next().map(|node| node.clone().into_owned()),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_package_is_vulnerable_by_the_advisories_of_those_it_needs() {
        let advisory =
            |id: &str| format!(r#"{{"title": "t", "url": "https://github.com/advisories/{id}"}}"#);
        let found = |packages: &[(&str, Vec<String>)]| {
            let packages: Vec<String> = packages
                .iter()
                .map(|(name, via)| {
                    format!(r#""{name}": {{"severity": "high", "via": [{}]}}"#, via.join(", "))
                })
                .collect();
            let text = format!(
                r#"{{"auditReportVersion": 2, "vulnerabilities": {{{}}}}}"#,
                packages.join(", ")
            );
            let findings = reading("npm-audit", &text).facts.findings.unwrap();
            let ids = |finding: &crate::facts::Finding| -> Vec<String> {
                finding.rule.iter().chain(&finding.others).cloned().collect()
            };
            findings.list.entries().iter().map(ids).collect::<Vec<_>>()
        };
        let through = |name: &str| format!(r#""{name}""#);
        let found_ids = found(&[
            ("minimist", vec![advisory("GHSA-1"), advisory("GHSA-2")]),
            ("mkdirp", vec![through("minimist")]),
            ("tar", vec![through("mkdirp"), advisory("GHSA-3"), through("tar")]),
            ("odd", vec![through("gone")]),
        ]);
        let both = ["GHSA-1", "GHSA-2"];
        let expected: [&[&str]; 4] = [&both, &both, &["via gone"], &["GHSA-3", "GHSA-1", "GHSA-2"]];
        assert_eq!(found_ids, expected);
        let far: Vec<String> = (0..600).map(|at| format!("p{at}")).collect();
        let through_next = |at: usize| vec![through(&format!("p{}", at + 1))];
        let mut chain: Vec<(&str, Vec<String>)> =
            far.iter().enumerate().map(|(at, name)| (name.as_str(), through_next(at))).collect();
        chain.push(("p600", vec![advisory("GHSA-1")]));
        assert_eq!(found(&chain)[0], ["via p1"]);
    }
}
