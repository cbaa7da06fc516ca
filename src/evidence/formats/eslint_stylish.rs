//! What ESLint prints by default: findings below the paths of their files, and how many there are.

use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct EslintStylish;

/// What ESLint says where it breaks off.
const CRASH: &str = "Oops! Something went wrong! :(";

/// What it says where `--max-warnings` allows no more: that run failed.
const TOO_MANY: &str = "ESLint found too many warnings";

impl Format for EslintStylish {
    fn id(&self) -> &'static str {
        "eslint-stylish"
    }

    fn about(&self) -> About {
        About {
            tool: "ESLint, oxlint (`--format=stylish`)",
            recognised: "indented lines `1:10  error  …` or `1:10  warning  …`, or `Oops! Something went wrong! :(` at the beginning of a line",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://eslint.org/docs/latest/use/formatters/#stylish",
            clean: "Warnings alone, with `✖ 2 problems (0 errors, 2 warnings)` behind them; an empty output, vouched for by the exit code or the CI step.",
            vacuous: "Findings without such a line behind them: the output is cut; fewer findings than it counts; only files that ESLint ignored; more warnings than the run allows; a crash.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "ESLint prints nothing where it found nothing, so that an empty output counts as 0 findings only beside something that vouches for the run: `--format json` lists the clean files too.",
                "Of several runs in one output each has findings and a count behind them; what a clean run printed between them, nothing, cannot be missed.",
                "An error without a rule is of a file that could not be parsed, and counted in `findings.unchecked`; so is a named file that no configuration fits.",
                "yamllint's output (`--format standard`) looks alike and has no count behind it, so that it can only refute.",
                "Stylelint's output looks alike and gives signs in the place of words: take its `--formatter json`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let own = |line: &str| line.starts_with(CRASH) || Row::of(line).is_some();
        Fit::sure(sniff.text().is_some_and(|head| head.any(own)))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut output = Output::default();
        let mut findings = input.findings();
        for (_, line) in input.lines() {
            if let Some(row) = Row::of(line) {
                output.row(&row);
                let path = output.path;
                findings.add_with(Grade::Unknown, row.level, false, || row.finding(path));
            } else {
                output.line(line);
            }
        }
        let tool = match (output.by_yamllint, output.by_oxlint) {
            (true, _) => "yamllint",
            (_, true) => "oxlint",
            _ => "ESLint",
        };
        let mut reading = Reading::by(self.id(), tool);
        findings.unchecked = Some(output.unchecked);
        output.settle(&mut reading, findings.total(), findings.levelled(Level::Error));
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
    /// The last line that is not indented: findings stand below the path of their file.
    path: &'a str,
    /// Errors and warnings that no count stands behind yet.
    open: [u64; 2],
    /// The first run whose count is not what it lists: both.
    odd: Option<(u64, u64)>,
    /// Rows that tell of an ignored file.
    ignored: u64,
    unchecked: u64,
    by_oxlint: bool,
    by_yamllint: bool,
    lines: u64,
    crashed: bool,
    broke: Option<&'a str>,
}

impl<'a> Output<'a> {
    fn row(&mut self, row: &Row<'a>) {
        self.lines += 1;
        let [errors, warnings] = &mut self.open;
        *(if row.level == Level::Error { errors } else { warnings }) += 1;
        self.by_oxlint |= row.rule.is_some_and(|rule| rule.ends_with(')') && rule.contains('('));
        self.by_yamllint |= row.rule.is_some_and(|rule| rule.starts_with('('));
        if row.rule.is_none() {
            let ignored = row.said.strip_prefix("File ignored ");
            let by_choice = ignored.is_some_and(|why| why.starts_with("because of a matching"));
            self.ignored += u64::from(ignored.is_some());
            let unparsed = row.level == Level::Error && !row.said.starts_with("Unused ");
            self.unchecked += u64::from(unparsed || ignored.is_some() && !by_choice);
        }
    }

    fn line(&mut self, line: &'a str) {
        if line.trim().is_empty() {
            return;
        }
        self.lines += 1;
        if let Some(count) = count(line) {
            let held = std::mem::take(&mut self.open);
            if count != held {
                let total = |[errors, warnings]: [u64; 2]| errors.saturating_add(warnings);
                self.odd.get_or_insert((total(count), total(held)));
            }
        } else if line.starts_with(CRASH) {
            self.crashed = true;
        } else if !line.starts_with([' ', '\t']) {
            if text::tells_of_trouble(line) || line.starts_with(TOO_MANY) {
                self.broke.get_or_insert(line);
            }
            self.path = line;
        }
    }

    /// Doubts an output that is cut, or of a run that broke off or looked at nothing.
    fn settle(&self, reading: &mut Reading, held: u64, errors: u64) {
        let open = self.open.iter().sum::<u64>();
        if self.crashed {
            reading.doubt(Rule::ToolFailed, format!("ESLint broke off. It says: {CRASH}"));
        } else if open > 0 && self.by_yamllint {
            let why = "yamllint prints no count behind its findings: whether the output is cut cannot be told.";
            reading.doubt(Rule::Unreadable, why);
        } else if open > 0 {
            let findings = counted(open, "finding");
            let why = format!("No count stands behind the last {findings}: the output is cut.");
            reading.doubt(Rule::Unreadable, why);
        } else if let Some((count, held)) = self.odd {
            let why =
                format!("ESLint counts {}; the output lists {held}.", counted(count, "problem"));
            reading.doubt(Rule::Unreadable, why);
        } else if held > 0 && held == self.ignored {
            let why =
                "The output tells of ignored files alone: nothing shows that ESLint looked at one.";
            reading.doubt(Rule::NothingLookedAt, why);
        } else if let Some(said) = self.broke.filter(|_| errors == 0).and_then(text::title) {
            // Beside errors, npm tells of the exit code that they come with.
            let why = format!("ESLint did not end as it should. The output says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        } else if held == 0 {
            let why = format!(
                "The output holds {} and no finding; ESLint prints nothing on success, and where it never ran.",
                counted(self.lines, "line")
            );
            reading.doubt(Rule::SilentTool, why);
        }
    }
}

/// The errors and warnings of `✖ 7 problems (6 errors, 1 warning)`; the sign may be lost in a log.
fn count(line: &str) -> Option<[u64; 2]> {
    let (before, rest) = line.split_once(" problem")?;
    let total = before.rsplit(' ').next().and_then(number)?;
    let signed = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim();
    let inner = rest.trim_start_matches('s').strip_prefix(" (")?.trim_end().strip_suffix(')')?;
    let (errors, warnings) = inner.split_once(", ")?;
    let errors = number(errors.trim_end_matches('s').strip_suffix(" error")?)?;
    let warnings = number(warnings.trim_end_matches('s').strip_suffix(" warning")?)?;
    let is_sign = !signed.contains(char::is_whitespace);
    let sums = errors.checked_add(warnings) == Some(total);
    (is_sign && sums).then_some([errors, warnings])
}

fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// One finding.
struct Row<'a> {
    line: u64,
    level: Level,
    said: &'a str,
    rule: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// `  1:10  error  Missing semicolon  semi`, the rule last and without a blank in it.
    fn of(line: &'a str) -> Option<Row<'a>> {
        let (place, rest) = line.strip_prefix("  ")?.trim_start().split_once(' ')?;
        let (number_of_line, column) = place.split_once(':')?;
        number(column)?;
        let (word, told) = rest.trim_start().split_once("  ")?;
        let level = match word {
            "error" => Level::Error,
            "warning" => Level::Warning,
            _ => return None,
        };
        let told = told.trim();
        let ruled = told.rsplit_once("  ").filter(|(_, rule)| !rule.contains(' '));
        let (said, rule) = ruled.map_or((told, None), |(said, rule)| (said.trim_end(), Some(rule)));
        Some(Row { line: number(number_of_line)?, level, said, rule })
    }

    fn finding(&self, path: &str) -> Finding {
        Finding {
            rule: self.rule.map(str::to_owned),
            title: text::title(self.said),
            path: Some(path.to_owned()).filter(|path| !path.is_empty()),
            line: Some(self.line).filter(|line| *line > 0),
            ..Finding::levelled(self.level)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    const FILE: &str = "\n/shop/a.js\n  1:10  error    Missing semicolon  semi\n  12:3  warning  Unused  no-unused-vars\n\n";
    const COUNT: &str = "✖ 2 problems (1 error, 1 warning)\n";
    const WARNED: &str =
        "\na.js\n  1:1  warning  Unused  no-unused-vars\n\n✖ 1 problem (0 errors, 1 warning)\n";

    #[test]
    fn findings_without_their_count_prove_nothing() {
        let whole = format!("{FILE}{COUNT}");
        proves(
            "eslint-stylish",
            &[
                (&whole, ""),
                (
                    &format!(
                        "{whole}  1 error and 0 warnings potentially fixable with the `--fix` option.\n"
                    ),
                    "",
                ),
                (&format!("{whole}{WARNED}"), ""),
                (&whole.replace('✖', "Γ£û"), ""),
                (&format!("{whole}npm error code 1\nerror Command failed with exit code 1.\n"), ""),
                (
                    "a.yaml\n  1:1       warning  missing document start \"---\"  (document-start)\n",
                    "yamllint prints no count",
                ),
                (FILE, "No count stands behind the last 2 findings"),
                (&format!("{whole}{FILE}"), "No count stands behind the last 2 findings"),
                (&format!("{FILE}✖ 2 problems (1 error, 1 warn"), "No count stands behind"),
                (
                    &format!("{FILE}✖ 3 problems (2 errors, 1 warning)\n"),
                    "counts 3 problems; the output lists 2",
                ),
                (
                    &format!("{FILE}✖ 1 problem (0 errors, 1 warning)\n"),
                    "counts 1 problem; the output lists 2",
                ),
                (&format!("{WARNED}Killed\n"), "says: Killed"),
                (
                    &format!("{WARNED}ESLint found too many warnings (maximum: 0).\n"),
                    "found too many warnings",
                ),
                (&format!("{WARNED}{CRASH}\n"), "broke off"),
                (&format!("\n{CRASH}\n\nESLint: 10.15.0\n"), "broke off"),
                (
                    "\nz.js\n  0:0  warning  File ignored because of a matching ignore pattern\n\n✖ 1 problem (0 errors, 1 warning)\n",
                    "ignored files alone",
                ),
            ],
        );
    }

    #[test]
    fn what_could_not_be_checked_is_counted() {
        for (said, unchecked) in [
            ("error  Parsing error: Unexpected token =", 1),
            ("error  Unused eslint-disable directive (no problems were reported)", 0),
            ("warning  File ignored because no matching configuration was supplied", 1),
            ("warning  File ignored because of a matching ignore pattern", 0),
            ("error  Missing semicolon  semi", 0),
        ] {
            let text = format!("\na.js\n  1:8  {said}\n");
            let findings = reading("eslint-stylish", &text).facts.findings.unwrap();
            assert_eq!((findings.total(), findings.unchecked), (1, Some(unchecked)), "{said}");
        }
    }

    #[test]
    fn a_row_is_told_from_other_lines() {
        let row = Row::of("  12:3   warning  Expected  two  no-two").unwrap();
        assert_eq!(
            (row.line, row.level, row.said, row.rule),
            (12, Level::Warning, "Expected  two", Some("no-two"))
        );
        for line in [
            "1:10  error  Missing  semi",
            "  1:10  ✖  Missing  semi",
            "  1:10  info  Missing  semi",
            "  1:1a  error  Missing  semi",
            "  error  Missing  semi",
            "  10:30  errors were found",
        ] {
            assert!(Row::of(line).is_none(), "{line}");
        }
        assert_eq!(count("✖ 99999999999999999999 problems (0 errors, 0 warnings)"), None);
    }
}
