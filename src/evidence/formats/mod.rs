//! The formats: one file each, one line each in [`FORMATS`].

mod checkov;
mod checkstyle;
mod clover;
mod cobertura;
mod conftest;
mod ctrf;
mod cyclonedx_json;
mod cyclonedx_xml;
mod dependency_check;
mod dockle;
mod eslint_json;
mod gcovr_json;
mod github_alert;
mod github_check;
mod github_deployment;
mod github_workflow_job;
mod github_workflow_run;
mod gitlab_codequality;
mod gitlab_security;
mod gitleaks;
mod go_cover;
mod go_test_json;
mod govulncheck;
mod grafana_dashboard;
mod grype;
mod hadolint_json;
mod in_toto_attestation;
mod istanbul_final;
mod istanbul_summary;
mod jacoco;
mod jest_json;
mod jmeter_csv;
mod jmeter_xml;
mod json;
mod junit;
mod k6_summary;
mod kube_bench;
mod kube_linter;
mod kube_score;
mod kubeconform;
mod lcov;
mod lighthouse;
mod llvm_cov_json;
mod locust_csv;
mod mocha_json;
mod mochawesome;
mod npm_audit;
mod nunit;
mod openvex;
mod osv_scanner;
mod pip_audit;
mod playwright_json;
mod pmd;
mod pnpm_audit;
mod prometheus_api;
mod prometheus_rules;
mod pytest_json_report;
mod sarif;
mod semgrep;
mod slsa_provenance;
mod snyk;
mod spdx_json;
mod spdx_tag_value;
mod spotbugs;
mod stylelint_json;
mod tap;
mod tfsec;
mod toml;
mod trivy;
mod trufflehog;
mod trx;
mod tsc;
mod vitest_json;
mod xunit;
mod yaml;
mod yarn_audit;
mod zap;

use super::Format;

/// Every format, by id.
pub const FORMATS: &[&dyn Format] = &[
    &checkov::Checkov,
    &checkstyle::Checkstyle,
    &clover::Clover,
    &cobertura::Cobertura,
    &conftest::Conftest,
    &ctrf::Ctrf,
    &cyclonedx_json::CyclonedxJson,
    &cyclonedx_xml::CyclonedxXml,
    &dependency_check::DependencyCheck,
    &dockle::Dockle,
    &eslint_json::EslintJson,
    &gcovr_json::GcovrJson,
    &github_alert::GithubAlert,
    &github_check::GithubCheck,
    &github_deployment::GithubDeployment,
    &github_workflow_job::GithubWorkflowJob,
    &github_workflow_run::GithubWorkflowRun,
    &gitlab_codequality::GitlabCodequality,
    &gitlab_security::GitlabSecurity,
    &gitleaks::Gitleaks,
    &go_cover::GoCover,
    &go_test_json::GoTestJson,
    &govulncheck::Govulncheck,
    &grafana_dashboard::GrafanaDashboard,
    &grype::Grype,
    &hadolint_json::HadolintJson,
    &in_toto_attestation::InTotoAttestation,
    &istanbul_final::IstanbulFinal,
    &istanbul_summary::IstanbulSummary,
    &jacoco::Jacoco,
    &jest_json::JestJson,
    &jmeter_csv::JmeterCsv,
    &jmeter_xml::JmeterXml,
    &json::Json,
    &junit::Junit,
    &k6_summary::K6Summary,
    &kube_bench::KubeBench,
    &kube_linter::KubeLinter,
    &kube_score::KubeScore,
    &kubeconform::Kubeconform,
    &lcov::Lcov,
    &lighthouse::Lighthouse,
    &llvm_cov_json::LlvmCovJson,
    &locust_csv::LocustCsv,
    &mocha_json::MochaJson,
    &mochawesome::Mochawesome,
    &npm_audit::NpmAudit,
    &nunit::Nunit,
    &openvex::Openvex,
    &osv_scanner::OsvScanner,
    &pip_audit::PipAudit,
    &playwright_json::PlaywrightJson,
    &pmd::Pmd,
    &pnpm_audit::PnpmAudit,
    &prometheus_api::PrometheusApi,
    &prometheus_rules::PrometheusRules,
    &pytest_json_report::PytestJsonReport,
    &sarif::Sarif,
    &semgrep::Semgrep,
    &slsa_provenance::SlsaProvenance,
    &snyk::Snyk,
    &spdx_json::SpdxJson,
    &spdx_tag_value::SpdxTagValue,
    &spotbugs::Spotbugs,
    &stylelint_json::StylelintJson,
    &tap::Tap,
    &tfsec::Tfsec,
    &toml::Toml,
    &trivy::Trivy,
    &trufflehog::Trufflehog,
    &trx::Trx,
    &tsc::Tsc,
    &vitest_json::VitestJson,
    &xunit::Xunit,
    &yaml::Yaml,
    &yarn_audit::YarnAudit,
    &zap::Zap,
];
