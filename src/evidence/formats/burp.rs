//! Burp Suite: issues as XML.

use crate::evidence::xml::{Node, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Burp;

impl Format for Burp {
    fn id(&self) -> &'static str {
        "burp"
    }

    fn about(&self) -> About {
        About {
            tool: "Burp Suite",
            recognised: "the root element `issues` with `burpVersion`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`exportTime`").version("`burpVersion`"),
            source: "https://portswigger.net/burp/documentation/desktop/running-scans/reporting",
            clean: "No issue is listed; that counts only where something vouches for the scan.",
            vacuous: "No issue is listed: a project in which nothing was scanned looks the same.",
            blank: Blanks::NONE,
            notes: &[
                "High, Medium, Low and Information are high, medium, low and info; a `False positive` is suppressed.",
                "`exportTime` is when the issues were exported, and not when they were found.",
                "A report holds the issues that a person chose: which are left out is not known.",
                "It holds requests and answers, with what they were signed in by: a report keeps no copy of it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.xml().is_some_and(|root| {
                root.name == "issues" && root.attribute("burpVersion").is_some()
            }),
        )
    }

    fn grades(&self) -> bool {
        true
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Burp Suite");
        reading.secrets = true;
        let mut findings = input.findings();
        let mut listed = 0;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("issues") => {
                    reading.tool_version = tag.attribute("burpVersion")?;
                    reading.produced_at =
                        tag.attribute("exportTime")?.map(|raw| ProducedAt::parse(&raw));
                }
                Node::Open(tag) if tag.is("issue") => {
                    listed += 1;
                    findings.add(issue(&mut xml)?);
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        if listed == 0 {
            let why = "Burp Suite lists no issue, and writes the same where it scanned nothing.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Reads an issue to its end.
fn issue(xml: &mut Xml<'_>) -> Result<Finding, Broken> {
    let outside = xml.depth() - 1;
    let mut finding = Finding::graded(Grade::Unknown);
    let (mut host, mut path) = (String::new(), String::new());
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else {
            if xml.depth() <= outside {
                break;
            }
            continue;
        };
        let name = tag.name();
        let content = match name {
            "type" | "name" | "host" | "path" | "severity" => xml.content()?,
            _ => {
                xml.skip()?;
                continue;
            }
        };
        let content = content.trim();
        match name {
            "type" => finding.rule = Some(content.to_owned()).filter(|id| !id.is_empty()),
            "name" => finding.title = text::title(content),
            "host" => content.clone_into(&mut host),
            "path" => content.clone_into(&mut path),
            _ => {
                finding.suppressed = content.eq_ignore_ascii_case("false positive");
                finding.grade = match content.eq_ignore_ascii_case("information") {
                    true => Grade::Info,
                    false => Grade::from_word(content),
                };
                finding.level = finding.grade.level();
            }
        }
    }
    finding.path = Some(format!("{host}{path}")).filter(|place| !place.is_empty());
    Ok(finding)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn report(issues: &str) -> String {
        format!(
            r#"<?xml version="1.0"?><!DOCTYPE issues [
            <!ELEMENT issues (issue*)><!ATTLIST issues burpVersion CDATA ""><!ELEMENT issue (name)>]>
            <issues burpVersion="2026.1" exportTime="Tue Jan 07 10:00:00 UTC 2025">{issues}</issues>"#
        )
    }

    #[test]
    fn a_severity_is_a_word() {
        for (word, grade, total) in [
            ("High", Grade::High, 1),
            ("Medium", Grade::Medium, 1),
            ("Low", Grade::Low, 1),
            ("Information", Grade::Info, 1),
            ("False positive", Grade::Unknown, 0),
        ] {
            let issue = format!(
                r#"<issue><type>1049088</type><name><![CDATA[SQL injection]]></name><host ip="10.0.0.1">
                https://shop.example</host><path><![CDATA[/login]]></path><severity>{word}</severity>
                <requestresponse><request base64="true">R0VUIC8=</request><responseRedirected/></requestresponse>
                <issueDetail><name>no title</name></issueDetail></issue>"#
            );
            let read = reading("burp", &report(&issue));
            let findings = read.facts.findings.unwrap();
            let one = &findings.list.entries()[0];
            assert_eq!((findings.total(), one.grade), (total, grade), "{word}");
            assert_eq!(one.title.as_deref(), Some("SQL injection"));
            assert_eq!(one.path.as_deref(), Some("https://shop.example/login"));
            let at = read.produced_at.unwrap().at.unwrap();
            assert_eq!(at.to_string(), "2025-01-07T10:00:00Z");
        }
        proves("burp", &[(&report(""), "where it scanned nothing")]);
    }
}
