//! "Ran and found nothing" told apart from "did not run": one table, a row a format.
//!
//! The columns say what a file that holds nothing means where its format is *named*; without a
//! name such a file is ambiguous, whatever the row says. The sentences go into the book.

use super::sniff::Blank;

/// What a file that holds nothing means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The tool ran and found nothing.
    Clean,
    /// The tool looked at nothing.
    Vacuous,
    /// The tool prints this on success, and where it never ran.
    Silent,
    /// The tool does not write it.
    Never,
}

/// What a format's runs look like that found nothing, and those that did nothing.
#[derive(Debug, Clone, Copy)]
pub struct Vacuity {
    /// The format's id.
    pub format: &'static str,
    /// What an empty file means.
    pub file: Means,
    /// What `[]` means.
    pub list: Means,
    /// What `{}` means.
    pub map: Means,
    /// What `null` means.
    pub null: Means,
    /// What an honest run that found nothing looks like.
    pub clean: &'static str,
    /// What proves nothing; for a blank file the reason that is given.
    pub vacuous: &'static str,
}

impl Vacuity {
    pub(super) fn of(&self, blank: Blank) -> Means {
        match blank {
            Blank::File => self.file,
            Blank::List => self.list,
            Blank::Map => self.map,
            Blank::Null => self.null,
        }
    }

    const fn silent(mut self) -> Vacuity {
        self.file = Means::Silent;
        self
    }

    const fn list(mut self, means: Means) -> Vacuity {
        self.list = means;
        self
    }

    const fn map(mut self, means: Means) -> Vacuity {
        self.map = means;
        self
    }

    const fn null(mut self, means: Means) -> Vacuity {
        self.null = means;
        self
    }
}

const fn row(format: &'static str, clean: &'static str, vacuous: &'static str) -> Vacuity {
    let never = Means::Never;
    Vacuity { format, file: never, list: never, map: never, null: never, clean, vacuous }
}

/// The row of a format.
pub(super) fn row_of(format: &str) -> Option<&'static Vacuity> {
    VACUITY.iter().find(|row| row.format == format)
}

/// The formats whose tools write this blank document.
pub(super) fn writers_of(blank: Blank) -> Vec<&'static str> {
    let writes = |row: &&Vacuity| row.of(blank) != Means::Never;
    VACUITY.iter().filter(writes).map(|row| row.format).collect()
}

/// Every format's row, by id.
pub const VACUITY: &[Vacuity] = &[
    row(
        "github-check",
        "`conclusion` is `success`.",
        "Nothing here: a check that is not completed has no conclusion, which is judged.",
    ),
    row("github-deployment", "`state` is `success`.", "A list without a deployment.")
        .list(Means::Vacuous),
    row("github-workflow-job", "Every job's `conclusion` is `success`.", "A list without a job."),
    row("github-workflow-run", "`conclusion` is `success`.", "A list without a run."),
    row(
        "json",
        "Whatever the condition over `data` says.",
        "Nothing here: what the document must hold is for the condition to say.",
    )
    .list(Means::Clean)
    .map(Means::Clean)
    .null(Means::Clean),
    row(
        "junit",
        "At least 1 case ran and none failed.",
        "0 cases, whatever the header declares; all cases skipped.",
    ),
    row(
        "k6-summary",
        "Requests or iterations were made and not all of them failed.",
        "0 iterations and 0 requests; every request failed.",
    ),
    row(
        "npm-audit",
        "`vulnerabilities` is there and empty.",
        "`error` in place of a result: the registry or the lock file could not be read.",
    ),
    row(
        "sarif",
        "A run with an empty `results` list and no failed invocation.",
        "`runs: []`; a run without `results`; `executionSuccessful: false`; a notification of level error.",
    ),
    row(
        "toml",
        "Whatever the condition over `data` says.",
        "Nothing here: what the document must hold is for the condition to say.",
    ),
    row(
        "tsc",
        "An empty output, vouched for by the exit code or the CI step.",
        "The compiler did not start: TS5xxx, TS6053, TS18003 without a file.",
    )
    .silent(),
    row(
        "yaml",
        "Whatever the condition over `data` says.",
        "Nothing here: what the document must hold is for the condition to say.",
    ),
];
