//! `gh pr checks --json …`: the checks of a pull request, of which the user picks the keys.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::github;
use crate::evidence::json::Str;
use crate::evidence::{Broken, Input};
use crate::facts::{Ci, Job};
use crate::model::Reading;

/// Reads the list.
pub(super) fn read(input: &Input<'_>, reading: &mut Reading) -> Result<(), Broken> {
    let checks: Vec<Check<'_>> = input.json()?;
    let mut ci = Ci::default();
    for check in &checks {
        let (status, conclusion) = check.ended();
        let conclusion = conclusion.map(str::to_owned);
        let job =
            Job { status: Some(status.to_owned()), conclusion, steps: BTreeMap::new(), attempt: 1 };
        ci.add_job(&github::said(&check.name).unwrap_or_default(), job);
    }
    let times = checks.iter().map(|check| check.completed_at.as_deref());
    // Of a check that is not completed the year 1 stands there.
    reading.produced_at = github::latest(times.filter(|time| !time.is_some_and(is_no_time)));
    github::settle(reading, ci);
    Ok(())
}

fn is_no_time(time: &str) -> bool {
    time.starts_with("0001-")
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Check<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    state: Option<Str<'a>>,
    bucket: Option<Str<'a>>,
    completed_at: Option<Str<'a>>,
}

impl Check<'_> {
    /// Status and conclusion: of a check run its own words in capitals, of a commit status its
    /// state; without a state what gh itself makes of it.
    fn ended(&self) -> (&'static str, Option<&'static str>) {
        let done = |word| ("completed", Some(word));
        match (self.state.as_deref(), self.bucket.as_deref()) {
            (Some("SUCCESS"), _) | (None, Some("pass")) => done("success"),
            (Some("NEUTRAL"), _) => done("neutral"),
            (Some("SKIPPED"), _) | (None, Some("skipping")) => done("skipped"),
            (Some("CANCELLED"), _) | (None, Some("cancel")) => done("cancelled"),
            (Some("TIMED_OUT"), _) => done("timed_out"),
            (Some("ACTION_REQUIRED"), _) => done("action_required"),
            (Some("STALE"), _) => done("stale"),
            (Some("STARTUP_FAILURE"), _) => done("startup_failure"),
            (Some("FAILURE" | "ERROR"), _) | (None, Some("fail")) => done("failure"),
            (Some("IN_PROGRESS"), _) => ("in_progress", None),
            _ => ("queued", None),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_check_ends_as_its_state_or_its_bucket_says() {
        for (told, status, conclusion) in [
            (r#""state": "SUCCESS", "bucket": "pass""#, "completed", Some("success")),
            (r#""bucket": "pass""#, "completed", Some("success")),
            (r#""state": "ERROR", "bucket": "fail""#, "completed", Some("failure")),
            (r#""bucket": "fail""#, "completed", Some("failure")),
            (r#""state": "TIMED_OUT", "workflow": "CI""#, "completed", Some("timed_out")),
            (r#""state": "NEUTRAL", "bucket": "skipping""#, "completed", Some("neutral")),
            (r#""bucket": "skipping""#, "completed", Some("skipped")),
            (r#""state": "CANCELLED", "bucket": "cancel""#, "completed", Some("cancelled")),
            (r#""state": "IN_PROGRESS", "bucket": "pending""#, "in_progress", None),
            (r#""state": "EXPECTED", "bucket": "pending""#, "queued", None),
            (r#""state": "NEW WORD", "bucket": "pass""#, "queued", None),
        ] {
            let list =
                format!(r#"[{{"name": "t", {told}, "completedAt": "0001-01-01T00:00:00Z"}}]"#);
            let read = reading("github-check", &list);
            assert_eq!(read.produced_at, None);
            let ci = read.facts.ci.unwrap();
            let job = &ci.jobs["t"];
            assert_eq!(job.status.as_deref(), Some(status), "{told}");
            assert_eq!(job.conclusion.as_deref(), conclusion, "{told}");
        }
    }

    #[test]
    fn of_two_checks_of_one_name_the_worse_counts() {
        let list = r#"[{"name": "t", "bucket": "fail"}, {"name": "t", "bucket": "pass"}]"#;
        let ci = reading("github-check", list).facts.ci.unwrap();
        assert_eq!(ci.jobs["t"].conclusion.as_deref(), Some("failure"));
    }
}
