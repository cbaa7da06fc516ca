//! The bar of findings by how grave they are, on the scanners' scale or the linters'.

use serde::Serialize;

use crate::render::site::parts::readings::number;
use crate::snapshot::v1::Artifact;

/// A part of the bar.
#[derive(Serialize)]
pub(super) struct Grade {
    word: &'static str,
    count: u64,
    /// How dark it is, 0 to 3: gravity is told by ink, not by the hues of verdicts.
    shade: usize,
    x: String,
    width: String,
}

/// The scanners' scale and the linters', the gravest first: fact, word, shade.
const SEVERITIES: [(&str, &str, usize); 6] = [
    ("critical", "critical", 0),
    ("high", "high", 1),
    ("medium", "medium", 2),
    ("low", "low", 3),
    ("info", "info", 3),
    ("unknown", "not graded", 3),
];
const LEVELS: [(&str, &str, usize); 3] =
    [("errors", "errors", 0), ("warnings", "warnings", 2), ("notes", "notes", 3)];

/// The parts that are not empty; the linters' scale where no scanner graded.
pub(super) fn of(artifact: &Artifact) -> Vec<Grade> {
    let group = artifact.facts.figures("findings");
    let group = group.as_ref();
    let is_graded = number(group, "total") > number(group, "unknown");
    let scale = if is_graded { SEVERITIES.as_slice() } else { LEVELS.as_slice() };
    let counts: Vec<(&str, usize, u64)> = scale
        .iter()
        .map(|(fact, word, shade)| (*word, *shade, number(group, fact)))
        .filter(|(_, _, count)| *count > 0)
        .collect();
    let total: u64 = counts.iter().map(|(_, _, count)| count).sum();
    let mut x = 0.0;
    let mut parts = Vec::new();
    for (word, shade, count) in counts {
        let width = count as f64 / total as f64 * 1000.0;
        let wide = (width - 3.0).max(2.0);
        let (at, wide) = (format!("{x:.0}"), format!("{wide:.0}"));
        parts.push(Grade { word, count, shade, x: at, width: wide });
        x += width;
    }
    parts
}
