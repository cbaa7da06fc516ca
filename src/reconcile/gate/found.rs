//! What the rules of a gate find against a go, and the sentence that it comes to.

use std::collections::BTreeSet;

use crate::model::{Code, Documents, ItemIndex, PerItem, Problem, Status, counted, plural};
use crate::policy::{Gate, Required};
use crate::reconcile::ruling::{JudgedItem, WindowState};

use super::meant::asks_for;
use super::written::said;
use super::{Decision, HeldRule, Result};

/// What the rules found against a go, and what they counted.
#[derive(Default)]
pub(super) struct Found {
    reasons: Vec<String>,
    blocking: Vec<ItemIndex>,
    required: usize,
    /// Items that are required once their time window is over.
    awaited: BTreeSet<ItemIndex>,
    rules: Vec<HeldRule>,
    /// How many of the reasons belong to those rules.
    told: usize,
}

impl Found {
    /// Whether all that the gate asks for is required of items in time windows to come.
    pub(super) fn asks_later_alone(&self, gate: &Gate) -> bool {
        let asks_now = !gate.fail_on_status.is_empty() || gate.min_proven.is_some();
        self.required == 0 && !self.awaited.is_empty() && !asks_now && self.reasons.is_empty()
    }

    /// Ends a rule: the reasons since the last one are against it.
    pub(super) fn held(&mut self, rule: String) {
        let against = self.reasons.iter().skip(self.told).map(|reason| format!("{reason}."));
        self.rules.push(HeldRule { rule, against: against.collect() });
        self.told = self.reasons.len();
    }

    pub(super) fn by_status(&mut self, status: Status, judged: &PerItem<JudgedItem>) {
        let at: Vec<ItemIndex> = judged
            .iter()
            .filter(|(_, item)| item.status == status && counts(item))
            .map(|(at, _)| at)
            .collect();
        if at.is_empty() {
            return;
        }
        let count = at.len() as u64;
        self.reasons.push(match status {
            Status::Contradicted => format!(
                "{} {} contradicted by {} evidence",
                counted(count, "ticked item"),
                plural(count, "is"),
                if count == 1 { "its" } else { "their" }
            ),
            other => {
                format!("{} {} {}", counted(count, "item"), plural(count, "is"), other.phrase())
            }
        });
        self.blocking.extend(at);
    }

    pub(super) fn by_code(
        &mut self,
        code: Code,
        problems: &[Problem],
        judged: &PerItem<JudgedItem>,
    ) {
        if code == Code::Overdue {
            let at: Vec<ItemIndex> = judged
                .iter()
                .filter(|(_, item)| {
                    item.window.as_ref().is_some_and(|of| of.state == WindowState::Overdue)
                })
                .map(|(at, _)| at)
                .collect();
            if !at.is_empty() {
                let count = at.len() as u64;
                self.reasons.push(format!(
                    "{} {} overdue",
                    counted(count, "item"),
                    plural(count, "is")
                ));
                self.blocking.extend(at);
            }
            return;
        }
        let count = problems.iter().filter(|problem| problem.code == code).count() as u64;
        if count == 0 {
            return;
        }
        self.reasons.push(match code {
            Code::WaiverExpired => {
                format!("{} {} expired", counted(count, "waiver"), plural(count, "has"))
            }
            Code::ChecklistLeft => format!(
                "{} {} moved to where `checklists` does not look",
                counted(count, "checklist"),
                if count == 1 { "was" } else { "were" }
            ),
            other => format!("{} of `{}`", counted(count, "problem"), other.word()),
        });
    }

    pub(super) fn by_requirement(
        &mut self,
        required: &Required,
        documents: &Documents,
        judged: &PerItem<JudgedItem>,
    ) {
        let mut missing = 0;
        let mut applicable = false;
        for of in documents.items() {
            let judged = &judged[of.at];
            let asked =
                asks_for(required, of.checklist, of.item) && judged.status != Status::NotApplicable;
            applicable |= asked;
            if !asked {
                continue;
            }
            if required.status.contains(&judged.status) {
                self.required += 1;
            } else if counts(judged) {
                self.required += 1;
                missing += 1;
                self.blocking.push(of.at);
            } else {
                self.awaited.insert(of.at);
            }
        }
        if !applicable {
            let items = said(required);
            self.reasons.push(format!("0 items of {items} are applicable, so none of them holds"));
        }
        if missing > 0 {
            let words: Vec<&str> = required.status.iter().map(|status| status.phrase()).collect();
            self.reasons.push(format!(
                "{} of {} {} not {}",
                counted(missing, "required item"),
                said(required),
                plural(missing, "is"),
                words.join(" or ")
            ));
        }
    }

    /// The share of applicable items that are verified or ready; windows that are not overdue do not
    /// count.
    pub(super) fn by_share(&mut self, least: f64, judged: &PerItem<JudgedItem>) {
        let applicable = |item: &JudgedItem| item.status != Status::NotApplicable && counts(item);
        let proven = |item: &JudgedItem| matches!(item.status, Status::Verified | Status::Ready);
        let all = judged.iter().filter(|(_, item)| applicable(item)).count();
        let held = judged.iter().filter(|(_, item)| applicable(item) && proven(item)).count();
        if all == 0 {
            self.reasons.push(format!("0 items are applicable, so {least} % are not proven"));
            return;
        }
        let share = held as f64 * 100.0 / all as f64;
        if share < least {
            // Rounded down: 79.96 % are not 80 %.
            let share = (share * 10.0).floor() / 10.0;
            self.reasons.push(format!(
                "{share} % of the applicable items are proven, and {least} % are asked for"
            ));
        }
    }

    pub(super) fn decision(
        mut self,
        judged: &PerItem<JudgedItem>,
        problems: &[Problem],
    ) -> Decision {
        self.blocking.sort_unstable();
        self.blocking.dedup();
        let result = if self.reasons.is_empty() { Result::Go } else { Result::NoGo };
        let waived = judged.iter().filter(|(_, item)| item.waiver.is_some()).count() as u64;
        let sentence = match result {
            Result::NoGo => format!("No-go. {}.", crate::model::listed(&self.reasons, 6)),
            _ if waived > 0 => format!("Go, with {}.", counted(waived, "exception")),
            _ if self.required == 1 => "Go. The one required item holds.".to_owned(),
            _ if self.required > 0 => {
                let count = self.required as u64;
                format!("Go. All {} hold.", counted(count, "required item"))
            }
            _ => "Go. Nothing that the gate asks for stands in the way.".to_owned(),
        };
        let asides = match result {
            Result::Go => asides(judged, problems, &self.awaited),
            Result::NoGo | Result::None => Vec::new(),
        };
        let sentence = [vec![sentence], asides].concat().join(" ");
        Decision {
            result,
            reasons: self.reasons.iter().map(|reason| format!("{reason}.")).collect(),
            sentence,
            blocking: self.blocking,
            rules: self.rules,
        }
    }
}

/// An item in a time window after the deployment stops nothing before it is overdue.
fn counts(item: &JudgedItem) -> bool {
    item.window.as_ref().is_none_or(|window| window.before || window.state == WindowState::Overdue)
}

/// Whether it is ticked, and what it is bound to does not prove it.
fn is_unproven(item: &JudgedItem) -> bool {
    let stands = [Status::Contradicted, Status::Stale, Status::Unproven];
    counts(item) && !item.requirements.is_empty() && stands.contains(&item.status)
}

/// Whether an item would stand in the way, were its time window over.
fn would_count(item: &JudgedItem) -> bool {
    let stands = [Status::Contradicted, Status::Failing, Status::Stale, Status::Unproven];
    !counts(item) && stands.contains(&item.status)
}

/// What a go does not say, for the gate does not ask it.
fn asides(
    judged: &PerItem<JudgedItem>,
    problems: &[Problem],
    awaited: &BTreeSet<ItemIndex>,
) -> Vec<String> {
    let later = judged.iter().filter(|(_, item)| would_count(item)).map(|(at, _)| at);
    let later: BTreeSet<ItemIndex> = later.chain(awaited.iter().copied()).collect();
    let count =
        |of: fn(&JudgedItem) -> bool| judged.iter().filter(|(_, item)| of(item)).count() as u64;
    let mut asides = Vec::new();
    let unproven = count(is_unproven);
    if unproven > 0 {
        let (items, verb) = (counted(unproven, "ticked item"), plural(unproven, "is"));
        asides.push(format!(
            "{items} with a requirement {verb} not proven, which the gate does not ask for."
        ));
    }
    match problems.iter().filter(|of| of.code == Code::BoxMalformed).count() as u64 {
        0 => {}
        1 => asides.push("1 line looks like a box and is none.".to_owned()),
        lines => asides.push(format!("{} look like boxes and are none.", counted(lines, "line"))),
    }
    match later.len() {
        0 => {}
        1 => asides.push("1 item in a time window does not count yet.".to_owned()),
        items => asides.push(format!("{items} items in time windows do not count yet.")),
    }
    asides
}
