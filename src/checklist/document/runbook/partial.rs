//! Calls of test runners that run a part of the tests: what failed before, or what changed since.

use super::exit::commands;
use super::narrowed::of_changed_files;

/// Options by which a test runner takes up only what failed in its last run, or what a change touched.
const OPTIONS: [&str; 19] = [
    "--affected",
    "--changed-since",
    "--changedsince",
    "--findrelatedtests",
    "--impacted-by",
    "--last-failed",
    "--lastcommit",
    "--lf",
    "--next-failure",
    "--only-changed",
    "--only-failures",
    "--picked",
    "--onlychanged",
    "--onlyfailures",
    "--rerun-failed",
    "--rerunfailed",
    "--rerunfailedsuites",
    "--stepwise",
    "--testmon",
];

/// The same by program, where other programs mean another thing by them.
const BY_PROGRAM: [(&str, &[&str]); 6] = [
    ("jest", &["-f", "-o"]),
    ("lerna", &["--since"]),
    ("nx", &["affected", "affected:test"]),
    ("pytest", &["--sw"]),
    ("robot", &["-R", "-S"]),
    ("vitest", &["--changed", "related"]),
];

/// Programs whose `--filter` takes a range of commits: `...[origin/main]`.
const BY_RANGE: [&str; 2] = ["pnpm", "turbo"];

/// What in `command` makes a test runner run a part of its tests; `None` where nothing does.
pub fn runs_a_part(command: &str) -> Option<String> {
    let (commands, _) = commands(command);
    let told =
        commands.iter().find_map(|simple| option(&simple.words).or_else(|| range(&simple.words)));
    told.or_else(|| of_changed_files(command))
}

/// A range of commits in brackets, of which the packages that changed are taken.
fn range(words: &[String]) -> Option<String> {
    let is_program =
        |word: &String| BY_RANGE.contains(&word.rsplit('/').next().unwrap_or_default());
    let behind = words.get(words.iter().position(is_program)?..)?;
    let is_range = |word: &str| word.contains('[') && word.ends_with(']');
    let filters = behind.windows(2).filter(|pair| {
        let named = matches!(pair[0].as_str(), "--filter" | "-F");
        is_range(&pair[1]) && (named || pair[1].starts_with("--filter="))
    });
    filters.map(|pair| pair[1].clone()).next()
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
            ("npx nx affected -t test", "affected"),
            ("turbo run test --affected", "--affected"),
            ("pnpm --filter '...[origin/main]' test", "...[origin/main]"),
            ("turbo run test --filter=[HEAD^1]", "--filter=[HEAD^1]"),
            ("lerna run test --since main", "--since"),
            ("rush test --impacted-by git:main", "--impacted-by"),
            ("pants --changed-since=main test", "--changed-since=main"),
            ("pytest --testmon", "--testmon"),
            ("pytest $(git diff --name-only main -- tests)", "git diff --name-only"),
        ] {
            assert_eq!(runs_a_part(command).as_deref(), Some(what), "{command}");
        }
        for command in [
            "pytest -q",
            "jest --json",
            "gcc -o a a.c && ./a",
            "npm test",
            "robot tests",
            "pnpm --filter shop test",
            "pytest -k 'a[b]'",
            "pnpm vitest -t 'adds [fast]'",
        ] {
            assert_eq!(runs_a_part(command), None, "{command}");
        }
    }
}
