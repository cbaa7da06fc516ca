//! The envelopes that are read; all others are passed over.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::text;

/// One line: one of its members is there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    pub meta: Option<Meta<'a>>,
    pub gherkin_document: Option<Document<'a>>,
    pub parse_error: Option<ParseError<'a>>,
    pub pickle: Option<Pickle<'a>>,
    pub test_case: Option<TestCase<'a>>,
    pub test_run_started: Option<RunStarted>,
    pub test_run_hook_finished: Option<RunHookFinished<'a>>,
    pub test_case_started: Option<CaseStarted<'a>>,
    pub test_step_finished: Option<StepFinished<'a>>,
    pub test_case_finished: Option<CaseFinished<'a>>,
    pub test_run_finished: Option<RunFinished<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Meta<'a> {
    #[serde(borrow)]
    pub implementation: Option<Product<'a>>,
    pub ci: Option<Ci<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Product<'a> {
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
    pub version: Option<Str<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Ci<'a> {
    #[serde(borrow)]
    pub git: Option<Git<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Git<'a> {
    #[serde(borrow)]
    pub revision: Option<Str<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Document<'a> {
    #[serde(borrow)]
    pub uri: Option<Str<'a>>,
    pub feature: Option<Feature<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Feature<'a> {
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
}

#[derive(Deserialize)]
pub(super) struct ParseError<'a> {
    #[serde(borrow)]
    pub source: Option<Source<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Source<'a> {
    #[serde(borrow)]
    pub uri: Option<Str<'a>>,
}

/// A scenario, or a row of an outline.
#[derive(Deserialize)]
pub(super) struct Pickle<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    pub uri: Option<Str<'a>>,
    pub name: Option<Str<'a>>,
}

/// A pickle that is to run, with its hooks.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TestCase<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    pub pickle_id: Str<'a>,
    pub test_steps: Option<Vec<TestStep<'a>>>,
}

/// A step of the scenario, or a hook, which has no `pickleStepId`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TestStep<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    pub pickle_step_id: Option<Str<'a>>,
}

#[derive(Deserialize)]
pub(super) struct RunStarted {
    pub timestamp: Option<Moment>,
}

#[derive(Deserialize)]
pub(super) struct RunHookFinished<'a> {
    #[serde(borrow)]
    pub result: Option<Ended<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CaseStarted<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    pub test_case_id: Str<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StepFinished<'a> {
    #[serde(borrow)]
    pub test_case_started_id: Str<'a>,
    pub test_step_id: Option<Str<'a>>,
    pub test_step_result: Option<Ended<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CaseFinished<'a> {
    #[serde(borrow)]
    pub test_case_started_id: Str<'a>,
    pub will_be_retried: Option<bool>,
}

/// `success` is not there of a run that failed where Protobuf wrote it, before version 13.
#[derive(Deserialize)]
pub(super) struct RunFinished<'a> {
    #[serde(default)]
    pub success: bool,
    #[serde(borrow)]
    pub message: Option<Str<'a>>,
    pub timestamp: Option<Moment>,
}

/// How a step or a hook ended.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ended<'a> {
    #[serde(borrow)]
    pub status: Option<Str<'a>>,
    pub duration: Option<Moment>,
    pub message: Option<Str<'a>>,
    /// Before version 17 it stands here.
    pub will_be_retried: Option<bool>,
}

impl Ended<'_> {
    pub(super) fn excerpt(&self) -> Option<String> {
        self.message.as_deref().and_then(text::excerpt)
    }
}

/// A time since 1970, or how long something took.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Moment {
    #[serde(default)]
    seconds: Num,
    #[serde(default)]
    nanos: Num,
}

impl Moment {
    pub(super) fn as_seconds(self) -> f64 {
        self.seconds.get().unwrap_or(0.0) + self.nanos.get().unwrap_or(0.0) / 1e9
    }

    /// The seconds since an earlier time, to the nanosecond: as one number both have too few digits.
    pub(super) fn since(self, earlier: Moment) -> f64 {
        let between = |one: Num, other: Num| one.get().unwrap_or(0.0) - other.get().unwrap_or(0.0);
        between(self.seconds, earlier.seconds) + between(self.nanos, earlier.nanos) / 1e9
    }
}
