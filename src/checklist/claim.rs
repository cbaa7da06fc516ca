//! What an item claims beyond its box: struck, or not applicable.

use crate::model::Claim;

use super::outline::Run;

/// The claim of an item whose box claims `boxed`.
pub(super) fn claim(boxed: Claim, run: &Run, text: &str, note: Option<&str>) -> Claim {
    let cancelled =
        is_struck(run) || is_not_applicable(text) || note.is_some_and(is_not_applicable);
    if cancelled { Claim::Cancelled } else { boxed }
}

/// Whether all of the text is struck but decoration before and a reason after.
///
/// `~~Use A~~ Use B` is no struck item: its text was replaced.
pub(super) fn is_struck(run: &Run) -> bool {
    let Some(first) = run.struck.first() else { return false };
    let lead = run.raw.get(..first.start).unwrap_or_default();
    if lead.contains(char::is_alphanumeric) {
        return false;
    }
    let mut end = first.end;
    for next in run.struck.iter().skip(1) {
        let between = run.raw.get(end..next.start).unwrap_or_default();
        if between.contains(char::is_alphanumeric) {
            break;
        }
        end = next.end;
    }
    is_reason(run.raw.get(end..).unwrap_or_default())
}

/// Nothing, something set apart by punctuation, or words that go on in lower case.
fn is_reason(tail: &str) -> bool {
    match tail.trim_start().chars().next() {
        None => true,
        Some(c) => !c.is_alphanumeric() || c.is_lowercase(),
    }
}

/// `N/A`, `n/a: no database here`, `Not applicable`.
pub(super) fn is_not_applicable(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !bare.starts_with(['n', 'N']) {
        return false;
    }
    let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.get(..bare.len().min(32)).unwrap_or(bare).to_ascii_lowercase();
    let Some(rest) =
        ["n/a", "n.a", "not applicable"].iter().find_map(|word| lower.strip_prefix(word))
    else {
        return false;
    };
    if rest.is_empty() || rest.starts_with(['.', ',', ';', ':']) {
        return true;
    }
    let tail = rest.trim_start();
    let dashed = tail.starts_with(['-', '–', '—', '(']);
    rest.starts_with(' ')
        && (dashed
            || ["for ", "because ", "as ", "since ", "here", "in "]
                .iter()
                .any(|word| tail.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_applicable_stands_alone_or_with_a_reason() {
        for text in [
            "N/A",
            "n/a.",
            "N/A - no GPU",
            "Not applicable",
            "N/A: none",
            "n/a for this release",
            "(N/A)",
        ] {
            assert!(is_not_applicable(text), "{text}");
        }
        for text in ["N/A values are handled", "nag", "not applicable values", "", "—"] {
            assert!(!is_not_applicable(text), "{text}");
        }
    }

    #[test]
    fn struck_text_may_have_a_reason() {
        let run = |raw: &str, struck: std::ops::Range<usize>| Run {
            raw: raw.to_owned(),
            struck: vec![struck],
            ..Run::default()
        };
        assert!(is_struck(&run("Kovan (later)", 0..5)));
        assert!(is_struck(&run("e2e no endpoints", 0..3)));
        assert!(is_struck(&run("✅ Kovan", 4..9)));
        assert!(!is_struck(&run("Use A Use B", 0..5)));
        assert!(!is_struck(&run("Use A", 4..5)));
    }
}
