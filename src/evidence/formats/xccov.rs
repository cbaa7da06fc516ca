//! Xcode: `xccov view --report --json`.

use serde::Deserialize;

use crate::evidence::family::covered;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct Xccov;

impl Format for Xccov {
    fn id(&self) -> &'static str {
        "xccov"
    }

    fn about(&self) -> About {
        About {
            tool: "Xcode (`xccov view --report --json`)",
            recognised: "`targets` with `coveredLines` and `executableLines`; a list of such (`--only-targets`)",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://developer.apple.com/documentation/xcode/determining-how-much-code-your-tests-cover",
            clean: "Lines are counted.",
            vacuous: "0 executable lines.",
            blank: Blanks::NONE,
            notes: &[
                "The share is computed from `coveredLines` and `executableLines` of the whole; `lineCoverage` is a share of 1.",
                "A function is covered where it ran; a file of several targets counts in each.",
                "Test bundles are targets too where the scheme gathers their coverage: they raise the share.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let counts = |one: &Shape<'_>| one.has(&["coveredLines", "executableLines"]);
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("targets") && counts(shape)
                || shape.first().is_some_and(|one| counts(one) && one.has(&["buildProductPath"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut listed = Listed::default();
        let lines = if input.sniff.json().is_some_and(Shape::is_map) {
            let report: Report<'_> = input.json()?;
            report.targets.iter().for_each(|target| listed.add(target));
            Share { covered: report.covered_lines, total: report.executable_lines }
        } else {
            input.elements(|target: Target<'_>| listed.add(&target))?;
            listed.targets
        };
        let mut reading = Reading::by(self.id(), "Xcode");
        let Listed { files, functions, gaps, .. } = listed;
        if files.total > 0 {
            covered::counts_for_all(&mut reading, ("The whole", lines), ("the files", files));
        }
        let coverage = Coverage {
            lines: Some(lines),
            functions: (functions.total > 0).then_some(functions),
            gaps,
            ..Coverage::default()
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

/// The whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    covered_lines: u64,
    executable_lines: u64,
    #[serde(borrow)]
    targets: Vec<Target<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target<'a> {
    covered_lines: u64,
    executable_lines: u64,
    #[serde(borrow)]
    files: Option<Vec<File<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    covered_lines: u64,
    executable_lines: u64,
    #[serde(borrow)]
    path: Option<Str<'a>>,
    name: Option<Str<'a>>,
    functions: Option<Vec<Function>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Function {
    execution_count: u64,
}

/// The sums of what is listed.
#[derive(Default)]
struct Listed {
    targets: Share,
    files: Share,
    functions: Share,
    gaps: Gaps,
}

impl Listed {
    fn add(&mut self, target: &Target<'_>) {
        let Target { covered_lines: covered, executable_lines: total, .. } = *target;
        covered::add(&mut self.targets, Share { covered, total });
        for file in target.files.iter().flatten() {
            let File { covered_lines: covered, executable_lines: total, .. } = *file;
            let path = file.path.as_deref().or(file.name.as_deref()).unwrap_or_default();
            covered::add_file((&mut self.files, &mut self.gaps), path, Share { covered, total });
            for function in file.functions.iter().flatten() {
                let covered = u64::from(function.execution_count > 0);
                covered::add(&mut self.functions, Share { covered, total: 1 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Share;

    fn counts(covered: u64, total: u64) -> String {
        format!(r#""coveredLines": {covered}, "executableLines": {total}, "lineCoverage": 0.5"#)
    }

    fn target(covered: u64, total: u64, files: &str) -> String {
        format!(
            r#"{{{}, "name": "Shop.app", "buildProductPath": "/Build/Shop.app"{files}}}"#,
            counts(covered, total)
        )
    }

    #[test]
    fn the_whole_is_what_the_files_bear_out() {
        let files = |covered: u64| {
            format!(
                r#", "files": [{{{}, "path": "/shop/Cart.swift", "name": "Cart.swift", "functions": [
                {{"executionCount": 3, "name": "total()"}}, {{"executionCount": 0, "name": "tax()"}}]}}]"#,
                counts(covered, 10)
            )
        };
        let report = |covered: u64, total: u64, target: &str| {
            format!(r#"{{{}, "targets": [{target}]}}"#, counts(covered, total))
        };
        let whole = report(5, 10, &target(5, 10, &files(5)));
        let coverage = reading("xccov", &whole).facts.coverage.unwrap();
        assert_eq!(coverage.lines, Some(Share { covered: 5, total: 10 }));
        assert_eq!(coverage.functions, Some(Share { covered: 1, total: 2 }));
        let targets = format!("[{},{}]", target(5, 10, ""), target(1, 2, ""));
        let coverage = reading("xccov", &targets).facts.coverage.unwrap();
        assert_eq!(coverage.lines, Some(Share { covered: 6, total: 12 }));
        proves(
            "xccov",
            &[
                (&report(10, 10, &target(10, 10, &files(1))), "The whole counts 10 of 10 lines"),
                (&report(0, 0, ""), "0 lines of code"),
                (&format!("[{}]", target(0, 0, "")), "0 lines of code"),
            ],
        );
    }
}
