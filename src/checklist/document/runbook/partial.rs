//! Calls of test runners that run a part of the tests: what failed before, or what changed since.

use super::exit::commands;

/// Options by which a test runner takes up only what failed in its last run, or what a change touched.
const OPTIONS: [&str; 14] = [
    "--changedsince",
    "--findrelatedtests",
    "--last-failed",
    "--lastcommit",
    "--lf",
    "--next-failure",
    "--only-changed",
    "--only-failures",
    "--onlychanged",
    "--onlyfailures",
    "--rerun-failed",
    "--rerunfailed",
    "--rerunfailedsuites",
    "--stepwise",
];

/// The same by program, where other programs mean another thing by them.
const BY_PROGRAM: [(&str, &[&str]); 4] = [
    ("jest", &["-f", "-o"]),
    ("pytest", &["--sw"]),
    ("robot", &["-R", "-S"]),
    ("vitest", &["--changed", "related"]),
];

/// What in `command` makes a test runner run a part of its tests; `None` where nothing does.
pub fn runs_a_part(command: &str) -> Option<String> {
    let (commands, _) = commands(command);
    commands.iter().find_map(|simple| option(&simple.words))
}

fn option(words: &[String]) -> Option<String> {
    let known = |word: &&String| {
        let name = word.split('=').next().unwrap_or_default();
        OPTIONS.iter().any(|option| name.eq_ignore_ascii_case(option))
    };
    words
        .iter()
        .find(known)
        .or_else(|| BY_PROGRAM.iter().find_map(|of| of_program(words, of)))
        .cloned()
}

fn of_program<'a>(words: &'a [String], (program, options): &(&str, &[&str])) -> Option<&'a String> {
    let is_program = |word: &String| word.rsplit('/').next() == Some(*program);
    let behind = words.get(words.iter().position(is_program)? + 1..)?;
    behind.iter().find(|word| options.contains(&word.split('=').next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::runs_a_part;

    #[test]
    fn a_run_of_what_failed_before_is_known() {
        for (command, what) in [
            ("pytest -q --junitxml=j.xml || pytest -q --lf --junitxml=j.xml", "--lf"),
            ("python -m pytest --last-failed", "--last-failed"),
            ("npx playwright test || npx playwright test --last-failed", "--last-failed"),
            ("npm test -- --onlyFailures", "--onlyFailures"),
            ("npx jest -o --json", "-o"),
            ("jest --changedSince=main", "--changedSince=main"),
            ("vitest run --changed origin/main", "--changed"),
            ("set -e\nctest --rerun-failed", "--rerun-failed"),
            ("robot --rerunfailed output.xml tests", "--rerunfailed"),
        ] {
            assert_eq!(runs_a_part(command).as_deref(), Some(what), "{command}");
        }
        for command in
            ["pytest -q", "jest --json", "gcc -o a a.c && ./a", "npm test", "robot tests"]
        {
            assert_eq!(runs_a_part(command), None, "{command}");
        }
    }
}
