//! PMD's XML and JSON.

mod json;

use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Level};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Pmd;

impl Format for Pmd {
    fn id(&self) -> &'static str {
        "pmd"
    }

    fn about(&self) -> About {
        About {
            tool: "PMD",
            recognised: "the root element `pmd`, or `pmdVersion` beside `files`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`timestamp`")
                .version("`version` of the root, or `pmdVersion`"),
            source: "https://docs.pmd-code.org/latest/pmd_userdocs_report_formats.html#xml",
            clean: "The root is closed, or `files` is empty, no file has a violation, and something vouches for the run.",
            vacuous: "`<error>` elements or `processingErrors` and no violation: files could not be analysed.",
            blank: Blanks::NONE,
            notes: &[
                "Priorities 1 and 2 are errors, 3 a warning, 4 and 5 notes; they are no severities.",
                "`<error>` names a file that PMD could not analyse: it is counted in `findings.unchecked`, and with no violation beside it the report proves nothing.",
                "Suppressed violations are listed, not counted.",
                "Only files with violations are listed: where PMD found no file to analyse, it writes the same.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let json = |shape: &Shape<'_>| {
            shape.has(&["pmdVersion"]) && (shape.has(&["files"]) || shape.has(&["formatVersion"]))
        };
        Fit::sure(
            sniff.xml().is_some_and(|root| root.name == "pmd") || sniff.json().is_some_and(json),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "PMD");
        if input.sniff.xml().is_none() {
            json::read(input, &mut reading)?;
            return Ok(reading);
        }
        let mut findings = input.findings();
        let mut errors = 0;
        let mut file = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "pmd" if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("version")?;
                    reading.produced_at =
                        tag.attribute("timestamp")?.map(|raw| ProducedAt::parse(&raw));
                }
                "file" => file = tag.attribute("name")?,
                "error" | "configerror" => errors += 1,
                "violation" => {
                    let mut finding = violation(&tag, file.as_deref())?;
                    finding.title = text::title(&xml.content()?);
                    findings.add(finding);
                }
                "suppressedviolation" => {
                    let finding = violation(&tag, tag.attribute("filename")?.as_deref())?;
                    findings.add(Finding { suppressed: true, ..finding });
                }
                _ => {}
            }
        }
        settle(&mut reading, findings, errors);
        Ok(reading)
    }
}

/// Puts the findings into the reading, which `errors` files do not share in.
fn settle(reading: &mut Reading, mut findings: Findings, errors: u64) {
    if errors > 0 {
        let why = format!("PMD could not analyse {}.", counted(errors, "file"));
        match findings.total() {
            0 => reading.doubt(Rule::ToolFailed, why),
            _ => reading.warn(why),
        }
    }
    if errors == 0 && findings.total() == 0 && findings.list.entries().is_empty() {
        let why = "PMD writes the same where it found no file to analyse.";
        reading.doubt(Rule::SilentTool, why);
    }
    findings.unchecked = Some(errors);
    reading.facts.findings = Some(findings);
}

/// A priority is no severity.
fn level(priority: &str) -> Level {
    match priority.trim() {
        "1" | "2" => Level::Error,
        "3" => Level::Warning,
        _ => Level::Note,
    }
}

fn violation(tag: &Tag<'_>, file: Option<&str>) -> Result<Finding, Broken> {
    let mut finding = Finding::levelled(Level::Note);
    finding.path = file.map(str::to_owned);
    tag.attributes(|key, value| match key {
        "rule" => finding.rule = Some(value.into_owned()),
        "beginline" | "line" => finding.line = value.trim().parse().ok(),
        "priority" => finding.level = level(&value),
        _ => {}
    })?;
    Ok(finding)
}
