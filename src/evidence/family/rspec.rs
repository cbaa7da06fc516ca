//! Dry runs of RSpec, in reports that say nothing of them.

use crate::model::{Reading, Rule};

/// Less than RSpec needs to begin an example, in seconds: in a dry run half of them take no longer
/// than 2 microseconds, in a real one of empty examples 25.
const BEGUN: f64 = 10e-6;

/// Doubts a reading where the `times` of the examples that passed, in seconds, are those of a dry
/// run. One pause among many examples tells of nothing, so that the median counts.
pub(in crate::evidence) fn dry(reading: &mut Reading, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    // The first example waits for more to be set up, in a dry run too.
    let begun = if times.len() == 1 { 2.0 * BEGUN } else { BEGUN };
    let median = times.get(times.len().saturating_sub(1) / 2);
    if median.is_some_and(|median| *median < begun) {
        let why = "The examples took no time: they were listed by a dry run.";
        reading.doubt(Rule::NothingRan, why);
    }
}
