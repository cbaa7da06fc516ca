//! What follows the last point of a TAP report: the runner's own summary, and what broke after it.

use crate::evidence::count::OddCounts;
use crate::evidence::family::node;
use crate::evidence::text;
use crate::model::{Reading, Rule, counted};

/// What stands after the last point.
#[derive(Default)]
pub(super) struct Trailer {
    /// Points that failed or were cancelled, as the runner counts them.
    failed: u64,
    odd: OddCounts,
    interrupted: bool,
    /// Whether it ends as node's own does.
    of_node: bool,
    /// The first line that tells of a failure.
    trouble: Option<String>,
}

impl Trailer {
    /// Takes a line that is neither a point nor a plan.
    pub(super) fn line(&mut self, line: &str, number: usize) {
        match line.strip_prefix("# ") {
            Some(comment) => {
                self.of_node |= comment.starts_with("duration_ms ");
                self.interrupted |= comment.starts_with("Interrupted while running");
                if let Some(count) = node::count_of_failures(comment) {
                    let place = || format!("The count of failures at line {number}");
                    let count = self.odd.take(count, place).unwrap_or(0);
                    self.failed = self.failed.saturating_add(count);
                }
            }
            None if self.trouble.is_none() && text::tells_of_failure(line) => {
                self.trouble = text::title(line);
            }
            None => {}
        }
    }

    /// Whether node's test runner wrote it.
    pub(super) fn is_of_node(&self) -> bool {
        self.of_node
    }

    /// Doubts a report whose end tells of more than its `failed` points.
    pub(super) fn settle(self, reading: &mut Reading, failed: u64) {
        self.odd.settle(reading);
        if self.interrupted {
            reading.doubt(Rule::SuiteNotLoaded, "The run was interrupted.");
        }
        if self.failed > 0 && failed == 0 {
            let failures = counted(self.failed, "failure");
            let why = format!("The end of the report counts {failures}; its points hold none.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        if let Some(said) = &self.trouble {
            let why = format!("A line after the last point tells of a failure. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn what_follows_the_last_point_counts() {
        let report = |end: &str| format!("TAP version 13\nok 1 - a\n1..1\n{end}\n");
        for (end, why) in [
            ("# tests 1\n# pass  1\n# fail  0\n# cancelled 0", ""),
            ("# a comment on a failure", ""),
            ("# tests 2\n# pass 1\n# fail 1", "counts 1 failure"),
            ("# cancelled 1", "counts 1 failure"),
            ("# Interrupted while running: b at /x.js:1:1", "was interrupted"),
            ("Segmentation fault (core dumped)", "It says: Segmentation fault"),
            ("npm ERR! Test failed", "It says: npm ERR!"),
        ] {
            proves("tap", &[(&report(end), why)]);
        }
        let before = "TAP version 13\n1..2\nok 1 - a\nError: what the test prints\nok 2 - b\n";
        proves("tap", &[(before, "")]);
    }
}
