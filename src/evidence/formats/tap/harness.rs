//! What prove and Test::More say beside the points: a file that broke off, the result of all.

use crate::evidence::text;
use crate::model::{Reading, Rule};

/// How lines of Test::More begin that say that a test file broke off.
const BROKE_OFF: [&str; 4] = [
    "# Looks like you planned ",
    "# Looks like your test exited with ",
    "# Looks like your test died ",
    "# No tests run!",
];

/// How lines of prove begin that say that something failed, which points may have said before.
const FAILED: [&str; 2] = ["Dubious, test returned ", "Result: FAIL"];

/// What a line is to prove.
pub(super) enum Said {
    /// The name of the file whose points follow.
    File,
    /// Its word on a file, which reads as a point without a number.
    Verdict,
    /// Whatever else.
    Other,
}

/// What was said so far.
#[derive(Default)]
pub(super) struct Harness {
    /// Whether a file is named over its points, as prove does it.
    prove: bool,
    broke_off: Option<String>,
    failed: Option<String>,
}

impl Harness {
    /// Takes a line that is not indented.
    pub(super) fn line(&mut self, line: &str) -> Said {
        if names_a_file(line) {
            self.prove = true;
            return Said::File;
        }
        let begins = |words: &[&str]| words.iter().any(|words| line.starts_with(words));
        if begins(&BROKE_OFF) && self.broke_off.is_none() {
            self.broke_off = text::title(line);
        }
        let failed = line.starts_with("# Looks like you failed ") || self.prove && begins(&FAILED);
        if failed && self.failed.is_none() {
            self.failed = text::title(line);
        }
        if self.prove && line == "ok" { Said::Verdict } else { Said::Other }
    }

    /// Doubts a report of which a file broke off, or that failed over points none of which `failed`.
    pub(super) fn settle(&self, reading: &mut Reading, failed: u64) {
        if let Some(said) = &self.broke_off {
            let why = format!("A test file broke off. Its output says: {said}");
            reading.doubt(Rule::SuiteNotLoaded, why);
        } else if let Some(said) = self.failed.as_ref().filter(|_| failed == 0) {
            let why = format!("A failure is told that no point holds. It says: {said}");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
    }
}

/// `t/a.t ....`, over the points of a file.
fn names_a_file(line: &str) -> bool {
    line.split_once(' ').is_some_and(|(name, dots)| {
        !name.is_empty() && dots.len() > 1 && dots.bytes().all(|byte| byte == b'.')
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const GOOD: &str = "t/a.t ..\n1..1\nok 1 - a\nok\n";

    fn prove(second: &str, result: &str) -> String {
        format!("{GOOD}{second}All done.\nFiles=2, Tests=3,  0 wallclock secs\nResult: {result}\n")
    }

    #[test]
    fn what_prove_says_of_a_file_is_no_point() {
        let good = prove("t/long.t ....\nok 1 - x\nok 2 - y\n1..2\nok\n", "PASS");
        proves("tap", &[(&good, ""), ("1..2\nok\nok\n", "")]);
        assert_eq!(reading("tap", &good).facts.tests.unwrap().passed, 3);
    }

    #[test]
    fn a_file_that_broke_off_is_no_pass() {
        let exited = "# Looks like your test exited with 2 just after 1.";
        for (second, result, why) in [
            (
                "t/b.t ..\n1..2\nok 1 - x\n# Looks like you planned 2 tests but ran 1.\n",
                "FAIL",
                "broke off",
            ),
            (
                "t/b.t ..\n1..1\nok 1 - x\nDubious, test returned 255 (wstat 65280, 0xff00)\n",
                "FAIL",
                "Dubious",
            ),
            ("t/b.t ..\nok\n", "FAIL", "It says: Result: FAIL"),
        ] {
            proves("tap", &[(&prove(second, result), why)]);
        }
        proves("tap", &[(&format!("ok 1 - a\n1..1\n{exited}\n"), "test exited with 2")]);
        proves("tap", &[(&format!("ok 1 - a\n{exited}\n1..2\nok 2 - b\n"), "test exited with 2")]);
    }

    #[test]
    fn a_failure_that_its_points_hold_still_refutes() {
        let text = prove(
            "t/b.t ..\n1..2\nok 1 - x\nnot ok 2 - y\n# Looks like you failed 1 test of 2.\nDubious, test returned 1\nFailed 1/2 subtests\n",
            "FAIL",
        );
        proves("tap", &[(&text, "")]);
        assert_eq!(reading("tap", &text).facts.tests.unwrap().failed, 1);
    }
}
