//! `grype -o json`.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Image};
use crate::model::{ProducedAt, Reading};

pub(super) struct Grype;

impl Format for Grype {
    fn id(&self) -> &'static str {
        "grype"
    }

    fn about(&self) -> About {
        About {
            tool: "Grype",
            recognised: "`matches` beside `descriptor.name: grype`, or matches of `vulnerability` and `artifact`",
            carries: &["findings", "image"],
            tells: Tells::NOTHING
                .time("`descriptor.timestamp`")
                .version("`descriptor.version`")
                .digest("`source.target`, of an image"),
            source: "https://github.com/anchore/grype#output-formats",
            clean: "`matches` is there and empty.",
            vacuous: "Nothing here: Grype refuses to run without something to scan.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a match: one advisory of several packages is several.",
                "Negligible is info; ignored matches are suppressed.",
                "How old the vulnerability database was stands under `descriptor.db`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let named = shape.get("descriptor").is_some_and(|of| of.text("name") == Some("grype"));
        let matched =
            shape.first_of("matches").is_some_and(|of| of.has(&["vulnerability", "artifact"]));
        Fit::sure(shape.has(&["matches"]) && (named || matched))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        input.members(&mut report)?;
        if !report.has {
            return Err(Broken::new("The report holds no `matches`."));
        }
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Grype".to_owned());
        if let Some(descriptor) = &report.descriptor {
            reading.tool_version = text::said(&descriptor.version);
            reading.produced_at = descriptor.timestamp.as_deref().map(ProducedAt::parse);
        }
        let target = report.source.and_then(|source| source.target);
        reading.facts.image = target.and_then(Target::image);
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    findings: Findings,
    has: bool,
    descriptor: Option<Descriptor<'a>>,
    source: Option<Source<'a>>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "matches" => {
                self.has =
                    json::each(map, |found: Match<'de>| self.findings.add(found.finding(false)))?;
            }
            "ignoredMatches" => {
                json::each(map, |found: Match<'de>| self.findings.add(found.finding(true)))?;
            }
            "descriptor" => self.descriptor = map.next_value()?,
            "source" => self.source = map.next_value()?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Descriptor<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    target: Option<Target<'a>>,
}

/// An image, or the path of a folder.
#[derive(Deserialize)]
#[serde(untagged)]
enum Target<'a> {
    Image {
        #[serde(borrow, rename = "manifestDigest")]
        manifest: Option<Str<'a>>,
        #[serde(rename = "repoDigests")]
        repositories: Option<Vec<Str<'a>>>,
        #[serde(rename = "imageID")]
        id: Option<Str<'a>>,
    },
    Path(serde::de::IgnoredAny),
}

impl Target<'_> {
    fn image(self) -> Option<Image> {
        let Target::Image { manifest, repositories, id } = self else { return None };
        let named = repositories.iter().flatten().filter_map(|name| name.rsplit_once('@'));
        let mut digests: Vec<String> = named.map(|(_, digest)| digest.to_owned()).collect();
        digests.extend(text::said(&manifest));
        digests.extend(text::said(&id));
        (!digests.is_empty()).then_some(Image { digests })
    }
}

#[derive(Deserialize)]
struct Match<'a> {
    #[serde(borrow)]
    vulnerability: Vulnerability<'a>,
    artifact: Option<Artifact<'a>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    description: Option<Str<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Deserialize)]
struct Fix<'a> {
    #[serde(borrow)]
    versions: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Artifact<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
    locations: Option<Vec<Location<'a>>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
}

impl Match<'_> {
    fn finding(&self, suppressed: bool) -> Finding {
        let found = &self.vulnerability;
        let artifact = self.artifact.as_ref();
        let fixed = found.fix.as_ref().and_then(|fix| fix.versions.as_ref()?.first());
        let place = artifact.and_then(|of| of.locations.as_ref()?.first());
        Finding {
            rule: text::said(&found.id),
            title: found.description.as_deref().and_then(text::title),
            package: artifact.and_then(|of| text::said(&of.name)),
            version: artifact.and_then(|of| text::said(&of.version)),
            fixed_in: fixed.map(ToString::to_string),
            path: place.and_then(|place| text::said(&place.path)),
            suppressed,
            ..Finding::graded(found.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}
