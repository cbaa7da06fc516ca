//! Coverage in SonarQube's generic format.

use std::collections::BTreeMap;

use crate::evidence::family::covered;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct SonarGenericCoverage;

impl Format for SonarGenericCoverage {
    fn id(&self) -> &'static str {
        "sonar-generic-coverage"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube's generic coverage (gcovr, and converters)",
            recognised: "the root element `coverage` of `version` 1, which holds nothing but `file`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/test-coverage/generic-test-data",
            clean: "Lines are counted.",
            vacuous: "0 lines of code; more branches covered than there are.",
            blank: Blanks::NONE,
            notes: &[
                "A line that stands twice in a file is one, covered where any is; of its branches the greater counts hold.",
                "A line without a number, or without `covered`, is a fault.",
                "The empty root that gcovr writes where its filters leave nothing is 0 lines.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            let others = ["line-rate", "clover", "generated", "profilerVersion"];
            root.name == "coverage"
                && root.attribute("version") == Some("1")
                && !others.iter().any(|other| root.attribute(other).is_some())
                && !root.has_child("project")
                && !root.has_child("packages")
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut files: BTreeMap<String, BTreeMap<u64, Line>> = BTreeMap::new();
        let mut path = String::new();
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            if tag.is("file") {
                let named = tag.attribute("path")?;
                path = named.ok_or_else(|| Broken::new("A <file> has no `path`."))?;
            } else if tag.is("lineToCover") {
                let (number, line) = Line::of(&tag)?;
                if !files.contains_key(&path) {
                    files.insert(path.clone(), BTreeMap::new());
                }
                if let Some(file) = files.get_mut(&path) {
                    file.entry(number).or_default().join(line);
                }
            }
        }
        let mut reading = Reading::of(self.id());
        covered::settle(&mut reading, summed(&files));
        Ok(reading)
    }
}

fn summed(files: &BTreeMap<String, BTreeMap<u64, Line>>) -> Coverage {
    let (mut lines, mut branches) = (Share::default(), Share::default());
    let mut gaps = Gaps::default();
    for (path, file) in files {
        let hit = file.values().filter(|line| line.covered).count() as u64;
        let share = Share { covered: hit, total: file.len() as u64 };
        covered::add_file((&mut lines, &mut gaps), path, share);
        file.values().for_each(|line| covered::add(&mut branches, line.branches));
    }
    Coverage { lines: Some(lines), branches: covered::some(branches), gaps, ..Coverage::default() }
}

#[derive(Default)]
struct Line {
    covered: bool,
    branches: Share,
}

impl Line {
    fn of(tag: &Tag<'_>) -> Result<(u64, Line), Broken> {
        let branches = covered::share(tag, ["branchesToCover", "coveredBranches"])?;
        let (mut number, mut hit) = (None, None);
        tag.attributes(|key, value| match (key, value.trim()) {
            ("lineNumber", value) => number = value.parse().ok(),
            ("covered", "true" | "1") => hit = Some(true),
            ("covered", "false" | "0") => hit = Some(false),
            _ => {}
        })?;
        let number = number.ok_or_else(|| Broken::new("A <lineToCover> has no `lineNumber`."))?;
        let covered = hit.ok_or_else(|| {
            Broken::new(format!(
                "The <lineToCover> of line {number} has no `covered` that is true or false."
            ))
        })?;
        Ok((number, Line { covered, branches }))
    }

    fn join(&mut self, other: Line) {
        self.covered |= other.covered;
        self.branches.total = self.branches.total.max(other.branches.total);
        self.branches.covered = self.branches.covered.max(other.branches.covered);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Share;

    fn report(lines: &str) -> String {
        format!(r#"<coverage version="1"><file path="a.c">{lines}</file></coverage>"#)
    }

    #[test]
    fn a_line_that_stands_twice_is_one() {
        let text = report(
            r#"<lineToCover lineNumber="1" covered="false" branchesToCover="2" coveredBranches="0"/>
            <lineToCover lineNumber="2" covered="false"/></file><file path="a.c"><lineToCover
            lineNumber="1" covered="true" branchesToCover="2" coveredBranches="1"/>"#,
        );
        let coverage = reading("sonar-generic-coverage", &text).facts.coverage.unwrap();
        assert_eq!(coverage.lines, Some(Share { covered: 1, total: 2 }));
        assert_eq!(coverage.branches, Some(Share { covered: 1, total: 2 }));
        assert_eq!(coverage.gaps.worst().0.len(), 1);
    }

    #[test]
    fn what_counts_no_line_proves_nothing() {
        proves(
            "sonar-generic-coverage",
            &[
                (&report(r#"<lineToCover lineNumber="1" covered="true"/>"#), ""),
                (r#"<coverage version="1"/>"#, "covers 0 lines"),
                (&report(""), "covers 0 lines"),
                (&report(r#"<lineToCover lineNumber="1"/>"#), "no `covered`"),
                (&report(r#"<lineToCover covered="true"/>"#), "no `lineNumber`"),
                (
                    &report(
                        r#"<lineToCover lineNumber="1" covered="true" branchesToCover="1" coveredBranches="2"/>"#,
                    ),
                    "more branches",
                ),
            ],
        );
    }
}
