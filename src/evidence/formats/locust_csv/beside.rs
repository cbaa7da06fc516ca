//! What Locust writes beside its statistics: failures, exceptions, and how the statistics came to be.

use csv::{ReaderBuilder, StringRecord};

use crate::evidence::count::OddCounts;
use crate::evidence::{Broken, Input, text, when};
use crate::facts::Metrics;
use crate::model::{Reading, Rule, counted};

/// What such a file is, where it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// `_failures.csv`: requests that failed, a row each kind.
    Failures,
    /// `_exceptions.csv`: what the team's own code raised, a row each kind.
    Exceptions,
    /// `_stats_history.csv`: the statistics at each second.
    History,
}

impl Beside {
    /// Told by the header, without its quotes.
    pub(super) fn of(header: &str) -> Option<Beside> {
        let begins = [
            ("Method,Name,Error,Occurrences", Beside::Failures),
            ("Count,Message,Traceback,Nodes", Beside::Exceptions),
            ("Timestamp,User Count,Type,Name,Requests/s", Beside::History),
        ];
        begins.into_iter().find(|(begin, _)| header.starts_with(begin)).map(|(_, of)| of)
    }

    /// Reads the file as what it is.
    pub(super) fn read(self, input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
        let mut rows = Rows::default();
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(input.text.as_bytes());
        let fault = |_: csv::Error| Broken::new("A row is no CSV.");
        let cells = reader.headers().map_err(fault)?.len();
        for row in reader.records() {
            rows.take(self, &row.map_err(fault)?, cells)?;
        }
        rows.odd.refuse()?;
        reading.produced_at = rows.last.as_deref().map(when::epoch);
        match self {
            Beside::Failures if rows.count > 0 => {
                let mut metrics = Metrics::default();
                metrics.set("failures", "count", rows.count as f64);
                reading.facts.metrics = Some(metrics);
            }
            Beside::Exceptions if rows.count > 0 => {
                let times = counted(rows.count, "time");
                let said = rows.first.as_deref().and_then(text::title).unwrap_or_default();
                let why = format!(
                    "Tasks of Locust's users broke off {times}: what they would have asked for is in no count. \
                     The first says: {said}"
                );
                reading.doubt(Rule::ToolFailed, why);
            }
            Beside::Failures | Beside::Exceptions | Beside::History => {}
        }
        Ok(reading)
    }
}

/// What the rows come to.
#[derive(Default)]
struct Rows {
    count: u64,
    odd: OddCounts,
    /// What the first says.
    first: Option<String>,
    /// When the last was written.
    last: Option<String>,
}

impl Rows {
    fn take(&mut self, of: Beside, row: &StringRecord, cells: usize) -> Result<(), Broken> {
        let (counts, said) = match of {
            Beside::History => {
                self.last = row.get(0).map(str::to_owned);
                return Ok(());
            }
            Beside::Failures => (row.get(3), row.get(2)),
            Beside::Exceptions => (row.get(0), row.get(1)),
        };
        let line = row.position().map_or(0, |at| at.line());
        let (Some(counts), Some(said), true) = (counts, said, row.len() == cells) else {
            let why = format!("The row at line {line} has other cells than the header.");
            return Err(Broken::new(why));
        };
        self.first.get_or_insert_with(|| said.to_owned());
        let count = self.odd.take(counts, || format!("The count at line {line}"));
        // A row that counts nothing is one all the same.
        self.count = self.count.saturating_add(count.unwrap_or(1).max(1));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const FAILED: &str = "Method,Name,Error,Occurrences,First Seen,Last Seen\n\
        GET,/bad,HTTPError('500'),24,a,b\nGET,/cart,\"a, b\",2,a,b\n";
    const RAISED: &str =
        "Count,Message,Traceback,Nodes\n23,\"no \"\"account\"\"\nsecond\",\"at\n\",local\n";

    fn failures(text: &str) -> Option<f64> {
        let metrics = reading("locust-csv", text).facts.metrics?;
        metrics.by_name.get("failures")?.get("count").copied()
    }

    #[test]
    fn failures_count_as_the_statistics_count_them_and_none_is_no_proof() {
        assert_eq!(failures(FAILED), Some(26.0));
        assert_eq!(failures("Method,Name,Error,Occurrences,First Seen,Last Seen\n"), None);
        assert_eq!(
            failures("\"Method\",\"Name\",\"Error\",\"Occurrences\"\nGET,/a,b,0\n"),
            Some(1.0)
        );
        let broken = |from: &str, to: &str| FAILED.replace(from, to);
        proves(
            "locust-csv",
            &[
                (FAILED, ""),
                (&broken(",24,", ",many,"), "which is no count"),
                (&broken(",24,a,b", ",24"), "line 2 has other cells"),
                (&broken(",24,", ",1,000,"), "line 2 has other cells"),
            ],
        );
    }

    #[test]
    fn tasks_that_broke_off_leave_something_out_of_every_count() {
        let none = "Count,Message,Traceback,Nodes\n";
        proves(
            "locust-csv",
            &[(none, ""), (RAISED, "broke off 23 times"), (RAISED, "no \"account\"")],
        );
    }

    #[test]
    fn a_history_tells_of_a_time_and_of_nothing_else() {
        let text = "Timestamp,User Count,Type,Name,Requests/s\n1795789010,0,,Aggregated,0.0\n\
            1795789013,2,,Aggregated,6.0\n";
        let reading = reading("locust-csv", text);
        let made = reading.produced_at.and_then(|made| made.at).map(|at| at.epoch());
        assert_eq!((made, reading.facts.carried()), (Some(1_795_789_013), vec![]));
    }
}
