//! SPDX 2.x in XML: its JSON, element by element.

use crate::evidence::family::bill::{self, Bill};
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Component;
use crate::model::Reading;

pub(super) struct SpdxXml;

impl Format for SpdxXml {
    fn id(&self) -> &'static str {
        "spdx-xml"
    }

    fn about(&self) -> About {
        About {
            tool: "SPDX as XML (the SPDX tools of Java, Python and Go)",
            recognised: "the root element `Document` with `SPDXID` or `spdxVersion`",
            carries: &["components"],
            tells: Tells::NOTHING
                .time("`creationInfo/created`")
                .version("`Tool:` among the creators"),
            source: "https://github.com/spdx/spdx-spec/blob/support/2.3/examples/SPDXXMLExample-v2.3.spdx.xml",
            clean: "Packages are listed.",
            vacuous: "0 packages.",
            blank: Blanks::NONE,
            notes: &[
                "A component is an element `packages`, the described one among them; files and snippets are none.",
                "A licence is what was concluded, or what was declared where that says NOASSERTION or NONE.",
                "RDF/XML is a format of its own.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            root.name == "Document" && ["SPDXID", "spdxVersion"].iter().any(|of| root.has_child(of))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut bill = Bill::new(input);
        let mut package: Option<Package> = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match &mut package {
                    Some(package) => package.open(&tag, &mut xml)?,
                    None if tag.is("packages") && xml.depth() == 2 => {
                        package = Some(Package::default());
                    }
                    None => document(&tag, &mut xml, &mut bill)?,
                },
                Node::Close(end) if end.is("packages") && xml.depth() == 1 => {
                    package.take().into_iter().for_each(|of| bill.component(of.component()));
                }
                Node::Close(_) => {}
            }
        }
        bill.lists_components = true;
        Ok(bill.finish(Reading::of(self.id())))
    }
}

fn document(tag: &Tag<'_>, xml: &mut Xml<'_>, bill: &mut Bill) -> Result<(), Broken> {
    match tag.name() {
        "created" => bill.made_at = Some(xml.content()?.trim().to_owned()),
        "creators" => {
            let content = xml.content()?;
            let tool = content.trim().strip_prefix("Tool:").map(|tool| tool.trim().to_owned());
            bill.tool = bill.tool.take().or(tool.map(|tool| (tool, None)));
        }
        _ => {}
    }
    Ok(())
}

#[derive(Default)]
struct Package {
    name: String,
    version: Option<String>,
    concluded: Option<String>,
    declared: Option<String>,
    purl: Option<String>,
}

impl Package {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let own = xml.depth() == 3;
        let mut said = || xml.content().map(|content| content.trim().to_owned());
        match tag.name() {
            "name" if own => self.name = said()?,
            "versionInfo" if own => self.version = Some(said()?),
            "licenseConcluded" if own => self.concluded = Some(said()?),
            "licenseDeclared" if own => self.declared = Some(said()?),
            "referenceLocator" => {
                let locator = Some(said()?).filter(|locator| locator.starts_with("pkg:"));
                self.purl = self.purl.take().or(locator);
            }
            _ => {}
        }
        Ok(())
    }

    fn component(self) -> Component {
        let known = |licence: &&str| !matches!(*licence, "NOASSERTION" | "NONE");
        let licence = [self.concluded.as_deref(), self.declared.as_deref()];
        Component {
            licence: bill::licences(licence.into_iter().flatten().filter(known).take(1)),
            name: self.name,
            group: None,
            version: self.version.filter(|version| !version.is_empty()),
            purl: self.purl,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn document(inside: &str) -> String {
        format!(
            "<?xml version='1.0'?><Document><SPDXID>SPDXRef-DOCUMENT</SPDXID><spdxVersion>SPDX-2.3</spdxVersion>
            <creationInfo><created>2026-01-02T03:04:05Z</created><creators>Person: Ana</creators>
            <creators>Tool: bill-1.0</creators></creationInfo>{inside}</Document>"
        )
    }

    #[test]
    fn a_package_is_told_with_its_licence() {
        let package = |concluded: &str, declared: &str| {
            document(&format!(
                "<packages><annotations><comment>c</comment><name>not this</name></annotations><externalRefs>
                <referenceLocator>cpe:2.3:a:b</referenceLocator></externalRefs><externalRefs><referenceLocator>
                pkg:npm/a@1</referenceLocator></externalRefs><licenseConcluded>{concluded}</licenseConcluded>
                <licenseDeclared>{declared}</licenseDeclared><name>a</name><versionInfo>1</versionInfo></packages>
                <files><fileName>f</fileName></files>"
            ))
        };
        for (concluded, declared, licence) in [
            ("MIT", "ISC", Some("MIT")),
            ("NOASSERTION", "ISC", Some("ISC")),
            ("NOASSERTION", "NONE", None),
        ] {
            let read = reading("spdx-xml", &package(concluded, declared));
            assert_eq!(read.tool.as_deref(), Some("bill-1.0"));
            let components = read.facts.components.unwrap();
            let [one] = components.list.entries() else { panic!("one component") };
            assert_eq!((one.name.as_str(), one.version.as_deref()), ("a", Some("1")));
            assert_eq!(
                (one.licence.as_deref(), one.purl.as_deref()),
                (licence, Some("pkg:npm/a@1"))
            );
        }
    }

    #[test]
    fn a_bill_of_nothing_proves_nothing() {
        proves(
            "spdx-xml",
            &[
                (&document("<packages><name>a</name></packages>"), ""),
                (&document("<files><fileName>f</fileName></files>"), "lists 0 components"),
            ],
        );
    }
}
