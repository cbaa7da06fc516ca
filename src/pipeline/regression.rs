//! The part of the gate that compares: nothing may have got worse since a release.

use crate::config::Config;
use crate::diff::Diff;
use crate::model::{counted, listed, plural};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::GateRule;
use crate::sources::environment::Environment;

use super::compare::NAME_THEM;
use super::{Comparing, Error, Options, PREVIOUS, compare_with};

/// How many regressions a reason names.
const NAMED: usize = 3;

/// `snapshot` with what its gate says of regressions, where the configuration asks for that.
///
/// # Errors
/// Where the release that is named is none, or cannot be judged.
pub(super) fn held(
    options: &Options,
    config: &Config,
    snapshot: Snapshot,
    environment: &Environment,
) -> Result<Snapshot, Error> {
    let asked = config.gate.as_ref().and_then(|gate| gate.regression.as_deref());
    let (Some(from), false) = (asked, options.past) else { return Ok(snapshot) };
    let comparing = Comparing {
        dir: options.dir.clone(),
        artifacts: options.artifacts.clone(),
        as_of: Some(options.clock),
        now: options.clock,
        history: options.history,
        cache: options.cache,
    };
    let diff = match compare_with(&comparing, from, &snapshot, environment) {
        Ok(diff) => diff,
        Err(Error::Usage { lead, hint: Some(hint) }) if from == PREVIOUS && hint == NAME_THEM => {
            let reason =
                format!("What is worse than at the last release cannot be said: {lead}. {hint}");
            let reason = reason.trim_end_matches('.').to_owned();
            return Ok(refused(snapshot, from, &[reason], Vec::new()));
        }
        // Before the first release there is nothing that could have got worse.
        Err(Error::Usage { .. }) if from == PREVIOUS => {
            let shallow =
                super::project::repository(&options.dir)?.is_some_and(|of| of.is_shallow());
            return Ok(if shallow { unknown(snapshot, from) } else { alone(config, snapshot) });
        }
        Err(fault) => return Err(fault),
    };
    let (against, items) = against(&diff);
    Ok(match against.as_slice() {
        [] => told(snapshot, from, Vec::new()),
        reasons => refused(snapshot, from, reasons, items),
    })
}

/// What got worse, as reasons without their full stops, and the addresses of the items.
fn against(diff: &Diff) -> (Vec<String>, Vec<String>) {
    let name = &diff.from.name;
    let mut against = Vec::new();
    let weaker = diff.policy.iter().filter(|change| change.weakening);
    let weaker: Vec<&str> = weaker.map(|change| change.what.as_str()).collect();
    if !weaker.is_empty() {
        let what = listed(&weaker, NAMED);
        against.push(format!("Less is asked of all items than at {name}: {what}"));
    }
    let worse: Vec<_> = diff.changes.iter().filter(|change| change.regression).collect();
    let mut items: Vec<String> =
        worse.iter().map(|change| format!("{}#{}", change.checklist, change.item)).collect();
    items.sort();
    items.dedup();
    if !worse.is_empty() {
        let count = items.len() as u64;
        let mut texts: Vec<&str> = worse.iter().map(|change| change.text.as_str()).collect();
        texts.dedup();
        against.push(format!(
            "{} {} worse than at {name}: {}",
            counted(count, "item"),
            plural(count, "is"),
            listed(&texts, NAMED)
        ));
    }
    (against, items)
}

/// The gate with the rule that compares, and what is said against it.
fn told(mut snapshot: Snapshot, from: &str, against: Vec<String>) -> Snapshot {
    let rule = format!("regression {from}");
    snapshot.summary.gate.rules.push(GateRule { rule, holds: against.is_empty(), against });
    snapshot
}

/// The decision with more reasons against it.
fn refused(snapshot: Snapshot, from: &str, reasons: &[String], items: Vec<String>) -> Snapshot {
    let mut snapshot =
        told(snapshot, from, reasons.iter().map(|reason| format!("{reason}.")).collect());
    let gate = &mut snapshot.summary.gate;
    for reason in reasons {
        gate.reasons.push(format!("{reason}."));
        gate.sentence = match gate.result.as_str() {
            "no-go" => format!("{} {reason}.", gate.sentence),
            _ => format!("No-go. {reason}."),
        };
        "no-go".clone_into(&mut gate.result);
    }
    gate.blocking.extend(items);
    gate.blocking.sort();
    gate.blocking.dedup();
    snapshot
}

/// In a shallow clone the earlier release may be what was left out.
fn unknown(snapshot: Snapshot, from: &str) -> Snapshot {
    let reason = "What is worse than at the last release cannot be said: the clone is shallow. \
                  Fetch all of it with its tags (`fetch-depth: 0`)";
    refused(snapshot, from, &[reason.to_owned()], Vec::new())
}

/// A gate that asks for nothing else has nothing to decide by; another says what it did not ask.
fn alone(config: &Config, mut snapshot: Snapshot) -> Snapshot {
    let asks_more = config.gate.as_ref().is_some_and(|gate| {
        !(gate.fail_on_status.is_empty() && gate.fail_on_code.is_empty() && gate.require.is_empty())
            || gate.min_proven.is_some()
    });
    let gate = &mut snapshot.summary.gate;
    if !asks_more && gate.result == "go" {
        "none".clone_into(&mut gate.result);
        "There is no earlier release to compare with, and the gate asks for nothing else."
            .clone_into(&mut gate.sentence);
    } else {
        gate.sentence.push_str(" No earlier release is known here to compare with.");
    }
    snapshot
}
