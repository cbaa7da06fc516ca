//! The door to the environment: a typed view of the few variables that trueup knows.

use crate::model::Timestamp;

use super::clock;
use super::job::{self, Job};

/// What the surroundings say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// A CI system runs this (`CI`, set and neither empty, `0` nor `false`).
    pub ci: bool,
    /// Colours are unwanted (`NO_COLOR`, set and not empty).
    pub no_color: bool,
    /// The time to write as the time of generation; an `Err` says why it cannot be read.
    pub source_date_epoch: Option<Result<Timestamp, String>>,
    /// Whether npm is told to ask no registry (`npm_config_offline`); `None` where it is not said.
    pub npm_offline: Option<bool>,
    /// The job of GitHub Actions that this runs in.
    pub github: Option<GitHub>,
    /// The job of whichever CI system this runs in.
    pub job: Option<Job>,
}

/// The job of GitHub Actions that trueup runs in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GitHub {
    /// `owner/name` (`GITHUB_REPOSITORY`).
    pub repository: Option<String>,
    /// The commit checked out (`GITHUB_SHA`).
    pub commit: Option<String>,
    /// The branch or tag, short (`GITHUB_REF_NAME`).
    pub ref_name: Option<String>,
    /// The run (`GITHUB_RUN_ID`).
    pub run_id: Option<String>,
    /// Which try of it, from 1 (`GITHUB_RUN_ATTEMPT`).
    pub run_attempt: Option<String>,
    /// The workflow's name (`GITHUB_WORKFLOW`).
    pub workflow: Option<String>,
    /// The job's id in the workflow (`GITHUB_JOB`).
    pub job: Option<String>,
    /// What started the run (`GITHUB_EVENT_NAME`).
    pub event: Option<String>,
    /// `https://github.com` or an own server (`GITHUB_SERVER_URL`).
    pub server_url: Option<String>,
    /// The file that the job's summary is appended to (`GITHUB_STEP_SUMMARY`).
    pub step_summary: Option<String>,
}

impl GitHub {
    /// The address of the run, where all parts are known.
    pub fn run_url(&self) -> Option<String> {
        let (server, repository, run) =
            (self.server_url.as_ref()?, self.repository.as_ref()?, self.run_id.as_ref()?);
        Some(format!("{server}/{repository}/actions/runs/{run}"))
    }
}

impl Environment {
    /// Reads the process's own environment.
    pub fn of_process() -> Environment {
        Environment::read(|name| std::env::var(name).ok())
    }

    /// Reads from `lookup`; a variable that is set but empty counts as not set.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Environment {
        let get = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let is_on = |name: &str| get(name).is_some_and(|value| value != "0" && value != "false");
        let github = is_on("GITHUB_ACTIONS").then(|| GitHub {
            repository: get("GITHUB_REPOSITORY"),
            commit: get("GITHUB_SHA"),
            ref_name: get("GITHUB_REF_NAME"),
            run_id: get("GITHUB_RUN_ID"),
            run_attempt: get("GITHUB_RUN_ATTEMPT"),
            workflow: get("GITHUB_WORKFLOW"),
            job: get("GITHUB_JOB"),
            event: get("GITHUB_EVENT_NAME"),
            server_url: get("GITHUB_SERVER_URL"),
            step_summary: get("GITHUB_STEP_SUMMARY"),
        });
        Environment {
            ci: is_on("CI"),
            no_color: get("NO_COLOR").is_some(),
            source_date_epoch: get("SOURCE_DATE_EPOCH")
                .map(|text| clock::parse_source_date_epoch(&text)),
            npm_offline: ["npm_config_offline", "NPM_CONFIG_OFFLINE"]
                .into_iter()
                .find_map(|name| get(name).map(|_| is_on(name))),
            github,
            job: job::job(&get),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &'static [(&str, &str)]) -> Environment {
        Environment::read(|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_empty_environment_says_nothing() {
        assert_eq!(given(&[]), Environment::default());
        assert_eq!(given(&[("CI", ""), ("NO_COLOR", "")]), Environment::default());
        assert!(!given(&[("CI", "false")]).ci);
        assert_eq!(given(&[("NPM_CONFIG_OFFLINE", "true")]).npm_offline, Some(true));
        assert_eq!(given(&[("npm_config_offline", "false")]).npm_offline, Some(false));
        assert!(given(&[("CI", "woodpecker")]).ci);
        assert!(given(&[("NO_COLOR", "0")]).no_color, "any text that is not empty counts");
    }

    #[test]
    fn github_is_read_only_inside_its_jobs() {
        assert_eq!(given(&[("GITHUB_SHA", "abc")]).github, None);
        let github = given(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_REPOSITORY", "acme/shop"),
            ("GITHUB_RUN_ID", "7"),
        ])
        .github
        .unwrap();
        assert_eq!(github.run_url().unwrap(), "https://github.com/acme/shop/actions/runs/7");
        assert_eq!(GitHub { run_id: None, ..github }.run_url(), None);
    }

    #[test]
    fn a_source_date_that_is_no_number_is_said() {
        let environment = given(&[("SOURCE_DATE_EPOCH", "today")]);
        assert!(environment.source_date_epoch.unwrap().unwrap_err().contains("`today`"));
    }
}
