//! Whether the gate decides as the items and the problems give it. What it found by comparing with an
//! earlier release is taken as told, for that release is not here.

use crate::diff::Diff;
use crate::snapshot::v1::Gate;

use super::super::PREVIOUS;
use super::verdicts::{Told, differing};
use crate::pipeline::compare::found::{Found, RULE, is_of_another, is_reason};
use crate::pipeline::compare::regression;

/// What is wrong with the gate.
pub(super) fn faults(of: &Told<'_>, on_trust: &mut Vec<String>) -> Vec<String> {
    let (told, config) = (&of.snapshot.summary.gate, &of.again.config);
    let derived = of.again.gate.clone();
    let Some(from) = regression::asked(config) else { return fault(told, &derived) };
    let cannot_be = || {
        vec![format!("What snapshot.json tells of the gate's rule `regression {from}` cannot be.")]
    };
    if let Some(diff) = compared(of, from) {
        on_trust.push(format!(
            "What the gate compares with (`regression {from}`): it says what the difference between \
             the releases in the report says, and what was before is not here."
        ));
        let name = format!("{RULE}{from}");
        let mut found = Found::of(diff);
        if let Some(rule) = told.rules.iter().find(|of| of.rule == name) {
            // Of a newest release that was not recorded it is told what else was compared with.
            if rule.compared.as_deref().is_some_and(is_of_another) != (from == PREVIOUS) {
                return cannot_be();
            }
            let more: Vec<String> =
                told.blocking.iter().filter(|of| !derived.blocking.contains(of)).cloned().collect();
            found = found.and_as_told(rule, &more);
        }
        return fault(told, &found.decide(config, from, derived));
    }
    let Some(found) = as_told(of, from, &derived) else { return cannot_be() };
    on_trust.push(format!(
        "What the gate found by comparing with an earlier release (`regression {from}`): {}",
        said(&found)
    ));
    fault(told, &found.decide(config, from, derived))
}

/// What the snapshot tells that comparing came to; `None` where it cannot have come to that.
fn as_told(of: &Told<'_>, from: &str, derived: &Gate) -> Option<Found> {
    let told = &of.snapshot.summary.gate;
    let name = format!("{}{from}", RULE);
    let Some(rule) = told.rules.iter().find(|of| of.rule == name) else {
        // A tag that is called a release would have been compared with.
        let tags = &of.again.config.releases;
        let mut before = of.snapshot.releases.iter().rev().skip(1);
        let compares = before.any(|of| !of.recorded && tags.hold(&of.name));
        return (from == PREVIOUS && !compares).then_some(Found::Nothing);
    };
    let is_told = rule.compared.as_deref().is_none_or(is_of_another);
    if !is_told || !rule.against.iter().all(|reason| is_reason(reason)) {
        return None;
    }
    let reason = |of: &String| of.strip_suffix('.').unwrap_or(of).to_owned();
    let items = told.blocking.iter().filter(|of| !derived.blocking.contains(of));
    let items = if rule.against.is_empty() { Vec::new() } else { items.cloned().collect() };
    Some(Found::told(rule.against.iter().map(reason).collect(), items, rule.compared.clone()))
}

fn said(found: &Found) -> String {
    match found {
        Found::Nothing => "there is none.".to_owned(),
        Found::Compared { against, .. } if against.is_empty() => "nothing got worse.".to_owned(),
        Found::Compared { against, .. } => format!("{}.", against.join(". ")),
    }
}

/// The difference in the report that the gate asked for: from the very release that it names, or that
/// it must mean by the one before, and only where git tells that release and no record of it.
fn compared<'d>(of: &Told<'d>, from: &str) -> Option<&'d Diff> {
    let now = of.snapshot.releases.last()?;
    let diff = of.diffs.last().filter(|diff| diff.to.name == now.name)?;
    let before = of.snapshot.releases.iter().rev().nth(1).filter(|of| of.name == diff.from.name)?;
    let same_time = of.snapshot.releases.iter().rev().skip(1);
    let same_time = same_time.filter(|of| of.time == before.time).count();
    let tags = &of.again.config.releases;
    let meant = from == before.name || from == PREVIOUS && tags.hold(&before.name);
    (!before.recorded && same_time == 1 && meant).then_some(diff)
}

fn fault(told: &Gate, again: &Gate) -> Vec<String> {
    if told.result != again.result {
        return vec![format!(
            "The gate is {} in snapshot.json, and comes out as {}.",
            told.result, again.result
        )];
    }
    if told.reasons != again.reasons {
        let fault = "The gate's reasons in snapshot.json are not those that it has.";
        return vec![fault.to_owned()];
    }
    let differs = differing(told, again);
    let fault = |names| format!("The gate is told otherwise than it comes out: {names}.");
    differs.map(fault).into_iter().collect()
}
