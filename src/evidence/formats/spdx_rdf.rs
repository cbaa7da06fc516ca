//! SPDX 2.x in RDF/XML.

use std::collections::BTreeMap;

use crate::evidence::family::bill::{self, Bill};
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Component;
use crate::model::Reading;

pub(super) struct SpdxRdf;

const TERMS: &str = "http://spdx.org/rdf/terms#";

impl Format for SpdxRdf {
    fn id(&self) -> &'static str {
        "spdx-rdf"
    }

    fn about(&self) -> About {
        About {
            tool: "SPDX as RDF/XML (the SPDX tools of Java, Python and Go, ScanCode)",
            recognised: "the root element `RDF` with the terms of SPDX",
            carries: &["components"],
            tells: Tells::NOTHING.time("`created`").version("`Tool:` among the creators"),
            source: "https://spdx.github.io/spdx-spec/v2.3/RDF-object-model-and-identifier-syntax/",
            clean: "Packages are listed.",
            vacuous: "0 packages.",
            blank: Blanks::NONE,
            notes: &[
                "A component is a node of type Package, by its `rdf:about`: one that others refer to again is one. The described one counts too; files are none.",
                "A licence that is one of SPDX's list is told; a set of several, or one of the document's own, is not.",
                "Writers nest packages in those that depend on them: where they stand too deep, the file is refused.",
                "Turtle, N-Triples and other forms of RDF are not read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            let terms = |name: &&str| root.attribute(name) == Some(TERMS);
            let declared = ["spdx", "xmlns"].iter().any(terms);
            root.name == "RDF" && (declared || root.has_child("SpdxDocument"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut graph = Graph::default();
        let mut bill = Bill::new(input);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => graph.open(&tag, &mut xml, &mut bill)?,
                Node::Close(_) => graph.close(xml.depth()),
            }
        }
        bill.lists_components = true;
        graph.packages.into_values().for_each(|package| bill.component(package));
        Ok(bill.finish(Reading::of(self.id())))
    }
}

#[derive(Default)]
struct Graph {
    /// The nodes that are open, the innermost last.
    open: Vec<Subject>,
    /// The packages by what they are called, or by a number where they are called nothing.
    packages: BTreeMap<String, Component>,
}

/// A node that may be a package.
struct Subject {
    about: Option<String>,
    depth: usize,
    is_package: bool,
    component: Component,
}

impl Graph {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, bill: &mut Bill) -> Result<(), Broken> {
        match tag.name() {
            "created" => bill.made_at = Some(xml.content()?.trim().to_owned()),
            "creator" => {
                let content = xml.content()?;
                let tool = content.trim().strip_prefix("Tool:").map(|tool| tool.trim().to_owned());
                bill.tool = bill.tool.take().or(tool.map(|tool| (tool, None)));
            }
            name @ ("Package" | "Description") => {
                let about = tag.attribute("about")?.or(tag.attribute("nodeID")?);
                let is_package = name == "Package";
                let component = Component::default();
                self.open.push(Subject { about, depth: xml.depth(), is_package, component });
            }
            "referenceLocator" => {
                let locator = xml.content()?.trim().to_owned();
                if let Some(package) = self.open.last_mut().filter(|_| locator.starts_with("pkg:"))
                {
                    package.component.purl = Some(locator);
                }
            }
            _ => {
                if let Some(subject) = self.open.last_mut().filter(|of| of.depth + 1 == xml.depth())
                {
                    subject.property(tag, xml)?;
                }
            }
        }
        Ok(())
    }

    /// Takes the end of an element that stood below `depth`.
    fn close(&mut self, depth: usize) {
        let ended = self.open.last().is_some_and(|subject| subject.depth == depth + 1);
        let Some(Subject { about, is_package: true, component, .. }) =
            ended.then(|| self.open.pop()).flatten()
        else {
            return;
        };
        let key = about.unwrap_or_else(|| format!("_:{}", self.packages.len()));
        let known = self.packages.entry(key).or_default();
        if known.name.is_empty() {
            known.name = component.name;
        }
        known.version = known.version.take().or(component.version);
        known.licence = known.licence.take().or(component.licence);
        known.purl = known.purl.take().or(component.purl);
    }
}

impl Subject {
    fn property(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "type" => {
                let kind = tag.attribute("resource")?;
                self.is_package |= kind.is_some_and(|kind| kind.ends_with("#Package"));
            }
            "name" => self.component.name = xml.content()?.trim().to_owned(),
            "versionInfo" => self.component.version = Some(xml.content()?.trim().to_owned()),
            kind @ ("licenseConcluded" | "licenseDeclared") => {
                let licence = tag.attribute("resource")?;
                let listed = licence.as_deref().and_then(|of| of.split_once("spdx.org/licenses/"));
                let name = bill::licences(listed.into_iter().map(|(_, name)| name));
                // What was concluded counts before what is declared.
                self.component.licence = match kind {
                    "licenseConcluded" => name.or(self.component.licence.take()),
                    _ => self.component.licence.take().or(name),
                };
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn graph(inside: &str) -> String {
        format!(
            r##"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#">
            <spdx:SpdxDocument rdf:about="#D"><spdx:name>doc</spdx:name>{inside}</spdx:SpdxDocument></rdf:RDF>"##
        )
    }

    #[test]
    fn a_package_is_one_wherever_it_is_told_of() {
        let text = graph(
            r##"<spdx:relationship><spdx:Relationship><spdx:relatedSpdxElement><spdx:Package rdf:about="#A">
            <spdx:licenseDeclared rdf:resource="http://spdx.org/licenses/ISC"/>
            <spdx:relationship><spdx:Relationship><spdx:relatedSpdxElement><spdx:Package rdf:about="#B">
            <spdx:externalRef><spdx:ExternalRef><spdx:referenceLocator>pkg:npm/b@2</spdx:referenceLocator>
            </spdx:ExternalRef></spdx:externalRef><spdx:name>b</spdx:name></spdx:Package>
            </spdx:relatedSpdxElement></spdx:Relationship></spdx:relationship>
            <spdx:name>a</spdx:name><spdx:versionInfo>1</spdx:versionInfo>
            <spdx:licenseConcluded rdf:resource="http://spdx.org/licenses/MIT"/></spdx:Package>
            </spdx:relatedSpdxElement></spdx:Relationship></spdx:relationship>
            <spdx:hasPackage><spdx:Package rdf:about="#A"/></spdx:hasPackage>
            <rdf:Description rdf:about="#C"><rdf:type rdf:resource="http://spdx.org/rdf/terms#Package"/>
            <spdx:name>c</spdx:name></rdf:Description>
            <rdf:Description rdf:about="#F"><spdx:fileName>f</spdx:fileName></rdf:Description>"##,
        );
        let components = reading("spdx-rdf", &text).facts.components.unwrap();
        let seen: Vec<_> = components
            .list
            .entries()
            .iter()
            .map(|of| {
                (of.name.as_str(), of.version.as_deref(), of.licence.as_deref(), of.purl.as_deref())
            })
            .collect();
        let expected = [
            ("a", Some("1"), Some("MIT"), None),
            ("b", None, None, Some("pkg:npm/b@2")),
            ("c", None, None, None),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_bill_of_nothing_proves_nothing() {
        let one =
            r##"<spdx:describesPackage><spdx:Package rdf:about="#A"/></spdx:describesPackage>"##;
        proves("spdx-rdf", &[(&graph(""), "lists 0 components"), (&graph(one), "")]);
    }
}
