//! `phpcs --report=xml`.

use crate::evidence::count::OddCounts;
use crate::evidence::family::{listed, ran};
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct PhpcsXml;

impl Format for PhpcsXml {
    fn id(&self) -> &'static str {
        "phpcs-xml"
    }

    fn about(&self) -> About {
        About {
            tool: "PHP_CodeSniffer",
            recognised: "the root element `phpcs`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`version` of the root"),
            source: "https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting",
            clean: "The root is closed and holds no file; that counts only where something vouches for the run.",
            vacuous: "No file: PHP_CodeSniffer lists those with findings alone, so a folder without PHP looks the same; more counted than listed.",
            blank: Blanks::NONE,
            notes: &[
                "`severity` is PHP_CodeSniffer's weight, not a grade: the element tells errors from warnings.",
                "Its JSON lists every file that it looked at, and is the better evidence.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "phpcs"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "PHP_CodeSniffer");
        let mut findings = input.findings();
        let (mut file, mut declared, mut odd) = (None, 0u64, OddCounts::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("version")?;
                }
                Node::Open(tag) if tag.is("file") => {
                    let [errors, warnings] =
                        tag.declared_counts(["errors", "warnings"], &mut odd)?;
                    declared = ran::declared([Some(declared), errors, warnings]).unwrap_or(0);
                    file = tag.attribute("name")?;
                }
                Node::Open(tag) if tag.is("error") || tag.is("warning") => {
                    findings.add(finding(&tag, file.as_deref(), &mut xml)?);
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        listed::lost(&mut reading, "A `file`", declared, findings.total());
        if file.is_none() {
            let why = "PHP_CodeSniffer lists no file where it found nothing, and where it looked at none.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

fn finding(tag: &Tag<'_>, file: Option<&str>, xml: &mut Xml<'_>) -> Result<Finding, Broken> {
    let mut finding = Finding::levelled(Level::from_word(tag.name()));
    finding.path = file.map(str::to_owned);
    tag.attributes(|key, value| match key {
        "source" => finding.rule = Some(value.into_owned()),
        "line" => finding.line = value.trim().parse().ok(),
        _ => {}
    })?;
    finding.title = text::title(&xml.content()?);
    Ok(finding)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_root_without_a_file_proves_nothing_alone() {
        let report = |inside: &str| format!(r#"<phpcs version="3.7.1">{inside}</phpcs>"#);
        let file = |counts: &str, found: &str| {
            report(&format!("<file name=\"a.php\" {counts}>{found}</file>"))
        };
        proves(
            "phpcs-xml",
            &[
                (&report(""), "lists no file where it found nothing"),
                (&file(r#"errors="1" warnings="0""#, r#"<error line="1">x</error>"#), ""),
                (
                    &file(r#"errors="2" warnings="1""#, r#"<error line="1">x</error>"#),
                    "A `file` counts 3; the report lists 1",
                ),
            ],
        );
    }
}
