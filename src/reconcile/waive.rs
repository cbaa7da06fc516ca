//! Dated exceptions: what they hide, and which have no effect.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Age, Code, Documents, ItemIndex, PerItem, Problem, Status, listed};
use crate::policy::{Selector, Waiver};

use super::bind::selects;
use super::case::{Case, WaiverIndex};
use super::ruling::{JudgedItem, capitalised};
use super::scoped_waivers::{Without, is_scoped};

/// How long before its end a waiver is warned of.
const NOTICE: Age = Age::days(14);

/// What became of one waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedWaiver {
    /// The waiver.
    pub waiver: WaiverIndex,
    /// Where it stands.
    pub state: WaiverState,
    /// The items it matches.
    pub matches: Vec<ItemIndex>,
    /// Those whose status it changes.
    pub hides: Vec<ItemIndex>,
}

/// Where a waiver stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverState {
    /// It holds.
    InForce,
    /// It holds, and ends within two weeks.
    Expiring,
    /// It has ended.
    Expired,
    /// It matches nothing, or hides nothing.
    Unused,
}

impl WaiverState {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            WaiverState::InForce => "in-force",
            WaiverState::Expiring => "expiring",
            WaiverState::Expired => "expired",
            WaiverState::Unused => "unused",
        }
    }
}

/// Applies every waiver in force to `judged`, and tells of the others.
pub(super) fn apply(
    case: &Case,
    without: &BTreeMap<ItemIndex, Without>,
    judged: &mut PerItem<JudgedItem>,
    problems: &mut Vec<Problem>,
) -> Vec<JudgedWaiver> {
    let (documents, clock) = (&case.documents, case.clock);
    let mut ledger = Vec::with_capacity(case.waivers.len());
    let mut hidden: BTreeSet<ItemIndex> = BTreeSet::new();
    for (index, waiver) in case.numbered_waivers() {
        let matches = matching(waiver, documents);
        let expired = waiver.until < clock;
        let scoped = is_scoped(waiver);
        let mut hides = Vec::new();
        let mut concerned = false;
        for &at in &matches {
            let part = without.get(&at).filter(|part| part.waivers.contains(&index));
            concerned |= part.is_some();
            let enough = !scoped || part.is_some_and(|part| part.passes);
            let judged = &mut judged[at];
            if expired || !enough {
                continue;
            }
            if judged.status.can_be_waived() {
                hide(judged, index, waiver);
                hides.push(at);
                hidden.insert(at);
            } else if scoped && hidden.contains(&at) {
                // Several waivers together let it pass: each has its part, and the first to end
                // ends that.
                share(judged, index, case);
                hides.push(at);
            }
        }
        let of_use = !hides.is_empty() || concerned;
        let state = match (expired, !of_use) {
            (true, _) => WaiverState::Expired,
            (false, true) => WaiverState::Unused,
            (false, false) if waiver.until.since(clock) < NOTICE => WaiverState::Expiring,
            (false, false) => WaiverState::InForce,
        };
        problems.extend(problem(waiver, state, &matches, documents));
        ledger.push(JudgedWaiver { waiver: index, state, matches, hides });
    }
    for (&at, part) in without {
        if !part.passes && judged[at].waiver.is_none() {
            tell_of_a_part(&mut judged[at], part, case);
        }
    }
    ledger
}

/// Says of an item that what is waived is a part of what it fails by.
fn tell_of_a_part(judged: &mut JudgedItem, part: &Without, case: &Case) {
    let findings: BTreeSet<&str> = part
        .waivers
        .iter()
        .flat_map(|&at| case.waiver(at).findings.iter().map(String::as_str))
        .collect();
    if !findings.is_empty() {
        let findings = listed(&findings.into_iter().collect::<Vec<_>>(), 4);
        judged.reason =
            format!("{} The waiver of {findings} alone does not let it pass.", judged.reason)
                .into();
    }
}

fn matching(waiver: &Waiver, documents: &Documents) -> Vec<ItemIndex> {
    let items = documents.items();
    items.filter(|of| selects(&waiver.items, &of.checklist.path, of.item)).map(|of| of.at).collect()
}

/// Lets the waiver that ends first stand for an item that several hide together.
fn share(judged: &mut JudgedItem, index: WaiverIndex, case: &Case) {
    if let Some((first, _)) = &mut judged.waiver
        && case.waiver(index).until < case.waiver(*first).until
    {
        *first = index;
    }
}

fn hide(judged: &mut JudgedItem, index: WaiverIndex, waiver: &Waiver) {
    let reason = format!(
        "{} by {} until {}: \"{}\". Without that it is {}. {}",
        waived(waiver),
        waiver.by,
        waiver.until.date(),
        waiver.reason,
        judged.status.phrase(),
        alone(&judged.reason)
    );
    judged.reason = reason.into();
    judged.waiver = Some((index, judged.status));
    judged.status = Status::Waived;
    judged.next = None;
}

/// What is waived, as the sentence begins.
fn waived(waiver: &Waiver) -> String {
    match (&waiver.requirement, waiver.findings.as_slice()) {
        (Some(name), []) => format!("Requirement {name} waived"),
        (Some(name), findings) => {
            format!("Requirement {name} and {}{} waived", listed(findings, 4), waiver.within())
        }
        (None, []) => "Waived".to_owned(),
        (None, findings) => format!("{}{} waived", listed(findings, 4), waiver.within()),
    }
}

/// A reason without what the box makes of it, which the status has said.
fn alone(reason: &str) -> String {
    match reason.strip_prefix("Ticked, but ") {
        Some(clause) => capitalised(clause),
        None => reason.strip_prefix("Ticked. ").unwrap_or(reason).to_owned(),
    }
}

fn problem(
    waiver: &Waiver,
    state: WaiverState,
    matches: &[ItemIndex],
    documents: &Documents,
) -> Option<Problem> {
    let what = written(&waiver.items);
    let problem = |code, message: String| Problem::new(code, waiver.place.clone(), message);
    let problem = match state {
        WaiverState::InForce => return None,
        WaiverState::Expiring => problem(
            Code::WaiverExpiring,
            format!("The waiver of {what} by {} ends {}.", waiver.by, waiver.until.date()),
        ),
        WaiverState::Expired => problem(
            Code::WaiverExpired,
            format!("The waiver of {what} ended on {}. Since then it counts.", waiver.until.date()),
        )
        .hint("Mend the item, or agree on a new date with a reason."),
        WaiverState::Unused if matches.is_empty() => {
            let nearest = nearest(&what, documents);
            let problem = problem(Code::WaiverUnused, format!("{what} matches no item."));
            match nearest {
                Some(nearest) => problem.hint(format!("Nearest: {nearest}.")),
                None => problem,
            }
        }
        WaiverState::Unused if !waiver.findings.is_empty() => problem(
            Code::WaiverUnused,
            format!(
                "The waiver of {}{} for {what} hides nothing: nothing there fails by it.",
                listed(&waiver.findings, 4),
                waiver.within()
            ),
        )
        .hint("Take it out, or write the rule as the tool does: `trueup inspect FILE` shows it."),
        WaiverState::Unused => problem(
            Code::WaiverUnused,
            format!("The waiver of {what} hides nothing: what it matches needs no exception."),
        )
        .hint("Take it out."),
    };
    Some(match matches {
        [only] => problem.of_item(documents.item(*only).item.id.clone()),
        _ => problem,
    })
}

fn written(selector: &Selector) -> String {
    match selector {
        Selector::Glob { item, .. } => item.to_string(),
        Selector::Beside { item, .. } => item.clone(),
    }
}

/// The address most like `wanted`, if any is like it.
pub fn nearest(wanted: &str, documents: &Documents) -> Option<String> {
    let addresses = documents.items().map(|of| of.item.address());
    crate::model::nearest_address(wanted, addresses)
}
