//! The output of flake8, of pycodestyle, and of Ruff where it is `concise`: a line a violation.

use crate::evidence::count::OddCounts;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Flake8;

impl Format for Flake8 {
    fn id(&self) -> &'static str {
        "flake8"
    }

    fn about(&self) -> About {
        About {
            tool: "flake8, pycodestyle, and Ruff (`--output-format concise`)",
            recognised: "lines `file.py:line:column: CODE …` or `file.py:line: [CODE] …`, with a code such as `E501`, `F401` or `ABC123`, or a name of Ruff's such as `invalid-syntax`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://flake8.pycqa.org/en/latest/internal/formatters.html",
            clean: "An empty output, vouched for.",
            vacuous: "An output that holds other lines and no violation: flake8 did not run, or in a form of its own (`--format`, `-q`).",
            blank: Blanks::NONE.silent(),
            notes: &[
                "flake8 has no severities: it fails for each violation, so that each is an error.",
                "Nothing is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
                "What `--count` and `--statistics` add and `--show-source` quotes is no violation; a count beyond what is listed says that some are lost.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let own = |line: &str| Violation::of(line).is_some_and(|of| of.is_of_python());
        Fit::likely(sniff.text().is_some_and(|head| head.any(own)))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "flake8");
        let (mut findings, mut odd) = (input.findings(), OddCounts::default());
        let (mut count, mut others, mut broke) = (None, 0, None);
        for (number, line) in input.lines() {
            let at = || format!("What is counted at line {number}");
            if let Some(violation) = Violation::of(line) {
                findings.add_with(Grade::Unknown, Level::Error, false, || violation.finding());
            } else if let Some(told) = by_ruff(line) {
                reading.tool = Some("Ruff".to_owned());
                count = count.max(odd.take(told, at));
            } else if is_count(line) {
                count = count.max(odd.take(line.trim(), at));
            } else if fails(line) {
                broke.get_or_insert(line);
            } else {
                others += u64::from(!line.trim().is_empty());
            }
        }
        odd.settle(&mut reading);
        let held = findings.total();
        if let Some(count) = count.filter(|&count| count > held) {
            let why = format!("The tool counts {count}; the output holds {held}.");
            reading.doubt(Rule::Unreadable, why);
        }
        if held > 0 && !input.text.ends_with('\n') {
            reading.doubt(Rule::Unreadable, "The output ends in the middle of a line.");
        }
        if let Some(said) = broke.and_then(text::title) {
            let why = format!("flake8 did not run to its end. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        } else if held == 0 && others > 0 {
            let others = counted(others, "line");
            let why = format!("The output holds {others} and none of flake8's own.");
            reading.doubt(Rule::ToolFailed, why);
        } else if held == 0 {
            let why =
                "flake8 lists nothing where it found nothing, and where it looked at nothing.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

/// Whether a line is what `--count` adds.
fn is_count(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with(|c: char| c.is_ascii_digit()) && !line.contains([' ', ':'])
}

/// What Ruff counts at its end: `Found 3 errors.`
fn by_ruff(line: &str) -> Option<&str> {
    Some(line.strip_prefix("Found ")?.split_once(" error")?.0)
}

/// Whether a line tells that flake8, or what ran it, failed. An indented line is quoted code.
fn fails(line: &str) -> bool {
    let own = line.starts_with("flake8: error: ")
        || line.starts_with("There was a critical error during execution of Flake8");
    (own || text::tells_of_failure(line)) && !line.starts_with([' ', '\t'])
}

/// One violation.
struct Violation<'a> {
    path: &'a str,
    line: Option<u64>,
    code: &'a str,
    said: &'a str,
}

impl<'a> Violation<'a> {
    /// `a.py:3:12: F821 undefined name 'y'`, or `a.py:3: [F821] undefined name 'y'`.
    fn of(line: &'a str) -> Option<Violation<'a>> {
        line.match_indices(": ").find_map(|(at, _)| {
            let (place, rest) = (line.get(..at)?, line.get(at + 2..)?);
            let (code, said) = match rest.strip_prefix('[') {
                Some(rest) => rest.split_once(']')?,
                None => rest.split_once(' ').unwrap_or((rest, "")),
            };
            let bracketed = rest.starts_with('[');
            let (path, number) = if bracketed { last(place)? } else { last(last(place)?.0)? };
            let code = code.strip_suffix(':').filter(|name| is_name(name)).unwrap_or(code);
            let whole = !path.is_empty() && (is_code(code) || is_name(code));
            whole.then(|| Violation { path, line: number.parse().ok(), code, said })
        })
    }

    /// Whether it is about a file of Python, or what was piped in: other linters write such lines too.
    fn is_of_python(&self) -> bool {
        [".py", ".pyi", ".pyx", ".ipynb"].iter().any(|end| self.path.ends_with(end))
            || ["stdin", "-"].contains(&self.path)
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: Some(self.code.to_owned()),
            title: text::title(self.said),
            path: Some(self.path.to_owned()),
            line: self.line,
            ..Finding::levelled(Level::Error)
        }
    }
}

/// What stands before the last `:`, and the number behind it.
fn last(place: &str) -> Option<(&str, &str)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    place.rsplit_once(':').filter(|(_, number)| is_number(number))
}

/// `E501`, `F401`, `ABC123`: one to three capitals and what numbers the rule, as flake8 asks of its
/// plugins.
fn is_code(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = text.get(letters..).unwrap_or_default();
    (1..=3).contains(&letters)
        && (1..=4).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `invalid-syntax`, `unused-import`: what Ruff calls what has no code, and any rule with `--preview`.
fn is_name(text: &str) -> bool {
    let own = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.bytes().all(own)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const ONE: &str = "a.py:3:12: F821 undefined name 'y'\n";

    #[test]
    fn what_holds_no_violation_is_no_pass() {
        proves(
            "flake8",
            &[
                (ONE, ""),
                (&format!("{ONE}1\n"), ""),
                (&format!("{ONE}2\n"), "counts 2; the output holds 1"),
                ("a.py\n", "1 line and none of flake8's own"),
                ("usage: flake8 [options]\nflake8: error: no\n", "says: flake8: error: no"),
                (&format!("{ONE}Traceback (most recent call last):\n"), "says: Traceback"),
                (ONE.trim_end(), "ends in the middle of a line"),
            ],
        );
    }

    #[test]
    fn ruff_is_told_by_its_last_line() {
        let found = |count| reading("flake8", &format!("{ONE}Found {count} error.\n"));
        assert_eq!(found("1").tool.as_deref(), Some("Ruff"));
        assert!(found("1").doubts.is_empty() && !found("2").doubts.is_empty());
    }

    #[test]
    fn violations_are_read_in_both_forms() {
        let text = format!(
            "{ONE}    return y\n           ^\nC:\\a b.py:4: [E302] expected: 2 blank lines, found 0\n\
            b.py:1:5: invalid-syntax: Expected `)`\nb.py:2: [unused-import] `os`\na.py:5:1: ABC123\na.py:6:1: note: no\na.py:7: F401 no\n1     F821 undefined name 'y'\n"
        );
        let findings = reading("flake8", &text).facts.findings.unwrap();
        let told: Vec<_> = findings.list.entries().iter().collect();
        let told: Vec<_> = told
            .iter()
            .map(|of| (of.path.as_deref().unwrap(), of.line.unwrap(), of.rule.as_deref().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("a.py", 3, "F821"),
                ("C:/a b.py", 4, "E302"),
                ("b.py", 1, "invalid-syntax"),
                ("b.py", 2, "unused-import"),
                ("a.py", 5, "ABC123"),
            ],
            "{text}"
        );
    }
}
