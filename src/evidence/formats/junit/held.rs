//! What stands in a case: failures, what it printed, properties.

use memchr::memmem;

use super::attempts::Attempt;
use super::words::Word;
use super::{bats, eunit, go, risky};
use crate::evidence::xml::{Tag, Xml};
use crate::evidence::{Broken, text};
use crate::facts::Outcome;

/// What stands in a case.
#[derive(Default)]
pub(super) struct Held {
    pub failed: bool,
    pub errored: bool,
    pub skipped: bool,
    /// Whether it is still to do, so that it may fail.
    pub todo: bool,
    /// Whether PHPUnit calls it risky, and does not fail of it.
    pub risky: bool,
    pub retried: bool,
    /// How many elements tell of a failure, of a retry's too.
    pub trouble: u64,
    /// How many of those are errors by their name.
    pub errors: u64,
    pub message: Option<String>,
    /// What its first failure says in its attribute.
    pub said: String,
    /// What kind its first failure is of.
    pub kind: String,
    /// How many lines its first failure has.
    pub lines: u64,
    /// How many lines of its first failure are errors of mypy, which writes all into one case.
    pub errors_of_mypy: u64,
    /// Whether its first failure says as Go does that the test came to its end.
    pub ended_in_go: bool,
    /// Whether it says of what kind its being skipped is.
    pub skipped_of_a_kind: bool,
    /// Why it was skipped.
    pub idle: Option<String>,
    /// What PHPUnit warns of.
    pub warning: Option<String>,
    /// Whether it is one that pytest made up for a module.
    pub uncollected: bool,
    /// What Bats says of tests that it did not come to.
    pub lost_by_bats: Option<String>,
    /// Whether a property says that it was skipped by choice, as Playwright writes it.
    pub by_choice: bool,
    /// Whether a property says that it is to fail (`test.fail()` of Playwright).
    pub to_fail: bool,
    /// Which attempt at its test it is, as fastlane's trainer writes it.
    pub attempt: Option<Attempt>,
}

impl Held {
    /// Takes an element to its end.
    pub(super) fn take(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        self.trouble += 1;
        match tag.name() {
            "failure" => self.failed = true,
            "error" | "aborted" | "incomplete" | "timeout" => {
                self.errored = true;
                self.errors += 1;
            }
            "flakyFailure" | "flakyError" | "rerunFailure" | "rerunError" => self.retried = true,
            // `<skip>`, `<ignored>`: elements count by their names as words of a status do.
            name => match Word::of(name) {
                Word::Ended(Outcome::Failed) => self.failed = true,
                Word::Ended(Outcome::Errored) => self.errored = true,
                word => {
                    self.skipped |= word == Word::Ended(Outcome::Skipped);
                    self.trouble -= 1;
                }
            },
        }
        match tag.name() {
            // What stands in it comes next.
            "properties" => return Ok(()),
            "property" => {
                let name = tag.attribute("name")?;
                self.by_choice |= matches!(name.as_deref(), Some("skip" | "fixme"));
                self.to_fail |= name.as_deref() == Some("fail");
                if name.as_deref() == Some("repetition") {
                    self.attempt = tag.attribute("value")?.as_deref().and_then(Attempt::of);
                }
            }
            "skipped" => {
                self.skipped_for(tag.attribute("message")?);
                if let Some(kind) = tag.attribute("type")? {
                    self.skipped_as(&kind, &xml.content()?);
                    return Ok(());
                }
            }
            "system-out" => {
                let said = xml.content()?;
                self.lost_by_bats =
                    self.lost_by_bats.take().or(bats::lost(&said).and_then(text::title));
                return Ok(());
            }
            // PHPUnit up to 9 makes up a case for a class in which it found no test.
            "warning" => {
                let said = xml.content()?;
                self.skipped |= said.contains("No tests found in class");
                self.warning = text::excerpt(&said);
                return Ok(());
            }
            "failure" | "error" if self.message.is_none() => {
                let said = tag.attribute("message")?.unwrap_or_default();
                self.uncollected |= said == "collection failure";
                let content = xml.content()?;
                self.errors_of_mypy = errors_of_mypy(&content);
                self.lines = content.trim().lines().count() as u64;
                self.kind = tag.attribute("type")?.unwrap_or_default();
                self.ended_in_go = go::ended(&content);
                self.message = text::excerpt(&content).or_else(|| text::excerpt(&said));
                self.risky = risky::is_risky(tag, &self.kind);
                self.said = said;
                return Ok(());
            }
            _ => {}
        }
        xml.skip()
    }

    /// Takes why it was skipped, as far as that is said.
    fn skipped_for(&mut self, why: Option<String>) {
        // So Catch2 says that the case may fail, beside its failures.
        self.todo |= why.as_deref().is_some_and(|why| why.starts_with(OF_CATCH2));
        if why.as_deref() == Some(OF_NOSE2) {
            (self.failed, self.skipped) = (true, false);
            self.message.clone_from(&why);
        }
        self.idle = self.idle.take().or(why);
    }

    /// Takes the kind of its being skipped, and what is said of it.
    fn skipped_as(&mut self, kind: &str, said: &str) {
        self.todo |= kind == "todo";
        self.skipped_of_a_kind = true;
        if eunit::cancelled(kind, said) {
            self.errored = true;
            self.message = self.message.take().or_else(|| text::excerpt(said));
        }
    }
}

/// How Catch2 begins to say that a case is one that may fail, or should.
const OF_CATCH2: &str = "TEST_CASE tagged with !";

/// How nose2 says that a test passed which was to fail: its run fails of it.
const OF_NOSE2: &str = "test passes unexpectedly";

/// How many lines tell of an error as mypy does; most failures are none of mypy's.
fn errors_of_mypy(content: &str) -> u64 {
    const TELLS: &str = ": error:";
    match memmem::find(content.as_bytes(), TELLS.as_bytes()) {
        None => 0,
        Some(_) => content.lines().filter(|line| line.contains(TELLS)).count() as u64,
    }
}
