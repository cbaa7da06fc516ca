//! The sign-offs of an item: what people said in trailers, in files or by the tick, and why a word
//! does not count.

use serde::Serialize;

use crate::model::{SIGNED_OFF_FOR, Signature};
use crate::render::site::text::shortened;
use crate::render::site::when::{self, When};
use crate::render::site::world::{World, short};
use crate::snapshot::v1::{Attestation, Given, Item, SignOff};

/// The most that is shown of one item.
const SHOWN: usize = 5;

/// A person's word, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Said {
    author: String,
    email: String,
    when: When,
    commit: String,
    subject: String,
    /// What the commit's signature is worth, where there is one.
    signature: Option<&'static str>,
    /// Why it does not count, to stand after the name.
    why: Option<String>,
    /// Where its entry stands, where it is one.
    place: Option<String>,
    /// What that entry says besides.
    note: Option<String>,
}

/// The words that `asked` was judged by, the newest first; of a snapshot that does not tell them,
/// all that were said.
pub(in crate::render::site) fn sign_offs(world: &World, item: &Item, asked: &SignOff) -> Vec<Said> {
    let said = || item.history.iter().flat_map(|history| history.attestations.iter().rev());
    if asked.given.is_empty() {
        let sign_offs = said().filter(|attestation| attestation.trailer == SIGNED_OFF_FOR);
        return sign_offs.take(SHOWN).map(|attestation| Said::of(world, attestation)).collect();
    }
    let judged = asked.given.iter().take(SHOWN).map(|given| {
        let subject = said().find(|said| said.commit == given.commit).map(|said| &said.subject);
        Said::judged(world, given, subject.map_or("", String::as_str))
    });
    judged.collect()
}

impl Said {
    fn of(world: &World, of: &Attestation) -> Said {
        Said {
            author: shortened(&of.author, 80),
            email: shortened(&of.email, 120),
            when: when::when(&of.time, world.judged),
            commit: short(&of.commit),
            subject: shortened(&of.subject, 120),
            signature: Signature::told(of.signature.is_some(), of.signature.as_deref()).said(),
            why: None,
            place: of.path.as_deref().map(|path| shortened(path, 120)),
            note: of.note.as_deref().map(|note| shortened(note, 240)),
        }
    }

    fn judged(world: &World, of: &Given, subject: &str) -> Said {
        let line = of.line.map(|line| format!(":{line}")).unwrap_or_default();
        Said {
            author: shortened(&of.author, 80),
            email: shortened(&of.email, 120),
            when: when::when(&of.time, world.judged),
            commit: short(&of.commit),
            subject: shortened(subject, 120),
            signature: Signature::told(of.signature.is_some(), of.signature.as_deref()).said(),
            why: of.why.as_deref().map(|why| shortened(why, 240)),
            place: match (of.from.as_str(), &of.path) {
                ("tick", _) => Some("by the tick".to_owned()),
                (_, Some(path)) => Some(shortened(&format!("{path}{line}"), 120)),
                _ => None,
            },
            note: of.note.as_deref().map(|note| shortened(note, 240)),
        }
    }
}
