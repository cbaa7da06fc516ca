//! That a line which names a tool is answered by that tool's own traces.

use std::collections::BTreeSet;

use super::super::idea::Ideas;
use super::super::tools::Tools;
use super::super::unread;
use super::{artifact, condition};
use crate::model::Artifact;

/// Words of the catalog that name no tool. Who adds one says here, or in the table of tools, which it is.
const PLAIN: &str = include_str!("plain-words.txt");

/// The words that an idea may take a line by, without those of a pattern's own signs.
fn words_of(pattern: &str) -> Vec<String> {
    let mut text = pattern.replace("(?-u:\\b)", " ");
    for sign in [r"\b", r"\w", r"\d", r"\s", r"\."] {
        text = text.replace(sign, " ");
    }
    let outside = text.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
        Some((_, rest)) if at > 0 => rest.to_owned(),
        _ => part.to_owned(),
    });
    let text = outside.collect::<Vec<_>>().join(" ");
    let words = unread::words(&text).filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    words.map(str::to_owned).collect()
}

#[test]
fn every_word_of_the_catalog_is_a_tool_of_the_table_or_plain() {
    let plain: BTreeSet<&str> = PLAIN.split_whitespace().collect();
    let tools = Tools::load();
    for idea in Ideas::load().all {
        for word in idea.taken_by().flat_map(words_of) {
            let known = plain.contains(word.as_str()) || tools.says(&word);
            assert!(known, "{}: is `{word}` a tool? ideas/tools.toml or plain-words.txt", idea.id);
        }
    }
}

/// Lines that name a tool in words that an idea takes them by, each with evidence of it.
fn lines() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("Jenkins pipeline configured", &["Jenkinsfile"]),
        ("GitLab CI configured", &[".gitlab-ci.yml"]),
        ("CircleCI configured", &[".circleci/config.yml"]),
        ("Azure Pipelines configured", &["azure-pipelines.yml"]),
        ("GitHub Actions configured", &[".github/workflows/ci.yml"]),
        ("Renovate configured", &["renovate.json"]),
        ("Dependabot enabled", &[".github/dependabot.yml"]),
        ("k6 scripts created", &["perf/a.js"]),
        ("JMeter scripts created", &["perf/a.jmx"]),
        ("Locust scenarios created", &["perf/locustfile.py"]),
        ("Gatling scripts in place", &["perf/A.scala"]),
        ("Artillery scenarios defined", &["perf/artillery.yml"]),
        ("Sentry configured", &["package.json:@sentry/node", "src/sentry.js"]),
        ("Bugsnag configured", &["package.json:@bugsnag/js", "src/bugsnag.js"]),
        ("Rollbar configured", &["package.json:rollbar", "src/rollbar.js"]),
        ("OpenTelemetry configured", &["package.json:@opentelemetry/sdk-node", "src/otel.js"]),
        ("Morgan configured", &["package.json:morgan", "src/morgan.js"]),
        ("Helmet configured", &["package.json:helmet", "src/helmet.js"]),
        ("Prometheus configured", &["ops/prometheus.yml"]),
        ("Grafana dashboards created", &["ops/dashboards/a.json"]),
        ("OpenAPI spec", &["openapi.yaml"]),
        ("Swagger spec", &["openapi.yaml"]),
        ("ESLint passes", &["reports/eslint.json"]),
        ("Stylelint passes", &["reports/stylelint.json"]),
        ("Clippy passes with no errors", &["reports/clippy.sarif"]),
        ("Ruff passes", &["reports/ruff.sarif"]),
        ("Flake8 passes", &["reports/flake8.sarif"]),
        ("CodeQL clean", &["reports/codeql.sarif"]),
        ("Semgrep clean", &["reports/semgrep.sarif"]),
        ("Trivy scan passes", &["reports/trivy.sarif"]),
        ("ShellCheck passes", &["reports/shellcheck.sarif"]),
        ("go test passes", &["reports/go-test/junit.xml"]),
        ("cargo test passes", &["reports/cargo-test/junit.xml"]),
        ("Playwright tests pass", &["reports/playwright/junit.xml"]),
        ("Cypress tests pass", &["reports/cypress/junit.xml"]),
        ("Axe checks pass", &["reports/axe/junit.xml"]),
        ("npm audit clean", &["reports/npm-audit.json"]),
        ("Pylint passes", &["reports/pylint.sarif"]),
        ("RuboCop: no errors", &["reports/rubocop.sarif"]),
        ("ktlint passes", &["reports/ktlint.sarif"]),
        ("SwiftLint passes", &["reports/swiftlint.sarif"]),
        ("Biome: no errors", &["reports/biome.sarif"]),
        ("Oxlint passes", &["reports/oxlint.sarif"]),
        ("golangci-lint passes", &["reports/golangci.sarif"]),
        ("Bandit finds no issues", &["reports/bandit.sarif"]),
        ("gosec clean", &["reports/gosec.sarif"]),
        ("Brakeman clean", &["reports/brakeman.sarif"]),
        ("Checkov passes", &["reports/checkov.sarif"]),
        ("tfsec passes", &["reports/tfsec.sarif"]),
        ("KICS scan clean", &["reports/kics.sarif"]),
        ("Terrascan: no findings", &["reports/terrascan.sarif"]),
        ("Jest tests pass", &["reports/jest/junit.xml"]),
        ("Vitest tests pass", &["reports/vitest/junit.xml"]),
        ("Mocha tests pass", &["reports/mocha/junit.xml"]),
        ("pytest tests pass", &["reports/pytest/junit.xml"]),
        ("PHPUnit tests pass", &["reports/phpunit/junit.xml"]),
        ("Pest tests pass", &["reports/pest/junit.xml"]),
        ("RSpec tests pass", &["reports/rspec/junit.xml"]),
        ("Minitest tests pass", &["reports/minitest/junit.xml"]),
        ("NUnit tests pass", &["reports/nunit/junit.xml"]),
        ("XCTest tests pass", &["reports/xctest/junit.xml"]),
        ("Detox tests pass", &["reports/detox/junit.xml"]),
        ("nextest tests pass", &["reports/nextest/junit.xml"]),
        ("Prettier check passes", &["job prettier"]),
        ("rustfmt check passes", &["job rustfmt"]),
        ("gofmt check passes", &["job gofmt"]),
        ("Black check passes", &["job black"]),
    ]
}

/// Evidence of `kinds` alone, as artifacts and files.
fn evidence_of(kinds: &[&str]) -> (Vec<Artifact>, Vec<(String, String)>) {
    let (mut artifacts, mut files, mut packages) = (Vec::new(), Vec::new(), Vec::new());
    for kind in kinds {
        if let Some(job) = kind.strip_prefix("job ") {
            let run = format!(
                r#"{{"total_count": 1, "jobs": [{{"id": 1, "run_id": 1, "name": "{job}", "status":
                "completed", "conclusion": "success", "steps": []}}]}}"#
            );
            artifacts.push(artifact(&format!("reports/jobs-{}.json", artifacts.len()), &run));
        } else if let Some(name) = kind.strip_prefix("package.json:") {
            packages.push(format!("\"{name}\": \"1\""));
        } else if kind.starts_with("reports/") {
            artifacts.push(artifact(kind, &report(kind)));
        } else {
            files.push(((*kind).to_owned(), file(kind).to_owned()));
        }
    }
    files.push((
        "package.json".to_owned(),
        format!("{{\"dependencies\": {{{}}}}}", packages.join(", ")),
    ));
    files.sort();
    (artifacts, files)
}

fn report(path: &str) -> String {
    let tool = path.rsplit('/').next().unwrap().split('.').next().unwrap();
    match path {
        "reports/eslint.json" => {
            r#"[{"filePath": "/a.js", "messages": [], "suppressedMessages": [],
            "errorCount": 0, "fatalErrorCount": 0, "warningCount": 0, "fixableErrorCount": 0,
            "fixableWarningCount": 0, "usedDeprecatedRules": []}]"#
                .to_owned()
        }
        "reports/stylelint.json" => r#"[{"source": "/a.css", "deprecations": [],
            "invalidOptionWarnings": [], "parseErrors": [], "errored": false, "warnings": []}]"#
            .to_owned(),
        "reports/npm-audit.json" => r#"{"auditReportVersion": 2, "vulnerabilities": {}, "metadata":
            {"vulnerabilities": {"total": 0}, "dependencies": {"total": 7}}}"#
            .to_owned(),
        path if path.ends_with(".xml") => {
            r#"<testsuite name="s"><testcase name="a"/></testsuite>"#.to_owned()
        }
        _ => format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "{tool}"}}}},
            "results": [], "artifacts": [{{"location": {{"uri": "a"}}}}]}}]}}"#
        ),
    }
}

fn file(path: &str) -> &'static str {
    match path {
        ".github/workflows/ci.yml" => "jobs: {test: {runs-on: a, steps: []}}\n",
        "perf/a.js" => "import http from 'k6/http'\n",
        "perf/a.jmx" => "<jmeterTestPlan version=\"1.2\">\n",
        "perf/locustfile.py" => "from locust import HttpUser\n",
        "perf/A.scala" => "import io.gatling.core.Predef._\n",
        "perf/artillery.yml" => "config: {}\nscenarios:\n  - flow: []\n",
        "src/sentry.js" => "Sentry.init({})\n",
        "src/bugsnag.js" => "Bugsnag.start({})\n",
        "src/rollbar.js" => "new Rollbar({})\n",
        "src/otel.js" => "new NodeSDK({}).start()\n",
        "src/morgan.js" => "app.use(morgan('tiny'))\n",
        "src/helmet.js" => "app.use(helmet())\n",
        "ops/prometheus.yml" => "scrape_configs:\n  - job_name: a\n",
        "ops/dashboards/a.json" => "{\"panels\": [{\"id\": 1}]}\n",
        "openapi.yaml" => "openapi: 3.0.0\npaths: {/a: {}}\n",
        _ => "a: 1\n",
    }
}

fn offered(line: &str, kinds: &[&str]) -> Option<String> {
    let (artifacts, files) = evidence_of(kinds);
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    condition(line, &artifacts, &files)
}

#[test]
fn a_line_that_names_a_tool_is_answered_by_that_tool_alone() {
    let lines = lines();
    for (line, own) in &lines {
        assert!(offered(line, own).is_some(), "{line}: by {own:?}");
        let of_others = lines.iter().filter(|(_, kinds)| kinds != own);
        let others: BTreeSet<&str> =
            of_others.flat_map(|(_, kinds)| kinds.iter().copied()).collect();
        let others: Vec<&str> = others.into_iter().collect();
        assert_eq!(offered(line, &others), None, "{line}: by what others left");
    }
}

#[test]
fn each_tool_that_an_idea_takes_a_line_by_is_tried() {
    let tools = Tools::load();
    let tried: BTreeSet<String> = lines()
        .iter()
        .flat_map(|(line, _)| {
            let line = line.to_lowercase();
            tools.named_in(&line).each().map(|tool| tool.name.clone()).collect::<Vec<_>>()
        })
        .collect();
    // Their reports are tried beside others in `reports_of_tools`.
    let elsewhere = [
        "bun audit",
        "bundler audit",
        "cargo audit",
        "composer audit",
        "govulncheck",
        "hadolint",
        "osv",
        "pip audit",
        "pnpm audit",
        "typescript",
        "yarn audit",
        "zap",
    ];
    for idea in Ideas::load().all {
        let said: Vec<String> = idea.taken_by().flat_map(words_of).collect();
        for tool in tools.named_in(&said.join(" ")).each() {
            let is_tried = tried.contains(&tool.name) || elsewhere.contains(&tool.name.as_str());
            assert!(is_tried, "{}: no line of `lines` names {}", idea.id, tool.name);
        }
    }
}
