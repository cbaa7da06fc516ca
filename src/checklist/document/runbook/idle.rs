//! Calls of tools that look at nothing: they tell of the tool or of its settings, list what it would
//! look at, write a configuration, or wait to be ended. That they end with 0 says nothing.

/// Options of every tool.
const OF_ALL: [&str; 10] = [
    "--env-info",
    "--help",
    "--init",
    "--list-files",
    "--print-config",
    "--show-config",
    "--showconfig",
    "--version",
    "--watch",
    "--watchall",
];

/// Options and subcommands by program; what is written behind `needs` is one only beside one of those.
const BY_PROGRAM: [(&str, &[&str], &[&str]); 27] = [
    ("tsc", &[], &["-h", "-v", "-w", "--all", "--clean", "--dry", "--listFilesOnly"]),
    ("tsc", &["-b", "--build"], &["-d"]),
    ("vue-tsc", &[], &["-h", "-v", "-w", "--clean", "--dry", "--listFilesOnly"]),
    ("eslint", &[], &["-h", "-v", "--inspect-config"]),
    ("stylelint", &[], &["-h", "-v"]),
    ("prettier", &[], &["-h", "-v", "--file-info", "--find-config-path", "--support-info"]),
    ("markdownlint", &[], &["-h", "-V"]),
    ("jest", &[], &["-h", "-v", "--listTests", "--clearCache"]),
    ("vitest", &[], &["-h", "-v", "list", "--mergeReports", "--clearCache"]),
    ("mocha", &[], &["-h", "-V", "--list-reporters", "--list-interfaces"]),
    ("mypy", &[], &["-h", "-V"]),
    ("pyright", &[], &["-h", "-w", "--createstub"]),
    ("flake8", &[], &["-h", "--bug-report"]),
    ("pylint", &[], &["-h", "--generate-rcfile", "--generate-toml-config", "--list-msgs"]),
    (
        "ruff",
        &[],
        &[
            "-h",
            "-V",
            "-w",
            "--show-files",
            "--show-settings",
            "clean",
            "config",
            "linter",
            "rule",
            "version",
        ],
    ),
    ("bandit", &[], &["-h"]),
    (
        "pytest",
        &[],
        &[
            "-h",
            "-V",
            "--co",
            "--collect-only",
            "--fixtures",
            "--markers",
            "--setup-only",
            "--setup-plan",
        ],
    ),
    ("shellcheck", &[], &["-V", "--list-optional"]),
    ("hadolint", &[], &["-h", "-v"]),
    ("yamllint", &[], &["-h", "-v"]),
    ("staticcheck", &[], &["-explain", "-help", "-list-checks", "-version"]),
    ("golangci-lint", &[], &["-h", "cache", "config", "help", "linters", "version"]),
    ("go", &[], &["-help", "-list", "-n", "-V=full", "-flags", "version"]),
    ("cargo", &[], &["-h", "-V", "--list", "help", "version"]),
    ("trivy", &[], &["-h", "-v", "clean", "version"]),
    ("semgrep", &[], &["-h", "--dump-config", "--validate"]),
    ("gitleaks", &[], &["-h", "version"]),
];

/// What in a command line makes it look at nothing; `None` where it looks at something.
pub(super) fn option(words: &[String]) -> Option<String> {
    let rest = words.get(1..)?;
    let of_all = rest.iter().find(|word| OF_ALL.iter().any(|of| word.eq_ignore_ascii_case(of)));
    let of_all = of_all.or_else(|| rest.iter().find(|word| word.starts_with("--print-config=")));
    of_all.cloned().or_else(|| BY_PROGRAM.iter().find_map(|of| of_program(words, of)))
}

fn of_program(
    words: &[String],
    (program, needs, options): &(&str, &[&str], &[&str]),
) -> Option<String> {
    let is_program = |word: &String| {
        let name = word.rsplit('/').next().unwrap_or(word);
        name.strip_suffix(".cmd").unwrap_or(name) == *program
    };
    let behind = words.get(words.iter().position(is_program)? + 1..)?;
    let needed = needs.is_empty() || behind.iter().any(|word| needs.contains(&word.as_str()));
    let is_one = |(at, word): &(usize, &String)| {
        let is_option = word.starts_with('-');
        let same =
            |of: &&str| word == of || is_option && of.len() > 2 && word.eq_ignore_ascii_case(of);
        // A subcommand stands first; elsewhere the word is the name of something.
        (is_option || *at == 0) && options.iter().any(same)
    };
    behind.iter().enumerate().find(is_one).filter(|_| needed).map(|(_, word)| word.clone())
}

#[cfg(test)]
mod tests {
    use super::option;

    fn of(command: &str) -> Option<String> {
        let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
        option(&words)
    }

    #[test]
    fn a_call_that_looks_at_nothing_is_known() {
        for (command, what) in [
            ("npx tsc -b --clean", "--clean"),
            ("tsc --build --dry", "--dry"),
            ("./node_modules/.bin/tsc -v", "-v"),
            ("tsc -b -d", "-d"),
            ("tsc --noEmit --listfilesonly", "--listfilesonly"),
            ("tsc --noEmit --watch", "--watch"),
            ("npx eslint --print-config a.js", "--print-config"),
            ("eslint --print-config=a.js", "--print-config=a.js"),
            ("npm init @eslint/config -- --init", "--init"),
            ("python -m mypy --version", "--version"),
            ("mypy -V", "-V"),
            ("python -m pytest --collect-only -q", "--collect-only"),
            ("pytest --co", "--co"),
            ("ruff version", "version"),
            ("anything --help", "--help"),
            ("go vet -n ./...", "-n"),
        ] {
            assert_eq!(of(command).as_deref(), Some(what), "{command}");
        }
        for command in [
            "npx tsc --noEmit",
            "tsc -b",
            "tsc -d",
            "pytest -v --cov",
            "pytest -W error",
            "ruff check version",
            "mypy -v src",
            "eslint --no-eslintrc .",
            "go vet ./...",
            "make version",
        ] {
            assert_eq!(of(command), None, "{command}");
        }
    }
}
