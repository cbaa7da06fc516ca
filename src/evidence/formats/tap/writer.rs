//! Writers of TAP whose points need not be what they seem: Qt Test, cmocka, and linters.

use super::{Directive, Point};
use crate::evidence::family::qt;
use crate::facts::Outcome;
use crate::model::{Reading, Rule, counted};

/// What was seen of who wrote the report.
#[derive(Default)]
pub(super) struct Writer {
    /// Whether it is cmocka, which ends each group with a line of its own.
    cmocka: bool,
    qt: bool,
    /// Whether it has comments, which no linter writes.
    comments: bool,
    /// What Qt sets up around the tests, and held.
    set_ups: u64,
    /// Points that are called as linters call the files that they looked at.
    paths: u64,
    /// Of those, the ones that end as the names of files do.
    files: u64,
}

impl Writer {
    /// The writer of a report of such lines.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Writer {
        let mut writer = Writer::default();
        for comment in lines.filter(|line| line.starts_with('#')) {
            writer.comments = true;
            writer.cmocka |= ["# ok - ", "# not ok - "].iter().any(|of| comment.starts_with(of));
        }
        writer
    }

    /// Takes a point as it is read: cmocka says of what it skipped that it does not hold.
    pub(super) fn heed(&mut self, point: &mut Point<'_>) {
        self.qt |= point.name == "initTestCase()";
        let is_skipped = matches!(point.directive, Some(Directive::Skip)) && point.name.is_empty();
        if self.cmocka && is_skipped {
            point.outcome = Outcome::Skipped;
        }
    }

    /// Whether `point` is only told to fail, and `next` is the one that counts: Qt 5 writes both
    /// under one number.
    pub(super) fn is_replaced(&self, point: &Point<'_>, next: &Point<'_>) -> bool {
        let is_expected = !point.held && matches!(point.directive, Some(Directive::Todo));
        self.qt && is_expected && point.number.is_some() && point.number == next.number
    }

    /// Whether a point is no test, but what Qt sets up around them.
    pub(super) fn is_set_up(&mut self, name: &str, outcome: Outcome) -> bool {
        let is_set_up = self.qt && outcome == Outcome::Passed && qt::is_around(name);
        self.set_ups += u64::from(is_set_up);
        is_set_up
    }

    /// How many points are no tests.
    pub(super) fn set_ups(&self) -> u64 {
        self.set_ups
    }

    /// Notes a point that has none below it.
    pub(super) fn note(&mut self, name: &str) {
        let is_path =
            name.starts_with('/') || name.get(1..3).is_some_and(|of| matches!(of, ":\\" | ":/"));
        let (_, end) = name.rsplit_once('.').unwrap_or_default();
        let is_ending =
            (1..=8).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
        self.paths += u64::from(is_path);
        self.files += u64::from(is_path && is_ending);
    }

    /// Doubts a report whose `points` are all files by their whole paths, which linters call so.
    pub(super) fn settle(&self, reading: &mut Reading, points: u64) {
        if self.files > 0 && self.paths == points && !self.comments {
            let files = counted(points, "file");
            let why = format!(
                "It lists {files} by the whole path, as ESLint, Stylelint, textlint and secretlint do: no tests."
            );
            reading.doubt(Rule::NothingRan, why);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn counts(text: &str) -> [u64; 3] {
        let tests = reading("tap", text).facts.tests.unwrap();
        [tests.passed, tests.failed, tests.skipped]
    }

    #[test]
    fn files_that_a_linter_found_clean_are_no_tests() {
        let report = |names: [&str; 2]| {
            let [one, other] = names;
            format!("TAP version 13\n1..2\nok 1 - {one}\nok 2 - {other}\n")
        };
        let why = "It lists 2 files by the whole path";
        proves(
            "tap",
            &[
                (&report(["/w/shop/pay.js", "/w/shop/LICENSE"]), why),
                (&report(["C:\\shop\\pay.css", "C:\\shop\\cart.css"]), why),
                (&report(["/w/shop/pay.js", "pays"]), ""),
                (&report(["/refunds", "/api/pay"]), ""),
                (&report(["t/pay.t", "t/cart.t"]), ""),
                (&format!("{}# fail 0\n", report(["/w/pay.js", "/w/cart.js"])), ""),
            ],
        );
    }

    #[test]
    fn what_qt_runs_around_the_test_functions_is_no_test() {
        let qt = |first: &str, inner: &str| {
            let last = "ok 3 - cleanupTestCase()\n1..3\n# tests 3\n# pass 2\n# fail 0\n";
            format!("TAP version 13\n# tst_Pay\n{first} 1 - initTestCase()\n{inner}{last}")
        };
        let good = qt("ok", "ok 2 - pays()\n");
        let none = "TAP version 13\n# tst_Pay\nok 1 - initTestCase() # SKIP no\n1..1\n";
        proves(
            "tap",
            &[
                (&good, ""),
                (&qt("ok", "ok 2 - pays() # SKIP no\n"), "only test was skipped"),
                (none, "only test was skipped"),
                (&qt("ok", ""), "plan says 3 tests; the report holds 2"),
                (&good.replace("()", ""), ""),
            ],
        );
        let tests = |text: &str| reading("tap", text).facts.tests.unwrap();
        assert_eq!((tests(&good).passed, tests(&good.replace("()", "")).passed), (1, 3));
        assert_eq!(tests(&qt("not ok", "ok 2 - pays()\n")).failed, 1);
    }

    #[test]
    fn what_qt_5_expects_to_fail_has_the_number_of_the_point_that_counts() {
        let report =
            |test: &str| format!("TAP version 13\n# tst_Pay\nok 1 - initTestCase()\n{test}1..2\n");
        let expected = "not ok 2 - pays() # TODO later\n";
        for (last, counted) in
            [("ok 2 - pays()\n", [1, 0, 0]), ("not ok 2 - pays()\n", [0, 1, 0]), ("", [0, 0, 1])]
        {
            let text = report(&(expected.repeat(2) + last));
            assert_eq!(counts(&text), counted, "{text}");
        }
        proves("tap", &[(&report(&(expected.repeat(2) + "ok 2 - pays()\n")), "")]);
        let of_another = "TAP version 13\nnot ok 1 - a # TODO\nok 1 - a\n1..2\n";
        proves("tap", &[(of_another, "Number 1 stands twice")]);
    }

    #[test]
    fn cmocka_says_of_what_it_skipped_that_it_does_not_hold() {
        let report = |end: &str| format!("1..2\nok 1 - pays\nnot ok 2 # SKIP waits\n{end}");
        assert_eq!(counts(&report("# ok - shop\n")), [1, 0, 1]);
        assert_eq!(counts(&report("")), [1, 1, 0]);
    }
}
