//! Second step: whether an artifact can be relied on at all, before anyone asks what it says.

use crate::model::{Age, Answer, Artifact, Rule, Rules, Sealed, Timestamp};

use super::exit_code;
use super::ruling::Ruling;

/// How far a clock may be ahead.
pub const SKEW: Age = Age::seconds(5 * 60);

/// How far a time without a zone may be off.
pub(super) const ZONE: Age = Age::hours(14);

/// When an artifact came to lie where it does, where that says more than its own time: one without a
/// zone may be of some hours later, but not of later than that.
pub fn bounded_by(artifact: &Artifact) -> Option<Timestamp> {
    let (time, _) = artifact.time.filter(|_| !artifact.zoned && !artifact.tracked)?;
    artifact.arrived.filter(|arrived| *arrived < time.plus(ZONE))
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
    all: &[Artifact],
    clock: Timestamp,
    rules: Rules,
) -> Trust {
    match &artifact.answer {
        Answer::Broken { why, .. } => refused(Rule::Unreadable, why),
        Answer::Ambiguous { candidates, shape } => refused(
            Rule::Ambiguous,
            &format!(
                "{} formats fit {} (`{shape}`): {}. Name one in trueup.toml.",
                candidates.len(),
                artifact.path,
                crate::model::listed(candidates, 4),
            ),
        ),
        Answer::Unknown { why } => refused(Rule::UnknownFormat, why),
        Answer::Read(reading) => {
            if let Some(ruling) = from_future(artifact, clock, rules) {
                return Trust::None(ruling);
            }
            if let (Sealed::Broken(why), true) = (&artifact.sealed, rules.holds(Rule::SealBroken)) {
                return refused(Rule::SealBroken, why);
            }
            let mut in_force = reading.doubts.iter().filter(|doubt| rules.holds(doubt.rule));
            match in_force.next() {
                None => exit_code::against(artifact, all)
                    .filter(|_| rules.holds(Rule::ExitCode))
                    .map_or(Trust::Full, |why| refused(Rule::ExitCode, &why)),
                Some(doubt) => {
                    let ruling = Ruling::invalid(doubt.rule, doubt.why.clone());
                    match doubt.rule {
                        Rule::SuiteNotLoaded | Rule::NotACount => Trust::RefutesOnly(ruling),
                        Rule::SilentTool => silent(artifact, all, ruling, rules),
                        _ => Trust::None(ruling),
                    }
                }
            }
        }
    }
}

/// A file that is empty on success: its seal may say how the tool ended.
fn silent(artifact: &Artifact, all: &[Artifact], ruling: Ruling, rules: Rules) -> Trust {
    let Some(seal) = artifact.sealed.seal() else { return Trust::NeedsVouching(ruling) };
    match seal.exit_code {
        None => Trust::NeedsVouching(ruling),
        Some(code) if code != 0 && rules.holds(Rule::ExitCode) => {
            let why = format!("its tool ended with exit code {code}, as {} says.", seal.path);
            refused(Rule::ExitCode, &format!("{} is empty, and {why}", artifact.path))
        }
        Some(_) => match exit_code::silent_beside(artifact, seal, all) {
            Some(other) => {
                let (clause, seal) = (ruling.clause(), &seal.path);
                let why = format!(
                    "{clause} One exit code is of one command, and {seal} covers {other} as well: seal them apart."
                );
                Trust::NeedsVouching(Ruling::invalid(Rule::SilentTool, why))
            }
            None => Trust::Full,
        },
    }
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
