//! One row of a status table: what it is about, what it claims, and what its other cells say.

use crate::checklist::items::details::beginning;
use crate::checklist::items::identity::{meaning, without};
use crate::checklist::items::parts::parts;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::Row;
use crate::checklist::text::figures::figures;
use crate::checklist::text::glance::Glance;
use crate::checklist::text::marks;
use crate::checklist::text::slug::slug;
use crate::model::Claim;

use super::StatusRow;
use super::beside::takes_back;
use super::columns::{Standing, Table};
use super::fields::{Part, given};
use super::states::{is_no_state, share};
use super::titles::{
    is_filled_in_later, is_of_goals, is_plain_status, is_share, places, sets_a_goal,
};

/// A row as it is read.
pub(super) struct Cells<'r> {
    pub(super) table: &'r Table<'r>,
    pub(super) standing: &'r Standing,
    pub(super) row: &'r Row,
    /// Its cells as they are shown.
    pub(super) cells: &'r [String],
    pub(super) repair: &'r Repair,
}

impl Cells<'_> {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map(String::as_str).unwrap_or_default()
    }

    pub(super) fn read(&self) -> Option<StatusRow> {
        let status = &*self.standing.columns;
        let claim = self.said().or_else(|| self.is_unsaid(status).then_some(Claim::Open))?;
        let subject = self.subject(status)?;
        if is_only_a_sum(self.cell(subject), self.table.ends_with(self.cells)) {
            return None;
        }
        let mut read = StatusRow { subject, claim: Some(claim), ..StatusRow::default() };
        let mut notes = Vec::new();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.table.part(at) {
                _ if at == subject => {}
                _ if status.contains(&at) => notes.extend(self.remark(at, status)),
                Part::Owner => read.owner = read.owner.take().or_else(|| given(cell)),
                Part::Due => read.due = read.due.take().or_else(|| given(cell)),
                Part::Priority if cell.contains(char::is_alphanumeric) => {
                    read.priority = Some(cell.clone())
                }
                _ => notes.push(cell.clone()),
            }
        }
        read.note = (!notes.is_empty()).then(|| notes.join("; "));
        read.told = self.told(subject, status);
        read.around = self.around(subject, status);
        Some(read)
    }

    /// What the cell of a status says beside its sign; of several, with what it is the status of.
    fn remark(&self, at: usize, status: &[usize]) -> Option<String> {
        let cell = self.cell(at);
        if self.standing.pair.is_some() {
            return None;
        }
        if status != [at] {
            return Some(format!("{}: {cell}", self.table.title(at)));
        }
        let rest = self.table.state(at, cell).map_or(cell, |said| said.rest);
        (!rest.is_empty()).then(|| rest.to_owned())
    }

    /// What the status cells say together. A green light is not done where the row says that less than
    /// all is, or where it tells how far a goal is.
    fn said(&self) -> Option<Claim> {
        let claim = match self.standing.pair {
            Some(pair) => pair.claim(|at| self.cell(at)),
            None => {
                let claims = self.standing.columns.iter().map(|at| self.claim(*at));
                joined(&claims.collect::<Vec<_>>())
            }
        }?;
        let columns = || 0..self.cells.len();
        let part = |at: usize| {
            is_share(self.table.bare(at))
                && matches!(share(self.cell(at)), Some(Claim::InProgress | Claim::Open))
        };
        let goals = || columns().any(|at| is_of_goals(self.table.bare(at)));
        let lights = || {
            let light = |at: &usize| {
                let cell = self.cell(*at);
                cell.contains('🟢') && !cell.contains(char::is_alphanumeric)
            };
            self.standing.columns.iter().any(light)
        };
        let beside = || {
            let mut columns = self.standing.beside.iter();
            columns.any(|at| takes_back(self.table, *at, self.cell(*at)))
        };
        let short =
            claim == Claim::Done && (columns().any(part) || goals() && lights() || beside());
        Some(if short { Claim::InProgress } else { claim })
    }

    /// What the cells beside the subject say that is no status and not filled in later, but for what
    /// narrows the row, and what the titles of the status say beyond being that.
    fn told(&self, subject: usize, status: &[usize]) -> String {
        let mut told = String::new();
        for at in 0..self.cells.len().max(self.table.width()) {
            let title = self.table.bare(at);
            let said = if status.contains(&at) {
                let title = self.table.title(at);
                if is_plain_status(title) { None } else { words(title, true) }
            } else if at == subject || self.table.part(at).is_field() {
                None
            } else if is_filled_in_later(title) {
                Some(self.cell(at)).filter(|cell| narrows(cell)).and_then(|cell| words(cell, true))
            } else {
                words(self.cell(at), sets_a_goal(title) || places(title))
            };
            told.extend(said.iter().flat_map(|said| ["|", said]));
        }
        told
    }

    /// What may say of what the row is: the titles of its subject and its states, and the other cells, each
    /// with its title.
    fn around(&self, subject: usize, status: &[usize]) -> Vec<String> {
        let said = |at: usize| {
            let (title, cell) = (self.table.title(at), self.cell(at));
            let is_told = at == subject || status.contains(&at);
            match self.table.part(at).is_field() {
                _ if is_told => (!title.is_empty()).then(|| beginning(title)),
                false if !cell.is_empty() => Some(beginning(&format!("{title}: {cell}"))),
                _ => None,
            }
        };
        (0..self.cells.len()).filter_map(said).collect()
    }

    /// What the cell at `at` says; what is struck in it is not said any more.
    fn claim(&self, at: usize) -> Option<Claim> {
        let run = self.row.cells.get(at)?;
        let said = |text: &str| self.table.state(at, text).map(|said| said.claim);
        match run.struck.is_empty() {
            true => said(self.cell(at)),
            false => said(&self.repair.display(&without(run, &run.struck))),
        }
    }

    /// Whether the row stands in a table of states and does not say its own: an empty cell is one that
    /// nobody filled in yet, and a word that is not known is none for what is done. Not so of a row
    /// that groups others or sums them up.
    fn is_unsaid(&self, status: &[usize]) -> bool {
        let standing = self.standing;
        let asks = |at: &usize| {
            standing.is_blank || standing.pair.is_some() || self.table.says_any_state(*at)
        };
        let unsaid = |at: &usize| {
            let cell = self.cell(*at);
            !cell.contains(char::is_alphanumeric)
                || self.table.holds_words(*at) && is_no_state(cell)
        };
        let others = || (0..self.cells.len()).filter(|at| !status.contains(at));
        let told = others().filter(|at| !self.cell(*at).is_empty()).count();
        let empty = || status.iter().all(|at| !self.cell(*at).contains(char::is_alphanumeric));
        let grouped = !standing.is_blank && told < 2 && others().count() > 1 && empty();
        let summed = || self.subject(status).is_some_and(|at| is_sum(self.cell(at)));
        let all = !status.is_empty() && status.iter().all(|at| asks(at) && unsaid(at));
        standing.unsaid_is_open && all && !grouped && !summed()
    }

    /// The cell that says what the row is about: by the titles first, of what names rows before what
    /// they belong to and what is written in later.
    fn subject(&self, status: &[usize]) -> Option<usize> {
        let others = |parts: &'static [Part]| {
            (0..self.cells.len())
                .filter(move |at| !status.contains(at) && !self.standing.beside.contains(at))
                .filter(move |at| parts.contains(&self.table.part(*at)))
        };
        let says = |at: &usize| is_subject(self.cell(*at));
        let plain = |at: &usize| *at == 0 || marks::leading(self.cell(*at)).is_none();
        // A letter or a label is all that some rows are called.
        let named = |at: &usize| {
            let lettered = |text: &str| text.contains(char::is_alphabetic);
            plain(at) && lettered(self.table.bare(*at)) && lettered(self.cell(*at))
        };
        let plainly = |parts: &'static [Part]| others(parts).find(|at| says(at) && plain(at));
        let told = |parts: &'static [Part]| plainly(parts).or_else(|| others(parts).find(says));
        // What the title says names the rows does so by a label, too: `T1` beside what was found of it.
        let main = |at: usize| {
            let by_title = || others(&[Part::Names]).find(named).filter(|name| *name < at);
            let unknown = self.table.part(at) == Part::Unknown;
            unknown.then(by_title).flatten().unwrap_or(at)
        };
        plainly(&[Part::Names, Part::Unknown])
            .map(main)
            .or_else(|| others(&[Part::Names]).find(named))
            .or_else(|| told(&[Part::Names, Part::Unknown]))
            .or_else(|| others(&[Part::Unknown]).find(named))
            .or_else(|| told(&[Part::Groups]))
            .or_else(|| told(&[Part::Later, Part::Id]))
            .or_else(|| others(&[Part::Groups, Part::Later, Part::Id]).find(named))
    }
}

/// `Total`, `Overall readiness`, `Grand total`: a row that sums up the others.
fn is_sum(subject: &str) -> bool {
    #[rustfmt::skip]
    const SUMS: &[&str] = &[
        "average", "overall", "score", "subtotal", "sum", "summary", "total", "totals",
        "durchschnitt", "gesamt", "insgesamt", "summe", "zwischensumme",
        "ensemble", "moyenne", "suma", "soma", "somma", "totale", "totales",
        "всего", "итого", "сумма", "合计", "合計", "小计", "小計", "总计", "總計", "总体",
    ];
    let lower = subject.to_lowercase();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let own = lower.strip_prefix("grand ").unwrap_or(lower);
    let first = own.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    SUMS.contains(&first)
}

/// `TOTAL`, `Gesamt aktuell`: a row that sums up the others and says no more, whatever state it says. In the
/// last row `Global` does so, too.
fn is_only_a_sum(subject: &str, is_last: bool) -> bool {
    #[rustfmt::skip]
    const SUMS: &[&str] = &[
        "subtotal", "total", "totals", "gesamt", "insgesamt", "summe", "zwischensumme",
        "suma", "soma", "somma", "totale", "totales", "всего", "итого", "сумма", "合计", "合計",
        "小计", "小計", "总计", "總計",
    ];
    const BESIDE: [&str; 8] =
        ["grand", "current", "currently", "aktuell", "general", "général", "generale", "geral"];
    let lower = subject.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let sums = |word: &str| SUMS.contains(&word) || is_last && word == "global";
    words().any(sums) && words().all(|word| sums(word) || BESIDE.contains(&word))
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

/// What a cell says but for its figures; a number alone is measured, unless the cell says what shall
/// hold, and where: that is `kept` behind a sign of its own.
fn words(cell: &str, kept: bool) -> Option<String> {
    if kept {
        return Some(slug(cell)).filter(|said| !said.is_empty()).map(|said| format!("={said}"));
    }
    cell.contains(char::is_alphabetic).then(|| meaning(cell, 0, &figures(cell)))
}

/// `staging only`, `except EU`: what makes less of a row, wherever it is written.
fn narrows(cell: &str) -> bool {
    #[rustfmt::skip]
    const NARROWING: &[&str] = &[
        "but", "except", "excepting", "excluding", "not", "only", "unless", "without",
        "außer", "nicht", "nur", "ohne", "sauf", "sans", "seulement", "uniquement",
        "excepto", "salvo", "sin", "solo", "sólo", "solamente", "apenas", "exceto", "sem", "somente",
    ];
    let lower = cell.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| NARROWING.contains(&word))
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
