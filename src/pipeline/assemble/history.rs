//! What git says of an item, as published.

use std::sync::Arc;

use crate::model::map::HashMap;
use crate::model::{Attestation, Authorship, EVIDENCE_FOR, Event, ItemHistory, SIGNED_OFF_FOR};
use crate::snapshot::v1;

/// Publishes histories, each commit of them once: most did something to many items.
#[derive(Default)]
pub(super) struct Histories {
    /// By the place in memory, which is one's own as long as it is held here.
    known: HashMap<*const Authorship, (Arc<Authorship>, Arc<v1::By>)>,
}

impl Histories {
    /// Who did what to the item.
    pub(super) fn published(&mut self, of: &ItemHistory) -> v1::History {
        v1::History {
            ticked: of.ticked.as_ref().map(|tick| self.event(&tick.event)),
            events: of.events.iter().map(|event| self.event(event)).collect(),
            attestations: attestations(of),
            truncated: of.truncated,
            uncommitted: of.uncommitted,
        }
    }

    fn event(&mut self, of: &Event) -> v1::Event {
        let published = || (Arc::clone(&of.by), Arc::new(by(&of.by)));
        let (_, by) = self.known.entry(Arc::as_ptr(&of.by)).or_insert_with(published);
        v1::Event {
            change: of.change.word().into(),
            by: Arc::clone(by),
            text: Arc::clone(&of.text),
        }
    }
}

fn by(of: &Authorship) -> v1::By {
    v1::By {
        commit: of.commit.clone(),
        time: of.time.to_string(),
        author: of.author.clone(),
        subject: of.subject.clone(),
        signed: of.signature.is_there(),
        signature: signature(of),
        release: of.release.clone(),
    }
}

/// What trailers say of the item, by the time of their commits.
fn attestations(of: &ItemHistory) -> Vec<v1::Attestation> {
    let signed_off = of.sign_offs.iter().map(|said| (SIGNED_OFF_FOR, said));
    let evidence = of.evidence_for.iter().map(|said| (EVIDENCE_FOR, said));
    let mut all: Vec<_> = signed_off.chain(evidence).collect();
    all.sort_by_key(|(_, said)| said.by.time);
    all.into_iter().map(|(trailer, said)| attestation(trailer, said)).collect()
}

fn attestation(trailer: &str, of: &Attestation) -> v1::Attestation {
    v1::Attestation {
        trailer: trailer.to_owned(),
        value: of.written.clone(),
        commit: of.by.commit.clone(),
        time: of.by.time.to_string(),
        author: of.by.author.clone(),
        email: of.by.email.clone(),
        subject: of.by.subject.clone(),
        signature: signature(&of.by),
        text: of.text.to_string(),
        path: of.entry.as_ref().map(|(path, _)| path.clone()),
        dated: of.entry.as_ref().map(|(_, entry)| entry.dated.clone()),
        note: of.entry.as_ref().and_then(|(_, entry)| entry.note.clone()),
    }
}

fn signature(by: &Authorship) -> Option<String> {
    by.signature.is_there().then(|| by.signature.word().to_owned())
}
