//! SARIF: 2.1.0, its drafts, and 1.0.0 as far as their results look alike.

mod invocation;
mod result;
mod rules;

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use self::invocation::{Conversion, Invocation, Told};
use self::result::{Kind, Raw};
use self::rules::Rules;
use crate::evidence::family::own;
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::Findings;
use crate::model::{Reading, Rule, counted};

pub(super) struct Sarif;

impl Format for Sarif {
    fn id(&self) -> &'static str {
        "sarif"
    }

    fn about(&self) -> About {
        About {
            tool: "SARIF (CodeQL, Semgrep, Trivy, ESLint, docker scout and others)",
            recognised: "`runs` beside `version` or a `$schema` of SARIF",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`endTimeUtc` of the oldest invocation")
                .version("`semanticVersion` or `version` of the driver")
                .commit("`revisionId` of `versionControlProvenance`, where all runs name one"),
            source: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
            clean: "A run with an empty `results` list and no failed invocation.",
            vacuous: "`runs: []`; a run without `results`; `executionSuccessful: false`; a notification of level error.",
            blank: Blanks::NONE,
            notes: &[
                "A result without a level has that which the invocation gives its rule (`ruleConfigurationOverrides`), else that of its rule, else `warning`.",
                "The severity is the rule's `security-severity`: 9 and more critical, 7 high, 4 medium, above 0 low. A log in which no rule has one, as of a linter, gives no severities.",
                "Suppressed results stand in the list and are not counted; a rejected suppression does not suppress.",
                "Results of kind `pass`, `notApplicable` or `informational`, and those whose baseline state is `absent`, are no findings; those of kind `open`, `review` or one that SARIF does not know are counted in `findings.unchecked`.",
                "No runs, a run without `results`, a failed invocation, or a notification of level error: nothing is proven; an exit code other than 0 is a failure unless `executionSuccessful` is true.",
                "Of Semgrep a run without a single rule looked at nothing, one without a result needs something that vouches for it (it lists no file), and each warning (a file that it could not parse) is counted in `findings.unchecked`; the warnings of other tools are passed on.",
                "ansible-lint, Bandit, Biome, Checkov, Flawfinder, HTMLHint, markdownlint-cli2, mobsfscan, njsscan, PMD, Robocop, Ruff, Spectral, SQLFluff, stylelint, TFLint and typos write the same log of clean files and of none: without a result theirs needs something that vouches for it. ESLint lists the files that it looked at, and one that lists none needs it too.",
                "The commit is that which every run names, the time that of the oldest run.",
                "A run of trueup is left out; a log of such runs alone proves nothing, and refutes nothing.",
                "Results in other files are not read: a log that refers to them proves nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let schema = shape.text("$schema").is_some_and(|schema| schema.contains("sarif"));
        let version =
            shape.text("version").is_some_and(|v| v.starts_with("2.") || v.starts_with("1.0"));
        let tooled = shape.first_of("runs").is_none_or(|run| {
            run.members().is_empty() || run.has(&["tool"]) || run.has(&["results"])
        });
        Fit::sure(shape.has(&["runs"]) && tooled && (schema || version))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut log = Log {
            run: Run::default(),
            findings: input.findings(),
            reading: Reading::of(self.id()),
            tools: Vec::new(),
            runs: 0,
            own: 0,
            commits: Vec::new(),
            outside: false,
            undecided: 0,
            unchecked: 0,
        };
        input.members(&mut log)?;
        Ok(log.finish())
    }
}

/// The whole log, run after run.
struct Log<'a> {
    run: Run<'a>,
    findings: Findings,
    reading: Reading,
    tools: Vec<(String, Option<String>)>,
    runs: u64,
    /// Those of them that trueup wrote.
    own: u64,
    /// The commit of each run.
    commits: Vec<Option<String>>,
    /// Whether results stand outside the runs.
    outside: bool,
    undecided: u64,
    /// What a tool says that it did not look at.
    unchecked: u64,
}

/// How the driver of Semgrep is called, in each of its editions.
const SEMGREP: [&str; 2] = ["Semgrep", "semgrep"];

/// Drivers that list the rules of what they found and no file: of a folder without a file of theirs
/// they write the same log as of a clean one.
const SILENT: [&str; 15] = [
    "ansible-lint",
    "Bandit",
    "Biome",
    "Checkov",
    "Flawfinder",
    "HTMLHint",
    "markdownlint-cli2-formatter-sarif",
    "mobsfscan",
    "nodejsscan",
    "PMD",
    "ruff",
    "SQLFluff",
    "stylelint",
    "tflint",
    "typos",
];

/// Those that list all of their rules, and no file either.
const SILENT_WITH_RULES: [&str; 2] = ["Robocop", "spectral"];

/// The driver that lists every file that it looked at, clean ones too.
const LISTING: &str = "ESLint";

/// Drivers that give each rule a score and list the rules of what they found alone: of what is clean
/// they list none.
const GRADING: [&str; 8] = [
    "Trivy",
    "Grype",
    "Snyk",
    "Checkov",
    "docker scout",
    "OSV-Scanner",
    "osv-scanner",
    "dependency-check",
];

/// The run being read; its rules may stand after its results.
#[derive(Default)]
struct Run<'a> {
    tool: Option<Tool<'a>>,
    rules: Rules<'a>,
    waiting: Vec<Raw<'a>>,
    results: bool,
    /// Whether its invocations were read: they may change the levels of rules.
    invoked: bool,
    /// What was counted before its results, where they stand before its tool.
    before: Option<(Findings, u64)>,
    told: Told,
    /// The commits that it names, each with its repository: those of several say nothing of the run.
    revisions: BTreeSet<(String, String)>,
    /// Whether results stand in another file.
    elsewhere: bool,
    /// Whether it lists a file.
    files: bool,
}

impl<'de> Members<'de> for Log<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "runs" => {
                let mut runs = Runs(self);
                json::each_members(map, &mut runs, |runs| runs.0.end_run())
            }
            "inlineExternalProperties" => json::each(map, |outside: External| {
                self.outside |= outside.results.is_some_and(|results| !results.is_empty());
            })
            .map(drop),
            _ => json::skip(map),
        }
    }
}

/// The members of one run.
struct Runs<'l, 'a>(&'l mut Log<'a>);

impl<'de> Members<'de> for Runs<'_, 'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let log = &mut *self.0;
        match key {
            "tool" => {
                let tool: Tool<'de> = map.next_value()?;
                log.run.rules.take(&tool);
                log.run.tool = Some(tool);
            }
            "results" => {
                let Log { run, findings, undecided, .. } = log;
                let Run { tool, rules, waiting, results, invoked, before, .. } = run;
                if tool.is_none() && before.is_none() {
                    *before = Some((findings.clone(), *undecided));
                }
                let own = tool.as_ref().is_some_and(Tool::is_own);
                *results |= json::each(map, |raw: Raw<'de>| {
                    if own {
                        return;
                    }
                    match raw.needs_no_rule() || tool.is_some() && (*invoked || raw.has_level()) {
                        true => add(findings, undecided, &raw, rules),
                        false => waiting.push(raw),
                    }
                })?;
            }
            "invocations" => {
                let Run { told, rules, .. } = &mut log.run;
                json::each(map, |invocation: Invocation<'de>| {
                    told.hear(&invocation);
                    rules.override_with(invocation.overrides());
                })?;
                log.run.invoked = true;
            }
            "conversion" => {
                let conversion: Option<Conversion<'de>> = map.next_value()?;
                let made = conversion.and_then(|conversion| conversion.invocation);
                made.into_iter().for_each(|invocation| log.run.told.hear(&invocation));
            }
            "versionControlProvenance" => {
                let known = &mut log.run.revisions;
                json::each(map, |source: Source<'de>| {
                    let repository = text::said(&source.repository).unwrap_or_default();
                    known.extend(text::said(&source.revision).map(|of| (repository, of)));
                })?;
            }
            "artifacts" => {
                let files = &mut log.run.files;
                json::each(map, |_: IgnoredAny| *files = true)?;
            }
            "externalPropertyFileReferences" => {
                let outside: Option<External> = map.next_value()?;
                let results = outside.and_then(|outside| outside.results);
                log.run.elsewhere = results.is_some_and(|results| !results.is_empty());
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

impl<'a> Log<'a> {
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.runs += 1;
        if run.tool.as_ref().is_some_and(Tool::is_own) {
            self.own += 1;
            if let Some((findings, undecided)) = run.before {
                (self.findings, self.undecided) = (findings, undecided);
            }
            return;
        }
        for raw in &run.waiting {
            add(&mut self.findings, &mut self.undecided, raw, &run.rules);
        }
        let (name, version) = run.tool.as_ref().map(Tool::named).unwrap_or_default();
        let name = name.unwrap_or_else(|| "a tool without a name".to_owned());
        if !run.results {
            let why = format!("The run of {name} holds no `results`: it did not run to its end.");
            self.reading.doubt(Rule::NothingLookedAt, why);
        }
        for fault in &run.told.faults {
            self.reading.doubt(Rule::ToolFailed, format!("{name} reports that it failed. {fault}"));
        }
        if let Some(said) = &run.told.warning {
            let warnings = counted(run.told.warnings, "warning");
            self.reading.warn(format!("{name} gives {warnings}. The first says: {said}"));
        }
        if is_semgrep(&name) {
            // It warns of what it could not parse, and lists every rule that it ran.
            self.unchecked += run.told.warnings;
            if run.rules.is_empty() {
                self.reading.doubt(Rule::NothingLookedAt, format!("{name} ran 0 rules."));
            }
        }
        self.doubt_silence(&name, &run);
        let grading = GRADING.iter().any(|driver| name.starts_with(driver));
        self.findings.grades |= run.rules.grade() || run.rules.is_empty() && grading;
        if run.elsewhere {
            let why = format!("The results of {name} stand in another file, which is not read.");
            self.reading.doubt(Rule::Unreadable, why);
        }
        if let Some(made) = run.told.ended {
            when::older(&mut self.reading.produced_at, made);
        }
        let repositories: BTreeSet<&String> = run.revisions.iter().map(|(of, _)| of).collect();
        if repositories.len() == 1 {
            self.commits.extend(run.revisions.into_iter().map(|(_, revision)| Some(revision)));
        } else {
            self.commits.push(None);
        }
        self.tools.push((name, version));
    }

    fn finish(mut self) -> Reading {
        if self.runs == 0 {
            self.reading.doubt(Rule::NothingLookedAt, "The log holds 0 runs.");
        }
        own::settle(&mut self.reading, self.own, self.runs - self.own, "run", "");
        if self.undecided > 0 {
            let results = counted(self.undecided, "result");
            self.reading.warn(format!(
                "{results} of kind `open`, `review` or one that is unknown are left to a person."
            ));
        }
        if self.outside {
            let why = "Results stand outside the runs, in `inlineExternalProperties`.";
            self.reading.doubt(Rule::Unreadable, why);
        }
        self.settle_commit();
        let mut names: Vec<String> = self.tools.iter().map(|(name, _)| name.clone()).collect();
        names.dedup();
        if names.is_empty() && self.own > 0 {
            names.push(own::NAME.to_owned());
        }
        self.reading.tool = (!names.is_empty()).then(|| crate::model::listed(&names, 4));
        self.reading.tool_version = match self.tools.as_slice() {
            [(_, version)] => version.clone(),
            _ => None,
        };
        self.findings.unchecked = Some(self.undecided.saturating_add(self.unchecked));
        self.reading.facts.findings = Some(self.findings);
        self.reading
    }
}

fn is_semgrep(driver: &str) -> bool {
    SEMGREP.iter().any(|name| driver.starts_with(name))
}

impl Log<'_> {
    /// A log that a tool would write without having looked at a single file.
    fn doubt_silence(&mut self, name: &str, Run { rules, files, .. }: &Run<'_>) {
        if self.findings.total() > 0 || !self.findings.list.entries().is_empty() {
            return;
        }
        let why = if is_semgrep(name) && !rules.is_empty() {
            format!("{name} lists its rules here, and no file that it scanned; its JSON does.")
        } else if rules.is_empty() && SILENT.contains(&name) || SILENT_WITH_RULES.contains(&name) {
            format!("{name} writes the same where it found no file to look at.")
        } else if name == LISTING && !files {
            format!("{name} lists the files that it looked at, and here none.")
        } else {
            return;
        };
        self.reading.doubt(Rule::SilentTool, why);
    }

    /// The commit of all runs; one run does not vouch for another that names none.
    fn settle_commit(&mut self) {
        let named: BTreeSet<&String> = self.commits.iter().flatten().collect();
        match named.len() {
            0 => {}
            1 if self.commits.iter().all(Option::is_some) => {
                self.reading.commit = named.into_iter().next().cloned();
            }
            1 => {
                self.reading.commit_of_part = named.into_iter().next().cloned();
                self.reading.warn(
                    "Not every run names its commit; the log is of that one, and no later than it was made.",
                );
            }
            _ => self.reading.doubt(Rule::Conflicting, "It is of different commits."),
        }
    }
}

fn add(findings: &mut Findings, undecided: &mut u64, raw: &Raw<'_>, rules: &Rules<'_>) {
    match raw.kind() {
        Kind::Finding => raw.add_to(findings, rules),
        Kind::Undecided => *undecided += 1,
        Kind::None => {}
    }
}

/// Results that do not stand in their run.
#[derive(Deserialize)]
struct External {
    results: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow, rename = "repositoryUri")]
    repository: Option<Str<'a>>,
    #[serde(borrow, rename = "revisionId")]
    revision: Option<Str<'a>>,
}

/// The tool: 2.1.0 has a driver and extensions, earlier versions name it directly.
#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow)]
    driver: Option<rules::Component<'a>>,
    extensions: Option<Vec<rules::Component<'a>>>,
    name: Option<Str<'a>>,
    #[serde(rename = "semanticVersion")]
    semantic_version: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

impl Tool<'_> {
    fn is_own(&self) -> bool {
        self.named().0.as_deref() == Some(own::NAME)
    }

    fn named(&self) -> (Option<String>, Option<String>) {
        let driver = self.driver.as_ref();
        let name = driver.and_then(|driver| driver.name.as_deref()).or(self.name.as_deref());
        let own = self.semantic_version.as_deref().or(self.version.as_deref());
        let version = driver.and_then(rules::Component::version).or(own);
        (name.and_then(text::title), version.map(str::to_owned))
    }
}

#[cfg(test)]
mod tests;
