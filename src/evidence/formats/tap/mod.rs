//! TAP, the Test Anything Protocol, versions 12 to 14: the points at the top level.

mod harness;
mod subtests;
mod trailer;
mod writer;

use std::collections::BTreeSet;

use self::harness::{Harness, Said};
use self::subtests::{Below, Subtests};
use self::trailer::Trailer;
use self::writer::Writer;
use crate::evidence::count::{self, OddCounts};
use crate::evidence::family::{node, ran};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct Tap;

impl Format for Tap {
    fn id(&self) -> &'static str {
        "tap"
    }

    fn about(&self) -> About {
        About {
            tool: "TAP (node --test, tap, prove, bats, pgTAP and others)",
            recognised: "`TAP version`, a plan `1..n`, or lines `ok n` and `not ok n`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://testanything.org/tap-version-14-specification.html",
            clean: "At least 1 point holds and none fails.",
            vacuous: "0 points, `1..0`; all skipped; no plan; fewer points than it says, or more; a number that stands twice; `Bail out!`; a summary that counts failures; a last line that tells of one; a test file that broke off, as prove or Test::More tells it; files of Node alone, of which no test ended.",
            blank: Blanks::NONE,
            notes: &[
                "Indented points are subtests and belong to the point after them, or to the one whose braces hold them; one that fails under a point that holds is told.",
                "A point that holds over subtests that were all skipped, and a suite of Node's without a test, are skipped; where some of a point's subtests were, `tests.skipped` is not told.",
                "`# fail 1`, `# cancelled 1` and `# Interrupted while running` at the end say of points that no longer stand there that they failed.",
                "In what `prove --verbose` prints, the `ok` under a file's points is prove's word on the file and no point; `Result: FAIL` over points that all hold proves nothing, and nor does `# Looks like your test exited with …`.",
                "A point to do is skipped, whether it holds or not; one that is skipped and does not hold has failed, but for cmocka, which writes what it skipped so.",
                "A `#` in a name is escaped, `\\#skip`, or stands in a word: it is no directive.",
                "Fewer points than the plan says, and `Bail out!`, mean that the run broke off. More of them, or two of one number, are another's.",
                "A hook of Mocha that failed has the number of the test that comes next: that number does not stand twice.",
                "What Mocha writes says nothing of a dry run (`--dry-run`), which runs no test: its reporter `json` does.",
                "Node lists a file of which no test ended (its code called `process.exit`, or it holds none) as a test that passed, by its path: it is none, and is told.",
                "AVA writes a test that is marked as one that fails (`test.failing`) and did as any that passed: nothing here tells the two apart, and what it is called by does not hold.",
                "Points that are all files by their whole paths, without a comment among them, are a linter's (ESLint, Stylelint, textlint, secretlint), and no tests.",
                "Of Qt Test `initTestCase()` and `cleanupTestCase()` are points where they did not pass. Where Qt 5 writes a point to do and another under its number, the last one counts.",
                "Of a failing `afterAll` Vitest's `tap-flat` and jasmine-reporters say nothing: seal the report with the exit code.",
                "Without a plan a file that was cut short looks whole.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let version = head.any(|line| line.trim_start().starts_with("TAP version "));
        let points = head.lines.iter().filter(|line| Point::of(line).is_some()).count();
        let is_idle = |line: &str| line.trim().is_empty() || line.starts_with('#');
        // Mocha writes the plan behind its comments where no test fits.
        let told = head.lines.iter().filter(|line| !is_idle(line));
        let planned = told.clone().take(3).any(|line| is_plan(line));
        let alone = told.clone().all(|line| is_plan(line));
        Fit::sure(version || planned && (points > 0 || alone)).max(Fit::likely(points > 1))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run {
            tests: input.tests(),
            writer: Writer::of(input.lines().map(|(_, line)| line)),
            ..Run::default()
        };
        let mut in_block = false;
        for (number, line) in input.lines() {
            // Indented text belongs to the point before it: YAML, or the points of a subtest.
            if line.starts_with([' ', '\t']) {
                in_block |= line.trim() == "---";
                in_block &= line.trim() != "...";
                if !in_block {
                    run.inner(line);
                }
                run.said(line);
                continue;
            }
            if !in_block {
                run.line(line.trim_end(), number);
            }
        }
        run.close();
        let mut reading = Reading::of(self.id());
        if let Some(why) = &run.bailed {
            reading.doubt(Rule::ToolFailed, format!("The run bailed out. It says: {why}"));
        }
        if run.overruled > 0 {
            let points = counted(run.overruled, "point");
            reading.warn(format!("{points} that hold over a subtest that fails."));
        }
        if run.tests.skips_uncounted > 0 {
            let subtests = counted(run.tests.skips_uncounted, "subtest");
            reading.warn(format!(
                "{subtests} below points that hold were skipped: `tests.skipped` is not told."
            ));
        }
        // node counts a script that holds no test by its file, and its other points by themselves.
        let by_node = run.trailer.is_of_node();
        let by_its_plan = by_node && run.planned == Some(run.tests.total());
        if !by_node {
            run.writer.settle(&mut reading, run.tests.total());
        }
        if let Some(number) = run.twice.filter(|_| !by_its_plan) {
            let why = format!("Number {number} stands twice: the points are of more than one run.");
            reading.doubt(Rule::Unreadable, why);
        }
        let is_plan_odd = run.odd.is_any();
        run.odd.settle(&mut reading);
        run.trailer.settle(&mut reading, run.tests.failed);
        run.harness.settle(&mut reading, run.tests.failed);
        let total = run.tests.total() + run.writer.set_ups();
        compare_with_plan(&mut reading, run.planned, total, is_plan_odd);
        if by_node {
            let files = leave_out(&run.files, &mut run.tests);
            node::files_without_tests(&mut reading, files, run.tests.total());
        }
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

/// Doubts a report with other points than planned, or without a plan.
fn compare_with_plan(reading: &mut Reading, planned: Option<u64>, total: u64, is_plan_odd: bool) {
    match planned {
        Some(planned) if planned != total && total > 0 => {
            let planned = counted(planned, "test");
            let why = format!("The plan says {planned}; the report holds {total}.");
            reading.doubt(Rule::Unreadable, why);
        }
        Some(_) => {}
        None if total > 0 && !is_plan_odd => {
            let why = "The report has no plan: whether tests are missing cannot be told.";
            reading.doubt(Rule::Unreadable, why);
        }
        None => {}
    }
}

/// Leaves out the files of which no test ended, as Node lists them; returns how many they are.
fn leave_out(files: &[String], tests: &mut Tests) -> u64 {
    let count = files.len() as u64;
    tests.passed = tests.passed.saturating_sub(count);
    tests.cases.take_out(|case| !files.contains(&case.name));
    count
}

/// The n of the plan `1..n`, which a reason to skip all may follow where it is 0.
fn planned(line: &str) -> Option<&str> {
    let count = line.strip_prefix("1..")?.split(['#', ' ']).next()?;
    // A test may print `1...`.
    count.starts_with(|c: char| c.is_ascii_digit()).then_some(count)
}

/// Whether a line is a plan.
fn is_plan(line: &str) -> bool {
    planned(line).is_some_and(|count| matches!(count::parse(count), Ok(Some(_))))
}

/// A test point.
struct Point<'a> {
    number: Option<u64>,
    held: bool,
    directive: Option<Directive>,
    outcome: Outcome,
    name: &'a str,
}

impl<'a> Point<'a> {
    fn of(line: &'a str) -> Option<Point<'a>> {
        let (held, rest) = match line.strip_prefix("not ok") {
            Some(rest) => (false, rest),
            None => (true, line.strip_prefix("ok")?),
        };
        // `ok  \tpackage` is go's, `okay` a word.
        let rest = match rest.strip_prefix(' ') {
            Some(rest) if !rest.starts_with([' ', '\t']) => rest,
            None if rest.is_empty() => rest,
            _ => return None,
        };
        let name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest.strip_suffix(name).and_then(|number| number.parse().ok());
        let name = name.trim_start();
        let name = name.strip_prefix("- ").unwrap_or(name);
        let (name, directive) = directive(name);
        let outcome = match (directive, held) {
            (Some(Directive::Todo), _) | (Some(Directive::Skip), true) => Outcome::Skipped,
            (None, true) => Outcome::Passed,
            // One that was skipped and then threw has failed, and its runner exits with 1.
            (None | Some(Directive::Skip), false) => Outcome::Failed,
        };
        Some(Point { number, held, directive, outcome, name })
    }

    /// Whether Mocha tells of a hook that failed, by the name that it gives one.
    fn is_failed_hook(&self) -> bool {
        const HOOKS: [&str; 4] = ["before all", "before each", "after all", "after each"];
        let named = |hook: &&str| self.name.contains(&format!("\"{hook}\" hook"));
        self.outcome == Outcome::Failed && HOOKS.iter().any(named)
    }
}

/// What stands behind the name of a point.
#[derive(Clone, Copy)]
enum Directive {
    Skip,
    Todo,
}

/// A point's name, and its directive: a word behind a `#` that stands by itself. One that is part of
/// the name is escaped, `\#`.
fn directive(name: &str) -> (&str, Option<Directive>) {
    let is_apart = |at: &usize| *at == 0 || name[..*at].ends_with(char::is_whitespace);
    let marks = name.match_indices('#').map(|(at, _)| at).filter(is_apart);
    let mut remark = None;
    for at in marks {
        let after = name[at + 1..].trim_start();
        let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let is_alone = after[end..].chars().next().is_none_or(|c| c.is_whitespace() || c == ':');
        let directive = match after[..end].to_ascii_uppercase().as_str() {
            "TODO" if is_alone => Directive::Todo,
            // TAP of old says `skipped` too; `#todo-list` may be a name, and excuses no failure.
            "SKIP" | "SKIPPED" | "TODO" => Directive::Skip,
            _ => {
                remark = Some(at);
                continue;
            }
        };
        return (name[..at].trim_end(), Some(directive));
    }
    (remark.map_or(name, |at| name[..at].trim_end()), None)
}

#[derive(Default)]
struct Run<'a> {
    tests: Tests,
    planned: Option<u64>,
    odd: OddCounts,
    bailed: Option<String>,
    /// The last point, to which what follows indented belongs.
    open: Option<Open<'a>>,
    /// Points without points of their own that hold, and are called as files are.
    files: Vec<String>,
    trailer: Trailer,
    writer: Writer,
    harness: Harness,
    /// The numbers of the points of this document.
    numbers: BTreeSet<u64>,
    /// The first number that stands twice.
    twice: Option<u64>,
    subtests: Subtests,
    /// Points that hold though one of their subtest fails.
    overruled: u64,
}

/// A point at the top whose end has not come.
struct Open<'a> {
    point: Point<'a>,
    /// The points before it; `None` where its own follow in braces.
    below: Option<Below>,
    said: String,
}

impl Open<'_> {
    /// How the point came out: one whose subtests were all skipped ran nothing, and nor did a suite
    /// of Node's that holds none.
    fn outcome(&self, below: Below) -> Outcome {
        let is_suite = || self.said.lines().any(|line| line.trim() == "type: 'suite'");
        match self.point.outcome {
            Outcome::Passed if below.are_all_skipped() => Outcome::Skipped,
            Outcome::Passed if below.is_empty() && is_suite() => Outcome::Skipped,
            outcome => outcome,
        }
    }
}

impl<'a> Run<'a> {
    fn line(&mut self, line: &'a str, number: usize) {
        match self.harness.line(line) {
            Said::File => return self.numbers.clear(),
            Said::Verdict => return,
            Said::Other => {}
        }
        if let Some(mut point) = Point::of(line) {
            self.writer.heed(&mut point);
            self.trailer = Trailer::default();
            let writer = &self.writer;
            let before = self.open.take_if(|open| writer.is_replaced(&open.point, &point));
            self.close();
            let below = if opens(line) { None } else { Some(self.subtests.take()) };
            if before.is_none() {
                self.note(&point, below);
            }
            self.open = Some(Open { point, below, said: String::new() });
        } else if let Some(planned) = planned(line) {
            let planned = self.odd.take(planned, || format!("The plan at line {number}"));
            self.planned = ran::declared([self.planned, planned]);
            self.numbers.clear();
        } else if let Some(why) = line.strip_prefix("Bail out!") {
            self.bailed = Some(text::title(why).unwrap_or_else(|| "nothing".to_owned()));
        } else {
            self.trailer.line(line, number);
        }
    }

    /// Takes a line of a subtest.
    fn inner(&mut self, line: &str) {
        let inner = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some(point) = Point::of(inner) {
            self.subtests.point(indent, point.outcome, opens(inner));
        } else if inner == "}" {
            self.subtests.end(indent);
        }
    }

    fn note(&mut self, point: &Point<'_>, below: Option<Below>) {
        let is_bare = below.is_some_and(Below::is_empty);
        if is_bare && point.outcome == Outcome::Passed && node::is_file(point.name) {
            self.files.push(point.name.to_owned());
        }
        // Mocha gives a hook that failed the number of the test that comes next.
        if point.is_failed_hook() {
            return;
        }
        if let Some(number) = point.number.filter(|number| !self.numbers.insert(*number)) {
            self.twice.get_or_insert(number);
        }
    }

    fn said(&mut self, line: &str) {
        if let Some(open) = &mut self.open
            && open.said.len() < 4_000
        {
            open.said.push_str(line);
            open.said.push('\n');
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let below = open.below.unwrap_or_else(|| self.subtests.take());
        let outcome = open.outcome(below);
        if self.writer.is_set_up(open.point.name, outcome) {
            return;
        }
        if below.is_empty() {
            self.writer.note(open.point.name);
        }
        if outcome == Outcome::Passed {
            self.overruled += u64::from(below.failed > 0);
            self.tests.skips_uncounted += below.skipped;
        }
        self.tests.add(outcome, || Case {
            name: open.point.name.replace("\\#", "#"),
            suite: None,
            file: None,
            outcome,
            duration_s: None,
            message: text::excerpt(&open.said),
        });
    }
}

/// Whether the points of a point follow in braces.
fn opens(line: &str) -> bool {
    line.ends_with(" {")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn points_that_the_plan_does_not_know_prove_nothing() {
        proves(
            "tap",
            &[
                ("TAP version 13\n1..2\nok 1 - a\nok 2 - b\n", ""),
                ("TAP version 13\n1..2\nok - a\nok - b\n", ""),
                ("1..0\n", "holds 0 tests"),
                ("\n# tests 0\n# pass 0\n# fail 0\n1..0\n", "holds 0 tests"),
                ("1..0 # SKIP no database\n", "holds 0 tests"),
                (
                    "TAP version 13\n1..1\nok 1 - a\nok 2 - b\n",
                    "plan says 1 test; the report holds 2",
                ),
                ("TAP version 13\n1..2\nok 1 - a\nok 1 - b\n", "Number 1 stands twice"),
                ("TAP version 13\nok 1 - a\nok 1 - b.mjs\n1..2\n# tests 2\n# duration_ms 9\n", ""),
                (
                    "TAP version 13\nok 1 - a\nok 1 - b.mjs\n1..3\n# tests 3\n# duration_ms 9\n",
                    "Number 1 stands twice",
                ),
                ("not ok 1 shop \"before all\" hook\nok 1 a\nok 2 b\n1..3\n", ""),
                ("ok 1 shop \"before all\" hook\nok 1 a\n1..2\n", "Number 1 stands twice"),
                ("TAP version 13\nok 1 - a\n1..1\nTAP version 13\nok 1 - b\n1..1\n", ""),
            ],
        );
    }

    #[test]
    fn a_point_over_a_subtest_that_fails_is_told() {
        let report = |inner: &str| {
            format!("TAP version 14\n# Subtest: x\n    {inner}\n    1..1\nok 1 - x\n1..1\n")
        };
        let told = |inner: &str| reading("tap", &report(inner)).warnings.len();
        assert_eq!(told("not ok 1 - inner"), 1);
        assert_eq!(told("not ok 1 - inner # TODO later"), 0);
        assert_eq!(told("ok 1 - inner"), 0);
    }

    #[test]
    fn points_over_subtests_that_were_skipped_ran_nothing() {
        let node = |inner: &str| {
            let suite = "ok 1 - s\n  ---\n  type: 'suite'\n  ...\n1..1\n";
            format!("TAP version 13\n# Subtest: s\n{inner}    1..1\n{suite}# duration_ms 9\n")
        };
        let vitest = |inner: &str| format!("TAP version 13\n1..1\nok 1 - a.js {{\n{inner}}}\n");
        let skipped = "    ok 1 - a # SKIP\n";
        let nested = "    ok 1 - pay # SKIP {\n        ok 1 - a # SKIP\n    }\n";
        let one_of_two = format!("{nested}    ok 2 - b\n");
        proves(
            "tap",
            &[
                (&node(skipped), "only test was skipped"),
                (&node(""), "only test was skipped"),
                (&node("    ok 1 - a\n"), ""),
                (&vitest(nested), "only test was skipped"),
                (&vitest(&one_of_two), ""),
            ],
        );
        let told = |text: &str| reading("tap", text).facts.tests.unwrap().skips_uncounted;
        assert_eq!(told(&vitest(&one_of_two)), 1);
        assert_eq!(told(&node("    ok 1 - a\n")), 0);
    }

    #[test]
    fn points_are_told_from_other_lines() {
        for (line, expected) in [
            ("ok 1 - adds", Some((Outcome::Passed, "adds"))),
            ("not ok 2 takes a voucher # TODO later", Some((Outcome::Skipped, "takes a voucher"))),
            ("ok", Some((Outcome::Passed, ""))),
            ("not ok 3 - item #4 fails", Some((Outcome::Failed, "item"))),
            (
                "not ok 4 - accepts \\#skip anchors",
                Some((Outcome::Failed, "accepts \\#skip anchors")),
            ),
            ("not ok 5 - keeps C#todo lists", Some((Outcome::Failed, "keeps C#todo lists"))),
            ("not ok 6 - # TODOs are kept", Some((Outcome::Failed, ""))),
            ("not ok 7 - throws # SKIP not here", Some((Outcome::Failed, "throws"))),
            ("ok 8 - waits # skip: no database", Some((Outcome::Skipped, "waits"))),
            ("ok 9 - waits # SKIP no database # time=2ms", Some((Outcome::Skipped, "waits"))),
            ("ok 10 - adds # time=2ms", Some((Outcome::Passed, "adds"))),
            ("ok 11 - waits # skip-db", Some((Outcome::Skipped, "waits"))),
            ("ok 12 - keeps #todo-lists", Some((Outcome::Skipped, "keeps"))),
            ("not ok 13 - keeps #todo-lists", Some((Outcome::Failed, "keeps"))),
            ("ok  \texample.com/shop\t0.3s", None),
            ("okay then", None),
        ] {
            let point = Point::of(line).map(|point| (point.outcome, point.name));
            assert_eq!(point, expected, "{line}");
        }
    }
}
