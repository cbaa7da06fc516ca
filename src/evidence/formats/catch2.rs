//! Catch2's XML, of version 3 and of version 2.

use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome};
use crate::model::Reading;

pub(super) struct Catch2;

impl Format for Catch2 {
    fn id(&self) -> &'static str {
        "catch2"
    }

    fn about(&self) -> About {
        About {
            tool: "Catch2",
            recognised: "the root element `Catch2TestRun`, or `Catch`",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`catch2-version` of the root"),
            source: "https://github.com/catchorg/Catch2/blob/devel/docs/reporters.md",
            clean: "At least 1 test case passed and none failed.",
            vacuous: "0 test cases; a list of them (`--list-tests`); all skipped; more failures in the results than cases that failed.",
            blank: Blanks::NONE,
            notes: &[
                "A case without an `OverallResult` crashed: it is errored.",
                "A case that is expected to fail, and does, passes, as Catch2 has it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.xml().is_some_and(|root| matches!(root.name.as_str(), "Catch2TestRun" | "Catch")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Catch2");
        let mut tests = input.tests();
        let mut open: Option<(Case, usize)> = None;
        let (mut declared, mut odd) = (None, OddCounts::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("catch2-version")?;
                }
                // A list of test cases, of which none ran.
                Node::Open(tag) if tag.is("MatchingTests") => xml.skip()?,
                Node::Open(tag) if tag.is("TestCase") => open = Some((case(&tag)?, xml.depth())),
                Node::Open(tag) if tag.is("OverallResult") => {
                    let own = open.as_mut().filter(|(_, depth)| xml.depth() == depth + 1);
                    own.map_or(Ok(()), |(case, _)| result(case, &tag, &mut odd))?;
                }
                Node::Open(tag) if tag.is("OverallResultsCases") => {
                    [declared] = tag.declared_counts(["failures"], &mut odd)?;
                }
                Node::Open(tag)
                    if matches!(
                        tag.name(),
                        "Expanded" | "Exception" | "Failure" | "FatalErrorCondition"
                    ) =>
                {
                    let said = text::excerpt(&xml.content()?);
                    if let Some((case, _)) = &mut open {
                        case.message = case.message.take().or(said);
                    }
                }
                Node::Close(end) if end.is("TestCase") => {
                    if let Some((mut case, _)) = open.take() {
                        let outcome = case.outcome;
                        case.message = case.message.filter(|_| outcome != Outcome::Passed);
                        tests.add(outcome, || case);
                    }
                }
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        ran::failures_lost(&mut reading, declared, tests.failed + tests.errored);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

fn case(tag: &Tag<'_>) -> Result<Case, Broken> {
    Ok(Case {
        name: tag.attribute("name")?.unwrap_or_default(),
        suite: None,
        file: tag.attribute("filename")?,
        outcome: Outcome::Errored,
        duration_s: None,
        message: None,
    })
}

fn result(case: &mut Case, tag: &Tag<'_>, odd: &mut OddCounts) -> Result<(), Broken> {
    let [skips] = tag.declared_counts(["skips"], odd)?;
    tag.attributes(|key, value| match key {
        "success" => {
            case.outcome = if &*value == "true" { Outcome::Passed } else { Outcome::Failed };
        }
        "durationInSeconds" => case.duration_s = ran::seconds(&value),
        _ => {}
    })?;
    if skips.unwrap_or(0) > 0 && case.outcome == Outcome::Passed {
        case.outcome = Outcome::Skipped;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_list_of_test_cases_ran_none() {
        let text = r#"<Catch2TestRun name="t" catch2-version="3.5"><MatchingTests><TestCase><Name>a</Name>
            </TestCase></MatchingTests></Catch2TestRun>"#;
        proves("catch2", &[(text, "holds 0 tests")]);
        assert_eq!(reading("catch2", text).facts.tests.unwrap().total(), 0);
    }
}
