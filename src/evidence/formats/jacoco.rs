//! JaCoCo XML: the counters that stand directly under the root.

use std::collections::BTreeMap;

use crate::evidence::family::covered;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, when};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct Jacoco;

impl Format for Jacoco {
    fn id(&self) -> &'static str {
        "jacoco"
    }

    fn about(&self) -> About {
        About {
            tool: "JaCoCo",
            recognised: "the root element `report` with `sessioninfo`, `package`, `group` or `counter`",
            carries: &["coverage"],
            tells: Tells::NOTHING.time("the oldest `dump` of a `sessioninfo`"),
            source: "https://www.jacoco.org/jacoco/trunk/coverage/report.dtd",
            clean: "Lines are counted.",
            vacuous: "0 lines of code; counters of the root and no package.",
            blank: Blanks::NONE,
            notes: &[
                "The root's own counters count; those of groups, packages and classes repeat them. Where the packages count other lines than the root, theirs count, and that is told.",
                "A missing BRANCH counter means that there are no branches, not 0 %.",
                "The time is the latest session's.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(root) = sniff.xml() else { return Fit::No };
        let children = ["sessioninfo", "package", "group", "counter"];
        Fit::sure(root.name == "report" && children.iter().any(|name| root.has_child(name)))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "JaCoCo");
        let mut counters: BTreeMap<String, Share> = BTreeMap::new();
        let (mut packages, mut held, mut gaps) = (0_u64, Share::default(), Gaps::default());
        let (mut package, mut source) = (String::new(), (String::new(), usize::MAX));
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 2 && tag.is("counter") => {
                    let (kind, share) = counter(&tag)?;
                    if counters.contains_key(&kind) {
                        return Err(Broken::new(format!("The report has two counters of {kind}.")));
                    }
                    counters.insert(kind, share);
                }
                Node::Open(tag) if xml.depth() == 3 && tag.is("counter") => {
                    let (kind, share) = counter(&tag)?;
                    if kind == "LINE" {
                        covered::add(&mut held, share);
                    }
                }
                Node::Open(tag) if tag.is("counter") && xml.depth() - 1 == source.1 => {
                    let (kind, share) = counter(&tag)?;
                    if kind == "LINE" {
                        gaps.add(&format!("{package}/{}", source.0), share);
                    }
                }
                Node::Open(tag) if tag.is("sourcefile") => {
                    source = (tag.attribute("name")?.unwrap_or_default(), xml.depth());
                }
                Node::Open(tag) if matches!(tag.name(), "package" | "group") => {
                    packages += u64::from(xml.depth() == 2);
                    package = tag.attribute("name")?.unwrap_or_default();
                }
                Node::Open(tag) if xml.depth() == 2 && tag.is("sessioninfo") => {
                    if let Some(dumped) = tag.attribute("dump")? {
                        when::older(&mut reading.produced_at, when::epoch(&dumped));
                    }
                }
                // What follows is of the next file, or of a class, and none of this one's.
                Node::Close(end) if end.is("sourcefile") => source.1 = usize::MAX,
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        if counters.is_empty() {
            return Err(Broken::new("The report holds no counters of its own."));
        }
        let of = |kind: &str| counters.get(kind).copied();
        let declared = of("LINE").unwrap_or_default();
        // Some writers give a package no counters of its own.
        if packages == 0 || held.total > 0 {
            covered::compare(&mut reading, ("The root", declared), ("the packages", held));
        }
        let coverage = Coverage {
            lines: Some(if held.total > 0 { held } else { declared }),
            branches: of("BRANCH"),
            functions: of("METHOD"),
            statements: None,
            gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

fn counter(tag: &Tag<'_>) -> Result<(String, Share), Broken> {
    let kind = tag.attribute("type")?.unwrap_or_default();
    let [Some(missed), Some(covered)] = tag.counts(["missed", "covered"])? else {
        return Err(Broken::new(format!("The counter of {kind} does not count.")));
    };
    Ok((kind, Share { covered, total: covered.saturating_add(missed) }))
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_is_uncovered_is_told_of_files_alone() {
        let line = |missed: u64| format!(r#"<counter type="LINE" missed="{missed}" covered="9"/>"#);
        let package = |name: &str, missed: u64| {
            let counter = line(missed);
            format!(
                r#"<package name="{name}"><class name="{name}/Cart" sourcefilename="Cart.java">{counter}</class>
                <sourcefile name="Cart.java">{counter}</sourcefile>{counter}</package>"#
            )
        };
        let text = format!(
            r#"<report name="s">{}{}{}</report>"#,
            package("a", 1),
            package("b", 2),
            line(3)
        );
        let gaps = reading("jacoco", &text).facts.coverage.unwrap().gaps;
        let (worst, _) = gaps.worst();
        let told: Vec<(&str, u64)> =
            worst.iter().map(|gap| (gap.path.as_str(), gap.share.total)).collect();
        assert_eq!(told, [("b/Cart.java", 11), ("a/Cart.java", 10)]);
    }
}
