//! Calls of linters and scanners that look at what changed alone, or report some severities alone.

use crate::model::Narrowed;

use super::exit::commands;
use super::shell::Simple;

/// Options by which a program looks at what changed alone, and subcommands.
const CHANGES: [(&str, &[&str]); 6] = [
    ("git-secrets", &["--pre_commit_hook", "--commit_msg_hook"]),
    ("gitleaks", &["protect", "--staged", "--pre-commit", "--log-opts"]),
    (
        "golangci-lint",
        &["--new", "-n", "--new-from-rev", "--new-from-patch", "--new-from-merge-base"],
    ),
    ("lint-staged", &[""]),
    ("semgrep", &["--baseline-commit"]),
    ("trufflehog", &["--since-commit"]),
];

/// Options that name the severities that are reported.
const LISTS: [(&str, &[&str]); 2] =
    [("trivy", &["--severity", "-s"]), ("scout", &["--only-severity"])];

/// Options that name the lowest severity that is reported.
const LOWEST: [(&str, &[&str]); 5] = [
    ("bandit", &["--severity-level"]),
    ("gosec", &["-severity", "--severity"]),
    ("pnpm", &["--audit-level"]),
    ("snyk", &["--severity-threshold"]),
    ("tfsec", &["--minimum-severity", "-m"]),
];

/// Options by which nothing but errors is reported.
const ERRORS: [(&str, &[&str]); 4] = [
    ("eslint", &["--quiet"]),
    ("oxlint", &["--quiet"]),
    ("pylint", &["-E", "--errors-only"]),
    ("stylelint", &["--quiet", "-q"]),
];

/// The severities, the gravest first.
const SEVERITIES: [&str; 4] = ["critical", "high", "medium", "low"];

/// What `command` leaves out of what its linter or scanner could report; `None` where nothing tells.
pub fn narrows(command: &str) -> Option<Narrowed> {
    let (commands, _) = commands(command);
    commands.iter().find_map(narrowed).or_else(|| {
        let told = |option| Narrowed { program: None, option, kept: Vec::new() };
        of_changed_files(command).map(told)
    })
}

/// What in `command` hands a program the files that changed alone.
pub(super) fn of_changed_files(command: &str) -> Option<String> {
    let names = |rest: &str| rest.contains("--name-only") || rest.contains("--name-status");
    let (_, rest) = command.split_once("git diff ")?;
    names(rest).then(|| "git diff --name-only".to_owned())
}

fn narrowed(simple: &Simple) -> Option<Narrowed> {
    let words = &simple.words;
    let told = |(program, option): (&str, String), kept: Vec<&'static str>| Narrowed {
        program: Some(program.to_owned()),
        option,
        kept,
    };
    // `--log-opts="--all"` of gitleaks is the whole history.
    if let Some((program, option, value)) = option(words, &CHANGES)
        && !value.split(' ').any(|word| word == "--all")
    {
        return Some(told((program, option), Vec::new()));
    }
    if let Some((program, option, _)) = option(words, &ERRORS) {
        return Some(told((program, option), vec!["errors"]));
    }
    if let Some((program, option, value)) = option(words, &LISTS) {
        let named: Vec<String> = value.split(',').map(|word| word.trim().to_lowercase()).collect();
        let is_named = |of: &&str| named.iter().any(|word| word == of);
        let kept: Vec<&str> = SEVERITIES.into_iter().chain(["unknown"]).filter(is_named).collect();
        let all = kept.len() > SEVERITIES.len();
        return (!all).then(|| told((program, format!("{option} {value}")), kept));
    }
    let (program, option, value) = option(words, &LOWEST)?;
    let value = value.to_lowercase().replace("moderate", "medium");
    let last = SEVERITIES.iter().position(|of| *of == value)?;
    let kept = SEVERITIES.into_iter().take(last + 1).collect();
    (value != "low").then(|| told((program, format!("{option} {value}")), kept))
}

/// The first of the `known` options that `words` call their program with, and its value.
fn option<'k>(words: &[String], known: &[(&'k str, &[&str])]) -> Option<(&'k str, String, String)> {
    known.iter().find_map(|(program, options)| {
        let is_program = |word: &String| word.rsplit('/').next() == Some(*program);
        let at = words.iter().position(is_program)?;
        let behind = words.get(at + 1..)?;
        if options.contains(&"") {
            return Some((*program, (*program).to_owned(), String::new()));
        }
        behind.iter().enumerate().find_map(|(at, word)| {
            let (name, own) =
                word.split_once('=').map_or((word.as_str(), None), |(a, b)| (a, Some(b)));
            let next = behind.get(at + 1).map(String::as_str);
            let value = own.or(next).unwrap_or_default().to_owned();
            options.contains(&name).then(|| (*program, name.to_owned(), value))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::narrows;

    #[test]
    fn what_is_left_out_is_known_by_its_option() {
        for (command, option, kept) in [
            ("trivy fs . --severity CRITICAL -f json", "--severity CRITICAL", &["critical"][..]),
            ("trivy image -s HIGH,CRITICAL shop:1", "-s HIGH,CRITICAL", &["critical", "high"]),
            ("npx eslint . --quiet -f json", "--quiet", &["errors"]),
            ("pylint -E shop", "-E", &["errors"]),
            (
                "snyk test --severity-threshold=high",
                "--severity-threshold high",
                &["critical", "high"],
            ),
            (
                "pnpm audit --audit-level moderate --json",
                "--audit-level medium",
                &["critical", "high", "medium"],
            ),
            ("golangci-lint run --new-from-rev=origin/main", "--new-from-rev", &[]),
            ("gitleaks protect --staged", "protect", &[]),
            ("gitleaks detect --log-opts=-1", "--log-opts", &[]),
            ("semgrep scan --baseline-commit origin/main --json", "--baseline-commit", &[]),
            ("npx lint-staged", "lint-staged", &[]),
            ("eslint $(git diff --name-only main)", "git diff --name-only", &[]),
        ] {
            let told = narrows(command).unwrap_or_else(|| panic!("{command}"));
            assert_eq!((told.option.as_str(), told.kept.as_slice()), (option, kept), "{command}");
        }
        for command in [
            "trivy fs . -f json",
            "trivy fs . --severity UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL",
            "npx eslint . -f json -o quiet.json",
            "golangci-lint run --out-format json",
            "gitleaks detect --report-path protect.json",
            "gitleaks detect --log-opts=--all",
            "gitleaks detect --log-opts '--all --full-history'",
            "semgrep ci --json",
            "pnpm audit --json",
            "npm test -- --quiet",
        ] {
            assert_eq!(narrows(command), None, "{command}");
        }
    }
}
