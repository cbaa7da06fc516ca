//! OpenCover XML, which Coverlet writes too.

use std::collections::BTreeSet;

use crate::evidence::family::covered;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Coverage;
use crate::model::{Reading, Rule, counted, listed};

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
                "A module without a PDB (`MissingPdb`) was not measured: that is told, and where its name begins as that of a measured one (`Shop`, `Shop.Helpers`) the report proves nothing. What a `Filter` left out is the team's choice.",
                "The figures are those of the `Summary` directly under the root.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "CoverageSession"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let (mut summary, mut modules) = (None, Modules::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "Summary" if xml.depth() == 2 => summary = Some(shares(&tag)?),
                "Module" => {
                    let why = tag.attribute("skippedDueTo")?;
                    modules.skipped = why.map(|why| why == "MissingPdb");
                }
                "ModuleName" => modules.take(xml.content()?.trim()),
                _ => {}
            }
        }
        let coverage = summary.ok_or_else(|| Broken::new("The root holds no `Summary`."))?;
        let mut reading = Reading::by(self.id(), "OpenCover");
        covered::settle(&mut reading, coverage);
        modules.settle(&mut reading);
        Ok(reading)
    }
}

/// The modules by name: those that were measured, and those that have no PDB.
#[derive(Default)]
struct Modules {
    /// Of the module that is read, whether it was skipped, and whether for want of its PDB.
    skipped: Option<bool>,
    measured: Vec<String>,
    without_pdb: Vec<String>,
}

impl Modules {
    fn take(&mut self, name: &str) {
        match self.skipped {
            None => self.measured.push(name.to_owned()),
            Some(true) => self.without_pdb.push(name.to_owned()),
            Some(false) => {}
        }
    }

    /// Nobody measures a package that comes without its PDB; one that is called as the team's own
    /// are (`Shop` beside `Shop.Helpers`) is theirs.
    fn settle(&self, reading: &mut Reading) {
        if self.without_pdb.is_empty() {
            return;
        }
        let family = |name: &str| name.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let own: BTreeSet<String> = self.measured.iter().map(|name| family(name)).collect();
        let lost = self.without_pdb.iter().find(|name| own.contains(&family(name)));
        match lost {
            Some(name) => {
                let why = format!("The module {name} was not measured, for it has no PDB.");
                reading.doubt(Rule::Unchecked, why);
            }
            None => {
                let modules = counted(self.without_pdb.len() as u64, "module");
                let named = listed(&self.without_pdb, 3);
                reading.warn(format!("{modules} without a PDB not measured: {named}."));
            }
        }
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

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_module_of_the_team_s_own_that_was_not_measured_is_missed() {
        let report = |name: &str, why: &str| {
            format!(
                r#"<CoverageSession><Summary numSequencePoints="10" visitedSequencePoints="10"/><Modules>
                <Module skippedDueTo="{why}"><ModuleName>{name}</ModuleName><Classes/></Module>
                <Module hash="2"><ModuleName>Shop.Helpers</ModuleName></Module></Modules></CoverageSession>"#
            )
        };
        proves(
            "opencover",
            &[
                (&report("Shop", "MissingPdb"), "The module Shop was not measured"),
                (&report("Shop.Web", "MissingPdb"), "The module Shop.Web was not measured"),
                (&report("Shop.Tests", "Filter"), ""),
                (&report("nunit.framework", "MissingPdb"), ""),
            ],
        );
        let read = reading("opencover", &report("nunit.framework", "MissingPdb"));
        assert_eq!(read.warnings, ["1 module without a PDB not measured: nunit.framework."]);
    }
}
