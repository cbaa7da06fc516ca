//! What stood in a checklist where a word was given that a copy of its commit brought here
//! (`cherry-pick -x`): its author saw that, and not what stands where the copy landed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checklist::{self, Settings};
use crate::model::{Approved, Attestation, Documents, Item, ItemHistory, Tick, context_change};
use crate::sources::git::Repository;

use super::project::LARGEST_TEXT;

/// Puts into sign-offs and ticks of copied commits what their authors saw; `former` tells the names
/// that a file had before. Of an original that is not in this clone nothing is told here: judging asks
/// for it by its id.
pub(super) fn as_seen(
    repository: &Repository,
    documents: &mut Documents,
    settings: &Settings,
    former: &dyn Fn(&str) -> Vec<String>,
) {
    for document in documents.iter_mut() {
        let mut names = vec![document.checklist.path.clone()];
        names.extend(former(&document.checklist.path));
        let originals = Originals { repository, settings, names, known: BTreeMap::new() };
        of_histories(document.histories.iter_mut().flatten(), originals);
    }
}

fn of_histories<'h>(
    histories: impl Iterator<Item = &'h mut ItemHistory>,
    mut originals: Originals<'_>,
) {
    for history in histories {
        for said in &mut history.sign_offs {
            if let Some(seen) = originals.seen(&said.by.picked_from, &Words::of(said)) {
                seen.put_into(said);
            }
        }
        for tick in history.ticks_mut() {
            if let Some(seen) = originals.seen(&tick.event.by.picked_from, &Words::of_tick(tick)) {
                seen.put_into_tick(tick);
            }
        }
    }
}

/// What somebody said a word of.
#[derive(Debug, Clone, Default, PartialEq)]
struct Words {
    text: Arc<str>,
    meaning: String,
    thresholds: Vec<String>,
    context: Option<String>,
    approved: Option<Approved>,
}

impl Words {
    fn of(said: &Attestation) -> Words {
        Words {
            text: Arc::clone(&said.text),
            meaning: said.meaning.clone(),
            thresholds: said.thresholds.clone(),
            context: said.context.clone(),
            approved: said.approved.clone(),
        }
    }

    fn of_tick(tick: &Tick) -> Words {
        Words {
            text: Arc::clone(&tick.event.text),
            meaning: tick.meaning.clone(),
            thresholds: tick.thresholds.clone(),
            context: tick.context.clone(),
            approved: tick.approved.clone(),
        }
    }

    fn of_item(item: &Item, approved: Approved) -> Words {
        Words {
            text: Arc::from(item.text.as_str()),
            meaning: item.meaning.clone(),
            thresholds: item.thresholds.clone(),
            context: Some(item.context()),
            approved: Some(approved),
        }
    }

    /// How much of it another says too; `None` where that is of something else.
    fn likeness(&self, other: &Words) -> Option<[bool; 5]> {
        let above = self.context.as_deref().zip(other.context.as_deref());
        let alike = [
            self.meaning == other.meaning,
            self.text == other.text,
            above.is_none_or(|(one, other)| context_change(one, other).is_none()),
            self.context == other.context,
            self.thresholds == other.thresholds,
        ];
        (alike[0] || alike[1]).then_some(alike)
    }

    fn put_into(self, said: &mut Attestation) {
        (said.text, said.meaning, said.thresholds) = (self.text, self.meaning, self.thresholds);
        (said.context, said.approved) = (self.context, self.approved);
    }

    fn put_into_tick(self, tick: &mut Tick) {
        // Who saw no such item is still told to have ticked what the copy ticked.
        if !self.text.is_empty() {
            tick.event.text = self.text;
        }
        tick.meaning = self.meaning;
        (tick.thresholds, tick.context, tick.approved) =
            (self.thresholds, self.context, self.approved);
    }
}

/// The checklist of some names in the commits that were copied from.
struct Originals<'r> {
    repository: &'r Repository,
    settings: &'r Settings,
    names: Vec<String>,
    known: BTreeMap<String, Option<Original>>,
}

/// An original: what its items say; none where it does not hold the checklist.
type Original = Vec<Words>;

impl Originals<'_> {
    /// What the author saw of the item for which the copy says `landed`, where that is something else
    /// in one of the `originals`.
    fn seen(&mut self, originals: &[String], landed: &Words) -> Option<Words> {
        originals.iter().find_map(|id| {
            let items = self.of(id).as_ref()?;
            let likest = items.iter().filter_map(|item| Some((item.likeness(landed)?, item)));
            // Who saw no such item said nothing of this one.
            let seen = likest.max_by_key(|(alike, _)| *alike);
            let mut seen = seen.map(|(_, item)| item.clone()).unwrap_or_default();
            // Where nobody asks for it, it was not told of the copy either.
            seen.approved = seen.approved.filter(|_| landed.approved.is_some());
            seen.context = seen.context.filter(|_| landed.context.is_some());
            (seen != *landed).then_some(seen)
        })
    }

    fn of(&mut self, id: &str) -> &Option<Original> {
        let (repository, settings, names) = (self.repository, self.settings, &self.names);
        self.known.entry(id.to_owned()).or_insert_with(|| original(repository, id, names, settings))
    }
}

/// The items of the first of `names` that the commit holds; `None` where the commit is not here.
fn original(
    repository: &Repository,
    id: &str,
    names: &[String],
    settings: &Settings,
) -> Option<Original> {
    let commit = repository.resolve(id).ok()?;
    if !commit.id.starts_with(id) {
        return Some(Vec::new());
    }
    let Ok(tree) = repository.tree(&commit) else { return Some(Vec::new()) };
    let read = |name: &String| Some((name.clone(), tree.read(name, LARGEST_TEXT).ok()??));
    let Some((name, bytes)) = names.iter().find_map(read) else { return Some(Vec::new()) };
    let read = checklist::read(&name, &bytes, settings);
    let words = |(at, item)| Words::of_item(item, Approved::of(&read, at));
    Some(read.items.iter().enumerate().map(words).collect())
}
