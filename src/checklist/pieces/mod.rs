//! Many versions of documents, of which only what differs is read.
//!
//! A heading at the beginning of a line, outside code and HTML, ends every block before it. So a
//! document falls into pieces, each read alone and known again by its text and by what stands around
//! it: the headings above, and how the whole document is decoded. What a piece says elsewhere, in
//! link definitions or a legend of its marks, is in no piece's text: such a document is read whole.

mod cuts;
mod ids;
mod known;
mod learn;

use std::cell::RefCell;
use std::sync::Arc;

use crate::model::{Item, LineIndex};

use super::document::sections::{Sections, has_title, sections_below};
use super::items::item::Reader;
use super::items::items;
use super::read::Settings;
use super::syntax::decode::decode;
use super::syntax::legend::legend;
use super::syntax::mojibake::Repair;
use super::syntax::outline::{Heading, Outline};
use super::syntax::walk::walk;

use cuts::{END, cuts};
use known::Known;

pub use ids::Ids;

/// Reads documents piece by piece; `T` is what is kept of a piece's items.
pub struct Pieces<T> {
    settings: Settings,
    /// By a piece's text: whether what follows it begins anew, and its headings.
    shapes: Known<Box<str>, Shape<T>>,
    /// The sections of a piece, by what stands around it and its headings: most versions change neither.
    sections: Known<(Around, Headings), Sections>,
}

/// A piece as far as it does not depend on what stands around it.
struct Shape<T> {
    /// Whether a heading after it is one.
    closed: bool,
    headings: Headings,
    /// Whether nothing in it can be an item.
    bare: bool,
    /// What was made of its items, by what stood around it: mostly always the same.
    made: RefCell<Vec<(Around, Arc<T>)>>,
}

/// The level of each heading, and its text.
type Headings = Arc<[(u8, String)]>;

/// A piece of a document, as it was read.
#[derive(Debug, Clone)]
pub struct Piece<T> {
    /// How many bytes long it is.
    pub length: usize,
    /// Whether what follows it begins anew, so that it is the same piece in any document.
    pub closed: bool,
    /// The level of each heading in it, and its text.
    pub headings: Arc<[(u8, String)]>,
    /// What was made of its items.
    pub made: Arc<T>,
}

/// Everything beside its text that the items of a piece depend on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Around {
    /// The headings that it stands under, outermost first.
    above: Vec<(u8, String)>,
    /// Whether the document's first heading is its title.
    titled: bool,
    decoded: Option<(&'static str, bool)>,
}

/// A piece of one document while it is read.
struct Part<'t, T> {
    text: &'t str,
    shape: Arc<Shape<T>>,
    /// What parsing found, where it was just parsed.
    outline: Option<Outline>,
}

/// Where a piece stands.
struct Place<'p> {
    repair: &'p Repair,
    around: &'p Around,
    sections: &'p Sections,
}

/// How many pieces are kept, where nothing else is said.
const MOST: usize = 16_384;

/// How many sections are kept: they are quickly read again, and take much room.
const MOST_SECTIONS: usize = 4_096;

/// How many surroundings of one text are kept; a boilerplate section may stand under many titles.
const SURROUNDINGS: usize = 8;

impl<T> Shape<T> {
    fn made_in(&self, around: &Around) -> Option<Arc<T>> {
        let made = self.made.borrow();
        made.iter().find(|(of, _)| of == around).map(|(_, made)| Arc::clone(made))
    }

    fn keep(&self, around: Around, made: Arc<T>) {
        let mut known = self.made.borrow_mut();
        if known.len() == SURROUNDINGS {
            known.remove(0);
        }
        known.push((around, made));
    }
}

impl Around {
    /// What stands around the first piece of a document with these headings.
    fn first<'h>(headings: impl Iterator<Item = &'h Headings>, repair: &Repair) -> Around {
        let levels = headings.flat_map(|of| of.iter()).map(|(level, _)| *level);
        Around { above: Vec::new(), titled: has_title(levels), decoded: repair.kind() }
    }

    /// Goes past a piece with these headings.
    fn pass(&mut self, headings: &Headings) {
        for (level, title) in headings.iter() {
            self.above.retain(|(outer, _)| outer < level);
            self.above.push((*level, title.clone()));
        }
    }
}

/// What is made of the outline of a piece.
type Make<'m, T> = &'m dyn Fn(&Reader<'_>, &mut Outline) -> T;

impl<T: Default> Pieces<T> {
    /// Nothing is known yet. The versions of many files are read by turns.
    pub fn new(settings: &Settings) -> Pieces<T> {
        Pieces::keeping(MOST, settings)
    }

    /// The same, of which at most twice `most` pieces are kept at any time.
    fn keeping(most: usize, settings: &Settings) -> Pieces<T> {
        let (shapes, sections) = (Known::of(most), Known::of(most.min(MOST_SECTIONS)));
        Pieces { settings: settings.clone(), shapes, sections }
    }

    /// What `make` makes of the items of each piece of a document, in order. Of an item it may look
    /// at everything that makes it the same item in another document; ids, lines, offsets, and the fields
    /// beside its text are not read. `None` where the document must be read whole.
    pub fn read(&mut self, bytes: &[u8], make: &dyn Fn(&[Item]) -> T) -> Option<Vec<Piece<T>>> {
        self.made(bytes, &|reader, outline| make(&items(reader, outline).items))
    }

    /// What `make` makes of the outline of each piece.
    fn made(&mut self, bytes: &[u8], make: Make<'_, T>) -> Option<Vec<Piece<T>>> {
        let document = decode(bytes);
        let body = document.text.get(document.body..)?;
        let explains = || !legend(body, 0).is_empty();
        if !document.exact || body.contains("]:") || explains() {
            return None;
        }
        let repair = Repair::of(&document.text, document.body);
        let parts = self.cut(body);
        let mut around = Around::first(parts.iter().map(|part| &part.shape.headings), &repair);
        let mut pieces = Vec::with_capacity(parts.len());
        let mut nothing: Option<Arc<T>> = None;
        for Part { text, shape, outline } in parts {
            let made = match shape.made_in(&around) {
                Some(known) => known,
                None if shape.bare => Arc::clone(nothing.get_or_insert_default()),
                None => {
                    let outline = outline.unwrap_or_else(|| walk(text, 0, &self.settings.markers));
                    let sections = self.sections(&around, &shape.headings, &repair);
                    let place = Place { repair: &repair, around: &around, sections: &sections };
                    let new = Arc::new(self.make(text, &place, outline, make));
                    shape.keep(around.clone(), Arc::clone(&new));
                    new
                }
            };
            around.pass(&shape.headings);
            let headings = Arc::clone(&shape.headings);
            pieces.push(Piece { length: text.len(), closed: shape.closed, headings, made });
        }
        Some(pieces)
    }

    /// Cuts a document where a heading begins anew.
    fn cut<'t>(&mut self, body: &'t str) -> Vec<Part<'t, T>> {
        let mut parts = Vec::new();
        let mut start = 0;
        for end in cuts(body) {
            let Some(text) = body.get(start..end) else { continue };
            let (shape, outline) = self.shape(text, end == body.len());
            if shape.closed || end == body.len() {
                parts.push(Part { text, shape, outline });
                start = end;
            }
        }
        parts
    }

    fn shape(&mut self, text: &str, last: bool) -> (Arc<Shape<T>>, Option<Outline>) {
        if let Some(known) = self.shapes.get(text).filter(|known| known.closed || !last) {
            return (known, None);
        }
        let markers = &self.settings.markers;
        let line_end = if text.ends_with('\n') { "" } else { "\n" };
        let mut outline = walk(&format!("{text}{line_end}{END}"), 0, markers);
        let end = text.len() + line_end.len();
        let closed = outline.headings.last().is_some_and(|heading| heading.start == end);
        if closed {
            outline.headings.pop();
        } else if last {
            // Nothing ends what is open but the document itself.
            outline = walk(text, 0, markers);
        }
        let told = |heading: &Heading| (heading.level, heading.run.raw.clone());
        let headings = outline.headings.iter().map(told).collect();
        let bare = outline.entries.is_empty() && outline.rows.is_empty();
        let shape = Shape { closed, headings, bare, made: RefCell::default() };
        let shape = match last && !closed {
            true => Arc::new(shape),
            false => self.shapes.put(text.into(), shape),
        };
        (shape, Some(outline))
    }

    /// The sections of a piece, without their lines: those above it first.
    fn sections(&mut self, around: &Around, headings: &Headings, repair: &Repair) -> Arc<Sections> {
        let key = (around.clone(), Arc::clone(headings));
        if let Some(known) = self.sections.get(&key) {
            return known;
        }
        let all: Vec<Heading> =
            around.above.iter().chain(headings.iter()).map(Heading::above).collect();
        let sections = sections_below(&all, around.titled, &LineIndex::new(""), repair);
        self.sections.put(key, sections)
    }

    fn make(&self, text: &str, of: &Place<'_>, outline: Outline, make: Make<'_, T>) -> T {
        let mut outline = outline.below(of.around.above.iter().map(Heading::above).collect());
        let reader = Reader {
            path: "",
            text,
            lines: &LineIndex::new(text),
            repair: of.repair,
            sections: of.sections,
            markers: &self.settings.markers,
            key_values: self.settings.key_values,
            exact: true,
            brief: true,
        };
        make(&reader, &mut outline)
    }
}

#[cfg(test)]
mod tests;
