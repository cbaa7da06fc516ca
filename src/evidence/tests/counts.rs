//! Counts that are none: in every good fixture each number that the reading hangs on is replaced by
//! something that is no count, and what comes out is never a clean pass.

use std::collections::{BTreeMap, BTreeSet};

use super::fixtures::{Fixture, of};
use super::said::{proves, reading};
use crate::evidence::{Detail, FORMATS, read};
use crate::facts::Value;
use crate::model::{Answer, Reading};

/// What may stand in an attribute or in a line, and is no count.
const ODD_TEXTS: [&str; 4] = ["1,000", "1e3", "x", "99999999999999999999999"];

/// What may stand in JSON, and is no count.
const ODD_VALUES: [&str; 5] = ["\"1,000\"", "\"x\"", "5.5", "-1", "1e30"];

/// Two counts of which at least one is another than what a fixture holds.
const COUNTS: [&str; 2] = ["0", "7654321"];

/// How many numbers of one name are tried in a fixture.
const TRIED: usize = 4;

/// Why a number may be odd in a report that proves something.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Why {
    /// How often a line, an arm or a function ran: what is no number of times covers nothing.
    Hits,
    /// A severity or a confidence: one that nobody knows is a finding of unknown severity.
    Grade,
    /// A time, a size, a score: it may be any number, and is left out where it is none.
    Measure,
    /// Where something stands.
    Place,
    /// What ties an end to its beginning: of another name it is the end of nothing.
    Name,
    /// The version of the format.
    Version,
    /// A line that begins as one with a count, and goes on in words.
    Prose,
}

/// The numbers that are no counts, by format: their last keys, or how their names begin before `*`.
const OTHERS: &[(&str, Why, &[&str])] = &[
    ("artillery", Why::Measure, &["max", "min", "rates.*"]),
    ("autocannon", Why::Measure, &["latency.*", "average"]),
    ("clippy-json", Why::Place, &["line_start"]),
    ("cobertura", Why::Hits, &["hits"]),
    ("deno-lint-json", Why::Version, &["version"]),
    ("eslint-json", Why::Grade, &["severity"]),
    ("flake8", Why::Prose, &[""]),
    ("flawfinder-csv", Why::Grade, &["Level"]),
    ("gatling", Why::Measure, &["max*", "mean*", "min*", "percentiles*"]),
    ("gcov-json", Why::Hits, &["count", "execution_count"]),
    ("gcovr-json", Why::Hits, &["count", "execution_count"]),
    ("html-validate-json", Why::Grade, &["severity"]),
    ("istanbul-final", Why::Hits, &["s.*", "f.*", "b.*"]),
    ("istanbul-final", Why::Place, &["line"]),
    ("jmeter-csv", Why::Measure, &["elapsed"]),
    ("jmeter-xml", Why::Measure, &["t"]),
    ("k6-json", Why::Measure, &["value"]),
    ("k6-summary", Why::Measure, &["max", "med", "min", "value"]),
    ("junit", Why::Name, &["<property name='repetition' value='Retry"]),
    ("kubescape", Why::Measure, &["baseScore", "scoreFactor"]),
    ("lcov", Why::Hits, &["BRDA:", "DA:", "FNDA:"]),
    ("locust-csv", Why::Measure, &["50%", "75%", "90%", "95%", "99%", "Median Response Time"]),
    ("mochawesome", Why::Measure, &["duration"]),
    ("mypy", Why::Place, &["src/pay.py:"]),
    ("nessus", Why::Grade, &["severity"]),
    ("npm-audit", Why::Version, &["auditReportVersion"]),
    ("open-test-reporting", Why::Name, &["id"]),
    ("phpmd-json", Why::Grade, &["priority"]),
    ("pmd", Why::Grade, &["priority"]),
    ("scorecard", Why::Measure, &["score"]),
    ("simplecov", Why::Hits, &["lines", "coverage.*"]),
    ("size-limit", Why::Measure, &["size", "sizeLimit"]),
    ("sonar-generic-tests", Why::Measure, &["duration"]),
    ("spectral-json", Why::Grade, &["severity"]),
    ("spotbugs", Why::Grade, &["priority"]),
    ("stryker", Why::Measure, &["break"]),
    ("textlint-json", Why::Grade, &["severity"]),
    ("trivy", Why::Version, &["SchemaVersion"]),
    ("tsc", Why::Prose, &["Found"]),
    ("vegeta", Why::Measure, &["latencies.*", "rate"]),
    ("zap", Why::Grade, &["confidence", "riskcode"]),
];

/// A whole number that stands by itself in a text.
struct Number<'a> {
    fixture: &'a Fixture,
    text: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Number<'a> {
    fn replaced_by(&self, value: &str) -> String {
        format!("{}{value}{}", &self.text[..self.start], &self.text[self.end..])
    }

    /// What it counts: the key behind that of its map, the attribute or the element, the column, or
    /// how its line begins.
    fn name(&self) -> String {
        let text: &'a str = self.text;
        let before = &text[..self.start];
        match is_json(text) {
            true => format!("{}.{}", key(map_of(before)), key(before)),
            false => self.name_in_text(before).to_owned(),
        }
    }

    fn name_in_text(&self, before: &'a str) -> &'a str {
        let is_word = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
        if before.ends_with(['"', '\'', '>']) && self.text.starts_with('<') {
            let before = before.trim_end_matches(|c: char| !is_word(c));
            return before.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
        }
        let line = before.rsplit('\n').next().unwrap_or_default();
        if self.fixture.format.ends_with("-csv") {
            let header = self.text.lines().next().unwrap_or_default();
            return header.split(',').nth(line.matches(',').count()).unwrap_or_default();
        }
        line.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim()
    }

    /// Why it is no count, if it is none.
    fn why(&self) -> Option<Why> {
        let name = self.name();
        let is = |pattern: &&str| match pattern.strip_suffix('*') {
            Some(begins) => name.starts_with(begins),
            None => name == *pattern || name.ends_with(&format!(".{pattern}")),
        };
        let of_format = OTHERS.iter().filter(|(format, ..)| *format == self.fixture.format);
        let mut named = of_format.filter(|(_, _, names)| names.iter().any(is));
        named.next().map(|(_, why, _)| *why)
    }

    /// The figures of the report with `value` in its place; `None` where it proves nothing.
    fn figures(&self, value: &str) -> Option<String> {
        clean(self.fixture, &self.replaced_by(value))
    }

    /// Whether the report proves something with `odd` in its place, and should not.
    fn passes_with(&self, odd: &str) -> bool {
        let Some(figures) = self.figures(odd) else { return false };
        let is_of_a_count = || COUNTS.iter().any(|of| self.figures(of).as_ref() == Some(&figures));
        match self.why() {
            None => true,
            // A comma parts the fields of a record.
            Some(Why::Hits) if self.fixture.format == "lcov" && odd.contains(',') => false,
            Some(Why::Hits) => !is_of_a_count(),
            Some(Why::Prose) => odd.starts_with(|c: char| c.is_ascii_digit()),
            Some(Why::Grade | Why::Measure | Why::Place | Why::Name | Why::Version) => false,
        }
    }
}

/// The last key of JSON that is cut off behind it.
fn key(before: &str) -> &str {
    let end = before.rfind("\":").unwrap_or(0);
    before[..end].rsplit('"').next().unwrap_or_default()
}

/// JSON cut off in the middle of a map, up to where that map begins.
fn map_of(before: &str) -> &str {
    let mut depth = 0;
    let begins = before.rfind(|c: char| {
        depth += i32::from(c == '}') - i32::from(c == '{');
        depth < 0
    });
    &before[..begins.unwrap_or(0)]
}

fn is_json(text: &str) -> bool {
    text.starts_with(['{', '['])
}

/// The whole numbers of a text; those within strings of JSON are none of its own.
fn numbers<'a>(fixture: &'a Fixture, text: &'a str) -> Vec<Number<'a>> {
    let joined = |c: char| c.is_alphanumeric() || "_-.+".contains(c);
    let (mut found, mut at, mut in_string) = (Vec::new(), 0, false);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let end = rest.find(|c: char| !joined(c)).unwrap_or(rest.len());
        let digits = end > 0 && rest[..end].bytes().all(|byte| byte.is_ascii_digit());
        if digits && !in_string {
            found.push(Number { fixture, text, start: at, end: at + end });
        }
        let escaped = if first == '\\' && is_json(text) { 1 } else { 0 };
        in_string ^= first == '"' && is_json(text);
        at += end.max(first.len_utf8() + escaped);
    }
    found
}

/// The figures that conditions ask for: neither places nor times.
fn figures(value: &Value) -> String {
    let figure = |(name, value): (&String, &Value)| format!("{name}: {}; ", figures(value));
    match value {
        Value::List(_) => String::new(),
        Value::Map(members) => {
            members.iter().filter(|(name, _)| *name != "duration_s").map(figure).collect()
        }
        other => format!("{other:?}"),
    }
}

/// The figures of a report that proves something.
fn clean(fixture: &Fixture, text: &str) -> Option<String> {
    let seen = |reading: &Reading| {
        let groups = reading.facts.carried();
        let values = groups.iter().filter_map(|group| reading.facts.value(group));
        values.map(|value| figures(&value)).collect()
    };
    match read(&fixture.name, text.as_bytes(), fixture.named(), &Detail::default()) {
        Answer::Read(reading) if reading.format == fixture.format && reading.doubts.is_empty() => {
            Some(seen(&reading))
        }
        _ => None,
    }
}

/// The numbers of a fixture on which its reading hangs, the first few of each name.
fn counts<'a>(fixture: &'a Fixture, text: &'a str) -> Vec<Number<'a>> {
    let Some(whole) = clean(fixture, text) else { return Vec::new() };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut first = |number: &Number<'_>| {
        let seen = seen.entry(number.name()).or_default();
        *seen += 1;
        *seen <= TRIED
    };
    let matters = |number: &Number<'_>| {
        COUNTS.iter().any(|count| number.figures(count).as_ref() != Some(&whole))
    };
    numbers(fixture, text).into_iter().filter(|number| first(number) && matters(number)).collect()
}

#[test]
fn a_count_that_is_none_is_no_clean_pass() {
    let mut passed: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut formats = BTreeSet::new();
    for fixture in FORMATS.iter().flat_map(|format| of(format.id(), "good")) {
        let Ok(text) = std::str::from_utf8(&fixture.bytes) else { continue };
        for number in counts(&fixture, text) {
            let odd: &[&str] = if is_json(text) { &ODD_VALUES } else { &ODD_TEXTS };
            for odd in odd.iter().filter(|odd| number.passes_with(odd)) {
                let name = format!("{}: {}", fixture.format, number.name());
                passed.entry(name).or_default().insert(odd);
            }
            formats.insert(fixture.format);
        }
    }
    assert!(formats.len() > 100, "{formats:?}");
    assert!(passed.is_empty(), "{passed:#?}");
}

#[test]
fn a_count_in_quotes_is_read_as_one_or_refused() {
    for fixture in FORMATS.iter().flat_map(|format| of(format.id(), "good")) {
        let text = std::str::from_utf8(&fixture.bytes).unwrap_or_default();
        let counts = counts(&fixture, text).into_iter().filter(|number| number.why().is_none());
        for number in counts.filter(|_| is_json(text)) {
            let quoted = number.figures("\"5\"");
            let (format, name) = (fixture.format, number.name());
            assert!(quoted.is_none() || quoted == number.figures("5"), "{format}: {name}");
        }
    }
}

#[test]
fn a_header_that_counts_in_no_number_is_doubted_and_its_failures_still_refute() {
    let junit = |header: &str, inside: &str| {
        format!(
            "<testsuites>\n<testsuite name='s' {header}><testcase name='a'>{inside}</testcase></testsuite></testsuites>"
        )
    };
    let odd = "`failures` of <testsuite> at line 2 is `1,000`, which is no count.";
    proves(
        "junit",
        &[
            (&junit("tests='1' failures=''", ""), ""),
            (&junit("tests='1' failures=' 0 ' skipped='0.0'", ""), ""),
            (&junit("tests='1' failures='1,000'", ""), odd),
            (&junit("tests='1' errors='99999999999999999999999'", ""), "`errors` of <testsuite>"),
            (&junit("tests='1e3'", ""), "`tests` of <testsuite>"),
            (&junit("tests='1' ignored='x'", ""), "`ignored` of <testsuite>"),
            (&junit("tests='1' failures='N/A'", ""), "is `N/A`"),
            (&junit("", "").replace("<testsuites", "<testsuites errors='-1'"), "of <testsuites>"),
        ],
    );
    let failed = reading("junit", &junit("failures='1,000'", "<failure/>")).facts.tests.unwrap();
    assert_eq!(failed.failed, 1);
}

#[test]
fn what_no_good_fixture_counts_is_held_too() {
    let html_hint = |said: &str| {
        format!(
            "<testsuite name='HTMLHint Tests'><testcase name='a'><failure message='{said}'/></testcase></testsuite>"
        )
    };
    let failsafe = |count: &str| {
        format!("<failsafe-summary result='0'><failures>{count}</failures></failsafe-summary>")
    };
    proves(
        "junit",
        &[
            (&html_hint("Found 7 errors"), ""),
            (&html_hint("Found 1,000 errors"), "is `1,000`"),
            (&failsafe("0"), ""),
            (&failsafe("1,000"), "<failures> at line 1 is `1,000`"),
        ],
    );
    let nunit = |root: &str, suite: &str| {
        format!(
            "<test-run {root}><test-suite {suite}><test-case name='a' result='Passed'/></test-suite></test-run>"
        )
    };
    proves(
        "nunit",
        &[
            (&nunit("", ""), ""),
            (&nunit("errors='x'", ""), "`errors` of <test-run>"),
            (&nunit("", "runstate='NotRunnable' testcasecount='1e3'"), "`testcasecount`"),
        ],
    );
    let lcov = |counts: &str| format!("SF:a\n{counts}\nend_of_record\n");
    proves(
        "lcov",
        &[
            (&lcov("LF:2\nLH:2"), ""),
            (&lcov("LF:1,000\nLH:2"), "`LF` at line 2 is `1,000`"),
            (&lcov("DA:1,1\nBRF:x"), "`BRF` at line 3"),
            (&lcov("DA:1,1\nFNH:1e3"), "`FNH` at line 3"),
        ],
    );
    let tap = |end: &str| format!("TAP version 13\nok 1 - a\n1..1\n{end}\n");
    proves(
        "tap",
        &[
            (&tap("# fail over to the other"), ""),
            (&tap("# fail 3 times, then pass"), ""),
            (&tap("1...2...3"), ""),
            (&tap("# fail 1,000"), "The count of failures at line 4"),
            (&tap("1..1e3"), "The plan at line 4"),
        ],
    );
    proves("tap", &[("TAP version 13\n1..1,000\nok 1\n", "The plan at line 2 is `1,000`")]);
    let k6 = |value: &str| {
        let point = |metric: &str, value: &str| {
            format!(
                r#"{{"type": "Point", "metric": "{metric}", "data": {{"time": "2026-11-20T08:00:00Z", "value": {value}, "tags": {{}}}}}}"#
            )
        };
        format!("{}\n{}\n", point("iterations", "1"), point("checks", value))
    };
    proves("k6-json", &[(&k6("1"), ""), (&k6("\"x\""), "1 sample without a value")]);
}
