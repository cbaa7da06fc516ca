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

/// The sentence of formats whose files are judged by what they hold alone.
macro_rules! nothing_here {
    ($what:literal) => {
        concat!("Nothing here: ", $what)
    };
}

/// Every format's row, by id.
pub const VACUITY: &[Vacuity] = &[
    row(
        "checkov",
        "Checks were made and none failed.",
        "A flat summary, 0 checks; parsing errors and 0 checks.",
    ),
    row(
        "checkstyle",
        "The root is closed and no file has an error.",
        "An `<exception>`: a file could not be checked.",
    ),
    row("clover", "Statements are counted.", "0 lines of code."),
    row(
        "cobertura",
        "Lines are counted.",
        "0 lines of code, which some writers call `line-rate=\"1\"`.",
    ),
    row("conftest", "Policies were evaluated and none failed.", "0 policies evaluated.")
        .list(Means::Vacuous),
    row("ctrf", "At least 1 test ran and none failed.", "0 tests; all skipped."),
    row(
        "cyclonedx-json",
        "Components are listed, and `vulnerabilities` is empty.",
        "0 components and 0 vulnerabilities.",
    ),
    row(
        "cyclonedx-xml",
        "Components are listed, and `vulnerabilities` is empty.",
        "0 components and 0 vulnerabilities.",
    ),
    row("dependency-check", "Dependencies are listed and none is vulnerable.", "0 dependencies."),
    row("dockle", "Checks passed and no detail is FATAL, WARN or INFO.", "0 checks."),
    row(
        "eslint-json",
        "Files are listed, and none has a message.",
        "`[]`, or only files that it ignored: ESLint looked at 0 files.",
    )
    .list(Means::Vacuous),
    row("gcovr-json", "Lines are counted.", "0 lines of code."),
    row(
        "github-alert",
        "`[]`, or only alerts that are not open.",
        "An event, or one alert by itself: it says nothing of others.",
    )
    .list(Means::Clean),
    row(
        "github-check",
        "`conclusion` is `success`.",
        "A list without a check; a page that is cut off.",
    ),
    row("github-deployment", "`state` is `success`.", "A list without a deployment.")
        .list(Means::Vacuous),
    row(
        "github-workflow-job",
        "Every job's `conclusion` is `success`.",
        "A list without a job; a page that is cut off.",
    ),
    row(
        "github-workflow-run",
        "`conclusion` is `success`.",
        "A list without a run; a list of several workflows' runs.",
    ),
    row(
        "gitlab-codequality",
        "`[]`: only findings are listed.",
        nothing_here!("the report lists findings, or none."),
    )
    .list(Means::Clean),
    row(
        "gitlab-security",
        "`vulnerabilities` is empty and `scan.status` is no failure.",
        "`scan.status: failure`; a message of level fatal.",
    ),
    row(
        "gitleaks",
        "`[]`, and `null` of version 7.",
        nothing_here!("Gitleaks writes a list of leaks, or none."),
    )
    .list(Means::Clean)
    .null(Means::Clean),
    row("go-cover", "Statements are counted.", "0 statements."),
    row(
        "go-test-json",
        "At least 1 test ran and none failed.",
        "0 tests; all skipped; a package that failed without a failed test; a stream that ends early.",
    ),
    row(
        "govulncheck",
        "`config`, messages about the scan, and no `finding`.",
        "Messages without `config`: the beginning is missing; `config` and no other message.",
    ),
    row(
        "grafana-dashboard",
        "Panels are there.",
        nothing_here!("a dashboard without panels says so in `dashboards.panels`."),
    ),
    row(
        "grype",
        "`matches` is there and empty.",
        nothing_here!("Grype refuses to run without something to scan."),
    ),
    row(
        "hadolint-json",
        "`[]`: only findings are listed.",
        nothing_here!("hadolint refuses to run without a file."),
    )
    .list(Means::Clean),
    row(
        "in-toto-attestation",
        "A statement with subjects.",
        "A statement about 0 subjects; statements that disagree.",
    ),
    row("istanbul-final", "Statements are counted.", "0 lines of code."),
    row(
        "istanbul-summary",
        "Lines are counted.",
        "0 lines of code, which Istanbul calls `Unknown` or 100 %.",
    ),
    row("jacoco", "Lines are counted.", "0 lines of code."),
    row(
        "jest-json",
        "At least 1 test ran and none failed.",
        "0 tests; all skipped; a suite that failed to load; an interrupted run; `success: false` without a failed test.",
    ),
    row(
        "jmeter-csv",
        "Requests were made and not all failed.",
        "0 requests; every request failed.",
    ),
    row(
        "jmeter-xml",
        "Requests were made and not all failed.",
        "0 requests; every request failed.",
    ),
    row(
        "json",
        "Whatever the condition over `data` says.",
        nothing_here!("what the document must hold is for the condition to say."),
    )
    .list(Means::Clean)
    .map(Means::Clean)
    .null(Means::Clean),
    row(
        "junit",
        "At least 1 case ran and none failed.",
        "0 cases, whatever the header declares; all cases skipped; a suite that failed to load; fewer failures than declared.",
    ),
    row(
        "k6-summary",
        "Requests or iterations were made and not all of them failed.",
        "0 iterations and 0 requests; every request failed.",
    ),
    row("kube-bench", "Checks passed and none failed.", "0 checks that passed or failed.")
        .list(Means::Vacuous),
    row("kube-linter", "`Checks` are listed and `Reports` is null or empty.", "0 checks."),
    row("kube-score", "Checks were made and all passed.", "0 checks.")
        .list(Means::Vacuous)
        .null(Means::Vacuous),
    row(
        "kubeconform",
        "`summary` counts valid resources and no other.",
        "0 resources validated; no resource and no `summary`.",
    ),
    row("lcov", "Lines are counted.", "0 lines of code."),
    row(
        "lighthouse",
        "Audits carry numbers.",
        "`runtimeError`: the page did not load; no number at all.",
    ),
    row("llvm-cov-json", "Lines are counted.", "0 lines of code."),
    row(
        "locust-csv",
        "Requests were made and not all failed.",
        "0 requests; every request failed.",
    ),
    row("mocha-json", "At least 1 test ran and none failed.", "0 tests; all pending."),
    row(
        "mochawesome",
        "At least 1 test ran and none failed.",
        "0 tests, though hooks ran; all pending.",
    ),
    row(
        "npm-audit",
        "`vulnerabilities` is there and empty.",
        "`error` in place of a result: the registry or the lock file could not be read; 0 dependencies.",
    ),
    row(
        "nunit",
        "At least 1 case ran and none failed.",
        "0 cases; all skipped; an assembly that could not be loaded.",
    ),
    row("openvex", "Every statement says `not_affected` or `fixed`.", "0 statements."),
    row(
        "osv-scanner",
        "`results` is there and empty.",
        nothing_here!("OSV-Scanner refuses to run where it finds no package."),
    )
    .silent(),
    row(
        "pip-audit",
        "Packages are listed and none has `vulns`.",
        "0 packages audited: `dependencies: []`, `[]`, or all skipped.",
    )
    .list(Means::Vacuous),
    row(
        "playwright-json",
        "At least 1 test ran and none failed.",
        "0 tests; all skipped; `errors` outside tests.",
    ),
    row(
        "pmd",
        "The root is closed and no file has a violation.",
        "`<error>` elements and no violation: files could not be analysed.",
    ),
    row(
        "pnpm-audit",
        "`advisories` is there and empty.",
        "0 dependencies; an `error`.",
    ),
    row(
        "prometheus-api",
        "`status: success`; an empty list of alerts means that none fires.",
        "`status: error`; `warnings`; 0 active targets; a sample that is `NaN` or infinite.",
    ),
    row("prometheus-rules", "Rules are listed.", "0 rules."),
    row(
        "pytest-json-report",
        "At least 1 test ran and none failed.",
        "0 tests; all skipped; a collector that failed; an exit code that no failed test explains.",
    ),
    row(
        "sarif",
        "A run with an empty `results` list and no failed invocation.",
        "`runs: []`; a run without `results`; `executionSuccessful: false`; a notification of level error.",
    ),
    row(
        "semgrep",
        "`results` is empty and `paths.scanned` names files.",
        "0 files scanned, or none named; errors and nothing scanned; an error of level error and no result.",
    ),
    row(
        "slsa-provenance",
        "A statement with subjects.",
        "A statement about 0 subjects; statements that disagree.",
    ),
    row(
        "snyk",
        "`vulnerabilities` is empty over a `dependencyCount`.",
        "`ok: false` beside `error`, or beside an empty list; 0 dependencies.",
    )
    .list(Means::Vacuous),
    row("spdx-json", "Packages are listed.", "0 packages."),
    row("spdx-tag-value", "Packages are listed.", "0 packages."),
    row(
        "spotbugs",
        "The root is closed without a bug.",
        "`FindBugsSummary` of 0 classes, or of more bugs than are listed; errors and no bug.",
    ),
    row(
        "stylelint-json",
        "Files are listed and none has a warning.",
        "`[]`, or only files that it ignored: Stylelint looked at 0 files; an option that it does not know.",
    )
    .list(Means::Vacuous),
    row(
        "tap",
        "At least 1 point holds and none fails.",
        "0 points, `1..0`; all skipped; no plan; fewer points than it says; `Bail out!`.",
    ),
    row("tfsec", "`results: null`.", nothing_here!("tfsec writes `null` for a clean run.")),
    row(
        "toml",
        "Whatever the condition over `data` says.",
        nothing_here!("what the document must hold is for the condition to say."),
    ),
    row(
        "trivy",
        "Targets are listed without findings; of an image, no `Results` at all.",
        "No target; `[]` and `null` of versions before 0.20.",
    )
    .list(Means::Vacuous)
    .null(Means::Vacuous),
    row(
        "trufflehog",
        "An empty output, vouched for; `[]` of trufflehog3.",
        nothing_here!("TruffleHog writes leaks, or nothing."),
    )
    .silent()
    .list(Means::Clean),
    row(
        "trx",
        "At least 1 result passed and none failed.",
        "0 results; all not executed; a run that failed without a failed test.",
    ),
    row(
        "tsc",
        "An empty output, vouched for by the exit code or the CI step.",
        "The compiler did not start: TS5xxx, TS6053, TS18003 without a file; it crashed, or the output is cut.",
    )
    .silent(),
    row(
        "vitest-json",
        "At least 1 test ran and none failed.",
        "0 tests; all skipped; a file that failed to load; `success: false` without a failed test.",
    ),
    row(
        "xunit",
        "At least 1 test ran and none failed.",
        "0 tests; all skipped; errors outside tests.",
    ),
    row(
        "yaml",
        "Whatever the condition over `data` says.",
        nothing_here!("what the document must hold is for the condition to say."),
    ),
    row(
        "yarn-audit",
        "Yarn 1: a summary over dependencies and no advisory line.",
        "No summary: cut off; 0 dependencies; an `error` line.",
    )
    .silent(),
    row(
        "zap",
        "A site with an empty list of alerts.",
        "No site: nothing was scanned; a site without its list of alerts.",
    ),
];
