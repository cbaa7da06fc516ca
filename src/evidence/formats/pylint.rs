//! The output of Pylint, which rates the code at its end: the rating is the proof that it came there.

use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct Pylint;

/// Opens what is said of a module.
const MODULE: &str = "************* Module ";

/// How the rating begins.
const RATED: &str = "Your code has been rated at ";

/// What is said where no file was given.
const NOTHING: &str = "No files to lint: exiting.";

impl Format for Pylint {
    fn id(&self) -> &'static str {
        "pylint"
    }

    fn about(&self) -> About {
        About {
            tool: "Pylint",
            recognised: "`************* Module …`, `Your code has been rated at …` or `No files to lint: exiting.` at the beginning of a line",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://pylint.readthedocs.io/en/stable/user_guide/messages/index.html",
            clean: "`Your code has been rated at 10.00/10` and no message before it.",
            vacuous: "`No files to lint`; an output without a rating behind its messages (`--score=n`, no statement in any file, or it was cut); messages in a form of their own (`--msg-template`).",
            blank: Blanks::NONE,
            notes: &[
                "Messages are read as `text`, `parseable`, `msvs` and `github` write them, those of Pylint 1 too. F and E are errors, W are warnings, R, C and I are notes.",
                "The rating is rounded, so that it alone proves nothing: each module that is headed needs a message that can be read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let own = |line: &str| [MODULE, RATED, NOTHING].iter().any(|of| line.starts_with(of));
        Fit::sure(sniff.text().is_some_and(|head| head.any(own)))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Pylint");
        let (mut output, mut findings) = (Output::default(), input.findings());
        for (_, line) in input.lines() {
            if let Some(message) = Message::of(line) {
                output.headed = false;
                output.rated = false;
                findings.add_with(Grade::Unknown, message.level, false, || message.finding());
            } else {
                output.take(line);
            }
        }
        output.settle(&mut reading, findings.total());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// What the lines beside messages come to.
#[derive(Default)]
struct Output<'a> {
    /// Whether a module was headed, and no message of it was read yet.
    headed: bool,
    /// How many modules were headed without a message.
    unread: u64,
    /// Whether the rating is the last that was said.
    rated: bool,
    /// A rating that messages must stand for.
    marked_down: Option<&'a str>,
    nothing: bool,
    broke: Option<&'a str>,
}

impl<'a> Output<'a> {
    fn take(&mut self, line: &'a str) {
        if line.starts_with(MODULE) {
            self.close();
            (self.headed, self.rated) = (true, false);
        } else if let Some(rating) = line.strip_prefix(RATED) {
            self.close();
            self.rated = is_rating(rating);
            self.marked_down = self.marked_down.or(Some(rating).filter(|of| !of.starts_with("10")));
        } else if line.starts_with(NOTHING) {
            self.nothing = true;
        } else if fails(line) {
            self.broke.get_or_insert(line);
        }
    }

    fn close(&mut self) {
        self.unread += u64::from(std::mem::take(&mut self.headed));
    }

    /// Doubts a run that did not come to its end, or whose messages cannot be read.
    fn settle(mut self, reading: &mut Reading, held: u64) {
        self.close();
        if self.nothing {
            reading.doubt(Rule::NothingLookedAt, "Pylint had no files to lint.");
        } else if let Some(said) = self.broke.and_then(text::title) {
            let why = format!("Pylint did not run to its end. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        if self.unread > 0 {
            let modules = counted(self.unread, "module");
            let why = format!("The output heads {modules} without a message that can be read.");
            reading.doubt(Rule::Unreadable, why);
        }
        if !self.rated {
            let why =
                "The output does not end with Pylint's rating: it is cut, or Pylint broke off.";
            reading.doubt(Rule::Unreadable, why);
        } else if let Some(rating) = self.marked_down.filter(|_| held == 0).and_then(text::title) {
            let why = format!("Pylint rated the code at {rating}; the output holds no message.");
            reading.doubt(Rule::Unreadable, why);
        }
    }
}

/// Whether a whole rating follows: `10.00/10`, `-2.50/10 (previous run: …)`.
fn is_rating(text: &str) -> bool {
    let whole = text.split_once(' ').map_or(text, |(rating, _)| rating);
    let rated = whole.trim_end().strip_suffix("/10").and_then(text::number);
    rated.is_some_and(|rating| rating <= 10.0)
}

/// Whether a line tells that Pylint, or what ran it, failed. Lines of code that a message quotes are
/// indented or follow `==`.
fn fails(line: &str) -> bool {
    let own = line.starts_with("pylint: error: ") || line.starts_with("usage: pylint");
    (own || text::tells_of_trouble(line)) && !line.starts_with([' ', '\t'])
}

/// One message.
struct Message<'a> {
    /// Pylint 1 names the module alone, above its messages.
    path: Option<&'a str>,
    line: Option<u64>,
    level: Level,
    id: Option<&'a str>,
    said: &'a str,
}

impl<'a> Message<'a> {
    /// `a.py:3:11: E0602: … (undefined-variable)`, `a.py:3: [E0602(undefined-variable), f] …`,
    /// `a.py(3): [E0602(undefined-variable)f] …`, and of Pylint 1 `E:  3,11: … (undefined-variable)` and
    /// `a.py:3: [E0602, f] …`; and for GitHub `::error file=a.py,line=3,endline=3,col=11,title=E0602::…`.
    fn of(line: &'a str) -> Option<Message<'a>> {
        if let Some(command) = line.strip_prefix("::") {
            return Message::for_github(command);
        }
        Message::beside_its_path(line).or_else(|| Message::below_its_module(line))
    }

    fn for_github(command: &'a str) -> Option<Message<'a>> {
        let (properties, said) = command.split_once(' ')?.1.split_once("::")?;
        let mut properties = properties.split(',').filter_map(|of| of.split_once('='));
        let mut named = |key: &str| properties.find(|(name, _)| *name == key).map(|(_, of)| of);
        let (path, line, id) = (named("file")?, named("line")?, named("title")?);
        let line = line.parse().ok();
        Some(Message { path: Some(path), line, level: level_of(id)?, id: Some(id), said })
    }

    fn below_its_module(line: &'a str) -> Option<Message<'a>> {
        let (letter, rest) = line.split_once(':')?;
        let level = letter_level(letter)?;
        let (place, said) = rest.split_once(": ")?;
        let (number, column) = place.split_once(',')?;
        column.trim().parse::<u64>().ok()?;
        let named = said.strip_suffix(')').and_then(|said| said.rsplit_once(" ("));
        let is_symbol = |id: &str| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let (said, id) = match named.filter(|(_, id)| id.contains('-') && is_symbol(id)) {
            Some((said, id)) => (said, Some(id)),
            None => (said, None),
        };
        let line = Some(number.trim().parse().ok()?);
        Some(Message { path: None, line, level, id, said })
    }

    fn beside_its_path(line: &'a str) -> Option<Message<'a>> {
        line.match_indices(": ").find_map(|(at, _)| {
            let (place, rest) = (line.get(..at)?, line.get(at + 2..)?);
            let (path, number) = located(place)?;
            let (id, said) = match rest.strip_prefix('[') {
                None => {
                    rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|id| (id, "")))?
                }
                Some(rest) => {
                    let id = rest.get(..rest.find(['(', ',', ']'])?)?;
                    (id, rest.split_once(']')?.1.trim_start())
                }
            };
            let line = number.parse().ok();
            let message = |level| Message { path: Some(path), line, level, id: Some(id), said };
            level_of(id).map(message)
        })
    }

    fn finding(&self) -> Finding {
        Finding {
            rule: self.id.map(str::to_owned),
            title: text::title(self.said),
            path: self.path.map(str::to_owned),
            line: self.line,
            ..Finding::levelled(self.level)
        }
    }
}

/// The path and the line of `a.py:3:11`, `a.py:3` or `a.py(3)`.
fn located(place: &str) -> Option<(&str, &str)> {
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((path, line)) = place.strip_suffix(')').and_then(|of| of.rsplit_once('(')) {
        return Some((path, line)).filter(|(path, line)| !path.is_empty() && is_number(line));
    }
    let (rest, last) = place.rsplit_once(':').filter(|(_, last)| is_number(last))?;
    let lined = rest.rsplit_once(':').filter(|(_, line)| is_number(line));
    lined.or(Some((rest, last))).filter(|(path, _)| !path.is_empty())
}

/// What `E0602` is by its letter.
fn level_of(id: &str) -> Option<Level> {
    let (letter, number) = id.split_at_checked(1)?;
    let numbered = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    letter_level(letter).filter(|_| numbered)
}

fn letter_level(letter: &str) -> Option<Level> {
    match letter {
        "F" | "E" => Some(Level::Error),
        "W" => Some(Level::Warning),
        "R" | "C" | "I" => Some(Level::Note),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    const ERROR: &str =
        "************* Module a\na.py:3:11: E0602: Undefined variable 'y' (undefined-variable)\n";
    const RATING: &str = "\n---\nYour code has been rated at 10.00/10\n\n";

    #[test]
    fn a_run_without_its_rating_proves_nothing() {
        proves(
            "pylint",
            &[
                (RATING, ""),
                ("Your code has been rated at 10.00/10 (previous run: 9.00/10, +1.00)", ""),
                (&format!("{ERROR}{RATING}"), ""),
                (ERROR, "does not end with Pylint's rating"),
                (&format!("{RATING}{ERROR}"), "does not end with Pylint's rating"),
                ("Your code has been rated at 10.0", "does not end with Pylint's rating"),
                ("No files to lint: exiting.\n", "had no files to lint"),
                ("usage: pylint [options]\npylint: error: no\n", "says: usage: pylint"),
                (&format!("Killed\n{RATING}"), "says: Killed"),
                (&format!("************* Module a\na.py:3:E0602\n{RATING}"), "heads 1 module"),
                (
                    "a.py,3\nYour code has been rated at 9.50/10\n",
                    "at 9.50/10; the output holds no message",
                ),
            ],
        );
    }

    #[test]
    fn messages_are_read_in_each_form() {
        let of = |line: &'static str| {
            Message::of(line).map(|of| (of.path.unwrap_or_default(), of.line, of.id, of.level))
        };
        let found = Some(("a.py", Some(3), Some("E0602"), Level::Error));
        for line in [
            "a.py:3:11: E0602: Undefined: variable 'y' (undefined-variable)",
            "a.py:3: [E0602(undefined-variable), f] Undefined variable 'y'",
            "a.py(3): [E0602(undefined-variable)f] Undefined variable 'y'",
            "a.py:3: [E0602] Undefined variable 'y'",
            "a.py:3: [E0602, f] Undefined (y)",
            "::error file=a.py,line=3,endline=,col=11,title=E0602::Undefined: variable",
        ] {
            assert_eq!(of(line), found, "{line}");
        }
        let path = of(r"C:\src\a b.py:3:11: W0611: Unused import os (unused-import)").unwrap();
        assert_eq!((path.0, path.3), (r"C:\src\a b.py", Level::Warning));
        for (line, number, id) in [
            ("C: 15, 0: Line too long (116/100) (line-too-long)", 15, Some("line-too-long")),
            ("C:131, 0: Exactly one space required after assignment", 131, None),
            ("C:  2, 4: Name (in-a-bracket) is odd", 2, None),
        ] {
            assert_eq!(of(line), Some(("", Some(number), id, Level::Note)), "{line}");
        }
        for line in ["C: see, 0: x", "X: 15, 0: x", "C: 15: x", "  C: 15, 0: x"] {
            assert_eq!(of(line), None, "{line}");
        }
        for line in [
            "a.py:3:11: X0602: no",
            "a.py: E0602: no",
            "==a:[1:5]",
            ": 3: E0602: no",
            "::error file=a.py::E0602",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn levels_go_by_letter() {
        let text = format!(
            "{ERROR}a.py:1:0: C0114: Missing (x)\na.py:1:0: R0801: Similar lines\n==a:[1:5]\n\
            x = 1 (duplicate-code)\na.py:2:0: W0611: Unused (x)\na.py:1:0: F0001: No (fatal)\n{RATING}"
        );
        let findings = reading("pylint", &text).facts.findings.unwrap();
        let of = |level| findings.levelled(level);
        assert_eq!((of(Level::Error), of(Level::Warning), of(Level::Note)), (2, 1, 2));
    }
}
