//! `bundle-audit check --format json`: gems of a lock file.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{ProducedAt, Reading};

pub(super) struct BundlerAudit;

impl Format for BundlerAudit {
    fn id(&self) -> &'static str {
        "bundler-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "bundler-audit",
            recognised: "`results` beside `created_at` and `version`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`created_at`").version("`version`"),
            source: "https://github.com/rubysec/bundler-audit#readme",
            clean: "`results` is empty.",
            vacuous: "Nothing here: bundler-audit refuses to run without a lock file.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an advisory by its `criticality`, unknown where it has none; a source that is not secure is one too, an error.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["version", "created_at"])
                && shape.has_list("results")
                && shape.first_of("results").is_none_or(|one| one.has(&["type"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["fixed_in"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "bundler-audit");
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.created_at.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        report.results.iter().for_each(|found| findings.add(found.finding()));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    results: Vec<Found<'a>>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    gem: Option<Gem<'a>>,
    advisory: Option<Advisory<'a>>,
}

#[derive(Deserialize)]
struct Gem<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    cve: Option<Str<'a>>,
    ghsa: Option<Str<'a>>,
    title: Option<Str<'a>>,
    criticality: Option<Str<'a>>,
    patched_versions: Option<Vec<Str<'a>>>,
}

impl Advisory<'_> {
    /// Its numbers stand there without their schemes.
    fn aliases(&self) -> Vec<String> {
        let cve = text::said(&self.cve).map(|number| format!("CVE-{number}"));
        let ghsa = text::said(&self.ghsa).map(|number| format!("GHSA-{number}"));
        cve.into_iter().chain(ghsa).collect()
    }
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let advisory = self.advisory.as_ref();
        let word = advisory.and_then(|advisory| advisory.criticality.as_deref());
        let grade = word.map_or(Grade::Unknown, Grade::from_word);
        let level = if grade == Grade::Unknown { Level::Error } else { grade.level() };
        let patched = advisory.and_then(|advisory| advisory.patched_versions.as_ref());
        let named = advisory.and_then(|advisory| text::said(&advisory.id));
        Finding {
            aliases: advisory.map(Advisory::aliases).unwrap_or_default(),
            rule: named.or_else(|| text::said(&self.kind)),
            title: advisory.and_then(|advisory| text::title(advisory.title.as_deref()?)),
            package: self.gem.as_ref().and_then(|gem| text::said(&gem.name)),
            version: self.gem.as_ref().and_then(|gem| text::said(&gem.version)),
            fixed_in: patched.and_then(|patched| patched.first()).map(ToString::to_string),
            ..Finding::new(grade, level)
        }
    }
}
