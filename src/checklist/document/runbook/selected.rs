//! Calls of test runners that choose tests by their names, marks or files: `jest -t login`.

use crate::model::Selected;

use super::exit::commands;
use super::shell::Simple;

/// How one program is told which tests to run.
struct Runner {
    programs: &'static [&'static str],
    /// Options that name the tests that run.
    picks: &'static [&'static str],
    /// Options that name the tests that do not.
    leaves: &'static [&'static str],
    /// How a file of tests ends that is named by itself.
    files: &'static [&'static str],
}

const SCRIPTS: [&str; 8] = [
    ".test.ts",
    ".test.js",
    ".test.tsx",
    ".test.jsx",
    ".spec.ts",
    ".spec.js",
    ".test.mjs",
    ".cy.ts",
];

const RUNNERS: [Runner; 14] = [
    Runner {
        programs: &["jest", "vitest", "npm", "pnpm", "yarn", "bun"],
        picks: &[
            "-t",
            "--testNamePattern",
            "--test-name-pattern",
            "--testPathPattern",
            "--testPathPatterns",
        ],
        leaves: &["--testPathIgnorePatterns"],
        files: &SCRIPTS,
    },
    Runner {
        programs: &["mocha", "playwright", "cypress"],
        picks: &["-g", "--grep", "-f", "--fgrep", "--spec"],
        leaves: &["-gv", "--grep-invert"],
        files: &SCRIPTS,
    },
    Runner {
        programs: &["pytest", "py.test"],
        picks: &["-k", "-m"],
        leaves: &["--deselect", "--ignore", "--ignore-glob"],
        files: &[".py"],
    },
    Runner {
        programs: &["go", "gotestsum"],
        picks: &["-run", "--run", "-test.run"],
        leaves: &["-skip", "--skip", "-test.skip"],
        files: &["_test.go"],
    },
    Runner {
        programs: &["cargo", "cargo-nextest"],
        picks: &["--test", "-E", "--filterset", "--filter-expr"],
        leaves: &["--skip"],
        files: &[],
    },
    Runner {
        programs: &["mvn", "mvnw"],
        picks: &["-Dtest", "-Dit.test", "-Dgroups"],
        leaves: &["-DexcludedGroups", "-DexcludeGroups"],
        files: &[],
    },
    Runner { programs: &["gradle", "gradlew"], picks: &["--tests"], leaves: &[], files: &[] },
    Runner {
        programs: &["dotnet", "swift", "phpunit", "artisan"],
        picks: &["--filter", "--group", "--testsuite"],
        leaves: &["--skip", "--exclude-group"],
        files: &["Test.php"],
    },
    Runner {
        programs: &["rspec"],
        picks: &["-e", "--example", "-t", "--tag"],
        leaves: &[],
        files: &["_spec.rb"],
    },
    Runner {
        programs: &["robot", "pabot"],
        picks: &["-t", "--test", "-i", "--include", "-s", "--suite"],
        leaves: &["-e", "--exclude"],
        files: &[],
    },
    Runner {
        programs: &["ctest"],
        picks: &["-R", "--tests-regex", "-L", "--label-regex"],
        leaves: &["-E", "--exclude-regex", "-LE", "--label-exclude"],
        files: &[],
    },
    Runner {
        programs: &["bazel", "bazelisk"],
        picks: &["--test_filter", "--test_tag_filters"],
        leaves: &[],
        files: &[],
    },
    Runner {
        programs: &["behave", "cucumber", "cucumber-js"],
        picks: &["-t", "--tags", "-n", "--name"],
        leaves: &[],
        files: &[".feature"],
    },
    Runner { programs: &["mix"], picks: &["--only"], leaves: &["--exclude"], files: &[".exs"] },
];

/// Which tests `command` makes a test runner choose; `None` where it runs all that it finds.
pub fn selects(command: &str) -> Option<Selected> {
    let (commands, _) = commands(command);
    commands.iter().find_map(selected)
}

fn selected(simple: &Simple) -> Option<Selected> {
    let name = |word: &String| word.rsplit('/').next().unwrap_or_default().to_owned();
    RUNNERS.iter().find_map(|runner| {
        let is_program = |word: &String| runner.programs.contains(&name(word).as_str());
        let behind = simple.words.get(simple.words.iter().position(is_program)? + 1..)?;
        let program = simple.words.iter().find(|word| is_program(word)).map(name)?;
        runner.told(&program, behind)
    })
}

impl Runner {
    /// What the words behind the program choose. A script's own options stand behind `--`.
    fn told(&self, program: &str, behind: &[String]) -> Option<Selected> {
        let behind = match (program, behind.iter().position(|word| word == "--")) {
            ("npm" | "pnpm", None) => return None,
            ("npm" | "pnpm", Some(at)) => behind.get(at + 1..)?,
            _ => behind,
        };
        let mut at = 0;
        while let Some(word) = behind.get(at) {
            let (option, own) =
                word.split_once('=').map_or((word.as_str(), None), |(a, b)| (a, Some(b)));
            let value = own.or(behind.get(at + 1).map(String::as_str)).unwrap_or_default();
            let leaves = self.leaves.contains(&option);
            if leaves || self.picks.contains(&option) {
                let leaves = leaves || is_negated(value);
                return Some(Selected::new(&format!("{option} {value}"), value, leaves));
            }
            if self.names_a_file(word) {
                return Some(Selected::new(word, word, false));
            }
            at += 1;
        }
        None
    }

    /// `tests/test_login.py`, `tests/test_login.py::test_fails`, `spec/login_spec.rb:12`.
    fn names_a_file(&self, word: &str) -> bool {
        let path = word.split("::").next().unwrap_or_default();
        let path = path.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(':');
        !word.starts_with('-')
            && !word.contains('*')
            && self.files.iter().any(|of| path.ends_with(of))
    }
}

/// `not slow`, `!slow`, `~@slow`, `-slow`.
fn is_negated(value: &str) -> bool {
    value.starts_with(['!', '~', '-'])
        || value.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("not"))
}

#[cfg(test)]
mod tests {
    use super::selects;

    #[test]
    fn a_choice_of_tests_is_known_by_its_option() {
        for (command, option, leaves) in [
            ("npx jest -t login --json", "-t login", false),
            ("npm test -- -t 'adds money'", "-t adds money", false),
            ("pytest -k login --junitxml=j.xml", "-k login", false),
            ("python -m pytest -k 'not login'", "-k not login", true),
            ("pytest --deselect tests/a.py::b", "--deselect tests/a.py::b", true),
            ("pytest tests/test_login.py::test_ok", "tests/test_login.py::test_ok", false),
            ("go test ./... -run TestLogin", "-run TestLogin", false),
            ("cargo nextest run -E 'test(a)'", "-E test(a)", false),
            ("./mvnw -q test -Dtest=LoginTest", "-Dtest LoginTest", false),
            ("./gradlew test --tests 'shop.Login*'", "--tests shop.Login*", false),
            ("dotnet test --filter Category=Unit", "--filter Category=Unit", false),
            ("npx playwright test --grep @smoke", "--grep @smoke", false),
            ("npx jest src/one.test.ts", "src/one.test.ts", false),
            ("bundle exec rspec spec/a_spec.rb:12", "spec/a_spec.rb:12", false),
            ("npx jest --testPathIgnorePatterns e2e", "--testPathIgnorePatterns e2e", true),
        ] {
            let told = selects(command).unwrap_or_else(|| panic!("{command}"));
            assert_eq!((told.option.as_str(), told.leaves), (option, leaves), "{command}");
        }
        for command in [
            "npx jest --json",
            "pytest -q --maxfail=1 tests/unit",
            "python manage.py test",
            "python3 -m pytest",
            "go test -json ./...",
            "cargo test --workspace",
            "npm -t test",
            "npm test -- --bail",
            "tsc -t es2020",
            "pytest -x 'tests/*.py'",
            "mvn verify",
        ] {
            assert_eq!(selects(command), None, "{command}");
        }
    }
}
