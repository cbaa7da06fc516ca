//! A requirement in words.

use crate::snapshot::v1::{Requirement, SignOff, Wanted};

use super::super::words::Shift;
use super::Aspect;

/// Everything that a requirement asks, on one line.
pub(super) fn whole(requirement: &Requirement) -> String {
    let mut parts: Vec<String> =
        requirement.condition.as_deref().map(one_line).into_iter().collect();
    parts.extend(requirement.sign_off.as_ref().map(sign_off));
    if !requirement.artifacts.is_empty() {
        parts.push(artifacts(&requirement.artifacts));
    }
    parts.extend(requirement.max_age.as_ref().map(|age| format!("max-age {age}")));
    parts.extend(requirement.paths.as_deref().map(paths));
    parts.join(", ")
}

/// Text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `artifacts reports/junit.xml, reports/tsc.log as tsc (optional)`
pub(super) fn artifacts(wanted: &[Wanted]) -> String {
    if wanted.is_empty() {
        return "artifacts of the default places".to_owned();
    }
    format!("artifacts {}", wanted.iter().map(one_artifact).collect::<Vec<_>>().join(", "))
}

fn one_artifact(wanted: &Wanted) -> String {
    let mut said = wanted.glob.clone();
    if let Some(format) = &wanted.format {
        said.push_str(" as ");
        said.push_str(format);
    }
    if wanted.optional {
        said.push_str(" (optional)");
    }
    if let Some(condition) = &wanted.vouched_by {
        said.push_str(" vouched by ");
        said.push_str(&one_line(condition));
    }
    said
}

/// `paths backend/**`
pub(super) fn paths(paths: &[String]) -> String {
    if paths.is_empty() { "paths []".to_owned() } else { format!("paths {}", paths.join(", ")) }
}

/// `2 sign-offs of @security within 90d, four eyes`
pub(super) fn sign_off(asked: &SignOff) -> String {
    let noun = crate::model::counted(asked.count, "sign-off");
    let within = asked.max_age.as_ref().map(|age| format!(" within {age}")).unwrap_or_default();
    format!("{noun} of {}{within}{}", asked.by.join(", "), asked.flags())
}

/// A requirement that is no longer there, beside others that are.
pub(super) fn gone(requirement: &Requirement) -> Aspect {
    Aspect {
        shift: Shift::Loosened,
        from: whole(requirement),
        to: String::new(),
        why: "One requirement is gone.".to_owned(),
    }
}

/// A requirement that was not there before.
pub(super) fn new(requirement: &Requirement) -> Aspect {
    Aspect {
        shift: Shift::Tightened,
        from: String::new(),
        to: whole(requirement),
        why: "One requirement is new.".to_owned(),
    }
}
