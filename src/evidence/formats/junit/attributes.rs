//! What the attributes of a case say.

use std::borrow::Cow;

use crate::evidence::Broken;
use crate::evidence::family::ran;
use crate::evidence::xml::Tag;
use crate::facts::{Case, Outcome};

/// What the attributes of a case say.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub name: Option<Cow<'a, str>>,
    pub class: Option<Cow<'a, str>>,
    pub file: Option<Cow<'a, str>>,
    pub line: Option<u64>,
    pub time: Option<Cow<'a, str>>,
    pub timestamp: Option<Cow<'a, str>>,
    pub status: Option<Cow<'a, str>>,
    pub result: Option<Cow<'a, str>>,
    /// Whether any attribute names it.
    pub named: bool,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(tag: &Tag<'a>) -> Result<Attributes<'a>, Broken> {
        let mut found = Attributes::default();
        tag.attributes(|key, value| match key {
            "name" => found.name = Some(value),
            "classname" => found.class = Some(value),
            "file" => found.file = Some(value),
            "line" => found.line = value.trim().parse().ok(),
            "time" => found.time = Some(value),
            "timestamp" => found.timestamp = Some(value),
            "status" => found.status = Some(value),
            "result" => found.result = Some(value),
            key => found.named |= key.contains("name"),
        })?;
        found.named |= found.name.is_some() || found.class.is_some();
        Ok(found)
    }

    /// googletest and others say in an attribute how a case ended, or that it did not run.
    pub(super) fn told(&self) -> Option<Outcome> {
        let said = [&self.status, &self.result].into_iter().flatten();
        let told = said.filter_map(|word| outcome_of(word.trim()));
        told.reduce(|one, other| match one {
            Outcome::Failed | Outcome::Errored => one,
            _ => other,
        })
    }

    /// Whether nothing says that it ran.
    pub(super) fn is_listed(&self) -> bool {
        self.time.is_none() && self.status.is_none() && self.result.is_none()
    }

    /// Whether GoogleTest skipped it before it began.
    pub(super) fn never_began(&self) -> bool {
        ran::never_began(self.status.as_deref(), self.result.as_deref(), self.timestamp.as_deref())
    }

    /// A case without a time takes none; one with a negative time spoils the sum.
    pub(super) fn seconds(&self) -> Option<f64> {
        match self.time.as_deref().map(str::trim) {
            None | Some("") => Some(0.0),
            Some(time) => ran::seconds(time),
        }
    }

    pub(super) fn case(
        self,
        outcome: Outcome,
        suite: Option<&str>,
        message: Option<String>,
    ) -> Case {
        let class = self.class.as_deref().filter(|class| !class.is_empty());
        Case {
            name: self.name.map(Cow::into_owned).unwrap_or_default(),
            suite: class.or(suite).filter(|suite| !suite.is_empty()).map(str::to_owned),
            file: self.file.map(Cow::into_owned),
            outcome,
            duration_s: self.time.as_deref().and_then(ran::seconds),
            message,
        }
    }
}

/// What a word says of a case, where it says more than that it ran.
fn outcome_of(word: &str) -> Option<Outcome> {
    match word.to_ascii_lowercase().as_str() {
        "failed" | "failure" | "fail" => Some(Outcome::Failed),
        "error" | "errored" | "aborted" | "broken" | "canceled" | "cancelled" | "crashed"
        | "incomplete" | "interrupted" | "ko" | "timeout" | "timedout" => Some(Outcome::Errored),
        "blocked" | "disabled" | "ignored" | "inconclusive" | "notrun" | "pending" | "skipped"
        | "suppressed" | "undefined" | "unknown" | "untested" => Some(Outcome::Skipped),
        _ => None,
    }
}
