//! What a seal says of how a tool ended, held against what the tool left.
//!
//! One exit code is of one command. A seal may cover the files of several, so what explains the code of
//! a file is in the file itself, or in another one that the same tool can have left.

use crate::facts::{Facts, Tally};
use crate::model::{Answer, Artifact, Reading, Rule, Seal};

use super::case::FoundArtifact;

/// The first exit code that no tool chooses: the shell's words for a command that could not be run
/// or was killed.
const KILLED: i64 = 126;

/// What is said against `artifact`, one of `all`, by the exit code beside it: that its tool was killed,
/// or that it failed for a reason that nothing of what it left shows.
pub(super) fn against(artifact: &Artifact, all: &[FoundArtifact]) -> Option<String> {
    let seal = artifact.sealed.seal()?;
    let code = seal.exit_code.filter(|code| *code != 0)?;
    let lead = format!(
        "the tool that made {} ended with exit code {code}, as {} says",
        artifact.path, seal.path
    );
    if !(0..KILLED).contains(&code) {
        return Some(format!("{lead}: it was killed or could not be run."));
    }
    let own = artifact.answer.reading()?;
    let explained = shows_trouble(&own.facts)
        || of_the_run(seal, all)
            .any(|other| is_of_one_tool(own, other) && shows_trouble(&other.facts));
    (!explained).then(|| format!("{lead}, and nothing of what it left shows why."))
}

/// Another file of the same seal by which 0 is how another tool ended: one that is silent too, or one
/// whose tool the command names, where it does not name this one.
pub(super) fn silent_beside<'a>(
    artifact: &Artifact,
    seal: &Seal,
    all: &'a [FoundArtifact],
) -> Option<&'a str> {
    let own = artifact.answer.reading()?;
    let is_silent = |other: &&Artifact| match &other.answer {
        Answer::Read(reading) => {
            let silent = reading.doubts.iter().any(|doubt| doubt.rule == Rule::SilentTool);
            silent && (&reading.tool, reading.format) != (&own.tool, own.format)
        }
        // `[]`, which tools that found nothing write.
        Answer::Ambiguous { candidates, .. } => !candidates.contains(&own.format),
        Answer::Broken { .. } | Answer::Unknown { .. } => false,
    };
    let by_command = |other: &&Artifact| {
        let reading = other.answer.reading();
        reading.is_some_and(|of| of.format != own.format && names(seal, of)) && !names(seal, own)
    };
    let mut others = covered(seal, all);
    others.find(|of| is_silent(of) || by_command(of)).map(|other| other.path.as_str())
}

/// The tool that the sealed command names, where it names another one and not that of `artifact`: a line
/// that was copied.
pub(super) fn of_another(artifact: &Artifact, seal: &Seal) -> Option<&'static str> {
    const TOOLS: [&str; 24] = [
        "bandit",
        "eslint",
        "flake8",
        "gitleaks",
        "grype",
        "hadolint",
        "jest",
        "markdownlint",
        "mocha",
        "mypy",
        "nuclei",
        "prettier",
        "pylint",
        "pyright",
        "pytest",
        "ruff",
        "semgrep",
        "shellcheck",
        "staticcheck",
        "stylelint",
        "trivy",
        "tsc",
        "vitest",
        "yamllint",
    ];
    let own = artifact.answer.reading()?;
    let command = seal.command.as_deref()?.to_lowercase();
    let named = TOOLS.into_iter().find(|tool| words(&command).any(|word| word == *tool))?;
    (!names(seal, own)).then_some(named)
}

/// Whether the command that was sealed names the tool.
fn names(seal: &Seal, of: &Reading) -> bool {
    let command = seal.command.as_deref().unwrap_or_default().to_lowercase();
    let tool = of.tool.as_deref().unwrap_or_default().to_lowercase();
    let names = [tool.split(' ').next(), of.format.split('-').next()];
    words(&command).any(|word| names.contains(&Some(word)))
}

fn words(command: &str) -> impl Iterator<Item = &str> {
    command.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What was read of all that one seal covers.
fn of_the_run<'a>(seal: &Seal, all: &'a [FoundArtifact]) -> impl Iterator<Item = &'a Reading> {
    covered(seal, all).filter_map(|other| other.answer.reading())
}

/// All that one seal covers.
fn covered<'a>(seal: &Seal, all: &'a [FoundArtifact]) -> impl Iterator<Item = &'a Artifact> {
    let all = all.iter().map(|found| &found.artifact);
    all.filter(move |other| other.sealed.seal().is_some_and(|of| of.path == seal.path))
}

/// Whether one command can have left both: by the name of the tool, or as the parts of one run of tests,
/// which leaves what it covered as well.
fn is_of_one_tool(own: &Reading, other: &Reading) -> bool {
    match (&own.tool, &other.tool) {
        (Some(own), Some(other)) if own.eq_ignore_ascii_case(other) => return true,
        (Some(_), Some(_)) if own.facts.tests.is_some() => return false,
        _ => {}
    }
    let is_of_tests =
        own.facts.tests.is_some() || (own.facts.coverage.is_some() && own.facts.findings.is_none());
    is_of_tests && other.facts.tests.is_some()
}

/// Whether facts tell of something that a tool fails for.
fn shows_trouble(facts: &Facts) -> bool {
    let tally = |tally: &Option<Tally>| tally.as_ref().is_some_and(|tally| tally.failed > 0);
    facts.tests.as_ref().is_some_and(|tests| tests.failed > 0 || tests.errored > 0)
        || facts.findings.as_ref().is_some_and(|findings| {
            findings.total() > findings.left_out()
                || findings.unchecked.is_some_and(|count| count > 0)
        })
        || tally(&facts.thresholds)
        || tally(&facts.checks)
}
