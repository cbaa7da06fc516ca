//! Checkstyle XML, which many linters write: ESLint, ktlint, detekt, phpcs, golangci-lint.

use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct Checkstyle;

impl Format for Checkstyle {
    fn id(&self) -> &'static str {
        "checkstyle"
    }

    fn about(&self) -> About {
        About {
            tool: "Checkstyle XML (Checkstyle, ktlint, detekt, phpcs, golangci-lint and others)",
            recognised: "the root element `checkstyle`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`version` of the root"),
            source: "https://checkstyle.org/config_xmlloggers.html",
            clean: "The root is closed and no file has an error.",
            vacuous: "An `<exception>`: a file could not be checked.",
            blank: Blanks::NONE,
            notes: &[
                "`source` is the rule; `info` and other severities are notes, `ignore` is suppressed.",
                "Most writers list only the files with findings, so a root without files is a clean run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "checkstyle"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut findings = input.findings();
        let mut file = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("version")?;
                }
                Node::Open(tag) if tag.is("file") => file = tag.attribute("name")?,
                Node::Open(tag) if tag.is("exception") => {
                    let said = text::title(&xml.content()?).unwrap_or_default();
                    let why = format!("A file could not be checked. It says: {said}");
                    reading.doubt(Rule::ToolFailed, why);
                }
                Node::Open(tag) if tag.is("error") => findings.add(finding(&tag, file.as_deref())?),
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

fn finding(tag: &Tag<'_>, file: Option<&str>) -> Result<Finding, Broken> {
    let mut finding = Finding::levelled(Level::Note);
    finding.path = file.map(str::to_owned);
    tag.attributes(|key, value| match key {
        "severity" => {
            finding.level = Level::from_word(&value);
            finding.suppressed = value.trim().eq_ignore_ascii_case("ignore");
        }
        "source" => finding.rule = Some(value.into_owned()).filter(|source| !source.is_empty()),
        "message" => finding.title = text::title(&value),
        "line" => finding.line = value.trim().parse().ok(),
        _ => {}
    })?;
    Ok(finding)
}
