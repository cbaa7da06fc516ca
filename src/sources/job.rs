//! The CI job that this runs in, as each system's variables tell it.

/// A job of a CI system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Job {
    /// `github`, `gitlab`, `jenkins`, `buildkite`, `circleci`, `azure`.
    pub system: &'static str,
    /// The commit that the run is for.
    pub commit: Option<String>,
    /// The branch or tag.
    pub ref_name: Option<String>,
    /// The run's number or id.
    pub run_id: Option<String>,
    /// Where the run is shown.
    pub run_url: Option<String>,
    /// Which try of it, as the system counts.
    pub attempt: Option<String>,
    /// The workflow or pipeline.
    pub workflow: Option<String>,
    /// The job within it.
    pub job: Option<String>,
    /// Its number, from 1, where it is one of several that share its work, and how many these are.
    pub part: Option<(u64, u64)>,
    /// The system and processor of its runner: `Linux X64`.
    pub runner: Option<String>,
}

/// One system: the variable that says that it runs this, and those that tell of the job, each the
/// first of several that is set.
struct System {
    name: &'static str,
    present: &'static str,
    commit: &'static [&'static str],
    ref_name: &'static [&'static str],
    run_id: &'static [&'static str],
    run_url: &'static [&'static str],
    attempt: &'static [&'static str],
    workflow: &'static [&'static str],
    job: &'static [&'static str],
    part: Option<Part>,
}

/// The variables that tell a job's number among those that share its work, and how many these are.
struct Part {
    number: &'static str,
    of: &'static str,
    /// What it counts from.
    first: u64,
}

/// Every system that is known, from its own documentation of predefined variables.
const SYSTEMS: [System; 6] = [
    System {
        name: "github",
        present: "GITHUB_ACTIONS",
        commit: &["GITHUB_SHA"],
        ref_name: &["GITHUB_REF_NAME"],
        run_id: &["GITHUB_RUN_ID"],
        run_url: &[],
        attempt: &["GITHUB_RUN_ATTEMPT"],
        workflow: &["GITHUB_WORKFLOW"],
        job: &["GITHUB_JOB"],
        part: None,
    },
    System {
        name: "gitlab",
        present: "GITLAB_CI",
        commit: &["CI_COMMIT_SHA"],
        ref_name: &["CI_COMMIT_REF_NAME"],
        run_id: &["CI_PIPELINE_ID"],
        run_url: &["CI_JOB_URL", "CI_PIPELINE_URL"],
        attempt: &[],
        workflow: &["CI_PIPELINE_NAME"],
        job: &["CI_JOB_NAME"],
        part: Some(Part { number: "CI_NODE_INDEX", of: "CI_NODE_TOTAL", first: 1 }),
    },
    System {
        name: "jenkins",
        present: "JENKINS_URL",
        commit: &["GIT_COMMIT"],
        ref_name: &["GIT_BRANCH", "BRANCH_NAME"],
        run_id: &["BUILD_NUMBER"],
        run_url: &["BUILD_URL"],
        attempt: &[],
        workflow: &["JOB_NAME"],
        job: &["STAGE_NAME"],
        part: None,
    },
    System {
        name: "buildkite",
        present: "BUILDKITE",
        commit: &["BUILDKITE_COMMIT"],
        ref_name: &["BUILDKITE_TAG", "BUILDKITE_BRANCH"],
        run_id: &["BUILDKITE_BUILD_NUMBER"],
        run_url: &["BUILDKITE_BUILD_URL"],
        attempt: &["BUILDKITE_RETRY_COUNT"],
        workflow: &["BUILDKITE_PIPELINE_SLUG"],
        job: &["BUILDKITE_STEP_KEY", "BUILDKITE_LABEL"],
        part: Some(Part {
            number: "BUILDKITE_PARALLEL_JOB",
            of: "BUILDKITE_PARALLEL_JOB_COUNT",
            first: 0,
        }),
    },
    System {
        name: "circleci",
        present: "CIRCLECI",
        commit: &["CIRCLE_SHA1"],
        ref_name: &["CIRCLE_TAG", "CIRCLE_BRANCH"],
        run_id: &["CIRCLE_BUILD_NUM"],
        run_url: &["CIRCLE_BUILD_URL"],
        attempt: &[],
        workflow: &["CIRCLE_WORKFLOW_ID"],
        job: &["CIRCLE_JOB"],
        part: Some(Part { number: "CIRCLE_NODE_INDEX", of: "CIRCLE_NODE_TOTAL", first: 0 }),
    },
    System {
        name: "azure",
        present: "TF_BUILD",
        commit: &["BUILD_SOURCEVERSION"],
        ref_name: &["BUILD_SOURCEBRANCHNAME"],
        run_id: &["BUILD_BUILDID"],
        run_url: &[],
        attempt: &["SYSTEM_JOBATTEMPT"],
        workflow: &["BUILD_DEFINITIONNAME"],
        job: &["SYSTEM_JOBDISPLAYNAME", "AGENT_JOBNAME"],
        part: None,
    },
];

/// The job that `get` tells of: the value of a variable that is set and not empty.
pub(super) fn job(get: &impl Fn(&str) -> Option<String>) -> Option<Job> {
    let on = |system: &&System| get(system.present).is_some_and(|value| !is_off(&value));
    let system = SYSTEMS.iter().find(on)?;
    let first = |names: &[&str]| names.iter().find_map(|name| get(name));
    Some(Job {
        system: system.name,
        commit: first(system.commit).filter(|commit| is_commit(commit)),
        ref_name: first(system.ref_name),
        run_id: first(system.run_id),
        run_url: first(system.run_url).or_else(|| composed(system.name, get)),
        attempt: first(system.attempt),
        workflow: first(system.workflow),
        job: first(system.job),
        part: system.part.as_ref().and_then(|part| part.told(get)),
        runner: runner(get),
    })
}

impl Part {
    /// A matrix has numbers too, and each of its jobs does the whole work: GitLab ends the name of one that
    /// shares it with `2/4`.
    fn told(&self, get: &impl Fn(&str) -> Option<String>) -> Option<(u64, u64)> {
        let figure = |name: &str| get(name)?.parse::<u64>().ok();
        let number = figure(self.number)?.checked_add(1)?.checked_sub(self.first)?;
        let of = figure(self.of)?;
        let is_shared = get("GITLAB_CI").is_none()
            || get("CI_JOB_NAME").is_some_and(|name| name.ends_with(&format!(" {number}/{of}")));
        (is_shared && of > 1 && (1..=of).contains(&number)).then_some((number, of))
    }
}

/// Of GitHub and Azure.
fn runner(get: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let names = [["RUNNER_OS", "RUNNER_ARCH"], ["AGENT_OS", "AGENT_OSARCHITECTURE"]];
    let told = |[os, arch]: [&str; 2]| Some([get(os)?, get(arch).unwrap_or_default()].join(" "));
    names.into_iter().find_map(told)
}

fn is_off(value: &str) -> bool {
    value == "0" || value.eq_ignore_ascii_case("false")
}

/// Buildkite writes `HEAD` where it was not asked for a commit.
fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The address of a run where no variable has it whole.
fn composed(system: &str, get: &impl Fn(&str) -> Option<String>) -> Option<String> {
    match system {
        "github" => {
            let (server, repository) = (get("GITHUB_SERVER_URL")?, get("GITHUB_REPOSITORY")?);
            Some(format!("{server}/{repository}/actions/runs/{}", get("GITHUB_RUN_ID")?))
        }
        "azure" => {
            let (server, project) = (get("SYSTEM_COLLECTIONURI")?, get("SYSTEM_TEAMPROJECT")?);
            let server = server.trim_end_matches('/');
            Some(format!("{server}/{project}/_build/results?buildId={}", get("BUILD_BUILDID")?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "4f2c9e1a4f2c9e1a4f2c9e1a4f2c9e1a4f2c9e1a";

    fn of(pairs: &[(&str, &str)]) -> Option<Job> {
        job(&|name: &str| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_job_that_shares_its_work_tells_its_number_and_one_of_a_matrix_does_not() {
        let gitlab = |name| {
            let node = [("CI_NODE_INDEX", "2"), ("CI_NODE_TOTAL", "4"), ("CI_JOB_NAME", name)];
            of(&[&[("GITLAB_CI", "true")], &node[..]].concat()).unwrap().part
        };
        assert_eq!(gitlab("unit 2/4"), Some((2, 4)));
        assert_eq!(gitlab("unit: [node20]"), None);
        let circle = |total| {
            let node = [("CIRCLE_NODE_INDEX", "0"), ("CIRCLE_NODE_TOTAL", total)];
            of(&[&[("CIRCLECI", "true")], &node[..]].concat()).unwrap().part
        };
        assert_eq!((circle("3"), circle("1"), circle("0")), (Some((1, 3)), None, None));
        let node = [("BUILDKITE_PARALLEL_JOB", "1"), ("BUILDKITE_PARALLEL_JOB_COUNT", "2")];
        let job = of(&[&[("BUILDKITE", "true")], &node[..]].concat()).unwrap();
        assert_eq!(job.part, Some((2, 2)));
    }

    #[test]
    fn each_system_tells_of_its_job() {
        for (pairs, system, url) in [
            (
                &[
                    ("GITHUB_ACTIONS", "true"),
                    ("GITHUB_SHA", COMMIT),
                    ("GITHUB_JOB", "unit"),
                    ("GITHUB_SERVER_URL", "https://github.com"),
                    ("GITHUB_REPOSITORY", "acme/shop"),
                    ("GITHUB_RUN_ID", "7"),
                ][..],
                "github",
                "https://github.com/acme/shop/actions/runs/7",
            ),
            (
                &[
                    ("GITLAB_CI", "true"),
                    ("CI_COMMIT_SHA", COMMIT),
                    ("CI_JOB_NAME", "unit"),
                    ("CI_JOB_URL", "https://gitlab.example/j/7"),
                ],
                "gitlab",
                "https://gitlab.example/j/7",
            ),
            (
                &[
                    ("JENKINS_URL", "https://ci.example/"),
                    ("GIT_COMMIT", COMMIT),
                    ("STAGE_NAME", "unit"),
                    ("BUILD_URL", "https://ci.example/job/shop/7/"),
                ],
                "jenkins",
                "https://ci.example/job/shop/7/",
            ),
            (
                &[
                    ("BUILDKITE", "true"),
                    ("BUILDKITE_COMMIT", COMMIT),
                    ("BUILDKITE_LABEL", "unit"),
                    ("BUILDKITE_BUILD_URL", "https://buildkite.example/7"),
                ],
                "buildkite",
                "https://buildkite.example/7",
            ),
            (
                &[
                    ("CIRCLECI", "true"),
                    ("CIRCLE_SHA1", COMMIT),
                    ("CIRCLE_JOB", "unit"),
                    ("CIRCLE_BUILD_URL", "https://circleci.example/7"),
                ],
                "circleci",
                "https://circleci.example/7",
            ),
            (
                &[
                    ("TF_BUILD", "True"),
                    ("BUILD_SOURCEVERSION", COMMIT),
                    ("SYSTEM_JOBDISPLAYNAME", "unit"),
                    ("SYSTEM_COLLECTIONURI", "https://dev.azure.com/acme/"),
                    ("SYSTEM_TEAMPROJECT", "shop"),
                    ("BUILD_BUILDID", "7"),
                ],
                "azure",
                "https://dev.azure.com/acme/shop/_build/results?buildId=7",
            ),
        ] {
            let job = of(pairs).unwrap();
            assert_eq!(job.system, system);
            assert_eq!(job.commit.as_deref(), Some(COMMIT), "{system}");
            assert_eq!(job.job.as_deref(), Some("unit"), "{system}");
            assert_eq!(job.run_url.as_deref(), Some(url), "{system}");
        }
    }

    #[test]
    fn outside_a_job_nothing_is_told_and_a_name_is_no_commit() {
        assert_eq!(of(&[("GITHUB_SHA", COMMIT), ("TF_BUILD", "False")]), None);
        let job = of(&[("BUILDKITE", "true"), ("BUILDKITE_COMMIT", "HEAD")]).unwrap();
        assert_eq!(job.commit, None);
    }
}
