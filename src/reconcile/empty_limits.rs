//! Whether the limits and checks that a condition counted failures of were any.

use crate::condition::{Found, Outcome, Scope};
use crate::facts::Value;
use crate::model::{Rule, Rules};

use super::ruling::Ruling;
use super::scope::ArtifactScope;

/// The groups that count what was asked and what of it failed.
const TALLIES: [&str; 2] = ["thresholds", "checks"];

/// Of no limit none failed: that would pass for limits that held.
pub(super) fn doubt(outcome: &Outcome, scope: &ArtifactScope<'_>, rules: Rules) -> Option<Ruling> {
    if !rules.holds(Rule::OverNothing) {
        return None;
    }
    let mut facts = outcome.read.iter().map(|read| read.fact.as_str());
    facts.find_map(|fact| {
        TALLIES.into_iter().find_map(|group| {
            let (tally, path) = group_of(group, fact, scope)?;
            let none = path == ".failed" && tally.member("total") == Some(&Value::Int(0));
            none.then(|| {
                let clause =
                    format!("the report holds 0 {group}, so that none failed proves nothing.");
                Ruling::invalid(Rule::OverNothing, clause)
            })
        })
    })
}

/// The group that a fact lies in, if it is that one, and the rest of its path.
fn group_of<'f>(group: &str, fact: &'f str, scope: &ArtifactScope<'_>) -> Option<(Value, &'f str)> {
    let (found, path) = if let Some(rest) = fact.strip_prefix("artifact(") {
        let (glob, rest) = rest.split_once("\").").or_else(|| rest.split_once("')."))?;
        let path = rest.strip_prefix(group)?;
        (scope.artifact_group(glob.trim().trim_matches(['"', '\'']), group), path)
    } else {
        let path = fact.strip_prefix(group)?;
        (scope.group(group), path)
    };
    match found {
        Found::Value(value) => Some((value, path)),
        Found::Absent(_) | Found::Untrusted { .. } => None,
    }
}
