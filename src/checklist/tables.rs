//! Status tables: which rows are items, and which of their cells say what.

use std::collections::BTreeSet;

use crate::model::Claim;

use super::claim::is_not_applicable;
use super::marks;
use super::mojibake::Repair;
use super::outline::Row;

/// A row that is an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StatusRow {
    /// The cell that says what shall hold.
    pub(super) subject: usize,
    /// What the status cell says.
    pub(super) claim: Option<Claim>,
    /// The text of the other cells.
    pub(super) note: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) due: Option<String>,
    pub(super) priority: Option<String>,
}

/// For each row of `rows` whether it is an item. Rows of one table stand together.
pub(super) fn status_rows(rows: &[Row], repair: &Repair) -> Vec<Option<StatusRow>> {
    let mut found = Vec::with_capacity(rows.len());
    for table in rows.chunk_by(|a, b| a.table == b.table) {
        let texts: Vec<Vec<String>> = table
            .iter()
            .map(|row| {
                row.cells.iter().map(|cell| repair.display(&cell.raw).into_owned()).collect()
            })
            .collect();
        let (head, body) = match (table.first(), texts.split_first()) {
            (Some(first), Some((head, body))) if first.head => (head.as_slice(), body),
            _ => (&[][..], texts.as_slice()),
        };
        let status = status_column(head, body);
        found.resize(found.len() + table.len() - body.len(), None);
        found.extend(body.iter().map(|cells| status.and_then(|column| row(head, cells, column))));
    }
    found
}

/// The column that holds the status: named so, or the only one full of signs.
fn status_column(head: &[String], body: &[Vec<String>]) -> Option<usize> {
    let columns = body.iter().map(Vec::len).max().unwrap_or(0);
    let marked = |column: usize| {
        body.iter()
            .filter_map(|cells| cells.get(column))
            .filter(|cell| marks::leading(cell).is_some())
            .count()
    };
    let named = (0..columns).find(|column| {
        head.get(*column).is_some_and(|title| is_status_title(title)) && marked(*column) > 0
    });
    let chosen = named.or_else(|| {
        let full = |column: &usize| marked(*column) == body.len() && !body.is_empty();
        let mut candidates = (0..columns).filter(|column| marked(*column) > 0);
        let only = candidates.next().filter(full)?;
        candidates.next().is_none().then_some(only)
    })?;
    // A first column of signs that are all different is a legend.
    let signs: BTreeSet<&str> =
        body.iter().filter_map(|cells| cells.get(chosen)).map(String::as_str).collect();
    let legend = chosen == 0 && signs.len() == body.len();
    (!legend).then_some(chosen)
}

fn is_status_title(title: &str) -> bool {
    const TITLES: [&str; 22] = [
        "status",
        "state",
        "done",
        "result",
        "results",
        "complete",
        "completed",
        "verified",
        "ready",
        "check",
        "pass",
        "passed",
        "implemented",
        "estado",
        "statut",
        "stand",
        "stato",
        "статус",
        "状态",
        "状態",
        "ステータス",
        "✅",
    ];
    let lower = title.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '✅');
    TITLES.contains(&bare) || bare.ends_with(" status") || bare.starts_with("status ")
}

fn row(head: &[String], cells: &[String], status: usize) -> Option<StatusRow> {
    let said = cells.get(status)?;
    let claim = match marks::leading(said) {
        Some((claim, _)) => claim,
        None if is_not_applicable(said) => Claim::Cancelled,
        None => return None,
    };
    let subject = (0..cells.len())
        .find(|at| *at != status && cells.get(*at).is_some_and(|cell| is_subject(cell)))?;
    let mut read = StatusRow { subject, claim: Some(claim), ..StatusRow::default() };
    let mut notes = Vec::new();
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let title = head.get(at).map(|title| title.to_lowercase()).unwrap_or_default();
        match title.trim_matches(|c: char| !c.is_alphanumeric()) {
            _ if at == subject => {}
            "owner" | "assignee" | "responsible" | "who" => read.owner = Some(cell.clone()),
            "due" | "due date" | "deadline" => read.due = Some(cell.clone()),
            "priority" | "severity" if cell.contains(char::is_alphanumeric) => {
                read.priority = Some(cell.clone())
            }
            _ if at == status => {
                let rest = marks::leading(cell)
                    .and_then(|(_, end)| cell.get(end..))
                    .unwrap_or(cell)
                    .trim();
                notes.extend((!rest.is_empty()).then(|| rest.to_owned()));
            }
            _ => notes.push(cell.clone()),
        }
    }
    read.note = (!notes.is_empty()).then(|| notes.join("; "));
    Some(read)
}

/// Whether a cell says what a row is about: words, and no sign or label alone.
fn is_subject(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && marks::leading(cell).is_none() && !is_bare_label(cell)
}

/// `REQ-1`: a label and nothing else.
fn is_bare_label(cell: &str) -> bool {
    let parts = super::parts::parts(cell, 0, super::glance::Glance::at(cell));
    parts.label.is_some() && parts.core.trim() == cell.trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::markers::Markers;
    use crate::checklist::walk::walk;

    type Told = (Option<Claim>, usize, Option<String>);

    fn read(table: &str) -> Vec<Option<Told>> {
        let outline = walk(table, 0, &Markers::default());
        status_rows(&outline.rows, &Repair::default())
            .into_iter()
            .map(|row| row.map(|row| (row.claim, row.subject, row.note)))
            .collect()
    }

    #[test]
    fn rows_with_a_status_are_items() {
        let table = "| # | Check | Status | Notes |\n|--|--|--|--|\n| 1 | Backups | ✅ Done | nightly |\n| 2 | DNS | ❌ | |\n| 3 | TLS | ⏳ | |\n| 4 | GPU | N/A | none |\n| 5 | CDN | ? | |\n";
        assert_eq!(
            read(table),
            [
                None,
                Some((Some(Claim::Done), 1, Some("1; Done; nightly".into()))),
                Some((Some(Claim::Open), 1, Some("2".into()))),
                Some((Some(Claim::InProgress), 1, Some("3".into()))),
                Some((Some(Claim::Cancelled), 1, Some("4; N/A; none".into()))),
                None,
            ]
        );
    }

    #[test]
    fn comparisons_and_legends_are_none() {
        let matrix = "| Feature | A | B |\n|--|--|--|\n| x | ✅ | ❌ |\n| y | ✅ | ✅ |\n";
        let legend = "| Sign | Means |\n|--|--|\n| ✅ | done |\n| ❌ | open |\n";
        let boxes = "| a | b |\n|--|--|\n| [x] | foo |\n";
        for table in [matrix, legend, boxes] {
            assert!(read(table).iter().all(Option::is_none), "{table}");
        }
    }
}
