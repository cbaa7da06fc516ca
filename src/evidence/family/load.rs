//! Load tests told by samples: requests, failures, response times, under the same names.

use crate::facts::Metrics;
use crate::model::{Attempts, Reading, Rule, counted};

/// The samples of a run.
#[derive(Default)]
pub(in crate::evidence) struct Samples {
    millis: Vec<f64>,
    /// How many tell of no time.
    untimed: u64,
    failures: u64,
    /// How many were made to set the run up, or to clean up behind it.
    around: u64,
}

impl Samples {
    /// Adds a sample by its time in milliseconds, if it tells of one.
    pub(in crate::evidence) fn add(&mut self, millis: Option<f64>, succeeded: bool) {
        self.millis.extend(millis);
        self.untimed += u64::from(millis.is_none());
        self.failures += u64::from(!succeeded);
    }

    /// Notes the thread that made the last sample, by JMeter's names for those around the run.
    pub(in crate::evidence) fn by_thread(&mut self, thread: &str) {
        let around = ["setUp Thread Group", "tearDown Thread Group"];
        self.around += u64::from(around.iter().any(|group| thread.starts_with(group)));
    }

    /// Puts the metrics into the reading; a run of nothing, or of failures alone, proves nothing.
    pub(in crate::evidence) fn settle(mut self, reading: &mut Reading, tool: &str) {
        let count = self.millis.len() as u64 + self.untimed;
        if self.untimed > 0 && count > self.untimed {
            let samples = counted(self.untimed, "sample");
            reading.warn(format!("{samples} without a time: nothing is said of response times."));
        }
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", count as f64);
        metrics.set("failures", "count", self.failures as f64);
        self.millis.sort_unstable_by(f64::total_cmp);
        let time = "response_time_ms";
        if let (Some(min), Some(max), 0) = (self.millis.first(), self.millis.last(), self.untimed) {
            metrics.set(time, "min", *min);
            metrics.set(time, "max", *max);
            metrics.set(time, "avg", self.millis.iter().sum::<f64>() / count as f64);
            for (name, share) in
                [("med", 0.5), ("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)]
            {
                metrics.set(time, name, self.percentile(share));
            }
        }
        doubt(reading, tool, count, self.failures);
        if count > 0 && count == self.around {
            let why = "Every sample is of what sets the run up or cleans up behind it.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        reading.facts.metrics = Some(metrics);
    }

    /// The least time that `share` of the samples did not pass, by nearest rank.
    fn percentile(&self, share: f64) -> f64 {
        let rank = (share * self.millis.len() as f64).ceil().max(1.0) as usize;
        self.millis.get(rank - 1).copied().unwrap_or_default()
    }
}

/// Notes what a run tried and how much of it failed; of two kinds of attempts that which failed more.
pub(in crate::evidence) fn attempts(
    reading: &mut Reading,
    made: u64,
    failed: u64,
    noun: &'static str,
) {
    let attempts = Attempts { made, failed, noun };
    if !reading.attempts.is_some_and(|known| known.mostly_failed()) {
        reading.attempts = Some(attempts);
    }
}

/// Notes how much of what a run was to try it dropped, for nobody was free to.
pub(in crate::evidence) fn dropped(
    reading: &mut Reading,
    made: u64,
    dropped: u64,
    noun: &'static str,
) {
    reading.planned = Some(Attempts { made: made.saturating_add(dropped), failed: dropped, noun });
}

/// Doubts a run without requests, and one in which every request failed.
pub(in crate::evidence) fn doubt(reading: &mut Reading, tool: &str, requests: u64, failures: u64) {
    attempts(reading, requests, failures, "request");
    if requests == 0 {
        reading.doubt(Rule::NothingLookedAt, format!("{tool} made 0 requests."));
    } else if failures >= requests {
        let requests = counted(requests, "request");
        reading.doubt(Rule::ToolFailed, format!("All {requests} of {tool} failed."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_sets_a_run_up_is_no_run() {
        let csv = |threads: [&str; 2]| {
            let row = |thread| format!("1,2,a,{thread} 1-1,true\n");
            format!("timeStamp,elapsed,label,threadName,success\n{}", threads.map(row).concat())
        };
        let xml = |thread: &str| {
            format!(r#"<testResults><httpSample t="1" s="true" tn="{thread} 1-1"/></testResults>"#)
        };
        let around = "sets the run up";
        proves(
            "jmeter-csv",
            &[
                (&csv(["setUp Thread Group", "tearDown Thread Group"]), around),
                (&csv(["setUp Thread Group", "Thread Group"]), ""),
            ],
        );
        proves("jmeter-xml", &[(&xml("setUp Thread Group"), around), (&xml("Thread Group"), "")]);
    }

    #[test]
    fn a_time_that_is_no_number_is_a_fault() {
        for time in ["NaN", "inf", ""] {
            let csv = format!("timeStamp,elapsed,label,success\n1,{time},a,true\n");
            proves("jmeter-csv", &[(&csv, "no sample with its time")]);
            let xml = format!(r#"<testResults><httpSample t="{time}" s="true"/></testResults>"#);
            proves("jmeter-xml", &[(&xml, "is no number")]);
        }
    }

    #[test]
    fn samples_without_a_time_tell_of_no_response_times() {
        let xml = |first: &str| {
            format!(r#"<testResults><sample s="true"{first}/><sample s="false"/></testResults>"#)
        };
        for (first, warnings) in [("", 0), (r#" t="12""#, 1)] {
            let read = reading("jmeter-xml", &xml(first));
            let metrics = read.facts.metrics.unwrap().by_name;
            assert_eq!(metrics["requests"]["count"], 2.0);
            assert!(!metrics.contains_key("response_time_ms"));
            assert_eq!(read.warnings.len(), warnings);
        }
    }

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let mut samples = Samples::default();
        (1..=20).for_each(|millis| samples.add(Some(f64::from(millis)), true));
        assert_eq!(samples.percentile(0.95), 19.0);
        assert_eq!(samples.percentile(0.5), 10.0);
        assert_eq!(Samples::default().percentile(0.5), 0.0);
    }
}
