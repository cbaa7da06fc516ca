//! The limit in an item's text beside the bound in its condition: which measurement both are about,
//! and on which scale that measurement is taken.

use crate::condition::Read;
use crate::facts::Value;
use crate::model::{Figure, Operator, Shape, Unit};

use super::drift::named;
use super::ruling::JudgedRequirement;

/// A measurement that the text and the condition both bound.
pub(super) struct Bounded<'j> {
    pub(super) fact: &'j str,
    /// The condition's bound as written: `< 500`.
    pub(super) written: &'j str,
    /// The text's limit, on the scale of the measurement.
    pub(super) limit: f64,
    /// Whether the two ask for the same.
    pub(super) same: bool,
}

/// The one measurement that the limit `figure` and the condition of `judged` both bound.
pub(super) fn bounded<'j>(figure: &Figure, judged: &'j JudgedRequirement) -> Option<Bounded<'j>> {
    let Shape::Limit { operator, value } = figure.shape else { return None };
    let value = figure.unit.map_or(value, |unit| unit.base(value).0);
    let mut found = judged.read.iter().filter(|read| !scales(figure, &read.fact).is_empty());
    let first = found.next()?;
    let same_fact: Vec<&Read> = [first].into_iter().chain(found).collect();
    if same_fact.iter().any(|other| other.fact != first.fact) {
        return None;
    }
    let side = |read: &&Read| bound(read).is_some_and(|(sign, _)| is_side(operator, sign));
    let read = same_fact
        .iter()
        .copied()
        .find(side)
        .or_else(|| same_fact.iter().copied().find(|read| bound(read).is_some()))?;
    let (sign, asked) = bound(read)?;
    let scales = scales(figure, &read.fact);
    let asks_the_same = |scale: &&f64| {
        is_side(operator, sign) && {
            let (text, condition) = match figure.unit {
                None => (whole(operator.sign(), value), whole(sign, asked)),
                Some(_) => (value * **scale, asked),
            };
            (text - condition).abs() <= 1e-9 * text.abs().max(1.0)
        }
    };
    let agreed = scales.iter().find(asks_the_same);
    Some(Bounded {
        fact: &read.fact,
        written: read.bound.as_deref()?,
        limit: value * agreed.or(scales.first())?,
        same: agreed.is_some(),
    })
}

/// `< 500` as its sign and its value, which may be read from the tree.
fn bound(read: &Read) -> Option<(&str, f64)> {
    let (sign, value) = read.bound.as_deref()?.split_once(' ')?;
    let said = read.limit.as_ref().and_then(|limit| match limit.value {
        Value::Int(value) => Some(value as f64),
        Value::Double(value) => Some(value),
        _ => None,
    });
    Some((sign, value.parse().ok().or(said)?))
}

/// Whether a text's operator and a condition's sign bound from the same side.
fn is_side(operator: Operator, sign: &str) -> bool {
    match operator {
        Operator::Below | Operator::AtMost => matches!(sign, "<" | "<=" | "=="),
        Operator::Exactly => true,
        Operator::AtLeast | Operator::Above => matches!(sign, ">" | ">=" | "=="),
    }
}

/// The last whole number that a bound on a count allows: `< 1` is `<= 0`.
fn whole(sign: &str, value: f64) -> f64 {
    match sign {
        "<" => value.ceil() - 1.0,
        ">" => value.floor() + 1.0,
        _ => value,
    }
}

/// What to multiply the text's limit by (in milliseconds, percent or as it stands) to have it on the
/// scale of `fact`; none where the two are about different things. Tools give a metric in their own
/// unit, so that a time in `metrics` may be in milliseconds or in seconds.
fn scales(figure: &Figure, fact: &str) -> &'static [f64] {
    let measured = fact.contains("metrics.");
    let statistic = fact.rsplit('.').next().unwrap_or_default();
    match figure.unit {
        Some(Unit::Percent) => match statistic {
            "pct" | "rate_pct" => &[1.0],
            "rate" if measured => &[0.01],
            _ => &[],
        },
        Some(unit) if unit.base(1.0).1 == "ms" => match statistic {
            "duration_s" => &[0.001],
            _ if measured && is_statistic(figure, statistic) => &[1.0, 0.001],
            _ => &[],
        },
        Some(_) => &[],
        None if measured && figure.percentile.as_deref() == Some(statistic) => &[1.0],
        None if figure.noun.as_deref().and_then(named) == Some(fact) => &[1.0],
        None => &[],
    }
}

/// Whether a text that names a percentile or an average speaks of `statistic`; one that names none
/// may speak of any.
fn is_statistic(figure: &Figure, statistic: &str) -> bool {
    let percentile = statistic.strip_prefix('p').is_some_and(|rest| rest.parse::<f64>().is_ok());
    if let Some(named) = figure.percentile.as_deref() {
        return named == statistic || named == "p50" && statistic == "med";
    }
    let metric = figure.metric.as_deref().unwrap_or_default();
    let says = |words: &[&str]| metric.split(' ').any(|word| words.contains(&word));
    match statistic {
        "avg" => !says(&["max", "maximum", "median"]),
        "max" => !says(&["average", "avg", "mean", "median"]),
        "med" => !says(&["average", "avg", "mean", "max", "maximum"]),
        "value" => true,
        _ => percentile && !says(&["average", "avg", "mean", "max", "maximum", "median"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::Limit;
    use crate::model::{Rule, Span};
    use crate::reconcile::RequirementIndex;
    use crate::reconcile::ruling::{Held, Ruling};

    fn figure(operator: Operator, value: f64, unit: Option<Unit>, percentile: &str) -> Figure {
        Figure {
            text: "as written".to_owned(),
            span: Span::default(),
            shape: Shape::Limit { operator, value },
            unit,
            approximate: false,
            noun: unit.is_none().then(|| "critical findings".to_owned()),
            metric: None,
            percentile: (!percentile.is_empty()).then(|| percentile.to_owned()),
        }
    }

    /// Whether text and condition ask for the same, and the limit on the fact's scale; `None` where
    /// they are about different things.
    fn compared(figure: &Figure, reads: &[(&str, &str)]) -> Option<(bool, f64)> {
        compared_with(figure, reads, None)
    }

    /// The same, where each bound is of the tree and says `limit`.
    fn compared_with(
        figure: &Figure,
        reads: &[(&str, &str)],
        limit: Option<i64>,
    ) -> Option<(bool, f64)> {
        let of_tree =
            |value| Limit { from: "floor.txt".into(), value: Value::Int(value), at: 0..0 };
        let read = |(fact, bound): &(&str, &str)| Read {
            fact: (*fact).to_owned(),
            value: None,
            bound: Some((*bound).to_owned()),
            asked: None,
            holds: None,
            at: 0..0,
            limit: limit.map(of_tree),
        };
        let judged = JudgedRequirement {
            requirement: RequirementIndex::default(),
            ruling: Ruling::missing(Rule::NoArtifact, "none".to_owned()),
            evidence: Vec::new(),
            read: reads.iter().map(read).collect(),
            valid_until: None,
            truncated: false,
            held: Held::All,
            facts: Vec::new(),
            sign_offs: Vec::new(),
        };
        bounded(figure, &judged).map(|bounded| (bounded.same, bounded.limit))
    }

    #[test]
    fn times_may_be_in_milliseconds_or_seconds() {
        let half = figure(Operator::Below, 500.0, Some(Unit::Milliseconds), "p95");
        assert_eq!(compared(&half, &[("metrics.http.p95", "< 500")]), Some((true, 500.0)));
        assert_eq!(compared(&half, &[("metrics.http.p95", "< 0.5")]), Some((true, 0.5)));
        assert_eq!(compared(&half, &[("metrics.http.p95", "< 800")]), Some((false, 500.0)));
        assert_eq!(compared(&half, &[("metrics.http.p95", "> 500")]), Some((false, 500.0)));
        assert_eq!(compared(&half, &[("metrics.http.p99", "< 500")]), None);
        let both = [("metrics.a.p95", "< 500"), ("metrics.b.p95", "< 500")];
        assert_eq!(compared(&half, &both), None);
        let slow = figure(Operator::AtMost, 30.0, Some(Unit::Seconds), "");
        assert_eq!(compared(&slow, &[("tests.duration_s", "<= 30")]), Some((true, 30.0)));
    }

    #[test]
    fn percent_and_share_are_one() {
        let rate = figure(Operator::Below, 1.0, Some(Unit::Percent), "");
        assert_eq!(compared(&rate, &[("metrics.failed.rate", "< 0.01")]), Some((true, 0.01)));
        assert_eq!(compared(&rate, &[("metrics.failed.rate_pct", "< 1")]), Some((true, 1.0)));
        assert_eq!(compared(&rate, &[("metrics.failed.rate", "< 0.05")]), Some((false, 0.01)));
        let range = [("coverage.lines.pct", "> 0"), ("coverage.lines.pct", "<= 1")];
        assert_eq!(compared(&rate, &range), Some((true, 1.0)));
    }

    #[test]
    fn a_limit_may_stand_in_a_file() {
        let covered = figure(Operator::AtLeast, 80.0, Some(Unit::Percent), "");
        let read = [("coverage.lines.pct", ">= number(text(\"floor.txt\"))")];
        assert_eq!(compared_with(&covered, &read, Some(80)), Some((true, 80.0)));
        assert_eq!(compared_with(&covered, &read, Some(60)), Some((false, 80.0)));
        assert_eq!(compared_with(&covered, &read, None), None);
    }

    #[test]
    fn counts_are_whole() {
        let zero = figure(Operator::Exactly, 0.0, None, "");
        for bound in ["== 0", "<= 0", "< 1"] {
            assert_eq!(
                compared(&zero, &[("findings.critical", bound)]),
                Some((true, 0.0)),
                "{bound}"
            );
        }
        assert_eq!(compared(&zero, &[("findings.critical", "<= 3")]), Some((false, 0.0)));
        assert_eq!(compared(&zero, &[("findings.high", "== 0")]), None);
    }
}
