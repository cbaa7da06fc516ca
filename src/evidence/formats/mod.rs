//! The formats: one file each, one line each in [`FORMATS`].

mod cyclonedx_json;
mod cyclonedx_xml;
mod eslint_json;
mod github_check;
mod github_deployment;
mod github_workflow_job;
mod github_workflow_run;
mod gitleaks;
mod grafana_dashboard;
mod hadolint_json;
mod in_toto_attestation;
mod istanbul_final;
mod istanbul_summary;
mod jest_json;
mod json;
mod junit;
mod k6_summary;
mod kube_score;
mod kubeconform;
mod lcov;
mod lighthouse;
mod npm_audit;
mod prometheus_api;
mod prometheus_rules;
mod sarif;
mod semgrep;
mod slsa_provenance;
mod toml;
mod trivy;
mod tsc;
mod vitest_json;
mod yaml;
mod zap;

use super::Format;

/// Every format, by id.
pub const FORMATS: &[&dyn Format] = &[
    &cyclonedx_json::CyclonedxJson,
    &cyclonedx_xml::CyclonedxXml,
    &eslint_json::EslintJson,
    &github_check::GithubCheck,
    &github_deployment::GithubDeployment,
    &github_workflow_job::GithubWorkflowJob,
    &github_workflow_run::GithubWorkflowRun,
    &gitleaks::Gitleaks,
    &grafana_dashboard::GrafanaDashboard,
    &hadolint_json::HadolintJson,
    &in_toto_attestation::InTotoAttestation,
    &istanbul_final::IstanbulFinal,
    &istanbul_summary::IstanbulSummary,
    &jest_json::JestJson,
    &json::Json,
    &junit::Junit,
    &k6_summary::K6Summary,
    &kube_score::KubeScore,
    &kubeconform::Kubeconform,
    &lcov::Lcov,
    &lighthouse::Lighthouse,
    &npm_audit::NpmAudit,
    &prometheus_api::PrometheusApi,
    &prometheus_rules::PrometheusRules,
    &sarif::Sarif,
    &semgrep::Semgrep,
    &slsa_provenance::SlsaProvenance,
    &toml::Toml,
    &trivy::Trivy,
    &tsc::Tsc,
    &vitest_json::VitestJson,
    &yaml::Yaml,
    &zap::Zap,
];
