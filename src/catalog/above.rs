//! What stands above a line and says of what it is: the one place where a line's context is made.
//!
//! "iOS app" above "All tests pass" narrows it as "on iOS" in it would. The title, the file's name, the
//! header, the headings, the items around, the label above the list and the columns of the row are each read.
//! What says nothing but general words ("Testing", "Phase 2") narrows nothing; anything else is a name.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::idea::{Idea, Means};
use super::package::{is_among_packages, is_of_the_whole};
use super::parts::Parts;
use super::product::Product;
use super::side::Side;
use super::subjects::{Calling, Held, Place, Said, Vocabulary, joined};
use super::surroundings::Around;
use super::told::Told;
use super::versions::Versions;
use crate::model::{Checklist, Item, stages};

/// The most words of a package's name.
const NAME: usize = 5;

/// Reads what stands above lines; each text once, for many lines stand below it.
pub(super) struct Reader {
    words: &'static Vocabulary,
    documents: RefCell<HashMap<String, Rc<Document>>>,
}

/// What is read of one checklist.
struct Document {
    product: Product,
    told: Told,
    versions: Versions,
    read: RefCell<HashMap<(Place, String), Rc<Said>>>,
}

/// What stands above a line.
pub(super) struct Above {
    /// The half of the product that it and the line speak of.
    pub(super) side: Option<Side>,
    /// What it narrows the line to.
    held: Vec<Held>,
    /// What of it another one stands for.
    implied: Vec<Held>,
    /// The folder of the package that it names.
    folder: Option<String>,
    /// It names more than one half or package, and no evidence is of both.
    is_torn: bool,
    /// The words of what the whole is called, and those above that say of what kind a thing is.
    own: Vec<String>,
    /// The half that stands above.
    half: Option<Side>,
    /// The places that stand above.
    places: BTreeSet<&'static str>,
}

impl Reader {
    pub(super) fn new() -> Reader {
        Reader { words: Vocabulary::get(), documents: RefCell::default() }
    }

    /// What stands above `item` of `checklist`, which is of the package in `folder`.
    pub(super) fn of(
        &self,
        checklist: &Checklist,
        item: &Item,
        folder: Option<&str>,
        parts: &Parts,
        around: &Around<'_>,
    ) -> Above {
        let document = self.document(checklist, folder, parts, around);
        let texts = self.texts(checklist, item);
        let above = || texts.iter().filter(|(place, _)| *place != Place::Title);
        let places = above().flat_map(|(_, text)| stages(text)).collect();
        let kinds = texts.iter().flat_map(|(_, text)| self.words.kinds(text));
        let kinds: Vec<String> = kinds.collect();
        let said: Vec<Rc<Said>> = texts
            .into_iter()
            .map(|(place, text)| self.said(&document, place, text, parts, around))
            .collect();
        let own = Side::of_text(&item.text);
        let mut sides: Vec<Side> = said.iter().filter_map(|of| of.side).chain(own).collect();
        sides.dedup();
        let mut folders: Vec<&String> = said.iter().flat_map(|of| &of.folders).collect();
        let told = document.told.folders(checklist, item);
        let own = |of: &&String| folder != Some(of.as_str());
        folders.extend(told.iter().filter(own));
        folders.sort_unstable();
        folders.dedup();
        let mut all: Vec<Held> =
            said.iter().flat_map(|of| of.held_for(&item.text)).cloned().collect();
        all.sort_by(|a, b| (&a.key, a.is_optional).cmp(&(&b.key, b.is_optional)));
        all.dedup_by(|a, b| a.key == b.key);
        let side = sides.first().copied();
        let is_implied = |of: &Held| of.is_implied(&all, side);
        let (implied, held) = all.iter().cloned().partition(is_implied);
        Above {
            side,
            held,
            implied,
            folder: folders.first().map(|folder| (*folder).clone()),
            is_torn: said.iter().any(|of| of.is_torn)
                || sides.iter().any(|other| Some(*other) != side)
                || folders.len() > 1,
            own: document.product.words().map(str::to_owned).chain(kinds).collect(),
            half: said.iter().find_map(|of| of.side),
            places,
        }
    }

    fn document(
        &self,
        checklist: &Checklist,
        folder: Option<&str>,
        parts: &Parts,
        around: &Around<'_>,
    ) -> Rc<Document> {
        let mut known = self.documents.borrow_mut();
        let made = || {
            let header = checklist.metadata.iter();
            let header = header.filter(|(key, _)| self.words.is_of_product(key));
            let header = header.map(|(_, value)| value.as_str());
            let product = Product::of(folder, header, parts, around);
            let told = Told::of(checklist, parts, around);
            let headings = checklist.sections.iter().map(|section| section.title.as_str());
            let versions = Versions::of(folder, headings, around);
            Rc::new(Document { product, told, versions, read: RefCell::default() })
        };
        Rc::clone(known.entry(checklist.path.clone()).or_insert_with(made))
    }

    /// The texts above a line, the outermost first.
    fn texts(&self, checklist: &Checklist, item: &Item) -> Vec<(Place, String)> {
        let path = checklist.path.as_str();
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let names = stem.split('/').filter(|name| !is_of_the_whole(name));
        let names = names.map(|name| name.replace(['-', '_', '.'], " "));
        let told = checklist.metadata.iter().filter(|(key, _)| key.eq_ignore_ascii_case("title"));
        let told = told.map(|(_, title)| title.clone());
        let titles = names.chain(told).chain([item.title.to_string()]);
        let titles = titles.map(|text| (Place::Title, with_country(text)));
        let header = checklist.metadata.iter().filter_map(|(key, value)| {
            match self.words.place_below(key) {
                _ if self.words.is_of_product(key) => Some((Place::Title, value.clone())),
                Some(Place::Named) => Some((Place::Named, value.clone())),
                _ => None,
            }
        });
        let lines = item.around.iter().flat_map(|text| text.lines());
        let lines = lines.flat_map(|line| line.split(" | "));
        let above = item.section.iter().map(String::as_str).chain(lines);
        let above = above.map(|text| {
            let behind = text.split_once(": ").and_then(|(title, cell)| {
                let place = self.words.place_below(title)?;
                let is_read = place != Place::Remark || !self.words.is_narrowing(cell);
                is_read.then(|| (place, cell.to_owned()))
            });
            behind.unwrap_or_else(|| (Place::Above, text.to_owned()))
        });
        let above = above.map(|(place, text)| (place, with_country(text)));
        titles.chain(header).chain(above).filter(|(_, text)| !text.is_empty()).collect()
    }

    fn said(
        &self,
        document: &Document,
        place: Place,
        text: String,
        parts: &Parts,
        around: &Around<'_>,
    ) -> Rc<Said> {
        let mut read = document.read.borrow_mut();
        let entry = read.entry((place, text));
        let said = |(place, text): &(Place, String)| {
            let mut said = self.words.read(*place, text, &document.product);
            if *place != Place::Remark {
                let of = |name: &[&str]| parts.of(name, around);
                self.find_packages(&mut said, *place, text, &document.product, &of);
                said.is_torn |= self.words.is_taken_back(text) && !said.names_nothing()
                    || self.words.is_aside(*place, text)
                    || *place != Place::Named && document.versions.is_another(text);
            }
            Rc::new(said)
        };
        Rc::clone(entry.or_insert_with_key(said))
    }

    /// Puts the folders of packages in the place of the names that they are called by, wherever those stand.
    fn find_packages(
        &self,
        said: &mut Said,
        place: Place,
        text: &str,
        product: &Product,
        of: &dyn Fn(&[&str]) -> Vec<String>,
    ) {
        let whole = joined(text);
        let words: Vec<&str> = whole.split(' ').collect();
        let own = product.covers(&words, false);
        let mut named = vec![false; words.len()];
        let mut at = 0;
        while at < words.len() {
            let found = (1..=NAME.min(words.len() - at)).rev().find_map(|length| {
                let name = words.get(at..at + length)?;
                // A title means the whole by it.
                let is_own = place == Place::Title && own.get(at..at + length)?.contains(&true);
                let mut folders = of(name);
                folders.retain(|folder| {
                    (!is_own || is_among_packages(folder))
                        && self.words.may_be_called(name, &words, folder)
                });
                (!folders.is_empty()).then_some((length, folders))
            });
            let length = found.as_ref().map_or(1, |(length, _)| *length);
            named.iter_mut().skip(at).take(length).for_each(|of| *of = found.is_some());
            said.folders.extend(found.into_iter().flat_map(|(_, folders)| folders));
            at += length;
        }
        let is_named =
            |word: &str| words.iter().zip(&named).any(|(of, named)| *named && *of == word);
        said.held.retain(|held| held.is_known() || !held.key.split(' ').all(is_named));
    }
}

/// `text` with `US` as a word that is none of "for us".
fn with_country(text: String) -> String {
    let is_shouted = text.trim() != "US" && !text.contains(char::is_lowercase);
    if is_shouted || !text.contains("US") {
        return text;
    }
    let parts = text.split_inclusive(|c: char| !c.is_alphanumeric());
    parts
        .map(|part| match part.strip_prefix("US") {
            Some(rest) if !rest.starts_with(char::is_alphanumeric) => format!("USA{rest}"),
            _ => part.to_owned(),
        })
        .collect()
}

impl Above {
    /// What evidence for `means` of `idea` has to be called by, for a line `text` of which all that is around
    /// lies in `folder`; `None` where none can be of all that stands above. A person's word is of all of it.
    pub(super) fn calling(
        &self,
        idea: &Idea,
        means: &Means,
        text: &str,
        folder: Option<&str>,
    ) -> Option<Calling> {
        if matches!(means, Means::SignOff { .. }) {
            return Some(Calling::default());
        }
        // All that lies in the package is called by what its folder is called.
        let is_of_folder = |of: &Held| {
            let only = Calling::of(vec![of.clone()], Vec::new());
            folder.is_some_and(|folder| only.holds(folder))
        };
        let is_held =
            |of: &&Held| of.narrows(idea, means) && !of.is_said_in(text) && !is_of_folder(of);
        let held = self.held.iter().filter(is_held).cloned().collect();
        let own = self.own.iter().map(String::as_str).chain(folder);
        let half = self.half.filter(|_| folder.is_none());
        let calling = Calling::of(held, self.implied.clone()).beside(own, self.side);
        let calling = calling.within(half, self.places.iter().copied());
        (!self.is_torn).then_some(calling)
    }

    /// The package that evidence has to lie in.
    pub(super) fn folder_of(&self, means: &Means) -> Option<&str> {
        self.folder.as_deref().filter(|_| !matches!(means, Means::SignOff { .. }))
    }
}
