//! Locust's `_stats.csv`, of which the row that sums all up counts, and the files that it writes beside.

mod beside;

use csv::ReaderBuilder;

use self::beside::Beside;

use crate::evidence::count::OddCounts;
use crate::evidence::family::load;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Metrics;
use crate::model::Reading;

pub(super) struct LocustCsv;

/// A column and the statistic of the response time that it holds.
const TIMES: [(&str, &str); 9] = [
    ("Median Response Time", "med"),
    ("Average Response Time", "avg"),
    ("Min Response Time", "min"),
    ("Max Response Time", "max"),
    ("50%", "p50"),
    ("75%", "p75"),
    ("90%", "p90"),
    ("95%", "p95"),
    ("99%", "p99"),
];

impl Format for LocustCsv {
    fn id(&self) -> &'static str {
        "locust-csv"
    }

    fn about(&self) -> About {
        About {
            tool: "Locust (`--csv`)",
            recognised: "a header `Type,Name,Request Count`; beside it `Method,Name,Error,Occurrences`, `Count,Message,Traceback,Nodes` and `Timestamp,User Count,Type,Name,Requests/s`",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`Timestamp` of `_stats_history.csv`"),
            source: "https://docs.locust.io/en/stable/retrieving-stats.html",
            clean: "Requests were made and not all failed.",
            vacuous: "0 requests; every request failed; an exception in `_exceptions.csv`.",
            blank: Blanks::NONE,
            notes: &[
                "The row `Aggregated` counts; a file without it is cut off.",
                "Locust writes four files. `_failures.csv` carries `metrics.failures.count` where it lists any, which agrees with that of `_stats.csv` or conflicts with it; without a row it carries nothing, for it does not say that anything was asked for. An exception in `_exceptions.csv` broke a task off, and what that would have asked for is in no count. `_stats_history.csv` repeats what `_stats.csv` sums up, and carries nothing.",
                "`N/A` is no figure, and left out; a count that is none, and a row with more cells than the header, are faults.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let header = |line: &str| {
            let plain = line.replace('"', "");
            plain.starts_with("Type,Name,Request Count")
                || plain.starts_with("Type,Name,# requests")
                || Beside::of(&plain).is_some()
        };
        Fit::sure(sniff.text().is_some_and(|head| header(head.first())))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let header = input.text.lines().next().unwrap_or_default().replace('"', "");
        if let Some(beside) = Beside::of(&header) {
            return beside.read(input, Reading::by(self.id(), "Locust"));
        }
        let mut rows = ReaderBuilder::new().flexible(true).from_reader(input.text.as_bytes());
        let fault = |_: csv::Error| Broken::new("A row is no CSV.");
        let header = rows.headers().cloned().map_err(fault)?;
        let mut last = None;
        for row in rows.records() {
            let row = row.map_err(fault)?;
            if matches!(row.get(1), Some("Aggregated" | "Total")) {
                last = Some(row);
            }
        }
        let row = last.ok_or_else(|| Broken::new("The file holds no row `Aggregated`."))?;
        let figure = |names: &[&str]| {
            let at = header.iter().position(|head| names.contains(&head.trim()))?;
            row.get(at).and_then(text::number)
        };
        if row.len() > header.len() {
            return Err(Broken::new("The row `Aggregated` has more cells than the header."));
        }
        let mut odd = OddCounts::default();
        let line = row.position().map_or(0, |at| at.line());
        let mut count = |names: &[&str]| {
            let at = header.iter().position(|head| names.contains(&head.trim()))?;
            odd.take(row.get(at)?, || format!("A count of `Aggregated` at line {line}"))
        };
        let requests = count(&["Request Count", "# requests"]);
        let failures = count(&["Failure Count", "# failures"]);
        odd.refuse()?;
        let (Some(requests), Some(failures)) = (requests, failures) else {
            return Err(Broken::new("The row `Aggregated` holds no counts."));
        };
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", requests as f64);
        metrics.set("failures", "count", failures as f64);
        if let Some(rate) = figure(&["Requests/s"]) {
            metrics.set("requests", "rate", rate);
        }
        for (column, statistic) in TIMES {
            if let Some(millis) = figure(&[column]) {
                metrics.set("response_time_ms", statistic, millis);
            }
        }
        let mut reading = Reading::by(self.id(), "Locust");
        load::doubt(&mut reading, "Locust", requests, failures);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}
