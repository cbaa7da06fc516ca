//! `osv-scanner --format json`.

mod advisory;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::MapAccess;

use self::advisory::{Advisory, fixed_in, named};
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::Reading;

pub(super) struct OsvScanner;

impl Format for OsvScanner {
    fn id(&self) -> &'static str {
        "osv-scanner"
    }

    fn about(&self) -> About {
        About {
            tool: "OSV-Scanner",
            recognised: "`results` of `source` beside `packages`, or an empty `results` beside `experimental_config`; named, an empty `results` alone too",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://google.github.io/osv-scanner/output/",
            clean: "`results` is there and empty.",
            vacuous: "Nothing here: OSV-Scanner refuses to run where it finds no package.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "A finding is a group of aliases, and each advisory outside every group; advisories are more.",
                "The severity is the group's `max_severity`, else the gravest that the database names; a bare vector is unknown.",
                "A licence that `--licenses` does not allow (`license_violations`) is an error without a severity, by the rule `license`.",
                "`fixed_in` is what the advisories name under `affected[].ranges[].events[].fixed` for the package, of each branch one; behind a `last_affected` alone it is `another version`.",
                "Older versions print nothing where nothing is found: an empty file needs a voucher.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let result = shape.first_of("results").is_some_and(|of| of.has(&["source", "packages"]));
        let empty = shape.has_list("results") && shape.first_of("results").is_none();
        Fit::sure(result || empty && shape.has(&["experimental_config"]))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let list = |shape: &Shape<'_>| shape.has_list("results");
        self.recognises(sniff) > Fit::No || sniff.json().is_some_and(list)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), has: false };
        input.members(&mut report)?;
        if !report.has {
            return Err(Broken::new("The report holds no `results`."));
        }
        let mut reading = Reading::by(self.id(), "OSV-Scanner");
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

struct Report {
    findings: Findings,
    has: bool,
}

impl<'de> Members<'de> for Report {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "results" => {
                self.has = json::each(map, |result: Source<'de>| {
                    for scanned in result.packages.iter().flatten() {
                        scanned.take(&result, &mut self.findings);
                        scanned.take_licences(&result, &mut self.findings);
                    }
                })?;
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    source: Option<Place<'a>>,
    packages: Option<Vec<Scanned<'a>>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Scanned<'a> {
    #[serde(borrow)]
    package: Option<Package<'a>>,
    vulnerabilities: Option<Vec<Advisory<'a>>>,
    groups: Option<Vec<Group<'a>>>,
    license_violations: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Group<'a> {
    #[serde(borrow)]
    ids: Vec<Str<'a>>,
    aliases: Option<Vec<Str<'a>>>,
    max_severity: Option<Str<'a>>,
}

impl Scanned<'_> {
    fn take(&self, source: &Source<'_>, findings: &mut Findings) {
        let advisories: BTreeMap<&str, &Advisory<'_>> = self
            .vulnerabilities
            .iter()
            .flatten()
            .map(|advisory| (&*advisory.id, advisory))
            .collect();
        if advisories.values().any(|advisory| advisory.tells_versions()) {
            findings.list.tells("fixed_in");
        }
        let mut grouped = BTreeSet::new();
        for group in self.groups.iter().flatten() {
            let members: Vec<&Advisory<'_>> =
                group.ids.iter().filter_map(|id| advisories.get(&**id).copied()).collect();
            grouped.extend(group.ids.iter().map(|id| &**id));
            let scored = group.max_severity.as_deref().and_then(score);
            let grade = scored.unwrap_or_else(|| named(&members));
            let id = group.ids.first().map(|id| &**id).unwrap_or_default();
            let told = members.iter().flat_map(|of| of.aliases.iter().flatten());
            let names = group.ids.iter().chain(group.aliases.iter().flatten()).chain(told);
            findings.add(Finding {
                aliases: others(id, names),
                ..self.finding(source, id, &members, grade)
            });
        }
        for (id, advisory) in advisories.iter().filter(|(id, _)| !grouped.contains(*id)) {
            findings.add(Finding {
                aliases: others(id, advisory.aliases.iter().flatten()),
                ..self.finding(source, id, &[advisory], named(&[advisory]))
            });
        }
    }

    /// Licences that the run was told not to allow.
    fn take_licences(&self, source: &Source<'_>, findings: &mut Findings) {
        for licence in self.license_violations.iter().flatten() {
            let title = Some(format!("The licence {} is not allowed.", &**licence));
            let found = self.finding(source, "license", &[], Grade::Unknown);
            findings.add(Finding { title, level: Level::Error, ..found });
        }
    }

    fn finding(
        &self,
        source: &Source<'_>,
        id: &str,
        advisories: &[&Advisory<'_>],
        grade: Grade,
    ) -> Finding {
        let package = self.package.as_ref();
        let name = package.and_then(|of| of.name.as_deref());
        Finding {
            rule: Some(id.to_owned()),
            title: advisories.first().and_then(|of| text::title(of.summary.as_deref()?)),
            fixed_in: fixed_in(advisories, name),
            package: package.and_then(|of| text::said(&of.name)),
            version: package.and_then(|of| text::said(&of.version)),
            path: source.source.as_ref().and_then(|place| text::said(&place.path)),
            ..Finding::graded(grade)
        }
    }
}

/// The names beside `id`, each once.
fn others<'t>(id: &str, names: impl Iterator<Item = &'t Str<'t>>) -> Vec<String> {
    let names: BTreeSet<&str> = names.map(|name| &**name).filter(|name| *name != id).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// A CVSS score as a grade; a bare vector has none.
fn score(text: &str) -> Option<Grade> {
    Some(match text.trim().parse::<f64>().ok()? {
        score if score >= 9.0 => Grade::Critical,
        score if score >= 7.0 => Grade::High,
        score if score >= 4.0 => Grade::Medium,
        score if score > 0.0 => Grade::Low,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_licence_that_is_not_allowed_is_a_finding() {
        for (violations, expected) in [("[]", 0), (r#"["GPL-3.0"]"#, 1)] {
            let report = format!(
                r#"{{"results": [{{"source": {{"path": "a"}}, "packages": [{{"package": {{"name": "ghost"}},
                "licenses": ["GPL-3.0"], "license_violations": {violations}}}]}}]}}"#
            );
            let findings = reading("osv-scanner", &report).facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{violations}");
            for found in findings.list.entries() {
                let told = (found.package.as_deref(), found.title.as_deref());
                assert_eq!(told, (Some("ghost"), Some("The licence GPL-3.0 is not allowed.")));
            }
        }
    }

    #[test]
    fn a_fix_is_told_where_the_advisory_names_one_for_the_package() {
        let of = |package: &str, events: &str| {
            format!(
                r#"{{"package": {{"name": "{package}", "ecosystem": "npm"}},
                "ranges": [{{"type": "SEMVER", "events": [{{"introduced": "0"}}{events}]}}]}}"#
            )
        };
        let fixed = |version: &str| format!(r#", {{"fixed": "{version}"}}"#);
        let commit = r#"{"ranges": [{"type": "GIT", "events": [{"fixed": "c0ffee"}]}]}"#;
        for (affected, expected) in [
            (of("ghost", &fixed("2.1.0")), Some("2.1.0")),
            (
                format!("{}, {}", of("ghost", &fixed("1.9")), of("ghost", &fixed("2.1"))),
                Some("1.9, 2.1"),
            ),
            (format!("{}, {}", of("other", &fixed("9.9")), of("ghost", "")), None),
            (format!("{commit}, {}", of("ghost", &fixed("2.1.0"))), Some("2.1.0")),
            (commit.to_owned(), Some("c0ffee")),
            (of("ghost", r#", {"last_affected": "2.0.9"}"#), Some("another version")),
            (of("ghost", ""), None),
        ] {
            let report = format!(
                r#"{{"results": [{{"source": {{"path": "a"}}, "packages": [{{"package":
                {{"name": "ghost", "version": "2.0.0"}}, "vulnerabilities": [{{"id": "GHSA-1",
                "affected": [{affected}]}}], "groups": [{{"ids": ["GHSA-1"]}}]}}]}}]}}"#
            );
            let findings = reading("osv-scanner", &report).facts.findings.unwrap();
            assert_eq!(findings.list.entries()[0].fixed_in.as_deref(), expected, "{affected}");
        }
    }
}
