//! Files of skipped tests, by tools that write one for each test or each class: beside others that ran
//! they are no run of nothing.

use std::collections::BTreeSet;

use crate::facts::Outcome;
use crate::model::{Artifact, Rule};

use super::candidate::Candidate;
use super::case::FoundArtifact;
use super::exit_code;
use super::retries::{attempt, folder};
use super::trust::Trust;

/// Trusts those of which the tests were all skipped, where one of the same tool ran in their folder;
/// `all` are the artifacts among which an exit code is to be explained.
pub(super) fn excuse(candidates: &mut [Candidate<'_>], all: &[FoundArtifact]) {
    let ran =
        candidates.iter().filter(|of| of.trust == Trust::Full && ran(of.artifact) == Some(true));
    let ran: BTreeSet<_> = ran.map(|of| place(of.artifact)).collect();
    for of in candidates {
        let doubted = matches!(&of.trust, Trust::None(why) if why.rule() == Some(Rule::NothingRan));
        let alone = of.artifact.answer.reading().is_some_and(|reading| reading.doubts.len() == 1);
        let skipped = doubted && alone && self::ran(of.artifact) == Some(false);
        let ended_well = || exit_code::against(of.artifact, all).is_none();
        if skipped && ran.contains(&place(of.artifact)) && ended_well() {
            of.trust = Trust::Full;
        }
    }
}

/// Whether a test ran, of an artifact that is of one test or one class, and holds a test.
fn ran(artifact: &Artifact) -> Option<bool> {
    if let Some(attempt) = attempt(artifact) {
        return Some(attempt.outcome != Outcome::Skipped);
    }
    let tests = artifact.answer.reading()?.facts.tests.as_ref()?;
    let holds_some = is_of_a_class(artifact) && tests.total() > 0;
    holds_some.then(|| tests.total() > tests.skipped)
}

/// `TEST-com.example.PayTest.xml`, as Surefire, Gradle, Ant and xmlrunner call the file of a class.
fn is_of_a_class(artifact: &Artifact) -> bool {
    let name = artifact.path.rsplit('/').next().unwrap_or_default();
    name.starts_with("TEST-") && name.ends_with(".xml")
}

/// Where an artifact lies, and what it is.
fn place(artifact: &Artifact) -> (&str, Option<&'static str>) {
    (folder(&artifact.path), artifact.answer.reading().map(|reading| reading.format))
}
