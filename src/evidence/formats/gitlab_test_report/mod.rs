//! The test report of a GitLab pipeline, by the API: with its cases, or their counts alone.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule};

pub(super) struct GitlabTestReport;

impl Format for GitlabTestReport {
    fn id(&self) -> &'static str {
        "gitlab-test-report"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab CI (`/projects/:id/pipelines/:pipeline_id/test_report` and `…/test_report_summary`)",
            recognised: "`test_suites` beside `success_count` and `error_count`, or beside a `total` with `success` and `suite_error`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://docs.gitlab.com/api/pipelines/#get-a-test-report-for-a-pipeline",
            clean: "At least 1 case passed and none failed.",
            vacuous: "0 cases, whatever the counts of a report say; all skipped; a `suite_error`: a JUnit file that GitLab could not read; more failures counted than listed.",
            blank: Blanks::NONE,
            notes: &[
                "A suite is a job. Its JUnit files say more: GitLab keeps one of the cases that have one name, class, file and outcome.",
                "A summary has no cases: its counts, by job, are what GitLab counted.",
                "A report of a pipeline that is still running holds the jobs that ended: bind the pipeline too.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let report = shape.has(&["total_count", "success_count", "error_count"]);
            shape.has_list("test_suites") && (report || is_summary(shape))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "GitLab CI");
        let mut tests = input.tests();
        tests.suites = Some(report.test_suites.len() as u64);
        let declared = match &report.total {
            Some(total) => {
                report.test_suites.iter().for_each(|suite| suite.counts.add(&mut tests));
                tests.duration_s = total.time.get();
                total.counts()
            }
            None => {
                report.test_suites.iter().for_each(|suite| suite.add(&mut tests));
                tests.duration_s = report.total_time.get();
                report.counts
            }
        };
        report.tell_of_errors(&mut reading);
        let failures = [declared.failed, declared.error].into_iter().flatten();
        let failures = failures.fold(0, u64::saturating_add);
        ran::compare(&mut reading, declared.total, "test", tests.total());
        ran::failures_lost(&mut reading, Some(failures), tests.failed + tests.errored);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

fn is_summary(shape: &Shape<'_>) -> bool {
    shape.get("total").is_some_and(|total| total.has(&["count", "success", "suite_error"]))
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(default)]
    total_time: Num,
    #[serde(flatten)]
    counts: Counts,
    /// Of a summary.
    #[serde(borrow)]
    total: Option<Total<'a>>,
    test_suites: Vec<Suite<'a>>,
}

/// As a report and its suites write them.
#[derive(Clone, Copy, Deserialize)]
struct Counts {
    #[serde(rename = "total_count")]
    total: Option<u64>,
    #[serde(rename = "success_count")]
    success: Option<u64>,
    #[serde(rename = "failed_count")]
    failed: Option<u64>,
    #[serde(rename = "skipped_count")]
    skipped: Option<u64>,
    #[serde(rename = "error_count")]
    error: Option<u64>,
}

/// As the `total` of a summary writes them.
#[derive(Deserialize)]
struct Total<'a> {
    #[serde(default)]
    time: Num,
    count: u64,
    success: u64,
    failed: u64,
    skipped: u64,
    error: u64,
    #[serde(borrow)]
    suite_error: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    suite_error: Option<Str<'a>>,
    #[serde(flatten)]
    counts: Counts,
    test_cases: Option<Vec<Entry<'a>>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    name: Option<Str<'a>>,
    classname: Option<Str<'a>>,
    file: Option<Str<'a>>,
    #[serde(default)]
    execution_time: Num,
    system_output: Option<Said<'a>>,
    stack_trace: Option<Said<'a>>,
}

/// What a case says: a text, or what GitLab made of the element's attributes or of several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said<'a> {
    Text(#[serde(borrow)] Str<'a>),
    Attributes {
        #[serde(borrow)]
        message: Option<Str<'a>>,
    },
    Several(#[serde(borrow)] Vec<Said<'a>>),
    Other(serde::de::IgnoredAny),
}

impl Counts {
    fn add(&self, tests: &mut Tests) {
        let more = |count: &mut u64, more: Option<u64>| {
            *count = count.saturating_add(more.unwrap_or(0));
        };
        more(&mut tests.passed, self.success);
        more(&mut tests.failed, self.failed);
        more(&mut tests.errored, self.error);
        more(&mut tests.skipped, self.skipped);
    }
}

impl Total<'_> {
    fn counts(&self) -> Counts {
        Counts {
            total: Some(self.count),
            success: Some(self.success),
            failed: Some(self.failed),
            skipped: Some(self.skipped),
            error: Some(self.error),
        }
    }
}

impl Report<'_> {
    /// Doubts a report of a JUnit file that GitLab could not read.
    fn tell_of_errors(&self, reading: &mut Reading) {
        let whole = self.total.as_ref().and_then(|total| total.suite_error.as_deref());
        let of_suite =
            |suite: &Suite<'_>| Some((text::said(&suite.name), text::said(&suite.suite_error)?));
        let error = self.test_suites.iter().find_map(of_suite);
        let Some((name, said)) = error.or(whole.map(|said| (None, said.to_owned()))) else {
            return;
        };
        let of = name.map_or_else(String::new, |name| format!(" of {name}"));
        let said = text::title(&said).unwrap_or_default();
        let why = format!("GitLab could not read a report{of}. It says: {said}");
        reading.doubt(Rule::SuiteNotLoaded, why);
    }
}

impl Suite<'_> {
    fn add(&self, tests: &mut Tests) {
        for entry in self.test_cases.iter().flatten() {
            let outcome = entry.outcome();
            tests.add(outcome, || entry.case(outcome, self.name.as_deref()));
        }
    }
}

impl Entry<'_> {
    fn outcome(&self) -> Outcome {
        match self.status.as_deref() {
            Some("success") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            Some("skipped") => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }

    fn case(&self, outcome: Outcome, suite: Option<&str>) -> Case {
        let said = || [&self.system_output, &self.stack_trace].into_iter().flatten();
        Case {
            name: self.name.as_deref().unwrap_or_default().to_owned(),
            suite: text::said(&self.classname).or(suite.map(str::to_owned)),
            file: text::said(&self.file),
            outcome,
            duration_s: self.execution_time.get(),
            message: match outcome {
                Outcome::Passed => None,
                _ => said().find_map(Said::excerpt),
            },
        }
    }
}

impl Said<'_> {
    fn excerpt(&self) -> Option<String> {
        match self {
            Said::Text(said) => text::excerpt(said),
            Said::Attributes { message } => text::excerpt(message.as_deref()?),
            Said::Several(all) => all.iter().find_map(Said::excerpt),
            Said::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
