//! Cobertura XML: the root's counts where it states them, else the lines merged by file.

use std::collections::BTreeMap;

use crate::evidence::count::OddCounts;
use crate::evidence::family::covered::{self, Touched};
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct Cobertura;

impl Format for Cobertura {
    fn id(&self) -> &'static str {
        "cobertura"
    }

    fn about(&self) -> About {
        About {
            tool: "Cobertura (coverage.py, Istanbul, gcovr, dotnet-coverage, tarpaulin and others)",
            recognised: "the root element `coverage` with `line-rate`",
            carries: &["coverage"],
            tells: Tells::NOTHING
                .time("`timestamp` of the root")
                .version("`version` of the root, of whatever tool"),
            source: "https://github.com/cobertura/web/blob/master/htdocs/xml/coverage-04.dtd",
            clean: "Lines are counted.",
            vacuous: "0 lines of code, which some writers call `line-rate=\"1\"`.",
            blank: Blanks::NONE,
            notes: &[
                "`lines-covered` and `lines-valid` of the root count where they are stated and not 0.",
                "Else lines are merged by file: they stand in a class and again in its methods, and one class over several elements.",
                "php-code-coverage counts lines outside of classes and functions in the root, and lists them nowhere: where it lists no line, the root is believed.",
                "`line-rate=\"1\"` over 0 lines is no coverage.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            root.name == "coverage"
                && (root.attribute("line-rate").is_some() || root.has_child("packages"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut root = Declared::default();
        let mut files: BTreeMap<String, File> = BTreeMap::new();
        // Of PHP, a package is a file.
        let mut scripts = false;
        let (mut name, mut odd) = (String::new(), OddCounts::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            if xml.depth() == 1 {
                root = Declared::of(&tag, &mut reading, &mut odd)?;
            } else if tag.is("package") {
                scripts |= tag.attribute("name")?.is_some_and(|name| name.ends_with(".php"));
            } else if tag.is("class") {
                name = tag.attribute("filename")?.or(tag.attribute("name")?).unwrap_or_default();
            } else if tag.is("line") {
                // One look-up a line, not one a name: classes list their lines in a run.
                match files.get_mut(&name) {
                    Some(file) => file.add(&tag, &mut odd)?,
                    None => files.entry(name.clone()).or_default().add(&tag, &mut odd)?,
                }
            }
        }
        odd.refuse()?;
        let (mut counted, mut gaps) = ([Share::default(); 2], Gaps::default());
        for (path, file) in files {
            let [lines, branches] = &mut counted;
            covered::add_file((lines, &mut gaps), &path, file.lines.share());
            file.branches.into_values().for_each(|share| covered::add(branches, share));
        }
        let [lines, branches] = counted;
        // php-code-coverage counts the lines outside of classes in the root, and lists them nowhere.
        let is_unlisted =
            scripts && lines.total == 0 && reading.tool_version.as_deref() == Some("0.4");
        if let Some(declared) = root.lines.filter(|_| !is_unlisted) {
            covered::counts_for_all(&mut reading, ("The root", declared), ("the classes", lines));
        }
        let coverage = Coverage {
            lines: Some(root.lines.unwrap_or(lines)),
            branches: covered::some(root.branches.unwrap_or(branches)),
            gaps,
            ..Coverage::default()
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

/// What the root states.
#[derive(Default)]
struct Declared {
    lines: Option<Share>,
    branches: Option<Share>,
}

impl Declared {
    fn of(tag: &Tag<'_>, reading: &mut Reading, odd: &mut OddCounts) -> Result<Declared, Broken> {
        let names = ["lines-covered", "lines-valid", "branches-covered", "branches-valid"];
        let [lines_covered, lines, branches_covered, branches] = tag.declared_counts(names, odd)?;
        tag.attributes(|key, value| match key {
            "timestamp" => {
                reading.produced_at = Some(when::epoch(&value)).filter(|made| made.at.is_some())
            }
            "version" if !value.is_empty() => reading.tool_version = Some(value.into_owned()),
            _ => {}
        })?;
        let share = |covered: Option<u64>, total: Option<u64>| {
            Some(Share { covered: covered?, total: total.filter(|total| *total > 0)? })
        };
        Ok(Declared {
            lines: share(lines_covered, lines),
            branches: share(branches_covered, branches),
        })
    }
}

#[derive(Default)]
struct File {
    lines: Touched<u64>,
    branches: BTreeMap<u64, Share>,
}

impl File {
    fn add(&mut self, tag: &Tag<'_>, odd: &mut OddCounts) -> Result<(), Broken> {
        let (mut number, mut hit, mut condition) = (None, false, None);
        tag.attributes(|key, value| match key {
            "number" => number = odd.take(&value, || format!("`number` of {}", tag.place())),
            "hits" => hit = text::number(&value).is_some_and(|hits| hits > 0.0),
            "condition-coverage" => condition = arms(&value, tag, odd),
            _ => {}
        })?;
        // Lines are numbered from 1; a file that could not be measured may list a line 0.
        let Some(number) = number.filter(|number| *number > 0) else { return Ok(()) };
        self.lines.add(number, hit);
        if let Some(arms) = condition {
            let known = self.branches.entry(number).or_default();
            known.covered = known.covered.max(arms.covered);
            known.total = known.total.max(arms.total);
        }
        Ok(())
    }
}

/// `50% (1/2)`.
fn arms(text: &str, tag: &Tag<'_>, odd: &mut OddCounts) -> Option<Share> {
    let (covered, total) = text.split_once('(')?.1.split_once(')')?.0.split_once('/')?;
    let mut count = |text| odd.take(text, || format!("`condition-coverage` of {}", tag.place()));
    Some(Share { covered: count(covered)?, total: count(total)? })
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn lines_of_php_outside_of_classes_stand_in_the_root_alone() {
        let report = |version: &str, package: &str, lines: &str| {
            format!(
                r#"<coverage line-rate="1" lines-covered="1" lines-valid="1" version="{version}"><packages>
                <package name="{package}"><classes><class name="Pay" filename="{package}"><lines>{lines}</lines>
                </class></classes></package></packages></coverage>"#
            )
        };
        let none_hit = r#"<line number="1" hits="0"/>"#;
        proves(
            "cobertura",
            &[
                (&report("0.4", "pay.php", ""), ""),
                (&report("0.4", "pay.php", none_hit), "the classes hold 0 of 1 lines"),
                (&report("0.3", "pay.php", ""), "the classes hold 0"),
                (&report("0.4", "pay", ""), "the classes hold 0"),
            ],
        );
    }

    #[test]
    fn lines_that_only_the_root_counts_prove_nothing() {
        let report = |lines: &str| {
            format!(
                r#"<coverage line-rate="1" lines-covered="1" lines-valid="1"><packages><package>
                <classes><class filename="a"><lines>{lines}</lines></class></classes></package>
                </packages></coverage>"#
            )
        };
        let of_none = report(r#"<line number="0" hits="1"/>"#);
        let whole = report(r#"<line number="1" hits="1"/>"#);
        let none_hit = report(r#"<line number="1" hits="0"/>"#);
        proves(
            "cobertura",
            &[
                (&whole, ""),
                (&report(""), "the classes hold 0"),
                (&of_none, "the classes hold 0"),
                (&none_hit, "counts 1 of 1 lines; the classes hold 0 of 1 lines"),
            ],
        );
    }
}
