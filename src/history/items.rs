//! What the history says of the items of a checklist as it stands now.

use std::sync::Arc;

use crate::model::{Attestation, Authorship, Change, Checklist, Claim, Event, ItemHistory, Tick};

use super::History;
use super::changes::changes;
use super::pairing::pair;
use super::trail::{FileState, Record, Trail, seen};
use super::version::Version;

impl History {
    /// The history of each item of `checklist`, in its order. `checklist` is the file as it is
    /// judged: at the commit that the history was read up to, or in the work tree above it.
    pub fn items(&self, checklist: &Checklist) -> Vec<ItemHistory> {
        let file = self.files.get(&checklist.path).map(Arc::as_ref);
        self.items_of(file, checklist, &|_| true)
    }

    /// The same where the commit has `file`, and what the commits say counts of which `is_said` holds.
    pub(super) fn items_of(
        &self,
        file: Option<&FileState>,
        checklist: &Checklist,
        is_said: &dyn Fn(&Authorship) -> bool,
    ) -> Vec<ItemHistory> {
        let Some(file) = file else {
            let new = ItemHistory { uncommitted: true, ..ItemHistory::default() };
            return vec![new; checklist.items.len()];
        };
        let now = Version::of(checklist);
        let pairs = pair(file.items(), &now.items);
        let told = changes(file.items(), &now.items, &pairs);
        let mut items = Vec::with_capacity(now.items.len());
        for ((item, before), told) in now.items.iter().zip(&pairs.old).zip(told) {
            items.push(match before {
                None => ItemHistory { uncommitted: true, ..ItemHistory::default() },
                Some(before) => {
                    let trail = &file.trails[*before];
                    let still = !told.contains(&Change::Ticked);
                    let mut said = self.said.get(&trail.item).cloned().unwrap_or_default();
                    said.sign_offs.extend(self.registered(trail.item));
                    said.sign_offs.sort_by_key(|said| said.by.time);
                    said.sign_offs.retain(|said| is_said(&said.by));
                    said.evidence_for.retain(|said| is_said(&said.by));
                    let ticked = (item.claim == Claim::Done && still).then(|| self.tick(trail));
                    ItemHistory {
                        events: trail.records.iter().filter_map(|at| self.event(*at)).collect(),
                        ticked: ticked.flatten(),
                        sign_offs: said.sign_offs,
                        evidence_for: said.evidence_for,
                        truncated: trail.truncated,
                        uncommitted: !told.is_empty(),
                    }
                }
            });
        }
        items
    }

    /// What entries of files say of the item with that number.
    fn registered(&self, item: usize) -> impl Iterator<Item = Attestation> {
        self.held.iter().flat_map(move |held| {
            let words = held.words.iter().filter(move |word| word.item == item);
            words.map(|word| Attestation {
                entry: Some((self.paths[held.path].to_string(), held.entry.clone())),
                ..word.attestation.clone()
            })
        })
    }

    /// The tick that the newest record of the box is, if it is one.
    fn tick(&self, trail: &Trail) -> Option<Tick> {
        let of_box = |at: &&usize| match self.records[**at].change {
            Some(Change::Added | Change::Ticked | Change::Unticked) => true,
            Some(Change::Moved | Change::Reworded | Change::Removed) | None => false,
        };
        let at = trail.records.iter().rev().find(of_box)?;
        let Record { claim, revision, .. } = &self.records[*at];
        let by = &self.revisions[*revision];
        let written = match by.authored {
            None => Some(&self.records[*at]),
            // A rebase may have put the tick on words that came later than it.
            Some(authored) => {
                let of = |record: &Record| Some(self.revisions[record.revision].written());
                seen(trail.records.iter().map(|at| &self.records[*at]), of, authored)
            }
        };
        let written = written.map(|record| &record.written);
        let event = self.event(*at).filter(|_| *claim == Claim::Done)?;
        Some(Tick {
            event,
            // Who ticked what was not there yet ticked other words, whatever they were.
            meaning: written.map(|of| of.meaning.to_string()).unwrap_or_default(),
            thresholds: written.map(|of| of.thresholds().to_vec()).unwrap_or_default(),
            context: Some(written.map(|of| of.context()).unwrap_or_default()),
            edition: None,
        })
    }

    /// The event that a record is, if it is one of its item.
    pub(super) fn event(&self, at: usize) -> Option<Event> {
        let Record { revision, change, written, claim } = &self.records[at];
        Some(Event {
            by: Arc::clone(&self.revisions[*revision]),
            change: (*change)?,
            text: Arc::clone(&written.text),
            claim: *claim,
        })
    }
}
