//! Status tables: which rows are items, and which of their cells say what.

use std::collections::BTreeSet;

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::Row;
use crate::checklist::text::glance::Glance;
use crate::checklist::text::marks;
use crate::model::Claim;

use super::claim::is_not_applicable;
use super::parts::parts;

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

/// The column that holds the status: named so, or nameless or all of states where it is the only one
/// of signs. A colour under `Priority` grades, and one under `Windows` says what is supported.
fn status_column(head: &[String], body: &[Vec<String>]) -> Option<usize> {
    let columns = body.iter().map(Vec::len).max().unwrap_or(0);
    let title = |column: usize| head.get(column).map(String::as_str).unwrap_or_default();
    let cells = |column: usize| body.iter().filter_map(move |cells| cells.get(column));
    let marked =
        |column: usize| cells(column).filter(|cell| marks::leading(cell).is_some()).count();
    // What passed and what failed beside it are counted, and neither is a status.
    let counts = head.iter().any(|title| bare_title(title) == "failed");
    let is_named = |column: &usize| {
        is_status_title(title(*column))
            && !(counts && bare_title(title(*column)) == "passed")
            && marked(*column) > 0
    };
    let chosen = (0..columns).find(is_named).or_else(|| {
        let mut candidates =
            (0..columns).filter(|column| !is_grade(title(*column)) && marked(*column) > 0);
        let only = candidates.next()?;
        let full = marked(only) == body.len() && candidates.next().is_none();
        let nameless = !title(only).contains(char::is_alphanumeric);
        (full && (nameless || cells(only).all(|cell| says_a_state(cell)))).then_some(only)
    })?;
    // A first column of signs that are all different is a legend, unless it is called a status.
    let signs: BTreeSet<&str> = cells(chosen).map(String::as_str).collect();
    let legend = chosen == 0 && signs.len() == body.len() && !is_status_title(title(chosen));
    (!legend).then_some(chosen)
}

/// A title in lower case without decoration.
fn bare_title(title: &str) -> String {
    title.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether a column grades its rows rather than telling how they stand.
fn is_grade(title: &str) -> bool {
    const GRADES: [&str; 15] = [
        "priority",
        "prio",
        "severity",
        "impact",
        "risk",
        "likelihood",
        "probability",
        "urgency",
        "importance",
        "criticality",
        "effort",
        "complexity",
        "difficulty",
        "level",
        "confidence",
    ];
    let bare = bare_title(title);
    bare.split(|c: char| !c.is_alphanumeric()).any(|word| GRADES.contains(&word))
}

/// `✅ Done`, `⏳ in progress`: a sign and the state that it stands for.
fn says_a_state(cell: &str) -> bool {
    const STATES: [&str; 16] = [
        "done",
        "complete",
        "completed",
        "pending",
        "open",
        "closed",
        "todo",
        "ok",
        "pass",
        "passed",
        "fail",
        "failed",
        "fixed",
        "blocked",
        "in progress",
        "not started",
    ];
    let said = marks::leading(cell).and_then(|(_, end)| cell.get(end..)).unwrap_or_default();
    STATES.contains(&bare_title(said).as_str())
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
    let titled = |at: usize| head.get(at).map(|title| bare_title(title)).unwrap_or_default();
    let others = || (0..cells.len()).filter(|at| *at != status && !is_field(&titled(*at)));
    let says = |at: &usize| cells.get(*at).is_some_and(|cell| is_subject(cell));
    let plain =
        |at: &usize| *at == 0 || cells.get(*at).is_some_and(|cell| marks::leading(cell).is_none());
    // A letter or a label is all that some rows are called.
    let named = |at: &usize| {
        let cell = cells.get(*at).map(String::as_str).unwrap_or_default();
        plain(at) && titled(*at).contains(char::is_alphabetic) && cell.contains(char::is_alphabetic)
    };
    let subject = others().find(|at| says(at) && plain(at)).or_else(|| others().find(says));
    let subject = subject.or_else(|| others().find(named))?;
    let mut read = StatusRow { subject, claim: Some(claim), ..StatusRow::default() };
    let mut notes = Vec::new();
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match titled(at).as_str() {
            _ if at == subject => {}
            title if OWNERS.contains(&title) => read.owner = Some(cell.clone()),
            title if DUES.contains(&title) => read.due = Some(cell.clone()),
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

const OWNERS: [&str; 4] = ["owner", "assignee", "responsible", "who"];
const DUES: [&str; 3] = ["due", "due date", "deadline"];

/// Whether a column tells something of its rows, and never what they are about.
fn is_field(title: &str) -> bool {
    OWNERS.contains(&title) || DUES.contains(&title) || matches!(title, "priority" | "severity")
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
mod tests {
    use super::*;
    use crate::checklist::syntax::markers::Markers;
    use crate::checklist::syntax::walk::walk;

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
    fn a_row_is_called_by_a_letter_or_a_label_where_that_is_all() {
        let table = "| Check | Owner | Status |\n|--|--|--|\n| C | ana | ❌ |\n| R2 | | ✅ |\n| | ben | ✅ |\n";
        let told: Vec<Option<usize>> =
            read(table).into_iter().map(|row| row.map(|(_, subject, _)| subject)).collect();
        assert_eq!(told, [None, Some(0), Some(0), None]);
        let first = "| Status | Check |\n|--|--|\n| ✅ | Backups run |\n| ❌ | Keys rotated |\n";
        assert_eq!(read(first).iter().flatten().count(), 2);
        let numbered = "| # | Status |\n|--|--|\n| A | ✅ |\n";
        assert!(read(numbered).iter().all(Option::is_none));
    }

    #[test]
    fn what_opens_with_a_colour_is_a_subject_still() {
        let table = "| Stage | Status | Runs |\n|--|--|--|\n| 🔴 Red | ✅ Done | 3 FAIL |\n| 🟢 Green | ⏳ | - |\n";
        assert_eq!(
            read(table),
            [
                None,
                Some((Some(Claim::Done), 0, Some("Done; 3 FAIL".into()))),
                Some((Some(Claim::InProgress), 0, Some("-".into()))),
            ]
        );
    }

    #[test]
    fn a_column_of_signs_is_a_status_where_it_is_clear() {
        for head in ["", "✅", "Ampel"] {
            let table =
                format!("| What | {head} |\n|--|--|\n| Keys | ✅ Done |\n| DNS | ⏳ pending |\n");
            assert_eq!(read(&table).iter().flatten().count(), 2, "{head}");
        }
        let bare = "| What | |\n|--|--|\n| Keys | ✅ |\n| DNS | ❌ |\n";
        assert_eq!(read(bare).iter().flatten().count(), 2);
    }

    #[test]
    fn grades_and_capabilities_claim_nothing() {
        for head in ["Priority", "Severity", "Impact", "Risk level", "Likelihood", "🔥 Prio"] {
            let table = format!("| What | {head} |\n|--|--|\n| Docs | 🟢 Low |\n| Keys | 🔴 |\n");
            assert!(read(&table).iter().all(Option::is_none), "{head}");
        }
        for head in ["Supported", "Persistence", "Windows", "Functional?"] {
            let table = format!("| What | {head} |\n|--|--|\n| Docs | ✅ |\n| Keys | ❌ none |\n");
            assert!(read(&table).iter().all(Option::is_none), "{head}");
        }
        let graded = "| What | Priority | Status |\n|--|--|--|\n| Docs | 🟢 Low | ❌ |\n";
        assert_eq!(read(graded)[1].as_ref().unwrap().0, Some(Claim::Open));
        let counted = "| Suite | Passed | Failed |\n|--|--|--|\n| End to end | ✅ 9 | ❌ 1 |\n";
        assert!(read(counted).iter().all(Option::is_none));
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
