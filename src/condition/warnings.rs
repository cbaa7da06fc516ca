//! What is legal and probably not meant.

use super::Fault;
use super::certain::certain;
use super::presence;
use super::syntax::Comparison;
use super::tree::{Fact, Kind, Node};
use crate::facts::{Unit, Value};

/// Everything in `root` that is worth a warning.
pub(super) fn warnings(root: &Node) -> Vec<Fault> {
    let mut warnings = Vec::new();
    collect(root, &mut warnings);
    warnings
}

fn collect(node: &Node, warnings: &mut Vec<Fault>) {
    if let Kind::Compare(how, sides) = &node.kind {
        let [left, right] = sides.as_ref();
        warnings.extend(rate_scale(left, *how, right));
        warnings.extend(rate_scale(right, how.mirrored(), left));
        warnings.extend(percent_scale(left, *how, right));
        warnings.extend(percent_scale(right, how.mirrored(), left));
    }
    for part in node.parts() {
        collect(part, warnings);
    }
}

/// Every part of `root` that holds whatever the facts are; all of it where it is `certain`.
pub(super) fn idle(root: &Node, certain: bool) -> Vec<Fault> {
    let mut idle = Vec::new();
    collect_idle(root, &mut idle);
    if certain && idle.is_empty() {
        idle.push(decided(root));
    }
    idle
}

fn collect_idle(node: &Node, idle: &mut Vec<Fault>) {
    if certain(node) == Some(true) {
        idle.push(decided(node));
        return;
    }
    match &node.kind {
        Kind::Compare(how, sides) => {
            let [left, right] = sides.as_ref();
            idle.extend(any_count(left, *how, right));
            idle.extend(any_count(right, how.mirrored(), left));
            // `data.restored == true` asks: a value that something is held against decides nothing.
            let asked = sides.iter().filter(|side| !matches!(side.kind, Kind::Literal(_)));
            return asked.for_each(|side| collect_idle(side, idle));
        }
        // Both answers of a choice may be plain: it is the question that asks.
        Kind::Choose(parts) => return collect_idle(&parts[0], idle),
        _ => {}
    }
    for part in node.parts() {
        collect_idle(part, idle);
    }
}

/// `|| true` holds whatever stands before it.
fn decided(node: &Node) -> Fault {
    if let Some(group) = presence::group_of_any_report(node) {
        let message = format!("`{node}` holds of every report that tells of {group}");
        let hint =
            format!("Take it out: without such a report the condition on {group} proves nothing.");
        return Fault { at: node.at.clone(), message, hint: Some(hint) };
    }
    let message = format!("`{node}` always holds, whatever the facts are");
    Fault { at: node.at.clone(), message, hint: Some("Take out what decides it.".to_owned()) }
}

/// `tests.failed >= 0` holds of every report: a count is never below 0.
fn any_count(fact: &Node, how: Comparison, limit: &Node) -> Option<Fault> {
    let Kind::Fact(Fact { unit: Unit::Count, .. }) = &fact.kind else { return None };
    let Kind::Literal(Value::Int(figure)) = &limit.kind else { return None };
    let always = match how {
        Comparison::GreaterOrEqual => *figure <= 0,
        Comparison::Greater | Comparison::NotEqual => *figure < 0,
        Comparison::Less | Comparison::LessOrEqual | Comparison::Equal => false,
    };
    always.then(|| Fault {
        at: limit.at.clone(),
        message: format!("`{fact} {} {figure}` always holds: it is a count", how.sign()),
        hint: Some(format!("Write `{fact} == 0` or `{fact} > 0`.")),
    })
}

/// `metrics.errors.rate < 1`: a share of 0 to 1 compared as if it were 0 to 100.
fn rate_scale(rate: &Node, how: Comparison, limit: &Node) -> Option<Fault> {
    let Kind::Member { of, name } = &rate.kind else { return None };
    if name != "rate" || !is_metric(of) {
        return None;
    }
    let figure = figure(limit)?;
    (figure >= 1.0).then(|| Fault {
        at: limit.at.clone(),
        message: format!("`{rate}` of a share is 0 to 1; here it is compared with {figure}"),
        hint: Some(format!("Write `{of}.rate_pct {} {figure}`.", how.sign())),
    })
}

/// `coverage.lines.pct >= 0.8`: a share of 0 to 100 that must be above next to nothing.
fn percent_scale(share: &Node, how: Comparison, limit: &Node) -> Option<Fault> {
    let of_hundred = match &share.kind {
        Kind::Fact(fact) => fact.unit == Unit::Percent,
        Kind::Member { of, name } => name == "rate_pct" && is_metric(of),
        _ => false,
    };
    let least = matches!(how, Comparison::Greater | Comparison::GreaterOrEqual);
    let figure =
        figure(limit).filter(|figure| of_hundred && least && (0.0..=1.0).contains(figure))?;
    (figure > 0.0).then(|| Fault {
        at: limit.at.clone(),
        message: format!("`{share}` is 0 to 100; here it must only be above {figure}"),
        hint: Some(format!("Write `{share} {} {}`.", how.sign(), figure * 100.0)),
    })
}

fn figure(limit: &Node) -> Option<f64> {
    match &limit.kind {
        Kind::Literal(Value::Int(figure)) => Some(*figure as f64),
        Kind::Literal(Value::Double(figure)) => Some(*figure),
        _ => None,
    }
}

/// Whether `node` is one metric: `metrics.name`, `metrics["name"]`.
fn is_metric(node: &Node) -> bool {
    let root = match &node.kind {
        Kind::Member { of, .. } | Kind::Index { of, .. } => &of.kind,
        _ => return false,
    };
    matches!(root, Kind::Fact(Fact { path, .. }) if path.len() == 1 && path[0] == "metrics")
}
