//! What is said of entries outside of them: in a paragraph above their list, and in footnotes.

use crate::checklist::syntax::outline::{Lead, Outline, Run};
use crate::model::{leading_priority, priority_in};

use super::folds::{Parts, without_tags};
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
    /// Whether a `<details>` with a summary is open, and the priority that this says.
    is_folded: bool,
    folded: Option<String>,
    /// What HTML says of the part that is open.
    pub(super) parts: Parts,
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

    /// What a block of HTML folds away, or the end of it.
    pub(super) fn fold(&mut self, html: &str, out: &mut Outline) {
        let html = html.to_ascii_lowercase();
        if html.contains("</details") && std::mem::take(&mut self.is_folded) {
            self.folded = None;
            self.lead = None;
        }
        let summary =
            html.rsplit_once("<summary").and_then(|(_, rest)| rest.split_once("</summary"));
        let Some((said, _)) = summary else { return };
        let said = without_tags(said);
        self.is_folded = true;
        self.folded = priority_in(&said);
        // What stands right above it is said of its list too.
        let open = self.lead.filter(|_| !self.listed && self.folded.is_none());
        let at = open.unwrap_or(out.leads.len());
        if open.is_none() {
            out.leads.push(Lead { priority: self.folded.clone(), ..Lead::default() });
        }
        (self.lead, self.listed) = (Some(at), false);
        if let Some(lead) = out.leads.get_mut(at) {
            lead.text.push('\n');
            lead.text.push_str(&said);
            lead.label = lead.label.take().or(Some(said));
        }
    }

    pub(super) fn open_footnote(&mut self, name: &str) {
        self.footnote = Some(name.to_lowercase());
    }

    pub(super) fn close_footnote(&mut self) {
        self.footnote = None;
    }

    /// A paragraph ended; `within` an entry it is that entry's, but in a footnote.
    pub(super) fn prose(&mut self, run: &Run, within: bool, out: &mut Outline) {
        if let Some(name) = &self.footnote {
            out.footnotes.push((name.clone(), run.raw.clone()));
        } else if !within {
            let open = self.lead.filter(|_| !self.listed);
            // A paragraph between two lists ends no priority; a label begins another group.
            let graded = self.lead.and_then(|at| out.leads.get(at)?.priority.clone());
            let graded = graded.filter(|_| open.is_none() && label(run).is_none());
            let at = open.unwrap_or(out.leads.len());
            if open.is_none() {
                out.leads.push(Lead::default());
                self.lead = Some(at);
            }
            if let Some(lead) = out.leads.get_mut(at) {
                lead.text.push('\n');
                lead.text.push_str(&run.raw);
                lead.label = label(run);
                let said = lead.label.as_deref().and_then(priority_in);
                let said = said.or_else(|| leading_priority(&run.raw));
                let told = said.or(lead.priority.take()).or(graded);
                lead.priority = told.or_else(|| self.folded.clone());
            }
            self.listed = false;
        }
    }
}

/// How many words a label has.
const WORDS: usize = 5;

/// What names a list, and is no word on the document: `Status: open`, `Last updated in May`.
fn label(run: &Run) -> Option<String> {
    let text = run.raw.trim();
    let tells = text.trim_end_matches([':', '：']).contains(':')
        || ["last ", "updated"].iter().any(|word| text.to_lowercase().starts_with(word));
    if tells {
        return None;
    }
    let is_bold = !text.is_empty() && run.lead >= run.raw.trim_end().len();
    let names = text.strip_suffix([':', '：']).is_some_and(|name| {
        name.split_whitespace().count() <= WORDS && !name.contains(['.', ';', '\n'])
    });
    (is_bold || names).then(|| text.to_owned())
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
