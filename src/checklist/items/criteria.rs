//! Criteria: list items without a box under a heading about goals, which open with a status emoji
//! or state a limit. They are what shall hold, and not a result, but where heading or entry says that
//! it is one.

use crate::checklist::text::affix::strip_prefix;
use crate::checklist::text::figures::figures;
use crate::checklist::text::glance::Glance;
use crate::checklist::text::marks;
use crate::model::{Claim, Figure, Shape};

use super::parts::parts;

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::checklist) enum Below {
    /// No criteria.
    #[default]
    Other,
    Goals,
    /// Criteria with what became of each: `Success criteria met`.
    Results,
}

impl Below {
    /// What stands under a heading called `title` that stands under this one.
    pub(in crate::checklist) fn and(self, title: &str) -> Below {
        match self {
            Below::Results => Below::Results,
            Below::Goals if says_results(title) => Below::Results,
            Below::Goals => Below::Goals,
            Below::Other if !is_heading(title) => Below::Other,
            Below::Other if says_results(title) => Below::Results,
            Below::Other => Below::Goals,
        }
    }
}

const WORDS: [&str; 14] = [
    "criteria",
    "criterion",
    "acceptance",
    "objectives",
    "slo",
    "slos",
    "kpi",
    "kpis",
    "targets",
    "thresholds",
    "kriterien",
    "criterios",
    "critères",
    "критерии",
];
const PHRASES: [&[&str]; 5] = [
    &["definition", "of", "done"],
    &["success", "metrics"],
    &["exit", "conditions"],
    &["service", "level"],
    &["go", "no", "go"],
];

/// Whether a heading is about criteria.
fn is_heading(title: &str) -> bool {
    if title.is_ascii() && !title.split(|c: char| !c.is_ascii_alphanumeric()).any(may_say_so) {
        return false;
    }
    let lower = if title.is_ascii() { None } else { Some(title.to_lowercase()) };
    let title = lower.as_deref().unwrap_or(title);
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let same = |(known, word): (&&str, &&str)| known.eq_ignore_ascii_case(word);
    words.iter().any(|word| WORDS.iter().any(|known| same((known, word))))
        || PHRASES.iter().any(|phrase| {
            words.windows(phrase.len()).any(|window| phrase.iter().zip(window).all(same))
        })
        || lower
            .is_some_and(|lower| ["标准", "指标", "基準"].iter().any(|word| lower.contains(word)))
}

/// Cheap: whether a word has the first letter and the length of one that is looked for, or of the last
/// word of a phrase.
fn may_say_so(word: &str) -> bool {
    let first = word.bytes().next().map(|byte| byte.to_ascii_lowercase());
    matches!(
        (first, word.len()),
        (Some(b'c'), 8..=10)
            | (Some(b'a' | b'o'), 10)
            | (Some(b's'), 3 | 4)
            | (Some(b'k'), 3 | 4 | 9)
            | (Some(b't'), 7 | 10)
            | (Some(b'd'), 4)
            | (Some(b'm'), 7)
            | (Some(b'l'), 5)
            | (Some(b'g'), 2)
    )
}

/// `Success criteria met`, `Acceptance criteria: results`, `Go/No-Go ✅`; not `Criteria to be met`.
fn says_results(title: &str) -> bool {
    const SAYING: [&str; 8] =
        ["achieved", "fulfilled", "met", "passed", "reached", "result", "results", "satisfied"];
    const ASKING: [&str; 12] = [
        "be", "before", "how", "if", "must", "not", "shall", "should", "unless", "until", "when",
        "yet",
    ];
    let is = |word: &str, known: &[&str]| known.iter().any(|k| k.eq_ignore_ascii_case(word));
    let words = || title.split(|c: char| !c.is_alphanumeric());
    let asked = title.contains('?') || words().any(|word| is(word, &ASKING));
    let signed = marks::leading(title).is_none() && marks::ends_done(title);
    !asked && (signed || words().any(|word| is(word, &SAYING)))
}

/// What an entry under a heading about criteria claims; `None` where it is no criterion. The sign that
/// most goals open with is their bullet. It claims something where the heading speaks of results or the
/// entry tells its own, and so does a sign at the end.
pub(super) fn criterion(text: &str, below: Below) -> Option<Claim> {
    if below == Below::Other {
        return None;
    }
    if let Some((sign, end)) = marks::leading(text) {
        let said = text.get(end..).unwrap_or_default();
        let claims = below == Below::Results || tells_a_result(said);
        return Some(if claims { sign } else { Claim::None });
    }
    if let Some((sign, _)) = marks::trailing(text).filter(|_| !text.trim_end().ends_with('🎉')) {
        return Some(sign);
    }
    let limit = |figure: &Figure| matches!(figure.shape, Shape::Limit { .. });
    figures(text).iter().any(limit).then_some(Claim::None)
}

/// Whether the remark of an entry is what became of it: `(165/165)`, `— achieved`, `(actual: 0.2 %)`.
fn tells_a_result(text: &str) -> bool {
    let text = text.trim();
    let own = parts(text, 0, Glance::at(text));
    let remark = own.start + own.core.len();
    let reached = |figure: &Figure| {
        let counted = figure.noun.as_deref().is_none_or(|noun| noun.starts_with("pass"));
        counted && matches!(figure.shape, Shape::Share { .. } | Shape::Change { .. })
    };
    figures(text).iter().any(|figure| figure.span.start >= remark && reached(figure))
        || own.note.is_some_and(|note| says_met(&note))
}

/// `met`, `achieved in 3.1`, `currently 83 %`; not `passed by CI`, which says how.
fn says_met(note: &str) -> bool {
    const MET: [&str; 6] = ["achieved", "exceeded", "failed", "met", "passed", "reached"];
    const NOW: [&str; 4] = ["actual", "actually", "currently", "measured"];
    const HOW: [&str; 10] =
        ["after", "as", "at", "before", "by", "during", "if", "via", "when", "within"];
    let after = |words: &[&str]| {
        let rest = words.iter().find_map(|word| strip_prefix(note, word))?;
        (!rest.starts_with(char::is_alphanumeric))
            .then(|| rest.trim_start_matches([' ', ':', '=', '~']))
    };
    let next = |rest: &str| rest.split(' ').next().unwrap_or_default().to_lowercase();
    after(&MET).is_some_and(|rest| !HOW.contains(&&*next(rest)))
        || after(&NOW).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_about_goals() {
        for title in ["📊 Success Criteria", "Acceptance criteria", "Go/No-Go", "SLOs", "验收标准"]
        {
            assert!(is_heading(title), "{title}");
        }
        for title in ["Notes", "Slow tests", "Rollback Plan"] {
            assert!(!is_heading(title), "{title}");
        }
    }

    #[test]
    fn the_cheap_look_lets_every_word_through() {
        let ends = PHRASES.iter().filter_map(|phrase| phrase.last());
        for word in WORDS.iter().chain(ends).filter(|word| word.is_ascii()) {
            assert!(may_say_so(word) && is_heading(&word.to_uppercase()) == WORDS.contains(word));
        }
    }

    #[test]
    fn goals_open_with_a_sign_or_state_a_limit() {
        for text in [
            "✅ Monitoring operational",
            "Error rate < 1%",
            "🎯 Fast",
            "Zero critical errors",
            ":white_check_mark: Alerts set",
            "✅ Response times < 300ms (p95)",
            "✅ Reviewed (2 of 3 reviewers)",
            "✅ Load tested (passed by CI)",
        ] {
            assert_eq!(criterion(text, Below::Goals), Some(Claim::None), "{text}");
        }
        for text in ["Monitoring operational", "See 5 errors", "Team is told 🎉"] {
            assert_eq!(criterion(text, Below::Goals), None, "{text}");
        }
        assert_eq!(criterion("✅ Fast", Below::Other), None);
    }

    #[test]
    fn what_became_of_a_goal_is_a_claim() {
        for text in [
            "✅ All tests pass (165/165)",
            "✅ Errors gone (22 → 0)",
            "✅ Error rate < 1% — achieved",
            "✅ Error rate < 1% (actual: 0.2%)",
            "Error rate < 1% ✅",
            "Alerts set ✅",
        ] {
            assert_eq!(criterion(text, Below::Goals), Some(Claim::Done), "{text}");
        }
        assert_eq!(criterion("❌ Error rate < 1% (failed)", Below::Goals), Some(Claim::Open));
        assert_eq!(criterion("✅ Alerts set", Below::Results), Some(Claim::Done));
        assert_eq!(criterion("⏳ Alerts set", Below::Results), Some(Claim::InProgress));
        assert_eq!(criterion("Error rate < 1%", Below::Results), Some(Claim::None));
    }

    #[test]
    fn headings_that_tell_results() {
        let below =
            |titles: &[&str]| titles.iter().fold(Below::Other, |below, title| below.and(title));
        for titles in [
            &["Success Criteria Met"] as &[&str],
            &["Release", "🎯 Success criteria - ALL MET ✅", "Phase 2"],
            &["Acceptance criteria", "Results"],
            &["Success criteria ✅"],
        ] {
            assert_eq!(below(titles), Below::Results, "{titles:?}");
        }
        for titles in [
            &["✅ Success Criteria"] as &[&str],
            &["Success criteria (must be met before launch)"],
            &["Criteria not met?"],
            &["Test results", "Success criteria"],
        ] {
            assert_eq!(below(titles), Below::Goals, "{titles:?}");
        }
        assert_eq!(below(&["Results"]), Below::Other);
    }
}
