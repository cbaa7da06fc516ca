//! Tables that tell of states and hold none: what words and signs mean, and how one follows from others.

use std::collections::BTreeSet;

use super::columns::Table;
use super::fields::Part;
use super::scene::Scene;
use super::titles::is_status;

/// Whether a table tells how one state follows from others: `→ Final status`.
pub(super) fn derives(table: &Table<'_>) -> bool {
    let derived = |title: &str| title.trim_start().starts_with(['→', '⇒', '➜']) && is_status(title);
    (0..table.width()).any(|at| derived(table.title(at)))
}

/// Whether a table explains the words of a column rather than telling how rows stand.
pub(super) fn explains(table: &Table<'_>, column: usize) -> bool {
    all_differ(table, column) && (column == 0 || tells_meanings(table))
}

/// Whether a table lists the states there are, signs too: each once in its first column, with what it
/// means or below a heading that says so.
pub(super) fn is_legend(table: &Table<'_>, scene: &Scene) -> bool {
    // What is checked may stand behind its sign, where not both say so.
    let names = |at: usize| table.part(at) == Part::Names && table.bare(at) != "description";
    let is_list = || (1..table.width()).any(names);
    let told = match (tells_meanings(table), scene.is_legend()) {
        (true, true) => true,
        (false, false) => false,
        _ => !is_list(),
    };
    told && is_status(table.title(0)) && all_differ(table, 0)
}

/// Whether no two cells of a column say the same.
fn all_differ(table: &Table<'_>, column: usize) -> bool {
    let words: BTreeSet<String> = table.filled(column).map(str::to_lowercase).collect();
    words.len() == table.filled(column).count()
}

/// Whether a column says what words mean.
fn tells_meanings(table: &Table<'_>) -> bool {
    const MEANINGS: [&str; 9] = [
        "meaning",
        "means",
        "definition",
        "explanation",
        "bedeutung",
        "when to use",
        "signification",
        "significado",
        "значение",
    ];
    MEANINGS.iter().any(|title| table.titled(title).is_some())
}
