//! What an item claims beyond its box: struck, or not applicable.

use std::borrow::Cow;

use crate::checklist::syntax::outline::Run;
use crate::model::Claim;

/// The claim of an item whose box claims `boxed`; `prose` is what its text says outside code.
pub(super) fn claim(boxed: Claim, run: &Run, text: &str, prose: &str, note: Option<&str>) -> Claim {
    let said = || is_not_applicable(text) || ends_not_applicable(prose) && !is_field(&run.raw);
    let cancelled = is_struck(run) || said() || note.is_some_and(is_remark_of_it);
    if cancelled { Claim::Cancelled } else { boxed }
}

/// `Load test: N/A`, `Load test [N/A]`.
fn ends_not_applicable(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ' ']);
    let inner = bare.strip_suffix(']').unwrap_or(bare);
    let cut = inner.len().checked_sub("n/a".len());
    let Some((lead, tail)) = cut.and_then(|at| inner.split_at_checked(at)) else { return false };
    if !tail.eq_ignore_ascii_case("n/a") {
        return false;
    }
    let set_apart = match inner.len() < bare.len() {
        true => lead.ends_with(" ["),
        false => lead.trim_end_matches(' ').ends_with([':', '：']),
    };
    // `A missing price is shown as: N/A` tells of a text.
    let label = lead.trim_end_matches([' ', ':', '：', '[']);
    let tells = [" is", " are", " as", " shows", " says"];
    let is_label = label.split_whitespace().count() <= 6
        && !tells.iter().any(|verb| format!("{label} ").contains(&format!("{verb} ")));
    // `All tests pass — ticket: N/A` says it of what stands behind the dash.
    let of_a_part = [" — ", " – ", " - ", " | ", ", ", "; ", ". "];
    set_apart && is_label && !of_a_part.iter().any(|mark| label.contains(mark))
}

/// Whether the last of several lines is one of its own that says it: `Owner: N/A`.
fn is_field(raw: &str) -> bool {
    raw.trim_end().rsplit_once('\n').is_some_and(|(_, last)| ends_not_applicable(last.trim()))
}

/// Whether all of the text is struck but decoration before and a reason after.
///
/// `~~Use A~~ Use B` is no struck item: its text was replaced.
pub(super) fn is_struck(run: &Run) -> bool {
    let Some(first) = run.struck.first() else { return false };
    let raw = blanked(run);
    let lead = raw.get(..first.start).unwrap_or_default();
    if lead.contains(char::is_alphanumeric) {
        return false;
    }
    let mut end = first.end;
    for next in run.struck.iter().skip(1) {
        let between = raw.get(end..next.start).unwrap_or_default();
        if between.contains(char::is_alphanumeric) {
            break;
        }
        end = next.end;
    }
    is_reason(raw.get(end..).unwrap_or_default())
}

/// The text of `run` with blanks for its HTML: the tags of `<s>Kovan</s>` are no words.
fn blanked(run: &Run) -> Cow<'_, str> {
    let mut raw = Cow::Borrowed(run.raw.as_str());
    for tag in &run.html {
        raw.to_mut().replace_range(tag.clone(), &" ".repeat(tag.len()));
    }
    raw
}

/// Words that say by themselves why an item was struck; what follows may be said of them alone.
const SETTLED: [&str; 30] = [
    "abandoned",
    "archived",
    "canceled",
    "cancelled",
    "closed",
    "covered",
    "declined",
    "deferred",
    "deprecated",
    "dropped",
    "duplicate",
    "gone",
    "handled",
    "irrelevant",
    "merged",
    "moved",
    "n/a",
    "none",
    "obsolete",
    "outdated",
    "postponed",
    "rejected",
    "removed",
    "replaced",
    "retired",
    "skipped",
    "superseded",
    "unnecessary",
    "unused",
    "withdrawn",
];

/// Words that go on from one of those: `moved to 2.1`, `removed in #12`.
const ON: [&str; 22] = [
    "after", "as", "at", "because", "by", "due", "during", "for", "from", "here", "in", "into",
    "now", "of", "on", "per", "since", "to", "under", "until", "upstream", "with",
];

/// Words with which a reason begins.
const REASONS: [&str; 8] =
    ["already", "as", "because", "see", "since", "until", "won't", "wontfix"];

/// `no longer needed`, `not planned`, `out of scope`.
const PHRASES: [(&str, &[&str]); 3] = [
    ("no", &["longer", "need"]),
    (
        "not",
        &[
            "applicable",
            "doing",
            "for",
            "in",
            "necessary",
            "needed",
            "part",
            "planned",
            "possible",
            "relevant",
            "required",
            "supported",
            "used",
        ],
    ),
    ("out", &["of"]),
];

/// Nothing, something in brackets, or words that give a reason. What else goes on after struck words
/// is what stands in their place: `~~Staging~~ production is encrypted`, `~~MD5~~ → SHA-256`.
fn is_reason(tail: &str) -> bool {
    let tail = tail.trim();
    if says_done(tail) {
        return false;
    }
    let link = tail.starts_with('[') && tail.contains("](");
    if tail.starts_with(['(', '[', '_', '*', '<']) && !tail.starts_with("**") && !link {
        return !says_now(tail);
    }
    let said = tail.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ',' | ';' | '.' | '*' | '!')
    });
    let mut words = said.split_whitespace();
    let Some(first) = words.next() else { return true };
    let ends = |word: &str| word.ends_with([',', ':', ';', '.', '!', '*']);
    let plain =
        |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'').to_lowercase();
    let (lower, next) = (plain(first), words.next().map(plain));
    if lower.is_empty() {
        return !said.contains(char::is_alphanumeric);
    }
    // `No …` and `As …` may begin what replaces it.
    let upper = first.contains(char::is_uppercase) && first.contains(char::is_lowercase);
    let goes_on = |with: &[&str]| next.as_deref().is_some_and(|next| with.contains(&next));
    let settled = SETTLED.contains(&lower.as_str())
        && (next.is_none() || ends(first) || goes_on(&ON) || said.contains(['(', '—', '#']));
    // `no endpoints`, and no more than that.
    let none = lower == "no" && next.is_some() && words.next().is_none();
    let phrase = none || PHRASES.iter().any(|(word, with)| *word == lower && goes_on(with));
    settled || !upper && (phrase || REASONS.contains(&lower.as_str()))
}

/// Who strikes out what is done says so behind it; it was not dropped: `~~Backups~~ done in #12`,
/// `~~Backups~~ (done)`, `~~Backups~~ ✅`.
fn says_done(tail: &str) -> bool {
    const DONE: [&str; 7] =
        ["done", "completed", "complete", "finished", "fixed", "implemented", "shipped"];
    let said = tail.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_tick(c));
    if said.starts_with(is_tick) {
        return true;
    }
    let words = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = words.skip_while(|word| word.eq_ignore_ascii_case("already"));
    words.next().is_some_and(|word| DONE.iter().any(|done| done.eq_ignore_ascii_case(word)))
}

fn is_tick(c: char) -> bool {
    matches!(c, '✅' | '✔' | '☑')
}

/// Whether a remark says what holds in place of the struck words: `~~p95 < 200 ms~~ (now p95 < 500 ms)`.
fn says_now(remark: &str) -> bool {
    let mut words = remark.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_now = |word: &str| word.eq_ignore_ascii_case("now");
    let Some(first) = words.next() else { return false };
    let Some(last) = words.next_back() else { return false };
    is_now(first) || is_now(last)
}

/// Of a remark: `N/A for bots` speaks of a part, and the rest of the item stands.
fn is_remark_of_it(note: &str) -> bool {
    const WHOLE: [&str; 6] = ["for this", "for us", "for now", "for our", "in this", "in our"];
    if !is_not_applicable(note) {
        return false;
    }
    let lower = note.to_lowercase();
    let scope = [" for ", " in "].iter().filter_map(|word| lower.find(word)).min();
    let part = scope
        .and_then(|at| lower.get(at + 1..))
        .is_some_and(|rest| !WHOLE.iter().any(|whole| rest.starts_with(whole)));
    let alone = |at: usize| note.get(..at).is_some_and(is_bare);
    !(part && scope.is_some_and(alone))
}

/// Whether nothing but the words for it stand there.
fn is_bare(text: &str) -> bool {
    ["n/a", "n.a", "n.a.", "not applicable"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text.trim()))
}

/// Whether a remark is a question, whatever closes behind it.
fn is_question(text: &str) -> bool {
    text.trim_end_matches([')', ']', '）', '*', '_', '"', '.', '!', ' ']).ends_with(['?', '？'])
}

/// Whether a text, or the remark on it, asks whether the item applies: `N/A?`, `Load test: n/a?`.
pub(in crate::checklist) fn asks_whether_it_applies(text: &str, note: Option<&str>) -> bool {
    let asks = |text: &str| {
        let said = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        match begins_not_applicable(said) {
            true => is_question(text) || is_unsettled(text),
            false => is_question(text) && ends_not_applicable(said),
        }
    };
    asks(text) || note.is_some_and(asks)
}

/// Whether a text that begins so leaves open whether it is so: `N/A (to be confirmed)`, `N/A, pending
/// review`, `N/A: run it if there is one`.
fn is_unsettled(text: &str) -> bool {
    const OPEN: [&str; 9] =
        ["confirm", "confirmed", "if", "maybe", "pending", "probably", "tbc", "tbd", "unless"];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| OPEN.contains(&word))
}

/// `N/A`, `n/a: no database here`, `Not applicable`; `N/A?` asks, and does not say so.
pub(super) fn is_not_applicable(text: &str) -> bool {
    begins_not_applicable(text) && !is_question(text) && !is_unsettled(text)
}

fn begins_not_applicable(text: &str) -> bool {
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
    let dashed = tail.starts_with(['-', '–', '—', '(', ':']);
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
            "N/A : rien ici",
        ] {
            assert!(is_not_applicable(text), "{text}");
        }
        for text in [
            "N/A values are handled",
            "nag",
            "not applicable values",
            "",
            "—",
            "N/A?",
            "(n/a?)",
            "Not applicable ?",
            "N/A for this release?",
            "N/A (to be confirmed)",
            "N/A, pending review",
            "N/A: run the migration test if there is one",
            "n/a - TBC",
        ] {
            assert!(!is_not_applicable(text), "{text}");
        }
        for note in ["N/A", "n/a: no bots here", "N/A for this release", "n/a - not for us"] {
            assert!(is_remark_of_it(note), "{note}");
        }
        for note in ["N/A for bots", "not applicable in staging"] {
            assert!(!is_remark_of_it(note), "{note}");
        }
    }

    #[test]
    fn what_is_not_applicable_to_a_part_is_so_to_no_item() {
        for text in ["Load test: N/A", "Load test in staging [N/A]"] {
            assert!(ends_not_applicable(text), "{text}");
        }
        for text in [
            "All tests pass — ticket: N/A",
            "All tests pass. Owner: N/A",
            "All tests pass, owner: N/A",
            "All tests pass; known issues: N/A",
            "All tests pass | Ticket: N/A",
        ] {
            assert!(!ends_not_applicable(text), "{text}");
        }
        assert!(is_field("All tests pass\n  Owner: N/A"));
        assert!(!is_field("Load test: N/A"));
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
        assert!(!is_struck(&run("p95 < 200 ms (now p95 < 500 ms)", 0..12)));
        assert!(!is_struck(&run("failing (all tests pass now)", 0..7)));
        assert!(!is_struck(&run("All tests pass ✅", 0..14)));
        assert!(is_struck(&run("✅ Kovan", 4..9)));
        assert!(!is_struck(&run("Use A Use B", 0..5)));
        assert!(!is_struck(&run("optional mandatory: MFA for all", 0..8)));
        assert!(!is_struck(&run("Staging production database encrypted", 0..7)));
        assert!(!is_struck(&run("Never deploy on Friday", 0..5)));
        assert!(is_struck(&run("Kovan removed in 2.0", 0..5)));
        assert!(is_struck(&run("Kovan DEFERRED", 0..5)));
        assert!(is_struck(&run("Kovan Moved to 2.0", 0..5)));
        assert!(!is_struck(&run("Kovan replace with Holesky", 0..5)));
        assert!(!is_struck(&run("Use A By default B", 0..5)));
        assert!(!is_struck(&run("Use A", 4..5)));
        for reason in
            ["no longer needed", "- not planned", "out of scope", "dropped", "already covered"]
        {
            assert!(is_struck(&run(&format!("Old {reason}"), 0..3)), "{reason}");
        }
        for done in
            ["done", "- DONE", "done in #12", "(done)", "_Done_ in 1.2", "(✔)", "already done"]
        {
            assert!(!is_struck(&run(&format!("Old {done}"), 0..3)), "{done}");
        }
        for new in [
            "→ SFTP",
            "/ SHA-256",
            "- SHA-256",
            ": new limit enforced",
            "removed all hardcoded passwords",
            "dropped connections are retried",
            "unused ports are closed",
            "no secrets in the repo",
            "not stored in plain text",
            "cancelled orders are refunded",
            "[B](b.md)",
        ] {
            assert!(!is_struck(&run(&format!("Old {new}"), 0..3)), "{new}");
        }
    }

    #[test]
    fn not_applicable_may_close_the_text() {
        let claims = |text: &str| {
            let list = crate::checklist::read("a.md", text.as_bytes(), &Default::default());
            list.items.iter().map(|item| item.claim).collect::<Vec<_>>()
        };
        let cancelled = "- [x] Load test: N/A\n- [ ] Load test [N/A]\n- [ ] Load test : n/a.\n\
                         - [x] ~~Load test~~ **DEFERRED**\n";
        assert_eq!(claims(cancelled), [Claim::Cancelled; 4]);
        let by_tags = "- [ ] <s>Load test</s>\n- [x] <del>Load test</del> (no load)\n- [ ] ✅ <strike>Load</strike> <s>test</s>\n";
        assert_eq!(claims(by_tags), [Claim::Cancelled; 3]);
        assert_eq!(
            claims("- [ ] <s>Staging</s> production\n- [ ] <b>Load</b> test\n"),
            [Claim::Open; 2]
        );
        assert_eq!(
            claims("- [x] Load test (n/a?)\n- [x] Load test: N/A?\n- [x] N/A?\n"),
            [Claim::Done; 3]
        );
        let stands = "- [ ] Empty cells show N/A\n- [ ] Empty cells: `N/A`\n- [ ] Types[n/a]\n\
                      - [ ] A missing price is shown as: N/A\n- [ ] ~~Backups~~ done in 1.2\n";
        assert_eq!(claims(stands), [Claim::Open; 5]);
    }
}
