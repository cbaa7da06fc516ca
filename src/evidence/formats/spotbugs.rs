//! SpotBugs and FindBugs XML.

use crate::evidence::count::OddCounts;
use crate::evidence::family::listed;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct Spotbugs;

impl Format for Spotbugs {
    fn id(&self) -> &'static str {
        "spotbugs"
    }

    fn about(&self) -> About {
        About {
            tool: "SpotBugs, FindBugs, Find Security Bugs",
            recognised: "the root element `BugCollection`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`timestamp` or `analysisTimestamp` of the root")
                .version("`version` of the root"),
            source: "https://github.com/spotbugs/spotbugs/blob/master/spotbugs/etc/bugcollection.xsd",
            clean: "The root is closed without a bug.",
            vacuous: "`FindBugsSummary` of 0 classes, or of more bugs than are listed; errors and no bug.",
            blank: Blanks::NONE,
            notes: &[
                "Priority 1 is high, 2 medium, 3 low.",
                "`FindBugsSummary` with 0 classes means that nothing was looked at.",
                "Classes that it missed while it looked (`missingClasses`) are told: they are of libraries, mostly. Where it missed more than it looked at, they are counted in `findings.unchecked`.",
                "`Errors` says how much could not be analysed: it is counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "BugCollection"))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "SpotBugs");
        let mut findings = input.findings();
        let mut open: Option<Finding> = None;
        let (mut errors, mut missing, mut classes, mut bugs) = (0, 0, None, None);
        let mut odd = OddCounts::default();
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("version")?;
                    let made = tag.attribute("timestamp")?.or(tag.attribute("analysisTimestamp")?);
                    reading.produced_at = made.map(|raw| when::epoch(&raw));
                }
                Node::Open(tag) => match (tag.name(), &mut open) {
                    ("BugInstance", None) => open = Some(bug(&tag)?),
                    ("LongMessage", Some(bug)) if bug.title.is_none() => {
                        bug.title = text::title(&xml.content()?)
                    }
                    ("SourceLine", Some(bug)) if bug.path.is_none() => place(&tag, bug)?,
                    ("Errors", None) => {
                        let counts = tag.declared_counts(["errors", "missingClasses"], &mut odd)?;
                        [errors, missing] = counts.map(Option::unwrap_or_default);
                    }
                    ("FindBugsSummary", None) => {
                        let counts = ["total_classes", "total_bugs"];
                        [classes, bugs] = tag.declared_counts(counts, &mut odd)?;
                    }
                    _ => {}
                },
                Node::Close(end) if end.is("BugInstance") => {
                    open.take().into_iter().for_each(|bug| findings.add(bug));
                }
                Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        if classes.unwrap_or(0) == 0 && findings.total() == 0 {
            let why = match classes {
                Some(_) => "SpotBugs looked at 0 classes.",
                None => "SpotBugs found nothing and says of no class that it looked at it.",
            };
            reading.doubt(Rule::NothingLookedAt, why);
        }
        listed::lost(&mut reading, "`FindBugsSummary`", bugs.unwrap_or(0), findings.total());
        if errors > 0 {
            let why = format!("SpotBugs reports {}.", counted(errors, "error"));
            match findings.total() {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        }
        if missing > 0 {
            reading.warn(format!("SpotBugs missed {}.", counted(missing, "class")));
        }
        // Without what a class stands on, its bugs are not found.
        let blind = if missing > classes.unwrap_or(0) { missing } else { 0 };
        findings.unchecked = Some(errors.saturating_add(blind));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

fn bug(tag: &Tag<'_>) -> Result<Finding, Broken> {
    let (mut rule, mut grade) = (None, Grade::Unknown);
    tag.attributes(|key, value| match key {
        "type" => rule = Some(value.into_owned()),
        "priority" => {
            grade = match value.trim() {
                "1" => Grade::High,
                "2" => Grade::Medium,
                "3" => Grade::Low,
                _ => Grade::Unknown,
            };
        }
        _ => {}
    })?;
    Ok(Finding { rule, ..Finding::graded(grade) })
}

fn place(tag: &Tag<'_>, bug: &mut Finding) -> Result<(), Broken> {
    tag.attributes(|key, value| match key {
        "sourcepath" => bug.path = Some(value.into_owned()),
        "sourcefile" if bug.path.is_none() => bug.path = Some(value.into_owned()),
        "start" => bug.line = value.trim().parse().ok(),
        _ => {}
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn classes_that_it_missed_are_told() {
        for (missing, unchecked, told) in [
            (212, 212, vec!["SpotBugs missed 212 classes."]),
            (9, 0, vec!["SpotBugs missed 9 classes."]),
            (0, 0, vec![]),
        ] {
            let text = format!(
                r#"<BugCollection><Errors errors="0" missingClasses="{missing}"/>
                <FindBugsSummary total_classes="9"/></BugCollection>"#
            );
            let reading = reading("spotbugs", &text);
            assert_eq!(reading.warnings, told);
            assert_eq!(reading.facts.findings.unwrap().unchecked, Some(unchecked));
        }
    }
}
