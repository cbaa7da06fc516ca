//! The figures of an item's text beside what its evidence says: drift is shown with both figures.

use crate::model::{Code, Figure, Item, Place, Problem, Shape, Unit, Verdict};

use super::limit::bounded;
use super::ruling::{JudgedFigure, JudgedRequirement};

/// Compares the figures of `item` with the facts of the requirement that decided.
pub(super) fn compared(item: &Item, judged: Option<&JudgedRequirement>) -> Vec<JudgedFigure> {
    item.figures
        .iter()
        .map(|figure| {
            let found = judged.and_then(|judged| fact_of(figure, judged));
            let said = judged
                .and_then(|judged| bounded(figure, judged))
                .map_or_else(|| in_base(figure), |bounded| bounded.limit);
            JudgedFigure {
                text: figure.text.clone(),
                value: figure.value(),
                unit: figure.unit.map(|unit| unit.word().to_owned()),
                agrees: found.as_ref().map(|(_, value)| agrees(figure, said, *value)),
                compared: found,
            }
        })
        .collect()
}

/// What is wrong between an item's figures and its evidence or condition.
pub(super) fn problems(
    path: &str,
    item: &Item,
    figures: &[JudgedFigure],
    judged: Option<&JudgedRequirement>,
) -> Vec<Problem> {
    let place = || Place::line(path, item.line);
    let mut problems = Vec::new();
    // That a limit is passed is what a fail says already.
    let failed = judged.is_some_and(|judged| judged.ruling.verdict() == Verdict::Fail);
    let told = |figure: &Figure| failed && matches!(figure.shape, Shape::Limit { .. });
    for (_, figure) in item.figures.iter().zip(figures).filter(|(of, _)| !told(of)) {
        if let (Some(false), Some((fact, value))) = (figure.agrees, &figure.compared) {
            let message = format!("The text says {}; {fact} is {}.", figure.text, rounded(*value));
            problems.push(
                Problem::new(Code::FigureDrift, place(), message)
                    .of_item(item.id.clone())
                    .hint("Mend the text, or look at what changed."),
            );
        }
    }
    let asked = item.figures.iter().filter_map(|figure| Some((figure, bounded(figure, judged?)?)));
    for (figure, bounded) in asked.filter(|(_, bounded)| !bounded.same) {
        let message = format!(
            "The text's limit is {}; the condition asks {} to be {}.",
            figure.text, bounded.fact, bounded.written
        );
        problems.push(
            Problem::new(Code::ThresholdDiffers, place(), message)
                .of_item(item.id.clone())
                .hint("Bring the text and the condition to the same limit."),
        );
    }
    problems
}

/// The fact that a figure speaks of, with its value.
fn fact_of(figure: &Figure, judged: &JudgedRequirement) -> Option<(String, f64)> {
    let value = |fact: &str| {
        judged
            .facts
            .iter()
            .find(|(name, _)| name == fact)
            .map(|(name, value)| (name.clone(), *value))
    };
    match figure.shape {
        Shape::Limit { .. } => bounded(figure, judged).and_then(|bounded| value(bounded.fact)),
        Shape::Share { whole, .. } => {
            let (_, total) = value("tests.total")?;
            if (total - whole).abs() < 0.5 { value("tests.passed") } else { value("tests.total") }
        }
        Shape::Change { .. } if figure.unit == Some(Unit::Percent) => {
            covered_by(figure, judged).and_then(|fact| value(&fact))
        }
        Shape::Change { .. } => counted_by(judged).and_then(|fact| value(&fact)),
        Shape::Count { .. } if figure.unit == Some(Unit::Percent) => {
            covered_by(figure, judged).and_then(|fact| value(&fact))
        }
        Shape::Count { .. } if figure.unit.is_some() => None,
        Shape::Count { .. } => {
            let noun = figure.noun.as_deref()?;
            match named(noun) {
                Some(fact) => value(fact),
                None if noun.starts_with("remain") || noun.starts_with("left") => {
                    counted_by(judged).and_then(|fact| value(&fact))
                }
                None => None,
            }
        }
    }
}

/// The fact that a noun names beyond doubt.
pub(super) fn named(noun: &str) -> Option<&'static str> {
    let first = noun.split_whitespace().next()?;
    Some(match first {
        "passing" | "passed" | "pass" => "tests.passed",
        "failing" | "failed" | "failures" => "tests.failed",
        "skipped" => "tests.skipped",
        "tests" | "test" => "tests.total",
        "errors" | "error" => "findings.errors",
        "warnings" | "warning" => "findings.warnings",
        "critical" => "findings.critical",
        "high" => "findings.high",
        "findings" | "vulnerabilities" => "findings.total",
        _ => return None,
    })
}

/// The one count that the condition bounds: what "remaining" and "22 → 0" are about.
fn counted_by(judged: &JudgedRequirement) -> Option<String> {
    let mut counts = judged.read.iter().filter(|read| {
        let counted = read.fact.starts_with("findings.") || read.fact.starts_with("tests.failed");
        counted && read.bound.is_some()
    });
    let first = counts.next()?;
    counts.all(|other| other.fact == first.fact).then(|| first.fact.clone())
}

/// The one coverage that the condition reads: what "85 % coverage" is about.
fn covered_by(figure: &Figure, judged: &JudgedRequirement) -> Option<String> {
    let told = [&figure.noun, &figure.metric];
    let about = told.into_iter().flatten().any(|words| words.contains("coverage"));
    let mut read = judged
        .read
        .iter()
        .filter(|read| about && read.fact.starts_with("coverage.") && read.fact.ends_with(".pct"));
    let first = read.next()?;
    read.all(|other| other.fact == first.fact).then(|| first.fact.clone())
}

/// The figure's value in the unit that measurements are taken in: milliseconds, percent.
fn in_base(figure: &Figure) -> f64 {
    figure.unit.map_or(figure.value(), |unit| unit.base(figure.value()).0)
}

/// Whether `evidence` is what the figure says: `said`, on the same scale.
fn agrees(figure: &Figure, said: f64, evidence: f64) -> bool {
    use crate::model::Operator;
    match figure.shape {
        Shape::Limit { operator, .. } => match operator {
            Operator::Below => evidence < said,
            Operator::AtMost => evidence <= said,
            Operator::Exactly => (evidence - said).abs() < 1e-9,
            Operator::AtLeast => evidence >= said,
            Operator::Above => evidence > said,
        },
        _ if figure.approximate => (evidence - said).abs() <= (said.abs() * 0.1).max(2.0),
        Shape::Share { part, whole } => {
            (evidence - part).abs() < 0.5 || (evidence - whole).abs() < 0.5 && part == whole
        }
        Shape::Count { .. } | Shape::Change { .. } => (evidence - said).abs() < 0.5,
    }
}

fn rounded(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
