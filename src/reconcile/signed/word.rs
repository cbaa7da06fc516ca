//! A person's word for an item: by a trailer, by an entry of a file, or by the tick itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::model::{
    Age, Approved, Authorship, BornTicked, ItemHistory, SignOffEntry, Timestamp, without_doer,
    without_signs, words,
};
use crate::policy::SignOff;
use crate::reconcile::trust::ZONE;

use super::numbers::{Numbers, without_dates};

/// An entry without a time is of any moment of its day.
const DAY: Age = Age::days(1);

/// How a word was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// In a commit message.
    Trailer,
    /// By an entry of a file.
    Entry,
    /// By ticking.
    Tick,
}

impl Given {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Given::Trailer => "trailer",
            Given::Entry => "file",
            Given::Tick => "tick",
        }
    }
}

/// A person's word. Who gave it is the author of the commit that holds it, whatever it says.
#[derive(Clone)]
pub(super) struct Word<'a> {
    pub(super) by: &'a Arc<Authorship>,
    /// The item's text as it was then.
    pub(super) text: &'a str,
    pub(super) meaning: &'a str,
    pub(super) thresholds: &'a [String],
    /// What stood above the item.
    pub(super) context: Option<&'a str>,
    /// What else was approved around it.
    pub(super) approved: Option<&'a Approved>,
    pub(super) given: Given,
    /// How the item was written ticked, where that is nobody's tick.
    pub(super) born: Option<BornTicked>,
    /// The commit that took it back.
    pub(super) taken_back_in: Option<&'a str>,
    /// The entry, and its file.
    pub(super) entry: Option<&'a (String, SignOffEntry)>,
}

impl Word<'_> {
    /// Since when it is given: the date of the entry, else when its author wrote the commit.
    pub(super) fn at(&self) -> Timestamp {
        self.entry.map_or(self.by.written(), |(_, entry)| entry.at)
    }

    /// The same at its older end: a day without a zone began somewhere up to 14 hours earlier.
    pub(super) fn oldest(&self) -> Timestamp {
        match self.entry {
            Some((_, entry)) if !entry.zoned => entry.at.minus(ZONE),
            _ => self.at(),
        }
    }

    /// Of an entry that names a day alone the last moment that it can mean.
    pub(super) fn latest(&self) -> Option<Timestamp> {
        let (_, entry) = self.entry.filter(|(_, entry)| !entry.zoned)?;
        Some(entry.at.plus(DAY).min(self.by.written()))
    }

    /// The last moment of which it can speak, where its commit is younger: a rebase put that on top of
    /// what its author did not see, or the entry tells of an earlier day.
    pub(super) fn known_until(&self) -> Option<Timestamp> {
        let said = match self.entry {
            Some((_, entry)) if entry.zoned => entry.at,
            Some((_, entry)) => entry.at.plus(DAY),
            None => self.by.written(),
        };
        let said = said.min(self.by.written());
        (said < self.by.time).then_some(said)
    }

    /// Whether both are the words of one person.
    pub(super) fn is_of(&self, other: &Word<'_>) -> bool {
        self.by.email.eq_ignore_ascii_case(&other.by.email)
    }

    /// Whether both are said in one place: a commit may mean the item by several of its globs.
    fn is_one_with(&self, other: &Word<'_>) -> bool {
        let entry = |of: &Word<'_>| of.entry.map(|(path, entry)| (path.clone(), entry.line));
        self.by.commit == other.by.commit && entry(self) == entry(other)
    }

    /// Whether neither is the later one.
    pub(super) fn is_at_one_time(&self, other: &Word<'_>) -> bool {
        self.at() == other.at() && self.is_of(other) && !self.is_one_with(other)
    }
}

/// Whether `now` says what stood in `then`, but for how far a work is: who signs an item signs the remark
/// beside it too, with its amounts and what it names by a number. An exception that is added behind was not
/// signed.
///
/// A remark on who did it may come.
pub(super) fn says_still(now: &str, then: &str) -> bool {
    let then = &unversioned(then);
    let now = &unversioned(now);
    let now = without_doer(now).filter(|_| without_doer(then).is_none()).unwrap_or(now);
    wordings(now) == wordings(then)
        && marks(now) <= marks(then)
        && names(now) == names(then)
        && Numbers::of(now).say_still(&Numbers::of(then))
}

/// What `text` says beside its numbers, and beside signs at its ends of how far it is.
fn wordings(text: &str) -> Vec<String> {
    let mut words = words(&without_dates(without_signs(text)));
    words.retain(|word| word != "-" && !word.starts_with(|c: char| c.is_ascii_digit()));
    words
}

/// `text` with `v1.4` as `1.4`.
fn unversioned(text: &str) -> Cow<'_, str> {
    static VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[vV](\d)").ok());
    VERSION.as_ref().map_or(Cow::Borrowed(text), |version| version.replace_all(text, "$1"))
}

/// How many signs of a text say that something is not so, or not yet.
fn marks(text: &str) -> usize {
    #[rustfmt::skip]
    const SIGNS: [char; 17] =
        ['🔴', '🟥', '🟠', '🟧', '🟡', '🟨', '⚠', '🚧', '⏳', '⌛', '❌', '✖', '✗', '✘', '⛔', '🚫', '🛑'];
    text.chars().filter(|c| SIGNS.contains(c)).count()
}

/// Versions (`v1.5`, `1.5.0`), and numbers that are names: `CVE-2026-1111`, `#12`, `build 881`.
fn names(text: &str) -> BTreeSet<String> {
    static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let version = r"\bv\d[\w.-]*|\b\d+\.\d+\.\d[\w.-]*";
        let number = r"#\d+|\b[a-z]{2,}-\d[\w-]*|\b(?:build|release|version)\s+\d[\w.]*";
        Regex::new(&format!("(?i){version}|{number}")).ok()
    });
    let found = NAMES.iter().flat_map(|names| names.find_iter(text));
    found.map(|name| name.as_str().trim_end_matches(['.', '-']).to_lowercase()).collect()
}

/// Everything that was said of the item, the latest first.
pub(super) fn given<'a>(history: Option<&'a ItemHistory>, asked: &SignOff) -> Vec<Word<'a>> {
    let Some(history) = history else { return Vec::new() };
    let said = history.sign_offs.iter().chain(&history.taken_back).map(|said| Word {
        by: &said.by,
        text: &said.text,
        meaning: &said.meaning,
        thresholds: &said.thresholds,
        context: said.context.as_deref(),
        approved: said.approved.as_ref(),
        born: None,
        taken_back_in: said.taken_back_in.as_deref(),
        given: if said.entry.is_some() { Given::Entry } else { Given::Trailer },
        entry: said.entry.as_ref(),
    });
    let ticks = history.ticks().filter(|_| asked.tick).map(|tick| Word {
        by: &tick.event.by,
        text: &tick.event.text,
        meaning: &tick.meaning,
        thresholds: &tick.thresholds,
        context: tick.context.as_deref(),
        approved: tick.approved.as_ref(),
        given: Given::Tick,
        born: tick.born,
        taken_back_in: None,
        entry: None,
    });
    let mut words: Vec<Word<'a>> = said.chain(ticks).collect();
    words.sort_by_key(|word| {
        let email = word.by.email.to_lowercase();
        (std::cmp::Reverse(word.at()), email, word.by.commit.clone())
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_the_version_and_of_what_was_named_by_a_number() {
        for (now, then) in [
            ("Release approved (v1.5)", "Release approved (v1.5)"),
            ("Release approved (V1.5)!", "Release approved (v1.5)."),
            ("Bugs fixed (9 left)", "Bugs fixed (12 left)"),
            ("Pen test done (14 of 15)", "Pen test done (10 of 15)"),
            ("12 of 12 keys rotated", "3 of 12 keys rotated"),
            ("Risk accepted: CVE-2026-1111", "Risk accepted (cve-2026-1111)"),
            ("Unit tests pass (170 passing)", "Unit tests pass (165 passing)"),
            ("Unit tests pass (170 tests passed)", "Unit tests pass (165 tests passed)"),
            ("Keys rotated (15/15)", "Keys rotated (12/15)"),
            ("Bugs fixed (22 → 0)", "Bugs fixed (22 → 3)"),
            ("22 → 1 open issues", "22 → 3 open issues"),
            ("Fixed: 22 bugs → 0 bugs", "Fixed: 22 bugs → 5 bugs"),
            ("Fixed: 22 bugs → 0", "Fixed: 22 bugs → 5"),
            ("Keys rotated 12/15", "Keys rotated 10/15"),
            ("Load test 🟢", "Load test 🟡"),
            ("Load test ✅", "Load test"),
            ("Lint clean: 22 → 0 warnings", "Lint clean: 22 → 3 warnings"),
            ("Keys rotated (12 of 15 keys left)", "Keys rotated (14 of 15 keys left)"),
            ("Migration steps (3/5)", "Migration steps (2/5)"),
            ("Bugs fixed (3 issues still remaining)", "Bugs fixed (9 issues still remaining)"),
            ("2.2 Legal approves", "2.1 Legal approves"),
            ("4) Legal approves", "3) Legal approves"),
            ("Legal approves (2026-01-03)", "Legal approves (2026-01-02)"),
            ("Load test with 5,000 users passed", "Load test with 5000 users passed"),
        ] {
            assert!(says_still(now, then), "{then} → {now}");
        }
        for (now, then) in [
            ("Release approved (v1.6)", "Release approved (v1.5)"),
            ("Release approved (1.5.1)", "Release approved (1.5.0)"),
            ("Risk accepted (CVE-2026-2222)", "Risk accepted (CVE-2026-1111)"),
            ("Change approved (#99)", "Change approved (#12)"),
            ("Pen test done (build 990)", "Pen test done (build 881)"),
            ("Approved by legal", "Approved by legal (v1.5)"),
            ("Approved by legal (v1.5)", "Approved by legal"),
            ("Approved (v1.5 and v1.6)", "Approved (v1.5)"),
            ("Pen test done — except payments", "Pen test done"),
            ("3 of 12 keys rotated", "12 of 12 keys rotated"),
            ("Keys rotated (2/12)", "Keys rotated (3/12)"),
            ("Bugs fixed (12 left)", "Bugs fixed (9 left)"),
            ("Reviewed 15 of 15 findings", "Reviewed 12 of 12 findings"),
            ("Availability 99.9%", "Availability 99.5%"),
            ("Verfügbarkeit 99,9 %", "Verfügbarkeit 99,5 %"),
            ("Soak test (72h)", "Soak test (24h)"),
            ("Load test with 5000 users passed", "Load test with 500 users passed"),
            ("Load test passed - 5000 users", "Load test passed - 500 users"),
            ("Tested on iOS (18)", "Tested on iOS (17)"),
            ("Rollout to 50% done", "Rollout to 10% done"),
            ("Availability 99.5% → 99.9%", "Availability 99.5% → 99.7%"),
            ("TLS 1.2 → 1.3 done", "TLS 1.1 → 1.2 done"),
            ("Risk accepted (30 high findings)", "Risk accepted (3 high findings)"),
            ("1–5 % errors", "1–2 % errors"),
            ("Backups kept 30 → 3 days", "Backups kept 30 → 7 days"),
            ("Backups kept 30 → 3", "Backups kept 30 → 7"),
            ("p95 400 → 290 ms", "p95 400 → 300 ms"),
            ("Retention 90 → 30 days → 10", "Retention 90 → 30 days → 365"),
            ("Node 18 → 22", "Node 18 → 20"),
            ("Timeout 30 → 600 s", "Timeout 30 → 60 s"),
            ("Scale 3 → 5 → 5 replicas", "Scale 3 → 5 → 50 replicas"),
            ("Share of errors 5 → 1 %", "Share of errors 5 → 2 %"),
            ("Fixed: 22 bugs → 21 bugs", "Fixed: 22 bugs → 0 bugs"),
            ("Load test 🔴", "Load test 🟢"),
            ("Load test (❌)", "Load test (✅)"),
            ("Bugs fixed (22 → 5)", "Bugs fixed (22 → 0)"),
            ("Bugs fixed (30 → 0)", "Bugs fixed (22 → 0)"),
            ("Bugs fixed (2 → 5)", "Bugs fixed (2 → 4)"),
            ("Tests: 160 → 12 passing", "Tests: 160 → 165 passing"),
            ("Unit tests pass (12 passing)", "Unit tests pass (165 passing)"),
            ("90 passing score agreed", "80 passing score agreed"),
            ("Tests (12 of 20 passed)", "Tests (12 of 15 passed)"),
            ("Keys rotated (14 of 15 keys left)", "Keys rotated (12 of 15 keys left)"),
            ("Phase 2 of 3 approved", "Phase 1 of 3 approved"),
            ("Wave (2 of 3) approved", "Wave (1 of 3) approved"),
            ("Test run 3 of 3", "Test run 2 of 3"),
            ("Part 2/3 reviewed", "Part 1/3 reviewed"),
            ("Approved for 9 of 10 customers", "Approved for 1 of 10 customers"),
            ("Released to 9/10 of users", "Released to 1/10 of users"),
        ] {
            assert!(!says_still(now, then), "{then} → {now}");
        }
    }
}
