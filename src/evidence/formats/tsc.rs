//! The output of `tsc`, plain or pretty. An empty one is what success looks like.

use crate::evidence::count::OddCounts;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Tsc;

impl Format for Tsc {
    fn id(&self) -> &'static str {
        "tsc"
    }

    fn about(&self) -> About {
        About {
            tool: "tsc",
            recognised: "lines `file(line,column): error TSnnnn:` or `file:line:column - error TSnnnn:`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://www.typescriptlang.org/docs/handbook/compiler-options.html",
            clean: "An empty output, vouched for by the exit code or the CI step.",
            vacuous: "The compiler did not start: TS5xxx, TS6053, TS18003 without a file; it crashed, or the output is cut.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "tsc prints nothing on success: an empty output counts as 0 errors only beside something that vouches for the run; `Found 0 errors` (watch mode) is its own word.",
                "Diagnostics without a file of the kinds TS5xxx, TS6xxx and TS18xxx mean that the compile did not happen.",
                "Indented lines continue the message above them.",
                "`Found N errors` is compared with the count: where it found more than is listed, the output is cut.",
                "A line that tells of a crash, or an end in the middle of a line: tsc did not run to its end.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.text().is_some_and(|head| head.any(|line| Diagnostic::of(line).is_some())))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "tsc");
        let mut findings = input.findings();
        let (mut declared, mut odd) = (None, OddCounts::default());
        let mut not_started = None;
        let mut broke = None;
        let mut lines = 0;
        for (number, line) in input.lines() {
            lines += u64::from(!line.trim().is_empty());
            if let Some(diagnostic) = Diagnostic::of(line) {
                let of_config = diagnostic.file.is_none_or(|file| file.ends_with(".json"));
                if of_config && diagnostic.stops_compile() {
                    not_started.get_or_insert_with(|| {
                        format!("TS{}: {}", diagnostic.code, diagnostic.said)
                    });
                }
                let level = diagnostic.level;
                findings.add_with(Grade::Unknown, level, false, || diagnostic.finding());
            } else if let Some(count) = summary(line) {
                declared =
                    declared.max(odd.take(count, || format!("What tsc found, at line {number},")));
            } else if breaks(line) {
                broke.get_or_insert(line);
            }
        }
        odd.settle(&mut reading);
        let held = findings.total();
        if let Some(declared) = declared.filter(|&declared| declared != held) {
            let why = format!("tsc says that it found {declared} errors; the output holds {held}.");
            match declared > held {
                true => reading.doubt(Rule::Unreadable, why),
                false => reading.warn(why),
            }
        }
        if lines > 0 && declared.is_none() && !input.text.ends_with('\n') {
            reading.doubt(Rule::Unreadable, "The output ends in the middle of a line.");
        }
        if let Some(said) = not_started {
            reading.doubt(Rule::ToolFailed, format!("tsc did not compile. It says: {said}"));
        } else if let Some(said) = broke.and_then(text::title) {
            let why = format!("tsc did not run to its end. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        } else if findings.total() == 0 && declared.is_none() && lines > 0 {
            let why = format!(
                "The output holds {} and none of tsc's own. tsc did not run, or not to its end.",
                counted(lines, "line")
            );
            reading.doubt(Rule::ToolFailed, why);
        } else if findings.total() == 0 && declared != Some(0) {
            let why = format!(
                "The output holds {} and no diagnostic; tsc prints nothing on success, and where it never ran.",
                counted(lines, "line")
            );
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

/// `Found 3 errors in 2 files.`, in watch mode behind the time: `[10:00:00 AM] Found 0 errors.`
fn summary(line: &str) -> Option<&str> {
    let line = line.trim();
    let at = line.find("Found ")?;
    let (time, said) = line.split_at_checked(at)?;
    let timed =
        time.starts_with(|c: char| c == '[' || c.is_ascii_digit()) && time.ends_with(['-', ' ']);
    if !time.is_empty() && !timed {
        return None;
    }
    let (count, rest) = said.strip_prefix("Found ")?.split_once(' ')?;
    let counts = count.starts_with(|c: char| c.is_ascii_digit());
    (counts && rest.starts_with("error")).then_some(count)
}

/// Whether a line tells that tsc broke off. What npm says of a script that failed is no news beside
/// the errors, and an indented line is part of a message.
fn breaks(line: &str) -> bool {
    !line.starts_with([' ', '\t']) && !line.starts_with("npm ") && text::tells_of_failure(line)
}

/// One diagnostic.
struct Diagnostic<'a> {
    file: Option<&'a str>,
    line: Option<u64>,
    level: Level,
    code: u32,
    said: &'a str,
}

impl<'a> Diagnostic<'a> {
    /// `src/a.ts(12,5): error TS2322: …`, `src/a.ts:12:5 - error TS2322: …`, `error TS5083: …`.
    fn of(line: &'a str) -> Option<Diagnostic<'a>> {
        // Nearly every line of a long log is a continuation, told by its first character.
        if line.starts_with([' ', '\t']) {
            return None;
        }
        // The place may hold anything, ` TS` too: the first end that fits is its end.
        line.match_indices(" TS").find_map(|(at, _)| Diagnostic::split(line, at))
    }

    /// The diagnostic whose code stands after the blank at `at`.
    fn split(line: &'a str, at: usize) -> Option<Diagnostic<'a>> {
        let (before, code) = (line.get(..at)?, line.get(at..)?.strip_prefix(" TS")?);
        let (code, said) = code.split_once(": ")?;
        let errs = before.strip_suffix("error").map(|place| (place, Level::Error));
        let (place, level) =
            errs.or_else(|| Some((before.strip_suffix("warning")?, Level::Warning)))?;
        let (file, line) = match place {
            "" => (None, None),
            place => plain(place).or_else(|| pretty(place)).map(|(file, at)| (Some(file), at))?,
        };
        Some(Diagnostic { file, line, level, code: number(code)?, said: said.trim_end() })
    }

    /// Whether it is about the configuration or the command line.
    fn stops_compile(&self) -> bool {
        matches!(self.code, 5000..=6999 | 18000..=18999)
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: Some(format!("TS{}", self.code)),
            title: text::title(self.said),
            path: self.file.map(str::to_owned),
            line: self.line,
            ..Finding::levelled(self.level)
        }
    }
}

/// `src/a.ts(12,5): `; a folder may have parentheses too. A line beyond counting is none.
fn plain(place: &str) -> Option<(&str, Option<u64>)> {
    let (file, at) = place.strip_suffix("): ")?.rsplit_once('(')?;
    let (line, column) = at.split_once(',')?;
    placed(file, line, column)
}

/// `src/a.ts:12:5 - `.
fn pretty(place: &str) -> Option<(&str, Option<u64>)> {
    let (file, column) = place.strip_suffix(" - ")?.rsplit_once(':')?;
    let (file, line) = file.rsplit_once(':')?;
    placed(file, line, column)
}

fn placed<'a>(file: &'a str, line: &str, column: &str) -> Option<(&'a str, Option<u64>)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (!file.is_empty() && digits(line) && digits(column)).then(|| (file, line.parse().ok()))
}

/// A number in plain digits: Rust reads `+1` too.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::proves;

    #[test]
    fn an_output_that_broke_off_is_no_count() {
        let one = "src/a.ts(1,2): error TS2322: Type 'x'.\n";
        let pretty = "src/a.ts:1:2 - error TS2322: Type 'x'.\n\n1 let a\n      ~\n\n";
        proves(
            "tsc",
            &[
                (one, ""),
                ("Found 0 errors.\n", ""),
                ("[10:00:00 AM] Found 0 errors. Watching for file changes.\n", ""),
                ("Found 0 errors.\nKilled\n", "The output says: Killed"),
                (&format!("{one}npm ERR! code ELIFECYCLE\nnpm ERR! errno 2\n"), ""),
                (&format!("{pretty}Found 1 error in src/a.ts:1"), ""),
                (&format!("{pretty}Found 30 errors in 2 files.\n"), "found 30 errors"),
                (&format!("{pretty}Found 30 errors.\nFound 1 error.\n"), "found 30 errors"),
                (&format!("{one}Killed\n"), "The output says: Killed"),
                (
                    &format!("{one}FATAL ERROR: Reached heap limit Allocation failed\n"),
                    "says: FATAL ERROR",
                ),
                (&format!("{one}src/b.ts(3,"), "in the middle of a line"),
                (one.trim_end(), "in the middle of a line"),
            ],
        );
    }

    #[test]
    fn every_form_of_a_diagnostic_is_read() {
        for (line, file, number, code) in [
            ("src/a.ts(12,5): error TS2322: Type 'x'", Some("src/a.ts"), Some(12), 2322),
            ("app/(auth)/a b.tsx(3,1): error TS7006: P", Some("app/(auth)/a b.tsx"), Some(3), 7006),
            ("  Type 'error TS1: x' is not assignable", None, None, 0),
            ("src/a.tsx:3:1 - error TS7006: Parameter", Some("src/a.tsx"), Some(3), 7006),
            ("error TS5083: Cannot read file", None, None, 5083),
        ] {
            match Diagnostic::of(line) {
                Some(read) => {
                    assert_eq!((read.file, read.line, read.code), (file, number, code), "{line}");
                }
                None => assert_eq!(code, 0, "{line}"),
            }
        }
    }
}
