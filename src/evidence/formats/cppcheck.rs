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
                "A file that it says it did not analyse (`noValidConfiguration`), or gave up on (`syntaxError`, `internalAstError` and the like), is counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.xml().is_some_and(|root| root.name == "results" && root.has_child("cppcheck")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Cppcheck");
        let mut findings = input.findings();
        let mut open: Option<Finding> = None;
        let (mut given_up, mut critical) = (0, false);
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
                    if let Some(finding) = open.take() {
                        given_up += u64::from(gives_up(&finding));
                        critical |= is_critical(&finding);
                        Some(finding)
                            .filter(is_finding)
                            .into_iter()
                            .for_each(|of| findings.add(of));
                    }
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        // Suppressed critical errors are told only by the report of the checkers.
        findings.unchecked = Some(given_up.max(u64::from(critical)));
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

/// What Cppcheck says of a file that it could not analyse to its end.
const GIVEN_UP: &[&str] = &[
    "cppcheckError",
    "cppcheckLimit",
    "includeNestedTooDeeply",
    "instantiationError",
    "internalAstError",
    "internalError",
    "noValidConfiguration",
    "preprocessorErrorDirective",
    "syntaxError",
    "unknownMacro",
];

fn gives_up(finding: &Finding) -> bool {
    finding.rule.as_deref().is_some_and(|rule| GIVEN_UP.contains(&rule))
}

/// Whether the report of the checkers says that they did not run to their end.
fn is_critical(finding: &Finding) -> bool {
    let said = finding.title.as_deref().unwrap_or_default();
    finding.rule.as_deref() == Some("checkersReport") && said.contains("critical errors")
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

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_file_that_was_not_analysed_is_unchecked() {
        for (id, said, unchecked) in [
            ("noValidConfiguration", "This file is not analyzed.", 1),
            ("syntaxError", "x", 1),
            ("checkersReport", "Active checkers: There was critical errors", 1),
            ("checkersReport", "Active checkers: 163/836", 0),
            ("missingInclude", "x", 0),
        ] {
            let text = format!(
                r#"<results version="2"><cppcheck version="2.13.0"/><errors><error id="{id}"
                severity="information" msg="{said}"/></errors></results>"#
            );
            let findings = reading("cppcheck", &text).facts.findings.unwrap();
            assert_eq!(findings.unchecked, Some(unchecked), "{id}: {said}");
        }
    }
}
