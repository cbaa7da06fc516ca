//! What a cell says beside a word or a sign for what is done, and takes it back: `Passed 3/5`,
//! `Done: no`, `✅ prod pending`.

use crate::checklist::checks::contradictions::remarked;
use crate::checklist::checks::foreign;
use crate::checklist::checks::unfinished::said_plainly;
use crate::checklist::checks::waiting::waits;

use super::states::share;
use crate::checklist::remarks::harmless::is_harmless;
use crate::model::Claim;

/// Whether `rest`, what follows a word for what is done, takes that word back.
pub(super) fn takes_back(rest: &str) -> bool {
    let said = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = said.trim_end_matches([' ', '*', ')', '.']).to_lowercase();
    rest.trim_end().ends_with('?')
        || leaves_open(rest)
        || lies_ahead(&lower)
        || AFTER_DONE.iter().any(|word| said_plainly(&lower, word))
        || qualifies(&lower)
        || excepts(&lower)
        || remarked(&lower).is_some()
        || waits(&lower).is_some()
        || foreign::is_unfinished(&lower)
        || !is_harmless(rest, true)
}

/// Whether `rest`, what stands beside a sign for what is done, takes the sign back. What was tried may
/// have been blocked, or found not to be there: that is a result.
pub(super) fn takes_sign_back(rest: &str) -> bool {
    let lower = rest.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    BESIDE_SIGN.iter().any(|word| said_plainly(&lower, word))
        || ALONE_BESIDE_SIGN.contains(&bare)
        || is_ready_for_more(bare)
        || lies_ahead(bare)
        || excepts(&lower)
        || foreign::is_unfinished(&lower)
        || qualifies(&lower)
        || !is_harmless(rest, false)
}

/// Whether `rest`, what stands beside a green light, says that all is as it shall be by now: that is
/// not done.
pub(super) fn is_on_course(rest: &str) -> bool {
    const COURSE: [&str; 15] = [
        "according to plan",
        "as planned",
        "on schedule",
        "on target",
        "on time",
        "im plan",
        "planmäßig",
        "en bonne voie",
        "según lo previsto",
        "no prazo",
        "in linea",
        "по плану",
        "正常",
        "按计划",
        "順調",
    ];
    let lower = rest.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    COURSE.iter().any(|word| bare.starts_with(word))
}

/// Words that say of what has a sign for done that it is not.
const BESIDE_SIGN: [&str; 21] = [
    "pending",
    "in progress",
    "wip",
    "partial",
    "partially",
    "partly",
    "todo",
    "planned",
    "scheduled",
    "not started",
    "not tested",
    "not run",
    "untested",
    "incomplete",
    "at risk",
    "off track",
    "on hold",
    "on track",
    "ongoing",
    "under way",
    "underway",
];

/// The same where nothing else is said: a test may have failed as it should.
const ALONE_BESIDE_SIGN: [&str; 13] = [
    "draft",
    "fail",
    "failed",
    "failing",
    "in review",
    "mocked",
    "not done",
    "not ready",
    "skipped",
    "stubbed",
    "to do",
    "under review",
    "unknown",
];

/// `ready for execution`: its work begins now.
fn is_ready_for_more(bare: &str) -> bool {
    const WORK: [&str; 14] = [
        "approval",
        "development",
        "execution",
        "implementation",
        "kickoff",
        "kick-off",
        "merge",
        "migration",
        "qa",
        "review",
        "sign-off",
        "test",
        "testing",
        "verification",
    ];
    let what = bare.strip_prefix("ready for ").and_then(|rest| rest.split(' ').next());
    what.is_some_and(|what| WORK.contains(&what))
}

/// The same behind a word for what is done.
const AFTER_DONE: [&str; 22] = [
    "planned",
    "scheduled",
    "not run",
    "retest",
    "re-test",
    "rework",
    "wontfix",
    "won't fix",
    "tbd",
    "next release",
    "next sprint",
    "next version",
    "with caveats",
    "with errors",
    "with exception",
    "with exceptions",
    "with gaps",
    "with limitations",
    "with restrictions",
    "with failures",
    "with issues",
    "with problems",
];

/// `…, but the session alone`, `(not deployed)`, `except Windows`, `code only`: less than all, or not yet.
fn excepts(lower: &str) -> bool {
    const NO_LACK: [&str; 18] = [
        "a",
        "affected",
        "an",
        "applicable",
        "blocking",
        "exploitable",
        "found",
        "impacted",
        "just",
        "necessary",
        "needed",
        "only",
        "present",
        "relevant",
        "reproducible",
        "required",
        "used",
        "vulnerable",
    ];
    let mut clauses = lower.split([',', ';', '(', '–', '—', '/']).flat_map(|of| of.split(" - "));
    clauses.any(|clause| {
        let bare = clause.trim_matches(|c: char| !c.is_alphanumeric());
        let mut words = bare.split(|c: char| c.is_whitespace() || c == ')');
        match (words.next(), words.next()) {
            (Some("but" | "except" | "excluding" | "mostly" | "mainly"), _) => true,
            (Some("not"), Some(next)) => !NO_LACK.contains(&next),
            _ => bare.ends_with(" only"),
        }
    })
}

/// `3/5`, `0 of 5`, `40%`, `not prod`: less than all of it.
fn qualifies(lower: &str) -> bool {
    const PLACES: [&str; 8] =
        ["prod", "production", "staging", "live", "all", "everywhere", "yet", "ready"];
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let not = bare.strip_prefix("not ").and_then(|rest| rest.split(' ').next());
    let not =
        not.is_some_and(|word| PLACES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())));
    let part = bare.trim_end_matches(')');
    not || matches!(share(part), Some(Claim::InProgress | Claim::Open)) || is_part(lower)
}

/// `3/5`, `3 of 5`: a part that is not the whole; a date has two strokes.
fn is_part(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':'))
        .filter(|word| !word.is_empty())
        .collect();
    let less = |part: &str, whole: &str| {
        let number = |text: &str| text.parse::<u32>().ok();
        number(part).zip(number(whole)).is_some_and(|(part, whole)| part < whole)
    };
    let stroke = |word: &&str| word.split_once('/').is_some_and(|(part, whole)| less(part, whole));
    words.iter().any(stroke)
        || words.windows(3).any(|three| matches!(three, [part, "of", whole] if less(part, whole)))
}

/// `: no`, `by: ___`, `: TBD`: what the word asks for was not given.
fn leaves_open(rest: &str) -> bool {
    let bare = rest.trim();
    let asks = ["by", "on"].iter().find_map(|word| bare.strip_prefix(word));
    let Some(given) = asks.unwrap_or(bare).strip_prefix(':').or(asks) else { return false };
    let given = given.trim().trim_end_matches('.').to_lowercase();
    let blank = !given.contains(char::is_alphanumeric);
    blank || matches!(given.as_str(), "no" | "n" | "none" | "never" | "nobody" | "false" | "tba")
}

/// `by Friday`, `by end of week`: it will be.
fn lies_ahead(lower: &str) -> bool {
    const TIMES: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "tomorrow",
        "end",
        "eod",
        "eow",
        "next",
        "tonight",
        "then",
    ];
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    words.windows(2).any(
        |pair| matches!(pair, ["by" | "until" | "before" | "due", when] if TIMES.contains(when)),
    )
}

#[cfg(test)]
mod tests {
    use super::super::states::state;
    use crate::model::Claim;

    fn claim(cell: &str) -> Option<Claim> {
        state(cell, true).map(|state| state.claim)
    }

    #[test]
    fn what_takes_a_state_back_is_under_way() {
        for cell in [
            "Completed: no",
            "Done: 0/5",
            "Verified: TBD",
            "Signed off by: ___",
            "Signed off by ___",
            "Passed (not run)",
            "Passed 3/5",
            "Passed (3 of 5)",
            "Passed 40%",
            "Fixed in next release",
            "Complete by Friday",
            "Done, needs retest",
            "Implemented, untested",
            "Closed (wontfix)",
            "Completed with errors",
            "Complete - blocked",
            "Done (partially)",
            "Done?",
            "✅ prod pending",
            "✅ planned",
            "✅ not prod",
            "✅ 3/5",
            "✅ Done (2 of 3)",
            "Complete, but no OAuth bearer path",
            "Complete, but in separate worktree",
            "✅ Completed (not deployed)",
            "Passed with exceptions",
            "Supports with Exceptions",
            "✅ Compliant with limitations",
            "✅ Completed (NOT CONVERGED - closer to target)",
            "✅ merged, not released",
            "Done, mostly",
            "Done - except Windows",
            "Done on iOS only",
            "✅ (code only)",
            "✅ Done (grid) / 🔲 audit others",
            "✅ Ready for execution",
            "✅ READY FOR KICKOFF",
            "✅ FAIL",
            "✅ To do",
            "✅ In review",
            "**PASS** (조건부)",
            "✅ 待补充",
            "✅ Complete - blocked",
            "✅ In progress",
            "✅ En cours",
            "✅ Implementado — pendiente de QA",
            "✅ 已完成，待测试",
            "已完成（部分）",
            "🟢 On track",
            "🟢 正常",
            "🟢 50 %",
            "🟢 im Plan",
            // Whatever is not known to be harmless.
            "✅ No",
            "✅ Rejected",
            "✅ Missing",
            "✅ TBD",
            "✅ blocked/waiting",
            "Done (dev/staging)",
            "✅ ?",
            "✅ 0",
            "✅ Started",
            "✅ Red",
            "✅ blocked",
            "✅ needs retest",
            "✅ to be confirmed",
            "✅ Ana to confirm",
            "✅ by Friday",
            "✅ next sprint",
            "✅ manual",
            "✅ staging",
            "✅ Working on it",
            "✅ Ready to merge",
            "✅ Ticket filed",
            "✅ PR #12 in review",
            "✅ Depends on #12",
            "✅ Approved subject to legal",
            "✅ Most tests passed",
            "Done (w/o tests)",
            "Done with known issues",
            "Done (1 open)",
            "Done (2 failing)",
            "Done, 3 issues",
            "Done – flaky",
            "Done: rolled back",
            "Done (failed on ARM)",
            "Done (without tests)",
            "Done, no docs",
            "Done (expired)",
            "Done (mocked)",
            "Done (half)",
            "Done for now",
            "Done (later)",
            "Done (staging)",
            "Done in dev",
            "Passed on staging",
            "Done → Open",
            "Done, reopened",
            "Passed 3 failed 2",
            "Done by 2030-01-01",
            "Done*",
            "Done[^1]",
            "Done†",
            "Approved with conditions",
            "Go (conditional)",
            "Approved for staging",
            "🟢 (trending 🔴)",
            "Closed as duplicate",
            "Fixed in branch",
            "Done (phase 1)",
            "erledigt (nur iOS)",
            "erledigt, nicht getestet",
            "erledigt (ohne Tests)",
            "fait (hors iOS)",
            "hecho (solo iOS)",
            "feito (a testar)",
            "готово (только iOS)",
            "已完成（仅iOS）",
            "已完成？",
            "完了（iOSのみ）",
            "완료 (iOS만)",
            "완료 (미검증)",
        ] {
            assert_eq!(claim(cell), Some(Claim::InProgress), "{cell}");
        }
    }

    #[test]
    fn other_remarks_leave_it_as_it_is() {
        for cell in [
            "Done (12/12)",
            "Done 2026-01-02",
            "Passed on Chrome",
            "✅ Ana Costa",
            "✅ AC",
            "Done (Ana)",
            "✅ v1.2",
            "Done – see #12",
            "Done (PR #12)",
            "Done - https://ci.example.org/runs/5",
            "✅ Complete: all endpoints covered",
            "✅ Complete (no open points)",
            "Deployed (prod)",
            "PASS, 120 tests, 0 failures",
            "Fixed; regression test added",
            "Resolved: 3 issues fixed",
            "Compliant (see the report)",
            "Implemented (GDPR)",
            "✅ Tool names unchanged",
            "✅ Phase 1 complete",
            "✅ 4.3x faster",
            "✅ validado por Ana",
            "✅ geprüft",
            "erledigt, geprüft von Ana",
            "✅ keine Fehler",
            "✅ aucun problème",
            "✅ sem erros",
            "✅ 无问题",
            "✅ 정상 응답",
            "Passed (coverage 92%)",
            "Complete - see run 5",
            "Completed with no errors",
            "Fixed in 2.1",
            "Signed off by Ana",
            "Verified: Ana, 3/5/2026",
            "Done by Ana before release",
            "✅ Not vulnerable",
            "✅ No issues",
            "✅ Done (was pending)",
            "✅ 100%",
            "✅ skipped 0 of 0",
            "🟢",
            "🟢 Done",
            "✅ 正常",
            "✅ 通过（无失败）",
            "完了（2026-07-07）",
            "erledigt am 3.4.",
        ] {
            assert_eq!(claim(cell), Some(Claim::Done), "{cell}");
        }
    }
}
