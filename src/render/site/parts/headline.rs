//! What an artifact says in a few words: the figure that a person would ask for first.

use serde_json::Value;

use crate::model::{counted, listed, plural};
use crate::render::site::text::shortened;
use crate::snapshot::v1::Artifact;

use super::readings::number;

/// Says what a group of facts comes to; `None` where it holds nothing worth a word.
type Say = fn(&Value) -> Option<String>;

/// The groups of facts, those that a person asks for first first.
const GROUPS: [(&str, Say); 12] = [
    ("tests", tests),
    ("findings", findings),
    ("coverage", coverage),
    ("thresholds", thresholds),
    ("checks", checks),
    ("ci", ci),
    ("targets", targets),
    ("rules", |group| some(number(Some(group), "total"), "rule")),
    ("alerts", |group| Some(format!("{} active", counted(number(Some(group), "active"), "alert")))),
    ("components", |group| some(number(Some(group), "total"), "component")),
    ("deployment", deployment),
    ("provenance", |group| some(number(Some(group), "subjects"), "subject")),
];

/// The most that is said of one artifact.
const SAID: usize = 2;

/// `87 tests, 3 failed`; empty where there is nothing to say.
pub(in crate::render::site) fn headline(artifact: &Artifact) -> String {
    let said = GROUPS
        .iter()
        .filter_map(|(name, say)| say(&artifact.facts.figures(name)?))
        .take(SAID)
        .collect::<Vec<_>>();
    said.join(" · ")
}

fn some(count: u64, noun: &str) -> Option<String> {
    Some(counted(count, noun))
}

fn tests(group: &Value) -> Option<String> {
    let of = |name| number(Some(group), name);
    let (total, failed, skipped) = (of("total"), of("failed") + of("errored"), of("skipped"));
    let mut said = counted(total, "test");
    match (total, failed) {
        (0, _) => {}
        (_, 0) => said.push_str(", none failed"),
        (_, failed) => said.push_str(&format!(", {failed} failed")),
    }
    if skipped > 0 {
        said.push_str(&format!(", {skipped} skipped"));
    }
    Some(said)
}

fn findings(group: &Value) -> Option<String> {
    let of = |name: &str| number(Some(group), name);
    let total = of("total");
    let graded = ["critical", "high", "medium", "low"].map(|grade| (grade, of(grade)));
    let worst: Vec<String> = graded
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .take(2)
        .map(|(grade, count)| format!("{count} {grade}"))
        .collect();
    Some(match (total, worst.is_empty()) {
        (0, _) => "no finding".to_owned(),
        (_, false) => format!("{}: {}", counted(total, "finding"), listed(&worst, 2)),
        (_, true) if of("errors") > 0 => counted(of("errors"), "error"),
        (_, true) if of("warnings") > 0 => counted(of("warnings"), "warning"),
        (_, true) => counted(total, "finding"),
    })
}

fn coverage(group: &Value) -> Option<String> {
    let kinds = [("lines", "lines"), ("statements", "statements"), ("branches", "branches")];
    kinds.into_iter().find_map(|(name, word)| {
        let share = group.get(name)?.get("pct")?.as_f64()?;
        Some(format!("{share:.1} % of {word} covered"))
    })
}

fn thresholds(group: &Value) -> Option<String> {
    let (total, failed) = (number(Some(group), "total"), number(Some(group), "failed"));
    let crossed = if failed == 0 { "none".to_owned() } else { failed.to_string() };
    (total > 0).then(|| format!("{}, {crossed} crossed", counted(total, "threshold")))
}

fn checks(group: &Value) -> Option<String> {
    let (total, failed) = (number(Some(group), "total"), number(Some(group), "failed"));
    (total > 0).then(|| format!("{failed} of {} failed", counted(total, "check")))
}

fn ci(group: &Value) -> Option<String> {
    let conclusion = group.get("conclusion").and_then(Value::as_str);
    let jobs = group.get("jobs").and_then(Value::as_object);
    let bad = jobs.map_or(0, |jobs| {
        let ended = jobs.values().map(|job| job.get("conclusion").and_then(Value::as_str));
        ended.filter(|ended| !matches!(ended, Some("success" | "skipped" | "neutral"))).count()
    });
    match (conclusion, jobs.map(serde_json::Map::len)) {
        (Some(conclusion), _) => Some(format!("the run ended with {}", shortened(conclusion, 40))),
        (None, Some(count @ 1..)) => {
            let bad = if bad == 0 {
                "all succeeded".to_owned()
            } else {
                format!("{bad} did not succeed")
            };
            Some(format!("{}, {bad}", counted(count as u64, "job")))
        }
        _ => None,
    }
}

fn targets(group: &Value) -> Option<String> {
    let (total, up) = (number(Some(group), "total"), number(Some(group), "up"));
    Some(format!("{up} of {total} {} up", plural(total, "target")))
}

fn deployment(group: &Value) -> Option<String> {
    let of = |name| group.get(name).and_then(Value::as_str);
    let state = shortened(of("state")?, 40);
    Some(match of("environment") {
        Some(environment) => format!("{}: {state}", shortened(environment, 60)),
        None => state,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::render::site::tests::build;

    #[test]
    fn the_figure_that_is_asked_for_first_and_the_worst_of_it() {
        for (group, facts, said) in [
            ("tests", json!({"total": 87, "failed": 2, "errored": 1}), "87 tests, 3 failed"),
            ("tests", json!({"total": 1, "skipped": 1}), "1 test, none failed, 1 skipped"),
            ("tests", json!({"total": 0}), "0 tests"),
            (
                "findings",
                json!({"total": 9, "high": 5, "critical": 2}),
                "9 findings: 2 critical and 5 high",
            ),
            ("findings", json!({"total": 41, "errors": 41, "unknown": 41}), "41 errors"),
            ("findings", json!({"total": 0}), "no finding"),
            ("coverage", json!({"lines": {"pct": 81.25}}), "81.2 % of lines covered"),
            ("thresholds", json!({"total": 2, "failed": 0}), "2 thresholds, none crossed"),
            (
                "ci",
                json!({"jobs": {"a": {"conclusion": "success"}, "b": {"conclusion": "failure"}}}),
                "2 jobs, 1 did not succeed",
            ),
            ("data", json!({"x": 1}), ""),
        ] {
            let artifact =
                build::artifact("a", "tool", "2026-11-22T09:00:00Z", json!({group: facts}));
            assert_eq!(headline(&artifact), said);
        }
    }
}
