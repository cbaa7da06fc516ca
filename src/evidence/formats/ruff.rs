//! What Ruff prints by default (`--output-format full`): each violation with the code that it is of.

use crate::evidence::count::OddCounts;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Ruff;

/// What it says where it found nothing.
const PASSED: &str = "All checks passed!";

/// How it says that there was no file, on the other channel.
const NOTHING: &str = "warning: No Python files found";

/// What it calls a file that it could not parse, and one that it could not read.
const UNREAD: [&str; 2] = ["invalid-syntax", "E902"];

impl Format for Ruff {
    fn id(&self) -> &'static str {
        "ruff"
    }

    fn about(&self) -> About {
        About {
            tool: "Ruff (`--output-format full`)",
            recognised: "lines `F401 … ` or `invalid-syntax: …`, and below them `--> file.py:line:column`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.astral.sh/ruff/settings/#output-format",
            clean: "`All checks passed!`, vouched for.",
            vacuous: "An output without `Found … errors.` behind its violations (`-q`, or it was cut), or with fewer than that; a run that changed files (`--fix`).",
            blank: Blanks::NONE.silent(),
            notes: &[
                "Ruff fails for each violation, so that each is an error. Its `concise` output is read as flake8's.",
                "A file that is no Python (`invalid-syntax`) or that cannot be read (`E902`) is a finding, and counted in `findings.unchecked`.",
                "`All checks passed!` is what it says of a folder without a Python file too, and what ty says: the format has to be named, and something has to vouch for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let is_of_python = |line: &str| Place::of(line).is_some_and(|place| place.is_of_python());
        Fit::sure(head.any(is_of_python) && head.any(|line| Head::of(line).is_some()))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Ruff");
        let (mut findings, mut odd) = (input.findings(), OddCounts::default());
        let mut output = Output::default();
        for (number, line) in input.lines() {
            if let Some((head, place)) = output.head.take().zip(Place::of(line)) {
                output.uncounted += 1;
                output.unread += u64::from(UNREAD.contains(&head.code));
                findings.add(finding(&head, &place));
            } else if let Some(head) = Head::of(line) {
                output.head = Some(head);
            } else {
                output.line(line, |count| {
                    odd.take(count, || format!("What is counted at line {number}"))
                });
            }
        }
        odd.settle(&mut reading);
        output.settle(&mut reading, findings.total());
        findings.unchecked = Some(output.unread);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// What the lines beside violations come to.
#[derive(Default)]
struct Output<'a> {
    /// The violation whose place comes next.
    head: Option<Head<'a>>,
    unread: u64,
    /// Violations behind which no count came yet.
    uncounted: u64,
    passed: bool,
    /// It says that there was no file.
    nothing: bool,
    /// How many it counts, each run at its end, and how many of them it fixed.
    found: Option<(u64, u64)>,
    broke: Option<&'a str>,
}

impl<'a> Output<'a> {
    fn line(&mut self, line: &'a str, mut count: impl FnMut(&str) -> Option<u64>) {
        if let Some((found, rest)) =
            line.strip_prefix("Found ").and_then(|of| of.split_once(" error"))
        {
            let fixed = rest.split_once('(').and_then(|(_, of)| of.split_once(" fixed"));
            let fixed = fixed.and_then(|(fixed, _)| count(fixed));
            let (before, mended) = self.found.unwrap_or_default();
            let found = before.saturating_add(count(found).unwrap_or(0));
            self.found = Some((found, mended.saturating_add(fixed.unwrap_or(0))));
            self.uncounted = 0;
        } else if line.starts_with(NOTHING) {
            self.nothing = true;
        } else if line.starts_with(PASSED) {
            self.passed = true;
        } else if line.starts_with("ruff failed") || text::tells_of_failure(line) {
            self.broke.get_or_insert(line);
        }
    }

    fn settle(&self, reading: &mut Reading, held: u64) {
        if let Some(said) = self.broke.and_then(text::title) {
            let why = format!("Ruff did not run to its end. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        if self.nothing {
            reading.doubt(Rule::NothingLookedAt, "Ruff found no Python file.");
        }
        match self.found {
            Some((found, fixed)) if self.uncounted == 0 && self.head.is_none() => {
                if found > held.saturating_add(fixed) {
                    let why = format!("Ruff counts {found}; the output holds {held}.");
                    reading.doubt(Rule::Unreadable, why);
                }
                if fixed > 0 {
                    let fixed = counted(fixed, "violation");
                    let why =
                        format!("Ruff fixed {fixed}: what it lists is left in the changed code.");
                    reading.doubt(Rule::OtherCode, why);
                }
            }
            _ if held > 0 || self.head.is_some() => {
                let why =
                    "The output does not end with Ruff's count: it is cut, or Ruff broke off.";
                reading.doubt(Rule::Unreadable, why);
            }
            _ if self.passed => {
                let why = "Ruff says the same where it found no file to look at.";
                reading.doubt(Rule::SilentTool, why);
            }
            _ => {
                let why =
                    "The output holds neither a violation of Ruff's nor that all checks passed.";
                reading.doubt(Rule::NothingLookedAt, why);
            }
        }
    }
}

/// The first line of a violation: `F401 [*] …` or `invalid-syntax: …`.
struct Head<'a> {
    code: &'a str,
    said: &'a str,
}

impl<'a> Head<'a> {
    fn of(line: &'a str) -> Option<Head<'a>> {
        let (code, said) = match line.strip_prefix("invalid-syntax: ") {
            Some(said) => ("invalid-syntax", said),
            None => line.split_once(' ')?,
        };
        let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let is_code = (1..=4).contains(&(code.len() - digits.len()))
            && (3..=4).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        let said = said.strip_prefix("[*] ").unwrap_or(said);
        (is_code || code == "invalid-syntax").then_some(Head { code, said })
    }
}

/// Where it is: ` --> bad.py:1:8`.
struct Place<'a> {
    path: &'a str,
    line: Option<u64>,
}

impl<'a> Place<'a> {
    fn of(line: &'a str) -> Option<Place<'a>> {
        let place = line.trim_start_matches(' ').strip_prefix("--> ")?;
        let place = place.split_once(":cell ").map_or(place, |(path, _)| path);
        let mut parts = place.rsplitn(3, ':');
        let (_column, line, path) = (parts.next()?, parts.next(), parts.next());
        Some(Place { path: path.unwrap_or(place), line: line.and_then(|line| line.parse().ok()) })
    }

    fn is_of_python(&self) -> bool {
        [".py", ".pyi", ".ipynb"].iter().any(|end| self.path.ends_with(end))
    }
}

fn finding(head: &Head<'_>, place: &Place<'_>) -> Finding {
    Finding {
        rule: Some(head.code.to_owned()),
        title: text::title(head.said),
        path: Some(place.path.to_owned()),
        line: place.line,
        ..Finding::levelled(Level::Error)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const ONE: &str =
        "F401 [*] `os` imported but unused\n --> bad.py:1:8\n  |\n1 | import os\n  |\n\n";

    #[test]
    fn an_output_without_its_count_proves_nothing() {
        let counted = |count: &str| format!("{ONE}Found {count}.\n");
        proves(
            "ruff",
            &[
                (&counted("1 error"), ""),
                (&counted("1 error (1 fixed, 0 remaining)"), "fixed 1 violation"),
                (&counted("2 errors"), "counts 2; the output holds 1"),
                (&format!("{}{}", counted("1 error"), counted("1 error")), ""),
                (
                    &format!("{}{}", counted("3 errors"), counted("1 error")),
                    "counts 4; the output holds 2",
                ),
                (&format!("{}{ONE}", counted("1 error")), "does not end with Ruff's count"),
                (
                    "warning: No Python files found under the given path(s)\nAll checks passed!\n",
                    "no Python file",
                ),
                (&counted("x errors"), "which is no count"),
                (ONE, "does not end with Ruff's count"),
                ("F401 [*] `os` imported but unused\n", "does not end with Ruff's count"),
                ("All checks passed!\n", "no file to look at"),
                ("ruff failed\n  Cause: no\n", "says: ruff failed"),
                ("hello\n", "neither a violation"),
            ],
        );
    }

    #[test]
    fn a_violation_is_read_with_its_place() {
        let text = format!(
            "{ONE}invalid-syntax: Expected an identifier\n  --> a b.py:12:5\n\nE902 No such file\n--> nope.py:1:1\n\n\
            B018 Found useless expression\n --> n.ipynb:cell 2:3:1\n\nFound 4 errors.\n"
        );
        let findings = reading("ruff", &text).facts.findings.unwrap();
        assert_eq!((findings.total(), findings.unchecked), (4, Some(2)));
        let entries = findings.list.entries();
        let told = |at: usize| {
            let of = &entries[at];
            (of.rule.as_deref(), of.path.as_deref(), of.line)
        };
        assert_eq!(told(0), (Some("F401"), Some("bad.py"), Some(1)));
        assert_eq!(told(1), (Some("invalid-syntax"), Some("a b.py"), Some(12)));
        assert_eq!(told(2), (Some("E902"), Some("nope.py"), Some(1)));
        assert_eq!(told(3).1, Some("n.ipynb"));
        assert_eq!(entries[0].title.as_deref(), Some("`os` imported but unused"));
    }
}
