//! SimpleCov's `.resultset.json` and `coverage.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::covered;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Coverage, Share};
use crate::model::Reading;

pub(super) struct Simplecov;

impl Format for Simplecov {
    fn id(&self) -> &'static str {
        "simplecov"
    }

    fn about(&self) -> About {
        About {
            tool: "SimpleCov",
            recognised: "names of commands with `coverage` and `timestamp`; or `coverage` beside `meta` with `simplecov_version`",
            carries: &["coverage"],
            tells: Tells::NOTHING
                .time("the oldest `timestamp` of a command")
                .version("`meta.simplecov_version`"),
            source: "https://github.com/simplecov-ruby/simplecov#merging-results",
            clean: "Lines are counted.",
            vacuous: "0 lines of code.",
            blank: Blanks::NONE,
            notes: &[
                "Several commands are merged: a line is covered where one of them ran it.",
                "`null` and `\"ignored\"` are lines that cannot run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let command = |shape: &Shape<'_>| shape.has_map("coverage") && shape.has(&["timestamp"]);
        let written =
            shape.at(&["meta", "simplecov_version"]).is_some() && shape.has_map("coverage");
        Fit::sure(written || shape.first_value().is_some_and(command))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        reading.tool = Some("SimpleCov".to_owned());
        let mut files = Files::new();
        if input.sniff.json().is_some_and(|shape| shape.has_map("coverage")) {
            let report: Report<'_> = input.json()?;
            reading.tool_version = text::said(&report.meta.version);
            merge(&mut files, &report.coverage);
        } else {
            let commands: Map<'_, Command<'_>> = input.json()?;
            for (_, command) in &commands {
                merge(&mut files, &command.coverage);
                if let Some(made) = command.timestamp.get().and_then(|at| when::millis(at * 1000.0))
                {
                    when::older(&mut reading.produced_at, made);
                }
            }
        }
        let mut lines = Share::default();
        for hit in files.values().flatten().filter_map(|hit| *hit) {
            lines.total += 1;
            lines.covered += u64::from(hit);
        }
        covered::settle(&mut reading, Coverage { lines: Some(lines), ..Coverage::default() });
        Ok(reading)
    }
}

/// Of each file its lines: `None` cannot run, else whether it ran.
type Files = BTreeMap<String, Vec<Option<bool>>>;

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    meta: Meta<'a>,
    coverage: Map<'a, Lines>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow, rename = "simplecov_version")]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Command<'a> {
    #[serde(borrow)]
    coverage: Map<'a, Lines>,
    #[serde(default)]
    timestamp: Num,
}

/// The hits of a file's lines, bare before version 0.18.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lines {
    Named { lines: Vec<Num> },
    Bare(Vec<Num>),
}

fn merge(files: &mut Files, coverage: &Map<'_, Lines>) {
    for (path, lines) in coverage {
        let (Lines::Named { lines } | Lines::Bare(lines)) = lines;
        let known = files.entry(path.to_string()).or_default();
        known.resize(known.len().max(lines.len()), None);
        for (known, hits) in known.iter_mut().zip(lines) {
            if let Some(hits) = hits.get() {
                *known = Some(hits > 0.0 || *known == Some(true));
            }
        }
    }
}
