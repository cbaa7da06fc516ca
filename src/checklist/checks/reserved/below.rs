//! What below the text of an item may say that somebody has to look before it is ticked.

use crate::checklist::remarks::harmless;
use crate::checklist::text::affix::strip_prefix;
use crate::model::Lines;

use super::words::ORDERS;
use super::{clauses, leaves};

/// Longer lines and entries describe the item.
const SHORT: usize = 5;

/// What below the item at `line` of a document says so, on a line or an entry of its own: `- pending`,
/// `failed`.
pub fn reservation_below(lines: &Lines, line: usize) -> Option<&str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(lines.line(line));
    let mut apart = false;
    for below in (line + 1..=lines.count()).map(|at| lines.line(at)) {
        let said = below.trim();
        let entry = entry(said);
        let outside = indent(below) <= own && (apart || entry.is_some());
        if said.is_empty() {
            apart = true;
            continue;
        }
        if outside || said.starts_with(['#', '|', '~']) || said.starts_with("```") {
            return None;
        }
        let said = entry.unwrap_or(said).trim_start_matches(['>', ' ']).trim();
        if !said.starts_with('[') && speaks(said) {
            return Some(said);
        }
    }
    None
}

/// Whether a line says that something is left.
fn speaks(said: &str) -> bool {
    let bare = said.trim_matches(|c: char| !c.is_alphanumeric());
    let is_short = |said: &str| said.split_whitespace().count() <= SHORT;
    let orders = |said: &str| ORDERS.iter().any(|of| strip_prefix(said, of).is_some());
    let value = || Some(bare.split_once(':')?.1.trim_start_matches(['*', '_', ' ']));
    keyed(bare).unwrap_or_else(|| {
        is_short(said) && (leaves(said) || denied(said))
            || clauses(bare).any(orders)
            || value().is_some_and(|value| is_short(value) && leaves(value))
    })
}

/// What the first line of the item there has that its text does not show: a footnote, what is struck out.
pub fn reservation_written(lines: &Lines, line: usize) -> Option<&'static str> {
    let line = lines.line(line);
    let trails = line.trim_end().ends_with('*')
        && line.trim_start_matches("* ").matches('*').count() % 2 == 1;
    let marks = ["[^", "~~", "<del>", "<s>"];
    marks.into_iter().find(|mark| line.contains(mark)).or_else(|| trails.then_some("*"))
}

/// `Blockers: #12`, `Ready: no`: a key for what is left with anything but none, one for what is done with
/// anything that is not known to be well. `None` without such a key.
fn keyed(said: &str) -> Option<bool> {
    #[rustfmt::skip]
    const LEFT: [&str; 12] = [
        "blocked", "blocked by", "blocker", "blockers", "depends on", "missing", "needs", "open", "remaining", "todo",
        "waiting for", "waiting on",
    ];
    #[rustfmt::skip]
    const DONE: [&str; 10] = [
        "complete", "done", "passed", "ready", "result", "results", "state", "status", "tested", "verified",
    ];
    const NONE: [&str; 6] = ["-", "0", "n/a", "no", "none", "nothing"];
    let bare = |text: &str| text.trim_matches(['*', '_', ' ', '`', '.']).to_lowercase();
    let (key, value) = said.split_once(':')?;
    let (key, value) = (bare(key), bare(value));
    match () {
        () if value.is_empty() => None,
        () if LEFT.contains(&&*key) => Some(!NONE.contains(&&*value)),
        () if DONE.contains(&&*key) => Some(!harmless::is_harmless(&value, true)),
        () => None,
    }
}

/// Whether a word of a short line says that something is left, and nothing before it denies that.
fn denied(said: &str) -> bool {
    const DENY: [&str; 7] = ["0", "never", "no", "none", "not", "nothing", "without"];
    #[rustfmt::skip]
    const WRONG: [&str; 12] = [
        "awaiting", "blocked", "blocker", "blockers", "broken", "failing", "flaky", "missing", "open", "pending", "red", "todo",
    ];
    let lower = said.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let wrong = words.iter().position(|word| WRONG.contains(word));
    let counted = |at: usize| {
        words
            .iter()
            .take(at)
            .any(|word| word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty())
    };
    wrong.is_some_and(|at| counted(at) && !words.iter().take(at).any(|word| DENY.contains(word)))
}

/// What stands behind the bullet or the number of an entry.
fn entry(line: &str) -> Option<&str> {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let bullets: &[char] = if number.len() < line.len() { &['.', ')'] } else { &['-', '*', '+'] };
    number.strip_prefix(bullets).filter(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::reservation_below;
    use crate::model::{LineIndex, Lines};

    fn below(source: &str) -> Option<String> {
        let lines = Lines::new(source.to_owned(), LineIndex::new(source));
        reservation_below(&lines, 3).map(str::to_owned)
    }

    #[test]
    fn what_stands_below_a_text_may_say_so_too() {
        for below in [
            "  - pending",
            "  1. pending",
            "  2) e2e red",
            "  - ❌",
            "  * except Windows",
            "  - 2/3",
            "  failed",
            "  waiting for QA",
            "not on CI",
            "\n  - offen",
            "  - Status: blocked by #12",
            "  - Blockers: #12",
            "  - Ready: no",
            "  - Result: 3 failed",
            "  - We have 2 open bugs",
            "  > blocked",
            "  - do not tick this before Ana has looked at it",
            "  **do not tick**",
            "  <!-- do not tick -->",
            "  - [ ] Notes\n  - blocked",
        ] {
            let source = format!("# A\n\n- [ ] All tests pass\n{below}\n");
            assert!(self::below(&source).is_some(), "{below}");
        }
        for below in [
            "",
            "  - unit and end to end",
            "  - Blockers: none",
            "  - Result: 12 passed",
            "  - 0 open bugs",
            "  - No test may be skipped on main before a release",
            "- [ ] Docs are pending",
            "- pending",
            "1. pending",
            "\nPending",
            "## Open",
            "  ```\n  pending\n  ```",
        ] {
            let source = format!("# A\n\n- [ ] All tests pass\n{below}\n");
            assert_eq!(self::below(&source), None, "{below}");
        }
    }
}
