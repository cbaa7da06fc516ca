//! What a cell of a status table says: a sign at either end, a word for a state, or both.

use crate::checklist::document::template::holds_placeholder;
use crate::checklist::items::claim::is_not_applicable;
use crate::checklist::remarks::told::DONE;
use crate::checklist::text::affix::strip_prefix;
use crate::checklist::text::foreign;
use crate::checklist::text::marks;
use crate::model::Claim;

use super::remarks::{is_on_course, takes_back, takes_sign_back};
use super::words::{CANCELLED, NOT_ALL, OPEN, UNDER_WAY, is_unmistakable};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State<'c> {
    pub(super) claim: Claim,
    /// The cell without its sign.
    pub(super) rest: &'c str,
}

/// The state that `cell` says: by its sign, or else by its words. `answers` is whether a plain yes or
/// no says so too, as it does under "Verified".
pub(super) fn state(cell: &str, answers: bool) -> Option<State<'_>> {
    if is_not_applicable(cell) {
        return Some(State { claim: Claim::Cancelled, rest: cell });
    }
    if only_lists_signs(cell) || is_a_gate(cell) || !answers && is_signed_decision(cell) {
        return None;
    }
    let said =
        signed(cell).or_else(|| worded(cell, answers).map(|claim| State { claim, rest: cell }));
    // `Approved at <head SHA>` is still to be filled in.
    said.map(|said| match said.claim {
        Claim::Done if holds_placeholder(cell) || is_in_angles(cell) => {
            State { claim: Claim::InProgress, ..said }
        }
        _ => said,
    })
}

/// Whether a part stands in `<…>`, as what is to be filled in does: markup is not shown.
fn is_in_angles(cell: &str) -> bool {
    let inner = cell.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.is_some_and(|(inner, _)| {
        inner.starts_with(char::is_alphabetic) && !inner.contains([':', '/', '@'])
    })
}

/// `✅ Go/No-Go #1`: where somebody is to decide, and nothing of what was decided.
fn is_a_gate(cell: &str) -> bool {
    let said = sign(cell).map_or(cell, |(_, rest)| rest);
    let said = said.trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind =
        ["go/no-go", "go / no-go", "go/no go"].iter().find_map(|gate| strip_prefix(said, gate));
    behind.is_some_and(|rest| {
        let rest = rest.trim();
        rest.is_empty() || rest.starts_with(|c: char| c == '#' || c.is_ascii_digit())
    })
}

/// `✅/❌`, `✅ or ❌`: the signs that there are, and none of them said.
fn only_lists_signs(cell: &str) -> bool {
    let bare = cell.replace(" or ", " ");
    let signs = marks::all(&bare);
    let differ = signs.iter().any(|claim| Some(claim) != signs.first());
    differ && !bare.contains(char::is_alphanumeric) && after_arrow(cell).is_none()
}

/// What `cell` says now: `❌ → ✅` was one and is the other.
fn after_arrow(cell: &str) -> Option<&str> {
    let ends = ["→", "➜", "⇒", "->", "=>"].iter().filter_map(|arrow| cell.rsplit_once(arrow));
    ends.map(|(_, now)| now.trim()).find(|now| sign(now).is_some())
}

/// What the sign of `cell` says, where its words do not deny it.
fn signed(cell: &str) -> Option<State<'_>> {
    let now = after_arrow(cell).unwrap_or(cell);
    let (claim, rest) = sign(now)?;
    let outside = without_brackets(now);
    let mixed = || marks::all(&outside).into_iter().any(|other| other != Claim::Done);
    let on_course = || now.contains('🟢') && is_on_course(rest);
    let denied =
        || takes_sign_back(rest) || on_course() || behind(rest, DONE).is_some_and(takes_back);
    let claim = match claim {
        Claim::Done if is_not_applicable(rest) => Claim::Cancelled,
        Claim::Done if mixed() || denied() => Claim::InProgress,
        claim => claim,
    };
    Some(State { claim, rest })
}

/// `cell` without what stands in brackets: there a sign is of what was before, or of a part.
fn without_brackets(cell: &str) -> String {
    let mut depth = 0_usize;
    cell.chars()
        .filter(|c| {
            depth += usize::from(*c == '(');
            let outside = depth == 0;
            depth -= usize::from(*c == ')' && !outside);
            outside
        })
        .collect()
}

/// The sign at either end of `cell`, and the cell without it.
pub(super) fn sign(cell: &str) -> Option<(Claim, &str)> {
    if let Some((claim, end)) = marks::leading(cell) {
        return Some((claim, cell.get(end..).unwrap_or_default().trim()));
    }
    if let Some((claim, start)) = marks::trailing(cell) {
        let rest = cell.get(..start).unwrap_or_default().trim();
        // `9 ✅` counts.
        return (!rest.bytes().all(|byte| byte.is_ascii_digit())).then_some((claim, rest));
    }
    // `Pass ✅ (1.2 s)`
    let (head, _) = cell.split_once('(')?;
    Some((marks::trailing(head)?.0, cell.trim()))
}

/// `Partially mitigated`, `mostly done`: a word for what is done, and that it is not all.
fn is_not_all(text: &str) -> bool {
    let rest = NOT_ALL.iter().find_map(|word| strip_prefix(text, word)?.strip_prefix(' '));
    rest.is_some_and(|rest| behind(rest, DONE).is_some())
}

/// Whether `cell` holds a word that is neither a state nor a decision (`Accepted`), which says of
/// nothing that it is done: `Tomorrow`, `see Ana`, `Draft`.
pub(super) fn is_no_state(cell: &str) -> bool {
    const DECISIONS: [&str; 5] =
        ["accepted", "acknowledged", "risk accepted", "n/a", "not applicable"];
    let bare = cell.trim_start_matches(|c: char| !c.is_alphanumeric());
    !DECISIONS.iter().any(|word| strip_prefix(bare, word).is_some())
}

/// `🟢 Accepted`: a decision whose sign says no more than it does.
fn is_signed_decision(cell: &str) -> bool {
    const DECISIONS: [&str; 3] = ["accepted", "acknowledged", "risk accepted"];
    let Some((Claim::Done, rest)) = sign(cell) else { return false };
    let bare = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')');
    let said = bare.split_once('(').map_or(bare, |(said, _)| said).trim_end_matches([' ', '*']);
    DECISIONS.iter().any(|word| word.eq_ignore_ascii_case(said))
}

/// `✅ Add the cache`: a decision to do something, which begins now.
pub(super) fn is_decision_to_act(cell: &str) -> bool {
    #[rustfmt::skip]
    const ACTS: [&str; 36] = [
        "add", "adopt", "build", "buy", "change", "consolidate", "convert", "copy", "create",
        "delete", "deprecate", "drop", "enhance", "expand", "extend", "fix", "implement", "improve",
        "integrate", "introduce", "keep", "merge", "migrate", "move", "port", "refactor", "remove",
        "rename", "replace", "rewrite", "split", "switch", "update", "upgrade", "use", "write",
    ];
    let Some((Claim::Done, rest)) = sign(cell) else { return false };
    let bare = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, tail) = bare.split_once(' ').unwrap_or((bare, ""));
    tail.contains(char::is_alphabetic) && ACTS.iter().any(|act| act.eq_ignore_ascii_case(first))
}

/// What the words of `cell` say. A decision (`Accepted`, `Acknowledged`) says neither that something is
/// done nor that it is not.
pub(super) fn worded(cell: &str, answers: bool) -> Option<Claim> {
    let bare = cell.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `[Pass / Fail]` is to be filled in; `[PENDING]` says so itself.
    if cell.trim_start().starts_with(['[', '<', '{']) {
        let inner = cell.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))?;
        let is_open = OPEN.iter().any(|word| word.eq_ignore_ascii_case(inner.trim()));
        return is_open.then_some(Claim::Open);
    }
    if let Some(claim) = share(bare) {
        return Some(claim);
    }
    let says = |words: &[&str]| words.iter().any(|word| opens_with(bare, word));
    match () {
        () if says(OPEN) || answers && says(&["no", "red"]) => Some(Claim::Open),
        () if says(UNDER_WAY) || answers && says(&["amber", "yellow"]) => Some(Claim::InProgress),
        () if says(CANCELLED) => Some(Claim::Cancelled),
        () if is_not_all(bare) => Some(Claim::InProgress),
        () => {
            let yes = || answers.then(|| behind(bare, &["yes", "green"])).flatten();
            let rest = behind(bare, DONE).or_else(|| go(bare)).or_else(yes);
            let done = |rest| if takes_back(rest) { Claim::InProgress } else { Claim::Done };
            rest.map(done).or_else(|| foreign_state(bare))
        }
    }
}

/// `Go`, and what follows it; `Go 1.22` is a version.
fn go(text: &str) -> Option<&str> {
    behind(text, &["go"])
        .filter(|rest| !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The same in another language.
fn foreign_state(text: &str) -> Option<Claim> {
    let lower = text.to_lowercase();
    let of_all =
        foreign::NOT_ALL.iter().find_map(|word| lower.strip_prefix(word)?.strip_prefix(' '));
    if of_all.is_some_and(|rest| behind(rest, foreign::DONE).is_some()) {
        return Some(Claim::InProgress);
    }
    foreign::STATES.iter().find_map(|(claim, words)| {
        let rest = behind(&lower, words)?;
        let rest = text.get(text.len().checked_sub(rest.len())?..).unwrap_or(rest);
        Some(if *claim == Claim::Done && takes_back(rest) { Claim::InProgress } else { *claim })
    })
}

/// Whether the words of `cell` say nothing else than a state: a column of such is one of states.
pub(super) fn is_plainly_a_state(cell: &str) -> bool {
    let said = sign(cell).map_or(cell, |(_, rest)| rest);
    is_unmistakable(&lower(said.trim_start_matches(|c: char| !c.is_alphanumeric())))
}

/// `78% complete`, `100%`: how much is done.
pub(super) fn share(text: &str) -> Option<Claim> {
    let (number, rest) = text.split_once('%')?;
    let share: f64 = number.trim_end().parse().ok()?;
    let rest = rest.trim();
    let about = rest.is_empty() || ["complete", "completed", "done"].contains(&&*lower(rest));
    about.then_some(match share {
        _ if share >= 100.0 => Claim::Done,
        _ if share > 0.0 => Claim::InProgress,
        _ => Claim::Open,
    })
}

fn lower(text: &str) -> String {
    text.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether `text` opens with `word` as all that it says, or with a remark after it: `Done (12/12)`,
/// `Passed on iOS`. `Open source` and `Pass/Fail` do not.
fn opens_with(text: &str, word: &str) -> bool {
    behind(text, &[word]).is_some()
}

/// What follows the one of `words` that `text` opens with so.
fn behind<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| strip_prefix(text, word).filter(|rest| is_remark(rest)))
}

/// Whether `rest`, which follows a word, is no more than a remark on it.
fn is_remark(rest: &str) -> bool {
    const AFTER: [&str; 23] = [
        "am", "as", "at", "before", "by", "depuis", "desde", "due", "durch", "el", "for", "in",
        "le", "on", "par", "pending", "por", "review", "since", "through", "until", "via", "with",
    ];
    if rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '\'' | '’'))
    {
        return false;
    }
    let tail = rest.trim_start_matches([' ', '*', '_']);
    let next = tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let apart = !tail.starts_with(['/', '|']);
    apart
        && (next.is_empty()
            || AFTER.iter().any(|known| known.eq_ignore_ascii_case(next))
            || next.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(cell: &str) -> Option<Claim> {
        state(cell, false).map(|state| state.claim)
    }

    #[test]
    fn signs_at_either_end_say_a_state() {
        for cell in [
            "✅",
            "✅ Complete (12/12)",
            "Done ✅",
            "PASS ✅",
            "pass ✅ (1.09s)",
            ":white_check_mark:",
            ":heavy_check_mark: Done",
            "Passed :tada:",
            "❌ → ✅",
            "✅ Done (was 🔴)",
        ] {
            assert_eq!(claim(cell), Some(Claim::Done), "{cell}");
        }
        for cell in ["❌", ":x: Failed", "❎", "⭕", "FAIL ❌", ":black_square_button:", "✅ → ❌"]
        {
            assert_eq!(claim(cell), Some(Claim::Open), "{cell}");
        }
        for cell in ["⏳", "🟡 Partial", "✅ Pending review", "✅ unit, ❌ end to end", "70% ⚠️"]
        {
            assert_eq!(claim(cell), Some(Claim::InProgress), "{cell}");
        }
        assert_eq!(claim("✅ N/A"), Some(Claim::Cancelled));
        for cell in ["9 ✅", "✅/❌", "✅ or ❌", "[✓ Ready / ⏳ Open]", "", "—", "?"] {
            assert_eq!(claim(cell), None, "{cell}");
        }
    }

    #[test]
    fn words_say_a_state_where_they_are_all_that_is_said() {
        for cell in [
            "Passed",
            "PASS",
            "done.",
            "Done (12/12)",
            "Complete - see run 5",
            "OK",
            "📦 Deployed",
            "Mitigated",
            "Mitigated via tests",
            "Released in 2.1",
            "Shipped",
            "Signed off by Ana",
        ] {
            assert_eq!(claim(cell), Some(Claim::Done), "{cell}");
        }
        for cell in [
            "Open",
            "TODO",
            "Pending review",
            "Failed on staging",
            "Not started",
            "0%",
            "Unresolved",
            "Not released",
        ] {
            assert_eq!(claim(cell), Some(Claim::Open), "{cell}");
        }
        for cell in [
            "In progress",
            "WIP: 3 left",
            "78% complete",
            "Ready",
            "Partial",
            "Partially mitigated",
            "Monitoring",
        ] {
            assert_eq!(claim(cell), Some(Claim::InProgress), "{cell}");
        }
        for cell in ["Won't fix", "Out of scope", "Dropped"] {
            assert_eq!(claim(cell), Some(Claim::Cancelled), "{cell}");
        }
        for cell in [
            "Open source",
            "Accepted",
            "Risk accepted",
            "Acknowledged",
            "Partially sighted users",
            "N/A?",
            "Release notes",
            "Pass/Fail",
            "Pass / Fail",
            "Complete rewrite",
            "200 OK",
            "[Done]",
            "Passport",
            "Beta",
            "Yes",
            "95% of requests",
        ] {
            assert_eq!(claim(cell), None, "{cell}");
        }
        let answer = |cell| state(cell, true).map(|state| state.claim);
        assert_eq!(
            (answer("Yes (0 errors)"), answer("no")),
            (Some(Claim::Done), Some(Claim::Open))
        );
    }

    #[test]
    fn a_state_says_what_its_sign_leaves() {
        for (cell, rest) in
            [("✅ Done", "Done"), ("Done ✅", "Done"), (":x: no", "no"), ("WIP", "WIP")]
        {
            assert_eq!(state(cell, false).map(|state| state.rest), Some(rest), "{cell}");
        }
    }
}
