//! What a query answered: a scalar, a vector of samples, or a matrix of series.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{Broken, when};
use crate::facts::Metrics;
use crate::model::{Reading, Rule};

/// A scalar is one sample, everything else a list.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Samples<'a> {
    Scalar(#[serde(borrow)] Sample<'a>),
    List(Vec<Series<'a>>),
}

/// Its time and its value, which is a text.
#[derive(Deserialize)]
pub(super) struct Sample<'a>(Num, #[serde(borrow)] Str<'a>);

#[derive(Deserialize)]
pub(super) struct Series<'a> {
    #[serde(borrow, default)]
    metric: BTreeMap<Str<'a>, Str<'a>>,
    value: Option<Sample<'a>>,
    values: Option<Vec<Sample<'a>>>,
}

/// Turns an answer into metrics.
pub(super) fn settle(
    reading: &mut Reading,
    kind: &str,
    samples: &Samples<'_>,
) -> Result<(), Broken> {
    let mut metrics = Metrics::default();
    match samples {
        Samples::Scalar(_) if kind == "string" => {}
        Samples::Scalar(sample) => set(reading, &mut metrics, &["result".to_owned()], sample),
        Samples::List(list) => {
            for series in list {
                let mut names = vec![series.name()];
                if list.len() == 1 {
                    names.push("result".to_owned());
                }
                if let Some(sample) = &series.value {
                    set(reading, &mut metrics, &names, sample);
                }
                series.range(reading, &mut metrics, &names);
            }
        }
    }
    reading.facts.metrics = Some(metrics);
    Ok(())
}

fn number(reading: &mut Reading, name: &str, Sample(time, value): &Sample<'_>) -> Option<f64> {
    if reading.produced_at.is_none() {
        reading.produced_at = time.get().and_then(|seconds| when::millis(seconds * 1000.0));
    }
    // Prometheus writes `NaN`, `+Inf` and `-Inf`, which Rust reads as such.
    match value.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Some(number),
        _ => {
            let why = format!("The sample of {name} is {}, which is no number.", &**value);
            reading.doubt(Rule::NotANumber, why);
            None
        }
    }
}

fn set(reading: &mut Reading, metrics: &mut Metrics, names: &[String], sample: &Sample<'_>) {
    let Some(first) = names.first() else { return };
    if let Some(number) = number(reading, first, sample) {
        names.iter().for_each(|name| metrics.set(name, "value", number));
    }
}

impl Series<'_> {
    /// `up{instance="a:9090",job="api"}`; the bare name where there is no label.
    fn name(&self) -> String {
        let name = self.metric.get("__name__").map_or("", |name| &**name);
        let labels = self.metric.iter().filter(|(key, _)| &***key != "__name__");
        let labels: Vec<String> = labels.map(|(key, value)| format!("{key}=\"{value}\"")).collect();
        match (name.is_empty(), labels.is_empty()) {
            (true, true) => "result".to_owned(),
            (false, true) => name.to_owned(),
            _ => format!("{name}{{{}}}", labels.join(",")),
        }
    }

    /// A series over time: its last value, and the least, greatest and mean.
    fn range(&self, reading: &mut Reading, metrics: &mut Metrics, names: &[String]) {
        let Some(values) = &self.values else { return };
        let name = names.first().map_or("", |name| name.as_str());
        let numbers: Vec<f64> =
            values.iter().filter_map(|sample| number(reading, name, sample)).collect();
        let Some(last) = numbers.last() else { return };
        let sum: f64 = numbers.iter().sum();
        for name in names {
            metrics.set(name, "value", *last);
            metrics.set(name, "count", numbers.len() as f64);
            metrics.set(name, "avg", sum / numbers.len() as f64);
            metrics.set(name, "min", numbers.iter().copied().fold(f64::INFINITY, f64::min));
            metrics.set(name, "max", numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        }
    }
}
