//! The log of `meson test`, `meson-logs/testlog.json`: a line for each test program.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text, when,
};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct MesonTestlog;

impl Format for MesonTestlog {
    fn id(&self) -> &'static str {
        "meson-testlog"
    }

    fn about(&self) -> About {
        About {
            tool: "Meson (`meson-logs/testlog.json`)",
            recognised: "lines of `name`, `result`, `starttime`, `returncode` and `command`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`starttime`"),
            source: "https://mesonbuild.com/Unit-tests.html",
            clean: "At least 1 program ran and none failed.",
            vacuous: "All skipped; a test that was interrupted or has no end.",
            blank: Blanks::NONE,
            notes: &[
                "A test is a program, whatever it prints: of one that speaks TAP its points are not counted.",
                "As Meson has it, `EXPECTEDFAIL` (`should_fail`) has passed and `UNEXPECTEDPASS` has failed. `TIMEOUT`, `ERROR` and a word that is not known are errored.",
                "Benchmarks (`benchmarklog.json`) look the same and count as tests.",
                "Nothing at the end says that all programs ran: seal it with the exit code.",
                "The time at which the first program started is the log's.",
                "It holds the whole environment of each program: a report keeps no copy of it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.documents().first().is_some_and(is_of_a_program))
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let between = input.documents(|line: Line<'_>| run.take(&line))?;
        let mut reading = Reading::by(self.id(), "Meson");
        reading.secrets = true;
        between.settle(&mut reading);
        reading.produced_at = run.began;
        if run.unended > 0 {
            let why = format!("{} did not come to an end.", counted(run.unended, "test"));
            reading.doubt(Rule::Unreadable, why);
        }
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

fn is_of_a_program(shape: &Shape<'_>) -> bool {
    shape.has(&["name", "result", "starttime", "returncode", "command"])
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    name: Str<'a>,
    result: Str<'a>,
    #[serde(default)]
    starttime: Num,
    #[serde(default)]
    duration: Num,
    stdout: Option<Str<'a>>,
    stderr: Option<Str<'a>>,
}

#[derive(Default)]
struct Run {
    tests: Tests,
    /// Tests that were interrupted, or had not begun or ended when the log was written.
    unended: u64,
    began: Option<ProducedAt>,
}

impl Run {
    fn take(&mut self, line: &Line<'_>) {
        if let Some(began) = line.starttime.get().and_then(|seconds| when::millis(seconds * 1e3)) {
            when::older(&mut self.began, began);
        }
        let outcome = match &*line.result {
            "OK" | "EXPECTEDFAIL" => Outcome::Passed,
            "FAIL" | "UNEXPECTEDPASS" => Outcome::Failed,
            "SKIP" | "IGNORED" => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        self.unended +=
            u64::from(matches!(&*line.result, "INTERRUPT" | "PENDING" | "STARTING" | "RUNNING"));
        let seconds = line.duration.get();
        self.tests.duration_s = seconds.map(|own| own + self.tests.duration_s.unwrap_or(0.0));
        self.tests.add(outcome, || {
            let (suite, name) = line.name.rsplit_once(" / ").unwrap_or(("", &*line.name));
            let said = line.stderr.as_deref().or(line.stdout.as_deref());
            Case {
                name: name.to_owned(),
                suite: (!suite.is_empty()).then(|| suite.to_owned()),
                file: None,
                outcome,
                duration_s: seconds,
                message: said.and_then(text::excerpt),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn line(name: &str, result: &str) -> String {
        format!(
            r#"{{"name": "shop / {name}", "stdout": "", "result": "{result}", "starttime": 1795860509.1,
            "duration": 0.5, "returncode": 0, "env": {{}}, "command": ["sh"]}}"#
        )
        .replace('\n', "")
    }

    #[test]
    fn a_program_ended_as_meson_says() {
        for (result, counts) in [
            ("OK", [1, 0, 0, 0]),
            ("EXPECTEDFAIL", [1, 0, 0, 0]),
            ("FAIL", [0, 1, 0, 0]),
            ("UNEXPECTEDPASS", [0, 1, 0, 0]),
            ("TIMEOUT", [0, 0, 1, 0]),
            ("ERROR", [0, 0, 1, 0]),
            ("WHATEVER", [0, 0, 1, 0]),
            ("SKIP", [0, 0, 0, 1]),
        ] {
            let tests = reading("meson-testlog", &line("a", result)).facts.tests.unwrap();
            let found = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!(found, counts, "{result}");
        }
    }

    #[test]
    fn what_did_not_end_proves_nothing() {
        let of = |result: &str| format!("{}\n{}\n", line("a", "OK"), line("b", result));
        proves(
            "meson-testlog",
            &[(&of("OK"), ""), (&of("INTERRUPT"), "1 test did not come to an end")],
        );
    }
}
