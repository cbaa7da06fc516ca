//! What the comparison is told beside the two snapshots.

use std::collections::{BTreeMap, BTreeSet};

use crate::snapshot::Snapshot;

use super::v1;
use super::words::Shift;

/// What the two snapshots do not know of themselves.
pub struct Sides<'a> {
    /// The earlier one.
    pub from: Named,
    /// The later one.
    pub to: Named,
    /// Items that history followed through a rewording: earlier address (`PATH#ID`) → later.
    pub followed: BTreeMap<String, String>,
    /// Addresses (`PATH#ID`) of later items that today's evidence refutes by what was asked before.
    pub refuted: BTreeSet<String>,
    /// How the second condition differs from the first. Asked only where they differ by more than
    /// white space.
    pub compare: &'a dyn Fn(&str, &str) -> Shift,
    /// Whose address a digest is of, where that is known. Asked only of people who came or went.
    pub person: &'a dyn Fn(&str) -> Option<String>,
}

/// What a side is called, and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As it was asked for: a tag, a revision, a file.
    pub name: String,
    /// Whether its snapshot was recorded, or just judged with all its artifacts at hand; `false`
    /// where it was read from git's objects alone.
    pub recorded: bool,
    /// What is to be doubted of it, as clauses.
    pub doubts: Vec<String>,
}

impl Named {
    /// A recorded snapshot.
    pub fn recorded(name: impl Into<String>) -> Named {
        Named { name: name.into(), recorded: true, doubts: Vec::new() }
    }

    /// A revision read from git's objects.
    pub fn unrecorded(name: impl Into<String>) -> Named {
        Named { name: name.into(), recorded: false, doubts: Vec::new() }
    }
}

#[cfg(test)]
impl Sides<'static> {
    /// Two sides without a history, whose conditions are the same or changed.
    pub fn new(from: Named, to: Named) -> Sides<'static> {
        Sides {
            from,
            to,
            followed: BTreeMap::new(),
            refuted: BTreeSet::new(),
            compare: &|_, _| Shift::Changed,
            person: &|_| None,
        }
    }
}

/// A side as published.
pub(super) fn published(named: &Named, snapshot: &Snapshot) -> v1::Side {
    v1::Side {
        name: named.name.clone(),
        commit: snapshot.commit.as_ref().map(|commit| commit.id.clone()),
        recorded: named.recorded,
        time: snapshot.commit.as_ref().map(|commit| commit.time.clone()),
        judged_at: snapshot.judged_at.clone(),
        doubts: named.doubts.clone(),
    }
}
