//! Syft's own JSON: the packages that it found.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::bill::{self, Bill};
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Component;
use crate::model::Reading;

pub(super) struct SyftJson;

impl Format for SyftJson {
    fn id(&self) -> &'static str {
        "syft-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Syft",
            recognised: "`artifacts` and `artifactRelationships` beside `descriptor` or `source`",
            carries: &["components"],
            tells: Tells::NOTHING.version("`descriptor.version`"),
            source: "https://github.com/anchore/syft/tree/main/schema/json",
            clean: "Packages are listed.",
            vacuous: "0 packages: what was scanned may hold none that Syft knows.",
            blank: Blanks::NONE,
            notes: &[
                "A component is an entry of `artifacts`; `files` are none.",
                "Licences are texts in old versions, and maps with a `spdxExpression` or a `value` since.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("artifacts")
                && shape.has(&["artifactRelationships"])
                && (shape.has(&["descriptor"]) || shape.has(&["source"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut document = Document(Bill::new(input));
        document.0.tool = Some(("Syft".to_owned(), None));
        input.members(&mut document)?;
        Ok(document.0.finish(Reading::of(self.id())))
    }
}

struct Document(Bill);

impl<'de> Members<'de> for Document {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "artifacts" => {
                json::each(map, |package: Package<'de>| self.0.component(package.component()))?;
            }
            "descriptor" => {
                let descriptor = map.next_value::<Descriptor<'de>>()?;
                self.0.tool = Some(("Syft".to_owned(), text::said(&descriptor.version)));
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Descriptor<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
    licenses: Option<Vec<Licence<'a>>>,
    purl: Option<Str<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Licence<'a> {
    Name(#[serde(borrow)] Str<'a>),
    Told {
        #[serde(borrow, rename = "spdxExpression")]
        expression: Option<Str<'a>>,
        value: Option<Str<'a>>,
    },
}

impl Licence<'_> {
    fn name(&self) -> &str {
        match self {
            Licence::Name(name) => name,
            Licence::Told { expression, value } => {
                let told =
                    |text: &'_ Option<Str<'_>>| text.as_ref().is_some_and(|text| !text.is_empty());
                let best = if told(expression) { expression } else { value };
                best.as_deref().unwrap_or_default()
            }
        }
    }
}

impl Package<'_> {
    fn component(&self) -> Component {
        Component {
            name: text::said(&self.name).unwrap_or_default(),
            group: None,
            version: text::said(&self.version),
            licence: bill::licences(self.licenses.iter().flatten().map(Licence::name)),
            purl: text::said(&self.purl),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn licences_are_told_in_every_version() {
        let document = |licences: &str| {
            format!(
                r#"{{"artifacts": [{{"name": "a", "version": "1", "licenses": {licences}, "purl": "pkg:npm/a@1"}}],
                "artifactRelationships": [], "source": {{}}, "descriptor": {{"name": "syft", "version": "1.9"}}}}"#
            )
        };
        for (licences, expected) in [
            ("[]", None),
            ("null", None),
            (r#"["MIT", "ISC"]"#, Some("MIT, ISC")),
            (r#"[{"value": "mit", "spdxExpression": "MIT"}]"#, Some("MIT")),
            (r#"[{"value": "my own", "spdxExpression": ""}]"#, Some("my own")),
        ] {
            let seen = reading("syft-json", &document(licences));
            assert_eq!(seen.tool_version.as_deref(), Some("1.9"));
            let components = seen.facts.components.unwrap();
            assert_eq!(components.list.entries()[0].licence.as_deref(), expected, "{licences}");
        }
    }
}
