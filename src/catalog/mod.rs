//! What `init` proposes: ideas as data, and how each is bound to what is really there.
//!
//! An idea (`ideas/*.toml`) recognises the text of an item and names, best first, the evidence that
//! would settle it. A proposal is made only of what is there: an artifact of that format, a case,
//! a job or a file of that name. Where nothing is, the answer says what is lacking. What no idea
//! recognises gets no proposal, because a loose one could make a claim look proven.

mod idea;
mod limits;
mod means;
mod planned;
mod proposal;
mod side;
mod surroundings;
mod write;

#[cfg(test)]
mod tests;

pub use planned::{Planned, of_workflow as planned};
pub use proposal::{Draft, DraftArtifact, DraftSignOff, Proposal};
pub use surroundings::{Around, usual_places};
pub use write::{SIGNERS, Signing, Written, added};

use crate::model::Item;

/// What the catalog proposes for `item`; `None` where no idea recognises it.
pub fn propose(item: &Item, around: &Around<'_>) -> Option<Proposal> {
    let idea = idea::of(item)?;
    let mut lacks = Vec::new();
    for means in &idea.by {
        match means::draft(means, item, around) {
            Ok(draft) if draft.is_sound() => {
                return Some(Proposal {
                    idea: idea.id.clone(),
                    why: idea.why.clone(),
                    draft: Some(draft),
                    lacks: Vec::new(),
                });
            }
            // A condition that the checker refuses is none that a team should get.
            Ok(_) => {}
            Err(lack) => lacks.push(lack),
        }
    }
    lacks.dedup();
    Some(Proposal { idea: idea.id.clone(), why: idea.why.clone(), draft: None, lacks })
}
