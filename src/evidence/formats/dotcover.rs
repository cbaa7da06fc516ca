//! JetBrains dotCover's XML report.

use crate::evidence::family::covered;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Coverage, Share};
use crate::model::{Reading, Rule, counted};

pub(super) struct Dotcover;

impl Format for Dotcover {
    fn id(&self) -> &'static str {
        "dotcover"
    }

    fn about(&self) -> About {
        About {
            tool: "dotCover (`ReportType` XML and DetailedXML)",
            recognised: "the root element `Root` with `DotCoverVersion`, or `CoveredStatements` and `ReportType`",
            carries: &["coverage"],
            tells: Tells::NOTHING.version("`DotCoverVersion`"),
            source: "https://www.jetbrains.com/help/dotcover/dotCover__Console_Runner_Commands.html#report",
            clean: "Statements are counted.",
            vacuous: "0 statements; more statements in the root than in the assemblies.",
            blank: Blanks::NONE,
            notes: &[
                "dotCover counts statements: no lines and no branches. The assemblies are summed up; where the root counts otherwise, they count.",
                "Assemblies of tests are among them unless a filter leaves them out.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            let has = |name: &str| root.attribute(name).is_some();
            root.name == "Root"
                && (has("DotCoverVersion") || has("CoveredStatements") && has("ReportType"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "dotCover");
        let (mut declared, mut held) = (Share::default(), Share::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("Root") && xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("DotCoverVersion")?;
                    declared = share(&tag)?;
                }
                Node::Open(tag) if tag.is("Assembly") && xml.depth() == 2 => {
                    covered::add(&mut held, share(&tag)?);
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        compare(&mut reading, declared, held);
        let coverage = Coverage { statements: Some(held), ..Coverage::default() };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

fn share(tag: &Tag<'_>) -> Result<Share, Broken> {
    let counts = tag.counts(["CoveredStatements", "TotalStatements"])?;
    let [Some(covered), Some(total)] = counts else {
        return Err(Broken::new(format!("A <{}> does not count its statements.", tag.name())));
    };
    Ok(Share { covered, total })
}

fn compare(reading: &mut Reading, declared: Share, held: Share) {
    if held.total < declared.total {
        let statements = counted(declared.total, "statement");
        reading.doubt(
            Rule::Unreadable,
            format!("The root counts {statements}; the assemblies hold {}.", held.total),
        );
    } else if held != declared {
        reading.warn(format!(
            "The root counts {} of {} statements; the assemblies hold {} of {}.",
            declared.covered, declared.total, held.covered, held.total
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(covered: u64, assemblies: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="utf-8"?><Root CoveredStatements="{covered}" TotalStatements="9"
            CoveragePercent="50" ReportType="Xml" DotCoverVersion="2024.3.1">{assemblies}</Root>"#
        )
    }

    const TWO: &str = r#"<Assembly Name="A" CoveredStatements="3" TotalStatements="4" CoveragePercent="75"><Namespace
        Name="N" CoveredStatements="3" TotalStatements="4" CoveragePercent="75"/></Assembly><Assembly Name="B"
        CoveredStatements="0" TotalStatements="5" CoveragePercent="0"/>"#;

    #[test]
    fn the_assemblies_are_summed_up() {
        for (covered, warnings) in [(3, 0), (8, 1)] {
            let read = reading("dotcover", &report(covered, TWO));
            let statements = read.facts.coverage.unwrap().statements.unwrap();
            assert_eq!((statements.covered, statements.total), (3, 9));
            assert_eq!(
                (read.warnings.len(), read.tool_version.as_deref()),
                (warnings, Some("2024.3.1"))
            );
        }
    }

    #[test]
    fn an_assembly_that_the_root_counts_and_that_is_lost_proves_nothing() {
        let (one, _) = TWO.split_once("<Assembly Name=\"B\"").unwrap();
        let lost = "The root counts 9 statements; the assemblies hold 4.";
        proves("dotcover", &[(&report(3, one), lost), (&report(3, TWO), "")]);
    }

    #[test]
    fn statements_that_only_the_root_counts_prove_nothing() {
        let empty = report(0, "").replace("\"9\"", "\"0\"");
        let uncounted = report(3, r#"<Assembly Name="A"/>"#);
        let more = report(3, &TWO.replace("\"0\"", "\"6\""));
        proves(
            "dotcover",
            &[
                (&report(3, TWO), ""),
                (&report(3, ""), "the assemblies hold 0"),
                (&empty, "0 statements of code"),
                (&more, "more statements than there are"),
                (&uncounted, "does not count its statements"),
            ],
        );
    }
}
