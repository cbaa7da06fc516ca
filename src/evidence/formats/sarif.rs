//! SARIF: 2.1.0, its drafts, and 1.0.0 as far as their results look alike.

mod result;
mod rules;

use serde::Deserialize;
use serde::de::MapAccess;

use self::result::{Kind, Raw};
use self::rules::Rules;
use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Broken, Fit, Format, Input, Sniff, text};
use crate::facts::Findings;
use crate::model::{ProducedAt, Reading, Rule, counted};

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
            tells: &["time", "version", "commit"],
            source: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
            notes: &[
                "A result without a level has that of its rule, else `warning`.",
                "The severity is the rule's `security-severity`: 9 and more critical, 7 high, 4 medium, above 0 low.",
                "Suppressed results stand in the list and are not counted; a rejected suppression does not suppress.",
                "Results of another kind than `fail`, and those whose baseline state is `absent`, are no findings.",
                "No runs, a run without `results`, a failed invocation, or an execution notification of level error: nothing is proven.",
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
            undecided: 0,
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
    undecided: u64,
}

/// The run being read; its rules may stand after its results.
#[derive(Default)]
struct Run<'a> {
    tool: Option<Tool<'a>>,
    rules: Rules<'a>,
    waiting: Vec<Raw<'a>>,
    results: bool,
    faults: Vec<String>,
    ended: Option<String>,
    revision: Option<String>,
}

impl<'de> Members<'de> for Log<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "runs" => {
                let mut runs = Runs(self);
                json::each_members(map, &mut runs, |runs| runs.0.end_run())
            }
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
                let Run { tool, rules, waiting, results, .. } = run;
                *results |=
                    json::each(map, |raw: Raw<'de>| match tool.is_some() || raw.needs_no_rule() {
                        true => add(findings, undecided, &raw, rules),
                        false => waiting.push(raw),
                    })?;
            }
            "invocations" => {
                let run = &mut log.run;
                json::each(map, |invocation: Invocation<'de>| run.invoked(&invocation))?;
            }
            "versionControlProvenance" => {
                let known = &mut log.run.revision;
                json::each(map, |source: Source<'de>| {
                    *known = known.take().or(source.revision.map(Str::into_owned));
                })?;
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
        for raw in &run.waiting {
            add(&mut self.findings, &mut self.undecided, raw, &run.rules);
        }
        let (name, version) = run.tool.as_ref().map(Tool::named).unwrap_or_default();
        let name = name.unwrap_or_else(|| "a tool without a name".to_owned());
        if !run.results {
            let why = format!("The run of {name} holds no `results`: it did not run to its end.");
            self.reading.doubt(Rule::NothingLookedAt, why);
        }
        for fault in &run.faults {
            self.reading.doubt(Rule::ToolFailed, format!("{name} reports that it failed. {fault}"));
        }
        let made = run.ended.as_deref().map(ProducedAt::parse);
        if let Some(made) = made
            && self.reading.produced_at.as_ref().is_none_or(|known| made.at < known.at)
        {
            self.reading.produced_at = Some(made);
        }
        match (&self.reading.commit, run.revision) {
            (None, Some(revision)) if self.runs == 1 => self.reading.commit = Some(revision),
            (Some(known), Some(other)) if *known != other => {
                self.reading.doubt(Rule::Conflicting, "Its runs are of different commits.");
            }
            _ => {}
        }
        self.tools.push((name, version));
    }

    fn finish(mut self) -> Reading {
        if self.runs == 0 {
            self.reading.doubt(Rule::NothingLookedAt, "The log holds 0 runs.");
        }
        if self.undecided > 0 {
            let results = counted(self.undecided, "result");
            self.reading
                .warn(format!("{results} of kind `open` or `review` left out: a person decides."));
        }
        let mut names: Vec<String> = self.tools.iter().map(|(name, _)| name.clone()).collect();
        names.dedup();
        self.reading.tool = (!names.is_empty()).then(|| crate::model::listed(&names, 4));
        self.reading.tool_version = match self.tools.as_slice() {
            [(_, version)] => version.clone(),
            _ => None,
        };
        self.reading.facts.findings = Some(self.findings);
        self.reading
    }
}

fn add(findings: &mut Findings, undecided: &mut u64, raw: &Raw<'_>, rules: &Rules<'_>) {
    match raw.kind() {
        Kind::Finding => findings.add(raw.finding(rules)),
        Kind::Undecided => *undecided += 1,
        Kind::None => {}
    }
}

impl Run<'_> {
    fn invoked(&mut self, invocation: &Invocation<'_>) {
        if invocation.successful == Some(false) {
            let code = invocation.exit_code.map(|code| format!(" (exit code {code})"));
            self.faults
                .push(format!("Its invocation was not successful{}.", code.unwrap_or_default()));
        }
        let told = invocation.notifications.iter().flatten();
        for notification in told.filter(|told| told.level.as_deref() == Some("error")).take(1) {
            let said = notification.message.as_ref().and_then(result::Message::said);
            self.faults.push(format!("It says: {}", said.unwrap_or_else(|| "an error".to_owned())));
        }
        let ended = invocation.ended.as_deref().or(invocation.ended_v1.as_deref());
        self.ended = self.ended.take().or(ended.map(str::to_owned));
    }
}

#[derive(Deserialize)]
struct Invocation<'a> {
    #[serde(rename = "executionSuccessful", alias = "toolExecutionSuccessful")]
    successful: Option<bool>,
    #[serde(rename = "exitCode")]
    exit_code: Option<i64>,
    #[serde(borrow, rename = "endTimeUtc")]
    ended: Option<Str<'a>>,
    #[serde(rename = "endTime")]
    ended_v1: Option<Str<'a>>,
    #[serde(rename = "toolExecutionNotifications", alias = "toolNotifications")]
    notifications: Option<Vec<Notification<'a>>>,
}

#[derive(Deserialize)]
struct Notification<'a> {
    #[serde(borrow)]
    level: Option<Str<'a>>,
    message: Option<result::Message<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
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
    fn named(&self) -> (Option<String>, Option<String>) {
        let driver = self.driver.as_ref();
        let name = driver.and_then(|driver| driver.name.as_deref()).or(self.name.as_deref());
        let own = self.semantic_version.as_deref().or(self.version.as_deref());
        let version = driver.and_then(rules::Component::version).or(own);
        (name.and_then(text::title), version.map(str::to_owned))
    }
}
