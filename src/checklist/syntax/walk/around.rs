//! What is said of entries outside of them: in a paragraph above their list, and in footnotes.

use crate::checklist::syntax::outline::Outline;

use super::{Sink, Walker};

/// Where paragraphs belong that are in no list.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The lead that is open: paragraphs since the last heading or list, and the entries below them.
    lead: Option<usize>,
    /// Whether a list or table has begun since.
    listed: bool,
    /// The footnote that is open.
    footnote: Option<String>,
}

impl Around {
    pub(super) fn lead(&self) -> Option<usize> {
        self.lead
    }

    pub(super) fn heading(&mut self) {
        self.lead = None;
    }

    pub(super) fn list(&mut self) {
        self.listed = true;
    }

    pub(super) fn open_footnote(&mut self, name: &str) {
        self.footnote = Some(name.to_lowercase());
    }

    pub(super) fn close_footnote(&mut self) {
        self.footnote = None;
    }

    /// A paragraph ended; `within` an entry it is that entry's, but in a footnote.
    pub(super) fn prose(&mut self, text: &str, within: bool, out: &mut Outline) {
        if let Some(name) = &self.footnote {
            out.footnotes.push((name.clone(), text.to_owned()));
        } else if !within {
            let open = self.lead.filter(|_| !self.listed);
            match open.and_then(|at| out.leads.get_mut(at)) {
                Some(lead) => {
                    lead.push('\n');
                    lead.push_str(text);
                }
                None => {
                    self.lead = Some(out.leads.len());
                    out.leads.push(text.to_owned());
                }
            }
            self.listed = false;
        }
    }
}

impl Walker<'_> {
    /// A footnote is referred to: by the row or entry that is open.
    pub(super) fn refer(&mut self, name: &str) {
        let name = name.to_lowercase();
        if self.sink == Sink::Cell {
            self.out.rows.last_mut().into_iter().for_each(|row| row.notes.push(name.clone()));
            return;
        }
        let open = self.open_entry();
        if let Some(entry) = open.and_then(|at| self.out.entries.get_mut(at)) {
            entry.notes.push(name);
        }
    }
}
