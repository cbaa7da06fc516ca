//! The sign-offs of an item: what people said in the trailers of their commits.

use serde::Serialize;

use crate::model::{SIGNED_OFF_FOR, Signature};
use crate::snapshot::v1::{Attestation, Item};

use super::text::shortened;

use super::when::{self, When};
use super::world::{World, short};

/// The most that is shown of one item.
const SHOWN: usize = 5;

/// A person's word, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Said {
    author: String,
    email: String,
    when: When,
    commit: String,
    subject: String,
    /// What the commit's signature is worth, where there is one.
    signature: Option<&'static str>,
}

/// The sign-offs alone, the newest first.
pub(super) fn sign_offs(world: &World, item: &Item) -> Vec<Said> {
    let said = item.history.iter().flat_map(|history| history.attestations.iter().rev());
    let sign_offs = said.filter(|attestation| attestation.trailer == SIGNED_OFF_FOR);
    sign_offs.take(SHOWN).map(|attestation| Said::of(world, attestation)).collect()
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
        }
    }
}
