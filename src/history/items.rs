//! What the history says of the items of a checklist as it stands now.

use std::sync::Arc;

use crate::model::{
    Attestation, Authorship, Change, Checklist, Claim, Event, Item, ItemHistory, Tick,
    context_change, means_still,
};

use super::History;
use super::changes::changes;
use super::pairing::pair;
use super::trail::{FileState, Record, Trail, seen};
use super::version::Version;

impl History {
    /// The history of each item of `checklist`, in its order. `checklist` is the file as it is
    /// judged: at the commit that the history was read up to, or in the work tree above it.
    pub fn items(&self, checklist: &Checklist) -> Vec<ItemHistory> {
        self.items_as(&checklist.path, checklist)
    }

    /// The same where that commit calls the file `name`: the work tree has renamed it since.
    pub fn items_as(&self, name: &str, checklist: &Checklist) -> Vec<ItemHistory> {
        let file = self.files.get(name).map(Arc::as_ref);
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
        let placed = now.items.iter().zip(&checklist.items);
        for (((item, item_now), before), told) in placed.zip(&pairs.old).zip(told) {
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
                    said.taken_back.retain(|said| is_said(&said.by));
                    let holds = item.claim == Claim::Done && still;
                    let mut ticks: Vec<Tick> = self.ticks(trail).filter(|_| holds).collect();
                    // Of several the newest of those that are of what stands there is shown.
                    ticks.sort_by_key(|tick| !is_tick_of(tick, item_now));
                    let mut ticks = ticks.into_iter();
                    ItemHistory {
                        events: trail.records.iter().filter_map(|at| self.event(*at)).collect(),
                        ticked: ticks.next(),
                        also_ticked: ticks.collect(),
                        sign_offs: said.sign_offs,
                        taken_back: said.taken_back,
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

    /// The ticks that hold, the newest first: those that no later record of the box undid. There are
    /// several only where lines of work were merged that each ticked it.
    fn ticks(&self, trail: &Trail) -> impl Iterator<Item = Tick> {
        let mut holding = Vec::new();
        for at in trail.records.iter().rev().copied() {
            let record = &self.records[at];
            match record.change {
                Some(Change::Ticked) => holding.push(at),
                Some(Change::Added) => {
                    holding.extend((record.claim == Claim::Done).then_some(at));
                    break;
                }
                Some(Change::Unticked | Change::Removed) => break,
                Some(Change::Moved | Change::Reworded) | None => {}
            }
        }
        holding.into_iter().filter_map(|at| self.tick(trail, at))
    }

    /// The tick that the record at `at` of a trail is.
    fn tick(&self, trail: &Trail, at: usize) -> Option<Tick> {
        let Record { revision, born, .. } = &self.records[at];
        let by = &self.revisions[*revision];
        let written = match by.authored {
            None => Some(&self.records[at]),
            // A rebase may have put the tick on words that came later than it.
            Some(authored) => {
                let of = |record: &Record| Some(self.revisions[record.revision].written());
                seen(trail.records.iter().map(|at| &self.records[*at]), of, authored)
            }
        };
        let written = written.map(|record| &record.written);
        let event = self.event(at)?;
        Some(Tick {
            event,
            // Who ticked what was not there yet ticked other words, whatever they were.
            meaning: written.map(|of| of.meaning.to_string()).unwrap_or_default(),
            thresholds: written.map(|of| of.thresholds().to_vec()).unwrap_or_default(),
            context: Some(written.map(|of| of.context()).unwrap_or_default()),
            approved: None,
            born: *born,
        })
    }

    /// The event that a record is, if it is one of its item.
    pub(super) fn event(&self, at: usize) -> Option<Event> {
        let Record { revision, change, written, claim, .. } = &self.records[at];
        Some(Event {
            by: Arc::clone(&self.revisions[*revision]),
            change: (*change)?,
            text: Arc::clone(&written.text),
            claim: *claim,
        })
    }
}

/// Whether a tick is one of what the item says now.
fn is_tick_of(tick: &Tick, item: &Item) -> bool {
    let around = tick.context.as_deref();
    means_still(&item.meaning, &tick.meaning)
        && tick.thresholds == item.thresholds
        && around.is_none_or(|then| context_change(then, &item.context()).is_none())
}
