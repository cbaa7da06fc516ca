//! What would change a verdict: the values that decide, the clock, the code, the people.

use std::fmt::Write;

use crate::model::{Rule, Verdict};
use crate::render::text::paint::{Paint, safe};
use crate::snapshot::v1::{Item, Requirement};

/// Writes a line for each thing that the verdict hangs on; nothing where nothing is bound.
pub(super) fn write(out: &mut String, item: &Item, paint: Paint) {
    let mut lines: Vec<String> = Vec::new();
    let by_tick = item.requirement.as_ref().is_none_or(|of| of.verdict == Verdict::Pass);
    if by_tick && item.rule.as_deref() == Some(Rule::StaleTick.word()) {
        lines.push("unticking and ticking it, where what it says now holds".to_owned());
    }
    for line in item.asked().flat_map(of_requirement) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if let Some(until) = &item.valid_until {
        lines
            .push(format!("it passes until {}, when its evidence is too old", super::human(until)));
    }
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", paint.bold("What would change it"));
    for line in lines {
        let _ = writeln!(out, "    {}", safe(&line));
    }
}

fn of_requirement(of: &Requirement) -> Vec<String> {
    let mut lines = match of.verdict {
        Verdict::Pass => of_values(of, true, "fails once it is not"),
        Verdict::Fail => of_values(of, false, "holds once it is"),
        Verdict::Stale if waits_for_a_person(of) => {
            vec!["a new sign-off, of it as it is now".to_owned()]
        }
        Verdict::Stale => vec!["evidence made of this code, and of today".to_owned()],
        Verdict::Missing if waits_for_a_person(of) => {
            vec!["a commit by one who may sign: `Signed-off-for: ID` in its message".to_owned()]
        }
        Verdict::Missing => vec!["the evidence that is missing".to_owned()],
        Verdict::Invalid if of.sign_off.is_some() && of.condition.is_none() => {
            vec!["a new sign-off, at a time of its own".to_owned()]
        }
        Verdict::Invalid => vec!["evidence that can be trusted: run the tool again".to_owned()],
        Verdict::Unbound => Vec::new(),
    };
    if of.verdict == Verdict::Pass {
        match (&of.paths, of.artifacts.is_empty(), &of.max_age) {
            (Some(paths), _, _) if !paths.is_empty() => {
                lines.push(format!("a later change under {}", paths.join(", ")));
            }
            (None, false, None) => lines.push("a later change of the code".to_owned()),
            _ => {}
        }
    }
    lines
}

/// Whether a sign-off is what decides: none is asked for beside a condition, or all that the
/// condition asks for holds.
fn waits_for_a_person(of: &Requirement) -> bool {
    let Some(asked) = &of.sign_off else { return false };
    let given = asked.given.iter().filter(|given| given.counts).count() as u64;
    let holds = of.read.iter().all(|read| read.holds != Some(false));
    of.condition.is_none() || (given < asked.count && holds)
}

/// Each value that a limit was held against, with that limit.
fn of_values(of: &Requirement, holds: bool, then: &str) -> Vec<String> {
    of.read
        .iter()
        .filter(|read| read.holds == Some(holds))
        .filter_map(|read| {
            let bound = read.bound.as_ref()?;
            let bound = match (&read.asked, bound.split_once(' ')) {
                (Some(asked), Some((sign, from))) => format!("{sign} {asked} ({from})"),
                _ => bound.clone(),
            };
            Some(format!("{} is {}; it {then} {bound}", read.fact, read.value))
        })
        .collect()
}
