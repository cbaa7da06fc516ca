//! Facts as published: counts whole, lists up to 200 entries worth showing, the rest counted.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::super::{Case, Facts, Finding, Gap, Listing, Outcome, SHOWN, Share, Tally};

/// The facts of one artifact in the shape of the snapshot and of `inspect`: group → members. The
/// document itself (`data`) is never written out.
pub fn published(facts: &Facts) -> BTreeMap<String, Json> {
    let mut groups = BTreeMap::new();
    for group in facts.carried() {
        let value = facts.figures(group).map(|value| json!(value)).unwrap_or(Json::Null);
        let Json::Object(mut members) = value else { continue };
        match group {
            "tests" => {
                let cases = facts.tests.as_ref().map(|tests| &tests.cases);
                list(&mut members, "cases", cases, is_bad, case);
            }
            "findings" => {
                let findings = facts.findings.as_ref().map(|findings| &findings.list);
                list(&mut members, "list", findings, |_| true, finding);
            }
            "coverage" => {
                if let Some(coverage) = &facts.coverage {
                    let (worst, omitted) = coverage.gaps.worst();
                    entries(&mut members, "uncovered", worst.into_iter().map(gap), omitted);
                }
            }
            "thresholds" => {
                if let Some(Tally { failed, crossed, .. }) = &facts.thresholds {
                    let omitted = failed.saturating_sub(crossed.len() as u64);
                    let shown = crossed.iter().map(|name| json!(name));
                    entries(&mut members, "crossed", shown, omitted);
                }
            }
            // A run that is still going says so: its conclusion is known to be none.
            "ci" if members.contains_key("status") => {
                members.entry("conclusion").or_insert(Json::Null);
            }
            _ => cut(&mut members, "list"),
        }
        groups.insert(group.to_owned(), Json::Object(members));
    }
    groups
}

/// Replaces the list `name` by its first entries worth showing, and counts the others.
fn list<T>(
    members: &mut Map<String, Json>,
    name: &str,
    of: Option<&Listing<T>>,
    worth: impl Fn(&T) -> bool,
    show: impl Fn(&T) -> Json,
) {
    let Some(of) = of else { return };
    let worth_showing: Vec<&T> = of.entries().iter().filter(|entry| worth(entry)).collect();
    if worth_showing.is_empty() {
        return;
    }
    let left_out = worth_showing.len().saturating_sub(SHOWN) as u64 + of.omitted();
    let shown = worth_showing.into_iter().take(SHOWN).map(show).collect();
    members.insert(name.to_owned(), Json::Array(shown));
    if left_out > 0 {
        members.insert("omitted".to_owned(), left_out.into());
    }
}

/// Adds what is worth showing under `name`, and counts the others.
fn entries(
    members: &mut Map<String, Json>,
    name: &str,
    shown: impl Iterator<Item = Json>,
    omitted: u64,
) {
    let shown: Vec<Json> = shown.collect();
    if shown.is_empty() {
        return;
    }
    members.insert(name.to_owned(), Json::Array(shown));
    if omitted > 0 {
        members.insert("omitted".to_owned(), omitted.into());
    }
}

fn cut(members: &mut Map<String, Json>, name: &str) {
    let Some(Json::Array(entries)) = members.get_mut(name) else { return };
    let left_out = entries.len().saturating_sub(SHOWN);
    entries.truncate(SHOWN);
    if left_out > 0 {
        members.insert("omitted".to_owned(), left_out.into());
    }
}

fn is_bad(case: &Case) -> bool {
    matches!(case.outcome, Outcome::Failed | Outcome::Errored)
}

fn case(case: &Case) -> Json {
    without_nulls(json!({
        "name": case.name,
        "suite": case.suite,
        "file": case.file,
        "outcome": case.outcome.word(),
        "duration_s": case.duration_s,
        "message": case.message,
    }))
}

fn gap(gap: &Gap) -> Json {
    let Share { covered, total } = gap.share;
    json!({"path": gap.path, "covered": covered, "total": total})
}

fn finding(finding: &Finding) -> Json {
    without_nulls(json!({
        "rule": finding.rule,
        "aliases": (!finding.aliases.is_empty()).then_some(&finding.aliases),
        "severity": finding.grade.word(),
        "level": finding.level.word(),
        "title": finding.title,
        "package": finding.package,
        "version": finding.version,
        "fixed_in": finding.fixed_in,
        "path": finding.path,
        "line": finding.line,
        "suppressed": finding.suppressed,
    }))
}

fn without_nulls(mut json: Json) -> Json {
    if let Json::Object(members) = &mut json {
        members.retain(|_, value| !value.is_null());
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Coverage, Findings, Gaps, Keep, Level, Tests};

    #[test]
    fn passed_cases_are_counted_and_failed_ones_shown() {
        let mut tests = Tests { cases: Listing::new(Keep::All), ..Tests::default() };
        for (name, outcome) in [("a", Outcome::Passed), ("b", Outcome::Failed)] {
            tests.add(outcome, || Case {
                name: name.to_owned(),
                suite: None,
                file: None,
                outcome,
                duration_s: None,
                message: None,
            });
        }
        let facts = Facts { tests: Some(tests), ..Facts::default() };
        let groups = published(&facts);
        assert_eq!(groups["tests"]["total"], 2);
        assert_eq!(groups["tests"]["cases"], json!([{"name": "b", "outcome": "failed"}]));
    }

    #[test]
    fn long_lists_are_cut_and_counted() {
        let mut findings = Findings::default();
        for _ in 0..250 {
            findings.add(Finding::levelled(Level::Error));
        }
        let facts = Facts { findings: Some(findings), ..Facts::default() };
        let groups = published(&facts);
        assert_eq!(groups["findings"]["list"].as_array().map(Vec::len), Some(SHOWN));
        assert_eq!(groups["findings"]["omitted"], 50);
        assert_eq!(groups["findings"]["errors"], 250);
    }

    #[test]
    fn what_was_left_out_and_crossed_is_named() {
        let mut gaps = Gaps::default();
        gaps.add("a.js", Share { covered: 1, total: 4 });
        let coverage = Coverage { gaps, ..Coverage::default() };
        let mut thresholds = Tally::default();
        thresholds.add(true, || unreachable!("one that holds is not named"));
        thresholds.add(false, || "p(95)<500".to_owned());
        let facts =
            Facts { coverage: Some(coverage), thresholds: Some(thresholds), ..Facts::default() };
        let groups = published(&facts);
        assert_eq!(
            groups["coverage"],
            json!({"uncovered": [{"path": "a.js", "covered": 1, "total": 4}]})
        );
        assert_eq!(
            groups["thresholds"],
            json!({"total": 2, "failed": 1, "crossed": ["p(95)<500"]})
        );
    }
}
