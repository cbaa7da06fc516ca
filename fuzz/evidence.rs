//! What holds of an artifact read from any bytes; asserted by the fuzz targets and by the test suite.

use trueup::evidence::{Detail, FORMATS, Format, read};
use trueup::facts::Keep;
use trueup::model::Answer;

/// Reads `bytes` as every format of `family` that the first byte may name, and without a name, and
/// asserts that each answer says what it should: no reason is missing, and no total passes for
/// more than it is made of.
pub(crate) fn holds(bytes: &[u8], family: &[&str]) {
    let (pick, bytes) = bytes.split_first().map_or((0, bytes), |(pick, rest)| (*pick, rest));
    let of = |format: &&&dyn Format| {
        let recognised = format.about().recognised;
        family.iter().any(|word| recognised.contains(word))
    };
    let formats: Vec<_> = FORMATS.iter().filter(of).collect();
    let named = formats.get(usize::from(pick) % formats.len().max(1)).map(|format| format.id());
    for named in [None, named] {
        for keep in [Keep::Shown, Keep::All] {
            let detail = Detail { cases: keep, findings: keep, components: keep, data: true };
            told(&read("artifact", bytes, named, &detail));
        }
    }
}

fn told(answer: &Answer) {
    match answer {
        Answer::Read(reading) => {
            assert!(reading.doubts.iter().all(|doubt| !doubt.why.is_empty()));
            if let Some(tests) = &reading.facts.tests {
                assert!(tests.failed <= tests.total() && tests.flaky.unwrap_or(0) <= tests.total());
            }
            let shares = reading.facts.coverage.iter();
            for share in shares.flat_map(|of| [of.lines, of.branches, of.functions]).flatten() {
                assert!(share.covered <= share.total);
            }
        }
        Answer::Broken { why, .. } => assert!(why.ends_with('.'), "{why}"),
        Answer::Ambiguous { candidates, .. } => assert!(candidates.len() > 1),
        Answer::Unknown { why } => assert!(!why.is_empty()),
    }
}
