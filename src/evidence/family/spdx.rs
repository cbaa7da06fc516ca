//! SPDX documents as JSON has them, which YAML writes in the same members.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use super::bill::{self, Bill, Described};
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{Broken, Input, text};
use crate::facts::Component;
use crate::model::Reading;

/// Reads a document in JSON, as the format of that id.
pub(in crate::evidence) fn read(input: &Input<'_>, id: &'static str) -> Result<Reading, Broken> {
    let mut document =
        Document { bill: Bill::new(input), version: None, described: Described::default() };
    input.members(&mut document)?;
    document.bill.of_itself = document.described.is_all();
    let mut reading = document.bill.finish(Reading::of(id));
    reading.tool_version = reading.tool_version.take().or(document.version);
    Ok(reading)
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
                    if !bill::is_scanned_thing(package.id.as_deref()) {
                        described.package(package.id.as_deref());
                        bill.component(package.component());
                    }
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
            group: None,
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
                group: None,
                version: text::said(&self.version),
                licence: None,
                purl: text::said(&self.purl),
            });
        }
    }
}
