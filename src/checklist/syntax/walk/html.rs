//! HTML on the walk: comments of ours find their entry or row, boxes of HTML are told.

use std::ops::Range;

use crate::checklist::syntax::directives;
use crate::checklist::syntax::outline::{OddityKind, Run};

use super::{Sink, Walker, after_blank_line, swallowed};

/// A block of HTML that is open.
#[derive(Debug, Default)]
pub(super) struct Html {
    pub(super) text: String,
    /// Where each of its pieces begins, here and in the file.
    pub(super) pieces: Vec<(usize, usize)>,
    /// The entry that ended just before it.
    pub(super) above: Option<usize>,
}

impl Walker<'_> {
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let fresh = self.fresh;
        self.inline(&range);
        // `<ul><li>[x] </li></ul>` is how a box is written into a cell.
        if self.sink == Sink::Cell && ["<ul>", "<ol>", "<li>"].contains(&html) {
            self.fresh = fresh;
        }
        self.note_html(html, range.start);
        let read = match self.sink {
            Sink::Cell => directives::read_in_cell(html, range.start),
            Sink::Closed | Sink::Entry(_) | Sink::Heading(..) | Sink::Prose => {
                directives::read(html, range.start)
            }
        };
        match read {
            None => {
                self.collector.html(html, range.clone());
                match Strike::of(html) {
                    Some(Strike::Opens) => self.collector.open_strike(range),
                    Some(Strike::Closes) => self.collector.close_strike(),
                    None => {}
                }
            }
            Some(read) => {
                self.collector.silent(range);
                match read {
                    Ok(beside) => self.attach(beside),
                    Err(fault) => {
                        let beside = self.sink == Sink::Cell || self.open_entry().is_some();
                        self.out.faults.push((fault, beside));
                    }
                }
            }
        }
    }

    /// A comment of ours belongs to the row or the entry that it stands in.
    pub(super) fn attach(&mut self, beside: directives::Beside) {
        let entry = match self.sink {
            Sink::Cell => None,
            Sink::Entry(entry) => Some(entry),
            Sink::Closed | Sink::Heading(..) | Sink::Prose => self.open_entry(),
        };
        let place = match (self.sink, entry) {
            (Sink::Cell, _) => self.out.rows.last_mut().map(|row| &mut row.beside),
            (_, Some(entry)) => self.out.entries.get_mut(entry).map(|entry| &mut entry.beside),
            (_, None) => None,
        };
        place.unwrap_or(&mut self.out.strays).push(beside);
    }

    /// A cell ends: where a comment of ours that opens in it does not end in it, that is told.
    pub(super) fn half_a_comment(&mut self, run: &Run) {
        if !run.raw.contains("<!--") {
            return;
        }
        let source = self.text.get(run.span.clone()).unwrap_or_default();
        let fault = directives::unterminated_in_cell(&run.raw, source, run.span.start);
        self.out.faults.extend(fault.map(|fault| (fault, true)));
    }

    /// A row ends: what stands behind the cells that its table has is dropped, a comment of ours too.
    pub(super) fn comments_behind(&mut self, cells: Range<usize>) {
        let at = cells.start;
        let behind = self.text.get(cells).unwrap_or_default();
        let found = directives::comments_of(behind)
            .filter_map(|(offset, comment)| directives::behind_the_cells(comment, at + offset));
        self.out.faults.extend(found.map(|fault| (fault, true)));
    }

    pub(super) fn note_html(&mut self, html: &str, at: usize) {
        if html.starts_with('<') && html.contains("checkbox") && !html.starts_with("<!--") {
            self.odd(at, OddityKind::Html);
        }
    }

    pub(super) fn html_line(&mut self, line: &str, at: usize) {
        if let Some(html) = &mut self.html {
            html.pieces.push((html.text.len(), at));
            html.text.push_str(line);
        }
    }

    /// A block of HTML ends: its comments belong to the entry around it, or to the one that ends
    /// on the line above.
    pub(super) fn close_html(&mut self) {
        let Some(html) = self.html.take() else { return };
        let Some(&(_, first)) = html.pieces.first() else { return };
        self.around.fold(&html.text, &mut self.out);
        self.around.parts.read(&html.text, first, &mut self.out.folds);
        let above = html.above.filter(|_| !after_blank_line(self.text, first));
        let around = self.open_entry().or(above);
        let source = |position: usize| {
            let piece = html.pieces.partition_point(|(start, _)| *start <= position);
            let (start, at) =
                html.pieces.get(piece.saturating_sub(1)).copied().unwrap_or((0, first));
            at + (position - start)
        };
        for (position, comment) in directives::comments_of(&html.text) {
            match directives::read(comment, source(position)) {
                None => {}
                Some(Err(fault)) => self.out.faults.push((fault, around.is_some())),
                Some(Ok(beside)) => {
                    match around.and_then(|entry| self.out.entries.get_mut(entry)) {
                        Some(entry) => entry.beside.push(beside),
                        None => self.out.strays.push(beside),
                    }
                }
            }
        }
        let text = html.text.trim();
        if around.is_some() && text.starts_with("<!--") && text.ends_with("-->") {
            // Another comment on the next line is the same entry's.
            self.closed = above;
        }
        if let Some((position, kind)) = swallowed::by_html(&html.text) {
            self.odd(source(position), kind);
        }
        if html.text.contains("checkbox") && !html.text.starts_with("<!--") {
            for (position, _) in html.text.match_indices("<input") {
                self.odd(source(position), OddityKind::Html);
            }
        }
    }
}

/// What a tag does that strikes words out, as `~~` does.
enum Strike {
    Opens,
    Closes,
}

impl Strike {
    fn of(html: &str) -> Option<Strike> {
        let inner = html.strip_prefix('<')?;
        let (closes, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let strikes = ["del", "s", "strike"].iter().any(|tag| tag.eq_ignore_ascii_case(name));
        strikes.then_some(if closes { Strike::Closes } else { Strike::Opens })
    }
}
