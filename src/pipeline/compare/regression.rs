//! The part of the gate that compares: nothing may have got worse since a release.

use std::collections::BTreeSet;

use crate::diff::v1::Change;
use crate::diff::{Diff, Kind};
use crate::model::{Status, counted, listed, plural};
use crate::pipeline::inputs::project;
use crate::pipeline::judge::Run;
use crate::pipeline::{Error, PREVIOUS};
use crate::policy::Config;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Gate, GateRule};

use super::NAME_THEM;
use super::of_run::{Compared, compared};

/// How many regressions a reason names.
const NAMED: usize = 3;

/// How the rule begins; the release follows.
pub(in crate::pipeline) const RULE: &str = "regression ";

/// How a reason begins that nothing was compared for.
const UNSAID: &str = "What is worse than at the last release cannot be said:";

/// How a reason begins that names weakened rules; the release follows.
const LESS: &str = "Less is asked of all items than at ";

/// How a reason goes on that counts items; the release follows.
const WORSE: &str = " worse than at ";

/// How a reason begins that judges by what was asked at the release, which follows.
const ASKED: &str = "By the conditions of ";

/// In a shallow clone the earlier release may be what was left out.
const SHALLOW: &str = "the clone is shallow. Fetch all of it with its tags (`fetch-depth: 0`)";

/// `snapshot` of a run with what its gate says of regressions, where the configuration asks for that.
///
/// # Errors
/// Where the release that is named is none, or cannot be judged.
pub(in crate::pipeline) fn held(run: &Run<'_>, mut snapshot: Snapshot) -> Result<Snapshot, Error> {
    let config = &run.case.config;
    let Some(from) = asked(config).filter(|_| is_asked(run)) else { return Ok(snapshot) };
    let found = found(run, from, &snapshot)?;
    let gate = std::mem::take(&mut snapshot.summary.gate);
    snapshot.summary.gate = found.decide(config, from, gate);
    Ok(snapshot)
}

/// Whether the gate of that run compares.
pub(in crate::pipeline) fn is_asked(run: &Run<'_>) -> bool {
    asked(&run.case.config).is_some() && !run.context.options.past
}

/// With what the gate compares.
pub(in crate::pipeline) fn asked(config: &Config) -> Option<&str> {
    config.gate.as_ref()?.regression.as_deref()
}

/// Whether this is a reason that the rule gives.
pub(in crate::pipeline) fn is_reason(sentence: &str) -> bool {
    let begins = [UNSAID, LESS, ASKED];
    begins.iter().any(|begin| sentence.starts_with(begin)) || sentence.contains(WORSE)
}

/// What comparing came to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pipeline) enum Found {
    /// There is no earlier release that could have been better.
    Nothing,
    /// What got worse, as reasons without their full stops, and the addresses of the items.
    Against(Vec<String>, Vec<String>),
}

fn found(run: &Run<'_>, from: &str, snapshot: &Snapshot) -> Result<Found, Error> {
    match compared(run, snapshot, from, true) {
        Ok(Compared { forbidding, .. }) if !forbidding.is_empty() => {
            Ok(Found::unsaid(&format!("{UNSAID} {}", forbidding.join("; "))))
        }
        Ok(Compared { diff, refuted, .. }) => {
            Ok(Found::of(&diff).and_by_what_was_asked(&diff, &refuted))
        }
        Err(Error::Usage { lead, hint: Some(hint), .. })
            if from == PREVIOUS && hint == NAME_THEM =>
        {
            let reason = format!("{UNSAID} {lead}. {hint}");
            Ok(Found::unsaid(reason.trim_end_matches('.')))
        }
        // Before the first release there is nothing that could have got worse.
        Err(Error::Usage { .. }) if from == PREVIOUS => {
            let shallow =
                project::repository(&run.context.options.dir)?.is_some_and(|of| of.is_shallow());
            Ok(if shallow { Found::unsaid(&format!("{UNSAID} {SHALLOW}")) } else { Found::Nothing })
        }
        Err(fault) => Err(fault),
    }
}

impl Found {
    fn unsaid(reason: &str) -> Found {
        Found::Against(vec![reason.to_owned()], Vec::new())
    }

    /// What got worse by a difference.
    pub(in crate::pipeline) fn of(diff: &Diff) -> Found {
        let name = &diff.from.name;
        let mut against = Vec::new();
        let weaker = diff.policy.iter().filter(|change| change.weakening);
        let weaker: Vec<&str> = weaker.map(|change| change.what.as_str()).collect();
        if !weaker.is_empty() {
            let what = listed(&weaker, NAMED);
            against.push(format!("{LESS}{name}: {what}"));
        }
        let worse =
            diff.changes.iter().filter(|change| change.regression || was_unknown(diff, change));
        let worse: Vec<_> = worse.collect();
        let mut items: Vec<String> =
            worse.iter().map(|change| format!("{}#{}", change.checklist, change.item)).collect();
        items.sort();
        items.dedup();
        if !worse.is_empty() {
            let count = items.len() as u64;
            let mut texts: Vec<&str> = worse.iter().map(|change| change.text.as_str()).collect();
            texts.dedup();
            against.push(format!(
                "{} {}{WORSE}{name}: {}",
                counted(count, "item"),
                plural(count, "is"),
                listed(&texts, NAMED)
            ));
        }
        Found::Against(against, items)
    }

    /// With the items that are `refuted` by what was asked before.
    fn and_by_what_was_asked(self, diff: &Diff, refuted: &BTreeSet<String>) -> Found {
        let Found::Against(mut against, mut items) = self else { return self };
        if refuted.is_empty() {
            return Found::Against(against, items);
        }
        let rows = diff.changes.iter().filter(|of| of.kind == Kind::Requirement);
        let rows = rows.filter(|of| refuted.contains(&format!("{}#{}", of.checklist, of.item)));
        let texts: Vec<&str> = rows.map(|change| change.text.as_str()).collect();
        against.push(format!(
            "{ASKED}{} {} would be failing: {}",
            diff.from.name,
            counted(refuted.len() as u64, "item"),
            listed(&texts, NAMED)
        ));
        items.extend(refuted.iter().cloned());
        items.sort();
        items.dedup();
        Found::Against(against, items)
    }

    /// With what is told that was judged by what was asked before: the release is not here.
    pub(in crate::pipeline) fn and_as_told(self, rule: &GateRule, blocking: &[String]) -> Found {
        let Found::Against(mut against, mut items) = self else { return self };
        let told = rule.against.iter().filter(|reason| reason.starts_with(ASKED));
        let told: Vec<&str> = told.map(|reason| reason.trim_end_matches('.')).collect();
        if !told.is_empty() {
            against.extend(told.into_iter().map(str::to_owned));
            items.extend(blocking.iter().cloned());
        }
        Found::Against(against, items)
    }

    /// The decision with the rule that compares.
    pub(in crate::pipeline) fn decide(self, config: &Config, from: &str, mut gate: Gate) -> Gate {
        let (against, items) = match self {
            Found::Nothing => return alone(config, gate),
            Found::Against(against, items) => (against, items),
        };
        let rule = format!("{RULE}{from}");
        let sentences = against.iter().map(|reason| format!("{reason}.")).collect();
        gate.rules.push(GateRule { rule, holds: against.is_empty(), against: sentences });
        for reason in &against {
            gate.reasons.push(format!("{reason}."));
            gate.sentence = match gate.result.as_str() {
                "no-go" => format!("{} {reason}.", gate.sentence),
                _ => format!("No-go. {reason}."),
            };
            "no-go".clone_into(&mut gate.result);
        }
        if !against.is_empty() {
            gate.blocking.extend(items);
            gate.blocking.sort();
            gate.blocking.dedup();
        }
        gate
    }
}

/// Whether an item is contradicted now, and of a release that was not recorded nobody knows whether
/// it was proven there.
fn was_unknown(diff: &Diff, change: &Change) -> bool {
    let contradicted = change.to.as_deref() == Some(Status::Contradicted.word());
    !diff.from.recorded && change.kind == Kind::Status && contradicted
}

/// A gate that asks for nothing else has nothing to decide by; another says what it did not ask.
fn alone(config: &Config, mut gate: Gate) -> Gate {
    let asks_more = config.gate.as_ref().is_some_and(|gate| {
        !(gate.fail_on_status.is_empty() && gate.fail_on_code.is_empty() && gate.require.is_empty())
            || gate.min_proven.is_some()
    });
    if !asks_more && gate.result == "go" {
        "none".clone_into(&mut gate.result);
        "There is no earlier release to compare with, and the gate asks for nothing else."
            .clone_into(&mut gate.sentence);
    } else {
        gate.sentence.push_str(" No earlier release is known here to compare with.");
    }
    gate
}
