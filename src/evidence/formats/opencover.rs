//! OpenCover XML, which Coverlet writes too.

use crate::evidence::family::covered;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Coverage;
use crate::model::Reading;

pub(super) struct Opencover;

impl Format for Opencover {
    fn id(&self) -> &'static str {
        "opencover"
    }

    fn about(&self) -> About {
        About {
            tool: "OpenCover, Coverlet",
            recognised: "the root element `CoverageSession`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://github.com/OpenCover/opencover/wiki/Usage",
            clean: "Sequence points are counted.",
            vacuous: "0 sequence points.",
            blank: Blanks::NONE,
            notes: &[
                "Sequence points are statements; they are counted as lines too, as most readers do.",
                "The figures are those of the `Summary` directly under the root.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "CoverageSession"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut summary = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            if let Node::Open(tag) = node
                && tag.is("Summary")
                && xml.depth() == 2
            {
                summary = Some(shares(&tag)?);
            }
        }
        let coverage = summary.ok_or_else(|| Broken::new("The root holds no `Summary`."))?;
        let mut reading = Reading::by(self.id(), "OpenCover");
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

fn shares(tag: &Tag<'_>) -> Result<Coverage, Broken> {
    let points = covered::share(tag, ["numSequencePoints", "visitedSequencePoints"])?;
    let branches = covered::share(tag, ["numBranchPoints", "visitedBranchPoints"])?;
    let methods = covered::share(tag, ["numMethods", "visitedMethods"])?;
    Ok(Coverage {
        lines: Some(points),
        branches: covered::some(branches),
        functions: covered::some(methods),
        statements: Some(points),
        ..Coverage::default()
    })
}
