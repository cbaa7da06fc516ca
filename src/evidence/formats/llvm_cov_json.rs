//! `llvm-cov export`, and `cargo llvm-cov --json`.

use serde::Deserialize;

use crate::evidence::family::covered;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct LlvmCovJson;

impl Format for LlvmCovJson {
    fn id(&self) -> &'static str {
        "llvm-cov-json"
    }

    fn about(&self) -> About {
        About {
            tool: "llvm-cov, cargo-llvm-cov",
            recognised: "`type: llvm.coverage.json.export`, or `data` with `totals`",
            carries: &["coverage"],
            tells: Tells::NOTHING.version("`version`, that of the format"),
            source: "https://llvm.org/docs/CommandGuide/llvm-cov.html#llvm-cov-export",
            clean: "Lines are counted.",
            vacuous: "0 lines of code; `totals` over no file.",
            blank: Blanks::NONE,
            notes: &[
                "The lines of the files count, and where `totals` has others, that is told; functions and branches are those of the totals of each export.",
                "`version` is that of the format.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let typed = shape.text("type") == Some("llvm.coverage.json.export");
        let totals = |export: &Shape<'_>| export.at(&["totals", "regions"]).is_some();
        Fit::sure(typed || shape.first_of("data").is_some_and(totals))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut sums = [Share::default(); 3];
        let (mut held, mut gaps) = (Share::default(), Gaps::default());
        for Export { totals, files } in &report.data {
            for file in files {
                let lines = file.summary.as_ref().and_then(|summary| summary.lines.as_ref());
                if let Some(lines) = lines {
                    let path = file.filename.as_deref().unwrap_or_default();
                    covered::add_file((&mut held, &mut gaps), path, lines.share());
                }
            }
            let [lines, branches, functions] = &mut sums;
            covered::add(lines, totals.lines.share());
            covered::add(functions, totals.functions.share());
            if let Some(arms) = &totals.branches {
                covered::add(branches, arms.share());
            }
        }
        let mut reading = Reading::by(self.id(), "llvm-cov");
        reading.tool_version = text::said(&report.version);
        let [declared, branches, functions] = sums;
        covered::compare(&mut reading, ("`totals`", declared), ("the files", held));
        let lines = if held.total > 0 { held } else { declared };
        let coverage = Coverage {
            lines: Some(lines),
            branches: covered::some(branches),
            functions: Some(functions),
            statements: None,
            gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    data: Vec<Export<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Export<'a> {
    totals: Totals,
    #[serde(borrow, default)]
    files: Vec<File<'a>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    summary: Option<Summary>,
}

#[derive(Deserialize)]
struct Summary {
    lines: Option<Count>,
}

#[derive(Deserialize)]
struct Totals {
    lines: Count,
    functions: Count,
    branches: Option<Count>,
}

#[derive(Deserialize)]
struct Count {
    count: u64,
    covered: u64,
}

impl Count {
    fn share(&self) -> Share {
        Share { covered: self.covered, total: self.count }
    }
}
