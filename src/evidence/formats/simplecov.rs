//! SimpleCov's `.resultset.json` and `coverage.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::covered::{self, Touched};
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Coverage, Gaps, Share};
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
                "Arms of branches are counted where branch coverage was on.",
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
        let mut reading = Reading::by(self.id(), "SimpleCov");
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
        let (mut lines, mut arms) = (Share::default(), Share::default());
        let mut gaps = Gaps::default();
        for (path, file) in files {
            let mut share = Share::default();
            for hit in file.lines.into_iter().flatten() {
                share.total += 1;
                share.covered += u64::from(hit);
            }
            covered::add_file((&mut lines, &mut gaps), &path, share);
            covered::add(&mut arms, file.arms.share());
        }
        let branches = covered::some(arms);
        let coverage = Coverage { lines: Some(lines), branches, gaps, ..Coverage::default() };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

type Files = BTreeMap<String, File>;

/// A file, of all commands together.
#[derive(Default)]
struct File {
    /// `None` cannot run, else whether it ran.
    lines: Vec<Option<bool>>,
    /// The arms of its branches, by the names that Ruby gives to both.
    arms: Touched<(String, String)>,
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    meta: Meta<'a>,
    coverage: Map<'a, Covered<'a>>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow, rename = "simplecov_version")]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Command<'a> {
    #[serde(borrow)]
    coverage: Map<'a, Covered<'a>>,
    #[serde(default)]
    timestamp: Num,
}

/// The hits of a file's lines, bare before version 0.18, and of its branches where it was asked.
#[derive(Deserialize)]
#[serde(untagged)]
enum Covered<'a> {
    Named {
        #[serde(borrow)]
        lines: Vec<Hits<'a>>,
        branches: Option<Branches<'a>>,
    },
    Bare(#[serde(borrow)] Vec<Hits<'a>>),
}

/// The hits of a line, and `null` of one that is no code.
type Hits<'a> = Option<Str<'a>>;

/// The arms of each branch, in `.resultset.json`; in `coverage.json` a list of arms.
#[derive(Deserialize)]
#[serde(untagged)]
enum Branches<'a> {
    Named(#[serde(borrow)] Map<'a, Map<'a, Num>>),
    Listed(Vec<Arm>),
}

#[derive(Deserialize)]
struct Arm {
    #[serde(default)]
    start_line: Num,
    #[serde(default)]
    coverage: Num,
}

fn merge(files: &mut Files, coverage: &Map<'_, Covered<'_>>) {
    for (path, covered) in coverage {
        let known = files.entry(path.to_string()).or_default();
        let lines = match covered {
            Covered::Bare(lines) => lines,
            Covered::Named { lines, branches } => {
                branches.iter().for_each(|branches| branches.join(&mut known.arms));
                lines
            }
        };
        let known = &mut known.lines;
        known.resize(known.len().max(lines.len()), None);
        for (known, hits) in known.iter_mut().zip(lines) {
            // Lines between `:nocov:` are ignored.
            if let Some(hits) = hits.as_deref().filter(|hits| *hits != "ignored") {
                let ran = text::number(hits).is_some_and(|hits| hits > 0.0);
                *known = Some(ran || *known == Some(true));
            }
        }
    }
}

impl Branches<'_> {
    fn join(&self, arms: &mut Touched<(String, String)>) {
        match self {
            Branches::Named(branches) => {
                for (branch, of) in branches {
                    for (arm, hits) in of {
                        arms.add((branch.to_string(), arm.to_string()), covered::ran(*hits));
                    }
                }
            }
            Branches::Listed(listed) => {
                for (at, arm) in listed.iter().enumerate() {
                    let line = arm.start_line.line().unwrap_or(0);
                    arms.add((line.to_string(), at.to_string()), covered::ran(arm.coverage));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn arms_of_branches_are_merged_over_commands() {
        let command = |then: u64, otherwise: u64| {
            format!(
                r#"{{"coverage": {{"/pay.rb": {{"lines": [1, null], "branches": {{"[:if, 0, 2, 2, 6, 5]":
                {{"[:then, 1, 3, 4, 3, 5]": {then}, "[:else, 2, 5, 4, 5, 5]": {otherwise}}}}}}}}}, "timestamp": 1795680724}}"#
            )
        };
        let branches = |text: &str| {
            let share = reading("simplecov", text).facts.coverage.unwrap().branches;
            share.map(|share| (share.covered, share.total))
        };
        assert_eq!(branches(&format!(r#"{{"RSpec": {}}}"#, command(0, 1))), Some((1, 2)));
        let both = format!(r#"{{"RSpec": {}, "Minitest": {}}}"#, command(0, 1), command(3, 0));
        assert_eq!(branches(&both), Some((2, 2)));
        let bare = r#"{"RSpec": {"coverage": {"/pay.rb": [1, 0]}, "timestamp": 1795680724}}"#;
        assert_eq!(branches(bare), None);
        let listed = r#"{"meta": {"simplecov_version": "0.22.0"}, "coverage": {"/pay.rb": {"lines": [1],
            "branches": [{"type": "then", "start_line": 3, "end_line": 3, "coverage": 2},
            {"type": "else", "start_line": 5, "end_line": 5, "coverage": 0}]}}}"#;
        assert_eq!(branches(listed), Some((1, 2)));
    }
}
