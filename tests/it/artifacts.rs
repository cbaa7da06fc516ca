//! The readers of artifacts over any bytes: what the fuzz targets assert, on files made here.

use std::fs;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::manifest_dir;

#[path = "../../fuzz/evidence.rs"]
mod evidence;

/// What reports in XML are made of.
const XML: [&str; 16] = [
    "<testsuites>",
    "<testsuite tests=\"2\" failures=\"-1\">",
    "<testcase name='a'/>",
    "</testsuite>",
    "<robot>",
    "<CoverageSession><Summary numSequencePoints=\"1\" visitedSequencePoints=\"9\"/>",
    "<mutations>",
    "<error",
    " severity=\"error\"",
    "/>",
    ">",
    "</",
    "<![CDATA[",
    "&x;",
    "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "<?xml version=\"1.0\" encoding=\"latin1\"?>",
];

/// What reports in JSON are made of.
const JSON: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\n",
    "null",
    "true",
    "-1",
    "1e999",
    "\"results\"",
    "\"runs\"",
    "\"version\"",
    "\"issues\"",
    "\"vulnerabilities\"",
    "\"type\":\"suite\"",
    "\"event\":\"started\"",
    "\"summary\"",
    "\"files\":[]",
    "\"totals\":{}",
    "\\u00e9",
    "{\"a\":{}}",
];

/// What reports in lines are made of.
const TEXT: [&str; 18] = [
    "ok 1 - a\n",
    "not ok 2\n",
    "1..2\n",
    "Bail out!\n",
    "TAP version 13\n",
    "SF:a\n",
    "DA:1,1\n",
    "end_of_record\n",
    "mode: set\n",
    "a.go:1.1,2.2 1 1\n",
    "a.ts(1,2): error TS1: x\n",
    "Found 9 errors.\n",
    "timeStamp,elapsed,label\n",
    "1,2,a\n",
    "SPDXVersion: SPDX-2.3\n",
    "\r\n",
    "\u{1b}[31m",
    "\u{feff}",
];

fn joined<const N: usize>(pieces: &[&str; N], picks: &[usize]) -> Vec<u8> {
    let text: String = picks.iter().map(|pick| pieces[pick % N]).collect();
    text.into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_hold(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        evidence::holds(&bytes);
    }

    #[test]
    fn any_pieces_hold(picks in proptest::collection::vec(0..240_usize, 0..40)) {
        evidence::holds(&joined(&XML, &picks));
        evidence::holds(&joined(&JSON, &picks));
        evidence::holds(&joined(&TEXT, &picks));
    }
}

/// Every fixture, in order.
static FIXTURES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let root = manifest_dir().join("fixtures/evidence");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    files.filter(|file| file.path().is_file()).map(|file| fs::read(file.path()).unwrap()).collect()
});

#[test]
fn every_fixture_holds() {
    FIXTURES.iter().for_each(|bytes| evidence::holds(bytes));
    assert!(FIXTURES.len() > 500, "{}", FIXTURES.len());
}

/// Figures at the ends of what a number can be, and what is none.
const EXTREMES: [&str; 8] = [
    "0",
    "-1",
    "1e999",
    "NaN",
    "9223372036854775807",
    "18446744073709551615",
    "99999999999999999999999",
    "1.7976931348623157e308",
];

/// A fixture in which one figure is another.
fn with_a_figure(bytes: &[u8], pick: usize, figure: &str) -> Option<Vec<u8>> {
    let starts =
        |at: usize| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit());
    let places: Vec<usize> = (0..bytes.len()).filter(|at| starts(*at)).collect();
    let start = *places.get(pick % places.len().max(1))?;
    let digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    Some([&bytes[..start], figure.as_bytes(), &bytes[start + digits..]].concat())
}

#[test]
fn no_figure_breaks_a_fixture() {
    for (index, bytes) in FIXTURES.iter().enumerate() {
        for (round, figure) in EXTREMES.iter().enumerate() {
            let changed = with_a_figure(bytes, index * 31 + round * 7, figure);
            changed.iter().for_each(|bytes| evidence::holds(bytes));
        }
    }
}

proptest! {
    // PROPTEST_CASES=100000 tries more of them.
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn a_fixture_with_a_piece_of_another_holds(
        into in any::<Index>(),
        at in any::<Index>(),
        lost in 0..120_usize,
        from in any::<Index>(),
        piece in any::<Index>(),
        length in 0..120_usize,
    ) {
        let (into, from) = (into.get(&FIXTURES), from.get(&FIXTURES));
        let (at, piece) = (at.index(into.len() + 1), piece.index(from.len() + 1));
        let taken = &from[piece..from.len().min(piece + length)];
        let rest = &into[into.len().min(at + lost)..];
        evidence::holds(&[&into[..at], taken, rest].concat());
    }
}
