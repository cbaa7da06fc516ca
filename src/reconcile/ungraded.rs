//! Whether findings without a severity stand outside a condition on severities.

use crate::condition::{Condition, Found, Outcome, Scope};
use crate::facts::Value;
use crate::model::{Rule, counted, plural};

use super::ruling::Ruling;
use super::scope::ArtifactScope;

const GRADES: [&str; 5] = ["critical", "high", "medium", "low", "info"];

/// Why a condition that holds proves nothing: it asks for grades, and some findings have none.
pub(super) fn doubt(
    condition: &Condition,
    outcome: &Outcome,
    scope: &ArtifactScope<'_>,
) -> Option<Ruling> {
    if !scope.holds(Rule::Ungraded) || !asks_for_grades(condition, outcome) {
        return None;
    }
    let mut of: Vec<Found> = vec![scope.group("findings")];
    let by_artifact = condition.reads().artifacts.iter().filter(|(_, group)| group == "findings");
    of.extend(by_artifact.map(|(glob, _)| scope.artifact_group(glob, "findings")));
    of.iter().find_map(|found| {
        let Found::Value(findings) = found else { return None };
        match findings.member("unknown") {
            Some(Value::Int(unknown)) if *unknown > 0 => {
                let count = unknown.unsigned_abs();
                Some(Ruling::invalid(
                    Rule::Ungraded,
                    format!(
                        "{} {} no severity, and the condition asks for graded ones alone. Ask for \
                         findings.unknown too, or place them by [severities].",
                        counted(count, "finding"),
                        plural(count, "has")
                    ),
                ))
            }
            _ => None,
        }
    })
}

fn asks_for_grades(condition: &Condition, outcome: &Outcome) -> bool {
    let reads = |member: &str| {
        let wanted = format!("findings.{member}");
        outcome.read.iter().any(|read| read.fact.ends_with(&wanted))
    };
    let walks = condition.reads().findings && condition.source().contains("severity");
    let complete = reads("unknown") || reads("total") || condition.source().contains("unknown");
    (walks || GRADES.iter().any(|grade| reads(grade))) && !complete
}
