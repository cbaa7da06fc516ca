//! What holds of an artifact read from any bytes; asserted by the fuzz targets and by the test suite.

use trueup::evidence::{Cut, Detail, FORMATS, Format, Sniff, by_id, read};
use trueup::facts::{Coverage, Facts, Findings, Keep, Level, Outcome, SHOWN, Tests, Value};
use trueup::model::{Answer, Reading};

/// What generic documents are told apart by.
const NAMES: [&str; 4] = ["artifact", "a.yaml", "a.toml", ".env"];

/// What a condition that walks every list asks for.
const ALL: Detail =
    Detail { cases: Keep::All, findings: Keep::All, components: Keep::All, data: true };

/// Reads `bytes` without a name, and as every format that accepts them, and asserts of each answer
/// that it says what it should, that its facts do not contradict one another, that they are the
/// same whatever is kept beside them, and that no cut of the file is cleaner than the whole.
pub(crate) fn holds(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).ok();
    let sniff = text.map(|text| Sniff::of(text, usize::MAX));
    let lines = sniff.as_ref().is_some_and(|sniff| sniff.text().is_some());
    let mut known = vec![one(NAMES[0], bytes, sniff.as_ref(), None)];
    if lines && known == [None] {
        known.extend(NAMES[1..].iter().map(|name| one(name, bytes, sniff.as_ref(), None)));
    }
    for format in FORMATS {
        let tried = sniff.as_ref().is_some_and(|sniff| format.accepts(sniff));
        if tried && !known.contains(&Some(format.id())) {
            one(NAMES[0], bytes, sniff.as_ref(), Some(format.id()));
        }
    }
}

/// One way to read the bytes; returns the format that they were read as.
fn one(
    name: &str,
    bytes: &[u8],
    sniff: Option<&Sniff<'_>>,
    named: Option<&str>,
) -> Option<&'static str> {
    let shown = read(name, bytes, named, &Detail::default());
    let all = read(name, bytes, named, &ALL);
    told(&shown);
    told(&all);
    match (&shown, &all) {
        (Answer::Read(shown), Answer::Read(all)) => {
            bounded(&shown.facts, bytes.len());
            listed(&all.facts);
            assert_eq!(shown.doubts, all.doubts);
            assert_eq!(figures(&shown.facts), figures(&all.facts));
            if let Some(sniff) = sniff.filter(|_| shown.doubts.is_empty()) {
                is_cut_seen(name, bytes, named, sniff, shown);
            }
            Some(shown.format)
        }
        (Answer::Broken { format, why, .. }, Answer::Broken { why: other, .. }) => {
            assert_eq!(why, other);
            Some(format)
        }
        (Answer::Ambiguous { .. }, Answer::Ambiguous { .. })
        | (Answer::Unknown { .. }, Answer::Unknown { .. }) => None,
        _ => panic!("{shown:?}, and with all that there is {all:?}"),
    }
}

/// No answer is without its reason, and no reader broke off.
fn told(answer: &Answer) {
    match answer {
        Answer::Read(reading) => sound(reading),
        Answer::Broken { why, .. } | Answer::Unknown { why } => {
            assert!(why.ends_with('.') && !why.contains("a fault of trueup"), "{why}");
        }
        Answer::Ambiguous { candidates, .. } => assert!(candidates.len() > 1),
    }
}

/// No total passes for more than it is made of, and nothing that proves nothing is undoubted.
fn sound(reading: &Reading) {
    let Reading { facts, doubts, warnings, .. } = reading;
    assert!(doubts.iter().all(|doubt| !doubt.why.is_empty()));
    assert!(warnings.iter().all(|warning| !warning.is_empty()));
    let honest = doubts.is_empty();
    if let Some(tests) = &facts.tests {
        assert!(tests.flaky.unwrap_or(0) <= tests.total(), "{tests:?}");
        assert!(tests.shards.iter().all(|one| (1..=one.of).contains(&one.number)), "{tests:?}");
        assert!(!honest || tests.skipped < tests.total(), "nothing ran: {reading:?}");
    }
    if let Some(coverage) = &facts.coverage {
        assert!(shares(coverage).all(|(covered, total)| covered <= total), "{coverage:?}");
        let some = shares(coverage).any(|(_, total)| total > 0);
        assert!(!honest || some, "nothing to cover: {reading:?}");
    }
    for tally in [&facts.thresholds, &facts.checks].into_iter().flatten() {
        assert!(tally.failed <= tally.total, "{tally:?}");
    }
    for group in facts.carried() {
        let value = facts.value(group);
        assert!(value.is_some_and(|value| finite(&value)), "{group} of {reading:?}");
    }
}

fn shares(coverage: &Coverage) -> impl Iterator<Item = (u64, u64)> {
    let Coverage { lines, branches, functions, statements, .. } = *coverage;
    let all = [lines, branches, functions, statements].into_iter().flatten();
    all.map(|share| (share.covered, share.total))
}

fn finite(value: &Value) -> bool {
    match value {
        Value::Double(number) | Value::Written(number, _) => number.is_finite(),
        Value::List(values) => values.iter().all(finite),
        Value::Map(members) => members.values().all(finite),
        Value::Null | Value::Untold | Value::Bool(_) | Value::Int(_) | Value::Text(_) => true,
    }
}

/// What a report shows has a bound: so many entries, and texts that no repetition multiplies.
fn bounded(facts: &Facts, bytes: usize) {
    let cases = facts.tests.as_ref().map_or(0, |tests| tests.cases.entries().len());
    let findings = facts.findings.as_ref().map_or(0, |found| found.list.entries().len());
    let components = facts.components.as_ref().map_or(0, |bill| bill.list.entries().len());
    assert!(cases.max(findings).max(components) <= SHOWN);
    let kept: usize = texts(facts).iter().map(|text| text.len()).sum();
    assert!(kept <= (1 << 22) + 8 * bytes, "{kept} bytes are kept of {bytes}");
}

/// Every text of what is listed.
fn texts(facts: &Facts) -> Vec<&str> {
    let mut texts = Vec::new();
    for case in facts.tests.iter().flat_map(|tests| tests.cases.entries()) {
        texts.push(Some(&case.name));
        texts.extend([&case.suite, &case.file, &case.message].map(Option::as_ref));
    }
    for of in facts.findings.iter().flat_map(|found| found.list.entries()) {
        let said = [&of.rule, &of.title, &of.package, &of.version, &of.fixed_in, &of.path];
        texts.extend(said.map(Option::as_ref));
    }
    for of in facts.components.iter().flat_map(|bill| bill.list.entries()) {
        texts.push(Some(&of.name));
        texts.extend([&of.version, &of.licence, &of.purl].map(Option::as_ref));
    }
    texts.into_iter().flatten().map(String::as_str).collect()
}

/// Nothing is listed that is not counted.
fn listed(facts: &Facts) {
    if let Some(Tests { passed, failed, errored, skipped, cases, .. }) = &facts.tests {
        let counts = [passed, failed, errored, skipped];
        for (outcome, counted) in Outcome::ALL.into_iter().zip(counts) {
            let listed = cases.entries().iter().filter(|case| case.outcome == outcome).count();
            assert!(listed as u64 <= *counted, "{} of {facts:?}", outcome.word());
        }
    }
    if let Some(findings) = &facts.findings {
        // Of a grade that counts none, none is listed: a header may count paths, the list advisories.
        let mut counting = findings.list.entries().iter().filter(|finding| !finding.suppressed);
        assert!(counting.all(|it| findings.graded(it.grade) > 0), "{findings:?}");
        assert_eq!(findings.total(), by_level(findings), "{findings:?}");
    }
    if let Some(components) = &facts.components {
        assert!(components.list.entries().len() as u64 <= components.total, "{components:?}");
    }
}

fn by_level(findings: &Findings) -> u64 {
    let levels = [Level::Error, Level::Warning, Level::Note];
    levels.into_iter().fold(0, |sum, level| sum.saturating_add(findings.levelled(level)))
}

/// The facts without what is kept of them in lists.
fn figures(facts: &Facts) -> Facts {
    let mut figures = Facts { data: None, ..facts.clone() };
    figures.tests.iter_mut().for_each(|tests| tests.cases = Default::default());
    figures.findings.iter_mut().for_each(|findings| findings.list = Default::default());
    figures.components.iter_mut().for_each(|components| components.list = Default::default());
    figures
}

/// A file that was cut short is a fault, is doubted, or carries the same facts; but for formats
/// that say of themselves where a cut cannot be seen, and between values that follow one another.
fn is_cut_seen(name: &str, bytes: &[u8], named: Option<&str>, sniff: &Sniff<'_>, whole: &Reading) {
    let several = sniff.documents().len() > 1;
    for at in cuts(bytes) {
        let cut = &bytes[..at];
        let Answer::Read(reading) = read(name, cut, named, &Detail::default()) else { continue };
        let nothing = reading.facts.carried().is_empty();
        if nothing || !reading.doubts.is_empty() || reading.facts == whole.facts {
            continue;
        }
        let rest = &bytes[at..];
        let line_end = cut.ends_with(b"\n") || rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
        // The values are maps, or lists as of GCC.
        let between = line_end || matches!(cut.trim_ascii_end().last(), Some(b'}' | b']'));
        let unsound = is_passed_over(bytes, at, whole);
        let hidden = match by_id(reading.format).map(Format::hides_cuts) {
            Some(Cut::Anywhere) => true,
            Some(Cut::AtLineEnds) => between || unsound,
            Some(Cut::Never) | None => several && (between || unsound),
        };
        let around = bytes.get(at.saturating_sub(40)..bytes.len().min(at + 40)).unwrap_or_default();
        let around = String::from_utf8_lossy(around);
        assert!(
            hidden,
            "cut at {at}, within {around:?}, it reads as {reading:?}, whole as {whole:?}"
        );
    }
}

/// Whether the cut lies in a line that is no JSON in the whole file either: it is passed over there, and
/// told, so that the cut takes off no more.
fn is_passed_over(bytes: &[u8], at: usize, whole: &Reading) -> bool {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end =
        bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end);
    let told = whole.warnings.iter().any(|told| told.contains("no JSON passed over"));
    told && trueup::evidence::parse_document("line.json", &bytes[start..end]).is_err()
}

/// Where to cut: the same places for the same bytes, others for others.
fn cuts(bytes: &[u8]) -> [usize; 3] {
    let seed = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |seed, byte| {
        (seed ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let below = |seed: u64| (seed % bytes.len().max(1) as u64) as usize;
    [below(seed), below(seed >> 24), bytes.len().saturating_sub(1 + below(seed >> 40) % 24)]
}
