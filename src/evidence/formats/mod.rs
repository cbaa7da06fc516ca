//! The formats: one file each, one line each in [`FORMATS`].

mod actionlint_json;
mod alertmanager;
mod allure;
mod android_lint;
mod artillery;
mod autocannon;
mod axe;
mod azure_build;
mod azure_test_run;
mod azure_timeline;
mod bandit;
mod behave_json;
mod biome_json;
mod bitbucket_pipeline;
mod boost_test;
mod brakeman;
mod buildkite;
mod bun_audit;
mod bundler_audit;
mod burp;
mod cargo_audit;
mod cargo_deny;
mod cargo_mutants;
mod catch2;
mod cfn_lint_json;
mod checkov;
mod checkstyle;
mod circleci;
mod clippy_json;
mod clover;
mod cobertura;
mod composer_audit;
mod conftest;
mod coverage_py_json;
mod coverlet;
mod cppcheck;
mod csaf;
mod ctest;
mod ctrf;
mod cucumber_json;
mod cucumber_messages;
mod cyclonedx_json;
mod cyclonedx_xml;
mod dart_test_json;
mod dclint_json;
mod deno_lint_json;
mod dependency_check;
mod detect_secrets;
mod docker_build_metadata;
mod dockle;
mod doctest;
mod dotcover;
mod dotnet_list_package;
mod eslint_json;
mod eslint_stylish;
mod flake8;
mod flawfinder_csv;
mod gatling;
mod gcc_json;
mod gcov_json;
mod gcovr_json;
mod github_alert;
mod github_artifact;
mod github_check;
mod github_deployment;
mod github_workflow_job;
mod github_workflow_run;
mod gitlab_codequality;
mod gitlab_commit_status;
mod gitlab_deployment;
mod gitlab_job;
mod gitlab_pipeline;
mod gitlab_security;
mod gitlab_test_report;
mod gitleaks;
mod go_cover;
mod go_test_json;
mod go_vet_json;
mod golangci_lint;
mod gosec;
mod goss;
mod govulncheck;
mod grafana_dashboard;
mod grype;
mod gtest_json;
mod hadolint_json;
mod html_validate_json;
mod htmlhint_json;
mod in_toto_attestation;
mod inspec_json;
mod istanbul_final;
mod istanbul_summary;
mod jacoco;
mod jenkins_build;
mod jenkins_coverage;
mod jenkins_test_report;
mod jest_json;
mod jmeter_csv;
mod jmeter_statistics;
mod jmeter_xml;
mod json;
mod junit;
mod k6_json;
mod k6_summary;
mod kics;
mod knip_json;
mod ktlint_json;
mod kube_bench;
mod kube_linter;
mod kube_score;
mod kubeconform;
mod kubescape;
mod lcov;
mod libtest;
mod libtest_json;
mod license_checker;
mod lighthouse;
mod lighthouse_ci_assertions;
mod lighthouse_ci_manifest;
mod llvm_cov_json;
mod locust_csv;
mod locust_json;
mod lychee_json;
mod markdownlint_json;
mod meson_testlog;
mod mocha_json;
mod mochawesome;
mod mypy;
mod mypy_json;
mod nessus;
mod newman_json;
mod nikto;
mod nmap;
mod npm_audit;
mod nuclei;
mod nunit;
mod open_test_reporting;
mod opencover;
mod openvex;
mod oscal_assessment_results;
mod osv_scanner;
mod oval;
mod oxlint_json;
mod pa11y;
mod phpcs_json;
mod phpcs_xml;
mod phpmd_json;
mod phpstan_json;
mod pip_audit;
mod pitest;
mod playwright_json;
mod pmd;
mod pnpm_audit;
mod polaris;
mod prettier;
mod prometheus_api;
mod prometheus_rules;
mod psalm_json;
mod pylint;
mod pylint_json;
mod pyright_json;
mod pytest_benchmark;
mod pytest_json_report;
mod pytest_reportlog;
mod qtest;
mod rdjson;
mod retire_json;
mod robot;
mod rspec_json;
mod rubocop_json;
mod ruff;
mod ruff_json;
mod safety;
mod sarif;
mod scorecard;
mod secretlint_json;
mod semgrep;
mod sentry_release;
mod shellcheck_json;
mod simplecov;
mod size_limit;
mod slsa_provenance;
mod snyk;
mod sonar_generic_coverage;
mod sonar_generic_issues;
mod sonar_generic_tests;
mod sonarqube;
mod sonarqube_hotspots;
mod sonarqube_measures;
mod sonarqube_quality_gate;
mod spdx_json;
mod spdx_rdf;
mod spdx_tag_value;
mod spdx_xml;
mod spdx_yaml;
mod spectral_json;
mod spotbugs;
mod sqlfluff_json;
mod staticcheck_json;
mod stryker;
mod stylelint_json;
mod swiftlint_json;
mod syft_json;
mod tap;
mod terraform_plan;
mod terraform_validate;
mod terrascan;
mod testcafe;
mod testng;
mod testssl;
mod textlint_json;
mod tflint_json;
mod tfsec;
mod toml;
mod trivy;
mod trufflehog;
mod trx;
mod tsc;
mod tslint_json;
mod vale_json;
mod valgrind;
mod vegeta;
mod vitest_json;
mod xccdf;
mod xccov;
mod xcresult;
mod xunit;
mod yaml;
mod yarn_audit;
mod zap;
mod zizmor_json;

use super::Format;

/// Every format, by id.
pub const FORMATS: &[&dyn Format] = &[
    &actionlint_json::ActionlintJson,
    &alertmanager::Alertmanager,
    &allure::Allure,
    &android_lint::AndroidLint,
    &artillery::Artillery,
    &autocannon::Autocannon,
    &axe::Axe,
    &azure_build::AzureBuild,
    &azure_test_run::AzureTestRun,
    &azure_timeline::AzureTimeline,
    &bandit::Bandit,
    &behave_json::BehaveJson,
    &biome_json::BiomeJson,
    &bitbucket_pipeline::BitbucketPipeline,
    &boost_test::BoostTest,
    &brakeman::Brakeman,
    &buildkite::Buildkite,
    &bun_audit::BunAudit,
    &bundler_audit::BundlerAudit,
    &burp::Burp,
    &cargo_audit::CargoAudit,
    &cargo_deny::CargoDeny,
    &cargo_mutants::CargoMutants,
    &catch2::Catch2,
    &cfn_lint_json::CfnLintJson,
    &checkov::Checkov,
    &checkstyle::Checkstyle,
    &circleci::Circleci,
    &clippy_json::ClippyJson,
    &clover::Clover,
    &cobertura::Cobertura,
    &composer_audit::ComposerAudit,
    &conftest::Conftest,
    &coverage_py_json::CoveragePyJson,
    &coverlet::Coverlet,
    &cppcheck::Cppcheck,
    &csaf::Csaf,
    &ctest::Ctest,
    &ctrf::Ctrf,
    &cucumber_json::CucumberJson,
    &cucumber_messages::CucumberMessages,
    &cyclonedx_json::CyclonedxJson,
    &cyclonedx_xml::CyclonedxXml,
    &dart_test_json::DartTestJson,
    &dclint_json::DclintJson,
    &deno_lint_json::DenoLintJson,
    &dependency_check::DependencyCheck,
    &detect_secrets::DetectSecrets,
    &docker_build_metadata::DockerBuildMetadata,
    &dockle::Dockle,
    &doctest::Doctest,
    &dotcover::Dotcover,
    &dotnet_list_package::DotnetListPackage,
    &eslint_json::EslintJson,
    &eslint_stylish::EslintStylish,
    &flake8::Flake8,
    &flawfinder_csv::FlawfinderCsv,
    &gatling::Gatling,
    &gcc_json::GccJson,
    &gcov_json::GcovJson,
    &gcovr_json::GcovrJson,
    &github_alert::GithubAlert,
    &github_artifact::GithubArtifact,
    &github_check::GithubCheck,
    &github_deployment::GithubDeployment,
    &github_workflow_job::GithubWorkflowJob,
    &github_workflow_run::GithubWorkflowRun,
    &gitlab_codequality::GitlabCodequality,
    &gitlab_commit_status::GitlabCommitStatus,
    &gitlab_deployment::GitlabDeployment,
    &gitlab_job::GitlabJob,
    &gitlab_pipeline::GitlabPipeline,
    &gitlab_security::GitlabSecurity,
    &gitlab_test_report::GitlabTestReport,
    &gitleaks::Gitleaks,
    &go_cover::GoCover,
    &go_test_json::GoTestJson,
    &go_vet_json::GoVetJson,
    &golangci_lint::GolangciLint,
    &gosec::Gosec,
    &goss::Goss,
    &govulncheck::Govulncheck,
    &grafana_dashboard::GrafanaDashboard,
    &grype::Grype,
    &gtest_json::GtestJson,
    &hadolint_json::HadolintJson,
    &html_validate_json::HtmlValidateJson,
    &htmlhint_json::HtmlhintJson,
    &in_toto_attestation::InTotoAttestation,
    &inspec_json::InspecJson,
    &istanbul_final::IstanbulFinal,
    &istanbul_summary::IstanbulSummary,
    &jacoco::Jacoco,
    &jenkins_build::JenkinsBuild,
    &jenkins_coverage::JenkinsCoverage,
    &jenkins_test_report::JenkinsTestReport,
    &jest_json::JestJson,
    &jmeter_csv::JmeterCsv,
    &jmeter_statistics::JmeterStatistics,
    &jmeter_xml::JmeterXml,
    &json::Json,
    &junit::Junit,
    &k6_json::K6Json,
    &k6_summary::K6Summary,
    &kics::Kics,
    &knip_json::KnipJson,
    &ktlint_json::KtlintJson,
    &kube_bench::KubeBench,
    &kube_linter::KubeLinter,
    &kube_score::KubeScore,
    &kubeconform::Kubeconform,
    &kubescape::Kubescape,
    &lcov::Lcov,
    &libtest::Libtest,
    &libtest_json::LibtestJson,
    &license_checker::LicenseChecker,
    &lighthouse::Lighthouse,
    &lighthouse_ci_assertions::LighthouseCiAssertions,
    &lighthouse_ci_manifest::LighthouseCiManifest,
    &llvm_cov_json::LlvmCovJson,
    &locust_csv::LocustCsv,
    &locust_json::LocustJson,
    &lychee_json::LycheeJson,
    &markdownlint_json::MarkdownlintJson,
    &meson_testlog::MesonTestlog,
    &mocha_json::MochaJson,
    &mochawesome::Mochawesome,
    &mypy::Mypy,
    &mypy_json::MypyJson,
    &nessus::Nessus,
    &newman_json::NewmanJson,
    &nikto::Nikto,
    &nmap::Nmap,
    &npm_audit::NpmAudit,
    &nuclei::Nuclei,
    &nunit::Nunit,
    &open_test_reporting::OpenTestReporting,
    &opencover::Opencover,
    &openvex::Openvex,
    &oscal_assessment_results::OscalAssessmentResults,
    &osv_scanner::OsvScanner,
    &oval::Oval,
    &oxlint_json::OxlintJson,
    &pa11y::Pa11y,
    &phpcs_json::PhpcsJson,
    &phpcs_xml::PhpcsXml,
    &phpmd_json::PhpmdJson,
    &phpstan_json::PhpstanJson,
    &pip_audit::PipAudit,
    &pitest::Pitest,
    &playwright_json::PlaywrightJson,
    &pmd::Pmd,
    &pnpm_audit::PnpmAudit,
    &polaris::Polaris,
    &prettier::Prettier,
    &prometheus_api::PrometheusApi,
    &prometheus_rules::PrometheusRules,
    &psalm_json::PsalmJson,
    &pylint::Pylint,
    &pylint_json::PylintJson,
    &pyright_json::PyrightJson,
    &pytest_benchmark::PytestBenchmark,
    &pytest_json_report::PytestJsonReport,
    &pytest_reportlog::PytestReportlog,
    &qtest::Qtest,
    &rdjson::Rdjson,
    &retire_json::RetireJson,
    &robot::Robot,
    &rspec_json::RspecJson,
    &rubocop_json::RubocopJson,
    &ruff::Ruff,
    &ruff_json::RuffJson,
    &safety::Safety,
    &sarif::Sarif,
    &scorecard::Scorecard,
    &secretlint_json::SecretlintJson,
    &semgrep::Semgrep,
    &sentry_release::SentryRelease,
    &shellcheck_json::ShellcheckJson,
    &simplecov::Simplecov,
    &size_limit::SizeLimit,
    &slsa_provenance::SlsaProvenance,
    &snyk::Snyk,
    &sonar_generic_coverage::SonarGenericCoverage,
    &sonar_generic_issues::SonarGenericIssues,
    &sonar_generic_tests::SonarGenericTests,
    &sonarqube::Sonarqube,
    &sonarqube_hotspots::SonarqubeHotspots,
    &sonarqube_measures::SonarqubeMeasures,
    &sonarqube_quality_gate::SonarqubeQualityGate,
    &spdx_json::SpdxJson,
    &spdx_rdf::SpdxRdf,
    &spdx_tag_value::SpdxTagValue,
    &spdx_xml::SpdxXml,
    &spdx_yaml::SpdxYaml,
    &spectral_json::SpectralJson,
    &spotbugs::Spotbugs,
    &sqlfluff_json::SqlfluffJson,
    &staticcheck_json::StaticcheckJson,
    &stryker::Stryker,
    &stylelint_json::StylelintJson,
    &swiftlint_json::SwiftlintJson,
    &syft_json::SyftJson,
    &tap::Tap,
    &terraform_plan::TerraformPlan,
    &terraform_validate::TerraformValidate,
    &terrascan::Terrascan,
    &testcafe::Testcafe,
    &testng::Testng,
    &testssl::Testssl,
    &textlint_json::TextlintJson,
    &tflint_json::TflintJson,
    &tfsec::Tfsec,
    &toml::Toml,
    &trivy::Trivy,
    &trufflehog::Trufflehog,
    &trx::Trx,
    &tsc::Tsc,
    &tslint_json::TslintJson,
    &vale_json::ValeJson,
    &valgrind::Valgrind,
    &vegeta::Vegeta,
    &vitest_json::VitestJson,
    &xccdf::Xccdf,
    &xccov::Xccov,
    &xcresult::Xcresult,
    &xunit::Xunit,
    &yaml::Yaml,
    &yarn_audit::YarnAudit,
    &zap::Zap,
    &zizmor_json::ZizmorJson,
];
