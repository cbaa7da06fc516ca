//! Status tables: which rows are items, and which of their cells say what.

mod columns;
mod remarks;
mod states;

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Row, Run};
use crate::checklist::text::figures::figures;
use crate::checklist::text::glance::Glance;
use crate::checklist::text::marks;
use crate::checklist::text::slug::slug;
use crate::model::Claim;

use super::identity::{meaning, without, without_html};
use super::parts::parts;
use columns::{
    Table, answers, is_filled_in_later, is_plain_status, places, sets_a_goal, status_columns,
};
use states::{State, is_no_state, state};

/// A row that is an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StatusRow {
    /// The cell that says what shall hold.
    pub(super) subject: usize,
    /// What its status cells say.
    pub(super) claim: Option<Claim>,
    /// The text of the other cells.
    pub(super) note: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) due: Option<String>,
    pub(super) priority: Option<String>,
    /// What else the row says of its subject, in the form of a meaning: a tick is of that too.
    pub(super) told: String,
}

/// For each row of `rows` whether it is an item. Rows of one table stand together.
pub(super) fn status_rows(rows: &[Row], repair: &Repair) -> Vec<Option<StatusRow>> {
    let mut found = Vec::with_capacity(rows.len());
    for rows in rows.chunk_by(|a, b| a.table == b.table) {
        let shown = |cell: &Run| repair.display(&without_html(cell)).into_owned();
        let texts: Vec<Vec<String>> =
            rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect();
        let (head, body) = match (rows.first(), texts.split_first()) {
            (Some(first), Some((head, body))) if first.head => (head.as_slice(), body),
            _ => (&[][..], texts.as_slice()),
        };
        let table = Table::of(head, body);
        let status = status_columns(&table);
        let heads = rows.len() - body.len();
        found.resize(found.len() + heads, None);
        let read = rows.iter().skip(heads).zip(body);
        found.extend(
            read.map(|(row, cells)| Cells { table: &table, row, cells, repair }.read(&status)),
        );
    }
    found
}

/// A row as it is read.
struct Cells<'r> {
    table: &'r Table<'r>,
    row: &'r Row,
    /// Its cells as they are shown.
    cells: &'r [String],
    repair: &'r Repair,
}

impl Cells<'_> {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map(String::as_str).unwrap_or_default()
    }

    fn read(&self, status: &[usize]) -> Option<StatusRow> {
        let claims: Vec<Option<Claim>> = status.iter().map(|at| self.claim(*at)).collect();
        let claim = joined(&claims).or_else(|| self.is_unsaid(status).then_some(Claim::Open))?;
        let subject = self.subject(status)?;
        let mut read = StatusRow { subject, claim: Some(claim), ..StatusRow::default() };
        let mut notes = Vec::new();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.table.bare(at) {
                _ if at == subject => {}
                title if OWNERS.contains(&title) => read.owner = Some(cell.clone()),
                title if DUES.contains(&title) => read.due = Some(cell.clone()),
                "priority" | "severity" if cell.contains(char::is_alphanumeric) => {
                    read.priority = Some(cell.clone())
                }
                _ if status == [at] => {
                    let said = state(cell, answers(self.table.bare(at)));
                    let rest = said.map_or(cell.as_str(), |said| said.rest);
                    notes.extend((!rest.is_empty()).then(|| rest.to_owned()));
                }
                // Of several, each is told with what it is the status of.
                _ if status.contains(&at) => {
                    notes.push(format!("{}: {cell}", self.table.title(at)))
                }
                _ => notes.push(cell.clone()),
            }
        }
        read.note = (!notes.is_empty()).then(|| notes.join("; "));
        read.told = self.told(subject, status);
        Some(read)
    }

    /// What the cells beside the subject say that is no status and not filled in later, and what the
    /// titles of the status say beyond being that.
    fn told(&self, subject: usize, status: &[usize]) -> String {
        let mut told = String::new();
        for at in 0..self.cells.len().max(self.table.width()) {
            let title = self.table.bare(at);
            let said = if status.contains(&at) {
                let title = self.table.title(at);
                if is_plain_status(title) { None } else { words(title, true) }
            } else if at == subject || is_field(title) || is_filled_in_later(title) {
                None
            } else {
                words(self.cell(at), sets_a_goal(title) || places(title))
            };
            told.extend(said.iter().flat_map(|said| ["|", said]));
        }
        told
    }

    /// What the cell at `at` says; what is struck in it is not said any more.
    fn claim(&self, at: usize) -> Option<Claim> {
        let answers = answers(self.table.bare(at));
        let run = self.row.cells.get(at)?;
        let said = |text: &str| state(text, answers).map(|State { claim, .. }| claim);
        let claim = match run.struck.is_empty() {
            true => said(self.cell(at)),
            false => said(&self.repair.display(&without(run, &run.struck))),
        };
        claim.or_else(|| self.fails(at).then_some(Claim::Open))
    }

    /// Whether the row stands in a table of states and does not say its own: an empty cell is one that
    /// nobody filled in yet, and a word that is not known is none for what is done. Not so of a row
    /// that groups others or sums them up.
    fn is_unsaid(&self, status: &[usize]) -> bool {
        let asks = |at: &usize| self.table.asks_for_a_state(*at);
        let unsaid = |at: &usize| {
            let cell = self.cell(*at);
            !cell.contains(char::is_alphanumeric)
                || self.table.holds_words(*at) && is_no_state(cell)
        };
        let others = || (0..self.cells.len()).filter(|at| !status.contains(at));
        let told = others().filter(|at| !self.cell(*at).is_empty()).count();
        let grouped = told < 2 && others().count() > 1;
        let summed = || self.subject(status).is_some_and(|at| is_sum(self.cell(at)));
        let all = !status.is_empty() && status.iter().all(|at| asks(at) && unsaid(at));
        all && !grouped && !summed()
    }

    /// Whether the row is marked under "Fail", beside an empty "Pass" at `at`.
    fn fails(&self, at: usize) -> bool {
        let fail = || self.table.titled("fail").is_some_and(|other| !self.cell(other).is_empty());
        self.table.bare(at) == "pass" && self.cell(at).is_empty() && fail()
    }

    /// The cell that says what the row is about.
    fn subject(&self, status: &[usize]) -> Option<usize> {
        let others = || {
            (0..self.cells.len())
                .filter(|at| !status.contains(at) && !is_field(self.table.bare(*at)))
        };
        let says = |at: &usize| is_subject(self.cell(*at));
        let plain = |at: &usize| *at == 0 || marks::leading(self.cell(*at)).is_none();
        // A letter or a label is all that some rows are called.
        let named = |at: &usize| {
            let lettered = |text: &str| text.contains(char::is_alphabetic);
            plain(at) && lettered(self.table.bare(*at)) && lettered(self.cell(*at))
        };
        let subject = others().find(|at| says(at) && plain(at)).or_else(|| others().find(says));
        subject.or_else(|| others().find(named))
    }
}

/// `Total`, `Overall readiness`: a row that sums up the others.
fn is_sum(subject: &str) -> bool {
    const SUMS: [&str; 8] =
        ["average", "overall", "score", "subtotal", "sum", "summary", "total", "totals"];
    let mut words = subject.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|first| SUMS.iter().any(|known| known.eq_ignore_ascii_case(first)))
}

/// What several cells say together: done only where each does that applies. What says nothing beside
/// one that does is not done.
fn joined(claims: &[Option<Claim>]) -> Option<Claim> {
    claims.iter().flatten().next()?;
    let apply = || claims.iter().filter(|claim| **claim != Some(Claim::Cancelled));
    let Some(first) = apply().next() else { return Some(Claim::Cancelled) };
    let claim = first.filter(|_| apply().all(|claim| claim == first));
    let none_is = |other: Claim| apply().all(|claim| *claim != Some(other));
    let begun = !none_is(Claim::Done) || !none_is(Claim::InProgress);
    Some(claim.unwrap_or(if begun { Claim::InProgress } else { Claim::Open }))
}

const OWNERS: [&str; 4] = ["owner", "assignee", "responsible", "who"];
const DUES: [&str; 3] = ["due", "due date", "deadline"];

/// Whether a column tells something of its rows, and never what they are about.
fn is_field(title: &str) -> bool {
    OWNERS.contains(&title) || DUES.contains(&title) || matches!(title, "priority" | "severity")
}

/// What a cell says but for its figures; a number alone is measured, unless the cell says what shall
/// hold, and where: that is `kept` behind a sign of its own.
fn words(cell: &str, kept: bool) -> Option<String> {
    if kept {
        return Some(slug(cell)).filter(|said| !said.is_empty()).map(|said| format!("={said}"));
    }
    cell.contains(char::is_alphabetic).then(|| meaning(cell, 0, &figures(cell)))
}

/// Whether a cell says what a row is about: words, and no sign or label alone.
fn is_subject(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !is_bare_label(cell)
}

/// `REQ-1`: a label and nothing else.
fn is_bare_label(cell: &str) -> bool {
    let parts = parts(cell, 0, Glance::at(cell));
    parts.label.is_some() && parts.core.trim() == cell.trim()
}

#[cfg(test)]
mod tests;
