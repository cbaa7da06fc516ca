//! Two columns of which one is marked in each row: `Pass | Fail`, `Go | No-Go`.

use super::columns::Table;
use super::states::sign;
use crate::model::Claim;

/// The columns of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    yes: usize,
    no: usize,
    /// The column beside them for what does not apply.
    neither: Option<usize>,
}

impl Pair {
    /// Whether `column` is one of its columns.
    pub(super) fn holds(self, column: usize) -> bool {
        self.columns().contains(&column)
    }

    pub(super) fn columns(self) -> Vec<usize> {
        [Some(self.yes), Some(self.no), self.neither].into_iter().flatten().collect()
    }

    /// What a row says by its marks; one that is marked on both sides is not done.
    pub(super) fn claim<'c>(self, cell: impl Fn(usize) -> &'c str) -> Option<Claim> {
        let marked = |column: usize| is_marked(cell(column));
        let denied = sign(cell(self.yes)).is_some_and(|(claim, _)| claim != Claim::Done);
        if marked(self.no) {
            return Some(Claim::Open);
        }
        if marked(self.yes) {
            return Some(if denied { Claim::Open } else { Claim::Done });
        }
        self.neither.is_some_and(marked).then_some(Claim::Cancelled)
    }
}

/// The pair of a table: columns that are titled so and hold marks alone, at least one.
pub(super) fn pair(table: &Table<'_>) -> Option<Pair> {
    let (yes, no) = titled(table)?;
    // What has what is answered so as well.
    let asks = table.bare(yes) != "yes" || table.names_rows();
    let pair = Pair { yes, no, neither: first(table, &["n/a", "na", "not applicable"]) };
    let cells = || pair.columns().into_iter().flat_map(|column| table.cells(column));
    let marks = asks && cells().all(is_mark) && cells().any(is_marked);
    (marks && !lists_answers(table, yes)).then_some(pair)
}

/// Whether `column` is one of a pair that lists in every row which answers there are: `✓ | ✗`.
pub(super) fn lists_answers(table: &Table<'_>, column: usize) -> bool {
    let Some((yes, no)) = titled(table).filter(|pair| column == pair.0 || column == pair.1) else {
        return false;
    };
    let marked = |column: usize| table.cells(column).filter(|cell| is_marked(cell)).count();
    marked(yes) > 1 && marked(yes) == marked(no) && marked(yes) == table.cells(yes).count()
}

/// The columns that are titled as a pair.
fn titled(table: &Table<'_>) -> Option<(usize, usize)> {
    const PAIRS: [(&[&str], &[&str]); 6] = [
        (&["pass", "passed"], &["fail", "failed"]),
        (&["go"], &["no-go", "no go", "nogo"]),
        (&["yes"], &["no"]),
        (&["approved"], &["rejected", "not approved", "declined"]),
        (&["done", "complete", "completed"], &["not done", "incomplete", "open", "pending"]),
        (&["ok"], &["not ok", "nok", "ko"]),
    ];
    PAIRS.iter().find_map(|(yes, no)| first(table, yes).zip(first(table, no)))
}

fn first(table: &Table<'_>, titles: &[&str]) -> Option<usize> {
    titles.iter().find_map(|title| table.titled(title))
}

/// Whether a cell holds a mark or nothing, and no number or text.
fn is_mark(cell: &str) -> bool {
    let bare = bare(cell);
    let signed = || sign(cell).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric));
    bare.is_empty() || matches!(&*bare, "x" | "y" | "n" | "yes" | "no" | "o") || signed()
}

/// Whether a cell is marked: an empty box, a dash and a "no" are none.
fn is_marked(cell: &str) -> bool {
    let empty = cell.contains(['☐', '⬜', '🔲', '⚪', '⭕', '➖']) || cell.contains("_square");
    let signed = || sign(cell).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric));
    !empty && (matches!(&*bare(cell), "x" | "y" | "yes") || signed())
}

fn bare(cell: &str) -> String {
    cell.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_no_number_and_no_empty_box() {
        for cell in ["x", "X", "[x]", "✓", "✅", "❌", "yes", "✔️"] {
            assert!(is_mark(cell) && is_marked(cell), "{cell}");
        }
        for cell in ["", "-", "—", "☐", "[ ]", "no", "⬜"] {
            assert!(is_mark(cell) && !is_marked(cell), "{cell}");
        }
        for cell in ["9", "✅ 9", "see below", "12 ms"] {
            assert!(!is_mark(cell), "{cell}");
        }
    }
}
