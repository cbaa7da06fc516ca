//! Which items the trailers of commit messages speak of.
//!
//! A trailer means the items as its own commit had them: its ids are looked up in the checklists of
//! that commit, and the items found are followed from there on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{Attestation, Checklist, Glob, SIGNED_OFF_FOR, Trailer};
use crate::sources::git::GitError;
use crate::sources::git::history::{FileHistory, Spoken};

use super::trace::Row;
use super::trail::FileState;
use super::versions::Versions;

/// What was said of one item, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) sign_offs: Vec<Attestation>,
    pub(super) evidence_for: Vec<Attestation>,
}

/// What was said of every item, and what means no item.
#[derive(Debug, Default)]
pub(super) struct Attested {
    /// By the number of the item's trail.
    pub(super) items: BTreeMap<usize, Said>,
    /// Trailers that mean no item of their commit.
    pub(super) lost: Vec<Trailer>,
}

/// The revisions whose state must be kept to look trailers up.
pub(super) fn revisions(walked: &FileHistory) -> BTreeSet<usize> {
    walked.trailers.iter().filter_map(|spoken| spoken.revision).collect()
}

/// Looks every trailer up in what its commit holds.
pub(super) fn attested(
    walked: &FileHistory,
    states: &BTreeMap<usize, Row>,
    versions: &mut Versions<'_>,
) -> Result<Attested, GitError> {
    let mut attested = Attested::default();
    for Spoken { trailer, revision } in &walked.trailers {
        let globs: Vec<Glob> = trailer
            .value
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .filter_map(|name| Glob::new(name).ok())
            .collect();
        let mut met = false;
        let row = revision.and_then(|at| states.get(&at)).into_iter().flatten().enumerate();
        for (path, state) in row.filter_map(|(path, state)| Some((path, state.as_ref()?))) {
            let Some(blob) = state.blob else { continue };
            let Some(then) = versions.whole(&walked.paths[path], blob)? else { continue };
            met |= attested.add(trailer, &globs, state, &then);
        }
        if !met {
            attested.lost.push(trailer.clone());
        }
    }
    Ok(attested)
}

impl Attested {
    /// Adds the trailer to the items of one file that it means; whether it means any.
    fn add(
        &mut self,
        trailer: &Trailer,
        globs: &[Glob],
        state: &FileState,
        then: &Checklist,
    ) -> bool {
        let mut met = false;
        for (item, trail) in then.items.iter().zip(&state.trails) {
            if !globs.iter().any(|glob| glob.matches(&item.id) || glob.matches(item.address())) {
                continue;
            }
            met = true;
            let said = self.items.entry(trail.item).or_default();
            let list = match trailer.key == SIGNED_OFF_FOR {
                true => &mut said.sign_offs,
                false => &mut said.evidence_for,
            };
            list.push(Attestation {
                by: Arc::clone(&trailer.by),
                written: trailer.value.clone(),
                text: Arc::from(item.text.as_str()),
                meaning: item.meaning.clone(),
                thresholds: item.thresholds.clone(),
            });
        }
        met
    }
}
