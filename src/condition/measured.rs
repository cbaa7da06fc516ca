//! What a condition asks of a load run: how fast it was, and how much of it failed.

use super::Measured;
use super::tree::{Fact, Kind, Node};
use crate::facts::Value;

/// Every measurement that `root` uses, and the artifacts of which it asks what failed.
pub(super) fn measured(root: &Node) -> Measured {
    let mut measured = Measured::default();
    collect(root, &mut measured);
    measured
}

fn collect(node: &Node, measured: &mut Measured) {
    let mut steps = Vec::new();
    if let Some(fact) = chain(node, &mut steps) {
        steps.reverse();
        return add(fact, &steps, measured);
    }
    // That there is a figure says nothing of it.
    if matches!(node.kind, Kind::Has { .. }) {
        return;
    }
    for part in node.parts() {
        collect(part, measured);
    }
}

/// The fact that a chain of members begins with, and the members behind it, the last first; `None` of
/// one that is computed.
fn chain<'n>(node: &'n Node, steps: &mut Vec<Option<&'n str>>) -> Option<&'n Fact> {
    match &node.kind {
        Kind::Fact(fact) => Some(fact),
        Kind::Member { of, name } => {
            steps.push(Some(name));
            chain(of, steps)
        }
        Kind::Index { of, index } => {
            steps.push(match &index.kind {
                Kind::Literal(Value::Text(name)) => Some(name.as_ref()),
                _ => None,
            });
            chain(of, steps)
        }
        _ => None,
    }
}

fn add(fact: &Fact, steps: &[Option<&str>], measured: &mut Measured) {
    match fact.group() {
        // A check is of an answer: that it fails, a script says where it means it.
        "checks" => {
            measured.failures.insert(fact.artifact.clone());
        }
        "metrics" => {
            let mut steps = steps.iter().copied();
            let (name, statistic) = (steps.next().flatten(), steps.next().flatten());
            if name.is_some_and(|name| tells_of_load(name, statistic)) {
                measured.load.insert(fact.artifact.clone());
            }
            if name.is_some_and(tells_of_failures) && statistic.is_some_and(is_a_number_of_them) {
                measured.failures.insert(fact.artifact.clone());
            } else if statistic != Some("count") {
                measured.figures.insert((fact.artifact.clone(), name.map(str::to_owned)));
            }
        }
        // The run's own document says the same in the tool's words.
        "data" => {
            let path = fact.path.iter().skip(1).map(String::as_str);
            let names: Vec<&str> = path.chain(steps.iter().copied().flatten()).collect();
            if names.iter().any(|name| tells_of_failures(name)) {
                measured.failures.insert(fact.artifact.clone());
            } else {
                measured.figures.insert((fact.artifact.clone(), None));
            }
            if names.iter().any(|name| tells_of_load(name, names.last().copied())) {
                measured.load.insert(fact.artifact.clone());
            }
        }
        _ => {}
    }
}

/// Whether a measurement is of what failed, or of what did not, as tools and scripts name it:
/// `http_req_failed`, `failures`, `errors`, `success`, `http.codes.500`.
fn tells_of_failures(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["fail", "error", "success", "check", ".codes."].iter().any(|word| name.contains(word))
}

/// Whether a measurement is of how much was tried, as tools name it.
fn tells_of_load(name: &str, statistic: Option<&str>) -> bool {
    let of_all = ["iterations", "http_reqs", "requests"].contains(&name);
    name.to_ascii_lowercase().contains("dropped") || of_all && statistic == Some("rate")
}

fn is_a_number_of_them(statistic: &str) -> bool {
    ["rate", "rate_pct", "count", "value"].contains(&statistic)
}

#[cfg(test)]
mod tests {
    use crate::condition::Condition;

    #[test]
    fn what_is_asked_of_the_load_is_known() {
        for (source, load) in [
            ("metrics.a.p95 < 1.0 && metrics.dropped_iterations.count < 9.0", 1),
            ("metrics.a.p95 < 1.0 && metrics.http_reqs.rate >= 90.0", 1),
            ("metrics.a.p95 < 1.0 && metrics.http_reqs.count > 0.0", 0),
            ("metrics.a.p95 < 1.0 && !has(metrics.dropped_iterations)", 0),
            ("metrics.a.p95 < 1.0", 0),
        ] {
            let condition = Condition::parse(source).unwrap();
            assert_eq!(condition.reads().measured.load.len(), load, "{source}");
        }
    }

    #[test]
    fn what_is_asked_of_speed_and_of_failures_is_known() {
        for (source, figures, failures) in [
            ("metrics.http_req_duration.p95 < 500", vec!["http_req_duration"], 0),
            ("metrics['a b'].avg < 1.0 || metrics.c.max < 2", vec!["a b", "c"], 0),
            ("metrics.a.p95 < 1.0 && metrics.http_req_failed.rate_pct < 1", vec!["a"], 1),
            ("metrics.a.p95 < 1.0 && checks.failed == 0", vec!["a"], 1),
            ("metrics.a.p95 < 1.0 && has(metrics.failures.count)", vec!["a"], 0),
            ("metrics.error_page.p95 < 1.0", vec!["error_page"], 0),
            ("metrics.iterations.count > 0", vec![], 0),
            ("data.metrics.http_req_duration.values['p(95)'] < 500", vec!["*"], 0),
            ("data.metrics.http_req_failed.values.rate < 0.01", vec![], 1),
            ("keys(metrics).all(m, metrics[m].p95 < 1.0)", vec!["*"], 0),
        ] {
            let condition = Condition::parse(source).unwrap();
            let measured = &condition.reads().measured;
            let names = measured.figures.iter().map(|(_, name)| name.as_deref().unwrap_or("*"));
            assert_eq!(names.collect::<Vec<_>>(), figures, "{source}");
            assert_eq!(measured.failures.len(), failures, "{source}");
        }
    }
}
