//! Cppcheck's XML, of version 2.

use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct Cppcheck;

impl Format for Cppcheck {
    fn id(&self) -> &'static str {
        "cppcheck"
    }

    fn about(&self) -> About {
        About {
            tool: "Cppcheck",
            recognised: "the root element `results` with `cppcheck`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`version` of `cppcheck`"),
            source: "https://cppcheck.sourceforge.io/manual.pdf",
            clean: "`errors` is empty and the root is closed.",
            vacuous: "Nothing here: Cppcheck refuses to run without a file.",
            blank: Blanks::NONE,
            notes: &[
                "error is an error, warning a warning; style, performance, portability and information are notes.",
                "`checkersReport` and missing includes tell of the run, and are no findings.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.xml().is_some_and(|root| root.name == "results" && root.has_child("cppcheck")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Cppcheck".to_owned());
        let mut findings = input.findings();
        let mut open: Option<Finding> = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("cppcheck") => {
                    reading.tool_version = tag.attribute("version")?;
                }
                Node::Open(tag) if tag.is("error") => open = Some(error(&tag)?),
                Node::Open(tag) if tag.is("location") => {
                    if let Some(finding) = open.as_mut().filter(|finding| finding.path.is_none()) {
                        finding.path = tag.attribute("file")?;
                        finding.line = tag.attribute("line")?.and_then(|line| line.parse().ok());
                    }
                }
                Node::Close(end) if end.is("error") => {
                    open.take()
                        .filter(is_finding)
                        .into_iter()
                        .for_each(|finding| findings.add(finding));
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// What Cppcheck says of its own run is none.
fn is_finding(finding: &Finding) -> bool {
    !matches!(
        finding.rule.as_deref(),
        Some("checkersReport" | "missingInclude" | "missingIncludeSystem")
    )
}

fn error(tag: &Tag<'_>) -> Result<Finding, Broken> {
    let mut finding = Finding::levelled(Level::Error);
    tag.attributes(|key, value| match key {
        "id" => finding.rule = Some(value.into_owned()),
        "severity" => finding.level = Level::from_word(&value),
        "msg" => finding.title = text::title(&value),
        _ => {}
    })?;
    Ok(finding)
}
