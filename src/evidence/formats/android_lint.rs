//! Android lint: `lint-results-*.xml`.

use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule};

pub(super) struct AndroidLint;

/// The issue by which lint says that it failed itself.
const FAILED: &str = "LintError";

/// The issue by which it says that a file could not be parsed, so that nothing was looked for in it.
const UNPARSED: &str = "ParserError";

impl Format for AndroidLint {
    fn id(&self) -> &'static str {
        "android-lint"
    }

    fn about(&self) -> About {
        About {
            tool: "Android lint",
            recognised: "the root element `issues` with `format`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`by` of the root"),
            source: "https://developer.android.com/studio/write/lint",
            clean: "The root is closed and holds no issue.",
            vacuous: "A baseline (`type=\"baseline\"`), which lists what is accepted; a run in which lint itself failed (`LintError`).",
            blank: Blanks::NONE,
            notes: &[
                "Fatal and Error are errors, Warning is a warning, Informational is a note; an issue of Ignore is none.",
                "What a baseline filters out is not in the report; lint tells how many as an issue of its own (`LintBaseline`), which is a note.",
                "A file that cannot be parsed (`ParserError`) is counted in `findings.unchecked` too.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .xml()
                .is_some_and(|root| root.name == "issues" && root.attribute("format").is_some()),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Android lint");
        let mut findings = input.findings();
        let (mut open, mut unparsed) = (None::<Finding>, 0_u64);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("by")?.and_then(|by| version(&by));
                    if tag.attribute("type")?.as_deref() == Some("baseline") {
                        let why = "It is a baseline of lint: what it lists was accepted, and nothing was looked for.";
                        reading.doubt(Rule::NothingLookedAt, why);
                    }
                }
                Node::Open(tag) if xml.depth() == 2 && tag.is("issue") => {
                    open = issue(&tag)?;
                    match open.as_ref().and_then(|of| of.rule.as_deref()) {
                        Some(FAILED) => reading.doubt(Rule::ToolFailed, failed(open.as_ref())),
                        Some(UNPARSED) => unparsed += 1,
                        _ => {}
                    }
                }
                Node::Open(tag) if tag.is("location") => {
                    if let Some(finding) = open.as_mut().filter(|of| of.path.is_none()) {
                        finding.path = tag.attribute("file")?;
                        finding.line =
                            tag.attribute("line")?.and_then(|line| line.trim().parse().ok());
                    }
                }
                Node::Close(_) if xml.depth() == 1 => {
                    if let Some(finding) = open.take() {
                        findings.add(finding);
                    }
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        findings.unchecked = Some(unparsed);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// `lint 8.1.0`
fn version(by: &str) -> Option<String> {
    by.split_whitespace()
        .last()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
}

fn failed(issue: Option<&Finding>) -> String {
    let said = issue.and_then(|of| of.title.as_deref()).unwrap_or_default();
    format!("Lint itself failed. It says: {said}")
}

/// `None` for an issue that is to be ignored.
fn issue(tag: &Tag<'_>) -> Result<Option<Finding>, Broken> {
    let (mut rule, mut said, mut severity) = (None, None, None);
    tag.attributes(|key, value| match key {
        "id" => rule = Some(value.into_owned()),
        "message" => said = text::title(&value),
        "severity" => severity = Some(value.into_owned()),
        _ => {}
    })?;
    let level = match severity.as_deref() {
        Some("Ignore") => return Ok(None),
        Some("Warning") => Level::Warning,
        Some("Informational" | "Information") => Level::Note,
        _ => Level::Error,
    };
    Ok(Some(Finding { rule, title: said, grade: Grade::Unknown, ..Finding::levelled(level) }))
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Level;

    fn report(root: &str, inside: &str) -> String {
        format!(r#"<issues format="6" {root}>{inside}</issues>"#)
    }

    fn issue(id: &str, severity: &str) -> String {
        format!(
            r#"<issue id="{id}" severity="{severity}" message="No."><location file="a.kt" line="3"/><location file="b.kt"/></issue>"#
        )
    }

    #[test]
    fn severities_are_levels_and_the_first_place_counts() {
        let all = ["Fatal", "Error", "Warning", "Informational", "Ignore", "Odd"];
        let inside: String = all.map(|severity| issue("X", severity)).concat();
        let reading = reading("android-lint", &report(r#"by="lint 8.7.2""#, &inside));
        let findings = reading.facts.findings.unwrap();
        let of = |level| findings.levelled(level);
        assert_eq!((of(Level::Error), of(Level::Warning), of(Level::Note)), (3, 1, 1));
        let first = &findings.list.entries()[0];
        assert_eq!((first.path.as_deref(), first.line), (Some("a.kt"), Some(3)));
        assert_eq!(reading.tool_version.as_deref(), Some("8.7.2"));
    }

    #[test]
    fn a_baseline_and_a_run_that_failed_prove_nothing() {
        proves(
            "android-lint",
            &[
                (&report("", ""), ""),
                (&report("", &issue("X", "Error")), ""),
                (&report(r#"type="baseline""#, ""), "a baseline of lint"),
                (&report("", &issue("LintError", "Warning")), "Lint itself failed. It says: No."),
            ],
        );
        let unparsed = reading("android-lint", &report("", &issue("ParserError", "Error")));
        assert_eq!(unparsed.facts.findings.unwrap().unchecked, Some(1));
    }
}
