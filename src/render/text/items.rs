//! One item in a terminal: the line with its box marked, why, and what to do.

use std::fmt::Write;

use crate::model::Verdict;
use crate::snapshot::v1::{Evidence, Item, Requirement};

use super::SHOWN;
use super::paint::{Paint, safe};

/// The widest excerpt before it is cut.
const WIDEST: usize = 100;

/// Writes an item with its excerpt, its reason and its next step.
pub(super) fn write(out: &mut String, path: &str, item: &Item, paint: Paint) {
    let place = format!("{}:{}", safe(path), item.line);
    let _ = writeln!(out, "  {}  {}", paint.bold(&place), paint.dim(&safe(&item.address)));
    excerpt(out, item, paint);
    let _ = writeln!(out, "    {}", safe(&item.reason));
    if let Some(requirement) = &item.requirement {
        condition(out, requirement, paint);
    }
    for evidence in item.evidence.iter().take(3) {
        artifact(out, evidence, item.verdict, paint);
    }
    if item.evidence.len() > 3 {
        let _ = writeln!(out, "      and {} more", item.evidence.len() - 3);
    }
    if let Some(next) = &item.next {
        let _ = writeln!(out, "    → {}", safe(next));
    }
    out.push('\n');
}

/// Writes ticked items to which nothing is bound: a line each.
pub(super) fn write_unbound(out: &mut String, items: &[(&str, &Item)], paint: Paint) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {}", paint.dim("nothing is bound to:"));
    for (path, item) in items.iter().take(SHOWN) {
        let place = format!("{}:{}", safe(path), item.line);
        let _ = writeln!(out, "  {}  {}", paint.bold(&place), cut(&safe(&item.text)));
        if let Some(proposal) = &item.proposal {
            let _ = writeln!(out, "      {}", paint.dim(&cut(&safe(&proposal.sentence()))));
        }
    }
    if items.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", items.len() - SHOWN);
    }
    out.push('\n');
}

fn excerpt(out: &mut String, item: &Item, paint: Paint) {
    let source = safe(&item.source).replace('\t', "    ");
    let number = item.line.to_string();
    let gutter = " ".repeat(number.len());
    let _ = writeln!(out, "    {} {}", paint.dim(&format!("{number} │")), cut(&source));
    let box_at = source.find('[').filter(|_| item.marker.is_some());
    if let Some(at) = box_at {
        let column = source[..at].chars().count();
        let _ = writeln!(
            out,
            "    {} {}{}",
            paint.dim(&format!("{gutter} │")),
            " ".repeat(column),
            paint.in_hue(item.status, "^^^")
        );
    }
}

fn condition(out: &mut String, requirement: &Requirement, paint: Paint) {
    let Some(condition) = &requirement.condition else { return };
    let place = match requirement.line {
        Some(line) => format!("{}:{line}", requirement.path),
        None => requirement.path.clone(),
    };
    let condition = condition.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "      {}  {}", cut(&safe(&condition)), paint.dim(&safe(&place)));
}

fn artifact(out: &mut String, evidence: &Evidence, verdict: Verdict, paint: Paint) {
    let mut parts = vec![safe(&evidence.artifact)];
    parts.extend(evidence.tool.as_deref().map(safe));
    if let Some(made) = &evidence.produced_at {
        parts.push(format!("made {}", super::human(made)));
    }
    let line = parts.join(" · ");
    // The item's reason is the deciding artifact's; the others say their own.
    let own = match evidence.verdict {
        Verdict::Pass => String::new(),
        of if of == verdict => String::new(),
        _ => format!(": {}", safe(&evidence.reason)),
    };
    let _ = writeln!(out, "      {}", paint.dim(&format!("{line}{own}")));
}

fn cut(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(WIDEST - 1).collect();
    format!("{head}…")
}
