//! The reports that the shop's tools left behind.

use serde_json::json;

use crate::snapshot::v1::Artifact;

use super::super::build::artifact;
use super::TODAY;

pub(in super::super) struct Files {
    pub(in super::super) junit: Artifact,
    pub(in super::super) trivy: Artifact,
    pub(in super::super) tsc: Artifact,
    pub(in super::super) jobs: Artifact,
    pub(in super::super) audit: Artifact,
    pub(in super::super) isolation: Artifact,
    pub(in super::super) k6: Artifact,
    pub(in super::super) eslint: Artifact,
    pub(in super::super) gitleaks: Artifact,
}

impl Files {
    pub(in super::super) fn new() -> Files {
        let mut eslint = artifact(
            "reports/eslint.json",
            "ESLint",
            TODAY,
            json!({"findings": {"total": 0, "errors": 0, "warnings": 0}}),
        );
        eslint.invalid = Some("ESLint looked at 0 files.".to_owned());
        let case = |suite: &str, name: &str, message: &str| json!({"suite": suite, "name": name, "outcome": "failed", "message": message});
        let finding = |rule: &str,
                       severity: &str,
                       package: &str,
                       version: &str,
                       fixed: &str,
                       title: &str| {
            json!({"rule": rule, "severity": severity, "level": "error", "package": package, "version": version, "fixed_in": fixed, "title": title, "path": "usr/lib"})
        };
        Files {
            junit: artifact(
                "reports/junit-backend.xml",
                "Surefire",
                TODAY,
                json!({"tests": {
                "total": 412, "passed": 404, "failed": 3, "errored": 0, "skipped": 5, "duration_s": 71.4,
                "cases": [
                    case("OrderTotals", "rounds half even", "expected: <19.98> but was: <19.99>\n\tat shop.OrderTotals.rounds(OrderTotals.java:88)"),
                    case("Tenancy", "row filter", "expected 0 rows of tenant B, got 2"),
                    case("Checkout", "refuses an expired card", "Timed out after 5000 ms"),
                ], "cases_omitted": 0}}),
            ),
            trivy: artifact(
                "reports/trivy-backend.json",
                "Trivy",
                "2026-11-22T09:14:00Z",
                json!({"findings": {
                "total": 7, "critical": 2, "high": 5, "medium": 0, "low": 0, "info": 0, "unknown": 0,
                "list": [
                    finding("CVE-2026-1187", "high", "openssl", "3.0.11", "3.0.14", "openssl: timing side channel in ECDSA"),
                    finding("CVE-2026-2210", "critical", "libxml2", "2.9.14", "2.9.16", "libxml2: use after free in XInclude"),
                    finding("CVE-2026-0044", "critical", "zlib1g", "1.2.13", "", "zlib: heap overflow in minizip"),
                    finding("CVE-2026-3301", "high", "curl", "7.88.1", "7.88.2", "curl: cookie injection"),
                    finding("CVE-2026-3302", "high", "curl", "7.88.1", "7.88.2", "curl: HSTS bypass"),
                    finding("CVE-2026-5120", "high", "tar", "1.34", "", "tar: path traversal"),
                    finding("CVE-2026-5121", "high", "perl-base", "5.36.0", "", "perl: buffer overrun"),
                ], "list_omitted": 0}, "image": {"digests": ["sha256:77e0c2aa"]}}),
            ),
            tsc: artifact(
                "reports/tsc.log",
                "tsc",
                TODAY,
                json!({"findings": {"total": 4, "errors": 4, "warnings": 0,
                "list": [{"rule": "TS2322", "severity": "unknown", "level": "error", "title": "Type 'string' is not assignable to type 'number'.", "path": "backend/src/cart.ts", "line": 41}], "list_omitted": 3}}),
            ),
            jobs: artifact(
                "reports/jobs.json",
                "GitHub Actions",
                "2026-11-22T09:20:00Z",
                json!({"ci": {"conclusion": "success", "status": "completed", "attempt": 1, "name": "CI",
                "jobs": {"build": {"conclusion": "success"}, "test": {"conclusion": "failure"}}}}),
            ),
            audit: artifact(
                "reports/npm-audit.json",
                "npm audit",
                TODAY,
                json!({"findings": {"total": 0, "critical": 0, "high": 0, "medium": 0, "low": 0}}),
            ),
            isolation: artifact(
                "reports/junit-isolation.xml",
                "Surefire",
                "2026-10-12T07:00:00Z",
                json!({"tests": {"total": 38, "passed": 38, "failed": 0, "errored": 0, "skipped": 0}}),
            ),
            k6: artifact(
                "reports/k6.json",
                "k6",
                "2026-11-19T18:00:00Z",
                json!({"metrics": {"http_req_duration": {"p95": 612.4, "avg": 201.0, "med": 180.2}, "http_req_failed": {"rate": 0.004, "rate_pct": 0.4}}, "thresholds": {"total": 2, "failed": 1}}),
            ),
            eslint,
            gitleaks: artifact(
                "reports/gitleaks.json",
                "gitleaks",
                TODAY,
                json!({"findings": {"total": 0}}),
            ),
        }
    }

    pub(in super::super) fn all(self) -> Vec<Artifact> {
        vec![
            self.eslint,
            self.gitleaks,
            self.jobs,
            self.junit,
            self.isolation,
            self.k6,
            self.audit,
            self.trivy,
            self.tsc,
        ]
    }
}
