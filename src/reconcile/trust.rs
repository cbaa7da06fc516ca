//! Second step: whether an artifact can be relied on at all, before anyone asks what it says.

use std::collections::BTreeSet;

use crate::model::{Age, Answer, Artifact, Rule, Rules, Seal, Sealed, Timestamp, plural};

use super::case::FoundArtifact;
use super::exit_code;
use super::ruling::Ruling;

/// How far a clock may be ahead.
pub const SKEW: Age = Age::seconds(5 * 60);

/// How far a time without a zone may be off.
pub(super) const ZONE: Age = Age::hours(14);

/// The latest that an artifact without a zone can be of, where the moment at which it came to lie here
/// tells: that moment, if it follows the stated time by what some zone makes of it and a short run;
/// else it was brought here, and the stated time is UTC as CI writes it.
pub fn bounded_by(artifact: &Artifact) -> Option<Timestamp> {
    const STEP: i64 = 30 * 60;
    const RUN: i64 = 10 * 60;
    let (time, _) = artifact.time.filter(|_| !artifact.zoned && !artifact.tracked)?;
    let arrived = artifact.arrived.filter(|arrived| *arrived < time.plus(ZONE))?;
    let written_here = (arrived.epoch() - time.epoch()).rem_euclid(STEP) <= RUN;
    Some(if written_here { arrived } else { arrived.min(time) })
}

/// What an artifact is good for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trust {
    /// Everything.
    Full,
    /// Only to refute: a part of what it should report never ran, or is lost.
    RefutesOnly(Ruling),
    /// Nothing, unless something vouches for the run of a tool that is silent on success.
    NeedsVouching(Ruling),
    /// Nothing.
    None(Ruling),
}

/// What `artifact`, one of `all`, is good for at `clock`.
pub(super) fn trust(
    artifact: &Artifact,
    all: &[FoundArtifact],
    clock: Timestamp,
    rules: Rules,
) -> Trust {
    match &artifact.answer {
        Answer::Broken { why, .. } => {
            refused(Rule::Unreadable, &format!("{}: {why}", artifact.path))
        }
        Answer::Ambiguous { candidates, shape } => refused(
            Rule::Ambiguous,
            &format!(
                "{} formats fit {} (`{shape}`): {}. Name one in trueup.toml.",
                candidates.len(),
                artifact.path,
                crate::model::listed(candidates, 4),
            ),
        ),
        Answer::Unknown { why } => {
            refused(Rule::UnknownFormat, &format!("{}: {why}", artifact.path))
        }
        Answer::Read(reading) => {
            if let Some(ruling) = from_future(artifact, clock, rules) {
                return Trust::None(ruling);
            }
            if let (Sealed::Broken(why), true) = (&artifact.sealed, rules.holds(Rule::SealBroken)) {
                return refused(Rule::SealBroken, why);
            }
            if let Some(why) = asked_nobody(artifact).filter(|_| rules.holds(Rule::NothingLookedAt))
            {
                return refused(Rule::NothingLookedAt, &why);
            }
            let of_a_part = of_a_part(artifact).filter(|_| rules.holds(Rule::SuiteNotLoaded));
            let of_a_part = of_a_part
                .or_else(|| is_alone(artifact, all).filter(|_| rules.holds(Rule::SuiteNotLoaded)));
            let mut in_force = reading.doubts.iter().filter(|doubt| rules.holds(doubt.rule));
            match in_force.next() {
                None if let Some(why) = of_a_part => {
                    Trust::RefutesOnly(Ruling::invalid(Rule::SuiteNotLoaded, why))
                }
                None => exit_code::against(artifact, all)
                    .filter(|_| rules.holds(Rule::ExitCode))
                    .map_or(Trust::Full, |why| refused(Rule::ExitCode, &why)),
                Some(doubt) => {
                    let ruling = Ruling::invalid(doubt.rule, doubt.why.clone());
                    match doubt.rule {
                        Rule::SuiteNotLoaded | Rule::NotACount | Rule::FullPage => {
                            Trust::RefutesOnly(ruling)
                        }
                        Rule::SilentTool => silent(artifact, all, ruling, rules),
                        _ => Trust::None(ruling),
                    }
                }
            }
        }
    }
}

/// Of an audit that npm made without asking a registry: it is clean of anything.
fn asked_nobody(artifact: &Artifact) -> Option<String> {
    let seal = artifact.sealed.seal().filter(|seal| seal.npm_offline)?;
    let reading = artifact.answer.reading().filter(|reading| reading.format == "npm-audit")?;
    let clean = reading.facts.findings.as_ref().is_some_and(|of| of.total() == 0);
    clean.then(|| {
        format!(
            "npm was offline where {} was made, as {} says: its audit asked nobody. Run it online.",
            artifact.path, seal.path
        )
    })
}

/// Of a test report that the last of several calls wrote, which ran again only what had failed.
fn of_a_part(artifact: &Artifact) -> Option<String> {
    let seal = artifact.sealed.seal()?;
    let option = seal.runs_a_part.as_ref()?;
    artifact.answer.reading().filter(|reading| reading.facts.tests.is_some())?;
    Some(format!(
        "{} need not hold all tests: the command in {} has `{option}`, which runs a part of them.",
        artifact.path, seal.path
    ))
}

/// Of what is one part of several of a run whose others are not here: reports of tests tell so themselves,
/// other ones do not. Where the CI system alone says that the job shares its work, what it did beside its
/// tests and their coverage may be whole.
fn is_alone(artifact: &Artifact, all: &[FoundArtifact]) -> Option<String> {
    let part = artifact.sealed.seal()?.part.as_ref()?;
    let shared = |of: &Artifact| -> BTreeSet<&'static str> {
        let mut carried = of.answer.reading().map(|of| of.facts.carried()).unwrap_or_default();
        let counts =
            |group: &str| if part.by_system { group == "coverage" } else { group != "tests" };
        carried.retain(|group| counts(group));
        carried.into_iter().collect()
    };
    let own = shared(artifact);
    let is_like_it = |of: &&Artifact| !own.is_disjoint(&shared(of));
    let parts = all.iter().map(|found| &found.artifact).filter(is_like_it);
    let parts = parts.filter_map(|of| of.sealed.seal()?.part.as_ref());
    let same = parts.filter(|of| of.of == part.of && of.run == part.run);
    let here = same.map(|of| of.number).collect::<BTreeSet<u64>>().len() as u64;
    (!own.is_empty() && here < part.of).then(|| {
        let (path, verb) = (&artifact.path, plural(here, "is"));
        format!(
            "{path} is part {} of {} of a run, and {here} of them {verb} here.",
            part.number, part.of
        )
    })
}

/// A file that is empty on success: its seal may say how the tool ended.
fn silent(artifact: &Artifact, all: &[FoundArtifact], ruling: Ruling, rules: Rules) -> Trust {
    let Some(seal) = artifact.sealed.seal() else { return Trust::NeedsVouching(ruling) };
    match seal.exit_code {
        None => Trust::NeedsVouching(ruling),
        Some(code) if code != 0 && rules.holds(Rule::ExitCode) => {
            let why = format!("its tool ended with exit code {code}, as {} says.", seal.path);
            refused(Rule::ExitCode, &format!("{} is empty, and {why}", artifact.path))
        }
        Some(_) => match doubted(seal, artifact, all) {
            Some(why) => {
                let why = format!("{} {why}", ruling.clause());
                Trust::NeedsVouching(Ruling::invalid(Rule::SilentTool, why))
            }
            None => Trust::Full,
        },
    }
}

/// Why an exit code of 0 says nothing of the tool that made `artifact`.
fn doubted(seal: &Seal, artifact: &Artifact, all: &[FoundArtifact]) -> Option<String> {
    let path = &seal.path;
    if let Some(hides) = &seal.hides {
        return Some(format!(
            "The exit code 0 in {path} need not be the tool's: its command has `{hides}`. Seal the code of the tool itself."
        ));
    }
    if let Some(tool) = exit_code::of_another(artifact, seal) {
        return Some(format!(
            "The exit code 0 in {path} is of a command that names {tool} instead."
        ));
    }
    let other = exit_code::silent_beside(artifact, seal, all)?;
    Some(format!(
        "One exit code is of one command, and {path} covers {other} as well: seal them apart."
    ))
}

fn refused(rule: Rule, why: &str) -> Trust {
    Trust::None(Ruling::invalid(rule, why))
}

fn from_future(artifact: &Artifact, clock: Timestamp, rules: Rules) -> Option<Ruling> {
    let (time, _) = artifact.time?;
    let grace = if artifact.zoned { SKEW } else { ZONE };
    if !rules.holds(Rule::FromFuture) || time <= clock.plus(grace) {
        return None;
    }
    Some(Ruling::invalid(
        Rule::FromFuture,
        format!(
            "{} was made {}, {} after this was judged.",
            artifact.path,
            time.human(),
            time.since(clock)
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, Sealed, TimeFrom};

    fn stated(time: &str, arrived: Option<&str>) -> Artifact {
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        Artifact {
            path: "junit.xml".to_owned(),
            archive: None,
            sha256: Digest([0; 32]),
            bytes: 1,
            time: Some((moment(time), TimeFrom::Content)),
            zoned: false,
            tracked: false,
            committed_in: None,
            arrived: arrived.map(moment),
            checked_out: None,
            sealed: Sealed::No,
            answer: Answer::Unknown { why: String::new() },
        }
    }

    #[test]
    fn a_time_without_a_zone_is_of_the_zone_in_which_the_file_was_written_here() {
        const TIME: &str = "2026-01-09T10:00:00Z";
        for (arrived, latest) in [
            // Five hours west, and two hours east.
            (Some("2026-01-09T15:01:00Z"), Some("2026-01-09T15:01:00Z")),
            (Some("2026-01-09T08:03:00Z"), Some("2026-01-09T08:03:00Z")),
            // Brought here: it ended then in no zone.
            (Some("2026-01-09T15:23:00Z"), Some(TIME)),
            (Some("2026-01-10T11:00:00Z"), None),
            (None, None),
        ] {
            let latest = latest.map(|text| text.parse::<Timestamp>().unwrap());
            assert_eq!(bounded_by(&stated(TIME, arrived)), latest, "{arrived:?}");
        }
    }
}
