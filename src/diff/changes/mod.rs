//! The rows of a diff: at most one of a kind an item.

mod claim;
mod due;
mod evidence;
mod existence;
mod facts;
mod priority;
mod reach;
mod status;
mod waiver;
mod wording;

use std::collections::BTreeMap;

use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Artifact, Waiver};

use super::pairing::{Located, Pair, Pairing};
use super::requirement;
use super::sides::Sides;
use super::v1::Change;
use super::words::{Detail, Kind};

/// What a row is made from beside its item.
pub(super) struct Context<'a> {
    pub(super) sides: &'a Sides<'a>,
    from: Ledger<'a>,
    to: Ledger<'a>,
    /// What the gate of the earlier side asks, rule by rule.
    gate: &'a [String],
    /// `[defaults] max-age` of both sides.
    ages: (Option<&'a str>, Option<&'a str>),
    /// Whether both sides are of one commit.
    same_commit: bool,
}

/// One snapshot's artifacts by path, and waivers by the address of what they match.
struct Ledger<'a> {
    artifacts: BTreeMap<&'a str, &'a Artifact>,
    waivers: BTreeMap<&'a str, Vec<&'a Waiver>>,
}

impl<'a> Ledger<'a> {
    fn of(snapshot: &'a Snapshot) -> Ledger<'a> {
        let mut waivers: BTreeMap<&str, Vec<&Waiver>> = BTreeMap::new();
        for waiver in &snapshot.waivers {
            for address in &waiver.matches {
                waivers.entry(address).or_default().push(waiver);
            }
        }
        let artifacts =
            snapshot.artifacts.iter().map(|artifact| (artifact.path.as_str(), artifact));
        Ledger { artifacts: artifacts.collect(), waivers }
    }

    /// The waivers that match an item.
    fn waivers(&self, at: &Located<'_>) -> &[&'a Waiver] {
        self.waivers.get(at.address().as_str()).map_or(&[], Vec::as_slice)
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(from: &'a Snapshot, to: &'a Snapshot, sides: &'a Sides<'a>) -> Context<'a> {
        let gate = from.policy.as_ref().map_or(&[][..], |policy| &policy.gate);
        let commit = |of: &'a Snapshot| of.commit.as_ref().map(|commit| &commit.id);
        let same_commit = commit(from).is_some() && commit(from) == commit(to);
        let age = |of: &'a Snapshot| of.policy.as_ref()?.max_age.as_deref();
        let ages = (age(from), age(to));
        Context { sides, from: Ledger::of(from), to: Ledger::of(to), gate, ages, same_commit }
    }
}

/// Every row, regressions first, then by checklist and line.
pub(super) fn rows(context: &Context<'_>, pairing: &Pairing<'_>) -> Vec<Change> {
    let mut rows = Vec::new();
    for pair in &pairing.pairs {
        rows.extend(status::change(context, pair));
        rows.extend(claim::change(context, pair));
        rows.extend(requirement::change(context.sides, context.ages, pair));
        rows.extend(waiver::change(context, Some(&pair.from), Some(&pair.to)));
        rows.extend(evidence::change(context, pair));
        rows.extend(priority::lowered(context, pair).or_else(|| wording::reworded(pair)));
        rows.extend(wording::moved(pair));
    }
    for gone in &pairing.removed {
        rows.push(existence::removed(gone));
        rows.extend(waiver::change(context, Some(gone), None));
    }
    for new in &pairing.added {
        rows.push(existence::added(new));
        rows.extend(waiver::change(context, None, Some(new)));
    }
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    rows
}

fn order(row: &Change) -> (bool, &str, usize, &str, Kind) {
    (!row.regression, &row.checklist, row.line, &row.item, row.kind)
}

/// A row of an item that says nothing yet.
pub(super) fn row(at: &Located<'_>, kind: Kind, detail: Detail) -> Change {
    Change {
        checklist: at.path.to_owned(),
        item: at.item.id.clone(),
        text: at.item.text.clone(),
        kind,
        detail,
        from: None,
        to: None,
        regression: false,
        weakening: false,
        why: String::new(),
        section: at.item.section.to_vec(),
        line: at.item.line,
        was: None,
        place: None,
        artifacts: Vec::new(),
        facts: Vec::new(),
    }
}

/// A row of an item that both sides have.
pub(super) fn row_of(pair: &Pair<'_>, kind: Kind, detail: Detail) -> Change {
    let (was, is) = (pair.from.address(), pair.to.address());
    Change { was: (was != is).then_some(was), ..row(&pair.to, kind, detail) }
}

/// `trueup.toml:44`.
pub(super) fn written_at(path: &str, line: Option<usize>) -> String {
    line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}
