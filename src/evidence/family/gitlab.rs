//! What GitLab says of pipelines and jobs, in the words of `ci`: its one status as two.

use std::collections::BTreeMap;

use crate::facts::Job;
use crate::model::{Reading, Rule};

/// How many entries a full page of GitLab's holds: by default, as often asked for, and at most.
const PAGES: [usize; 3] = [20, 50, 100];

/// Status and conclusion out of GitLab's status.
pub(in crate::evidence) fn state(word: Option<&str>) -> (Option<String>, Option<String>) {
    let (status, conclusion) = match word {
        Some("success") => ("completed", Some("success")),
        Some("failed") => ("completed", Some("failure")),
        Some("canceled") => ("completed", Some("cancelled")),
        Some("skipped") => ("completed", Some("skipped")),
        Some("running" | "canceling") => ("in_progress", None),
        // `created`, `pending`, `preparing`, `manual`, `scheduled`: it waits for something.
        Some(_) => ("queued", None),
        None => return (None, None),
    };
    (Some(status.to_owned()), conclusion.map(str::to_owned))
}

/// Doubts a list of `held` entries that may be the first page of several.
pub(in crate::evidence) fn full_page(reading: &mut Reading, held: usize, nouns: &str) {
    if PAGES.contains(&held) {
        let why = format!(
            "The list holds {held} {nouns}, a full page: there may be more. Fetch all pages."
        );
        reading.doubt(Rule::Unreadable, why);
    }
}

/// A job; of two of one name the one with the greater id ran later.
pub(in crate::evidence) fn job(word: Option<&str>, id: Option<u64>) -> Job {
    let (status, conclusion) = state(word);
    Job { status, conclusion, steps: BTreeMap::new(), attempt: id.unwrap_or(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_success_never_reads_as_one() {
        for word in ["failed", "canceled", "skipped", "running", "manual", "created", "new"] {
            assert_ne!(state(Some(word)).1.as_deref(), Some("success"), "{word}");
        }
        assert_eq!(state(Some("success")).1.as_deref(), Some("success"));
    }
}
