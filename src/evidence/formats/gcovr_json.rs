//! `gcovr --json`.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::covered::{self, Touched};
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct GcovrJson;

impl Format for GcovrJson {
    fn id(&self) -> &'static str {
        "gcovr-json"
    }

    fn about(&self) -> About {
        About {
            tool: "gcovr",
            recognised: "`gcovr/format_version`; of `--json-summary` `gcovr/summary_format_version`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://gcovr.com/en/stable/output/json.html",
            clean: "Lines are counted.",
            vacuous: "0 lines of code.",
            blank: Blanks::NONE,
            notes: &[
                "Of `--json-summary` the totals are taken: it lists no lines.",
                "A line that is listed once for each function is one line.",
                "Lines marked `gcovr/noncode` or `gcovr/excluded` are no code.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .is_some_and(|shape| shape.has(&["gcovr/format_version"]) || shape.has(&[SUMMARY])),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        if input.sniff.json().is_some_and(|shape| shape.has(&[SUMMARY])) {
            return summary(input);
        }
        let mut report = Report::default();
        input.members(&mut report)?;
        if !report.has_files {
            return Err(Broken::new("The report holds no `files`."));
        }
        Ok(report.finish())
    }
}

/// The key by which `--json-summary` is known.
const SUMMARY: &str = "gcovr/summary_format_version";

fn summary(input: &Input<'_>) -> Result<Reading, Broken> {
    let total: Totals = input.json()?;
    let share = |covered, total| Share { covered, total };
    let report = Report {
        has_files: true,
        lines: share(total.line_covered, total.line_total),
        branches: share(total.branch_covered, total.branch_total),
        functions: share(total.function_covered, total.function_total),
        gaps: Gaps::default(),
    };
    Ok(report.finish())
}

/// The totals of a summary; before version 0.2 of it no functions.
#[derive(Deserialize)]
struct Totals {
    line_covered: u64,
    line_total: u64,
    #[serde(default)]
    branch_covered: u64,
    #[serde(default)]
    branch_total: u64,
    #[serde(default)]
    function_covered: u64,
    #[serde(default)]
    function_total: u64,
}

#[derive(Default)]
struct Report {
    has_files: bool,
    lines: Share,
    gaps: Gaps,
    branches: Share,
    functions: Share,
}

impl<'de> Members<'de> for Report {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "files" => self.has_files = json::each(map, |file: File<'de>| self.add(&file))?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    file: Option<Str<'a>>,
    lines: Option<Vec<Line>>,
    functions: Option<Vec<Function<'a>>>,
}

#[derive(Deserialize)]
struct Line {
    line_number: u64,
    #[serde(default)]
    count: Num,
    branches: Option<Vec<Branch>>,
    #[serde(default, rename = "gcovr/noncode")]
    noncode: bool,
    #[serde(default, rename = "gcovr/excluded")]
    excluded: bool,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    count: Num,
    #[serde(default, rename = "gcovr/excluded")]
    excluded: bool,
}

#[derive(Deserialize)]
struct Function<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(default)]
    execution_count: Num,
    #[serde(default, rename = "gcovr/excluded")]
    excluded: bool,
}

impl Report {
    fn finish(self) -> Reading {
        let mut reading = Reading::by("gcovr-json", "gcovr");
        let coverage = Coverage {
            lines: Some(self.lines),
            branches: covered::some(self.branches),
            functions: covered::some(self.functions),
            gaps: self.gaps,
            ..Coverage::default()
        };
        covered::settle(&mut reading, coverage);
        reading
    }

    fn add(&mut self, file: &File<'_>) {
        let mut lines = Touched::default();
        let mut branches = Touched::default();
        for line in file.lines.iter().flatten().filter(|line| !line.noncode && !line.excluded) {
            lines.add(line.line_number, covered::ran(line.count));
            let arms = line.branches.iter().flatten().filter(|arm| !arm.excluded).enumerate();
            arms.for_each(|(at, arm)| {
                branches.add((line.line_number, at), covered::ran(arm.count))
            });
        }
        let mut functions = Touched::default();
        for function in file.functions.iter().flatten().filter(|function| !function.excluded) {
            functions.add(
                function.name.as_deref().unwrap_or_default(),
                covered::ran(function.execution_count),
            );
        }
        let path = file.file.as_deref().unwrap_or_default();
        covered::add_file((&mut self.lines, &mut self.gaps), path, lines.share());
        covered::add(&mut self.branches, branches.share());
        covered::add(&mut self.functions, functions.share());
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn the_totals_of_a_summary_count() {
        let text = |lines: u64| {
            format!(
                r#"{{"branch_covered": 1, "branch_percent": 50.0, "branch_total": 2, "files": [],
                "gcovr/summary_format_version": "0.6", "line_covered": 3, "line_percent": 75.0,
                "line_total": {lines}, "root": "."}}"#
            )
        };
        let coverage = reading("gcovr-json", &text(4)).facts.coverage.unwrap();
        assert_eq!(coverage.lines.map(|share| (share.covered, share.total)), Some((3, 4)));
        assert_eq!(coverage.branches.map(|share| (share.covered, share.total)), Some((1, 2)));
        assert_eq!(coverage.functions, None);
        proves("gcovr-json", &[(&text(4), "")]);
    }
}
