//! GitHub checks: the webhooks of check runs and suites, one check, pages of a commit's checks, and
//! gh's list of those of a pull request.

mod gh;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::github::{self, Subject};
use crate::evidence::family::github_pages;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::{Ci, Job};
use crate::model::{Reading, Rule};

pub(super) struct GithubCheck;

impl Format for GithubCheck {
    fn id(&self) -> &'static str {
        "github-check"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub checks (webhooks `check_run` and `check_suite`, REST check runs, `gh pr checks`)",
            recognised: "`check_run`, `check_suite`, or `check_runs` beside `total_count`; of gh a list with `name` and `bucket`, or `state` and `workflow`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("the latest `completed_at` or `started_at`")
                .commit("`head_sha`"),
            source: "https://docs.github.com/en/rest/checks/runs",
            clean: "`conclusion` is `success`.",
            vacuous: "A list without a check; a page that is cut off.",
            blank: Blanks::NONE,
            notes: &[
                "`ci.name` is the check's, of a suite its app's.",
                "Of a page of checks each is a job by its name; a page that is cut off proves nothing, and pages one behind the other or in a list are one.",
                "`gh pr checks --json name,state,bucket,completedAt` lists the checks by their names, too; it tells of no commit, and with `--required` of no others.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(github::subject(sniff) == Some(Subject::Check))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let shape = input.sniff.json();
        let has = |name: &str| shape.is_some_and(|shape| shape.has(&[name]));
        if github_pages::is_paged(input.sniff, "check_runs") {
            let checks = github_pages::paged::<Page<'_>>(input)?;
            checks.whole(&mut reading, "check");
            several(&mut reading, &checks.entries);
        } else if shape.and_then(Shape::first).is_some_and(github::gh_check) {
            gh::read(input, &mut reading)?;
            reading.tool = Some("GitHub checks".to_owned());
        } else if has("action") || has("check_run") {
            let event: Event<'_> = input.json()?;
            match event.check_run.or(event.check_suite) {
                Some(check) => one(&mut reading, &check),
                None => return Err(Broken::new("The event holds no check.")),
            }
        } else if shape.is_some_and(|shape| shape.is_map()) {
            one(&mut reading, &input.json()?);
        } else {
            let checks: Vec<Check<'_>> = github_pages::bare(input)?;
            several(&mut reading, &checks);
        }
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    check_run: Option<Check<'a>>,
    check_suite: Option<Check<'a>>,
}

#[derive(Deserialize)]
struct Page<'a> {
    total_count: Option<u64>,
    #[serde(borrow)]
    check_runs: Vec<Check<'a>>,
}

impl<'a> github_pages::Page for Page<'a> {
    type Entry = Check<'a>;

    fn parts(self) -> (Option<u64>, Vec<Check<'a>>) {
        (self.total_count, self.check_runs)
    }

    fn id(entry: &Check<'a>) -> Option<u64> {
        entry.id
    }
}

/// A check run, or a suite of them.
#[derive(Deserialize)]
struct Check<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    name: Option<Str<'a>>,
    head_sha: Option<Str<'a>>,
    head_branch: Option<Str<'a>>,
    status: Option<Str<'a>>,
    conclusion: Option<Str<'a>>,
    html_url: Option<Str<'a>>,
    completed_at: Option<Str<'a>>,
    updated_at: Option<Str<'a>>,
    app: Option<App<'a>>,
    check_suite: Option<Suite<'a>>,
}

#[derive(Deserialize)]
struct App<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    head_branch: Option<Str<'a>>,
}

impl Check<'_> {
    fn facts(&self) -> Ci {
        let suite = self.check_suite.as_ref();
        let app = self.app.as_ref().and_then(|app| github::said(&app.name));
        Ci {
            status: github::said(&self.status),
            conclusion: github::said(&self.conclusion),
            branch: github::said(&self.head_branch)
                .or_else(|| suite.and_then(|suite| github::said(&suite.head_branch))),
            commit: github::said(&self.head_sha),
            url: github::said(&self.html_url),
            name: github::said(&self.name).or(app),
            ..Ci::default()
        }
    }

    fn at(&self) -> Option<&str> {
        self.completed_at.as_deref().or(self.updated_at.as_deref())
    }
}

fn one(reading: &mut Reading, check: &Check<'_>) {
    reading.produced_at = github::latest(std::iter::once(check.at()));
    github::settle(reading, check.facts());
    reading.tool = Some("GitHub checks".to_owned());
}

fn several(reading: &mut Reading, checks: &[Check<'_>]) {
    let Some(first) = checks.first() else {
        reading.doubt(Rule::NothingRan, "The list holds 0 checks.");
        return;
    };
    if checks.iter().any(|check| check.head_sha != first.head_sha) {
        reading.doubt(Rule::Conflicting, "The list holds checks of several commits.");
    }
    let mut ci = Ci { commit: github::said(&first.head_sha), ..Ci::default() };
    for check in checks {
        let job = Job {
            status: github::said(&check.status),
            conclusion: github::said(&check.conclusion),
            steps: BTreeMap::new(),
            attempt: 1,
        };
        ci.add_job(&github::said(&check.name).unwrap_or_default(), job);
    }
    reading.produced_at = github::latest(checks.iter().map(Check::at));
    github::settle(reading, ci);
    reading.tool = Some("GitHub checks".to_owned());
}
