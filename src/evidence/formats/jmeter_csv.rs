//! JMeter's CSV results, with or without their header.

use csv::{ReaderBuilder, StringRecord};

use crate::evidence::family::load::Samples;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text, when};
use crate::model::{ProducedAt, Reading};

pub(super) struct JmeterCsv;

/// The columns that JMeter writes where nobody chose others.
const DEFAULT: [&str; 8] = [
    "timeStamp",
    "elapsed",
    "label",
    "responseCode",
    "responseMessage",
    "threadName",
    "dataType",
    "success",
];

impl Format for JmeterCsv {
    fn id(&self) -> &'static str {
        "jmeter-csv"
    }

    fn about(&self) -> About {
        About {
            tool: "JMeter (CSV `.jtl`)",
            recognised: "a header with `timeStamp` and `elapsed`, or a first row in JMeter's default order",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`timeStamp` of the first sample"),
            source: "https://jmeter.apache.org/usermanual/listeners.html#csvlogformat",
            clean: "Requests were made and not all failed.",
            vacuous: "0 requests; every request failed; samples of the setUp and tearDown thread groups alone.",
            blank: Blanks::NONE,
            notes: &[
                "Every row is a request, transaction controllers' too; response times are in milliseconds.",
                "Columns may be separated by `,`, `;` or tabs, and messages may run over lines.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(first) = sniff.text().map(|head| head.first()) else { return Fit::No };
        let header = first.starts_with("timeStamp") && first.contains("elapsed");
        let cells: Vec<&str> = first.split(',').collect();
        let bare = cells.len() >= 9
            && cells.first().is_some_and(|cell| cell.len() == 13 && cell.parse::<u64>().is_ok())
            && cells.get(1).is_some_and(|cell| cell.parse::<u64>().is_ok())
            && cells.get(7).is_some_and(|cell| matches!(*cell, "true" | "false"));
        Fit::sure(header || bare)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let first = input.text.trim_start().lines().next().unwrap_or_default();
        let headed = first.starts_with("timeStamp");
        let mut rows = ReaderBuilder::new()
            .delimiter(separator(first))
            .has_headers(headed)
            .flexible(true)
            .from_reader(input.text.as_bytes());
        let header = if headed {
            rows.headers().cloned().map_err(|error| fault(&error))?
        } else {
            StringRecord::from(DEFAULT.as_slice())
        };
        let column = |name: &str| header.iter().position(|head| head.trim() == name);
        let missing = || Broken::new("The header names no `elapsed` and `success`.");
        let (elapsed, success) = column("elapsed").zip(column("success")).ok_or_else(missing)?;
        let (time, thread) = (column("timeStamp"), column("threadName"));
        let mut reading = Reading::by(self.id(), "JMeter");
        let mut samples = Samples::default();
        for row in rows.records() {
            let row = row.map_err(|error| fault(&error))?;
            let line = row.position().map_or(0, csv::Position::line);
            let millis = row.get(elapsed).and_then(text::number);
            let (Some(millis), Some(success)) = (millis, row.get(success)) else {
                return Err(Broken::new(format!(
                    "At line {line}: no sample with its time and success."
                )));
            };
            if reading.produced_at.is_none() {
                reading.produced_at = time.and_then(|time| row.get(time)).map(moment);
            }
            samples.add(Some(millis), success.trim().eq_ignore_ascii_case("true"));
            samples.by_thread(thread.and_then(|thread| row.get(thread)).unwrap_or_default());
        }
        samples.settle(&mut reading, "JMeter");
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

fn separator(header: &str) -> u8 {
    [b';', b'\t']
        .into_iter()
        .find(|&mark| header.contains(char::from(mark)) && !header.contains(','))
        .unwrap_or(b',')
}

/// Milliseconds, or a time in a pattern that the user chose.
fn moment(raw: &str) -> ProducedAt {
    let epoch = when::epoch(raw);
    if epoch.at.is_some() { epoch } else { when::any(raw) }
}

fn fault(error: &csv::Error) -> Broken {
    let line = error.position().map_or(0, csv::Position::line);
    Broken::new(format!("At line {line}: the row is no CSV."))
}
