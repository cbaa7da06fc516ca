//! Pieces that were read in an earlier run, put beside their text again.

use std::cell::RefCell;
use std::sync::Arc;

use crate::checklist::syntax::decode::decode;
use crate::checklist::syntax::mojibake::Repair;

use super::{Around, Piece, Pieces, Shape};

impl<T> Pieces<T> {
    /// Knows again what [`Pieces::read`] read of the document of these `bytes`, with the same settings.
    pub fn learn(&mut self, bytes: &[u8], pieces: &[Piece<T>]) {
        let document = decode(bytes);
        let Some(body) = document.text.get(document.body..) else { return };
        let repair = Repair::of(&document.text, document.body);
        let mut around = Around::first(pieces.iter().map(|piece| &piece.headings), &repair);
        let mut rest = body;
        for piece in pieces {
            let Some((text, after)) = rest.split_at_checked(piece.length) else { return };
            if piece.closed {
                self.shape_of(text, piece).keep_once(&around, &piece.made);
            }
            around.pass(&piece.headings);
            rest = after;
        }
    }

    fn shape_of(&mut self, text: &str, piece: &Piece<T>) -> Arc<Shape<T>> {
        if let Some(known) = self.shapes.get(text) {
            return known;
        }
        let headings = Arc::clone(&piece.headings);
        // Whether there may be items elsewhere is not known, so it is looked at.
        let shape = Shape { closed: true, headings, bare: false, made: RefCell::default() };
        self.shapes.put(text.into(), shape)
    }
}

impl<T> Shape<T> {
    fn keep_once(&self, around: &Around, made: &Arc<T>) {
        if self.made_in(around).is_none() {
            self.keep(around.clone(), Arc::clone(made));
        }
    }
}
