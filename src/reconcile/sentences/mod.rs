//! The sentences of verdicts: the fact, the figure, the limit. Each can stand after "Ticked, but".

mod clause;
mod figures;
mod repository;

use crate::condition::{Found, Outcome, Read, Scope};
use crate::facts::Value;
use crate::model::{Artifact, Reading, Timestamp, counted, grouped, plural};

use super::freshness::age_of;
use super::scope::ArtifactScope;

use clause::{Clause, in_common, joined};
use figures::{figure, limit, shown};

/// Why a condition does not hold: the comparisons that failed, in people's words.
pub(super) fn refuted(outcome: &Outcome, scope: &ArtifactScope<'_>) -> String {
    let failed = outcome.read.iter().filter(|read| read.holds == Some(false));
    let told = joined(failed.map(|read| clause(read, scope)), usize::MAX);
    match told.is_empty() {
        true => "the condition does not hold.".to_owned(),
        false => format!("{told}."),
    }
}

/// Why a condition holds, and how old its evidence is.
pub(super) fn satisfied<'a>(
    outcome: &Outcome,
    scope: &ArtifactScope<'_>,
    artifacts: impl Iterator<Item = &'a Artifact>,
    clock: Timestamp,
) -> String {
    let oldest = artifacts.filter_map(|artifact| age_of(artifact, clock)).max();
    let age = match oldest {
        Some(age) => format!("{age} before this report"),
        None => return format!("{}.", holds(outcome, scope)),
    };
    match holds(outcome, scope) {
        // The age is not that of the limit.
        told if told.contains("; ") => format!("{told} ({age})."),
        told => format!("{told}, {age}."),
    }
}

fn holds(outcome: &Outcome, scope: &ArtifactScope<'_>) -> String {
    let ran = ran(outcome, scope);
    let told = ran.is_some();
    // That there is something at all is worth a word only where nothing else is said.
    let only_some = |read: &Read| read.bound.as_deref() == Some("> 0");
    let holding: Vec<&Read> = outcome
        .read
        .iter()
        .filter(|read| read.holds == Some(true) && !(told && counts_tests(&read.fact)))
        .collect();
    let says_more = holding.iter().any(|read| !only_some(read));
    let holding = holding.into_iter().filter(|read| !says_more || !only_some(read));
    let clauses = ran.into_iter().map(Clause::alone).chain(holding.map(|read| clause(read, scope)));
    let said = joined(clauses, 3);
    if said.is_empty() { "the condition holds".to_owned() } else { said }
}

/// `412 tests ran, none failed`, where the condition asks how many failed.
fn ran(outcome: &Outcome, scope: &ArtifactScope<'_>) -> Option<String> {
    let asks_failed = |read: &Read| {
        counts_tests(&read.fact) && read.fact.split(" + ").any(|part| part == "tests.failed")
    };
    let total = count_of(scope, "tests", "total")?;
    if !outcome.read.iter().any(|read| read.holds == Some(true) && asks_failed(read)) {
        return None;
    }
    let failed = count_of(scope, "tests", "failed").unwrap_or(0)
        + count_of(scope, "tests", "errored").unwrap_or(0);
    let failed = if failed == 0 { "none".to_owned() } else { grouped(failed) };
    let idle = count_of(scope, "tests", "skipped").unwrap_or(0);
    let skipped = match idle {
        0 => String::new(),
        _ => format!(", {} {} skipped", grouped(idle), plural(idle, "was")),
    };
    let ran = counted(total.saturating_sub(idle), "test");
    Some(format!("{ran} ran, {failed} failed{skipped}"))
}

/// Whether a fact is a count of tests that "ran" and "failed" tell of.
fn counts_tests(fact: &str) -> bool {
    fact.split(" + ").all(|part| matches!(part, "tests.total" | "tests.failed" | "tests.errored"))
}

/// One comparison in words.
fn clause(read: &Read, scope: &ArtifactScope<'_>) -> Clause {
    let Some(value) = &read.value else {
        return Clause::alone(format!("{} is not there", read.fact));
    };
    let bound = read.bound.as_deref().unwrap_or_default();
    let within = bound.strip_prefix("in ").map(|hay| (hay, read.holds == Some(false)));
    let without = || bound.strip_prefix("not in ").map(|hay| (hay, read.holds != Some(false)));
    if let Some((hay, is_absent)) = within.or_else(without) {
        let not = if is_absent { "not " } else { "" };
        return repository::member(&read.fact, hay, !is_absent)
            .unwrap_or_else(|| Clause::alone(format!("{} is {not}in {hay}", read.fact)));
    }
    if let Some(clause) = repository::clause(read) {
        return clause;
    }
    let parts: Vec<&str> = read.fact.split(" + ").collect();
    if parts.iter().all(|part| is_count_of_findings(part)) && matches!(value, Value::Int(_)) {
        return findings(&parts, scope, read);
    }
    if read.fact.starts_with("ci") {
        return ci_clause(read, value);
    }
    Clause::alone(figured(read, value, &parts, scope))
}

/// Whether a fact is a count of findings, rather than something computed from their list.
fn is_count_of_findings(fact: &str) -> bool {
    fact.strip_prefix("findings.")
        .is_some_and(|count| count.bytes().all(|b| b.is_ascii_lowercase()))
}

/// A figure of an artifact in words.
fn figured(read: &Read, value: &Value, parts: &[&str], scope: &ArtifactScope<'_>) -> String {
    if let (true, Value::Int(count)) = (parts.len() > 1, value)
        && let Some(clause) = sum_of_tests(parts, unsigned(*count), scope, read)
    {
        return clause;
    }
    let path: Vec<&str> = read.fact.split('.').collect();
    match (path.as_slice(), value) {
        (["tests", "total"], Value::Int(total)) => {
            let total = unsigned(*total);
            format!("{} ran{}", counted(total, "test"), limit(read))
        }
        (["tests", outcome @ ("failed" | "errored" | "skipped")], Value::Int(count)) => {
            let count = unsigned(*count);
            match count_of(scope, "tests", "total") {
                Some(total) if count > 0 => format!(
                    "{} of {} {}{}",
                    grouped(count),
                    counted(total, "test"),
                    outcome_words(outcome, count),
                    limit(read)
                ),
                _ => format!("no test {}", outcome_words(outcome, 1)),
            }
        }
        (["coverage", what, "pct"], Value::Double(share)) => {
            format!("coverage of {what} was {} %{}", figure(*share), limit(read))
        }
        (["thresholds", "failed"], Value::Int(count)) => crossed(unsigned(*count), scope),
        (["checks", "failed"], Value::Int(count)) => {
            format!("{} failed", of_total(scope, "checks", unsigned(*count), "check"))
        }
        (["targets", "down"], Value::Int(count)) if *count > 0 => {
            let of = of_total(scope, "targets", unsigned(*count), "target");
            format!("{of} {} down", plural(unsigned(*count), "was"))
        }
        (["alerts", "active"], Value::Int(count)) if *count > 0 => {
            let verb = if *count == 1 { "fires" } else { "fire" };
            format!("{} {verb}{}", counted(unsigned(*count), "alert"), limit(read))
        }
        (["metrics", name, statistic], Value::Double(value)) => {
            format!("{statistic} of {name} was {}{}", figure(*value), limit(read))
        }
        (_, Value::Double(value)) if quoted_metric(&read.fact).is_some() => {
            let (name, statistic) = quoted_metric(&read.fact).unwrap_or_default();
            let of = if statistic == "value" { String::new() } else { format!("{statistic} of ") };
            format!("{of}{name} was {}{}", figure(*value), limit(read))
        }
        (_, Value::Text(cases)) if asks_passed(&read.fact).is_some() => {
            passed(asks_passed(&read.fact).unwrap_or_default(), cases)
        }
        (_, Value::Bool(value)) if read.bound.is_some() => {
            let limit = if read.holds == Some(true) { String::new() } else { limit(read) };
            format!("{} is {value}{limit}", read.fact)
        }
        (_, Value::Bool(true)) => format!("{} holds", read.fact),
        (_, Value::Bool(false)) => format!("{} does not hold", read.fact),
        _ => format!("{} was {}{}", read.fact, shown(value), limit(read)),
    }
}

/// The pattern of `passed("…")`.
fn asks_passed(fact: &str) -> Option<&str> {
    let asked = fact.trim_start_matches('!').strip_prefix("passed(")?;
    Some(asked.trim_end_matches(')'))
}

/// How many of the cases that match did pass.
fn passed(pattern: &str, cases: &str) -> String {
    match cases {
        "1 of 1 case" => format!("the case that matches {pattern} passed"),
        "0 of 1 case" => format!("the case that matches {pattern} did not pass"),
        cases => format!("{cases} that match {pattern} passed"),
    }
}

/// `metrics["largest-contentful-paint"].value`: its name and its statistic.
fn quoted_metric(fact: &str) -> Option<(&str, &str)> {
    let (name, statistic) = fact.strip_prefix("metrics[\"")?.split_once("\"].")?;
    (!name.contains(['"', '\\']) && !statistic.contains(['.', '['])).then_some((name, statistic))
}

/// `tests.failed + tests.errored`: `3 of 412 tests failed`.
fn sum_of_tests(
    parts: &[&str],
    count: u64,
    scope: &ArtifactScope<'_>,
    read: &Read,
) -> Option<String> {
    let outcomes: Vec<&str> =
        parts.iter().map(|part| part.strip_prefix("tests.")).collect::<Option<_>>()?;
    let words = match outcomes.as_slice() {
        ["failed", "errored"] | ["errored", "failed"] => "failed",
        _ if outcomes.contains(&"skipped") && outcomes.contains(&"failed") => {
            "failed or were skipped"
        }
        _ => return None,
    };
    let total = count_of(scope, "tests", "total")?;
    Some(match count {
        0 => format!("no test of {} {words}", grouped(total)),
        _ => {
            let count = grouped(count);
            format!("{count} of {} {words}{}", counted(total, "test"), limit(read))
        }
    })
}

/// `Trivy found 2 critical and 5 high findings`; of each grade its own count.
fn findings(parts: &[&str], scope: &ArtifactScope<'_>, read: &Read) -> Clause {
    let grades: Vec<&str> =
        parts.iter().filter_map(|part| part.strip_prefix("findings.")).collect();
    let tool = finders(scope, &grades);
    let counts: Vec<(&str, u64)> = grades
        .iter()
        .map(|grade| (*grade, count_of(scope, "findings", grade).unwrap_or(0)))
        .filter(|(_, count)| *count > 0)
        .collect();
    if counts.is_empty() {
        let nouns: Vec<String> = grades.iter().map(|grade| noun(grade, 2)).collect();
        return Clause::none(format!("{tool} found no "), nouns);
    }
    let last: u64 = counts.last().map_or(0, |(_, count)| *count);
    let told =
        counts.iter().map(|(grade, count)| format!("{} {}", grouped(*count), noun(grade, *count)));
    let told: Vec<String> = told.collect();
    let told = if last == 1 { told } else { in_common(&told) };
    let told = crate::model::listed(&told, 6);
    Clause::of(format!("{tool} found "), told, limit(read), true)
}

/// What a count of `findings` counts.
fn noun(grade: &str, count: u64) -> String {
    match grade {
        "total" => plural(count, "finding"),
        "errors" => plural(count, "error"),
        "warnings" => plural(count, "warning"),
        "notes" => plural(count, "note"),
        grade => format!("{grade} {}", plural(count, "finding")),
    }
}

/// `2 of 3 thresholds were crossed`
fn crossed(count: u64, scope: &ArtifactScope<'_>) -> String {
    match count_of(scope, "thresholds", "total").filter(|_| count == 0) {
        Some(total) => format!("none of {} was crossed", counted(total, "threshold")),
        None => {
            let of = of_total(scope, "thresholds", count, "threshold");
            format!("{of} {} crossed", plural(count, "was"))
        }
    }
}

/// `0 of 2 thresholds`.
fn of_total(scope: &ArtifactScope<'_>, group: &str, count: u64, noun: &str) -> String {
    match count_of(scope, group, "total") {
        Some(total) => format!("{} of {}", grouped(count), counted(total, noun)),
        None => counted(count, noun),
    }
}

fn ci_clause(read: &Read, value: &Value) -> Clause {
    let state = match value {
        Value::Text(text) => text.to_string(),
        other => shown(other),
    };
    let ended = match state.as_str() {
        "success" => "succeeded".to_owned(),
        "failure" => "failed".to_owned(),
        other => format!("ended with {other}"),
    };
    let part = |map: &str| {
        let (_, rest) = read.fact.split_once(map)?;
        let rest = rest.trim_start_matches(['.', '[']);
        let name = match rest.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'']).next(),
            None => rest.split(['.', ']']).next(),
        };
        name.filter(|name| !name.is_empty())
    };
    match (part("jobs"), part("steps")) {
        (Some(job), Some(step)) => {
            let foot = format!(" of job \"{job}\" {ended}");
            Clause::counted("step ", "steps ", format!("\"{step}\""), foot)
        }
        (Some(job), None) if read.fact.ends_with("conclusion") => {
            Clause::counted("job ", "jobs ", format!("\"{job}\""), format!(" {ended}"))
        }
        _ if read.fact.ends_with("ci.conclusion") => Clause::alone(format!("the CI run {ended}")),
        _ => Clause::alone(format!("{} was {state}{}", read.fact, limit(read))),
    }
}

fn outcome_words(outcome: &str, count: u64) -> String {
    match outcome {
        "errored" => "could not run".to_owned(),
        "skipped" => format!("{} skipped", plural(count, "was")),
        failed => failed.to_owned(),
    }
}

fn count_of(scope: &ArtifactScope<'_>, group: &str, fact: &str) -> Option<u64> {
    match scope.group(group) {
        Found::Value(value) => match value.member(fact) {
            Some(Value::Int(count)) => Some(unsigned(*count)),
            _ => None,
        },
        Found::Absent(_) | Found::Untrusted { .. } => None,
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// The tools that found what is counted, as their teams name them; where none did, all that looked.
fn finders(scope: &ArtifactScope<'_>, grades: &[&str]) -> String {
    let looked: Vec<&Reading> = scope
        .artifacts
        .iter()
        .filter_map(|artifact| artifact.answer.reading())
        .filter(|reading| reading.facts.findings.is_some())
        .collect();
    let found = |reading: &&&Reading| {
        let findings = reading.facts.value("findings");
        let counts = |grade: &&str| {
            findings.as_ref().is_some_and(|of| of.member(grade).is_some_and(is_some))
        };
        grades.iter().any(counts)
    };
    let mut of: Vec<&Reading> = looked.iter().filter(found).copied().collect();
    if of.is_empty() {
        of = looked;
    }
    let mut names: Vec<&str> = of.iter().filter_map(|reading| reading.tool.as_deref()).collect();
    let named = names.len() == of.len();
    names.dedup();
    match names.len() {
        1..=3 if named => crate::model::listed(&names, 3),
        0 | 1 => "the tool".to_owned(),
        _ => "the tools".to_owned(),
    }
}

fn is_some(count: &Value) -> bool {
    matches!(count, Value::Int(count) if *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_in_quotes_is_named_without_them() {
        let of = quoted_metric;
        assert_eq!(of(r#"metrics["first-paint"].value"#), Some(("first-paint", "value")));
        assert_eq!(of(r#"metrics["http.reqs"].p95"#), Some(("http.reqs", "p95")));
        for other in [r#"metrics["a"]["b"].c"#, "metrics.a.p95", r#"metrics["a"].b.c"#] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
