//! The version that follows another: mostly it begins and ends as that one did, and between them boxes
//! were ticked.

use crate::checklist::Markers;
use crate::checklist::syntax::decode::decode;
use crate::checklist::syntax::mojibake::Repair;
use crate::model::Claim;

use super::cuts::is_heading;
use super::piece::{Around, Decoded, Headings, Piece};

/// A document that was read in pieces, by which the next version of it is read.
#[derive(Debug)]
pub struct Before<T> {
    /// Its text, without the front matter.
    body: Box<str>,
    pieces: Vec<Piece<T>>,
    /// As [`Around::titled`].
    pub(super) titled: bool,
    /// As [`Around::decoded`].
    pub(super) decoded: Decoded,
}

/// What a newer text has in common with a document, while it is cut.
pub(super) struct Same<'b, T> {
    before: &'b Before<T>,
    /// Where in the newer text those of the last pieces begin that it ends with, by their places.
    last: Vec<(usize, usize)>,
    /// The place of the piece that stands where the newer text is being cut, and where it begins;
    /// `None` where a heading differs before it.
    beside: Option<(usize, usize)>,
}

/// Items whose boxes were ticked or unticked, and what the boxes claim now.
pub(super) type Ticked = Vec<(usize, Claim)>;

impl<T> Before<T> {
    /// What [`Pieces::read`](super::Pieces::read) read of the document of these `bytes`; `None` where
    /// `pieces` do not make it up.
    pub fn of(bytes: &[u8], pieces: Vec<Piece<T>>) -> Option<Before<T>> {
        let document = decode(bytes);
        let body = document.text.get(document.body..)?;
        let repair = Repair::of(&document.text, document.body);
        let lengths = pieces.iter().try_fold(0_usize, |sum, piece| sum.checked_add(piece.length));
        let is_whole = lengths == Some(body.len());
        is_whole.then(|| Before::known(body, pieces, repair.kind()))
    }

    pub(super) fn known(body: &str, pieces: Vec<Piece<T>>, decoded: Decoded) -> Before<T> {
        let titled = Around::first(pieces.iter().map(|piece| &piece.headings), decoded).titled;
        Before { body: body.into(), pieces, titled, decoded }
    }

    /// What was made of its pieces, in order.
    pub fn pieces(&self) -> &[Piece<T>] {
        &self.pieces
    }

    /// The same, without its text.
    pub fn into_pieces(self) -> Vec<Piece<T>> {
        self.pieces
    }

    /// What the newer text `body` has in common with it.
    pub(super) fn same(&self, body: &str) -> Same<'_, T> {
        let mut last = Vec::new();
        let (mut old, mut new) = (self.body.len(), body.len());
        for (place, piece) in self.pieces.iter().enumerate().rev() {
            let start = old - piece.length;
            let Some(at) = new.checked_sub(piece.length) else { break };
            if self.body.get(start..old) != body.get(at..new) {
                break;
            }
            last.push((at, place));
            (old, new) = (start, at);
        }
        Same { before: self, last, beside: Some((0, 0)) }
    }
}

impl<'b, T> Same<'b, T> {
    /// The pieces that the newer text consists of from `at` on, where they stand below what is `around`.
    pub(super) fn rest(&self, at: usize, around: &mut Around) -> Option<&'b [Piece<T>]> {
        let (_, place) = self.last.iter().find(|(start, _)| *start == at)?;
        let (passed, rest) = self.before.pieces.split_at_checked(*place)?;
        let mut was = Around::default();
        passed.iter().for_each(|piece| was.pass(&piece.headings));
        for around in [&mut was, &mut *around] {
            around.enter(&rest.first()?.headings);
        }
        (was.above == around.above).then_some(rest)
    }

    /// The piece that stands where the newer text is being cut, below the same headings.
    pub(super) fn beside(&self) -> Option<&'b Piece<T>> {
        self.before.pieces.get(self.beside?.0)
    }

    /// That piece, where the newer text `body` has it at `at` but for boxes that were ticked or unticked.
    pub(super) fn ticked(
        &self,
        body: &str,
        at: usize,
        markers: &Markers,
    ) -> Option<(&'b Piece<T>, Ticked)> {
        let piece = self.beside()?;
        let (_, start) = self.beside?;
        let (old, end) = (self.before.body.get(start..start + piece.length)?, at + piece.length);
        let (new, rest) = (body.get(at..end)?, body.get(end..)?);
        let ends = match piece.closed {
            true => rest.is_empty() || is_heading(rest.as_bytes()),
            false => rest.is_empty(),
        };
        if !ends {
            return None;
        }
        let mut ticked = Ticked::new();
        for at in differences(old.as_bytes(), new.as_bytes()) {
            let place = piece.boxes.binary_search_by_key(&at, |(mark, _)| *mark).ok()?;
            let mark =
                |text: &'b str| text.get(at..=at).filter(|mark| [" ", "x", "X"].contains(mark));
            mark(old)?;
            let now = new.get(at..=at).filter(|mark| [" ", "x", "X"].contains(mark))?;
            ticked.push((piece.boxes.get(place)?.1, markers.claim(now)?));
        }
        Some((piece, ticked))
    }

    /// Goes past a piece of the newer text with these headings.
    pub(super) fn pass(&mut self, headings: &Headings) {
        let beside = self.beside().filter(|piece| piece.headings == *headings);
        self.beside = self
            .beside
            .zip(beside)
            .map(|((place, start), piece)| (place + 1, start + piece.length));
    }
}

/// Where two texts of one length differ.
fn differences(old: &[u8], new: &[u8]) -> impl Iterator<Item = usize> {
    /// Most is the same, and is compared at once.
    const STEP: usize = 64;
    let steps = old.chunks(STEP).zip(new.chunks(STEP)).enumerate();
    steps.filter(|(_, (old, new))| old != new).flat_map(|(step, (old, new))| {
        let bytes = old.iter().zip(new).enumerate();
        bytes.filter(|(_, (old, new))| old != new).map(move |(at, _)| step * STEP + at)
    })
}
