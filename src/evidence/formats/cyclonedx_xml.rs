//! CycloneDX in XML, with the vulnerability extension of 1.0 to 1.3.

use crate::evidence::family::bill::{self, Bill};
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Component, Grade};
use crate::model::Reading;

pub(super) struct CyclonedxXml;

impl Format for CyclonedxXml {
    fn id(&self) -> &'static str {
        "cyclonedx-xml"
    }

    fn about(&self) -> About {
        About {
            tool: "CycloneDX (Maven and Gradle plugins, Syft, retire.js and others)",
            recognised: "the root element `bom` in a namespace of `cyclonedx.org/schema/bom`",
            carries: &["components", "findings"],
            tells: Tells::NOTHING.time("`metadata/timestamp`").version("`metadata/tools`"),
            source: "https://cyclonedx.org/docs/1.6/xml/",
            clean: "Components are listed; of Grype or OSV-Scanner, `vulnerabilities` is empty.",
            vacuous: "0 components and 0 vulnerabilities.",
            blank: Blanks::NONE,
            notes: &[
                "Nested components count; the one that the bill describes, tools and ancestors do not.",
                "`findings` are there only where the bill has a list of vulnerabilities, and the gravest rating of each counts. An empty `vulnerabilities` is no scan, and each component unchecked, but of Grype and OSV-Scanner, which make no bill without one.",
                "`compositions` that are incomplete are told.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            let space = root.namespace.as_deref().unwrap_or_default();
            root.name == "bom" && space.contains("cyclonedx.org/schema/bom")
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut bill = Bill::new(input);
        let mut xml = input.xml();
        let mut open: Vec<(usize, Component)> = Vec::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 && !tag.is("bom") => {
                    return Err(Broken::new(format!("The root is <{}>, no bill.", tag.name())));
                }
                Node::Open(tag) => inside(&tag, &mut xml, &mut bill, &mut open)?,
                Node::Close(end) if end.is("component") => {
                    if let Some((_, component)) = open.pop() {
                        bill.component(component);
                    }
                }
                Node::Close(_) => {}
            }
        }
        Ok(bill.finish(Reading::of(self.id())))
    }
}

fn inside(
    tag: &Tag<'_>,
    xml: &mut Xml<'_>,
    bill: &mut Bill,
    open: &mut Vec<(usize, Component)>,
) -> Result<(), Broken> {
    match tag.name() {
        "metadata" if xml.depth() == 2 => return metadata(xml, bill),
        // Who annotated the bill, and how what it is of was made, are no parts of it.
        "annotations" | "formulation" | "declarations" | "definitions" if xml.depth() == 2 => {
            return xml.skip();
        }
        "compositions" if xml.depth() == 2 => return compositions(xml, bill),
        "components" => bill.lists_components = true,
        "vulnerabilities" => bill.lists_vulnerabilities = true,
        "vulnerability" => return vulnerability(tag, xml, bill),
        "component" => open.push((xml.depth(), Component::default())),
        "pedigree" | "evidence" | "services" | "dependencies" => return xml.skip(),
        _ => return described(tag, xml, open),
    }
    Ok(())
}

/// What stands in a component, one level below it; of licences, what names them.
fn described(
    tag: &Tag<'_>,
    xml: &mut Xml<'_>,
    open: &mut [(usize, Component)],
) -> Result<(), Broken> {
    let depth = xml.depth();
    let Some((at, component)) = open.last_mut() else { return Ok(()) };
    match (tag.name(), depth - *at) {
        ("name", 1) => component.name = xml.content()?.trim().to_owned(),
        ("group", 1) => component.group = Some(xml.content()?.trim().to_owned()),
        ("version", 1) => component.version = Some(xml.content()?.trim().to_owned()),
        ("purl", 1) => component.purl = Some(xml.content()?.trim().to_owned()),
        ("expression", 2) | ("id" | "name", 3) => {
            let said = xml.content()?;
            let known = component.licence.take();
            component.licence =
                bill::licences(known.iter().map(String::as_str).chain([said.trim()]));
        }
        _ => {}
    }
    Ok(())
}

/// How much of the bill is told. What else stands there, vulnerabilities too, is named and not listed.
fn compositions(xml: &mut Xml<'_>, bill: &mut Bill) -> Result<(), Broken> {
    let depth = xml.depth();
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.is("aggregate") => bill.aggregate(&xml.content()?),
            Some(_) => {}
            None => break,
        }
    }
    Ok(())
}

/// When and by what the bill was made.
fn metadata(xml: &mut Xml<'_>, bill: &mut Bill) -> Result<(), Broken> {
    let depth = xml.depth();
    let mut tools: Vec<(String, Option<String>)> = Vec::new();
    let mut in_tools = false;
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) => match tag.name() {
                "timestamp" => bill.made_at = Some(xml.content()?.trim().to_owned()),
                "tools" => in_tools = true,
                "name" if in_tools => tools.push((xml.content()?.trim().to_owned(), None)),
                "version" if in_tools => {
                    let version = xml.content()?.trim().to_owned();
                    // One that stands before every name is of no tool.
                    if let Some((_, of @ None)) = tools.last_mut() {
                        *of = Some(version);
                    }
                }
                "component" if !in_tools => xml.skip()?,
                _ => {}
            },
            Some(Node::Close(end)) => in_tools &= !end.is("tools"),
            None => break,
        }
    }
    bill.tool = bill::writer(tools);
    Ok(())
}

fn vulnerability(tag: &Tag<'_>, xml: &mut Xml<'_>, bill: &mut Bill) -> Result<(), Broken> {
    let depth = xml.depth();
    let mut affected = tag.attribute("ref")?;
    let (mut id, mut said) = (None, None);
    let mut grades = Vec::new();
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) => match tag.name() {
                "id" if id.is_none() => id = Some(xml.content()?.trim().to_owned()),
                "description" if said.is_none() => said = Some(xml.content()?.into_owned()),
                "severity" => grades.push(Grade::from_word(&xml.content()?)),
                "ref" if affected.is_none() => affected = Some(xml.content()?.trim().to_owned()),
                _ => {}
            },
            Some(Node::Close(_)) => {}
            None => break,
        }
    }
    bill.vulnerable(bill::vulnerability(
        id.as_deref(),
        said.as_deref(),
        bill::gravest(grades.into_iter()),
        affected.as_deref(),
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_a_composition_refers_to_is_no_finding() {
        let bill = |own: &str| {
            let text = format!(
                r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>
                <component type="library"><name>a</name><version>1</version></component></components>
                <compositions><composition><aggregate>incomplete</aggregate>
                <vulnerabilities><vulnerability ref="v1"/></vulnerabilities></composition></compositions>{own}</bom>"#
            );
            reading("cyclonedx-xml", &text)
        };
        assert!(bill("").facts.findings.is_none());
        assert_eq!(bill("").warnings, ["The bill says of itself that it is incomplete."]);
        let own = r#"<vulnerabilities><vulnerability bom-ref="v1"><id>CVE-1</id></vulnerability></vulnerabilities>"#;
        assert_eq!(bill(own).facts.findings.map(|findings| findings.total()), Some(1));
    }
}
