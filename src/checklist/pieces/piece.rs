//! A piece of a document: what its text gives, and what was made of it where it stands.

use std::cell::RefCell;
use std::sync::Arc;

use crate::checklist::document::sections::{Sections, has_title};

/// A piece of a document, as it was read.
#[derive(Debug)]
pub struct Piece<T> {
    /// How many bytes long it is.
    pub length: usize,
    /// Whether what follows it begins anew, so that it is the same piece in any document.
    pub closed: bool,
    /// The level of each heading in it, and its text.
    pub headings: Arc<[(u8, Arc<str>)]>,
    /// What was made of its items.
    pub made: Arc<T>,
    pub(super) boxes: Boxes,
    /// Its sections, where its items were just read.
    pub(super) sections: Option<Arc<Sections>>,
}

/// Where the marks of a piece's boxes stand, and which of its items each is of; in order.
pub(super) type Boxes = Arc<[(usize, usize)]>;

/// The level of each heading, and its text.
pub(super) type Headings = Arc<[(u8, Arc<str>)]>;

/// What was made of the items of a piece.
pub(super) struct Made<T> {
    pub(super) of: Arc<T>,
    pub(super) boxes: Boxes,
}

/// A piece as far as it does not depend on what stands around it.
pub(super) struct Shape<T> {
    /// Whether a heading after it is one.
    pub(super) closed: bool,
    pub(super) headings: Headings,
    /// Whether nothing in it can be an item.
    pub(super) bare: bool,
    /// What was made of its items, by what stood around it: mostly always the same.
    made: RefCell<Vec<(Around, Made<T>)>>,
}

/// Everything beside its text that the items of a piece depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Around {
    /// The headings that it stands under, outermost first.
    pub(super) above: Vec<(u8, Arc<str>)>,
    /// Whether the document's first heading is its title.
    pub(super) titled: bool,
    pub(super) decoded: Decoded,
}

/// How a document is decoded, as its [`Repair`](crate::checklist::syntax::mojibake::Repair) has it.
pub(super) type Decoded = Option<(&'static str, bool)>;

/// How many surroundings of one text are kept; a boilerplate section may stand under many titles.
const SURROUNDINGS: usize = 8;

impl<T> Piece<T> {
    /// One that was read in an earlier run.
    pub fn known(length: usize, closed: bool, headings: Headings, made: T) -> Piece<T> {
        let (made, boxes) = (Arc::new(made), Boxes::default());
        Piece { length, closed, headings, made, boxes, sections: None }
    }
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Piece<T> {
        Piece {
            length: self.length,
            closed: self.closed,
            headings: Arc::clone(&self.headings),
            made: Arc::clone(&self.made),
            boxes: Arc::clone(&self.boxes),
            sections: self.sections.clone(),
        }
    }
}

impl<T> Clone for Made<T> {
    fn clone(&self) -> Made<T> {
        Made { of: Arc::clone(&self.of), boxes: Arc::clone(&self.boxes) }
    }
}

impl<T: Default> Default for Made<T> {
    fn default() -> Made<T> {
        Made { of: Arc::default(), boxes: Boxes::default() }
    }
}

impl<T> Shape<T> {
    pub(super) fn new(closed: bool, headings: Headings, bare: bool) -> Shape<T> {
        Shape { closed, headings, bare, made: RefCell::default() }
    }

    pub(super) fn made_in(&self, around: &Around) -> Option<Made<T>> {
        let made = self.made.borrow();
        made.iter().find(|(of, _)| of == around).map(|(_, made)| made.clone())
    }

    pub(super) fn keep(&self, around: Around, made: Made<T>) {
        let mut known = self.made.borrow_mut();
        if known.len() == SURROUNDINGS {
            known.remove(0);
        }
        known.push((around, made));
    }
}

impl Around {
    /// What stands around the first of pieces with these headings.
    pub(super) fn first<'h>(
        headings: impl Iterator<Item = &'h Headings>,
        decoded: Decoded,
    ) -> Around {
        let levels = headings.flat_map(|of| of.iter()).map(|(level, _)| *level);
        Around { above: Vec::new(), titled: has_title(levels), decoded }
    }

    /// Comes to a piece with these headings, which begins with the first: what that ends is not above.
    pub(super) fn enter(&mut self, headings: &Headings) {
        if let Some((level, _)) = headings.first() {
            self.above.retain(|(outer, _)| outer < level);
        }
    }

    /// Goes past a piece with these headings.
    pub(super) fn pass(&mut self, headings: &Headings) {
        for (level, title) in headings.iter() {
            self.above.retain(|(outer, _)| outer < level);
            self.above.push((*level, Arc::clone(title)));
        }
    }
}
