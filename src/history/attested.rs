//! Which items the trailers of commit messages and the entries of files of sign-offs speak of.
//!
//! Both mean the items as their own commit had them: the ids are looked up in the checklists of
//! that commit, and the items found are followed from there on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Approved, Attestation, Authorship, SIGNED_OFF_FOR, Trailer};
use crate::sources::git::GitError;
use crate::sources::git::history::{FileHistory, Spoken};

use super::named::{Name, Unmet};
use super::register::{Held, Origin, Traced};
use super::row::Row;
use super::trail::{self, Record, Trail};
use super::versions::Versions;

/// What was said of one item, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) sign_offs: Vec<Attestation>,
    /// Sign-offs that later commits took back.
    pub(super) taken_back: Vec<Attestation>,
    pub(super) evidence_for: Vec<Attestation>,
}

/// What an entry of a file says of one item.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The number of the item's trail.
    pub(super) item: usize,
    pub(super) attestation: Attestation,
}

/// A trailer that means no item of its commit, or stands where git reads none.
#[derive(Debug, Clone)]
pub struct Lost {
    /// What it says.
    pub trailer: Trailer,
    /// Several checklists have an item of that name, and it does not say whose it means.
    pub in_several: bool,
    /// The trails of the items that it means, where git reads no trailer where it stands.
    pub(super) unread_of: Vec<usize>,
}

impl Lost {
    /// Whether it means items and stands in its message where git reads no trailer.
    pub fn is_unread(&self) -> bool {
        !self.unread_of.is_empty()
    }
}

/// What was said of every item, and what means no item.
#[derive(Debug, Default)]
pub(super) struct Attested {
    /// By the number of the item's trail.
    pub(super) items: BTreeMap<usize, Said>,
    /// Trailers that mean no item of their commit.
    pub(super) lost: Vec<Lost>,
}

/// Everything that happened to items, and who did it.
pub(super) struct Events<'h> {
    pub(super) records: &'h [Record],
    /// By the numbers that records give to revisions.
    pub(super) revisions: Vec<&'h Authorship>,
}

impl Events<'_> {
    /// Puts into a word what its author saw: a rebase puts a commit on words that came later.
    fn as_seen(&self, trail: &Trail, word: &mut Attestation) {
        let Some(authored) = word.by.authored else { return };
        let written = |record: &Record| self.revisions.get(record.revision).map(|by| by.written());
        let records = trail.records.iter().filter_map(|at| self.records.get(*at));
        match trail::seen(records, written, authored) {
            Some(seen) => {
                word.text = Arc::clone(&seen.written.text);
                word.meaning = seen.written.meaning.to_string();
                word.thresholds = seen.written.thresholds().to_vec();
                word.context = Some(seen.written.context());
            }
            None if trail.truncated => {}
            None => {
                word.text = Arc::from("");
                word.meaning.clear();
                word.thresholds.clear();
            }
        }
    }
}

/// The revisions whose state must be kept to look trailers and entries up.
pub(super) fn revisions(walked: &FileHistory, entries: &[Traced]) -> BTreeSet<usize> {
    let of_trailers = walked.trailers.iter().filter_map(|spoken| spoken.revision);
    let of_entries = entries.iter().filter_map(|entry| match entry.origin {
        Origin::Brought(at) => Some(at),
        Origin::Known(_) | Origin::Cut => None,
    });
    of_trailers.chain(of_entries).collect()
}

/// Looks every trailer up in what its commit holds.
pub(super) fn attested(
    walked: &FileHistory,
    states: &BTreeMap<usize, Row>,
    events: &Events<'_>,
    versions: &mut Versions<'_>,
) -> Result<Attested, GitError> {
    let mut attested = Attested::default();
    for Spoken { trailer, revision, unread, taken_back } in &walked.trailers {
        let row = revision.and_then(|at| states.get(&at));
        let words = match words(walked, row, (&trailer.value, &trailer.by), events, versions)? {
            _ if taken_back.is_some() && (*unread || trailer.key != SIGNED_OFF_FOR) => continue,
            Ok(words) if *unread => {
                let unread_of = words.iter().map(|word| word.item).collect();
                attested.lost.push(Lost { trailer: trailer.clone(), in_several: false, unread_of });
                continue;
            }
            Ok(words) => words,
            // A line of prose, or a word that nobody stands by.
            Err(_) if *unread || taken_back.is_some() => continue,
            Err(why) => {
                let in_several = why == Unmet::InSeveral;
                let unread_of = Vec::new();
                attested.lost.push(Lost { trailer: trailer.clone(), in_several, unread_of });
                continue;
            }
        };
        for Word { item, mut attestation } in words {
            let said = attested.items.entry(item).or_default();
            if taken_back.is_some() {
                attestation.taken_back_in.clone_from(taken_back);
                said.taken_back.push(attestation);
                continue;
            }
            match trailer.key == SIGNED_OFF_FOR {
                true => said.sign_offs.push(attestation),
                false => said.evidence_for.push(attestation),
            }
        }
    }
    Ok(attested)
}

/// Looks every entry up in what the commit holds that brought it; what was known of one stays.
pub(super) fn held(
    walked: &FileHistory,
    entries: Vec<Traced>,
    known: &[Held],
    states: &BTreeMap<usize, Row>,
    events: &Events<'_>,
    versions: &mut Versions<'_>,
) -> Result<Vec<Held>, GitError> {
    let mut held = Vec::with_capacity(entries.len());
    for Traced { path, entry, origin } in entries {
        let (by, words, in_several) = match origin {
            Origin::Cut => (None, Vec::new(), false),
            Origin::Known(at) => match known.get(at) {
                Some(known) => (known.by.clone(), known.words.clone(), known.in_several),
                None => (None, Vec::new(), false),
            },
            Origin::Brought(at) => match walked.revisions.get(at) {
                Some(revision) => {
                    let by = &revision.by;
                    let said = (entry.item.as_str(), by);
                    let words = words(walked, states.get(&at), said, events, versions)?;
                    let in_several = words.as_ref().err() == Some(&Unmet::InSeveral);
                    (Some(Arc::clone(by)), words.unwrap_or_default(), in_several)
                }
                None => (None, Vec::new(), false),
            },
        };
        held.push(Held { path, entry, by, words, in_several });
    }
    Ok(held)
}

/// What is said of each item that is meant, or why none is.
type Meant = Result<Vec<Word>, Unmet>;

/// What `by` says in `written`, of each item that it means in the files of `row`.
fn words(
    walked: &FileHistory,
    row: Option<&Row>,
    (written, by): (&str, &Arc<Authorship>),
    events: &Events<'_>,
    versions: &mut Versions<'_>,
) -> Result<Meant, GitError> {
    let Some(mut names) = Name::all(written) else { return Ok(Err(Unmet::Nowhere)) };
    let mut words = Vec::new();
    for (path, state) in row.into_iter().flat_map(Row::files) {
        let Some(blob) = state.blob else { continue };
        let path = &walked.paths[path];
        let Some(then) = versions.whole(path, blob)? else { continue };
        let mut meant = vec![false; then.items.len()];
        names.iter_mut().for_each(|name| name.mark(path, &then.items, &mut meant));
        let items = then.items.iter().enumerate().zip(&state.trails).zip(meant);
        for (((at, item), trail), _) in items.filter(|(_, is_meant)| *is_meant) {
            let mut attestation = Attestation {
                by: Arc::clone(by),
                written: written.to_owned(),
                text: Arc::from(item.text.as_str()),
                meaning: item.meaning.clone(),
                thresholds: item.thresholds.clone(),
                context: Some(item.context()),
                approved: Some(Approved::of(&then, at)),
                taken_back_in: None,
                entry: None,
            };
            events.as_seen(trail, &mut attestation);
            words.push(Word { item: trail.item, attestation });
        }
    }
    // `keys, except production`: a name of no item may take back what the others say.
    Ok(match names.iter().find_map(Name::unmet) {
        Some(why) => Err(why),
        None if words.is_empty() => Err(Unmet::Nowhere),
        None => Ok(words),
    })
}
