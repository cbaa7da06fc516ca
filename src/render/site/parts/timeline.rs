//! Who did what to an item and who said what of it, oldest first; where much was done, the middle is folded.

use serde::Serialize;

use crate::model::{SIGNED_OFF_FOR, Signature};
use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::render::site::world::short;
use crate::snapshot::ticked_alone;
use crate::snapshot::v1::{Attestation, Event, History, Item};

/// From this many events on the middle is folded.
const FOLDED_FROM: usize = 6;
/// How many stand before and after the fold.
const BEFORE: usize = 1;
const AFTER: usize = 3;

/// An item's history, ready to draw.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Timeline {
    first: Vec<Moment>,
    middle: Vec<Moment>,
    last: Vec<Moment>,
    /// Whether nothing is folded, as on paper.
    open: bool,
    /// What the events do not say.
    note: Option<&'static str>,
}

/// Something a commit did.
#[derive(Debug, Clone, Serialize)]
struct Moment {
    change: String,
    day: String,
    author: String,
    commit: String,
    subject: String,
    /// What the commit's signature is worth, in words.
    signed: Option<&'static str>,
    /// Whether it is somebody's word: a tick or a sign-off.
    solid: bool,
    release: Option<String>,
}

impl Timeline {
    /// Of the `history` of `item`; `None` where it holds no event.
    pub(super) fn of(history: &History, item: &Item, open: bool) -> Option<Timeline> {
        let mut told: Vec<(&str, Moment)> = history
            .events
            .iter()
            .map(|event| (event.by.time.as_str(), Moment::of(event)))
            .collect();
        let said = history.attestations.iter();
        told.extend(said.map(|said| (said.time.as_str(), Moment::said(said))));
        if told.is_empty() {
            return None;
        }
        told.sort_by_key(|(time, _)| when::moment(time));
        let mut first: Vec<Moment> = told.into_iter().map(|(_, moment)| moment).collect();
        let (mut middle, mut last) = (Vec::new(), Vec::new());
        if first.len() >= FOLDED_FROM {
            last = first.split_off(first.len() - AFTER);
            middle = first.split_off(BEFORE);
        }
        let note = match (history.uncommitted, history.truncated) {
            (true, _) => Some("The work tree holds it otherwise than the judged commit."),
            (_, true) => Some("A shallow clone cut off what is older."),
            _ if ticked_alone(item) => Some(
                "The tick came without evidence: no artifact bears on it, and no commit names the item.",
            ),
            _ => None,
        };
        Some(Timeline { first, middle, last, open, note })
    }
}

impl Moment {
    fn of(event: &Event) -> Moment {
        Moment {
            change: event.change.to_string(),
            day: when::when(&event.by.time, None).day,
            author: shortened(&event.by.author, 80),
            commit: short(&event.by.commit),
            subject: shortened(&event.by.subject, 120),
            signed: Signature::told(event.by.signed, event.by.signature.as_deref()).said(),
            solid: event.change == "ticked",
            release: event.by.release.as_deref().map(|release| shortened(release, 40)),
        }
    }

    fn said(said: &Attestation) -> Moment {
        let is_sign_off = said.trailer == SIGNED_OFF_FOR;
        Moment {
            change: if is_sign_off { "signed off" } else { "given evidence" }.to_owned(),
            day: when::when(&said.time, None).day,
            author: shortened(&said.author, 80),
            commit: short(&said.commit),
            subject: shortened(&said.subject, 120),
            signed: Signature::told(said.signature.is_some(), said.signature.as_deref()).said(),
            solid: is_sign_off,
            release: None,
        }
    }
}
