//! What the gate's comparing came to: reasons, the items behind them, and which release was asked what.

use std::collections::BTreeSet;

use crate::diff::v1::Change;
use crate::diff::{Diff, Kind};
use crate::model::{counted, listed, plural};
use crate::policy::Config;
use crate::snapshot::v1::{Gate, GateRule};

use super::of_run::Compared;

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

/// How it is told that another release was compared with; the newest one stands before.
const UNRECORDED: &str = " was not recorded";

/// What comparing came to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pipeline) enum Found {
    /// There is no earlier release that could have been better.
    Nothing,
    /// Something was compared with.
    Compared {
        /// What got worse, as reasons without their full stops.
        against: Vec<String>,
        /// The addresses of the items.
        items: Vec<String>,
        /// Which release was compared with which, where it is not the newest alone, as a sentence.
        by: Option<String>,
    },
}

/// Whether this is a reason that the rule gives.
pub(in crate::pipeline) fn is_reason(sentence: &str) -> bool {
    let begins = [UNSAID, LESS, ASKED];
    begins.iter().any(|begin| sentence.starts_with(begin)) || sentence.contains(WORSE)
}

/// Whether this tells that another release was compared with.
pub(in crate::pipeline) fn is_of_another(sentence: &str) -> bool {
    sentence.contains(UNRECORDED)
}

impl Found {
    /// Nothing can be said, for the reason `why`.
    pub(super) fn unsaid(why: &str) -> Found {
        Found::told(vec![format!("{UNSAID} {why}")], Vec::new(), None)
    }

    /// What is told of it.
    pub(in crate::pipeline) fn told(
        against: Vec<String>,
        items: Vec<String>,
        by: Option<String>,
    ) -> Found {
        Found::Compared { against, items, by }
    }

    /// What got worse by a comparison.
    pub(super) fn of_compared(of: Compared) -> Found {
        if !of.forbidding.is_empty() {
            return Found::unsaid(&of.forbidding.join("; "));
        }
        Found::of(&of.diff).and_by_what_was_asked(&of.diff, &of.refuted)
    }

    /// What got worse by a difference.
    pub(in crate::pipeline) fn of(diff: &Diff) -> Found {
        let weaker = diff.policy.iter().filter(|change| change.weakening);
        let weaker: Vec<&str> = weaker.map(|change| change.what.as_str()).collect();
        let found = Found::told(Vec::new(), Vec::new(), None);
        let found = match weaker.is_empty() {
            true => found,
            false => {
                let reason = format!("{LESS}{}: {}", diff.from.name, listed(&weaker, NAMED));
                found.and(reason, Vec::new())
            }
        };
        let is_worse = |change: &&Change| diff.is_for_the_worse(change);
        found.and_worse(diff, diff.changes.iter().filter(is_worse).collect())
    }

    /// With what an earlier release had proven and is proven no more.
    pub(super) fn and_of_proven(self, earlier: Compared) -> Found {
        let Compared { diff, refuted, forbidding, .. } = earlier;
        if !forbidding.is_empty() {
            return self.and(format!("{UNSAID} {}", forbidding.join("; ")), Vec::new());
        }
        let known: BTreeSet<String> = self.items().iter().cloned().collect();
        let is_new = |address: &String| !known.contains(address);
        let is_worse = |change: &&Change| {
            let of_proof = matches!(change.kind, Kind::Status | Kind::Evidence);
            change.regression && of_proof && is_new(&address(change))
        };
        let worse = diff.changes.iter().filter(is_worse).collect();
        let refuted = refuted.into_iter().filter(is_new).collect();
        self.and_worse(&diff, worse).and_by_what_was_asked(&diff, &refuted)
    }

    /// With what was proven when the judged state itself was recorded and is proven no more.
    pub(super) fn and_of_own(self, own: Compared) -> Found {
        let is_alone = self == Found::Nothing;
        let found = if is_alone { Found::told(Vec::new(), Vec::new(), None) } else { self };
        match found.and_of_proven(own) {
            Found::Compared { against, .. } if is_alone && against.is_empty() => Found::Nothing,
            found => found,
        }
    }

    /// With the sentence that the release `newest` was not recorded, and that what was proven was held
    /// against `recorded`, if any was. Its record may have been `missed`: it lies on another branch.
    pub(super) fn by_another(
        self,
        newest: &str,
        recorded: Option<&str>,
        missed: Option<(String, bool)>,
    ) -> Found {
        let here = if missed.is_some() { " here" } else { "" };
        let sentence = match recorded {
            Some(name) => {
                format!("{newest}{UNRECORDED}{here}: what was proven is compared with {name}.")
            }
            None => format!(
                "{newest}{UNRECORDED}{here}, nor any release before it: only what was claimed is compared."
            ),
        };
        // A branch that left before the release may hold what was proven against an earlier one.
        let unsaid = missed.filter(|(_, on_line)| *on_line || recorded.is_none());
        let found = match unsaid {
            Some((why, _)) => self.and(format!("{UNSAID} {why}"), Vec::new()),
            None => self,
        };
        match found {
            Found::Compared { against, items, .. } => Found::told(against, items, Some(sentence)),
            Found::Nothing => Found::Nothing,
        }
    }

    /// With what is told that was judged by what is not here: by what was asked before, and with an
    /// earlier release that was recorded.
    pub(in crate::pipeline) fn and_as_told(self, rule: &GateRule, blocking: &[String]) -> Found {
        let Found::Compared { mut against, mut items, .. } = self else { return self };
        let told = rule.against.iter().map(|reason| reason.trim_end_matches('.'));
        let is_more = |reason: &&str| {
            reason.starts_with(ASKED) || reason.starts_with(UNSAID) || reason.contains(WORSE)
        };
        let told = told.filter(is_more);
        let told: Vec<String> = told
            .filter(|reason| !against.iter().any(|own| own == reason))
            .map(str::to_owned)
            .collect();
        if !told.is_empty() {
            against.extend(told);
            items.extend(blocking.iter().cloned());
        }
        Found::told(against, items, rule.compared.clone())
    }

    /// The decision with the rule that compares.
    pub(in crate::pipeline) fn decide(self, config: &Config, from: &str, mut gate: Gate) -> Gate {
        let Found::Compared { against, items, by } = self else { return alone(config, gate) };
        let rule = format!("{RULE}{from}");
        let sentences = against.iter().map(|reason| format!("{reason}.")).collect();
        let holds = against.is_empty();
        gate.rules.push(GateRule { rule, holds, against: sentences, compared: by.clone() });
        for reason in &against {
            gate.reasons.push(format!("{reason}."));
            gate.sentence = match gate.result.as_str() {
                "no-go" => format!("{} {reason}.", gate.sentence),
                _ => format!("No-go. {reason}."),
            };
            "no-go".clone_into(&mut gate.result);
        }
        if let Some(by) = by {
            gate.sentence = format!("{} {by}", gate.sentence);
        }
        if !holds {
            gate.blocking.extend(items);
            gate.blocking.sort();
            gate.blocking.dedup();
        }
        gate
    }

    fn items(&self) -> &[String] {
        match self {
            Found::Compared { items, .. } => items,
            Found::Nothing => &[],
        }
    }

    /// With one more reason, and the items behind it.
    fn and(self, reason: String, of: Vec<String>) -> Found {
        let Found::Compared { mut against, mut items, by } = self else { return self };
        against.push(reason);
        items.extend(of);
        items.sort();
        items.dedup();
        Found::told(against, items, by)
    }

    /// With the changes that are for the worse, if there are any.
    fn and_worse(self, diff: &Diff, worse: Vec<&Change>) -> Found {
        if worse.is_empty() {
            return self;
        }
        let items: BTreeSet<String> = worse.iter().map(|change| address(change)).collect();
        let count = items.len() as u64;
        let mut texts: Vec<&str> = worse.iter().map(|change| change.text.as_str()).collect();
        texts.dedup();
        let reason = format!(
            "{} {}{WORSE}{}: {}",
            counted(count, "item"),
            plural(count, "is"),
            diff.from.name,
            listed(&texts, NAMED)
        );
        self.and(reason, items.into_iter().collect())
    }

    /// With the items that are `refuted` by what was asked before.
    fn and_by_what_was_asked(self, diff: &Diff, refuted: &BTreeSet<String>) -> Found {
        if refuted.is_empty() {
            return self;
        }
        let rows = diff.changes.iter().filter(|of| of.kind == Kind::Requirement);
        let rows = rows.filter(|of| refuted.contains(&address(of)));
        let texts: Vec<&str> = rows.map(|change| change.text.as_str()).collect();
        let reason = format!(
            "{ASKED}{} {} would be failing: {}",
            diff.from.name,
            counted(refuted.len() as u64, "item"),
            listed(&texts, NAMED)
        );
        self.and(reason, refuted.iter().cloned().collect())
    }
}

fn address(change: &Change) -> String {
    format!("{}#{}", change.checklist, change.item)
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
