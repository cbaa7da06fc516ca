//! Linters and scanners that write JUnit XML: their cases are files and rules, and no tests.

use std::borrow::Cow;

use super::attributes::Attributes;
use super::case::OpenCase;
use super::suite::Suite;
use super::{bandit, cpplint, pylint};
use crate::evidence::count::OddCounts;
use crate::evidence::xml::Tag;
use crate::evidence::{Broken, text};
use crate::facts::{Finding, Findings, Grade, Level, Outcome};
use crate::model::Rule;

/// What an element of a report calls itself.
#[derive(Default)]
pub(super) struct Names {
    name: String,
    package: String,
}

impl Names {
    /// Of the root, or of a suite.
    pub(super) fn of(tag: &Tag<'_>) -> Result<Names, Broken> {
        let mut names = Names::default();
        tag.attributes(|key, value| match key {
            "name" => names.name = value.into_owned(),
            "package" => names.package = value.into_owned(),
            _ => {}
        })?;
        Ok(names)
    }

    /// The linter or scanner that is called so.
    pub(super) fn analyser(&self) -> Option<&'static str> {
        let by_package = match self.package.as_str() {
            "org.eslint" => Some("ESLint"),
            "org.biome" => Some("Biome"),
            "org.ruff" => Some("ruff"),
            "org.spectral" => Some("Spectral"),
            "stylelint.rules" => Some("Stylelint"),
            "tslint" => Some("TSLint"),
            _ => None,
        };
        by_package.or_else(|| named(self.name.trim()))
    }
}

fn named(name: &str) -> Option<&'static str> {
    let whole = match name {
        "Biome" => "Biome",
        "Oxlint" => "Oxlint",
        "ruff" => "ruff",
        "rubocop" => "RuboCop",
        "bandit" => "Bandit",
        "gitleaks" => "Gitleaks",
        "mypy" => "mypy",
        "phpstan" => "PHPStan",
        "psalm" => "Psalm",
        "PHP CS Fixer" => "PHP CS Fixer",
        "semgrep results" => "Semgrep",
        "CloudFormation Lint" => "cfn-lint",
        "HTMLHint Tests" => "HTMLHint",
        "conftest" => "conftest",
        "kubeconform" => "kubeconform",
        "kube-score" => "kube-score",
        "Cppcheck" => "Cppcheck",
        "cpplint" => cpplint::TOOL,
        MARKDOWNLINT => "markdownlint",
        "yamllint" => "yamllint",
        "redocly lint" => "Redocly",
        _ => "",
    };
    if !whole.is_empty() {
        Some(whole)
    } else if name.starts_with("PHP_CodeSniffer ") {
        Some("PHP_CodeSniffer")
    } else if name.starts_with("flake8.") {
        Some("Flake8")
    } else if name.strip_suffix(" scan").is_some_and(|of| CHECKOV.contains(&of)) {
        Some("Checkov")
    } else {
        None
    }
}

/// The frameworks after which Checkov names its suites.
const CHECKOV: [&str; 28] = [
    "ansible",
    "argo_workflows",
    "arm",
    "azure_pipelines",
    "bicep",
    "bitbucket_configuration",
    "bitbucket_pipelines",
    "cdk",
    "circleci_pipelines",
    "cloudformation",
    "dockerfile",
    "github_actions",
    "github_configuration",
    "gitlab_ci",
    "gitlab_configuration",
    "helm",
    "json",
    "kubernetes",
    "kustomize",
    "openapi",
    "sast",
    "sca_image",
    "sca_package",
    "secrets",
    "serverless",
    "terraform",
    "terraform_plan",
    "yaml",
];

/// The tools that list what they found, and nothing of what is clean. Gitleaks does too, but looks
/// at a whole history.
const SILENT: [&str; 7] = ["Bandit", "Biome", "Flake8", "HTMLHint", "Oxlint", "Redocly", "Semgrep"];

/// What the suites of linters and scanners found.
#[derive(Default)]
pub(super) struct Analysis {
    /// The tool after which the root is called.
    pub of_root: Option<&'static str>,
    /// The first tool.
    pub tool: Option<&'static str>,
    /// Outermost suites of tests that stand in the report too.
    tested: u64,
    pub findings: Findings,
    /// Its cases.
    pub cases: u64,
    /// Those that were skipped.
    skipped: u64,
    /// Those that stand for none.
    empty: u64,
    /// What mypy says of a run that it could not go on with.
    stopped: Option<String>,
    pub odd: OddCounts,
}

/// How the reporter of markdownlint-cli2 calls its suite, and its case where it found nothing.
const MARKDOWNLINT: &str = "markdownlint-cli2-formatter-junit";

/// The cases that Ruff, yamllint, Cppcheck and markdownlint write where they found nothing.
const NOTHING: [&str; 4] = ["No errors found", "no_yamllint_errors", "Cppcheck", MARKDOWNLINT];

impl Analysis {
    pub(super) fn new(findings: Findings) -> Analysis {
        Analysis { findings, ..Analysis::default() }
    }

    /// Takes the root.
    pub(super) fn root(&mut self, tool: Option<&'static str>) {
        (self.of_root, self.tool) = (tool, tool);
    }

    /// Takes an outermost suite.
    pub(super) fn suite(&mut self, tool: Option<&'static str>) {
        self.tested += u64::from(tool.is_none());
        self.tool = self.tool.or(tool);
    }

    /// Takes an outermost suite, whose cases tell its tool.
    pub(super) fn late(&mut self, tool: &'static str) {
        self.tested = self.tested.saturating_sub(1);
        self.tool = self.tool.or(Some(tool));
    }

    /// Whether the report is of linters and scanners alone.
    pub(super) fn alone(&self) -> bool {
        self.tool.is_some() && self.tested == 0
    }

    /// What speaks against a report: that its tool stopped, looked at nothing, or may have.
    pub(super) fn idle(&self) -> Option<(Rule, String)> {
        let tool = self.tool?;
        if let Some(said) = &self.stopped {
            let why = format!("{tool} stopped before it had checked all. It says: {said}");
            return Some((Rule::ToolFailed, why));
        }
        if self.cases == self.empty && (SILENT.contains(&tool) || self.empty > 0) {
            let why = format!("{tool} writes no case on success, and where it looked at nothing.");
            return Some((Rule::SilentTool, why));
        }
        let what = if self.cases == 0 { "holds no case" } else { "skipped all of its cases" };
        let why = format!("{tool} looked at nothing: its report {what}.");
        (self.cases == self.skipped && tool != "Gitleaks").then_some((Rule::NothingLookedAt, why))
    }

    /// Counts a case.
    pub(super) fn count(
        &mut self,
        of: &Attributes<'_>,
        suite: Option<&'static str>,
        outcome: Outcome,
    ) {
        self.cases += 1;
        let is_skipped = outcome == Outcome::Skipped;
        self.skipped += u64::from(is_skipped);
        if outcome == Outcome::Passed {
            let name = of.name.as_deref();
            let is_empty = |name: &str| match suite {
                Some(cpplint::TOOL) => name == cpplint::NOTHING,
                Some(pylint::TOOL) => pylint::is_of_no_file(name),
                _ => NOTHING.contains(&name),
            };
            self.empty += u64::from(name.is_some_and(is_empty));
        }
        // It has no schema for what it skipped.
        if self.tool == Some("kubeconform") {
            let unchecked = self.findings.unchecked.get_or_insert(0);
            *unchecked += u64::from(is_skipped);
        }
    }

    /// Takes a case that failed.
    pub(super) fn case(&mut self, case: &OpenCase<'_>, suite: &Suite) {
        let message = case.held().message.as_deref();
        let count = count(case, suite, &mut self.odd);
        let level = match suite.analyser {
            // Of mypy a case may hold notes alone.
            _ if count == 0 => Level::Note,
            // Their warnings are failures, their errors are errors.
            Some("TSLint") if case.held().kind == "warning" => Level::Warning,
            Some("Oxlint" | "Redocly") if case.held().errors == 0 => Level::Warning,
            _ => level(message.unwrap_or_default()),
        };
        let mut finding = Finding::levelled(level);
        let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let of = &case.attributes;
        let suite_name = || Some(suite.name.clone()).filter(|suite| !suite.is_empty());
        finding.rule = owned(&of.name);
        finding.path = owned(&of.file).or_else(|| owned(&of.class)).or_else(suite_name);
        finding.line = of.line;
        finding.title = message.and_then(text::title);
        if suite.analyser == Some("mypy") && suite.declared.errors > 0 {
            self.stopped = self.stopped.take().or_else(|| finding.title.clone());
        }
        if suite.analyser == Some("Bandit")
            && let Some(issue) = message.and_then(bandit::issue)
        {
            finding = issue;
        }
        self.findings.add(finding);
        self.findings.tally(Grade::Unknown, level, count.saturating_sub(1));
    }
}

/// How many findings a case stands for.
fn count(case: &OpenCase<'_>, suite: &Suite, odd: &mut OddCounts) -> u64 {
    let stopped = suite.declared.errors > 0;
    match suite.analyser {
        // It writes all of a run into one case, and calls it an error where it could not go on.
        Some("mypy") => case.held().errors_of_mypy.max(u64::from(stopped)),
        // `Found 7 errors`: a case is a file.
        Some("HTMLHint") => {
            let said = case.held().said.strip_prefix("Found ");
            let place = || format!("The number of errors in `{}`", suite.name);
            let said = said.and_then(|said| odd.take(said.split(' ').next()?, place));
            case.held().trouble.max(said.unwrap_or(0))
        }
        // A case is a file, and a line of it a finding.
        Some(cpplint::TOOL) => case.held().trouble.max(case.held().lines),
        _ => case.held().trouble,
    }
}

/// ESLint and what copies it tell in the text that a failure is a mere warning:
/// `line 2, col 7, Warning - …`.
fn level(message: &str) -> Level {
    let place =
        message.trim_start().strip_prefix("line ").and_then(|said| said.split(" - ").next());
    match place.and_then(|place| place.rsplit(", ").next()) {
        Some("Warning") => Level::Warning,
        _ => Level::Error,
    }
}

#[cfg(test)]
mod tests {
    use super::Level;
    use crate::evidence::tests::{proves, reading};

    fn counts(text: &str) -> (Option<u64>, Option<(u64, u64)>) {
        let facts = reading("junit", text).facts;
        let levels = facts
            .findings
            .map(|findings| (findings.levelled(Level::Error), findings.levelled(Level::Warning)));
        (facts.tests.map(|tests| tests.total()), levels)
    }

    #[test]
    fn what_a_linter_writes_is_no_test() {
        let suite = |names: &str, cases: &str| {
            format!("<testsuites><testsuite {names}>{cases}</testsuite></testsuites>")
        };
        let passed = "<testcase name='src/pay.js'/>";
        let failed = "<testcase name='a'><failure>line 2, col 7, Error - no</failure></testcase>";
        let warned = "<testcase name='a'><failure>line 2, col 7, Warning - no</failure></testcase>";
        let typed = "<testcase name='m'><failure>a.py:1: error: x\na.py:2: note: y\na.py:3: error: z</failure></testcase>";
        let skipped = "<testcase name='cert'><skipped/></testcase>";
        let twice = "<testcase name='a'><failure>x</failure><failure>y</failure></testcase>";
        for (names, cases, expected) in [
            ("package='org.eslint' name='src/pay.js'", passed, (0, 0)),
            ("package='org.eslint' name='src/pay.js'", failed, (1, 0)),
            ("package='org.eslint' name='src/pay.js'", warned, (0, 1)),
            ("name='rubocop'", twice, (2, 0)),
            ("name='terraform scan'", failed, (1, 0)),
            ("name='mypy'", typed, (2, 0)),
            (
                "name='mypy'",
                "<testcase name='m'><failure>a.py:1: note: x</failure></testcase>",
                (0, 0),
            ),
            (
                "name='mypy' errors='1'",
                "<testcase name='m'><failure>There are no .py[i] files</failure></testcase>",
                (1, 0),
            ),
            (
                "name='HTMLHint Tests'",
                "<testcase name='a.html'><failure message='Found 7 errors'>L1 x</failure></testcase>",
                (7, 0),
            ),
            ("name='Oxlint'", "<testcase name=''><error>x</error></testcase>", (1, 0)),
            ("name='Oxlint'", "<testcase name='a'><failure>x</failure></testcase>", (0, 1)),
            ("name='redocly lint'", "<testcase name='a'><error>x</error></testcase>", (1, 0)),
            ("name='redocly lint'", "<testcase name='a'><failure>x</failure></testcase>", (0, 1)),
            ("name='flake8.src/pay_py'", passed, (0, 0)),
            ("name='semgrep results' tests='0'", "", (0, 0)),
        ] {
            assert_eq!(counts(&suite(names, cases)), (None, Some(expected)), "{names} {cases}");
        }
        for names in ["name='api.PayTest'", "name='retina scan'", "name='ESLint'"] {
            assert_eq!(counts(&suite(names, passed)), (Some(1), None), "{names}");
        }
        assert_eq!(counts("<testsuites name='Oxlint' tests='0'/>"), (None, Some((0, 0))));
        assert_eq!(counts("<testsuite name='bandit' tests='0'/>"), (None, Some((0, 0))));
        let idle = |name: &str| format!("<testsuites><testsuite name='{name}'/></testsuites>");
        proves(
            "junit",
            &[
                (&idle("gitleaks"), ""),
                (&idle("conftest"), "conftest looked at nothing"),
                (&idle("terraform scan"), "Checkov looked at nothing"),
                (&idle("semgrep results"), "writes no case on success"),
                (&idle("redocly lint"), "writes no case on success"),
                (&suite("name='kubeconform'", skipped), "skipped all of its cases"),
                (
                    &suite("package='org.ruff'", "<testcase name='No errors found'/>"),
                    "writes no case on success",
                ),
                (
                    &suite("name='yamllint'", "<testcase name='no_yamllint_errors'/>"),
                    "writes no case on success",
                ),
                (&suite("name='kubeconform'", &format!("{skipped}{passed}")), ""),
            ],
        );
    }

    #[test]
    fn mypy_that_could_not_go_on_checked_nothing_more() {
        let report = |errors: u64| {
            format!(
                r#"<testsuite name="mypy" errors="{errors}" failures="{}"><testcase name="m"><failure>a.py:1:
                error: x</failure></testcase></testsuite>"#,
                1 - errors
            )
        };
        let stopped = "mypy stopped before it had checked all";
        proves("junit", &[(&report(1), stopped), (&report(0), "")]);
    }

    #[test]
    fn the_rules_of_markdownlint_and_the_files_of_tslint_are_no_tests() {
        let markdownlint =
            "<testsuite name='markdownlint-cli2-formatter-junit'><testcase name='MD1'>
            <failure>x</failure></testcase></testsuite>";
        assert_eq!(counts(markdownlint), (None, Some((1, 0))));
        let tslint =
            "<testsuites package='tslint'><testsuite name='a.ts'><testcase name='semicolon'>
            <failure type='warning'>x</failure></testcase></testsuite></testsuites>";
        assert_eq!(counts(tslint), (None, Some((0, 1))));
    }

    #[test]
    fn tests_beside_a_linter_are_counted_without_its_files() {
        let text = "<testsuites><testsuite package='org.eslint'><testcase name='a.js'/></testsuite>
            <testsuite name='api'><testcase name='pays'/></testsuite></testsuites>";
        assert_eq!(counts(text), (Some(1), Some((0, 0))));
    }

    #[test]
    fn failures_that_a_linter_declares_and_does_not_list_are_missed() {
        let case = "<testcase name='a'><failure>x</failure></testcase>";
        let report = |declared: &str| {
            format!(
                "<testsuites name='Biome' {declared}><testsuite {declared}>{case}</testsuite></testsuites>"
            )
        };
        proves(
            "junit",
            &[
                (&report("failures='1' errors='1'"), ""),
                (&report("failures='2'"), "declares 2 failures"),
            ],
        );
    }
}
