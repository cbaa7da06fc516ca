//! `trivy --format json`: images, file systems, repositories, Kubernetes, and the shape before 0.20.

mod result;
mod system;

use serde::Deserialize;
use serde::de::MapAccess;

use self::result::Found;
use self::system::System;
use crate::evidence::family::{listed, version};
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Findings, Image};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Trivy;

impl Format for Trivy {
    fn id(&self) -> &'static str {
        "trivy"
    }

    fn about(&self) -> About {
        About {
            tool: "Trivy",
            recognised: "`SchemaVersion` beside `ArtifactName`, `ClusterName` beside `Resources`, or a list of `Target` beside `Vulnerabilities`",
            carries: &["findings", "image"],
            tells: Tells::NOTHING
                .time("`CreatedAt`")
                .version("`Trivy.Version`")
                .commit("`Metadata.Commit`, of a repository")
                .digest("`Metadata.RepoDigests`, of an image"),
            source: "https://trivy.dev/latest/docs/configuration/reporting/",
            clean: "Targets are listed without findings; of an image whose operating system Trivy has advisories for, no `Results` at all.",
            vacuous: "No target; targets on which no check ran (`MisconfSummary` of 0 and 0); an image without `Results` whose operating system is not named, or is one that Trivy has no advisories for (`fedora`); a `SchemaVersion` beyond 2; `[]` and `null` of versions before 0.20.",
            blank: Blanks::NONE.list(Means::Vacuous).null(Means::Vacuous),
            notes: &[
                "Vulnerabilities, failed misconfigurations, secrets and licences are findings; checks with status PASS are not.",
                "`ExperimentalModifiedFindings` are suppressed: listed, not counted.",
                "Secrets are never read, only their rule and place.",
                "Of an operating system past its support (`EOSL: true`) the advisories have ended: it is counted in `findings.unchecked`.",
                "Of an operating system that Trivy has no advisories for it scans no package: that is counted in `findings.unchecked` where other targets are listed.",
                "Resources of a cluster with an `Error` were not scanned: they are counted in `findings.unchecked`.",
                "A clean image has no `Results`; a file system without them held nothing that Trivy looks at.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let target = |shape: &Shape<'_>| {
            shape.has(&["Target", "Vulnerabilities"]) || shape.has(&["Target", "Class", "Type"])
        };
        let image = shape.has(&["SchemaVersion"]) && shape.has(&["ArtifactName"]);
        let cluster = shape.has(&["ClusterName"])
            && ["Resources", "Vulnerabilities", "Misconfigurations", "Findings"]
                .iter()
                .any(|key| shape.has(&[key]));
        Fit::sure(image || cluster || shape.first().is_some_and(target))
    }

    fn grades(&self) -> bool {
        true
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["fixed_in"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { found: Found::new(input.findings()), ..Report::default() };
        if input.sniff.json().is_some_and(Shape::is_map) {
            input.members(&mut report)?;
        } else {
            report.results = input.elements(|result| report.found.add(&result))?;
            report.legacy = true;
        }
        Ok(report.finish(Reading::of(self.id())))
    }
}

#[derive(Default)]
struct Report<'a> {
    found: Found,
    results: bool,
    legacy: bool,
    cluster: bool,
    /// Why each resource of a cluster that could not be scanned was not.
    unscanned: Vec<String>,
    schema: Num,
    kind: Option<Str<'a>>,
    created: Option<Str<'a>>,
    version: Option<Str<'a>>,
    metadata: Option<Metadata<'a>>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "Results" => self.results = json::each(map, |result| self.found.add(&result))?,
            "Resources" | "Vulnerabilities" | "Misconfigurations" | "Findings" => {
                self.cluster |= json::each(map, |resource: Resource<'de>| {
                    self.unscanned.extend(resource.unscanned());
                    resource.results.iter().flatten().for_each(|result| self.found.add(result));
                })?;
            }
            "SchemaVersion" => self.schema = map.next_value()?,
            "ArtifactType" => self.kind = map.next_value()?,
            "CreatedAt" => self.created = map.next_value()?,
            "Metadata" => self.metadata = map.next_value()?,
            "Trivy" => {
                self.version = map.next_value::<Option<Tool<'de>>>()?.and_then(|tool| tool.version)
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow, rename = "Version")]
    version: Option<Str<'a>>,
}

/// What was scanned.
#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "RepoDigests")]
    digests: Option<Vec<Str<'a>>>,
    #[serde(rename = "ImageID")]
    image: Option<Str<'a>>,
    #[serde(rename = "Commit")]
    commit: Option<Str<'a>>,
    #[serde(rename = "OS")]
    os: Option<System<'a>>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow, rename = "Results")]
    results: Option<Vec<result::Scan<'a>>>,
    #[serde(rename = "Kind")]
    kind: Option<Str<'a>>,
    #[serde(rename = "Name")]
    name: Option<Str<'a>>,
    #[serde(rename = "Error")]
    error: Option<Str<'a>>,
}

impl Resource<'_> {
    /// What it is and why Trivy could not scan it, if it could not.
    fn unscanned(&self) -> Option<String> {
        let said = text::title(self.error.as_deref()?)?;
        let [kind, name] = [&self.kind, &self.name].map(|of| of.as_deref().unwrap_or_default());
        Some(format!("{kind} {name}: {said}"))
    }
}

impl Report<'_> {
    fn finish(self, mut reading: Reading) -> Reading {
        reading.tool = Some("Trivy".to_owned());
        reading.tool_version = text::said(&self.version);
        reading.produced_at = self.created.as_deref().map(ProducedAt::parse);
        version::known(&mut reading, "SchemaVersion", self.schema.get(), 2);
        let kind = self.kind.as_deref().unwrap_or_default();
        let image = kind == "container_image";
        let unread = self.metadata.as_ref().is_some_and(|metadata| metadata.os.is_none());
        let system = self.metadata.as_ref().and_then(|metadata| metadata.os.as_ref());
        let unknown = system.and_then(System::unknown).filter(|_| !self.found.system);
        if let Some(name) = unknown.filter(|_| image && self.found.targets == 0) {
            let why = format!("Trivy has no advisories for {name}: it looked at no package of it.");
            reading.doubt(Rule::NothingLookedAt, why);
        } else if image && unread && self.found.targets == 0 {
            let why = "Trivy found no operating system and no package in the image: it looked at nothing.";
            reading.doubt(Rule::NothingLookedAt, why);
        } else if !self.results && !self.cluster && !image {
            let why = "Trivy names no target that it looked at: the report holds no `Results`.";
            reading.doubt(Rule::NothingLookedAt, why);
        } else if self.found.targets == 0 && !image {
            reading.doubt(Rule::NothingLookedAt, "Trivy looked at 0 targets.");
        } else if self.found.untested > 0 && self.found.untested == self.found.targets {
            let targets = counted(self.found.targets, "target");
            let why = format!("Trivy ran no check on {targets}: 0 passed and 0 failed.");
            reading.doubt(Rule::NothingLookedAt, why);
        }
        let (declared, held) = self.found.misconfigured;
        listed::lost(&mut reading, "`MisconfSummary`", declared, held);
        if let Some(metadata) = &self.metadata {
            reading.commit = text::said(&metadata.commit);
            reading.facts.image = image.then(|| metadata.image()).flatten();
        }
        let mut findings: Findings = self.found.findings;
        if let Some(first) = self.unscanned.first() {
            let resources = counted(self.unscanned.len() as u64, "resource");
            reading.warn(format!("Trivy could not scan {resources}, the first {first}"));
            findings.unchecked = Some(self.unscanned.len() as u64);
        }
        if system.is_some_and(System::is_past_support) {
            reading.warn("The operating system is past its support: it gets no advisories.");
            findings.unchecked = Some(1);
        } else if let Some(name) = unknown {
            let why = format!("Trivy has no advisories for {name}: it looked at no package of it.");
            reading.warn(why);
            findings.unchecked = Some(1);
        }
        reading.facts.findings = Some(findings);
        reading
    }
}

impl Metadata<'_> {
    /// The digests of the manifest, by which others name the image, and that of its configuration.
    fn image(&self) -> Option<Image> {
        let manifests = self.digests.iter().flatten().filter_map(|name| name.rsplit_once('@'));
        let mut digests: Vec<String> = manifests.map(|(_, digest)| digest.to_owned()).collect();
        digests.extend(text::said(&self.image));
        Image::scanned(digests)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_resource_that_was_not_scanned_is_unchecked() {
        let report = |error: &str| {
            format!(
                r#"{{"ClusterName": "prod", "Resources": [{{"Kind": "Deployment", "Name": "api"{error}}},
                {{"Kind": "Pod", "Name": "b", "Results": [{{"Target": "b", "Class": "os-pkgs", "Type": "debian"}}]}}]}}"#
            )
        };
        let failed = r#", "Error": "scan error: unable to find the specified image""#;
        for (error, unchecked) in [("", None), (r##", "Error": null"##, None), (failed, Some(1))] {
            let findings = reading("trivy", &report(error)).facts.findings.unwrap();
            assert_eq!(findings.unchecked, unchecked, "{error}");
        }
    }

    #[test]
    fn an_image_of_which_nothing_is_known_is_not_clean() {
        let report = |metadata: &str, results: &str| {
            format!(
                r#"{{"SchemaVersion": 2, "ArtifactName": "x:1", "ArtifactType": "container_image",
                "Metadata": {{{metadata}}}{results}}}"#
            )
        };
        let os = r#""OS": {"Family": "alpine", "Name": "3.20"}"#;
        let binary =
            r#", "Results": [{"Target": "app", "Class": "lang-pkgs", "Type": "gobinary"}]"#;
        for (metadata, results, why) in
            [(os, "", ""), ("", binary, ""), ("", "", "no operating system")]
        {
            proves("trivy", &[(&report(metadata, results), why)]);
        }
    }

    #[test]
    fn an_operating_system_past_its_support_is_unchecked() {
        for (ended, unchecked) in [("true", Some(1)), ("false", None)] {
            let text = format!(
                r#"{{"SchemaVersion": 2, "ArtifactName": "x:1", "ArtifactType": "container_image",
                "Metadata": {{"OS": {{"Family": "alpine", "Name": "3.9", "EOSL": {ended}}}}},
                "Results": [{{"Target": "x", "Class": "os-pkgs", "Type": "alpine"}}]}}"#
            );
            let findings = reading("trivy", &text).facts.findings.unwrap();
            assert_eq!(findings.unchecked, unchecked, "{ended}");
        }
    }

    #[test]
    fn targets_on_which_no_check_ran_prove_nothing() {
        let target = |successes: u64| {
            format!(
                r#"{{"Target": "a.tf", "Class": "config", "Type": "terraform", "MisconfSummary":
                {{"Successes": {successes}, "Failures": 0}}}}"#
            )
        };
        let report = |results: &str| {
            format!(
                r#"{{"SchemaVersion": 2, "ArtifactName": ".", "ArtifactType": "filesystem", "Results": [{results}]}}"#
            )
        };
        let both = format!("{}, {}", target(0), target(3));
        proves(
            "trivy",
            &[
                (&report(&target(3)), ""),
                (&report(&target(0)), "ran no check on 1 target"),
                (&report(&both), ""),
            ],
        );
    }
}
