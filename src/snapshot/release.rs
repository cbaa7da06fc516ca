//! A snapshot as one release among others: its figures alone.

use crate::model::Status;

use super::Snapshot;
use super::v1::Release;

/// The figures of the release `name`, which `snapshot` records.
pub fn release(name: impl Into<String>, snapshot: &Snapshot) -> Release {
    let commit = snapshot.commit.as_ref();
    let (sets, gate) = (snapshot.summary.overall, &snapshot.summary.gate);
    let of = |status: Status| snapshot.summary.by_status.get(status.word()).copied().unwrap_or(0);
    Release {
        name: name.into(),
        commit: commit.map(|commit| commit.id.clone()),
        time: commit.map_or(&snapshot.judged_at, |commit| &commit.time).clone(),
        recorded: true,
        items: sets.items,
        applicable: sets.applicable,
        claimed: sets.claimed,
        proven: Some(sets.proven),
        both: Some(sets.both),
        contradicted: Some(of(Status::Contradicted)),
        stale: Some(of(Status::Stale)),
        gate: Some(gate.result.clone()),
    }
}
