//! license-checker's, pip-licenses' and cargo-license's JSON: packages and their licences.

use serde::Deserialize;

use crate::evidence::family::bill;
use crate::evidence::json::{Map, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::Component;
use crate::model::Reading;

pub(super) struct LicenseChecker;

impl Format for LicenseChecker {
    fn id(&self) -> &'static str {
        "license-checker"
    }

    fn about(&self) -> About {
        About {
            tool: "license-checker (npm), pip-licenses, cargo-license",
            recognised: "names with `licenses` and `path` or `repository`; a list of `License`, `Name` and `Version`, or of `license`, `license_file`, `name` and `version`",
            carries: &["components"],
            tells: Tells::NOTHING,
            source: "https://github.com/davglass/license-checker#output",
            clean: "Packages are listed.",
            vacuous: "0 packages.",
            blank: Blanks::NONE.list(Means::Vacuous).map(Means::Vacuous),
            notes: &[
                "`UNKNOWN` is no licence: a condition that asks for it is undecided.",
                "`name@version` of npm is taken apart at the last `@`; several licences are joined.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let npm = shape.members().first().is_some_and(|(name, one)| {
            name.get(1..).is_some_and(|rest| rest.contains('@'))
                && one.has(&["licenses"])
                && (one.has(&["path"]) || one.has(&["repository"]) || one.has(&["licenseFile"]))
        });
        let pip = shape.first().is_some_and(|one| one.has(&["License", "Name", "Version"]));
        let cargo = shape
            .first()
            .is_some_and(|one| one.has(&["license", "license_file", "name", "version"]));
        Fit::sure(npm || pip || cargo)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut components = input.components();
        let mut reading = Reading::of(self.id());
        if input.sniff.json().is_some_and(Shape::is_map) {
            reading.tool = Some("license-checker".to_owned());
            let packages: Map<'_, Package<'_>> = input.json()?;
            for (key, package) in &packages {
                let (name, version) = key.rsplit_once('@').unwrap_or((key, ""));
                components.add(|| {
                    component(name, version, package.licenses.as_ref().and_then(Licences::joined))
                });
            }
        } else {
            let first = input.sniff.json().and_then(Shape::first);
            let is_cargo = first.is_some_and(|one| one.has(&["license_file"]));
            let tool = if is_cargo { "cargo-license" } else { "pip-licenses" };
            reading.tool = Some(tool.to_owned());
            input.elements(|row: Row<'_>| {
                let said = |text: &Option<Str<'_>>| text::said(text).unwrap_or_default();
                let licence = bill::licences(row.licence.as_deref().into_iter());
                components.add(|| component(&said(&row.name), &said(&row.version), licence));
            })?;
        }
        reading.facts.components = Some(components);
        Ok(reading)
    }
}

fn component(name: &str, version: &str, licence: Option<String>) -> Component {
    Component {
        name: name.to_owned(),
        version: (!version.is_empty()).then(|| version.to_owned()),
        licence,
        purl: None,
        group: None,
    }
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    licenses: Option<Licences<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Licences<'a> {
    One(#[serde(borrow)] Str<'a>),
    Several(#[serde(borrow)] Vec<Str<'a>>),
}

impl Licences<'_> {
    fn joined(&self) -> Option<String> {
        match self {
            Licences::One(one) => bill::licences(std::iter::once(&**one)),
            Licences::Several(several) => bill::licences(several.iter().map(|one| &**one)),
        }
    }
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow, rename = "Name", alias = "name")]
    name: Option<Str<'a>>,
    #[serde(rename = "Version", alias = "version")]
    version: Option<Str<'a>>,
    #[serde(rename = "License", alias = "license")]
    licence: Option<Str<'a>>,
}
