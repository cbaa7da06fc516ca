//! `coverage json` of coverage.py, which pytest-cov writes too.

use serde::Deserialize;

use crate::evidence::family::covered;
use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::{ProducedAt, Reading};

pub(super) struct CoveragePyJson;

impl Format for CoveragePyJson {
    fn id(&self) -> &'static str {
        "coverage-py-json"
    }

    fn about(&self) -> About {
        About {
            tool: "coverage.py (`coverage json`, pytest-cov)",
            recognised: "`totals` with `num_statements`, beside `meta` or `files`",
            carries: &["coverage"],
            tells: Tells::NOTHING.time("`meta.timestamp`").version("`meta.version`"),
            source: "https://coverage.readthedocs.io/en/latest/commands/cmd_json.html",
            clean: "Statements are counted.",
            vacuous: "0 statements; `totals` over no file.",
            blank: Blanks::NONE,
            notes: &[
                "The statements of the files count; where `totals` has others, that is told.",
                "A line is a statement here. `percent_covered` mixes branches in and is not used: the shares are computed.",
                "Branches are there only where they were measured.",
                "The time is local, without a zone.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.at(&["totals", "num_statements"]).is_some()
                || shape.at(&["meta", "branch_coverage"]).is_some() && shape.has_map("files")
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "coverage.py");
        reading.tool_version = report.meta.as_ref().and_then(|meta| text::said(&meta.version));
        reading.produced_at =
            report.meta.and_then(|meta| meta.timestamp).as_deref().map(ProducedAt::parse);
        let Totals { num_statements, covered_lines, num_branches, covered_branches } =
            report.totals;
        let declared = Share { covered: covered_lines, total: num_statements };
        let (mut held, mut gaps) = (Share::default(), Gaps::default());
        for (path, file) in &report.files {
            let Some(Totals { covered_lines, num_statements, .. }) = file.summary else { continue };
            let share = Share { covered: covered_lines, total: num_statements };
            covered::add_file((&mut held, &mut gaps), path, share);
        }
        covered::compare(&mut reading, ("`totals`", declared), ("the files", held));
        let lines = if held.total > 0 { held } else { declared };
        let branches =
            num_branches.zip(covered_branches).map(|(total, covered)| Share { covered, total });
        let coverage = Coverage {
            lines: Some(lines),
            branches: branches.and_then(covered::some),
            functions: None,
            statements: Some(lines),
            gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    meta: Option<Meta<'a>>,
    #[serde(default)]
    files: Map<'a, File>,
    totals: Totals,
}

#[derive(Deserialize)]
struct File {
    summary: Option<Totals>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
}

#[derive(Clone, Copy, Deserialize)]
struct Totals {
    num_statements: u64,
    covered_lines: u64,
    num_branches: Option<u64>,
    covered_branches: Option<u64>,
}
