//! The rules of a gate as the team wrote them.

use crate::policy::{Gate, Required};

/// Every rule of the gate, as the team wrote it.
pub fn rules(gate: &Gate) -> Vec<String> {
    let status = gate.fail_on_status.iter().map(|status| fails_on(status.word()));
    let codes = gate.fail_on_code.iter().map(|code| fails_on(code.word()));
    let share = gate.min_proven.map(asks_share);
    let regression = gate.regression.as_ref().map(|from| format!("regression {from}"));
    let required = gate.require.iter().map(requires);
    status.chain(codes).chain(required).chain(share).chain(regression).collect()
}

pub(super) fn fails_on(word: &str) -> String {
    format!("fail-on {word}")
}

pub(super) fn requires(required: &Required) -> String {
    let status: Vec<&str> = required.status.iter().map(|status| status.word()).collect();
    format!("require {} {}", said(required), status.join(" or "))
}

pub(super) fn asks_share(least: f64) -> String {
    format!("min-proven {least} %")
}

/// How a rule of the gate names its items.
pub fn said(required: &Required) -> String {
    let section = required.section.as_ref().map(|section| format!(" under {section}"));
    let priority = required.priority.as_ref().map(|priority| format!(" of {priority}"));
    format!("{}{}{}", required.items, section.unwrap_or_default(), priority.unwrap_or_default())
}
