//! `prettier --check`: the files that are formatted otherwise, and at the end what that comes to.

use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct Prettier;

/// How an output of `--check` begins.
const BEGINS: &str = "Checking formatting...";

/// How one ends, and whether something was found then.
const ENDS: [(&str, bool); 3] = [
    ("All matched files use Prettier code style!", false),
    ("Code style issues found in ", true),
    ("Error occurred when checking code style in ", true),
];

impl Format for Prettier {
    fn id(&self) -> &'static str {
        "prettier"
    }

    fn about(&self) -> About {
        About {
            tool: "Prettier (`--check`)",
            recognised: "a line `Checking formatting...`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://prettier.io/docs/cli#--check",
            clean: "`All matched files use Prettier code style!`, vouched for.",
            vacuous: "An output without its last line, as standard output alone has it where a file is formatted otherwise; one in which no file matched.",
            blank: Blanks::NONE,
            notes: &[
                "A file that is formatted otherwise, and one that cannot be parsed, is an error each.",
                "All matched files may be none: where every file is ignored, or the complaint went to standard error, the output is the same. It counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let begins = |line: &str| line.trim_end() == BEGINS;
        Fit::sure(sniff.text().is_some_and(|head| head.any(begins)))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Prettier");
        let (mut output, mut findings) = (Output::default(), input.findings());
        for (_, line) in input.lines() {
            if let Some(finding) = output.take(line.trim_end()) {
                findings.add(finding);
            }
        }
        output.settle(&mut reading, findings.total());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

/// What the lines come to.
#[derive(Default)]
struct Output<'a> {
    begun: bool,
    /// Whether the last line was read, and whether it says that something was found.
    ended: Option<bool>,
    /// That no file matched.
    nothing: Option<&'a str>,
    /// Another complaint.
    broke: Option<&'a str>,
}

impl<'a> Output<'a> {
    /// What a line finds.
    fn take(&mut self, line: &'a str) -> Option<Finding> {
        if line == BEGINS {
            (self.begun, self.ended) = (true, None);
            return None;
        }
        let warned = line.strip_prefix("[warn] ");
        let said = warned.unwrap_or(line);
        if let Some((_, found)) = ENDS.iter().find(|(end, _)| said.starts_with(end)) {
            self.ended = Some(*found);
            return None;
        }
        if let Some(complaint) = line.strip_prefix("[error]") {
            return self.complaint(complaint.trim_start());
        }
        let path = self.begun && self.ended.is_none() && !said.is_empty();
        (path || warned.is_some()).then(|| of_file(said, "It is formatted otherwise."))
    }

    /// A complaint: of a file, with its code on the lines below, or of the run.
    fn complaint(&mut self, said: &'a str) -> Option<Finding> {
        let is_code = said.is_empty() || said.starts_with(['>', '|']) || {
            let rest = said.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < said.len() && rest.trim_start().starts_with('|')
        };
        if is_code {
            return None;
        }
        if said.starts_with("No files matching") || said.starts_with("No matching files") {
            self.nothing.get_or_insert(said);
            return None;
        }
        match said.split_once(": SyntaxError: ") {
            Some((path, why)) => Some(of_file(path, why)),
            None => {
                self.broke.get_or_insert(said);
                None
            }
        }
    }

    /// Doubts a run that did not come to its end, or of which it cannot be told what it looked at.
    fn settle(self, reading: &mut Reading, held: u64) {
        if let Some(said) = self.nothing.and_then(text::title) {
            reading
                .doubt(Rule::NothingLookedAt, format!("Prettier found no file. It says: {said}"));
        }
        if let Some(said) = self.broke.and_then(text::title) {
            let why = format!("Prettier did not run as it should. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        match self.ended {
            None => {
                let why = "The output lacks Prettier's last line: it is cut, or of standard output alone.";
                reading.doubt(Rule::Unreadable, why);
            }
            Some(true) if held == 0 => {
                let why = "Prettier found something, and the output names no file.";
                reading.doubt(Rule::Unreadable, why);
            }
            Some(false) if held == 0 => {
                let why =
                    "All matched files may be none: Prettier says the same where it found no file.";
                reading.doubt(Rule::SilentTool, why);
            }
            Some(_) => {}
        }
    }
}

fn of_file(path: &str, why: &str) -> Finding {
    Finding {
        path: Some(path.to_owned()),
        title: text::title(why),
        ..Finding::levelled(Level::Error)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const FOUND: &str = "Checking formatting...\n[warn] s/a.js\n[error] s/bad.js: SyntaxError: Unexpected token (1:7)\n[error] > 1 | const = {\n[error]     |       ^\n[error]   2 |\n[warn] Code style issues found in 2 files. Run Prettier with --write to fix.\n";

    #[test]
    fn each_file_is_a_finding() {
        let old = "Checking formatting...\ns/a.js\ns/b.js\nCode style issues found in the above file(s). Forgot to run Prettier?\n";
        for (text, expected) in [(FOUND, ["s/a.js", "s/bad.js"]), (old, ["s/a.js", "s/b.js"])] {
            let findings = reading("prettier", text).facts.findings.unwrap();
            let paths: Vec<_> =
                findings.list.entries().iter().filter_map(|of| of.path.as_deref()).collect();
            assert_eq!(paths, expected);
        }
    }

    #[test]
    fn all_matched_files_may_be_none() {
        let clean = "Checking formatting...\nAll matched files use Prettier code style!\n";
        proves(
            "prettier",
            &[
                (FOUND, ""),
                (clean, "All matched files may be none"),
                (
                    "Checking formatting...\n[error] No files matching the pattern were found: \"x\".\nAll matched files use Prettier code style!\n",
                    "Prettier found no file",
                ),
                ("Checking formatting...\n", "lacks Prettier's last line"),
                ("Checking formatting...\n[warn] s/a.js\n", "lacks Prettier's last line"),
                (
                    "Checking formatting...\nError occurred when checking code style in the above file.\n",
                    "names no file",
                ),
                (
                    "Checking formatting...\n[error] Invalid configuration file\nAll matched files use Prettier code style!\n",
                    "says: Invalid configuration",
                ),
                (&format!("{clean}{FOUND}"), ""),
                (&format!("{FOUND}Checking formatting...\n"), "lacks Prettier's last line"),
            ],
        );
    }
}
