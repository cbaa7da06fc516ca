//! Numbers of JSON beyond the range of a double: the modulus of a key, `1e400`.

use super::numbers::Numbers;

/// The same text with each such number between quotes, so that it reads as what is written and as no
/// number; `None` where there is none.
pub(in crate::evidence) fn quoted(text: &str) -> Option<String> {
    let mut numbers = Numbers::of(text);
    let (mut plain, mut kept) = (String::new(), 0);
    while let Some(number) = numbers.next() {
        if !number.parse::<f64>().is_ok_and(f64::is_infinite) {
            continue;
        }
        let end = text.len() - numbers.left();
        plain.push_str(text.get(kept..end - number.len())?);
        plain.extend(["\"", number, "\""]);
        kept = end;
    }
    plain.push_str(text.get(kept..).filter(|_| kept > 0)?);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};
    use crate::evidence::{Detail, parse_document};

    #[test]
    fn only_numbers_beyond_the_range_are_quoted() {
        let modulus = "9".repeat(400);
        for (text, expected) in [
            (
                r#"{"a": 1e400, "b": [-1e999,2], "c": "1e400"}"#,
                Some(r#"{"a": "1e400", "b": ["-1e999",2], "c": "1e400"}"#.to_owned()),
            ),
            (&format!("[{modulus}]"), Some(format!("[\"{modulus}\"]"))),
            (r#"{"a": 1e308, "b": 1e-400, "c": 18446744073709551616, "d": "é"}"#, None),
            ("", None),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn a_report_is_read_past_a_number_that_nobody_asks_for() {
        let report = |failures: &str, of: &str| {
            format!(
                r#"{{"stats": {{"passes": 1, "failures": {failures}}}, "passes": [{{"title": "a", "of": {of}}}]}}"#
            )
        };
        proves(
            "mocha-json",
            &[
                (&report("0", "1e400"), ""),
                (&report("1e400", "0"), "1e400"),
                (&report("0", "1e400, }"), "line 1"),
            ],
        );
        assert!(reading("json", r#"{"n": 1e400}"#).doubts.is_empty());
    }

    #[test]
    fn a_document_holds_the_number_as_it_is_written() {
        let shown = |text: &str| {
            let value = parse_document("a.json", text.as_bytes()).unwrap();
            serde_json::to_string(&value).unwrap()
        };
        assert_eq!(shown(r#"{"n": 1e400, "m": 1.5}"#), r#"{"m":1.5,"n":"1e400"}"#);
        let lines = "{\"n\": 1}\n{\"n\": -1e400}\n";
        let detail = Detail { data: true, ..Detail::default() };
        let answer = crate::evidence::read("a.jsonl", lines.as_bytes(), None, &detail);
        let data = answer.reading().and_then(|reading| reading.facts.data.clone()).unwrap();
        assert_eq!(serde_json::to_string(&data).unwrap(), r#"[{"n":1},{"n":"-1e400"}]"#);
    }
}
