//! The formats: one file each, one line each in [`FORMATS`].

mod github_check;
mod github_deployment;
mod github_workflow_job;
mod github_workflow_run;
mod json;
mod junit;
mod k6_summary;
mod npm_audit;
mod sarif;
mod toml;
mod tsc;
mod yaml;

use super::Format;

/// Every format, by id.
pub const FORMATS: &[&dyn Format] = &[
    &github_check::GithubCheck,
    &github_deployment::GithubDeployment,
    &github_workflow_job::GithubWorkflowJob,
    &github_workflow_run::GithubWorkflowRun,
    &json::Json,
    &junit::Junit,
    &k6_summary::K6Summary,
    &npm_audit::NpmAudit,
    &sarif::Sarif,
    &toml::Toml,
    &tsc::Tsc,
    &yaml::Yaml,
];
