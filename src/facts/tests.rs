//! `tests`: what a test runner ran.

use super::print::Print;
use super::shards::Shards;
use super::{Conflict, Entry, Field, Group, Listing, Optional, Type, Unit, Value};

/// The outcome of a test case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It ran and held.
    Passed,
    /// An assertion of it did not hold.
    Failed,
    /// It could not run to its end.
    Errored,
    /// It did not run.
    Skipped,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 4] =
        [Outcome::Passed, Outcome::Failed, Outcome::Errored, Outcome::Skipped];

    /// The word used in conditions and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Errored => "errored",
            Outcome::Skipped => "skipped",
        }
    }
}

/// One test case.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its own name.
    pub name: String,
    /// The suite or class it stands in.
    pub suite: Option<String>,
    /// The source file, as the tool names it.
    pub file: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub duration_s: Option<f64>,
    /// What a failed case says, its first lines.
    pub message: Option<String>,
}

/// What tells one case from another, as it stands in its report.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Its own name.
    pub name: &'a str,
    /// The suite or class it stands in.
    pub suite: Option<&'a str>,
    /// The source file.
    pub file: Option<&'a str>,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub duration_s: Option<f64>,
}

impl Case {
    fn as_told(&self) -> Told<'_> {
        Told {
            name: &self.name,
            suite: self.suite.as_deref(),
            file: self.file.as_deref(),
            outcome: self.outcome,
            duration_s: self.duration_s,
        }
    }
}

impl Entry for Case {
    const OPTIONAL: &'static [Optional<Case>] = &[
        ("suite", |case| case.suite.is_some()),
        ("file", |case| case.file.is_some()),
        ("duration_s", |case| case.duration_s.is_some()),
    ];

    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Case { name, suite, file, message, .. } = self;
        let more = [suite, file, message].into_iter().flatten();
        std::iter::once(name).chain(more)
    }

    fn value(&self) -> Value {
        Value::record([
            ("name", Value::text(&self.name)),
            ("suite", Value::maybe_text(self.suite.as_deref())),
            ("file", Value::maybe_text(self.file.as_deref())),
            ("outcome", Value::text(self.outcome.word())),
            ("duration_s", self.duration_s.map_or(Value::Null, Value::Double)),
        ])
    }
}

/// Counts that some of several reports tell: the whole is no less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InPart {
    flaky: Option<u64>,
    suites: Option<u64>,
    /// Whether any tells how long it took.
    timed: bool,
}

/// Counted cases; `total` is their sum, never what a header declares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tests {
    /// Cases that ran and held.
    pub passed: u64,
    /// Cases whose assertions failed.
    pub failed: u64,
    /// Cases that could not run to their end.
    pub errored: u64,
    /// Cases that did not run.
    pub skipped: u64,
    /// What was skipped and is in no count, such as a part of a case that passed: `skipped` is not
    /// told then.
    pub skips_uncounted: u64,
    /// Cases that passed only on a retry (they count as passed); `None` where the report would not
    /// tell.
    pub flaky: Option<u64>,
    /// Suites, where the format has them.
    pub suites: Option<u64>,
    /// What those tell of several reports that tell of flaky cases, or of suites, where not all do.
    pub told_in_part: InPart,
    /// The run's own time in seconds.
    pub duration_s: Option<f64>,
    /// Which parts of a run the report is of, where it says that it is one.
    pub shards: Shards,
    /// The cases: the failed and errored ones, or all where a condition asks.
    pub cases: Listing<Case>,
    /// What its cases are, those too that are not kept.
    pub print: Print,
}

impl Tests {
    /// All cases.
    pub fn total(&self) -> u64 {
        [self.passed, self.failed, self.errored, self.skipped]
            .into_iter()
            .fold(0, u64::saturating_add)
    }

    /// How many parts of the runs are not here; `None` where no report says that it is a part.
    pub fn shards_missing(&self) -> Option<u64> {
        self.shards.missing()
    }

    /// Notes that the report tells of retries, and how many cases passed on one.
    pub fn add_flaky(&mut self, count: u64) {
        self.flaky = Some(self.flaky.unwrap_or(0).saturating_add(count));
    }

    /// Takes what `other`, of the same run as `counted`, tells besides: which part of the run it is of, what
    /// was skipped without a count, and more retries. None of it is hidden by counting a run once.
    pub fn tell_besides(&mut self, counted: &Tests, other: &Tests) {
        self.shards.join(&other.shards);
        self.skips_uncounted = self.skips_uncounted.saturating_add(other.skips_uncounted);
        if let (Some(flaky), Some(told), Some(more)) = (self.flaky, counted.flaky, other.flaky) {
            self.flaky = Some(flaky.saturating_add(more.saturating_sub(told)));
        } else if let Some(more) = other.flaky {
            let more = more.saturating_sub(counted.flaky.unwrap_or(0));
            self.told_in_part.flaky = sum_of_any(self.flaky_in_part(), Some(more));
        }
        self.told_in_part.suites = self.suites_in_part().max(other.suites_in_part());
        self.told_in_part.timed |= other.is_timed_in_part();
    }

    /// Takes retries that tell of so many flaky cases, where not every report tells of its own.
    pub fn are_flaky_at_least(&mut self, count: u64) {
        if self.flaky.is_none() && count > 0 {
            self.told_in_part.flaky = self.flaky_in_part().max(Some(count));
        }
    }

    /// At least how many there are of what not every report tells; `None` where none does.
    pub(super) fn part(&self, figure: &str) -> Option<u64> {
        match figure {
            "flaky" => self.flaky_in_part(),
            "suites" => self.suites_in_part(),
            "skipped" => Some(self.skipped),
            _ => None,
        }
    }

    fn flaky_in_part(&self) -> Option<u64> {
        self.flaky.or(self.told_in_part.flaky)
    }

    fn suites_in_part(&self) -> Option<u64> {
        self.suites.or(self.told_in_part.suites)
    }

    fn is_timed_in_part(&self) -> bool {
        self.duration_s.is_some() || self.told_in_part.timed
    }

    /// Counts what was skipped and is in no count, with a case that stands for it.
    pub fn count_skips(&mut self) {
        let skips = std::mem::take(&mut self.skips_uncounted);
        self.skipped = self.skipped.saturating_add(skips);
        if skips > 0 {
            self.cases.push_quiet(|| Case {
                name: String::new(),
                suite: None,
                file: None,
                outcome: Outcome::Skipped,
                duration_s: None,
                message: None,
            });
        }
    }

    /// Counts a case, and keeps it where it is worth showing.
    pub fn add(&mut self, outcome: Outcome, case: impl FnOnce() -> Case) {
        let case = case();
        self.print.add(&case.as_told());
        self.count(outcome, || case);
    }

    /// As `add`, for a reader that has told `print` of the case itself: most cases are not kept, and
    /// need not be made.
    pub fn count(&mut self, outcome: Outcome, case: impl FnOnce() -> Case) {
        match outcome {
            Outcome::Passed => {
                self.passed += 1;
                self.cases.push_quiet(case);
            }
            Outcome::Skipped => {
                self.skipped += 1;
                self.cases.push_quiet(case);
            }
            Outcome::Failed => {
                self.failed += 1;
                self.cases.push(case);
            }
            Outcome::Errored => {
                self.errored += 1;
                self.cases.push(case);
            }
        }
    }
}

/// The sum of what is known of two counts.
fn sum_of_any(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    super::sum(a, b).or(a).or(b)
}

pub(super) const FIELDS: &[Field] = &[
    Field::count("total", "All cases: passed, failed, errored and skipped."),
    Field::count("passed", "Cases that ran and held, on a retry too."),
    Field::count("failed", "Cases whose assertions failed; errored ones are not among them."),
    Field::count("errored", "Cases that could not run to their end."),
    Field::count(
        "skipped",
        "Cases that did not run: skipped, pending, to do. Not told where something was skipped that is no case of its own.",
    ),
    Field::count(
        "flaky",
        "Cases that passed only on a retry. Absent where the report would not tell.",
    ),
    Field::count("suites", "Suites, as the format counts them."),
    Field::double("duration_s", Unit::Seconds, "How long the run took."),
    Field::count(
        "shards_missing",
        "How many shards of the run no artifact is of. Absent where no report is of a shard.",
    ),
    Field::new("cases", Type::List(&Type::Record(CASE)), "Every case."),
];

const CASE: &[Field] = &[
    Field::new("name", Type::Text, "The case's own name."),
    Field::new("suite", Type::Text, "The suite or class it stands in."),
    Field::new("file", Type::Text, "The source file, as the tool names it."),
    Field::new("outcome", Type::Text, "`passed`, `failed`, `errored` or `skipped`."),
    Field::double("duration_s", Unit::Seconds, "How long it took."),
];

impl Group for Tests {
    fn merge(&mut self, other: &Tests) -> Result<(), Conflict> {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
        self.errored = self.errored.saturating_add(other.errored);
        self.skipped = self.skipped.saturating_add(other.skipped);
        self.skips_uncounted = self.skips_uncounted.saturating_add(other.skips_uncounted);
        self.told_in_part = InPart {
            flaky: sum_of_any(self.flaky_in_part(), other.flaky_in_part()),
            suites: sum_of_any(self.suites_in_part(), other.suites_in_part()),
            timed: self.is_timed_in_part() || other.is_timed_in_part(),
        };
        self.flaky = super::sum(self.flaky, other.flaky);
        self.suites = super::sum(self.suites, other.suites);
        self.duration_s = match (self.duration_s, other.duration_s) {
            (Some(a), Some(b)) => Some(a + b),
            _ => None,
        };
        self.shards.join(&other.shards);
        self.print.join(&other.print);
        self.cases.append(&other.cases);
        Ok(())
    }

    fn close(&mut self) {
        self.cases.close();
    }

    fn forget_shown(&mut self) {
        self.cases.forget_shown();
    }

    fn value(&self) -> Value {
        self.figures().with("cases", self.cases.value())
    }

    fn figures(&self) -> Value {
        // What some of several reports tell is neither there nor not.
        let or_open = |told: Option<Value>, open: bool| {
            told.unwrap_or(if open { Value::Untold } else { Value::Null })
        };
        let count = |told: Option<u64>, in_part: Option<u64>| {
            or_open(told.map(Value::count), in_part.is_some())
        };
        Value::record([
            ("total", Value::count(self.total())),
            ("passed", Value::count(self.passed)),
            ("failed", Value::count(self.failed)),
            ("errored", Value::count(self.errored)),
            (
                "skipped",
                if self.skips_uncounted > 0 { Value::Untold } else { Value::count(self.skipped) },
            ),
            ("flaky", count(self.flaky, self.flaky_in_part())),
            ("suites", count(self.suites, self.suites_in_part())),
            ("duration_s", or_open(self.duration_s.map(Value::Double), self.is_timed_in_part())),
            ("shards_missing", self.shards_missing().map_or(Value::Null, Value::count)),
        ])
    }
}
