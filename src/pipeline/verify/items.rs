//! Whether an item is told as it comes out. Where its answer rests on bytes that are not in the vault,
//! all else is compared, and the answer must follow from what is told of its requirements.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Rule, Status, Verdict};
use crate::policy::ShownPeople;
use crate::reconcile::Held;
use crate::snapshot::v1::{Evidence, History, Item, Requirement};

use super::verdicts::{Told, differing};

/// What is wrong with an item, and whether its answer was derived.
pub(super) fn faults(
    of: &Told<'_>,
    address: &str,
    told: &Item,
    again: &Item,
) -> (Vec<String>, bool) {
    match of.again.unheld.requirements(address) {
        None => (derived(of, address, told, again).into_iter().collect(), true),
        Some(held) => (taken(of, address, told, again, held), false),
    }
}

fn derived(of: &Told<'_>, address: &str, told: &Item, again: &Item) -> Option<String> {
    let answer = |of: &Item| (of.verdict, of.status, of.reason.clone(), of.rule.clone());
    if answer(told) != answer(again) {
        return Some(format!(
            "{address} is {} ({}) in snapshot.json, and comes out as {} ({}): {}",
            told.status.word(),
            told.verdict.word(),
            again.status.word(),
            again.verdict.word(),
            again.reason
        ));
    }
    let (told, again) = (known(of, told, again), known(of, again, again));
    let names = differing(&told, &again)?;
    Some(format!("{address} is told otherwise than it comes out: {names}."))
}

/// An item without what the witness does not hold: whole histories of items to which nothing is
/// bound, what was only proposed for them, and the names of people where none are shown.
fn known(of: &Told<'_>, item: &Item, again: &Item) -> Item {
    let mut item = item.clone();
    if again.requirement.is_none() {
        item.proposal = None;
        if of.recorded.histories.is_some() {
            item.history = None;
        }
    }
    if of.again.config.shown_people != ShownPeople::Names {
        item.history.iter_mut().for_each(|history| without_names(history));
    }
    item
}

fn without_names(history: &mut History) {
    let events = history.ticked.iter_mut().chain(&mut history.events);
    events.for_each(|of| Arc::make_mut(&mut of.by).author.clear());
    for said in &mut history.attestations {
        said.author.clear();
        said.email.clear();
    }
}

/// An item whose answer is taken as told.
fn taken(of: &Told<'_>, address: &str, told: &Item, again: &Item, held: &[Held]) -> Vec<String> {
    let bare = |item: &Item| without_answer(known(of, item, again));
    let mut faults = Vec::new();
    if let Some(names) = differing(&bare(told), &bare(again)) {
        faults.push(format!("{address} is told otherwise than it comes out: {names}."));
    }
    if !same_requirements(told, again, held) {
        faults.push(format!("{address} is told otherwise than it comes out: requirements."));
    }
    if !same_evidence(of, told, again) {
        faults.push(format!("{address} is told otherwise than it comes out: evidence."));
    }
    faults.extend(inconsistent(of, address, told));
    faults
}

fn without_answer(mut item: Item) -> Item {
    item.window.iter_mut().for_each(|window| window.state.clear());
    item.figures.iter_mut().for_each(|figure| {
        (figure.fact, figure.evidence) = (None, None);
        figure.verdict.clear();
    });
    Item {
        verdict: Verdict::Unbound,
        status: Status::Open,
        reason: "".into(),
        rule: None,
        next: None,
        requirement: None,
        requirements: Vec::new(),
        evidence: Vec::new(),
        valid_until: None,
        waiver: None,
        ..item
    }
}

/// Whether the same is asked of an item, and each requirement is answered as it comes out but for
/// those that are taken as told: of which a pass is believed only where there can be one.
fn same_requirements(told: &Item, again: &Item, held: &[Held]) -> bool {
    let asked = |of: &Requirement| Requirement {
        verdict: Verdict::Unbound,
        reason: String::new(),
        rule: None,
        read: Vec::new(),
        ..of.clone()
    };
    let mut left: Vec<(&Requirement, Held)> = again.asked().zip(held.iter().copied()).collect();
    let all = told.asked().all(|told| {
        let is_it = |(again, held): &(&Requirement, Held)| {
            let believed = match held {
                Held::All => false,
                Held::Part => true,
                Held::TooLittle => told.verdict != Verdict::Pass,
            };
            told == *again || believed && asked(told) == asked(again)
        };
        left.iter().position(is_it).map(|at| left.remove(at)).is_some()
    });
    all && left.is_empty()
}

/// Whether the same artifacts are told as evidence, each as what it is. One that is not in the vault
/// need not be among those that judging again could tell of.
fn same_evidence(of: &Told<'_>, told: &Item, again: &Item) -> bool {
    let artifacts = of.recorded.artifacts.iter();
    let withheld: BTreeSet<(&str, &str)> = artifacts
        .filter(|of| of.input.withheld.is_some())
        .map(|of| (of.input.path.as_str(), of.input.sha256.as_str()))
        .collect();
    let is_withheld =
        |of: &&Evidence| withheld.contains(&(of.artifact.as_str(), of.sha256.as_str()));
    let held = |item: &Item| {
        let held = item.evidence.iter().filter(|of| !is_withheld(of));
        let bare = held.map(|of| Evidence {
            verdict: Verdict::Unbound,
            reason: String::new(),
            rule: None,
            ..of.clone()
        });
        let mut bare: Vec<Evidence> = bare.collect();
        bare.sort_by(|a, b| (&a.artifact, &a.format).cmp(&(&b.artifact, &b.format)));
        bare
    };
    held(told) == held(again)
}

/// Where verdict and status do not follow from what is told of the requirements and the waiver.
fn inconsistent(of: &Told<'_>, address: &str, told: &Item) -> Option<String> {
    let worst = told.asked().map(|of| of.verdict).max().unwrap_or(Verdict::Unbound);
    let is_stale = worst == Verdict::Pass && of.again.stale_ticks.contains(address);
    let verdict = if is_stale { Verdict::Stale } else { worst };
    let rule = told.rule.as_deref() == Some(Rule::StaleTick.word());
    let deciding = told.requirement.as_ref().map(|of| of.verdict);
    let status = Status::of(told.claim, verdict);
    let holds = match &told.waiver {
        None => told.status == status,
        Some(waiver) => {
            let mut waivers = of.again.waivers.iter();
            told.status == Status::Waived
                && waiver.hides == status
                && status.can_be_waived()
                && waivers.any(|known| {
                    known.state != "expired"
                        && known.matches.iter().any(|of| of == address)
                        && (&known.by, &known.until, &known.reason)
                            == (&waiver.by, &waiver.until, &waiver.reason)
                        && (&known.requirement, &known.findings)
                            == (&waiver.requirement, &waiver.findings)
                        && (&known.package, &known.within) == (&waiver.package, &waiver.within)
                })
        }
    };
    let follows = holds && told.verdict == verdict && deciding == Some(worst) && rule == is_stale;
    (!follows).then(|| {
        format!(
            "{address} is {} ({}) in snapshot.json, which does not follow from what it tells of the \
             requirements.",
            told.status.word(),
            told.verdict.word()
        )
    })
}
