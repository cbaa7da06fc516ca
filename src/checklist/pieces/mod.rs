//! Many versions of documents, of which only what differs is read.
//!
//! A heading at the beginning of a line, outside code and HTML, ends every block before it. So a
//! document falls into pieces, each read alone and known again by its text and by what stands around
//! it: the headings above, and how the whole document is decoded. What a piece says elsewhere, in
//! link definitions or a legend of its marks, is in no piece's text: such a document is read whole.

mod again;
mod cuts;
mod ids;
mod known;
mod piece;

use std::sync::Arc;

use crate::model::{Claim, Item, LineIndex};

use super::document::sections::{Sections, sections_below};
use super::items::item::Reader;
use super::items::nameless;
use super::read::Settings;
use super::syntax::decode::decode;
use super::syntax::legend::legend;
use super::syntax::mojibake::Repair;
use super::syntax::outline::{Heading, Outline};
use super::syntax::walk::walk;

use again::{Same, Ticked};
use cuts::{END, cuts};
use known::Known;
use piece::{Around, Boxes, Headings, Made, Shape};

pub use again::Before;
pub use ids::Ids;
pub use piece::Piece;

/// Reads documents piece by piece; `T` is what is kept of a piece's items.
pub struct Pieces<T> {
    settings: Settings,
    /// By a piece's text: whether what follows it begins anew, and its headings.
    shapes: Known<Box<str>, Shape<T>>,
    /// The sections of a piece, by what stands around it and its headings: most versions change neither.
    sections: Known<(Around, Headings), Sections>,
}

/// What is kept of the items of a piece. Of an item it may look at everything that makes it the same item
/// in another document; ids, lines, offsets, and the fields beside its text are not read.
pub struct Keep<'k, T> {
    /// It is made of the items; those of the version before, if any, mostly say the same.
    pub of: &'k dyn Fn(&[Item], Option<&T>) -> T,
    /// The same of items of which some boxes changed: which, and what each claims now. An item that its
    /// text cancels stays so. `None` where they are always read again.
    pub ticked: Option<Again<'k, T>>,
}

/// What is kept, with the claims of some of its items changed.
type Again<'k, T> = &'k dyn Fn(&T, &[(usize, Claim)]) -> T;

/// What is made of the outline of a piece, and where the boxes stand that `ticked` may be told of.
struct Make<'m, T> {
    of: Outlined<'m, T>,
    ticked: Option<Again<'m, T>>,
}

type Outlined<'m, T> = &'m dyn Fn(&Reader<'_>, &mut Outline, Option<&T>) -> (T, Boxes);

/// A piece of one document while it is read.
enum Part<'t, T> {
    /// The version before has it, but for boxes.
    Same(&'t Piece<T>, Ticked),
    Read {
        text: &'t str,
        shape: Arc<Shape<T>>,
        /// What parsing found, where it was just parsed.
        outline: Option<Box<Outline>>,
        /// What the version before has in its place, below the same headings.
        beside: Option<&'t Piece<T>>,
    },
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
const MOST_SECTIONS: usize = 1_024;

impl<T> Part<'_, T> {
    fn headings(&self) -> &Headings {
        match self {
            Part::Same(piece, _) => &piece.headings,
            Part::Read { shape, .. } => &shape.headings,
        }
    }
}

impl<T: Default> Pieces<T> {
    /// Nothing is known yet. The versions of many files are read by turns.
    pub fn new(settings: &Settings) -> Pieces<T> {
        Pieces::keeping(MOST, settings)
    }

    /// The same, of which at most twice `most` pieces are kept at any time.
    pub fn keeping(most: usize, settings: &Settings) -> Pieces<T> {
        let (shapes, sections) = (Known::of(most), Known::of(most.min(MOST_SECTIONS)));
        Pieces { settings: settings.clone(), shapes, sections }
    }

    /// What `keep` makes of the items of each piece of a document, in order. `None` where the document
    /// must be read whole.
    pub fn read(&mut self, bytes: &[u8], keep: &Keep<'_, T>) -> Option<Vec<Piece<T>>> {
        self.next(bytes, None, keep).map(Before::into_pieces)
    }

    /// The same of a document that may have much in common with another, of which the same was kept.
    pub fn next(
        &mut self,
        bytes: &[u8],
        before: Option<&Before<T>>,
        keep: &Keep<'_, T>,
    ) -> Option<Before<T>> {
        let of = |reader: &Reader<'_>, outline: &mut Outline, before: Option<&T>| {
            let items = nameless(reader, outline).items;
            let boxes = match keep.ticked {
                Some(_) => boxes(&items),
                None => Boxes::default(),
            };
            ((keep.of)(&items, before), boxes)
        };
        self.made(bytes, before, &Make { of: &of, ticked: keep.ticked })
    }

    /// What `make` makes of the outline of each piece.
    fn made(
        &mut self,
        bytes: &[u8],
        before: Option<&Before<T>>,
        make: &Make<'_, T>,
    ) -> Option<Before<T>> {
        let document = decode(bytes);
        let body = document.text.get(document.body..)?;
        let explains = || !legend(body, 0).is_empty();
        if !document.exact || body.contains("]:") || explains() {
            return None;
        }
        let repair = Repair::of(&document.text, document.body);
        let before = before.filter(|before| before.decoded == repair.kind());
        let first =
            |parts: &[Part<'_, T>]| Around::first(parts.iter().map(Part::headings), repair.kind());
        let mut parts = self.cut(body, before.map(|before| before.same(body)));
        let mut around = first(&parts);
        if before.is_some_and(|before| before.titled != around.titled) {
            parts = self.cut(body, None);
            around = first(&parts);
        }
        let mut pieces = Vec::with_capacity(parts.len());
        for part in parts {
            around.enter(part.headings());
            let piece = match part {
                Part::Same(piece, ticked) => match make.ticked.filter(|_| !ticked.is_empty()) {
                    Some(again) => {
                        Piece { made: Arc::new(again(&piece.made, &ticked)), ..piece.clone() }
                    }
                    None => piece.clone(),
                },
                Part::Read { text, shape, outline, beside } => {
                    self.piece((text, &shape, outline), beside, (&around, &repair), make)
                }
            };
            around.pass(&piece.headings);
            pieces.push(piece);
        }
        Some(Before::known(body, pieces, repair.kind()))
    }

    /// A piece that the version before does not have.
    fn piece(
        &mut self,
        (text, shape, outline): (&str, &Shape<T>, Option<Box<Outline>>),
        beside: Option<&Piece<T>>,
        (around, repair): (&Around, &Repair),
        make: &Make<'_, T>,
    ) -> Piece<T> {
        let mut sections = beside.and_then(|piece| piece.sections.clone());
        let made = match shape.made_in(around) {
            Some(known) => known,
            None if shape.bare => Made::default(),
            None => {
                let outline = match outline {
                    Some(outline) => *outline,
                    None => walk(text, 0, &self.settings.markers),
                };
                let known = sections.take();
                let known = known.unwrap_or_else(|| self.sections(around, &shape.headings, repair));
                let place = Place { repair, around, sections: sections.insert(known) };
                let made = self.make(text, &place, outline, beside, make);
                shape.keep(around.clone(), made.clone());
                made
            }
        };
        let (length, closed, headings) = (text.len(), shape.closed, Arc::clone(&shape.headings));
        Piece { length, closed, headings, made: made.of, boxes: made.boxes, sections }
    }

    /// Cuts a document where a heading begins anew, but for what is the `same` in another.
    fn cut<'t>(&mut self, body: &'t str, mut same: Option<Same<'t, T>>) -> Vec<Part<'t, T>> {
        let mut parts = Vec::new();
        let mut around = Around::default();
        let mut ends = cuts(body).into_iter();
        let mut start = 0;
        loop {
            if let Some(rest) = same.as_ref().and_then(|same| same.rest(start, &mut around)) {
                parts.extend(rest.iter().map(|piece| Part::Same(piece, Ticked::new())));
                break;
            }
            let markers = &self.settings.markers;
            let ticked = same.as_ref().and_then(|same| same.ticked(body, start, markers));
            let (part, length) = match ticked {
                Some((piece, ticked)) => (Part::Same(piece, ticked), piece.length),
                None => match self.read_part(body, start, &mut ends, same.as_ref()) {
                    Some(read) => read,
                    None => break,
                },
            };
            around.pass(part.headings());
            if let Some(same) = &mut same {
                same.pass(part.headings());
            }
            parts.push(part);
            start += length;
            if start == body.len() {
                break;
            }
        }
        parts
    }

    /// The piece that begins at `start`, and how long it is; `ends` are those that may come behind.
    fn read_part<'t>(
        &mut self,
        body: &'t str,
        start: usize,
        ends: &mut impl Iterator<Item = usize>,
        same: Option<&Same<'t, T>>,
    ) -> Option<(Part<'t, T>, usize)> {
        for end in ends.filter(|end| *end > start || *end == body.len()) {
            let text = body.get(start..end)?;
            let (shape, outline) = self.shape(text, end == body.len());
            if shape.closed || end == body.len() {
                let beside = same.and_then(Same::beside);
                let beside = beside.filter(|piece| piece.headings == shape.headings);
                let outline = outline.map(Box::new);
                return Some((Part::Read { text, shape, outline, beside }, text.len()));
            }
        }
        None
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
        let told = |heading: &Heading| (heading.level, Arc::from(heading.run.raw.as_str()));
        let headings = outline.headings.iter().map(told).collect();
        let bare = outline.entries.is_empty() && outline.rows.is_empty();
        let shape = Shape::new(closed, headings, bare);
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

    fn make(
        &self,
        text: &str,
        of: &Place<'_>,
        outline: Outline,
        beside: Option<&Piece<T>>,
        make: &Make<'_, T>,
    ) -> Made<T> {
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
        let (of, boxes) = (make.of)(&reader, &mut outline, beside.map(|piece| &*piece.made));
        Made { of: Arc::new(of), boxes }
    }
}

/// Where the marks of the boxes of `items` stand.
fn boxes(items: &[Item]) -> Boxes {
    let marks = items.iter().enumerate();
    marks.filter_map(|(at, item)| Some((item.marker.as_ref()?.span.start, at))).collect()
}

#[cfg(test)]
mod tests;
