//! SPDX in JSON: 2.x documents and the JSON-LD of 3.0.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use crate::evidence::family::bill::{self, Bill, Described};
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Component;
use crate::model::Reading;

pub(super) struct SpdxJson;

impl Format for SpdxJson {
    fn id(&self) -> &'static str {
        "spdx-json"
    }

    fn about(&self) -> About {
        About {
            tool: "SPDX (Syft, Trivy, GitHub dependency graph and others)",
            recognised: "`spdxVersion`, or `@graph` beside a `@context` of spdx.org",
            carries: &["components"],
            tells: Tells::NOTHING
                .time("`creationInfo.created`")
                .version("`Tool:` among the creators; SPDX 3: the specification's"),
            source: "https://spdx.github.io/spdx-spec/v2.3/",
            clean: "Packages are listed.",
            vacuous: "0 packages; none but the one that the document describes, without files.",
            blank: Blanks::NONE,
            notes: &[
                "A component is a package, the described one too; files are none.",
                "Of SPDX 3 every element whose type ends in Package counts.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let context = shape.text("@context").is_some_and(|context| context.contains("spdx.org"));
        let two =
            shape.text("spdxVersion").is_some() || shape.at(&["sbom", "spdxVersion"]).is_some();
        Fit::sure(two || context && shape.has(&["@graph"]))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut document =
            Document { bill: Bill::new(input), version: None, described: Described::default() };
        input.members(&mut document)?;
        document.bill.of_itself = document.described.is_all();
        let mut reading = document.bill.finish(Reading::of(self.id()));
        reading.tool_version = reading.tool_version.take().or(document.version);
        Ok(reading)
    }
}

struct Document {
    bill: Bill,
    /// The version of the specification, which is all that SPDX 3 tells.
    version: Option<String>,
    described: Described,
}

impl<'de> Members<'de> for Document {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let bill = &mut self.bill;
        match key {
            // GitHub's dependency graph wraps the document.
            "sbom" => json::members(map, self)?,
            "packages" => {
                let described = &mut self.described;
                bill.lists_components |= json::each(map, |package: Package<'de>| {
                    described.package(package.id.as_deref());
                    bill.component(package.component());
                })?;
            }
            "documentDescribes" => {
                json::each(map, |id: Str<'de>| self.described.describes(&id))?;
            }
            "relationships" => {
                json::each(map, |relation: Relation<'de>| {
                    if relation.kind.as_deref() == Some("DESCRIBES") {
                        self.described.describes(relation.to.as_deref().unwrap_or_default());
                    }
                })?;
            }
            "files" => {
                json::each(map, |_: IgnoredAny| self.described.files = true)?;
            }
            "creationInfo" => {
                if let Some(info) = map.next_value::<Option<Creation<'de>>>()? {
                    info.tell(bill);
                }
            }
            "@graph" => {
                let version = &mut self.version;
                json::each(map, |element: Element<'de>| element.tell(bill, version))?;
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Creation<'a> {
    #[serde(borrow)]
    created: Option<Str<'a>>,
    creators: Option<Vec<Str<'a>>>,
}

impl Creation<'_> {
    fn tell(&self, bill: &mut Bill) {
        bill.made_at = text::said(&self.created);
        let tool = self.creators.iter().flatten().find_map(|creator| creator.strip_prefix("Tool:"));
        bill.tool = tool.map(|tool| (tool.trim().to_owned(), None));
    }
}

/// How two elements stand to each other.
#[derive(Deserialize)]
struct Relation<'a> {
    #[serde(borrow, rename = "relationshipType")]
    kind: Option<Str<'a>>,
    #[serde(rename = "relatedSpdxElement")]
    to: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow, rename = "SPDXID")]
    id: Option<Str<'a>>,
    name: Option<Str<'a>>,
    #[serde(rename = "versionInfo")]
    version: Option<Str<'a>>,
    #[serde(rename = "licenseConcluded")]
    concluded: Option<Str<'a>>,
    #[serde(rename = "licenseDeclared")]
    declared: Option<Str<'a>>,
    #[serde(rename = "externalRefs")]
    references: Option<Vec<Reference<'a>>>,
}

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow, rename = "referenceType")]
    kind: Option<Str<'a>>,
    #[serde(rename = "referenceLocator")]
    locator: Option<Str<'a>>,
}

impl Package<'_> {
    fn component(&self) -> Component {
        let known = |licence: &&str| !matches!(*licence, "NOASSERTION" | "NONE");
        let licence = [self.concluded.as_deref(), self.declared.as_deref()];
        let purl = self.references.iter().flatten().find(|of| of.kind.as_deref() == Some("purl"));
        Component {
            name: text::said(&self.name).unwrap_or_default(),
            version: text::said(&self.version),
            licence: bill::licences(licence.into_iter().flatten().filter(known).take(1)),
            purl: purl.and_then(|of| text::said(&of.locator)),
        }
    }
}

/// An element of SPDX 3.
#[derive(Deserialize)]
struct Element<'a> {
    #[serde(borrow, alias = "@type", rename = "type")]
    kind: Option<Str<'a>>,
    name: Option<Str<'a>>,
    #[serde(rename = "software_packageVersion")]
    version: Option<Str<'a>>,
    #[serde(rename = "software_packageUrl")]
    purl: Option<Str<'a>>,
    created: Option<Str<'a>>,
    #[serde(rename = "specVersion")]
    spec: Option<Str<'a>>,
}

impl Element<'_> {
    fn tell(&self, bill: &mut Bill, version: &mut Option<String>) {
        let kind = self.kind.as_deref().unwrap_or_default();
        if kind == "CreationInfo" {
            bill.made_at = text::said(&self.created);
            *version = text::said(&self.spec);
        } else if kind.ends_with("Package") {
            bill.component(Component {
                name: text::said(&self.name).unwrap_or_default(),
                version: text::said(&self.version),
                licence: None,
                purl: text::said(&self.purl),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_bill_of_nothing_but_itself_proves_nothing() {
        let why = "nothing but what it is a bill of";
        let json = |more: &str, of: &str| {
            format!(
                r#"{{"spdxVersion": "SPDX-2.3", "packages": [{{"name": "shop", "SPDXID": "SPDXRef-1"}}{more}],
                "relationships": [{{"spdxElementId": "SPDXRef-DOCUMENT", "relatedSpdxElement": "SPDXRef-1",
                "relationshipType": "{of}"}}], "files": []}}"#
            )
        };
        let other = r#", {"name": "left-pad", "SPDXID": "SPDXRef-2"}"#;
        let text = |more: &str| {
            format!(
                "SPDXVersion: SPDX-2.3\n\nPackageName: shop\nSPDXID: SPDXRef-1\n{more}\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-1\n"
            )
        };
        proves(
            "spdx-json",
            &[
                (&json("", "DESCRIBES"), why),
                (&json(other, "DESCRIBES"), ""),
                (&json("", "CONTAINS"), ""),
            ],
        );
        proves(
            "spdx-tag-value",
            &[
                (&text(""), why),
                (&text("PackageName: left-pad\nSPDXID: SPDXRef-2"), ""),
                (&text("FileName: ./a.c\nSPDXID: SPDXRef-File"), ""),
            ],
        );
    }
}
