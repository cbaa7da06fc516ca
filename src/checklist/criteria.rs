//! Criteria: list items without a box under a heading about goals, which open with a status emoji
//! or state a limit. They are what shall hold, and not a result.

use crate::model::Shape;

use super::figures;
use super::marks;

/// Whether one of the headings above is about criteria.
pub(super) fn is_heading(title: &str) -> bool {
    const WORDS: [&str; 22] = [
        "criteria",
        "criterion",
        "acceptance",
        "definition of done",
        "success metric",
        "exit condition",
        "objectives",
        "slo",
        "slos",
        "service level",
        "kpi",
        "kpis",
        "targets",
        "thresholds",
        "go/no-go",
        "kriterien",
        "criterios",
        "critères",
        "критерии",
        "标准",
        "指标",
        "基準",
    ];
    let lower = title.to_lowercase();
    WORDS.iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower.get(..at).and_then(|lead| lead.chars().next_back());
            let after = lower.get(at + word.len()..).and_then(|tail| tail.chars().next());
            !word.is_ascii()
                || !before.is_some_and(char::is_alphabetic)
                    && !after.is_some_and(char::is_alphabetic)
        })
    })
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
