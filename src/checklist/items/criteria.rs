//! Criteria: list items without a box under a heading about goals, which open with a status emoji
//! or state a limit. They are what shall hold, and not a result.

use crate::checklist::text::figures;
use crate::checklist::text::marks;
use crate::model::Shape;

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
pub(in crate::checklist) fn is_heading(title: &str) -> bool {
    let mut words = title.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    if title.is_ascii() && !words.any(may_say_so) {
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
fn may_say_so(word: &[u8]) -> bool {
    let first = word.first().map(u8::to_ascii_lowercase);
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

/// Whether an entry's text, under such a heading, is a criterion.
pub(super) fn is_criterion(text: &str) -> bool {
    marks::leading(text).is_some()
        || figures::figures(text).iter().any(|figure| matches!(figure.shape, Shape::Limit { .. }))
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
            assert!(
                may_say_so(word.as_bytes())
                    && is_heading(&word.to_uppercase()) == WORDS.contains(word)
            );
        }
    }

    #[test]
    fn goals_open_with_a_sign_or_state_a_limit() {
        for text in
            ["✅ Monitoring operational", "Error rate < 1%", "🎯 Fast", "Zero critical errors"]
        {
            assert!(is_criterion(text), "{text}");
        }
        for text in ["Monitoring operational", "See 5 errors"] {
            assert!(!is_criterion(text), "{text}");
        }
    }
}
