//! The readers of artifacts over any bytes: what the fuzz targets assert, on files made here.

use proptest::prelude::*;

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
    let pick = picks.first().map_or(0, |pick| *pick as u8);
    [vec![pick], text.into_bytes()].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_hold(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        evidence::holds(&bytes, &["`"]);
    }

    #[test]
    fn any_pieces_hold(picks in proptest::collection::vec(0..240_usize, 0..40)) {
        evidence::holds(&joined(&XML, &picks), &["root element"]);
        evidence::holds(&joined(&JSON, &picks), &["`"]);
        evidence::holds(&joined(&TEXT, &picks), &["line", "header", "plan"]);
    }
}
