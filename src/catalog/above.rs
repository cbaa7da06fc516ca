//! What stands above a line and says of what it is: the one place where a line's context is made.
//!
//! "iOS app" above "All tests pass" narrows it as "on iOS" in it would. The title, the file's name, the
//! headings, the items around, the label above the list and the columns of the row are each read by
//! the vocabulary of `ideas/above.toml`; what it does not know ("Testing", "Phase 2") narrows nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::idea::{Idea, Means};
use super::package::is_among_packages;
use super::parts::Parts;
use super::side::Side;
use super::subjects::{Held, Said, Vocabulary};
use super::surroundings::Around;
use crate::model::Item;

/// Reads what stands above lines; each text once, for many lines stand below it.
pub(super) struct Reader {
    words: &'static Vocabulary,
    read: RefCell<HashMap<(Place, String), Rc<Said>>>,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// The document's own: it may name the whole product.
    Title,
    Above,
    /// In a column that says of what a row is.
    Named,
}

/// What stands above a line.
pub(super) struct Above {
    /// The half of the product that it and the line speak of.
    pub(super) side: Option<Side>,
    /// What it narrows the line to.
    held: Vec<Held>,
    /// The folder of the package that it names.
    pub(super) folder: Option<String>,
    /// It names more than one half or package, and no evidence is of both.
    is_torn: bool,
}

impl Reader {
    pub(super) fn new() -> Reader {
        Reader { words: Vocabulary::get(), read: RefCell::default() }
    }

    /// What stands above `item` of the checklist at `path`.
    pub(super) fn of(&self, path: &str, item: &Item, parts: &Parts, around: &Around<'_>) -> Above {
        let said: Vec<Rc<Said>> = self
            .texts(path, item)
            .into_iter()
            .map(|(place, text)| self.said(place, text, parts, around))
            .collect();
        let own = Side::of_text(&item.text);
        let mut sides: Vec<Side> = said.iter().filter_map(|of| of.side).chain(own).collect();
        sides.dedup();
        let mut folders: Vec<&String> = said.iter().flat_map(|of| &of.folders).collect();
        folders.sort_unstable();
        folders.dedup();
        let mut held: Vec<Held> =
            said.iter().flat_map(|of| of.held_for(&item.text)).cloned().collect();
        held.sort_by(|a, b| a.key.cmp(&b.key));
        held.dedup_by(|a, b| a.key == b.key);
        let whole = held.clone();
        held.retain(|of| !of.is_implied(&whole, sides.first().copied()));
        Above {
            side: sides.first().copied(),
            held,
            folder: folders.first().map(|folder| (*folder).clone()),
            is_torn: said.iter().any(|of| of.is_torn)
                || sides.iter().any(|side| Some(side) != sides.first())
                || folders.len() > 1,
        }
    }

    /// The texts above a line, the outermost first.
    fn texts(&self, path: &str, item: &Item) -> Vec<(Place, String)> {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let names = stem.split('/').map(|name| name.replace(['-', '_', '.'], " "));
        let titles = names.chain([item.title.to_string()]).map(|text| (Place::Title, text));
        let above =
            item.section.iter().chain(&item.around).map(|text| match text.split_once(": ") {
                Some((title, cell)) if self.words.is_of_names(title) => {
                    (Place::Named, cell.to_owned())
                }
                _ => (Place::Above, text.to_string()),
            });
        titles.chain(above).filter(|(_, text)| !text.is_empty()).collect()
    }

    fn said(&self, place: Place, text: String, parts: &Parts, around: &Around<'_>) -> Rc<Said> {
        let mut read = self.read.borrow_mut();
        let entry = read.entry((place, text));
        let said = |(place, text): &(Place, String)| {
            let mut said = self.words.read(text);
            if !said.is_empty() {
                return Rc::new(said);
            }
            let names = self.words.names(text).into_iter();
            said.folders = names.flat_map(|of| parts.of(&of, around)).collect();
            // A document's title names the product, which one folder may be called by as well.
            said.folders.retain(|of| *place != Place::Title || is_among_packages(of));
            if said.is_empty() {
                said.held = match place {
                    Place::Title => Vec::new(),
                    Place::Above => self.words.part(text),
                    Place::Named => self.words.cell(text),
                };
            }
            Rc::new(said)
        };
        Rc::clone(entry.or_insert_with_key(said))
    }
}

impl Above {
    /// What `means` of `idea` has to be called by for the line `text`; `None` where no evidence can be of all
    /// that stands above. A person's word is of all of it.
    pub(super) fn narrows(&self, idea: &Idea, means: &Means, text: &str) -> Option<Vec<&Held>> {
        if matches!(means, Means::SignOff { .. }) {
            return Some(Vec::new());
        }
        let is_held = |of: &&Held| of.narrows(idea, means) && !of.is_said_in(text);
        (!self.is_torn).then(|| self.held.iter().filter(is_held).collect())
    }

    /// The package that evidence has to lie in.
    pub(super) fn folder_of(&self, means: &Means) -> Option<&str> {
        self.folder.as_deref().filter(|_| !matches!(means, Means::SignOff { .. }))
    }
}
