//! The runs that the envelopes tell of.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Attempt, TestCase, outcome_of};
use super::envelope::{Envelope, Meta, Moment, Pickle, RunFinished};
use super::envelope::{StepFinished, TestCase as Declared};
use crate::evidence::family::ran;
use crate::evidence::{text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading, Rule};

/// What was told so far.
#[derive(Default)]
pub(super) struct Run {
    tests: Tests,
    tool: Option<String>,
    version: Option<String>,
    commit: Option<String>,
    produced_at: Option<ProducedAt>,
    /// The names of the features, by file.
    features: BTreeMap<String, String>,
    /// The scenarios, by id: name and file.
    pickles: BTreeMap<String, (String, Option<String>)>,
    /// Those that are to run, by id and in their order.
    cases: BTreeMap<String, usize>,
    declared: Vec<TestCase>,
    /// Which case an attempt is of, by the id of the attempt.
    attempts: BTreeMap<String, usize>,
    /// Runs that started, and that finished.
    runs: (u64, u64),
    began: Option<Moment>,
    /// Whether retries are told of, and how many scenarios passed on one.
    flaky: Option<u64>,
    files: BTreeSet<String>,
    /// Features that did not parse.
    unparsed: Vec<String>,
    trouble: Vec<String>,
}

impl Run {
    pub(super) fn new(tests: Tests) -> Run {
        Run { tests, ..Run::default() }
    }

    pub(super) fn take(&mut self, envelope: Envelope<'_>) {
        if let Some(step) = envelope.test_step_finished {
            self.step(&step);
        } else if let Some(started) = envelope.test_case_started {
            let at = self.cases.get(&*started.test_case_id).copied();
            if let Some((at, case)) = at.and_then(|at| Some((at, self.declared.get_mut(at)?))) {
                case.begin();
                self.attempts.insert(started.id.into_owned(), at);
            }
        } else if let Some(finished) = envelope.test_case_finished {
            if finished.will_be_retried.is_some() {
                self.flaky.get_or_insert(0);
            }
            if let Some(attempt) = self.attempt(&finished.test_case_started_id) {
                attempt.finished = true;
                attempt.will_be_retried |= finished.will_be_retried == Some(true);
            }
        } else if let Some(case) = envelope.test_case {
            self.declare(case);
        } else if let Some(pickle) = envelope.pickle {
            self.pickle(pickle);
        } else if let Some(document) = envelope.gherkin_document {
            let name = document.feature.and_then(|feature| text::said(&feature.name));
            self.features.extend(text::said(&document.uri).zip(name));
        } else if let Some(meta) = envelope.meta {
            self.meta(meta);
        } else if let Some(error) = envelope.parse_error {
            let file = error.source.and_then(|source| text::said(&source.uri));
            self.unparsed.push(file.unwrap_or_default());
        } else if let Some(started) = envelope.test_run_started {
            self.runs.0 += 1;
            self.began = started.timestamp;
            let at = self.began.map(Moment::as_seconds).filter(|began| *began > 0.0);
            let at = at.map(|began| when::epoch(&began.to_string()));
            self.produced_at = self.produced_at.take().or(at);
        } else if let Some(hook) = envelope.test_run_hook_finished {
            let result = hook.result.as_ref();
            if outcome_of(result.and_then(|result| result.status.as_deref())) != Outcome::Passed {
                let said = result.and_then(|result| text::title(result.message.as_deref()?));
                self.trouble.push(told("A hook of the run failed", said));
            }
        } else if let Some(finished) = envelope.test_run_finished {
            self.finish(&finished);
        }
    }

    fn meta(&mut self, meta: Meta<'_>) {
        if let Some(product) = &meta.implementation {
            self.tool = text::said(&product.name);
            self.version = text::said(&product.version);
        }
        self.commit = meta.ci.and_then(|ci| text::commit(&ci.git?.revision));
    }

    fn pickle(&mut self, pickle: Pickle<'_>) {
        let name = text::said(&pickle.name).unwrap_or_default();
        self.pickles.insert(pickle.id.into_owned(), (name, text::said(&pickle.uri)));
    }

    fn declare(&mut self, declared: Declared<'_>) {
        let (name, file) = self.pickles.get(&*declared.pickle_id).cloned().unwrap_or_default();
        let suite = file.as_ref().and_then(|file| self.features.get(file)).cloned();
        let case = TestCase::new(name, suite, file, declared.test_steps.unwrap_or_default());
        self.cases.insert(declared.id.into_owned(), self.declared.len());
        self.declared.push(case);
    }

    fn attempt(&mut self, id: &str) -> Option<&mut Attempt> {
        let at = *self.attempts.get(id)?;
        self.declared.get_mut(at)?.attempt.as_mut()
    }

    fn step(&mut self, step: &StepFinished<'_>) {
        if let Some(attempt) = self.attempt(&step.test_case_started_id) {
            attempt.step(step.test_step_id.as_deref(), step.test_step_result.as_ref());
        }
    }

    fn finish(&mut self, finished: &RunFinished<'_>) {
        self.runs.1 += 1;
        if let Some((began, ended)) = self.began.zip(finished.timestamp) {
            let before = self.tests.duration_s.unwrap_or(0.0);
            self.tests.duration_s = Some(before + ended.since(began).max(0.0));
        }
        let unwell = self.end_cases();
        if !finished.success && !unwell && self.trouble.is_empty() && self.unparsed.is_empty() {
            let said = finished.message.as_deref().and_then(text::title);
            self.trouble.push(told("Cucumber ended without success, and no scenario failed", said));
        }
    }

    /// Counts the scenarios of a run that ended; says whether one of them did not end well.
    fn end_cases(&mut self) -> bool {
        let mut unwell = false;
        for case in std::mem::take(&mut self.declared) {
            let outcome = case.outcome();
            unwell |= matches!(outcome, Outcome::Failed | Outcome::Errored);
            if case.retried && outcome == Outcome::Passed {
                self.flaky = Some(self.flaky.unwrap_or(0) + 1);
            }
            self.files.extend(case.file.clone());
            self.tests.add(outcome, || case.into_case(outcome));
        }
        self.cases.clear();
        self.attempts.clear();
        unwell
    }

    pub(super) fn settle(mut self, reading: &mut Reading) {
        self.end_cases();
        reading.tool = Some(self.tool.unwrap_or_else(|| "Cucumber".to_owned()));
        reading.tool_version = self.version;
        reading.commit = self.commit;
        reading.produced_at = self.produced_at;
        let unparsed = self.unparsed.iter().find(|file| !file.is_empty());
        let count = self.unparsed.len() as u64;
        ran::suites_not_loaded(reading, count, unparsed.map(String::as_str));
        if self.runs.0 != self.runs.1 || self.runs.0 == 0 {
            let why = "The run did not finish: Cucumber was ended, or the messages were cut.";
            reading.doubt(Rule::ToolFailed, why);
        }
        for why in self.trouble.into_iter().take(1) {
            reading.doubt(Rule::ToolFailed, why);
        }
        self.tests.flaky = self.flaky;
        self.tests.suites = Some(self.files.len() as u64);
        ran::settle(reading, self.tests);
    }
}

impl TestCase {
    fn into_case(self, outcome: Outcome) -> Case {
        let attempt = self.attempt.unwrap_or_default();
        Case {
            name: self.name,
            suite: self.suite,
            file: self.file,
            outcome,
            duration_s: Some(attempt.seconds),
            message: attempt.message.filter(|_| outcome != Outcome::Passed),
        }
    }
}

/// What happened, with what is said of it.
fn told(what: &str, said: Option<String>) -> String {
    said.map_or_else(|| format!("{what}."), |said| format!("{what}. It says: {said}"))
}
