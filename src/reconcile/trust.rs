//! Second step: whether an artifact can be relied on at all, before anyone asks what it says.

use crate::model::{Age, Answer, Artifact, Rule, Rules, Timestamp};

use super::ruling::Ruling;

/// How far a clock may be ahead.
pub(super) const SKEW: Age = Age::seconds(5 * 60);

/// How far a time without a zone may be off.
pub(super) const ZONE: Age = Age::hours(14);

/// What an artifact is good for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trust {
    /// Everything.
    Full,
    /// Only to refute: a part of what it should report never ran.
    RefutesOnly(Ruling),
    /// Nothing, unless something vouches for the run of a tool that is silent on success.
    NeedsVouching(Ruling),
    /// Nothing.
    None(Ruling),
}

/// What `artifact` is good for at `clock`.
pub(super) fn trust(artifact: &Artifact, clock: Timestamp, rules: Rules) -> Trust {
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
            let mut in_force = reading.doubts.iter().filter(|doubt| rules.holds(doubt.rule));
            match in_force.next() {
                None => Trust::Full,
                Some(doubt) => {
                    let ruling = Ruling::invalid(doubt.rule, doubt.why.clone());
                    match doubt.rule {
                        Rule::SuiteNotLoaded => Trust::RefutesOnly(ruling),
                        Rule::SilentTool => Trust::NeedsVouching(ruling),
                        _ => Trust::None(ruling),
                    }
                }
            }
        }
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
