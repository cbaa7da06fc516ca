//! `composer audit --format json`.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::php;
use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, counted};

pub(super) struct ComposerAudit;

impl Format for ComposerAudit {
    fn id(&self) -> &'static str {
        "composer-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "Composer",
            recognised: "`advisories` beside `abandoned`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://getcomposer.org/doc/03-cli.md#audit",
            clean: "`advisories` is empty.",
            vacuous: "Nothing here: Composer refuses to audit where nothing is installed.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an advisory by its `severity`; before Composer 2.6 there is none, and it is unknown.",
                "`unreachable-repositories` gave no advisories (`--ignore-unreachable`): they are counted in `findings.unchecked`.",
                "`abandoned` packages are told, not counted; `ignored-advisories` are suppressed. Both maps are `[]` where they are empty, as PHP writes it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let advisory = |one: &Shape<'_>| one.has(&["advisoryId"]) || one.has(&["affectedVersions"]);
        Fit::sure(sniff.json().is_some_and(|shape| {
            let advisories = shape.get("advisories");
            let listed = advisories.and_then(Shape::first_value).is_some_and(|package| {
                package.first().or(package.first_value()).is_some_and(advisory)
            });
            advisories.is_some() && (listed || shape.has(&["abandoned"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Composer");
        let mut findings = input.findings();
        for (packages, ignored) in [(&report.advisories, false), (&report.ignored, true)] {
            for (_, list) in packages {
                list.each(|advisory| findings.add(advisory.finding(ignored)));
            }
        }
        if !report.abandoned.is_empty() {
            let packages = counted(report.abandoned.len() as u64, "abandoned package");
            reading.warn(format!("Composer tells of {packages}."));
        }
        if let Some(unreachable) = report.unreachable.filter(|list| !list.is_empty()) {
            let repositories = counted(unreachable.len() as u64, "repository");
            reading.warn(format!("Composer could not reach {repositories}."));
            findings.unchecked = Some(unreachable.len() as u64);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, deserialize_with = "php::map")]
    advisories: Map<'a, Listed<'a>>,
    #[serde(default, rename = "ignored-advisories", deserialize_with = "php::map")]
    ignored: Map<'a, Listed<'a>>,
    #[serde(default, deserialize_with = "php::map")]
    abandoned: Map<'a, IgnoredAny>,
    #[serde(rename = "unreachable-repositories")]
    unreachable: Option<Vec<IgnoredAny>>,
}

/// A list, or a map by number where some were left out.
#[derive(Deserialize)]
#[serde(untagged)]
enum Listed<'a> {
    List(#[serde(borrow)] Vec<Advisory<'a>>),
    Numbered(#[serde(borrow)] Map<'a, Advisory<'a>>),
}

impl Listed<'_> {
    fn each(&self, mut each: impl FnMut(&Advisory<'_>)) {
        match self {
            Listed::List(list) => list.iter().for_each(each),
            Listed::Numbered(numbered) => numbered.iter().for_each(|(_, advisory)| each(advisory)),
        }
    }
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow, rename = "advisoryId")]
    id: Option<Str<'a>>,
    cve: Option<Str<'a>>,
    sources: Option<Vec<Source<'a>>>,
    title: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    #[serde(rename = "packageName")]
    package: Option<Str<'a>>,
}

/// What another database calls it.
#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow, rename = "remoteId")]
    id: Option<Str<'a>>,
}

impl Advisory<'_> {
    fn finding(&self, suppressed: bool) -> Finding {
        let grade = self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word);
        let level = if grade == Grade::Unknown { Level::Error } else { grade.level() };
        let elsewhere = self.sources.iter().flatten().flat_map(|of| &of.id);
        Finding {
            rule: text::said(&self.cve).or_else(|| text::said(&self.id)),
            aliases: text::all_said(self.id.iter().chain(elsewhere)),
            title: self.title.as_deref().and_then(text::title),
            package: text::said(&self.package),
            suppressed,
            ..Finding::new(grade, level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn repositories_out_of_reach_are_unchecked() {
        for (more, unchecked) in [
            ("", None),
            (r#", "unreachable-repositories": []"#, None),
            (r#", "unreachable-repositories": ["https://repo.packagist.org"]"#, Some(1)),
        ] {
            let text = format!(r#"{{"advisories": [], "abandoned": []{more}}}"#);
            let reading = reading("composer-audit", &text);
            assert_eq!(reading.facts.findings.unwrap().unchecked, unchecked, "{more}");
            assert_eq!(reading.warnings.len(), usize::from(unchecked.is_some()), "{more}");
        }
    }
}
