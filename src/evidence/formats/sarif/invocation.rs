//! What a SARIF run tells of the tool's invocations: how they ended, and what they said. (SARIF 3.20)

use serde::Deserialize;

use super::result;
use super::rules::Override;
use crate::evidence::json::Str;
use crate::evidence::{text, when};
use crate::model::ProducedAt;

/// What the invocations of a run tell together.
#[derive(Default)]
pub(super) struct Told {
    /// Sentences that say how one failed.
    pub faults: Vec<String>,
    /// How many notifications are warnings, and what the first says.
    pub warnings: u64,
    pub warning: Option<String>,
    /// When the oldest ended.
    pub ended: Option<ProducedAt>,
}

impl Told {
    /// Takes in one invocation.
    pub(super) fn hear(&mut self, invocation: &Invocation<'_>) {
        // With an explicit success another exit code says that something was found.
        let killed = invocation.signal_name.is_some() || invocation.signal_number.is_some();
        let ended_badly = killed || invocation.exit_code.is_some_and(|code| code != 0);
        let unsuccessful = invocation.successful.map_or(ended_badly, |successful| !successful);
        if unsuccessful || killed {
            let code = invocation.exit_code.map(|code| format!(" (exit code {code})"));
            self.faults
                .push(format!("Its invocation was not successful{}.", code.unwrap_or_default()));
        }
        if let Some(said) = invocation.not_started.as_deref().and_then(text::title) {
            self.faults.push(format!("It did not start: {said}"));
        }
        let told = invocation.notifications.iter().flatten();
        let mut failed = false;
        for notification in told.chain(invocation.configuration.iter().flatten()) {
            let said = || notification.message.as_ref().and_then(result::Message::said);
            match notification.level.as_deref() {
                Some("error") if !failed => {
                    failed = true;
                    let said = said().unwrap_or_else(|| "an error".to_owned());
                    self.faults.push(format!("It says: {said}"));
                }
                Some("warning") => {
                    self.warnings += 1;
                    self.warning = self.warning.take().or_else(said);
                }
                _ => {}
            }
        }
        let ended = invocation.ended.as_deref().or(invocation.ended_v1.as_deref());
        if let Some(ended) = ended {
            when::older(&mut self.ended, ProducedAt::parse(ended));
        }
    }
}

/// One run of the tool's program.
#[derive(Deserialize)]
pub(super) struct Invocation<'a> {
    #[serde(rename = "executionSuccessful", alias = "toolExecutionSuccessful")]
    successful: Option<bool>,
    #[serde(rename = "exitCode")]
    exit_code: Option<i64>,
    #[serde(borrow, rename = "endTimeUtc")]
    ended: Option<Str<'a>>,
    #[serde(rename = "endTime")]
    ended_v1: Option<Str<'a>>,
    #[serde(rename = "toolExecutionNotifications", alias = "toolNotifications")]
    notifications: Option<Vec<Notification<'a>>>,
    #[serde(rename = "toolConfigurationNotifications", alias = "configurationNotifications")]
    configuration: Option<Vec<Notification<'a>>>,
    #[serde(rename = "processStartFailureMessage")]
    not_started: Option<Str<'a>>,
    #[serde(rename = "exitSignalName")]
    signal_name: Option<Str<'a>>,
    #[serde(rename = "exitSignalNumber")]
    signal_number: Option<i64>,
    #[serde(rename = "ruleConfigurationOverrides")]
    overrides: Option<Vec<Override<'a>>>,
}

impl<'a> Invocation<'a> {
    /// What it changes of the rules' settings.
    pub(super) fn overrides(&self) -> &[Override<'a>] {
        self.overrides.as_deref().unwrap_or_default()
    }
}

/// How another tool's output became this log.
#[derive(Deserialize)]
pub(super) struct Conversion<'a> {
    #[serde(borrow)]
    pub invocation: Option<Invocation<'a>>,
}

#[derive(Deserialize)]
struct Notification<'a> {
    #[serde(borrow)]
    level: Option<Str<'a>>,
    message: Option<result::Message<'a>>,
}
