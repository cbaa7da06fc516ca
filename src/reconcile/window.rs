//! Time windows after the deployment: not yet due, due, overdue, met.

use std::collections::BTreeSet;

use crate::model::{Age, Checklist, Item, Timestamp, Verdict, Window, WindowUnit, listed};

use super::case::Case;
use super::ruling::{JudgedWindow, WindowState};

/// How many other environments a sentence names.
const NAMED: usize = 5;

/// The window that an item stands in: that of the section around it, which has what it inherits.
pub(super) fn of_item<'c>(checklist: &'c Checklist, item: &Item) -> Option<(&'c str, Window)> {
    let section = checklist.sections.iter().rev().find(|section| section.line <= item.line)?;
    section.window.map(|window| (section.title.as_str(), window))
}

/// When evidence counts for what stands in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opening {
    /// From the deployment on.
    Deployed(Timestamp),
    /// From some time before or after it on.
    At(Timestamp),
    /// After a deployment, and none is known: not yet.
    Undeployed,
}

impl Opening {
    /// Of a window; `None` where it lies before a deployment that is not known.
    pub(super) fn of(window: Window, deployed: Option<Timestamp>) -> Option<Opening> {
        match deployed {
            Some(deployed) if window.opens == 0 => Some(Opening::Deployed(deployed)),
            Some(deployed) => Some(Opening::At(opens(window, deployed))),
            None => (window.opens >= 0).then_some(Opening::Undeployed),
        }
    }

    /// Why what is of `time` came too early, to stand behind what it is.
    pub(super) fn too_early(self, time: Timestamp) -> Option<String> {
        match self {
            Opening::Deployed(deployed) => {
                (time < deployed).then(|| format!("before the deployment of {}", deployed.human()))
            }
            Opening::At(opens) => {
                (time < opens).then(|| format!("before its window opened on {}", opens.human()))
            }
            Opening::Undeployed => {
                Some("and no deployment of this code is known that it could be after (`--deployed-at` says when \
                     it was)".to_owned())
            }
        }
    }
}

/// That deployments to other environments than the configured one are known, as a sentence.
pub(super) fn elsewhere(case: &Case) -> Option<String> {
    let configured = case.config.environment.as_str();
    let readings = case.artifacts.iter().filter_map(|found| found.artifact.answer.reading());
    let others =
        readings.filter_map(|reading| reading.facts.deployment.as_ref()?.environment.as_deref());
    let others: BTreeSet<&str> =
        others.filter(|other| !other.eq_ignore_ascii_case(configured)).collect();
    let others: Vec<&str> = others.into_iter().collect();
    (!others.is_empty()).then(|| {
        format!(
            "One to {} is known: windows open by those to `{configured}`, as `[deploy] environment` says.",
            listed(&others, NAMED)
        )
    })
}

fn opens(window: Window, deployed: Timestamp) -> Timestamp {
    shifted(deployed, window.opens, window.unit)
}

/// Where a window stands at `clock`.
pub(super) fn judged(
    name: &str,
    window: Window,
    deployed: Option<Timestamp>,
    clock: Timestamp,
    verdict: Verdict,
) -> JudgedWindow {
    let opens = deployed.map(|deployed| opens(window, deployed));
    let due = deployed.map(|deployed| shifted(deployed, window.ends, window.unit));
    let state = match (opens, due) {
        _ if verdict == Verdict::Pass => WindowState::Met,
        (Some(opens), _) if clock < opens => WindowState::NotYetDue,
        (_, Some(due)) if clock > due => WindowState::Overdue,
        (Some(_), _) => WindowState::Due,
        (None, _) => WindowState::NotYetDue,
    };
    let ends_after_s = window.ends.saturating_mul(seconds(window.unit));
    let (name, before) = (name.to_owned(), window.ends <= 0);
    JudgedWindow { name, opens, due, ends_after_s, state, before }
}

fn shifted(time: Timestamp, count: i64, unit: WindowUnit) -> Timestamp {
    let distance = Age::seconds(count.saturating_abs().saturating_mul(seconds(unit)));
    if count < 0 { time.minus(distance) } else { time.plus(distance) }
}

fn seconds(unit: WindowUnit) -> i64 {
    match unit {
        WindowUnit::Hours => 3600,
        WindowUnit::Days => 86_400,
        WindowUnit::Weeks => 7 * 86_400,
    }
}
