//! TAP, the Test Anything Protocol, versions 12 to 14: the points at the top level.

use crate::evidence::family::ran;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule};

pub(super) struct Tap;

impl Format for Tap {
    fn id(&self) -> &'static str {
        "tap"
    }

    fn about(&self) -> About {
        About {
            tool: "TAP (node --test, tap, prove, bats, pgTAP and others)",
            recognised: "`TAP version`, a plan `1..n`, or lines `ok n` and `not ok n`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://testanything.org/tap-version-14-specification.html",
            clean: "At least 1 point holds and none fails.",
            vacuous: "0 points, `1..0`; all skipped; no plan; fewer points than it says; `Bail out!`.",
            blank: Blanks::NONE,
            notes: &[
                "Indented points are subtests and belong to the point after them.",
                "A point to do is skipped, whether it holds or not.",
                "Fewer points than the plan says, and `Bail out!`, mean that the run broke off.",
                "Without a plan a file that was cut short looks whole.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let version = head.any(|line| line.trim_start().starts_with("TAP version "));
        let points = head.lines.iter().filter(|line| Point::of(line).is_some()).count();
        let planned = head.lines.iter().take(3).any(|line| plan(line).is_some());
        Fit::sure(version || points > 0 && planned).max(Fit::likely(points > 1))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run { tests: input.tests(), planned: None, bailed: None, open: None };
        let mut in_block = false;
        for (_, line) in input.lines() {
            // Indented text belongs to the point before it: YAML, or the points of a subtest.
            if line.starts_with([' ', '\t']) {
                in_block |= line.trim() == "---";
                in_block &= line.trim() != "...";
                run.said(line);
                continue;
            }
            if !in_block {
                run.line(line.trim_end());
            }
        }
        run.close();
        let mut reading = Reading::of(self.id());
        if let Some(why) = run.bailed {
            reading.doubt(Rule::ToolFailed, format!("The run bailed out. It says: {why}"));
        }
        let (total, planned) = (run.tests.total(), run.planned);
        match planned {
            Some(planned) if planned > total && total > 0 => {
                let why = format!("The plan says {planned} tests; the report holds {total}.");
                reading.doubt(Rule::Unreadable, why);
            }
            Some(planned) => ran::compare(&mut reading, Some(planned), "test", total),
            None if total > 0 => {
                let why = "The report has no plan: whether tests are missing cannot be told.";
                reading.doubt(Rule::Unreadable, why);
            }
            None => {}
        }
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

/// `1..n`, with a reason to skip all where n is 0.
fn plan(line: &str) -> Option<u64> {
    let count = line.strip_prefix("1..")?;
    count.split(['#', ' ']).next()?.trim().parse().ok()
}

/// A test point.
struct Point<'a> {
    outcome: Outcome,
    name: &'a str,
}

impl<'a> Point<'a> {
    fn of(line: &'a str) -> Option<Point<'a>> {
        let (held, rest) = match line.strip_prefix("not ok") {
            Some(rest) => (false, rest),
            None => (true, line.strip_prefix("ok")?),
        };
        // `ok  \tpackage` is go's, `okay` a word.
        let rest = match rest.strip_prefix(' ') {
            Some(rest) if !rest.starts_with([' ', '\t']) => rest,
            None if rest.is_empty() => rest,
            _ => return None,
        };
        let name = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let name = name.strip_prefix("- ").unwrap_or(name);
        let (name, directive) = match name.rsplit_once('#') {
            Some((name, directive)) => (name.trim_end(), directive.trim().to_ascii_uppercase()),
            None => (name, String::new()),
        };
        let idle = directive.starts_with("SKIP") || directive.starts_with("TODO");
        let outcome = match (idle, held) {
            (true, _) => Outcome::Skipped,
            (false, true) => Outcome::Passed,
            (false, false) => Outcome::Failed,
        };
        Some(Point { outcome, name })
    }
}

struct Run<'a> {
    tests: Tests,
    planned: Option<u64>,
    bailed: Option<String>,
    /// The last point, to which what follows indented belongs.
    open: Option<(Point<'a>, String)>,
}

impl<'a> Run<'a> {
    fn line(&mut self, line: &'a str) {
        if let Some(point) = Point::of(line) {
            self.close();
            self.open = Some((point, String::new()));
        } else if let Some(planned) = plan(line) {
            self.planned = Some(self.planned.unwrap_or(0).saturating_add(planned));
        } else if let Some(why) = line.strip_prefix("Bail out!") {
            self.bailed = Some(text::title(why).unwrap_or_else(|| "nothing".to_owned()));
        }
    }

    fn said(&mut self, line: &str) {
        if let Some((_, said)) = &mut self.open
            && said.len() < 4_000
        {
            said.push_str(line);
            said.push('\n');
        }
    }

    fn close(&mut self) {
        let Some((point, said)) = self.open.take() else { return };
        self.tests.add(point.outcome, || Case {
            name: point.name.to_owned(),
            suite: None,
            file: None,
            outcome: point.outcome,
            duration_s: None,
            message: text::excerpt(&said),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_told_from_other_lines() {
        for (line, expected) in [
            ("ok 1 - adds", Some((Outcome::Passed, "adds"))),
            ("not ok 2 takes a voucher # TODO later", Some((Outcome::Skipped, "takes a voucher"))),
            ("ok", Some((Outcome::Passed, ""))),
            ("not ok 3 - item #4 fails", Some((Outcome::Failed, "item"))),
            ("ok  \texample.com/shop\t0.3s", None),
            ("okay then", None),
        ] {
            let point = Point::of(line).map(|point| (point.outcome, point.name));
            assert_eq!(point, expected, "{line}");
        }
    }
}
