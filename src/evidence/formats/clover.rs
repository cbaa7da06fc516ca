//! Clover XML: OpenClover, PHPUnit, Istanbul's clover reporter.

use crate::evidence::family::covered;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, when};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct Clover;

impl Format for Clover {
    fn id(&self) -> &'static str {
        "clover"
    }

    fn about(&self) -> About {
        About {
            tool: "Clover (OpenClover, PHPUnit, Istanbul)",
            recognised: "the root element `coverage` with `project`",
            carries: &["coverage"],
            tells: Tells::NOTHING.time("`generated`").version("`clover`"),
            source: "https://openclover.org/doc/manual/latest/general--xml-report.html",
            clean: "Statements are counted.",
            vacuous: "0 lines of code; metrics of a project whose files do not bear them out.",
            blank: Blanks::NONE,
            notes: &[
                "The metrics of each `project` count; those of packages, files and classes repeat them.",
                "Lines are statements, branches conditionals, functions methods; PHPUnit knows no conditionals.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            root.name == "coverage"
                && (root.has_child("project") || root.attribute("clover").is_some())
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut sums = [Share::default(); 3];
        let mut in_project = false;
        let (mut found, mut files, mut gaps) = (false, 0_u64, Gaps::default());
        let mut held = Share::default();
        // The open file, and how deep it stands.
        let mut file = (String::new(), usize::MAX);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match (tag.name(), xml.depth()) {
                (_, 1) => {
                    // gcovr writes its time there.
                    reading.tool_version =
                        tag.attribute("clover")?.filter(|said| said.contains('.'));
                    reading.produced_at = tag.attribute("generated")?.map(|raw| when::epoch(&raw));
                }
                (name, 2) => in_project = name == "project",
                ("file", depth) => {
                    files += 1;
                    let path = tag.attribute("path")?.or(tag.attribute("name")?);
                    file = (path.unwrap_or_default(), depth);
                }
                ("metrics", depth) if depth > 3 && depth - 1 == file.1 => {
                    let mut of_file = [Share::default(); 3];
                    add(&tag, &mut of_file)?;
                    gaps.add(&file.0, of_file[0]);
                    if in_project {
                        covered::add(&mut held, of_file[0]);
                    }
                }
                ("metrics", 3) if in_project => {
                    found = true;
                    add(&tag, &mut sums)?;
                }
                _ => {}
            }
        }
        if !found {
            return Err(Broken::new("The report holds no metrics of a project."));
        }
        let [lines, branches, functions] = sums;
        // Some writers list files by name alone.
        if files == 0 || held.total > 0 {
            covered::counts_for_all(&mut reading, ("The project", lines), ("the files", held));
        }
        let coverage = Coverage {
            lines: Some(lines),
            branches: covered::some(branches),
            functions: covered::some(functions),
            statements: None,
            gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

fn add(tag: &Tag<'_>, sums: &mut [Share; 3]) -> Result<(), Broken> {
    let names = [
        ["statements", "coveredstatements"],
        ["conditionals", "coveredconditionals"],
        ["methods", "coveredmethods"],
    ];
    for (sum, names) in sums.iter_mut().zip(names) {
        covered::add(sum, covered::share(tag, names)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_project_counts_no_more_than_its_files() {
        let report = |project: u64, file: u64| {
            format!(
                r#"<coverage generated="1772618400"><project timestamp="1772618400">
                <metrics statements="100" coveredstatements="{project}"/>
                <file name="a.php"><metrics statements="100" coveredstatements="{file}"/></file>
                </project></coverage>"#
            )
        };
        proves(
            "clover",
            &[
                (&report(80, 80), ""),
                (&report(80, 81), ""),
                (&report(98, 80), "counts 98 of 100 lines; the files hold 80 of 100 lines"),
            ],
        );
    }
}
