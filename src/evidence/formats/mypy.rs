//! The output of `mypy`, which says at its end how many errors it found and in how many files it looked.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::evidence::count::OddCounts;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Mypy;

impl Format for Mypy {
    fn id(&self) -> &'static str {
        "mypy"
    }

    fn about(&self) -> About {
        About {
            tool: "mypy",
            recognised: "its last line, `Success: no issues found in N source files` or `Found N errors in N files (…)`, or lines `file.py:line: error: … [code]`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://mypy.readthedocs.io/en/stable/command_line.html",
            clean: "`Success: no issues found in N source files`.",
            vacuous: "0 source files; an output without mypy's last line (`--no-error-summary`, or it was cut); a line that tells of a failure.",
            blank: Blanks::NONE,
            notes: &[
                "mypy says at its end how many files it checked: an output without that line is cut, or of a run that broke off.",
                "`(errors prevented further checking)`: the rest was not checked, so that only what is listed is known.",
                "A note at the place of an error belongs to that error, as in mypy's JSON; one by itself is a note.",
                "The last lines of several runs are added up. Where they tell of more errors than are listed, some are lost.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let own = |line: &str| {
            Summary::of(line).is_some() || Diagnostic::of(line).is_some_and(|of| of.is_of_mypy())
        };
        Fit::sure(sniff.text().is_some_and(|head| head.any(own)))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "mypy");
        let mut output = Output::default();
        let mut findings = input.findings();
        let mut open: Option<Diagnostic<'_>> = None;
        for (number, line) in input.lines() {
            if let Some(open) = open.as_mut().filter(|open| open.goes_on(line)) {
                open.join(line);
                continue;
            }
            open.take().into_iter().for_each(|ended| ended.add_to(&mut findings));
            if let Some(summary) = Summary::of(line) {
                output.add(&summary, number);
            } else if let Some(diagnostic) = Diagnostic::of(line) {
                open = output.is_new(&diagnostic).then_some(diagnostic);
            } else if fails(line) {
                output.broke.get_or_insert(line);
            }
        }
        open.into_iter().for_each(|ended| ended.add_to(&mut findings));
        output.settle(&mut reading, findings.levelled(Level::Error));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Whether a line tells that mypy, or what ran it, failed. An indented line is part of a message.
fn fails(line: &str) -> bool {
    let own = line.starts_with("mypy: ") && !line.starts_with("mypy: note");
    let told = text::tells_of_trouble(line) || own;
    told && !line.starts_with([' ', '\t'])
}

/// What the lines come to.
#[derive(Default)]
struct Output<'a> {
    /// Where errors stand.
    places: BTreeSet<&'a str>,
    summaries: u64,
    errors: u64,
    checked: u64,
    /// Whether an error kept mypy from checking the rest.
    prevented: bool,
    broke: Option<&'a str>,
    odd: OddCounts,
}

impl<'a> Output<'a> {
    /// Whether it is no part of an error that stands at its place already.
    fn is_new(&mut self, diagnostic: &Diagnostic<'a>) -> bool {
        match diagnostic.level {
            Level::Error => {
                self.places.insert(diagnostic.place);
                true
            }
            _ => !self.places.contains(diagnostic.place),
        }
    }

    fn add(&mut self, summary: &Summary<'_>, line: usize) {
        let mut take = |text: &str| {
            self.odd.take(text, || format!("What mypy counts, at line {line},")).unwrap_or(0)
        };
        let (errors, checked) = (take(summary.errors), summary.checked.map(&mut take));
        self.errors = self.errors.saturating_add(errors);
        self.checked = self.checked.saturating_add(checked.unwrap_or(0));
        self.prevented |= checked.is_none();
        self.summaries += 1;
    }

    /// Doubts a run that did not come to its end, or that looked at nothing.
    fn settle(self, reading: &mut Reading, held: u64) {
        self.odd.settle(reading);
        if self.summaries == 0 {
            let why = "The output does not end as mypy ends it: it is cut, or mypy broke off.";
            reading.doubt(Rule::Unreadable, why);
        } else if self.prevented {
            let why = "An error kept mypy from checking the rest.";
            reading.doubt(Rule::Unchecked, why);
        } else if self.checked == 0 {
            reading.doubt(Rule::NothingLookedAt, "mypy checked 0 source files.");
        }
        if self.errors > held {
            let errors = counted(self.errors, "error");
            let why = format!("mypy says that it found {errors}; the output holds {held}.");
            reading.doubt(Rule::Unreadable, why);
        } else if self.errors < held && self.summaries > 0 {
            let errors = counted(self.errors, "error");
            reading.warn(format!("mypy says that it found {errors}; the output holds {held}."));
        }
        if let Some(said) = self.broke.and_then(text::title) {
            let why = format!("mypy did not run to its end. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
    }
}

/// The last line of a run.
struct Summary<'a> {
    errors: &'a str,
    /// How many files; `None` where an error prevented that.
    checked: Option<&'a str>,
}

impl<'a> Summary<'a> {
    fn of(line: &'a str) -> Option<Summary<'a>> {
        let line = line.trim_end();
        let files = |text: &'a str| {
            let (count, noun) = text.split_once(' ')?;
            ["source file", "source files"].contains(&noun).then_some(count)
        };
        if let Some(clean) = line.strip_prefix("Success: no issues found in ") {
            return Some(Summary { errors: "0", checked: Some(files(clean)?) });
        }
        let (errors, rest) = line.strip_prefix("Found ")?.split_once(" error")?;
        let (_, ended) = rest.split_once(" in ")?.1.split_once(" (")?;
        let ended = ended.strip_suffix(')')?;
        let checked = match ended {
            "errors prevented further checking" => None,
            ended => Some(files(ended.strip_prefix("checked ")?)?),
        };
        Some(Summary { errors, checked })
    }
}

/// One error or note.
struct Diagnostic<'a> {
    /// The file with its line and column, as written.
    place: &'a str,
    level: Level,
    said: Cow<'a, str>,
    code: Option<String>,
}

impl<'a> Diagnostic<'a> {
    /// `src/a.py:12: error: …  [code]`, with a column or an end behind the line where it was asked for.
    fn of(line: &'a str) -> Option<Diagnostic<'a>> {
        if line.starts_with([' ', '\t']) {
            return None;
        }
        let (place, level, said) = [(": error: ", Level::Error), (": note: ", Level::Note)]
            .iter()
            .filter_map(|(word, level)| {
                let (place, said) = line.split_once(word)?;
                Some((place, *level, said))
            })
            .min_by_key(|(place, ..)| place.len())?;
        located(place)?;
        let said = said.trim_end();
        let coded = said.strip_suffix(']').and_then(|said| said.rsplit_once("  ["));
        let (said, code) = coded.map_or((said, None), |(said, code)| (said, Some(code.to_owned())));
        Some(Diagnostic { place, level, said: Cow::Borrowed(said), code })
    }

    /// Whether it goes on in a line, as `--pretty` breaks what is long. Its code ends it.
    fn goes_on(&self, line: &str) -> bool {
        let is_text = !line.trim().is_empty() && !line.starts_with([' ', '\t']);
        let is_other =
            || Summary::of(line).is_some() || Diagnostic::of(line).is_some() || fails(line);
        self.code.is_none() && is_text && !is_other()
    }

    /// Takes a line in which it goes on.
    fn join(&mut self, line: &str) {
        let said = format!("{} {}", self.said.trim_end(), line.trim());
        let is_code = |code: &str| {
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        let coded = said.strip_suffix(']').and_then(|said| said.rsplit_once(" ["));
        match coded.filter(|(_, code)| is_code(code)) {
            Some((before, code)) => {
                self.code = Some(code.to_owned());
                self.said = Cow::Owned(before.trim_end().to_owned());
            }
            None => self.said = Cow::Owned(said),
        }
    }

    fn add_to(&self, findings: &mut Findings) {
        findings.add_with(Grade::Unknown, self.level, false, || self.finding());
    }

    /// Whether it can be no other tool's: an error in a file of Python, with a code of mypy's form.
    fn is_of_mypy(&self) -> bool {
        let file = located(self.place).map_or("", |(file, _)| file);
        let of_python = [".py", ".pyi"].iter().any(|end| file.ends_with(end));
        self.code.is_some() && of_python && self.level == Level::Error
    }

    fn finding(&self) -> Finding {
        let (file, line) = located(self.place).unwrap_or((self.place, None));
        Finding {
            rule: self.code.clone(),
            title: text::title(&self.said),
            path: Some(file.to_owned()),
            line,
            ..Finding::levelled(self.level)
        }
    }
}

/// The file and the line of `a.py:12`, `a.py:12:5` or `a.py:12:5:12:9`. A line beyond counting is none.
fn located(place: &str) -> Option<(&str, Option<u64>)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mut file, mut line) = place.rsplit_once(':').filter(|(_, line)| is_number(line))?;
    while let Some((rest, number)) = file.rsplit_once(':').filter(|(_, number)| is_number(number)) {
        (file, line) = (rest, number);
    }
    (!file.is_empty()).then(|| (file, line.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    const ERROR: &str = "a.py:2: error: Name \"x\" is not defined  [name-defined]\n";

    #[test]
    fn a_run_without_its_last_line_proves_nothing() {
        let one = format!("{ERROR}Found 1 error in 1 file (checked 3 source files)\n");
        proves(
            "mypy",
            &[
                ("Success: no issues found in 4 source files\n", ""),
                ("> mypy src\nSuccess: no issues found in 1 source file", ""),
                (&one, ""),
                ("Success: no issues found in 0 source files\n", "checked 0 source files"),
                (ERROR, "does not end as mypy ends it"),
                (
                    &one.replace("(checked 3 source files)", "(errors prevented further checking)"),
                    "the rest",
                ),
                (
                    &one.replace("Found 1 error ", "Found 2 errors "),
                    "found 2 errors; the output holds 1",
                ),
                (&format!("mypy: can't read file 'x'\n{one}"), "says: mypy: can't read file"),
                (&format!("{one}Killed\n"), "says: Killed"),
            ],
        );
    }

    #[test]
    fn a_message_that_is_broken_goes_on() {
        let text = "m/a.py:2: error: Incompatible return value type (got \"int\", expected \"str\") \n\
            [return-value]\n        return a\n               ^\n\
            m/a.py:5: error: List item 0 has incompatible type\n\
            \"tuple[int, int]\"; expected \"tuple[int, str]\"  [list-item]\n    x: dict\n\
            m/a.py:9: error: Name \"y\" is not defined  [name-defined]\nKilled\n\
            Found 3 errors in 1 file (checked 1 source file)\n";
        let read = reading("mypy", text);
        let findings = read.facts.findings.unwrap();
        let told = findings.list.entries();
        let rules: Vec<_> = told.iter().map(|one| one.rule.as_deref().unwrap()).collect();
        assert_eq!(rules, ["return-value", "list-item", "name-defined"]);
        let title = told[1].title.as_deref().unwrap();
        assert!(
            title.ends_with("incompatible type \"tuple[int, int]\"; expected \"tuple[int, str]\"")
        );
        assert_eq!(read.doubts.len(), 1, "Killed is no part of a message");
    }

    #[test]
    fn a_note_at_the_place_of_an_error_is_part_of_it() {
        let text = format!(
            "{ERROR}a.py:2: note: See the docs\na.py:9:1:9:4: note: Revealed type is \"int\"\n\
            a.py: note: In function \"f\":\nFound 1 error in 1 file (checked 1 source file)\n"
        );
        let findings = reading("mypy", &text).facts.findings.unwrap();
        assert_eq!((findings.levelled(Level::Error), findings.total()), (1, 2));
        let told = findings.list.entries();
        assert_eq!((told[0].rule.as_deref(), told[0].line), (Some("name-defined"), Some(2)));
        assert_eq!((told[1].path.as_deref(), told[1].line), (Some("a.py"), Some(9)));
    }
}
