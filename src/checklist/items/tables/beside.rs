//! Columns that are no status of their own, and take back what the status beside them says: `Documented`,
//! `Demo-ready`, and signs for what is under way.

use super::columns::Table;
use super::fields::Part;
use super::states::{sign, state};
use super::titles::{asks_for_finished_work, describes};
use crate::model::Claim;

/// The columns that may do so, of those that are no status.
pub(super) fn beside(table: &Table<'_>, status: &[usize]) -> Vec<usize> {
    let may = |column: &usize| {
        let is_field = table.part(*column).is_field() || table.part(*column) == Part::Id;
        !status.contains(column) && !is_field && !describes(table.bare(*column))
    };
    (1..table.width()).filter(may).filter(|column| holds_states(table, *column)).collect()
}

/// Whether `cell` below `column`, which is one of those, says that something is left. A cross alone says
/// that there is none of it, which only what is to be done lacks.
pub(super) fn takes_back(table: &Table<'_>, column: usize, cell: &str) -> bool {
    let claim = state(cell, true).map(|said| said.claim);
    match claim {
        Some(Claim::InProgress) => true,
        Some(Claim::Open) => {
            asks_for_finished_work(table.bare(column)) || cell.contains(['☐', '⬜', '🔲'])
        }
        _ => false,
    }
}

/// Whether a column says states alone: in signs, or in answers too where its title asks for work.
fn holds_states(table: &Table<'_>, column: usize) -> bool {
    let bare_sign =
        |cell: &str| sign(cell).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric));
    let asks = asks_for_finished_work(table.bare(column));
    let says = |cell: &str| bare_sign(cell) || asks && state(cell, true).is_some();
    table.filled(column).next().is_some() && table.filled(column).all(says)
}
