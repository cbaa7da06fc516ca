//! What is legal and probably not meant.

use super::Fault;
use super::syntax::Comparison;
use super::tree::{Fact, Kind, Node};
use crate::facts::Value;

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
    }
    for part in node.parts() {
        collect(part, warnings);
    }
}

/// `metrics.errors.rate < 1`: a share of 0 to 1 compared as if it were 0 to 100.
fn rate_scale(rate: &Node, how: Comparison, limit: &Node) -> Option<Fault> {
    let Kind::Member { of, name } = &rate.kind else { return None };
    if name != "rate" || !is_metric(of) {
        return None;
    }
    let figure = match &limit.kind {
        Kind::Literal(Value::Int(figure)) => *figure as f64,
        Kind::Literal(Value::Double(figure)) => *figure,
        _ => return None,
    };
    (figure >= 1.0).then(|| Fault {
        at: limit.at.clone(),
        message: format!("`{rate}` of a share is 0 to 1; here it is compared with {figure}"),
        hint: Some(format!("Write `{of}.rate_pct {} {figure}`.", how.sign())),
    })
}

/// Whether `node` is one metric: `metrics.name`, `metrics["name"]`.
fn is_metric(node: &Node) -> bool {
    let root = match &node.kind {
        Kind::Member { of, .. } | Kind::Index { of, .. } => &of.kind,
        _ => return false,
    };
    matches!(root, Kind::Fact(Fact { path, .. }) if path.len() == 1 && path[0] == "metrics")
}
