//! An artifact, and what was read from it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Age, Rule, Sealed, Timestamp, Wording};
use crate::facts::{Facts, Outcome, Published};

/// The SHA-256 of a file's bytes; all zeros of a file that could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Of 64 hex digits; `None` where it is none.
    pub fn parse(hex: &str) -> Option<Digest> {
        let mut digest = [0; 32];
        for (at, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        (hex.len() == 64).then_some(Digest(digest))
    }
}

impl fmt::Display for Digest {
    /// 64 lower-case hex digits, as `sha256sum` prints them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// When a file says it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProducedAt {
    /// As the file writes it, valid or not.
    pub raw: String,
    /// As understood; `None` where it is no time.
    pub at: Option<Timestamp>,
    /// Whether the file names the zone; without one the time is taken as UTC, ± 14 hours.
    pub zoned: bool,
}

impl ProducedAt {
    /// Reads what a file writes; an unreadable time is kept as written.
    pub fn parse(raw: &str) -> ProducedAt {
        let parsed = Timestamp::parse(raw);
        ProducedAt {
            raw: raw.to_owned(),
            at: parsed.map(|(at, _)| at),
            zoned: parsed.is_some_and(|(_, zoned)| zoned),
        }
    }

    /// The same time, by one who is known to write UTC.
    pub fn in_utc(self) -> ProducedAt {
        ProducedAt { zoned: self.at.is_some(), ..self }
    }

    /// Whether it says nothing: an empty text, or the zero of some calendar, as `1970-01-01` and
    /// `0001-01-01`.
    pub fn is_zero(&self) -> bool {
        const DAY: i64 = 86_400;
        self.raw.trim().is_empty() || self.at.is_some_and(|at| at.epoch() < DAY)
    }

    /// A moment given as a number (epoch), which knows its zone.
    pub fn at(at: Timestamp) -> ProducedAt {
        ProducedAt { raw: at.to_string(), at: Some(at), zoned: true }
    }
}

/// Where an artifact's time was taken from, most trusted first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFrom {
    /// The file says so.
    Content,
    /// The seal that `trueup collect` put beside it.
    Seal,
    /// The last commit that changed it.
    Commit,
    /// The CI run it came with.
    CiRun,
    /// The file system.
    File,
}

impl TimeFrom {
    /// The word used in JSON and text.
    pub fn word(self) -> &'static str {
        match self {
            TimeFrom::Content => "content",
            TimeFrom::Seal => "seal",
            TimeFrom::Commit => "commit",
            TimeFrom::CiRun => "ci-run",
            TimeFrom::File => "file",
        }
    }
}

/// A reason, seen while reading, why a file proves nothing, though it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Which rule of trust it falls under.
    pub rule: Rule,
    /// Why, as a sentence with its figures: `The report holds 0 tests.`
    pub why: String,
}

/// What a load run tried, and how much of it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// All.
    pub made: u64,
    /// Those that failed.
    pub failed: u64,
    /// What they were: `request`, `virtual user`.
    pub noun: &'static str,
}

impl Attempts {
    /// Whether more failed than succeeded.
    pub fn mostly_failed(&self) -> bool {
        self.failed > self.made.saturating_sub(self.failed)
    }
}

/// One attempt at one test, by a tool that writes a file for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// How it ended.
    pub outcome: Outcome,
    /// At what and when, where the file tells it all: else nothing says what other attempt it follows.
    pub at: Option<AttemptAt>,
}

/// What tells one attempt at a test from the next.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptAt {
    /// The process that ran it: no two runs share one.
    pub run: String,
    /// The test, with the parameters that it was run with.
    pub test: String,
    /// When it began, in milliseconds since 1970.
    pub began: f64,
    /// When it ended.
    pub ended: f64,
}

/// What one reader found in one file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The format's id, as in the book: `junit`, `npm-audit`.
    pub format: &'static str,
    /// What the file says.
    pub wording: Option<Wording>,
    /// The tool that wrote the file, as the file (or the format) names it.
    pub tool: Option<String>,
    /// Its version, as the file states it.
    pub tool_version: Option<String>,
    /// When the file says it was made.
    pub produced_at: Option<ProducedAt>,
    /// The commit the file says it is of.
    pub commit: Option<String>,
    /// The commit that a part of it says it is of, where another part says none.
    pub commit_of_part: Option<String>,
    /// Everything normalised.
    pub facts: Facts,
    /// What is published of it, once the facts are without it.
    pub published: Option<Published>,
    /// What was odd but does not matter to the facts: declared totals that differ, skipped lines.
    pub warnings: Vec<String>,
    /// Why the file proves nothing; empty for honest evidence.
    pub doubts: Vec<Doubt>,
    /// That the report lists less than its header declares, as a sentence.
    pub short: Option<String>,
    /// Of a load run, what it tried.
    pub attempts: Option<Attempts>,
    /// Of a load run that is made at a rate, what it was to try, and how much of it was dropped.
    pub planned: Option<Attempts>,
    /// Of a file that is one test, which attempt at it.
    pub attempt: Option<Attempt>,
    /// What a document of no known report says went wrong, where it says so: a service wrote it in the
    /// place of a report.
    pub fault: Option<String>,
    /// Whether the file may hold the secrets that its tool found: its bytes are not to be published.
    pub secrets: bool,
}

impl Reading {
    /// A reading of `format` without anything in it yet.
    pub fn of(format: &'static str) -> Reading {
        Reading { format, ..Reading::default() }
    }

    /// The same of a file that `tool` wrote.
    pub fn by(format: &'static str, tool: &str) -> Reading {
        Reading { tool: Some(tool.to_owned()), ..Reading::of(format) }
    }

    /// Publishes the facts. What was kept of them to be shown alone is then there and nowhere else: of
    /// very many reports it takes many times the room of what is judged.
    pub fn publish(&mut self) {
        self.published = Some(Published::of(&self.facts));
        self.facts.forget_shown();
    }

    /// What is published of the facts.
    pub fn published(&self) -> Published {
        self.published.clone().unwrap_or_else(|| Published::of(&self.facts))
    }

    /// Adds a reason why this proves nothing.
    pub fn doubt(&mut self, rule: Rule, why: impl Into<String>) {
        self.doubts.push(Doubt { rule, why: why.into() });
    }

    /// Adds something odd.
    pub fn warn(&mut self, warning: impl Into<String>) {
        self.warnings.push(warning.into());
    }
}

/// What reading a file came to. The four never collapse into one another.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A known format, read to its end.
    Read(Box<Reading>),
    /// A known format, but damaged, cut off or beyond a limit.
    Broken {
        /// The format it began as.
        format: &'static str,
        /// What is wrong and where in the file, as a sentence.
        why: String,
        /// Whether the file may hold secrets that a tool found.
        secrets: bool,
    },
    /// More than one format fits.
    Ambiguous {
        /// The ids of the formats, at least two, or the sentence in `why` for `[]`.
        candidates: Vec<&'static str>,
        /// The shape that they share: `[]`.
        shape: String,
    },
    /// No format that trueup reads.
    Unknown {
        /// What was seen, as a sentence.
        why: String,
    },
}

impl Answer {
    /// The reading, where there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Answer::Read(reading) => Some(reading),
            Answer::Broken { .. } | Answer::Ambiguous { .. } | Answer::Unknown { .. } => None,
        }
    }

    /// Whether the file may hold secrets that a tool found.
    pub fn holds_secrets(&self) -> bool {
        match self {
            Answer::Read(reading) => reading.secrets,
            Answer::Broken { secrets, .. } => *secrets,
            Answer::Ambiguous { .. } | Answer::Unknown { .. } => false,
        }
    }
}

/// The commit that was checked out when a file came to lie in the work tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedOut {
    /// Its id.
    pub commit: String,
    /// Whether the artifact's own time says that it was made here while that was checked out.
    pub made: bool,
}

/// A file that a tool left behind, read once.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Relative to the repository, or `DIR/…` for a folder named on the command line; of an
    /// archive's entry `a.zip!/b.xml`.
    pub path: String,
    /// The archive that it lies in, named alike.
    pub archive: Option<String>,
    /// Of its bytes.
    pub sha256: Digest,
    /// Their number.
    pub bytes: u64,
    /// When it was made, if anything says so.
    pub time: Option<(Timestamp, TimeFrom)>,
    /// Whether `time` knows its zone.
    pub zoned: bool,
    /// Whether the repository tracks it unchanged at the judged commit.
    pub tracked: bool,
    /// The commit that brought a tracked artifact as it is.
    pub committed_in: Option<String>,
    /// When the file came to lie where it does, if the file system tells.
    pub arrived: Option<Timestamp>,
    /// The commit that was checked out then, where another is now: the artifact is no younger.
    pub checked_out: Option<CheckedOut>,
    /// How it stands to the seals beside it.
    pub sealed: Sealed,
    /// What was read.
    pub answer: Answer,
}

impl Artifact {
    /// Whether `other` holds the same bytes, under whatever name.
    pub fn is_copy_of(&self, other: &Artifact) -> bool {
        self.sha256 == other.sha256 && self.sha256 != Digest([0; 32])
    }

    /// Whether `other` says the same in the same format, however it is packed and its lines end.
    pub fn says_what(&self, other: &Artifact) -> bool {
        let (Some(one), Some(other)) = (self.answer.reading(), other.answer.reading()) else {
            return false;
        };
        one.format == other.format && one.wording.is_some() && one.wording == other.wording
    }

    /// The commit that it is of, as it says itself, else as its seal says.
    pub fn commit(&self) -> Option<&str> {
        let said = self.answer.reading().and_then(|reading| reading.commit.as_deref());
        said.or_else(|| self.sealed_commit())
    }

    /// The commit that was checked out when it was made, where it was sealed.
    pub fn sealed_commit(&self) -> Option<&str> {
        let seal = self.sealed.seal()?;
        // Without a zone it may be of up to 14 hours later.
        let latest = |time: Timestamp| if self.zoned { time } else { time.plus(Age::hours(14)) };
        let said = self.time.map(|(time, _)| latest(time));
        let made = said.map_or(seal.made(), |said| said.min(seal.made()));
        if seal.checked_out.is_none_or(|since| since <= made) {
            return seal.commit.as_deref();
        }
        seal.before.as_ref().filter(|(_, since)| *since <= made).map(|(commit, _)| commit.as_str())
    }

    /// The id of the files that `commit` held, where its seal says so.
    pub fn tree_of(&self, commit: &str) -> Option<&str> {
        let seal = self.sealed.seal()?;
        let is_sealed = seal.commit.as_deref() == Some(commit);
        is_sealed.then_some(seal.tree.as_deref()).flatten()
    }

    /// The commit that was checked out where it was sealed, where it was made before that: then it is left
    /// over from another that nobody knows.
    pub fn left_over_on(&self) -> Option<&str> {
        let commit = self.sealed.seal()?.commit.as_deref();
        commit.filter(|_| self.commit().is_none())
    }

    /// The file on disk or in git that holds it: itself, or the archive that it lies in.
    pub fn file(&self) -> &str {
        self.archive.as_deref().unwrap_or(&self.path)
    }
}
