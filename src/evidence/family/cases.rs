//! Test cases of .NET's runners: one shape behind three formats.

use crate::evidence::family::ran;
use crate::evidence::{Input, text};
use crate::facts::{Case, Outcome, Tests};

/// A case as it is read.
#[derive(Default)]
pub(in crate::evidence) struct Open {
    pub name: String,
    pub suite: Option<String>,
    pub seconds: Option<f64>,
    pub outcome: Option<Outcome>,
    pub message: Option<String>,
}

/// Cases so far, and the sum of their times; `None` where none tells its time.
pub(in crate::evidence) struct Cases {
    pub tests: Tests,
    pub seconds: Option<f64>,
}

impl Cases {
    pub(in crate::evidence) fn new(input: &Input<'_>) -> Cases {
        Cases { tests: input.tests(), seconds: None }
    }

    /// Adds a case; one without an outcome never ended.
    pub(in crate::evidence) fn add(&mut self, open: Open) {
        if let Some(seconds) = open.seconds {
            self.seconds = Some(self.seconds.unwrap_or(0.0) + seconds);
        }
        let outcome = open.outcome.unwrap_or(Outcome::Errored);
        self.tests.add(outcome, || Case {
            name: open.name,
            suite: open.suite.filter(|suite| !suite.is_empty()),
            file: None,
            outcome,
            duration_s: open.seconds,
            message: open.message.as_deref().and_then(text::excerpt),
        });
    }
}

/// `00:00:01.5000000`, or plain seconds.
pub(in crate::evidence) fn clock(text: &str) -> Option<f64> {
    let mut sum = 0.0;
    for part in text.trim().split(':') {
        sum = sum * 60.0 + part.parse::<f64>().ok()?;
    }
    ran::seconds(&sum.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_seconds() {
        assert_eq!(clock("00:01:02.5000000"), Some(62.5));
        assert_eq!(clock("1.5"), Some(1.5));
        assert_eq!(clock("soon"), None);
    }
}
