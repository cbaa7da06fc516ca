//! Test reports that prove nothing: no case, none but skipped ones, suites that never loaded.

use crate::facts::Tests;
use crate::model::{Reading, Rule, counted, plural};

/// Puts the tests into the reading and doubts it where none ran.
pub(in crate::evidence) fn settle(reading: &mut Reading, tests: Tests) {
    let (total, skipped) = (tests.total(), tests.skipped);
    if total == 0 {
        reading.doubt(Rule::NothingRan, "The report holds 0 tests.");
    } else if total == skipped {
        let why = match total {
            1 => "The only test was skipped.".to_owned(),
            _ => format!("All {} were skipped.", counted(total, "test")),
        };
        reading.doubt(Rule::NothingRan, why);
    }
    reading.facts.tests = Some(tests);
}

/// Doubts a reading of which some suites never loaded, so that their tests are in no count.
pub(in crate::evidence) fn suites_not_loaded(
    reading: &mut Reading,
    suites: u64,
    first: Option<&str>,
) {
    if suites == 0 {
        return;
    }
    let which = first.map_or_else(String::new, |name| format!(", the first {name}"));
    let why = format!("{} failed to load{which}: its tests never ran.", counted(suites, "suite"));
    let why = if suites == 1 { why } else { why.replace("its tests", "their tests") };
    reading.doubt(Rule::SuiteNotLoaded, why);
}

/// Warns where the header declares other figures than the cases give.
pub(in crate::evidence) fn compare(
    reading: &mut Reading,
    declared: Option<u64>,
    what: &str,
    counted: u64,
) {
    if let Some(declared) = declared.filter(|&declared| declared != counted) {
        let nouns = plural(2, what);
        reading
            .warn(format!("The header declares {declared} {nouns}; the report holds {counted}."));
    }
}

/// A number of seconds as tools write it: `1,234.5`, blank, `N/A`; negative ones are none.
pub(in crate::evidence) fn seconds(text: &str) -> Option<f64> {
    let plain = text.trim();
    let parsed = match plain.contains(',') {
        true => plain.replace(',', "").parse::<f64>(),
        false => plain.parse::<f64>(),
    };
    parsed.ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_tools_write_them() {
        for (text, expected) in
            [("1.5", Some(1.5)), ("1,234.5", Some(1234.5)), ("", None), ("-3", None), ("NaN", None)]
        {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
