//! What stands below an open item, on lines and entries of its own, and may say that somebody has to look before
//! the item is ticked.

use super::{ORDERS, clauses, leaves};
use crate::checklist::text::affix::strip_prefix;

/// What below the item at `line` of a document says so, on a line or an entry of its own: `- pending`,
/// `failed`. Longer ones describe it.
pub fn reservation_below(source: &str, line: usize) -> Option<&str> {
    const SHORT: usize = 5;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = source.lines().skip(line.checked_sub(1)?);
    let own = indent(lines.next()?);
    let (mut apart, mut found) = (false, None);
    for below in lines {
        let said = below.trim();
        let entry = said.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
        let outside = indent(below) <= own && (apart || entry.is_some());
        match () {
            () if said.is_empty() => apart = true,
            () if outside || said.starts_with(['#', '|', '~']) || said.starts_with("```") => break,
            () => {
                let said = entry.unwrap_or(said).trim();
                let is_item = said.starts_with('[');
                let is_short = said.split_whitespace().count() <= SHORT;
                let bare = said.trim_matches(|c: char| !c.is_alphanumeric());
                let value = bare
                    .split_once(':')
                    .map(|(_, value)| value.trim_start_matches(['*', '_', ' ']));
                let speaks = || {
                    is_short && leaves(said)
                        || clauses(bare)
                            .any(|said| ORDERS.iter().any(|of| strip_prefix(said, of).is_some()))
                        || value.is_some_and(|value| {
                            value.split_whitespace().count() <= SHORT && leaves(value)
                        })
                };
                found = Some(said).filter(|_| !is_item && speaks());
            }
        }
        if found.is_some() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::reservation_below;

    #[test]
    fn what_stands_below_a_text_may_say_so_too() {
        for below in [
            "  - pending",
            "  - ❌",
            "  * except Windows",
            "  - 2/3",
            "  failed",
            "  waiting for QA",
            "not on CI",
            "\n  - offen",
            "  - Status: blocked by #12",
            "  - do not tick this before Ana has looked at it",
            "  **do not tick**",
            "  <!-- do not tick -->",
            "  - [ ] Notes\n  - blocked",
        ] {
            let source = format!("# A\n\n- [ ] All tests pass\n{below}\n");
            assert!(reservation_below(&source, 3).is_some(), "{below}");
        }
        for below in [
            "",
            "  - unit and end to end",
            "  - No test may be skipped on main before a release",
            "- [ ] Docs are pending",
            "- pending",
            "\nPending",
            "## Open",
            "  ```\n  pending\n  ```",
        ] {
            let source = format!("# A\n\n- [ ] All tests pass\n{below}\n");
            assert_eq!(reservation_below(&source, 3), None, "{below}");
        }
    }
}
