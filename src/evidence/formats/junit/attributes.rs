//! What the attributes of a case say.

use std::borrow::Cow;

use super::words::Word;
use crate::evidence::Broken;
use crate::evidence::family::ran;
use crate::evidence::xml::Tag;
use crate::facts::{Case, Outcome, Told};

/// What the attributes of a case say.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub name: Option<Cow<'a, str>>,
    pub class: Option<Cow<'a, str>>,
    pub file: Option<Cow<'a, str>>,
    pub line: Option<u64>,
    pub time: Option<Cow<'a, str>>,
    /// The seconds that its time says.
    took: Option<f64>,
    pub timestamp: Option<Cow<'a, str>>,
    pub status: Option<Cow<'a, str>>,
    pub result: Option<Cow<'a, str>>,
    /// How many it made.
    pub assertions: Option<u64>,
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
            "assertions" => found.assertions = value.trim().parse().ok(),
            key => found.named |= key.contains("name"),
        })?;
        found.named |= found.name.is_some() || found.class.is_some();
        found.took = found.time.as_deref().and_then(ran::seconds);
        Ok(found)
    }

    /// googletest and others say in an attribute how a case ended, or that it did not run.
    pub(super) fn told(&self) -> Option<Outcome> {
        let told = self.words().filter_map(|word| match Word::of(word) {
            Word::Ended(outcome) => Some(outcome),
            Word::Good | Word::Unknown => None,
        });
        told.reduce(|one, other| match one {
            Outcome::Failed | Outcome::Errored => one,
            _ => other,
        })
    }

    /// The word for how it ended that says nothing which is known.
    pub(super) fn unknown_word(&self) -> Option<&str> {
        self.words().find(|word| Word::of(word) == Word::Unknown)
    }

    /// The words for how it ended.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        [&self.status, &self.result].into_iter().flatten().map(|word| word.trim())
    }

    /// Whether nothing says that it ran.
    pub(super) fn is_listed(&self) -> bool {
        self.time.is_none() && self.status.is_none() && self.result.is_none()
    }

    /// Whether GoogleTest skipped it before it began.
    pub(super) fn never_began(&self) -> bool {
        ran::never_began(self.status.as_deref(), self.result.as_deref(), self.timestamp.as_deref())
    }

    /// Whether it tells how long it took.
    pub(super) fn tells_time(&self) -> bool {
        self.time.as_deref().is_some_and(|time| !time.trim().is_empty())
    }

    /// A case without a time takes none; one with a negative time spoils the sum.
    pub(super) fn seconds(&self) -> Option<f64> {
        if self.tells_time() { self.took } else { Some(0.0) }
    }

    /// The case, as it stands here.
    pub(super) fn as_told<'t>(&'t self, outcome: Outcome, suite: Option<&'t str>) -> Told<'t> {
        let class = self.class.as_deref().filter(|class| !class.is_empty());
        Told {
            name: self.name.as_deref().unwrap_or_default(),
            suite: class.or(suite).filter(|suite| !suite.is_empty()),
            file: self.file.as_deref(),
            outcome,
            duration_s: self.took,
        }
    }

    pub(super) fn case(
        self,
        outcome: Outcome,
        suite: Option<&str>,
        message: Option<String>,
    ) -> Case {
        let told = self.as_told(outcome, suite);
        Case {
            name: told.name.to_owned(),
            suite: told.suite.map(str::to_owned),
            file: told.file.map(str::to_owned),
            outcome,
            duration_s: told.duration_s,
            message,
        }
    }
}
