//! Node's own test runner: how it counts failures at the end of a report, and the files of which no
//! test ended, which it lists as tests that passed.

use crate::model::{Reading, Rule, counted};

/// The figure in a comment that counts tests which failed or were cancelled: `fail 1`. Other comments
/// go on in words.
pub(in crate::evidence) fn count_of_failures(comment: &str) -> Option<&str> {
    let count = comment.strip_prefix("fail ").or(comment.strip_prefix("cancelled "))?.trim();
    let is_figure =
        count.starts_with(|c: char| c.is_ascii_digit()) && !count.contains(char::is_whitespace);
    is_figure.then_some(count)
}

/// Whether a test is called as Node calls a file of which no test ended: by its path, whole or from
/// the folder of the run.
pub(in crate::evidence) fn is_file(name: &str) -> bool {
    const SCRIPTS: [&str; 8] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];
    let whole =
        name.starts_with('/') || name.get(1..3).is_some_and(|of| matches!(of, ":\\" | ":/"));
    let ends = name.rsplit_once('.').is_some_and(|(_, end)| SCRIPTS.contains(&end));
    ends && (whole || !name.contains(char::is_whitespace))
}

/// Tells of so many files of which no test ended, and doubts a reading that lists no test `beside` them.
pub(in crate::evidence) fn files_without_tests(reading: &mut Reading, files: u64, beside: u64) {
    if files == 0 {
        return;
    }
    let count = counted(files, "file");
    let (is, it) = if files == 1 { ("is", "it") } else { ("are", "them") };
    if beside == 0 {
        let why = format!("Node lists {count}, and no test of {it} came to its end.");
        reading.doubt(Rule::NothingRan, why);
    }
    reading.warn(format!(
        "{count} of which no test ended {is} listed by Node as passed, and no test."
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_file_is_told_from_the_name_of_a_test() {
        for (name, expected) in [
            ("/w/test/pay.test.mjs", true),
            ("/w/my tests/pay.test.js", true),
            ("C:\\w\\pay.test.ts", true),
            ("test/pay.test.cts", true),
            ("pays", false),
            ("reads config.js", false),
            ("/refunds", false),
            ("/w/notes.md", false),
        ] {
            assert_eq!(is_file(name), expected, "{name}");
        }
    }

    /// What Node 20 writes of files that end before their tests, or hold none, beside `more`.
    fn reports(name: &str, more: [&str; 2]) -> [(&'static str, String); 2] {
        let [case, point] = more;
        let number = if point.is_empty() { 1 } else { 2 };
        let end = |open: &str, close: &str| {
            let lines = ["fail 0", "cancelled 0", "duration_ms 69.099"];
            lines.map(|line| format!("{open} {line}{close}\n")).concat()
        };
        [
            (
                "junit",
                format!(
                    "<testsuites>\n{case}<testcase name=\"{name}\" time=\"0.066\" classname=\"test\"/>\n{}</testsuites>",
                    end("<!--", " -->")
                ),
            ),
            (
                "tap",
                format!(
                    "TAP version 13\n{point}# Subtest: {name}\nok {number} - {name}\n  ---\n  duration_ms: 66\n  ...\n1..{number}\n{}",
                    end("#", "")
                ),
            ),
        ]
    }

    #[test]
    fn a_file_of_which_no_test_ended_is_no_test() {
        let beside = ["<testcase name=\"adds\" classname=\"test\"/>\n", "ok 1 - adds\n"];
        for file in ["/w/test/pay.test.mjs", "test/pay.test.mjs"] {
            for (format, text) in reports(file, ["", ""]) {
                proves(format, &[(&text, "no test of it came to its end")]);
                assert_eq!(reading(format, &text).facts.tests.unwrap().total(), 0);
            }
            for (format, text) in reports(file, beside) {
                let read = reading(format, &text);
                assert_eq!(read.doubts, [], "{text}");
                assert_eq!(read.warnings.len(), 1, "{:?}", read.warnings);
                let tests = read.facts.tests.unwrap();
                let names: Vec<&str> = tests.cases.entries().iter().map(|of| &*of.name).collect();
                assert_eq!((tests.passed, names), (1, vec!["adds"]), "{text}");
            }
        }
        for (format, text) in reports("pays", beside) {
            proves(format, &[(&text, "")]);
            assert_eq!(reading(format, &text).facts.tests.unwrap().passed, 2);
        }
    }

    #[test]
    fn a_file_over_points_of_its_own_stands_for_them() {
        let point = |inner: &str, held: &str| {
            format!(
                "TAP version 13\n# Subtest: /w/a.test.js\n{inner}{held} 1 - /w/a.test.js\n1..1\n# fail 0\n# duration_ms 9\n"
            )
        };
        let inner = "    # Subtest: adds\n    ok 1 - adds\n    1..1\n";
        proves("tap", &[(&point(inner, "ok"), ""), (&point("", "ok"), "no test of it")]);
        // Other runners name files so too, and say nothing as Node does at the end.
        let other = point("", "ok").replace("# duration_ms 9", "# ok");
        proves("tap", &[(&other, "")]);
        let failed = reading("tap", &point("", "not ok")).facts.tests.unwrap();
        assert_eq!((failed.failed, failed.total()), (1, 1));
    }
}
