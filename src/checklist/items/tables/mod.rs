//! Status tables: which rows are items, and which of their cells say what.

mod beside;
mod columns;
mod fields;
mod legends;
mod pairs;
mod remarks;
mod row;
mod scene;
mod states;
mod titles;
mod words;

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Row, Run};
use crate::model::Claim;

use super::identity::without_html;
use columns::{Table, standing};
use row::Cells;
pub(super) use scene::Scene;

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
    /// The titles of the subject and the states, and the other cells as `title: cell`.
    pub(super) around: Vec<String>,
}

/// For each row of `rows` whether it is an item. Rows of one table stand together; `scene` tells what
/// stands around the table that a row is of.
pub(super) fn status_rows(
    rows: &[Row],
    repair: &Repair,
    scene: &dyn Fn(&Row) -> Scene,
) -> Vec<Option<StatusRow>> {
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
        let scene = rows.first().map(scene).unwrap_or_default();
        let standing = standing(&table, &scene);
        let heads = rows.len() - body.len();
        found.resize(found.len() + heads, None);
        let read = rows.iter().skip(heads).zip(body);
        found.extend(read.map(|(row, cells)| {
            Cells { table: &table, standing: &standing, row, cells, repair }.read()
        }));
    }
    found
}

#[cfg(test)]
mod tests;
