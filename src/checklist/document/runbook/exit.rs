//! Whether a command line ends as its tool ended, as far as its shape tells.

use super::idle;
use super::shell::{Simple, joined};

/// Programs that pass on, count or choose what another wrote: how they end is not how it ended.
const FILTERS: [&str; 18] = [
    "awk", "cat", "column", "cut", "egrep", "fold", "grep", "head", "jq", "less", "more", "nl",
    "sed", "sort", "tail", "tee", "ts", "wc",
];

/// Programs that succeed whatever happened before them.
const IDLE: [&str; 7] = [":", "cat", "date", "echo", "ls", "printf", "true"];

/// What only asks how a command ended.
const ASKED: [&str; 4] = ["case", "if", "until", "while"];

/// Options by which a tool ends with 0 whatever it finds, or without looking: `npm run x --if-present` of a
/// script that is not there, `tsc --noCheck`.
const LENIENT: [&str; 6] = [
    "--dry-run",
    "--exit-zero",
    "--if-present",
    "--ignore-errors",
    "--no-run-if-empty",
    "--nocheck",
];

/// The same in short, by program.
const LENIENT_SHORT: [(&str, &[char]); 3] =
    [("make", &['i', 'n', 'k']), ("gmake", &['i', 'n', 'k']), ("xargs", &['r'])];

/// What in `command` makes it end with 0 though its tool failed: `|| true`, `| tee log`. `None` where
/// its shape hides nothing; what the programs do by themselves is not known.
pub fn hides_exit_code(command: &str) -> Option<String> {
    hidden(command, Shell::default())
}

/// What the shell was told.
#[derive(Clone, Copy, Default)]
struct Shell {
    /// `set -e`
    strict: bool,
    /// `set -o pipefail`
    pipefail: bool,
}

impl Shell {
    /// Takes in the words of `set`, or of a shell's own call.
    fn told(&mut self, words: &[String]) {
        for word in words {
            let on = word.starts_with('-');
            let letters = word.strip_prefix(['-', '+']).filter(|rest| !rest.starts_with('-'));
            match (word.as_str(), letters) {
                ("errexit", _) => self.strict = true,
                ("pipefail", _) => self.pipefail = true,
                (_, Some(letters)) if letters.contains('e') => self.strict = on,
                _ => {}
            }
        }
    }
}

fn hidden(command: &str, mut shell: Shell) -> Option<String> {
    let (commands, ends) = commands(command);
    let last = commands.len().checked_sub(1)?;
    let telling = commands.last().and_then(|last| idle::option(&last.words));
    if let Some(lenient) = commands.iter().find_map(lenient).or(telling) {
        return Some(lenient);
    }
    if commands.get(last).is_some_and(hands_on) {
        return None;
    }
    for (at, simple) in commands.iter().enumerate() {
        let words: Vec<&str> = simple.words.iter().map(String::as_str).collect();
        if let ["set", ..] = words.as_slice() {
            shell.told(&simple.words);
        }
        if let Some((inner, shell)) = of_a_shell(&simple.words, shell)
            && let Some(found) = hidden(inner, shell)
        {
            return Some(found);
        }
        let fails = !succeeds(&words) && commands.iter().skip(at).any(fails);
        let hides = match simple.joint.as_str() {
            _ if words.first() == Some(&"!") => Some(String::new()),
            // Of a condition the 0 is that it was asked, of a loop that of its last round.
            _ if words.first().is_some_and(|first| ASKED.contains(first)) => Some(String::new()),
            _ if words.first() == Some(&"for") && !shell.strict => Some(String::new()),
            "||" if !fails => Some("|| ".to_owned()),
            "|" | "|&" if !shell.pipefail && is_one_of(simple, &FILTERS) => Some("| ".to_owned()),
            joint if joint.starts_with([';', '\n', '&']) && joint != "&&" => {
                let idles = is_one_of(simple, &IDLE) || succeeds(&words);
                (at == last && !shell.strict && idles).then(|| "; ".to_owned())
            }
            _ => None,
        };
        if let Some(joint) = hides {
            return Some(format!("{joint}{}", words.join(" ")));
        }
    }
    (ends == "&").then_some(ends)
}

/// The commands of all lines, and the operators that the last one ends with.
pub(super) fn commands(command: &str) -> (Vec<Simple>, String) {
    let whole = command.replace("\\\n", " ");
    let (mut all, mut ends) = (Vec::new(), String::new());
    for line in whole.lines() {
        let (mut simple, behind) = joined(line);
        if let Some(first) = simple.first_mut() {
            let joint = if ends.is_empty() { "\n" } else { ends.as_str() };
            first.joint.insert_str(0, joint);
            ends = behind;
        }
        all.append(&mut simple);
    }
    (all, ends)
}

/// `exit $code`, `test ${PIPESTATUS[0]} -eq 0`: what was kept of the tool's end.
fn hands_on(simple: &Simple) -> bool {
    const TESTS: [&str; 4] = ["return", "test", "[", "[["];
    let word = |at: usize| simple.words.get(at).map(String::as_str).unwrap_or_default();
    match word(0) {
        "exit" => word(1).starts_with('$'),
        first => TESTS.contains(&first) && word(1).contains("PIPESTATUS"),
    }
}

/// The option by which a tool says nothing with its 0.
fn lenient(simple: &Simple) -> Option<String> {
    let first = simple.words.first()?;
    let program = first.rsplit('/').next().unwrap_or(first);
    if program == "script" && !simple.words.iter().any(|word| is_returned(word)) {
        return Some("script without -e".to_owned());
    }
    let short = LENIENT_SHORT.iter().find(|(of, _)| *of == program).map_or(&[][..], |(_, of)| of);
    let is_short = |word: &&String| {
        let letters = word.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
        letters.is_some_and(|letters| letters.contains(short))
    };
    option_of(simple, &LENIENT).or_else(|| simple.words.iter().skip(1).find(is_short).cloned())
}

/// The one of the `options` that a command has, in any case.
fn option_of(simple: &Simple, options: &[&str]) -> Option<String> {
    let is_one = |word: &&String| options.iter().any(|of| word.eq_ignore_ascii_case(of));
    simple.words.iter().skip(1).find(is_one).cloned()
}

/// `script -e`, `--return`: ends as what it ran.
fn is_returned(word: &str) -> bool {
    let short = word.starts_with('-') && !word.starts_with("--") && word.contains('e');
    short || word == "--return"
}

/// Whether a command is there to end with 0: what comes after it starts anew.
fn succeeds(words: &[&str]) -> bool {
    matches!(words, ["true" | ":" | "wait"] | ["exit", "0"])
}

/// Whether a command behind `||` fails itself.
fn fails(simple: &Simple) -> bool {
    match simple.words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["false", ..] | ["exit" | "return"] => true,
        ["exit" | "return", code, ..] => *code != "0",
        _ => false,
    }
}

fn is_one_of(simple: &Simple, known: &[&str]) -> bool {
    let first = simple.words.first().map(String::as_str).unwrap_or_default();
    known.contains(&first.rsplit('/').next().unwrap_or(first))
}

/// What `bash -c '…'` runs, and how that shell is told to.
fn of_a_shell(words: &[String], outer: Shell) -> Option<(&str, Shell)> {
    const SHELLS: [&str; 7] = ["ash", "bash", "cmd", "cmd.exe", "dash", "sh", "zsh"];
    let is_shell = |word: &String| SHELLS.contains(&word.rsplit('/').next().unwrap_or(word));
    let at = words.iter().position(is_shell)?;
    let options = words.get(at + 1..)?;
    let flag = options.iter().position(|word| {
        let flags = word.strip_prefix(['-', '/']);
        flags.is_some_and(|flags| !flags.starts_with('-') && flags.ends_with(['c', 'C']))
    })?;
    let mut shell = Shell { strict: false, ..outer };
    shell.pipefail = false;
    shell.told(options.get(..=flag)?);
    Some((options.get(flag + 1)?, shell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_that_hides_how_the_tool_ended_is_told() {
        for (command, what) in [
            ("npm test || true", "|| true"),
            ("npm test || :", "|| :"),
            ("tsc || echo failed", "|| echo failed"),
            ("(npm test || exit 0)", "|| exit 0"),
            ("npm test || true; test -s log || exit 1", "|| true"),
            ("npm test 2>&1 | tee test.log", "| tee test.log"),
            ("tsc |& /usr/bin/tee log", "| /usr/bin/tee log"),
            ("npm test; true", "; true"),
            ("set +e; npm test; exit 0", "; exit 0"),
            ("set +e\nnpm test\necho done", "; echo done"),
            ("npm test &", "&"),
            ("! npm test", "! npm test"),
            ("bash -c 'npm test || true'", "|| true"),
            ("set -eo pipefail; docker run x sh -c 'tsc | tee log'", "| tee log"),
            ("npm test | tee log && echo ok", "| tee log"),
            ("npm run typecheck --if-present", "--if-present"),
            ("pnpm -r --if-present run typecheck", "--if-present"),
            ("npx tsc --noEmit --noCheck", "--noCheck"),
            ("npx tsc --version", "--version"),
            ("npx tsc --showConfig", "--showConfig"),
            ("npx tsc --build --clean", "--clean"),
            ("cd web && npx tsc -b -d", "-d"),
            ("cd web && ruff check --exit-zero .", "--exit-zero"),
            ("make -ik lint", "-ik"),
            ("git diff --name-only | xargs -r eslint", "-r"),
            ("script -qc 'npx tsc' log", "script without -e"),
            ("if npx tsc; then echo ok; fi", "if npx tsc"),
            ("while read -r p; do npx tsc -p $p; done", "while read -r p"),
            ("for p in a b; do npx tsc -p $p; done", "for p in a b"),
            ("npx tsc & wait", "; wait"),
            ("npx tsc | tee log; echo \"ended with ${PIPESTATUS[0]}\" >&2", "| tee log"),
            ("cmd /c \"npx tsc & exit 0\"", "; exit 0"),
        ] {
            assert_eq!(hides_exit_code(command).as_deref(), Some(what), "{command}");
        }
    }

    #[test]
    fn a_shape_that_hides_nothing_is_left_alone() {
        for command in [
            "",
            "npm test",
            "cd web && npx tsc --noEmit > tsc.log 2>&1",
            "cd web; npx tsc --noEmit",
            "npm test || exit 1",
            "npm test || { echo failed; exit 1; }",
            "set -o pipefail; npm test | tee log",
            "set -euo pipefail\nnpm test | tee log\necho done",
            "bash -eo pipefail -c 'npm test | tee log'",
            "npm test; code=$?; echo $code; exit $code",
            "npm test | tee log; exit ${PIPESTATUS[0]}",
            "npm test | tee log; test ${PIPESTATUS[0]} -eq 0",
            "script -qec 'npx tsc' log",
            "make -j4 lint",
            "npx tsc --version && npx tsc --noEmit",
            "npx tsc -d",
            "pytest -v",
            "set -e; for p in a b; do npx tsc -p $p; done",
            "if npx tsc; then code=0; else code=1; fi; exit $code",
            "npx tsc & wait $!",
            "npm test && echo ok",
            "git diff --name-only | xargs eslint",
            "npm test -- --grep '|| true'",
            "npm test \\\n  --silent",
            "docker ps &>/dev/null",
        ] {
            assert_eq!(hides_exit_code(command), None, "{command}");
        }
    }
}
