//! What `init` proposes: ideas as data, and how each is bound to what is really there.
//!
//! An idea (`ideas/*.toml`) recognises the text of an item and names, best first, the evidence that
//! would settle it. A proposal is made only of what is there: an artifact of that format, a case,
//! a job or a file of that name. Where nothing is, the answer says what is lacking. What no idea
//! recognises gets no proposal, because a loose one could make a claim look proven.

mod both;
mod idea;
mod limits;
mod means;
mod narrowing;
mod planned;
mod proposal;
mod side;
mod sieve;
mod surroundings;
mod unread;
mod write;

#[cfg(test)]
mod tests;

pub use planned::{Planned, of_workflow as planned};
pub use proposal::{Draft, DraftArtifact, DraftSignOff, Proposal};
pub use surroundings::{Around, usual_places};
pub use write::{SIGNERS, Signing, Written, added};

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::Item;

use idea::{Ideas, Means};
use side::Side;

/// The ideas over what is around one project.
///
/// Most means say the same of every item that speaks of the same half of the product: each is drafted
/// once, because a draft may look through every file.
pub struct Catalog<'a> {
    around: Around<'a>,
    ideas: Ideas,
    drafted: RefCell<HashMap<Asked, Result<Option<Draft>, String>>>,
}

/// Which idea, which means of it, for which half of the product.
type Asked = (usize, usize, Option<Side>);

impl<'a> Catalog<'a> {
    /// The catalog over `around`; nothing is looked for yet.
    pub fn new(around: Around<'a>) -> Catalog<'a> {
        Catalog { around, ideas: Ideas::load(), drafted: RefCell::default() }
    }

    /// What it proposes for `item`; `None` where no idea recognises it, nor each half of it.
    pub fn propose(&self, item: &Item) -> Option<Proposal> {
        self.of_one_claim(item).or_else(|| both::propose(item, &|half| self.of_one_claim(half)))
    }

    fn of_one_claim(&self, item: &Item) -> Option<Proposal> {
        let (place, idea) = self.ideas.of(item)?;
        let (id, why) = (idea.id.clone(), idea.why.clone());
        let side = Side::of_text(&item.text);
        let narrowed = self.ideas.narrowed(item);
        let mut lacks = Vec::new();
        for (at, means) in idea.by.iter().enumerate() {
            if !narrowed.is_read_by(idea, means, item) {
                continue;
            }
            match self.draft(means, (place, at, side), item) {
                Ok(Some(draft)) => {
                    return Some(Proposal { idea: id, why, draft: Some(draft), lacks: Vec::new() });
                }
                Ok(None) => {}
                Err(lack) => lacks.push(lack),
            }
        }
        lacks.dedup();
        Some(Proposal { idea: id, why, draft: None, lacks })
    }

    /// The draft, or what is lacking for one; `None` for a condition that the checker refuses, which
    /// no team should get.
    fn draft(&self, means: &Means, asked: Asked, item: &Item) -> Result<Option<Draft>, String> {
        let drafted = || {
            let draft = means::draft(means, item, &self.around)?;
            Ok(draft.is_sound().then_some(draft))
        };
        if means.reads_the_item() {
            return drafted();
        }
        if let Some(known) = self.drafted.borrow().get(&asked) {
            return known.clone();
        }
        let new = drafted();
        self.drafted.borrow_mut().insert(asked, new.clone());
        new
    }
}
