//! What `cargo test` prints: a block for each binary, its tests and how they came out together.

use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct Libtest;

/// Opens the sum of a binary.
const RESULT: &str = "test result: ";

impl Format for Libtest {
    fn id(&self) -> &'static str {
        "libtest"
    }

    fn about(&self) -> About {
        About {
            tool: "cargo test",
            recognised: "lines `running 3 tests`, and `test … ... ok`, `test result: …` or cargo's `     Running …`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://doc.rust-lang.org/rustc/tests/index.html",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all ignored; a binary that crashed or was cut: without `test result:`, or with fewer tests than it said to run; what could not be compiled.",
            blank: Blanks::NONE,
            notes: &[
                "Each binary counts by its `test result:`; the tests above it are listed by name, where their lines hold no other output (`--nocapture`, `-q`).",
                "Ignored tests are skipped; benchmarks are in no count, nor is what was filtered out, which is a warning.",
                "An output that was cut behind the sum of a binary reads as one of fewer binaries: take it to its end, and the exit code with it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let told =
            |line: &str| line.starts_with(RESULT) || announces(line) || Told::of(line).is_some();
        Fit::sure(head.any(|line| running(line).is_some()) && head.any(told))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        input.whole_lines()?;
        let mut run = Run { tests: input.tests(), ..Run::default() };
        for (number, line) in input.lines() {
            run.take(line, number);
        }
        let mut reading = Reading::by(self.id(), "cargo test");
        run.settle(&mut reading);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Default)]
struct Run<'a> {
    tests: Tests,
    odd: OddCounts,
    /// Whether cargo said that it starts a binary, which said nothing of its tests yet.
    announced: bool,
    /// The binary whose sum did not come yet.
    open: Option<Block<'a>>,
    binaries: u64,
    /// Those that did not come to their sum, or to all that they said to run.
    lost: u64,
    filtered: u64,
    seconds: f64,
    broke: Option<&'a str>,
    /// Whether cargo or a binary says that tests failed.
    failed: bool,
}

/// The tests of a binary so far, and how many it said to run.
#[derive(Default)]
struct Block<'a> {
    said: u64,
    told: Vec<Told<'a>>,
}

impl<'a> Run<'a> {
    fn take(&mut self, line: &'a str, number: usize) {
        if line.trim().is_empty() {
            return;
        }
        self.announced = announces(line) || self.announced && running(line).is_none();
        if let Some(said) = running(line) {
            let block = Block { said, ..Block::default() };
            self.lost += u64::from(self.open.replace(block).is_some());
            self.binaries += 1;
        } else if let Some(result) = line.strip_prefix(RESULT) {
            self.end(result, number);
        } else if let Some(told) = Told::of(line) {
            match &mut self.open {
                Some(open) => open.told.push(told),
                None => self.failed |= told.outcome == Outcome::Failed,
            }
        } else if tests_failed(line.trim_start()) {
            self.failed = true;
        } else if self.open.is_none() && breaks(line.trim_start()) {
            self.broke.get_or_insert(line);
        }
    }

    /// Counts a binary by its sum, and lists of its tests those that were told.
    fn end(&mut self, result: &str, number: usize) {
        let Some(block) = self.open.take() else {
            self.lost += 1;
            return;
        };
        let (how, counts) = result.split_once(". ").unwrap_or((result, ""));
        self.failed |= how != "ok";
        let (mut ran, mut short) = (0_u64, false);
        for part in counts.split("; ") {
            let (count, of) = part.split_once(' ').unwrap_or((part, ""));
            let outcome = match of {
                "passed" => Some(Outcome::Passed),
                "failed" => Some(Outcome::Failed),
                "ignored" => Some(Outcome::Skipped),
                "measured" | "filtered out" => None,
                _ => {
                    short |= count.bytes().all(|c| c.is_ascii_digit());
                    continue;
                }
            };
            let place = || format!("What is counted at line {number}");
            let count = self.odd.take(count, place).unwrap_or(0);
            match outcome {
                Some(outcome) => self.count(outcome, count, &block),
                None if of == "measured" => {}
                None => self.filtered = self.filtered.saturating_add(count),
            }
            ran = ran.saturating_add(if of == "filtered out" { 0 } else { count });
            let told = block.told.iter().filter(|told| Some(told.outcome) == outcome).count();
            short |= told as u64 > count;
        }
        let took =
            counts.rsplit_once("finished in ").and_then(|(_, of)| of.trim().strip_suffix('s'));
        self.seconds += took.and_then(text::number).unwrap_or(0.0);
        self.lost += u64::from(short || ran != block.said);
    }

    /// Counts so many tests of a binary, those by name that were told.
    fn count(&mut self, outcome: Outcome, count: u64, block: &Block<'a>) {
        let mut left = count;
        for told in block.told.iter().filter(|told| told.outcome == outcome) {
            let Some(less) = left.checked_sub(1) else { return };
            left = less;
            self.tests.add(outcome, || told.case());
        }
        let all = match outcome {
            Outcome::Passed => &mut self.tests.passed,
            Outcome::Failed => &mut self.tests.failed,
            Outcome::Errored => &mut self.tests.errored,
            Outcome::Skipped => &mut self.tests.skipped,
        };
        *all = all.saturating_add(left);
    }

    fn settle(mut self, reading: &mut Reading) {
        self.lost += u64::from(self.open.is_some() || self.announced);
        self.odd.settle(reading);
        if let Some(said) = self.broke.and_then(text::title) {
            let why = format!("cargo test did not run to its end. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        if self.lost > 0 {
            let binaries = counted(self.lost, "binary");
            let why =
                format!("{binaries} of tests did not come to a `test result:` of all its tests.");
            reading.doubt(Rule::Unreadable, why);
        }
        if self.failed && self.tests.failed == 0 {
            reading.doubt(Rule::ToolFailed, "cargo test ended as failed, though no test did.");
        }
        if self.filtered > 0 {
            reading.warn(format!("{} filtered out.", counted(self.filtered, "test")));
        }
        self.tests.suites = Some(self.binaries);
        self.tests.duration_s = (self.seconds > 0.0).then_some(self.seconds);
        ran::settle(reading, self.tests);
    }
}

/// Whether a line between two binaries says that one crashed, or could not be built.
fn breaks(line: &str) -> bool {
    ["error", "fatal runtime error", "process didn't exit successfully", "##[error]"]
        .iter()
        .any(|of| line.starts_with(of))
        || line.contains("(signal: ")
}

/// Whether cargo says, at its end, that tests failed.
fn tests_failed(line: &str) -> bool {
    let Some(said) = line.strip_prefix("error: ") else { return false };
    let targets = || said.split_once(' ').filter(|(count, _)| count.parse::<u64>().is_ok());
    ["test failed", "doctest failed"].iter().any(|of| said.starts_with(of))
        || targets().is_some_and(|(_, of)| of.starts_with("target") && of.contains("failed"))
}

/// Whether cargo says that it starts a binary of tests, or those of the documentation.
fn announces(line: &str) -> bool {
    ["     Running ", "   Doc-tests "].iter().any(|of| line.starts_with(of))
}

/// How many tests a binary says to run: `running 3 tests`.
fn running(line: &str) -> Option<u64> {
    let (count, of) = line.trim_end().strip_prefix("running ")?.split_once(' ')?;
    ["test", "tests"].contains(&of).then(|| count.parse().ok())?
}

/// What is told of a test: `test tests::adds ... ok`.
struct Told<'a> {
    name: &'a str,
    outcome: Outcome,
}

impl<'a> Told<'a> {
    fn of(line: &'a str) -> Option<Told<'a>> {
        let (name, how) = line.trim_end().strip_prefix("test ")?.split_once(" ... ")?;
        let how = how.split_once(" <").map_or(how, |(how, _)| how);
        let outcome = match how {
            "ok" => Outcome::Passed,
            "FAILED" => Outcome::Failed,
            how if how == "ignored" || how.starts_with("ignored, ") => Outcome::Skipped,
            _ => return None,
        };
        Some(Told { name, outcome })
    }

    fn case(&self) -> Case {
        let name = self.name.strip_suffix(" - should panic").unwrap_or(self.name);
        let documented = name.split_once(" - ").filter(|(_, of)| of.contains("(line "));
        let (file, name) = documented.map_or((None, name), |(file, of)| (Some(file), of));
        let (suite, own) = name.rsplit_once("::").unwrap_or(("", name));
        Case {
            name: own.to_owned(),
            suite: (!suite.is_empty()).then(|| suite.to_owned()),
            file: file.map(str::to_owned),
            outcome: self.outcome,
            duration_s: None,
            message: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const ONE: &str = "running 1 test\ntest a ... ok\n\n";

    fn result(how: &str, counts: [u64; 4]) -> String {
        let [passed, failed, ignored, filtered] = counts;
        format!(
            "test result: {how}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; {filtered} \
            filtered out; finished in 0.25s\n\n"
        )
    }

    #[test]
    fn a_binary_counts_by_its_sum() {
        let counts = |text: &str| {
            let tests = reading("libtest", text).facts.tests.unwrap();
            (tests.passed, tests.failed, tests.skipped, tests.suites)
        };
        let whole = format!("{ONE}{}", result("ok", [1, 0, 0, 0]));
        assert_eq!(counts(&format!("{whole}{whole}")), (2, 0, 0, Some(2)));
        let loud = format!(
            "running 2 tests\ntest a ... error: two\nerror: three\nok\n{}",
            result("ok", [1, 0, 1, 0])
        );
        assert_eq!(counts(&loud), (1, 0, 1, Some(1)));
        let failed =
            format!("running 1 test\ntest a ... FAILED\n{}", result("FAILED", [0, 1, 0, 0]));
        assert_eq!(counts(&failed), (0, 1, 0, Some(1)));
    }

    #[test]
    fn a_test_of_the_documentation_stands_in_its_file() {
        let text = format!(
            "   Doc-tests shop\n\nrunning 2 tests\ntest src/lib.rs - Cart (line 4) ... ok\n\
            test src/lib.rs - Cart::add (line 11) - compile fail ... FAILED\n{}",
            result("FAILED", [1, 1, 0, 0])
        );
        let tests = reading("libtest", &text).facts.tests.unwrap();
        let told = tests.cases.entries().last().unwrap();
        assert_eq!(told.file.as_deref(), Some("src/lib.rs"));
        assert_eq!(told.suite.as_deref(), Some("Cart"));
        assert_eq!(told.name, "add (line 11) - compile fail");
    }

    #[test]
    fn a_run_that_did_not_come_to_its_end_proves_nothing() {
        let whole = format!("{ONE}{}", result("ok", [1, 0, 0, 0]));
        proves(
            "libtest",
            &[
                (&whole, ""),
                (&format!("{whole}{ONE}"), "1 binary of tests did not come to"),
                (&format!("{ONE}{whole}"), "1 binary of tests did not come to"),
                (&whole.replace("1 passed", "0 passed"), "1 binary of tests did not come to"),
                (&whole.replace("a ... ok", "a ... FAILED"), "1 binary of tests did not come to"),
                (&format!("{whole}     Running tests/it.rs (target/it-1)\n"), "1 binary of tests"),
                (&format!("{whole}   Doc-tests shop\n\n{ONE}"), "1 binary of tests did not"),
                (
                    &format!("{whole}error: could not compile `b` (lib test)\n"),
                    "says: error: could not",
                ),
                (&format!("{whole}test b ... FAILED\n"), "ended as failed"),
                (&format!("{whole}  (signal: 6, SIGABRT)\n{whole}"), "did not run to its end"),
                (&whole.replace("0 failed", "0 failed; 3 crashed"), "1 binary of tests did not"),
                (&format!("{whole}error: test failed, to rerun pass `--lib`\n"), "ended as failed"),
                (&format!("{whole}error: 2 targets failed:\n    `--lib`\n"), "ended as failed"),
                (&whole.replace("ok. 1", "ok. 18446744073709551616"), "18446744073709551616"),
                (&format!("{ONE}{}", result("FAILED", [1, 0, 0, 0])), "ended as failed"),
                (&format!("running 0 tests\n\n{}", result("ok", [0, 0, 0, 3])), "0 tests"),
            ],
        );
        let part = format!("{ONE}{}", result("ok", [1, 0, 0, 3]));
        assert_eq!(reading("libtest", &part).warnings, ["3 tests filtered out."]);
    }
}
