//! Coverlet's own JSON, which `dotnet test --collect` can write.

use serde::Deserialize;

use crate::evidence::family::covered;
use crate::evidence::family::covered::Touched;
use crate::evidence::json::Map;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct Coverlet;

impl Format for Coverlet {
    fn id(&self) -> &'static str {
        "coverlet"
    }

    fn about(&self) -> About {
        About {
            tool: "Coverlet (.NET)",
            recognised: "modules of files of classes of methods with `Lines` and `Branches`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://github.com/coverlet-coverage/coverlet/blob/master/Documentation/GlobalTool.md",
            clean: "Lines are counted.",
            vacuous: "0 lines of code.",
            blank: Blanks::NONE,
            notes: &[
                "A line that several methods name counts once, covered where any of them ran it.",
                "A method is covered where one of its lines is.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let method = sniff
            .json()
            .and_then(Shape::first_value)
            .and_then(Shape::first_value)
            .and_then(Shape::first_value)
            .and_then(Shape::first_value);
        Fit::sure(method.is_some_and(|method| method.has(&["Lines", "Branches"])))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let modules: Map<'_, Files<'_>> = input.json()?;
        let (mut lines, mut gaps) = (Share::default(), Gaps::default());
        let (mut branches, mut methods) = (Share::default(), Share::default());
        for (path, classes) in modules.values().flat_map(|files| files.iter()) {
            let mut touched = Touched::default();
            for method in classes.values().flat_map(|methods| methods.values()) {
                method.lines.iter().for_each(|(line, hits)| {
                    touched.add((path.to_string(), line.to_string()), *hits > 0)
                });
                methods.total += 1;
                methods.covered += u64::from(method.lines.iter().any(|(_, hits)| *hits > 0));
                branches.total += method.branches.len() as u64;
                branches.covered +=
                    method.branches.iter().filter(|branch| branch.hits > 0).count() as u64;
            }
            covered::add_file((&mut lines, &mut gaps), path, touched.share());
        }
        let mut reading = Reading::by(self.id(), "Coverlet");
        let coverage = Coverage {
            lines: Some(lines),
            branches: covered::some(branches),
            functions: covered::some(methods),
            statements: None,
            gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

/// File → class → method.
type Files<'a> = Map<'a, Map<'a, Map<'a, Method<'a>>>>;

#[derive(Deserialize)]
struct Method<'a> {
    #[serde(borrow, rename = "Lines")]
    lines: Map<'a, u64>,
    #[serde(rename = "Branches")]
    branches: Vec<Branch>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(rename = "Hits")]
    hits: u64,
}
