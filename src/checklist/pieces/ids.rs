//! The ids that items had in older versions of documents.

use crate::checklist::document::sections::sections;
use crate::checklist::items::item::Reader;
use crate::checklist::items::named::{self, Named};
use crate::checklist::items::unnamed;
use crate::checklist::read::{Settings, read};
use crate::checklist::syntax::decode::decode;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Heading, Outline};
use crate::model::LineIndex;

use super::piece::Boxes;
use super::{Before, Make, Piece, Pieces};

/// How many pieces are kept: the versions of one file are asked for together.
const MOST: usize = 512;

/// Reads the ids of many versions, of which only what differs is read.
pub struct Ids {
    settings: Settings,
    pieces: Pieces<Vec<Named>>,
    last: Option<Before<Vec<Named>>>,
}

impl Ids {
    /// Nothing is known yet.
    pub fn new(settings: &Settings) -> Ids {
        Ids { settings: settings.clone(), pieces: Pieces::keeping(MOST, settings), last: None }
    }

    /// The ids of the items of the document with these `bytes`, in its order, as [`read`] gives them.
    pub fn of(&mut self, bytes: &[u8]) -> Vec<String> {
        let of = |reader: &Reader<'_>, outline: &mut Outline, _: Option<&Vec<Named>>| {
            (named::named(unnamed(reader, outline)), Boxes::default())
        };
        let make = Make { of: &of, ticked: None };
        match self.pieces.made(bytes, self.last.take().as_ref(), &make) {
            Some(read) => joined(self.last.insert(read).pieces(), bytes),
            None => read("", bytes, &self.settings).items.into_iter().map(|item| item.id).collect(),
        }
    }
}

/// The ids of a document in these pieces. What an item is called by hangs on its piece, and the slug
/// of its section and whether it stands alone on all of them.
fn joined(pieces: &[Piece<Vec<Named>>], bytes: &[u8]) -> Vec<String> {
    let headings: Vec<Heading> =
        pieces.iter().flat_map(|piece| piece.headings.iter()).map(Heading::above).collect();
    let mut above: Vec<(u8, usize)> = Vec::new();
    let mut passed = 0_usize;
    let mut items = Vec::with_capacity(pieces.iter().map(|piece| piece.made.len()).sum());
    for piece in pieces {
        if let Some((level, _)) = piece.headings.first() {
            above.retain(|(outer, _)| outer < level);
        }
        let outer = above.len();
        // The headings above come first in the outline of a piece.
        let heading = |at: usize| match above.get(at) {
            Some((_, heading)) => *heading,
            None => passed + (at - outer),
        };
        items.extend(piece.made.iter().map(|named| (named, named.heading.map(heading))));
        for (level, _) in piece.headings.iter() {
            above.retain(|(outer, _)| outer < level);
            above.push((*level, passed));
            passed += 1;
        }
    }
    let document = decode(bytes);
    let repair = Repair::of(&document.text, document.body);
    named::ids(&items, &sections(&headings, &LineIndex::new(""), &repair))
}
