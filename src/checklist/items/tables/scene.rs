//! What the headings around a table say that it is for.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// The headings around a table, and what names it right above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::checklist::items) struct Scene {
    /// The nearest heading and the label above the table, in small letters.
    near: String,
    /// All headings above, and the document's title.
    around: String,
}

impl Scene {
    /// The scene below `titles`, outermost first, with `label` right above the table.
    pub(in crate::checklist::items) fn of(titles: &[&str], label: Option<&str>) -> Scene {
        let nearest = titles.iter().rev().find(|title| !title.is_empty()).copied();
        let near = [nearest.unwrap_or_default(), label.unwrap_or_default()].join("\n");
        Scene { near: near.to_lowercase(), around: titles.join("\n").to_lowercase() }
    }

    /// Whether the table is there to let something pass: a readiness review, sign-offs.
    pub(super) fn is_gate(&self) -> bool {
        passes(&self.near)
    }

    /// Whether the table is at least called a list of checks.
    pub(super) fn is_of_checks(&self) -> bool {
        const CHECKS: [&str; 8] = [
            "checklist",
            "checks",
            "check-list",
            "checkliste",
            "检查清单",
            "检查表",
            "チェックリスト",
            "чек-лист",
        ];
        self.is_gate() || CHECKS.iter().any(|word| says(&self.near, word))
    }

    /// Whether any heading above speaks of letting something pass.
    pub(super) fn lies_in_a_gate(&self) -> bool {
        passes(&self.near) || passes(&self.around)
    }

    /// Whether the table lists which states there are.
    pub(super) fn is_legend(&self) -> bool {
        const LEGEND: [&str; 12] = [
            "legend",
            "legende",
            "légende",
            "leyenda",
            "legenda",
            "легенда",
            "图例",
            "凡例",
            "status values",
            "status key",
            "status codes",
            "status definitions",
        ];
        LEGEND.iter().any(|word| says(&self.near, word))
    }

    /// Whether the table tells what was done in the past.
    pub(super) fn is_history(&self) -> bool {
        const HISTORY: [&str; 9] = [
            "history",
            "historique",
            "historial",
            "histórico",
            "storico",
            "verlauf",
            "история",
            "历史",
            "履歴",
        ];
        HISTORY.iter().any(|word| says(&self.near, word))
    }
}

#[rustfmt::skip]
const PASSES: &[&str] = &[
    "approval", "approvals", "go live", "go-live", "go/no-go", "go / no-go", "golive", "no-go",
    "production ready", "readiness", "release gate", "sign off", "sign-off", "sign-offs",
    "signoff", "signoffs",
    "abnahme", "freigabe", "approbation", "aprobación", "puesta en producción", "aprovação",
    "approvazione", "утверждение", "согласование", "上线", "审批", "承認", "リリース判定",
];

fn passes(lower: &str) -> bool {
    // Most headings have none of the words, and are looked through but once.
    static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PASSES).ok());
    let may = || ANY.as_ref().is_none_or(|any| any.is_match(lower));
    // Probes of a service are called so as well.
    let probes = || says(lower, "probe") || says(lower, "probes");
    may() && !probes() && PASSES.iter().any(|word| says(lower, word))
}

/// Whether `lower` has `word` as a whole; letters of which each is a word have no ends.
fn says(lower: &str, word: &str) -> bool {
    let whole = word.chars().any(|c| c < '\u{2e80}');
    lower.match_indices(word).any(|(at, _)| {
        let before = lower.get(..at).unwrap_or_default();
        let after = lower.get(at + word.len()..).unwrap_or_default();
        !whole
            || !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_a_table_is_for() {
        for title in
            ["Readiness review", "Go/No-Go", "Demo Sign-Off", "Approvals", "Freigabe", "上线审批"]
        {
            assert!(Scene::of(&["Release", title], None).is_gate(), "{title}");
        }
        for title in ["Readiness probes", "Browser support", "Goals", "History"] {
            assert!(!Scene::of(&["Go-live", title], None).is_gate(), "{title}");
        }
        assert!(Scene::of(&["Go-live", "Data"], None).lies_in_a_gate());
        assert!(Scene::of(&["Data"], Some("**Sign-off**")).is_gate());
        assert!(Scene::of(&["Launch checklist"], None).is_of_checks());
        assert!(Scene::of(&["Historique des déploiements"], None).is_history());
    }
}
