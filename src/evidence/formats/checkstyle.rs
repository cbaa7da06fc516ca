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
            clean: "Files are listed and none has an error; no file, where something vouches for the run.",
            vacuous: "An `<exception>`: a file could not be checked; no file: many writers list those with findings alone, so a run that looked at nothing is the same.",
            blank: Blanks::NONE,
            notes: &[
                "`source` is the rule; `info` and other severities are notes, `ignore` is suppressed.",
                "Most writers list only the files with findings, so a root without files is a clean run of theirs, and one that looked at no file: it counts where a seal with exit code 0 or `vouched-by` stands for it. Checkstyle itself lists each that it checked, and is known by its version, 9 or later (others write 4.3, 5.0 or 8.0, which is no version of theirs and is left out): of it such a root proves nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "checkstyle"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut findings = input.findings();
        let (mut file, mut files) = (None, 0_u64);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    let version = tag.attribute("version")?;
                    reading.tool_version = version.filter(|of| !OF_THE_FORMAT.contains(&&**of));
                }
                Node::Open(tag) if tag.is("file") => {
                    files += 1;
                    file = tag.attribute("name")?;
                }
                Node::Open(tag) if tag.is("exception") => {
                    let said = text::title(&xml.content()?).unwrap_or_default();
                    let why = format!("A file could not be checked. It says: {said}");
                    reading.doubt(Rule::ToolFailed, why);
                }
                Node::Open(tag) if tag.is("error") => findings.add(finding(&tag, file.as_deref())?),
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        let lists_all = reading.tool_version.as_deref().is_some_and(is_checkstyle);
        if files == 0 && lists_all {
            reading.doubt(Rule::NothingLookedAt, "Checkstyle checked 0 files.");
        } else if files == 0 && findings.total() == 0 {
            let why = "The report lists no file, as after a run that looked at none.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// What those write for a version that copy the format: none of their own.
const OF_THE_FORMAT: [&str; 3] = ["4.3", "5.0", "8.0"];

/// Whether a version is one of Checkstyle itself.
fn is_checkstyle(version: &str) -> bool {
    let major = version.split('.').next().and_then(|major| major.trim().parse::<u64>().ok());
    major.is_some_and(|major| major >= 9)
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

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn the_version_of_the_format_is_no_version_of_a_tool() {
        let version = |of: &str| {
            let text = format!("<checkstyle version='{of}'><file name='a'/></checkstyle>");
            reading("checkstyle", &text).tool_version
        };
        assert_eq!(version("4.3"), None);
        assert_eq!(version("3.7.2").as_deref(), Some("3.7.2"));
    }

    #[test]
    fn checkstyle_itself_lists_the_files_that_it_checked() {
        for (version, files, why) in [
            ("10.12.4", "", "checked 0 files"),
            ("10.12.4", "<file name='A.java'/>", ""),
            ("8.0", "", "looked at none"),
            ("4.3", "", "looked at none"),
            ("4.3", "<file name='A.kt'/>", ""),
        ] {
            let text = format!("<checkstyle version='{version}'>{files}</checkstyle>");
            proves("checkstyle", &[(&text, why)]);
        }
    }
}
