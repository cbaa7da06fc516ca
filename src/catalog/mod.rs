//! What `init` proposes: ideas as data, and how each is bound to what is really there.
//!
//! An idea (`ideas/*.toml`) recognises the text of an item and names, best first, the evidence that
//! would settle it. A proposal is made only of what is there: an artifact of that format, a case,
//! a job or a file of that name. Where nothing is, the answer says what is lacking. What no idea
//! recognises gets no proposal, because a loose one could make a claim look proven.

mod above;
mod both;
mod documents;
mod idea;
mod limits;
mod load;
mod manifests;
mod means;
mod narrowing;
mod package;
mod parts;
mod pattern;
mod planned;
mod product;
mod proposal;
mod side;
mod sieve;
mod subjects;
mod surroundings;
mod told;
mod tools;
mod unread;
mod versions;
mod write;

#[cfg(test)]
mod tests;

pub use documents::Documents;
pub use manifests::Manifests;
pub use package::{holds as in_package, of_checklist as package_of};
pub use planned::{Planned, of_workflow as planned};
pub use proposal::{Draft, DraftArtifact, DraftSignOff, Proposal, escaped};
pub use surroundings::{Around, NarrowedTo, usual_places};
pub use write::{Beginning, SIGNERS, Signing, Written, added};

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Checklist, Item};

use above::Above;
use idea::{Idea, Ideas, Means};
use means::Line;
use parts::Parts;
use side::Side;
use tools::Named;

/// The ideas over what is around one project.
///
/// Most means say the same of every item that speaks of the same half of the product: each is drafted
/// once, because a draft may look through every file.
pub struct Catalog<'a> {
    around: Around<'a>,
    ideas: Ideas,
    /// What is around the package of a folder.
    packages: RefCell<HashMap<String, Rc<Around<'a>>>>,
    /// The package that the checklist at a path is of.
    placed: RefCell<HashMap<String, Option<Rc<Around<'a>>>>>,
    /// The packages by name.
    parts: Parts,
    /// What stands above lines, and what is around that is called by it.
    above: above::Reader,
    called: RefCell<HashMap<Called, Rc<Around<'a>>>>,
    drafted: RefCell<HashMap<Asked, Result<Option<Draft>, String>>>,
}

/// An item, and what is around the checklist that it stands in.
struct Asking<'i, 'a> {
    checklist: &'i Checklist,
    item: &'i Item,
    around: &'i Around<'a>,
}

/// Of which package, called by what.
type Called = (Option<String>, String);

/// Which idea, which means of it, for which half of the product, of which package, called by what.
type Asked = (usize, usize, Option<Side>, Option<String>, String);

impl<'a> Catalog<'a> {
    /// The catalog over `around`; nothing is looked for yet.
    pub fn new(around: Around<'a>) -> Catalog<'a> {
        let (packages, placed, called, drafted) = Default::default();
        let (ideas, above) = (Ideas::load(), above::Reader::new());
        let parts = Parts::default();
        Catalog { around, ideas, packages, placed, parts, above, called, drafted }
    }

    /// What it proposes for `item` of `checklist`; `None` where no idea recognises it, nor each
    /// half of it. A checklist in the folder of a package is proven by nothing outside of it.
    pub fn propose(&self, checklist: &Checklist, item: &Item) -> Option<Proposal> {
        let package = self.package_of(&checklist.path);
        let around = package.as_deref().unwrap_or(&self.around);
        let of_one = |item: &Item| self.of_one_claim(&Asking { checklist, item, around });
        of_one(item).or_else(|| both::propose(item, &of_one))
    }

    fn package_of(&self, path: &str) -> Option<Rc<Around<'a>>> {
        if let Some(known) = self.placed.borrow().get(path) {
            return known.clone();
        }
        let found = package::of_checklist(path, &self.around.files).map(|of| self.package(of));
        self.placed.borrow_mut().insert(path.to_owned(), found.clone());
        found
    }

    fn package(&self, folder: String) -> Rc<Around<'a>> {
        let mut known = self.packages.borrow_mut();
        let around = known.entry(folder);
        Rc::clone(around.or_insert_with_key(|folder| Rc::new(self.around.within(folder))))
    }

    fn of_one_claim(&self, asking: &Asking<'_, 'a>) -> Option<Proposal> {
        let item = asking.item;
        let (place, idea) = self.ideas.of(item)?;
        let (id, why) = (idea.id.clone(), idea.why.clone());
        let folder = asking.around.folder.as_deref();
        let above = self.above.of(asking.checklist, item, folder, &self.parts, &self.around);
        let narrowed = self.ideas.narrowed(item);
        // What comes of a tool, where the line names one: it is asked beside the tool's own trace.
        let mut effect: Option<Draft> = None;
        let mut lacks = Vec::new();
        for (at, means) in idea.by.iter().enumerate() {
            if !narrowed.is_read_by(idea, means, item) {
                continue;
            }
            let around = match self.below(&above, idea, means, asking) {
                Ok(around) => around,
                Err(lack) => {
                    lacks.push(lack);
                    continue;
                }
            };
            let around = around.as_deref().unwrap_or(asking.around);
            let asked = (place, at, above.side, around.folder.clone(), around.key());
            let asking = Asking { around, ..*asking };
            match self.draft(means, asked, &asking, &narrowed.named) {
                Ok(Some(draft)) if means.is_effect() && !narrowed.named.is_empty() => {
                    effect = Some(draft);
                }
                Ok(Some(draft)) => {
                    let draft = match effect {
                        Some(effect) => both::asking_for_both(effect, draft),
                        None => Some(draft),
                    };
                    return Some(Proposal { idea: id, why, draft, lacks: Vec::new() });
                }
                Ok(None) => {}
                Err(lack) => lacks.push(around.lacks(lack)),
            }
        }
        // What is of another language than this repository's is not lacking.
        lacks.retain(|lack: &String| !lack.is_empty());
        lacks.dedup();
        Some(Proposal { idea: id, why, draft: None, lacks })
    }

    /// What is around that is of all that stands above the line, for one means of its idea; `None` where
    /// that narrows nothing.
    fn below(
        &self,
        above: &Above,
        idea: &Idea,
        means: &Means,
        asking: &Asking<'_, 'a>,
    ) -> Result<Option<Rc<Around<'a>>>, String> {
        let torn = || "evidence of all that stands above the line at once".to_owned();
        let package = above.folder_of(means).filter(|of| !asking.around.is_within(of));
        if package.is_some_and(|of| !asking.around.may_hold(of)) {
            return Err(torn());
        }
        let package = package.map(|of| self.package(of.to_owned()));
        let around = package.as_deref().unwrap_or(asking.around);
        let folder = around.folder.as_deref();
        let calling = above.calling(idea, means, &asking.item.text, folder).ok_or_else(torn)?;
        if calling.is_empty() {
            return Ok(package);
        }
        let key = (around.folder.clone(), calling.key());
        let mut known = self.called.borrow_mut();
        let narrowed = || Rc::new(around.called_by(calling));
        Ok(Some(Rc::clone(known.entry(key).or_insert_with(narrowed))))
    }

    /// The draft, or what is lacking for one; `None` for a condition that the checker refuses, which
    /// no team should get.
    fn draft(
        &self,
        means: &Means,
        asked: Asked,
        asking: &Asking<'_, 'a>,
        named: &Named<'_>,
    ) -> Result<Option<Draft>, String> {
        let drafted = || {
            let line = Line { item: asking.item, side: asked.2, named };
            let draft = means::draft(means, &line, asking.around)?;
            Ok(draft.is_sound().then_some(draft))
        };
        if means.reads_the_item(asking.item) || !named.is_empty() {
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
