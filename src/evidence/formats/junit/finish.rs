//! What a whole report comes to: its reading, and what its writers let slip that speaks against it.

use super::report::{MOCHA, Report};
use crate::evidence::family::{mocha, ran, rspec};
use crate::evidence::when;
use crate::model::{ProducedAt, Reading, Rule, counted};

/// The root of jest-junit.
const JEST: &str = "jest tests";

impl Report<'_> {
    /// The reading, with what speaks against the report.
    pub(super) fn finish(mut self) -> Reading {
        let mut reading = Reading::of("junit");
        for odd in [&mut self.odd, &mut self.analysis.odd] {
            std::mem::take(odd).settle(&mut reading);
        }
        if self.analysis.alone() {
            return self.analysed(reading);
        }
        let root_time = self.root.get("time").and_then(|time| ran::seconds(time));
        let timed = self.tells_times && !self.outermost.untimed;
        self.tests.duration_s = root_time.or(timed.then_some(self.outermost.time));
        reading.produced_at = self.produced_at();
        reading.tool = self.writer().map(str::to_owned);
        if reading.tool.as_deref() == Some("nextest") {
            self.tests.add_flaky(0);
        }
        let declared = self.of_root[0].or(self.outermost.declared);
        self.no_tests += self.go_tests.settle(&mut self.tests);
        let to_do = self.uncounted.settle(&mut self.tests);
        let held = self.tests.total() + self.analysis.cases + self.no_tests;
        let held = held.saturating_sub(to_do);
        ran::compare(&mut reading, declared, "test", held);
        if self.tests.total() > 0 {
            ran::suites_not_loaded(&mut reading, self.not_loaded, self.first_not_loaded.as_deref());
            self.doubt_lost(&mut reading);
        }
        self.node.settle(&mut reading, &self.tests);
        self.unknown_words.settle(&mut reading);
        self.goals.settle(&mut reading, &self.tests);
        self.instant.settle(&mut reading, &self.tests);
        self.risky.settle(&mut reading);
        self.repeated.settle(&mut reading);
        if let Some(said) = &self.lost_by_bats {
            reading.doubt(Rule::SuiteNotLoaded, format!("Bats says: {said}."));
        }
        if let Some((rule, why)) = self.denial.take() {
            reading.doubt(rule, why);
        }
        if self.by_mocha {
            mocha::dry(&mut reading, &self.tests, self.timed);
        }
        rspec::dry(&mut reading, std::mem::take(&mut self.of_rspec));
        ran::never_begun(&mut reading, self.not_begun, self.first_not_begun.as_deref());
        ran::failed_as_said(&mut reading, &self.tests, self.failed_as_said);
        self.doubt_not_reached(&mut reading);
        if self.own {
            let why = "trueup wrote it: its cases are items of checklists, and no tests.";
            reading.doubt(Rule::NothingRan, why);
        }
        if self.analysis.tool.is_some() {
            reading.facts.findings = Some(self.analysis.findings);
        }
        ran::settle(&mut reading, self.tests);
        reading
    }

    /// Who wrote it, where the root tells, or all cases are as Playwright writes them.
    fn writer(&self) -> Option<&'static str> {
        let is_all = self.of_playwright > 0 && self.of_playwright == self.tests.total();
        let of_playwright = is_all.then_some("Playwright");
        self.root.get("name").and_then(|name| writer(name)).or(of_playwright)
    }

    /// Doubts a report of tests that its tool did not come to.
    fn doubt_not_reached(&self, reading: &mut Reading) {
        if self.idle_unasked > 0 {
            let count = counted(self.idle_unasked, "test");
            let why = format!("Playwright ended before {count}: skipped, but by nobody's choice.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        if self.not_reached > 0 {
            let count = counted(self.not_reached, "test");
            let why = format!("Deno did not come to {count}: an error ended the file before.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        if self.listed && self.tests.total() > 0 {
            let why = "GoogleTest lists its tests here (`--gtest_list_tests`): none ran.";
            reading.doubt(Rule::NothingRan, why);
        }
    }

    fn produced_at(&mut self) -> Option<ProducedAt> {
        let stamp = self.root.get("timestamp").filter(|stamp| !stamp.trim().is_empty());
        if let Some(stamp) = stamp {
            when::older(&mut self.oldest, ProducedAt::parse(stamp));
        }
        // These write UTC, and do not say so.
        let utc = self.root.get("name").is_some_and(|name| [JEST, MOCHA].contains(&name.as_str()));
        self.oldest.take().map(|made| if utc { made.in_utc() } else { made })
    }

    /// The reading of a report that linters and scanners wrote.
    fn analysed(mut self, mut reading: Reading) -> Reading {
        reading.produced_at = self.produced_at();
        reading.tool = self.analysis.tool.map(str::to_owned);
        let [_, of_root @ ..] = self.of_root;
        let of_root = of_root.into_iter().flatten();
        let held = self.analysis.findings.total() + self.outside;
        let (declared, held) = self.short.unwrap_or((of_root.max().unwrap_or(0), held));
        ran::failures_lost(&mut reading, Some(declared), held);
        if self.outside > 0 {
            let why =
                format!("The report holds {} outside its cases.", counted(self.outside, "failure"));
            reading.doubt(Rule::ToolFailed, why);
        }
        if let Some((rule, why)) = self.analysis.idle() {
            reading.doubt(rule, why);
        }
        reading.facts.findings = Some(self.analysis.findings);
        reading
    }

    /// Doubts a report with failures that stand in no case, or in none of its cases.
    fn doubt_lost(&self, reading: &mut Reading) {
        if self.outside > 0 {
            let why =
                format!("The report holds {} outside its cases.", counted(self.outside, "failure"));
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        let [_, of_root @ ..] = self.of_root;
        let (declared, held) = match self.short {
            Some((declared, held)) => (Some(declared), held),
            // Mocha's own reporter declares its failures as errors too.
            None if self.by_mocha => (of_root.into_iter().flatten().max(), self.outermost.trouble),
            None => (ran::declared(of_root), self.outermost.trouble),
        };
        if self.not_loaded == 0 {
            ran::failures_lost(reading, declared, held);
        }
    }
}

/// The writers that give themselves away in the root's name.
fn writer(name: &str) -> Option<&'static str> {
    match name.trim() {
        JEST => Some("Jest"),
        "vitest tests" => Some("Vitest"),
        "pytest tests" => Some("pytest"),
        MOCHA => Some("Mocha"),
        "nextest-run" => Some("nextest"),
        _ => None,
    }
}
