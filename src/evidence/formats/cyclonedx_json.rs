//! CycloneDX in JSON: bills of materials and VEX.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::bill::{self, Bill};
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Component, Finding, Grade};
use crate::model::Reading;

pub(super) struct CyclonedxJson;

impl Format for CyclonedxJson {
    fn id(&self) -> &'static str {
        "cyclonedx-json"
    }

    fn about(&self) -> About {
        About {
            tool: "CycloneDX (Syft, Trivy, cdxgen, npm sbom and others)",
            recognised: "`bomFormat: CycloneDX`, or a `$schema` of CycloneDX",
            carries: &["components", "findings"],
            tells: Tells::NOTHING.time("`metadata.timestamp`").version("`metadata.tools`"),
            source: "https://cyclonedx.org/docs/1.6/json/",
            clean: "Components are listed; of Grype or OSV-Scanner, `vulnerabilities` is empty.",
            vacuous: "0 components and 0 vulnerabilities.",
            blank: Blanks::NONE,
            notes: &[
                "Nested components count; the component that the bill describes does not.",
                "`findings` are there only where the bill has a list of vulnerabilities, and the gravest rating of each counts. An empty `vulnerabilities` is no scan, for Trivy and cdxgen write it in a mere bill: each component is unchecked, and beside a real scan the list says nothing. Only of Grype and OSV-Scanner, which make none without a scan, it says that nothing was found.",
                "`compositions` that are incomplete are told.",
                "What an `analysis` says of a vulnerability takes nothing off the count.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let named =
            shape.text("bomFormat").is_some_and(|name| name.eq_ignore_ascii_case("CycloneDX"));
        let schema = shape.text("$schema").is_some_and(|schema| schema.contains("cyclonedx"));
        let shaped = shape.has(&["specVersion"])
            && (shape.has_list("components") || shape.has_list("vulnerabilities"));
        Fit::sure(named || schema).max(Fit::likely(shaped))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut document = Document(Bill::new(input));
        input.members(&mut document)?;
        Ok(document.0.finish(Reading::of(self.id())))
    }
}

struct Document(Bill);

impl<'de> Members<'de> for Document {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let bill = &mut self.0;
        match key {
            "components" => {
                bill.lists_components |=
                    json::each(map, |component: ComponentIn<'de>| component.add_to(bill))?;
            }
            "vulnerabilities" => {
                let mut found = Vec::new();
                let listed = json::each(map, |one: Vulnerability<'de>| {
                    found.push(one.finding());
                })?;
                if listed {
                    found.into_iter().for_each(|finding| bill.vulnerable(finding));
                    bill.lists_vulnerabilities = true;
                }
            }
            "compositions" => {
                json::each(map, |one: Composition<'de>| {
                    one.aggregate.iter().for_each(|word| bill.aggregate(word));
                })?;
            }
            "metadata" => {
                if let Some(metadata) = map.next_value::<Option<Metadata<'de>>>()? {
                    bill.made_at = text::said(&metadata.timestamp);
                    bill.tool = metadata.tools.and_then(Tools::writer);
                }
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    timestamp: Option<Str<'a>>,
    tools: Option<Tools<'a>>,
}

/// How much of an assembly or its dependencies the bill tells.
#[derive(Deserialize)]
struct Composition<'a> {
    #[serde(borrow)]
    aggregate: Option<Str<'a>>,
}

/// A list up to 1.4, a map of components since 1.5.
#[derive(Deserialize)]
#[serde(untagged)]
enum Tools<'a> {
    List(#[serde(borrow)] Vec<Tool<'a>>),
    Components {
        #[serde(borrow)]
        components: Option<Vec<Tool<'a>>>,
    },
}

#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

impl Tools<'_> {
    fn writer(self) -> Option<(String, Option<String>)> {
        let tools = match self {
            Tools::List(tools) => tools,
            Tools::Components { components } => components.unwrap_or_default(),
        };
        let named = |tool: Tool<'_>| Some((text::said(&tool.name)?, text::said(&tool.version)));
        bill::writer(tools.into_iter().filter_map(named).collect())
    }
}

#[derive(Deserialize)]
struct ComponentIn<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    group: Option<Str<'a>>,
    version: Option<Str<'a>>,
    purl: Option<Str<'a>>,
    licenses: Option<Vec<LicenseIn<'a>>>,
    components: Option<Vec<ComponentIn<'a>>>,
}

#[derive(Deserialize)]
struct LicenseIn<'a> {
    #[serde(borrow)]
    license: Option<Named<'a>>,
    expression: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    name: Option<Str<'a>>,
}

impl ComponentIn<'_> {
    fn add_to(&self, bill: &mut Bill) {
        bill.components.add(|| Component {
            name: text::said(&self.name).unwrap_or_default(),
            group: text::said(&self.group),
            version: text::said(&self.version),
            licence: bill::licences(self.licenses.iter().flatten().filter_map(|of| {
                let named =
                    of.license.as_ref().and_then(|named| named.id.as_ref().or(named.name.as_ref()));
                of.expression.as_deref().or(named.map(|name| &**name))
            })),
            purl: text::said(&self.purl),
        });
        for inner in self.components.iter().flatten() {
            inner.add_to(bill);
        }
    }
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    references: Option<Vec<Reference<'a>>>,
    description: Option<Str<'a>>,
    ratings: Option<Vec<Rating<'a>>>,
    affects: Option<Vec<Affected<'a>>>,
}

#[derive(Deserialize)]
struct Rating<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Affected<'a> {
    #[serde(borrow)]
    r#ref: Option<Str<'a>>,
}

/// What another database calls it.
#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

impl Vulnerability<'_> {
    fn finding(&self) -> Finding {
        let words = self.ratings.iter().flatten().filter_map(|rating| rating.severity.as_deref());
        let grade = bill::gravest(words.map(Grade::from_word));
        let affected = self.affects.iter().flatten().find_map(|of| of.r#ref.as_deref());
        let elsewhere = self.references.iter().flatten().flat_map(|of| &of.id);
        Finding {
            aliases: text::all_said(elsewhere),
            ..bill::vulnerability(self.id.as_deref(), self.description.as_deref(), grade, affected)
        }
    }
}
