//! Criteria: list items without a box under a heading about goals, which open with a status emoji
//! or state a limit. They are what shall hold, and not a result.

use crate::model::Shape;

use super::figures;
use super::marks;

/// Whether a heading is about criteria.
pub(super) fn is_heading(title: &str) -> bool {
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
