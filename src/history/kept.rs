//! A history as it is kept from one run to the next: plain data, each wording once.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Authorship, Change, Claim, Trailer};
use crate::sources::git::BlobId;

use super::History;
use super::attested::Said;
use super::register::Held;
use super::trail::{FileState, Gone, Record, Trail};
use super::version::{Placed, Version, Written};

/// `W` is a [`Wording`], or what one is written from.
#[derive(Serialize, Deserialize)]
struct Kept<W> {
    /// What it was read by; with any other it says nothing.
    key: String,
    head: String,
    tags: Vec<(String, String)>,
    asked: Vec<String>,
    paths: Vec<Arc<str>>,
    truncated: bool,
    unread: Vec<String>,
    former: BTreeMap<String, Vec<String>>,
    revisions: Vec<Arc<Authorship>>,
    sections: Vec<Arc<str>>,
    written: Vec<W>,
    /// Revision, change, wording, claim.
    records: Vec<(usize, Change, usize, Claim)>,
    states: Vec<Option<State>>,
    items: usize,
    said: BTreeMap<usize, Said>,
    lost: Vec<Trailer>,
    registers: BTreeSet<usize>,
    held: Vec<Held>,
}

/// The id that a comment gives, the label, the text, the number of the section, what is above, the
/// meaning, the limits.
#[derive(Deserialize)]
struct Wording<'b>(
    Option<String>,
    Option<String>,
    #[serde(borrow)] Cow<'b, str>,
    usize,
    String,
    String,
    Vec<String>,
);

#[derive(Serialize, Deserialize)]
struct State {
    blob: Option<String>,
    /// Wording, claim, parent.
    items: Vec<(usize, Claim, Option<usize>)>,
    trails: Vec<Way>,
    gone: Vec<Lost>,
    renamed: bool,
}

/// The item's number, its records, whether it is older than the clone.
#[derive(Serialize, Deserialize)]
struct Way(usize, Vec<usize>, bool);

#[derive(Serialize, Deserialize)]
struct Lost {
    written: usize,
    below: Option<Arc<str>>,
    trail: Way,
    last: Option<(String, usize)>,
}

/// The bytes that a record takes, with its share of the wordings, the commits and the states.
const ROOM: usize = 256;

/// `history`, to be kept under `key`.
pub(super) fn keep(history: &History, key: &str) -> Vec<u8> {
    let mut table = Table::default();
    let records = history
        .records
        .iter()
        .map(|of| (of.revision, of.change, table.number(&of.written), of.claim))
        .collect();
    let states = history.row.iter().map(|state| state.as_ref().map(|of| table.state(of))).collect();
    let kept = Kept {
        key: key.to_owned(),
        head: history.head.clone(),
        tags: history.tags.clone(),
        asked: history.asked.clone(),
        paths: history.paths.clone(),
        truncated: history.truncated,
        unread: history.unread.clone(),
        former: history.former.clone(),
        revisions: history.revisions.clone(),
        written: table.wordings(),
        sections: table.sections.all,
        records,
        states,
        items: history.items,
        said: history.said.clone(),
        lost: history.lost.clone(),
        registers: history.registers.clone(),
        held: history.held.clone(),
    };
    let mut bytes = Vec::with_capacity(history.records.len() * ROOM);
    match serde_json::to_writer(&mut bytes, &kept) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

/// The history in `bytes`; `None` where it was read by anything but `key`.
pub(super) fn restore(bytes: &[u8], key: &str) -> Option<History> {
    let kept: Kept<Wording<'_>> = serde_json::from_slice(bytes).ok()?;
    if kept.key != key {
        return None;
    }
    let wordings = kept.written.into_iter().map(|wording| wording.restored(&kept.sections));
    let wordings: Vec<Arc<Written>> = wordings.collect::<Option<_>>()?;
    let mut row = Vec::with_capacity(kept.states.len());
    for (id, state) in kept.states.into_iter().enumerate() {
        row.push(match state {
            Some(state) => Some(Arc::new(state.restored(id, &wordings)?)),
            None => None,
        });
    }
    let mut records = Vec::with_capacity(kept.records.len());
    for (revision, change, written, claim) in kept.records {
        let written = Arc::clone(wordings.get(written)?);
        records.push(Record { revision, change, written, claim });
    }
    let mut history = History {
        marked: BTreeMap::new(),
        taken_back: false,
        truncated: kept.truncated,
        lost: kept.lost,
        unread: kept.unread,
        head: kept.head,
        tags: kept.tags,
        asked: kept.asked,
        paths: kept.paths,
        revisions: kept.revisions,
        records,
        row,
        items: kept.items,
        said: kept.said,
        registers: kept.registers,
        held: kept.held,
        former: kept.former,
        files: BTreeMap::new(),
    };
    history.index();
    Some(history)
}

/// The wordings and the sections by their number.
#[derive(Default)]
struct Table<'h> {
    wordings: Numbers<&'h Written>,
    sections: Numbers<Arc<str>>,
    /// The numbers of wordings by their address: most are met again, and to look all of one over
    /// costs far more.
    met: HashMap<*const Written, usize>,
}

/// Distinct values, each with its number.
struct Numbers<T> {
    all: Vec<T>,
    of: HashMap<T, usize>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Numbers<T> {
        Numbers { all: Vec::new(), of: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Numbers<T> {
    fn number(&mut self, value: &T) -> usize {
        *self.of.entry(value.clone()).or_insert_with(|| {
            self.all.push(value.clone());
            self.all.len() - 1
        })
    }
}

impl<'h> Table<'h> {
    fn number(&mut self, written: &'h Arc<Written>) -> usize {
        let new = || self.wordings.number(&written.as_ref());
        *self.met.entry(Arc::as_ptr(written)).or_insert_with(new)
    }

    /// Every wording, as a [`Wording`] is written.
    fn wordings(&mut self) -> Vec<impl Serialize + use<'h>> {
        let Table { wordings, sections, .. } = self;
        let written = wordings.all.iter().map(|of| {
            let section = sections.number(&of.section);
            let Written { explicit, label, text, above, meaning, thresholds, .. } = of;
            (explicit, label, text, section, above, meaning, thresholds)
        });
        written.collect()
    }

    fn state(&mut self, of: &'h FileState) -> State {
        let placed = |item: &'h Placed| (self.number(&item.written), item.claim, item.parent);
        State {
            items: of.items().iter().map(placed).collect(),
            blob: of.blob.map(|blob| blob.to_string()),
            trails: of.trails.iter().map(Way::of).collect(),
            gone: of
                .gone
                .iter()
                .map(|gone| Lost {
                    written: self.number(&gone.written),
                    below: gone.below.clone(),
                    trail: Way::of(&gone.trail),
                    last: gone.last.map(|(blob, at)| (blob.to_string(), at)),
                })
                .collect(),
            renamed: of.renamed,
        }
    }
}

impl Wording<'_> {
    fn restored(self, sections: &[Arc<str>]) -> Option<Arc<Written>> {
        let Wording(explicit, label, text, section, above, meaning, thresholds) = self;
        let section = Arc::clone(sections.get(section)?);
        let text = Arc::from(&*text);
        Some(Arc::new(Written { explicit, label, text, section, above, meaning, thresholds }))
    }
}

impl Way {
    fn of(trail: &Trail) -> Way {
        Way(trail.item, trail.records.to_vec(), trail.truncated)
    }

    fn restored(self) -> Trail {
        let Way(item, records, truncated) = self;
        Trail { item, records: Arc::new(records), truncated }
    }
}

impl State {
    fn restored(self, id: usize, written: &[Arc<Written>]) -> Option<FileState> {
        let mut items = Vec::with_capacity(self.items.len());
        for (at, claim, parent) in self.items {
            items.push(Placed { written: Arc::clone(written.get(at)?), claim, parent });
        }
        let mut gone = Vec::with_capacity(self.gone.len());
        for lost in self.gone {
            gone.push(Gone {
                written: Arc::clone(written.get(lost.written)?),
                below: lost.below,
                trail: lost.trail.restored(),
                last: match lost.last {
                    Some((blob, at)) => Some((BlobId::parse(&blob)?, at)),
                    None => None,
                },
            });
        }
        let blob = match self.blob {
            Some(blob) => Some(BlobId::parse(&blob)?),
            None => None,
        };
        let trails: Vec<Trail> = self.trails.into_iter().map(Way::restored).collect();
        let whole = trails.len() == items.len();
        let version = Arc::new(Version { items });
        whole.then_some(FileState { id, blob, version, trails, gone, renamed: self.renamed })
    }
}
